// What a client can be told before it is made.

package io.github.genericconnector;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The options of a {@link Client}; all may be left out. */
public final class ClientBuilder {
  /** A snapshot of an agent with many calls is far below it. */
  private static final int LARGEST_MESSAGE = 16 << 20;

  private final URI address;
  private String clientName = "";
  private final Map<String, String> metadata = new HashMap<>();
  private Duration connectTimeout = Duration.ofSeconds(30);
  private Duration commandTimeout;
  private Duration backoffFirst = Duration.ofMillis(250);
  private Duration backoffLongest = Duration.ofSeconds(15);
  private Duration silenceTimeout = Duration.ofSeconds(45);
  private Duration keepalive = Duration.ofSeconds(20);
  private Duration keepaliveTimeout = Duration.ofSeconds(10);
  private int eventBuffer = 1024;
  private Executor executor;
  private String authority;
  private String certificate;
  private String key;

  ClientBuilder(String address) {
    this.address = URI.create(address.contains("://") ? address : "https://" + address);
    String scheme = this.address.getScheme();
    boolean known = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    if (!known || this.address.getHost() == null || this.address.getPort() < 0) {
      throw new IllegalArgumentException("not http(s)://host:port: " + address);
    }
  }

  /**
   * Names the client in the service's logs.
   *
   * @param name the name; empty unless given
   * @return this
   */
  public ClientBuilder clientName(String name) {
    clientName = name;
    return this;
  }

  /**
   * Adds a header to every call, for proxies.
   *
   * @param name the header's name
   * @param value its value, ASCII
   * @return this
   * @throws IllegalArgumentException if the name can't be a header's
   */
  public ClientBuilder metadata(String name, String value) {
    // A name that can't be one is refused here, not at each call.
    metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER).name(), value);
    return this;
  }

  /**
   * How long Connect and other calls without a session may take, and an event stream to its first
   * message.
   *
   * @param timeout 30 s unless given
   * @return this
   */
  public ClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = positive(timeout);
    return this;
  }

  /**
   * How long a command may take with all its attempts, unless its call says otherwise.
   *
   * @param timeout 30 s unless given, and 85 s for MobileAgentLogin
   * @return this
   */
  public ClientBuilder commandTimeout(Duration timeout) {
    commandTimeout = positive(timeout);
    return this;
  }

  /**
   * The delay before attempt n is random between a half and the whole of {@code min(first · 2ⁿ,
   * longest)}.
   *
   * @param first 250 ms unless given
   * @param longest 15 s unless given
   * @return this
   */
  public ClientBuilder backoff(Duration first, Duration longest) {
    backoffFirst = positive(first);
    backoffLongest = positive(longest);
    return this;
  }

  /**
   * An event stream on which nothing came for so long is opened anew.
   *
   * @param timeout 45 s unless given, three of the service's heartbeats
   * @return this
   */
  public ClientBuilder silenceTimeout(Duration timeout) {
    silenceTimeout = positive(timeout);
    return this;
  }

  /**
   * HTTP/2 pings while a stream is open. gRPC raises an interval below 10 s to that.
   *
   * @param interval between pings, 20 s unless given
   * @param timeout how long the answer may take, 10 s unless given
   * @return this
   */
  public ClientBuilder keepalive(Duration interval, Duration timeout) {
    keepalive = positive(interval);
    keepaliveTimeout = positive(timeout);
    return this;
  }

  /**
   * How many items may wait for one subscriber beside the picture that it begins with.
   *
   * @param items 1024 unless given; at least 1
   * @return this
   */
  public ClientBuilder eventBuffer(int items) {
    eventBuffer = Math.max(1, items);
    return this;
  }

  /**
   * Where callbacks of the program run: listeners, subscribers, and what depends on futures. It
   * must not run them in the calling thread.
   *
   * @param callbacks daemon threads, as many as needed, unless given; never shut down by the client
   * @return this
   */
  public ClientBuilder executor(Executor callbacks) {
    executor = callbacks;
    return this;
  }

  /**
   * Trusts an authority instead of the system's.
   *
   * @param pem its certificate, or several
   * @return this
   */
  public ClientBuilder authority(String pem) {
    authority = pem;
    return this;
  }

  /**
   * Shows a client certificate.
   *
   * @param pem the certificate, with what leads to its authority
   * @param keyPem its private key, PKCS 8. Secret.
   * @return this
   */
  public ClientBuilder clientCertificate(String pem, String keyPem) {
    certificate = pem;
    key = keyPem;
    return this;
  }

  /**
   * Makes the client. It connects to nothing yet.
   *
   * @return the client
   * @throws IllegalArgumentException if a certificate or key can't be read
   */
  public Client build() {
    Settings settings =
        new Settings(
            clientName,
            Map.copyOf(metadata),
            connectTimeout,
            Optional.ofNullable(commandTimeout),
            backoffFirst,
            backoffLongest,
            silenceTimeout,
            eventBuffer);
    String target = "dns:///" + address.getHost() + ":" + address.getPort();
    ManagedChannel channel =
        Grpc.newChannelBuilder(target, credentials())
            .disableRetry()
            .keepAliveTime(keepalive.toNanos(), TimeUnit.NANOSECONDS)
            .keepAliveTimeout(keepaliveTimeout.toNanos(), TimeUnit.NANOSECONDS)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .build();
    Executor callbacks =
        executor == null
            ? Executors.newCachedThreadPool(task -> Transport.daemon(task, "gc-callback"))
            : executor;
    return new Client(new Transport(channel, settings, callbacks));
  }

  private ChannelCredentials credentials() {
    if ("http".equalsIgnoreCase(address.getScheme())) {
      return InsecureChannelCredentials.create();
    }
    try {
      TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
      if (authority != null) {
        tls.trustManager(stream(authority));
      }
      if (certificate != null) {
        tls.keyManager(stream(certificate), stream(key));
      }
      return tls.build();
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("a certificate or key can't be read", unreadable);
    }
  }

  private static InputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
  }

  private static Duration positive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("not a positive duration: " + duration);
    }
    return duration;
  }
}
