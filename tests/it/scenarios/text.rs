//! Plays a scenario over one of the text doors, as it is written.

use std::collections::{BTreeMap, HashMap, HashSet};

use generic_connector::sim::Flavour;
use serde_json::Value;

use super::desk::{Desk, Line};
use super::door::Door;
use super::mirror::{Seen, agree, word};
use super::play::{PATIENCE, Play};
use super::script::{Script, Step, What};
use super::stage::Queue;

/// What a run of a scenario showed.
pub struct Played {
    /// The numbered events of each agent.
    pub events: BTreeMap<String, Vec<Seen>>,
    /// For the lines of the file that are a command or what a client is told: what went over the wire.
    pub wire: BTreeMap<usize, String>,
}

/// One client.
struct Client {
    desk: Desk,
    /// Every line that came.
    all: Vec<Value>,
    /// Lines that nothing expected yet.
    open: Vec<Line>,
    /// Agents that were connected after the stream had shown events of them.
    late: HashMap<String, bool>,
}

struct Run<'a> {
    script: &'a Script,
    door: Door,
    play: Play,
    clients: BTreeMap<String, Client>,
    /// Who has connected an agent, in order: behind a broker the last one has it.
    owners: HashMap<String, Vec<String>>,
    wire: BTreeMap<usize, String>,
}

/// Plays it; `queue` for the door behind a broker.
pub async fn play(script: &Script, flavour: Flavour, door: Door, queue: Option<Queue>) -> Played {
    let (clients, owners, wire) = (BTreeMap::new(), HashMap::new(), BTreeMap::new());
    let mut run = Run { script, door, play: Play::start(flavour, queue).await, clients, owners, wire };
    for step in script.steps(flavour, door) {
        run.play.tick();
        match &step.what {
            What::Send { client, line, .. } => run.send(step, client, line).await,
            What::Told { client, .. } => run.told(step, client).await,
            What::Reply { .. } | What::Never { .. } => {}
            What::Event { agent, words } => run.play.event(agent, words).await,
            What::Act { into, act } => run.play.act(into.as_deref(), act),
        }
    }
    let title = format!("{} {flavour} {door}", script.name);
    for (name, client) in &mut run.clients {
        let last = client.desk.said().await;
        client.all.extend(last.iter().map(|line| line.says.clone()));
        client.open.extend(last);
        assert!(client.open.is_empty(), "{title}: {name}> was told more:\n{}", list(&client.open));
    }
    let connected = run.clients.values().flat_map(|client| client.late.keys().cloned()).collect();
    run.play.settle(connected).await;
    run.play.check_never(script.steps(flavour, door), &[]);
    run.check_agreement(&title);
    let observer = &run.play.observer;
    let of = |agent: String| (agent.clone(), observer.events(&agent).into_iter().cloned().collect());
    let events = observer.agents().into_iter().map(of).collect();
    drop(run.clients);
    run.play.stop().await;
    Played { events, wire: run.wire }
}

