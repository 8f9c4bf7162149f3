//! Messages that are small on their way and large when they are unpacked.

use std::net::SocketAddr;
use std::time::Instant;

use generic_connector::pb;
use generic_connector::pb::call_service_client::CallServiceClient;
use generic_connector::pb::system_service_client::SystemServiceClient;
use tonic::Code;
use tonic::codec::CompressionEncoding::Gzip;
use tonic::transport::Endpoint;

use super::frames::End;
use super::storm::Outcome;
use crate::grpc_world::{As, call};
use crate::support::within;

/// Calls of a stranger and of the good client's agent, one after the other, as long as something takes.
pub async fn bombs(door: SocketAddr, until: impl Future<Output = ()>) -> Vec<Outcome> {
    let endpoint = Endpoint::try_from(format!("http://{door}")).unwrap();
    let channel = within("a connection", endpoint.connect()).await.unwrap();
    let mut agents = pb::agent_service_client::AgentServiceClient::new(channel.clone());
    let request = pb::ConnectRequest { agent_id: "1001".into(), password: "demo".into(), ..Default::default() };
    let token = within("connect", agents.connect(request)).await.unwrap().into_inner().token;
    let mut stranger = SystemServiceClient::new(channel.clone()).send_compressed(Gzip);
    let mut agent = CallServiceClient::new(channel).send_compressed(Gzip);
    let large = "x".repeat(1 << 20);
    let mut outcomes = Vec::new();
    let again = async {
        loop {
            let begun = Instant::now();
            let hello = pb::HelloRequest { client_name: large.clone() };
            let refused = within("a refusal", stranger.hello(hello)).await.unwrap_err();
            assert_eq!(refused.code(), Code::Unimplemented, "{refused:?}");
            let dial = pb::MakeCallRequest { to: large.clone(), ..Default::default() };
            let refused = within("a refusal", agent.make_call(call(As::Bearer(&token), dial))).await.unwrap_err();
            assert_eq!(refused.code(), Code::Unimplemented, "{refused:?}");
            outcomes.push(Outcome { end: End::Refused, took: begun.elapsed() });
        }
    };
    tokio::select! {
        () = until => {}
        () = again => unreachable!(),
    }
    outcomes
}
