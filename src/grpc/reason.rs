//! ReasonService.

use tonic::{Request, Response, Status};

use super::convert;
use super::door::{Door, unexpected};
use crate::command;
use crate::model::Error;
use crate::model::reply::{Answer, Reply};
use crate::pb;
use crate::pb::reason_service_server::ReasonService;

#[tonic::async_trait]
impl ReasonService for Door {
    async fn get_wrap_up_reason_codes(
        &self,
        request: Request<pb::GetWrapUpReasonCodesRequest>,
    ) -> Result<Response<pb::GetWrapUpReasonCodesResponse>, Status> {
        let (category, reasons, as_of_sequence) = self.reasons(request).await?;
        Ok(Response::new(pb::GetWrapUpReasonCodesResponse { category, reasons, as_of_sequence }))
    }

    async fn get_logout_reason_codes(
        &self,
        request: Request<pb::GetLogoutReasonCodesRequest>,
    ) -> Result<Response<pb::GetLogoutReasonCodesResponse>, Status> {
        let (category, reasons, as_of_sequence) = self.reasons(request).await?;
        Ok(Response::new(pb::GetLogoutReasonCodesResponse { category, reasons, as_of_sequence }))
    }

    async fn get_not_ready_reason_codes(
        &self,
        request: Request<pb::GetNotReadyReasonCodesRequest>,
    ) -> Result<Response<pb::GetNotReadyReasonCodesResponse>, Status> {
        let (category, reasons, as_of_sequence) = self.reasons(request).await?;
        Ok(Response::new(pb::GetNotReadyReasonCodesResponse { category, reasons, as_of_sequence }))
    }
}

impl Door {
    /// Runs a command that is answered with a list of reasons.
    async fn reasons<Q>(&self, request: Request<Q>) -> Result<(i32, Vec<pb::ReasonCode>, u64), Status>
    where
        command::Request: TryFrom<Q, Error = Error>,
    {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        let Reply::Reasons { category, reasons } = reply else { return Err(unexpected(&reply)) };
        let reasons = reasons.iter().map(convert::reason_code).collect();
        Ok((convert::reason_category(category).into(), reasons, as_of.0))
    }
}
