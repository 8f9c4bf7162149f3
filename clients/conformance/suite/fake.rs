//! A service that does what the real one can't be made to do: says every reason, is newer than the SDK, breaks its own
//! contract on the stream, has a crowd of agents. It notes what it was asked.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use futures_util::{StreamExt as _, stream};
use generic_connector::command::catalogue::REASONS;
use generic_connector::pb;
use generic_connector::pb::subscribe_response::Message as Kind;
use generic_connector::shutdown::Tasks;
use http::HeaderMap;
use prost::Message;
use tonic::body::Body;
use tonic::{Code, Request, Response, Status};
use tonic_prost::ProstCodec;
use tonic_types::{ErrorDetails, StatusExt as _};
use tower::service_fn;

/// The epoch of the fake's one session.
pub const EPOCH: u64 = 7;

/// The agents whom a service sees: one is named, and two are more than it may go on with.
pub const CROWD: usize = 2003;

/// One call that came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub rpc: &'static str,
    pub headers: HeaderMap,
    /// Of a command its request id, of Subscribe the cursor, of Connect the client's name.
    pub said: String,
    /// Of Subscribe, how many agents are named, and how many cursors of others are shown.
    pub selected: (usize, usize),
}

/// What came, in order.
pub type Log = Arc<Mutex<Vec<Asked>>>;

/// Starts it on a free port.
pub async fn start(tasks: &Tasks) -> (SocketAddr, Log) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let log = Log::default();
    let router = Router::new();
    let router = unary(router, &log, "/gc.v1.AgentService/Connect", |request: pb::ConnectRequest, _| {
        let snapshot =
            pb::Snapshot { agent_id: request.agent_id, epoch: EPOCH, cursor: cursor(0), ..Default::default() };
        let token = "the token".to_owned();
        Ok(pb::ConnectResponse { token, epoch: EPOCH, snapshot: Some(snapshot), ..Default::default() })
    });
    let router = unary(router, &log, "/gc.v1.AgentService/Disconnect", |_: pb::DisconnectRequest, _| {
        Ok(pb::DisconnectResponse::default())
    });
    let router = unary(router, &log, "/gc.v1.CallService/HoldCall", hold);
    let streams = log.clone();
    let router = router.route_service(
        "/gc.v1.EventService/Subscribe",
        service_fn(move |request: http::Request<axum::body::Body>| {
            let log = streams.clone();
            async move {
                let headers = request.headers().clone();
                let answer = service_fn(move |request: Request<pb::SubscribeRequest>| {
                    let request = request.into_inner();
                    let said = request.agents.first().and_then(|agent| agent.cursor.clone()).unwrap_or_default();
                    let selected = (request.agents.len(), request.resume.len());
                    let mut log = log.lock().unwrap();
                    let of_service = |headers: &HeaderMap| headers.contains_key("x-api-key");
                    let alike = |asked: &&Asked| of_service(&asked.headers) == of_service(&headers);
                    let nth = 1 + log.iter().filter(|asked| asked.rpc == "Subscribe").filter(alike).count();
                    log.push(Asked { rpc: "Subscribe", headers: headers.clone(), said, selected });
                    let told = if request.all { crowd(&request) } else { told(nth) };
                    let end = if request.all && nth == 1 { stream::empty().boxed() } else { stream::pending().boxed() };
                    let said = stream::iter(told.into_iter().map(Ok::<_, Status>)).chain(end);
                    async move { Ok::<_, Status>(Response::new(said)) }
                });
                let mut grpc =
                    tonic::server::Grpc::new(ProstCodec::<pb::SubscribeResponse, pb::SubscribeRequest>::default());
                Ok::<_, std::convert::Infallible>(grpc.server_streaming(answer, request.map(Body::new)).await)
            }
        }),
    );
    tasks.spawn_abortable(0, async move {
        let _ = axum::serve(listener, router).await;
    });
    (address, log)
}

