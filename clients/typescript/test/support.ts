// What the tests share: a service, a way to it that can be cut, and waiting for facts with a deadline.

import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import { type AgentSession, AgentState, type SessionItem } from "../src/index.js";
import type { Service } from "../src/testing/index.js";

/** How long a fact may take to come. */
export const LIMIT_MS = 10_000;

/** Waits for a promise, for so long at most. */
export async function within<T>(what: string, promise: Promise<T>, ms = LIMIT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A consumer of a session that keeps what it was given. */
export class Log {
  readonly items: SessionItem[] = [];
  /** Fulfilled when `events()` has ended. */
  readonly ended: Promise<void>;
  #heard: () => void = () => undefined;
  #from = 0;

  constructor(readonly session: AgentSession) {
    this.ended = this.#read(session.events());
  }

  async #read(items: AsyncIterable<SessionItem>): Promise<void> {
    for await (const item of items) {
      this.items.push(item);
      this.#heard();
    }
  }

  /** The first item after the last one found for which `is` holds. */
  find(what: string, is: (item: SessionItem) => boolean): Promise<SessionItem> {
    const search = async () => {
      for (;;) {
        const found = this.items.findIndex((item, at) => at >= this.#from && is(item));
        if (found >= 0) {
          this.#from = found + 1;
          return this.items[found] as SessionItem;
        }
        await new Promise<void>((resolve) => (this.#heard = resolve));
      }
    };
    return within(what, search());
  }

  /** The next event of a kind. */
  event(payload: string): Promise<SessionItem> {
    return this.find(payload, (item) => item.kind === "event" && item.event.payload.case === payload);
  }

  /** The next event by which the agent is in a state. */
  state(state: AgentState): Promise<SessionItem> {
    return this.find(AgentState[state], (item) => {
      if (item.kind !== "event" || item.event.payload.case !== "agentStateChanged") return false;
      return item.event.payload.value.status?.state === state;
    });
  }

  /** The next change of the connection to a state. */
  connection(state: string): Promise<SessionItem> {
    return this.find(state, (item) => item.kind === "connection" && item.connection.state === state);
  }

  /** The numbers of the events so far. */
  get sequences(): bigint[] {
    return this.items.flatMap((item) => (item.kind === "event" ? [item.event.sequence] : []));
  }
}

/** Whether numbers follow each other without a hole. */
export function consecutive(numbers: bigint[]): boolean {
  return numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0n) + 1n);
}

/** A way to a service that can be cut. */
export class Proxy implements AsyncDisposable {
  readonly #sockets = new Set<Socket>();
  #refuses = false;

  private constructor(
    private readonly server: Server,
    private readonly target: () => string,
  ) {}

  static async to(service: Service): Promise<Proxy> {
    const server = createServer((socket) => proxy.#join(socket));
    const proxy = new Proxy(server, () => service.address);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resets all connections, and new ones too until `pass`. */
  cut(): void {
    this.#refuses = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** New connections are let through. */
  pass(): void {
    this.#refuses = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #join(inner: Socket): void {
    if (this.#refuses) return void inner.resetAndDestroy();
    const { hostname, port } = new URL(this.target());
    const outer = connect(Number(port), hostname);
    for (const [one, other] of [[inner, outer] as const, [outer, inner] as const]) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
