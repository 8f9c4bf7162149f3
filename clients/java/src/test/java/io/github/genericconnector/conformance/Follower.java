// One open session of the runner, and the consumer of its events, which can be held up.

package io.github.genericconnector.conformance;

import com.google.gson.JsonObject;
import io.github.genericconnector.AgentSession;
import io.github.genericconnector.AgentView;
import io.github.genericconnector.Client;
import io.github.genericconnector.SessionItem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Says each item as it comes, one at a time and none while paused. */
final class Follower implements Flow.Subscriber<SessionItem> {
  private final String name;
  private final Client client;
  private final AgentSession session;
  private final Consumer<JsonObject> say;
  private Flow.Subscription subscription;
  private boolean paused;
  private boolean owed;

  private Follower(String name, Client client, AgentSession session, Consumer<JsonObject> say) {
    this.name = name;
    this.client = client;
    this.session = session;
    this.say = say;
  }

  static Follower of(String name, Client client, AgentSession session, Consumer<JsonObject> say) {
    Follower follower = new Follower(name, client, session, say);
    session.events().subscribe(follower);
    return follower;
  }

  AgentSession session() {
    return session;
  }

  JsonObject view(String agentId) {
    AgentView view = session.view();
    JsonObject json = Json.object("connection", view.connection().state().name());
    json.add("snapshot", Json.message(view.toSnapshot()));
    return json;
  }

  CompletableFuture<Void> close() {
    return session.closeAsync();
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
  public void onNext(SessionItem item) {
    JsonObject line = Json.object("session", name);
    line.add("item", Json.item(item));
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
