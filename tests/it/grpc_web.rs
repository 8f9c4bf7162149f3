//! gRPC-Web over real sockets: what a page does all day, and what it is refused.

use std::time::Duration;

use generic_connector::config::Tls;
use generic_connector::grpc::Options;
use generic_connector::pb;
use generic_connector::pb::subscribe_response::Message;
use prost::Message as _;
use tokio::io::AsyncWriteExt;
use tonic::{Code, Status};

use super::grpc_serving::write_certificates;
use super::grpc_world::{Door, options, reason};
use super::support::within;
use super::web_client::{BINARY, Frames, ORIGIN, Web, framed, status_in};

pub const HELLO: &str = "SystemService/Hello";
const SUBSCRIBE: &str = "EventService/Subscribe";

pub fn for_pages() -> Options {
    Options { cors_origins: vec![ORIGIN.to_owned()], ..options() }
}

pub fn hello() -> pb::HelloRequest {
    pb::HelloRequest::default()
}

pub fn connect() -> pb::ConnectRequest {
    pb::ConnectRequest { agent_id: "1001".into(), password: "demo".into(), ..Default::default() }
}

/// Subscribes to an agent's own events and reads up to the snapshot.
pub async fn subscribe(page: &mut Web, token: &str) {
    page.send(SUBSCRIBE, Some(token), &pb::SubscribeRequest::default()).await;
    let head = page.head().await;
    assert_eq!((head.code, head.header("access-control-allow-origin")), (200, Some(ORIGIN)));
    let first = next(page).await.unwrap();
    assert!(matches!(first, Message::Snapshot(_)), "{first:?}");
}

pub async fn next(page: &mut Web) -> Result<Message, Status> {
    page.message::<pb::SubscribeResponse>().await.map(|response| response.message.unwrap())
}

