package io.github.genericconnector;

import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Reset;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.Stale;
import java.util.Optional;

/** What a session tells; every method does nothing unless it is overridden. Calls come one after the other. */
public interface SessionListener {
  /**
   * The whole picture: first, and after each reset.
   *
   * @param snapshot the picture
   */
  default void onSnapshot(Snapshot snapshot) {}

  /**
   * A numbered event, once.
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
   * @param connection the state
   */
  default void onConnection(Connection connection) {}

  /**
   * The session has ended.
   *
   * @param cause why, if it was not closed by the program
   */
  default void onEnd(Optional<GcException> cause) {}
}
