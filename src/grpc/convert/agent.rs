//! Agents and reasons.

use super::{team, timestamp};
use crate::model::agent::{Agent, AgentState, WrapUpMode};
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::pb;

/// An agent's state and what goes with it.
pub fn status(agent: &Agent, version: u64) -> pb::AgentStatus {
    pb::AgentStatus {
        state: state(agent.state).into(),
        pending_state: agent.pending_state.map(|pending| state(pending).into()),
        reason: agent.reason.as_ref().map(reason_code),
        reason_id: agent.reason_id.clone(),
        extension: agent.extension.as_ref().map(ToString::to_string),
        state_change_time: agent.state_change_time.map(timestamp),
        version,
        allowed_actions: agent.allowed_actions.iter().map(|name| (*name).to_owned()).collect(),
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

/// An agent who is signed in, as a list of all shows them.
pub fn signed_in(agent: &Agent) -> pb::SignedInAgent {
    pb::SignedInAgent {
        first_name: agent.first_name.clone(),
        last_name: agent.last_name.clone(),
        extension: agent.extension.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
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
