//! The adapter's calls with more than two parties, against the simulator of both platforms.

use generic_connector::finesse::notify::{Data, Link, UpdateEvent};
use generic_connector::finesse::{Action, Client, Credentials, SendError};
use generic_connector::model::Reason;
use generic_connector::model::agent::AgentState;
use generic_connector::model::dialog::{Dialog, DialogState, ParticipantState};
use generic_connector::model::error::FinesseFault;
use generic_connector::model::id::{DialogId, Extension};
use generic_connector::sim::Flavour;

use crate::finesse_bench::{Bench, credentials, notification, platform, tag, up};

/// A signed-in agent with its notifications.
struct Desk {
    who: Credentials,
    extension: Extension,
    link: Link,
}

impl Desk {
    async fn new(bench: &Bench, number: u32) -> Self {
        let who = credentials(&(1000 + number).to_string(), "demo");
        let extension = (2000 + number).to_string().parse::<Extension>().unwrap();
        let mut link = Link::open(&bench.client, who.clone());
        up(&mut link).await;
        bench.client.sign_in(&who, &extension, None, &tag()).await.unwrap();
        Self { who, extension, link }
    }

    /// The next notification that one of its dialogs is as wanted.
    async fn sees(&mut self, wanted: impl Fn(UpdateEvent, &Dialog) -> bool) -> Dialog {
        notification(&mut self.link, |n| match &n.update.data {
            Data::Dialogs(dialogs) => dialogs.iter().find(|dialog| wanted(n.update.event, dialog)).cloned(),
            _ => None,
        })
        .await
    }

    async fn sees_own(&mut self, id: &DialogId, state: ParticipantState) -> Dialog {
        let own = self.extension.clone();
        self.sees(|_, dialog| dialog.id == *id && dialog.participant(&own).is_some_and(|p| p.state == state)).await
    }

    async fn is_refused_later(&mut self) -> FinesseFault {
        notification(&mut self.link, |n| match &n.update.data {
            Data::Errors(faults) => faults.first().cloned(),
            _ => None,
        })
        .await
    }

    async fn act(&self, client: &Client, id: &DialogId, action: Action) {
        client.act(&self.who, id, action, &self.extension, &tag()).await.unwrap();
    }
}

/// A customer on the line of the first agent.
async fn talking(bench: &Bench, desk: &mut Desk) -> DialogId {
    bench.server.control().place_call("5551230000", desk.extension.as_str(), &[]).unwrap();
    let offered = desk.sees(|event, dialog| event == UpdateEvent::Post && dialog.state == DialogState::Alerting).await;
    desk.act(&bench.client, &offered.id, Action::Answer).await;
    desk.sees_own(&offered.id, ParticipantState::Active).await;
    offered.id
}

#[tokio::test]
async fn a_consult_ends_as_a_transfer_or_a_conference() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        for action in [Action::Transfer, Action::Conference] {
            let bench = platform(flavour).await;
            let client = &bench.client;
            let (mut ann, mut bob) = (Desk::new(&bench, 1).await, Desk::new(&bench, 2).await);
            let call = talking(&bench, &mut ann).await;
            client.consult(&ann.who, &call, &ann.extension, &"2002".parse().unwrap(), &tag()).await.unwrap();
            ann.sees_own(&call, ParticipantState::Held).await;
            let consult = bob.sees(|event, _| event == UpdateEvent::Post).await;
            assert_eq!(consult.state, DialogState::Alerting);
            bob.act(client, &consult.id, Action::Answer).await;
            ann.sees_own(&consult.id, ParticipantState::Active).await;
            ann.act(client, &call, action).await;
            let joined = bob.sees(|event, dialog| event == UpdateEvent::Post && dialog.id == call).await;
            assert_eq!(joined.call_type, action.as_str());
            if action == Action::Transfer {
                ann.sees(|event, dialog| event == UpdateEvent::Delete && dialog.id == call).await;
                assert!(client.dialogs(&ann.who).await.unwrap().is_empty());
            } else {
                ann.sees(|_, dialog| dialog.id == call && dialog.call_type == "CONFERENCE").await;
                let conference = client.dialog(&ann.who, &call).await.unwrap().unwrap();
                assert_eq!(conference.participants.len(), 3);
            }
            // Without a consult there is nothing to join.
            bob.act(client, &call, action).await;
            assert!(!bob.is_refused_later().await.error_type.is_empty());
        }
    }
}

#[tokio::test]
async fn a_call_is_transferred_in_a_single_step() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        let (mut ann, mut bob) = (Desk::new(&bench, 1).await, Desk::new(&bench, 2).await);
        let call = talking(&bench, &mut ann).await;
        let to = "2002".parse().unwrap();
        bench.client.transfer_single_step(&ann.who, &call, &ann.extension, &to, &tag()).await.unwrap();
        let offered = bob.sees(|event, dialog| event == UpdateEvent::Post && dialog.id == call).await;
        assert_eq!(offered.call_type, "TRANSFER");
        ann.sees(|event, dialog| event == UpdateEvent::Delete && dialog.id == call).await;
        bob.act(&bench.client, &call, Action::Answer).await;
        bob.sees_own(&call, ParticipantState::Active).await;
        let own = "2002".parse().unwrap();
        let result = bench.client.transfer_single_step(&bob.who, &call, &bob.extension, &own, &tag()).await;
        assert!(matches!(result, Err(SendError::Refused(e)) if e.reason == Reason::InvalidDestination));
    }
}

