//! Who may call what: every RPC of the catalogue, with every kind of identity, on both ways to it.

use generic_connector::command::catalogue::{Access, RPCS};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::metadata::MetadataValue;
use tonic::{Code, Status};
use tonic_prost::ProstCodec;

use super::grpc_web::for_pages;
use super::grpc_world::{ADMIN, As, Door, OF_1001, call, reason};
use super::support::within;
use super::web_client::ORIGIN;

/// Each, to be called straight at its service, and from a page, which is by the router.
fn both_ways<T>(of: &[T]) -> impl Iterator<Item = (&T, Option<&'static str>)> {
    of.iter().flat_map(|one| [(one, None), (one, Some(ORIGIN))])
}

/// What an RPC answers to an empty request.
async fn ask(door: &Door, path: &str, who: As<'_>, origin: Option<&'static str>) -> Result<(), Status> {
    let mut client = tonic::client::Grpc::new(door.channel.clone());
    within("a connection", client.ready()).await.unwrap();
    let path: PathAndQuery = path.parse().unwrap();
    // Every message of the API can be read as one without fields, and an empty one is a valid request on the wire.
    let codec: ProstCodec<(), ()> = ProstCodec::default();
    let mut request = call(who, ());
    if let Some(origin) = origin {
        request.metadata_mut().insert("origin", MetadataValue::from_static(origin));
    }
    within("an answer", client.server_streaming(request, path, codec)).await.map(|_| ())
}

async fn ask_reason(door: &Door, path: &str, who: As<'_>, origin: Option<&'static str>) -> (Code, String) {
    match ask(door, path, who, origin).await {
        Ok(()) => (Code::Ok, String::new()),
        Err(status) => (status.code(), reason(&status)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_rpc_lets_in_whom_its_access_names_and_nobody_else() {
    let door = Door::open(for_pages()).await;
    for (rpc, way) in both_ways(RPCS) {
        // Disconnect and ForceLogout end the token that they are called with.
        let connected = door.connect("1001").await;
        let agent = As::Bearer(&connected.token);
        let answer = async |who: As<'_>| ask_reason(&door, rpc.path, who, way).await;
        let refused = |answer: &(Code, String)| {
            ["AUTHORIZATION_FAILURE", "PERMISSION_DENIED", "SESSION_EXPIRED"].contains(&answer.1.as_str())
        };
        let unauthenticated = (Code::Unauthenticated, "AUTHORIZATION_FAILURE".to_owned());
        let expired = (Code::Unauthenticated, "SESSION_EXPIRED".to_owned());
        let denied = (Code::PermissionDenied, "PERMISSION_DENIED".to_owned());
        if rpc.access == Access::Public {
            for who in [As::Nobody, As::Bearer("guess"), As::Key("guess"), agent] {
                assert!(!refused(&answer(who).await), "{} {who:?}", rpc.path);
            }
            continue;
        }
        assert_eq!(answer(As::Nobody).await, unauthenticated, "{}", rpc.path);
        assert_eq!(answer(As::Key("guess")).await, unauthenticated, "{}", rpc.path);
        assert_eq!(answer(As::Bearer("guess")).await, expired, "{}", rpc.path);
        match rpc.access {
            Access::Agent | Access::Supervisor => {
                assert!(!refused(&answer(agent).await), "{}", rpc.path);
                assert_eq!(answer(As::Key(OF_1001)).await, denied, "{}", rpc.path);
                assert_eq!(answer(As::Bearer(ADMIN)).await, denied, "{}", rpc.path);
            }
            Access::Service => {
                for who in [agent, As::Key(OF_1001), As::Bearer(ADMIN)] {
                    assert!(!refused(&answer(who).await), "{} {who:?}", rpc.path);
                }
            }
            Access::Admin => {
                assert_eq!(answer(agent).await, denied, "{}", rpc.path);
                assert_eq!(answer(As::Key(OF_1001)).await, denied, "{}", rpc.path);
                assert!(!refused(&answer(As::Key(ADMIN)).await), "{}", rpc.path);
            }
            Access::Public => {}
        }
    }
    let connected = door.connect("1001").await;
    let agent = As::Bearer(&connected.token);
    for (path, way) in both_ways(&["/gc.v1.AgentService/Nothing", "/gc.v2.AgentService/Connect"]) {
        let unknown = ask_reason(&door, path, agent, way).await;
        assert_eq!(unknown, (Code::Unimplemented, "NOT_IMPLEMENTED".to_owned()));
    }
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rpc_of_the_catalogue_is_served() {
    let door = Door::open(for_pages()).await;
    for (rpc, way) in both_ways(RPCS) {
        let connected = door.connect("1001").await;
        let answer = ask_reason(&door, rpc.path, As::Bearer(&connected.token), way).await;
        assert_ne!(answer.1, "NOT_IMPLEMENTED", "{}", rpc.path);
    }
    door.close().await;
}
