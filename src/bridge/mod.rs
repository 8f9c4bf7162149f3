//! The legacy door: `Verb#id` text commands in, JSON events out.
//!
//! ```text
//!  bytes ─ line ─▶ text ─ message ─▶ verb, id, body ─ command::catalogue ─▶ Command ─ peer ─▶ session
//!  bytes ◀─────────────── json, errors ◀─ lines ◀─ events and replies ◀────────────── peer ◀─ session
//! ```
//!
//! All but the last two are pure. `peer` is a client without a socket, so that every transport behaves alike; `tcp`
//! is the transport of lines. For integrators the door is described in `docs/legacy.md`.

pub mod errors;
pub mod json;
pub mod line;
pub mod message;
pub mod style;
