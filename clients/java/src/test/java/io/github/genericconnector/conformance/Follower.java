// What the runner has opened under one name, and the consumer of its events, which can be held up.

package io.github.genericconnector.conformance;

import com.google.gson.JsonObject;
import io.github.genericconnector.AgentSession;
import io.github.genericconnector.AgentView;
import io.github.genericconnector.Client;
import io.github.genericconnector.ConnectionState;
import io.github.genericconnector.Observer;
import io.github.genericconnector.ObserverItem;
import io.github.genericconnector.SessionItem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;

/** Says each item as it comes, one at a time and none while paused. */
final class Follower<T> implements Flow.Subscriber<T> {
  private final String name;
  private final Client client;
  private final AgentSession session;
  private final Observer observer;
  private final Function<T, JsonObject> json;
  private final Consumer<JsonObject> say;
  private Flow.Subscription subscription;
  private boolean paused;
  private boolean owed;

  private Follower(
      String name,
      Client client,
      AgentSession session,
      Observer observer,
      Function<T, JsonObject> json,
      Consumer<JsonObject> say) {
    this.name = name;
    this.client = client;
    this.session = session;
    this.observer = observer;
    this.json = json;
    this.say = say;
  }

  static Follower<?> of(String name, Client client, AgentSession of, Consumer<JsonObject> say) {
    Follower<SessionItem> follower =
        new Follower<>(name, client, of, null, it -> Json.object("item", Json.item(it)), say);
    of.events().subscribe(follower);
    return follower;
  }

  static Follower<?> of(String name, Client client, Observer of, Consumer<JsonObject> say) {
    Follower<ObserverItem> follower = new Follower<>(name, client, null, of, Json::item, say);
    of.events().subscribe(follower);
    return follower;
  }

  AgentSession session() {
    if (session == null) {
      throw new IllegalArgumentException(name + " is an observer");
    }
    return session;
  }

  JsonObject view(String agentId) {
    AgentView view = session == null ? observer.views().get(agentId) : session.view();
    ConnectionState state =
        session == null ? observer.connection().state() : view.connection().state();
    JsonObject answer = Json.object("connection", state.name());
    if (view != null) {
      answer.add("snapshot", Json.message(view.toSnapshot()));
    }
    return answer;
  }

  CompletableFuture<Void> close() {
    return session == null ? CompletableFuture.runAsync(observer::close) : session.closeAsync();
  }

  void closeClient() {
    client.close();
  }

  synchronized void pause() {
    paused = true;
  }

  synchronized void resume() {
    paused = false;
    if (owed) {
      owed = false;
      subscription.request(1);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    next();
  }

  @Override
  public void onNext(T item) {
    JsonObject line = json.apply(item);
    line.addProperty("session", name);
    say.accept(line);
    next();
  }

  private synchronized void next() {
    if (paused) {
      owed = true;
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable error) {
    end(error);
  }

  @Override
  public void onComplete() {
    end(null);
  }

  private void end(Throwable error) {
    JsonObject line = Json.object("session", name);
    line.add("end", new JsonObject());
    if (error != null) {
      line.add("error", Json.error(error, ""));
    }
    say.accept(line);
    client.close();
  }
}
