//! Teams and their members.

use super::Timestamp;
use super::agent::AgentState;
use super::id::{AgentId, Extension, TeamId};
use super::reason::ReasonCode;

/// A team of agents.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Team {
    /// Finesse's id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// A member of a team, as a supervisor's team object describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// The member's login id.
    pub id: AgentId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The extension; none while signed out.
    pub extension: Option<Extension>,
    /// The state.
    pub state: AgentState,
    /// The state that follows the call, where the platform says so.
    pub pending_state: Option<AgentState>,
    /// The reason of the state.
    pub reason: Option<ReasonCode>,
    /// When the state was entered.
    pub state_change_time: Option<Timestamp>,
}
