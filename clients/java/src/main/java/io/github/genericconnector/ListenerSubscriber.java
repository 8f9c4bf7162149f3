// A SessionListener as the subscriber that it stands for.

package io.github.genericconnector;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * Asks for one item after the other, so that a slow listener is told of its losses like any
 * subscriber.
 */
final class ListenerSubscriber implements Flow.Subscriber<SessionItem>, Registration {
  private static final System.Logger LOG = System.getLogger("io.github.genericconnector");

  private final SessionListener listener;
  private Flow.Subscription subscription;
  private boolean closed;

  ListenerSubscriber(SessionListener listener) {
    this.listener = Objects.requireNonNull(listener);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(SessionItem item) {
    try {
      tell(item);
    } catch (RuntimeException fault) {
      LOG.log(System.Logger.Level.ERROR, "a listener threw", fault);
    }
    subscription.request(1);
  }

  private void tell(SessionItem item) {
    if (item instanceof SessionItem.SnapshotItem it) {
      listener.onSnapshot(it.snapshot());
    } else if (item instanceof SessionItem.EventItem it) {
      listener.onEvent(it.event());
    } else if (item instanceof SessionItem.ResetItem it) {
      listener.onReset(it.reset());
    } else if (item instanceof SessionItem.StaleItem it) {
      listener.onStale(it.stale());
    } else if (item instanceof SessionItem.ConnectionItem it) {
      listener.onConnection(it.connection());
    }
  }

  @Override
  public void onError(Throwable error) {
    listener.onEnd(error instanceof GcException cause ? Optional.of(cause) : Optional.empty());
  }

  @Override
  public void onComplete() {
    listener.onEnd(Optional.empty());
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
