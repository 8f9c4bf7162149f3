//! A legacy client without a socket: takes messages, yields lines. Every transport of the legacy door drives one.
//!
//! An agent is bound by a Connect or Login that proves the password; only then are commands for that id obeyed. Commands
//! go to the agent's session in the order in which they came and are not held up by one another there; those behind a
//! Connect in flight wait for it. Events and replies are merged: a reply comes after the event that it reflects.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, FuturesUnordered, SelectAll};
use secrecy::ExposeSecret as _;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::binding::{Binding, Voice};
use super::lines::Ask;
use super::message::Message;
use super::said::Tick;
use super::say::{Say, Target};
use super::sender::Sender;
use super::style::Style;
use super::usage::Usage;
use crate::command::Command;
use crate::command::agent::{self, Connect};
use crate::command::catalogue::{self, Verb};
use crate::model::id::AgentId;
use crate::model::reply::Answer;
use crate::model::system::SystemStatus;
use crate::model::{Error, Reason};
use crate::session::{Handle, Item, Manager, Subscription};
use places::Places;
pub use places::{Naming, Record};
use presence::Presence;

mod answers;
mod members;
mod places;
mod presence;
mod sessions;

/// How much one client may have going on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Agents on one connection.
    pub max_agents: usize,
    /// Commands of one agent behind a Connect in flight.
    pub max_waiting: usize,
    /// Commands of all agents without an answer.
    pub max_outstanding: usize,
    /// How long a client that has begun to beat may be silent until it counts as gone; zero: for ever.
    pub beat_timeout: Duration,
    /// Whether one that has fallen silent counts as gone; else that is logged and no more.
    pub silent_is_gone: bool,
    /// Whether a broker's destinations are told after a restart which agents must connect again.
    pub announce_reconnect: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_agents: 256,
            max_waiting: 64,
            max_outstanding: 256,
            beat_timeout: Duration::ZERO,
            silent_is_gone: true,
            announce_reconnect: true,
        }
    }
}

/// What all clients of the legacy door share.
#[derive(Clone, Debug)]
pub struct Context {
    /// The sessions.
    pub manager: Manager,
    /// How lines are written.
    pub style: Style,
    /// How much each client may have going on.
    pub limits: Limits,
    /// Where commands are counted.
    pub usage: Usage,
}

/// How many ids whose session ended are remembered, to tell their owner so.
const MAX_FORMER: usize = 64;

struct Waiting {
    verb: &'static Verb,
    command: Command,
    asked: Tick,
    /// Where its answer goes; none where nobody can be told.
    to: Option<Arc<Target>>,
}

/// What is known of an id: its binding, and the commands behind a Connect in flight, with where that came from.
#[derive(Default)]
struct Entry {
    binding: Option<Binding>,
    connecting: bool,
    from: Option<Arc<Target>>,
    waiting: VecDeque<Waiting>,
    /// Ends the stream of the binding.
    stream: CancellationToken,
}

enum Done {
    Connected {
        id: Arc<str>,
        order: u64,
        to: Option<Arc<Target>>,
        sign_in: Option<Waiting>,
        result: Result<(Handle, Subscription), Error>,
    },
    Answered {
        id: Arc<str>,
        generation: u64,
        verb: &'static str,
        ask: Ask,
        asked: Tick,
        result: Result<Answer, Error>,
    },
    /// A supervisor's command for a member, and whose it was in the end.
    Acted {
        supervisor: Option<(Arc<str>, u64)>,
        member: Arc<str>,
        verb: &'static str,
        asked: Tick,
        result: Result<Answer, Error>,
    },
    Resubscribed {
        id: Arc<str>,
        generation: u64,
        asked_for: u64,
        result: Result<Subscription, Error>,
    },
}

type Happening = (Arc<str>, u64, Item);

/// One client.
pub struct Peer {
    context: Arc<Context>,
    sender: Sender,
    places: Places,
    system: watch::Receiver<SystemStatus>,
    entries: HashMap<Arc<str>, Entry>,
    /// How the client spells the ids of bound agents.
    ids: HashMap<AgentId, Arc<str>>,
    former: VecDeque<Arc<str>>,
    /// Commands for ids that are not bound here, while a Connect in flight may yet prove a supervisor.
    for_members: VecDeque<(Arc<str>, Waiting, u64)>,
    /// The Connects in flight, by their order, and how many there have been.
    connects: BTreeSet<u64>,
    connected: u64,
    /// Commands for members that look for their supervisor.
    acting: usize,
    streams: SelectAll<BoxStream<'static, Happening>>,
    running: FuturesUnordered<BoxFuture<'static, Done>>,
    ready: VecDeque<(Arc<Target>, Bytes)>,
    presence: Presence,
    generation: u64,
    tick: Tick,
}

