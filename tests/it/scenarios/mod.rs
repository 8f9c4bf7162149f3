//! Plays the files of `tests/scenarios` over every door ([`door`]) and compares what the typed stream showed.
//!
//! [`script`] reads a file, [`text`] and [`typed`] play it, each in a fresh world ([`play`]) with all its doors ([`stage`]).
//! [`desk`] is a client of any text door, [`attach`] one of the bidirectional stream. [`coverage`] demands every verb,
//! [`exchanges`] shows each in a document. [`mirror`] holds what the stream showed and which legacy lines follow from it,
//! [`dynamic`] makes typed calls from the catalogue.

pub mod attach;
mod coverage;
mod desk;
pub mod door;
pub mod dynamic;
mod exchanges;
pub mod mirror;
pub mod play;
pub mod script;
pub mod stage;
mod text;
pub mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use door::Door;
use futures_util::future::join_all;
use generic_connector::sim::Flavour;
use mirror::Seen;
use script::Script;
use stage::Queue;
use tokio::sync::Mutex;

use crate::broker::Broker;

/// A test for each file; that none is left out is a test, too.
macro_rules! scenarios {
    ($($name:ident)*) => {
        $(#[tokio::test]
        async fn $name() {
            play_file(stringify!($name)).await;
        })*
        const PLAYED: &[&str] = &[$(stringify!($name)),*];
    };
}

scenarios! {
    a_day
    abandoned
    agent_to_agent
    barge_in
    barge_in_monitored
    capabilities
    conference
    consult_alone
    errors_calls
    errors_sign_in
    faults_at_sign_in
    finesse_faults
    forced_out_on_a_call
    intercept
    joining_late
    link_lost
    lists
    member_states
    mobile
    monitor
    notifications
    numbers
    out_of_service
    outbound
    pending
    permissions
    queues
    ring_no_answer
    signing_out
    single_step
    spellings
    team
    tones
    transfer
    transfer_of_agents_call
    two_desktops
    wrap_up
    wrap_up_chosen
}

#[test]
fn every_file_is_played() {
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    let mut played = PLAYED.to_vec();
    played.sort_unstable();
    assert_eq!(files, played);
}

/// Each sample event of the old product is compared with a line that a scenario reaches.
#[test]
fn every_sample_is_reproduced() {
    let like = |step: script::Step| match step.what {
        script::What::Told { like, .. } => like,
        _ => None,
    };
    let reproduced: BTreeSet<String> = PLAYED.iter().flat_map(|name| read(name).steps).filter_map(like).collect();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/legacy");
    let names = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path());
    let names: BTreeSet<String> = names.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(reproduced, names);
}

#[tokio::test]
#[should_panic(expected = "was told more")]
async fn a_line_that_nobody_expected_fails_a_scenario() {
    play(&Script::parse("inline", "> Hello#d").unwrap(), Flavour::Ucce, Door::Tcp, None).await;
}

#[tokio::test]
#[should_panic(expected = "inline.txt:3 over tcp: expected")]
async fn a_line_that_says_something_else_fails_a_scenario() {
    let script = "> Hello#d\n\n< {\"type\":\"System\",\"status\":\"OUT_OF_SERVICE\"}";
    play(&Script::parse("inline", script).unwrap(), Flavour::Ucce, Door::Tcp, None).await;
}

const SIGN_IN: &str =
    "> Connect#1001#d,demo\n> Login#1001#demo,2001\n[like STATE] < {\"type\":\"State\"}\n< {\"type\":\"AgentInfo\"}";

#[tokio::test]
#[should_panic(expected = "has not the layout of system")]
async fn a_line_of_another_layout_fails_a_scenario() {
    let script = SIGN_IN.replace("STATE", "system");
    play(&Script::parse("inline", &script).unwrap(), Flavour::Ucce, Door::Tcp, None).await;
}

