// The local picture of one agent: replaced by snapshots, changed by events.

import { create } from "@bufbuild/protobuf";
import type { Event, Stale } from "./gen/gc/v1/event_pb.js";
import {
  type AgentInfo,
  type AgentStatus,
  type Dialog,
  type Snapshot,
  SnapshotSchema,
  type StaleReason,
  type SystemStatus,
} from "./gen/gc/v1/types_pb.js";

/** An agent as the events so far tell it. Never changed: each event makes a new one. */
export interface AgentView {
  readonly agentId: string;
  /** The session's epoch: another number means another session. */
  readonly epoch: bigint;
  /** The number of the last event that is part of it. */
  readonly sequence: bigint;
  /** The place in the stream after that event. */
  readonly cursor: string;
  /** Who the agent is. */
  readonly info: AgentInfo | undefined;
  /** The agent's state, with what it allows. */
  readonly status: AgentStatus | undefined;
  /** The open calls, oldest first, each with what the agent may do. */
  readonly dialogs: readonly Dialog[];
  /** Whether Finesse can be used. */
  readonly systemStatus: SystemStatus;
  /** Why the picture may be behind Finesse; undefined while it is current. */
  readonly stale: StaleReason | undefined;
}

/** The picture of a snapshot. */
export function fromSnapshot(snapshot: Snapshot): AgentView {
  const { agentId, epoch, sequence, cursor, info, status, dialogs, systemStatus, stale } = snapshot;
  return { agentId, epoch, sequence, cursor, info, status, dialogs, systemStatus, stale };
}

/** The snapshot of a picture. */
export function toSnapshot(view: AgentView): Snapshot {
  const { info, status, stale, dialogs, ...rest } = view;
  return create(SnapshotSchema, {
    ...rest,
    dialogs: [...dialogs],
    ...(info && { info }),
    ...(status && { status }),
    ...(stale !== undefined && { stale }),
  });
}

/** The picture after an event. */
export function afterEvent(view: AgentView, event: Event): AgentView {
  const { sequence, cursor, payload } = event;
  const after = { ...view, sequence, cursor };
  switch (payload.case) {
    case "systemStatus":
      return { ...after, systemStatus: payload.value.status };
    case "agentInfo":
      return { ...after, info: payload.value };
    case "agentStateChanged":
      return { ...after, status: payload.value.status ?? view.status };
    case "dialogOffered":
    case "dialogChanged":
      return { ...after, dialogs: withDialog(view.dialogs, payload.value.dialog) };
    case "dialogEnded":
      return { ...after, dialogs: view.dialogs.filter((dialog) => dialog.id !== payload.value.dialog?.id) };
    default:
      return after;
  }
}

/** The picture after a stale message. */
export function afterStale(view: AgentView, stale: Stale): AgentView {
  return { ...view, stale: stale.reason };
}

function withDialog(dialogs: readonly Dialog[], dialog: Dialog | undefined): readonly Dialog[] {
  if (!dialog) return dialogs;
  const known = dialogs.some((one) => one.id === dialog.id);
  return known ? dialogs.map((one) => (one.id === dialog.id ? dialog : one)) : [...dialogs, dialog];
}
