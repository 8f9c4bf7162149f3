//! SupervisorService: designed, not built.

use tonic::{Request, Response, Status};

use super::door::Door;
use super::status::not_implemented;
use crate::pb;
use crate::pb::supervisor_service_server::SupervisorService;

#[tonic::async_trait]
impl SupervisorService for Door {
    async fn get_queue_list(
        &self,
        _: Request<pb::GetQueueListRequest>,
    ) -> Result<Response<pb::GetQueueListResponse>, Status> {
        Err(not_implemented())
    }

    async fn get_team_users(
        &self,
        _: Request<pb::GetTeamUsersRequest>,
    ) -> Result<Response<pb::GetTeamUsersResponse>, Status> {
        Err(not_implemented())
    }

    async fn get_team_user_state(
        &self,
        _: Request<pb::GetTeamUserStateRequest>,
    ) -> Result<Response<pb::GetTeamUserStateResponse>, Status> {
        Err(not_implemented())
    }

    async fn silent_monitor(
        &self,
        _: Request<pb::SilentMonitorRequest>,
    ) -> Result<Response<pb::SilentMonitorResponse>, Status> {
        Err(not_implemented())
    }

    async fn end_silent_monitor(
        &self,
        _: Request<pb::EndSilentMonitorRequest>,
    ) -> Result<Response<pb::EndSilentMonitorResponse>, Status> {
        Err(not_implemented())
    }

    async fn barge_in(&self, _: Request<pb::BargeInRequest>) -> Result<Response<pb::BargeInResponse>, Status> {
        Err(not_implemented())
    }

    async fn drop_participant(
        &self,
        _: Request<pb::DropParticipantRequest>,
    ) -> Result<Response<pb::DropParticipantResponse>, Status> {
        Err(not_implemented())
    }

    async fn set_member_state(
        &self,
        _: Request<pb::SetMemberStateRequest>,
    ) -> Result<Response<pb::SetMemberStateResponse>, Status> {
        Err(not_implemented())
    }

    async fn log_out_member(
        &self,
        _: Request<pb::LogOutMemberRequest>,
    ) -> Result<Response<pb::LogOutMemberResponse>, Status> {
        Err(not_implemented())
    }
}
