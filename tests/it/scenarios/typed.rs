//! Plays a scenario over gRPC: every command becomes the call that the catalogue names for its verb, as an RPC of its own
//! or, the other way, as a command of the client's bidirectional stream.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use generic_connector::command::catalogue::{self, IdKind, Rpc};
use generic_connector::pb;
use generic_connector::pb::subscribe_response::Message as Kind;
use generic_connector::sim::Flavour;
use prost::Message as _;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tonic::transport::Channel;

use super::attach::{Asked, Attached, reason};
use super::door::Door;
use super::dynamic::{Requests, rpc, unary};
use super::mirror::{Seen, seen, state_line, word};
use super::play::{PATIENCE, Play};
use super::script::{Script, Step, What};
use crate::support::within;

/// How a client's calls are made.
pub trait Caller: Send + Sync {
    /// Makes a call, with the token that a Connect yielded. Gives the encoded reply, or the reason why there is none.
    fn call(&self, rpc: &'static Rpc, request: Vec<u8>, token: Option<&str>) -> BoxFuture<'static, Made>;
}

/// What became of a call.
pub type Made = Result<Bytes, String>;

impl Caller for Channel {
    fn call(&self, rpc: &'static Rpc, request: Vec<u8>, token: Option<&str>) -> BoxFuture<'static, Made> {
        let (channel, token) = (self.clone(), token.map(str::to_owned));
        async move { unary(channel, rpc.path, request, token.as_deref()).await.map_err(|status| reason(&status)) }
            .boxed()
    }
}

/// What became of a command.
struct Outcome {
    client: String,
    agent: String,
    /// The verb that was sent, or the RPC.
    name: String,
    rpc: &'static Rpc,
    result: Pending,
}

enum Pending {
    Unary(oneshot::Receiver<Made>),
    Attach(Asked),
}

/// What a Connect yielded.
struct Token {
    text: String,
    supervisor: bool,
    stream: Option<Attached>,
}

/// A scenario that is being played.
pub struct Run {
    name: String,
    door: Door,
    caller: Arc<dyn Caller>,
    pub play: Play,
    requests: Requests,
    /// The token of each client for each agent.
    tokens: BTreeMap<(String, String), Token>,
    /// The last token of each client.
    connects: HashMap<String, String>,
    /// Calls that nobody has waited for.
    later: Vec<Outcome>,
    /// Refusals that no line has asked for, and what replies say of members, as lines.
    said: Vec<(String, Value)>,
    /// The last reply of each client.
    replies: HashMap<String, Value>,
    /// What else was shown: the snapshots that Connect yields, and what bidirectional streams showed.
    pub others: Vec<Seen>,
    /// The last of what the stream showed that each client's lines about each agent were compared with.
    shown: HashMap<(String, String), usize>,
}

/// Plays it and returns the numbered events of each agent.
pub async fn play(script: &Script, flavour: Flavour, door: Door) -> BTreeMap<String, Vec<Seen>> {
    let play = Play::start(flavour, None).await;
    let caller = Arc::new(play.doors.channel.clone());
    let mut run = Run::new(&script.name, play, door, caller);
    for step in script.steps(flavour, door) {
        run.step(step).await;
    }
    run.settle().await;
    run.same_streams().await;
    run.play.check_never(script.steps(flavour, door), &run.others);
    let observer = &run.play.observer;
    let events = |agent: &String| observer.events(agent).into_iter().cloned().collect();
    let said = observer.agents().into_iter().map(|agent| (agent.clone(), events(&agent))).collect();
    drop(run.tokens);
    run.play.stop().await;
    said
}

impl Run {
    pub fn new(name: &str, play: Play, door: Door, caller: Arc<dyn Caller>) -> Self {
        Self {
            name: name.to_owned(),
            door,
            caller,
            play,
            requests: Requests::new(),
            tokens: BTreeMap::new(),
            connects: HashMap::new(),
            later: Vec::new(),
            said: Vec::new(),
            replies: HashMap::new(),
            others: Vec::new(),
            shown: HashMap::new(),
        }
    }

    pub async fn step(&mut self, step: &Step) {
        self.play.tick();
        match &step.what {
            What::Send { client, line, later } => self.send(client, line, *later).await,
            What::Told { client, line, .. } => self.told(step, client, line).await,
            What::Reply { client, reply } => self.replied(step, client, reply).await,
            What::Event { agent, words } => self.play.event(agent, words).await,
            What::Never { .. } => {}
            What::Act { into, act } => self.play.act(into.as_deref(), act),
        }
    }

    /// What the last Connect of a client yielded.
    pub fn token(&self, client: &str) -> Option<String> {
        self.connects.get(client).cloned()
    }

    /// Waits for what is under way, and reads the stream up to what has happened by now.
    pub async fn settle(&mut self) {
        self.finish_all().await;
        let connected = self.tokens.keys().map(|(_, agent)| agent.clone()).collect();
        self.play.settle(connected).await;
    }

