//! Tables of what a call is to an agent, what it belongs to, and where it goes on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::interactions::Interactions;
use super::outcome::{Expectation, Subject};
use super::roster::Roster;
use super::state::{Source, State};
use super::state_tests::dialog;
use crate::model::Timestamp;
use crate::model::agent::Agent;
use crate::model::dialog::{Dialog, DialogState, Participant, ParticipantState as P};
use crate::model::event::{CallKind, DialogView, Payload};
use crate::model::id::DialogId;

fn id(text: &str) -> DialogId {
    text.parse().unwrap()
}

fn agent_on(extension: &str, links: &Arc<Interactions>) -> State {
    let mut agent = Agent::unknown(format!("1{}", &extension[1..]).parse().unwrap());
    agent.extension = Some(extension.parse().unwrap());
    State::new(agent, links.clone(), None)
}

/// A call with these parties, `from` the first of them, at a second.
fn call(name: &str, call_type: &str, parties: &[(&str, P)], second: i64) -> Dialog {
    let party = |(address, state): &(&str, P)| Participant {
        media_address: (*address).into(),
        state: *state,
        state_change_time: Some(Timestamp::from_second(second).unwrap()),
        ..Participant::default()
    };
    Dialog {
        call_type: call_type.into(),
        from_address: parties[0].0.into(),
        participants: parties.iter().map(party).collect(),
        ..dialog(name, P::Active, second)
    }
}

fn told(state: &mut State, dialog: Dialog) -> Arc<DialogView> {
    let id = dialog.id.clone();
    state.dialog_update(dialog, Source::Notification, Instant::now());
    state.dialog(&id).unwrap().clone()
}

fn ended(state: &mut State, dialog: Dialog) -> Arc<DialogView> {
    let id = dialog.id.clone();
    let outcome = state.dialog_end(&id, Some(dialog), Instant::now());
    match outcome.payloads.into_iter().next() {
        Some(Payload::DialogEnded { view }) => view,
        other => panic!("{other:?}"),
    }
}

/// The legs that were joined to another call dropped for `OTHER`.
fn joined(mut dialog: Dialog) -> Dialog {
    dialog.state = DialogState::Dropped;
    dialog.participants.iter_mut().for_each(|party| {
        party.state = P::Dropped;
        party.state_cause = "OTHER".into();
    });
    dialog
}

#[test]
fn a_consult_is_known_by_its_type_its_link_or_the_command_that_asked_for_it() {
    for (call_type, link, asked, kind) in [
        ("CONSULT", None, false, CallKind::Consult),
        ("AGENT_INSIDE", Some("1"), false, CallKind::Consult),
        ("OUT", Some("1"), false, CallKind::Consult),
        ("OUT", None, true, CallKind::Consult),
        ("OUT", None, false, CallKind::Call),
        ("TRANSFER", None, true, CallKind::Call),
    ] {
        let links = Arc::default();
        let mut ann = agent_on("2001", &links);
        told(&mut ann, call("1", "ACD_IN", &[("5551", P::Active), ("2001", P::Held)], 1));
        if asked {
            ann.consulting(id("1"));
        }
        let mut consult = call("2", call_type, &[("2001", P::Initiating)], 2);
        consult.associated = link.map(id);
        let view = told(&mut ann, consult.clone());
        let of = (kind == CallKind::Consult).then(|| id("1"));
        assert_eq!((view.kind, &view.consult_of), (kind, &of), "{call_type} {link:?} {asked}");
        let contact = if of.is_some() || call_type == "TRANSFER" { "1" } else { "2" };
        assert_eq!(&*view.interaction_id, contact);
        // The one who is consulted has an ordinary call of the same contact.
        let mut ben = agent_on("2002", &links);
        consult.participants.push(Participant { media_address: "2002".into(), ..consult.participants[0].clone() });
        let view = told(&mut ben, consult);
        assert_eq!((view.kind, &*view.interaction_id), (CallKind::Call, contact));
    }
}

