//! What both runs of a scenario share: the world and its clock, captured values, comparing lines.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use generic_connector::finesse;
use generic_connector::grpc;
use generic_connector::session::{self, Manager};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, ClockMode, Flavour};
use serde_json::Value;

use super::mirror::{Observer, Seen};
use super::script::{Act, Step, What};
use super::stage::{self, Doors, Queue};
use crate::support::{finesse_options, session_options, within};

/// How far the world's clock goes on from step to step, so that no two changes carry the same time.
const TICK: Duration = Duration::from_millis(20);

/// When the sessions settle a doubt by a read: not while a scenario goes on. Where the clock stands still, changes have the
/// same time, which is doubtful; a read in between would make it chance what is told by which notification.
const DOUBTS: Duration = Duration::from_secs(5);

/// How long an expected line or event may take: less than any single wait, so that the failure says which it was.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What a world is made with.
#[derive(Clone)]
pub struct World {
    pub sim: sim::Options,
    pub session: session::Options,
    pub grpc: grpc::Options,
}

impl World {
    /// One whose clock stands still but for the steps of the scenario.
    pub fn of(flavour: Flavour) -> Self {
        let mut sim = sim::Options::ephemeral();
        sim.flavour = flavour;
        sim.clock = ClockMode::Stepped;
        sim.timers.far_end_answer = None;
        let session = session::Options { doubts_after: DOUBTS, ..session_options() };
        Self { sim, session, grpc: stage::options() }
    }
}