fn unary<Q, R, F>(router: Router, log: &Log, path: &'static str, answer: F) -> Router
where
    Q: Message + Default + Clone + Note + 'static,
    R: Message + Default + 'static,
    F: Fn(Q, usize) -> Result<R, Status> + Clone + Send + Sync + 'static,
{
    let log = log.clone();
    let rpc = path.rsplit('/').next().unwrap_or_default();
    router.route_service(
        path,
        service_fn(move |request: http::Request<axum::body::Body>| {
            let (log, answer) = (log.clone(), answer.clone());
            async move {
                let headers = request.headers().clone();
                let answer = service_fn(move |request: Request<Q>| {
                    let said = request.get_ref().note();
                    let mut log = log.lock().unwrap();
                    log.push(Asked { rpc, headers: headers.clone(), said: said.clone(), selected: (0, 0) });
                    let nth = log.iter().filter(|asked| asked.rpc == rpc && asked.said == said).count();
                    let answered = answer(request.into_inner(), nth).map(Response::new);
                    async move { answered }
                });
                let mut grpc = tonic::server::Grpc::new(ProstCodec::<R, Q>::default());
                Ok::<_, std::convert::Infallible>(grpc.unary(answer, request.map(Body::new)).await)
            }
        }),
    )
}

/// What is noted of a request.
trait Note {
    fn note(&self) -> String;
}

impl Note for pb::ConnectRequest {
    fn note(&self) -> String {
        self.client_name.clone()
    }
}

impl Note for pb::DisconnectRequest {
    fn note(&self) -> String {
        String::new()
    }
}

impl Note for pb::HoldCallRequest {
    fn note(&self) -> String {
        self.options.as_ref().map(|options| options.request_id.clone()).unwrap_or_default()
    }
}

/// Holding the call `once X` is refused with that reason at the first attempt, the call `X` always.
fn hold(request: pb::HoldCallRequest, nth: usize) -> Result<pb::HoldCallResponse, Status> {
    match request.dialog_id.strip_prefix("once ") {
        Some(reason) if nth == 1 => Err(refusal(reason)),
        Some(_) => Ok(pb::HoldCallResponse::default()),
        None => Err(refusal(&request.dialog_id)),
    }
}

/// A refusal with all that one can carry. A reason without a name is a status of something between.
pub fn refusal(reason: &str) -> Status {
    if reason == "BETWEEN" {
        return Status::unimplemented("a proxy's own words");
    }
    if reason == "BROKEN" {
        return Status::unavailable("a proxy's own words");
    }
    let row = REASONS.iter().find(|row| row.name == reason);
    let name = |row: &generic_connector::command::catalogue::ReasonRow| row.code.to_owned();
    let code = row.map_or("FAILED_PRECONDITION".to_owned(), name);
    let code = (0..=16).map(Code::from).find(|known| super::refusal::code(*known) == code).unwrap_or(Code::Unknown);
    let retry = row.map_or("AFTER_CHANGE", |row| row.retry.as_str());
    let words = [
        ("retry", retry),
        ("error_type", "Invalid State"),
        ("error_message", "CF_SOMETHING"),
        ("error_data", "22"),
        ("peripheral_code", "10125"),
        ("peripheral_message", "ä ü"),
        ("http_status", "400"),
        ("dialog_id", "5"),
    ];
    let metadata: HashMap<String, String> = words.iter().map(|(name, word)| ((*name).into(), (*word).into())).collect();
    let mut details = ErrorDetails::with_error_info(reason, "gc.v1", metadata);
    if retry == "AFTER_DELAY" {
        details.set_retry_info(Some(Duration::from_millis(1500)));
    }
    Status::with_error_details(code, format!("{reason}, in words"), details)
}

fn cursor(sequence: u64) -> String {
    format!("cursor {sequence}")
}

/// An event; the second has a payload that nobody knows.
pub fn event(sequence: u64) -> pb::Event {
    let status = pb::SystemStatusChanged { status: 1 + (sequence % 2) as i32 };
    let payload = (sequence != 2).then_some(pb::event::Payload::SystemStatus(status));
    pb::Event { agent_id: "1001".to_owned(), sequence, cursor: cursor(sequence), payload, ..Default::default() }
}

/// What the nth stream says: the first repeats an event, says something that nobody knows, and leaves a hole.
fn told(nth: usize) -> Vec<pb::SubscribeResponse> {
    let message = |kind| pb::SubscribeResponse { message: Some(kind) };
    let of = |sequence| message(Kind::Event(event(sequence).into()));
    let from = |live_from| message(Kind::Resumed(pb::Resumed { agent_id: "1001".to_owned(), live_from }));
    match nth {
        1 => vec![from(0), of(1), of(1), pb::SubscribeResponse::default(), of(2), of(4)],
        _ => vec![from(2), of(2), of(3), of(4)],
    }
}

/// What a service is told: how it goes on with each agent whose cursor it shows, and a snapshot of each other one.
fn crowd(request: &pb::SubscribeRequest) -> Vec<pb::SubscribeResponse> {
    let selectors = request.agents.iter().chain(&request.resume);
    let known: HashSet<&str> =
        selectors.filter(|agent| agent.cursor.is_some()).map(|agent| agent.agent_id.as_str()).collect();
    let message = |agent_id: String| match known.contains(&*agent_id) {
        true => Kind::Resumed(pb::Resumed { agent_id, live_from: 0 }),
        false => {
            Kind::Snapshot(Box::new(pb::Snapshot { agent_id, epoch: EPOCH, cursor: cursor(0), ..Default::default() }))
        }
    };
    let agents = (1..=CROWD).map(|number| format!("{number:04}"));
    agents.map(|agent_id| pb::SubscribeResponse { message: Some(message(agent_id)) }).collect()
}
