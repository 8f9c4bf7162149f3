//! What the simulator is told at start: platform, world, addresses, timers, switches.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use super::seed::Seed;
use super::side::Side;

/// Options of the simulator. `None` for an address means that it does not listen there; port 0 means any free port.
#[derive(Clone, Debug)]
pub struct Options {
    /// The platform that is simulated.
    pub flavour: Flavour,
    /// Who and what exists.
    pub seed: Seed,
    /// REST over plain HTTP, and WebSocket at `/ws`.
    pub http: Option<SocketAddr>,
    /// REST over HTTPS, and WebSocket at `/ws`.
    pub https: Option<SocketAddr>,
    /// XMPP over TCP, with STARTTLS offered.
    pub xmpp: Option<SocketAddr>,
    /// XMPP over TLS.
    pub xmpp_tls: Option<SocketAddr>,
    /// XMPP over plain WebSocket at `/ws` and BOSH at `/http-bind`.
    pub ws: Option<SocketAddr>,
    /// XMPP over secure WebSocket at `/ws` and BOSH at `/http-bind`.
    pub wss: Option<SocketAddr>,
    /// The control API.
    pub control: Option<SocketAddr>,
    /// `xmppDomain`: this Finesse node's name.
    pub domain: String,
    /// The second node of the pair, if there is one.
    pub second: Option<Second>,
    /// How long things take.
    pub timers: Timers,
    /// Who moves the clock.
    pub clock: ClockMode,
    /// What the notification service does where real servers differ.
    pub notifications: Notifications,
    /// UCCE's "logout on agent disconnect": true signs out, false makes NOT_READY. UCCX always signs out.
    pub logout_on_disconnect: bool,
    /// UCCE's `enableDropParticipantFor`: who may drop another agent from a call.
    pub drop_participant_for: DropParticipantFor,
    /// Most connections at once, over all ports.
    pub max_connections: usize,
}

impl Default for Options {
    /// The documented ports on loopback and the standard world.
    fn default() -> Self {
        let at = |port| Some(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        Self {
            flavour: Flavour::Ucce,
            seed: Seed::standard(),
            http: at(8082),
            https: at(8445),
            xmpp: at(5222),
            xmpp_tls: at(5223),
            ws: at(7071),
            wss: at(7443),
            control: at(8090),
            domain: "fin-a.gc.test".to_owned(),
            second: None,
            timers: Timers::default(),
            clock: ClockMode::Automatic,
            notifications: Notifications::default(),
            logout_on_disconnect: true,
            drop_participant_for: DropParticipantFor::default(),
            max_connections: 50_000,
        }
    }
}

impl Options {
    /// The domain of that side; empty for a second one that does not exist.
    pub fn domain(&self, side: Side) -> &str {
        match side {
            Side::A => &self.domain,
            Side::B => self.second.as_ref().map_or("", |second| &second.domain),
        }
    }

    /// The default on free ports, for tests.
    pub fn ephemeral() -> Self {
        let any = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        Self { http: any, https: any, xmpp: any, xmpp_tls: any, ws: any, wss: any, control: any, ..Self::default() }
    }
}

/// The second node: the same world behind another name. It listens at the first one's ports on another host, where that
/// listens; at any free ports if those are 0. The control API is common.
#[derive(Clone, Debug)]
pub struct Second {
    /// Its `xmppDomain`.
    pub domain: String,
    /// Where it listens.
    pub host: IpAddr,
}

/// Who may drop another agent from a call (`enableDropParticipantFor`).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum DropParticipantFor {
    /// Supervisors on the call (`supervisor_only`).
    #[default]
    SupervisorOnly,
    /// They and whoever controls the conference (`conference_controller_and_supervisor`).
    ConferenceControllerAndSupervisor,
    /// Everybody on the call (`all`).
    All,
}

/// The contact-centre platform behind Finesse.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Flavour {
    /// Unified Contact Center Enterprise.
    #[default]
    Ucce,
    /// Unified Contact Center Express.
    Uccx,
}

impl fmt::Display for Flavour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Flavour::Ucce => "ucce",
            Flavour::Uccx => "uccx",
        })
    }
}

impl FromStr for Flavour {
    type Err = super::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_lowercase().as_str() {
            "ucce" => Ok(Flavour::Ucce),
            "uccx" => Ok(Flavour::Uccx),
            _ => Err(super::Error::Flavour(text.to_owned())),
        }
    }
}

/// How long things take in the simulated world.
#[derive(Clone, Debug)]
pub struct Timers {
    /// Between a request and its effect: what the CTI server takes. Zero: the effect comes before the 202.
    pub cti: Duration,
    /// Between ringing and answer of a number outside; `None` leaves it to the control API.
    pub far_end_answer: Option<Duration>,
    /// Ringing of a queue's call until it goes back to the queue and the agent NOT_READY.
    pub ring_no_answer: Duration,
    /// Wrap-up after a call of a queue.
    pub wrap_up: Duration,
    /// Between loss of the last notification session and the forced sign-out.
    pub presence: Duration,
    /// Silence of a notification session after which it counts as lost.
    pub idle: Duration,
    /// Time for the TLS handshake, a request's body and the XMPP login of a new connection.
    pub handshake: Duration,
    /// Time for an HTTP connection's next request: how long it may be idle, or take to send its headers.
    pub keep_alive: Duration,
    /// Block of a user after five wrong passwords.
    pub lock_out: Duration,
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            cti: Duration::ZERO,
            far_end_answer: Some(Duration::from_millis(500)),
            ring_no_answer: Duration::from_secs(20),
            wrap_up: Duration::from_secs(30),
            presence: Duration::from_secs(60),
            idle: Duration::from_secs(120),
            handshake: Duration::from_secs(10),
            keep_alive: Duration::from_secs(60),
            lock_out: Duration::from_secs(300),
        }
    }
}

/// Who moves the world's clock.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ClockMode {
    /// It runs by itself.
    #[default]
    Automatic,
    /// It stands still until the control API steps it.
    Stepped,
}

/// Switches of the notification service.
#[derive(Clone, Debug)]
pub struct Notifications {
    /// Deliver to every session of a user; otherwise to the newest only.
    pub all_sessions: bool,
    /// Add `type="headline"` to the messages.
    pub headline: bool,
    /// Namespace of the `notification` element.
    pub namespace: Namespace,
    /// Name the subscriptions in a SHIM header of what goes to subscribers, as Openfire does where a session may have
    /// several of one node.
    pub subscription_ids: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { all_sessions: true, headline: false, namespace: Namespace::Push, subscription_ids: true }
    }
}

/// Namespace of the `notification` element.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Namespace {
    /// `urn:xmpp:push:0`, from 12.5.
    Push,
    /// `http://jabber.org/protocol/pubsub` and `type="html"`, before.
    Pubsub,
}

/// Where the simulator listens.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// REST over plain HTTP, and WebSocket at `/ws`.
    pub http: Option<SocketAddr>,
    /// REST over HTTPS, and WebSocket at `/ws`.
    pub https: Option<SocketAddr>,
    /// XMPP over TCP.
    pub xmpp: Option<SocketAddr>,
    /// XMPP over TLS.
    pub xmpp_tls: Option<SocketAddr>,
    /// XMPP over plain WebSocket at `/ws` and BOSH at `/http-bind`.
    pub ws: Option<SocketAddr>,
    /// XMPP over secure WebSocket at `/ws` and BOSH at `/http-bind`.
    pub wss: Option<SocketAddr>,
    /// The control API.
    pub control: Option<SocketAddr>,
}
