package io.github.genericconnector;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One subscriber of a publisher: a bounded queue between the session, which never waits, and the program. */
final class Delivery<T> implements Flow.Subscription {
  private final Flow.Subscriber<? super T> subscriber;
  private final int limit;
  private final Supplier<Collection<T>> instead;
  private final Executor executor;
  private final Consumer<Delivery<T>> gone;
  private final Deque<T> items = new ArrayDeque<>();
  private long demand;
  private boolean running;
  private boolean ended;
  private boolean over;
  private Throwable fault;

  /** When more than {@code limit} items wait they are dropped for those of {@code instead}, which say so. */
  Delivery(
      Flow.Subscriber<? super T> subscriber,
      int limit,
      Supplier<Collection<T>> instead,
      Executor executor,
      Consumer<Delivery<T>> gone) {
    this.subscriber = subscriber;
    this.limit = limit;
    this.instead = instead;
    this.executor = executor;
    this.gone = gone;
  }

  /** Adds an item. {@code pictured} says that {@code instead} holds what it tells. */
  void push(T item, boolean pictured) {
    synchronized (this) {
      if (ended || over) {
        return;
      }
      if (items.size() >= limit) {
        items.clear();
        items.addAll(instead.get());
        if (!pictured) {
          items.add(item);
        }
      } else {
        items.add(item);
      }
    }
    run();
  }

  /** Completes the subscriber after what waits. */
  void end() {
    synchronized (this) {
      ended = true;
    }
    run();
  }

  @Override
  public void request(long more) {
    synchronized (this) {
      if (more <= 0) {
        fault = new IllegalArgumentException("demand of " + more);
        items.clear();
        ended = true;
      } else {
        demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
      }
    }
    run();
  }

  @Override
  public void cancel() {
    synchronized (this) {
      over = true;
      items.clear();
    }
    gone.accept(this);
  }

  private void run() {
    synchronized (this) {
      if (running || over) {
        return;
      }
      running = true;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException closed) {
      cancel();
    }
  }

  private void drain() {
    for (; ; ) {
      T item;
      synchronized (this) {
        boolean finished = items.isEmpty() && ended;
        if (over || (!finished && (items.isEmpty() || demand == 0))) {
          running = false;
          return;
        }
        if (finished) {
          over = true;
          running = false;
          item = null;
        } else {
          demand--;
          item = items.poll();
        }
      }
      if (item == null) {
        finish();
        return;
      }
      try {
        subscriber.onNext(item);
      } catch (RuntimeException thrown) {
        cancel();
        subscriber.onError(thrown);
        return;
      }
    }
  }

  private void finish() {
    gone.accept(this);
    if (fault == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(fault);
    }
  }
}
