package io.github.genericconnector;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a client was told, with nothing left out. */
record Settings(
    String clientName,
    Map<String, String> metadata,
    Duration connectTimeout,
    Optional<Duration> commandTimeout,
    Duration backoffFirst,
    Duration backoffLongest,
    Duration silenceTimeout,
    int eventBuffer) {

  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(30);

  /** A nailed-up sign-in waits for the agent to pick up the phone. */
  private static final Duration MOBILE_LOGIN_TIMEOUT = Duration.ofSeconds(85);

  /** How long a command may take that was not told. */
  Duration timeoutOf(String command) {
    Duration usual = command.equals("MobileAgentLogin") ? MOBILE_LOGIN_TIMEOUT : COMMAND_TIMEOUT;
    return commandTimeout.orElse(usual);
  }
}
