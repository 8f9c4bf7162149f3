//! The watched nodes without IO: which are wanted, which the server has granted, what is under way.
//!
//! A subscription is of the full JID, which every connection makes anew. So on each connection all that is wanted is
//! subscribed to again, a few requests at a time; what an earlier connection left on the server is taken back after that,
//! for the server keeps it and would send its notifications to the agent's newest connection, once more each.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use super::Node;
use super::effect::Output;
use super::stanza::Iq;
use crate::finesse::xml::Writer;

/// How many nodes one link watches.
const MAX_NODES: usize = 512;
/// How many requests may be without an answer at once.
const WINDOW: usize = 8;
/// How many subscriptions of earlier connections are remembered; the oldest go first.
const MAX_LEFT_OVER: usize = 1024;

/// What a session wants to watch. Each node has the number of the call that brought it in: a node that was given up and
/// wanted again is acknowledged again, even when the link has seen neither of the two calls alone.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    calls: u64,
    nodes: BTreeMap<Node, u64>,
    too_many: Vec<Node>,
}

impl Wish {
    /// Replaces the nodes.
    pub fn replace(&mut self, nodes: Vec<Node>) {
        self.calls += 1;
        let before = std::mem::take(&mut self.nodes);
        self.too_many.clear();
        for node in nodes {
            if self.nodes.len() < MAX_NODES || self.nodes.contains_key(&node) {
                let call = before.get(&node).copied().unwrap_or(self.calls);
                self.nodes.insert(node, call);
            } else {
                self.too_many.push(node);
            }
        }
    }
}

/// The nodes of one link, over all its connections.
#[derive(Default)]
pub struct Watches {
    wanted: BTreeMap<Node, u64>,
    /// What is known of a node on this connection; a node that is not in it is not subscribed to.
    known: BTreeMap<Node, State>,
    /// Nodes of which `wanted` and `known` may say different things.
    todo: VecDeque<Node>,
    /// The requests without an answer, the oldest first.
    asked: VecDeque<Asked>,
    left_over: VecDeque<Subscription>,
    next_id: u64,
    connection: Option<Connection>,
}

enum State {
    Subscribing,
    Subscribed {
        id: Option<String>,
    },
    Unsubscribing,
    Refused,
    /// There was no answer: the server may have it or not.
    Unanswered,
}

impl State {
    fn has_failed(&self) -> bool {
        matches!(self, Self::Refused | Self::Unanswered)
    }
}

/// A subscription as the server knows it.
struct Subscription {
    node: Node,
    jid: String,
    id: Option<String>,
}

struct Asked {
    id: u64,
    purpose: Purpose,
    of: Subscription,
    deadline: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Subscribe,
    Unsubscribe,
    /// Unsubscribe what an earlier connection left.
    TidyUp,
}

/// What the requests of a connection need.
pub(super) struct Connection {
    /// The full JID.
    pub(super) jid: String,
    /// The publish-subscribe service.
    pub(super) service: String,
    /// The namespace declaration that the framing asks for.
    pub(super) xmlns: &'static str,
    /// How long an answer may take.
    pub(super) timeout: Duration,
}

impl Watches {
    /// Takes what is wanted from now on. What was refused is asked for again.
    pub(super) fn want(&mut self, wish: Wish, now: Instant, out: &mut VecDeque<Output>) {
        self.known.retain(|_, state| !state.has_failed());
        for node in wish.too_many {
            out.push_back(Output::NotWatching(node, format!("more than {MAX_NODES} nodes")));
        }
        for (node, call) in &wish.nodes {
            let again = self.wanted.get(node) != Some(call);
            if again && matches!(self.known.get(node), Some(State::Subscribed { .. })) {
                out.push_back(Output::Watching(node.clone()));
            }
        }
        self.wanted = wish.nodes;
        self.plan();
        self.ask(now, out);
    }

    /// The connection is up.
    pub(super) fn up(&mut self, connection: Connection, now: Instant, out: &mut VecDeque<Output>) {
        self.connection = Some(connection);
        self.plan();
        self.ask(now, out);
    }

    /// The connection is over. What it had is left on the server.
    pub(super) fn down(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        for asked in self.asked.drain(..).filter(|asked| asked.purpose == Purpose::TidyUp) {
            self.left_over.push_back(asked.of);
        }
        for (node, state) in std::mem::take(&mut self.known) {
            let id = match state {
                State::Subscribed { id } => id,
                State::Subscribing | State::Unsubscribing | State::Unanswered => None,
                State::Refused => continue,
            };
            self.left_over.push_back(Subscription { node, jid: connection.jid.clone(), id });
        }
        self.todo.clear();
        self.left_over.drain(..self.left_over.len().saturating_sub(MAX_LEFT_OVER));
    }

    /// The connection is about to be closed in order: nothing is left behind, and no answer awaited.
    pub(super) fn leave(&mut self, out: &mut VecDeque<Output>) {
        self.asked.clear();
        for (node, state) in std::mem::take(&mut self.known) {
            let id = match state {
                State::Subscribed { id } => id,
                State::Subscribing | State::Unanswered => None,
                State::Unsubscribing | State::Refused => continue,
            };
            let Some(jid) = self.connection.as_ref().map(|connection| connection.jid.clone()) else { break };
            self.send(Purpose::Unsubscribe, &Subscription { node, jid, id }, out);
        }
        self.connection = None;
    }

