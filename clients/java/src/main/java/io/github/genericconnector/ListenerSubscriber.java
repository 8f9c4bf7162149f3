package io.github.genericconnector;

import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Tells a listener what a subscriber is given. */
record ListenerSubscriber(SessionListener listener, Supplier<Optional<GcException>> cause)
    implements Flow.Subscriber<SessionItem> {
  @Override
  public void onSubscribe(Flow.Subscription subscription) {}

  @Override
  public void onNext(SessionItem item) {
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
  public void onError(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }

  @Override
  public void onComplete() {
    listener.onEnd(cause.get());
  }
}
