//! Silent monitoring, barge-in and dropping a party, and mobile agents, through sessions on both platforms.

use generic_connector::command::Command;
use generic_connector::command::agent::{GetState, MobileAgentLogin};
use generic_connector::command::call::AnswerCall;
use generic_connector::command::supervisor::{BargeIn, DropParticipant, EndSilentMonitor, SilentMonitor};
use generic_connector::model::Reason;
use generic_connector::model::agent::{AgentState, MobileMode};
use generic_connector::model::dialog::ParticipantState;
use generic_connector::model::event::{CallKind, DialogView, Payload};
use generic_connector::model::id::DialogId;
use generic_connector::model::reply::{Answer, Reply};
use generic_connector::sim::{Fault, FaultKind, Flavour};

use crate::support::{Desk, World, on_a_call, state_in};

const BOTH: [Flavour; 2] = [Flavour::Ucce, Flavour::Uccx];

fn view(answer: &Answer) -> &DialogView {
    match &answer.reply {
        Reply::Dialog(view) | Reply::DialogEnded(view) => view,
        other => panic!("not about a call: {other:?}"),
    }
}

async fn monitor(sup: &Desk, extension: &str) -> DialogId {
    let command = SilentMonitor { extension: extension.parse().unwrap() };
    let answer = sup.run(Command::SilentMonitor(command)).await.unwrap();
    assert_eq!(view(&answer).kind, CallKind::Monitor);
    assert_eq!(view(&answer).own().unwrap().state, ParticipantState::Active);
    view(&answer).dialog.id.clone()
}

fn barge(member: &str, dialog_id: &DialogId) -> Command {
    Command::BargeIn(BargeIn { member: member.parse().unwrap(), dialog_id: dialog_id.clone() })
}

/// An agent who took a customer's call of the queue, so that it is TALKING on both platforms.
async fn serving(world: &World) -> (Desk, DialogId) {
    let mut ann = world.agent("1001").await;
    ann.run(Command::MakeReady(generic_connector::command::agent::MakeReady {})).await.unwrap();
    world.sim.control().place_call("5551234", "10", &[]).unwrap();
    let dialog_id = ann.offered().await;
    ann.run(Command::AnswerCall(AnswerCall { dialog_id: dialog_id.clone() })).await.unwrap();
    (ann, dialog_id)
}

#[tokio::test]
async fn a_monitored_agent_sees_nothing_of_it() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let (ann, call) = serving(&world).await;
        let sup = world.agent("1101").await;
        let before = ann.connected.handle.snapshot().await.unwrap();
        let monitoring = monitor(&sup, "2001").await;
        let state = ann.run(Command::GetState(GetState {})).await.unwrap();
        let Reply::Agent { dialogs, .. } = &state.reply else { panic!("{state:?}") };
        assert_eq!(dialogs.iter().map(|view| &view.dialog.id).collect::<Vec<_>>(), [&call]);
        let end = Command::EndSilentMonitor(EndSilentMonitor { dialog_id: monitoring });
        assert!(matches!(sup.run(end).await.unwrap().reply, Reply::DialogEnded(_)));
        let after = ann.connected.handle.snapshot().await.unwrap();
        assert_eq!((before.cursor, &before.dialogs), (after.cursor, &after.dialogs), "not even an event");
        world.stop().await;
    }
}

#[tokio::test]
async fn a_supervisor_joins_a_call_whatever_names_it() {
    for flavour in BOTH {
        for (member, monitored, by_monitor) in
            [("1001", true, true), ("2001", true, false), ("1001", false, false), ("2001", false, false)]
        {
            let world = World::start(flavour).await;
            let (mut ann, call) = serving(&world).await;
            let sup = world.agent("1101").await;
            let monitoring = if monitored { Some(monitor(&sup, "2001").await) } else { None };
            let named = if by_monitor { monitoring.clone().unwrap() } else { call.clone() };
            let barged = sup.run(barge(member, &named)).await.unwrap();
            assert_eq!((&view(&barged).dialog.id, view(&barged).kind), (&call, CallKind::Call), "{flavour:?}");
            assert_eq!(view(&barged).dialog.participants.len(), 3);
            let first = view(&barged).interaction_id.clone();
            ann.until(|event| match &event.payload {
                Payload::DialogChanged { view, .. } if view.dialog.participants.len() == 3 => {
                    (view.interaction_id == first).then_some(())
                }
                _ => None,
            })
            .await;
            let dialogs = sup.connected.handle.snapshot().await.unwrap().dialogs.clone();
            assert_eq!(dialogs.len(), 1, "the monitoring is over, the consult leg is shown to nobody: {dialogs:?}");
            world.stop().await;
        }
    }
}

#[tokio::test]
async fn a_barge_in_waits_for_the_monitoring_that_was_asked_for_before() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let (_ann, call) = serving(&world).await;
        let sup = world.agent("1101").await;
        let monitor = Command::SilentMonitor(SilentMonitor { extension: "2001".parse().unwrap() });
        let (monitored, barged) = tokio::join!(sup.run(monitor), sup.run(barge("1001", &call)));
        assert_eq!(view(&monitored.unwrap()).kind, CallKind::Monitor);
        assert_eq!(view(&barged.unwrap()).dialog.id, call);
        world.stop().await;
    }
}

