//! The lines that list: reasons, agents, members, queues, phone books and their contacts.

use std::sync::Arc;

use super::tokens::{Field, Line, Place};
use crate::bridge::style::Style;
use crate::model::agent::Agent;
use crate::model::phone_book::PhoneBook;
use crate::model::queue::Queue;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::team::TeamMember;

/// `ReasonCodes`: two parallel lists, of the codes and of their texts.
pub(super) fn reasons<'a>(line: Line<'a>, category: ReasonCategory, reasons: &[ReasonCode], style: &Style) -> Line<'a> {
    let listed = || reasons.iter().filter(|reason| !reason.system);
    let label = &line.style.labels.reasons;
    line.word(category.as_str())
        .list(',', listed(), |line, reason| line.value(Place::Open, style.reason(reason)))
        // A colon anywhere in the token would end the list for a client that splits at each.
        .labelled_list(label, ',', listed(), |line, reason| line.value(Place::Labelled, &reason.label))
}

/// `Agents`: who is signed in, a token each.
pub(super) fn agents<'a>(line: Line<'a>, agents: &[Arc<Agent>]) -> Line<'a> {
    agents.iter().fold(line, |line, agent| {
        let labels = &line.style.fields.agent;
        let extension = agent.extension.as_ref().map_or("", |extension| extension.as_str());
        line.fields(labels, [&agent.first_name, &agent.last_name, extension].map(Field::Value))
    })
}

/// `TeamUsersList`: the members of a team, a token each.
pub(super) fn team_users<'a>(line: Line<'a>, members: &[Arc<TeamMember>], style: &Style) -> Line<'a> {
    members.iter().fold(line, |line, member| {
        let labels = &line.style.fields.user;
        let fields = [
            Field::Value(&member.first_name),
            Field::Value(&member.last_name),
            Field::Value(member.extension.as_ref().map_or("", |extension| extension.as_str())),
            Field::Value(member.id.as_str()),
            Field::Value(member.state.as_str()),
            Field::Value(member.reason.as_ref().map_or("", |reason| style.reason(reason))),
            Field::Value(member.pending_state.map_or("", |state| state.as_str())),
            Field::Time(style.time(member.state_change_time)),
        ];
        line.fields(labels, fields)
    })
}

/// `QueueList`: queues with their figures, a token each. A figure that the platform does not give is `-1`, as Finesse
/// writes it.
pub(super) fn queues<'a>(line: Line<'a>, queues: &[Queue], style: &Style) -> Line<'a> {
    queues.iter().fold(line, |line, queue| {
        let figures = [
            queue.agents_not_ready,
            queue.agents_ready,
            queue.agents_talking_inbound,
            queue.agents_talking_internal,
            queue.agents_talking_outbound,
            queue.agents_wrap_up_not_ready,
            queue.agents_wrap_up_ready,
            queue.calls_in_queue,
        ];
        let figures = figures.map(|figure| figure.map_or_else(|| "-1".to_owned(), |figure| figure.to_string()));
        let [a, b, c, d, e, f, g, h] = figures.each_ref().map(|figure| Field::Value(figure));
        let (labels, since) = (&line.style.fields.queue, Field::Time(style.time(queue.longest_call_since)));
        line.fields(labels, [Field::Value(&queue.name), a, b, c, d, e, f, g, h, since])
    })
}

/// `Phonebooks`, or `TeamPhoneBooks` for those of a team: a token each, or one that says that there is none.
pub(super) fn phone_books<'a>(line: Line<'a>, books: &[PhoneBook]) -> Line<'a> {
    if books.is_empty() {
        return line.word("NoTeamPhoneBookFound");
    }
    books.iter().fold(line, |line, book| {
        let labels = &line.style.fields.phone_book;
        line.fields(labels, [&book.name, book.kind.as_str(), book.id.as_str()].map(Field::Value))
    })
}

/// `PhonebookContacts`: the contacts of a phone book, a token each, or one that says that there is none.
pub(super) fn contacts<'a>(line: Line<'a>, book: &PhoneBook) -> Line<'a> {
    if book.contacts.is_empty() {
        return line.word("NoContactFound");
    }
    book.contacts.iter().fold(line, |line, contact| {
        let labels = &line.style.fields.contact;
        let fields =
            [&contact.description, &contact.first_name, &contact.last_name, &contact.phone_number, &contact.id];
        line.fields(labels, fields.map(|field| Field::Value(field)))
    })
}
