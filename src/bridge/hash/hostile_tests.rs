//! Whatever the values, a reader that follows the documented positions gets each back as the rule says, and every line
//! has the tokens of its layout.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::Arc;

use proptest::prelude::*;

use super::reader::{decoded, fields, labelled, participants, parts, tokens, variables};
use super::style::Reserved;
use super::tests::agent;
use super::*;
use crate::bridge::json::list_tests::{book, member, queue};
use crate::bridge::json::tests::{at, party, reason, team, utc, view};
use crate::model::dialog::{CallVariable, DialogState, ParticipantState};
use crate::model::event::CallKind;
use crate::model::phone_book::{Contact, PhoneBook};
use crate::model::queue::Queue;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::team::Team;
use crate::model::{Error, Reason};

const TIME: &str = "2026-11-22 12:46:21";

/// A text that tries to be two.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[#,|:=% a-cé\\x00-\\x1f\\x7f-\\x9f\u{2028}\u{feff}]{0,12}"]
}

/// Six texts and a style.
fn given_any() -> impl Strategy<Value = ([String; 6], Style)> {
    let texts = [(); 6].map(|()| hostile());
    let style = prop::bool::ANY.prop_map(|percent| {
        let mut style = utc();
        style.text.reserved = if percent { Reserved::Percent } else { Reserved::Blank };
        style
    });
    (texts, style)
}

/// Asserts that what was read is the value: itself after decoding, or with blanks for the characters that are reserved
/// everywhere and for `also`.
fn same(style: &Style, read: &str, value: &str, also: char) {
    match style.text.reserved {
        Reserved::Percent => assert_eq!(decoded(read), value),
        Reserved::Blank => {
            let reserved = |c: char| "#,|".contains(c) || c == also || c.is_control();
            let blanked: String = value.chars().map(|c| if reserved(c) { ' ' } else { c }).collect();
            assert_eq!(read, blanked);
        }
    }
}

fn all_same<'a>(style: &Style, read: &[String], values: impl IntoIterator<Item = &'a str>, also: char) {
    let values: Vec<&str> = values.into_iter().collect();
    assert_eq!(read.len(), values.len(), "{read:?}");
    read.iter().zip(values).for_each(|(read, value)| same(style, read, value, also));
}

/// No further character is reserved: `#` is anyway.
const NONE: char = '#';

