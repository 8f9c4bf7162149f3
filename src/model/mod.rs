//! The nouns of the field: agents, dialogs, reasons, teams, events and errors. No IO, no serde, no prost.
//!
//! Everything above this module speaks in these types; each wire (gRPC, legacy JSON, Finesse XML) converts beside
//! itself. Newtypes parse: a value of one of them has been checked.

pub mod agent;
pub mod dialog;
pub mod error;
pub mod event;
pub mod id;
pub mod phone_book;
pub mod queue;
pub mod reason;
pub mod reply;
pub mod system;
pub mod team;

pub use error::{Error, Reason};
pub use jiff::Timestamp;

/// A text of an object or an identifier. Up to 23 bytes it needs no allocation, and a copy of it never does.
pub use smol_str::SmolStr as Text;