impl Run<'_> {
    async fn open(&mut self, name: &str) -> &mut Client {
        if !self.clients.contains_key(name) {
            let door = self.script.door_of(name, self.door);
            let desk = Desk::open(&self.play.doors, door, name).await;
            let client = Client { desk, all: Vec::new(), open: Vec::new(), late: HashMap::new() };
            self.clients.insert(name.to_owned(), client);
        }
        self.clients.get_mut(name).unwrap()
    }

    async fn send(&mut self, step: &Step, name: &str, line: &str) {
        let line = self.play.fill(line);
        let mut parts = line.split('#');
        let door = self.script.door_of(name, self.door);
        let binds = match (door, parts.next().unwrap_or_default(), parts.next()) {
            (_, "Connect", Some(agent)) => Some(agent),
            // A broker does not say from whom it comes.
            (Door::Stomp, ..) => None,
            (_, "Login", Some(agent)) => Some(agent),
            _ => None,
        };
        let late = binds.map(|agent| (agent.to_owned(), !self.play.observer.events(agent).is_empty()));
        let client = self.open(name).await;
        client.desk.send(&line).await;
        if let Some((agent, late)) = late {
            client.late.entry(agent.clone()).or_insert(late);
            if door == Door::Stomp {
                self.owners.entry(agent).or_default().push(name.to_owned());
            }
        }
        self.wire.insert(step.number, line);
    }

    /// The next line of that type about that agent and call must be the expected one.
    async fn told(&mut self, step: &Step, name: &str) {
        let place = format!("{}.txt:{} over {}", self.script.name, step.number, self.door);
        let What::Told { line: expected, exact, like, .. } = &step.what else { return };
        self.open(name).await;
        let (play, client) = (&mut self.play, self.clients.get_mut(name).unwrap());
        let line = loop {
            if let Some(at) = client.open.iter().position(|line| play.about_the_same(expected, &line.says)) {
                break client.open.remove(at);
            }
            let next = tokio::time::timeout(PATIENCE, client.desk.line());
            let Ok(line) = next.await else {
                let all: String = client.all.iter().map(|line| line.to_string() + "\n").collect();
                panic!("{place}: expected {expected}\nwas told\n{all}\nthe stream showed {:#?}", play.observer.log);
            };
            client.all.push(line.says.clone());
            client.open.push(line);
        };
        let Line { text, says: line } = line;
        assert!(play.holds(expected, &line, false), "{place}: expected {expected}\nbut was told {line}");
        if *exact {
            let members = |line: &Value| line.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
            assert_eq!(members(expected), members(&line), "{place}: members in order of {line}");
        }
        if let Some(sample) = like {
            assert!(alike(&line, &read_sample(sample)), "{place}: {line} has not the layout of {sample}");
        }
        play.capture(expected, &line);
        if word(&line, "type") == "ConnectStatus" {
            let agent = word(&line, "agentId");
            if !client.all.iter().any(|line| word(line, "type") == "State") {
                client.late.remove(agent);
            }
            let owners = self.owners.entry(agent.to_owned()).or_default();
            if let Some(at) = owners.iter().rposition(|owner| owner == name) {
                owners.remove(at);
            }
        }
        self.wire.insert(step.number, text);
    }

    /// Each client was told what the stream showed of its agents.
    fn check_agreement(&self, title: &str) {
        for (name, client) in &self.clients {
            let agents: HashSet<&str> = client.all.iter().map(|line| word(line, "agentId")).collect();
            let has = |agent: &str| {
                let last = self.owners.get(agent).and_then(|owners| owners.last());
                let by_connection = self.script.door_of(name, self.door) != Door::Stomp;
                client.late.contains_key(agent) && (by_connection || last == Some(name))
            };
            for agent in agents.into_iter().filter(|agent| has(agent)) {
                let about = |line: &&Value| word(line, "agentId") == agent;
                let lines: Vec<Value> = client.all.iter().filter(about).cloned().collect();
                let who = format!("{title} {name}> {agent}");
                agree(&who, &self.play.observer.events(agent), &lines, client.late[agent]);
            }
        }
    }
}

/// One of the old product's sample events.
fn read_sample(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/legacy/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Whether a line has the sample's members in the sample's order, at every depth; lists are compared by their elements as
/// far as both have them, and the ids that name reasons are as they are.
fn alike(line: &Value, sample: &Value) -> bool {
    match (line, sample) {
        (Value::Object(line), Value::Object(sample)) => {
            let id = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
            let named = |(a, b): (&String, &String)| a == b || (id(a) && id(b));
            line.len() == sample.len()
                && line.keys().zip(sample.keys()).all(named)
                && line.values().zip(sample.values()).all(|(line, sample)| alike(line, sample))
        }
        (Value::Array(line), Value::Array(sample)) => line.iter().zip(sample).all(|(line, sample)| alike(line, sample)),
        (Value::Null | Value::String(_), Value::Null | Value::String(_)) => true,
        _ => std::mem::discriminant(line) == std::mem::discriminant(sample),
    }
}

fn list(lines: &[Line]) -> String {
    lines.iter().map(|line| line.text.clone() + "\n").collect()
}
