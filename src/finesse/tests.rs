//! Objects, errors and bodies: the fixtures, every order and case of elements, and input of all kinds.

#![allow(clippy::unwrap_used, clippy::panic)]

use http::HeaderMap;
use proptest::prelude::*;

use super::answer::{Answer, Verdict};
use super::notify::{Data, Source, UpdateEvent, parse_update};
use super::{dialog, parse_api_errors, reason, reason_of, request, system, user, xml};
use crate::model::Reason;
use crate::model::agent::{AgentState, WrapUpMode};
use crate::model::dialog::{CallVariable, DialogState, ParticipantState};
use crate::model::reason::ReasonCategory;
use crate::model::system::{Platform, SystemStatus};

const USER: &str = include_str!("../../tests/fixtures/finesse/update_user.xml");
const DIALOG: &str = include_str!("../../tests/fixtures/finesse/update_dialog.xml");
const ERROR: &str = include_str!("../../tests/fixtures/finesse/update_error.xml");

#[test]
fn a_user_update() {
    let update = parse_update(USER).unwrap();
    assert_eq!((update.event, update.request_id.as_deref()), (UpdateEvent::Put, Some("r-17")));
    assert_eq!(update.source, Source::User("1001".parse().unwrap()));
    let Data::User(user) = update.data else { panic!("no user") };
    assert_eq!((user.state, user.pending_state, user.supervisor), (Some(AgentState::NotReady), None, Some(true)));
    assert_eq!(user.wrap_up_modes, Some((Some(WrapUpMode::Optional), None)));
    assert_eq!((user.reason_id.as_deref(), user.wrap_up_timer), (Some("4"), Some(30)));
    assert_eq!(user.team.unwrap().name, "Lab");
    assert_eq!(user.teams.unwrap().len(), 1);
    assert_eq!(user.state_change_time.unwrap().to_string(), "2026-01-05T09:00:00.123Z");
}

#[test]
fn what_a_user_leaves_out_is_none_and_what_is_empty_says_so() {
    let user =
        user::parse("<User><extension/><reasonCodeId>-1</reasonCodeId><stateChangeTime/><uri>/x/User/7/</uri></User>")
            .unwrap();
    assert_eq!((user.extension, user.reason_id, user.state, user.supervisor), (Some(None), None, None, None));
    assert_eq!(user.id.unwrap().as_str(), "7");
    assert_eq!(user::parse("<Users/>"), Err(xml::XmlError::OtherRoot));
}

#[test]
fn a_dialog_update() {
    let update = parse_update(DIALOG).unwrap();
    assert_eq!((update.event, update.request_id), (UpdateEvent::Post, None));
    assert_eq!(update.source, Source::UserDialogs("1006".parse().unwrap()));
    let Data::Dialogs(dialogs) = update.data else { panic!("no dialogs") };
    let dialog = &dialogs[0];
    assert_eq!((dialog.state, dialog.call_type.as_str()), (DialogState::Alerting, "ACD_IN"));
    assert_eq!(dialog.associated.as_ref().unwrap().as_str(), "16871260");
    assert_eq!(dialog.secondary_id.as_ref().unwrap().as_str(), "16871250");
    assert_eq!(dialog.variable("callVariable1"), Some("gold & <blue>"));
    assert_eq!((dialog.variable("callVariable2"), dialog.variables.len()), (Some(""), 3));
    assert_eq!(dialog.participants[0].actions, ["ANSWER"]);
    assert!(dialog.participants[0].state_change_time.is_some() && dialog.participants[1].state_change_time.is_none());
    assert_eq!(dialog.participants[1].state, ParticipantState::Initiated);
    assert!(dialog::parse_list("<Dialogs/>").unwrap().is_empty());
    assert_eq!(dialog::parse_list("<Dialogs><Dialog><state>ACTIVE</state></Dialog></Dialogs>").unwrap(), []);
}

#[test]
fn an_error_update() {
    let update = parse_update(ERROR).unwrap();
    assert_eq!(update.event, UpdateEvent::Put);
    let Data::Errors(faults) = update.data else { panic!("no errors") };
    assert_eq!((faults[0].error_data.as_str(), faults[0].peripheral_code.as_str()), ("260", "10125"));
    assert_eq!(reason_of(&faults[0]), Reason::InvalidDevice);
}

#[test]
fn lists_and_system_info() {
    let codes = include_str!("../../tests/fixtures/finesse/reason_codes.xml");
    let reasons = reason::parse_list(codes, ReasonCategory::NotReady).unwrap();
    let ids: Vec<_> = reasons.iter().map(|r| (r.id.as_ref().unwrap().as_str(), r.code.as_str(), r.for_all)).collect();
    assert_eq!(ids, [("1", "12", true), ("27", "13", false)]);
    let wrap_up = "<WrapUpReasons><WrapUpReason><uri>/finesse/api/User/1001/WrapUpReason/205</uri><label>Complaint</label></WrapUpReason></WrapUpReasons>";
    let reasons = reason::parse_list(wrap_up, ReasonCategory::WrapUp).unwrap();
    assert_eq!((reasons[0].id.as_ref().unwrap().as_str(), reasons[0].label.as_str()), ("205", "Complaint"));
    let info = system::parse(include_str!("../../tests/fixtures/finesse/system_info.xml")).unwrap();
    assert_eq!((info.status, info.platform), (SystemStatus::OutOfService, Some(Platform::Uccx)));
    assert_eq!(info.xmpp_pubsub_domain.as_deref(), Some("pubsub.fin-a.example.test"));
}

