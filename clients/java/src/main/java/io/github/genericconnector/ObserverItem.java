// What events() of an observer gives.

package io.github.genericconnector;

import io.github.genericconnector.v1.AgentAttached;
import io.github.genericconnector.v1.AgentDetached;

/** One item of {@link Observer#events()}. */
public sealed interface ObserverItem {
  /**
   * Something about one agent, as the agent's own session would tell it; never a connection's
   * state.
   *
   * @param agentId the agent's login id
   * @param item what it is
   */
  record AgentItem(String agentId, SessionItem item) implements ObserverItem {}

  /**
   * An agent got a session; its snapshot follows.
   *
   * @param agentId the agent's login id
   * @param attached the message
   */
  record AttachedItem(String agentId, AgentAttached attached) implements ObserverItem {}

  /**
   * An agent's session ended; nothing of the agent follows before the next attached item.
   *
   * @param agentId the agent's login id
   * @param detached the message, with the cause
   */
  record DetachedItem(String agentId, AgentDetached detached) implements ObserverItem {}

  /**
   * The connection's state changed.
   *
   * @param connection how it is now
   */
  record ConnectionItem(Connection connection) implements ObserverItem {}
}
