// All consumers of a session or an observer, and the picture that they share.

package io.github.genericconnector;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * Consumers that each begin with the picture and then get every item. The picture is changed under
 * the same lock, so that no item is lost or given twice between the two.
 */
final class Consumers<T> {
  private final Executor executor;
  private final int limit;
  private final Supplier<List<T>> picture;
  private final Supplier<List<T>> lost;
  private final List<Consumer<T>> open = new ArrayList<>();
  private boolean over;
  private GcException cause;

  /**
   * {@code picture} is what a consumer begins with, {@code lost} what one gets in place of items
   * that it left waiting.
   */
  Consumers(Executor executor, int limit, Supplier<List<T>> picture, Supplier<List<T>> lost) {
    this.executor = executor;
    this.limit = limit;
    this.picture = picture;
    this.lost = lost;
  }

  void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber);
    Consumer<T> consumer;
    synchronized (this) {
      consumer = new Consumer<>(subscriber, executor, limit, picture.get(), lost, this::remove);
      if (over) {
        consumer.end(cause);
      } else {
        open.add(consumer);
      }
    }
    consumer.start();
  }

  /**
   * Changes the picture and tells all; {@code pictured} says that the picture holds what the item
   * tells.
   */
  synchronized void push(T item, boolean pictured, Runnable change) {
    change.run();
    if (!over) {
      for (Consumer<T> consumer : List.copyOf(open)) {
        consumer.push(item, pictured);
      }
    }
  }

  /** Ends all, now and later, each after what waits for it. */
  synchronized void end(GcException error) {
    over = true;
    cause = error;
    for (Consumer<T> consumer : List.copyOf(open)) {
      consumer.end(error);
    }
    open.clear();
  }

  private synchronized void remove(Consumer<T> consumer) {
    open.remove(consumer);
  }
}
