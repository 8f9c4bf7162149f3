//! Tables and properties of the sans-IO state: order, tombstones, what stays hidden, and convergence.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::outcome::{Expectation, Subject};
use super::roster::Roster;
use super::state::{Doubt, Source, State};
use crate::model::Timestamp;
use crate::model::agent::{Agent, AgentState, AgentUpdate};
use crate::model::dialog::{Dialog, DialogState, Participant, ParticipantState};
use crate::model::event::{CallKind, Payload};

fn at(second: i64) -> Option<Timestamp> {
    Some(Timestamp::from_second(1_700_000_000 + second).unwrap())
}

fn agent() -> Agent {
    let mut agent = Agent::unknown("1001".parse().unwrap());
    agent.extension = Some("2001".parse().unwrap());
    agent
}

fn user(state: AgentState, second: i64) -> AgentUpdate {
    AgentUpdate {
        state: Some(state),
        state_change_time: at(second),
        extension: Some(Some("2001".parse().unwrap())),
        ..AgentUpdate::default()
    }
}

pub(super) fn dialog(id: &str, own: ParticipantState, second: i64) -> Dialog {
    let party = |address: &str, state| Participant {
        media_address: address.into(),
        state,
        state_change_time: at(second),
        ..Participant::default()
    };
    Dialog {
        id: id.parse().unwrap(),
        state: DialogState::Active,
        from_address: "5551".into(),
        to_address: "2001".into(),
        call_type: "ACD_IN".into(),
        media_type: "Voice".into(),
        dnis: "".into(),
        dialed_number: "".into(),
        queue_number: "".into(),
        queue_name: "".into(),
        associated: None,
        secondary_id: None,
        wrap_up_reason: None,
        variables: Vec::new(),
        participants: vec![party("2001", own), party("5551", ParticipantState::Active)],
    }
}

#[test]
fn a_later_state_is_applied_an_earlier_one_is_doubted_and_a_repeated_one_is_nothing() {
    let mut state = State::new(agent(), Arc::default(), None);
    let first = state.user(user(AgentState::Ready, 10), Source::Notification);
    assert!(matches!(&first.payloads[..], [Payload::AgentStateChanged { version: 2, .. }]));
    assert_eq!(first.doubt, Doubt::None);
    let again = state.user(user(AgentState::Ready, 10), Source::Notification);
    assert!(again.payloads.is_empty() && again.doubt == Doubt::None);
    let late = state.user(user(AgentState::NotReady, 9), Source::Notification);
    assert!(late.payloads.is_empty());
    assert_eq!((late.doubt, state.agent().state), (Doubt::Unordered, AgentState::Ready));
    let equal = state.user(user(AgentState::Talking, 10), Source::Notification);
    assert_eq!((equal.payloads.len(), equal.doubt), (1, Doubt::Unordered));
    let read = state.user(user(AgentState::NotReady, 1), Source::Read);
    assert_eq!((read.payloads.len(), state.agent().state), (1, AgentState::NotReady));
}

