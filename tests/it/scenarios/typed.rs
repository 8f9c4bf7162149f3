//! Plays a scenario over gRPC: every command becomes the call that the catalogue names for its verb.

use std::collections::{BTreeMap, HashMap};

use generic_connector::command::catalogue::{self, IdKind, Verb};
use generic_connector::pb;
use generic_connector::sim::Flavour;
use prost::Message as _;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tonic::Status;
use tonic_types::StatusExt as _;

use super::dynamic::{Requests, unary};
use super::mirror::{Seen, word};
use super::play::{PATIENCE, Play};
use super::script::{Door, Script, Step, What};

/// What became of a command.
struct Outcome {
    client: String,
    agent: String,
    verb: &'static Verb,
    result: oneshot::Receiver<Result<bytes::Bytes, Status>>,
}

struct Run<'a> {
    script: &'a Script,
    play: Play,
    requests: Requests,
    /// The token of each client for each agent.
    tokens: HashMap<(String, String), String>,
    /// Calls that nobody has waited for.
    later: Vec<Outcome>,
    /// Refusals that no line has asked for, as lines.
    refused: Vec<(String, Value)>,
    /// The last of what the stream showed that each agent's lines were compared with.
    shown: HashMap<String, usize>,
}

/// Plays it and returns the numbered events of each agent.
pub async fn play(script: &Script, flavour: Flavour) -> BTreeMap<String, Vec<Seen>> {
    let mut run = Run {
        script,
        play: Play::start(flavour).await,
        requests: Requests::new(),
        tokens: HashMap::new(),
        later: Vec::new(),
        refused: Vec::new(),
        shown: HashMap::new(),
    };
    for step in script.steps(flavour, Door::Typed) {
        run.play.tick();
        match &step.what {
            What::Send { client, line, later } => run.send(client, line, *later).await,
            What::Told { client, line, .. } => run.told(step, client, line).await,
            What::Event { agent, words } => run.play.event(agent, words).await,
            What::Act { into, act } => run.play.act(into.as_deref(), act),
        }
    }
    while let Some(outcome) = run.later.pop() {
        run.finish(outcome).await;
    }
    assert!(run.refused.is_empty(), "{} {flavour}: refused, and nobody asked: {:#?}", script.name, run.refused);
    let connected = run.tokens.keys().map(|(_, agent)| agent.clone()).collect();
    run.play.settle(connected).await;
    let observer = &run.play.observer;
    let events = |agent: &String| observer.events(agent).into_iter().cloned().collect();
    let said = observer.agents().into_iter().map(|agent| (agent.clone(), events(&agent))).collect();
    run.play.stop().await;
    said
}

impl Run<'_> {
    async fn send(&mut self, client: &str, line: &str, later: bool) {
        let line = self.play.fill(line);
        let mut parts = line.splitn(3, '#');
        let mut part = || parts.next().unwrap_or_default().trim().to_owned();
        let (name, agent, body) = (part(), part(), part());
        let verb = catalogue::verb(&name).unwrap_or_else(|| panic!("{name} is no verb: mark the line [text]"));
        let request = self.requests.of(verb, &agent, &body);
        // A destination has no token of its own: the client shows one that it has.
        let by = |(owner, of): &(String, String)| owner == client && (*of == agent || verb.id == IdKind::Destination);
        let token = self.tokens.iter().find(|(key, _)| by(key)).map(|(_, token)| token.clone());
        let channel = self.play.doors.channel.clone();
        let (done, result) = oneshot::channel();
        self.play.tasks.spawn_abortable(0, async move {
            let _ = done.send(unary(channel, verb.rpc.path, request, token.as_deref()).await);
        });
        let outcome = Outcome { client: client.to_owned(), agent, verb, result };
        if later {
            self.later.push(outcome);
        } else {
            self.finish(outcome).await;
        }
    }

    async fn finish(&mut self, outcome: Outcome) {
        let Outcome { client, agent, verb, result } = outcome;
        match crate::support::within(verb.name, result).await.unwrap() {
            Ok(reply) if verb.rpc.name == "Connect" => {
                let reply = pb::ConnectResponse::decode(reply).unwrap();
                self.tokens.insert((client, agent.clone()), reply.token);
                // The observer is there before anything happens.
                let attached = |log: &[Seen]| log.iter().any(|seen| seen.agent == agent && seen.sequence.is_some());
                self.play.observer.until(attached).await;
            }
            Ok(_) => {}
            Err(status) => {
                let details = status.get_error_details();
                let reason = details.error_info().map_or("", |info| info.reason.as_str()).to_owned();
                let line = if verb.rpc.name == "Connect" {
                    json!({"type": "ConnectStatus", "reason": reason, "agentId": agent})
                } else {
                    json!({"type": "Error", "command": verb.name, "reason": reason, "agentId": agent})
                };
                self.refused.push((client, line));
            }
        }
    }

    /// A line about a state or a call waits for its event; an error asks for a refusal; an answer was given.
    async fn told(&mut self, step: &Step, client: &str, expected: &Value) {
        let place = format!("{}.txt:{}", self.script.name, step.number);
        match word(expected, "type") {
            "Error" | "ConnectStatus" => self.refusal(&place, client, expected).await,
            "State" | "NewInboundCall" | "InboundCall" | "ConsultCall" => self.shown(&place, expected).await,
            _ => {}
        }
    }

    async fn refusal(&mut self, place: &str, client: &str, expected: &Value) {
        loop {
            let fits = |(by, line): &(String, Value)| by == client && self.play.about_the_same(expected, line);
            if let Some(at) = self.refused.iter().position(fits) {
                let (_, line) = self.refused.remove(at);
                assert!(self.play.holds(expected, &line, true), "{place}: expected {expected}, was refused by {line}");
                return;
            }
            let command = word(expected, "command");
            let at = self.later.iter().position(|outcome| outcome.verb.name == command);
            let Some(at) = at else { panic!("{place}: expected {expected}, refused was {:#?}", self.refused) };
            let outcome = self.later.remove(at);
            self.finish(outcome).await;
        }
    }

    /// Waits for the event that the line stands for, unless it says what holds already (a reply does that).
    async fn shown(&mut self, place: &str, expected: &Value) {
        let agent = self.play.fill(word(expected, "agentId"));
        let mut at = self.shown.get(&agent).copied().unwrap_or(0);
        let about = |run: &Self, seen: &Seen| {
            seen.agent == agent && !seen.line.is_null() && run.play.about_the_same(expected, &seen.line)
        };
        let log = &self.play.observer.log;
        let last = log.iter().take(at).rev().find(|seen| about(self, seen));
        if last.is_some_and(|last| self.play.holds(expected, &last.line, true)) {
            return;
        }
        loop {
            while at >= self.play.observer.log.len() {
                let next = tokio::time::timeout(PATIENCE, self.play.observer.next());
                if next.await.is_err() {
                    panic!("{place}: expected {expected}, the stream showed {:#?}", self.play.observer.log);
                }
            }
            let seen = self.play.observer.log[at].clone();
            at += 1;
            if about(self, &seen) && self.play.holds(expected, &seen.line, true) {
                self.shown.insert(agent, at);
                self.play.capture(expected, &seen.line);
                return;
            }
        }
    }
}
