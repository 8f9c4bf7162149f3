//! BridgeService: designed, not built.

use std::pin::Pin;

use futures_util::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::door::Door;
use super::status::{not_implemented, status};
use crate::pb;
use crate::pb::bridge_service_server::BridgeService;

#[tonic::async_trait]
impl BridgeService for Door {
    type ExchangeStream = Pin<Box<dyn Stream<Item = Result<pb::ExchangeResponse, Status>> + Send>>;

    async fn exchange(
        &self,
        _: Request<Streaming<pb::ExchangeRequest>>,
    ) -> Result<Response<Self::ExchangeStream>, Status> {
        Err(status(&not_implemented()))
    }

    async fn get_migration_report(
        &self,
        _: Request<pb::GetMigrationReportRequest>,
    ) -> Result<Response<pb::GetMigrationReportResponse>, Status> {
        Err(status(&not_implemented()))
    }
}
