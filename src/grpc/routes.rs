//! What answers at which path.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use tonic::service::Routes;
use tonic_health::server::{HealthReporter, health_reporter};

use super::auth::{self, Gate};
use super::calls::Calls;
use super::door::Door;
use super::status::unknown_rpc;
use super::{Beside, Options, web};
use crate::command::catalogue::RPCS;
use crate::pb;
use crate::session::Manager;
use crate::telemetry::metrics as telemetry;

/// Most bytes of a request of health and reflection: the name of a service or a symbol, from whoever asks.
const MOST_ASKED: usize = 4 * 1024;

/// Everything on the port.
pub struct Everything {
    /// What answers whatever comes.
    pub router: Router,
    /// What answers most calls, with less on the way.
    pub calls: Calls,
    /// Whom health is reported to.
    pub health: HealthReporter,
}

/// Puts everything at its path.
///
/// # Errors
/// When the descriptors for reflection can't be read.
pub fn everything(
    door: &Door,
    options: &Options,
    beside: Beside,
) -> Result<Everything, tonic_reflection::server::Error> {
    let gate = Arc::new(Gate::new(door.sessions.clone(), options));
    let (routes, calls) = services(gate.clone(), beside.services, door, options);
    let (health, health_service) = health_reporter();
    let health_service = health_service.max_decoding_message_size(MOST_ASKED);
    let mut routes = routes.add_service(health_service);
    if options.reflection && options.listen.ip().is_loopback() {
        let reflection = || {
            tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(pb::DESCRIPTORS)
                .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        };
        let (v1, v1alpha) = (reflection().build_v1()?, reflection().build_v1alpha()?);
        routes = routes.add_service(v1.max_decoding_message_size(MOST_ASKED));
        routes = routes.add_service(v1alpha.max_decoding_message_size(MOST_ASKED));
    }
    let router = routes
        .into_axum_router()
        .layer(from_fn_with_state(gate, auth::layer))
        .fallback(nothing_here)
        .layer(from_fn_with_state(Arc::from(options.cors_origins.clone()), web::layer))
        .merge(plain(door, options))
        .merge(beside.plain);
    Ok(Everything { router, calls, health })
}

/// Tells the health service whether calls are welcome; per service too, for probes that name one.
pub async fn report(health: &HealthReporter, serving: bool) {
    use tonic_health::ServingStatus::{NotServing, Serving};
    let status = if serving { Serving } else { NotServing };
    health.set_service_status("", status).await;
    let mut services: Vec<_> = RPCS.iter().map(|rpc| rpc.service).collect();
    services.dedup();
    for service in services {
        health.set_service_status(format!("gc.v1.{service}"), status).await;
    }
}

/// The services of `gc.v1` beside those of other doors, with their message sizes bounded; and the short way to them.
fn services(gate: Arc<Gate>, beside: Routes, door: &Door, options: &Options) -> (Routes, Calls) {
    let (mut routes, mut calls) = (beside, Calls::new(gate));
    macro_rules! add {
        ($server:ty) => {
            let server = <$server>::new(door.clone())
                .max_decoding_message_size(options.max_request_bytes)
                .max_encoding_message_size(options.max_reply_bytes);
            routes = routes.add_service(server.clone());
            calls.add(server);
        };
    }
    add!(pb::system_service_server::SystemServiceServer<Door>);
    add!(pb::agent_service_server::AgentServiceServer<Door>);
    add!(pb::call_service_server::CallServiceServer<Door>);
    add!(pb::dialog_service_server::DialogServiceServer<Door>);
    add!(pb::reason_service_server::ReasonServiceServer<Door>);
    add!(pb::supervisor_service_server::SupervisorServiceServer<Door>);
    add!(pb::phonebook_service_server::PhonebookServiceServer<Door>);
    add!(pb::event_service_server::EventServiceServer<Door>);
    (routes, calls)
}

/// What plain HTTP finds, without credentials: whether the process lives, whether it takes work, and its metrics.
fn plain(door: &Door, options: &Options) -> Router {
    let mut plain = Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready));
    if options.metrics {
        plain = plain.route("/metrics", get(metrics));
    }
    plain.with_state(door.clone())
}

async fn metrics(State(door): State<Door>) -> Response {
    let sessions = u32::try_from(door.sessions.count()).unwrap_or(u32::MAX);
    metrics::gauge!("gc_sessions").set(f64::from(sessions));
    ([(CONTENT_TYPE, telemetry::CONTENT_TYPE)], telemetry::render()).into_response()
}

/// Finesse's status is told and does not count: without it clients still need this service, to learn of it.
async fn ready(State(door): State<Door>) -> Response {
    let finesse = finesse_status(&door.sessions);
    if door.drain.begun().is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "draining\n").into_response()
    } else {
        (StatusCode::OK, format!("ready, finesse {finesse}\n")).into_response()
    }
}

fn finesse_status(sessions: &Manager) -> &'static str {
    sessions.system().borrow().as_str()
}

async fn nothing_here(request: Request<Body>) -> Response {
    if web::is_grpc(request.headers()) { unknown_rpc().into_http() } else { StatusCode::NOT_FOUND.into_response() }
}
