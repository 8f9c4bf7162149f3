// A service's view of many agents: one stream, a cursor and a picture for each of them.

package io.github.genericconnector;

import io.github.genericconnector.v1.AgentDetached;
import io.github.genericconnector.v1.AgentSelector;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.Reset;
import io.github.genericconnector.v1.ResetReason;
import io.github.genericconnector.v1.Retry;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.Stale;
import io.github.genericconnector.v1.SubscribeRequest;
import io.github.genericconnector.v1.SubscribeResponse;
import io.grpc.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Flow;

/** Watches agents, and commands none. Made by {@link Client#observe}. */
public final class Observer implements AutoCloseable {
  /**
   * The most cursors of agents that are not named that a request may carry ({@code
   * SubscribeRequest.resume}).
   */
  private static final int RESUMED = 2000;

  private final Transport transport;
  private final Observation observation;
  private final java.util.function.Consumer<Observer> gone;
  private final Consumers<ObserverItem> consumers;
  private final Subscription subscription;
  private final Map<String, AgentView> views = new ConcurrentSkipListMap<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile Connection connection = Connection.of(ConnectionState.CONNECTED);
  private volatile GcException cause;
  private boolean ended;

  Observer(
      Transport transport, Observation observation, java.util.function.Consumer<Observer> gone) {
    this.transport = transport;
    this.observation = observation;
    this.gone = gone;
    int limit = transport.settings.eventBuffer();
    consumers = new Consumers<>(transport.callbacks, limit, this::now, this::lost);
    subscription = new Subscription(transport, new Stream());
  }

  void start() {
    transport.run(subscription::open);
  }

  /**
   * The agents that have a session now, each with its picture; the connection in them is the
   * observer's.
   *
   * @return a live, unmodifiable map by login id
   */
  public Map<String, AgentView> views() {
    return Collections.unmodifiableMap(views);
  }

  /**
   * How the observer is connected.
   *
   * @return the connection
   */
  public Connection connection() {
    return connection;
  }

  /**
   * Why it ended by itself.
   *
   * @return the error, for example that the key is not known; empty while it lives, and after
   *     {@link #close()}
   */
  public Optional<GcException> cause() {
    return Optional.ofNullable(cause);
  }

  /**
   * What happens from now on, after a snapshot of each agent that is known. Subscribers are
   * independent of each other, as those of {@link AgentSession#events()}.
   *
   * @return a publisher for any number of subscribers, on the client's executor
   */
  public Flow.Publisher<ObserverItem> events() {
    return consumers::subscribe;
  }

  /** Ends it; subscribers read what waits for them. */
  @Override
  public void close() {
    Futures.await(closing());
  }

  /** Closes; the future ends in the client's thread. */
  CompletableFuture<Void> closing() {
    transport.run(
        () -> {
          end(null);
          closed.complete(null);
        });
    return closed.copy();
  }

  private List<ObserverItem> now() {
    return views.values().stream().map(Observer::snapshot).toList();
  }

  private List<ObserverItem> lost() {
    List<ObserverItem> items = new ArrayList<>();
    for (AgentView view : views.values()) {
      Reset reset =
          Reset.newBuilder()
              .setAgentId(view.agentId())
              .setReason(ResetReason.RESET_REASON_CONSUMER_BEHIND)
              .build();
      items.add(new ObserverItem.AgentItem(view.agentId(), new SessionItem.ResetItem(reset)));
      items.add(snapshot(view));
    }
    return items;
  }

  private static ObserverItem snapshot(AgentView view) {
    return new ObserverItem.AgentItem(
        view.agentId(), new SessionItem.SnapshotItem(view.toSnapshot()));
  }

  private void connection(Connection now) {
    if (connection.state() != now.state()) {
      consumers.push(
          new ObserverItem.ConnectionItem(now),
          false,
          () -> {
            connection = now;
            views.replaceAll((agentId, view) -> view.with(now));
          });
    }
  }

  private void end(GcException error) {
    if (ended) {
      return;
    }
    ended = true;
    cause = error;
    connection(Connection.of(ConnectionState.CLOSED, error));
    subscription.stop();
    consumers.end(error);
    gone.accept(this);
  }

