// Calls a number from an agent's phone and tells how the call goes: ClickToDial NUMBER. GC_ADDRESS,
// GC_AGENT and
// GC_PASSWORD say where; the agent is signed in.

import io.github.genericconnector.AgentSession;
import io.github.genericconnector.Client;
import io.github.genericconnector.GcException;
import io.github.genericconnector.SessionListener;
import io.github.genericconnector.v1.Dialog;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Snapshot;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Click-to-dial: one call from its beginning to its end. */
final class ClickToDial implements SessionListener {
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile String dialogId = "";

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 1) {
      System.err.println("usage: ClickToDial NUMBER");
      System.exit(2);
    }
    try (Client client = Client.builder(System.getenv("GC_ADDRESS")).build();
        AgentSession session =
            client.connect(System.getenv("GC_AGENT"), System.getenv("GC_PASSWORD"))) {
      new ClickToDial().dial(session, arguments[0]);
    } catch (GcException error) {
      System.err.println(error.command() + ": " + error.reasonName() + ": " + error.getMessage());
      System.exit(1);
    }
  }

  private void dial(AgentSession session, String number) throws InterruptedException {
    Dialog call = session.makeCall(number).getDialog();
    dialogId = call.getId();
    System.out.println("calling " + number + ": " + call.getState());
    // A listener begins with a snapshot of what is, so nothing is missed between the two.
    session.addListener(this);
    over.await();
  }

  @Override
  public void onSnapshot(Snapshot snapshot) {
    if (snapshot.getDialogsList().stream().noneMatch(call -> call.getId().equals(dialogId))) {
      over.countDown();
    }
  }

  @Override
  public void onEvent(Event event) {
    if (event.hasDialogChanged() && event.getDialogChanged().getDialog().getId().equals(dialogId)) {
      System.out.println("call " + event.getDialogChanged().getDialog().getState());
    } else if (event.hasDialogEnded()
        && event.getDialogEnded().getDialog().getId().equals(dialogId)) {
      System.out.println("call ended");
      over.countDown();
    }
  }

  @Override
  public void onEnd(Optional<GcException> cause) {
    cause.ifPresent(error -> System.err.println("the session ended: " + error.reasonName()));
    over.countDown();
  }
}
