//! CallService.

use tonic::{Request, Response, Status};

use super::door::Door;
use super::status::not_implemented;
use crate::pb;
use crate::pb::call_service_server::CallService;

#[tonic::async_trait]
impl CallService for Door {
    async fn make_call(&self, request: Request<pb::MakeCallRequest>) -> Result<Response<pb::MakeCallResponse>, Status> {
        let (dialog, as_of_sequence) = self.dialog(request).await?;
        Ok(Response::new(pb::MakeCallResponse { dialog, as_of_sequence }))
    }

    async fn answer_call(
        &self,
        request: Request<pb::AnswerCallRequest>,
    ) -> Result<Response<pb::AnswerCallResponse>, Status> {
        let (dialog, as_of_sequence) = self.dialog(request).await?;
        Ok(Response::new(pb::AnswerCallResponse { dialog, as_of_sequence }))
    }

    async fn hold_call(&self, request: Request<pb::HoldCallRequest>) -> Result<Response<pb::HoldCallResponse>, Status> {
        let (dialog, as_of_sequence) = self.dialog(request).await?;
        Ok(Response::new(pb::HoldCallResponse { dialog, as_of_sequence }))
    }

    async fn retrieve_call(
        &self,
        request: Request<pb::RetrieveCallRequest>,
    ) -> Result<Response<pb::RetrieveCallResponse>, Status> {
        let (dialog, as_of_sequence) = self.dialog(request).await?;
        Ok(Response::new(pb::RetrieveCallResponse { dialog, as_of_sequence }))
    }

    async fn release_call(
        &self,
        request: Request<pb::ReleaseCallRequest>,
    ) -> Result<Response<pb::ReleaseCallResponse>, Status> {
        let (dialog, as_of_sequence) = self.dialog(request).await?;
        Ok(Response::new(pb::ReleaseCallResponse { dialog, as_of_sequence }))
    }

    async fn transfer_single_step(
        &self,
        _: Request<pb::TransferSingleStepRequest>,
    ) -> Result<Response<pb::TransferSingleStepResponse>, Status> {
        Err(not_implemented())
    }

    async fn consult_call(
        &self,
        _: Request<pb::ConsultCallRequest>,
    ) -> Result<Response<pb::ConsultCallResponse>, Status> {
        Err(not_implemented())
    }

    async fn transfer_call(
        &self,
        _: Request<pb::TransferCallRequest>,
    ) -> Result<Response<pb::TransferCallResponse>, Status> {
        Err(not_implemented())
    }

    async fn conference_call(
        &self,
        _: Request<pb::ConferenceCallRequest>,
    ) -> Result<Response<pb::ConferenceCallResponse>, Status> {
        Err(not_implemented())
    }

    async fn send_dtmf(&self, _: Request<pb::SendDtmfRequest>) -> Result<Response<pb::SendDtmfResponse>, Status> {
        Err(not_implemented())
    }
}
