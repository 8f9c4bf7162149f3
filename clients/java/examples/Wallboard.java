// Shows a supervisor's teams and queues, and what changes. GC_ADDRESS, GC_AGENT and GC_PASSWORD say
// where.

import io.github.genericconnector.AgentSession;
import io.github.genericconnector.Client;
import io.github.genericconnector.GcException;
import io.github.genericconnector.SessionListener;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Queue;
import io.github.genericconnector.v1.Reset;
import io.github.genericconnector.v1.Team;
import io.github.genericconnector.v1.TeamMember;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A wallboard: a line for each member and each queue, first of all and then at each change. */
final class Wallboard implements SessionListener {
  private final AgentSession session;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Wallboard(AgentSession session) {
    this.session = session;
  }

  public static void main(String[] arguments) throws InterruptedException {
    try (Client client = Client.builder(System.getenv("GC_ADDRESS")).build();
        AgentSession session =
            client.connect(System.getenv("GC_AGENT"), System.getenv("GC_PASSWORD"))) {
      Wallboard wallboard = new Wallboard(session);
      session.addListener(wallboard);
      wallboard.showAll();
      wallboard.ended.await();
    } catch (GcException error) {
      System.err.println(error.command() + ": " + error.reasonName() + ": " + error.getMessage());
      System.exit(1);
    }
  }

  /** Asking for a team's members and for the queues also subscribes to their changes. */
  private void showAll() {
    for (Team team : session.view().info().getSupervisedTeamsList()) {
      System.out.println("team " + team.getName());
      session.getTeamUsers(team.getId()).getMembersList().forEach(Wallboard::show);
    }
    session.getQueueList().getQueuesList().forEach(Wallboard::show);
  }

  private static void show(TeamMember member) {
    String name = member.getFirstName() + " " + member.getLastName();
    System.out.println("agent " + name + " " + member.getStatus().getState());
  }

  private static void show(Queue queue) {
    String waiting = queue.hasCallsInQueue() ? queue.getCallsInQueue() + " waiting" : "no figures";
    System.out.println("queue " + queue.getName() + " " + waiting);
  }

  @Override
  public void onEvent(Event event) {
    if (event.hasTeamMemberChanged()) {
      show(event.getTeamMemberChanged().getMember());
    } else if (event.hasQueueChanged()) {
      show(event.getQueueChanged().getQueue());
    }
  }

  /** Changes were missed: what is shown may be old. */
  @Override
  public void onReset(Reset reset) {
    showAll();
  }

  @Override
  public void onEnd(Optional<GcException> cause) {
    cause.ifPresent(error -> System.err.println("the session ended: " + error.reasonName()));
    ended.countDown();
  }
}
