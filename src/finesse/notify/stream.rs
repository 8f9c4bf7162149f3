//! The XMPP stream of one agent without its socket: bytes and the time go in, bytes to send and events come out.
//!
//! ```text
//! Features ─▶ Tls ─▶ Features ─▶ Auth ─▶ Features ─▶ Bind ─▶ Session ─▶ Presence ─▶ Up ─▶ Ended
//! ```
//! (no `Tls` where the transport is secure already). Each step has a deadline; once up, a ping every interval shows that
//! the other end is there. Every request of the server is answered, what is unknown is passed over.

use std::collections::VecDeque;
use std::time::Instant;

use super::effect::{Config, End, Framing, Output};
use super::framer::{Frame, Framer};
use super::stanza::{Features, Iq, Items, Stanza};
use super::update::parse_update;
use super::watch::{Connection, Watches, Wish};
use super::words::{STARTTLS, Words};
use super::{DownReason, Notification};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Waits for features, before authentication.
    Features,
    /// Waits for `proceed`, then for the socket's TLS.
    Tls,
    /// Waits for the outcome of SASL.
    Auth,
    /// Waits for features, after authentication.
    Authenticated,
    Bind,
    Session,
    /// Presence is sent; waits until the server has dealt with it.
    Presence,
    Up,
    Ended,
}

/// The id of the first ping, whose answer shows that presence has taken effect.
const PRESENT: &str = "gc-p0";

/// The stream.
pub struct Stream {
    config: Config,
    framer: Framer,
    state: State,
    secure: bool,
    jid: String,
    out: VecDeque<Output>,
    /// When the step, or the ping that was sent, is too late; or when the next ping is due.
    deadline: Instant,
    ping_sent: bool,
    pings: u64,
    watches: Watches,
}

impl Stream {
    /// A stream on a fresh connection; its header is the first output. `watches` come from the one before.
    pub fn new(config: Config, watches: Watches, now: Instant) -> Self {
        let mut this = Self {
            framer: Framer::new(config.max_stanza),
            state: State::Features,
            secure: !config.starttls,
            jid: String::new(),
            out: VecDeque::new(),
            deadline: now + config.step_timeout,
            ping_sent: false,
            pings: 0,
            watches,
            config,
        };
        this.send_header();
        this
    }

    /// The nodes, for the stream on the next connection.
    pub fn into_watches(mut self) -> Watches {
        self.watches.down();
        self.watches
    }

    /// Takes the nodes that are to be watched from now on.
    pub fn watch(&mut self, wish: Wish, now: Instant) {
        self.watches.want(wish, now, &mut self.out);
    }

    /// The next thing to do.
    pub fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// When [`Stream::tick`] wants to be called.
    pub fn deadline(&self) -> Instant {
        self.watches.deadline().map_or(self.deadline, |deadline| deadline.min(self.deadline))
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        self.state == State::Ended
    }

    /// Takes what was received: any portion of a TCP stream, or one WebSocket text frame.
    pub fn receive(&mut self, bytes: &[u8], now: Instant) {
        if self.state == State::Ended {
            return;
        }
        if self.ping_sent {
            // Whatever comes shows that the other end is there.
            self.ping_sent = false;
            self.deadline = now + self.config.ping_interval;
        }
        if self.config.framing == Framing::WebSocket {
            return self.stanza(bytes, now);
        }
        let mut frames = Vec::new();
        let result = self.framer.push(bytes, |frame| frames.push(frame));
        for frame in frames {
            match frame {
                Frame::Open(_) => {}
                Frame::Close => self.end(End::Down(DownReason::Closed)),
                Frame::Oversized if self.state == State::Up => self.out.push_back(Output::Skipped("stanza too large")),
                Frame::Oversized => self.end(End::Down(DownReason::Protocol("oversized answer while connecting"))),
                Frame::Stanza(stanza) => {
                    let before = self.state;
                    self.stanza(&stanza, now);
                    let restarted = matches!((before, self.state), (State::Auth, State::Authenticated))
                        || self.out.back() == Some(&Output::StartTls);
                    if restarted {
                        // A new stream begins: what came behind the last answer was sent before TLS or by no honest server.
                        self.framer = Framer::new(self.config.max_stanza);
                        return;
                    }
                }
            }
        }
        if result.is_err() {
            self.stream_error();
        }
    }

