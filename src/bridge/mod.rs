//! The legacy door: `Verb#id` text commands in, events out, as JSON or as tokens.
//!
//! ```text
//!  bytes ─ line ─▶ text ─ message ─▶ verb, id, body ─ command::catalogue ─▶ Command ─ peer ─▶ session
//!  bytes ◀─ json, hash, errors ◀─ lines ◀─ said ◀─ binding ◀─ events and replies ◀─ peer ◀─── session
//! ```
//!
//! [`line`] and [`message`] take input apart; [`lines`] says what is said when ([`say`]), [`json`], [`hash`] and
//! [`errors`] how it is written, [`style`] with which of the configured choices; all of these are pure. [`peer`] is a client without a
//! socket, so that every transport behaves alike; `binding` is one agent of it, `said` what it was told last. [`pump`] drives
//! it over a connection, whose bytes, frames or messages are the business of [`tcp`], [`websocket`] and [`exchange`].
//! [`sender`] and [`usage`] count who still uses the door, [`migration`] tells it, and [`store`] keeps what is to survive a restart.
//! [`capture`] makes what another connector says fit to be written down.
//! For integrators the door is described in `docs/legacy.md`.

mod binding;
mod calls;
pub mod capture;
pub mod errors;
pub mod exchange;
mod flood;
pub mod frames;
pub mod hash;
pub mod json;
pub mod line;
pub mod lines;
pub mod message;
pub mod migration;
pub mod peer;
pub mod pump;
mod said;
pub mod say;
pub mod sender;
pub mod stomp;
pub mod store;
pub mod style;
pub mod tcp;
pub mod usage;
pub mod websocket;
