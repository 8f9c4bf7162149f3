// One consumer of `events()`: a bounded queue between the session, which never waits, and a `for await` loop.

/** The items of one `events()`, to be iterated once. */
export class Consumer<T> implements AsyncIterableIterator<T> {
  #items: T[];
  /** How many may wait: the picture, and `limit` items beside it. */
  #room: number;
  #ended = false;
  #wake: (() => void)[] = [];

  /**
   * Begins with `first`. When more than `limit` items wait beside that they are dropped for those of `instead`, which say
   * so and hold the whole picture. `gone` is called when it takes nothing any more.
   */
  constructor(
    first: T[],
    private readonly limit: number,
    private readonly instead: () => T[],
    private readonly gone: (consumer: Consumer<T>) => void,
  ) {
    this.#items = [...first];
    this.#room = limit + first.length;
  }

  /** Adds an item. `pictured` says that `instead` holds what the item tells. */
  push(item: T, pictured: boolean): void {
    if (this.#ended) return;
    if (this.#items.length >= this.#room) {
      this.#items = this.instead();
      this.#room = this.limit + this.#items.length;
      if (!pictured) this.#items.push(item);
    } else {
      this.#items.push(item);
    }
    this.#wakeAll();
  }

  /** Ends the iteration after what waits. */
  end(): void {
    this.#ended = true;
    this.gone(this);
    this.#wakeAll();
  }

  async next(): Promise<IteratorResult<T>> {
    while (this.#items.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    const item = this.#items.shift();
    return item === undefined ? { done: true, value: undefined } : { done: false, value: item };
  }

  return(): Promise<IteratorResult<T>> {
    this.#items = [];
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const one of wake) one();
  }
}

/** All consumers of a session or an observer. */
export class Consumers<T> {
  readonly #open = new Set<Consumer<T>>();
  #over = false;

  constructor(private readonly limit: number) {}

  /** A consumer that begins with `first`; see {@link Consumer}. */
  open(first: T[], instead: () => T[], signal?: AbortSignal): Consumer<T> {
    const leave = () => void consumer.return();
    const consumer = new Consumer<T>(first, this.limit, instead, (gone) => {
      this.#open.delete(gone);
      signal?.removeEventListener("abort", leave);
    });
    if (this.#over) consumer.end();
    else this.#open.add(consumer);
    if (signal?.aborted) leave();
    else signal?.addEventListener("abort", leave);
    return consumer;
  }

  push(item: T, pictured: boolean): void {
    for (const consumer of this.#open) consumer.push(item, pictured);
  }

  /** Ends all, now and later, each after what waits for it. */
  end(): void {
    this.#over = true;
    for (const consumer of this.#open) consumer.end();
  }
}
