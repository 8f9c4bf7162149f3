//! What the encoder writes, compared with the old product's samples member for member, in order.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use super::list_tests::{book, member, queue};
use super::*;
use crate::bridge::style::{DialledFromAddress, Ecc, ReasonNaming};
use crate::model::Timestamp;
use crate::model::agent::AgentState;
use crate::model::dialog::{CallVariable, Dialog, DialogState, Direction, Participant, ParticipantState};
use crate::model::event::CallKind;
use crate::model::id::{AgentId, Extension};

/// The sample's text without the blanks between its tokens: order, spelling and all.
macro_rules! sample {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../../tests/fixtures/legacy/", $name, ".json")))
            .unwrap()
            .to_string()
    };
}

pub(super) fn text(line: Vec<u8>) -> String {
    let text = String::from_utf8(line).unwrap();
    text.strip_suffix('\n').unwrap().to_owned()
}

pub(in crate::bridge) fn utc() -> Style {
    Style { time_zone: jiff::tz::TimeZone::UTC, ..Style::default() }
}

pub(in crate::bridge) fn at(time: &str) -> Option<Timestamp> {
    Some(format!("{}Z", time.replace(' ', "T")).parse().unwrap())
}

pub(in crate::bridge) fn team() -> Team {
    Team { id: "7".parse().unwrap(), name: "Demo".to_owned() }
}

pub(in crate::bridge) fn agent() -> Agent {
    Agent {
        first_name: "jehanzeb4".to_owned(),
        last_name: "riaz".to_owned(),
        team: Some(team()),
        ..Agent::unknown("jehanzeb4".parse::<AgentId>().unwrap())
    }
}

pub(in crate::bridge) fn reason(id: &str, code: &str, label: &str) -> ReasonCode {
    ReasonCode {
        category: ReasonCategory::NotReady,
        id: Some(id).filter(|id| !id.is_empty()).map(|id| id.parse().unwrap()),
        code: code.to_owned(),
        label: label.to_owned(),
        system: id.is_empty(),
        for_all: true,
    }
}

pub(in crate::bridge) fn party(address: &str, state: ParticipantState, start: &str, device: bool) -> Participant {
    Participant {
        media_address: address.into(),
        address_type: if device { "AGENT_DEVICE".into() } else { "".into() },
        state,
        start_time: at(start),
        ..Participant::default()
    }
}

pub(in crate::bridge) fn view(
    id: &str,
    own: &str,
    from: &str,
    to: &str,
    state: DialogState,
    participants: Vec<Participant>,
) -> DialogView {
    let extension: Extension = own.parse().unwrap();
    let dialog = Dialog {
        id: id.parse().unwrap(),
        state,
        from_address: from.into(),
        to_address: to.into(),
        call_type: "".into(),
        media_type: "Voice".into(),
        dnis: "".into(),
        dialed_number: to.into(),
        queue_number: "".into(),
        queue_name: "".into(),
        associated: None,
        secondary_id: None,
        wrap_up_reason: None,
        variables: Vec::new(),
        participants,
    };
    DialogView {
        direction: dialog.direction(&extension),
        dialog,
        extension: Some(extension),
        kind: CallKind::Call,
        consult_of: None,
        previous: None,
        survivor: None,
        barged_in: false,
        interaction_id: "i".into(),
        version: 1,
    }
}

pub(in crate::bridge) fn dialled() -> DialogView {
    let own = party("1006", ParticipantState::Initiated, "2019-09-17 15:32:15", true);
    view("16871253", "1006", "1006", "4012", DialogState::Initiated, vec![own])
}

