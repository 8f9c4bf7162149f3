// The conformance runner without its surroundings: operations in, what the SDK said out. The protocol stands in clients/README.md.

import {
  fromJson,
  toJson,
  type DescMessage,
  type DescMethodUnary,
  type JsonValue,
  type MessageShape,
} from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import * as gc from "../src/index.js";

/** Makes a client; the transport is the caller's choice. */
export type Connect = (address: string, options: RunnerOptions) => gc.Client;

/** The options of an operation. */
export interface RunnerOptions {
  backoff_first_ms?: number;
  backoff_longest_ms?: number;
  connect_timeout_ms?: number;
  command_timeout_ms?: number;
  silence_timeout_ms?: number;
  event_buffer?: number;
  keepalive_ms?: number;
  keepalive_timeout_ms?: number;
  ca_pem?: string;
  metadata?: Record<string, string>;
  client_name?: string;
}

interface Operation {
  id: number;
  op: string;
  session?: string;
  address?: string;
  agent_id?: string;
  password?: string;
  options?: RunnerOptions;
  rpc?: string;
  request?: JsonValue;
  timeout_ms?: number;
  request_id?: string;
  expected_version?: string;
  wait?: keyof typeof gc.Wait | `WAIT_${keyof typeof gc.Wait}`;
  command?: number;
  api_key?: string;
  agents?: string[];
  teams?: string[];
  all?: boolean;
}

interface Open {
  client: gc.Client;
  of: gc.AgentSession | gc.Observer;
  gate: Gate;
}

/** The client options of an operation. */
export function clientOptions(options: RunnerOptions): gc.ClientOptions {
  const given: gc.ClientOptions = {};
  if (options.connect_timeout_ms !== undefined) given.connectTimeoutMs = options.connect_timeout_ms;
  if (options.command_timeout_ms !== undefined) given.commandTimeoutMs = options.command_timeout_ms;
  if (options.silence_timeout_ms !== undefined) given.silenceTimeoutMs = options.silence_timeout_ms;
  if (options.event_buffer !== undefined) given.eventBuffer = options.event_buffer;
  if (options.metadata !== undefined) given.metadata = options.metadata;
  if (options.client_name !== undefined) given.clientName = options.client_name;
  given.backoff = {
    ...(options.backoff_first_ms !== undefined && { firstMs: options.backoff_first_ms }),
    ...(options.backoff_longest_ms !== undefined && { longestMs: options.backoff_longest_ms }),
  };
  return given;
}

/** Services of an agent's session, by the names of their methods. */
const METHODS = new Map<string, DescMethodUnary>(
  [
    gc.AgentService,
    gc.CallService,
    gc.DialogService,
    gc.PhonebookService,
    gc.ReasonService,
    gc.SupervisorService,
    gc.SystemService,
  ]
    .flatMap((service) => service.methods)
    .map((method) => [method.name, method as DescMethodUnary]),
);

/** Carries operations out, and writes answers and items as lines. */
export class Runner {
  readonly #open = new Map<string, Open>();
  readonly #commands = new Map<number, AbortController>();

  constructor(
    private readonly connect: Connect,
    private readonly write: (line: string) => void,
  ) {}

  /** One line of input. Answers when the operation is done; operations run side by side. */
  async line(line: string): Promise<void> {
    const operation = JSON.parse(line) as Operation;
    try {
      this.#say({ id: operation.id, ok: await this.#carryOut(operation) });
    } catch (thrown) {
      this.#say({ id: operation.id, error: errorJson(thrown) });
    }
  }

