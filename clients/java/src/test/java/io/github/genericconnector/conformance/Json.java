// What the runner says, as JSON.

package io.github.genericconnector.conformance;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.github.genericconnector.Connection;
import io.github.genericconnector.FinesseError;
import io.github.genericconnector.GcException;
import io.github.genericconnector.ObserverItem;
import io.github.genericconnector.SessionItem;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** JSON of messages, items and errors. */
final class Json {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private Json() {}

  static JsonObject object(String name, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  static JsonObject object(String name, JsonObject value) {
    JsonObject object = new JsonObject();
    object.add(name, value);
    return object;
  }

  static JsonObject message(Message message) {
    try {
      return JsonParser.parseString(PRINTER.print(message)).getAsJsonObject();
    } catch (InvalidProtocolBufferException thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  static JsonObject item(SessionItem item) {
    if (item instanceof SessionItem.SnapshotItem it) {
      return object("snapshot", message(it.snapshot()));
    } else if (item instanceof SessionItem.EventItem it) {
      return object("event", message(it.event()));
    } else if (item instanceof SessionItem.ResetItem it) {
      return object("reset", message(it.reset()));
    } else if (item instanceof SessionItem.StaleItem it) {
      return object("stale", message(it.stale()));
    } else if (item instanceof SessionItem.ConnectionItem it) {
      return object("connection", connection(it.connection()));
    }
    throw new IllegalStateException("an unknown item: " + item);
  }

  /** An observer's item, and beside it whom it is about. */
  static JsonObject item(ObserverItem item) {
    if (item instanceof ObserverItem.AgentItem it) {
      return about(it.agentId(), item(it.item()));
    } else if (item instanceof ObserverItem.AttachedItem it) {
      return about(it.agentId(), object("attached", message(it.attached())));
    } else if (item instanceof ObserverItem.DetachedItem it) {
      return about(it.agentId(), object("detached", message(it.detached())));
    } else if (item instanceof ObserverItem.ConnectionItem it) {
      return object("item", object("connection", connection(it.connection())));
    }
    throw new IllegalStateException("an unknown item: " + item);
  }

  private static JsonObject about(String agentId, JsonObject item) {
    JsonObject line = object("agent_id", agentId);
    line.add("item", item);
    return line;
  }

  private static JsonObject connection(Connection connection) {
    JsonObject object = object("state", connection.state().name());
    connection.error().ifPresent(error -> object.add("error", error(error, "")));
    connection.deadline().ifPresent(at -> object.addProperty("deadline", at.toString()));
    return object;
  }

  static JsonObject error(Throwable thrown, String command) {
    JsonObject json = new JsonObject();
    if (thrown instanceof CancellationException) {
      json.addProperty("reason", "CANCELLED");
      json.addProperty("command", command);
      return json;
    }
    if (!(thrown instanceof GcException error)) {
      json.addProperty("reason", "RUNNER");
      json.addProperty("message", thrown.toString());
      return json;
    }
    json.addProperty("reason", error.reasonName());
    json.addProperty("code", error.code().name());
    json.addProperty("message", error.getMessage());
    json.addProperty("retry", error.retry().name());
    json.addProperty("retryable", error.isRetryable());
    json.addProperty("retry_after_ms", error.retryAfter().map(it -> it.toMillis()).orElse(0L));
    error.finesse().ifPresent(finesse -> json.add("finesse", finesse(finesse)));
    json.addProperty("command", error.command());
    json.addProperty("request_id", error.requestId());
    return json;
  }

  private static JsonObject finesse(FinesseError finesse) {
    JsonObject json = new JsonObject();
    add(json, "error_type", finesse.errorType());
    add(json, "error_message", finesse.errorMessage());
    add(json, "error_data", finesse.errorData());
    add(json, "peripheral_code", finesse.peripheralCode());
    add(json, "peripheral_message", finesse.peripheralMessage());
    add(json, "http_status", finesse.httpStatus());
    return json;
  }

  private static void add(JsonObject json, String name, Optional<String> value) {
    value.ifPresent(text -> json.addProperty(name, text));
  }
}
