//! Many calls at once: customers that give up, and agents that work while connections are cut.

use futures_util::future::join_all;
use generic_connector::command::catalogue::RPCS;
use generic_connector::sim;
use prost::Message as _;

use generic_connector::pb;
use generic_connector::pb::event::Payload;

use super::ledger::Era;
use super::play::Player;
use crate::scenarios::typed::Caller as _;
use crate::support::within;

/// How many bytes a connection of the storm carries at most; a call takes some hundred.
const BYTES: u64 = 8_000;

/// Waits until Finesse has seen so many requests of a user; more are a fault.
pub async fn requests(place: &str, control: &sim::Control, (user, action): &(String, String), count: u64) {
    let mut look = tokio::time::interval(std::time::Duration::from_millis(10));
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
            let rpc = RPCS.iter().find(|rpc| rpc.name == name).unwrap();
            let request = match name {
                "UpdateCallVariable" => {
                    let value = format!("call {calls}");
                    let (name, dialog_id) = ("callVariable1".to_owned(), id.clone());
                    pb::UpdateCallVariableRequest { dialog_id, name, value, ..Default::default() }.encode_to_vec()
                }
                // Of all these the call's id is the first field, and the only one that is needed.
                _ => pb::HoldCallRequest { dialog_id: id.clone(), ..Default::default() }.encode_to_vec(),
            };
            let done = player.sdk.call(rpc, request, Some(session));
            let done = tokio::time::timeout(std::time::Duration::from_secs(40), done).await;
            let done = done.unwrap_or_else(|_| panic!("{name} in the storm has no answer"));
            if let Err(reason) = done {
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

/// What Finesse is asked for each call.
const ACTIONS: [&str; 5] = ["ANSWER", "HOLD", "RETRIEVE", "UPDATE_CALL_DATA", "DROP"];
