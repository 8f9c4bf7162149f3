package io.github.genericconnector;

import io.github.genericconnector.v1.HelloRequest;
import io.github.genericconnector.v1.SystemServiceGrpc;
import io.github.genericconnector.v1.SystemStatus;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One service, and what was opened with it. Making one connects to nothing. */
public final class Client implements AutoCloseable {
  private final Wire wire;
  private final Optional<ExecutorService> owned;
  private final Set<AgentSession> sessions = ConcurrentHashMap.newKeySet();

  private Client(Wire wire, Optional<ExecutorService> owned) {
    this.wire = wire;
    this.owned = owned;
  }

  /**
   * Begins the making of a client.
   *
   * @param address {@code https://host:port}, or {@code host:port} for the same; {@code http://host:port} for plain text
   * @return the builder
   */
  public static Builder builder(String address) {
    return new Builder(address);
  }

  /**
   * Connects an agent: one attempt. The password stays in memory for later Connects, for example after a restart of the
   * service.
   *
   * @param agentId the login id, as Finesse knows it
   * @param password the agent's Finesse password
   * @return the session
   */
  public AgentSession connect(String agentId, String password) {
    return Futures.await(connectAsync(agentId, () -> password));
  }

  /**
   * Connects an agent.
   *
   * @param agentId the login id, as Finesse knows it
   * @param password is asked for the password at each Connect, on the callback executor
   * @return the session, or a {@link GcException}
   */
  public CompletableFuture<AgentSession> connectAsync(String agentId, Supplier<String> password) {
    Connector connector = new Connector(wire, agentId, password);
    return connector
        .connect()
        .thenApplyAsync(
            reply -> {
              AgentSession session = AgentSession.open(wire, connector, sessions::remove);
              sessions.add(session);
              return session;
            },
            wire.callbacks());
  }

  /**
   * Whether Finesse can be used; needs no credentials.
   *
   * @return the status
   */
  public SystemStatus hello() {
    HelloRequest request = HelloRequest.newBuilder().setClientName(wire.settings().clientName()).build();
    return Futures.await(
        wire.unary(SystemServiceGrpc.getHelloMethod(), request, Map.of(), wire.settings().connectTimeout())
            .handle(
                (reply, thrown) -> {
                  if (thrown != null) {
                    throw GcException.of(thrown, "Hello", "");
                  }
                  return reply.getStatus();
                }));
  }

  /** Closes the sessions, and then the channel. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> closing = sessions.stream().map(AgentSession::closeAsync).toList();
    closing.forEach(Futures::await);
    wire.channel().shutdown();
    wire.timer().shutdown();
    owned.ifPresent(ExecutorService::shutdown);
    try {
      if (!wire.channel().awaitTermination(1, TimeUnit.SECONDS)) {
        wire.channel().shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      wire.channel().shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** What a client is told; everything but the address may be left out. */
  public static final class Builder {
    private final String address;
    private String clientName = "";
    private final Map<String, String> metadata = new HashMap<>();
    private Duration connectTimeout = Duration.ofSeconds(30);
    private Optional<Duration> commandTimeout = Optional.empty();
    private Duration backoffFirst = Duration.ofMillis(250);
    private Duration backoffLongest = Duration.ofSeconds(15);
    private Duration silenceTimeout = Duration.ofSeconds(45);
    private Duration keepaliveInterval = Duration.ofSeconds(20);
    private Duration keepaliveTimeout = Duration.ofSeconds(10);
    private int eventBuffer = 1024;
    private Optional<String> authority = Optional.empty();
    private Optional<String> certificate = Optional.empty();
    private Optional<String> key = Optional.empty();
    private Optional<Executor> callbacks = Optional.empty();

    private Builder(String address) {
      this.address = address;
    }

    /**
     * Names the client in the service's logs.
     *
     * @param name any text
     * @return this
     */
    public Builder clientName(String name) {
      clientName = name;
      return this;
    }

    /**
     * Adds a header to every call, for proxies.
     *
     * @param name in lower case
     * @param value ASCII
     * @return this
     */
    public Builder metadata(String name, String value) {
      metadata.put(name, value);
      return this;
    }

