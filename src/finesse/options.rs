//! Where Finesse is and how patient the adapter is.

use std::time::Duration;

/// How Finesse is reached.
#[derive(Clone, Debug)]
pub struct Options {
    /// The nodes: side A, then side B where there is one. Side A is used; B is kept for failover.
    pub sides: Vec<Side>,
    /// How long a connection may take to come up, TLS included.
    pub connect_timeout: Duration,
    /// How long a request may take in all, its answer read; also each step of the XMPP negotiation. Longer than
    /// `connect_timeout`, so that a request that never left is known as such.
    pub answer_timeout: Duration,
    /// How often the notification service is pinged; Finesse wants it at least every 20 s.
    pub ping_interval: Duration,
    /// How long after a ping a silent connection counts as lost.
    pub ping_timeout: Duration,
    /// The first delay before a lost notification link is opened again.
    pub reconnect_min: Duration,
    /// The longest such delay.
    pub reconnect_max: Duration,
    /// How certificates are checked.
    pub tls: Tls,
    /// The start of the XMPP resource; each link adds a part of its own, for Finesse ends the older of two sessions with
    /// one resource.
    pub resource: String,
    /// The largest XMPP stanza that is read, bytes.
    pub max_stanza: usize,
    /// The largest REST body that is read, bytes.
    pub max_answer: usize,
    /// How many pools of connections there are: one for each shard, so that a connection is used where it is read.
    pub pools: usize,
    /// Allows XMPP without TLS over TCP, which sends the agent's password in the clear: for tests and very old nodes.
    pub allow_plain: bool,
}

impl Options {
    /// The defaults, for one side.
    pub fn new(side: Side) -> Self {
        Self {
            sides: vec![side],
            connect_timeout: Duration::from_secs(2),
            answer_timeout: Duration::from_secs(5),
            ping_interval: Duration::from_secs(10),
            ping_timeout: Duration::from_secs(3),
            reconnect_min: Duration::from_secs(1),
            reconnect_max: Duration::from_secs(60),
            tls: Tls::default(),
            resource: "gc".to_owned(),
            max_stanza: 512 * 1024,
            max_answer: 4 * 1024 * 1024,
            pools: 1,
            allow_plain: false,
        }
    }
}

/// One Finesse node.
#[derive(Clone, Debug)]
pub struct Side {
    /// The base of its REST API without `/finesse`, for example `https://fin-a.example:8445`.
    pub rest: String,
    /// Its notification service.
    pub notify: Notify,
}

/// Where the notification service of a node listens.
#[derive(Clone, Debug)]
pub struct Notify {
    /// What is spoken there.
    pub transport: Transport,
    /// The host to connect to; the XMPP domain comes from SystemInfo.
    pub host: String,
    /// The port: 8445 for WebSocket since 12.6, 7443 before; 5223 for TLS; 5222 for STARTTLS.
    pub port: u16,
    /// The WebSocket's path, `/ws/`; unused by the others.
    pub path: String,
    /// Whether a WebSocket runs over TLS; unused by the others.
    pub secure: bool,
}

/// What is spoken at the notification port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// XMPP over WebSocket (RFC 7395): Cisco's recommendation since 12.6.
    WebSocket,
    /// XMPP over TCP that must be raised to TLS by STARTTLS.
    StartTls,
    /// XMPP over TLS from the first byte.
    Tls,
    /// XMPP over bare TCP; refused unless [`Options::allow_plain`].
    Plain,
}

/// How the certificates of Finesse are checked: by the system's roots and `extra_ca_pem`, or by pins alone.
#[derive(Clone, Debug, Default)]
pub struct Tls {
    /// Certificates (PEM) of further authorities to trust.
    pub extra_ca_pem: Option<Vec<u8>>,
    /// SHA-256 of the certificates that are accepted, whatever their names and dates; when there are any, nothing else is.
    pub pinned_sha256: Vec<[u8; 32]>,
    /// Accepts every certificate: for laboratories.
    pub danger_accept_invalid: bool,
}

/// Why a client can't be built from its options.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// No side is named.
    #[error("no finesse side is configured")]
    NoSide,
    /// A side's REST address is no http or https URL without a path.
    #[error("{0:?} is no base address of a rest api")]
    Address(String),
    /// Bare TCP was asked for and not allowed.
    #[error("xmpp without tls would send passwords in the clear and is not allowed")]
    PlainNotAllowed,
    /// The extra authorities can't be read.
    #[error("extra certificate authorities: {0}")]
    Authorities(String),
    /// TLS or HTTP could not be set up.
    #[error("{0}")]
    Setup(String),
}