async fn end(page: &mut Web) -> Status {
    loop {
        if let Err(end) = next(page).await {
            return end;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_connects_signs_in_and_follows_its_agent() {
    let door = Door::open(Options { heartbeat: Duration::from_millis(300), ..for_pages() }).await;
    for (web, mut events) in [
        (Web::open(door.address).await, Web::open(door.address).await),
        (Web::open(door.address).await.in_text(), Web::open(door.address).await.in_text()),
    ] {
        // All calls go over one connection, which a browser keeps.
        let mut web = web;
        let answer: pb::HelloResponse = web.call(HELLO, None, &hello()).await.unwrap();
        assert_eq!(answer.status(), pb::SystemStatus::InService);
        let connected: pb::ConnectResponse = web.call("AgentService/Connect", None, &connect()).await.unwrap();
        let me = Some(connected.token.as_str());
        let login = pb::LoginRequest { extension: "2001".into(), ..Default::default() };
        let _: pb::LoginResponse = web.call("AgentService/Login", me, &login).await.unwrap();
        subscribe(&mut events, &connected.token).await;
        let _: pb::MakeReadyResponse =
            web.call("AgentService/MakeReady", me, &pb::MakeReadyRequest::default()).await.unwrap();
        let (mut ready, mut beats) = (false, 0);
        while !ready || beats < 2 {
            match next(&mut events).await.unwrap() {
                Message::Event(event) => {
                    let event = event.into_event().unwrap();
                    ready |= matches!(event.payload, Some(pb::event::Payload::AgentStateChanged(_)));
                }
                Message::Heartbeat(_) => beats += 1,
                other => panic!("{other:?}"),
            }
        }
        let _: pb::ForceLogoutResponse =
            web.call("AgentService/ForceLogout", me, &pb::ForceLogoutRequest::default()).await.unwrap();
        let over = end(&mut events).await;
        assert_eq!((over.code(), reason(&over).as_str()), (Code::Unauthenticated, "SESSION_EXPIRED"));
    }
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_reads_why_it_was_refused() {
    let door = Door::open(for_pages()).await;
    let mut web = Web::open(door.address).await;
    let connected: pb::ConnectResponse = web.call("AgentService/Connect", None, &connect()).await.unwrap();
    let me = Some(connected.token.as_str());
    // All over one connection, though what is refused at once is not read.
    for (path, token, code, why) in [
        ("AgentService/MakeReady", None, Code::Unauthenticated, "AUTHORIZATION_FAILURE"),
        ("AgentService/MakeReady", Some("no token"), Code::Unauthenticated, "SESSION_EXPIRED"),
        ("AgentService/MakeReady", me, Code::FailedPrecondition, "INVALID_STATE"),
        ("AgentService/Nothing", me, Code::Unimplemented, "NOT_IMPLEMENTED"),
        ("NoService/Nothing", me, Code::Unimplemented, "NOT_IMPLEMENTED"),
        (SUBSCRIBE, None, Code::Unauthenticated, "AUTHORIZATION_FAILURE"),
    ] {
        let refused = web.call::<pb::MakeReadyResponse>(path, token, &pb::MakeReadyRequest::default()).await;
        let refused = refused.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (code, why), "{path}: {refused:?}");
    }
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_told_which_pages_may_call() {
    let preflight = async |web: &mut Web, path: &str, origin: &str| {
        let wanted = "authorization,content-type,grpc-timeout,x-api-key,x-grpc-web,x-of-a-proxy,x-user-agent";
        let asks =
            [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", wanted)];
        web.ask(&format!("OPTIONS /gc.v1.{path}"), &asks).await;
        let head = web.head().await;
        if head.code == 204 {
            assert_eq!(head.header("access-control-allow-methods"), Some("POST"));
            assert_eq!(head.header("access-control-allow-headers"), Some(wanted));
            assert_eq!(head.header("access-control-max-age"), Some("7200"));
        }
        assert_eq!(head.header("access-control-allow-credentials"), None);
        (head.code, head.header("access-control-allow-origin").map(str::to_owned), head.header("vary").is_some())
    };
    let door = Door::open(for_pages()).await;
    for path in [HELLO, "AgentService/MakeReady", "NoService/Nothing"] {
        let mut web = Web::open(door.address).await;
        assert_eq!(preflight(&mut web, path, ORIGIN).await, (204, Some(ORIGIN.to_owned()), true));
    }
    for origin in ["https://evil.test", "http://desk.example", "null"] {
        let mut web = Web::open(door.address).await;
        assert_eq!(preflight(&mut web, HELLO, origin).await, (403, None, false));
    }
    door.close().await;

    let door = Door::open(Options { cors_origins: vec!["*".to_owned()], ..options() }).await;
    let mut web = Web::open(door.address).await;
    assert_eq!(preflight(&mut web, HELLO, "https://any.test").await, (204, Some("*".to_owned()), false));
    drop(web);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_strange_page_sends_unasked_is_not_taken() {
    let door = Door::open(for_pages()).await;
    let body = framed(&hello());
    let length = body.len().to_string();
    let own = format!("http://{}", door.address);
    let post = async |origin: Option<&str>, kind: &str| {
        let mut web = Web::open(door.address).await;
        let mut headers = vec![("Content-Type", kind), ("Content-Length", length.as_str())];
        headers.extend(origin.map(|origin| ("Origin", origin)));
        web.ask(&format!("POST /gc.v1.{HELLO}"), &headers).await;
        web.socket.write_all(&body).await.unwrap();
        let head = web.head().await;
        let allowed = head.header("access-control-allow-origin").map(str::to_owned);
        (head.code, Status::from_header_map(&head.headers).map(|status| status.code()), allowed)
    };
    assert_eq!(post(None, BINARY).await, (200, None, None));
    assert_eq!(post(None, "Application/gRPC-Web; charset=x").await, (200, None, None));
    assert_eq!(post(Some(&own), BINARY).await, (200, None, None));
    assert_eq!(post(Some("https://evil.test"), BINARY).await, (200, Some(Code::PermissionDenied), None));
    // What needs no question first: a form, a text, nothing.
    for kind in ["text/plain", "multipart/form-data", "application/json", "application/grpc-web+json", ""] {
        assert_eq!(post(None, kind).await, (415, None, None), "{kind}");
    }
    assert_eq!(post(None, "application/grpc").await, (505, None, None));
    let mut web = Web::open(door.address).await;
    web.ask(&format!("GET /gc.v1.{HELLO}"), &[("Content-Type", BINARY)]).await;
    assert_eq!(web.head().await.code, 405);
    drop(web);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_announced_to_a_page_and_its_stream_ends_with_trailers() {
    let door = Door::open(for_pages()).await;
    let connected = door.connect("1001").await;
    let (mut events, mut web) = (Web::open(door.address).await, Web::open(door.address).await);
    subscribe(&mut events, &connected.token).await;
    let _: pb::HelloResponse = web.call(HELLO, None, &hello()).await.unwrap();
    let Door { world, channel, stop, .. } = door;
    drop(channel);
    let closing = async {
        let told = next(&mut events).await.unwrap();
        assert!(matches!(told, Message::Draining(_)), "{told:?}");
        // Calls are taken until the end.
        let _: pb::HelloResponse = web.call(HELLO, None, &hello()).await.unwrap();
        let end = end(&mut events).await;
        // Idle connections are closed, and not waited for.
        web.closed().await;
        events.closed().await;
        end
    };
    let (left, end) = tokio::join!(stop.stop(), closing);
    assert_eq!((end.code(), reason(&end).as_str(), left), (Code::Unavailable, "SHUTTING_DOWN", 0));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_come_over_tls_and_http2() {
    let folder = tempfile::tempdir().unwrap();
    write_certificates(folder.path());
    let file = |name: &str| folder.path().join(name);
    let tls = Tls { certificate: file("server.pem"), key: file("server.key"), client_ca: None };
    let door = Door::open(Options { tls: Some(tls), ..for_pages() }).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = reqwest::Certificate::from_pem(&std::fs::read(file("ca.pem")).unwrap()).unwrap();
    let builder = reqwest::Client::builder().tls_certs_only([ca]).no_proxy().resolve("localhost", door.address);
    let browser = builder.build().unwrap();
    let send = async |path: &str, token: &str, body: Vec<u8>| {
        let url = format!("https://localhost:{}/gc.v1.{path}", door.address.port());
        let request = browser.post(url).header("origin", ORIGIN).header("content-type", BINARY).body(body);
        let answer = within("an answer", request.bearer_auth(token).send()).await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.version()), (200, http::Version::HTTP_2));
        assert_eq!(answer.headers()["access-control-allow-origin"], ORIGIN);
        answer
    };
    let mut frames = Frames::default();
    frames.push(&send("AgentService/Connect", "", framed(&connect())).await.bytes().await.unwrap());
    let connected = pb::ConnectResponse::decode(frames.next().unwrap().1.as_slice()).unwrap();
    assert_eq!(status_in(&frames.next().unwrap().1).code(), Code::Ok);

    let mut events = send(SUBSCRIBE, &connected.token, framed(&pb::SubscribeRequest::default())).await;
    let disconnect = framed(&pb::DisconnectRequest::default());
    send("AgentService/Disconnect", &connected.token, disconnect).await.bytes().await.unwrap();
    let mut frames = Frames::default();
    while let Some(bytes) = within("a chunk", events.chunk()).await.unwrap() {
        frames.push(&bytes);
    }
    let (trailers, first) = frames.next().unwrap();
    let first = pb::SubscribeResponse::decode(first.as_slice()).unwrap().message;
    assert!(!trailers && matches!(first, Some(Message::Snapshot(_))), "{first:?}");
    let over = std::iter::from_fn(|| frames.next()).find(|(trailers, _)| *trailers).unwrap();
    assert_eq!(reason(&status_in(&over.1)), "SESSION_EXPIRED");
    let refused = send("AgentService/MakeReady", &connected.token, framed(&pb::MakeReadyRequest::default())).await;
    assert_eq!(Status::from_header_map(refused.headers()).unwrap().code(), Code::Unauthenticated);
    drop((browser, events, refused));
    door.close().await;
}
