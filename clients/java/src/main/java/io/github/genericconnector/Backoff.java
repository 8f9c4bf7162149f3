// The delay before the next attempt.

package io.github.genericconnector;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Delays that double, with jitter, so that many clients do not come back at the same moment. */
final class Backoff {
  private final double first;
  private final double longest;
  private final DoubleSupplier random;
  private int attempt;

  /** {@code random} gives numbers of at least 0 and below 1. */
  Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first.toNanos();
    this.longest = longest.toNanos();
    this.random = random;
  }

  /**
   * The delay before the next attempt: random between a half and the whole, and at least {@code
   * least}.
   */
  Duration next(Duration least) {
    double whole = Math.min(first * Math.pow(2, Math.min(attempt++, 30)), longest);
    Duration delay = Duration.ofNanos((long) (whole * (0.5 + random.getAsDouble() / 2)));
    return delay.compareTo(least) > 0 ? delay : least;
  }

  /** Begins anew, after a success. */
  void reset() {
    attempt = 0;
  }
}
