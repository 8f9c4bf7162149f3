package io.github.genericconnector;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ThreadLocalRandom;

/** What every call of a client needs: the channel, a clock, and the threads of the program's callbacks. */
record Wire(ManagedChannel channel, ScheduledExecutorService timer, Executor callbacks, Settings settings) {
  /** One unary attempt. The future fails with gRPC's exception; cancelling it cancels the call. */
  <Q, R> CompletableFuture<R> unary(
      MethodDescriptor<Q, R> method, Q request, Map<String, String> headers, Duration timeout) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(Math.max(1, timeout.toNanos()), TimeUnit.NANOSECONDS);
    ClientCall<Q, R> call = call(method, headers, options);
    CompletableFuture<R> result = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          private R reply;

          @Override
          public void onMessage(R message) {
            reply = message;
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            if (status.isOk() && reply != null) {
              result.complete(reply);
            } else {
              Status why = status.isOk() ? Status.INTERNAL.withDescription("no reply came") : status;
              result.completeExceptionally(new StatusException(why, trailers));
            }
          }
        },
        new Metadata());
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    result.whenComplete(
        (reply, thrown) -> {
          if (result.isCancelled()) {
            call.cancel("given up", null);
          }
        });
    return result;
  }

  <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method, Map<String, String> headers, CallOptions options) {
    Metadata metadata = new Metadata();
    settings.metadata().forEach((name, value) -> metadata.put(key(name), value));
    headers.forEach((name, value) -> metadata.put(key(name), value));
    return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata))
        .newCall(method, options);
  }

  /** Runs something after a delay; a task that comes when the client is closed is dropped. */
  Future<?> after(Duration delay, Runnable task) {
    try {
      return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  Backoff backoff() {
    return new Backoff(
        settings.backoffFirst(), settings.backoffLongest(), () -> ThreadLocalRandom.current().nextDouble());
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
