//! The legacy door behind the site's own ActiveMQ, as a client of it that speaks STOMP 1.2.
//!
//! ```text
//!  queue ─ socket ─ frame ─▶ acceptance ─ link ─▶ door ─▶ peer ─▶ sessions
//!  topics ◀─ socket ◀─ frame ◀── outbox ◀─ link ◀─ door ◀─ peer ◀─ sessions
//! ```
//!
//! [`frame`] and [`acceptance`] are sans-IO. [`link`] keeps a connection to one broker of the list, [`outbox`] holds what is
//! owed to desktops while there is none, [`door`] decides which commands are carried out.

pub mod acceptance;
pub mod destination;
pub mod door;
pub mod frame;
mod happening;
mod link;
pub mod options;
pub mod outbox;
mod session;
pub mod socket;

use secrecy::SecretString;

use crate::model::Timestamp;

pub use happening::{Happening, Happenings};
pub use link::start;
pub use options::{Broker, Options};
pub use outbox::Outbox;

/// A command as a message carried it.
#[derive(Clone, Debug)]
pub struct Command {
    /// The JMSType, `Verb#id`.
    pub kind: String,
    /// The body; empty for none.
    pub body: Result<SecretString, BodyFault>,
    /// When its sender sent it, by the sender's clock; none if the message does not say.
    pub sent_at: Option<Timestamp>,
    /// Whether another process may have carried it out.
    pub doubtful: bool,
}

/// Why a body is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    /// It is longer than a command may be.
    #[error("the message is too long")]
    TooLong,
    /// It is no UTF-8.
    #[error("the message is no text")]
    NotText,
}
