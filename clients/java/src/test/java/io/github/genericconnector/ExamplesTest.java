// Runs each example as its users do, and compares the README with it.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.genericconnector.testing.TestService;
import io.github.genericconnector.v1.ParticipantState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExamplesTest {
  private TestService service;
  private Client client;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void start() {
    service = TestService.start();
    client = Client.builder(service.address()).build();
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    client.close();
    service.close();
  }

  private Process run(String agent, String... command) throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    java.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(java).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(Map.of("GC_ADDRESS", service.address(), "GC_AGENT", agent, "GC_PASSWORD", "demo"));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Reads a process' lines up to one that contains a text. */
  private static String line(BufferedReader out, String text) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                String line = out.readLine();
                while (line != null && !line.contains(text)) {
                  line = out.readLine();
                }
                return line;
              } catch (IOException thrown) {
                throw new AssertionError(thrown);
              }
            })
        .get(20, TimeUnit.SECONDS);
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void theScreenPopTellsWhoCalls() throws Exception {
    BufferedReader out = output(run("1001", "ScreenPop", service.address()));
    assertEquals("waiting for calls", line(out, "waiting"));
    service.call("5551234", "2001", Map.of("callVariable1", "gold"));
    assertEquals("call from 5551234", line(out, "call from"));
    assertEquals("callVariable1=gold", line(out, "callVariable1"));
  }

  @Test
  void theWallboardShowsTeamAndQueues() throws Exception {
    BufferedReader out = output(run("1101", "Wallboard"));
    assertEquals("team Sales", line(out, "team"));
    assertTrue(line(out, "queue ").startsWith("queue "));
    client.connect("1001", "demo").login("2001");
    assertEquals("agent Agent 1001 AGENT_STATE_NOT_READY", line(out, "Agent 1001"));
    service.call("5551234", "8010");
    assertTrue(line(out, "1 waiting").startsWith("queue "));
  }

  @Test
  void clickToDialFollowsItsCall() throws Exception {
    AgentSession session = client.connect("1001", "demo");
    session.login("2001");
    Items<SessionItem> items = Items.of(session.events());
    Process process = run("1001", "ClickToDial", "5551234");
    BufferedReader out = output(process);
    assertTrue(line(out, "calling").startsWith("calling 5551234: DIALOG_STATE_"));
    assertEquals("call DIALOG_STATE_ACTIVE", line(out, "ACTIVE"));
    items.until(
        Items.event(
            event ->
                event.getDialogChanged().getDialog().getParticipantsList().stream()
                    .allMatch(it -> it.getState() == ParticipantState.PARTICIPANT_STATE_ACTIVE)));
    service.hangUp(session.view().dialogs().get(0).getId());
    assertEquals("call ended", line(out, "ended"));
    assertEquals(0, process.waitFor());
  }

  @Test
  void theReadmeShowsTheScreenPopAsItIs() throws Exception {
    String example = Files.readString(Path.of("examples/ScreenPop.java"));
    String readme = Files.readString(Path.of("README.md"));
    assertTrue(readme.contains("```java\n" + example + "```\n"));
    assertTrue(example.lines().count() <= 25);
  }
}
