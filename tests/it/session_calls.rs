//! An agent's day on both platforms, through sessions, the real adapter and the simulator.

use generic_connector::command::agent::{
    ForceLogout, GetState, Logout, MakeNotReady, MakeNotReadyWithReason, MakeReady,
};
use generic_connector::command::call::{AnswerCall, HoldCall, MakeCall, ReleaseCall, RetrieveCall};
use generic_connector::command::dialog::{GetDialogState, UpdateCallVariable, WrapUp};
use generic_connector::command::reason::{GetNotReadyReasonCodes, GetWrapUpReasonCodes};
use generic_connector::command::{Command, Options};
use generic_connector::model::Reason;
use generic_connector::model::agent::AgentState;
use generic_connector::model::dialog::ParticipantState;
use generic_connector::model::event::{Change, Payload};
use generic_connector::model::id::RequestId;
use generic_connector::model::reason::ReasonKey;
use generic_connector::model::reply::{Reply, dialog_state_name};
use generic_connector::sim::Flavour;

use crate::support::{World, state_in};

async fn a_day(flavour: Flavour) {
    let world = World::start(flavour).await;
    let mut desk = world.agent("1001").await;
    let ready = desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
    assert_eq!(state_in(&ready), AgentState::Ready);
    desk.state(AgentState::Ready).await;

    world.sim.control().place_call("5551234", "10", &[("callVariable1", "gold")]).unwrap();
    let id = desk.offered().await;
    let answered = desk.run(Command::AnswerCall(AnswerCall { dialog_id: id.clone() })).await.unwrap();
    let Reply::Dialog(view) = &answered.reply else { panic!("{answered:?}") };
    assert_eq!(view.own().unwrap().state, ParticipantState::Active);
    assert_eq!(view.dialog.variable("callVariable1"), Some("gold"));

    desk.run(Command::HoldCall(HoldCall { dialog_id: id.clone() })).await.unwrap();
    let held = desk.run(Command::GetDialogState(GetDialogState { dialog_id: id.clone() })).await.unwrap();
    let Reply::DialogState { view, .. } = &held.reply else { panic!("{held:?}") };
    assert_eq!(dialog_state_name(view.as_deref()), "HELD");
    desk.run(Command::RetrieveCall(RetrieveCall { dialog_id: id.clone() })).await.unwrap();

    let request_id = RequestId::random();
    let update = UpdateCallVariable { dialog_id: id.clone(), name: "callVariable3".into(), value: "a, b".into() };
    let options = Options { request_id: Some(request_id), ..Options::default() };
    desk.run_with(Command::UpdateCallVariable(update), options).await.unwrap();
    let event = desk
        .until(|event| match &event.payload {
            Payload::DialogChanged { changes, .. } if changes.contains(&Change::Variables) => Some(event.clone()),
            _ => None,
        })
        .await;
    assert_eq!(event.request_id, Some(request_id), "the event names the command that caused it");

    let listed = desk.run(Command::GetWrapUpReasonCodes(GetWrapUpReasonCodes {})).await.unwrap();
    let Reply::Reasons { reasons, .. } = &listed.reply else { panic!("{listed:?}") };
    let label = reasons[0].label.clone();
    let wrap_up = WrapUp { dialog_id: id.clone(), reason: label.clone() };
    let wrapped = desk.run(Command::WrapUp(wrap_up)).await.unwrap();
    let Reply::Dialog(view) = &wrapped.reply else { panic!("{wrapped:?}") };
    assert_eq!(view.dialog.wrap_up_reason.as_deref(), Some(label.as_str()));

    let released = desk.run(Command::ReleaseCall(ReleaseCall { dialog_id: id.clone() })).await.unwrap();
    assert!(matches!(&released.reply, Reply::DialogEnded(view) if view.dialog.id == id), "{released:?}");
    desk.ended().await;
    let gone = desk.run(Command::GetDialogState(GetDialogState { dialog_id: id })).await.unwrap();
    let Reply::DialogState { view, .. } = &gone.reply else { panic!("{gone:?}") };
    assert_eq!(dialog_state_name(view.as_deref()), "NOT_FOUND");

    let listed = desk.run(Command::GetNotReadyReasonCodes(GetNotReadyReasonCodes {})).await.unwrap();
    let Reply::Reasons { reasons, .. } = &listed.reply else { panic!("{listed:?}") };
    let reason = ReasonKey::Code(reasons[0].code.clone());
    desk.run(Command::MakeNotReadyWithReason(MakeNotReadyWithReason { reason })).await.unwrap();
    let state = desk.run(Command::GetState(GetState {})).await.unwrap();
    assert_eq!(state_in(&state), AgentState::NotReady);
    let Reply::Agent { agent, .. } = &state.reply else { unreachable!() };
    assert_eq!(agent.reason.as_ref().map(|reason| &reason.code), Some(&reasons[0].code));

    let gone = desk.run(Command::ForceLogout(ForceLogout {})).await.unwrap();
    assert_eq!(state_in(&gone), AgentState::Logout);
    world.stop().await;
}

