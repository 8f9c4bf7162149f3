// A session's items as calls, for programs that do without a Flow.Subscriber.

package io.github.genericconnector;

import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Reset;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.Stale;
import java.util.Optional;

/**
 * Hears what happens to an agent, one call after another, on the client's executor. It may call the
 * session, blocking too: that holds up its own next call and nothing else. What it throws is
 * logged, and it is told of what follows.
 */
public interface SessionListener {
  /**
   * The whole picture: first, and after each reset.
   *
   * @param snapshot the picture
   */
  default void onSnapshot(Snapshot snapshot) {}

  /**
   * A numbered event, given once.
   *
   * @param event the event
   */
  default void onEvent(Event event) {}

  /**
   * Events were missed and can't be had again; a snapshot follows.
   *
   * @param reset why
   */
  default void onReset(Reset reset) {}

  /**
   * The picture may be behind Finesse, or (without a reason) is current again.
   *
   * @param stale why
   */
  default void onStale(Stale stale) {}

  /**
   * The connection's state changed.
   *
   * @param connection how it is now
   */
  default void onConnection(Connection connection) {}

  /**
   * The session ended; nothing follows.
   *
   * @param cause why it ended by itself; empty after {@link AgentSession#close()}
   */
  default void onEnd(Optional<GcException> cause) {}
}
