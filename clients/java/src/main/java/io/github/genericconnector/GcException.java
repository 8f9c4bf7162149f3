// Why a call failed: one exception with the service's reason, and what a retry would be worth.

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

  private final ErrorReason reason;
  private final String reasonName;
  private final Status.Code code;
  private final Retry retry;
  private final Duration retryAfter;
  private final transient Map<String, String> metadata;
  private final String command;
  private final String requestId;
  private final boolean ofService;

  private GcException(
      ErrorReason reason,
      String reasonName,
      Status.Code code,
      String message,
      Retry retry,
      Duration retryAfter,
      Map<String, String> metadata,
      String command,
      String requestId,
      boolean ofService,
      Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.reasonName = reasonName;
    this.code = code;
    this.retry = retry;
    this.retryAfter = retryAfter;
    this.metadata = metadata;
    this.command = command;
    this.requestId = requestId;
    this.ofService = ofService;
  }

  /**
   * The one word for programs.
   *
   * @return the reason; ERROR_REASON_UNSPECIFIED for one that this release does not know
   */
  public ErrorReason reason() {
    return reason;
  }

  /**
   * The reason as the service wrote it, without prefix: also one that this release does not know.
   *
   * @return the reason's name
   */
  public String reasonName() {
    return reasonName;
  }

  /**
   * The gRPC status code.
   *
   * @return the code
   */
  public Status.Code code() {
    return code;
  }

  /**
   * Whether the same request can succeed when it is sent again, and on what condition.
   *
   * @return the condition
   */
  public Retry retry() {
    return retry;
  }

  /**
   * Whether the same call may succeed without anything else being changed: later, after a Connect,
   * or with the same request id.
   *
   * @return whether it pays to try again
   */
  public boolean isRetryable() {
    return retry == Retry.RETRY_AFTER_DELAY
        || retry == Retry.RETRY_AFTER_CONNECT
        || retry == Retry.RETRY_SAME_REQUEST_ID;
  }

  /**
   * The service's advice for the delay before a retry.
   *
   * @return the delay; empty where the service gave none
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * What Finesse itself said.
   *
   * @return Finesse's words; empty if it said nothing
   */
  public Optional<FinesseError> finesse() {
    return FinesseError.of(metadata());
  }

  /**
   * The metadata of the service's ErrorInfo; docs/errors.md says what is in it.
   *
   * @return the metadata; empty for none
   */
  public Map<String, String> metadata() {
    return metadata == null ? Map.of() : metadata;
  }

  /**
   * The RPC that failed.
   *
   * @return its name, for example {@code HoldCall}
   */
  public String command() {
    return command;
  }

  /**
   * The command's request id: a retry with it is safe.
   *
   * @return the id; empty for questions
   */
  public String requestId() {
    return requestId;
  }

  @Override
  public String toString() {
    String where = command.isEmpty() ? "" : command + ": ";
    return "GcException: " + where + reasonName + ": " + getMessage();
  }

  /** Whether the service said it; otherwise the way to it, or this library. */
  boolean isOfService() {
    return ofService;
  }

  Duration leastDelay() {
    return retryAfter == null ? Duration.ZERO : retryAfter;
  }

  /** The same with the stack of who waits for it; the stack of who heard of it is its cause's. */
  GcException here() {
    return new GcException(
        reason,
        reasonName,
        code,
        getMessage(),
        retry,
        retryAfter,
        metadata(),
        command,
        requestId,
        ofService,
        this);
  }

  /** The error that anything thrown by a call stands for. */
  static GcException of(Throwable thrown, String command, String requestId) {
    if (thrown instanceof GcException known) {
      return known;
    }
    Status status = Status.fromThrowable(thrown);
    String message = messageOf(status);
    ErrorInfo info = null;
    Duration retryAfter = null;
    com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
    if (details != null) {
      try {
        for (Any detail : details.getDetailsList()) {
          if (detail.is(ErrorInfo.class)) {
            info = detail.unpack(ErrorInfo.class);
          } else if (detail.is(RetryInfo.class)) {
            var delay = detail.unpack(RetryInfo.class).getRetryDelay();
            retryAfter = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
          }
        }
      } catch (InvalidProtocolBufferException unreadable) {
        info = null;
      }
    }
    if (info == null || !info.getDomain().equals(DOMAIN)) {
      return new GcException(
          ErrorReason.ERROR_REASON_SERVICE_UNREACHABLE,
          "SERVICE_UNREACHABLE",
          status.getCode(),
          message,
          Retry.RETRY_AFTER_DELAY,
          retryAfter,
          Map.of(),
          command,
          requestId,
          false,
          thrown);
    }
    return new GcException(
        reasonOf(info.getReason()),
        info.getReason(),
        status.getCode(),
        message,
        retryOf(info.getMetadataOrDefault("retry", "")),
        retryAfter,
        Map.copyOf(info.getMetadataMap()),
        command,
        requestId,
        true,
        thrown);
  }

  /** What the status says, or its code; for a broken connection also what broke it. */
  private static String messageOf(Status status) {
    String said =
        status.getDescription() == null ? status.getCode().name() : status.getDescription();
    Throwable cause = status.getCause();
    return cause == null || cause.getMessage() == null ? said : said + ": " + cause.getMessage();
  }

  /** A command may have been done, and nobody can say whether. */
  static GcException outcomeUnknown(String message, String command, String requestId) {
    return local(
        ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN,
        Status.Code.ABORTED,
        message,
        Retry.RETRY_SAME_REQUEST_ID,
        command,
        requestId);
  }

  /** No answer of the service. */
  static GcException unreachable(String message, Status.Code code, String command) {
    return local(
        ErrorReason.ERROR_REASON_SERVICE_UNREACHABLE,
        code,
        message,
        Retry.RETRY_AFTER_DELAY,
        command,
        "");
  }

  /** The program's function for the password threw, or gave none. */
  static GcException noPassword(Throwable thrown) {
    return new GcException(
        ErrorReason.ERROR_REASON_MISSING_PASSWORD,
        "MISSING_PASSWORD",
        Status.Code.INVALID_ARGUMENT,
        "the function for the password gave none",
        Retry.RETRY_NO,
        null,
        Map.of(),
        "Connect",
        "",
        false,
        thrown);
  }

  /** The session was closed by the program. */
  static GcException closed(String command, String requestId) {
    return local(
        ErrorReason.ERROR_REASON_NOT_CONNECTED,
        Status.Code.FAILED_PRECONDITION,
        "the session is closed",
        Retry.RETRY_AFTER_CONNECT,
        command,
        requestId);
  }

  /** The session in which the command began is gone, and it was not done. */
  static GcException expired(GcException why, String command, String requestId) {
    return local(
        ErrorReason.ERROR_REASON_SESSION_EXPIRED,
        Status.Code.UNAUTHENTICATED,
        why.getMessage(),
        Retry.RETRY_AFTER_CONNECT,
        command,
        requestId);
  }

  private static GcException local(
      ErrorReason reason,
      Status.Code code,
      String message,
      Retry retry,
      String command,
      String requestId) {
    String name = reason.name().substring("ERROR_REASON_".length());
    return new GcException(
        reason, name, code, message, retry, null, Map.of(), command, requestId, false, null);
  }

  private static ErrorReason reasonOf(String name) {
    var value = ErrorReason.getDescriptor().findValueByName("ERROR_REASON_" + name);
    return value == null ? ErrorReason.ERROR_REASON_UNSPECIFIED : ErrorReason.valueOf(value);
  }

  private static Retry retryOf(String name) {
    var value = Retry.getDescriptor().findValueByName("RETRY_" + name);
    return value == null ? Retry.RETRY_UNSPECIFIED : Retry.valueOf(value);
  }
}
