// The local picture of one agent: replaced by snapshots, changed by events.

package io.github.genericconnector;

import io.github.genericconnector.v1.AgentInfo;
import io.github.genericconnector.v1.AgentStatus;
import io.github.genericconnector.v1.Dialog;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.Stale;
import io.github.genericconnector.v1.StaleReason;
import io.github.genericconnector.v1.SystemStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An agent as the events so far tell it. Never changed: each event makes a new one.
 *
 * @param agentId the login id
 * @param connection how the session is connected
 * @param epoch the session's epoch: another number means another session
 * @param sequence the number of the last event that is part of it
 * @param cursor the place in the stream after that event
 * @param info who the agent is
 * @param status the agent's state, with what it allows
 * @param dialogs the open calls, oldest first, each with what the agent may do
 * @param systemStatus whether Finesse can be used
 * @param stale why the picture may be behind Finesse; empty while it is current
 */
public record AgentView(
    String agentId,
    Connection connection,
    long epoch,
    long sequence,
    String cursor,
    AgentInfo info,
    AgentStatus status,
    List<Dialog> dialogs,
    SystemStatus systemStatus,
    Optional<StaleReason> stale) {

  /**
   * The open call of an id.
   *
   * @param dialogId the call's id
   * @return the call; empty when it is not open
   */
  public Optional<Dialog> dialog(String dialogId) {
    return dialogs.stream().filter(dialog -> dialog.getId().equals(dialogId)).findFirst();
  }

  static AgentView of(Snapshot snapshot, Connection connection) {
    return new AgentView(
        snapshot.getAgentId(),
        connection,
        snapshot.getEpoch(),
        snapshot.getSequence(),
        snapshot.getCursor(),
        snapshot.getInfo(),
        snapshot.getStatus(),
        List.copyOf(snapshot.getDialogsList()),
        snapshot.getSystemStatus(),
        snapshot.hasStale() ? Optional.of(snapshot.getStale()) : Optional.empty());
  }

  /**
   * The snapshot of this picture.
   *
   * @return a message that tells the same
   */
  public Snapshot toSnapshot() {
    Snapshot.Builder snapshot =
        Snapshot.newBuilder()
            .setAgentId(agentId)
            .setEpoch(epoch)
            .setSequence(sequence)
            .setCursor(cursor)
            .addAllDialogs(dialogs)
            .setSystemStatus(systemStatus);
    if (!info.equals(AgentInfo.getDefaultInstance())) {
      snapshot.setInfo(info);
    }
    if (!status.equals(AgentStatus.getDefaultInstance())) {
      snapshot.setStatus(status);
    }
    stale.ifPresent(snapshot::setStale);
    return snapshot.build();
  }

  AgentView after(Event event) {
    Change change = new Change(this);
    change.sequence = event.getSequence();
    change.cursor = event.getCursor();
    switch (event.getPayloadCase()) {
      case SYSTEM_STATUS -> change.systemStatus = event.getSystemStatus().getStatus();
      case AGENT_INFO -> change.info = event.getAgentInfo();
      case AGENT_STATE_CHANGED -> change.status = event.getAgentStateChanged().getStatus();
      case DIALOG_OFFERED -> change.dialogs = with(event.getDialogOffered().getDialog());
      case DIALOG_CHANGED -> change.dialogs = with(event.getDialogChanged().getDialog());
      case DIALOG_ENDED -> change.dialogs = without(event.getDialogEnded().getDialog().getId());
      // Teams, queues, outcomes, and what a newer service may tell: counted, and no part of the
      // picture.
      default -> {}
    }
    return change.view();
  }

  AgentView after(Stale message) {
    Change change = new Change(this);
    change.stale = message.hasReason() ? Optional.of(message.getReason()) : Optional.empty();
    return change.view();
  }

  AgentView with(Connection now) {
    Change change = new Change(this);
    change.connection = now;
    return change.view();
  }

  private List<Dialog> with(Dialog changed) {
    List<Dialog> after = new ArrayList<>(dialogs);
    for (int at = 0; at < after.size(); at++) {
      if (after.get(at).getId().equals(changed.getId())) {
        after.set(at, changed);
        return List.copyOf(after);
      }
    }
    after.add(changed);
    return List.copyOf(after);
  }

  private List<Dialog> without(String dialogId) {
    return dialogs.stream().filter(dialog -> !dialog.getId().equals(dialogId)).toList();
  }

  /** A picture in the making. */
  private static final class Change {
    private final AgentView before;
    private Connection connection;
    private long sequence;
    private String cursor;
    private AgentInfo info;
    private AgentStatus status;
    private List<Dialog> dialogs;
    private SystemStatus systemStatus;
    private Optional<StaleReason> stale;

    private Change(AgentView before) {
      this.before = before;
      connection = before.connection;
      sequence = before.sequence;
      cursor = before.cursor;
      info = before.info;
      status = before.status;
      dialogs = before.dialogs;
      systemStatus = before.systemStatus;
      stale = before.stale;
    }

    private AgentView view() {
      return new AgentView(
          before.agentId,
          connection,
          before.epoch,
          sequence,
          cursor,
          info,
          status,
          dialogs,
          systemStatus,
          stale);
    }
  }
}
