// One consumer of events(): a bounded queue between the session, which never waits, and a
// subscriber that may.

package io.github.genericconnector;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The items of one subscriber, given on an executor, one at a time and as many as were asked for.
 */
final class Consumer<T> implements Flow.Subscription {
  private final Flow.Subscriber<? super T> subscriber;
  private final Executor executor;
  private final int limit;
  private final Supplier<List<T>> instead;
  private final java.util.function.Consumer<Consumer<T>> gone;
  private final ArrayDeque<T> items;

  /** How many items the picture has; they may wait beside {@code limit} others. */
  private int picture;

  private long demand;
  private boolean begun;
  private boolean running;
  private boolean ended;
  private boolean over;
  private Throwable cause;

  /**
   * Begins with {@code first}. When more than {@code limit} items wait beside that they are dropped
   * for those of {@code instead}, which say so and hold the whole picture. {@code gone} is called
   * when nobody will read any more.
   */
  Consumer(
      Flow.Subscriber<? super T> subscriber,
      Executor executor,
      int limit,
      List<T> first,
      Supplier<List<T>> instead,
      java.util.function.Consumer<Consumer<T>> gone) {
    this.subscriber = subscriber;
    this.executor = executor;
    this.limit = limit;
    this.items = new ArrayDeque<>(first);
    this.picture = first.size();
    this.instead = instead;
    this.gone = gone;
  }

  /** Begins to give items. */
  void start() {
    wake();
  }

  /**
   * Adds an item. {@code pictured} says that what {@code instead} gives holds what the item tells.
   */
  void push(T item, boolean pictured) {
    synchronized (this) {
      if (ended || over) {
        return;
      }
      if (items.size() - picture >= limit) {
        items.clear();
        items.addAll(instead.get());
        picture = items.size();
        if (!pictured) {
          items.add(item);
        }
      } else {
        items.add(item);
      }
    }
    wake();
  }

  /** Ends it after what waits, with the error that ended the session, if one did. */
  void end(Throwable error) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      cause = error;
    }
    wake();
  }

  @Override
  public void request(long count) {
    synchronized (this) {
      if (count <= 0) {
        ended = true;
        items.clear();
        cause = new IllegalArgumentException("a subscriber asks for at least one item");
      } else {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
      }
    }
    wake();
  }

  @Override
  public void cancel() {
    synchronized (this) {
      over = true;
      items.clear();
    }
    gone.accept(this);
  }

  private void wake() {
    synchronized (this) {
      if (running || over) {
        return;
      }
      running = true;
    }
    try {
      executor.execute(this::give);
    } catch (RejectedExecutionException closed) {
      // The program has shut its executor down: nobody can be told anything any more.
      cancel();
    }
  }

  /** Gives what may be given; runs in one thread at a time. */
  private void give() {
    try {
      if (!begun) {
        begun = true;
        subscriber.onSubscribe(this);
      }
      for (; ; ) {
        T item;
        synchronized (this) {
          if (over || (items.isEmpty() ? !ended : demand == 0)) {
            running = false;
            return;
          }
          item = items.poll();
          over = item == null;
          demand -= item == null ? 0 : 1;
        }
        if (item == null) {
          finish();
          return;
        }
        subscriber.onNext(item);
      }
    } catch (RuntimeException | Error thrown) {
      // What a subscriber throws ends its subscription, by the rules of Flow, and is its thread's
      // to report.
      cancel();
      throw thrown;
    }
  }

  private void finish() {
    gone.accept(this);
    if (cause == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(cause);
    }
  }
}
