package io.github.genericconnector;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** All subscribers of a session or an observer. Its owner calls it under a lock of its own. */
final class Deliveries<T> {
  private final Set<Delivery<T>> open = ConcurrentHashMap.newKeySet();
  private final int limit;
  private final Executor executor;
  private boolean over;

  Deliveries(int limit, Executor executor) {
    this.limit = limit;
    this.executor = executor;
  }

  /** A subscriber that begins with {@code first}; see {@link Delivery}. */
  Delivery<T> open(Flow.Subscriber<? super T> subscriber, Collection<T> first, Supplier<Collection<T>> instead) {
    Delivery<T> delivery = new Delivery<>(subscriber, limit, instead, executor, open::remove);
    open.add(delivery);
    first.forEach(item -> delivery.push(item, true));
    if (over) {
      delivery.end();
    }
    return delivery;
  }

  void push(T item, boolean pictured) {
    open.forEach(delivery -> delivery.push(item, pictured));
  }

  /** Completes all, now and later, each after what waits for it. */
  void end() {
    over = true;
    open.forEach(Delivery::end);
  }
}
