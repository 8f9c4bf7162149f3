// What `events()` gives.

import type { GcError } from "./errors.js";
import type { AgentAttached, AgentDetached, Draining, Event, Reset, Stale } from "./gen/gc/v1/event_pb.js";
import type { Snapshot } from "./gen/gc/v1/types_pb.js";

/**
 * How a session or an observer is connected. RECONNECTING: the stream broke, and is being opened anew. DRAINING: still
 * connected, but the service is about to stop.
 */
export type ConnectionState = "CONNECTED" | "RECONNECTING" | "DRAINING" | "CLOSED";

/** How a session or an observer is connected, and since which trouble. */
export interface Connection {
  readonly state: ConnectionState;
  /** What broke the stream, or ended the session. */
  readonly error?: GcError;
  /** When the service stops at the latest; with DRAINING. */
  readonly deadline?: Date;
}

/** What a notice of the service's end says of the connection. */
export function drainingOf({ deadline }: Draining): Connection {
  return {
    state: "DRAINING",
    ...(deadline && { deadline: new Date(Number(deadline.seconds) * 1000 + deadline.nanos / 1e6) }),
  };
}

/** One item of a session's `events()`. */
export type SessionItem =
  /** The whole picture: first, and after each reset. All that was known is replaced. */
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  /** A numbered event, once. */
  | { readonly kind: "event"; readonly event: Event }
  /** Events were missed and can't be had again; a snapshot follows. */
  | { readonly kind: "reset"; readonly reset: Reset }
  /** The picture may be behind Finesse, or (without a reason) is current again. */
  | { readonly kind: "stale"; readonly stale: Stale }
  /** The connection's state changed. */
  | { readonly kind: "connection"; readonly connection: Connection };

/** One item of an observer's `events()`. */
export type ObserverItem =
  | (Exclude<SessionItem, { kind: "connection" }> & { readonly agentId: string })
  | Extract<SessionItem, { kind: "connection" }>
  /** The agent got a session; its snapshot follows. */
  | { readonly kind: "attached"; readonly agentId: string; readonly attached: AgentAttached }
  /** The agent's session ended. */
  | { readonly kind: "detached"; readonly agentId: string; readonly detached: AgentDetached };
