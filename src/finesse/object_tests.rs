//! Teams, queues, phone books, the release: what Finesse says of them, and what it leaves out.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::notify::{Data, Source, UpdateEvent, parse_update};
use super::xml::XmlError;
use super::{phone_book, queue, system, team};
use crate::model::agent::AgentState;
use crate::model::phone_book::PhoneBookType;
use crate::model::queue::Queue;
use crate::model::system::{Platform, SystemStatus};

const TEAM: &str = include_str!("../../tests/fixtures/finesse/team.xml");
const UPDATE_TEAM: &str = include_str!("../../tests/fixtures/finesse/update_team.xml");
const UPDATE_USER: &str = include_str!("../../tests/fixtures/finesse/update_user.xml");
const QUEUES: &str = include_str!("../../tests/fixtures/finesse/queues.xml");
const PHONE_BOOKS: &str = include_str!("../../tests/fixtures/finesse/phone_books.xml");

#[test]
fn a_team() {
    let update = team::parse(TEAM).unwrap();
    let of = update.team.unwrap();
    assert_eq!((of.id.as_str(), of.name.as_str()), ("34", "Sales & more"));
    let [ann, bo] = &update.members[..] else { panic!("a user without an id is nobody") };
    assert_eq!((ann.id.as_str(), ann.first_name.as_str(), ann.last_name.as_str()), ("1001", "Ann", "Lee"));
    assert_eq!((ann.state, ann.pending_state), (AgentState::NotReady, None));
    assert_eq!(ann.extension.as_ref().unwrap().as_str(), "2830");
    let reason = ann.reason.as_ref().unwrap();
    assert_eq!((reason.code.as_str(), reason.label.as_str()), ("12", "Lunch"));
    assert_eq!(ann.state_change_time.unwrap().to_string(), "2024-03-05T09:07:11.466Z");
    assert_eq!((bo.id.as_str(), bo.state, bo.pending_state), ("1002", AgentState::Talking, Some(AgentState::Logout)));
    assert_eq!((&bo.extension, &bo.reason, bo.state_change_time), (&None, &None, None));
    assert_eq!(team::parse("<Teams/>"), Err(XmlError::OtherRoot));
}

#[test]
fn a_team_and_a_member_in_a_notification() {
    let update = parse_update(UPDATE_TEAM).unwrap();
    assert_eq!((update.event, update.source), (UpdateEvent::Put, Source::Team("34".parse().unwrap())));
    let Data::Team(team) = update.data else { panic!("no team") };
    assert_eq!((team.members.len(), team.members[0].state), (1, AgentState::Ready));
    let Data::User(user) = parse_update(UPDATE_USER).unwrap().data else { panic!("no user") };
    let member = team::member(*user.clone()).unwrap();
    assert_eq!((member.id.as_str(), member.state), ("1001", AgentState::NotReady));
    assert_eq!(member.reason, user.reason);
    assert_eq!(team::member(Default::default()), None);
}

#[test]
fn where_an_update_comes_from() {
    for (uri, source) in [
        ("/finesse/api/Team/34", Source::Team("34".parse().unwrap())),
        ("/finesse/api/Team/34/", Source::Team("34".parse().unwrap())),
        ("https://fin-a:8445/finesse/api/Team/34/Users", Source::Team("34".parse().unwrap())),
        ("/finesse/api/Queue/10", Source::Queue("10".parse().unwrap())),
        ("/finesse/api/User/1001", Source::User("1001".parse().unwrap())),
        ("/finesse/api/User/1001/Queues", Source::Other("/finesse/api/User/1001/Queues".to_owned())),
        ("/finesse/api/Team/34/Members", Source::Other("/finesse/api/Team/34/Members".to_owned())),
        ("/finesse/api/Queue", Source::Other("/finesse/api/Queue".to_owned())),
    ] {
        assert_eq!(Source::parse(uri), source);
    }
}

#[test]
fn queues_and_what_is_not_known_of_them() {
    let queues = queue::parse_list(QUEUES).unwrap();
    assert_eq!(queues.len(), 2, "one without an id can't be asked for");
    assert_eq!(
        queues[0],
        Queue {
            id: "10".parse().unwrap(),
            name: "Sales".to_owned(),
            calls_in_queue: Some(3),
            longest_call_since: queues[0].longest_call_since,
            agents_ready: Some(1),
            agents_not_ready: Some(2),
            agents_talking_inbound: Some(4),
            agents_talking_outbound: Some(5),
            agents_talking_internal: Some(6),
            agents_wrap_up_not_ready: Some(7),
            agents_wrap_up_ready: Some(8),
        }
    );
    assert_eq!(queues[0].longest_call_since.unwrap().to_string(), "2024-03-05T09:00:00Z");
    let unknown = &queues[1];
    assert_eq!((unknown.calls_in_queue, unknown.longest_call_since, unknown.agents_ready), (None, None, None));
    assert_eq!((unknown.agents_talking_inbound, unknown.agents_wrap_up_ready), (None, None));
    assert_eq!(queue::parse_list("<Queues/>").unwrap(), []);
    assert_eq!(queue::parse_list("<Queue/>"), Err(XmlError::OtherRoot));
}

#[test]
fn phone_books_and_their_contacts() {
    let books = phone_book::parse_list(PHONE_BOOKS).unwrap();
    let heads: Vec<_> = books.iter().map(|book| (book.id.as_str(), book.name.as_str(), book.kind)).collect();
    assert_eq!(
        heads,
        [
            ("1", "Company", PhoneBookType::Global),
            ("2", "Partners", PhoneBookType::Team),
            ("3", "", PhoneBookType::Unknown)
        ]
    );
    let [rita, invoices] = &books[0].contacts[..] else { panic!("a contact without a number is of no use") };
    assert_eq!((rita.id.as_str(), rita.description.as_str()), ("17", "Front desk & post"));
    assert_eq!((rita.first_name.as_str(), rita.last_name.as_str()), ("Rita", "Reception"));
    assert_eq!((invoices.id.as_str(), invoices.phone_number.as_str()), ("", "+49 30 1234"));
    assert!(books[1].contacts.is_empty());
    assert_eq!(phone_book::parse_list("<PhoneBooks/>").unwrap(), []);
    assert_eq!(phone_book::parse_list("<Contacts/>"), Err(XmlError::OtherRoot));
}

#[test]
fn the_release_shows_in_what_system_info_has() {
    let info = system::parse(include_str!("../../tests/fixtures/finesse/system_info_12_6.xml")).unwrap();
    assert_eq!((info.status, info.platform), (SystemStatus::InService, Some(Platform::Ucce)));
    assert_eq!((info.release, info.xmpp_domain.as_deref()), (Some("12.6"), Some("fin-a.example.test")));
    let node = "<primaryNode><host>a</host><xmppSecurePort>5223</xmppSecurePort></primaryNode>";
    let mode = "<systemAuthMode>SSO</systemAuthMode>";
    for (body, release) in [
        ("<status>IN_SERVICE</status><primaryNode><host>a</host></primaryNode>".to_owned(), None),
        (mode.to_owned(), Some("11.5")),
        (node.to_owned(), Some("12.6")),
        (format!("{node}{mode}"), Some("12.6")),
        (format!("{mode}{node}"), Some("12.6")),
    ] {
        assert_eq!(system::parse(&format!("<SystemInfo>{body}</SystemInfo>")).unwrap().release, release, "{body}");
    }
}
