// A session's picture, who is told of its changes, and who waits for them.

package io.github.genericconnector;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Reset;
import io.github.genericconnector.v1.ResetReason;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.Stale;
import io.github.genericconnector.v1.SubscribeResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

/** Changed in the client's thread only; anyone may read the view and subscribe. */
final class Picture {
  /** How long a reply waits for the picture to reach it. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Transport transport;
  private final Consumers<SessionItem> consumers;
  private final List<Waiting> waiting = new ArrayList<>();
  private volatile AgentView view;

  Picture(Transport transport, Snapshot first) {
    this.transport = transport;
    view = AgentView.of(first, Connection.of(ConnectionState.CONNECTED));
    int limit = transport.settings.eventBuffer();
    consumers = new Consumers<>(transport.callbacks, limit, this::now, this::lost);
  }

  AgentView view() {
    return view;
  }

  void subscribe(Flow.Subscriber<? super SessionItem> subscriber) {
    consumers.subscribe(subscriber);
  }

  /** One message of the stream. False when it does not continue what came before. */
  boolean message(SubscribeResponse message) {
    switch (message.getMessageCase()) {
      case SNAPSHOT -> {
        Snapshot snapshot = message.getSnapshot();
        push(new SessionItem.SnapshotItem(snapshot), AgentView.of(snapshot, view.connection()));
      }
      case EVENT -> {
        return event(message.getEvent());
      }
      case RESET -> push(new SessionItem.ResetItem(message.getReset()), view);
      case STALE -> stale(message.getStale());
      case RESUMED -> {
        // Whatever was told before, the picture is current now.
        if (view.stale().isPresent()) {
          stale(Stale.newBuilder().setAgentId(view.agentId()).build());
        }
      }
      case DRAINING -> {
        var at = message.getDraining().getDeadline();
        Instant deadline = Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
        connection(
            new Connection(ConnectionState.DRAINING, Optional.empty(), Optional.of(deadline)));
      }
      // Heartbeats, and what a newer service may say.
      default -> {}
    }
    return true;
  }

  /** The connection changed, if its state is another one than before. */
  void connection(Connection now) {
    if (view.connection().state() != now.state()) {
      push(new SessionItem.ConnectionItem(now), view.with(now));
      if (!isOpen()) {
        wake(true);
      }
    }
  }

  /** Goes on when the picture holds what a reply took into account, or will not soon. */
  void reached(Message reply, long epoch, Runnable then) {
    FieldDescriptor field = reply.getDescriptorForType().findFieldByName("as_of_sequence");
    long sequence = field == null ? 0 : (Long) reply.getField(field);
    if (!isOpen() || view.epoch() != epoch || view.sequence() >= sequence) {
      then.run();
      return;
    }
    Waiting one = new Waiting(sequence, then);
    one.timer =
        transport.later(
            PATIENCE,
            () -> {
              waiting.remove(one);
              then.run();
            });
    waiting.add(one);
  }

  /** Nothing follows, but what consumers have not read yet. */
  void end(GcException cause) {
    consumers.end(cause);
  }

  private boolean event(Event event) {
    long expected = view.sequence() + 1;
    if (event.getSequence() == expected) {
      push(new SessionItem.EventItem(event), view.after(event));
    }
    return event.getSequence() <= expected;
  }

  private void stale(Stale stale) {
    push(new SessionItem.StaleItem(stale), view.after(stale));
  }

  private void push(SessionItem item, AgentView after) {
    boolean pictured =
        !(item instanceof SessionItem.ConnectionItem || item instanceof SessionItem.ResetItem);
    consumers.push(item, pictured, () -> view = after);
    wake(false);
  }

  private void wake(boolean all) {
    for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
      Waiting one = each.next();
      if (all || one.sequence <= view.sequence()) {
        each.remove();
        one.timer.cancel(false);
        one.then.run();
      }
    }
  }

  private boolean isOpen() {
    ConnectionState state = view.connection().state();
    return state == ConnectionState.CONNECTED || state == ConnectionState.DRAINING;
  }

  private List<SessionItem> now() {
    return List.of(new SessionItem.SnapshotItem(view.toSnapshot()));
  }

  private List<SessionItem> lost() {
    Reset reset =
        Reset.newBuilder()
            .setAgentId(view.agentId())
            .setReason(ResetReason.RESET_REASON_CONSUMER_BEHIND)
            .build();
    return List.of(
        new SessionItem.ResetItem(reset), new SessionItem.SnapshotItem(view.toSnapshot()));
  }

  /** A reply that waits for the picture. */
  private static final class Waiting {
    private final long sequence;
    private final Runnable then;
    private Future<?> timer;

    private Waiting(long sequence, Runnable then) {
      this.sequence = sequence;
      this.then = then;
    }
  }
}
