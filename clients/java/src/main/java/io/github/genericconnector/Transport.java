// The channel, and the one thread in which everything of a client happens that is not the
// program's.

package io.github.genericconnector;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes calls, and tells of them on {@link #loop}, the client's own thread. Callbacks of programs
 * run elsewhere.
 */
final class Transport {
  private static final System.Logger LOG = System.getLogger("io.github.genericconnector");
  private static final Duration IDLE = Duration.ofSeconds(10);

  final Settings settings;

  /** Where callbacks of programs run. */
  final Executor callbacks;

  private final ManagedChannel channel;
  private final ScheduledThreadPoolExecutor loop;

  Transport(ManagedChannel channel, Settings settings, Executor callbacks) {
    this.channel = channel;
    this.settings = settings;
    this.callbacks = callbacks;
    loop = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "gc-client"));
    loop.setRemoveOnCancelPolicy(true);
    // The thread ends when nothing is left to do, so nothing needs to end it.
    loop.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
    loop.allowCoreThreadTimeOut(true);
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs something in the client's thread. */
  void run(Runnable task) {
    loop.execute(guarded(task));
  }

  Future<?> later(Duration delay, Runnable task) {
    return loop.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Runs a callback of the program; here, if the program has shut its executor down. */
  void tell(Runnable callback) {
    try {
      callbacks.execute(callback);
    } catch (RejectedExecutionException shutDown) {
      callback.run();
    }
  }

  /** A fault of this library must not be swallowed by the executor. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error fault) {
        LOG.log(System.Logger.Level.ERROR, "a task of the client failed", fault);
        throw fault;
      }
    };
  }

  /**
   * One attempt of a call. The future ends in the client's thread, with a StatusException if it
   * failed.
   */
  <Q, R> Unary<R> unary(
      MethodDescriptor<Q, R> method, Q request, Duration timeout, Metadata headers) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
    ClientCall<Q, R> call = newCall(method, options);
    Unary<R> answer = new Unary<>(call);
    call.start(answer, headers);
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    return answer;
  }

  /** A call whose listener is called in the client's thread. */
  <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    // The channel's own back-off would make this attempt fail before it is made.
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.enterIdle();
    }
    return channel.newCall(method, options.withExecutor(loop));
  }

  /** The headers of every call, and those of this one. */
  Metadata headers(Map<String, String> own) {
    Metadata headers = new Metadata();
    settings.metadata().forEach((name, value) -> headers.put(key(name), value));
    own.forEach((name, value) -> headers.put(key(name), value));
    return headers;
  }

  void close() {
    channel.shutdownNow();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** The answer of a unary call. */
  static final class Unary<R> extends ClientCall.Listener<R> {
    final CompletableFuture<R> future = new CompletableFuture<>();
    private final ClientCall<?, R> call;
    private R reply;

    private Unary(ClientCall<?, R> call) {
      this.call = call;
    }

    void cancel(String why) {
      call.cancel(why, null);
    }

    @Override
    public void onMessage(R message) {
      reply = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk() && reply != null) {
        future.complete(reply);
      } else {
        Status failure =
            status.isOk() ? Status.INTERNAL.withDescription("the reply is empty") : status;
        future.completeExceptionally(failure.asRuntimeException(trailers));
      }
    }
  }
}
