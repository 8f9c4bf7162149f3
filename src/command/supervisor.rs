//! Commands of supervisors, and queues.

use super::field::{self, empty, of_dialog};
use crate::model::Error;
use crate::model::agent::AgentState;
use crate::model::id::{AgentId, DialNumber, DialogId, Extension, TeamId};
use crate::pb;

empty! {
    /// Asks for the agent's queues.
    GetQueueList: GetQueueListRequest;
}

of_dialog! {
    /// Ends a silent monitoring.
    EndSilentMonitor: EndSilentMonitorRequest;
}

/// Asks for the members of a team.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GetTeamUsers {
    /// The team.
    pub team_id: TeamId,
    /// Whether the members' changes are to be published from now on.
    pub subscribe: bool,
    /// Whether members who are signed out are listed; none: as the service is configured.
    pub include_logged_out: Option<bool>,
}

impl TryFrom<pb::GetTeamUsersRequest> for GetTeamUsers {
    type Error = Error;

    fn try_from(request: pb::GetTeamUsersRequest) -> Result<Self, Error> {
        Ok(Self {
            team_id: request.team_id.try_into()?,
            subscribe: request.subscribe.unwrap_or(true),
            include_logged_out: request.include_logged_out,
        })
    }
}

/// Asks for the state of a member.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GetTeamUserState {
    /// The member's login id.
    pub member_id: AgentId,
}

impl TryFrom<pb::GetTeamUserStateRequest> for GetTeamUserState {
    type Error = Error;

    fn try_from(request: pb::GetTeamUserStateRequest) -> Result<Self, Error> {
        Ok(Self { member_id: request.member_id.try_into()? })
    }
}

/// Listens to a member's call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SilentMonitor {
    /// The member's extension.
    pub extension: Extension,
}

impl TryFrom<pb::SilentMonitorRequest> for SilentMonitor {
    type Error = Error;

    fn try_from(request: pb::SilentMonitorRequest) -> Result<Self, Error> {
        Ok(Self { extension: request.extension.try_into()? })
    }
}

/// Joins a member's call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BargeIn {
    /// The member's login id or extension: documents and shipped clients disagree.
    pub member: AgentId,
    /// The member's call, or the monitoring of it.
    pub dialog_id: DialogId,
}

impl TryFrom<pb::BargeInRequest> for BargeIn {
    type Error = Error;

    fn try_from(request: pb::BargeInRequest) -> Result<Self, Error> {
        Ok(Self { member: request.member.try_into()?, dialog_id: request.dialog_id.try_into()? })
    }
}

/// Drops a party from a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DropParticipant {
    /// The party's extension or number.
    pub media_address: DialNumber,
    /// The call.
    pub dialog_id: DialogId,
}

impl TryFrom<pb::DropParticipantRequest> for DropParticipant {
    type Error = Error;

    fn try_from(request: pb::DropParticipantRequest) -> Result<Self, Error> {
        Ok(Self { media_address: request.media_address.try_into()?, dialog_id: request.dialog_id.try_into()? })
    }
}

/// Makes a member ready or not ready.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SetMemberState {
    /// The member's login id.
    pub member_id: AgentId,
    /// READY or NOT_READY.
    pub state: AgentState,
}

impl TryFrom<pb::SetMemberStateRequest> for SetMemberState {
    type Error = Error;

    fn try_from(request: pb::SetMemberStateRequest) -> Result<Self, Error> {
        let state = match request.state() {
            pb::AgentState::Ready => AgentState::Ready,
            pb::AgentState::NotReady => AgentState::NotReady,
            _ => return Err(field::invalid("state is not READY or NOT_READY")),
        };
        Ok(Self { member_id: request.member_id.try_into()?, state })
    }
}

/// Signs a member out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogOutMember {
    /// The member's login id.
    pub member_id: AgentId,
}

impl TryFrom<pb::LogOutMemberRequest> for LogOutMember {
    type Error = Error;

    fn try_from(request: pb::LogOutMemberRequest) -> Result<Self, Error> {
        Ok(Self { member_id: request.member_id.try_into()? })
    }
}