#[test]
fn a_transfer_names_the_survivor_to_each_of_the_three() {
    // With and without Finesse's link from the consult to the call.
    for link in [Some("1"), None] {
        let links = Arc::default();
        let (mut ann, mut ben, mut cat) =
            (agent_on("2001", &links), agent_on("2002", &links), agent_on("2003", &links));
        let main = call("1", "ACD_IN", &[("2003", P::Active), ("2001", P::Held)], 1);
        told(&mut ann, main.clone());
        told(&mut cat, main.clone());
        let mut consult = call("2", "CONSULT", &[("2001", P::Active), ("2002", P::Active)], 2);
        consult.associated = link.map(id);
        told(&mut ann, consult.clone());
        told(&mut ben, consult.clone());
        let mut left = call("1", "ACD_IN", &[("2003", P::Active), ("2001", P::Dropped)], 3);
        left.state = DialogState::Dropped;
        assert_eq!(ended(&mut ann, left).survivor, Some(id("1")), "the own main call goes on without Ann");
        assert_eq!(ended(&mut ann, joined(consult.clone())).survivor, Some(id("1")));
        assert_eq!(ended(&mut ben, joined(consult.clone())).survivor, Some(id("1")), "{link:?}");
        let mut survivor = call("1", "TRANSFER", &[("2003", P::Active), ("2002", P::Active)], 4);
        survivor.secondary_id = Some(id("2"));
        let view = told(&mut ben, survivor.clone());
        assert_eq!((view.previous.clone(), &*view.interaction_id), (Some(id("2")), "1"), "Ben knew the consult");
        assert_eq!(told(&mut cat, survivor).previous, None, "to the caller it is the call that it was");
    }
}

#[test]
fn where_a_call_goes_on_is_said_for_transfers_alone() {
    let up = |leg| vec![("5551", P::Active), ("2001", leg)];
    let three = |leg| vec![("5551", P::Active), ("2001", leg), ("2002", P::Active)];
    let survivor = Some(id("1"));
    // The type before, the legs before, and the last word: type, legs, whether it takes the call away.
    for (what, before, parties, last, after, end, expected) in [
        (
            "an abandoned call",
            "ACD_IN",
            up(P::Active),
            "ACD_IN",
            vec![("5551", P::Dropped), ("2001", P::Dropped)],
            true,
            None,
        ),
        ("a release, first told by the own leg", "ACD_IN", up(P::Active), "ACD_IN", up(P::Dropped), false, None),
        ("wrap-up after a release", "TRANSFER", up(P::Active), "TRANSFER", up(P::WrapUp), false, None),
        ("wrap-up after a transfer", "ACD_IN", up(P::Held), "TRANSFER", three(P::WrapUp), false, survivor.clone()),
        ("a single step", "ACD_IN", up(P::Active), "ACD_IN", up(P::Dropped), true, survivor.clone()),
        ("not answered", "ACD_IN", up(P::Alerting), "ACD_IN", up(P::Dropped), true, None),
        ("out of a conference", "CONFERENCE", three(P::Active), "CONFERENCE", three(P::Dropped), true, None),
    ] {
        let mut ann = agent_on("2001", &Arc::default());
        told(&mut ann, call("1", before, &parties, 1));
        let last = call("1", last, &after, 2);
        let view = if end { ended(&mut ann, last) } else { told(&mut ann, last) };
        assert_eq!(view.survivor, expected, "{what}");
    }
}

#[test]
fn the_end_of_a_call_that_comes_before_its_beginning_is_not_forgotten() {
    let mut ann = agent_on("2001", &Arc::default());
    let over = call("9", "TRANSFER", &[("2001", P::Dropped)], 5);
    assert!(ann.dialog_end(&id("9"), Some(over), Instant::now()).payloads.is_empty());
    let begin = call("9", "TRANSFER", &[("2001", P::Initiating)], 4);
    assert!(ann.dialog_update(begin, Source::Notification, Instant::now()).payloads.is_empty());
    assert!(ann.dialogs().is_empty());
}

