//! The layouts of the lines, to the letter: member order, one-member objects, `null` and `""` as the old product has
//! them. Pure: a line is a function of a value and a style. What is sent when is decided in [`super::lines`].

mod call;
#[cfg(test)]
pub(super) mod list_tests;
mod lists;
#[cfg(test)]
pub(super) mod tests;

use call::{call, dropped, left, new_inbound_call};
use lists::{agents, contacts, phone_books, queues, team_users};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::calls::{BARGED_IN, has_barged_in};
use super::errors;
use super::say::Say;
use super::style::Style;
use crate::model::Text;
use crate::model::agent::Agent;
use crate::model::event::DialogView;
use crate::model::id::DialogId;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::reply::dialog_state_name;
use crate::model::system::SystemStatus;
use crate::model::team::{Team, TeamMember};

/// One line, ending in a newline; `agent_id` is whom it is for, as the client spells it.
pub fn write(say: &Say<'_>, agent_id: &str, style: &Style) -> Vec<u8> {
    match *say {
        Say::System(status) => system(status),
        Say::Info(agent) => agent_info(agent, agent_id),
        Say::State(agent) => state(agent, agent_id, style),
        Say::Member { member, id } => member_state(member, id, style),
        Say::NewInboundCall(view) => new_inbound_call(view, agent_id, style),
        Say::Call(view) => call(view, agent_id, style),
        Say::Left(view) => left(view, agent_id),
        Say::Dropped(id, kind) => dropped(id, kind, None, agent_id),
        Say::DialogState(id, view) => dialog_state(id, view, agent_id),
        Say::Controls(view) => dialog_state_controls(view, agent_id),
        Say::Participants(view) => dialog_participants(view, agent_id),
        Say::Reasons(category, reasons) => reason_codes(category, reasons, agent_id, style),
        Say::Agents(list) => agents(list),
        Say::Queues(list) => queues(list, agent_id, style),
        Say::Team(team, members) => team_users(team, members, agent_id, style),
        Say::PhoneBooks { books, of_team } => phone_books(books, of_team, agent_id),
        Say::Contacts(book) => contacts(book, agent_id),
        Say::Error { command, error } => errors::error(command, error, agent_id),
        Say::ConnectStatus(error) => errors::connect_status(error, agent_id),
        Say::Reconnect { destination, agent_ids } => reconnect(destination, agent_ids),
    }
}

/// `Reconnect`: the agents of a destination must connect again, for the service has started anew.
fn reconnect(destination: &str, agent_ids: &[&str]) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Reconnect<'a> {
        r#type: &'a str,
        destination: &'a str,
        agent_ids: &'a [&'a str],
    }
    line(&Reconnect { r#type: "Reconnect", destination, agent_ids })
}

/// `System`: whether Finesse can be used.
fn system(status: SystemStatus) -> Vec<u8> {
    #[derive(serde::Serialize)]
    struct System<'a> {
        r#type: &'a str,
        status: &'a str,
    }
    line(&System { r#type: "System", status: status.as_str() })
}

/// `AgentInfo`: who the agent is.
fn agent_info(agent: &Agent, agent_id: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct AgentInfo<'a> {
        r#type: &'a str,
        first_name: &'a str,
        last_name: &'a str,
        supervisor: bool,
        wrap_up_on_incoming: &'a str,
        teams: Vec<NamedId<'a>>,
        team: NamedId<'a>,
        agent_id: &'a str,
    }
    line(&AgentInfo {
        r#type: "AgentInfo",
        first_name: &agent.first_name,
        last_name: &agent.last_name,
        supervisor: agent.supervisor,
        wrap_up_on_incoming: agent.wrap_up_on_incoming.map_or("", |mode| mode.as_str()),
        teams: if agent.supervisor { agent.teams.iter().map(named).collect() } else { Vec::new() },
        team: agent.team.as_ref().map_or(NamedId { id: "", name: "" }, named),
        agent_id,
    })
}

/// `State`: the agent's state.
fn state(agent: &Agent, agent_id: &str, style: &Style) -> Vec<u8> {
    line(&State {
        r#type: "State",
        agent_id,
        state: agent.state.as_str(),
        reason_code: style.reason_of(agent),
        state_change_time_string: "",
        pending_state: agent.pending_state.map_or("", |state| state.as_str()),
        state_change_time: style.time(agent.state_change_time),
    })
}

/// `State` of a member of a team, told to its supervisor; `id` is the member's.
fn member_state(member: &TeamMember, id: &str, style: &Style) -> Vec<u8> {
    line(&State {
        r#type: "State",
        agent_id: id,
        state: member.state.as_str(),
        reason_code: member.reason.as_ref().map_or("", |reason| style.reason(reason)),
        state_change_time_string: "",
        pending_state: member.pending_state.map_or("", |state| state.as_str()),
        state_change_time: style.time(member.state_change_time),
    })
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct State<'a> {
    r#type: &'a str,
    agent_id: &'a str,
    state: &'a str,
    reason_code: &'a str,
    state_change_time_string: &'a str,
    pending_state: &'a str,
    state_change_time: String,
}

/// `ReasonCodes`: one list of reasons.
fn reason_codes(category: ReasonCategory, reasons: &[ReasonCode], agent_id: &str, style: &Style) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct ReasonCodes<'a> {
        r#type: &'a str,
        category: &'a str,
        reason_codes: Vec<Member<'a>>,
        agent_id: &'a str,
    }
    let listed = reasons.iter().filter(|reason| !reason.system);
    line(&ReasonCodes {
        r#type: "ReasonCodes",
        category: category.as_str(),
        reason_codes: listed.map(|reason| Member(style.reason(reason), &reason.label)).collect(),
        agent_id,
    })
}