    /**
     * How long Connect and other calls without a session may take, and a stream to its first message: 30 s.
     *
     * @param timeout more than zero
     * @return this
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = timeout;
      return this;
    }

    /**
     * How long a command may take with all its attempts: 30 s, MobileAgentLogin 85 s.
     *
     * @param timeout more than zero
     * @return this
     */
    public Builder commandTimeout(Duration timeout) {
      commandTimeout = Optional.of(timeout);
      return this;
    }

    /**
     * The delay before attempt n is random between a half and the whole of {@code min(first * 2^n, longest)}: 250 ms, 15 s.
     *
     * @param first more than zero
     * @param longest more than zero
     * @return this
     */
    public Builder backoff(Duration first, Duration longest) {
      backoffFirst = first;
      backoffLongest = longest;
      return this;
    }

    /**
     * An event stream on which nothing came for so long is opened anew: 45 s, three of the service's heartbeats.
     *
     * @param timeout more than zero
     * @return this
     */
    public Builder silenceTimeout(Duration timeout) {
      silenceTimeout = timeout;
      return this;
    }

    /**
     * How often the connection is pinged while a call or stream is open, and how long the answer may take: 20 s, 10 s.
     *
     * @param interval gRPC takes less than 10 s as 10 s
     * @param timeout more than zero
     * @return this
     */
    public Builder keepalive(Duration interval, Duration timeout) {
      keepaliveInterval = interval;
      keepaliveTimeout = timeout;
      return this;
    }

    /**
     * How many items may wait for one subscriber of events: 1024.
     *
     * @param items at least 2
     * @return this
     */
    public Builder eventBuffer(int items) {
      // Below two, the mark of a loss and what replaces it would not fit.
      eventBuffer = Math.max(2, items);
      return this;
    }

    /**
     * Trusts an authority in place of the system's.
     *
     * @param pem certificates
     * @return this
     */
    public Builder authority(String pem) {
      authority = Optional.of(pem);
      return this;
    }

    /**
     * Shows a certificate.
     *
     * @param certificatePem the client's certificate with its chain
     * @param keyPem its key
     * @return this
     */
    public Builder certificate(String certificatePem, String keyPem) {
      certificate = Optional.of(certificatePem);
      key = Optional.of(keyPem);
      return this;
    }

    /**
     * Where listeners, subscribers and stages of futures run, and passwords are asked for; daemon threads of the client
     * unless given. It is not shut down with the client.
     *
     * @param executor must not run tasks on the thread that gives them
     * @return this
     */
    public Builder callbackExecutor(Executor executor) {
      callbacks = Optional.of(executor);
      return this;
    }

    /**
     * Makes the client.
     *
     * @return a client
     * @throws IllegalArgumentException when the address or a certificate can't be read
     */
    public Client build() {
      boolean plain = address.startsWith("http://");
      String target = address.replaceFirst("^https?://", "").replaceFirst("/$", "");
      ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(target, plain ? InsecureChannelCredentials.create() : tls());
      ManagedChannel channel =
          builder
              .keepAliveTime(keepaliveInterval.toNanos(), TimeUnit.NANOSECONDS)
              .keepAliveTimeout(keepaliveTimeout.toNanos(), TimeUnit.NANOSECONDS)
              .build();
      ThreadFactory threads = daemons();
      ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
      timer.setRemoveOnCancelPolicy(true);
      timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      Optional<ExecutorService> owned =
          callbacks.isPresent() ? Optional.empty() : Optional.of(Executors.newCachedThreadPool(threads));
      Settings settings =
          new Settings(
              clientName,
              Map.copyOf(metadata),
              connectTimeout,
              commandTimeout,
              backoffFirst,
              backoffLongest,
              silenceTimeout,
              eventBuffer);
      Executor executor = callbacks.orElseGet(owned::orElseThrow);
      return new Client(new Wire(channel, timer, executor, settings), owned);
    }

    private ChannelCredentials tls() {
      try {
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        if (authority.isPresent()) {
          tls.trustManager(stream(authority.get()));
        }
        if (certificate.isPresent() && key.isPresent()) {
          tls.keyManager(stream(certificate.get()), stream(key.get()));
        }
        return tls.build();
      } catch (IOException unreadable) {
        throw new IllegalArgumentException("a certificate or key can't be read", unreadable);
      }
    }

    private static InputStream stream(String pem) {
      return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    }

    private static ThreadFactory daemons() {
      AtomicInteger count = new AtomicInteger();
      return task -> {
        Thread thread = new Thread(task, "generic-connector-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
      };
    }
  }
}
