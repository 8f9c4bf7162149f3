// A client: one service, its transport, and the sessions made with it.

import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import type { Interceptor, Transport } from "@connectrpc/connect";
import type { Password } from "./connector.js";
import { closed, GcError } from "./errors.js";
import { HelloRequestSchema, SystemService } from "./gen/gc/v1/system_pb.js";
import type { SystemStatus } from "./gen/gc/v1/types_pb.js";
import { type ObserveOptions, Observer } from "./observer.js";
import type { ClientOptions, Settings } from "./options.js";
import { settings } from "./options.js";
import { AgentSession } from "./session.js";

/** A service, and what was opened with it. Made by `createClient` of `./node` or `./web`; making one connects to nothing. */
export class Client implements AsyncDisposable {
  readonly #transport: Transport;
  readonly #settings: Settings;
  readonly #opened = new Set<{ close(): Promise<void> }>();
  #closed = false;

  /** `release` lets go of the transport; `repeats` says that it may send a call twice without telling. */
  constructor(
    transport: Transport,
    options: ClientOptions = {},
    private readonly release: () => void = () => undefined,
    repeats = false,
  ) {
    this.#transport = transport;
    this.#settings = settings(options, repeats);
  }

  /**
   * Connects an agent: one attempt. The password stays in memory for later Connects, for example after a restart of the
   * service; a function is asked each time.
   */
  async connect(agentId: string, password: Password, options: { signal?: AbortSignal } = {}): Promise<AgentSession> {
    const gone = (session: AgentSession) => this.#opened.delete(session);
    if (this.#closed) throw closed("Connect");
    const session = await AgentSession.open(this.#transport, this.#settings, agentId, password, options.signal, gone);
    this.#opened.add(session);
    if (!this.#closed) return session;
    await session.close();
    throw closed("Connect");
  }

  /** Watches agents with an API key: for services, without commands. */
  observe(options: ObserveOptions): Observer {
    const gone = (observer: Observer) => this.#opened.delete(observer);
    const observer = new Observer(this.#transport, this.#settings, options, gone);
    this.#opened.add(observer);
    if (this.#closed) void observer.close();
    return observer;
  }

  /** Whether Finesse can be used; needs no credentials. */
  async hello(options: { signal?: AbortSignal } = {}): Promise<SystemStatus> {
    const request = create(HelloRequestSchema, { clientName: this.#settings.clientName });
    return (await this.#ask(SystemService.method.hello, request, options.signal)).status;
  }

  /** Closes what was opened, and then the transport. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#opened].map((one) => one.close()));
    this.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #ask<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    signal: AbortSignal | undefined,
  ): Promise<MessageShape<O>> {
    try {
      return (await this.#transport.unary(method, signal, this.#settings.connectTimeoutMs, undefined, request)).message;
    } catch (thrown) {
      signal?.throwIfAborted();
      throw GcError.of(thrown, method.name);
    }
  }
}

/** Adds headers to every call. */
export function withMetadata(metadata: Record<string, string> | undefined): Interceptor[] {
  if (!metadata) return [];
  return [
    (next) => (request) => {
      for (const [name, value] of Object.entries(metadata)) request.header.set(name, value);
      return next(request);
    },
  ];
}

/** The URL of an address: `host:port` alone means TLS. */
export function urlOf(address: string): string {
  return address.includes("://") ? address : `https://${address}`;
}