proptest! {
    #[test]
    fn agents_are_read_as_they_were_written((texts, style) in given_any()) {
        let [id, first, last, team, other_team, member_id] = texts.each_ref().map(String::as_str);
        let team_of = |id: &str, name: &str| Team { id: id.parse().unwrap(), name: name.to_owned() };
        let person = Agent {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            supervisor: true,
            teams: vec![team_of("1", team), team_of("2", other_team)],
            reason: None,
            reason_id: Some(team.to_owned()),
            ..agent()
        };
        let full = format!("{first} {last}").trim().to_owned();
        let read = tokens(&write(&Say::Info(&person), id, &style));
        prop_assert_eq!(read.len(), 10);
        all_same(&style, &read[..4], [id, "AgentInfo", first, last], NONE);
        prop_assert_eq!((read[4].as_str(), labelled(&read[6])), ("true", "2".to_owned()));
        let teams: Vec<Vec<String>> = read[7].split('|').map(|team| team.split(',').map(str::to_owned).collect()).collect();
        prop_assert_eq!(teams.len(), 2);
        all_same(&style, &teams[0], ["1", team], NONE);
        all_same(&style, &teams[1], ["2", other_team], NONE);
        all_same(&style, &read[8..], ["1", &full], NONE);

        let read = tokens(&write(&Say::State(&person), id, &style));
        let expected = [id, "State", "NOT_READY", team, "", "", TIME, &full, id, "2001"];
        all_same(&style, &read, expected, NONE);

        let mut of_team = member();
        (of_team.first_name, of_team.last_name) = (first.to_owned(), last.to_owned());
        let read = tokens(&write(&Say::Member { member: &of_team, id: member_id }, id, &style));
        let expected = [id, "State", "READY", "", "", "", "2019-09-17 12:46:21", &full, member_id, "1006"];
        all_same(&style, &read, expected, NONE);
    }

    #[test]
    fn calls_are_read_as_they_were_written((texts, style) in given_any(), failed: bool) {
        let [id, from, name, value, address, kind] = texts.each_ref().map(String::as_str);
        let mut parties = vec![
            party(address, ParticipantState::Active, TIME, false),
            party("2001", ParticipantState::Active, TIME, true),
        ];
        parties[0].address_type = kind.into();
        parties[1].state_cause = value.into();
        let mut call = view("7", "2001", from, "2001", DialogState::Active, parties);
        call.barged_in = true;
        call.dialog.call_type = kind.into();
        call.dialog.variables = vec![CallVariable { name: name.into(), value: value.into() }];
        let ten = || (1..=10).map(|n| (format!("callVariable{n}"), String::new()));
        let expected: Vec<_> =
            ten().chain([("ani".to_owned(), from.to_owned()), (name.to_owned(), value.to_owned())]).collect();
        let check = |token: &str| {
            let read = variables(token);
            assert_eq!(read.len(), expected.len());
            for ((name, value), expected) in read.iter().zip(&expected) {
                same(&style, name, &expected.0, '=');
                same(&style, value, &expected.1, NONE);
            }
        };

        let read = tokens(&write(&Say::NewInboundCall(&call), id, &style));
        prop_assert_eq!(read.len(), 5);
        all_same(&style, &read[..3], [id, "NewInboundCall", from], NONE);
        check(&read[3]);
        prop_assert_eq!(labelled(&read[4]), "7");

        call.previous = "6".parse().ok();
        call.dialog.state = if failed { DialogState::Failed } else { DialogState::Active };
        let shown = if failed && !value.is_empty() { value } else { from };
        let read = tokens(&write(&Say::Call(&call), id, &style));
        prop_assert_eq!(read.len(), 10);
        all_same(&style, &read[..3], [id, "InboundCall", if failed { "FAILED" } else { "ACTIVE" }], NONE);
        prop_assert_eq!((labelled(&read[3]), labelled(&read[8])), ("7".to_owned(), "6".to_owned()));
        same(&style, &read[4], shown, NONE);
        check(&read[5]);
        prop_assert_eq!(read[6].as_str(), TIME);
        same(&style, &labelled(&read[7]), kind, ':');
        let read = participants(&read[9]);
        prop_assert_eq!(read.len(), 2);
        all_same(&style, &read[0], [address, "ACTIVE", if kind.is_empty() { "NULL" } else { kind }], ':');
        prop_assert_eq!(&read[1], &["2001", "ACTIVE", "AGENT_DEVICE", "SUPERVISOR_BARGE_IN"].map(str::to_owned));

        call.dialog.participants[1].actions = vec![name.into(), value.into()];
        let read = tokens(&write(&Say::Controls(&call), id, &style));
        prop_assert_eq!(read.len(), 4);
        all_same(&style, &read[3].split(',').map(str::to_owned).collect::<Vec<_>>(), [name, value], NONE);

        prop_assert_eq!(tokens(&write(&Say::Left(&call), id, &style)).len(), 4);
        call.kind = CallKind::Consult;
        call.dialog.state = DialogState::Active;
        call.dialog.to_address = format!("x{address}").into();
        let read = tokens(&write(&Say::Call(&call), id, &style));
        prop_assert_eq!(read.len(), 5);
        same(&style, &read[4], &call.dialog.to_address, NONE);
    }

    #[test]
    fn lists_are_read_as_they_were_written((texts, style) in given_any()) {
        let [id, first, last, number, note, name] = texts.each_ref().map(String::as_str);
        let of_team = TeamMember {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            id: name.parse().unwrap_or_else(|_| "u|6".parse().unwrap()),
            state_change_time: at(TIME),
            ..member()
        };
        let login = of_team.id.as_str().to_owned();
        let members = [Arc::new(of_team.clone()), Arc::new(of_team)];
        let read = tokens(&write(&Say::Team(&team(), &members), id, &style));
        prop_assert_eq!(read.len(), 4);
        for user in &read[2..] {
            let user = fields(user, true);
            all_same(&style, &user[..7], [first, last, "1006", &login, "READY", "", ""], ':');
            prop_assert_eq!(user[7].as_str(), TIME);
        }

        let person = Agent { first_name: first.to_owned(), last_name: last.to_owned(), ..agent() };
        let read = tokens(&write(&Say::Agents(&[Arc::new(person)]), id, &style));
        prop_assert_eq!(read.len(), 3);
        all_same(&style, &fields(&read[2], false), [first, last, "2001"], ':');

        let waiting = Queue { name: name.to_owned(), longest_call_since: at(TIME), ..queue() };
        let read = tokens(&write(&Say::Queues(&[waiting.clone(), waiting]), id, &style));
        prop_assert_eq!(read.len(), 4);
        let figures = [name, "2", "1", "0", "-1", "0", "0", "0", "3", TIME];
        all_same(&style, &read[3].split(',').map(str::to_owned).collect::<Vec<_>>(), figures, NONE);

        let contact = Contact {
            id: name.to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            phone_number: number.to_owned(),
            description: note.to_owned(),
        };
        let of_team = PhoneBook { name: note.to_owned(), contacts: vec![contact], ..book() };
        let read = tokens(&write(&Say::PhoneBooks { books: std::slice::from_ref(&of_team), of_team: true }, id, &style));
        prop_assert_eq!(read.len(), 3);
        all_same(&style, &fields(&read[2], false), [note, "GLOBAL", "1"], ':');
        let read = tokens(&write(&Say::Contacts(&of_team), id, &style));
        prop_assert_eq!(read.len(), 3);
        let contact: Vec<_> = read[2].split(',').map(str::to_owned).collect();
        all_same(&style, &contact, [note, first, last, number, name], NONE);

        let reasons = [first, last].map(|label| ReasonCode { label: label.to_owned(), ..reason("8", "32", "") });
        let read = tokens(&write(&Say::Reasons(ReasonCategory::NotReady, &reasons), id, &style));
        prop_assert_eq!(read.len(), 5);
        prop_assert_eq!((read[2].as_str(), parts(&read[3], ',').len()), ("NOT_READY", 2));
        let labels: Vec<_> = labelled(&read[4]).split(',').map(str::to_owned).collect();
        all_same(&style, &labels, [first, last], ':');
    }

    #[test]
    fn refusals_are_read_as_they_were_written((texts, style) in given_any()) {
        let [id, command, message, destination, ..] = texts.each_ref().map(String::as_str);
        let error = Error::new(Reason::InvalidInput, message.to_owned());
        let read = tokens(&write(&Say::Error { command, error: &error }, id, &style));
        all_same(&style, &read, [id, "Error", "INVALID_INPUT", message], NONE);
        let read = tokens(&write(&Say::Reconnect { destination, agent_ids: &[id, command] }, "", &style));
        prop_assert_eq!(read.len(), 3);
        all_same(&style, &read[2].split('|').map(str::to_owned).collect::<Vec<_>>(), [id, command], NONE);
        prop_assert_eq!(tokens(&write(&Say::ConnectStatus(&error), id, &style)).len(), 4);
        let unknown = "7".parse().unwrap();
        let read = tokens(&write(&Say::DialogState(&unknown, None), id, &style));
        prop_assert_eq!((read.len(), read[2].as_str()), (4, "NOT_FOUND"));
    }
}
