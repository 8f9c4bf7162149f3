//! What an XMPP stream needs to know, and what it wants done.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::{DownReason, Node, Notification};

/// How stanzas travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// One XML document per stream, over TCP.
    Stream,
    /// One XML document per stanza, over WebSocket (RFC 7395).
    WebSocket,
}

/// What a stream needs to know.
#[derive(Clone)]
pub struct Config {
    /// How stanzas travel.
    pub framing: Framing,
    /// Whether STARTTLS must come first.
    pub starttls: bool,
    /// The XMPP domain, from SystemInfo.
    pub domain: String,
    /// The publish-subscribe service, from SystemInfo; none accepts `pubsub.` and the domain.
    pub pubsub: Option<String>,
    /// The local part of the agent's JID.
    pub user: String,
    /// The agent's password.
    pub password: Arc<SecretString>,
    /// The resource to bind.
    pub resource: String,
    /// How long each step of the negotiation may take.
    pub step_timeout: Duration,
    /// How often to ping.
    pub ping_interval: Duration,
    /// How long a ping may go without anything being received.
    pub ping_timeout: Duration,
    /// The largest stanza, bytes.
    pub max_stanza: usize,
}

/// What is to be done, in order. It has no Debug: what is sent may hold the password.
#[derive(PartialEq)]
pub enum Output {
    /// Send these bytes (over WebSocket: as one text frame).
    Send(String),
    /// Start TLS on the socket, then call [`super::stream::Stream::tls_started`].
    StartTls,
    /// The agent's notifications come from now on; this is the JID.
    Up(String),
    /// A notification.
    Notification(Box<Notification>),
    /// The node is subscribed to.
    Watching(Node),
    /// The node is not subscribed to, and why.
    NotWatching(Node, String),
    /// A stanza or payload was dropped.
    Skipped(&'static str),
    /// The stream is over; close the socket.
    End(End),
}

/// How a stream ended.
#[derive(Debug, PartialEq)]
pub enum End {
    /// The server refuses the credentials: the SASL condition.
    Refused(String),
    /// Another session took the resource.
    Conflict,
    /// Anything that another attempt may heal.
    Down(DownReason),
}
