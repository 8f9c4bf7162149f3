// A session over real sockets, against the service and its simulated Finesse.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.genericconnector.testing.TestService;
import io.github.genericconnector.v1.AgentState;
import io.github.genericconnector.v1.CommandOptions;
import io.github.genericconnector.v1.DialogState;
import io.github.genericconnector.v1.ErrorReason;
import io.github.genericconnector.v1.Event;
import io.github.genericconnector.v1.MakeReadyRequest;
import io.github.genericconnector.v1.ResetReason;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.SystemStatus;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionTest {
  private TestService service;
  private Proxy proxy;
  private Client client;

  @BeforeEach
  void start() {
    service = TestService.start();
    proxy = new Proxy(service.address());
    client = builder().build();
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    service.close();
  }

  private ClientBuilder builder() {
    return Client.builder(proxy.address())
        .backoff(Duration.ofMillis(20), Duration.ofMillis(200))
        .clientName("test");
  }

  @Test
  void aDayIsInTheViewBeforeItIsTold() throws Exception {
    assertEquals(SystemStatus.SYSTEM_STATUS_IN_SERVICE, client.hello());
    AgentSession session = client.connect("1001", "demo");
    CompletableFuture<String> offered = new CompletableFuture<>();
    session.addListener(
        new SessionListener() {
          @Override
          public void onEvent(Event event) {
            if (event.hasDialogOffered()) {
              String id = event.getDialogOffered().getDialog().getId();
              offered.complete(session.view().dialog(id).isPresent() ? id : "not in the view");
            }
          }
        });
    assertEquals(AgentState.AGENT_STATE_LOGOUT, session.view().status().getState());
    session.login("2001");
    // The reply is in the view as well, without a wait of the program's.
    assertEquals(AgentState.AGENT_STATE_NOT_READY, session.view().status().getState());
    session.makeReady();
    service.call("5551234", "8010");
    String call = offered.get(20, TimeUnit.SECONDS);
    session.answerCall(call);
    assertEquals(
        DialogState.DIALOG_STATE_ACTIVE, session.view().dialog(call).orElseThrow().getState());
    assertTrue(session.view().dialog(call).orElseThrow().getAllowedActionsList().contains("HOLD"));
    session.holdCall(call);
    session.retrieveCall(call);
    session.releaseCall(call);
    assertEquals("1001", session.agentId());
    assertEquals("Agent", session.profile().getFirstName());
    assertFalse(session.capabilities().getRpcsList().isEmpty());
  }

  @Test
  void aRefusalSaysWhy() {
    AgentSession session = client.connect("1001", "demo");
    session.login("2001");
    GcException refused = assertThrows(GcException.class, () -> session.holdCall("5"));
    assertEquals(ErrorReason.ERROR_REASON_NOT_FOUND, refused.reason());
    assertEquals(Status.Code.NOT_FOUND, refused.code());
    assertEquals("HoldCall", refused.command());
    assertFalse(refused.requestId().isEmpty());
    assertFalse(refused.isRetryable());
    assertEquals("404", refused.finesse().orElseThrow().httpStatus().orElseThrow());
    GcException wrong = assertThrows(GcException.class, () -> client.connect("1002", "wrong"));
    assertEquals("AUTHORIZATION_FAILURE", wrong.reasonName());
    assertFalse(wrong.toString().contains("wrong"));
  }

  @Test
  void aCutStreamIsResumedWithoutAHole() throws Exception {
    AgentSession session = client.connect("1001", "demo");
    Items<SessionItem> items = Items.of(session.events());
    session.login("2001");
    items.until(Items.event(Event::hasAgentStateChanged));
    proxy.refuse();
    items.until(Items.state(ConnectionState.RECONNECTING));
    service.call("5551234", "2001");
    proxy.pass();
    List<SessionItem> after = items.until(Items.event(Event::hasDialogOffered));
    assertTrue(after.stream().anyMatch(Items.state(ConnectionState.CONNECTED)));
    assertTrue(after.stream().noneMatch(SessionItem.ResetItem.class::isInstance));
    assertTrue(after.stream().noneMatch(SessionItem.SnapshotItem.class::isInstance));
  }

  @Test
  void aRestartedServiceIsConnectedToAgain() throws Exception {
    AgentSession session = client.connect("1001", "demo");
    long epoch = session.view().epoch();
    Items<SessionItem> items = Items.of(session.events());
    service.restart();
    List<SessionItem> seen =
        items.until(
            it -> it instanceof SessionItem.SnapshotItem one && one.snapshot().getEpoch() != epoch);
    SessionItem.ResetItem reset =
        assertInstanceOf(SessionItem.ResetItem.class, seen.get(seen.size() - 2));
    assertEquals(ResetReason.RESET_REASON_EPOCH_CHANGED, reset.reset().getReason());
    session.login("2001");
    assertNotEquals(epoch, session.view().epoch());
    assertEquals(AgentState.AGENT_STATE_NOT_READY, session.view().status().getState());
  }

  @Test
  void aTeamIsWatchedAgainAsOftenAsItTakes() throws Exception {
    AgentSession session = client.connect("1101", "demo");
    session.getTeamUsers("1");
    restart("{\"kind\":\"html\",\"status\":500,\"action\":\"GET_TEAM\",\"times\":9}");
    await(() -> service.world().contains("\"GET_TEAM\":9"));
  }

  @Test
  void aTeamThatIsRefusedForGoodIsForgotten() throws Exception {
    AgentSession session = client.connect("1101", "demo");
    session.getTeamUsers("1");
    restart("{\"kind\":\"status\",\"status\":403,\"action\":\"GET_TEAM\"}");
    await(() -> service.world().contains("\"GET_TEAM\":1"));
    session.getState();
    restart("{\"kind\":\"silent\",\"action\":\"NONE\"}");
    session.getState();
    session.login("2101");
    assertFalse(service.world().contains("\"GET_TEAM\""));
  }

  /** Another service takes the place of this one, and its simulator has a fault. */
  private void restart(String fault) {
    proxy.refuse();
    service.restart();
    service.fault(fault);
    proxy.pass();
  }

  @Test
  void aCommandWhoseReplyIsLostIsRepeatedWithItsId() throws Exception {
    AgentSession session = client.connect("1001", "demo");
    session.login("2001");
    String id = UUID.randomUUID().toString();
    proxy.deafen();
    var ready =
        session.makeReadyAsync(
            MakeReadyRequest.newBuilder()
                .setOptions(CommandOptions.newBuilder().setRequestId(id))
                .build());
    await(() -> service.world().contains("\"READY\":1"));
    proxy.pass();
    assertEquals(
        AgentState.AGENT_STATE_READY, ready.get(20, TimeUnit.SECONDS).getStatus().getState());
    assertFalse(service.world().contains("\"READY\":2"));
  }

  @Test
  void withoutAnAnswerAChangeIsUnknownAndAQuestionUnreachable() {
    AgentSession session = client.connect("1001", "demo");
    proxy.refuse();
    AgentCommands hasty = session.withDeadline(Duration.ofMillis(300));
    GcException change = assertThrows(GcException.class, hasty::makeReady);
    assertEquals(ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN, change.reason());
    assertFalse(change.requestId().isEmpty());
    GcException question = assertThrows(GcException.class, hasty::getState);
    assertEquals(ErrorReason.ERROR_REASON_SERVICE_UNREACHABLE, question.reason());
  }

  @Test
  void aConsumerThatIsBehindIsToldSo() throws Exception {
    Client small = builder().eventBuffer(2).build();
    try (small) {
      AgentSession session = small.connect("1001", "demo");
      Items<SessionItem> slow = Items.of(session.events(), 1);
      Items<SessionItem> fast = Items.of(session.events());
      assertInstanceOf(SessionItem.SnapshotItem.class, slow.next());
      session.login("2001");
      session.makeReady();
      session.makeNotReady();
      session.makeReady();
      fast.until(Items.event(it -> it.getSequence() == session.view().sequence()));
      slow.take(Long.MAX_VALUE);
      SessionItem.ResetItem reset = assertInstanceOf(SessionItem.ResetItem.class, slow.next());
      assertEquals(ResetReason.RESET_REASON_CONSUMER_BEHIND, reset.reset().getReason());
      SessionItem.SnapshotItem snapshot =
          assertInstanceOf(SessionItem.SnapshotItem.class, slow.next());
      session.makeNotReady();
      SessionItem.EventItem next = assertInstanceOf(SessionItem.EventItem.class, slow.next());
      assertEquals(snapshot.snapshot().getSequence() + 1, next.event().getSequence());
    }
  }

  @Test
  void closeGivesWhatIsLeftAndSignsNobodyOut() throws Exception {
    AgentSession session = client.connect("1001", "demo");
    session.login("2001");
    Items<SessionItem> items = Items.of(session.events(), 1);
    items.next();
    session.makeReady();
    session.close();
    session.close();
    items.take(Long.MAX_VALUE);
    items.end.get(20, TimeUnit.SECONDS);
    List<SessionItem> rest = items.rest();
    assertInstanceOf(SessionItem.EventItem.class, rest.get(0));
    assertTrue(Items.state(ConnectionState.CLOSED).test(rest.get(rest.size() - 1)));
    GcException closed = assertThrows(GcException.class, session::makeNotReady);
    assertEquals(ErrorReason.ERROR_REASON_NOT_CONNECTED, closed.reason());
    assertTrue(session.cause().isEmpty());
    AgentSession again = client.connect("1001", "demo");
    assertEquals(AgentState.AGENT_STATE_READY, again.view().status().getState());
  }

  @Test
  void aPasswordThatIsRefusedLaterEndsTheSession() throws Exception {
    AgentSession session = client.connect("1001", "demo");
    Items<SessionItem> items = Items.of(session.events());
    restart(
        "{\"kind\":\"status\",\"status\":401,\"user\":\"1001\",\"action\":\"GET_USER\",\"times\":100}");
    ExecutionException ended =
        assertThrows(ExecutionException.class, () -> items.end.get(20, TimeUnit.SECONDS));
    GcException cause = assertInstanceOf(GcException.class, ended.getCause());
    assertEquals(ErrorReason.ERROR_REASON_AUTHORIZATION_FAILURE, cause.reason());
    assertEquals(cause, session.cause().orElseThrow());
    GcException refused = assertThrows(GcException.class, session::getState);
    assertEquals(cause.reason(), refused.reason());
  }

  @Test
  void aCallThatIsGivenUpEndsAtOnce() throws Exception {
    AgentSession session = client.connect("1001", "demo");
    session.login("2001");
    service.fault("{\"kind\":\"silent\",\"user\":\"1001\",\"action\":\"READY\"}");
    var ready = session.makeReadyAsync();
    assertTrue(ready.cancel(true));
    assertThrows(CancellationException.class, ready::join);
    session.getState();
  }

  @Test
  void callbacksMayBlockEvenOnOneThread() throws Exception {
    var one = Executors.newSingleThreadExecutor(task -> Transport.daemon(task, "one"));
    try (Client narrow = builder().executor(one).build()) {
      var state =
          narrow
              .connectAsync("1001", "demo")
              .thenApply(session -> session.login("2001").getStatus().getState());
      assertEquals(AgentState.AGENT_STATE_NOT_READY, state.get(20, TimeUnit.SECONDS));
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void aListenerMayCloseTheSessionOnTheOnlyThread() throws Exception {
    var one = Executors.newSingleThreadExecutor(task -> Transport.daemon(task, "one"));
    CompletableFuture<Optional<GcException>> end = new CompletableFuture<>();
    try (Client narrow = builder().executor(one).build()) {
      AgentSession session = narrow.connect("1001", "demo");
      session.addListener(
          new SessionListener() {
            @Override
            public void onSnapshot(Snapshot snapshot) {
              session.close();
            }

            @Override
            public void onEnd(Optional<GcException> cause) {
              end.complete(cause);
            }
          });
      assertEquals(Optional.empty(), end.get(20, TimeUnit.SECONDS));
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void aProgramThatShutItsExecutorDownIsStillAnswered() throws Exception {
    var one = Executors.newSingleThreadExecutor(task -> Transport.daemon(task, "one"));
    try (Client narrow = builder().executor(one).build()) {
      AgentSession session = narrow.connect("1001", "demo");
      one.shutdownNow();
      assertEquals(
          AgentState.AGENT_STATE_LOGOUT,
          session.getStateAsync().get(20, TimeUnit.SECONDS).getStatus().getState());
    }
  }

  @Test
  void aPasswordThatIsNotGivenIsMissing() {
    GcException missing =
        assertThrows(GcException.class, () -> client.connect("1001", () -> (String) null));
    assertEquals(ErrorReason.ERROR_REASON_MISSING_PASSWORD, missing.reason());
    GcException thrown =
        assertThrows(
            GcException.class,
            () ->
                client.connect(
                    "1001",
                    () -> {
                      throw new IllegalStateException("no vault");
                    }));
    assertEquals(
        "GcException: Connect: MISSING_PASSWORD: the function for the password gave none",
        thrown.toString());
  }

  private interface Condition {
    boolean holds();
  }

  /**
   * The simulator tells nobody what it has seen, so that is asked until the deadline of the test.
   */
  private static void await(Condition condition) {
    while (!condition.holds()) {
      Thread.onSpinWait();
    }
  }
}
