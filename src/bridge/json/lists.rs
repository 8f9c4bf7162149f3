//! The lines that list: agents, members, queues, phone books and their contacts.

use std::sync::Arc;

use super::line;
use crate::bridge::style::Style;
use crate::model::agent::Agent;
use crate::model::phone_book::PhoneBook;
use crate::model::queue::Queue;
use crate::model::team::{Team, TeamMember};

/// `Agents`: who is signed in. An array around one object, without the asker's id.
pub(super) fn agents(agents: &[Arc<Agent>]) -> Vec<u8> {
    #[derive(serde::Serialize)]
    struct Agents<'a> {
        r#type: &'a str,
        users: Vec<User<'a>>,
    }
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct User<'a> {
        first_name: &'a str,
        last_name: &'a str,
        extension: &'a str,
    }
    let users = agents.iter().map(|agent| User {
        first_name: &agent.first_name,
        last_name: &agent.last_name,
        extension: agent.extension.as_ref().map_or("", |extension| extension.as_str()),
    });
    line(&[Agents { r#type: "Agents", users: users.collect() }])
}

/// `TeamUsersList`: the members of a team.
pub(super) fn team_users(team: &Team, members: &[Arc<TeamMember>], agent_id: &str, style: &Style) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct TeamUsersList<'a> {
        r#type: &'a str,
        team: super::NamedId<'a>,
        users: Vec<User<'a>>,
        agent_id: &'a str,
    }
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct User<'a> {
        first_name: &'a str,
        last_name: &'a str,
        extension: &'a str,
        login_id: &'a str,
        state: &'a str,
        reason_code: &'a str,
        pending_state: &'a str,
        state_change_time: String,
    }
    let users = members.iter().map(|member| User {
        first_name: &member.first_name,
        last_name: &member.last_name,
        extension: member.extension.as_ref().map_or("", |extension| extension.as_str()),
        login_id: member.id.as_str(),
        state: member.state.as_str(),
        reason_code: member.reason.as_ref().map_or("", |reason| style.reason(reason)),
        pending_state: member.pending_state.map_or("", |state| state.as_str()),
        state_change_time: style.time(member.state_change_time),
    });
    line(&TeamUsersList { r#type: "TeamUsersList", team: super::named(team), users: users.collect(), agent_id })
}

/// `QueueList`: queues with their figures. A figure that the platform does not give is `-1`, as Finesse writes it.
pub(super) fn queues(queues: &[Queue], agent_id: &str, style: &Style) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct QueueList<'a> {
        r#type: &'a str,
        queues: Vec<Entry<'a>>,
        agent_id: &'a str,
    }
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Entry<'a> {
        id: &'a str,
        name: &'a str,
        agents_not_ready: String,
        agents_ready: String,
        agents_talking_inbound: String,
        agents_talking_internal: String,
        agents_talking_outbound: String,
        agents_wrap_up_not_ready: String,
        agents_wrap_up_ready: String,
        calls_in_queue: String,
        start_time_of_longest_call_in_queue: String,
    }
    let figure = |figure: Option<u32>| figure.map_or_else(|| "-1".to_owned(), |figure| figure.to_string());
    let entries = queues.iter().map(|queue| Entry {
        id: queue.id.as_str(),
        name: &queue.name,
        agents_not_ready: figure(queue.agents_not_ready),
        agents_ready: figure(queue.agents_ready),
        agents_talking_inbound: figure(queue.agents_talking_inbound),
        agents_talking_internal: figure(queue.agents_talking_internal),
        agents_talking_outbound: figure(queue.agents_talking_outbound),
        agents_wrap_up_not_ready: figure(queue.agents_wrap_up_not_ready),
        agents_wrap_up_ready: figure(queue.agents_wrap_up_ready),
        calls_in_queue: figure(queue.calls_in_queue),
        start_time_of_longest_call_in_queue: style.time(queue.longest_call_since),
    });
    line(&QueueList { r#type: "QueueList", queues: entries.collect(), agent_id })
}

/// `Phonebooks`, or `TeamPhoneBooks` for those of a team.
pub(super) fn phone_books(books: &[PhoneBook], of_team: bool, agent_id: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Phonebooks<'a> {
        r#type: &'a str,
        phonebooks: Vec<Book<'a>>,
        agent_id: &'a str,
    }
    #[derive(serde::Serialize)]
    struct Book<'a> {
        id: &'a str,
        name: &'a str,
        r#type: &'a str,
    }
    let books = books.iter().map(|book| Book { id: book.id.as_str(), name: &book.name, r#type: book.kind.as_str() });
    let r#type = if of_team { "TeamPhoneBooks" } else { "Phonebooks" };
    line(&Phonebooks { r#type, phonebooks: books.collect(), agent_id })
}

/// `PhonebookContacts`: the contacts of a phone book.
pub(super) fn contacts(book: &PhoneBook, agent_id: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct PhonebookContacts<'a> {
        r#type: &'a str,
        phonebook_id: &'a str,
        contacts: Vec<Entry<'a>>,
        agent_id: &'a str,
    }
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Entry<'a> {
        id: &'a str,
        first_name: &'a str,
        last_name: &'a str,
        phone_number: &'a str,
        description: &'a str,
    }
    let contacts = book.contacts.iter().map(|contact| Entry {
        id: &contact.id,
        first_name: &contact.first_name,
        last_name: &contact.last_name,
        phone_number: &contact.phone_number,
        description: &contact.description,
    });
    let phonebook_id = book.id.as_str();
    line(&PhonebookContacts { r#type: "PhonebookContacts", phonebook_id, contacts: contacts.collect(), agent_id })
}
