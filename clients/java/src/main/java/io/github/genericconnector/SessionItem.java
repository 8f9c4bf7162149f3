// What events() of a session gives.

package io.github.genericconnector;

import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Reset;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.Stale;

/** One item of {@link AgentSession#events()}. */
public sealed interface SessionItem {
  /**
   * The whole picture: first, and after each reset. All that was known is replaced.
   *
   * @param snapshot the picture
   */
  record SnapshotItem(Snapshot snapshot) implements SessionItem {}

  /**
   * A numbered event, given once.
   *
   * @param event the event
   */
  record EventItem(Event event) implements SessionItem {}

  /**
   * Events were missed and can't be had again; a snapshot follows.
   *
   * @param reset why
   */
  record ResetItem(Reset reset) implements SessionItem {}

  /**
   * The picture may be behind Finesse, or (without a reason) is current again.
   *
   * @param stale why
   */
  record StaleItem(Stale stale) implements SessionItem {}

  /**
   * The connection's state changed.
   *
   * @param connection how it is now
   */
  record ConnectionItem(Connection connection) implements SessionItem {}
}