#[tokio::test]
async fn a_day_on_ucce() {
    a_day(Flavour::Ucce).await;
}

#[tokio::test]
async fn a_day_on_uccx() {
    a_day(Flavour::Uccx).await;
}

#[tokio::test]
async fn a_dialled_call_is_done_when_it_rings_and_a_busy_number_is_told_as_an_event() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = world.agent("1002").await;
    let call = desk.run(Command::MakeCall(MakeCall { to: "5550001".parse().unwrap() })).await.unwrap();
    let Reply::Dialog(view) = &call.reply else { panic!("{call:?}") };
    let id = view.dialog.id.clone();
    assert_eq!(view.dialog.from_address, "2002");
    desk.until(|event| match &event.payload {
        Payload::DialogChanged { view, .. } if view.own().unwrap().state == ParticipantState::Active => Some(()),
        _ => None,
    })
    .await;
    desk.run(Command::ReleaseCall(ReleaseCall { dialog_id: id })).await.unwrap();
    desk.ended().await;
    world.stop().await;
}

#[tokio::test]
async fn what_finesse_refuses_has_a_reason() {
    let world = World::start(Flavour::Ucce).await;
    let desk = world.agent("1003").await;
    let refused = |error: generic_connector::model::Error, reason| assert_eq!(error.reason, reason, "{error:?}");
    let unknown = HoldCall { dialog_id: "999999".parse().unwrap() };
    refused(desk.run(Command::HoldCall(unknown)).await.unwrap_err(), Reason::NotFound);
    let reason = ReasonKey::Id("4711".parse().unwrap());
    let unlisted = Command::MakeNotReadyWithReason(MakeNotReadyWithReason { reason });
    refused(desk.run(unlisted).await.unwrap_err(), Reason::UnknownReasonCode);
    desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
    let from_ready = desk.run(Command::Logout(Logout {})).await.unwrap_err();
    refused(from_ready, Reason::InvalidState);
    refused(world.try_connect("1004", "wrong").await.unwrap_err(), Reason::AuthorizationFailure);
    refused(world.try_connect("4711", "demo").await.unwrap_err(), Reason::UserNotFound);
    refused(world.try_connect("1003", "other").await.unwrap_err(), Reason::AuthorizationFailure);
    refused(world.try_connect("1003", "another").await.unwrap_err(), Reason::TooManyRequests);
    world.try_connect("1003", "demo").await.unwrap();

    let taken = world.connect("1005").await;
    let login = generic_connector::command::agent::Login { password: None, extension: "2003".parse().unwrap() };
    let taken = taken.handle.execute(Command::Login(login), Options::default(), None).await.unwrap_err();
    refused(taken, Reason::DeviceBusy);
    world.stop().await;
}

#[tokio::test]
async fn a_second_client_shares_the_session_and_what_holds_already_is_confirmed_by_a_read() {
    let world = World::start(Flavour::Ucce).await;
    let desk = world.agent("1006").await;
    let second = world.connect("1006").await;
    assert_eq!(second.handle.epoch(), desk.connected.handle.epoch());
    let again = desk.run(Command::MakeNotReady(MakeNotReady {})).await.unwrap();
    assert_eq!(state_in(&again), AgentState::NotReady);
    world.manager.disconnect(&second.reference);
    assert!(world.manager.session(&"1006".parse().unwrap()).is_some());
    world.stop().await;
}
