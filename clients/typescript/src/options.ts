// What a client, and a call of a command, can be told.

import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import type { Wait } from "./gen/gc/v1/types_pb.js";

/** Settings of a client; all may be left out. */
export interface ClientOptions {
  /** Names the client in the service's logs. */
  clientName?: string;
  /** Headers of every call, for proxies. */
  metadata?: Record<string, string>;
  /** How long Connect and other calls without a session may take, and an event stream to its first message: 30 s. */
  connectTimeoutMs?: number;
  /** How long a command may take with all its attempts, unless its call says otherwise: 30 s, MobileAgentLogin 85 s. */
  commandTimeoutMs?: number;
  /** The delay before attempt n is random between a half and the whole of `min(first · 2ⁿ, longest)`: 250 ms, 15 s. */
  backoff?: { firstMs?: number; longestMs?: number };
  /** An event stream on which nothing came for so long is opened anew: 45 s, three of the service's heartbeats. */
  silenceTimeoutMs?: number;
  /** How many items may wait for one consumer of `events()` beside the picture it begins with: 1024, at least 1. */
  eventBuffer?: number;
}

/** What one call of a command can be told beside its parameters. */
export interface CallOptions<I extends DescMessage = DescMessage> {
  /** The id that makes a retry safe; a new UUID unless given. Commands that change something only. */
  requestId?: string;
  /** The version of the agent or call that the command is meant for; VERSION_MISMATCH when it has changed since. */
  expectedVersion?: bigint;
  /** What to wait for; the outcome, unless said otherwise. */
  wait?: Wait;
  /** How long it may take with all its attempts. */
  timeoutMs?: number;
  /** Gives the call up; what was sent takes its course. */
  signal?: AbortSignal;
  /** Fields of the request that are no parameters, such as `{ subscribe: false }` of GetTeamUsers. */
  request?: MessageInitShape<I>;
}

/** Settings with nothing left out. */
export interface Settings {
  readonly clientName: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  readonly commandTimeoutMs: number | undefined;
  readonly backoff: { readonly firstMs: number; readonly longestMs: number };
  readonly silenceTimeoutMs: number;
  readonly eventBuffer: number;
  /**
   * Whether the way to the service may send a call twice without telling: browsers do, when a connection that they kept
   * turns out to be closed.
   */
  readonly repeats: boolean;
}

/** The settings that options stand for. */
export function settings(options: ClientOptions, repeats: boolean): Settings {
  return {
    clientName: options.clientName ?? "",
    metadata: { ...options.metadata },
    connectTimeoutMs: options.connectTimeoutMs ?? 30_000,
    commandTimeoutMs: options.commandTimeoutMs,
    backoff: {
      firstMs: options.backoff?.firstMs ?? 250,
      longestMs: options.backoff?.longestMs ?? 15_000,
    },
    silenceTimeoutMs: options.silenceTimeoutMs ?? 45_000,
    // Below two, the mark of a loss and what replaces it would not fit.
    eventBuffer: Math.max(1, options.eventBuffer ?? 1024),
    repeats,
  };
}
