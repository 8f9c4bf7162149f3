// An observer over real sockets.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.genericconnector.testing.TestService;
import io.github.genericconnector.v1.AgentState;
import io.github.genericconnector.v1.ErrorReason;
import io.github.genericconnector.v1.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ObserverTest {
  private static final String KEY = "the key of the wallboard";

  private TestService service;
  private Proxy proxy;
  private Client client;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes("UTF-8"));
    String configuration =
        """
        [[auth.members]]
        name = "wallboard"
        api_key_sha256 = "%s"
        role = "service"
        observe = ["*"]
        """
            .formatted(HexFormat.of().formatHex(hash));
    Path file = Files.writeString(folder.resolve("service.toml"), configuration);
    service = TestService.start("--config=" + file);
    proxy = new Proxy(service.address());
    client = builder(proxy.address());
  }

  private static Client builder(String address) {
    return Client.builder(address).backoff(Duration.ofMillis(20), Duration.ofMillis(200)).build();
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    service.close();
  }

  private static Predicate<ObserverItem> event(String agentId, Predicate<Event> condition) {
    return item ->
        item instanceof ObserverItem.AgentItem it
            && it.agentId().equals(agentId)
            && Items.event(condition).test(it.item());
  }

  private static boolean isConnection(ObserverItem item, ConnectionState state) {
    return item instanceof ObserverItem.ConnectionItem it && it.connection().state() == state;
  }

  @Test
  void agentsAreSeenAsTheyComeAndOverACut() throws Exception {
    Observer observer = client.observe(Observation.ofAll(KEY));
    Items<ObserverItem> items = Items.of(observer.events());
    try (Client desk = builder(service.address())) {
      AgentSession session = desk.connect("1001", "demo");
      // By now the stream may have been open or not: attached, or only a snapshot.
      items.until(ObserverItem.AgentItem.class::isInstance);
      desk.connect("1002", "demo");
      items.until(
          it -> it instanceof ObserverItem.AttachedItem one && one.agentId().equals("1002"));
      session.login("2001");
      items.until(event("1001", Event::hasAgentStateChanged));
      assertEquals(
          AgentState.AGENT_STATE_NOT_READY, observer.views().get("1001").status().getState());
      proxy.refuse();
      items.until(it -> isConnection(it, ConnectionState.RECONNECTING));
      service.call("5551234", "2001");
      proxy.pass();
      List<ObserverItem> after = items.until(event("1001", Event::hasDialogOffered));
      assertTrue(after.stream().anyMatch(it -> isConnection(it, ConnectionState.CONNECTED)));
      assertTrue(
          after.stream()
              .noneMatch(
                  it ->
                      it instanceof ObserverItem.AgentItem one
                          && one.item() instanceof SessionItem.SnapshotItem));
      assertEquals(1, observer.views().get("1001").dialogs().size());
      Items<ObserverItem> second = Items.of(observer.events());
      assertInstanceOf(ObserverItem.AgentItem.class, second.next());
    }
    observer.close();
    items.end.get(20, TimeUnit.SECONDS);
    assertTrue(observer.cause().isEmpty());
  }

  @Test
  void aKeyThatIsNotKnownEndsIt() {
    Observation wrong = Observation.ofAgents("another", List.of("1001"));
    assertFalse(wrong.toString().contains("another"));
    Observer observer = client.observe(wrong);
    Items<ObserverItem> items = Items.of(observer.events());
    ExecutionException ended =
        assertThrows(ExecutionException.class, () -> items.end.get(20, TimeUnit.SECONDS));
    GcException cause = assertInstanceOf(GcException.class, ended.getCause());
    assertEquals(ErrorReason.ERROR_REASON_AUTHORIZATION_FAILURE, cause.reason());
    assertEquals(cause, observer.cause().orElseThrow());
    assertEquals(ConnectionState.CLOSED, observer.connection().state());
  }
}
