//! The notification service's sessions and what is delivered to them.
//!
//! A notification is encoded once; every session of its user gets the same bytes. A session that does not drain its
//! outbox is closed, and what is published while a user has no session is dropped, as Finesse does.

use std::collections::HashMap;

use axum::extract::ws::Utf8Bytes;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::envelope::Envelope;
use super::fault::Fate;
use super::late::{Late, Message, Target};
use super::options::Notifications;
use super::side::{SIDES, Side};
use super::world::{Notification, Recipient, UserId};

/// Frames that may wait for one session.
const OUTBOX: usize = 512;
/// Subscriptions of one session.
const MAX_SUBSCRIPTIONS: usize = 256;

/// What a session's transport is to write.
#[derive(Clone, Debug)]
pub enum Out {
    /// A stanza, as it is.
    Stanza(Utf8Bytes),
    /// The end of the stream.
    Close,
}

/// A session's ends for its transport.
#[derive(Debug)]
pub struct Bound {
    /// The session's number.
    pub id: u64,
    /// What is to be written.
    pub outbox: mpsc::Receiver<Out>,
    /// Cancelled when the connection is to be dropped.
    pub kill: CancellationToken,
    /// True while the session plays dead.
    pub stalled: watch::Receiver<bool>,
}

#[derive(Debug)]
struct Session {
    id: u64,
    side: Side,
    resource: String,
    outbox: mpsc::Sender<Out>,
    kill: CancellationToken,
    stalled: watch::Sender<bool>,
    priority: Option<i8>,
    /// Node and id.
    subscriptions: Vec<(String, String)>,
}

impl Session {
    fn send(&self, frame: Utf8Bytes) {
        if *self.stalled.borrow() {
            return;
        }
        if self.outbox.try_send(Out::Stanza(frame)).is_err() {
            // It does not read: the connection is worth nothing to it, and memory to us.
            self.kill.cancel();
        }
    }

    fn is(&self, target: Target) -> bool {
        match target {
            Target::User(side) => self.side == side,
            Target::Session(id) => self.id == id,
        }
    }

    fn present(&self) -> bool {
        self.priority.is_some_and(|priority| priority >= 0)
    }
}

/// All sessions.
#[derive(Debug)]
pub struct Hub {
    /// Of each side.
    domains: [String; 2],
    switches: Notifications,
    run: String,
    items: u64,
    next_session: u64,
    sessions: HashMap<UserId, Vec<Session>>,
    subscribers: HashMap<String, Vec<(UserId, u64)>>,
    late: Late,
    delivered: u64,
}

impl Hub {
    /// No sessions. The domains are those of both sides.
    pub fn new(domains: [String; 2], switches: Notifications) -> Self {
        Self {
            domains,
            switches,
            run: uuid::Uuid::new_v4().to_string(),
            items: 0,
            next_session: 0,
            sessions: HashMap::new(),
            subscribers: HashMap::new(),
            late: Late::default(),
            delivered: 0,
        }
    }

    /// Adds a session; one with the same resource on the same side is told of the conflict and ended.
    pub fn bind(&mut self, user: UserId, resource: &str, side: Side) -> Bound {
        let (sender, outbox) = mpsc::channel(OUTBOX);
        self.next_session += 1;
        let session = Session {
            id: self.next_session,
            side,
            resource: resource.to_owned(),
            outbox: sender,
            kill: CancellationToken::new(),
            stalled: watch::Sender::default(),
            priority: None,
            subscriptions: Vec::new(),
        };
        let (kill, stalled, id) = (session.kill.clone(), session.stalled.subscribe(), session.id);
        let sessions = self.sessions.entry(user).or_default();
        let replaced = sessions.extract_if(.., |old| old.side == side && old.resource == resource).collect::<Vec<_>>();
        sessions.push(session);
        for old in replaced {
            self.forget(user, &old);
            old.send(Utf8Bytes::from_static(CONFLICT));
            if old.outbox.try_send(Out::Close).is_err() {
                old.kill.cancel();
            }
        }
        Bound { id, outbox, kill, stalled }
    }

    /// Removes a session.
    pub fn unbind(&mut self, user: UserId, id: u64) {
        let Some(sessions) = self.sessions.get_mut(&user) else { return };
        let gone = sessions.extract_if(.., |session| session.id == id).collect::<Vec<_>>();
        if sessions.is_empty() {
            self.sessions.remove(&user);
        }
        gone.iter().for_each(|session| self.forget(user, session));
    }

