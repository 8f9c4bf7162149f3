//! A legacy client without a socket: takes messages, yields lines. Every transport of the legacy door drives one.
//!
//! An agent is bound by a Connect or Login that proves the password; only then are commands for that id obeyed. Commands
//! go to the agent's session in the order in which they came and are not held up by one another there; those behind a
//! Connect in flight wait for it. Events and replies are merged: a reply comes after the event that it reflects.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, FuturesUnordered, SelectAll};
use secrecy::ExposeSecret as _;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::binding::{Binding, Voice};
use super::lines::{Ask, with_reason_key};
use super::message::Message;
use super::said::Tick;
use super::say::{Say, Target};
use super::style::Style;
use crate::command::agent::{self, Connect};
use crate::command::catalogue::{self, Verb};
use crate::command::{Command, Options};
use crate::model::reply::Answer;
use crate::model::system::SystemStatus;
use crate::model::{Error, Reason};
use crate::session::{Handle, Item, Manager, Subscription};

mod members;
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
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_agents: 256, max_waiting: 64, max_outstanding: 256 }
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
}

/// How many ids whose session ended are remembered, to tell their owner so.
const MAX_FORMER: usize = 64;

struct Waiting {
    verb: &'static Verb,
    command: Command,
    asked: Tick,
}

/// What is known of an id: its binding, and the commands behind a Connect in flight.
#[derive(Default)]
struct Entry {
    binding: Option<Binding>,
    connecting: bool,
    waiting: VecDeque<Waiting>,
    /// Ends the stream of the binding.
    stream: CancellationToken,
}

enum Done {
    Connected {
        id: Arc<str>,
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
        result: Result<Subscription, Error>,
    },
}

type Happening = (Arc<str>, u64, Item);

/// One client.
pub struct Peer {
    context: Arc<Context>,
    /// Where its lines go.
    to: Arc<Target>,
    system: watch::Receiver<SystemStatus>,
    told: SystemStatus,
    entries: HashMap<Arc<str>, Entry>,
    former: VecDeque<Arc<str>>,
    /// Commands for ids that are not bound here, while a Connect in flight may yet prove a supervisor.
    for_members: VecDeque<(Arc<str>, Waiting)>,
    streams: SelectAll<BoxStream<'static, Happening>>,
    running: FuturesUnordered<BoxFuture<'static, Done>>,
    ready: VecDeque<(Arc<Target>, Bytes)>,
    generation: u64,
    tick: Tick,
}

impl std::fmt::Debug for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Peer").field("agents", &self.entries.len()).field("running", &self.running.len()).finish()
    }
}

impl Peer {
    /// A client that has said nothing yet.
    pub fn new(context: Arc<Context>, to: Arc<Target>) -> Self {
        let mut system = context.manager.system();
        let told = *system.borrow_and_update();
        Self {
            context,
            to,
            system,
            told,
            entries: HashMap::new(),
            former: VecDeque::new(),
            for_members: VecDeque::new(),
            streams: SelectAll::new(),
            running: FuturesUnordered::new(),
            ready: VecDeque::new(),
            generation: 0,
            tick: 0,
        }
    }

    /// Takes a command. Whatever it leads to comes from [`Peer::next`].
    pub fn take(&mut self, message: &Message) {
        match catalogue::parse(&message.verb, &message.id, message.body.expose_secret()) {
            Ok(parsed) if self.asks_for_sso(&parsed.command, message) => {
                let error = Error::new(Reason::SsoUnsupported, "agents who sign in by single sign-on are not served");
                self.refuse(parsed.verb.name, &parsed.id, &error);
            }
            Ok(parsed) => self.dispatch(parsed.id.into(), parsed.verb, parsed.command),
            Err(error) => {
                let verb = catalogue::verb(&message.verb).map_or(message.verb.as_str(), |verb| verb.name);
                self.refuse(verb, &message.id, &error);
            }
        }
    }

    fn asks_for_sso(&self, command: &Command, message: &Message) -> bool {
        matches!(command, Command::Connect(_)) && self.context.style.asks_for_sso(message.body.expose_secret())
    }

    /// Answers input that is no command.
    pub fn reject(&mut self, why: &dyn std::error::Error) {
        self.refuse("", "", &Error::new(Reason::InvalidInput, why.to_string()));
    }