    /// Waits for what is under way; no refusal may be left that no line expected.
    pub async fn finish_all(&mut self) {
        while let Some(outcome) = self.later.pop() {
            self.finish(outcome).await;
        }
        self.said.retain(|(_, line)| word(line, "type") != "State");
        assert!(self.said.is_empty(), "{} {}: refused, and nobody asked: {:#?}", self.name, self.door, self.said);
    }

    async fn send(&mut self, client: &str, line: &str, later: bool) {
        let line = self.play.fill(line);
        let mut parts = line.splitn(3, '#');
        let mut part = || parts.next().unwrap_or_default().trim().to_owned();
        let (name, agent, body) = (part(), part(), part());
        let (rpc, request, by) = self.request(client, &name, &agent, &body);
        let token = by.and_then(|by| self.tokens.get(&(client.to_owned(), by)));
        let result = match token.and_then(|token| token.stream.as_ref()).filter(|_| rpc.name != "Connect") {
            Some(stream) => Pending::Attach(stream.ask(&self.requests, rpc, &request).await),
            None => {
                let call = self.caller.call(rpc, request, token.map(|token| &*token.text));
                let (done, result) = oneshot::channel();
                self.play.tasks.spawn_abortable(0, async move {
                    let _ = done.send(call.await);
                });
                Pending::Unary(result)
            }
        };
        let outcome = Outcome { client: client.to_owned(), agent, name, rpc, result };
        if later {
            self.later.push(outcome);
        } else {
            self.finish(outcome).await;
        }
    }

    /// The call that a command is, and the agent whose token the client shows.
    fn request(&self, client: &str, name: &str, agent: &str, body: &str) -> (&'static Rpc, Vec<u8>, Option<String>) {
        let of_client = |fits: &dyn Fn(&str, &Token) -> bool| {
            let mut tokens = self.tokens.iter().filter(|((owner, _), _)| owner == client);
            tokens.find(|((_, of), token)| fits(of, token)).map(|((_, of), _)| of.clone())
        };
        if let Some(rpc) = rpc(name) {
            let fields = body.split('&').filter_map(|field| field.split_once('=')).collect::<Vec<_>>();
            return (rpc, self.requests.named(rpc, &fields), Some(agent.to_owned()));
        }
        let verb = catalogue::verb(name).unwrap_or_else(|| panic!("{name} is no verb: mark the line [text]"));
        let own = of_client(&|of, _| of == agent || verb.id == IdKind::Destination);
        let by = own.or_else(|| of_client(&|_, token| token.supervisor));
        // For somebody else's id the old product's verbs are a supervisor's.
        let (target, state) = match verb.rpc.name {
            "MakeReady" => ("SupervisorService.SetMemberState", Some("READY")),
            "MakeNotReady" | "MakeNotReadyWithReason" => ("SupervisorService.SetMemberState", Some("NOT_READY")),
            "Logout" | "LogoutWithReason" => ("SupervisorService.LogOutMember", None),
            _ => ("", None),
        };
        match rpc(target).filter(|_| by.as_deref().is_some_and(|by| by != agent)) {
            Some(rpc) => {
                let fields = [("member_id", Some(agent)), ("state", state)];
                let fields: Vec<_> = fields.iter().filter_map(|(name, text)| Some((*name, (*text)?))).collect();
                (rpc, self.requests.named(rpc, &fields), by)
            }
            None => {
                let by = by.filter(|by| by == agent || verb.id == IdKind::Destination);
                (verb.rpc, self.requests.of(verb, agent, body), by)
            }
        }
    }

    async fn finish(&mut self, outcome: Outcome) {
        let Outcome { client, agent, name, rpc, result } = outcome;
        let result = match result {
            Pending::Unary(result) => within(&name, result).await.unwrap(),
            Pending::Attach(asked) => within(&name, asked.outcome(&self.requests)).await,
        };
        match result {
            Ok(reply) if rpc.name == "Connect" => {
                let reply = pb::ConnectResponse::decode(reply).unwrap();
                self.others.extend(reply.snapshot.map(|snapshot| seen(Kind::Snapshot(Box::new(snapshot)))));
                let stream = if self.door == Door::Attach {
                    let channel = self.play.doors.channel.clone();
                    Some(Attached::open(channel, &reply.token, &self.play.tasks).await)
                } else {
                    None
                };
                let supervisor = reply.profile.is_some_and(|profile| profile.supervisor);
                self.connects.insert(client.clone(), reply.token.clone());
                self.tokens.insert((client, agent.clone()), Token { text: reply.token, supervisor, stream });
                // The observer is there before anything happens.
                let attached = |log: &[Seen]| log.iter().any(|seen| seen.agent == agent && seen.sequence.is_some());
                self.play.observer.until(attached).await;
            }
            Ok(reply) => {
                let shown = self.requests.reply(rpc, &reply);
                if shown.get("member").is_some() {
                    let member = pb::GetTeamUserStateResponse::decode(reply).unwrap().member.unwrap();
                    self.said.push((client.clone(), state_line(member.status.as_ref().unwrap(), &member.id)));
                }
                self.replies.insert(client, shown);
            }
            Err(reason) if rpc.name == "Connect" => {
                self.said.push((client, json!({"type": "ConnectStatus", "reason": reason, "agentId": agent})));
            }
            Err(reason) => {
                let line = json!({"type": "Error", "command": name, "reason": reason, "agentId": agent});
                self.said.push((client, line));
            }
        }
    }

