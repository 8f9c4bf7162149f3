// What programs need that were given a client: types, errors, items, and the generated messages.

export { Client } from "./client.js";
export type { Password } from "./connector.js";
export { type FinesseError, GcError } from "./errors.js";
export type { Connection, ConnectionState, ObserverItem, SessionItem } from "./items.js";
export { type ObserveOptions, Observer } from "./observer.js";
export type { CallOptions, ClientOptions } from "./options.js";
export { AgentSession } from "./session.js";
export { type AgentView, toSnapshot as snapshotOf } from "./view.js";
export * from "./gen/gc/v1/agent_pb.js";
export * from "./gen/gc/v1/call_pb.js";
export * from "./gen/gc/v1/dialog_pb.js";
export * from "./gen/gc/v1/error_pb.js";
export * from "./gen/gc/v1/event_pb.js";
export * from "./gen/gc/v1/phonebook_pb.js";
export * from "./gen/gc/v1/reason_pb.js";
export * from "./gen/gc/v1/supervisor_pb.js";
export * from "./gen/gc/v1/system_pb.js";
export * from "./gen/gc/v1/types_pb.js";
export { Retry } from "./gen/gc/v1/options_pb.js";
