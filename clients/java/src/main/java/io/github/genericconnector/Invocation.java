package io.github.genericconnector;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.genericconnector.v1.CommandOptions;
import io.github.genericconnector.v1.ErrorReason;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** One command from its first attempt to its outcome: what is repeated, what never is, what is said at the deadline. */
final class Invocation<Q extends Message, R extends Message> {
  /** Ends of an attempt that say nothing of the command: the way to the service broke. */
  private static final Set<Status.Code> BROKEN =
      EnumSet.of(
          Status.Code.UNAVAILABLE,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.CANCELLED,
          Status.Code.ABORTED);

  private final Wire wire;
  private final Connector connector;
  private final Supplier<Optional<GcException>> over;
  private final MethodDescriptor<Q, R> method;
  private final String command;
  private final Q request;
  private final boolean changing;
  private final long epoch;
  private final String requestId;
  private final long deadline;
  private final Backoff backoff;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private volatile CompletableFuture<R> attempt;
  private boolean ambiguous;
  private GcException refusal;

  /** {@code over} tells the error of a session that has ended. */
  Invocation(
      Wire wire,
      Connector connector,
      Supplier<Optional<GcException>> over,
      MethodDescriptor<Q, R> method,
      Q request,
      Duration timeout) {
    this.wire = wire;
    this.connector = connector;
    this.over = over;
    this.method = method;
    this.command = method.getBareMethodName();
    this.epoch = connector.reply().getEpoch();
    this.backoff = wire.backoff();
    this.deadline = System.nanoTime() + timeout.toNanos();
    FieldDescriptor options = request.getDescriptorForType().findFieldByName("options");
    this.changing = options != null;
    if (changing) {
      CommandOptions.Builder given = ((CommandOptions) request.getField(options)).toBuilder();
      if (given.getRequestId().isEmpty()) {
        given.setRequestId(UUID.randomUUID().toString());
      }
      if (!given.hasEpoch()) {
        given.setEpoch(epoch);
      }
      this.requestId = given.getRequestId();
      @SuppressWarnings("unchecked")
      Q complete = (Q) request.toBuilder().setField(options, given.build()).build();
      this.request = complete;
    } else {
      this.requestId = "";
      this.request = request;
    }
  }

  CompletableFuture<R> start() {
    Future<?> alarm = wire.after(left(), this::late);
    result.whenComplete(
        (reply, thrown) -> {
          alarm.cancel(false);
          CompletableFuture<R> last = attempt;
          if (last != null) {
            last.cancel(false);
          }
        });
    attempt();
    return result;
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private void late() {
    String why = "no answer in time";
    fail(
        changing
            ? GcException.outcomeUnknown(why, command, requestId)
            : GcException.unreachable(why, Status.Code.DEADLINE_EXCEEDED, command));
  }

  private void fail(GcException error) {
    result.completeExceptionally(error);
  }

  private void attempt() {
    if (result.isDone()) {
      return;
    }
    Optional<GcException> end = over.get();
    if (end.isPresent()) {
      fail(changing && ambiguous ? GcException.outcomeUnknown("the session ended", command, requestId) : end.get());
      return;
    }
    if (changing && connector.reply().getEpoch() != epoch) {
      // What an earlier session may have carried out is not sent to another.
      fail(
          ambiguous || refusal == null
              ? GcException.outcomeUnknown("the session was replaced by another", command, requestId)
              : refusal);
      return;
    }
    String token = connector.reply().getToken();
    // A little more than what is left: the alarm speaks at the deadline, not gRPC.
    Duration timeout = left().plusMillis(50);
    attempt = wire.unary(method, request, Connector.headers(token), timeout);
    attempt.whenComplete(
        (reply, thrown) -> {
          if (thrown == null) {
            result.complete(reply);
          } else if (!result.isDone()) {
            refused(token, GcException.of(thrown, command, requestId));
          }
        });
  }

  private void refused(String token, GcException error) {
    if (!error.ofService() && error.code() == Status.Code.DEADLINE_EXCEEDED) {
      late();
    } else if (!error.ofService() && BROKEN.contains(error.code())) {
      ambiguous = true;
      later(error);
    } else if (error.reason() == ErrorReason.ERROR_REASON_SHUTTING_DOWN) {
      refusal = error.expired();
      later(error);
    } else if (Connector.isRefused(error)) {
      refusal = error;
      // A refusal of the Connect for good ends the session, and that tells the next attempt.
      connector.again(token).whenComplete((done, thrown) -> attempt());
    } else {
      fail(error);
    }
  }

  private void later(GcException error) {
    wire.after(
        backoff.next(error.retryAfter()),
        () -> {
          wire.channel().resetConnectBackoff();
          attempt();
        });
  }
}
