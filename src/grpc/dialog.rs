//! DialogService.

use tonic::{Request, Response, Status};

use super::convert;
use super::door::{Door, unexpected};
use crate::model::reply::{Answer, Reply, dialog_state_name};
use crate::pb;
use crate::pb::dialog_service_server::DialogService;

#[tonic::async_trait]
impl DialogService for Door {
    async fn get_dialog_state(
        &self,
        request: Request<pb::GetDialogStateRequest>,
    ) -> Result<Response<pb::GetDialogStateResponse>, Status> {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        let Reply::DialogState { dialog_id, view } = reply else { return Err(unexpected(&reply)) };
        Ok(Response::new(pb::GetDialogStateResponse {
            dialog_id: dialog_id.to_string(),
            state: dialog_state_name(view.as_deref()).to_owned(),
            dialog: view.as_deref().map(convert::dialog),
            as_of_sequence: as_of.0,
        }))
    }

    async fn get_dialog_state_controls(
        &self,
        request: Request<pb::GetDialogStateControlsRequest>,
    ) -> Result<Response<pb::GetDialogStateControlsResponse>, Status> {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        let Reply::DialogControls(view) = reply else { return Err(unexpected(&reply)) };
        Ok(Response::new(pb::GetDialogStateControlsResponse {
            dialog_id: view.dialog.id.to_string(),
            controls: view.allowed_actions().to_vec(),
            as_of_sequence: as_of.0,
        }))
    }

    async fn get_dialog_participants(
        &self,
        request: Request<pb::GetDialogParticipantsRequest>,
    ) -> Result<Response<pb::GetDialogParticipantsResponse>, Status> {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        let Reply::DialogParticipants(view) = reply else { return Err(unexpected(&reply)) };
        Ok(Response::new(pb::GetDialogParticipantsResponse {
            dialog_id: view.dialog.id.to_string(),
            participants: view.dialog.participants.iter().map(convert::participant).collect(),
            as_of_sequence: as_of.0,
        }))
    }

    async fn wrap_up(&self, request: Request<pb::WrapUpRequest>) -> Result<Response<pb::WrapUpResponse>, Status> {
        let (dialog, as_of_sequence) = self.dialog(request).await?;
        Ok(Response::new(pb::WrapUpResponse { dialog, as_of_sequence }))
    }

    async fn update_call_variable(
        &self,
        request: Request<pb::UpdateCallVariableRequest>,
    ) -> Result<Response<pb::UpdateCallVariableResponse>, Status> {
        let (dialog, as_of_sequence) = self.dialog(request).await?;
        Ok(Response::new(pb::UpdateCallVariableResponse { dialog, as_of_sequence }))
    }
}
