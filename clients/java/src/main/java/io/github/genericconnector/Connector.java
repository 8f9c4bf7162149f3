// Connect, and Connect again: who the agent is, the token in use, and one Connect at a time for
// stream and commands.

package io.github.genericconnector;

import io.github.genericconnector.v1.AgentServiceGrpc;
import io.github.genericconnector.v1.ConnectRequest;
import io.github.genericconnector.v1.ConnectResponse;
import io.github.genericconnector.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * An agent's credentials and token. Lives in the client's thread, but for the reply, which anyone
 * may read.
 */
final class Connector {
  /**
   * Refusals of a Connect after which it is not tried again: a wrong password must not lock the
   * account.
   */
  private static final Set<ErrorReason> FINAL =
      Set.of(
          ErrorReason.ERROR_REASON_AUTHORIZATION_FAILURE,
          ErrorReason.ERROR_REASON_USER_NOT_FOUND,
          ErrorReason.ERROR_REASON_MISSING_PASSWORD,
          ErrorReason.ERROR_REASON_PERMISSION_DENIED,
          ErrorReason.ERROR_REASON_INVALID_INPUT,
          ErrorReason.ERROR_REASON_SSO_UNSUPPORTED,
          ErrorReason.ERROR_REASON_UNSUPPORTED_ON_PLATFORM,
          ErrorReason.ERROR_REASON_NOT_IMPLEMENTED);

  /** What a Connect that was made again is told to. */
  interface Owner {
    /** It succeeded; {@code before} is the reply that it replaces. */
    void connected(ConnectResponse before, ConnectResponse after);

    /** It was refused for good. */
    void refused(GcException error);
  }

  private final Transport transport;
  private final String agentId;
  private volatile Supplier<String> password;
  private volatile ConnectResponse reply;
  private CompletableFuture<Void> again;
  private Transport.Unary<ConnectResponse> call;
  private Future<?> delay;

  Connector(Transport transport, String agentId, Supplier<String> password) {
    this.transport = transport;
    this.agentId = agentId;
    this.password = password;
  }

  /** The reply of the last Connect. */
  ConnectResponse reply() {
    return reply;
  }

  /** The headers of a call of this agent. */
  Metadata headers() {
    return transport.headers(Map.of("authorization", "Bearer " + reply.getToken()));
  }

  /** Whether a call was refused for its token. */
  boolean isRefused(GcException error) {
    return error.isOfService()
        ? error.reason() == ErrorReason.ERROR_REASON_SESSION_EXPIRED
            || error.reason() == ErrorReason.ERROR_REASON_NOT_CONNECTED
        : error.code() == Status.Code.UNAUTHENTICATED;
  }

  /** One attempt. The future ends in the client's thread, with a GcException if it fails. */
  CompletableFuture<ConnectResponse> connect() {
    CompletableFuture<ConnectResponse> done = new CompletableFuture<>();
    Supplier<String> secret = password;
    if (secret == null) {
      done.completeExceptionally(GcException.closed("Connect", ""));
      return done;
    }
    // The program's function may take its time, so it is not asked in the client's thread.
    CompletableFuture.supplyAsync(secret, transport::tell)
        .whenComplete((given, thrown) -> transport.run(() -> send(given, thrown, done)));
    return done;
  }

  private void send(String secret, Throwable thrown, CompletableFuture<ConnectResponse> done) {
    if (password == null) {
      done.completeExceptionally(GcException.closed("Connect", ""));
      return;
    }
    if (thrown != null || secret == null) {
      done.completeExceptionally(GcException.noPassword(thrown));
      return;
    }
    ConnectRequest request =
        ConnectRequest.newBuilder()
            .setAgentId(agentId)
            .setPassword(secret)
            .setClientName(transport.settings.clientName())
            .build();
    var headers = transport.headers(Map.of());
    call =
        transport.unary(
            AgentServiceGrpc.getConnectMethod(),
            request,
            transport.settings.connectTimeout(),
            headers);
    call.future.whenComplete(
        (answer, failure) -> {
          if (failure != null) {
            done.completeExceptionally(GcException.of(failure, "Connect", ""));
          } else {
            reply = answer;
            done.complete(answer);
          }
        });
  }

  /**
   * Connects anew after {@code token} was refused, as often as it takes; all who ask meanwhile
   * share it. The future ends in the client's thread; with an exception when the session has ended.
   */
  CompletableFuture<Void> again(String token, Owner owner) {
    if (!reply.getToken().equals(token)) {
      return CompletableFuture.completedFuture(null);
    }
    if (again == null) {
      again = new CompletableFuture<>();
      attempt(transport.settings.backoff(), owner);
    }
    return again.copy();
  }

  /** Forgets the password, and gives up a Connect that is under way. */
  void forget() {
    password = null;
    if (call != null) {
      call.cancel("the session is closed");
    }
    if (delay != null) {
      delay.cancel(false);
    }
    finish(GcException.closed("Connect", ""));
  }

  private void attempt(Backoff backoff, Owner owner) {
    ConnectResponse before = reply;
    connect()
        .whenComplete(
            (after, thrown) -> {
              if (again == null) {
                return;
              }
              if (thrown == null) {
                owner.connected(before, after);
                finish(null);
                return;
              }
              GcException error = GcException.of(thrown, "Connect", "");
              if (error.isOfService() && FINAL.contains(error.reason())) {
                owner.refused(error);
                finish(error);
              } else {
                delay =
                    transport.later(
                        backoff.next(error.leastDelay()), () -> attempt(backoff, owner));
              }
            });
  }

  private void finish(GcException error) {
    CompletableFuture<Void> done = again;
    again = null;
    if (done != null && error != null) {
      done.completeExceptionally(error);
    } else if (done != null) {
      done.complete(null);
    }
  }
}
