// A client: one service, its channel, and the sessions made with it.

package io.github.genericconnector;

import io.github.genericconnector.v1.HelloRequest;
import io.github.genericconnector.v1.SystemServiceGrpc;
import io.github.genericconnector.v1.SystemStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A service, and what was opened with it. Making one connects to nothing.
 *
 * <pre>{@code
 * try (Client client = Client.builder("https://gc.example:50051").build();
 *     AgentSession session = client.connect("1001", "secret")) {
 *   session.login("2001");
 * }
 * }</pre>
 */
public final class Client implements AutoCloseable {
  private final Transport transport;
  private final Set<AgentSession> sessions = ConcurrentHashMap.newKeySet();
  private final Set<Observer> observers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Client(Transport transport) {
    this.transport = transport;
  }

  /**
   * Begins to describe a client.
   *
   * @param address {@code https://host:port}, or {@code host:port} for the same; {@code
   *     http://host:port} for plain text
   * @return what takes the options
   * @throws IllegalArgumentException if the address is none of these
   */
  public static ClientBuilder builder(String address) {
    return new ClientBuilder(address);
  }

  /**
   * Connects an agent, in one attempt. The password stays in memory for later Connects, for example
   * after a restart of the service.
   *
   * @param agentId the login id
   * @param password the agent's Finesse password
   * @return the session
   * @throws GcException if the service refuses, or can't be reached
   */
  public AgentSession connect(String agentId, String password) {
    return Futures.await(connectAsync(agentId, password));
  }

  /**
   * Connects an agent, as {@link #connect(String, String)} does.
   *
   * @param agentId the login id
   * @param password the agent's Finesse password
   * @return the session, or a {@link GcException}
   */
  public CompletableFuture<AgentSession> connectAsync(String agentId, String password) {
    Objects.requireNonNull(password);
    return connectAsync(agentId, () -> password);
  }

  /**
   * Connects an agent whose password a function gives, each time it is needed.
   *
   * @param agentId the login id
   * @param password gives the agent's Finesse password; called on the client's executor
   * @return the session
   * @throws GcException if the service refuses, or can't be reached
   */
  public AgentSession connect(String agentId, Supplier<String> password) {
    return Futures.await(connectAsync(agentId, password));
  }

  /**
   * Connects an agent whose password a function gives, as {@link #connect(String, Supplier)} does.
   *
   * @param agentId the login id
   * @param password gives the agent's Finesse password; called on the client's executor
   * @return the session, or a {@link GcException}
   */
  public CompletableFuture<AgentSession> connectAsync(String agentId, Supplier<String> password) {
    Objects.requireNonNull(agentId);
    Objects.requireNonNull(password);
    Futures.Outcome<AgentSession> outcome = new Futures.Outcome<>(transport::tell);
    Connector connector = new Connector(transport, agentId, password);
    connector
        .connect()
        .whenComplete(
            (reply, thrown) -> {
              if (thrown != null) {
                outcome.fail(GcException.of(thrown, "Connect", ""));
                return;
              }
              AgentSession session = new AgentSession(transport, connector, sessions::remove);
              sessions.add(session);
              session.start();
              // Asked after it was added: either close() finds the session, or this finds it
              // closed.
              if (closed) {
                outcome.fail(GcException.closed("Connect", ""));
                session.closing();
              } else if (!outcome.succeed(session)) {
                session.closing();
              }
            });
    outcome.onCancel(() -> transport.run(connector::forget));
    return outcome;
  }

  /**
   * Whether Finesse can be used; needs no credentials.
   *
   * @return the status as the service last knew it
   * @throws GcException if the service can't be reached
   */
  public SystemStatus hello() {
    return Futures.await(helloAsync());
  }

  /**
   * Whether Finesse can be used, as {@link #hello()}.
   *
   * @return the status, or a {@link GcException}
   */
  public CompletableFuture<SystemStatus> helloAsync() {
    Futures.Outcome<SystemStatus> outcome = new Futures.Outcome<>(transport::tell);
    HelloRequest request =
        HelloRequest.newBuilder().setClientName(transport.settings.clientName()).build();
    var timeout = transport.settings.connectTimeout();
    var headers = transport.headers(Map.of());
    var call = transport.unary(SystemServiceGrpc.getHelloMethod(), request, timeout, headers);
    call.future.whenComplete(
        (reply, thrown) -> {
          if (thrown == null) {
            outcome.succeed(reply.getStatus());
          } else {
            outcome.fail(GcException.of(thrown, "Hello", ""));
          }
        });
    outcome.onCancel(() -> call.cancel("given up"));
    return outcome;
  }

  /**
   * Watches agents with an API key: for services, without commands. Returns at once; {@link
   * Observer#connection()} and the items say how it goes.
   *
   * @param observation whom to watch
   * @return the observer
   */
  public Observer observe(Observation observation) {
    Observer observer = new Observer(transport, observation, observers::remove);
    observers.add(observer);
    observer.start();
    if (closed) {
      observer.closing();
    }
    return observer;
  }

  /** Closes all sessions and observers, and then the channel. Takes two seconds at most. */
  @Override
  public void close() {
    closed = true;
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    sessions.forEach(session -> closing.add(session.closing()));
    observers.forEach(observer -> closing.add(observer.closing()));
    Futures.await(CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)));
    transport.close();
  }
}