impl std::fmt::Debug for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Peer").field("agents", &self.entries.len()).field("running", &self.running.len()).finish()
    }
}

impl Peer {
    /// A connection that has said nothing yet, and where its lines go.
    pub fn new(context: Arc<Context>, sender: Sender, to: Arc<Target>) -> Self {
        let told = *context.manager.system().borrow();
        Self::with(context, sender, Places::connection(to, told))
    }

    /// A broker, behind which there are many clients, with the agents that were known there before.
    pub fn broker(context: Arc<Context>, naming: Naming, known: Vec<Record>) -> Self {
        let sender = Sender::broker(context.usage.clone());
        Self::with(context, sender, Places::broker(naming, known))
    }

    fn with(context: Arc<Context>, sender: Sender, places: Places) -> Self {
        let mut system = context.manager.system();
        system.mark_unchanged();
        Self {
            presence: Presence::new(&context.limits, places.is_broker()),
            context,
            sender,
            places,
            system,
            entries: HashMap::new(),
            ids: HashMap::new(),
            former: VecDeque::new(),
            for_members: VecDeque::new(),
            connects: BTreeSet::new(),
            connected: 0,
            acting: 0,
            streams: SelectAll::new(),
            running: FuturesUnordered::new(),
            ready: VecDeque::new(),
            generation: 0,
            tick: 0,
        }
    }

    /// Takes a command. Whatever it leads to comes from [`Peer::next`].
    pub fn take(&mut self, message: &Message) {
        match self.parse(message) {
            Ok(parsed) => {
                self.count(message);
                self.dispatch(parsed.id.into(), parsed.verb, parsed.command);
            }
            Err(error) => self.refuse_message(message, &error),
        }
    }

    fn count(&mut self, message: &Message) {
        let asked = self.entries.get(message.id.as_str()).filter(|entry| entry.connecting);
        let place = asked.and_then(|entry| entry.from.as_ref()).or_else(|| self.places.of(&message.id));
        self.sender.sent(message, place.map(|place| place.name.as_str()));
    }

    /// Answers a command that is not carried out.
    pub fn refuse_message(&mut self, message: &Message, error: &Error) {
        self.count(message);
        let verb = catalogue::verb(&message.verb).map_or(message.verb.as_str(), |verb| verb.name);
        let to = match message.body.expose_secret().split_once(',') {
            // Without a comma, what is there may be the password, which is no name for a topic.
            Some((destination, _)) if verb == "Connect" => {
                let status = *self.system.borrow();
                self.places.named(destination.trim(), status)
            }
            _ => self.places.of(&message.id).cloned(),
        };
        self.refuse(to.as_ref(), verb, &message.id, error);
    }

    fn parse(&self, message: &Message) -> Result<catalogue::Parsed, Error> {
        let parsed = catalogue::parse(&message.verb, &message.id, message.body.expose_secret())?;
        if self.asks_for_sso(&parsed.command, message) {
            return Err(Error::new(Reason::SsoUnsupported, "agents who sign in by single sign-on are not served"));
        }
        Ok(parsed)
    }

    fn asks_for_sso(&self, command: &Command, message: &Message) -> bool {
        matches!(command, Command::Connect(_)) && self.context.style.asks_for_sso(message.body.expose_secret())
    }

    /// Answers input that is no command.
    pub fn reject(&mut self, why: &dyn std::error::Error) {
        let to = self.places.of("").cloned();
        self.refuse(to.as_ref(), "", "", &Error::new(Reason::InvalidInput, why.to_string()));
    }

    /// Whether a line is ready now.
    pub fn is_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Whether commands may be taken; else they had better wait where they are.
    pub fn has_room(&self) -> bool {
        self.running.len() < self.context.limits.max_outstanding
    }

    /// Whether nothing is left to be said but what may still happen: no command is without an answer.
    pub fn is_idle(&self) -> bool {
        let holds = |entry: &Entry| entry.binding.as_ref().is_some_and(Binding::holds_replies);
        self.ready.is_empty() && self.running.is_empty() && !self.entries.values().any(holds)
    }

