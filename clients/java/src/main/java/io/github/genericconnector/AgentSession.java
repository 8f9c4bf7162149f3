// An agent's session: its commands, its events, its picture, and the stream behind them that mends
// itself.

package io.github.genericconnector;

import com.google.protobuf.Message;
import io.github.genericconnector.v1.AgentInfo;
import io.github.genericconnector.v1.AgentSelector;
import io.github.genericconnector.v1.AgentServiceGrpc;
import io.github.genericconnector.v1.Capabilities;
import io.github.genericconnector.v1.ConnectResponse;
import io.github.genericconnector.v1.DisconnectRequest;
import io.github.genericconnector.v1.GetTeamUsersRequest;
import io.github.genericconnector.v1.SubscribeRequest;
import io.github.genericconnector.v1.SubscribeResponse;
import io.github.genericconnector.v1.SupervisorServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * An agent, connected. Made by {@link Client#connect}. Each command of the agent is a method; a
 * command with optional fields, a request id, an expected version or a wait is given as its
 * request, and {@link #withDeadline} gives it a deadline.
 */
public final class AgentSession extends AgentCommands implements AutoCloseable {
  /** How long close() waits for the service. */
  private static final Duration DISCONNECT = Duration.ofSeconds(2);

  private final Transport transport;
  private final Connector connector;
  private final Picture picture;
  private final java.util.function.Consumer<AgentSession> gone;
  private final Subscription subscription;
  private final Set<Command<?, ?>> commands = new HashSet<>();
  private final Map<String, GetTeamUsersRequest> teams = new HashMap<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Stream stream = new Stream();
  private volatile GcException cause;
  private volatile boolean ended;
  private boolean closing;
  private String token = "";

  AgentSession(
      Transport transport, Connector connector, java.util.function.Consumer<AgentSession> gone) {
    this.transport = transport;
    this.connector = connector;
    this.gone = gone;
    picture = new Picture(transport, connector.reply().getSnapshot());
    subscription = new Subscription(transport, stream);
  }

  /** Opens the stream; in the client's thread. */
  void start() {
    subscription.open();
  }

  /**
   * The agent's login id.
   *
   * @return the id, as Finesse spells it
   */
  public String agentId() {
    return picture.view().agentId();
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
   * @return the capabilities, as of the last Connect
   */
  public Capabilities capabilities() {
    return connector.reply().getCapabilities();
  }

  /**
   * The agent now: each event is in it before {@link #events()} gives it.
   *
   * @return an immutable picture
   */
  public AgentView view() {
    return picture.view();
  }

  /**
   * Why the session ended by itself.
   *
   * @return the error; empty while it lives, and after {@link #close()}
   */
  public Optional<GcException> cause() {
    return Optional.ofNullable(cause);
  }

  /**
   * What happens from now on, after a snapshot of what is. Each subscriber is independent: one that
   * leaves its buffer full loses what waits there, and gets a reset and a snapshot instead. It ends
   * with the session: by onComplete after {@link #close()}, by onError with the {@link GcException}
   * that ended it otherwise.
   *
   * @return a publisher for any number of subscribers, on the client's executor
   */
  public Flow.Publisher<SessionItem> events() {
    return picture::subscribe;
  }

  /**
   * Tells a listener what {@link #events()} gives.
   *
   * @param listener who is told, on the client's executor
   * @return what ends it
   */
  public Registration addListener(SessionListener listener) {
    ListenerSubscriber subscriber = new ListenerSubscriber(listener);
    picture.subscribe(subscriber);
    return subscriber;
  }

  /**
   * The same commands with another deadline.
   *
   * @param deadline how long a command may take with all its attempts
   * @return the commands of this session
   */
  public AgentCommands withDeadline(Duration deadline) {
    AgentSession session = this;
    return new AgentCommands() {
      @Override
      <Q extends Message, R extends Message> CompletableFuture<R> invoke(
          MethodDescriptor<Q, R> method, Q request) {
        return session.invoke(method, request, deadline);
      }
    };
  }

  /**
   * Ends the session here: signs nobody out, and lets subscribers read what waits for them. Takes
   * two seconds at most.
   */
  @Override
  public void close() {
    Futures.await(closing());
  }

  /**
   * Ends the session here, as {@link #close()} does.
   *
   * @return ends when the service knows, and after two seconds at the latest
   */
  public CompletableFuture<Void> closeAsync() {
    return closing().thenRunAsync(() -> {}, transport::tell);
  }

  /** Closes; the future ends in the client's thread. */
  CompletableFuture<Void> closing() {
    transport.run(
        () -> {
          if (!closing) {
            closing = true;
            disconnect();
          }
        });
    return closed.copy();
  }

  private void disconnect() {
    if (ended) {
      closed.complete(null);
      return;
    }
    end(null);
    var method = AgentServiceGrpc.getDisconnectMethod();
    var request = DisconnectRequest.getDefaultInstance();
    // A token that is not ended here ends by itself.
    transport
        .unary(method, request, DISCONNECT, connector.headers())
        .future
        .whenComplete(
            (reply, thrown) -> {
              finish();
              closed.complete(null);
            });
  }

  @Override
  <Q extends Message, R extends Message> CompletableFuture<R> invoke(
      MethodDescriptor<Q, R> method, Q request) {
    return invoke(method, request, transport.settings.timeoutOf(method.getBareMethodName()));
  }

  private <Q extends Message, R extends Message> CompletableFuture<R> invoke(
      MethodDescriptor<Q, R> method, Q request, Duration timeout) {
    Objects.requireNonNull(request);
    Futures.Outcome<R> outcome = new Futures.Outcome<>(transport::tell);
    Command<Q, R> command =
        new Command<>(
            transport,
            stream,
            method,
            request,
            timeout,
            reply -> {
              if (request instanceof GetTeamUsersRequest team) {
                remember(team);
              }
              long current = connector.reply().getEpoch();
              picture.reached(reply, current, () -> outcome.succeed(reply));
            },
            outcome::fail);
    transport.run(
        () -> {
          if (outcome.isDecided()) {
            return;
          }
          if (ended) {
            GcException why = cause;
            outcome.fail(why == null ? GcException.closed(method.getBareMethodName(), "") : why);
            return;
          }
          commands.add(command);
          command.start();
          outcome.onCancel(() -> transport.run(command::cancel));
        });
    return outcome;
  }

  private void remember(GetTeamUsersRequest request) {
    if (request.hasSubscribe() && !request.getSubscribe()) {
      teams.remove(request.getTeamId());
    } else {
      teams.put(request.getTeamId(), request);
    }
  }

  /** Subscribes to a team in the session of an epoch, as often as it takes. */
  private void watch(GetTeamUsersRequest team, long epoch, Backoff delays) {
    boolean watched = teams.get(team.getTeamId()) == team;
    if (ended || !watched || connector.reply().getEpoch() != epoch) {
      return;
    }
    invoke(SupervisorServiceGrpc.getGetTeamUsersMethod(), team)
        .whenComplete(
            (reply, thrown) -> {
              if (thrown != null) {
                GcException error = GcException.of(thrown, "GetTeamUsers", "");
                transport.run(() -> refused(team, epoch, delays, error));
              }
            });
  }

  private void refused(GetTeamUsersRequest team, long epoch, Backoff delays, GcException error) {
    if (error.isRetryable()) {
      transport.later(delays.next(error.leastDelay()), () -> watch(team, epoch, delays));
    } else if (teams.get(team.getTeamId()) == team) {
      // Refused for good: the team is not the program's to watch any more.
      teams.remove(team.getTeamId());
    }
  }

  /** The session can't go on. */
  private void fail(GcException error) {
    if (!ended) {
      end(error);
      finish();
    }
  }

  /** Nothing comes and nothing goes any more. */
  private void end(GcException error) {
    ended = true;
    cause = error;
    picture.connection(Connection.of(ConnectionState.CLOSED, error));
    subscription.stop();
    connector.forget();
    List.copyOf(commands).forEach(command -> command.sessionEnded(error));
  }

  /** Consumers end, and the client forgets the session: it may close its channel now. */
  private void finish() {
    picture.end(cause);
    gone.accept(this);
  }

  /** The session as its parts see it; in the client's thread. */
  private final class Stream implements Subscription.Owner, Command.Owner, Connector.Owner {
    @Override
    public SubscribeRequest request() {
      AgentSelector self = AgentSelector.newBuilder().setCursor(picture.view().cursor()).build();
      return SubscribeRequest.newBuilder().addAgents(self).build();
    }

    @Override
    public Metadata headers() {
      token = connector.reply().getToken();
      return connector.headers();
    }

    @Override
    public void connected() {
      picture.connection(Connection.of(ConnectionState.CONNECTED));
    }

    @Override
    public boolean message(SubscribeResponse message) {
      return picture.message(message);
    }

    @Override
    public void broken(GcException error) {
      picture.connection(Connection.of(ConnectionState.RECONNECTING, error));
    }

    @Override
    public CompletableFuture<Void> recover(GcException error) {
      return connector.isRefused(error) ? again(token) : CompletableFuture.completedFuture(null);
    }

    @Override
    public void over(GcException error) {
      fail(error);
    }

    @Override
    public Connector connector() {
      return connector;
    }

    @Override
    public CompletableFuture<Void> again(String refused) {
      return connector.again(refused, this);
    }

    @Override
    public void ended(Command<?, ?> command) {
      commands.remove(command);
    }

    /** Another session knows nothing of the teams that the program watches. */
    @Override
    public void connected(ConnectResponse before, ConnectResponse after) {
      if (before.getEpoch() != after.getEpoch()) {
        for (GetTeamUsersRequest team : List.copyOf(teams.values())) {
          watch(team, after.getEpoch(), transport.settings.backoff());
        }
      }
    }

    @Override
    public void refused(GcException error) {
      fail(error);
    }
  }
}