  /** The observer as its stream sees it; in the client's thread. */
  private final class Stream implements Subscription.Owner {
    @Override
    public SubscribeRequest request() {
      SubscribeRequest.Builder request =
          SubscribeRequest.newBuilder()
              .addAllTeamIds(observation.teams())
              .setAll(observation.all());
      Set<String> named = new LinkedHashSet<>(observation.agents());
      for (String agentId : named) {
        AgentSelector.Builder agent = AgentSelector.newBuilder().setAgentId(agentId);
        AgentView view = views.get(agentId);
        if (view != null) {
          agent.setCursor(view.cursor());
        }
        request.addAgents(agent);
      }
      for (AgentView view : views.values()) {
        String agentId = view.agentId();
        if (named.contains(agentId)) {
          continue;
        }
        if (request.getResumeCount() < RESUMED) {
          request.addResumeBuilder().setAgentId(agentId).setCursor(view.cursor());
        } else {
          // The service takes no more cursors: the agent begins anew, and whoever reads is told.
          detached(
              AgentDetached.newBuilder()
                  .setAgentId(agentId)
                  .setCause("too many agents to go on with each")
                  .build());
        }
      }
      return request.build();
    }

    @Override
    public Metadata headers() {
      return transport.headers(Map.of("x-api-key", observation.apiKey()));
    }

    @Override
    public void connected() {
      connection(Connection.of(ConnectionState.CONNECTED));
    }

    @Override
    public boolean message(SubscribeResponse message) {
      switch (message.getMessageCase()) {
        case SNAPSHOT -> {
          Snapshot snapshot = message.getSnapshot();
          AgentView view = AgentView.of(snapshot, connection);
          push(new SessionItem.SnapshotItem(snapshot), view.agentId(), view);
        }
        case EVENT -> {
          return event(message.getEvent());
        }
        case RESUMED -> {
          String agentId = message.getResumed().getAgentId();
          AgentView view = views.get(agentId);
          // Whatever was told before, the picture is current now.
          if (view != null && view.stale().isPresent()) {
            stale(Stale.newBuilder().setAgentId(agentId).build());
          }
        }
        case RESET -> {
          Reset reset = message.getReset();
          push(new SessionItem.ResetItem(reset), reset.getAgentId(), null);
        }
        case STALE -> stale(message.getStale());
        case AGENT_ATTACHED -> {
          var attached = message.getAgentAttached();
          var item = new ObserverItem.AttachedItem(attached.getAgentId(), attached);
          consumers.push(item, false, () -> {});
        }
        case AGENT_DETACHED -> detached(message.getAgentDetached());
        case DRAINING -> {
          var at = message.getDraining().getDeadline();
          Instant deadline = Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
          connection(
              new Connection(ConnectionState.DRAINING, Optional.empty(), Optional.of(deadline)));
        }
        // Heartbeats, and what a newer service may say.
        default -> {}
      }
      return true;
    }

    private boolean event(Event event) {
      AgentView view = views.get(event.getAgentId());
      if (view == null) {
        return true;
      }
      long expected = view.sequence() + 1;
      if (event.getSequence() == expected) {
        push(new SessionItem.EventItem(event), view.agentId(), view.after(event));
      }
      return event.getSequence() <= expected;
    }

    private void detached(AgentDetached detached) {
      String agentId = detached.getAgentId();
      var item = new ObserverItem.DetachedItem(agentId, detached);
      consumers.push(item, false, () -> views.remove(agentId));
    }

    private void stale(Stale stale) {
      AgentView view = views.get(stale.getAgentId());
      AgentView after = view == null ? null : view.after(stale);
      push(new SessionItem.StaleItem(stale), stale.getAgentId(), after);
    }

    /** Tells an item; {@code after} is the picture that holds it, if one does. */
    private void push(SessionItem item, String agentId, AgentView after) {
      consumers.push(
          new ObserverItem.AgentItem(agentId, item),
          after != null,
          () -> {
            if (after != null) {
              views.put(agentId, after);
            }
          });
    }

    @Override
    public void broken(GcException error) {
      connection(Connection.of(ConnectionState.RECONNECTING, error));
    }

    /** What is refused for good, as a key that is not known, is refused again. */
    @Override
    public CompletableFuture<Void> recover(GcException error) {
      return error.isOfService() && error.retry() == Retry.RETRY_NO
          ? CompletableFuture.failedFuture(error)
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public void over(GcException error) {
      end(error);
    }
  }
}
