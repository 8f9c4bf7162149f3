// A channel whose far end is the test: it sees each call, and answers when it likes.

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

final class Wire extends ManagedChannel {
  private final LinkedBlockingQueue<Call<?, ?>> calls = new LinkedBlockingQueue<>();
  private volatile boolean shut;

  /** A client on it. */
  Client client() {
    Duration soon = Duration.ofMillis(1);
    Settings settings =
        new Settings("", Map.of(), Items.SOON, Optional.empty(), soon, soon, Items.SOON, 10_000);
    return new Client(new Transport(this, settings, Runnable::run));
  }

  /** The next call, which must be of a method. */
  @SuppressWarnings("unchecked")
  <Q, R> Call<Q, R> next(MethodDescriptor<Q, R> method) throws InterruptedException {
    Call<?, ?> call = calls.poll(Items.SOON.toMillis(), TimeUnit.MILLISECONDS);
    if (call == null || call.method != method) {
      throw new AssertionError("no " + method.getFullMethodName());
    }
    return (Call<Q, R>) call;
  }

  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    return new Call<>(method, options);
  }

  @Override
  public ConnectivityState getState(boolean connect) {
    return shut ? ConnectivityState.SHUTDOWN : ConnectivityState.READY;
  }

  @Override
  public String authority() {
    return "wire";
  }

  @Override
  public ManagedChannel shutdown() {
    shut = true;
    return this;
  }

  @Override
  public ManagedChannel shutdownNow() {
    return shutdown();
  }

  @Override
  public boolean isShutdown() {
    return shut;
  }

  @Override
  public boolean isTerminated() {
    return shut;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  /** One call. */
  final class Call<Q, R> extends ClientCall<Q, R> {
    final CompletableFuture<Q> request = new CompletableFuture<>();
    private final MethodDescriptor<Q, R> method;
    private final CallOptions options;
    private Listener<R> listener;

    private Call(MethodDescriptor<Q, R> method, CallOptions options) {
      this.method = method;
      this.options = options;
    }

    void say(R message) {
      options.getExecutor().execute(() -> listener.onMessage(message));
    }

    void end(Status status) {
      options.getExecutor().execute(() -> listener.onClose(status, new Metadata()));
    }

    @Override
    public void start(Listener<R> given, Metadata headers) {
      listener = given;
    }

    @Override
    public void sendMessage(Q message) {
      request.complete(message);
      calls.add(this);
    }

    @Override
    public void request(int count) {}

    @Override
    public void cancel(String why, Throwable cause) {}

    @Override
    public void halfClose() {}
  }
}