#[test]
fn what_is_not_about_a_call_matches_the_samples() {
    assert_eq!(text(system(SystemStatus::OutOfService)), sample!("system"));
    assert_eq!(text(agent_info(&agent(), "jehanzeb4")), sample!("agent_info"));
    let mut not_ready = agent();
    not_ready.state = AgentState::NotReady;
    not_ready.reason = Some(reason("8", "32", "Lunch"));
    not_ready.state_change_time = at("2019-09-17 12:46:21");
    assert_eq!(text(state(&not_ready, "jehanzeb6", &utc())), sample!("state"));
    let labels = ["Complaint", "Inquiry New", "Conf call", "Transfer call", "Customer new call", "Old call customer"];
    let labels = labels.iter().chain(&["Bill Inquiry"]).zip(1..);
    let reasons: Vec<_> = labels.map(|(label, id)| reason(&id.to_string(), "", label)).collect();
    assert_eq!(text(reason_codes(ReasonCategory::WrapUp, &reasons, "jehanzeb4", &utc())), sample!("reason_codes"));
    let signed_in = [("jehanzeb6", "1006"), ("jehanzeb7", "1007")].map(|(first_name, extension)| {
        Arc::new(Agent { first_name: first_name.to_owned(), extension: extension.parse().ok(), ..agent() })
    });
    assert_eq!(text(agents(&signed_in)), sample!("agents"));
}

#[test]
fn call_lines_match_the_samples() {
    let style = utc();
    assert_eq!(text(call(&dialled(), "jehanzeb6", &style)), sample!("inbound_call"));

    let ringing = vec![
        party("1006", ParticipantState::Active, "2019-09-17 15:40:00", true),
        party("1004", ParticipantState::Alerting, "2019-09-17 15:40:00", true),
    ];
    let ringing = view("16871263", "1004", "1006", "1004", DialogState::Alerting, ringing);
    assert_eq!(text(new_inbound_call(&ringing, "jehanzeb4", &style)), sample!("new_inbound_call"));

    let three = vec![
        party("1005", ParticipantState::Active, "2019-09-17 17:16:10", false),
        party("1004", ParticipantState::Active, "2019-09-17 17:16:14", true),
        party("1006", ParticipantState::Active, "2019-09-17 17:17:03", true),
    ];
    let conference = view("16871286", "1004", "1005", "1004", DialogState::Active, three);
    assert_eq!(text(call(&conference, "jehanzeb4", &style)), sample!("conference"));

    let held = vec![
        party("1005", ParticipantState::Active, "2019-09-20 16:25:14", false),
        party("1004", ParticipantState::Held, "2019-09-20 16:25:20", true),
    ];
    let held = view("16874257", "1004", "1005", "1004", DialogState::Active, held);
    assert_eq!(text(call(&held, "jehanzeb4", &style)), sample!("transfer"));
    let renamed = |id: &str| view(id, "1004", "1005", "1004", DialogState::Active, held.dialog.participants.clone());
    let held = renamed("16871286");
    assert_eq!(text(dialog_state(&held.dialog.id, Some(&held), "jehanzeb6")), sample!("dialog_state"));
}

#[test]
fn a_consult_matches_the_sample_and_keeps_finesses_addresses() {
    let own = party("1004", ParticipantState::Initiated, "2019-09-17 17:17:03", true);
    let mut consult = view("16871288", "1004", "1004", "1006", DialogState::Initiated, vec![own]);
    consult.kind = CallKind::Consult;
    assert_eq!(text(call(&consult, "jehanzeb4", &utc())), sample!("consult_call"));
    consult.dialog.participants[0].state = ParticipantState::Dropped;
    let ended = r#"{"type":"ConsultCall","state":"DROPPED","assDialogId":"16871288","agentId":"jehanzeb4"}"#;
    assert_eq!(text(call(&consult, "jehanzeb4", &utc())), ended);
}

