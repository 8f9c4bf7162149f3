// A subscriber for tests: takes items as they come, or only as many as it is let, and waits for
// what must come.

package io.github.genericconnector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

final class Items<T> implements Flow.Subscriber<T> {
  static final Duration SOON = Duration.ofSeconds(20);

  final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  final CompletableFuture<Void> end = new CompletableFuture<>();
  private final LinkedBlockingQueue<T> items = new LinkedBlockingQueue<>();
  private final long first;

  private Items(long first) {
    this.first = first;
  }

  /** Takes all that comes. */
  static <T> Items<T> of(Flow.Publisher<T> publisher) {
    return of(publisher, Long.MAX_VALUE);
  }

  /** Takes so many, and more when {@link #take} is called. */
  static <T> Items<T> of(Flow.Publisher<T> publisher, long first) {
    Items<T> items = new Items<>(first);
    publisher.subscribe(items);
    return items;
  }

  void take(long count) throws Exception {
    subscription.get(SOON.toSeconds(), TimeUnit.SECONDS).request(count);
  }

  T next() throws InterruptedException {
    T item = items.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
    if (item == null) {
      throw new AssertionError("nothing came");
    }
    return item;
  }

  /** All items up to the first that meets a condition. */
  List<T> until(Predicate<T> condition) throws InterruptedException {
    List<T> seen = new ArrayList<>();
    do {
      T item = items.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
      if (item == null) {
        throw new AssertionError("did not come; there came " + seen);
      }
      seen.add(item);
    } while (!condition.test(seen.get(seen.size() - 1)));
    return seen;
  }

  List<T> rest() {
    List<T> rest = new ArrayList<>();
    items.drainTo(rest);
    return rest;
  }

  static Predicate<SessionItem> state(ConnectionState state) {
    return item ->
        item instanceof SessionItem.ConnectionItem it && it.connection().state() == state;
  }

  static Predicate<SessionItem> event(Predicate<io.github.genericconnector.v1.Event> condition) {
    return item -> item instanceof SessionItem.EventItem it && condition.test(it.event());
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription.complete(given);
    if (first > 0) {
      given.request(first);
    }
  }

  @Override
  public void onNext(T item) {
    items.add(item);
  }

  @Override
  public void onError(Throwable error) {
    end.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }
}