#[tokio::test]
async fn a_barge_in_comes_through_when_the_answer_is_lost_or_the_link_is_cut() {
    for (lost, cut) in [(Some("SILENT_MONITOR"), false), (Some("BARGE_CALL"), false), (None, true)] {
        let world = World::start(Flavour::Ucce).await;
        let (_ann, call) = serving(&world).await;
        let sup = world.agent("1101").await;
        let control = world.sim.control();
        if let Some(action) = lost {
            control.inject(Fault::new(FaultKind::LoseAnswer).of_user("1101").of_action(action)).unwrap();
        }
        let cutting = async {
            if cut {
                control.kill_sessions(Some("1101")).unwrap();
            }
        };
        let (barged, ()) = tokio::join!(sup.run(barge("1001", &call)), cutting);
        assert_eq!(view(&barged.unwrap()).dialog.id, call, "{lost:?} {cut}");
        world.stop().await;
    }
}

#[tokio::test]
async fn a_supervisor_takes_a_call_over_but_can_not_drop_the_customer() {
    let drop = |party: &str, dialog_id: &DialogId| {
        let media_address = party.parse().unwrap();
        Command::DropParticipant(DropParticipant { media_address, dialog_id: dialog_id.clone() })
    };
    let world = World::start(Flavour::Ucce).await;
    let (mut ann, call) = serving(&world).await;
    let sup = world.agent("1101").await;
    sup.run(barge("1001", &call)).await.unwrap();
    let refused = sup.run(drop("5551234", &call)).await.unwrap_err();
    assert_eq!(refused.reason, Reason::InvalidDestination);
    let left = sup.run(drop("2001", &call)).await.unwrap();
    assert!(view(&left).dialog.participants.iter().any(|party| party.media_address == "5551234"));
    ann.ended().await;
    assert_eq!(
        sup.connected.handle.snapshot().await.unwrap().dialogs[0].own().unwrap().state,
        ParticipantState::Active
    );
    world.stop().await;

    let world = World::start(Flavour::Uccx).await;
    let (_ann, call) = serving(&world).await;
    let sup = world.agent("1101").await;
    sup.run(barge("1001", &call)).await.unwrap();
    assert_eq!(sup.run(drop("2001", &call)).await.unwrap_err().reason, Reason::UnsupportedOnPlatform);
    world.stop().await;
}

#[tokio::test]
async fn what_can_not_be_monitored_or_joined_is_refused() {
    let world = World::start(Flavour::Ucce).await;
    let (_other, foreign) = on_a_call(&world, "1011").await;
    let sup = world.agent("1101").await;
    let _ann = world.agent("1001").await;
    let reason = |result: Result<Answer, generic_connector::model::Error>| result.unwrap_err().reason;
    let of = |extension: &str| Command::SilentMonitor(SilentMonitor { extension: extension.parse().unwrap() });
    assert_eq!(reason(sup.run(of("2011")).await), Reason::NotSupervisor);
    assert_eq!(reason(sup.run(barge("1011", &foreign)).await), Reason::NotSupervisor);
    assert_eq!(reason(sup.run(of("2001")).await), Reason::InvalidState, "the member has no call");
    assert_eq!(reason(sup.run(barge("1001", &foreign)).await), Reason::InvalidState);
    assert_eq!(reason(sup.run(barge("1002", &foreign)).await), Reason::InvalidDestination, "signed out");
    world.stop().await;
}

#[tokio::test]
async fn a_mobile_agent_is_signed_in_when_the_set_up_call_is_answered() {
    let world = World::start(Flavour::Ucce).await;
    let login = |mode| {
        let dial_number = "5557777".parse().unwrap();
        Command::MobileAgentLogin(MobileAgentLogin {
            password: None,
            extension: "2001".parse().unwrap(),
            dial_number,
            mode,
        })
    };
    let connected = world.connect("1001").await;
    let events = connected.handle.subscribe(None).await.unwrap();
    let mut desk = Desk { connected, events };
    let handle = desk.connected.handle.clone();
    let signed_in = async { handle.execute(login(MobileMode::NailedConnection), Default::default(), None).await };
    let answered = async {
        let dialog_id = desk.offered().await;
        desk.run(Command::AnswerCall(AnswerCall { dialog_id })).await.unwrap();
    };
    let (signed_in, ()) = tokio::join!(signed_in, answered);
    assert_eq!(state_in(&signed_in.unwrap()), AgentState::NotReady);
    world.stop().await;

    let world = World::start(Flavour::Uccx).await;
    let connected = world.connect("1001").await;
    let refused = connected.handle.execute(login(MobileMode::CallByCall), Default::default(), None).await;
    assert_eq!(refused.unwrap_err().reason, Reason::UnsupportedOnPlatform);
    world.stop().await;
}
