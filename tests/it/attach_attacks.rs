//! What hostile clients of the bidirectional stream, and of calls that take anybody, cost the real binary: its memory
//! stays bounded, and a good client still gets answers.

use std::time::Duration;

use futures_util::StreamExt as _;
use generic_connector::pb;
use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::pb::attach_command::Request;
use generic_connector::pb::attach_request::Message as Up;
use generic_connector::pb::event_service_client::EventServiceClient;
use tokio::time::timeout;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::{Channel, Endpoint};
use tower::ServiceExt as _;

use super::binary::Service;
use super::binary_attacks::{good_clients_are_answered, most_resident};
use super::grpc_world::{As, Attached, attaching, call, request_id};
use super::support::within;

/// How long a flood waits for a peer that takes nothing more.
const PATIENCE: Duration = Duration::from_millis(300);

pub async fn channel(service: &Service) -> Channel {
    within("a connection", Endpoint::try_from(format!("http://{}", service.grpc)).unwrap().connect()).await.unwrap()
}

pub async fn token(service: &Service, agent: &str) -> String {
    let request = pb::ConnectRequest { agent_id: agent.into(), password: "demo".into(), ..Default::default() };
    let mut agents = AgentServiceClient::new(channel(service).await);
    within("connect", agents.connect(request)).await.unwrap().into_inner().token
}

pub async fn attach(channel: &Channel, token: &str) -> Attached {
    let (up, requests) = tokio::sync::mpsc::channel(64);
    let attach = pb::Attach { token: token.into(), ..Default::default() };
    up.send(attaching(attach)).await.unwrap();
    let mut client = EventServiceClient::new(channel.clone());
    let down = within("attach", client.attach(call(As::Nobody, ReceiverStream::new(requests)))).await.unwrap();
    Attached { up, down: down.into_inner() }
}

fn command(request: Request) -> pb::AttachRequest {
    pb::AttachRequest {
        message: Some(Up::Command(pb::AttachCommand { request_id: request_id(), request: Some(request) })),
    }
}

/// Sends the same over and over until nothing more is taken.
async fn flood(stream: &Attached, each: impl Fn() -> pb::AttachRequest, most: usize) -> usize {
    for sent in 0..most {
        if !matches!(timeout(PATIENCE, stream.up.send(each())).await, Ok(Ok(()))) {
            return sent;
        }
    }
    most
}

/// A message whose last byte never comes, on as many calls of one connection as there may be.
async fn unfinished(service: &Service, path: &'static str, length: u32) {
    let channel = channel(service).await;
    let calls = (0..256).map(|_| {
        let part = [&[0][..], &length.to_be_bytes(), &vec![b'x'; 1000]].concat();
        let parts = std::iter::once(part).chain((1..length / 1000).map(|_| vec![b'x'; 1000]));
        let parts = futures_util::stream::iter(parts.map(Ok::<_, std::io::Error>));
        let body = axum::body::Body::from_stream(parts.chain(futures_util::stream::pending()));
        let request = http::Request::post(path).header("content-type", "application/grpc");
        channel.clone().oneshot(request.body(tonic::body::Body::new(body)).unwrap())
    });
    // Those that are not refused hold what has come of them.
    let _ = timeout(Duration::from_secs(3), futures_util::future::join_all(calls)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_never_end_cost_a_stranger_s_share() {
    let service = Service::start(&["--log=error"]).await;
    let process = service.process.id().unwrap();
    good_clients_are_answered(&service).await;
    let was = most_resident(process);
    for path in ["/gc.v1.EventService/Attach", "/gc.v1.AgentService/Connect", "/grpc.health.v1.Health/Check"] {
        unfinished(&service, path, 250_000).await;
        good_clients_are_answered(&service).await;
        bounded(&format!("256 messages that never end to {path}"), was, process);
    }
}

fn bounded(what: &str, was: Option<u64>, process: u32) {
    let (Some(was), Some(is)) = (was, most_resident(process)) else { return };
    println!("{what}: {was} KiB, then {is} KiB");
    assert!(is.saturating_sub(was) <= 16 * 1024, "{what}: {was} KiB, then {is} KiB");
}

#[tokio::test(flavor = "multi_thread")]
async fn floods_on_attached_streams_cost_bounded_memory_and_harm_nobody() {
    let service = Service::start(&["--log=error"]).await;
    let process = service.process.id().unwrap();
    let (hostile, good) = (token(&service, "1001").await, token(&service, "1002").await);
    let good_channel = channel(&service).await;
    let mut desk = attach(&good_channel, &good).await;
    desk.snapshot().await;
    good_clients_are_answered(&service).await;
    let hello = |size| move || command(Request::Hello(pb::HelloRequest { client_name: "x".repeat(size) }));
    let heartbeat = || pb::AttachRequest { message: Some(Up::Heartbeat(pb::Heartbeat::default())) };
    let state = || command(Request::GetState(pb::GetStateRequest::default()));
    let nothing = || pb::AttachRequest {
        message: Some(Up::Command(pb::AttachCommand { request_id: "\u{1F600}".repeat(20_000), request: None })),
    };
    let mut kept = Vec::new();
    for what in ["short commands", "long commands", "ids of 80 KB", "reads", "heartbeats"] {
        let was = most_resident(process);
        let mut sent = 0;
        // None of these streams reads anything but what its client's library takes.
        for _ in 0..5 {
            let connection = channel(&service).await;
            let mut streams = Vec::new();
            for _ in 0..8 {
                streams.push(attach(&connection, &hostile).await);
            }
            let floods = streams.iter().map(async |stream| match what {
                "short commands" => flood(stream, hello(8), 3_000).await,
                "long commands" => flood(stream, hello(100_000), 100).await,
                "ids of 80 KB" => flood(stream, nothing, 100).await,
                "reads" => flood(stream, state, 1_000).await,
                _ => flood(stream, heartbeat, 10_000).await,
            });
            sent += futures_util::future::join_all(floods).await.into_iter().sum::<usize>();
            kept.push(streams);
        }
        // Another agent's stream takes its commands meanwhile.
        let asked = tokio::time::Instant::now();
        desk.run(Request::GetState(pb::GetStateRequest::default())).await;
        let took = asked.elapsed();
        assert!(took < Duration::from_secs(2), "{took:?}");
        good_clients_are_answered(&service).await;
        bounded(&format!("40 streams with {what} ({sent} taken), another's answer in {took:?}"), was, process);
    }
    drop(kept);
    attach(&channel(&service).await, &hostile).await.snapshot().await;
}
