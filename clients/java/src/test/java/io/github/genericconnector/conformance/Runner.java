// The runner of the conformance suite: operations in, what the SDK said out. The protocol stands in
// clients/README.md.

package io.github.genericconnector.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.github.genericconnector.AgentCommands;
import io.github.genericconnector.AgentSession;
import io.github.genericconnector.Client;
import io.github.genericconnector.ClientBuilder;
import io.github.genericconnector.Observation;
import io.github.genericconnector.Observer;
import io.github.genericconnector.v1.CommandOptions;
import io.github.genericconnector.v1.Wait;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Carries operations out side by side, and writes answers and items as lines. */
public final class Runner {
  private final PrintStream out;
  private final Map<String, Follower<?>> open = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<?>> commands = new ConcurrentHashMap<>();

  private Runner(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs over standard input and output until the input ends.
   *
   * @param arguments none
   * @throws IOException if the input can't be read
   */
  public static void main(String[] arguments) throws IOException {
    Runner runner =
        new Runner(
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isBlank()) {
        runner.carryOut(JsonParser.parseString(line).getAsJsonObject());
      }
    }
    runner.open.values().forEach(Follower::closeClient);
  }

  private void carryOut(JsonObject operation) {
    CompletableFuture<JsonObject> answer;
    try {
      answer = answer(operation);
    } catch (RuntimeException thrown) {
      answer = CompletableFuture.failedFuture(thrown);
    }
    answer.whenComplete(
        (ok, thrown) -> {
          JsonObject line = new JsonObject();
          line.add("id", operation.get("id"));
          if (thrown == null) {
            line.add("ok", ok);
          } else {
            line.add("error", Json.error(unwrapped(thrown), text(operation, "rpc")));
          }
          say(line);
        });
  }

  private synchronized void say(JsonObject line) {
    out.println(line);
  }

  private CompletableFuture<JsonObject> answer(JsonObject operation) {
    String session = text(operation, "session");
    switch (text(operation, "op")) {
      case "open":
        return open(session, operation);
      case "observe":
        Client watching = client(operation);
        Observer observer = watching.observe(observation(operation));
        open.put(session, Follower.of(session, watching, observer, this::say));
        return done(new JsonObject());
      case "command":
        return command(operation);
      case "view":
        return done(at(session).view(text(operation, "agent_id")));
      case "pause":
        at(session).pause();
        return done(new JsonObject());
      case "resume":
        at(session).resume();
        return done(new JsonObject());
      case "cancel":
        CompletableFuture<?> command = commands.get(operation.get("command").getAsLong());
        if (command != null) {
          command.cancel(true);
        }
        return done(new JsonObject());
      case "close":
        return at(session).close().thenApply(closed -> new JsonObject());
      case "hello":
        Client client = client(operation);
        return client
            .helloAsync()
            .whenComplete((status, thrown) -> client.close())
            .thenApply(status -> Json.object("status", status.name()));
      default:
        throw new IllegalArgumentException("unknown operation " + operation.get("op"));
    }
  }

  private CompletableFuture<JsonObject> open(String name, JsonObject operation) {
    Client client = client(operation);
    return client
        .connectAsync(text(operation, "agent_id"), text(operation, "password"))
        .thenApply(
            session -> {
              long epoch = session.view().epoch();
              Follower<?> follower = Follower.of(name, client, session, this::say);
              open.put(name, follower);
              return Json.object("epoch", Long.toUnsignedString(epoch));
            })
        .whenComplete(
            (opened, thrown) -> {
              if (thrown != null) {
                client.close();
              }
            });
  }