/// Sessions in front of a simulator that is known to be in service.
pub async fn manager(options: session::Options, sim: &sim::Server, tasks: &Tasks) -> Manager {
    let manager = Manager::new(options, finesse::Client::new(finesse_options(sim)).unwrap(), tasks);
    let mut status = manager.system();
    within("finesse in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
    manager
}

/// A world with both doors, an observer and the values that the scenario has captured.
pub struct Play {
    pub sim: sim::Server,
    pub manager: Manager,
    pub tasks: Tasks,
    /// Those of sessions and doors.
    pub service: Tasks,
    pub doors: Doors,
    pub observer: Observer,
    values: HashMap<String, String>,
    /// How far into the observer's log expected events have been found, for each agent.
    found: HashMap<String, usize>,
}

impl Play {
    /// A fresh world whose clock stands still but for the steps of the scenario; behind a broker where there is a queue.
    pub async fn start(flavour: Flavour, queue: Option<Queue>) -> Self {
        Self::with(World::of(flavour), queue).await
    }

    /// A fresh world as it is wanted.
    pub async fn with(world: World, queue: Option<Queue>) -> Self {
        let tasks = Tasks::new();
        let sim = sim::start(world.sim, &tasks).await.unwrap();
        let service = tasks.child();
        let manager = manager(world.session, &sim, &service).await;
        let doors = Doors::serve(queue, world.grpc, &manager, &service).await;
        let observer = Observer::new(doors.observe().await);
        Self { sim, manager, tasks, service, doors, observer, values: HashMap::new(), found: HashMap::new() }
    }

    /// Lets a moment of the world's time pass.
    pub fn tick(&self) {
        self.sim.control().step(TICK);
    }

    pub fn act(&mut self, into: Option<&str>, act: &Act) {
        let control = self.sim.control();
        let dialog = |text: &str| self.fill(text).parse().unwrap();
        match act {
            Act::Call { from, to, variables } => {
                let pairs: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (&**name, &**value)).collect();
                let id = control.place_call(from, to, &pairs).unwrap();
                self.values.extend(into.map(|name| (name.to_owned(), id.to_string())));
            }
            Act::Answer(id) => control.answer(dialog(id)).unwrap(),
            Act::HangUp(id) => control.hang_up(dialog(id)).unwrap(),
            Act::Fault(fault) => control.inject(fault.clone()).unwrap(),
            Act::ClearFaults => control.clear_faults(),
            Act::Release => control.release_notifications(),
            Act::Kill(user) => control.kill_sessions(Some(user)).unwrap(),
            Act::Service(service) => control.set_service(*service),
            Act::Step(by) => control.step(*by),
        }
    }

    /// The text with `$name` replaced by what was captured.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            filled.push_str(&rest[..at]);
            let name_end = rest[at + 1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let end = name_end.map_or(rest.len(), |end| at + 1 + end);
            let name = &rest[at..end];
            filled.push_str(self.values.get(name).unwrap_or_else(|| panic!("{name} was not captured")));
            rest = &rest[end..];
        }
        filled + rest
    }

    /// What a member of an expected line says now; none while it is not captured, or may be anything (`*`).
    fn known(&self, expected: &Value) -> Option<Value> {
        match expected {
            Value::String(text) if text == "*" => None,
            Value::String(text) if text.starts_with('$') => self.values.get(text).cloned().map(Value::from),
            Value::Array(list) => Some(list.iter().map(|one| self.known(one).unwrap_or("*".into())).collect()),
            Value::Object(members) => {
                let member = |(name, one): (&String, &Value)| (name.clone(), self.known(one).unwrap_or("*".into()));
                Some(Value::Object(members.iter().map(member).collect()))
            }
            _ => Some(expected.clone()),
        }
    }

    /// Whether a line can be the expected one: the same type, and about the same agent and call as far as both say.
    pub fn about_the_same(&self, expected: &Value, line: &Value) -> bool {
        if expected.is_array() != line.is_array() {
            return false;
        }
        // One of the old product's lines has a list around it.
        let inner = |value: &Value| value.get(0).unwrap_or(value).clone();
        let (expected, line) = (inner(expected), inner(line));
        ["type", "agentId", "dialogId", "assDialogId", "command"].iter().all(|member| {
            let wanted = expected.get(*member).and_then(|wanted| self.known(wanted));
            wanted.is_none_or(|wanted| line.get(*member).is_none_or(|got| *got == wanted))
        })
    }

    /// Whether a line holds what is expected, as far as it has those members at all where `partly`.
    pub fn holds(&self, expected: &Value, line: &Value, partly: bool) -> bool {
        let Some(members) = expected.as_object() else {
            return self.known(expected).is_some_and(|wanted| self.fits(&wanted, line));
        };
        members.iter().all(|(name, wanted)| match (line.get(name), self.known(wanted)) {
            (None, _) => partly,
            (Some(_), None) => true,
            (Some(got), Some(wanted)) => self.fits(&wanted, got),
        })
    }

    /// Whether a value is the expected one; a list of one-member objects holds the expected ones in order.
    fn fits(&self, wanted: &Value, got: &Value) -> bool {
        match (wanted, got) {
            (Value::Object(wanted), Value::Object(got)) => {
                wanted.iter().all(|(name, wanted)| got.get(name).is_some_and(|got| self.fits(wanted, got)))
            }
            (Value::Array(wanted), Value::Array(got)) => {
                let mut got = got.iter();
                wanted.iter().all(|wanted| got.any(|got| self.fits(wanted, got)))
            }
            (Value::String(text), got) if text == "*" => got.is_string(),
            (wanted, got) => wanted == got,
        }
    }

    /// Remembers what the expected line captures.
    pub fn capture(&mut self, expected: &Value, line: &Value) {
        for (name, wanted) in expected.as_object().into_iter().flatten() {
            let variable = wanted.as_str().filter(|text| text.starts_with('$') && !self.values.contains_key(*text));
            if let (Some(variable), Some(got)) = (variable, line.get(name).and_then(Value::as_str)) {
                self.values.insert(variable.to_owned(), got.to_owned());
            }
        }
    }

    /// Waits until the stream has shown an event of an agent that holds all of the words, after the last one found.
    pub async fn event(&mut self, agent: &str, words: &[String]) {
        let from = self.found.get(agent).copied().unwrap_or(0);
        let words: Vec<String> = words.iter().map(|word| self.fill(word)).collect();
        let mut at = from;
        loop {
            while at >= self.observer.log.len() {
                if tokio::time::timeout(PATIENCE, self.observer.next()).await.is_err() {
                    panic!("no event of {agent} with {words:?} in {:#?}", self.observer.log);
                }
            }
            let seen = &self.observer.log[at];
            at += 1;
            if seen.agent == agent && words.iter().all(|word| seen.text.contains(word.as_str())) {
                self.found.insert(agent.to_owned(), at);
                return;
            }
        }
    }

    /// Checks at the end that neither the stream nor what else was seen has shown what may never be.
    pub fn check_never<'a>(&self, steps: impl Iterator<Item = &'a Step>, others: &[Seen]) {
        for step in steps {
            let What::Never { agent, words } = &step.what else { continue };
            let words: Vec<String> = words.iter().map(|word| self.fill(word)).collect();
            let shows = |seen: &&Seen| {
                let all = format!("{} {}", seen.text, seen.line);
                seen.agent == *agent && words.iter().all(|word| all.contains(word.as_str()))
            };
            let shown = self.observer.log.iter().chain(others).find(shows);
            assert!(shown.is_none(), "{agent} saw {words:?}: {shown:#?}");
        }
    }

    /// Reads the stream up to what the sessions have published by now, or to the end of those that are over.
    pub async fn settle(&mut self, connected: BTreeSet<String>) {
        let handles = self.manager.sessions();
        let mut open = Vec::new();
        for handle in handles {
            if let Ok(snapshot) = handle.snapshot().await {
                let (agent, last) = (handle.agent_id().to_string(), snapshot.cursor.sequence.0);
                while self.observer.last(&agent) < last || !self.observer.agents().contains(&agent) {
                    self.observer.next().await;
                }
                open.push(agent);
            }
        }
        for agent in connected.into_iter().filter(|agent| !open.contains(agent)) {
            let over = |log: &[Seen]| {
                log.iter().rev().find(|seen| seen.agent == agent).is_some_and(|seen| seen.text == "detached")
            };
            self.observer.until(over).await;
        }
    }

    pub async fn stop(self) {
        drop(self.observer);
        drop(self.doors);
        assert_eq!(self.tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
    }
}