    /// The connection is encrypted now, as [`Output::StartTls`] asked.
    pub fn tls_started(&mut self, now: Instant) {
        self.secure = true;
        self.step(State::Features, now);
        self.send_header();
    }

    /// The time has come that [`Stream::deadline`] named.
    pub fn tick(&mut self, now: Instant) {
        if self.state == State::Ended {
            return;
        }
        self.watches.tick(now, &mut self.out);
        if now < self.deadline {
            return;
        }
        if self.state != State::Up {
            return self.end(End::Down(DownReason::NegotiationTimeout));
        }
        if self.ping_sent {
            return self.end(End::Down(DownReason::PingTimeout));
        }
        self.ping_sent = true;
        self.deadline = now + self.config.ping_timeout;
        self.send_ping();
    }

    /// Says goodbye; what is still to be sent comes out of [`Stream::poll`].
    pub fn close(&mut self) {
        if self.state == State::Up {
            self.watches.leave(&mut self.out);
            self.send(self.words().unavailable());
        }
        self.goodbye();
    }

    fn stanza(&mut self, stanza: &[u8], now: Instant) {
        let parsed = match Stanza::parse(stanza) {
            Ok(parsed) => parsed,
            Err(_) if self.state == State::Up => return self.out.push_back(Output::Skipped("stanza not readable")),
            Err(_) => return self.stream_error(),
        };
        match (self.state, parsed) {
            (_, Stanza::Open | Stanza::Other) => {}
            (_, Stanza::Close) => self.end(End::Down(DownReason::Closed)),
            (_, Stanza::StreamError(condition)) => self.on_stream_error(condition),
            (State::Features, Stanza::Features(features)) => self.on_features(&features, now),
            (State::Tls, Stanza::Proceed) => self.out.push_back(Output::StartTls),
            (State::Tls, Stanza::Failure(_)) => self.end(End::Down(DownReason::NoTls)),
            (State::Auth, Stanza::Success) => {
                self.step(State::Authenticated, now);
                self.send_header();
            }
            (State::Auth, Stanza::Failure(condition)) => self.on_auth_failure(condition),
            (State::Authenticated, Stanza::Features(_)) => {
                self.step(State::Bind, now);
                self.send(self.words().bind(&self.config.resource));
            }
            (State::Bind, Stanza::Iq(iq)) if iq.id == "gc-bind" => self.on_bound(iq, now),
            // Old servers want it, newer ones answer an error to it: either way it is over.
            (State::Session, Stanza::Iq(iq)) if iq.id == "gc-session" => self.on_session(now),
            (State::Presence, Stanza::Iq(iq)) if iq.id == PRESENT => self.on_present(now),
            (State::Bind | State::Session | State::Presence | State::Up, Stanza::Iq(iq)) => self.on_iq(&iq, now),
            (State::Presence, Stanza::Items(items)) => {
                self.on_present(now);
                self.on_items(items);
            }
            (State::Up, Stanza::Items(items)) => self.on_items(items),
            _ => {}
        }
    }

    fn on_features(&mut self, features: &Features, now: Instant) {
        if !self.secure {
            if !features.starttls {
                return self.end(End::Down(DownReason::NoTls));
            }
            self.step(State::Tls, now);
            return self.send(STARTTLS.to_owned());
        }
        if features.plain != Some(true) {
            return self.end(End::Down(DownReason::NoPlainMechanism));
        }
        self.step(State::Auth, now);
        self.send(Words::auth(&self.config.user, &self.config.password));
    }

    fn on_auth_failure(&mut self, condition: String) {
        self.end(match condition.as_str() {
            "temporary-auth-failure" => End::Down(DownReason::Stream(condition)),
            _ => End::Refused(condition),
        });
    }

