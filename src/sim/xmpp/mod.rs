//! The notification service: XMPP as Finesse's Openfire speaks it.
//!
//! * [`framer`]: cuts a TCP stream into headers and stanzas, without IO
//! * [`framing`]: how a stream begins and ends on each transport
//! * [`stream`]: negotiation and stanzas of one connection, without IO
//! * [`tcp`], [`websocket`], [`bosh`]: the transports

pub mod bosh;
pub mod framer;
pub mod framing;
pub mod stream;
pub mod tcp;
pub mod websocket;

/// Largest stanza a client may send.
pub const MAX_STANZA: usize = 64 * 1024;
