// The picture, event by event.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.genericconnector.v1.AgentInfo;
import io.github.genericconnector.v1.AgentState;
import io.github.genericconnector.v1.AgentStateChanged;
import io.github.genericconnector.v1.AgentStatus;
import io.github.genericconnector.v1.Dialog;
import io.github.genericconnector.v1.DialogChanged;
import io.github.genericconnector.v1.DialogEnded;
import io.github.genericconnector.v1.DialogOffered;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.Stale;
import io.github.genericconnector.v1.StaleReason;
import io.github.genericconnector.v1.SystemStatus;
import io.github.genericconnector.v1.SystemStatusChanged;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentViewTest {
  private static final Snapshot SNAPSHOT =
      Snapshot.newBuilder()
          .setAgentId("1001")
          .setCursor("c7")
          .setEpoch(-1)
          .setSequence(7)
          .setInfo(AgentInfo.newBuilder().setId("1001"))
          .setStatus(AgentStatus.newBuilder().setState(AgentState.AGENT_STATE_READY))
          .addDialogs(dialog("1", "a"))
          .setSystemStatus(SystemStatus.SYSTEM_STATUS_IN_SERVICE)
          .setStale(StaleReason.STALE_REASON_LINK_LOST)
          .build();

  private final AgentView view = AgentView.of(SNAPSHOT, Connection.of(ConnectionState.CONNECTED));

  private static Dialog dialog(String id, String from) {
    return Dialog.newBuilder().setId(id).setFromAddress(from).build();
  }

  private static Event.Builder event() {
    return Event.newBuilder().setSequence(8).setCursor("c8");
  }

  @Test
  void isTheSnapshotThatItWasMadeOf() {
    assertEquals(SNAPSHOT, view.toSnapshot());
    Snapshot empty = Snapshot.newBuilder().setAgentId("1001").build();
    assertEquals(empty, AgentView.of(empty, view.connection()).toSnapshot());
  }

  @Test
  void keepsCallsInTheirOrder() {
    DialogOffered offered = DialogOffered.newBuilder().setDialog(dialog("2", "b")).build();
    AgentView two = view.after(event().setDialogOffered(offered).build());
    assertEquals(List.of(dialog("1", "a"), dialog("2", "b")), two.dialogs());
    DialogChanged changed = DialogChanged.newBuilder().setDialog(dialog("1", "c")).build();
    AgentView other = two.after(event().setDialogChanged(changed).build());
    assertEquals(List.of(dialog("1", "c"), dialog("2", "b")), other.dialogs());
    DialogEnded ended = DialogEnded.newBuilder().setDialog(dialog("1", "c")).build();
    AgentView one = other.after(event().setDialogEnded(ended).build());
    assertEquals(List.of(dialog("2", "b")), one.dialogs());
    assertEquals(Optional.of(dialog("2", "b")), one.dialog("2"));
    assertEquals(1, view.dialogs().size());
  }

  @Test
  void takesStateProfileAndSystem() {
    AgentStatus status = AgentStatus.newBuilder().setState(AgentState.AGENT_STATE_LOGOUT).build();
    AgentView after =
        view.after(
            event().setAgentStateChanged(AgentStateChanged.newBuilder().setStatus(status)).build());
    assertEquals(status, after.status());
    AgentInfo info = AgentInfo.newBuilder().setFirstName("Ada").build();
    assertEquals(info, view.after(event().setAgentInfo(info).build()).info());
    SystemStatusChanged out =
        SystemStatusChanged.newBuilder()
            .setStatus(SystemStatus.SYSTEM_STATUS_OUT_OF_SERVICE)
            .build();
    assertEquals(
        SystemStatus.SYSTEM_STATUS_OUT_OF_SERVICE,
        view.after(event().setSystemStatus(out).build()).systemStatus());
  }

  @Test
  void countsAnEventThatItDoesNotKnow() {
    AgentView after = view.after(event().build());
    assertEquals(8, after.sequence());
    assertEquals("c8", after.cursor());
    assertEquals(view.dialogs(), after.dialogs());
  }

  @Test
  void isCurrentAgainWhenToldSo() {
    assertEquals(Optional.of(StaleReason.STALE_REASON_LINK_LOST), view.stale());
    assertTrue(view.after(Stale.getDefaultInstance()).stale().isEmpty());
  }
}
