// One command from its first attempt to its outcome: what is repeated, what never is, and what is
// said at the deadline.

package io.github.genericconnector;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.genericconnector.v1.CommandOptions;
import io.github.genericconnector.v1.ErrorReason;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** A command under way. Lives in the client's thread. */
final class Command<Q extends Message, R extends Message> {
  /** Ends of an attempt that say nothing of the command: the way to the service broke. */
  private static final Set<Status.Code> BROKEN =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.CANCELLED,
          Status.Code.ABORTED);

  /** What a command needs of its session. */
  interface Owner {
    Connector connector();

    /** Connects anew after a token was refused. */
    CompletableFuture<Void> again(String token);

    /** It is decided. */
    void ended(Command<?, ?> command);
  }

  private final Transport transport;
  private final Owner owner;
  private final MethodDescriptor<Q, R> method;
  private final String name;
  private final long deadline;
  private final Consumer<R> done;
  private final Consumer<GcException> failed;
  private final Backoff backoff;
  private Q request;
  private boolean changing;
  private String requestId = "";
  private long epoch;
  private boolean ambiguous;
  private GcException refusal;
  private Transport.Unary<R> call;
  private Future<?> delay;
  private Future<?> timer;
  private boolean over;

  Command(
      Transport transport,
      Owner owner,
      MethodDescriptor<Q, R> method,
      Q request,
      Duration timeout,
      Consumer<R> done,
      Consumer<GcException> failed) {
    this.transport = transport;
    this.owner = owner;
    this.method = method;
    this.request = request;
    this.done = done;
    this.failed = failed;
    name = method.getBareMethodName();
    deadline = System.nanoTime() + timeout.toNanos();
    backoff = transport.settings.backoff();
  }

  void start() {
    epoch = owner.connector().reply().getEpoch();
    complete();
    timer = transport.later(left(), () -> fail(late()));
    attempt();
  }

  /** The session ended. */
  void sessionEnded(GcException cause) {
    boolean sent = ambiguous || (call != null && !call.future.isDone());
    if (changing && sent) {
      fail(GcException.outcomeUnknown("the session ended", name, requestId));
    } else {
      fail(cause == null ? GcException.closed(name, requestId) : cause);
    }
  }

  /** The caller gave it up. */
  void cancel() {
    end();
  }

  /** Fills a changing command's options. */
  @SuppressWarnings("unchecked")
  private void complete() {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("options");
    changing = field != null;
    if (!changing) {
      return;
    }
    CommandOptions.Builder options = ((CommandOptions) request.getField(field)).toBuilder();
    if (options.getRequestId().isEmpty()) {
      options.setRequestId(UUID.randomUUID().toString());
    }
    if (!options.hasEpoch()) {
      options.setEpoch(epoch);
    }
    requestId = options.getRequestId();
    request = (Q) request.toBuilder().setField(field, options.build()).build();
  }

  private void attempt() {
    if (over) {
      return;
    }
    Connector connector = owner.connector();
    if (changing && connector.reply().getEpoch() != epoch) {
      // What an earlier session may have carried out is not sent to another.
      fail(
          ambiguous || refusal == null
              ? GcException.outcomeUnknown("the session was replaced by another", name, requestId)
              : GcException.expired(refusal, name, requestId));
      return;
    }
    Duration left = left();
    if (left.isZero()) {
      fail(late());
      return;
    }
    String token = connector.reply().getToken();
    call = transport.unary(method, request, left, connector.headers());
    call.future.whenComplete(
        (reply, thrown) -> {
          if (over) {
            return;
          }
          if (thrown == null) {
            end();
            done.accept(reply);
          } else {
            failedAttempt(GcException.of(thrown, name, requestId), token);
          }
        });
  }

  private void failedAttempt(GcException error, String token) {
    if (owner.connector().isRefused(error)) {
      refusal = error;
      // A refusal for good ends the session, and that ends its commands.
      owner.again(token).thenRun(this::attempt);
    } else if (error.reason() == ErrorReason.ERROR_REASON_SHUTTING_DOWN) {
      refusal = error;
      repeat(error);
    } else if (error.isOfService()) {
      fail(error);
    } else if (error.code() == Status.Code.DEADLINE_EXCEEDED) {
      fail(late());
    } else if (BROKEN.contains(error.code())) {
      ambiguous = true;
      repeat(error);
    } else {
      fail(error);
    }
  }

  private void repeat(GcException error) {
    delay = transport.later(backoff.next(error.leastDelay()), this::attempt);
  }

  private GcException late() {
    return changing
        ? GcException.outcomeUnknown("no answer in time", name, requestId)
        : GcException.unreachable("no answer in time", Status.Code.DEADLINE_EXCEEDED, name);
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private void fail(GcException error) {
    if (!over) {
      end();
      failed.accept(error);
    }
  }

  private void end() {
    over = true;
    timer.cancel(false);
    if (delay != null) {
      delay.cancel(false);
    }
    if (call != null) {
      call.cancel("given up");
    }
    owner.ended(this);
  }
}
