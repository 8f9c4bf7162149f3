package io.github.genericconnector;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.github.genericconnector.v1.AgentInfo;
import io.github.genericconnector.v1.AgentSelector;
import io.github.genericconnector.v1.AgentServiceGrpc;
import io.github.genericconnector.v1.Capabilities;
import io.github.genericconnector.v1.DisconnectRequest;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.GetTeamUsersRequest;
import io.github.genericconnector.v1.Reset;
import io.github.genericconnector.v1.ResetReason;
import io.github.genericconnector.v1.SubscribeRequest;
import io.github.genericconnector.v1.SubscribeResponse;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** An agent, connected: commands, events, and a picture, behind which a stream mends itself. Made by a {@link Client}. */
public final class AgentSession extends AgentCommands implements AutoCloseable {
  /** How long a reply waits for the picture to reach it. */
  private static final Duration PICTURE = Duration.ofSeconds(1);

  /** How long a close waits for the service. */
  private static final Duration DISCONNECT = Duration.ofSeconds(2);

  /** A reply that waits for the picture. */
  private record Waiting(long sequence, CompletableFuture<Void> reached) {}

  private final Wire wire;
  private final Connector connector;
  private final Consumer<AgentSession> gone;
  private final Deliveries<SessionItem> deliveries;
  private final Subscription subscription;
  private final Map<String, GetTeamUsersRequest> teams = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private volatile AgentView view;
  private volatile Connection connection = Connection.of(ConnectionState.CONNECTED);
  private volatile GcException cause;
  private volatile boolean ended;
  private volatile String token = "";
  private CompletableFuture<Void> closing;

  private AgentSession(Wire wire, Connector connector, Consumer<AgentSession> gone) {
    this.wire = wire;
    this.connector = connector;
    this.gone = gone;
    this.deliveries = new Deliveries<>(wire.settings().eventBuffer(), wire.callbacks());
    this.view = AgentView.of(connector.reply().getSnapshot());
    this.subscription = new Subscription(wire, new StreamOwner());
  }

  /** A session on a Connect that was done. */
  static AgentSession open(Wire wire, Connector connector, Consumer<AgentSession> gone) {
    AgentSession session = new AgentSession(wire, connector, gone);
    connector.onRefused(session::end);
    session.subscription.start();
    return session;
  }

  /**
   * The login id.
   *
   * @return as Finesse spells it
   */
  public String agentId() {
    return view.agentId();
  }

  /**
   * Who the agent was at the last Connect; the view's info follows changes.
   *
   * @return the profile
   */
  public AgentInfo profile() {
    return connector.reply().getProfile();
  }

  /**
   * What this deployment can do.
   *
   * @return the capabilities
   */
  public Capabilities capabilities() {
    return connector.reply().getCapabilities();
  }

  /**
   * The agent now: each event is in it before subscribers are given it.
   *
   * @return the picture
   */
  public AgentView view() {
    return view;
  }

  /**
   * How the session is connected.
   *
   * @return the state
   */
  public Connection connection() {
    return connection;
  }

  /**
   * Why the session ended by itself.
   *
   * @return empty while it lives, and after {@link #close}
   */
  public Optional<GcException> cause() {
    return Optional.ofNullable(cause);
  }

  /**
   * What happens, to any number of subscribers: each begins with a snapshot of what is, and has a queue of its own. One
   * that leaves it full loses what waits there and is told so, by a reset and a snapshot. Completes with the session.
   *
   * @return the publisher; items are given out on the client's callback executor
   */
  public Flow.Publisher<SessionItem> events() {
    return subscriber -> {
      Delivery<SessionItem> delivery;
      synchronized (this) {
        delivery = deliveries.open(subscriber, List.of(picture()), this::lost);
      }
      subscriber.onSubscribe(delivery);
    };
  }

  /**
   * Tells a listener what happens, as {@link #events} does.
   *
   * @param listener is called on the client's callback executor
   * @return takes the listener away again
   */
  public AutoCloseable addListener(SessionListener listener) {
    Delivery<SessionItem> delivery;
    synchronized (this) {
      delivery = deliveries.open(new ListenerSubscriber(listener, this::cause), List.of(picture()), this::lost);
    }
    delivery.request(Long.MAX_VALUE);
    return delivery::cancel;
  }

