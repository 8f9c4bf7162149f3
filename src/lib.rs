//! Generic Connector: a typed gRPC door and a legacy text door in front of Cisco Finesse, with an embedded simulator.
//!
//! ```text
//!      typed clients (gRPC)                  legacy desktops ('#' commands, JSON events)
//!              │                                         │ TCP line
//!              ▼                                         ▼
//!          [`grpc`]                                  [`bridge`]
//!              │  request → Command                      │  text → Command
//!              └───────────────────┬─────────────────────┘
//!                                  ▼
//!                             [`command`]          one type per command, parsed and validated once
//!                                  ▼
//!                             [`session`]          one actor per agent: state, journal, fan-out, outcomes
//!                                  ▼
//!                             [`finesse`]          REST and XML out, XMPP notifications in
//!                                  ▼
//!                    Cisco Finesse, or [`sim`], which speaks the same wire
//! ```
//!
//! Events run the other way: finesse → session (sequence, journal) → grpc and bridge.
//! [`model`] lies under all of them: the nouns, without IO, serde or prost.

mod addresses;
pub mod app;
pub mod bridge;
pub mod command;
pub mod config;
pub mod finesse;
pub mod grpc;
pub mod model;
pub mod pb;
pub mod session;
pub mod shutdown;
pub mod sim;
pub mod telemetry;
