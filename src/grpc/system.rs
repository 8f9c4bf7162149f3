//! SystemService.

use tonic::{Request, Response, Status};

use super::convert::system_status;
use super::door::Door;
use super::status::{not_implemented, status};
use crate::command::system::{Beat, Hello};
use crate::pb;
use crate::pb::system_service_server::SystemService;

#[tonic::async_trait]
impl SystemService for Door {
    async fn hello(&self, request: Request<pb::HelloRequest>) -> Result<Response<pb::HelloResponse>, Status> {
        Hello::try_from(request.into_inner()).map_err(|error| status(&error))?;
        Ok(Response::new(pb::HelloResponse { status: self.system().into() }))
    }

    async fn beat(&self, request: Request<pb::BeatRequest>) -> Result<Response<pb::BeatResponse>, Status> {
        Beat::try_from(request.into_inner()).map_err(|error| status(&error))?;
        Ok(Response::new(pb::BeatResponse { status: self.system().into() }))
    }

    async fn get_capabilities(
        &self,
        _: Request<pb::GetCapabilitiesRequest>,
    ) -> Result<Response<pb::GetCapabilitiesResponse>, Status> {
        Err(not_implemented())
    }
}

impl Door {
    fn system(&self) -> pb::SystemStatus {
        system_status(*self.sessions.system().borrow())
    }
}