  private SessionItem picture() {
    return new SessionItem.SnapshotItem(view.snapshot());
  }

  private Collection<SessionItem> lost() {
    Reset reset =
        Reset.newBuilder().setAgentId(agentId()).setReason(ResetReason.RESET_REASON_CONSUMER_BEHIND).build();
    return List.of(new SessionItem.ResetItem(reset), picture());
  }

  /**
   * The same commands with another time limit.
   *
   * @param timeout how long a command may take with all its attempts
   * @return commands of this session
   */
  public AgentCommands withDeadline(Duration timeout) {
    return new AgentCommands() {
      @Override
      <Q extends Message, R extends Message> CompletableFuture<R> invoke(MethodDescriptor<Q, R> method, Q request) {
        return AgentSession.this.invoke(method, request, timeout);
      }
    };
  }

  @Override
  <Q extends Message, R extends Message> CompletableFuture<R> invoke(MethodDescriptor<Q, R> method, Q request) {
    return invoke(method, request, wire.settings().timeoutOf(method.getBareMethodName()));
  }

  private <Q extends Message, R extends Message> CompletableFuture<R> invoke(
      MethodDescriptor<Q, R> method, Q request, Duration timeout) {
    Invocation<Q, R> invocation = new Invocation<>(wire, connector, this::over, method, request, timeout);
    CompletableFuture<R> answer = invocation.start();
    CompletableFuture<R> result = new CompletableFuture<>();
    answer
        .thenCompose(
            reply -> {
              if (request instanceof GetTeamUsersRequest team) {
                remember(team);
              }
              return reached(reply).thenApply(done -> reply);
            })
        .whenCompleteAsync(
            (reply, thrown) -> {
              if (thrown == null) {
                result.complete(reply);
              } else {
                result.completeExceptionally(Futures.cause(thrown));
              }
            },
            wire.callbacks());
    result.whenComplete(
        (reply, thrown) -> {
          if (result.isCancelled()) {
            answer.cancel(false);
          }
        });
    return result;
  }

  /** The error of a session that has ended. */
  private Optional<GcException> over() {
    if (!ended) {
      return Optional.empty();
    }
    GcException why = cause;
    return Optional.of(why == null ? GcException.closed("", "") : why);
  }

  private synchronized void remember(GetTeamUsersRequest request) {
    if (request.hasSubscribe() && !request.getSubscribe()) {
      teams.remove(request.getTeamId());
    } else {
      teams.put(request.getTeamId(), request);
    }
  }

  /** Completes when the picture holds what a reply took into account, if it does soon. */
  private CompletableFuture<Void> reached(Message reply) {
    var field = reply.getDescriptorForType().findFieldByName("as_of_sequence");
    CompletableFuture<Void> reached = new CompletableFuture<>();
    synchronized (this) {
      boolean connected =
          connection.state() == ConnectionState.CONNECTED || connection.state() == ConnectionState.DRAINING;
      if (field == null
          || !connected
          || view.epoch() != connector.reply().getEpoch()
          || view.sequence() >= (long) reply.getField(field)) {
        return CompletableFuture.completedFuture(null);
      }
      waiting.add(new Waiting((long) reply.getField(field), reached));
    }
    Future<?> alarm = wire.after(PICTURE, () -> reached.complete(null));
    reached.whenComplete(
        (done, thrown) -> {
          alarm.cancel(false);
          synchronized (this) {
            waiting.removeIf(one -> one.reached() == reached);
          }
        });
    return reached;
  }

  private void wake(boolean all) {
    List<Waiting> ready;
    synchronized (this) {
      ready = waiting.stream().filter(one -> all || one.sequence() <= view.sequence()).toList();
    }
    ready.forEach(one -> one.reached().complete(null));
  }