#[test]
fn a_call_is_offered_changes_and_ends_once_and_does_not_come_back() {
    let mut state = State::new(agent(), Arc::default(), None);
    let now = Instant::now();
    let notify = Source::Notification;
    let offered = state.dialog_update(dialog("7", ParticipantState::Alerting, 1), notify, now);
    assert!(matches!(&offered.payloads[..], [Payload::DialogOffered(view)] if view.version == 1));
    let answered = state.dialog_update(dialog("7", ParticipantState::Active, 2), notify, now);
    assert!(matches!(&answered.payloads[..], [Payload::DialogChanged { view, .. }] if view.version == 2));
    let id = "7".parse().unwrap();
    let ended = state.dialog_end(&id, Some(dialog("7", ParticipantState::Dropped, 3)), now);
    assert!(matches!(&ended.payloads[..], [Payload::DialogEnded { .. }]));
    assert!(state.dialog_end(&id, None, now).payloads.is_empty());
    let remains = state.dialog_update(dialog("7", ParticipantState::Dropped, 3), notify, now);
    assert!(remains.payloads.is_empty() && state.dialogs().is_empty());
    let back = state.dialog_update(dialog("7", ParticipantState::Alerting, 9), notify, now);
    assert!(matches!(&back.payloads[..], [Payload::DialogOffered(_)]), "a transfer may bring a call back");
    // A read found it gone: what comes late of the time between is doubted, and a read decides.
    state.dialog_end(&id, None, now);
    let missed = state.dialog_update(dialog("7", ParticipantState::Held, 11), notify, now);
    assert!(missed.payloads.is_empty() && missed.doubt == Doubt::Unordered);
    assert!(state.dialog_end(&id, Some(dialog("7", ParticipantState::Dropped, 12)), now).payloads.is_empty());
    assert_eq!(state.dialogs_read(vec![dialog("7", ParticipantState::Active, 13)], now).payloads.len(), 1);
    state.dialog_end(&id, None, now);
    let later = now + Duration::from_secs(61);
    assert_eq!(state.dialog_update(dialog("7", ParticipantState::Active, 9), notify, later).payloads.len(), 1);
}

#[test]
fn data_that_changes_without_a_new_time_is_shown_and_doubted_for_later() {
    let mut state = State::new(agent(), Arc::default(), None);
    let notify = Source::Notification;
    state.dialog_update(dialog("7", ParticipantState::Active, 1), notify, Instant::now());
    let mut changed = dialog("7", ParticipantState::Active, 1);
    changed.wrap_up_reason = Some("Order taken".into());
    let shown = state.dialog_update(changed, notify, Instant::now());
    assert_eq!((shown.payloads.len(), shown.doubt), (1, Doubt::Untimed));
}

#[test]
fn monitoring_is_shown_to_the_supervisor_who_started_it_alone() {
    let now = Instant::now();
    let mut monitored = dialog("8", ParticipantState::Active, 1);
    monitored.call_type = "SUPERVISOR_MONITOR".into();
    monitored.from_address = "2101".into();
    let mut state = State::new(agent(), Arc::default(), None);
    assert!(state.dialog_update(monitored.clone(), Source::Read, now).payloads.is_empty());
    assert!(state.dialogs().is_empty() && !state.on_a_call());
    let mut barge = monitored.clone();
    barge.call_type = "BARGE_IN_CONSULT".into();
    assert!(state.dialogs_read(vec![barge], now).payloads.is_empty());
    monitored.from_address = "2001".into();
    assert_eq!(state.dialog_update(monitored, Source::Read, now).payloads.len(), 1);
    assert_eq!(state.dialogs()[0].kind, CallKind::Monitor);
}