  private CompletableFuture<JsonObject> command(JsonObject operation) {
    String rpc = text(operation, "rpc");
    String method = Character.toLowerCase(rpc.charAt(0)) + rpc.substring(1) + "Async";
    AgentSession session = at(text(operation, "session")).session();
    AgentCommands commands =
        operation.has("timeout_ms")
            ? session.withDeadline(Duration.ofMillis(operation.get("timeout_ms").getAsLong()))
            : session;
    try {
      Class<?> type = Class.forName("io.github.genericconnector.v1." + rpc + "Request");
      Message.Builder request = (Message.Builder) type.getMethod("newBuilder").invoke(null);
      if (operation.has("request")) {
        JsonFormat.parser().merge(operation.get("request").toString(), request);
      }
      options(operation, request);
      Method call = AgentCommands.class.getMethod(method, type);
      CompletableFuture<?> running = (CompletableFuture<?>) call.invoke(commands, request.build());
      long id = operation.get("id").getAsLong();
      this.commands.put(id, running);
      return running
          .whenComplete((reply, thrown) -> this.commands.remove(id))
          .thenApply(reply -> Json.message((Message) reply));
    } catch (ReflectiveOperationException | IOException thrown) {
      throw new IllegalArgumentException(
          "no command "
              + rpc
              + ": "
              + (thrown instanceof InvocationTargetException it ? it.getCause() : thrown));
    }
  }

  private static void options(JsonObject operation, Message.Builder request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("options");
    if (field == null) {
      return;
    }
    CommandOptions.Builder options = ((CommandOptions) request.getField(field)).toBuilder();
    if (operation.has("request_id")) {
      options.setRequestId(text(operation, "request_id"));
    }
    if (operation.has("expected_version")) {
      options.setExpectedVersion(Long.parseUnsignedLong(text(operation, "expected_version")));
    }
    if (operation.has("wait")) {
      options.setWait(Wait.valueOf(text(operation, "wait")));
    }
    request.setField(field, options.build());
  }

  private Follower<?> at(String session) {
    Follower<?> follower = open.get(session);
    if (follower == null) {
      throw new IllegalArgumentException("no session " + session);
    }
    return follower;
  }

  private static Client client(JsonObject operation) {
    ClientBuilder builder = Client.builder(text(operation, "address"));
    if (!operation.has("options")) {
      return builder.build();
    }
    JsonObject options = operation.getAsJsonObject("options");
    given(options, "client_name", it -> builder.clientName(it.getAsString()));
    given(options, "connect_timeout_ms", it -> builder.connectTimeout(millis(it)));
    given(options, "command_timeout_ms", it -> builder.commandTimeout(millis(it)));
    given(options, "silence_timeout_ms", it -> builder.silenceTimeout(millis(it)));
    given(options, "event_buffer", it -> builder.eventBuffer(it.getAsInt()));
    given(options, "ca_pem", it -> builder.authority(it.getAsString()));
    given(
        options,
        "metadata",
        it ->
            it.getAsJsonObject()
                .entrySet()
                .forEach(one -> builder.metadata(one.getKey(), one.getValue().getAsString())));
    builder.backoff(
        millis(options, "backoff_first_ms", 250), millis(options, "backoff_longest_ms", 15_000));
    builder.keepalive(
        millis(options, "keepalive_ms", 20_000), millis(options, "keepalive_timeout_ms", 10_000));
    return builder.build();
  }

  private static void given(JsonObject options, String name, Consumer<JsonElement> then) {
    if (options.has(name)) {
      then.accept(options.get(name));
    }
  }

  private static Duration millis(JsonElement value) {
    return Duration.ofMillis(value.getAsLong());
  }

  private static Duration millis(JsonObject options, String name, long otherwise) {
    return Duration.ofMillis(options.has(name) ? options.get(name).getAsLong() : otherwise);
  }

  private static String text(JsonObject operation, String name) {
    return operation.has(name) ? operation.get(name).getAsString() : "";
  }

  private static Observation observation(JsonObject operation) {
    boolean all = operation.has("all") && operation.get("all").getAsBoolean();
    return new Observation(
        text(operation, "api_key"), texts(operation, "agents"), texts(operation, "teams"), all);
  }

  private static List<String> texts(JsonObject operation, String name) {
    List<String> texts = new ArrayList<>();
    if (operation.has(name)) {
      JsonArray array = operation.getAsJsonArray(name);
      array.forEach(one -> texts.add(one.getAsString()));
    }
    return texts;
  }

  private static CompletableFuture<JsonObject> done(JsonObject answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
    return wrapped ? thrown.getCause() : thrown;
  }
}
