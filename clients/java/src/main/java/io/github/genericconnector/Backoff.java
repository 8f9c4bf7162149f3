package io.github.genericconnector;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Delays that double, with jitter, so that many clients do not come back at the same moment. */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private int attempt;

  /** {@code random} gives numbers of at least 0 and below 1. */
  Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** The delay before the next attempt: random between a half and the whole, and at least as asked. */
  Duration next(Optional<Duration> least) {
    double whole = Math.min(first.toNanos() * Math.pow(2, Math.min(attempt++, 30)), longest.toNanos());
    Duration delay = Duration.ofNanos((long) (whole * (0.5 + random.getAsDouble() / 2)));
    return least.filter(asked -> asked.compareTo(delay) > 0).orElse(delay);
  }

  /** Begins anew, after a success. */
  void reset() {
    attempt = 0;
  }
}
