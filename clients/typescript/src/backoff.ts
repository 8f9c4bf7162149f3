// The delay before the next attempt, and waiting for it.

/** Delays that double, with jitter, so that many clients do not come back at the same moment. */
export class Backoff {
  #attempt = 0;

  /** `random` gives numbers of at least 0 and below 1. */
  constructor(
    private readonly limits: { readonly firstMs: number; readonly longestMs: number },
    private readonly random: () => number = Math.random,
  ) {}

  /** The delay before the next attempt: random between a half and the whole, and at least `leastMs`. */
  next(leastMs = 0): number {
    const whole = Math.min(this.limits.firstMs * 2 ** Math.min(this.#attempt++, 30), this.limits.longestMs);
    return Math.max(leastMs, whole * (0.5 + this.random() / 2));
  }

  /** Begins anew, after a success. */
  reset(): void {
    this.#attempt = 0;
  }
}

/** A signal that is aborted with any of others, until `unlink` is called; it keeps nothing of them alive after that. */
export function linked(...signals: (AbortSignal | undefined)[]): { controller: AbortController; unlink: () => void } {
  const controller = new AbortController();
  const given = signals.filter((signal) => signal !== undefined);
  const heard = given.map((signal) => ({ signal, listener: () => controller.abort(signal.reason) }));
  for (const { signal, listener } of heard) {
    if (signal.aborted) listener();
    else signal.addEventListener("abort", listener);
  }
  const unlink = () => {
    for (const { signal, listener } of heard) signal.removeEventListener("abort", listener);
  };
  return { controller, unlink };
}

/** Waits for a promise, and no longer when a signal is aborted. */
export async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const { controller, unlink } = linked(signal);
  const aborted = new Promise<void>((resolve) => {
    if (controller.signal.aborted) resolve();
    else controller.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    unlink();
  }
}

/** Waits; ends early when a signal is aborted. */
export function delay(ms: number, ...signals: (AbortSignal | undefined)[]): Promise<void> {
  const given = signals.filter((signal) => signal !== undefined);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const signal of given) signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    for (const signal of given) {
      if (signal.aborted) return done();
      signal.addEventListener("abort", done);
    }
  });
}
