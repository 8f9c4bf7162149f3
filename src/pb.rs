//! The code that `build.rs` generates from `proto/`: messages, clients and servers of `gc.v1`.
//!
//! Only the doors and `command` name these types; all that is below speaks in the nouns of `model`.

#![allow(missing_docs, clippy::all, clippy::pedantic, unused_qualifications)]

pub mod codec;
mod shared;

pub use shared::SharedEvent;

include!(concat!(env!("OUT_DIR"), "/gc.v1.rs"));
include!(concat!(env!("OUT_DIR"), "/redact.rs"));

/// The compiled protos with comments and custom options, for reflection and for the catalogue's tests.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
