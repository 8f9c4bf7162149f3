package io.github.genericconnector.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.github.genericconnector.AgentCommands;
import io.github.genericconnector.AgentSession;
import io.github.genericconnector.Client;
import io.github.genericconnector.GcException;
import io.github.genericconnector.SessionItem;
import io.github.genericconnector.v1.CommandOptions;
import io.github.genericconnector.v1.Wait;
import java.io.BufferedReader;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;

/** The runner of the conformance suite: operations in, what the SDK said out. Its protocol stands in clients/README.md. */
public final class Runner {
  private static final String GENERATED = "io.github.genericconnector.v1.";
  private static final PrintStream OUT = System.out;

  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<?>> commands = new ConcurrentHashMap<>();

  private record Open(Client client, AgentSession session, Items items) {}

  public static void main(String[] arguments) throws IOException {
    Runner runner = new Runner();
    ExecutorService operations = Executors.newCachedThreadPool();
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      JsonObject operation = JsonParser.parseString(line).getAsJsonObject();
      operations.execute(() -> runner.carryOut(operation));
    }
    runner.open.values().forEach(one -> one.client.close());
    System.exit(0);
  }

  private void carryOut(JsonObject operation) {
    JsonObject answer = new JsonObject();
    answer.add("id", operation.get("id"));
    try {
      answer.add("ok", answer(operation));
    } catch (Exception thrown) {
      answer.add("error", errorJson(thrown, text(operation, "rpc")));
    }
    say(answer);
  }

  private JsonElement answer(JsonObject operation) throws Exception {
    String name = text(operation, "session");
    switch (text(operation, "op")) {
      case "open" -> {
        Client client = client(operation);
        AgentSession session = client.connect(text(operation, "agent_id"), text(operation, "password"));
        Items items = new Items(name, client, session);
        open.put(name, new Open(client, session, items));
        String epoch = Long.toUnsignedString(session.view().epoch());
        session.events().subscribe(items);
        return object("epoch", epoch);
      }
      case "command" -> {
        return command(operation);
      }
      case "view" -> {
        JsonObject view = object("connection", at(name).session.connection().state().name());
        view.add("snapshot", json(at(name).session.view().snapshot()));
        return view;
      }
      case "pause" -> at(name).items.pause(true);
      case "resume" -> at(name).items.pause(false);
      case "cancel" -> {
        CompletableFuture<?> command = commands.get(operation.get("command").getAsInt());
        if (command != null) {
          command.cancel(true);
        }
      }
      case "close" -> at(name).session.close();
      case "hello" -> {
        try (Client client = client(operation)) {
          return object("status", client.hello().name());
        }
      }
      default -> throw new IllegalArgumentException("unknown operation " + operation);
    }
    return new JsonObject();
  }

  private Open at(String name) {
    Open found = open.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no session " + name);
    }
    return found;
  }

  private static Client client(JsonObject operation) {
    Client.Builder builder = Client.builder(text(operation, "address"));
    JsonObject options = operation.has("options") ? operation.getAsJsonObject("options") : new JsonObject();
    if (options.has("backoff_first_ms") || options.has("backoff_longest_ms")) {
      builder.backoff(millis(options, "backoff_first_ms", 250), millis(options, "backoff_longest_ms", 15_000));
    }
    if (options.has("connect_timeout_ms")) {
      builder.connectTimeout(millis(options, "connect_timeout_ms", 0));
    }
    if (options.has("command_timeout_ms")) {
      builder.commandTimeout(millis(options, "command_timeout_ms", 0));
    }
    if (options.has("silence_timeout_ms")) {
      builder.silenceTimeout(millis(options, "silence_timeout_ms", 0));
    }
    if (options.has("event_buffer")) {
      builder.eventBuffer(options.get("event_buffer").getAsInt());
    }
    if (options.has("keepalive_ms") || options.has("keepalive_timeout_ms")) {
      builder.keepalive(millis(options, "keepalive_ms", 20_000), millis(options, "keepalive_timeout_ms", 10_000));
    }
    if (options.has("ca_pem")) {
      builder.authority(text(options, "ca_pem"));
    }
    if (options.has("client_name")) {
      builder.clientName(text(options, "client_name"));
    }
    if (options.has("metadata")) {
      options.getAsJsonObject("metadata").entrySet().forEach(one -> builder.metadata(one.getKey(), one.getValue().getAsString()));
    }
    return builder.build();
  }

  private JsonElement command(JsonObject operation) throws Exception {
    AgentSession session = at(text(operation, "session")).session;
    String rpc = text(operation, "rpc");
    Message.Builder request = (Message.Builder) Class.forName(GENERATED + rpc + "Request").getMethod("newBuilder").invoke(null);
    if (operation.has("request")) {
      JsonFormat.parser().merge(operation.get("request").toString(), request);
    }
    boolean bare = options(operation, request);
    AgentCommands commands =
        operation.has("timeout_ms") ? session.withDeadline(millis(operation, "timeout_ms", 0)) : session;
    CompletableFuture<?> result = call(commands, rpc, request.build(), bare);
    int id = operation.get("id").getAsInt();
    this.commands.put(id, result);
    try {
      return json((Message) result.get());
    } finally {
      this.commands.remove(id);
    }
  }

  /** Fills in the options that the operation names; true if there are none. */
  private static boolean options(JsonObject operation, Message.Builder request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("options");
    if (field == null) {
      return true;
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
    boolean none = options.build().equals(CommandOptions.getDefaultInstance());
    if (!none) {
      request.setField(field, options.build());
    }
    return none;
  }

  /** By the fields where the request holds nothing else, by the request otherwise. */
  private static CompletableFuture<?> call(AgentCommands commands, String rpc, Message request, boolean bare) throws Exception {
    String name = Character.toLowerCase(rpc.charAt(0)) + rpc.substring(1) + "Async";
    List<FieldDescriptor> fields =
        request.getDescriptorForType().getFields().stream()
            .filter(field -> !field.hasPresence() && !field.getName().equals("reason_code"))
            .toList();
    boolean more = request.getAllFields().keySet().stream().anyMatch(field -> !fields.contains(field));
    try {
      if (!bare || more) {
        return (CompletableFuture<?>) AgentCommands.class.getMethod(name, request.getClass()).invoke(commands, request);
      }
      List<Object> values = new ArrayList<>();
      List<Class<?>> types = new ArrayList<>();
      for (FieldDescriptor field : fields) {
        Object value = request.getField(field);
        if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
          Class<?> type = Class.forName(GENERATED + field.getEnumType().getName());
          types.add(type);
          int number = ((com.google.protobuf.Descriptors.EnumValueDescriptor) value).getNumber();
          values.add(type.getMethod("forNumber", int.class).invoke(null, number));
        } else {
          types.add(String.class);
          values.add(value);
        }
      }
      Method method = AgentCommands.class.getMethod(name, types.toArray(Class<?>[]::new));
      return (CompletableFuture<?>) method.invoke(commands, values.toArray());
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception cause ? cause : thrown;
    }
  }

  /** What a session tells, as lines; it can be held. */
  private static final class Items implements Flow.Subscriber<SessionItem> {
    private final String name;
    private final Client client;
    private final AgentSession session;
    private Flow.Subscription subscription;
    private boolean paused;
    private boolean asked;

    Items(String name, Client client, AgentSession session) {
      this.name = name;
      this.client = client;
      this.session = session;
    }

    synchronized void pause(boolean hold) {
      paused = hold;
      ask();
    }

    /** Asks for one at a time, so that a pause holds the next. */
    private synchronized void ask() {
      if (!paused && !asked) {
        asked = true;
        subscription.request(1);
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      ask();
    }

    @Override
    public void onNext(SessionItem item) {
      JsonObject line = object("session", name);
      line.add("item", itemJson(item));
      say(line);
      synchronized (this) {
        asked = false;
      }
      ask();
    }

    @Override
    public void onError(Throwable thrown) {
      thrown.printStackTrace();
    }

    @Override
    public void onComplete() {
      JsonObject line = object("session", name);
      line.add("end", new JsonObject());
      session.cause().ifPresent(cause -> line.add("error", errorJson(cause, "")));
      say(line);
      // Not from a thread of the client's own.
      new Thread(client::close).start();
    }
  }

  private static JsonObject itemJson(SessionItem item) {
    JsonObject json = new JsonObject();
    if (item instanceof SessionItem.SnapshotItem it) {
      json.add("snapshot", json(it.snapshot()));
    } else if (item instanceof SessionItem.EventItem it) {
      json.add("event", json(it.event()));
    } else if (item instanceof SessionItem.ResetItem it) {
      json.add("reset", json(it.reset()));
    } else if (item instanceof SessionItem.StaleItem it) {
      json.add("stale", json(it.stale()));
    } else if (item instanceof SessionItem.ConnectionItem it) {
      JsonObject connection = object("state", it.connection().state().name());
      it.connection().error().ifPresent(error -> connection.add("error", errorJson(error, "")));
      json.add("connection", connection);
    }
    return json;
  }

  private static JsonObject errorJson(Throwable thrown, String rpc) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof java.util.concurrent.ExecutionException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    JsonObject json = new JsonObject();
    if (cause instanceof CancellationException) {
      json.addProperty("reason", "CANCELLED");
      json.addProperty("command", rpc);
      return json;
    }
    if (!(cause instanceof GcException error)) {
      json.addProperty("reason", "RUNNER");
      json.addProperty("message", cause.toString());
      cause.printStackTrace();
      return json;
    }
    json.addProperty("reason", error.reasonName());
    json.addProperty("code", error.code().name());
    json.addProperty("message", error.getMessage());
    json.addProperty("retry", error.retry().name());
    json.addProperty("retryable", error.retryable());
    json.addProperty("retry_after_ms", error.retryAfter().map(Duration::toMillis).orElse(0L));
    error
        .finesse()
        .ifPresent(
            said -> {
              JsonObject words = new JsonObject();
              said.errorType().ifPresent(value -> words.addProperty("error_type", value));
              said.errorMessage().ifPresent(value -> words.addProperty("error_message", value));
              said.errorData().ifPresent(value -> words.addProperty("error_data", value));
              said.peripheralCode().ifPresent(value -> words.addProperty("peripheral_code", value));
              said.peripheralMessage().ifPresent(value -> words.addProperty("peripheral_message", value));
              said.httpStatus().ifPresent(value -> words.addProperty("http_status", value));
              json.add("finesse", words);
            });
    json.addProperty("command", error.command());
    json.addProperty("request_id", error.requestId());
    return json;
  }

  private static JsonElement json(Message message) {
    try {
      return JsonParser.parseString(JsonFormat.printer().print(message));
    } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Duration millis(JsonObject from, String name, long otherwise) {
    return Duration.ofMillis(from.has(name) ? from.get(name).getAsLong() : otherwise);
  }

  private static String text(JsonObject from, String name) {
    return from.has(name) ? from.get(name).getAsString() : "";
  }

  private static JsonObject object(String name, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  private static void say(JsonObject line) {
    synchronized (OUT) {
      OUT.println(line);
    }
  }
}
