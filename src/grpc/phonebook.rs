//! PhonebookService: designed, not built.

use tonic::{Request, Response, Status};

use super::door::Door;
use super::status::not_implemented;
use crate::pb;
use crate::pb::phonebook_service_server::PhonebookService;

#[tonic::async_trait]
impl PhonebookService for Door {
    async fn get_phonebooks(
        &self,
        _: Request<pb::GetPhonebooksRequest>,
    ) -> Result<Response<pb::GetPhonebooksResponse>, Status> {
        Err(not_implemented())
    }

    async fn get_team_phonebooks(
        &self,
        _: Request<pb::GetTeamPhonebooksRequest>,
    ) -> Result<Response<pb::GetTeamPhonebooksResponse>, Status> {
        Err(not_implemented())
    }

    async fn get_phonebook_contacts(
        &self,
        _: Request<pb::GetPhonebookContactsRequest>,
    ) -> Result<Response<pb::GetPhonebookContactsResponse>, Status> {
        Err(not_implemented())
    }
}
