// An agent's session: its commands, its events, its picture, and the stream behind them that mends itself.

import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { type Consumer, Consumers } from "./consumer.js";
import { Backoff, delay, linked, orAborted } from "./backoff.js";
import { Connector, type Password } from "./connector.js";
import { closed, GcError } from "./errors.js";
import { AgentCommands } from "./gen/commands.js";
import { AgentService, type ConnectResponse } from "./gen/gc/v1/agent_pb.js";
import { ResetReason, ResetSchema, type Stale, StaleSchema, type SubscribeResponse } from "./gen/gc/v1/event_pb.js";
import { type GetTeamUsersRequest, SupervisorService } from "./gen/gc/v1/supervisor_pb.js";
import type { AgentInfo, Capabilities } from "./gen/gc/v1/types_pb.js";
import { carryOut } from "./invoke.js";
import { type Connection, drainingOf, type SessionItem } from "./items.js";
import type { CallOptions, Settings } from "./options.js";
import { keepSubscribed } from "./subscription.js";
import { afterEvent, afterStale, type AgentView, fromSnapshot, toSnapshot } from "./view.js";

/** How long a reply waits for the picture to reach it. */
const PICTURE_MS = 1000;
/** How long close() waits for the service. */
const DISCONNECT_MS = 2000;

/** An agent, connected. Made by `client.connect(…)`. */
export class AgentSession extends AgentCommands implements AsyncDisposable {
  readonly #transport: Transport;
  readonly #settings: Settings;
  readonly #connector: Connector;
  readonly #consumers: Consumers<SessionItem>;
  readonly #stop = new AbortController();
  readonly #teams = new Map<string, GetTeamUsersRequest>();
  #waiting: { sequence: bigint; resolve: () => void }[] = [];
  #view: AgentView;
  #connection: Connection = { state: "CONNECTED" };
  #cause: GcError | undefined;
  readonly #running: Promise<void>;
  #token = "";
  #closing: Promise<void> | undefined;

  private constructor(
    transport: Transport,
    settings: Settings,
    connector: Connector,
    first: ConnectResponse,
    private readonly gone: (session: AgentSession) => void,
  ) {
    super();
    this.#transport = transport;
    this.#settings = settings;
    this.#connector = connector;
    this.#consumers = new Consumers(settings.eventBuffer);
    this.#view = pictureOf(first);
    this.#running = this.#run();
  }