    /// What is said next, and where to: one line or several, each with its newline. Cancel safe.
    pub async fn next(&mut self) -> (Arc<Target>, Bytes) {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return line;
            }
            tokio::select! {
                biased;
                // Before the sessions' events: clients hear IN_SERVICE before what was found out since.
                Ok(()) = self.system.changed() => self.system_changed(),
                () = self.presence.due() => self.look_for_silence(),
                Some((id, generation, item)) = self.streams.next() => self.item(&id, generation, item),
                Some(done) = self.running.next() => self.done(done),
                else => std::future::pending().await,
            }
        }
    }

    fn dispatch(&mut self, id: Arc<str>, verb: &'static Verb, command: Command) {
        let status = *self.system.borrow();
        let to = match &command {
            Command::Hello(_) | Command::Beat(_) => self.places.named(&id, status),
            Command::Connect(connect) => self.places.named(connect.client_name.as_deref().unwrap_or_default(), status),
            _ => self.places.of(&id).cloned(),
        };
        if let Some(to) = &to {
            self.heard(to, matches!(command, Command::Beat(_)));
        }
        if matches!(command, Command::Hello(_) | Command::Beat(_)) {
            return self.tell_system(to.as_ref(), status);
        }
        self.tick += 1;
        self.submit(&id, Waiting { verb, command, asked: self.tick, to });
    }

    fn submit(&mut self, id: &Arc<str>, waiting: Waiting) {
        let Limits { max_agents, max_waiting, max_outstanding, .. } = self.context.limits;
        if let Some(entry) = self.entries.get_mut(id).filter(|entry| entry.connecting) {
            // A storm of Connects, which anybody may send through a broker, leaves room for the agent's commands.
            let most = max_waiting / if matches!(waiting.command, Command::Connect(_)) { 2 } else { 1 };
            if entry.waiting.len() < most {
                return entry.waiting.push_back(waiting);
            }
            return self.refuse_waiting(&waiting, id, &too_many("too many commands wait for the connect"));
        }
        if self.running.len() >= max_outstanding {
            return self.refuse_waiting(&waiting, id, &too_many("too many commands without an answer"));
        }
        let bound = self.entries.get(id).is_some_and(|entry| entry.binding.is_some());
        let connect = match &waiting.command {
            Command::Connect(_) if waiting.to.is_none() => {
                let error = Error::new(Reason::InvalidInput, "the destination may not have that name");
                return self.refuse_waiting(&waiting, id, &error);
            }
            Command::Connect(connect) => connect.clone(),
            _ if bound => return self.execute(id, waiting),
            Command::Login(agent::Login { password, .. })
            | Command::MobileAgentLogin(agent::MobileAgentLogin { password, .. })
                if waiting.to.is_some() =>
            {
                match (id.parse(), password.clone()) {
                    (Ok(agent_id), Some(password)) => Connect { agent_id, password, client_name: None },
                    _ => return self.refuse_waiting(&waiting, id, &self.stranger(id)),
                }
            }
            _ if members::for_member(id, &waiting.command).is_some() && !self.connects.is_empty() => {
                if self.for_members.len() < max_waiting {
                    return self.for_members.push_back((id.clone(), waiting, self.connected));
                }
                return self.refuse_waiting(&waiting, id, &too_many("too many commands wait for the connect"));
            }
            _ if self.act_on_member(id, &waiting) => return,
            _ => return self.refuse_waiting(&waiting, id, &self.stranger(id)),
        };
        let full = self.entries.len() >= max_agents && !self.entries.contains_key(id);
        if full || !self.places.has_room_for(id) {
            return self.refuse_waiting(&waiting, id, &too_many("too many agents on one connection"));
        }
        let to = waiting.to.clone();
        let sign_in = Some(waiting).filter(|waiting| !matches!(waiting.command, Command::Connect(_)));
        let entry = self.entries.entry(id.clone()).or_default();
        (entry.connecting, entry.from) = (true, to.clone());
        self.connected += 1;
        let order = self.connected;
        self.connects.insert(order);
        let (manager, id) = (self.context.manager.clone(), id.clone());
        self.running.push(Box::pin(async move {
            let result = sessions::open(&manager, connect).await;
            Done::Connected { id, order, to, sign_in, result }
        }));
    }

    /// What is said to commands for an id that this connection has not proved. Whether such an agent exists or has a
    /// session is nobody else's business.
    fn stranger(&self, id: &Arc<str>) -> Error {
        if self.former.contains(id) || (self.places.is_broker() && self.places.of(id).is_some()) {
            return Error::new(Reason::NotConnected, "the session is over, connect again");
        }
        Error::new(Reason::AuthorizationFailure, "this connection has not proved the agent's password")
    }

    fn refuse_waiting(&mut self, waiting: &Waiting, id: &str, error: &Error) {
        self.refuse(waiting.to.as_ref(), waiting.verb.name, id, error);
    }

    fn refuse(&mut self, to: Option<&Arc<Target>>, command: &str, id: &str, error: &Error) {
        let say = if command == "Connect" { Say::ConnectStatus(error) } else { Say::Error { command, error } };
        match to {
            Some(to) => self.say(to, say, id),
            // Whoever sent it has not said where answers go.
            None => self.presence.unaddressed(command, error.reason),
        }
    }

    fn say(&mut self, to: &Arc<Target>, say: Say<'_>, id: &str) {
        let line = say.write(to.encoding, id, &self.context.style);
        self.ready.push_back((to.clone(), line.into()));
    }
}

fn too_many(message: &'static str) -> Error {
    Error::new(Reason::TooManyRequests, message)
}
