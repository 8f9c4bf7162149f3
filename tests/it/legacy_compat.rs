//! What shipped clients of the old product write and rely on, beyond the forms of `tests/scenarios/spellings.txt`.

use generic_connector::command::catalogue::{IdKind, VERBS};
use generic_connector::finesse;
use generic_connector::session::Manager;
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, Flavour};
use serde_json::{Value, json};

use crate::bridge_client::{Client, open, options};
use crate::broker::desk::Desk as _;
use crate::broker::site::Site;
use crate::broker::{Broker, stomp};
use crate::support::{World, finesse_options, session_options, within};

/// Another case for every letter, the first one way and the next the other.
fn mixed(verb: &str) -> String {
    let other = |(place, letter): (usize, char)| {
        if place % 2 == 0 { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() }
    };
    verb.chars().enumerate().map(other).collect()
}

#[tokio::test]
async fn every_verb_is_known_whatever_its_case_and_the_blanks_around_the_separator() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::connect(open(&world, options())).await;
    for verb in VERBS.iter().filter(|verb| verb.id == IdKind::Agent) {
        let plain = verb.name;
        let spellings = [plain.to_lowercase(), plain.to_uppercase(), mixed(plain)];
        for (spelled, separator) in spellings.iter().zip(["#", " # ", "\t#  "]) {
            // Parameters are missing or the agent is a stranger: either way the refusal names the verb and the agent.
            desk.send(&format!("{spelled}{separator}1001 ")).await;
            let line = desk.next().await;
            assert_eq!(line["agentId"], "1001", "{spelled}: {line}");
            if plain == "Connect" {
                assert_eq!(line["type"], "ConnectStatus", "{spelled}: {line}");
            } else {
                assert_eq!((&line["type"], &line["command"]), (&json!("Error"), &json!(plain)), "{spelled}: {line}");
            }
        }
    }
    for hello in ["HELLO # desk", "hello#desk", " Hello#desk ", "beat #desk", "BEAT#desk"] {
        desk.send(hello).await;
        assert_eq!(desk.next().await, json!({"type": "System", "status": "IN_SERVICE"}), "{hello}");
    }
    world.stop().await;
}

#[tokio::test]
async fn both_spellings_of_the_conference_are_one_command() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::sign_in(open(&world, options()), "1001").await;
    let mut refusals = Vec::new();
    for spelled in ["Conferencecall", "ConferenceCall", "conferencecall"] {
        desk.send(&format!("{spelled}#1001#2002,77")).await;
        refusals.push(desk.until("Error").await);
    }
    assert_eq!(refusals[0]["command"], "Conferencecall");
    assert_eq!(refusals[0]["code"], "NOT_FOUND");
    assert!(refusals.iter().all(|refusal| *refusal == refusals[0]), "{refusals:?}");
    world.stop().await;
}

#[tokio::test]
async fn a_team_is_listed_with_and_without_the_wish_for_its_changes() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::sign_in(open(&world, options()), "1101").await;
    let mut lists = Vec::new();
    for body in ["1", "1,false", "1,true", "1 , TRUE"] {
        desk.send(&format!("getteamusers#1101#{body}")).await;
        let mut list = desk.until("TeamUsersList").await;
        // When the supervisor's own state began is no matter here.
        for user in list["users"].as_array_mut().unwrap() {
            user["stateChangeTime"] = Value::Null;
        }
        lists.push(list);
    }
    assert!(lists.iter().all(|list| *list == lists[0]), "{lists:?}");
    world.stop().await;
}