/// `DialogState`: the state of a call; `NOT_FOUND` where the agent has no such call.
fn dialog_state(id: &DialogId, view: Option<&DialogView>, agent_id: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct DialogState<'a> {
        r#type: &'a str,
        dialog_id: &'a str,
        state: &'a str,
        agent_id: &'a str,
    }
    line(&DialogState { r#type: "DialogState", dialog_id: id.as_str(), state: dialog_state_name(view), agent_id })
}

/// `DialogStateControls`: what the agent may do with a call.
fn dialog_state_controls(view: &DialogView, agent_id: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Controls<'a> {
        r#type: &'a str,
        dialog_id: &'a str,
        controls: Vec<&'a str>,
        agent_id: &'a str,
    }
    let dialog_id = view.dialog.id.as_str();
    let controls = view.allowed_actions().iter().map(Text::as_str).collect();
    line(&Controls { r#type: "DialogStateControls", dialog_id, controls, agent_id })
}

/// `DialogParticipants`: who takes part in a call.
fn dialog_participants(view: &DialogView, agent_id: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Participants<'a> {
        r#type: &'a str,
        dialog_id: &'a str,
        participants: Vec<Party<'a>>,
        agent_id: &'a str,
    }
    let (dialog_id, participants) = (view.dialog.id.as_str(), participants(view));
    line(&Participants { r#type: "DialogParticipants", dialog_id, participants, agent_id })
}

fn participants(view: &DialogView) -> Vec<Party<'_>> {
    let parties = view.dialog.participants.iter();
    parties
        .map(|party| Party {
            media_address: &party.media_address,
            state: party.state.as_str(),
            address_type: &party.address_type,
            tag: has_barged_in(view, &party.media_address).then_some(BARGED_IN),
        })
        .collect()
}

/// An object with one member, whose name is data.
struct Member<'a>(&'a str, &'a str);

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Party<'a> {
    media_address: &'a str,
    state: &'a str,
    address_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
}

#[derive(serde::Serialize)]
struct NamedId<'a> {
    id: &'a str,
    name: &'a str,
}

fn named(team: &Team) -> NamedId<'_> {
    NamedId { id: team.id.as_str(), name: &team.name }
}

/// One line of JSON with its newline. JSON escapes control characters, so that no value can end the line.
pub(super) fn line(value: &impl Serialize) -> Vec<u8> {
    let mut line = Vec::with_capacity(256);
    if let Err(error) = serde_json::to_writer(&mut line, value) {
        // Texts, numbers and lists can't fail to be written to memory.
        tracing::error!(%error, "a line could not be encoded");
        line.clear();
        return line;
    }
    line.push(b'\n');
    line
}
