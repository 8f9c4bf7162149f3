//! Many calls at once: customers that give up, and agents that work while connections are cut.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use futures_util::future::join_all;
use generic_connector::command::catalogue::RPCS;
use generic_connector::pb;
use generic_connector::pb::event::Payload;
use generic_connector::sim;
use prost::Message as _;

use super::ledger::Era;
use super::play::Player;
use super::sdk::Sdk;
use crate::scenarios::typed::Caller as _;
use crate::support::within;

/// How many bytes a connection of the storm carries at most; a call takes some hundred.
const BYTES: u64 = 8_000;

/// The seed, or the one that is asked for instead.
pub fn seed(seed: u64) -> u64 {
    std::env::var("GC_SEED").ok().and_then(|other| other.parse().ok()).unwrap_or(seed)
}

/// Waits until Finesse has seen so many requests of a user; more are a fault.
pub async fn requests(place: &str, control: &sim::Control, (user, action): &(String, String), count: u64) {
    let mut look = tokio::time::interval(Duration::from_millis(10));
    let seen = async {
        while control.requests(user, action) < count {
            look.tick().await;
        }
    };
    let in_time = tokio::time::timeout(crate::support::LIMIT, seen).await.is_ok();
    let got = control.requests(user, action);
    assert!(in_time && got == count, "{place}: Finesse saw {got} requests {action} of {user}, expected {count}");
}

/// Customers' calls that come and are hung up, one after the other.
pub async fn calls(player: &Player<'_>, count: usize, to: &str) {
    for _ in 0..count {
        let control = player.run.play.sim.control();
        let dialog = control.place_call("5551234", to, &[]).unwrap();
        control.hang_up(dialog).unwrap();
        let id = dialog.to_string();
        let ended = |event: &pb::Event| match &event.payload {
            Some(Payload::DialogEnded(ended)) => ended.dialog.as_ref().is_some_and(|dialog| dialog.id == id),
            _ => false,
        };
        let agent = format!("1{}", &to[1..]);
        let over = |era: &Era| era.events.values().rev().any(|(event, _)| ended(event));
        player.stand.ledger.until("the end of a customer's call", &agent, over).await;
    }
}

/// Every session's agent takes calls while connections are cut, until all cuts are done. Each command must succeed, and
/// Finesse must see it once.
pub async fn blow(player: &Player<'_>, cuts: usize, seed: u64) {
    player.stand.proxy.cut_often(cuts, seed, BYTES);
    let sessions = player.sdk.all();
    join_all(sessions.iter().map(|(session, agent, _)| work(player, session, agent))).await;
    assert_eq!(player.stand.proxy.cuts_left(), 0, "cuts are left");
}

async fn work(player: &Player<'_>, session: &str, agent: &str) {
    let control = player.run.play.sim.control();
    let before: Vec<u64> = ACTIONS.iter().map(|action| control.requests(agent, action)).collect();
    let mut calls = 0;
    while player.stand.proxy.cuts_left() > 0 {
        let dialog = control.place_call("5551234", &format!("2{}", &agent[1..]), &[]).unwrap();
        let id = dialog.to_string();
        let has = |pictured: &pb::Snapshot| pictured.dialogs.iter().any(|dialog| dialog.id == id);
        player.stand.ledger.until("the call", agent, |era| has(&era.now)).await;
        for name in ["AnswerCall", "HoldCall", "RetrieveCall", "UpdateCallVariable", "ReleaseCall"] {
            if let Err(reason) = command(&player.sdk, session, name, &id, calls).await {
                let refusals = player.sdk.refusals.lock().unwrap();
                panic!("{name} in the storm: {reason}: {:?}", refusals.values().next_back());
            }
        }
        player.stand.ledger.until("the call's end", agent, |era| !has(&era.now)).await;
        calls += 1;
    }
    for (action, before) in ACTIONS.iter().zip(before) {
        within("a count", async {}).await;
        let seen = control.requests(agent, action) - before;
        assert_eq!(seen, calls, "Finesse saw {action} of {agent}, in {calls} calls");
    }
}

/// A command about a call.
async fn command(sdk: &Sdk, session: &str, name: &str, dialog: &str, nth: u64) -> Result<(), String> {
    let rpc = RPCS.iter().find(|rpc| rpc.name == name).unwrap();
    let dialog_id = dialog.to_owned();
    let request = match name {
        "UpdateCallVariable" => {
            let (name, value) = ("callVariable1".to_owned(), format!("value {nth}"));
            pb::UpdateCallVariableRequest { dialog_id, name, value, ..Default::default() }.encode_to_vec()
        }
        // Of all these the call's id is the first field, and the only one that is needed.
        _ => pb::HoldCallRequest { dialog_id, ..Default::default() }.encode_to_vec(),
    };
    let done = tokio::time::timeout(Duration::from_secs(40), sdk.call(rpc, request, Some(session))).await;
    done.unwrap_or_else(|_| panic!("{name} in the storm has no answer")).map(drop)
}

/// An agent changes a call again and again while the service dies and comes back. What the SDK tells of each command is
/// true at Finesse: done, once; nothing done; or unknown, and done once at most.
pub async fn upheave(player: &mut Player<'_>, session: &str, restarts: usize, seed: u64) {
    let control = player.run.play.sim.control();
    let dialog = control.place_call("5551234", "2001", &[]).unwrap().to_string();
    let rings = |era: &Era| era.now.dialogs.iter().any(|known| known.id == dialog);
    player.stand.ledger.until("the call", "1001", rings).await;
    let sdk = player.sdk.clone();
    command(&sdk, session, "AnswerCall", &dialog, 0).await.unwrap();
    let over = AtomicBool::new(false);
    let count = || control.requests("1001", "UPDATE_CALL_DATA");
    let work = async {
        let (mut outcomes, mut nth) = (BTreeMap::new(), 0);
        while !over.load(Relaxed) {
            nth += 1;
            let before = count();
            let done = command(&sdk, session, "UpdateCallVariable", &dialog, nth).await;
            if done.is_err() {
                // What the service that died had sent arrives soon.
                pass(100).await;
            }
            let (seen, outcome) = (count() - before, done.map_or_else(|reason| reason, |()| "done".to_owned()));
            let is_true = match outcome.as_str() {
                "done" => seen == 1,
                "SESSION_EXPIRED" => seen == 0,
                "OUTCOME_UNKNOWN" => seen <= 1,
                _ => false,
            };
            assert!(is_true, "command {nth} ended as {outcome}, and Finesse saw it {seen} times; before: {outcomes:?}");
            *outcomes.entry(outcome).or_insert(0) += 1;
        }
        assert!(outcomes.contains_key("done"), "nothing was done in the upheaval: {outcomes:?}");
    };
    let upheaval = async {
        let mut random = fastrand::Rng::with_seed(seed);
        for _ in 0..restarts {
            pass(random.u64(20..300)).await;
            player.stand.replace(&mut player.run.play).await;
        }
        pass(200).await;
        over.store(true, Relaxed);
    };
    futures_util::future::join(work, upheaval).await;
}

/// Time itself.
async fn pass(ms: u64) {
    drop(tokio::time::timeout(Duration::from_millis(ms), std::future::pending::<()>()).await);
}

/// What Finesse is asked for each call.
const ACTIONS: [&str; 5] = ["ANSWER", "HOLD", "RETRIEVE", "UPDATE_CALL_DATA", "DROP"];
