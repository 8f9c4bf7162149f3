package io.github.genericconnector;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waiting for futures as blocking methods do. */
final class Futures {
  private Futures() {}

  /** The value; a {@link GcException} is thrown as it is. An interrupt gives the call up. */
  static <R> R await(CompletableFuture<R> future) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      CancellationException given = new CancellationException("interrupted");
      given.initCause(interrupted);
      throw given;
    } catch (ExecutionException failed) {
      if (cause(failed) instanceof GcException known) {
        throw known.again();
      }
      throw new CompletionException(cause(failed));
    }
  }

  /** What a stage's failure is about. */
  static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