#[test]
fn a_consult_that_is_seen_first_by_the_one_consulted_joins_the_contact_later() {
    let links = Arc::default();
    let (mut ann, mut ben) = (agent_on("2001", &links), agent_on("2002", &links));
    told(&mut ann, call("1", "ACD_IN", &[("5551", P::Active), ("2001", P::Held)], 1));
    let consult = |second| call("2", "AGENT_INSIDE", &[("2001", P::Active), ("2002", P::Active)], second);
    told(&mut ben, consult(2));
    ann.consulting(id("1"));
    assert_eq!(&*told(&mut ann, consult(2)).interaction_id, "1");
    assert_eq!(&*told(&mut ben, consult(3)).interaction_id, "1");
}

#[test]
fn a_call_that_turns_out_to_be_hidden_goes_and_one_that_turns_out_not_to_be_comes() {
    let mut ann = agent_on("2001", &Arc::default());
    let parties = [("2101", P::Active), ("2001", P::Active)];
    told(&mut ann, call("1", "", &parties, 1));
    let hidden = ann.dialog_update(call("1", "SUPERVISOR_MONITOR", &parties, 2), Source::Notification, Instant::now());
    assert!(matches!(hidden.payloads.as_slice(), [Payload::DialogEnded { .. }]));
    assert!(ann.dialogs().is_empty() && ann.hides(&id("1")));
    let consult = call("2", "BARGE_IN_CONSULT", &parties, 3);
    assert!(ann.dialog_update(consult, Source::Notification, Instant::now()).payloads.is_empty());
    told(&mut ann, call("2", "CONFERENCE", &parties, 4));
    assert!(!ann.hides(&id("2")), "commands for it are let through");
}

#[test]
fn only_a_monitoring_that_has_just_ended_makes_a_conference_a_barge_in() {
    for (later, barged_in) in [(1, true), (600, false)] {
        let mut sup = agent_on("2101", &Arc::default());
        let mut monitoring = call("1", "SUPERVISOR_MONITOR", &[("2101", P::Active), ("2001", P::Active)], 1);
        monitoring.to_address = "2001".into();
        told(&mut sup, monitoring.clone());
        ended(&mut sup, monitoring);
        let conference = call("2", "CONFERENCE", &[("5551", P::Active), ("2001", P::Active), ("2101", P::Active)], 2);
        let then = Instant::now() + Duration::from_secs(later);
        sup.dialog_update(conference, Source::Notification, then);
        assert_eq!(sup.dialog(&id("2")).unwrap().barged_in, barged_in);
    }
}

#[test]
fn tones_that_ended_the_call_were_sent() {
    let mut ann = agent_on("2001", &Arc::default());
    let sent = Expectation::Untold(id("1"));
    told(&mut ann, call("1", "OUT", &[("2001", P::Active), ("5551", P::Active)], 1));
    assert!(matches!(sent.met(&ann, &Roster::default()), Some(Subject::Dialog(_))));
    ended(&mut ann, call("1", "OUT", &[("2001", P::Dropped), ("5551", P::Dropped)], 2));
    assert!(matches!(sent.met(&ann, &Roster::default()), Some(Subject::Gone)));
}

#[test]
fn the_leg_of_a_single_step_transfer_belongs_to_the_call() {
    let mut ann = agent_on("2001", &Arc::default());
    told(&mut ann, call("1", "ACD_IN", &[("5551", P::Active), ("2001", P::Held)], 1));
    assert_eq!(&*told(&mut ann, call("2", "TRANSFER", &[("2001", P::Initiating)], 2)).interaction_id, "1");
    assert_eq!(&*told(&mut ann, call("3", "OUT", &[("2001", P::Initiating)], 2)).interaction_id, "3");
}
