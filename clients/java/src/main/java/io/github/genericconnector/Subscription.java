package io.github.genericconnector;

import io.github.genericconnector.v1.ErrorReason;
import io.github.genericconnector.v1.EventServiceGrpc;
import io.github.genericconnector.v1.SubscribeRequest;
import io.github.genericconnector.v1.SubscribeResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** An event stream that is opened anew whenever it ends, until it is stopped. It knows nothing of agents. */
final class Subscription {
  /** What a subscription asks its owner; calls come one at a time. */
  interface Owner {
    /** What to subscribe to, with the cursors so far. */
    SubscribeRequest request();

    /** The headers of the call. */
    Map<String, String> headers();

    /** The stream is open: its first message came. */
    void connected();

    /** One message; false when it can't be taken: the stream is opened anew. */
    boolean message(SubscribeResponse message);

    /** The stream broke. */
    void broken(GcException error);

    /** Before the next attempt; fails when there can be none. */
    CompletableFuture<Void> recover(GcException error);

    /** Further attempts are useless. */
    void ended(GcException error);
  }

  /** Refusals of a stream after which another attempt can only be refused again. */
  private static final Set<ErrorReason> FINAL =
      EnumSet.of(
          ErrorReason.ERROR_REASON_PERMISSION_DENIED,
          ErrorReason.ERROR_REASON_INVALID_INPUT,
          ErrorReason.ERROR_REASON_NOT_IMPLEMENTED);

  private final Wire wire;
  private final Owner owner;
  private final Backoff backoff;
  private boolean stopped;
  private Attempt current;

  Subscription(Wire wire, Owner owner) {
    this.wire = wire;
    this.owner = owner;
    this.backoff = wire.backoff();
  }

  void start() {
    Attempt attempt = new Attempt();
    synchronized (this) {
      if (stopped) {
        return;
      }
      current = attempt;
    }
    attempt.begin();
  }

  void stop() {
    Attempt last;
    synchronized (this) {
      stopped = true;
      last = current;
      current = null;
    }
    if (last != null) {
      last.cut(null);
    }
  }

  private synchronized boolean isOver() {
    return stopped;
  }

  private void failed(GcException error) {
    if (isOver()) {
      return;
    }
    owner.broken(error);
    if (error.ofService() && FINAL.contains(error.reason())) {
      owner.ended(error);
      return;
    }
    wire.after(
        backoff.next(error.retryAfter()),
        () -> {
          if (isOver()) {
            return;
          }
          owner
              .recover(error)
              .whenComplete(
                  (recovered, thrown) -> {
                    if (thrown != null) {
                      owner.ended(GcException.of(thrown, "Subscribe", ""));
                    } else {
                      wire.channel().resetConnectBackoff();
                      start();
                    }
                  });
        });
  }

  /** One stream. */
  private final class Attempt extends ClientCall.Listener<SubscribeResponse> {
    private ClientCall<SubscribeRequest, SubscribeResponse> call;
    private Future<?> silence;
    private GcException cause;
    private boolean heard;
    private boolean over;

    void begin() {
      call = wire.call(EventServiceGrpc.getSubscribeMethod(), owner.headers(), CallOptions.DEFAULT);
      expect(wire.settings().connectTimeout(), "the event stream did not begin");
      call.start(this, new Metadata());
      call.sendMessage(owner.request());
      call.halfClose();
      call.request(1);
    }

    private synchronized void expect(Duration within, String otherwise) {
      if (silence != null) {
        silence.cancel(false);
      }
      if (!over) {
        GcException why = GcException.unreachable(otherwise, Status.Code.DEADLINE_EXCEEDED, "Subscribe");
        silence = wire.after(within, () -> cut(why));
      }
    }

    /** Ends the stream; {@code why} is what its owner is told, if it is told. */
    void cut(GcException why) {
      synchronized (this) {
        if (cause == null) {
          cause = why;
        }
      }
      if (call != null) {
        call.cancel("the stream is opened anew or stopped", null);
      }
    }

    @Override
    public void onMessage(SubscribeResponse message) {
      expect(wire.settings().silenceTimeout(), "nothing came on the event stream");
      synchronized (this) {
        // What had come before the stream was cut may still arrive here.
        if (over || cause != null || isOver()) {
          return;
        }
      }
      if (!heard) {
        heard = true;
        backoff.reset();
        owner.connected();
      }
      if (owner.message(message)) {
        call.request(1);
      } else {
        cut(GcException.unreachable("the event stream had a hole", Status.Code.DATA_LOSS, "Subscribe"));
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      GcException error;
      synchronized (this) {
        over = true;
        if (silence != null) {
          silence.cancel(false);
        }
        error = cause;
      }
      if (error == null) {
        error =
            status.isOk()
                ? GcException.unreachable("the event stream ended", Status.Code.UNAVAILABLE, "Subscribe")
                : GcException.of(new StatusException(status, trailers), "Subscribe", "");
      }
      failed(error);
    }
  }
}