#[test]
fn a_call_that_the_agent_has_left_has_the_short_form() {
    let mut left = dialled();
    left.dialog.id = "16871284".parse().unwrap();
    for (own, dialog) in [
        (ParticipantState::WrapUp, DialogState::Active),
        (ParticipantState::Dropped, DialogState::Active),
        (ParticipantState::Active, DialogState::Dropped),
    ] {
        left.dialog.participants[0].state = own;
        left.dialog.state = dialog;
        assert_eq!(text(call(&left, "jehanzeb6", &utc())), sample!("inbound_call_dropped"));
    }
    let survivor = "99".parse().unwrap();
    assert!(
        text(dropped(&left.dialog.id, left.kind, Some(&survivor), "a"))
            .contains(r#""prevDialogId":"99","state":"DROPPED""#)
    );
}

#[test]
fn the_choices_of_the_style_show() {
    let mut call_of = dialled();
    call_of.dialog.variables = vec![
        CallVariable { name: "user.ticket".into(), value: "T\"1\n".into() },
        CallVariable { name: "callVariable3".into(), value: "gold".into() },
    ];
    let appended = text(call(&call_of, "a", &utc()));
    assert!(appended.contains(r#"{"callVariable2":""},{"callVariable3":"gold"},{"callVariable4":""}"#), "{appended}");
    assert!(appended.contains(r#"{"callVariable10":""},{"ani":"4012"},{"user.ticket":"T\"1\n"}]"#), "{appended}");

    let plain = Style { ecc: Ecc::Omit, dialled_from_address: DialledFromAddress::Finesse, ..utc() };
    let omitted = text(call(&call_of, "a", &plain));
    assert!(omitted.contains(r#""fromAddress":"1006""#) && omitted.contains(r#"{"ani":"1006"}]"#), "{omitted}");

    let berlin = Style { time_zone: jiff::tz::TimeZone::get("Europe/Berlin").unwrap(), ..utc() };
    assert!(text(call(&call_of, "a", &berlin)).contains("2019-09-17 17:32:15"));

    let mut away = agent();
    away.reason = Some(reason("8", "32", "Lunch"));
    let by_code = Style { reason_key: ReasonNaming::Code, ..utc() };
    assert!(text(state(&away, "a", &by_code)).contains(r#""reasonCode":"32""#));
    away.reason = Some(reason("", "50002", "Connection failure"));
    assert!(text(state(&away, "a", &utc())).contains(r#""reasonCode":"50002""#));
    away.reason = None;
    away.reason_id = Some("8".to_owned());
    assert!(text(state(&away, "a", &utc())).contains(r#""reasonCode":"8""#));
    let codes = [reason("8", "32", "Lunch"), reason("", "50002", "Connection failure")];
    let listed = |style: &Style| text(reason_codes(ReasonCategory::NotReady, &codes, "a", style));
    assert!(listed(&utc()).contains(r#""NOT_READY","reasonCodes":[{"8":"Lunch"}]"#));
    assert!(listed(&by_code).contains(r#"[{"32":"Lunch"}]"#));
}

#[test]
fn the_layouts_decided_here_are_as_documented() {
    let mut active = dialled();
    active.dialog.id = "1".parse().unwrap();
    active.dialog.participants = vec![party("2001", ParticipantState::Active, "2019-09-17 15:32:15", true)];
    active.dialog.participants[0].actions = vec!["HOLD".into(), "DROP".into()];
    active.extension = Some("2001".parse().unwrap());
    assert_eq!(
        text(dialog_state_controls(&active, "1001")),
        r#"{"type":"DialogStateControls","dialogId":"1","controls":["HOLD","DROP"],"agentId":"1001"}"#
    );
    let participants = r#"[{"mediaAddress":"2001","state":"ACTIVE","addressType":"AGENT_DEVICE"}]"#;
    assert_eq!(
        text(dialog_participants(&active, "1001")),
        format!(r#"{{"type":"DialogParticipants","dialogId":"1","participants":{participants},"agentId":"1001"}}"#)
    );
}

#[test]
fn an_unknown_call_is_not_found() {
    let id: DialogId = "5".parse().unwrap();
    let expected = r#"{"type":"DialogState","dialogId":"5","state":"NOT_FOUND","agentId":"1001"}"#;
    assert_eq!(text(dialog_state(&id, None, "1001")), expected);
}

fn named_call() -> impl Strategy<Value = (DialogView, String)> {
    let texts = || any::<String>();
    let variables = proptest::collection::vec((texts(), texts()), 0..3);
    let addresses = (texts(), texts(), texts(), texts());
    (addresses, variables, texts(), any::<bool>()).prop_map(|((from, to, cause, address), variables, agent_id, out)| {
        let mut view = dialled();
        view.dialog.from_address = from.into();
        view.dialog.to_address = to.into();
        view.dialog.participants.push(party(&address, ParticipantState::Active, "2019-09-17 15:32:15", false));
        view.dialog.participants[1].address_type = cause.into();
        view.dialog.variables = variables
            .into_iter()
            .map(|(name, value)| CallVariable { name: name.into(), value: value.into() })
            .collect();
        view.direction = if out { Direction::Outbound } else { Direction::Inbound };
        (view, agent_id)
    })
}

proptest! {
    #[test]
    fn whatever_the_values_a_line_is_one_line_of_valid_json((view, agent_id) in named_call()) {
        for line in [call(&view, &agent_id, &utc()), new_inbound_call(&view, &agent_id, &utc())] {
            prop_assert_eq!(line.iter().filter(|&&byte| byte == b'\n').count(), 1);
            let value: Value = serde_json::from_slice(&line).unwrap();
            prop_assert_eq!(value["agentId"].as_str(), Some(agent_id.as_str()));
        }
    }

    #[test]
    fn different_values_never_render_alike(a in named_call(), b in named_call()) {
        let shown = |(view, agent_id): &(DialogView, String)| {
            let dialog = &view.dialog;
            let ten = |name: &str| (1..=10).any(|n| name == format!("callVariable{n}"));
            let others: Vec<_> = dialog.variables.iter().filter(|variable| !ten(&variable.name)).cloned().collect();
            (dialog.from_address.clone(), dialog.participants.clone(), others, agent_id.clone())
        };
        let style = Style { dialled_from_address: DialledFromAddress::Finesse, ..utc() };
        let render = |(view, agent_id): &(DialogView, String)| call(view, agent_id, &style);
        prop_assert_eq!(shown(&a) == shown(&b), render(&a) == render(&b));
    }
}

/// A line's type and the names of its members, in order, and of the members of what it lists.
fn layout(value: &Value) -> (String, Vec<String>) {
    if let Some(one) = value.as_array().and_then(|all| all.first()) {
        let (kind, members) = layout(one);
        return (kind, members.into_iter().chain(["[]".to_owned()]).collect());
    }
    let members = value.as_object().unwrap();
    (members["type"].as_str().unwrap().to_owned(), members.keys().cloned().collect())
}

#[test]
fn the_samples_in_the_document_have_the_layouts_that_are_sent() {
    let call_of = dialled();
    let error = crate::model::Error::new(crate::model::Reason::InvalidInput, "x");
    let sent: BTreeSet<_> = [
        system(SystemStatus::InService),
        agent_info(&agent(), "a"),
        state(&agent(), "a", &utc()),
        new_inbound_call(&call_of, "a", &utc()),
        call(&call_of, "a", &utc()),
        dropped(&call_of.dialog.id, CallKind::Call, None, "a"),
        call(&DialogView { kind: CallKind::Consult, ..dialled() }, "a", &utc()),
        dropped(&call_of.dialog.id, CallKind::Consult, None, "a"),
        call(&DialogView { kind: CallKind::Monitor, ..dialled() }, "a", &utc()),
        agents(&[Arc::new(agent())]),
        team_users(&team(), &[Arc::new(member())], "a", &utc()),
        queues(&[queue()], "a", &utc()),
        phone_books(&[book()], false, "a"),
        phone_books(&[book()], true, "a"),
        contacts(&book(), "a"),
        reason_codes(ReasonCategory::NotReady, &[], "a", &utc()),
        dialog_state(&call_of.dialog.id, None, "a"),
        dialog_state_controls(&call_of, "a"),
        dialog_participants(&call_of, "a"),
        errors::error("x", &error, "a"),
        errors::connect_status(&error, "a"),
        reconnect("d", &["a"]),
    ]
    .iter()
    .map(|line| layout(&serde_json::from_slice(line).unwrap()))
    .collect();
    let document = include_str!("../../../docs/legacy.md");
    let shown: BTreeSet<_> = document
        .split("```json\n")
        .skip(1)
        .flat_map(|block| block.split("```").next().unwrap().lines())
        .map(|sample| layout(&serde_json::from_str(sample).unwrap()))
        .collect();
    for layout in &shown {
        assert!(sent.contains(layout), "{layout:?}");
    }
    assert_eq!(shown.len(), sent.len(), "a layout is not shown");
}