    fn forget(&mut self, user: UserId, session: &Session) {
        session.subscriptions.iter().for_each(|(node, _)| self.forget_subscriber(user, session.id, node));
    }

    fn forget_subscriber(&mut self, user: UserId, id: u64, node: &str) {
        if let Some(subscribers) = self.subscribers.get_mut(node) {
            subscribers.retain(|subscriber| *subscriber != (user, id));
            if subscribers.is_empty() {
                self.subscribers.remove(node);
            }
        }
    }

    /// Sets a session's presence; `None` is unavailable.
    pub fn set_presence(&mut self, user: UserId, id: u64, priority: Option<i8>) {
        if let Some(session) = self.session(user, id) {
            session.priority = priority;
        }
    }

    /// How many of a user's sessions have presence.
    pub fn present(&self, user: UserId) -> usize {
        self.of(user).iter().filter(|session| session.present()).count()
    }

    /// A user's sessions: resource and priority.
    pub fn resources(&self, user: UserId) -> impl Iterator<Item = (&str, Option<i8>)> {
        self.of(user).iter().map(|session| (session.resource.as_str(), session.priority))
    }

    /// Subscribes a session to a node. Returns the subscription's id, `None` when it has too many.
    pub fn subscribe(&mut self, user: UserId, id: u64, node: &str) -> Option<String> {
        let subscription = format!("{:040X}", fastrand::u128(..));
        let session = self.session(user, id)?;
        if session.subscriptions.len() >= MAX_SUBSCRIPTIONS {
            return None;
        }
        session.subscriptions.push((node.to_owned(), subscription.clone()));
        let subscribers = self.subscribers.entry(node.to_owned()).or_default();
        if !subscribers.contains(&(user, id)) {
            subscribers.push((user, id));
        }
        Some(subscription)
    }

    /// Ends a subscription by its id, or the node's first. Returns whether there was one.
    pub fn unsubscribe(&mut self, user: UserId, id: u64, node: &str, subscription: Option<&str>) -> bool {
        let Some(session) = self.session(user, id) else { return false };
        let fits = |(of, known): &(String, String)| of == node && subscription.is_none_or(|given| given == known);
        let Some(index) = session.subscriptions.iter().position(fits) else { return false };
        session.subscriptions.swap_remove(index);
        if session.subscriptions.iter().all(|(of, _)| of != node) {
            self.forget_subscriber(user, id, node);
        }
        true
    }

    /// Whether somebody subscribed to the node.
    pub fn has_subscribers(&self, node: &str) -> bool {
        self.subscribers.contains_key(node)
    }

    /// A session's subscriptions: node and id.
    pub fn subscriptions(&mut self, user: UserId, id: u64) -> Vec<(String, String)> {
        self.session(user, id).map(|session| session.subscriptions.clone()).unwrap_or_default()
    }