    fn on_bound(&mut self, iq: Iq, now: Instant) {
        match iq.jid {
            Some(jid) if iq.kind == "result" => {
                self.jid = jid;
                self.step(State::Session, now);
                self.send(self.words().session());
            }
            _ => self.end(End::Down(DownReason::Protocol("the resource was refused"))),
        }
    }

    /// Presence turns notifications on. A ping behind it tells when it has taken effect, for a server deals with the
    /// stanzas of a stream in order: what the session reads by REST after that is followed by every change.
    fn on_session(&mut self, now: Instant) {
        self.step(State::Presence, now);
        self.send(self.words().presence());
        self.send_ping();
    }

    fn on_present(&mut self, now: Instant) {
        self.state = State::Up;
        self.deadline = now + self.config.ping_interval;
        self.out.push_back(Output::Up(self.jid.clone()));
        let service = self.config.pubsub.clone().unwrap_or_else(|| format!("pubsub.{}", self.config.domain));
        let (xmlns, timeout) = (self.words().xmlns(), self.config.step_timeout);
        let connection = Connection { jid: self.jid.clone(), service, xmlns, timeout };
        self.watches.up(connection, now, &mut self.out);
    }

    fn send_ping(&mut self) {
        let ping = self.words().ping(self.pings, &self.config.domain);
        self.pings += 1;
        self.send(ping);
    }

    /// Answers a request; answers to our pings need nothing, that they came was enough.
    fn on_iq(&mut self, iq: &Iq, now: Instant) {
        if !matches!(iq.kind.as_str(), "get" | "set") {
            if self.trusted(iq.from.as_deref()) {
                self.watches.answered(iq, now, &mut self.out);
            }
            return;
        }
        self.send(self.words().answer(iq));
    }

    fn on_items(&mut self, items: Items) {
        if !self.trusted(items.from.as_deref()) {
            // Not told to the session: a hostile user could make it doubt its state again and again.
            return tracing::debug!(from = ?items.from, "notification from a stranger passed over");
        }
        for (node, item_id, payload) in items.items {
            self.out.push_back(match parse_update(&payload) {
                Ok(update) => {
                    Output::Notification(Box::new(Notification { node, item_id, delayed: items.delayed, update }))
                }
                Err(_) => Output::Skipped("notification not readable"),
            });
        }
    }

    /// Only the publish-subscribe service speaks for Finesse; the server stamps `from`, so a user can't forge it.
    fn trusted(&self, from: Option<&str>) -> bool {
        let Some(from) = from else { return false };
        let domain = &self.config.domain;
        let is = |service: &str| from.eq_ignore_ascii_case(service);
        match &self.config.pubsub {
            Some(pubsub) => is(pubsub) || is(domain),
            None => is(domain) || is(&format!("pubsub.{domain}")),
        }
    }

    fn on_stream_error(&mut self, condition: String) {
        self.goodbye();
        self.end(if condition == "conflict" { End::Conflict } else { End::Down(DownReason::Stream(condition)) });
    }

    /// What was received is no XMPP: say so and leave.
    fn stream_error(&mut self) {
        if self.state == State::Ended {
            return;
        }
        self.goodbye();
        self.end(End::Down(DownReason::Protocol("the stream can't be read")));
    }

    fn goodbye(&mut self) {
        self.send(self.words().close());
    }

    fn end(&mut self, end: End) {
        if self.state != State::Ended {
            self.state = State::Ended;
            self.out.push_back(Output::End(end));
        }
    }

    fn step(&mut self, state: State, now: Instant) {
        self.state = state;
        self.deadline = now + self.config.step_timeout;
    }

    fn send_header(&mut self) {
        self.send(self.words().header(&self.config.domain));
    }

    fn send(&mut self, text: String) {
        self.out.push_back(Output::Send(text));
    }

    fn words(&self) -> Words {
        Words(self.config.framing)
    }
}