    /// Takes an answer; one to another request, or one that comes too late, is passed over.
    pub(super) fn answered(&mut self, iq: &Iq, now: Instant, out: &mut VecDeque<Output>) {
        let id = iq.id.strip_prefix("gc-w").and_then(|id| id.parse::<u64>().ok());
        let index = self.asked.iter().position(|asked| Some(asked.id) == id);
        let Some(asked) = index.and_then(|index| self.asked.remove(index)) else { return };
        self.settle(asked, Some(iq), out);
        self.ask(now, out);
    }

    /// When [`Watches::tick`] wants to be called.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.asked.front().map(|asked| asked.deadline)
    }

    /// Gives up on what was not answered in time.
    pub(super) fn tick(&mut self, now: Instant, out: &mut VecDeque<Output>) {
        while self.deadline().is_some_and(|deadline| deadline <= now)
            && let Some(asked) = self.asked.pop_front()
        {
            self.settle(asked, None, out);
        }
        self.ask(now, out);
    }

    fn settle(&mut self, asked: Asked, answer: Option<&Iq>, out: &mut VecDeque<Output>) {
        let Asked { purpose, of: Subscription { node, .. }, .. } = asked;
        match purpose {
            Purpose::Subscribe => {
                let (state, output) = match answer.map(granted) {
                    Some(Ok(id)) => (State::Subscribed { id }, Output::Watching(node.clone())),
                    Some(Err(why)) => (State::Refused, Output::NotWatching(node.clone(), why)),
                    None => (State::Unanswered, Output::NotWatching(node.clone(), "no answer in time".to_owned())),
                };
                self.known.insert(node.clone(), state);
                if self.wanted.contains_key(&node) {
                    out.push_back(output);
                } else {
                    self.todo.push_front(node);
                }
            }
            // Whatever the answer, there is nothing more to be done.
            Purpose::Unsubscribe => {
                self.known.remove(&node);
                self.todo.push_back(node);
            }
            Purpose::TidyUp => {}
        }
    }

    /// First what is to be given up, so that the server never holds more than is wanted and a few.
    fn plan(&mut self) {
        let given_up = self.known.iter().filter(|(node, _)| !self.wanted.contains_key(node));
        let new = self.wanted.keys().filter(|node| !self.known.contains_key(node));
        self.todo = given_up.map(|(node, _)| node).chain(new).cloned().collect();
    }

    fn ask(&mut self, now: Instant, out: &mut VecDeque<Output>) {
        let Some(timeout) = self.connection.as_ref().map(|connection| connection.timeout) else { return };
        while self.asked.len() < WINDOW
            && let Some((purpose, of)) = self.next()
        {
            let id = self.send(purpose, &of, out);
            self.asked.push_back(Asked { id, purpose, of, deadline: now + timeout });
        }
    }

    fn next(&mut self) -> Option<(Purpose, Subscription)> {
        let jid = self.connection.as_ref()?.jid.clone();
        while let Some(node) = self.todo.pop_front() {
            match (self.wanted.contains_key(&node), self.known.remove(&node)) {
                (true, None) => {
                    self.known.insert(node.clone(), State::Subscribing);
                    return Some((Purpose::Subscribe, Subscription { node, jid, id: None }));
                }
                (false, Some(State::Subscribed { id })) => {
                    self.known.insert(node.clone(), State::Unsubscribing);
                    return Some((Purpose::Unsubscribe, Subscription { node, jid, id }));
                }
                (false, Some(State::Unanswered)) => {
                    self.known.insert(node.clone(), State::Unsubscribing);
                    return Some((Purpose::Unsubscribe, Subscription { node, jid, id: None }));
                }
                (false, None | Some(State::Refused)) => {}
                // Its answer is still to come, or it is as it should be.
                (_, Some(state)) => drop(self.known.insert(node, state)),
            }
        }
        self.left_over.pop_front().map(|of| (Purpose::TidyUp, of))
    }

    fn send(&mut self, purpose: Purpose, of: &Subscription, out: &mut VecDeque<Output>) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        if let Some(Connection { service, xmlns, .. }) = &self.connection {
            let verb = if purpose == Purpose::Subscribe { "subscribe" } else { "unsubscribe" };
            let (service, jid) = (Writer::escape(service), Writer::escape(&of.jid));
            let node = Writer::escape(&of.node.to_string());
            let subid = of.id.as_ref().map(|id| format!(" subid='{}'", Writer::escape(id))).unwrap_or_default();
            out.push_back(Output::Send(format!(
                "<iq{xmlns} type='set' id='gc-w{id}' to='{service}'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
                 <{verb} node='{node}' jid='{jid}'{subid}/></pubsub></iq>"
            )));
        }
        id
    }
}

/// The id of the subscription that the server granted, where it gave one; or why it did not.
fn granted(iq: &Iq) -> Result<Option<String>, String> {
    let subscribed = iq.subscription.as_deref().is_none_or(|state| state == "subscribed");
    if iq.kind == "result" && subscribed {
        return Ok(iq.subid.clone());
    }
    let why = iq.condition.as_deref().or(iq.subscription.as_deref()).unwrap_or("refused");
    Err(why.to_owned())
}
