// Delays between attempts.

package io.github.genericconnector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  @Test
  void doublesUpToTheLongestBetweenAHalfAndTheWhole() {
    Backoff least = new Backoff(FIRST, LONGEST, () -> 0.0);
    Backoff most = new Backoff(FIRST, LONGEST, () -> 1.0);
    for (long whole : new long[] {250, 500, 1000, 2000, 4000, 8000, 15000, 15000}) {
      assertEquals(Duration.ofMillis(whole).dividedBy(2), least.next(Duration.ZERO));
      assertEquals(Duration.ofMillis(whole), most.next(Duration.ZERO));
    }
  }

  @Test
  void theServersDelayIsALowerBound() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 1.0);
    assertEquals(Duration.ofSeconds(2), backoff.next(Duration.ofSeconds(2)));
    assertEquals(Duration.ofMillis(500), backoff.next(Duration.ofMillis(20)));
  }

  @Test
  void beginsAnewAfterASuccess() {
    Backoff backoff = new Backoff(FIRST, LONGEST, () -> 1.0);
    for (int attempt = 0; attempt < 100; attempt++) {
      backoff.next(Duration.ZERO);
    }
    assertEquals(LONGEST, backoff.next(Duration.ZERO));
    backoff.reset();
    assertEquals(FIRST, backoff.next(Duration.ZERO));
  }
}
