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

/** An agent as the events so far tell it. Never changed: each event makes a new one. */
public final class AgentView {
  private final Snapshot snapshot;

  private AgentView(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  static AgentView of(Snapshot snapshot) {
    return new AgentView(snapshot);
  }

  AgentView after(Event event) {
    Snapshot.Builder after = snapshot.toBuilder().setSequence(event.getSequence()).setCursor(event.getCursor());
    switch (event.getPayloadCase()) {
      case SYSTEM_STATUS -> after.setSystemStatus(event.getSystemStatus().getStatus());
      case AGENT_INFO -> after.setInfo(event.getAgentInfo());
      case AGENT_STATE_CHANGED -> {
        if (event.getAgentStateChanged().hasStatus()) {
          after.setStatus(event.getAgentStateChanged().getStatus());
        }
      }
      case DIALOG_OFFERED -> put(after, event.getDialogOffered().getDialog());
      case DIALOG_CHANGED -> put(after, event.getDialogChanged().getDialog());
      case DIALOG_ENDED -> {
        List<Dialog> left = new ArrayList<>(after.getDialogsList());
        left.removeIf(dialog -> dialog.getId().equals(event.getDialogEnded().getDialog().getId()));
        after.clearDialogs().addAllDialogs(left);
      }
      default -> {}
    }
    return new AgentView(after.build());
  }

  AgentView after(Stale stale) {
    Snapshot.Builder after = snapshot.toBuilder();
    if (stale.hasReason()) {
      after.setStale(stale.getReason());
    } else {
      after.clearStale();
    }
    return new AgentView(after.build());
  }

  private static void put(Snapshot.Builder into, Dialog dialog) {
    for (int at = 0; at < into.getDialogsCount(); at++) {
      if (into.getDialogs(at).getId().equals(dialog.getId())) {
        into.setDialogs(at, dialog);
        return;
      }
    }
    into.addDialogs(dialog);
  }

  /**
   * All of it as a message.
   *
   * @return a snapshot
   */
  public Snapshot snapshot() {
    return snapshot;
  }

  /**
   * The login id.
   *
   * @return as Finesse spells it
   */
  public String agentId() {
    return snapshot.getAgentId();
  }

  /**
   * The session's epoch.
   *
   * @return another number means another session
   */
  public long epoch() {
    return snapshot.getEpoch();
  }

  /**
   * The number of the last event that is part of it.
   *
   * @return 0 before the first
   */
  public long sequence() {
    return snapshot.getSequence();
  }

  /**
   * The place in the stream after that event.
   *
   * @return opaque
   */
  public String cursor() {
    return snapshot.getCursor();
  }

  /**
   * Who the agent is.
   *
   * @return the profile
   */
  public AgentInfo info() {
    return snapshot.getInfo();
  }

  /**
   * The agent's state, with what it allows.
   *
   * @return the state
   */
  public AgentStatus status() {
    return snapshot.getStatus();
  }

  /**
   * The open calls, each with what the agent may do.
   *
   * @return oldest first
   */
  public List<Dialog> dialogs() {
    return snapshot.getDialogsList();
  }

  /**
   * Whether Finesse can be used.
   *
   * @return the status
   */
  public SystemStatus systemStatus() {
    return snapshot.getSystemStatus();
  }

  /**
   * Why the picture may be behind Finesse.
   *
   * @return empty while it is current
   */
  public Optional<StaleReason> stale() {
    return snapshot.hasStale() ? Optional.of(snapshot.getStale()) : Optional.empty();
  }
}