  /** Ends the session here: signs nobody out, and lets subscribers have what waits for them. At most two seconds. */
  @Override
  public void close() {
    Futures.await(closeAsync());
  }

  /**
   * As {@link #close}.
   *
   * @return completes when the service knows, or after two seconds
   */
  public CompletableFuture<Void> closeAsync() {
    synchronized (this) {
      if (closing == null) {
        boolean over = ended;
        end(null);
        closing = over ? CompletableFuture.completedFuture(null) : disconnect();
      }
      return closing.copy();
    }
  }

  private CompletableFuture<Void> disconnect() {
    Map<String, String> headers = Connector.headers(connector.reply().getToken());
    // A token that is not ended here ends by itself.
    return wire.unary(
            AgentServiceGrpc.getDisconnectMethod(), DisconnectRequest.getDefaultInstance(), headers, DISCONNECT)
        .handle((reply, thrown) -> null);
  }

  private void end(GcException why) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      cause = why;
      change(Connection.of(ConnectionState.CLOSED, why));
      deliveries.end();
      connector.forget();
    }
    subscription.stop();
    wake(true);
    gone.accept(this);
  }

  private void push(SessionItem item) {
    boolean pictured = !(item instanceof SessionItem.ConnectionItem) && !(item instanceof SessionItem.ResetItem);
    deliveries.push(item, pictured);
  }

  private void change(Connection to) {
    boolean same = connection.state() == to.state();
    boolean after = connection.state() == ConnectionState.CLOSED;
    if (same || after) {
      return;
    }
    connection = to;
    push(new SessionItem.ConnectionItem(to));
  }

  /** What the stream asks and tells. */
  private final class StreamOwner implements Subscription.Owner {
    @Override
    public SubscribeRequest request() {
      AgentSelector own = AgentSelector.newBuilder().setCursor(view.cursor()).build();
      return SubscribeRequest.newBuilder().addAgents(own).build();
    }

    @Override
    public Map<String, String> headers() {
      token = connector.reply().getToken();
      return Connector.headers(token);
    }

    @Override
    public void connected() {
      synchronized (AgentSession.this) {
        change(Connection.of(ConnectionState.CONNECTED));
      }
    }

    @Override
    public void broken(GcException error) {
      synchronized (AgentSession.this) {
        change(Connection.of(ConnectionState.RECONNECTING, error));
      }
      wake(true);
    }

    @Override
    public CompletableFuture<Void> recover(GcException error) {
      return Connector.isRefused(error) ? connector.again(token) : CompletableFuture.completedFuture(null);
    }

    @Override
    public void ended(GcException error) {
      end(error);
    }

    @Override
    public boolean message(SubscribeResponse message) {
      boolean taken;
      synchronized (AgentSession.this) {
        taken = ended || take(message);
      }
      wake(false);
      return taken;
    }

    private boolean take(SubscribeResponse message) {
      switch (message.getMessageCase()) {
        case SNAPSHOT -> {
          boolean another = message.getSnapshot().getEpoch() != view.epoch();
          view = AgentView.of(message.getSnapshot());
          push(new SessionItem.SnapshotItem(message.getSnapshot()));
          if (another) {
            // Another session knows nothing of the teams that the program watches.
            List.copyOf(teams.values()).forEach(AgentSession.this::getTeamUsersAsync);
          }
        }
        case EVENT -> {
          Event event = message.getEvent();
          if (Long.compareUnsigned(event.getSequence(), view.sequence()) <= 0) {
            return true;
          }
          if (event.getSequence() != view.sequence() + 1) {
            return false;
          }
          view = view.after(event);
          push(new SessionItem.EventItem(event));
        }
        case RESET -> push(new SessionItem.ResetItem(message.getReset()));
        case STALE -> {
          view = view.after(message.getStale());
          push(new SessionItem.StaleItem(message.getStale()));
        }
        case DRAINING -> {
          Timestamp at = message.getDraining().getDeadline();
          Instant deadline = Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
          change(new Connection(ConnectionState.DRAINING, Optional.empty(), Optional.of(deadline)));
        }
        default -> {}
      }
      return true;
    }
  }
}