  /** @internal */
  static async open(
    transport: Transport,
    settings: Settings,
    agentId: string,
    password: Password,
    signal: AbortSignal | undefined,
    gone: (session: AgentSession) => void,
  ): Promise<AgentSession> {
    const connector = new Connector(transport, settings, agentId, password, (error) => session.#end(error));
    const session = new AgentSession(transport, settings, connector, await connector.connect(signal), gone);
    return session;
  }

  /** The login id, as Finesse spells it. */
  get agentId(): string {
    return this.#view.agentId;
  }

  /** Who the agent was at the last Connect; `view.info` follows changes. */
  get profile(): AgentInfo | undefined {
    return this.#connector.reply.profile;
  }

  /** What this deployment can do. */
  get capabilities(): Capabilities | undefined {
    return this.#connector.reply.capabilities;
  }

  /** The agent now: each event is in it before `events()` gives it. */
  get view(): AgentView {
    return this.#view;
  }

  /** How the session is connected. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Why the session ended by itself; undefined while it lives, and after `close()`. */
  get cause(): GcError | undefined {
    return this.#cause;
  }

  /**
   * What happens from now on, after a snapshot of what is. Any number of loops may run side by side; leaving one, or
   * aborting the signal, ends that one. Ends with the session.
   */
  events(options: { signal?: AbortSignal } = {}): AsyncIterableIterator<SessionItem> {
    return this.#open(options.signal);
  }

  #open(signal?: AbortSignal): Consumer<SessionItem> {
    const picture = (): SessionItem => ({ kind: "snapshot", snapshot: toSnapshot(this.#view) });
    const lost = (): SessionItem[] => {
      const reset = create(ResetSchema, { agentId: this.agentId, reason: ResetReason.CONSUMER_BEHIND });
      return [{ kind: "reset", reset }, picture()];
    };
    return this.#consumers.open([picture()], lost, signal);
  }

  /** Ends the session here: signs nobody out, and lets loops over `events()` read what waits for them. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const over = this.#stop.signal.aborted;
    this.#halt(undefined);
    await this.#running;
    if (over) return;
    try {
      const signal = AbortSignal.timeout(DISCONNECT_MS);
      await this.#transport.unary(AgentService.method.disconnect, signal, DISCONNECT_MS, this.#connector.headers(), {});
    } catch {
      // A token that is not ended here ends by itself.
    }
    this.#over();
  }

  protected override async invoke<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options: CallOptions<I> = {},
  ): Promise<MessageShape<O>> {
    const lost = (requestId: string) => this.#cause ?? closed(method.name, requestId);
    const reply = await carryOut(
      this.#transport,
      this.#settings,
      this.#connector,
      this.#stop.signal,
      lost,
      method,
      request,
      options,
    );
    if (method === (SupervisorService.method.getTeamUsers as unknown)) {
      this.#remember(create(method.input, request) as unknown as GetTeamUsersRequest);
    }
    if ("asOfSequence" in reply) await this.#reached(reply.asOfSequence as bigint, options.signal);
    return reply;
  }

  #remember(request: GetTeamUsersRequest): void {
    if (request.subscribe === false) this.#teams.delete(request.teamId);
    else this.#teams.set(request.teamId, request);
  }

  /** Waits until the picture holds what a reply took into account, if it does soon. */
  async #reached(sequence: bigint, signal: AbortSignal | undefined): Promise<void> {
    const connected = this.#connection.state === "CONNECTED" || this.#connection.state === "DRAINING";
    if (this.#view.sequence >= sequence || !connected || this.#view.epoch !== this.#connector.reply.epoch) return;
    const { controller, unlink } = linked(signal);
    const one = { sequence, resolve: () => controller.abort() };
    this.#waiting.push(one);
    await delay(PICTURE_MS, controller.signal);
    unlink();
    this.#waiting = this.#waiting.filter((waits) => waits !== one);
  }

  #wake(all: boolean): void {
    const ready = (one: { sequence: bigint }) => all || one.sequence <= this.#view.sequence;
    const wake = this.#waiting.filter(ready);
    if (wake.length === 0) return;
    this.#waiting = this.#waiting.filter((one) => !ready(one));
    for (const one of wake) one.resolve();
  }

  async #run(): Promise<void> {
    const owner = {
      request: () => ({ agents: [{ agentId: "", cursor: this.#view.cursor }] }),
      headers: () => {
        this.#token = this.#connector.reply.token;
        return this.#connector.headers();
      },
      connected: () => this.#connected({ state: "CONNECTED" }),
      message: (message: SubscribeResponse) => this.#message(message),
      broken: (error: GcError) => this.#connected({ state: "RECONNECTING", error }),
      recover: (error: GcError) => this.#recover(error),
    };
    try {
      await keepSubscribed(this.#transport, this.#settings, owner, this.#stop.signal);
    } catch (thrown) {
      this.#end(GcError.of(thrown));
    }
  }

  async #recover(error: GcError): Promise<void> {
    // The session may be closed meanwhile, and the program's function for the password may never answer.
    const { signal } = this.#stop;
    if (this.#connector.isRefused(error)) await orAborted(this.#connector.again(this.#token, signal), signal);
  }

  /** Subscribes to a team that the program watches in the session of an epoch, as often as it takes: another session knows
   * nothing of it. */
  async #watchTeam(request: GetTeamUsersRequest, epoch: bigint): Promise<void> {
    const backoff = new Backoff(this.#settings.backoff);
    const { signal } = this.#stop;
    const watched = () => this.#teams.get(request.teamId) === request && this.#connector.reply.epoch === epoch;
    while (!signal.aborted && watched()) {
      try {
        await this.invoke(SupervisorService.method.getTeamUsers, request);
        return;
      } catch (thrown) {
        const error = GcError.of(thrown);
        // Refused for good: the team is not the program's to watch any more.
        if (!error.retryable && watched()) this.#teams.delete(request.teamId);
        else await delay(backoff.next(error.retryAfterMs), signal);
      }
    }
  }

  #message({ message }: SubscribeResponse): void {
    switch (message.case) {
      case "snapshot":
        if (message.value.epoch !== this.#view.epoch) {
          for (const team of this.#teams.values()) void this.#watchTeam(team, message.value.epoch);
        }
        this.#view = fromSnapshot(message.value);
        this.#push({ kind: "snapshot", snapshot: message.value });
        break;
      case "resumed":
        // From here on the picture is current, unless a stale follows.
        if (this.#view.stale !== undefined) this.#stale(create(StaleSchema, { agentId: this.agentId }));
        break;
      case "event": {
        const { sequence } = message.value;
        if (sequence <= this.#view.sequence) return;
        if (sequence !== this.#view.sequence + 1n)
          throw new Error(`event ${sequence} came after ${this.#view.sequence}`);
        this.#view = afterEvent(this.#view, message.value);
        this.#push({ kind: "event", event: message.value });
        break;
      }
      case "reset":
        this.#push({ kind: "reset", reset: message.value });
        break;
      case "stale":
        this.#stale(message.value);
        break;
      case "draining":
        this.#connected(drainingOf(message.value));
        break;
    }
  }

  #stale(stale: Stale): void {
    this.#view = afterStale(this.#view, stale);
    this.#push({ kind: "stale", stale });
  }

  #push(item: SessionItem): void {
    this.#consumers.push(item, item.kind !== "connection" && item.kind !== "reset");
    this.#wake(false);
  }

  #connected(connection: Connection): void {
    if (connection.state === this.#connection.state) return;
    this.#connection = connection;
    this.#push({ kind: "connection", connection });
    if (connection.state === "RECONNECTING") this.#wake(true);
  }

  /** The session can't go on. */
  #end(cause: GcError): void {
    if (this.#stop.signal.aborted) return;
    this.#halt(cause);
    this.#over();
  }

  /** Stops stream and commands. */
  #halt(cause: GcError | undefined): void {
    if (this.#stop.signal.aborted) return;
    this.#cause = cause;
    this.#connected({ state: "CLOSED", ...(cause && { error: cause }) });
    this.#stop.abort();
    this.#wake(true);
    this.#connector.forget();
  }

  /** Ends the consumers: a program whose loop has ended may let go of the client. */
  #over(): void {
    this.#consumers.end();
    this.gone(this);
  }
}

function pictureOf(reply: ConnectResponse): AgentView {
  if (!reply.snapshot) throw new Error("the service's Connect gave no snapshot");
  return fromSnapshot(reply.snapshot);
}
