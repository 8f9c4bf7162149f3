//! Consult, transfer and conference on both platforms, through sessions: outcomes, links between calls, and where calls
//! go on.

use generic_connector::command::Command;
use generic_connector::command::call::{
    AnswerCall, ConferenceCall, ConsultCall, ReleaseCall, RetrieveCall, SendDtmf, TransferCall, TransferSingleStep,
};
use generic_connector::model::Reason;
use generic_connector::model::agent::AgentState;
use generic_connector::model::dialog::ParticipantState;
use generic_connector::model::event::{CallKind, DialogView, Payload};
use generic_connector::model::id::DialogId;
use generic_connector::model::reply::{Answer, Reply};
use generic_connector::sim::Flavour;

use crate::support::{Desk, World, on_a_call};

const BOTH: [Flavour; 2] = [Flavour::Ucce, Flavour::Uccx];

fn dialog(answer: &Answer) -> &DialogView {
    match &answer.reply {
        Reply::Dialog(view) | Reply::DialogEnded(view) => view,
        other => panic!("not about a call: {other:?}"),
    }
}

async fn consult(desk: &Desk, main: &DialogId, to: &str) -> DialogId {
    let command = ConsultCall { to: to.parse().unwrap(), dialog_id: main.clone() };
    let answer = desk.run(Command::ConsultCall(command)).await.unwrap();
    let view = dialog(&answer);
    assert_eq!((view.kind, view.consult_of.as_ref()), (CallKind::Consult, Some(main)));
    assert_eq!(&*view.interaction_id, main.as_str());
    view.dialog.id.clone()
}

async fn answer(desk: &mut Desk) -> DialogId {
    let dialog_id = desk.offered().await;
    desk.run(Command::AnswerCall(AnswerCall { dialog_id: dialog_id.clone() })).await.unwrap();
    dialog_id
}

fn transfer(id: &DialogId) -> Command {
    Command::TransferCall(TransferCall { dialog_id: id.clone(), extension: None })
}

fn conference(id: &DialogId) -> Command {
    Command::ConferenceCall(ConferenceCall { dialog_id: id.clone(), extension: None })
}

/// The next change of a call after which `fits` holds.
async fn changed(desk: &mut Desk, id: &DialogId, fits: impl Fn(&DialogView) -> bool) -> DialogView {
    desk.until(|event| match &event.payload {
        Payload::DialogChanged { view, .. } if view.dialog.id == *id && fits(view) => Some(DialogView::clone(view)),
        _ => None,
    })
    .await
}

/// The end of a call.
async fn ended(desk: &mut Desk, id: &DialogId) -> DialogView {
    desk.until(|event| match &event.payload {
        Payload::DialogEnded { view } if view.dialog.id == *id => Some(DialogView::clone(view)),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn a_transfer_by_either_id_leaves_the_customer_with_the_consulted_agent() {
    for flavour in BOTH {
        for by_consult in [false, true] {
            let world = World::start(flavour).await;
            let (mut ann, main) = on_a_call(&world, "1001").await;
            let mut ben = world.agent("1002").await;
            let consulted = consult(&ann, &main, "2002").await;
            assert_eq!(answer(&mut ben).await, consulted);
            changed(&mut ann, &main, |view| view.allowed_actions().iter().any(|action| action == "TRANSFER")).await;
            let done = ann.run(transfer(if by_consult { &consulted } else { &main })).await.unwrap();
            let view = dialog(&done);
            assert_eq!((&view.dialog.id, view.survivor.as_ref()), (&main, Some(&main)), "{flavour:?}");
            assert_eq!(ended(&mut ann, &main).await.survivor.as_ref(), Some(&main));
            assert_eq!(ended(&mut ben, &consulted).await.survivor.as_ref(), Some(&main), "{flavour:?}");
            let survivor = changed(&mut ben, &main, |_| true).await;
            assert_eq!(survivor.previous.as_ref(), Some(&consulted));
            assert_eq!(&*survivor.interaction_id, main.as_str());
            assert_eq!(survivor.own().unwrap().state, ParticipantState::Active);
            ben.run(Command::ReleaseCall(ReleaseCall { dialog_id: main.clone() })).await.unwrap();
            assert_eq!(ended(&mut ben, &main).await.survivor, None, "a release is no transfer");
            world.stop().await;
        }
    }
}

#[tokio::test]
async fn a_call_that_is_transferred_back_is_the_same_contact() {
    let held = |view: &DialogView| view.allowed_actions().iter().any(|action| action == "TRANSFER");
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let (mut ann, main) = on_a_call(&world, "1001").await;
        let mut ben = world.agent("1002").await;
        let first = consult(&ann, &main, "2002").await;
        // One who does not help, and another one.
        assert_eq!(answer(&mut ben).await, first);
        ann.run(Command::ReleaseCall(ReleaseCall { dialog_id: first.clone() })).await.unwrap();
        assert_eq!(ended(&mut ann, &first).await.survivor, None, "a consult that was given up");
        ended(&mut ben, &first).await;
        ann.run(Command::RetrieveCall(RetrieveCall { dialog_id: main.clone() })).await.unwrap();
        let second = consult(&ann, &main, "2002").await;
        answer(&mut ben).await;
        changed(&mut ann, &main, held).await;
        ann.run(transfer(&main)).await.unwrap();
        assert_eq!(changed(&mut ben, &main, |_| true).await.previous.as_ref(), Some(&second));
        let back = consult(&ben, &main, "2001").await;
        assert_eq!(answer(&mut ann).await, back);
        changed(&mut ben, &main, held).await;
        ben.run(transfer(&back)).await.unwrap();
        let again = changed(&mut ann, &main, |_| true).await;
        assert_eq!((again.previous.as_ref(), &*again.interaction_id), (Some(&back), main.as_str()), "{flavour:?}");
        world.stop().await;
    }
}

#[tokio::test]
async fn a_conference_has_everybody_and_goes_on_without_the_one_who_leaves() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let (mut ann, main) = on_a_call(&world, "1001").await;
        let mut ben = world.agent("1002").await;
        let consulted = consult(&ann, &main, "2002").await;
        answer(&mut ben).await;
        changed(&mut ann, &main, |view| view.allowed_actions().iter().any(|action| action == "CONFERENCE")).await;
        let done = ann.run(conference(&consulted)).await.unwrap();
        let view = dialog(&done);
        assert_eq!((&view.dialog.id, view.dialog.participants.len()), (&main, 3));
        assert_eq!(ended(&mut ann, &consulted).await.survivor.as_ref(), Some(&main));
        assert_eq!(ended(&mut ben, &consulted).await.survivor.as_ref(), Some(&main));
        let joined = changed(&mut ben, &main, |view| view.dialog.participants.len() == 3).await;
        assert_eq!(&*joined.interaction_id, main.as_str());
        ann.run(Command::ReleaseCall(ReleaseCall { dialog_id: main.clone() })).await.unwrap();
        assert_eq!(ended(&mut ann, &main).await.survivor, None, "whoever leaves a conference transfers nothing");
        world.stop().await;
    }
}

