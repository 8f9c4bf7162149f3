// From a future to its outcome, for the blocking forms.

package io.github.genericconnector;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Waiting for futures. */
final class Futures {
  private Futures() {}

  /**
   * Waits for an outcome, and throws what it failed with. An interrupt gives the call up: the
   * thread stays interrupted, and what was sent takes its course.
   */
  static <R> R await(CompletableFuture<R> future) {
    try {
      return future instanceof Outcome<R> outcome ? outcome.raw.get() : future.get();
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException("the calling thread was interrupted");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof GcException error) {
        throw error.here();
      }
      throw new CompletionException(failed.getCause());
    }
  }

  /**
   * A future given to a program: what depends on it runs on the client's executor, and cancelling
   * it gives the call up. Who waits in {@link #await} waits for the outcome itself, and so may do
   * it on that executor's only thread.
   */
  static final class Outcome<R> extends CompletableFuture<R> {
    private final CompletableFuture<R> raw = new CompletableFuture<>();
    private final Executor executor;
    private volatile Runnable onCancel = () -> {};

    Outcome(Executor executor) {
      this.executor = executor;
    }

    /** What gives the call up. */
    void onCancel(Runnable action) {
      onCancel = action;
      if (isCancelled()) {
        action.run();
      }
    }

    boolean succeed(R result) {
      boolean first = raw.complete(result);
      if (first) {
        executor.execute(() -> complete(result));
      }
      return first;
    }

    boolean fail(GcException error) {
      boolean first = raw.completeExceptionally(error);
      if (first) {
        executor.execute(() -> completeExceptionally(error));
      }
      return first;
    }

    /** Whether the outcome is decided, even where the program has not heard of it yet. */
    boolean isDecided() {
      return raw.isDone();
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      if (!raw.cancel(false)) {
        return false;
      }
      boolean first = super.cancel(mayInterrupt);
      onCancel.run();
      return first;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }
}
