//! What is listed, and what supervisors are told of calls, to the letter.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::tests::{agent, at, dialled, team, text, utc};
use super::*;
use crate::model::agent::AgentState;
use crate::model::event::CallKind;
use crate::model::phone_book::{Contact, PhoneBook, PhoneBookType};
use crate::model::queue::Queue;

pub(in crate::bridge) fn member() -> TeamMember {
    TeamMember {
        id: "u6".parse().unwrap(),
        first_name: "a".to_owned(),
        last_name: "b".to_owned(),
        extension: Some("1006".parse().unwrap()),
        state: AgentState::Ready,
        pending_state: None,
        reason: None,
        state_change_time: at("2019-09-17 12:46:21"),
    }
}

pub(in crate::bridge) fn queue() -> Queue {
    Queue {
        id: "10".parse().unwrap(),
        name: "Sales".to_owned(),
        calls_in_queue: Some(3),
        longest_call_since: None,
        agents_ready: Some(1),
        agents_not_ready: Some(2),
        agents_talking_inbound: Some(0),
        agents_talking_outbound: Some(0),
        agents_talking_internal: None,
        agents_wrap_up_not_ready: Some(0),
        agents_wrap_up_ready: Some(0),
    }
}

pub(in crate::bridge) fn book() -> PhoneBook {
    let contact = Contact { id: "5".to_owned(), phone_number: "5550001".to_owned(), ..Contact::default() };
    PhoneBook {
        id: "1".parse().unwrap(),
        name: "Main".to_owned(),
        kind: PhoneBookType::Global,
        contacts: vec![contact],
    }
}

#[test]
fn lists_have_the_layouts_that_the_design_decided() {
    let lines = [
        agents(&[Arc::new(agent())]),
        team_users(&team(), &[Arc::new(member())], "sup", &utc()),
        queues(&[queue()], "1001", &utc()),
        phone_books(&[book()], false, "1001"),
        phone_books(&[], true, "1001"),
        contacts(&book(), "1001"),
    ];
    let agent = agent();
    let (first, last) = (&agent.first_name, &agent.last_name);
    let extension = agent.extension.as_ref().map_or("", |extension| extension.as_str());
    let expected = [
        format!(
            r#"[{{"type":"Agents","users":[{{"firstName":"{first}","lastName":"{last}","extension":"{extension}"}}]}}]"#
        ),
        concat!(
            r#"{"type":"TeamUsersList","team":{"id":"7","name":"Demo"},"users":[{"firstName":"a","lastName":"b","#,
            r#""extension":"1006","loginId":"u6","state":"READY","reasonCode":"","pendingState":"","#,
            r#""stateChangeTime":"2019-09-17 12:46:21"}],"agentId":"sup"}"#
        )
        .to_owned(),
        concat!(
            r#"{"type":"QueueList","queues":[{"id":"10","name":"Sales","agentsNotReady":"2","agentsReady":"1","#,
            r#""agentsTalkingInbound":"0","agentsTalkingInternal":"-1","agentsTalkingOutbound":"0","#,
            r#""agentsWrapUpNotReady":"0","agentsWrapUpReady":"0","callsInQueue":"3","#,
            r#""startTimeOfLongestCallInQueue":""}],"agentId":"1001"}"#
        )
        .to_owned(),
        r#"{"type":"Phonebooks","phonebooks":[{"id":"1","name":"Main","type":"GLOBAL"}],"agentId":"1001"}"#.to_owned(),
        r#"{"type":"TeamPhoneBooks","phonebooks":[],"agentId":"1001"}"#.to_owned(),
        concat!(
            r#"{"type":"PhonebookContacts","phonebookId":"1","contacts":[{"id":"5","firstName":"","lastName":"","#,
            r#""phoneNumber":"5550001","description":""}],"agentId":"1001"}"#
        )
        .to_owned(),
    ];
    assert_eq!(lines.map(|line| String::from_utf8(line).unwrap().trim_end().to_owned()), expected);
}

#[test]
fn monitoring_and_barge_in_are_marked_for_the_supervisor() {
    let monitor = DialogView { kind: CallKind::Monitor, ..dialled() };
    let line = text(call(&monitor, "sup", &utc()));
    assert!(line.contains(r#""callType":"SM","agentId":"sup""#), "{line}");
    let barged = text(call(&DialogView { barged_in: true, ..dialled() }, "sup", &utc()));
    assert!(barged.contains(r#""addressType":"AGENT_DEVICE","tag":"SUPERVISOR_BARGE_IN"}]"#), "{barged}");
    let transferred = DialogView { survivor: Some("77".parse().unwrap()), ..dialled() };
    assert!(text(left(&transferred, "a")).contains(r#""prevDialogId":"77""#));
}
