//! Plays the files of `tests/scenarios` over the text door, over unary gRPC and over the bidirectional stream, and compares
//! what the typed stream showed.
//!
//! [`script`] reads a file, [`text`] and [`typed`] play it, each in a fresh world ([`play`]) behind both doors
//! ([`stage`]); [`attach`] is a client of the bidirectional stream. [`coverage`] demands every verb. [`mirror`] holds what the stream showed and which legacy lines follow from it, [`dynamic`] makes typed
//! calls from the catalogue.

mod attach;
mod coverage;
pub mod dynamic;
pub mod mirror;
pub mod play;
mod script;
pub mod stage;
mod text;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use generic_connector::sim::Flavour;
use mirror::Seen;
use script::Script;
use typed::Way;

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
    text::play(&Script::parse("inline", "> Hello#d").unwrap(), Flavour::Ucce).await;
}

#[tokio::test]
#[should_panic(expected = "inline.txt:3: expected")]
async fn a_line_that_says_something_else_fails_a_scenario() {
    let script = "> Hello#d\n\n< {\"type\":\"System\",\"status\":\"OUT_OF_SERVICE\"}";
    text::play(&Script::parse("inline", script).unwrap(), Flavour::Ucce).await;
}

const SIGN_IN: &str =
    "> Connect#1001#d,demo\n> Login#1001#demo,2001\n[like STATE] < {\"type\":\"State\"}\n< {\"type\":\"AgentInfo\"}";

#[tokio::test]
#[should_panic(expected = "has not the layout of system")]
async fn a_line_of_another_layout_fails_a_scenario() {
    let script = SIGN_IN.replace("STATE", "system");
    text::play(&Script::parse("inline", &script).unwrap(), Flavour::Ucce).await;
}

#[tokio::test]
#[should_panic(expected = "1001 saw")]
async fn an_event_that_may_never_be_fails_a_scenario() {
    let script = SIGN_IN.replace("STATE", "state") + "\n- 1001 NOT_READY";
    text::play(&Script::parse("inline", &script).unwrap(), Flavour::Ucce).await;
}

#[tokio::test]
#[should_panic(expected = "refused, and nobody asked")]
async fn a_refusal_that_nobody_expected_fails_a_scenario() {
    typed::play(&Script::parse("inline", "> MakeReady#1001").unwrap(), Flavour::Ucce, Way::Unary).await;
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
    let script = read(name);
    for flavour in &script.flavours {
        let by_text = text::play(&script, *flavour).await;
        for way in [Way::Unary, Way::Attach] {
            let by_calls = typed::play(&script, *flavour, way).await;
            same(&format!("{name} {flavour} {way:?}"), &by_text, &by_calls);
        }
    }
}

/// Both runs showed the same numbered events, from the first that both saw on.
fn same(what: &str, by_text: &BTreeMap<String, Vec<Seen>>, by_calls: &BTreeMap<String, Vec<Seen>>) {
    let agents = |said: &BTreeMap<String, Vec<Seen>>| said.keys().cloned().collect::<Vec<_>>();
    assert_eq!(agents(by_text), agents(by_calls), "{what}: the agents that were seen");
    for (agent, one) in by_text {
        let other = &by_calls[agent];
        let begin = |events: &[Seen]| events.first().and_then(|seen| seen.sequence).unwrap_or(0);
        let from = begin(one).max(begin(other));
        let list = |events: &[Seen]| -> Vec<String> {
            let shared = events.iter().filter(|seen| seen.sequence >= Some(from));
            shared.map(|seen| format!("{} {}", seen.sequence.unwrap_or(0), seen.text)).collect()
        };
        assert_eq!(list(one), list(other), "{what}: the events of {agent} by text and by calls");
    }
}
