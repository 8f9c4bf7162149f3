//! Consult, transfer, conference and what else is done with calls, over unary calls and over Attach, on both platforms.

use generic_connector::pb::attach_command::Request;
use generic_connector::pb::attach_result::Reply;
use generic_connector::pb::{self, AgentState, DialogKind, ParticipantState};
use generic_connector::sim::Flavour;

use super::grpc_desk::{Desk, WAYS, Way};
use super::grpc_world::{Door, options};
use super::support::World;

const BOTH: [Flavour; 2] = [Flavour::Ucce, Flavour::Uccx];

fn own(dialog: &pb::Dialog) -> ParticipantState {
    dialog.own_participant.as_ref().unwrap().state()
}

/// A world where 1001 talks to a customer who came through a queue, and 1002 waits.
async fn day(door: &Door, way: Way) -> (Desk<'_>, pb::Dialog, Desk<'_>) {
    let mut ann = Desk::sign_in(door, "1001", way).await;
    let ben = Desk::sign_in(door, "1002", way).await;
    ann.run(Request::MakeReady(pb::MakeReadyRequest::default())).await.unwrap();
    door.world.sim.control().place_call("5551234", "10", &[]).unwrap();
    let main = ann.answer().await;
    assert_eq!(own(&main), ParticipantState::Active);
    (ann, main, ben)
}

async fn consult(desk: &mut Desk<'_>, main: &pb::Dialog) -> pb::Dialog {
    let consult = pb::ConsultCallRequest { to: "2002".into(), dialog_id: main.id.clone(), options: None };
    let reply = desk.run(Request::ConsultCall(consult)).await.unwrap();
    let Reply::ConsultCall(pb::ConsultCallResponse { dialog: Some(held), consult: Some(consult), .. }) = reply else {
        panic!("{reply:?}")
    };
    assert_eq!((&held.id, own(&held)), (&main.id, ParticipantState::Held));
    assert_eq!((consult.kind(), consult.consult_of()), (DialogKind::Consult, main.id.as_str()));
    assert_eq!(consult.interaction_id, main.interaction_id);
    consult
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consult_becomes_a_transfer_or_a_conference() {
    for (flavour, way) in BOTH.into_iter().flat_map(|flavour| WAYS.map(|way| (flavour, way))) {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let (mut ann, main, mut ben) = day(&door, way).await;
        let consulted = consult(&mut ann, &main).await;
        assert_eq!(ben.answer().await.id, consulted.id);
        ann.allowed(&main.id, "TRANSFER").await;
        let transfer = pb::TransferCallRequest { dialog_id: main.id.clone(), ..Default::default() };
        let reply = ann.run(Request::TransferCall(transfer)).await.unwrap();
        let Reply::TransferCall(pb::TransferCallResponse { dialog: Some(left), .. }) = reply else {
            panic!("{reply:?}")
        };
        assert_eq!((&left.id, left.survivor_dialog_id()), (&main.id, main.id.as_str()), "{flavour:?} {way:?}");
        assert_eq!(ben.ended(&consulted.id).await.survivor_dialog_id(), main.id);
        drop((ann, ben));
        door.close().await;

        let door = Door::open_to(World::start(flavour).await, options()).await;
        let (mut ann, main, mut ben) = day(&door, way).await;
        let consulted = consult(&mut ann, &main).await;
        assert_eq!(ben.answer().await.id, consulted.id);
        ann.allowed(&main.id, "CONFERENCE").await;
        let conference = pb::ConferenceCallRequest { dialog_id: main.id.clone(), ..Default::default() };
        let reply = ann.run(Request::ConferenceCall(conference)).await.unwrap();
        let Reply::ConferenceCall(pb::ConferenceCallResponse { dialog: Some(three), .. }) = reply else {
            panic!("{reply:?}")
        };
        assert_eq!((&three.id, three.participants.len()), (&main.id, 3), "{flavour:?} {way:?}");
        assert_eq!(three.interaction_id, main.interaction_id);
        drop((ann, ben));
        door.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_passed_on_at_once_and_tones_are_sent() {
    for (flavour, way) in BOTH.into_iter().flat_map(|flavour| WAYS.map(|way| (flavour, way))) {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let (mut ann, main, mut ben) = day(&door, way).await;
        let tones = pb::SendDtmfRequest { dialog_id: main.id.clone(), digits: "12#".into(), options: None };
        let reply = ann.run(Request::SendDtmf(tones)).await.unwrap();
        assert!(matches!(reply, Reply::SendDtmf(_)), "{reply:?}");
        let to = pb::TransferSingleStepRequest { to: "2002".into(), dialog_id: main.id.clone(), options: None };
        let reply = ann.run(Request::TransferSingleStep(to)).await.unwrap();
        let Reply::TransferSingleStep(left) = reply else { panic!("{reply:?}") };
        assert_eq!(left.dialog.unwrap().id, main.id, "{flavour:?} {way:?}");
        assert_eq!(ben.answer().await.id, main.id);
        drop((ann, ben));
        door.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_up_states_and_actions_are_as_the_platform_has_them() {
    for (flavour, way) in BOTH.into_iter().flat_map(|flavour| WAYS.map(|way| (flavour, way))) {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let (mut ann, main, ben) = day(&door, way).await;
        let work = ann.run(Request::MakeWorkReady(pb::MakeWorkReadyRequest::default())).await;
        match flavour {
            Flavour::Ucce => {
                let Ok(Reply::MakeWorkReady(work)) = work else { panic!("{work:?}") };
                assert!(work.status.is_some());
            }
            Flavour::Uccx => assert_eq!(work.unwrap_err(), "UNSUPPORTED_ON_PLATFORM", "{way:?}"),
        }
        let state = ann.run(Request::GetState(pb::GetStateRequest {})).await.unwrap();
        let Reply::GetState(pb::GetStateResponse { status: Some(status), .. }) = state else { panic!("{state:?}") };
        assert!(!status.allowed_actions.is_empty(), "{flavour:?}: {status:?}");
        let mobile = pb::MobileAgentLoginRequest {
            extension: "2003".into(),
            dial_number: "5557777".into(),
            mode: pb::MobileMode::CallByCall.into(),
            ..Default::default()
        };
        let mut eve = Desk::connect(&door, "1003", way).await;
        match (flavour, eve.run(Request::MobileAgentLogin(mobile)).await) {
            (Flavour::Ucce, Ok(Reply::MobileAgentLogin(login))) => {
                assert_eq!(login.status.unwrap().state(), AgentState::NotReady);
            }
            (Flavour::Uccx, Err(why)) => assert_eq!(why, "UNSUPPORTED_ON_PLATFORM"),
            other => panic!("{other:?}"),
        }
        let release = pb::ReleaseCallRequest { dialog_id: main.id, options: None };
        ann.run(Request::ReleaseCall(release)).await.unwrap();
        drop((ann, ben, eve));
        door.close().await;
    }
}
