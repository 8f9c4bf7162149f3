//! Agents, teams and reasons.

use super::timestamp;
use crate::model::agent::{Agent, AgentState, WrapUpMode};
use crate::model::queue::Queue;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::team::{Team, TeamMember};
use crate::pb;

/// An agent's state and what goes with it. Which actions it allows depends on more than the state and is not filled.
pub fn status(agent: &Agent, version: u64) -> pb::AgentStatus {
    pb::AgentStatus {
        state: state(agent.state).into(),
        pending_state: agent.pending_state.map(|pending| state(pending).into()),
        reason: agent.reason.as_ref().map(reason_code),
        reason_id: agent.reason_id.clone(),
        extension: agent.extension.as_ref().map(ToString::to_string),
        state_change_time: agent.state_change_time.map(timestamp),
        version,
        allowed_actions: Vec::new(),
    }
}

/// Who an agent is.
pub fn info(agent: &Agent) -> pb::AgentInfo {
    pb::AgentInfo {
        id: agent.id.to_string(),
        login_name: agent.login_name.clone(),
        first_name: agent.first_name.clone(),
        last_name: agent.last_name.clone(),
        supervisor: agent.supervisor,
        team: agent.team.as_ref().map(team),
        supervised_teams: agent.teams.iter().map(team).collect(),
        wrap_up_on_incoming: wrap_up_mode(agent.wrap_up_on_incoming).into(),
        wrap_up_on_outgoing: wrap_up_mode(agent.wrap_up_on_outgoing).into(),
        wrap_up_seconds: agent.wrap_up_timer,
    }
}

/// A reason of a list or of a state.
pub fn reason_code(reason: &ReasonCode) -> pb::ReasonCode {
    pb::ReasonCode {
        category: reason_category(reason.category).into(),
        id: reason.id.as_ref().map(ToString::to_string).unwrap_or_default(),
        code: reason.code.clone(),
        label: reason.label.clone(),
        system: reason.system,
        for_all: reason.for_all,
    }
}

/// Which list.
pub fn reason_category(category: ReasonCategory) -> pb::ReasonCategory {
    match category {
        ReasonCategory::NotReady => pb::ReasonCategory::NotReady,
        ReasonCategory::Logout => pb::ReasonCategory::Logout,
        ReasonCategory::WrapUp => pb::ReasonCategory::WrapUp,
    }
}

pub(super) fn state(state: AgentState) -> pb::AgentState {
    match state {
        AgentState::Unknown => pb::AgentState::Unknown,
        AgentState::Logout => pb::AgentState::Logout,
        AgentState::NotReady => pb::AgentState::NotReady,
        AgentState::Ready => pb::AgentState::Ready,
        AgentState::Reserved => pb::AgentState::Reserved,
        AgentState::ReservedOutbound => pb::AgentState::ReservedOutbound,
        AgentState::ReservedOutboundPreview => pb::AgentState::ReservedOutboundPreview,
        AgentState::Talking => pb::AgentState::Talking,
        AgentState::Hold => pb::AgentState::Hold,
        AgentState::Work => pb::AgentState::Work,
        AgentState::WorkReady => pb::AgentState::WorkReady,
    }
}

pub(super) fn member(member: &TeamMember) -> pb::TeamMember {
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

pub(super) fn queue(queue: &Queue) -> pb::Queue {
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

fn team(team: &Team) -> pb::Team {
    pb::Team { id: team.id.to_string(), name: team.name.clone() }
}

fn wrap_up_mode(mode: Option<WrapUpMode>) -> pb::WrapUpMode {
    match mode {
        None => pb::WrapUpMode::Unspecified,
        Some(WrapUpMode::Required) => pb::WrapUpMode::Required,
        Some(WrapUpMode::Optional) => pb::WrapUpMode::Optional,
        Some(WrapUpMode::NotAllowed) => pb::WrapUpMode::NotAllowed,
        Some(WrapUpMode::RequiredWithWrapUpData) => pb::WrapUpMode::RequiredWithWrapUpData,
    }
}