#[tokio::test]
#[should_panic(expected = "1001 saw")]
async fn an_event_that_may_never_be_fails_a_scenario() {
    let script = SIGN_IN.replace("STATE", "state") + "\n- 1001 NOT_READY";
    play(&Script::parse("inline", &script).unwrap(), Flavour::Ucce, Door::Tcp, None).await;
}

#[tokio::test]
#[should_panic(expected = "refused, and nobody asked")]
async fn a_refusal_that_nobody_expected_fails_a_scenario() {
    play(&Script::parse("inline", "> MakeReady#1001").unwrap(), Flavour::Ucce, Door::Unary, None).await;
}

#[test]
fn a_line_that_can_not_be_read_is_named() {
    for (line, why) in [("? x", "unknown mark"), ("[uccy] > x", "unknown tag"), ("! dance", "unknown action")] {
        let error = Script::parse("inline", &format!("# first\n{line}")).err().unwrap();
        assert!(error.starts_with("inline.txt:2: ") && error.contains(why), "{error}");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

fn read(name: &str) -> Script {
    let text = std::fs::read_to_string(folder().join(format!("{name}.txt"))).unwrap();
    Script::parse(name, &text).unwrap()
}

async fn play_file(name: &str) {
    let script = &read(name);
    let broker = &broker().await;
    let doors = || Door::ALL.into_iter().filter(|door| *door != Door::Stomp || broker.is_some());
    let on = async |flavour: Flavour| {
        let runs = join_all(doors().map(|door| play(script, flavour, door, broker.clone()))).await;
        for (door, events) in doors().zip(&runs).skip(1) {
            same(&format!("{name} {flavour}, tcp and {door}"), &runs[0], events);
        }
    };
    join_all(script.flavours.iter().map(|flavour| on(*flavour))).await;
}

/// Plays a scenario over a door and returns the numbered events of each agent.
async fn play(
    script: &Script,
    flavour: Flavour,
    door: Door,
    broker: Option<Arc<Broker>>,
) -> BTreeMap<String, Vec<Seen>> {
    if matches!(door, Door::Unary | Door::Attach) {
        return typed::play(script, flavour, door).await;
    }
    let queue = broker.filter(|_| door == Door::Stomp).map(|broker| queue(broker, script));
    text::play(script, flavour, door, queue).await.events
}

/// The broker of all scenarios; it ends when none is played any more. None where no broker is installed.
async fn broker() -> Option<Arc<Broker>> {
    static SHARED: Mutex<Weak<Broker>> = Mutex::const_new(Weak::new());
    let mut shared = SHARED.lock().await;
    if let Some(broker) = shared.upgrade() {
        return Some(broker);
    }
    let broker = Arc::new(Broker::start().await?);
    *shared = Arc::downgrade(&broker);
    Some(broker)
}

/// A queue that no other run of a scenario uses.
fn queue(broker: Arc<Broker>, script: &Script) -> Queue {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    Queue { broker, name: format!("{}.{}", script.name, COUNT.fetch_add(1, Ordering::Relaxed)) }
}

/// Both runs showed the same numbered events, from the first that both saw on.
fn same(what: &str, one: &BTreeMap<String, Vec<Seen>>, other: &BTreeMap<String, Vec<Seen>>) {
    let agents = |said: &BTreeMap<String, Vec<Seen>>| said.keys().cloned().collect::<Vec<_>>();
    assert_eq!(agents(one), agents(other), "{what}: the agents that were seen");
    for (agent, one) in one {
        let other = &other[agent];
        let begin = |events: &[Seen]| events.first().and_then(|seen| seen.sequence).unwrap_or(0);
        let from = begin(one).max(begin(other));
        let list = |events: &[Seen]| -> Vec<String> {
            let shared = events.iter().filter(|seen| seen.sequence >= Some(from));
            shared.map(|seen| format!("{} {}", seen.sequence.unwrap_or(0), seen.text)).collect()
        };
        assert_eq!(list(one), list(other), "{what}: the events of {agent}");
    }
}