    /// Sends a notification to whom it concerns. `fate` tells what becomes of it, `login_id` names users.
    pub fn deliver<'a>(
        &mut self,
        notification: &Notification,
        now: u64,
        mut fate: impl FnMut(&str) -> Fate,
        login_id: impl Fn(UserId) -> &'a str,
    ) {
        self.items += 1;
        let at = |user: UserId, side: Side| self.of(user).iter().any(|session| session.side == side);
        let mut targets: Vec<(UserId, Target)> = match notification.to {
            Recipient::User(user) => {
                SIDES.into_iter().filter(|side| at(user, *side)).map(|side| (user, Target::User(side))).collect()
            }
            Recipient::Node(side) => {
                let users = self.sessions.keys().filter(|user| at(**user, side));
                users.map(|user| (*user, Target::User(side))).collect()
            }
            Recipient::Subscribers => {
                let all = self.subscribers.get(&notification.node);
                all.into_iter().flatten().map(|(user, session)| (*user, Target::Session(*session))).collect()
            }
        };
        // The same order in every run, for what is drawn at random.
        targets.sort_by_key(|(user, _)| *user);
        for (user, target) in targets {
            let frame = Utf8Bytes::from(self.encode(notification, user, target, login_id(user)));
            let message = Message { user, target, frame };
            match fate(login_id(user)) {
                Fate::Lost => {}
                Fate::Held => self.late.hold(message, None).iter().for_each(|message| self.send(message)),
                Fate::Swapped(within) => match self.late.swap(message, now.saturating_add(within)) {
                    Some(message) => self.send(&message),
                    None => continue,
                },
                Fate::Sent { after, again } => {
                    again.into_iter().for_each(|again| self.send_after(message.clone(), now, again));
                    self.send_after(message, now, after);
                }
            }
            for message in self.late.behind(user) {
                self.send(&message);
            }
        }
    }

    /// Sends a message so much later than now, at once if there is no room for it.
    fn send_after(&mut self, message: Message, now: u64, after: u64) {
        let at_once = match after {
            0 => Some(message),
            after => self.late.hold(message, Some(now.saturating_add(after))),
        };
        at_once.iter().for_each(|message| self.send(message));
    }

    /// Sends what was held back until released, in its order.
    pub fn release(&mut self) {
        for message in self.late.released() {
            self.send(&message);
        }
    }

    /// When something that is late is due.
    pub fn next_due(&self) -> Option<u64> {
        self.late.next_due()
    }

    /// Sends what is late and due.
    pub fn advance(&mut self, now: u64) {
        for message in self.late.due(now) {
            self.send(&message);
        }
    }

    /// Forgets what is late.
    pub fn forget_late(&mut self) {
        self.late = Late::default();
    }

    /// How many messages went to sessions.
    pub fn delivered(&self) -> u64 {
        self.delivered
    }

    /// Drops the connections at a side.
    pub fn kill_side(&mut self, side: Side) {
        self.each(None, |session| {
            if session.side == side {
                session.kill.cancel();
            }
        });
    }

    /// Drops the connections of a user, or everybody's.
    pub fn kill(&mut self, user: Option<UserId>) {
        self.each(user, |session| session.kill.cancel());
    }

    /// Lets the sessions of a user, or everybody's, play dead: connected, but neither answering nor sending.
    pub fn stall(&mut self, user: Option<UserId>, stalled: bool) {
        self.each(user, |session| {
            session.stalled.send_replace(stalled);
        });
    }

    fn each(&self, user: Option<UserId>, act: impl Fn(&Session)) {
        match user {
            Some(user) => self.of(user).iter().for_each(act),
            None => self.sessions.values().flatten().for_each(act),
        }
    }

    /// Sends to one session, or to those that get what is sent to the user.
    fn send(&mut self, message: &Message) {
        let Message { user, target, frame } = message;
        let (user, target) = (*user, *target);
        let present = self.of(user).iter().filter(|session| session.present() && session.is(target));
        let count = match self.switches.all_sessions || matches!(target, Target::Session(_)) {
            true => present.map(|session| session.send(frame.clone())).count(),
            false => {
                present.max_by_key(|s| (s.priority, s.id)).map(|session| session.send(frame.clone())).iter().count()
            }
        };
        self.delivered += u64::try_from(count).unwrap_or_default();
    }

    fn encode(&self, notification: &Notification, user: UserId, target: Target, login_id: &str) -> String {
        let of = self.of(user).iter().find(|session| session.is(target));
        let [a, b] = &self.domains;
        let subscriber = of.filter(|_| matches!(target, Target::Session(_))).map(|session| {
            let of_node = session.subscriptions.iter().filter(|(node, _)| *node == notification.node);
            (session.resource.as_str(), of_node.map(|(_, id)| id.as_str()).collect())
        });
        let envelope = Envelope {
            domain: if of.is_some_and(|session| session.side == Side::B) { b } else { a },
            login_id,
            subscriber,
            item: format!("{}{}", self.run, self.items),
        };
        envelope.enclose(notification, &self.switches)
    }

    fn of(&self, user: UserId) -> &[Session] {
        self.sessions.get(&user).map(Vec::as_slice).unwrap_or_default()
    }

    fn session(&mut self, user: UserId, id: u64) -> Option<&mut Session> {
        self.sessions.get_mut(&user)?.iter_mut().find(|session| session.id == id)
    }
}

const CONFLICT: &str = "<stream:error xmlns:stream=\"http://etherx.jabber.org/streams\">\
    <conflict xmlns=\"urn:ietf:params:xml:ns:xmpp-streams\"/></stream:error>";
