//! Plays a scenario over the text door, as it is written.

use std::collections::{BTreeMap, HashMap, HashSet};

use generic_connector::sim::Flavour;
use serde_json::Value;

use super::mirror::{Seen, agree, word};
use super::play::{PATIENCE, Play};
use super::script::{Door, Script, Step, What};
use super::stage::LineClient;

/// One connection.
struct Client {
    line: LineClient,
    /// Every line that came.
    all: Vec<Value>,
    /// Lines that nothing expected yet.
    open: Vec<Value>,
    /// Agents that were connected after the stream had shown events of them.
    late: HashMap<String, bool>,
}

/// Plays it and returns the numbered events of each agent.
pub async fn play(script: &Script, flavour: Flavour) -> BTreeMap<String, Vec<Seen>> {
    let mut play = Play::start(flavour).await;
    let mut clients: BTreeMap<String, Client> = BTreeMap::new();
    for step in script.steps(flavour, Door::Text) {
        play.tick();
        match &step.what {
            What::Send { client, line, .. } => {
                let client = open(&play, &mut clients, client).await;
                let line = play.fill(line);
                client.line.send(&line).await;
                let mut parts = line.split('#');
                if let (Some("Connect" | "Login"), Some(agent)) = (parts.next(), parts.next()) {
                    let late = !play.observer.events(agent).is_empty();
                    client.late.entry(agent.to_owned()).or_insert(late);
                }
            }
            What::Told { client, .. } => {
                let client = open(&play, &mut clients, client).await;
                told(&mut play, client, script, step).await;
            }
            What::Reply { .. } | What::Never { .. } => {}
            What::Event { agent, words } => play.event(agent, words).await,
            What::Act { into, act } => play.act(into.as_deref(), act),
        }
    }
    let mut said = BTreeMap::new();
    for (name, client) in &mut clients {
        let last = client.line.said().await;
        client.open.extend(last.iter().cloned());
        client.all.extend(last);
        assert!(client.open.is_empty(), "{} {flavour}: {name}> was told more:\n{}", script.name, list(&client.open));
    }
    let connected = clients.values().flat_map(|client| client.late.keys().cloned()).collect();
    play.settle(connected).await;
    play.check_never(script.steps(flavour, Door::Text), &[]);
    for (name, client) in &clients {
        let agents: HashSet<&str> = client.all.iter().map(|line| word(line, "agentId")).collect();
        for agent in agents.into_iter().filter(|agent| client.late.contains_key(*agent)) {
            let lines: Vec<Value> = client.all.iter().filter(|line| word(line, "agentId") == agent).cloned().collect();
            let who = format!("{} {flavour} {name}> {agent}", script.name);
            agree(&who, &play.observer.events(agent), &lines, client.late[agent]);
        }
    }
    for agent in play.observer.agents() {
        said.insert(agent.clone(), play.observer.events(&agent).into_iter().cloned().collect());
    }
    drop(clients);
    play.stop().await;
    said
}

async fn open<'a>(play: &Play, clients: &'a mut BTreeMap<String, Client>, name: &str) -> &'a mut Client {
    if !clients.contains_key(name) {
        let line = play.doors.line_client().await;
        let client = Client { line, all: Vec::new(), open: Vec::new(), late: HashMap::new() };
        clients.insert(name.to_owned(), client);
    }
    clients.get_mut(name).unwrap()
}

/// The next line of that type about that agent and call must be the expected one.
async fn told(play: &mut Play, client: &mut Client, script: &Script, step: &Step) {
    let place = format!("{}.txt:{}", script.name, step.number);
    let What::Told { line: expected, exact, like, .. } = &step.what else { return };
    let line = loop {
        if let Some(at) = client.open.iter().position(|line| play.about_the_same(expected, line)) {
            break client.open.remove(at);
        }
        let next = tokio::time::timeout(PATIENCE, client.line.line());
        let Ok(line) = next.await else {
            panic!(
                "{place}: expected {expected}\nwas told\n{}\nthe stream showed {:#?}",
                list(&client.all),
                play.observer.log
            );
        };
        client.all.push(line.clone());
        client.open.push(line);
    };
    assert!(play.holds(expected, &line, false), "{place}: expected {expected}\nbut was told {line}");
    if *exact {
        let members = |line: &Value| line.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(members(expected), members(&line), "{place}: members in order of {line}");
    }
    if let Some(sample) = like {
        assert!(alike(&line, &read_sample(sample)), "{place}: {line} has not the layout of {sample}");
    }
    play.capture(expected, &line);
    if word(&line, "type") == "ConnectStatus" && !client.all.iter().any(|line| word(line, "type") == "State") {
        client.late.remove(word(&line, "agentId"));
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

fn list(lines: &[Value]) -> String {
    lines.iter().map(|line| line.to_string() + "\n").collect()
}