#[test]
fn every_answer_has_a_meaning() {
    let verdict = |status, content_type: &'static str, body: &[u8]| {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", content_type.parse().unwrap());
        headers.insert("retry-after", "7".parse().unwrap());
        let mut answer = Answer::new(status, &headers);
        answer.body = body.to_vec();
        match answer.verdict() {
            Verdict::Done(_) => ("done", None),
            Verdict::Refused(error) => ("refused", Some(error.reason)),
            Verdict::NotUnderstood(error) => ("unknown", Some(error.reason)),
        }
    };
    let api = b"<ApiErrors><ApiError><ErrorType>Invalid State</ErrorType></ApiError></ApiErrors>";
    let unreachable = Some(Reason::FinesseUnreachable);
    assert_eq!(verdict(202, "application/xml", b""), ("done", None));
    assert_eq!(verdict(400, "text/plain", api), ("refused", Some(Reason::InvalidState)));
    assert_eq!(verdict(401, "text/html", b"<html>login</html>"), ("refused", Some(Reason::AuthorizationFailure)));
    assert_eq!(verdict(401, "application/xml", b""), ("refused", Some(Reason::AuthorizationFailure)));
    assert_eq!(verdict(404, "application/xml", b""), ("refused", Some(Reason::NotFound)));
    assert_eq!(verdict(404, "text/html", b"<html>"), ("refused", unreachable));
    assert_eq!(verdict(429, "text/plain", b"slow"), ("refused", Some(Reason::TooManyRequests)));
    assert_eq!(verdict(503, "text/html", b"<html>"), ("refused", Some(Reason::FinesseOutOfService)));
    assert_eq!(verdict(302, "text/html", b""), ("refused", unreachable));
    assert_eq!(verdict(500, "text/html", b"<html>"), ("unknown", unreachable));
    assert_eq!(verdict(502, "text/plain", b""), ("unknown", unreachable));
    assert_eq!(verdict(200, "application/xml", b" <!DOCTYPE html><html>"), ("unknown", unreachable));
    assert_eq!(verdict(200, "application/xml", b"\xff\xfe"), ("unknown", unreachable));
}

#[test]
fn a_resource_that_a_release_does_not_have() {
    let api = "<ApiErrors><ApiError><ErrorType>Not Found</ErrorType></ApiError></ApiErrors>";
    for (status, body, none) in [
        (404, "", true),
        (404, "<html>Tomcat</html>", true),
        (404, "<ApiErrors/>", true),
        (405, "", true),
        (501, "", true),
        (404, api, false),
        (200, "<PhoneBooks/>", false),
        (401, "", false),
        (503, "", false),
    ] {
        let mut answer = Answer::new(status, &HeaderMap::new());
        answer.body = body.as_bytes().to_vec();
        assert_eq!(answer.is_of_no_resource(), none, "{status} {body}");
    }
}

/// A tree that can be written in any order and case.
fn shuffled(order: u64, flip: bool) -> String {
    let mut rng = fastrand::Rng::with_seed(order);
    let mut parts = vec![
        "<state>READY</state>",
        "<loginId>1001</loginId>",
        "<firstName>Ann</firstName>",
        "<unknown><x y='z'/></unknown>",
        "<roles><role>Supervisor</role><!-- c --><role>Agent</role></roles>",
        "<teamName>Lab</teamName>",
        "<teamId>5</teamId>",
        "<stateChangeTime>2026-01-05T09:00:00Z</stateChangeTime>",
        "<extension>2001</extension>",
    ];
    rng.shuffle(&mut parts);
    let mut top = vec![
        format!("<data><user>{}</user></data>", parts.join("\n ")),
        "<event>put</event>".to_owned(),
        "<requestId>r</requestId>".to_owned(),
        "<source>/finesse/api/User/1001</source>".to_owned(),
    ];
    rng.shuffle(&mut top);
    let text = format!("<Update>{}</Update>", top.concat());
    if !flip {
        return text;
    }
    // Only the names of elements change their case.
    let mut in_name = false;
    text.chars()
        .map(|c| {
            in_name = c == '<' || c == '/' && in_name || in_name && (c.is_ascii_alphabetic() || c == '!');
            if in_name { c.to_ascii_uppercase() } else { c }
        })
        .collect()
}

proptest! {
    #[test]
    fn order_and_case_do_not_matter(order: u64, flip: bool) {
        prop_assert_eq!(parse_update(&shuffled(order, flip)).unwrap(), parse_update(&shuffled(0, false)).unwrap());
    }

    #[test]
    fn nothing_makes_a_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0..4000usize, at in 0..4000usize, byte: u8) {
        let _ = (parse_update(&String::from_utf8_lossy(&bytes)), parse_api_errors(&bytes));
        for text in [USER, DIALOG, ERROR] {
            let mut mutated = text.as_bytes().to_vec();
            if let Some(slot) = mutated.get_mut(at) {
                *slot = byte;
            }
            mutated.truncate(cut);
            let _ = (parse_update(&String::from_utf8_lossy(&mutated)), parse_api_errors(&mutated));
        }
    }

    #[test]
    fn commands_are_well_formed_and_keep_their_values(reason: String, name in ".+", value: String) {
        let variable = CallVariable { name: name.clone().into(), value: value.clone().into() };
        let body = request::update_call_data(Some(&reason), &[variable]);
        let wrapped = body.replace("<requestedAction>UPDATE_CALL_DATA</requestedAction>", "<id>1</id>");
        let dialog = dialog::parse(&wrapped).unwrap().unwrap();
        let clean = |text: &str| text.chars().map(|c| {
            let allowed = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            if allowed { c } else { '\u{fffd}' }
        }).collect::<String>();
        prop_assert_eq!(dialog.wrap_up_reason.unwrap_or_default(), clean(&reason));
        prop_assert_eq!(&dialog.variables, &[CallVariable { name: clean(&name).into(), value: clean(&value).into() }]);
    }
}
