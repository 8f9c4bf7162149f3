// A client's settings with nothing left out.

package io.github.genericconnector;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What {@link Client.Builder} was told; each component is described there. */
record Settings(
    String clientName,
    Map<String, String> metadata,
    Duration connectTimeout,
    Optional<Duration> commandTimeout,
    Duration backoffFirst,
    Duration backoffLongest,
    Duration silenceTimeout,
    int eventBuffer) {

  private static final Duration COMMAND = Duration.ofSeconds(30);

  /** A nailed-up sign-in waits for the agent to pick up the phone. */
  private static final Duration MOBILE_LOGIN = Duration.ofSeconds(85);

  /** How long a command may take where its call names nothing. */
  Duration timeoutOf(String command) {
    return commandTimeout.orElse(command.equals("MobileAgentLogin") ? MOBILE_LOGIN : COMMAND);
  }

  Backoff backoff() {
    return new Backoff(backoffFirst, backoffLongest, Math::random);
  }
}
