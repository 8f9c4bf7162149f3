//! Teams, their members, queues and phone books.

use super::agent::state;
use super::{reason_code, timestamp};
use crate::model::phone_book::{Contact, PhoneBook, PhoneBookType};
use crate::model::queue::Queue;
use crate::model::team::{Team, TeamMember};
use crate::pb;

/// A team.
pub fn team(team: &Team) -> pb::Team {
    pb::Team { id: team.id.to_string(), name: team.name.clone() }
}

/// A member of a team. What the member may do, and its version, are its own session's to tell.
pub fn member(member: &TeamMember) -> pb::TeamMember {
    pb::TeamMember {
        id: member.id.to_string(),
        first_name: member.first_name.clone(),
        last_name: member.last_name.clone(),
        status: Some(pb::AgentStatus {
            state: state(member.state).into(),
            pending_state: member.pending_state.map(|pending| state(pending).into()),
            reason: member.reason.as_ref().map(reason_code),
            reason_id: member.reason.as_ref().and_then(|reason| reason.id.as_ref()).map(ToString::to_string),
            extension: member.extension.as_ref().map(ToString::to_string),
            state_change_time: member.state_change_time.map(timestamp),
            version: 0,
            allowed_actions: Vec::new(),
        }),
    }
}

/// A queue with its figures.
pub fn queue(queue: &Queue) -> pb::Queue {
    pb::Queue {
        id: queue.id.to_string(),
        name: queue.name.clone(),
        calls_in_queue: queue.calls_in_queue,
        longest_call_since: queue.longest_call_since.map(timestamp),
        agents_ready: queue.agents_ready,
        agents_not_ready: queue.agents_not_ready,
        agents_talking_inbound: queue.agents_talking_inbound,
        agents_talking_outbound: queue.agents_talking_outbound,
        agents_talking_internal: queue.agents_talking_internal,
        agents_wrap_up_not_ready: queue.agents_wrap_up_not_ready,
        agents_wrap_up_ready: queue.agents_wrap_up_ready,
    }
}

/// A phone book, without its contacts.
pub fn phonebook(book: &PhoneBook) -> pb::Phonebook {
    let kind = match book.kind {
        PhoneBookType::Unknown => pb::PhonebookType::Unspecified,
        PhoneBookType::Global => pb::PhonebookType::Global,
        PhoneBookType::Team => pb::PhonebookType::Team,
    };
    pb::Phonebook { id: book.id.to_string(), name: book.name.clone(), r#type: kind.into() }
}

/// A contact of a phone book.
pub fn contact(contact: &Contact) -> pb::PhonebookContact {
    pb::PhonebookContact {
        id: contact.id.clone(),
        first_name: contact.first_name.clone(),
        last_name: contact.last_name.clone(),
        phone_number: contact.phone_number.clone(),
        description: contact.description.clone(),
    }
}