    /// Whether a line is ready now.
    pub fn is_ready(&self) -> bool {
        !self.ready.is_empty()
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
                Some((id, generation, item)) = self.streams.next() => self.item(&id, generation, item),
                Some(done) = self.running.next() => self.done(done),
                else => std::future::pending().await,
            }
        }
    }

    fn system_changed(&mut self) {
        let status = *self.system.borrow_and_update();
        if status != self.told {
            self.tell_system(status);
        }
    }

    fn tell_system(&mut self, status: SystemStatus) {
        self.told = status;
        self.say(Say::System(status), "");
    }

    fn dispatch(&mut self, id: Arc<str>, verb: &'static Verb, command: Command) {
        if matches!(command, Command::Hello(_) | Command::Beat(_)) {
            let status = *self.system.borrow();
            return self.tell_system(status);
        }
        self.tick += 1;
        self.submit(&id, Waiting { verb, command, asked: self.tick });
    }

    fn submit(&mut self, id: &Arc<str>, waiting: Waiting) {
        let Limits { max_agents, max_waiting, max_outstanding } = self.context.limits;
        let known = self.entries.len();
        if let Some(entry) = self.entries.get_mut(id).filter(|entry| entry.connecting) {
            if entry.waiting.len() < max_waiting {
                return entry.waiting.push_back(waiting);
            }
            return self.refuse(waiting.verb.name, id, &too_many("too many commands wait for the connect"));
        }
        if self.running.len() >= max_outstanding {
            return self.refuse(waiting.verb.name, id, &too_many("too many commands without an answer"));
        }
        let bound = self.entries.get(id).is_some_and(|entry| entry.binding.is_some());
        let connect = match &waiting.command {
            Command::Connect(connect) => connect.clone(),
            _ if bound => return self.execute(id, waiting),
            Command::Login(agent::Login { password, .. })
            | Command::MobileAgentLogin(agent::MobileAgentLogin { password, .. }) => {
                match (id.parse(), password.clone()) {
                    (Ok(agent_id), Some(password)) => Connect { agent_id, password, client_name: None },
                    _ => return self.refuse(waiting.verb.name, id, &self.stranger(id)),
                }
            }
            _ if members::for_member(id, &waiting.command).is_some() && self.is_connecting() => {
                if self.for_members.len() < max_waiting {
                    return self.for_members.push_back((id.clone(), waiting));
                }
                return self.refuse(waiting.verb.name, id, &too_many("too many commands wait for the connect"));
            }
            _ if self.act_on_member(id, &waiting) => return,
            _ => return self.refuse(waiting.verb.name, id, &self.stranger(id)),
        };
        if known >= max_agents && !self.entries.contains_key(id) {
            return self.refuse(waiting.verb.name, id, &too_many("too many agents on one connection"));
        }
        let sign_in = Some(waiting).filter(|waiting| !matches!(waiting.command, Command::Connect(_)));
        self.entries.entry(id.clone()).or_default().connecting = true;
        let (manager, id) = (self.context.manager.clone(), id.clone());
        self.running.push(Box::pin(async move {
            let result = sessions::open(&manager, connect).await;
            Done::Connected { id, sign_in, result }
        }));
    }

    fn is_connecting(&self) -> bool {
        self.entries.values().any(|entry| entry.connecting)
    }

    /// What is said to commands for an id that this connection has not proved. Whether such an agent exists or has a
    /// session is nobody else's business.
    fn stranger(&self, id: &Arc<str>) -> Error {
        if self.former.contains(id) {
            return Error::new(Reason::NotConnected, "the session is over, connect again");
        }
        Error::new(Reason::AuthorizationFailure, "this connection has not proved the agent's password")
    }

    fn execute(&mut self, id: &Arc<str>, waiting: Waiting) {
        let Waiting { verb, command, asked } = waiting;
        let Some(binding) = self.entries.get_mut(id).and_then(|entry| entry.binding.as_mut()) else { return };
        binding.outstanding += 1;
        let (ask, command) = (Ask::of(&command), with_reason_key(command, &self.context.style));
        binding.leaving |= ask == Ask::Leave;
        let mut turn = ask.is_list().then(|| binding.turn());
        let (handle, generation) = (binding.handle.clone(), binding.generation);
        let id = id.clone();
        self.running.push(Box::pin(async move {
            // The session has a deadline of its own for every command.
            let result = handle.execute(command, Options::default(), None).await;
            if let Some(turn) = &mut turn {
                turn.come().await;
            }
            Done::Answered { id, generation, verb: verb.name, ask, asked, result }
        }));
    }

    fn done(&mut self, done: Done) {
        match done {
            Done::Connected { id, sign_in, result } => self.connected(&id, sign_in, result),
            Done::Answered { id, generation, verb, ask, asked, result } => {
                let (binding, mut voice) = self.voice(&id, generation);
                if let Some(binding) = binding {
                    binding.outstanding -= 1;
                    match &result {
                        Ok(answer) => binding.reply(ask, answer, None, asked, &mut voice),
                        // Refused or called off: if the session ends now, that is news again.
                        Err(_) if ask == Ask::Leave => binding.leaving = false,
                        Err(_) => {}
                    }
                }
                if let Err(error) = &result {
                    self.refuse(verb, &id, error);
                }
                self.part(&id);
            }
            Done::Acted { supervisor, member, verb, asked, result } => {
                self.acted(supervisor, &member, verb, asked, &result);
            }
            Done::Resubscribed { id, generation, result } => self.resubscribed(&id, generation, result),
        }
    }

    /// The binding of an id, if it is still that one, and where its lines go.
    fn voice(&mut self, id: &str, generation: u64) -> (Option<&mut Binding>, Voice<'_>) {
        let binding = self.entries.get_mut(id).and_then(|entry| entry.binding.as_mut());
        let voice = Voice { style: &self.context.style, tick: &mut self.tick, out: &mut self.ready };
        (binding.filter(|binding| binding.generation == generation), voice)
    }

    fn refuse(&mut self, command: &str, id: &str, error: &Error) {
        let say = if command == "Connect" { Say::ConnectStatus(error) } else { Say::Error { command, error } };
        self.say(say, id);
    }

    fn say(&mut self, say: Say<'_>, id: &str) {
        let line = say.write(self.to.encoding, id, &self.context.style);
        self.ready.push_back((self.to.clone(), line.into()));
    }
}

fn too_many(message: &'static str) -> Error {
    Error::new(Reason::TooManyRequests, message)
}
