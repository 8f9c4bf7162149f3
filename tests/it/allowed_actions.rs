//! What an agent is told to be allowed is what works, and what is not told does not: by trying everything in each state.

use generic_connector::command::Command;
use generic_connector::command::agent::{
    Logout, LogoutWithReason, MakeNotReady, MakeNotReadyWithReason, MakeReady, MakeWorkNotReady, MakeWorkReady,
};
use generic_connector::command::call::{AnswerCall, HoldCall, MakeCall};
use generic_connector::model::agent::AgentState;
use generic_connector::model::id::DialogId;
use generic_connector::model::reason::ReasonKey;
use generic_connector::sim::Flavour;

use crate::support::{Desk, World};

/// Where an agent is when it tries.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    LoggedOut,
    NotReady,
    Ready,
    Reserved,
    Talking,
    Hold,
}

const PLACES: [Place; 6] =
    [Place::LoggedOut, Place::NotReady, Place::Ready, Place::Reserved, Place::Talking, Place::Hold];

fn commands() -> [Command; 8] {
    let reason = |id: &str| ReasonKey::Id(id.parse().unwrap());
    [
        Command::MakeReady(MakeReady {}),
        Command::MakeNotReady(MakeNotReady {}),
        Command::MakeNotReadyWithReason(MakeNotReadyWithReason { reason: reason("1") }),
        Command::MakeWorkReady(MakeWorkReady {}),
        Command::MakeWorkNotReady(MakeWorkNotReady {}),
        Command::Logout(Logout {}),
        Command::LogoutWithReason(LogoutWithReason { reason: reason("7") }),
        Command::MakeCall(MakeCall { to: "5550001".parse().unwrap() }),
    ]
}

/// Brings a fresh agent to the place, with a customer's call of the queue where it needs one.
async fn bring(world: &World, agent: &str, place: Place) -> Desk {
    let mut desk = world.agent(agent).await;
    match place {
        Place::NotReady => return desk,
        Place::LoggedOut => {
            desk.run(Command::Logout(Logout {})).await.unwrap();
            return desk;
        }
        Place::Ready | Place::Reserved | Place::Talking | Place::Hold => {
            desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
        }
    }
    if place == Place::Ready {
        return desk;
    }
    world.sim.control().place_call("5551234", "10", &[]).unwrap();
    let dialog_id: DialogId = desk.offered().await;
    if place == Place::Reserved {
        until(&mut desk, AgentState::Reserved).await;
        return desk;
    }
    desk.run(Command::AnswerCall(AnswerCall { dialog_id: dialog_id.clone() })).await.unwrap();
    until(&mut desk, AgentState::Talking).await;
    if place == Place::Hold {
        desk.run(Command::HoldCall(HoldCall { dialog_id })).await.unwrap();
    }
    desk
}

/// Waits until the agent is in a state, which may have been told before the call was.
async fn until(desk: &mut Desk, state: AgentState) {
    while desk.connected.handle.snapshot().await.unwrap().agent.state != state {
        desk.event().await;
    }
}

#[tokio::test]
async fn what_is_allowed_works_and_nothing_else_does() {
    let mut all = Vec::new();
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        for place in PLACES {
            let mut wrong = Vec::new();
            for (index, command) in commands().into_iter().enumerate() {
                let world = World::start(flavour).await;
                let desk = bring(&world, &format!("100{}", index + 1), place).await;
                let snapshot = desk.connected.handle.snapshot().await.unwrap();
                let (name, state) = (command.name(), snapshot.agent.state);
                let told = snapshot.agent.allowed_actions.contains(&name);
                let done = desk.run(command).await;
                // READY is no news to who is READY; that another call can be dialled beside a held one is in no document.
                let unsaid = matches!((place, name), (Place::Ready, "MakeReady") | (Place::Hold, "MakeCall"));
                if done.is_ok() != told && (told || !unsaid) {
                    wrong.push(format!("{flavour:?} {state}: {name} is told {told}, and {:?}", done.map(|_| ())));
                }
                world.stop().await;
            }
            all.extend(wrong);
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}