#[tokio::test]
async fn single_sign_on_is_refused_and_a_password_may_have_commas() {
    let tasks = Tasks::new();
    let mut simulated = sim::Options::ephemeral();
    for block in &mut simulated.seed.agents {
        block.password = "de,mo".to_owned();
    }
    let sim = sim::start(simulated, &tasks).await.unwrap();
    let manager = Manager::new(session_options(), finesse::Client::new(finesse_options(&sim)).unwrap(), &tasks);
    let mut status = manager.system();
    within("finesse in service", status.wait_for(|status| status.as_str() == "IN_SERVICE")).await.unwrap();
    let world = World { sim, manager, tasks };
    let mut desk = Client::connect(open(&world, options())).await;
    for third in ["SSO", "sso", "Sso", "true", "TRUE", " true "] {
        desk.send(&format!("Connect#1001#desk,de,{third}")).await;
        let line = desk.next().await;
        assert_eq!((&line["type"], &line["agentId"]), (&json!("ConnectStatus"), &json!("1001")), "{third}: {line}");
        assert_eq!(
            (&line["status"], &line["reason"]),
            (&json!("SUBSCRIPTION_FAILED"), &json!("SSO_UNSUPPORTED")),
            "{third}: {line}"
        );
    }
    desk.send("Connect#1001#desk,de,mo\nGetState#1001").await;
    assert_eq!(desk.next().await["state"], "LOGOUT", "a password with a comma is one");
    world.stop().await;
}

#[tokio::test]
async fn who_beats_once_and_never_again_loses_nothing() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::sign_in(open(&world, options()), "1001").await;
    for beat in ["Beat#desk", "beat#elsewhere", "BEAT # desk#", r#"{"type":"Beat#desk","body":null}"#] {
        desk.send(beat).await;
        assert_eq!(desk.next().await, json!({"type": "System", "status": "IN_SERVICE"}), "{beat}");
    }
    desk.send("MakeReady#1001").await;
    desk.state("READY").await;
    assert_eq!(desk.quiet().await, Vec::<Value>::new());
    world.stop().await;
}

#[tokio::test]
async fn commands_of_one_agent_are_carried_out_in_their_order() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::sign_in(open(&world, options()), "1001").await;
    let (ready, not_ready) = ("MakeReady#1001\n", "MakeNotReady#1001\n");
    desk.send([ready, not_ready].concat().repeat(10).trim_end()).await;
    for turn in 0..20 {
        let state = if turn % 2 == 0 { "READY" } else { "NOT_READY" };
        assert_eq!(desk.until("State").await["state"], state, "{turn}");
    }
    world.stop().await;
}

#[tokio::test]
async fn at_a_broker_the_last_connect_has_the_agent_and_a_destination_may_have_several() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut old = stomp::Desktop::connect(broker.stomp(), "old").await;
    let mut new = stomp::Desktop::connect(broker.stomp(), "new").await;
    old.sign_in("1001", "old").await;
    old.sign_in("1002", "old").await;
    // A wrong password moves nobody.
    new.send("Connect#1001", "new,wrong").await;
    assert_eq!(new.event().await["reason"], "AUTHORIZATION_FAILURE");
    old.send("MakeReady#1001", "").await;
    old.state("1001", "READY").await;
    new.send("Connect#1001", "new,demo").await;
    new.send("MakeNotReady#1001", "").await;
    new.state("1001", "NOT_READY").await;
    // Whoever sends the command, its events go to the last Connect's destination; the other agent stays where it is.
    old.send("MakeReady#1001", "").await;
    old.send("MakeReady#1002", "").await;
    new.state("1001", "READY").await;
    let told = old.event().await;
    assert_eq!((&told["agentId"], &told["state"]), (&json!("1002"), &json!("READY")), "nothing of 1001: {told}");
    new.send("Connect#1002", "new,demo").await;
    new.send("MakeNotReady#1002", "").await;
    new.send("MakeNotReady#1001", "").await;
    let mut told = [new.event().await, new.event().await].map(|told| (told["agentId"].clone(), told["state"].clone()));
    told.sort_by_key(|(agent, _)| agent.to_string());
    let not_ready = json!("NOT_READY");
    assert_eq!(told, [(json!("1001"), not_ready.clone()), (json!("1002"), not_ready)]);
    old.send("Hello#old", "").await;
    assert_eq!(old.event().await["type"], "System", "nothing went to the old destination since");
    site.stop().await;
}