#[tokio::test]
async fn a_single_step_transfer_rings_at_the_target_under_the_same_id() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let (mut ann, main) = on_a_call(&world, "1001").await;
        let mut ben = world.agent("1002").await;
        let to = "2002".parse().unwrap();
        let command = TransferSingleStep { to, dialog_id: main.clone() };
        let done = ann.run(Command::TransferSingleStep(command)).await.unwrap();
        assert_eq!(dialog(&done).survivor.as_ref(), Some(&main));
        ended(&mut ann, &main).await;
        assert_eq!(answer(&mut ben).await, main);
        world.stop().await;
    }
}

#[tokio::test]
async fn what_finesse_refuses_of_a_consult_is_the_outcome_of_the_command_that_caused_it() {
    let world = World::start(Flavour::Ucce).await;
    let (ann, main) = on_a_call(&world, "1001").await;
    let reason = |result: Result<Answer, generic_connector::model::Error>| result.unwrap_err().reason;
    assert_eq!(reason(ann.run(transfer(&main)).await), Reason::ActionNotAllowed);
    assert_eq!(reason(ann.run(conference(&main)).await), Reason::ActionNotAllowed);
    let own = ConsultCall { to: "2001".parse().unwrap(), dialog_id: main.clone() };
    assert_eq!(reason(ann.run(Command::ConsultCall(own)).await), Reason::InvalidDestination);
    let busy = ConsultCall { to: "5551111".parse().unwrap(), dialog_id: main.clone() };
    let failed = ann.run(Command::ConsultCall(busy)).await.unwrap();
    let view = dialog(&failed);
    assert_eq!(view.kind, CallKind::Consult);
    world.stop().await;
}

#[tokio::test]
async fn tones_have_an_outcome_although_nothing_shows_them() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let (ann, main) = on_a_call(&world, "1001").await;
        let tones = |digits: &str| Command::SendDtmf(SendDtmf { dialog_id: main.clone(), digits: digits.to_owned() });
        assert!(matches!(ann.run(tones("12#")).await.unwrap().reply, Reply::Dialog(view) if view.dialog.id == main));
        let letters = ann.run(tones("A")).await;
        assert_eq!(letters.is_ok(), flavour == Flavour::Ucce, "{letters:?}");
        world.stop().await;
    }
}

#[tokio::test]
async fn wrap_up_chosen_in_a_call_follows_it_where_the_platform_has_it() {
    use generic_connector::command::agent::{MakeReady, MakeWorkNotReady, MakeWorkReady};
    let world = World::start(Flavour::Ucce).await;
    let mut ann = world.agent("1001").await;
    ann.run(Command::MakeReady(MakeReady {})).await.unwrap();
    world.sim.control().place_call("5551234", "10", &[]).unwrap();
    let id = answer(&mut ann).await;
    ann.run(Command::MakeWorkReady(MakeWorkReady {})).await.unwrap();
    ann.run(Command::MakeWorkNotReady(MakeWorkNotReady {})).await.unwrap();
    ann.run(Command::ReleaseCall(ReleaseCall { dialog_id: id })).await.unwrap();
    ann.state(AgentState::Work).await;
    world.stop().await;
    let world = World::start(Flavour::Uccx).await;
    let ann = world.agent("1001").await;
    let refused = ann.run(Command::MakeWorkReady(MakeWorkReady {})).await.unwrap_err();
    assert_eq!(refused.reason, Reason::UnsupportedOnPlatform);
    world.stop().await;
}