#[tokio::test]
async fn tones_are_sent_as_far_as_the_platform_knows_them() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        let client = &bench.client;
        let mut ann = Desk::new(&bench, 1).await;
        let call = talking(&bench, &mut ann).await;
        client.send_dtmf(&ann.who, &call, &ann.extension, "12*#", &tag()).await.unwrap();
        let (tones, sent) = if flavour == Flavour::Ucce { ("X", tag()) } else { ("D", tag()) };
        client.send_dtmf(&ann.who, &call, &ann.extension, tones, &sent).await.unwrap();
        // It is the first refusal: what came before was taken.
        assert_eq!(ann.is_refused_later().await.error_message, "CF_VALUE_OUT_OF_RANGE");
        ann.act(client, &call, Action::Hold).await;
        ann.sees_own(&call, ParticipantState::Held).await;
        let result = client.send_dtmf(&ann.who, &call, &ann.extension, "1", &tag()).await;
        assert!(matches!(result, Err(SendError::Refused(e)) if e.reason == Reason::InvalidState));
    }
}

#[tokio::test]
async fn a_participant_is_dropped_where_the_platform_can() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        let client = &bench.client;
        let (mut ann, mut bob) = (Desk::new(&bench, 1).await, Desk::new(&bench, 101).await);
        let call = talking(&bench, &mut ann).await;
        client.consult(&ann.who, &call, &ann.extension, &"2101".parse().unwrap(), &tag()).await.unwrap();
        let consult = bob.sees(|event, _| event == UpdateEvent::Post).await;
        bob.act(client, &consult.id, Action::Answer).await;
        ann.sees_own(&consult.id, ParticipantState::Active).await;
        ann.act(client, &call, Action::Conference).await;
        bob.sees_own(&call, ParticipantState::Active).await;
        let drop = |who: &Credentials, party: &str| {
            let (who, party) = (who.clone(), party.parse().unwrap());
            let call = call.clone();
            async move { client.drop_participant(&who, &call, &party, &tag()).await }
        };
        let refused = |result, reason: Reason| match result {
            Err(SendError::Refused(error)) => assert_eq!(error.reason, reason),
            other => panic!("{other:?}"),
        };
        if flavour == Flavour::Uccx {
            refused(drop(&bob.who, "2001").await, Reason::UnsupportedOnPlatform);
            continue;
        }
        refused(drop(&bob.who, "5551230000").await, Reason::InvalidDestination);
        assert!(matches!(drop(&ann.who, "2101").await, Err(SendError::Refused(_))), "an agent may not");
        drop(&bob.who, "2001").await.unwrap();
        ann.sees(|event, dialog| event == UpdateEvent::Delete && dialog.id == call).await;
        assert_eq!(client.dialogs(&bob.who).await.unwrap().len(), 1, "the supervisor stays with the customer");
    }
}

#[tokio::test]
async fn a_supervisor_listens_joins_and_ends_it() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let bench = platform(flavour).await;
        let client = &bench.client;
        let (mut ann, mut boss) = (Desk::new(&bench, 1).await, Desk::new(&bench, 101).await);
        client.silent_monitor(&boss.who, &boss.extension, &ann.extension, &tag()).await.unwrap();
        let code = if flavour == Flavour::Ucce { "13145" } else { "88049" };
        let fault = boss.is_refused_later().await;
        assert!(format!("{fault:?}").contains(code), "there is no call to listen to: {fault:?}");
        client.set_state(&ann.who, AgentState::Ready, None, &tag()).await.unwrap();
        bench.server.control().place_call("5551230000", "8010", &[]).unwrap();
        let offered = ann.sees(|event, _| event == UpdateEvent::Post).await;
        ann.act(client, &offered.id, Action::Answer).await;
        ann.sees_own(&offered.id, ParticipantState::Active).await;

        client.silent_monitor(&boss.who, &boss.extension, &ann.extension, &tag()).await.unwrap();
        let active = |_, dialog: &Dialog| dialog.state == DialogState::Active;
        let monitor = boss.sees(active).await;
        assert_eq!(monitor.call_type, "SUPERVISOR_MONITOR");
        boss.act(client, &monitor.id, Action::Drop).await;
        boss.sees(|event, dialog| event == UpdateEvent::Delete && dialog.id == monitor.id).await;

        let (who, own, to) = (boss.who.clone(), boss.extension.clone(), ann.extension.clone());
        let barge = async |monitor: DialogId| client.barge(&who, &own, &to, &monitor, &tag()).await;
        assert!(matches!(barge(monitor.id).await, Err(SendError::Refused(_))), "it is over");
        client.silent_monitor(&boss.who, &boss.extension, &ann.extension, &tag()).await.unwrap();
        let monitor = boss.sees(active).await;
        barge(monitor.id).await.unwrap();
        let joined = boss.sees(|_, dialog| dialog.id == offered.id).await;
        assert_eq!((joined.call_type.as_str(), joined.participants.len()), ("CONFERENCE", 3));
        boss.act(client, &joined.id, Action::Drop).await;
        boss.sees(|event, dialog| event == UpdateEvent::Delete && dialog.id == joined.id).await;
        assert_eq!(client.dialogs(&ann.who).await.unwrap().len(), 1, "the agent goes on");
    }
}
