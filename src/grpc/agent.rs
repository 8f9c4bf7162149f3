//! AgentService.

use secrecy::ExposeSecret;
use tonic::{Request, Response, Status};

use super::convert;
use super::door::{Door, caller, unexpected};
use super::status::{not_implemented, status};
use crate::command::catalogue::RPCS;
use crate::model::reply::{Answer, Reply};
use crate::model::system::Platform;
use crate::pb;
use crate::pb::agent_service_server::AgentService;
use crate::session::Connected;

#[tonic::async_trait]
impl AgentService for Door {
    async fn connect(&self, request: Request<pb::ConnectRequest>) -> Result<Response<pb::ConnectResponse>, Status> {
        let Connected { token, handle, snapshot, .. } = self.open(request).await?;
        Ok(Response::new(pb::ConnectResponse {
            token: token.expose_secret().to_owned(),
            epoch: handle.epoch().0,
            profile: Some(convert::info(&snapshot.agent)),
            capabilities: Some(capabilities(self.sessions.platform())),
            snapshot: Some(convert::snapshot(&snapshot)),
        }))
    }

    async fn disconnect(
        &self,
        request: Request<pb::DisconnectRequest>,
    ) -> Result<Response<pb::DisconnectResponse>, Status> {
        let (_, token) = caller(request.extensions()).map_err(|error| status(&error))?;
        self.sessions.disconnect(token);
        Ok(Response::new(pb::DisconnectResponse {}))
    }

    async fn login(&self, request: Request<pb::LoginRequest>) -> Result<Response<pb::LoginResponse>, Status> {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        let mut response = pb::LoginResponse { as_of_sequence: as_of.0, ..Default::default() };
        match reply {
            Reply::Agent { agent, version, dialogs } => {
                response.status = Some(convert::status(&agent, version));
                response.info = Some(convert::info(&agent));
                response.dialogs = dialogs.iter().map(|view| convert::dialog(view)).collect();
            }
            Reply::Accepted => {}
            other => return Err(unexpected(&other)),
        }
        Ok(Response::new(response))
    }

    async fn logout(&self, request: Request<pb::LogoutRequest>) -> Result<Response<pb::LogoutResponse>, Status> {
        let (status, as_of_sequence) = self.agent(request).await?;
        Ok(Response::new(pb::LogoutResponse { status, as_of_sequence }))
    }

    async fn logout_with_reason(
        &self,
        request: Request<pb::LogoutWithReasonRequest>,
    ) -> Result<Response<pb::LogoutWithReasonResponse>, Status> {
        let (status, as_of_sequence) = self.agent(request).await?;
        Ok(Response::new(pb::LogoutWithReasonResponse { status, as_of_sequence }))
    }

    async fn force_logout(
        &self,
        request: Request<pb::ForceLogoutRequest>,
    ) -> Result<Response<pb::ForceLogoutResponse>, Status> {
        let (status, as_of_sequence) = self.agent(request).await?;
        Ok(Response::new(pb::ForceLogoutResponse { status, as_of_sequence }))
    }

    async fn make_ready(
        &self,
        request: Request<pb::MakeReadyRequest>,
    ) -> Result<Response<pb::MakeReadyResponse>, Status> {
        let (status, as_of_sequence) = self.agent(request).await?;
        Ok(Response::new(pb::MakeReadyResponse { status, as_of_sequence }))
    }

    async fn make_not_ready(
        &self,
        request: Request<pb::MakeNotReadyRequest>,
    ) -> Result<Response<pb::MakeNotReadyResponse>, Status> {
        let (status, as_of_sequence) = self.agent(request).await?;
        Ok(Response::new(pb::MakeNotReadyResponse { status, as_of_sequence }))
    }

    async fn make_not_ready_with_reason(
        &self,
        request: Request<pb::MakeNotReadyWithReasonRequest>,
    ) -> Result<Response<pb::MakeNotReadyWithReasonResponse>, Status> {
        let (status, as_of_sequence) = self.agent(request).await?;
        Ok(Response::new(pb::MakeNotReadyWithReasonResponse { status, as_of_sequence }))
    }

    async fn get_state(&self, request: Request<pb::GetStateRequest>) -> Result<Response<pb::GetStateResponse>, Status> {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        let Reply::Agent { agent, version, dialogs } = reply else { return Err(unexpected(&reply)) };
        Ok(Response::new(pb::GetStateResponse {
            status: Some(convert::status(&agent, version)),
            dialogs: dialogs.iter().map(|view| convert::dialog(view)).collect(),
            as_of_sequence: as_of.0,
        }))
    }

    async fn mobile_agent_login(
        &self,
        _: Request<pb::MobileAgentLoginRequest>,
    ) -> Result<Response<pb::MobileAgentLoginResponse>, Status> {
        Err(not_implemented())
    }

    async fn make_work_ready(
        &self,
        _: Request<pb::MakeWorkReadyRequest>,
    ) -> Result<Response<pb::MakeWorkReadyResponse>, Status> {
        Err(not_implemented())
    }

    async fn make_work_not_ready(
        &self,
        _: Request<pb::MakeWorkNotReadyRequest>,
    ) -> Result<Response<pb::MakeWorkNotReadyResponse>, Status> {
        Err(not_implemented())
    }

    async fn get_all_agents(
        &self,
        _: Request<pb::GetAllAgentsRequest>,
    ) -> Result<Response<pb::GetAllAgentsResponse>, Status> {
        Err(not_implemented())
    }
}

/// What works here.
fn capabilities(platform: Option<Platform>) -> pb::Capabilities {
    let platform = match platform {
        None => pb::Platform::Unspecified,
        Some(Platform::Ucce) => pb::Platform::Ucce,
        Some(Platform::Uccx) => pb::Platform::Uccx,
    };
    pb::Capabilities {
        platform: platform.into(),
        finesse_version: String::new(),
        service_version: env!("CARGO_PKG_VERSION").to_owned(),
        rpcs: RPCS.iter().filter(|rpc| !rpc.planned).map(|rpc| rpc.path.trim_start_matches('/').to_owned()).collect(),
    }
}