#[test]
fn an_effect_is_met_by_what_the_table_says() {
    let mut state = State::new(agent(), Arc::default(), None);
    let now = Instant::now();
    let id: crate::model::id::DialogId = "7".parse().unwrap();
    let met = |state: &State, expectation: Expectation| expectation.met(state, &Roster::default()).is_some();
    let ready = || Expectation::AgentState { state: AgentState::Ready, reason: None };
    assert!(!met(&state, ready()));
    let pending = AgentUpdate { pending_state: Some(AgentState::Ready), ..user(AgentState::Talking, 2) };
    state.user(pending, Source::Read);
    assert!(met(&state, ready()), "a pending state counts");
    let reserved = |wanted| {
        let mut state = State::new(agent(), Arc::default(), None);
        state.user(user(AgentState::Reserved, 2), Source::Read);
        let expectation = Expectation::AgentState { state: wanted, reason: None };
        expectation.met(&state, &Roster::default()).is_none()
            && expectation.implied(&state, &Roster::default()).is_some()
    };
    assert!(reserved(AgentState::Ready), "RESERVED follows READY alone");
    assert!(!reserved(AgentState::NotReady));
    assert!(met(&state, Expectation::SignedIn("2001".parse().unwrap())));
    assert!(!met(&state, Expectation::SignedIn("2002".parse().unwrap())));
    assert!(!met(&state, Expectation::SignedOut));
    state.dialog_update(dialog("7", ParticipantState::Held, 3), Source::Read, now);
    assert!(met(&state, Expectation::OwnLeg(id.clone(), ParticipantState::Held)));
    assert!(!met(&state, Expectation::LegOver(id.clone())));
    assert!(!met(&state, Expectation::NewCall { known: Vec::new() }), "a call of somebody else's");
    let mut own = dialog("9", ParticipantState::Initiating, 4);
    own.from_address = "2001".into();
    state.dialog_update(own.clone(), Source::Read, now);
    assert!(!met(&state, Expectation::NewCall { known: Vec::new() }), "off-hook is not yet a call");
    own.participants[0].state = ParticipantState::Failed;
    state.dialog_update(own, Source::Read, now);
    assert!(met(&state, Expectation::NewCall { known: Vec::new() }), "busy later is FAILED");
    state.dialog_update(dialog("7", ParticipantState::WrapUp, 5), Source::Read, now);
    assert!(matches!(Expectation::LegOver(id.clone()).met(&state, &Roster::default()), Some(Subject::Dialog(_))));
    state.dialog_end(&id, None, now);
    assert!(matches!(Expectation::LegOver(id).met(&state, &Roster::default()), Some(Subject::Gone)));
}

#[derive(Clone, Debug)]
enum Step {
    User(u8, i64),
    Dialog(u8, u8, i64),
    End(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0u8..4, 0i64..20).prop_map(|(s, t)| Step::User(s, t)),
        (0u8..4, 0u8..4, 0i64..20).prop_map(|(d, s, t)| Step::Dialog(d, s, t)),
        (0u8..4).prop_map(Step::End),
    ]
}

fn agent_state(index: u8) -> AgentState {
    [AgentState::Ready, AgentState::NotReady, AgentState::Talking, AgentState::Logout][index as usize]
}

fn leg_state(index: u8) -> ParticipantState {
    use ParticipantState as P;
    [P::Alerting, P::Active, P::Held, P::Dropped][index as usize]
}

proptest! {
    /// Under any order of notifications nothing goes backward, versions rise by one with each payload, and a re-read
    /// ends in exactly what was read.
    #[test]
    fn any_order_of_inputs_converges_to_the_read(
        steps in proptest::collection::vec(step(), 0..60),
        last in (0u8..4, 0i64..20),
        open in proptest::collection::btree_map(0u8..4, (0u8..3, 0i64..20), 0..4),
    ) {
        let mut state = State::new(agent(), Arc::default(), None);
        let now = Instant::now();
        for step in steps {
            let before = (state.version(), state.agent().state_change_time);
            let outcome = match step {
                Step::User(s, t) => state.user(user(agent_state(s), t), Source::Notification),
                Step::Dialog(d, s, t) => {
                    state.dialog_update(dialog(&d.to_string(), leg_state(s), t), Source::Notification, now)
                }
                Step::End(d) => state.dialog_end(&d.to_string().parse().unwrap(), None, now),
            };
            let states = outcome.payloads.iter().filter(|p| matches!(p, Payload::AgentStateChanged { .. })).count();
            prop_assert_eq!(state.version(), before.0 + states as u64);
            prop_assert!(state.agent().state_change_time >= before.1);
        }
        state.user(user(agent_state(last.0), last.1), Source::Read);
        let read: Vec<_> = open.iter().map(|(d, (s, t))| dialog(&d.to_string(), leg_state(*s), *t)).collect();
        state.dialogs_read(read.clone(), now);
        prop_assert_eq!(state.agent().state, agent_state(last.0));
        let mut known: Vec<_> = state.dialogs().iter().map(|view| view.dialog.clone()).collect();
        known.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(known, read);
    }
}
