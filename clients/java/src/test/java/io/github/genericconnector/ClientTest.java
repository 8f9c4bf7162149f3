// What a client asks of a service, and when, without one.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.genericconnector.v1.AgentSelector;
import io.github.genericconnector.v1.AgentServiceGrpc;
import io.github.genericconnector.v1.ConnectResponse;
import io.github.genericconnector.v1.ErrorReason;
import io.github.genericconnector.v1.EventServiceGrpc;
import io.github.genericconnector.v1.Snapshot;
import io.github.genericconnector.v1.SubscribeRequest;
import io.github.genericconnector.v1.SubscribeResponse;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientTest {
  private final Wire wire = new Wire();
  private final Client client = wire.client();

  private static AgentSelector at(String agentId) {
    return AgentSelector.newBuilder().setAgentId(agentId).setCursor("at " + agentId).build();
  }

  @Test
  void aSessionThatComesWhileTheClientClosesIsClosedToo() throws Exception {
    var connecting = client.connectAsync("1001", "demo");
    var connect = wire.next(AgentServiceGrpc.getConnectMethod());
    client.close();
    connect.say(ConnectResponse.newBuilder().setToken("token").build());
    connect.end(Status.OK);
    ExecutionException late =
        assertThrows(ExecutionException.class, () -> connecting.get(20, TimeUnit.SECONDS));
    GcException closed = assertInstanceOf(GcException.class, late.getCause());
    assertEquals(ErrorReason.ERROR_REASON_NOT_CONNECTED, closed.reason());
    wire.next(EventServiceGrpc.getSubscribeMethod());
    wire.next(AgentServiceGrpc.getDisconnectMethod());
  }

  @Test
  void anObserverOfAClosedClientIsClosed() throws Exception {
    client.close();
    Items<ObserverItem> items = Items.of(client.observe(Observation.ofAll("key")).events());
    items.end.get(20, TimeUnit.SECONDS);
  }

  @Test
  void anObserverNamesItsOwnAgentsAndGoesOnWithTheOthers() throws Exception {
    var watched = List.of("7777", "0001", "7777");
    Observer observer = client.observe(new Observation("key", watched, List.of("1"), false));
    Items<ObserverItem> items = Items.of(observer.events());
    var stream = wire.next(EventServiceGrpc.getSubscribeMethod());
    AgentSelector absent = AgentSelector.newBuilder().setAgentId("7777").build();
    SubscribeRequest first = stream.request.get();
    assertEquals(
        List.of(absent, AgentSelector.newBuilder().setAgentId("0001").build()),
        first.getAgentsList());
    assertEquals(List.of("1"), first.getTeamIdsList());
    assertEquals(0, first.getResumeCount());
    for (int agent = 1; agent <= 2002; agent++) {
      String id = "%04d".formatted(agent);
      var snapshot = Snapshot.newBuilder().setAgentId(id).setCursor("at " + id);
      stream.say(SubscribeResponse.newBuilder().setSnapshot(snapshot).build());
    }
    stream.end(Status.UNAVAILABLE);
    SubscribeRequest second = wire.next(EventServiceGrpc.getSubscribeMethod()).request.get();
    assertEquals(List.of(absent, at("0001")), second.getAgentsList());
    assertEquals(2000, second.getResumeCount());
    assertEquals(at("0002"), second.getResume(0));
    assertEquals(at("2001"), second.getResume(1999));
    // The service takes no more cursors: the last one begins anew.
    List<ObserverItem> seen = items.until(ObserverItem.DetachedItem.class::isInstance);
    assertEquals("2002", ((ObserverItem.DetachedItem) seen.get(seen.size() - 1)).agentId());
    assertEquals(2001, observer.views().size());
  }
}
