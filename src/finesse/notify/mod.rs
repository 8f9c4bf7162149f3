//! Notifications: an XMPP connection per agent, and the `Update` payloads it carries.
//!
//! [`Link`] keeps one connection open (SystemInfo, connect, negotiate, ping, reconnect) and passes on what comes. Under it
//! lie a socket (`socket`), the protocol without one (`stream`, `words`, `watch`, `framer`, `stanza`), and the payload (`update`).

pub mod effect;
pub mod framer;
mod link;
mod node;
mod socket;
mod stanza;
pub mod stream;
#[cfg(test)]
mod tests;
mod update;
pub mod watch;
#[cfg(test)]
mod watch_tests;
mod words;

use std::time::Duration;

pub use link::Link;
pub use node::Node;
pub use update::{Data, Source, Update, UpdateEvent, parse_update};

use crate::model::Error;

/// What a link tells its session.
#[derive(Debug)]
pub enum LinkEvent {
    /// Notifications come from now on; what changed before must be read by REST.
    Up {
        /// The full JID.
        jid: String,
    },
    /// The connection is lost, or could not be made; another attempt follows.
    Down {
        /// Why.
        why: DownReason,
        /// When the next attempt is made.
        retry_in: Duration,
    },
    /// Finesse refuses the password. The link has ended: trying again would lock the account.
    Refused(Error),
    /// Another session has taken this one's place. The link has ended: it does not fight.
    Conflict,
    /// Something changed.
    Notification(Box<Notification>),
    /// The server has taken the subscription to a node: what changed there before must be read by REST.
    Watching {
        /// The node.
        node: Node,
    },
    /// The server refuses the subscription, or did not answer it in time. It is asked again after the next
    /// [`LinkEvent::Up`] and by the next [`Link::watch`].
    NotWatching {
        /// The node.
        node: Node,
        /// Why, in the server's word where it gave one.
        why: String,
    },
    /// A stanza or a notification was dropped, for it was unreadable or too large.
    Skipped {
        /// What was wrong with it.
        why: &'static str,
    },
}

/// One published item.
#[derive(Debug, PartialEq)]
pub struct Notification {
    /// The node, for example `/finesse/api/User/1001/Dialogs`.
    pub node: String,
    /// The item's id: with the node it tells duplicates.
    pub item_id: String,
    /// Whether the server says that it is an old item.
    pub delayed: bool,
    /// The content.
    pub update: Update,
}

impl Notification {
    /// The watched node that it came from; none when Finesse sends it to the agent unasked. A user on a team's node is a
    /// member of the team, in fewer words than on the user's own.
    pub fn watched(&self) -> Option<Node> {
        self.node.parse().ok()
    }
}

/// Why a link is down.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DownReason {
    /// SystemInfo could not be read.
    #[error("system info: {0}")]
    SystemInfo(Error),
    /// SystemInfo says that the side is out of service, so that a login would fail or mean nothing.
    #[error("the side is out of service")]
    OutOfService,
    /// SystemInfo names no XMPP domain.
    #[error("system info names no xmpp domain")]
    NoDomain,
    /// The connection could not be made.
    #[error("can't connect: {0}")]
    Connect(String),
    /// TLS was refused or not offered where it is required, or its handshake failed.
    #[error("no tls")]
    NoTls,
    /// The server offers no PLAIN authentication.
    #[error("the server offers no plain authentication")]
    NoPlainMechanism,
    /// A step of the negotiation took too long.
    #[error("the negotiation took too long")]
    NegotiationTimeout,
    /// Nothing came after a ping.
    #[error("the connection is silent")]
    PingTimeout,
    /// The server ended the stream or the connection.
    #[error("the server closed the connection")]
    Closed,
    /// The socket failed.
    #[error("connection lost: {0}")]
    Lost(String),
    /// The server reported a stream or authentication error, by its condition.
    #[error("the server says {0}")]
    Stream(String),
    /// What came is no XMPP that can be followed.
    #[error("{0}")]
    Protocol(&'static str),
}