  /** Closes everything. */
  async end(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ client }) => client.close()));
  }

  #say(value: unknown): void {
    this.write(JSON.stringify(value));
  }

  async #carryOut(operation: Operation): Promise<JsonValue> {
    const { session = "", address = "", options = {} } = operation;
    switch (operation.op) {
      case "open": {
        const client = this.connect(address, options);
        const of = await client.connect(operation.agent_id ?? "", operation.password ?? "");
        this.#follow(session, client, of);
        return { epoch: of.view.epoch.toString() };
      }
      case "observe": {
        const client = this.connect(address, options);
        const { api_key: apiKey = "", agents = [], teams = [], all = false } = operation;
        this.#follow(session, client, client.observe({ apiKey, agents, teams, all }));
        return {};
      }
      case "command":
        return this.#command(operation);
      case "view":
        return this.#view(operation);
      case "pause":
      case "resume":
        this.#at(session).gate.set(operation.op === "resume");
        return {};
      case "cancel":
        this.#commands.get(operation.command ?? 0)?.abort();
        return {};
      case "close":
        await this.#at(session).of.close();
        return {};
      case "hello": {
        const client = this.connect(address, options);
        const status = await client.hello();
        await client.close();
        return { status: `SYSTEM_STATUS_${gc.SystemStatus[status]}` };
      }
      default:
        throw new Error(`unknown operation ${operation.op}`);
    }
  }

  #at(session: string): Open {
    const open = this.#open.get(session);
    if (!open) throw new Error(`no session ${session}`);
    return open;
  }

  async #command(operation: Operation): Promise<JsonValue> {
    const { of } = this.#at(operation.session ?? "");
    const method = METHODS.get(operation.rpc ?? "");
    if (!method) throw new Error(`no command ${operation.rpc}`);
    const request = fromJson(method.input, operation.request ?? {}) as unknown as Record<string, unknown>;
    const parameters = method.input.fields
      .filter((field) => field.fieldKind !== "message" && !isLeftOut(field))
      .map((field) => request[field.localName]);
    const abort = new AbortController();
    const options: gc.CallOptions = { signal: abort.signal, request };
    if (operation.timeout_ms !== undefined) options.timeoutMs = operation.timeout_ms;
    if (operation.request_id !== undefined) options.requestId = operation.request_id;
    if (operation.expected_version !== undefined) options.expectedVersion = BigInt(operation.expected_version);
    if (operation.wait !== undefined)
      options.wait = gc.Wait[operation.wait.replace(/^WAIT_/, "") as keyof typeof gc.Wait];
    this.#commands.set(operation.id, abort);
    try {
      const call = (of as unknown as Record<string, (...given: unknown[]) => Promise<MessageShape<DescMessage>>>)[
        method.localName
      ];
      if (!call) throw new Error(`the session has no ${method.localName}`);
      return toJson(method.output, await call.call(of, ...parameters, options));
    } catch (thrown) {
      if (abort.signal.aborted) throw new Cancelled(operation.rpc ?? "");
      throw thrown;
    } finally {
      this.#commands.delete(operation.id);
    }
  }

  #view(operation: Operation): JsonValue {
    const { of } = this.#at(operation.session ?? "");
    const view = of instanceof gc.AgentSession ? of.view : of.views.get(operation.agent_id ?? "");
    const state = { connection: of.connection.state };
    return view ? { ...state, snapshot: toJson(gc.SnapshotSchema, gc.snapshotOf(view)) } : state;
  }

  #follow(session: string, client: gc.Client, of: gc.AgentSession | gc.Observer): void {
    const gate = new Gate();
    this.#open.set(session, { client, of, gate });
    void (async () => {
      for await (const item of of.events()) {
        await gate.open();
        const agent = "agentId" in item ? { agent_id: item.agentId } : {};
        this.#say({ session, ...agent, item: itemJson(item) });
      }
      this.#say({ session, end: {}, ...(of.cause && { error: errorJson(of.cause) }) });
      void client.close();
    })();
  }
}

/** Lets a consumer go on, or holds it. */
class Gate {
  #wait: Promise<void> | undefined;
  #go: () => void = () => undefined;

  set(open: boolean): void {
    if (open) {
      this.#go();
      this.#wait = undefined;
    } else {
      this.#wait ??= new Promise((resolve) => (this.#go = resolve));
    }
  }

  async open(): Promise<void> {
    await this.#wait;
  }
}

class Cancelled extends Error {}

function isLeftOut(field: DescMessage["fields"][number]): boolean {
  return field.name === "reason_code" || field.proto.proto3Optional;
}

function itemJson(item: gc.SessionItem | gc.ObserverItem): JsonValue {
  switch (item.kind) {
    case "snapshot":
      return { snapshot: toJson(gc.SnapshotSchema, item.snapshot) };
    case "event":
      return { event: toJson(gc.EventSchema, item.event) };
    case "reset":
      return { reset: toJson(gc.ResetSchema, item.reset) };
    case "stale":
      return { stale: toJson(gc.StaleSchema, item.stale) };
    case "attached":
      return { attached: toJson(gc.AgentAttachedSchema, item.attached) };
    case "detached":
      return { detached: toJson(gc.AgentDetachedSchema, item.detached) };
    case "connection": {
      const { state, error } = item.connection;
      return { connection: { state, ...(error && { error: errorJson(error) }) } };
    }
  }
}

function errorJson(thrown: unknown): JsonValue {
  if (thrown instanceof Cancelled) return { reason: "CANCELLED", command: thrown.message };
  if (!(thrown instanceof gc.GcError)) return { reason: "RUNNER", message: String(thrown) };
  const { finesse } = thrown;
  const word = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const code = Code[thrown.code].replace(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase();
  return {
    reason: thrown.reasonName,
    code: code === "CANCELED" ? "CANCELLED" : code,
    message: thrown.message,
    retry: `RETRY_${gc.Retry[thrown.retry]}`,
    retryable: thrown.retryable,
    retry_after_ms: thrown.retryAfterMs ?? 0,
    ...(finesse && {
      finesse: Object.fromEntries(Object.entries(finesse).map(([name, value]) => [word(name), value])),
    }),
    command: thrown.command,
    request_id: thrown.requestId,
  };
}
