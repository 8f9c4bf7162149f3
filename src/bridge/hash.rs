//! The layouts of the lines as tokens separated by `#`, as the old product wrote before it had JSON. Pure: a line is a
//! function of a value and a style. Token by token they stand in `docs/text-encoding.md`.
//!
//! A value never holds what separates ([`tokens`]), so that every line has the tokens of its layout, whatever is in it.

mod call;
#[cfg(test)]
mod hostile_tests;
mod lists;
#[cfg(test)]
mod reader;
pub mod style;
#[cfg(test)]
mod tests;
mod tokens;

use style::{AgentInfoTail, ErrorToken, SupervisorErrors};
use tokens::{Line, Place};

use super::errors;
use super::say::Say;
use super::style::Style;
use crate::command::catalogue::{self, Access};
use crate::model::Error;
use crate::model::agent::Agent;
use crate::model::event::DialogView;
use crate::model::id::DialogId;
use crate::model::reply::dialog_state_name;
use crate::model::team::TeamMember;

/// One line, ending in a newline; `agent_id` is whom it is for, as the client spells it.
pub fn write(say: &Say<'_>, agent_id: &str, style: &Style) -> Vec<u8> {
    let line = |event: &str| Line::new(agent_id, event, &style.text);
    let line = match *say {
        // The status itself is the event.
        Say::System(status) => Line::new("System", status.as_str(), &style.text),
        Say::Info(agent) => agent_info(line("AgentInfo"), agent),
        Say::State(agent) => state(line(&style.text.events.state), agent, agent_id, style),
        Say::Member { member, id } => member_state(line(&style.text.events.state), member, id, style),
        Say::NewInboundCall(view) => call::new_inbound_call(line("NewInboundCall"), view, style),
        Say::Call(view) => call::call(agent_id, view, style),
        Say::Left(view) => call::left(agent_id, view, style),
        Say::Dropped(id, kind) => call::dropped(agent_id, id, kind, "", style),
        Say::DialogState(id, view) => dialog_state(line(&style.text.events.dialog_state), id, view),
        Say::Controls(view) => controls(line("DialogStateControls"), view),
        Say::Participants(view) => call::participants(call_id(line("DialogParticipants"), &view.dialog.id), view),
        Say::Reasons(category, reasons) => lists::reasons(line("ReasonCodes"), category, reasons, style),
        Say::Agents(agents) => lists::agents(line("Agents"), agents),
        Say::Queues(queues) => lists::queues(line("QueueList"), queues, style),
        Say::Team(_, members) => lists::team_users(line("TeamUsersList"), members, style),
        Say::PhoneBooks { books, of_team: false } => lists::phone_books(line("Phonebooks"), books),
        Say::PhoneBooks { books, of_team: true } => lists::phone_books(line("TeamPhoneBooks"), books),
        Say::Contacts(book) => lists::contacts(line("PhonebookContacts"), book),
        Say::Error { command, error } => refused(agent_id, command, error, style),
        Say::ConnectStatus(error) => line("ConnectStatus").word("SUBSCRIPTION_FAILED").token(errors::code(error)),
        Say::Reconnect { destination, agent_ids } => {
            let line = Line::new(destination, &style.text.events.reconnect, &style.text);
            line.list('|', agent_ids, |line, id| line.value(Place::Open, id))
        }
    };
    line.end()
}

fn agent_info<'a>(line: Line<'a>, agent: &Agent) -> Line<'a> {
    let style = line.style;
    let teams = if agent.supervisor { agent.teams.as_slice() } else { &[] };
    let line = line
        .token(&agent.first_name)
        .token(&agent.last_name)
        .word(if agent.supervisor { "true" } else { "false" })
        .word(agent.wrap_up_on_incoming.map_or("", |mode| mode.as_str()))
        .labelled(&style.labels.teams, &teams.len().to_string())
        .list('|', teams, |line, team| {
            line.value(Place::Open, team.id.as_str());
            line.raw(",");
            line.value(Place::Open, &team.name);
        });
    let line = match style.agent_info {
        AgentInfoTail::TeamAndName => line.token(agent.team.as_ref().map_or("", |team| team.id.as_str())),
        AgentInfoTail::Name => line,
    };
    line.token(&full_name(&agent.first_name, &agent.last_name))
}

fn state<'a>(line: Line<'a>, agent: &Agent, id: &str, style: &Style) -> Line<'a> {
    line.word(agent.state.as_str())
        .token(style.reason_of(agent))
        .word("")
        .word(agent.pending_state.map_or("", |state| state.as_str()))
        .word(&style.time(agent.state_change_time))
        .token(&full_name(&agent.first_name, &agent.last_name))
        .token(id)
        .token(agent.extension.as_ref().map_or("", |extension| extension.as_str()))
}

fn member_state<'a>(line: Line<'a>, member: &TeamMember, id: &str, style: &Style) -> Line<'a> {
    line.word(member.state.as_str())
        .token(member.reason.as_ref().map_or("", |reason| style.reason(reason)))
        .word("")
        .word(member.pending_state.map_or("", |state| state.as_str()))
        .word(&style.time(member.state_change_time))
        .token(&full_name(&member.first_name, &member.last_name))
        .token(id)
        .token(member.extension.as_ref().map_or("", |extension| extension.as_str()))
}

fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

fn call_id<'a>(line: Line<'a>, id: &DialogId) -> Line<'a> {
    let style = line.style;
    line.labelled(&style.labels.dialog_id, id.as_str())
}

fn dialog_state<'a>(line: Line<'a>, id: &DialogId, view: Option<&DialogView>) -> Line<'a> {
    call_id(line.word(dialog_state_name(view)), id)
}

fn controls<'a>(line: Line<'a>, view: &DialogView) -> Line<'a> {
    let line = call_id(line, &view.dialog.id);
    line.list(',', view.allowed_actions(), |line, action| line.value(Place::Open, action))
}

/// A command was not done, or something ended.
fn refused<'a>(agent_id: &str, command: &str, error: &Error, style: &'a Style) -> Line<'a> {
    let text = &style.text;
    let line = |event: &str| Line::new(agent_id, event, text);
    if text.supervisor_errors == SupervisorErrors::Control && acts_on_a_member(command) {
        return line("Control").token(errors::code(error)).token(&error.message);
    }
    text.error.iter().fold(line("Error"), |line, token| match token {
        ErrorToken::Code => line.token(errors::code(error)),
        ErrorToken::Message => line.token(&error.message),
        ErrorToken::Reason => line.token(error.reason.as_str()),
        ErrorToken::Command => line.token(errors::cut(command)),
        ErrorToken::DialogId => line.token(error.dialog_id.as_ref().map_or("", DialogId::as_str)),
        ErrorToken::Empty => line.word(""),
    })
}

/// Whether a verb is one of those by which a supervisor does something to a call of another's. What is done to a
/// member's state is no verb of its own.
fn acts_on_a_member(command: &str) -> bool {
    catalogue::verb(command).is_some_and(|verb| verb.rpc.access == Access::Supervisor && verb.rpc.changing)
}
