// A service with a simulated Finesse, for as long as a test takes.

package io.github.genericconnector.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running {@code generic-connector serve --sim} on free ports. The binary is named by {@code
 * GC_BINARY}, or found on the path. Its agents 1001 to 1020 have the password {@code demo} and the
 * extensions 2001 to 2020; docs/simulator.md tells of the rest.
 *
 * <pre>{@code
 * try (TestService service = TestService.start();
 *     Client client = Client.builder(service.address()).build();
 *     AgentSession session = client.connect("1001", "demo")) {
 *   session.login("2001");
 *   service.call("5551234", "2001");
 * }
 * }</pre>
 */
public final class TestService implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Pattern PAIR = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");
  private static final Pattern DIALOG = Pattern.compile("\"dialog\":(\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> arguments;
  private final Thread atExit = new Thread(this::kill, "gc-test-service");
  private Process process;
  private Map<String, String> addresses;

  private TestService(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Starts a service and waits until it is ready.
   *
   * @param more further arguments, for example {@code --sim-flavour=uccx} or {@code
   *     --set=sim.clock=stepped}
   * @return the service
   * @throws IllegalStateException if it does not become ready
   */
  public static TestService start(String... more) {
    TestService service = new TestService(List.of(more));
    service.launch("127.0.0.1:0");
    Runtime.getRuntime().addShutdownHook(service.atExit);
    return service;
  }

  /**
   * The service's address for clients.
   *
   * @return {@code http://127.0.0.1:port}
   */
  public String address() {
    return "http://" + addresses.get("grpc");
  }

  /**
   * A customer calls.
   *
   * @param from the customer's number
   * @param to an extension, or a queue's number
   * @return the call's id, as a dialog's
   */
  public String call(String from, String to) {
    return call(from, to, Map.of());
  }

  /**
   * A customer calls, with call variables.
   *
   * @param from the customer's number
   * @param to an extension, or a queue's number
   * @param variables names such as {@code callVariable1} and their values
   * @return the call's id, as a dialog's
   */
  public String call(String from, String to, Map<String, String> variables) {
    StringBuilder given = new StringBuilder();
    variables.forEach(
        (name, value) ->
            given
                .append(given.isEmpty() ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(quoted(value)));
    String body =
        "{\"from\":" + quoted(from) + ",\"to\":" + quoted(to) + ",\"variables\":{" + given + "}}";
    Matcher dialog = DIALOG.matcher(control("POST", "/calls", body));
    if (!dialog.find()) {
      throw new IllegalStateException("the simulator named no dialog");
    }
    return dialog.group(1);
  }

  /**
   * The number outside answers.
   *
   * @param dialogId the call
   */
  public void answer(String dialogId) {
    control("POST", "/calls/" + dialogId + "/answer", "{}");
  }

  /**
   * The customer hangs up.
   *
   * @param dialogId the call
   */
  public void hangUp(String dialogId) {
    control("POST", "/calls/" + dialogId + "/hangup", "{}");
  }

  /**
   * Injects a fault.
   *
   * @param json the fault, for example {@code {"kind":"silent","user":"1001","action":"READY"}}
   */
  public void fault(String json) {
    control("POST", "/faults", json);
  }

  /** Forgets the faults that wait. */
  public void clearFaults() {
    control("DELETE", "/faults", "");
  }

  /**
   * Moves a stepped clock.
   *
   * @param by how far
   */
  public void stepClock(Duration by) {
    control("POST", "/clock/step", "{\"ms\":" + by.toMillis() + "}");
  }

  /**
   * Shows the simulator's world: users, dialogs, requests seen, faults.
   *
   * @return JSON
   */
  public String world() {
    return control("GET", "/world", "");
  }

  /**
   * Any operation of the simulator's control API.
   *
   * @param method {@code GET}, {@code POST} or {@code DELETE}
   * @param path the route, for example {@code /sessions/kill}
   * @param body JSON, or empty
   * @return the answer, JSON
   * @throws IllegalStateException if the simulator refuses
   */
  public String control(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + addresses.get("sim_control") + path))
            .timeout(READY)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  /** Stops it at once and starts it anew at the same address; the simulated world begins again. */
  public void restart() {
    kill();
    launch(addresses.get("grpc"));
  }

  /** Stops it. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    kill();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void kill() {
    process.destroyForcibly().onExit().join();
  }

  private void launch(String listen) {
    String binary = System.getenv().getOrDefault("GC_BINARY", "generic-connector");
    List<String> command = new ArrayList<>(List.of(binary, "serve", "--sim", "--sim-free-ports"));
    command.addAll(List.of("--listen", listen, "--bridge-tcp", "127.0.0.1:0"));
    command.addAll(arguments);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      addresses = addresses(readyLine());
    } catch (IOException absent) {
      throw new IllegalStateException("can't start " + binary + "; GC_BINARY names it", absent);
    }
  }

  private String readyLine() throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return out.readLine();
              } catch (IOException broken) {
                throw new UncheckedIOException(broken);
              }
            });
    try {
      String ready = line.get(READY.toMillis(), TimeUnit.MILLISECONDS);
      if (ready == null) {
        throw new IllegalStateException("the service ended before it was ready");
      }
      return ready;
    } catch (InterruptedException | ExecutionException | TimeoutException unready) {
      process.destroyForcibly();
      throw new IllegalStateException("the service is not ready", unready);
    }
  }

  /** The ready line is one object of plain texts, which needs no parser of JSON. */
  private static Map<String, String> addresses(String line) {
    Map<String, String> found = new HashMap<>();
    Matcher pair = PAIR.matcher(line);
    while (pair.find()) {
      found.put(pair.group(1), pair.group(2));
    }
    return found;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
