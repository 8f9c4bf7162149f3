// The queue of a consumer, and demand.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsumersTest {
  /** Callbacks run when the test says so. */
  private final List<Runnable> tasks = new ArrayList<>();

  private final Consumers<String> consumers =
      new Consumers<>(tasks::add, 2, () -> List.of("picture"), () -> List.of("reset", "picture"));

  private final Flow.Publisher<String> events = consumers::subscribe;

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.remove(0).run();
    }
  }

  private void push(String item) {
    consumers.push(item, !item.startsWith("state"), () -> {});
  }

  @Test
  void givesAsManyAsWereAskedFor() throws Exception {
    Items<String> items = Items.of(events, 1);
    push("1");
    run();
    assertEquals(List.of("picture"), items.rest());
    items.take(1);
    push("2");
    run();
    assertEquals(List.of("1"), items.rest());
    items.take(Long.MAX_VALUE);
    items.take(Long.MAX_VALUE);
    run();
    assertEquals(List.of("2"), items.rest());
  }

  @Test
  void tellsOfWhatItDropped() throws Exception {
    Items<String> slow = Items.of(events, 1);
    Items<String> fast = Items.of(events);
    run();
    // The picture's own place and two beside it: "4" is part of what replaces them.
    for (String item : List.of("1", "2", "3", "4")) {
      push(item);
      run();
    }
    slow.take(3);
    run();
    assertEquals(List.of("picture", "reset", "picture"), slow.rest());
    assertEquals(List.of("picture", "1", "2", "3", "4"), fast.rest());
    push("5");
    run();
    assertEquals(List.of("5"), slow.rest());
  }

  @Test
  void losesNoStateThatNoPictureHolds() throws Exception {
    Items<String> slow = Items.of(events, 1);
    run();
    push("1");
    push("2");
    push("3");
    push("state");
    slow.take(9);
    run();
    assertEquals(List.of("picture", "reset", "picture", "state"), slow.rest());
  }

  @Test
  void aPictureLargerThanTheQueueIsNoReasonToBeBehind() throws Exception {
    List<String> first = List.of("a", "b", "c", "d", "e");
    List<String> instead = List.of("A", "B", "C", "D", "E");
    Consumers<String> large = new Consumers<>(tasks::add, 2, () -> first, () -> instead);
    Flow.Publisher<String> events = large::subscribe;
    Items<String> slow = Items.of(events, 0);
    Items<String> slower = Items.of(events, 0);
    run();
    large.push("1", true, () -> {});
    large.push("2", true, () -> {});
    slow.take(9);
    run();
    assertEquals(List.of("a", "b", "c", "d", "e", "1", "2"), slow.rest());
    // "3" is part of what replaces them, and beside that there is room for two again.
    for (String item : List.of("3", "4", "5")) {
      large.push(item, true, () -> {});
    }
    slower.take(9);
    run();
    assertEquals(List.of("A", "B", "C", "D", "E", "4", "5"), slower.rest());
  }

  @Test
  void endsAfterWhatWaits() throws Exception {
    Items<String> items = Items.of(events, 1);
    push("1");
    consumers.end(null);
    push("2");
    run();
    assertEquals(false, items.end.isDone());
    items.take(9);
    run();
    assertEquals(List.of("picture", "1"), items.rest());
    items.end.get(0, TimeUnit.SECONDS);
    Items<String> late = Items.of(events);
    run();
    assertEquals(List.of("picture"), late.rest());
    late.end.get(0, TimeUnit.SECONDS);
  }

  @Test
  void endsWithTheSessionsError() {
    Items<String> items = Items.of(events);
    consumers.end(GcException.closed("", ""));
    run();
    ExecutionException ended =
        assertThrows(ExecutionException.class, () -> items.end.get(0, TimeUnit.SECONDS));
    assertInstanceOf(GcException.class, ended.getCause());
  }

  @Test
  void aCancelledOneGetsNothingMore() throws Exception {
    Items<String> items = Items.of(events);
    run();
    items.subscription.get(0, TimeUnit.SECONDS).cancel();
    push("1");
    run();
    assertEquals(List.of("picture"), items.rest());
  }

  @Test
  void refusesADemandForNothing() throws Exception {
    Items<String> items = Items.of(events, 0);
    run();
    items.take(0);
    run();
    assertThrows(ExecutionException.class, () -> items.end.get(0, TimeUnit.SECONDS));
  }
}
