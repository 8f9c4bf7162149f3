// How a session stands to its service, and why.

package io.github.genericconnector;

import java.time.Instant;
import java.util.Optional;

/**
 * How a session or an observer is connected.
 *
 * @param state the state
 * @param error what broke the stream, or ended the session; empty where nothing did
 * @param deadline when the service stops at the latest, while DRAINING
 */
public record Connection(
    ConnectionState state, Optional<GcException> error, Optional<Instant> deadline) {

  static Connection of(ConnectionState state) {
    return new Connection(state, Optional.empty(), Optional.empty());
  }

  static Connection of(ConnectionState state, GcException error) {
    return new Connection(state, Optional.ofNullable(error), Optional.empty());
  }
}
