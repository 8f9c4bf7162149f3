package io.github.genericconnector;

import io.github.genericconnector.v1.AgentServiceGrpc;
import io.github.genericconnector.v1.ConnectRequest;
import io.github.genericconnector.v1.ConnectResponse;
import io.github.genericconnector.v1.ErrorReason;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Connect, and Connect again: the token in use, and one Connect at a time for stream and commands. */
final class Connector {
  /** Refusals after which it is not tried again: a wrong password must not lock the account. */
  private static final Set<ErrorReason> FINAL =
      EnumSet.of(
          ErrorReason.ERROR_REASON_AUTHORIZATION_FAILURE,
          ErrorReason.ERROR_REASON_USER_NOT_FOUND,
          ErrorReason.ERROR_REASON_MISSING_PASSWORD,
          ErrorReason.ERROR_REASON_PERMISSION_DENIED,
          ErrorReason.ERROR_REASON_INVALID_INPUT,
          ErrorReason.ERROR_REASON_SSO_UNSUPPORTED,
          ErrorReason.ERROR_REASON_UNSUPPORTED_ON_PLATFORM,
          ErrorReason.ERROR_REASON_NOT_IMPLEMENTED);

  private final Wire wire;
  private final String agentId;
  private volatile Supplier<String> password;
  private volatile ConnectResponse reply;
  private CompletableFuture<Void> again;

  /** Told of a refusal that is for good. */
  private volatile Consumer<GcException> refused = error -> {};

  Connector(Wire wire, String agentId, Supplier<String> password) {
    this.wire = wire;
    this.agentId = agentId;
    this.password = password;
  }

  void onRefused(Consumer<GcException> told) {
    refused = told;
  }

  /** The reply of the last Connect. */
  ConnectResponse reply() {
    return reply;
  }

  static Map<String, String> headers(String token) {
    return Map.of("authorization", "Bearer " + token);
  }

  /** Whether a call was refused for its token. */
  static boolean isRefused(GcException error) {
    return error.ofService()
        ? error.reason() == ErrorReason.ERROR_REASON_SESSION_EXPIRED
            || error.reason() == ErrorReason.ERROR_REASON_NOT_CONNECTED
        : error.code() == Status.Code.UNAUTHENTICATED;
  }

  /** One attempt. */
  CompletableFuture<ConnectResponse> connect() {
    Supplier<String> known = password;
    if (known == null) {
      return CompletableFuture.failedFuture(GcException.closed("Connect", ""));
    }
    // What gives the password is the program's, and may take its time.
    return CompletableFuture.supplyAsync(known, wire.callbacks())
        .thenCompose(
            secret -> {
              ConnectRequest request =
                  ConnectRequest.newBuilder()
                      .setAgentId(agentId)
                      .setPassword(secret)
                      .setClientName(wire.settings().clientName())
                      .build();
              return wire.unary(
                  AgentServiceGrpc.getConnectMethod(), request, Map.of(), wire.settings().connectTimeout());
            })
        .handle(
            (given, thrown) -> {
              if (thrown != null) {
                throw GcException.of(thrown, "Connect", "");
              }
              reply = given;
              return given;
            });
  }

  /**
   * Connects anew after {@code token} was refused, as often as it takes; all who ask meanwhile share it. Fails with a
   * refusal that is for good, or when the session is over.
   */
  synchronized CompletableFuture<Void> again(String token) {
    if (!reply.getToken().equals(token)) {
      return CompletableFuture.completedFuture(null);
    }
    if (again == null) {
      CompletableFuture<Void> begun = new CompletableFuture<>();
      again = begun;
      attempt(begun, wire.backoff());
    }
    return again.copy();
  }

  /** Forgets the password; a Connect that is being repeated ends. */
  void forget() {
    password = null;
  }

  private void attempt(CompletableFuture<Void> begun, Backoff backoff) {
    wire.channel().resetConnectBackoff();
    connect()
        .whenComplete(
            (given, thrown) -> {
              if (thrown == null) {
                done(begun, null);
                return;
              }
              GcException error = GcException.of(thrown, "Connect", "");
              if (password == null) {
                done(begun, GcException.closed("Connect", ""));
              } else if (error.ofService() && FINAL.contains(error.reason())) {
                refused.accept(error);
                done(begun, error);
              } else {
                wire.after(backoff.next(error.retryAfter()), () -> attempt(begun, backoff));
              }
            });
  }

  private void done(CompletableFuture<Void> begun, GcException error) {
    synchronized (this) {
      again = null;
    }
    if (error == null) {
      begun.complete(null);
    } else {
      begun.completeExceptionally(error);
    }
  }
}
