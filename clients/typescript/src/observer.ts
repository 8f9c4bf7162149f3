// A service's view of many agents: one stream, a cursor and a picture for each of them.

import { create } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { Consumers } from "./consumer.js";
import { GcError } from "./errors.js";
import {
  type AgentDetached,
  AgentDetachedSchema,
  ResetReason,
  ResetSchema,
  type Stale,
  StaleSchema,
  type SubscribeResponse,
} from "./gen/gc/v1/event_pb.js";
import { type Connection, drainingOf, type ObserverItem } from "./items.js";
import type { Settings } from "./options.js";
import { keepSubscribed } from "./subscription.js";
import { afterEvent, afterStale, type AgentView, fromSnapshot, toSnapshot } from "./view.js";

/** How many cursors of agents that are not named a request may carry (`SubscribeRequest.resume`). */
const MOST_RESUMED = 2000;

/** Whom to watch, and by what right. */
export interface ObserveOptions {
  /** The service's API key. */
  apiKey: string;
  /** Login ids. */
  agents?: string[];
  /** Ids of teams whose agents are watched as they come and go. */
  teams?: string[];
  /** Every agent that the key may see. */
  all?: boolean;
}

/** Watches agents, and commands none. Made by `client.observe(…)`. */
export class Observer implements AsyncDisposable {
  readonly #consumers: Consumers<ObserverItem>;
  readonly #stop = new AbortController();
  readonly #views = new Map<string, AgentView>();
  readonly #running: Promise<void>;
  readonly #options: ObserveOptions;
  // What breaks the first attempt is told, too.
  #connection: Connection = { state: "CONNECTED" };
  #cause: GcError | undefined;

  /** @internal */
  constructor(
    transport: Transport,
    settings: Settings,
    options: ObserveOptions,
    private readonly gone: (observer: Observer) => void,
  ) {
    // Behind a #, it is not shown when the observer is printed: the key is in it.
    this.#options = options;
    this.#consumers = new Consumers(settings.eventBuffer);
    this.#running = this.#run(transport, settings);
  }

  /** The agents that have a session now, by login id. */
  get views(): ReadonlyMap<string, AgentView> {
    return this.#views;
  }

  /** How it is connected. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Why it ended by itself. */
  get cause(): GcError | undefined {
    return this.#cause;
  }

  /** What happens from now on, after a snapshot of each agent that is known. */
  events(options: { signal?: AbortSignal } = {}): AsyncIterableIterator<ObserverItem> {
    const picture = () =>
      [...this.#views.values()].map((view): ObserverItem => ({
        kind: "snapshot",
        agentId: view.agentId,
        snapshot: toSnapshot(view),
      }));
    const lost = (): ObserverItem[] => {
      const reason = ResetReason.CONSUMER_BEHIND;
      const reset = (agentId: string): ObserverItem => ({
        kind: "reset",
        agentId,
        reset: create(ResetSchema, { agentId, reason }),
      });
      return [...[...this.#views.keys()].map(reset), ...picture()];
    };
    return this.#consumers.open(picture(), lost, options.signal);
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.#end(undefined);
    await this.#running;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(transport: Transport, settings: Settings): Promise<void> {
    const { teams = [], all = false, apiKey } = this.#options;
    const agents = new Set(this.#options.agents);
    const owner = {
      request: () => {
        const select = (agentId: string) => {
          const cursor = this.#views.get(agentId)?.cursor;
          return cursor === undefined ? { agentId } : { agentId, cursor };
        };
        const others = [...this.#views.keys()].filter((agentId) => !agents.has(agentId));
        // The service takes no more cursors: the rest begins anew, and whoever reads is told.
        for (const agentId of others.splice(MOST_RESUMED)) {
          this.#detached(create(AgentDetachedSchema, { agentId, cause: "too many agents to go on with each" }));
        }
        return { agents: [...agents].map(select), teamIds: teams, all, resume: others.map(select) };
      },
      headers: () => ({ "x-api-key": apiKey }),
      connected: () => this.#connected({ state: "CONNECTED" }),
      message: (message: SubscribeResponse) => this.#message(message),
      broken: (error: GcError) => this.#connected({ state: "RECONNECTING", error }),
      recover: (error: GcError) => {
        const refused = error.ofService && error.metadata["retry"] === "NO";
        return refused ? Promise.reject(error) : Promise.resolve();
      },
    };
    try {
      await keepSubscribed(transport, settings, owner, this.#stop.signal);
    } catch (thrown) {
      this.#end(GcError.of(thrown));
    }
  }

  #message({ message }: SubscribeResponse): void {
    switch (message.case) {
      case "snapshot": {
        const { agentId } = message.value;
        this.#views.set(agentId, fromSnapshot(message.value));
        return this.#push({ kind: "snapshot", agentId, snapshot: message.value });
      }
      case "event": {
        const { agentId, sequence } = message.value;
        const view = this.#views.get(agentId);
        if (!view || sequence <= view.sequence) return;
        if (sequence !== view.sequence + 1n)
          throw new Error(`event ${sequence} of ${agentId} came after ${view.sequence}`);
        this.#views.set(agentId, afterEvent(view, message.value));
        return this.#push({ kind: "event", agentId, event: message.value });
      }
      case "resumed":
        // From here on the picture is current, unless a stale follows.
        if (this.#views.get(message.value.agentId)?.stale === undefined) return;
        return this.#stale(create(StaleSchema, { agentId: message.value.agentId }));
      case "reset":
        return this.#push({ kind: "reset", agentId: message.value.agentId, reset: message.value });
      case "stale":
        return this.#stale(message.value);
      case "agentAttached":
        return this.#push({ kind: "attached", agentId: message.value.agentId, attached: message.value });
      case "agentDetached":
        return this.#detached(message.value);
      case "draining":
        return this.#connected(drainingOf(message.value));
    }
  }

  #detached(detached: AgentDetached): void {
    const { agentId } = detached;
    this.#views.delete(agentId);
    this.#push({ kind: "detached", agentId, detached });
  }

  #stale(stale: Stale): void {
    const { agentId } = stale;
    const view = this.#views.get(agentId);
    if (view) this.#views.set(agentId, afterStale(view, stale));
    this.#push({ kind: "stale", agentId, stale });
  }

  #push(item: ObserverItem): void {
    this.#consumers.push(item, item.kind === "snapshot" || item.kind === "event" || item.kind === "stale");
  }

  #connected(connection: Connection): void {
    if (connection.state === this.#connection.state) return;
    this.#connection = connection;
    this.#push({ kind: "connection", connection });
  }

  #end(cause: GcError | undefined): void {
    if (this.#stop.signal.aborted) return;
    this.#cause = cause;
    this.#connected({ state: "CLOSED", ...(cause && { error: cause }) });
    this.#stop.abort();
    this.#consumers.end();
    this.gone(this);
  }
}
