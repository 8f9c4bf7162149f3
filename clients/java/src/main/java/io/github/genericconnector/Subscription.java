// An event stream that is opened anew whenever it ends, until it is stopped. It knows nothing of
// agents.

package io.github.genericconnector;

import io.github.genericconnector.v1.ErrorReason;
import io.github.genericconnector.v1.EventServiceGrpc;
import io.github.genericconnector.v1.SubscribeRequest;
import io.github.genericconnector.v1.SubscribeResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Keeps a stream open. Lives in the client's thread. */
final class Subscription {
  /** Refusals of a stream after which another attempt can only be refused again. */
  private static final Set<ErrorReason> FINAL =
      Set.of(
          ErrorReason.ERROR_REASON_PERMISSION_DENIED,
          ErrorReason.ERROR_REASON_INVALID_INPUT,
          ErrorReason.ERROR_REASON_NOT_IMPLEMENTED);

  /** What a subscription asks and tells; always in the client's thread. */
  interface Owner {
    /** What to subscribe to, with the cursors so far. */
    SubscribeRequest request();

    /** The headers of the call. */
    Metadata headers();

    /** The stream is open: its first message came. */
    void connected();

    /** One message. False when it does not continue what came before: the stream is opened anew. */
    boolean message(SubscribeResponse message);

    /** The stream broke. */
    void broken(GcException error);

    /** What must be done before the next attempt; fails when there can be none. */
    CompletableFuture<Void> recover(GcException error);

    /** There will be no further attempt. */
    void over(GcException error);
  }

  private final Transport transport;
  private final Owner owner;
  private final Backoff backoff;
  private Attempt current;
  private Future<?> delay;
  private boolean stopped;

  Subscription(Transport transport, Owner owner) {
    this.transport = transport;
    this.owner = owner;
    backoff = transport.settings.backoff();
  }

  void open() {
    if (!stopped) {
      current = new Attempt();
      current.start();
    }
  }

  void stop() {
    stopped = true;
    if (delay != null) {
      delay.cancel(false);
    }
    if (current != null) {
      current.release("the session is closed");
    }
  }

  private void broken(GcException error) {
    owner.broken(error);
    if (stopped) {
      return;
    }
    if (error.isOfService() && FINAL.contains(error.reason())) {
      owner.over(error);
      return;
    }
    delay = transport.later(backoff.next(error.leastDelay()), () -> recover(error));
  }

  private void recover(GcException error) {
    owner
        .recover(error)
        .whenComplete(
            (done, thrown) -> {
              if (thrown == null) {
                open();
              } else if (!stopped) {
                owner.over(GcException.of(thrown, "Subscribe", ""));
              }
            });
  }

  /** One stream. */
  private final class Attempt extends ClientCall.Listener<SubscribeResponse> {
    private final ClientCall<SubscribeRequest, SubscribeResponse> call =
        transport.newCall(EventServiceGrpc.getSubscribeMethod(), CallOptions.DEFAULT);
    private Future<?> timer;
    private boolean begun;
    private boolean ended;
    private long heard;

    private void start() {
      Duration timeout = transport.settings.connectTimeout();
      timer =
          transport.later(
              timeout, () -> cut("the event stream did not begin", Status.Code.DEADLINE_EXCEEDED));
      call.start(this, owner.headers());
      call.request(1);
      call.sendMessage(owner.request());
      call.halfClose();
    }

    @Override
    public void onMessage(SubscribeResponse message) {
      if (ended) {
        return;
      }
      heard = System.nanoTime();
      if (!begun) {
        begun = true;
        timer.cancel(false);
        watch(transport.settings.silenceTimeout());
        backoff.reset();
        owner.connected();
      }
      if (owner.message(message)) {
        call.request(1);
      } else {
        cut("an event is missing on the event stream", Status.Code.DATA_LOSS);
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (ended) {
        return;
      }
      release("ended");
      broken(
          status.isOk()
              ? GcException.unreachable(
                  "the event stream ended", Status.Code.UNAVAILABLE, "Subscribe")
              : GcException.of(status.asRuntimeException(trailers), "Subscribe", ""));
    }

    /** Looks after silence: a timer per message would cost more than the message. */
    private void watch(Duration left) {
      timer =
          transport.later(
              left,
              () -> {
                Duration silent = Duration.ofNanos(System.nanoTime() - heard);
                Duration rest = transport.settings.silenceTimeout().minus(silent);
                if (rest.isNegative() || rest.isZero()) {
                  cut("nothing came on the event stream", Status.Code.DEADLINE_EXCEEDED);
                } else {
                  watch(rest);
                }
              });
    }

    private void cut(String why, Status.Code code) {
      if (!ended) {
        release(why);
        broken(GcException.unreachable(why, code, "Subscribe"));
      }
    }

    private void release(String why) {
      ended = true;
      timer.cancel(false);
      call.cancel(why, null);
    }
  }
}
