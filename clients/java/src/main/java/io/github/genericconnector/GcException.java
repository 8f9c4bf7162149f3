package io.github.genericconnector;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.github.genericconnector.v1.ErrorReason;
import io.github.genericconnector.v1.Retry;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A call that the service, or the way to it, did not let succeed. */
public final class GcException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String DOMAIN = "gc.v1";

  private final transient Parts parts;

  /** What an exception is made of. */
  private record Parts(
      ErrorReason reason,
      String reasonName,
      Status.Code code,
      Retry retry,
      Optional<Duration> retryAfter,
      Map<String, String> metadata,
      String command,
      String requestId,
      boolean ofService) {}

  private GcException(String message, Parts parts, Throwable cause) {
    super(message, cause);
    this.parts = parts;
  }

  /** The same with the stack of who waited for it. */
  GcException again() {
    return new GcException(getMessage(), parts, this);
  }

  /** The exception that a failed call stands for. */
  static GcException of(Throwable thrown, String command, String requestId) {
    Throwable cause = Futures.cause(thrown);
    if (cause instanceof GcException known) {
      return known;
    }
    Status status = Status.fromThrowable(cause);
    String message = status.getDescription() == null ? status.getCode().name() : status.getDescription();
    ErrorInfo info = null;
    Optional<Duration> retryAfter = Optional.empty();
    com.google.rpc.Status details = StatusProto.fromThrowable(cause);
    if (details != null) {
      try {
        for (Any detail : details.getDetailsList()) {
          if (detail.is(ErrorInfo.class)) {
            info = detail.unpack(ErrorInfo.class);
          } else if (detail.is(RetryInfo.class)) {
            com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
            retryAfter = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
          }
        }
      } catch (InvalidProtocolBufferException spoilt) {
        info = null;
      }
    }
    if (info == null || !info.getDomain().equals(DOMAIN)) {
      Parts parts =
          new Parts(
              ErrorReason.ERROR_REASON_SERVICE_UNREACHABLE,
              "SERVICE_UNREACHABLE",
              status.getCode(),
              Retry.RETRY_AFTER_DELAY,
              retryAfter,
              Map.of(),
              command,
              requestId,
              false);
      return new GcException(message, parts, cause);
    }
    Parts parts =
        new Parts(
            reason(info.getReason()),
            info.getReason(),
            status.getCode(),
            retry(info.getMetadataMap().getOrDefault("retry", "")),
            retryAfter,
            Map.copyOf(info.getMetadataMap()),
            command,
            requestId,
            true);
    return new GcException(message, parts, cause);
  }

  /** A command may have been done, and nobody can say whether. */
  static GcException outcomeUnknown(String message, String command, String requestId) {
    return own(ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN, Status.Code.ABORTED, Retry.RETRY_SAME_REQUEST_ID, message, command, requestId);
  }

  /** No answer of the service. */
  static GcException unreachable(String message, Status.Code code, String command) {
    return own(ErrorReason.ERROR_REASON_SERVICE_UNREACHABLE, code, Retry.RETRY_AFTER_DELAY, message, command, "");
  }

  /** The session was closed by the program. */
  static GcException closed(String command, String requestId) {
    return own(
        ErrorReason.ERROR_REASON_NOT_CONNECTED,
        Status.Code.FAILED_PRECONDITION,
        Retry.RETRY_AFTER_CONNECT,
        "the session is closed",
        command,
        requestId);
  }

  /** The service stopped before it took the command, and another session came in its place. */
  GcException expired() {
    return own(ErrorReason.ERROR_REASON_SESSION_EXPIRED, code(), retry(), getMessage(), command(), requestId());
  }

  private static GcException own(
      ErrorReason reason, Status.Code code, Retry retry, String message, String command, String requestId) {
    String name = reason.name().substring("ERROR_REASON_".length());
    Parts parts = new Parts(reason, name, code, retry, Optional.empty(), Map.of(), command, requestId, false);
    return new GcException(message, parts, null);
  }

  private static ErrorReason reason(String name) {
    for (ErrorReason reason : ErrorReason.values()) {
      if (reason.name().equals("ERROR_REASON_" + name)) {
        return reason;
      }
    }
    return ErrorReason.ERROR_REASON_UNSPECIFIED;
  }

  private static Retry retry(String name) {
    for (Retry retry : Retry.values()) {
      if (retry.name().equals("RETRY_" + name)) {
        return retry;
      }
    }
    return Retry.RETRY_UNSPECIFIED;
  }

  /**
   * The one word for programs.
   *
   * @return unspecified for a reason of a newer service
   */
  public ErrorReason reason() {
    return parts.reason;
  }

  /**
   * The reason as the service wrote it.
   *
   * @return without prefix, for example {@code INVALID_STATE}
   */
  public String reasonName() {
    return parts.reasonName;
  }

  /**
   * The gRPC status code.
   *
   * @return the code
   */
  public Status.Code code() {
    return parts.code;
  }

  /**
   * Whether the same request can succeed when it is sent again, and on what condition.
   *
   * @return the condition
   */
  public Retry retry() {
    return parts.retry;
  }

  /**
   * Whether the same call may succeed without anything else being changed.
   *
   * @return true for at once with the same request id, after a delay, and after a Connect
   */
  public boolean retryable() {
    return switch (parts.retry) {
      case RETRY_AFTER_DELAY, RETRY_AFTER_CONNECT, RETRY_SAME_REQUEST_ID -> true;
      default -> false;
    };
  }

  /**
   * The service's advice for the delay before a retry.
   *
   * @return empty where it gave none
   */
  public Optional<Duration> retryAfter() {
    return parts.retryAfter;
  }

  /**
   * The ErrorInfo's metadata; {@code docs/errors.md} says what is in it.
   *
   * @return unmodifiable
   */
  public Map<String, String> metadata() {
    return parts.metadata;
  }

  /**
   * What Finesse itself said.
   *
   * @return empty if it said nothing
   */
  public Optional<FinesseError> finesse() {
    return FinesseError.of(parts.metadata);
  }

  /**
   * The RPC's name.
   *
   * @return empty for the session's own errors
   */
  public String command() {
    return parts.command;
  }

  /**
   * The command's request id: a retry with it is safe.
   *
   * @return empty for questions
   */
  public String requestId() {
    return parts.requestId;
  }

  /** Whether the service said it; otherwise the way to it, or this library. */
  boolean ofService() {
    return parts.ofService;
  }
}
