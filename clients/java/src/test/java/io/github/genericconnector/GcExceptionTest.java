// What a status says, as an exception.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.github.genericconnector.v1.ErrorReason;
import io.github.genericconnector.v1.Retry;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GcExceptionTest {
  private static GcException error(Status.Code code, ErrorInfo.Builder info) {
    RetryInfo delay =
        RetryInfo.newBuilder()
            .setRetryDelay(
                com.google.protobuf.Duration.newBuilder().setSeconds(2).setNanos(500_000_000))
            .build();
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage("no")
            .addDetails(Any.pack(info.build()))
            .addDetails(Any.pack(delay))
            .build();
    return GcException.of(StatusProto.toStatusRuntimeException(status), "HoldCall", "id");
  }

  @Test
  void readsTheServicesDetails() {
    GcException error =
        error(
            Status.Code.FAILED_PRECONDITION,
            ErrorInfo.newBuilder()
                .setDomain("gc.v1")
                .setReason("INVALID_STATE")
                .putMetadata("retry", "AFTER_DELAY")
                .putMetadata("error_type", "Invalid State")
                .putMetadata("http_status", "400"));
    assertEquals(ErrorReason.ERROR_REASON_INVALID_STATE, error.reason());
    assertEquals("INVALID_STATE", error.reasonName());
    assertEquals(Status.Code.FAILED_PRECONDITION, error.code());
    assertEquals("no", error.getMessage());
    assertEquals(Retry.RETRY_AFTER_DELAY, error.retry());
    assertTrue(error.isRetryable());
    assertEquals(Optional.of(Duration.ofMillis(2500)), error.retryAfter());
    FinesseError finesse = error.finesse().orElseThrow();
    assertEquals(Optional.of("Invalid State"), finesse.errorType());
    assertEquals(Optional.of("400"), finesse.httpStatus());
    assertEquals(Optional.empty(), finesse.peripheralCode());
    assertEquals("HoldCall", error.command());
    assertEquals("id", error.requestId());
    assertEquals(error.reason(), error.here().reason());
  }

  @Test
  void keepsAReasonOfANewerService() {
    GcException error =
        error(Status.Code.ABORTED, ErrorInfo.newBuilder().setDomain("gc.v1").setReason("NEWER"));
    assertEquals(ErrorReason.ERROR_REASON_UNSPECIFIED, error.reason());
    assertEquals("NEWER", error.reasonName());
    assertFalse(error.isRetryable());
    assertTrue(error.finesse().isEmpty());
  }

  @Test
  void takesWhatIsNotOfTheServiceForUnreachable() {
    GcException foreign =
        error(Status.Code.UNAVAILABLE, ErrorInfo.newBuilder().setDomain("proxy").setReason("X"));
    assertEquals(ErrorReason.ERROR_REASON_SERVICE_UNREACHABLE, foreign.reason());
    assertEquals(Status.Code.UNAVAILABLE, foreign.code());
    assertEquals(Map.of(), foreign.metadata());
    Status broken =
        Status.UNAVAILABLE.withDescription("io exception").withCause(new IOException("refused"));
    GcException error = GcException.of(broken.asRuntimeException(), "Hello", "");
    assertEquals("io exception: refused", error.getMessage());
    assertEquals(Retry.RETRY_AFTER_DELAY, error.retry());
    assertTrue(error.retryAfter().isEmpty());
  }
}