    /// A line about a state or a call waits for its event; an error asks for a refusal; an answer was given.
    async fn told(&mut self, step: &Step, client: &str, expected: &Value) {
        let place = format!("{}.txt:{}", self.name, step.number);
        match word(expected, "type") {
            "Error" | "ConnectStatus" => self.refusal(&place, client, expected).await,
            "State" | "NewInboundCall" | "InboundCall" | "ConsultCall" => self.shown(&place, client, expected).await,
            _ => {}
        }
    }

    async fn replied(&mut self, step: &Step, client: &str, expected: &Value) {
        let reply = self.replies.get(client).cloned().unwrap_or_default();
        let place = format!("{}.txt:{}", self.name, step.number);
        assert!(self.play.holds(expected, &reply, false), "{place}: expected {expected}, the reply was {reply}");
        self.play.capture(expected, &reply);
    }

    async fn refusal(&mut self, place: &str, client: &str, expected: &Value) {
        loop {
            if let Some(line) = self.take(client, expected) {
                assert!(self.play.holds(expected, &line, true), "{place}: expected {expected}, was refused by {line}");
                return;
            }
            let command = word(expected, "command");
            let at = self.later.iter().position(|outcome| outcome.name == command);
            let Some(at) = at else { panic!("{place}: expected {expected}, said was {:#?}", self.said) };
            let outcome = self.later.remove(at);
            self.finish(outcome).await;
        }
    }

    /// What was said to a client and can be the expected line.
    fn take(&mut self, client: &str, expected: &Value) -> Option<Value> {
        let fits = |(by, line): &(String, Value)| by == client && self.play.about_the_same(expected, line);
        let at = self.said.iter().position(fits)?;
        Some(self.said.remove(at).1)
    }

    /// Waits for the event that the line stands for, unless it says what holds already (a reply does that).
    async fn shown(&mut self, place: &str, client: &str, expected: &Value) {
        let agent = self.play.fill(word(expected, "agentId"));
        if !self.tokens.contains_key(&(client.to_owned(), agent.clone()))
            && let Some(line) = self.take(client, expected)
        {
            assert!(self.play.holds(expected, &line, true), "{place}: expected {expected}, the reply was {line}");
            return;
        }
        let owned: Vec<String> =
            self.tokens.keys().filter(|(owner, _)| owner == client).map(|(_, of)| of.clone()).collect();
        let about = |run: &Self, seen: &Seen| {
            let shown_to = |of: &String| *of == seen.agent;
            let about = word(&seen.line, "agentId") == agent && owned.iter().any(shown_to);
            about && run.play.about_the_same(expected, &seen.line)
        };
        let key = (client.to_owned(), agent.clone());
        let mut at = self.shown.get(&key).copied().unwrap_or(0);
        let log = &self.play.observer.log;
        let last = log.iter().take(at).rev().find(|seen| about(self, seen));
        if last.is_some_and(|last| self.play.holds(expected, &last.line, true)) {
            return;
        }
        loop {
            while at >= self.play.observer.log.len() {
                let next = tokio::time::timeout(PATIENCE, self.play.observer.next());
                if next.await.is_err() {
                    let (log, said) = (&self.play.observer.log, &self.said);
                    panic!("{place}: expected {expected}, the stream showed {log:#?}, said was {said:#?}");
                }
            }
            let seen = self.play.observer.log[at].clone();
            at += 1;
            if about(self, &seen) && self.play.holds(expected, &seen.line, true) {
                self.shown.insert(key, at);
                self.play.capture(expected, &seen.line);
                return;
            }
        }
    }

    /// Each bidirectional stream showed the same as the observer's.
    async fn same_streams(&mut self) {
        for ((client, agent), token) in &mut self.tokens {
            let Some(stream) = &mut token.stream else { continue };
            let all = self.play.observer.events(agent);
            let last = all.last().and_then(|seen| seen.sequence).unwrap_or(0);
            let shown = stream.shown(last).await;
            let numbered = |seen: &&Seen| seen.sequence.is_some() && !seen.text.starts_with("snapshot");
            let first = shown.iter().find(numbered).and_then(|seen| seen.sequence).unwrap_or(u64::MAX);
            let text = |seen: &Seen| format!("{} {}", seen.sequence.unwrap_or(0), seen.text);
            let told: Vec<String> = shown.iter().filter(numbered).map(text).collect();
            let all: Vec<String> = all.into_iter().filter(|seen| seen.sequence >= Some(first)).map(text).collect();
            assert_eq!(told, all, "{}: the stream of {client} for {agent}", self.name);
            self.others.extend(shown);
        }
    }
}
