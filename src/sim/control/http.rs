//! The control API over HTTP and JSON, on loopback, without authentication. A refusal is `{"error": "…"}`.
//!
//! | route | body | answer |
//! |---|---|---|
//! | `GET /world` | | users, dialogs, requests, faults |
//! | `POST /calls` | `{"from": "5551230000", "to": "8010", "variables": {"callVariable1": "gold"}}` | `{"dialog": 16777217}` |
//! | `POST /calls/{dialog}/answer`, `POST /calls/{dialog}/hangup` | | `{}` |
//! | `POST /load/calls` | `{"from": "100001", "count": 100, "variables": {}, "answer": true}` | `{"dialogs": [16777217]}` |
//! | `POST /load` | `{"users": {"from": "100001", "count": 100}, "per_second": 5000, "count": 20000}`, or `"users": ["1001"]` | `{"published": 20000, "seconds": 4.0}` |
//! | `POST /faults` | a fault, as `{"kind": "status", "status": 503, "user": "1001", "action": "HOLD", "times": 2}` | `{}` |
//! | `DELETE /faults` | | `{}` |
//! | `POST /disorder` | `{"seed": 7, "within_ms": 50}` | `{}` |
//! | `DELETE /disorder` | | `{}` |
//! | `POST /notifications/release` | | `{}` |
//! | `POST /service` | `{"status": "IN_SERVICE"}`, `OUT_OF_SERVICE` or `PARTIAL_SERVICE` | `{}` |
//! | `POST /nodes/{side}` | `{"reach": "down"}`, `silent` or `up`, for side `a` or `b` | `{}` |
//! | `POST /sessions/kill`, `/sessions/stall`, `/sessions/resume` | `{"user": "1001"}`, or `{}` for everybody | `{}` |
//! | `POST /clock/step` | `{"ms": 60000}` | `{}` |
//! | `POST /reset` | | `{}` |

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::load::{Load, Loaded, NewCalls};
use super::{Control, Picture, Refused};
use crate::sim::fault::{Disorder, Fault};
use crate::sim::side::{Reach, Side};
use crate::sim::world::{DialogId, Service};

/// Largest body.
const MAX_BODY: usize = 64 * 1024;

type Answer = Result<Json<Value>, Refused>;

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::CONFLICT, Json(json!({ "error": self.to_string() }))).into_response()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCall {
    from: String,
    to: String,
    #[serde(default)]
    variables: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whose {
    user: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Node {
    reach: Reach,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    ms: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    status: Wanted,
}

#[derive(Clone, Copy, Deserialize)]
enum Wanted {
    #[serde(rename = "IN_SERVICE")]
    In,
    #[serde(rename = "OUT_OF_SERVICE")]
    Out,
    #[serde(rename = "PARTIAL_SERVICE")]
    Partial,
}

/// The routes.
pub fn router(control: Control) -> Router {
    Router::new()
        .route("/world", get(world))
        .route("/calls", post(place))
        .route("/calls/{dialog}/answer", post(answer))
        .route("/calls/{dialog}/hangup", post(hang_up))
        .route("/load", post(load))
        .route("/load/calls", post(place_many))
        .route("/faults", post(inject).delete(clear))
        .route("/disorder", post(disorder).delete(order))
        .route("/notifications/release", post(release))
        .route("/service", post(service))
        .route("/nodes/{side}", post(node))
        .route("/sessions/kill", post(kill))
        .route("/sessions/stall", post(stall))
        .route("/sessions/resume", post(resume))
        .route("/clock/step", post(step))
        .route("/reset", post(reset))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(control)
}

async fn world(State(control): State<Control>) -> Json<Picture> {
    Json(control.picture())
}

async fn place(State(control): State<Control>, Json(call): Json<NewCall>) -> Answer {
    let variables = call.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>();
    let dialog = control.place_call(&call.from, &call.to, &variables)?;
    Ok(Json(json!({ "dialog": dialog })))
}

async fn answer(State(control): State<Control>, Path(dialog): Path<DialogId>) -> Answer {
    done(control.answer(dialog))
}

async fn hang_up(State(control): State<Control>, Path(dialog): Path<DialogId>) -> Answer {
    done(control.hang_up(dialog))
}

async fn load(State(control): State<Control>, Json(wanted): Json<Load>) -> Result<Json<Loaded>, Refused> {
    Ok(Json(control.load(&wanted).await?))
}

async fn place_many(State(control): State<Control>, Json(calls): Json<NewCalls>) -> Answer {
    Ok(Json(json!({ "dialogs": control.place_calls(&calls).await? })))
}

async fn inject(State(control): State<Control>, Json(fault): Json<Fault>) -> Answer {
    done(control.inject(fault))
}

async fn clear(State(control): State<Control>) -> Answer {
    control.clear_faults();
    done(Ok(()))
}

async fn disorder(State(control): State<Control>, Json(disorder): Json<Disorder>) -> Answer {
    control.set_disorder(Some(disorder));
    done(Ok(()))
}

async fn order(State(control): State<Control>) -> Answer {
    control.set_disorder(None);
    done(Ok(()))
}

async fn release(State(control): State<Control>) -> Answer {
    control.release_notifications();
    done(Ok(()))
}

async fn service(State(control): State<Control>, Json(wanted): Json<Status>) -> Answer {
    control.set_service(match wanted.status {
        Wanted::In => Service::In,
        Wanted::Out => Service::Out,
        Wanted::Partial => Service::Partial,
    });
    done(Ok(()))
}

async fn node(State(control): State<Control>, Path(side): Path<Side>, Json(node): Json<Node>) -> Answer {
    control.set_reach(side, node.reach);
    done(Ok(()))
}

async fn kill(State(control): State<Control>, Json(whose): Json<Whose>) -> Answer {
    done(control.kill_sessions(whose.user.as_deref()))
}

async fn stall(State(control): State<Control>, Json(whose): Json<Whose>) -> Answer {
    done(control.stall_sessions(whose.user.as_deref(), true))
}

async fn resume(State(control): State<Control>, Json(whose): Json<Whose>) -> Answer {
    done(control.stall_sessions(whose.user.as_deref(), false))
}

async fn step(State(control): State<Control>, Json(step): Json<Step>) -> Answer {
    control.step(Duration::from_millis(step.ms));
    done(Ok(()))
}

async fn reset(State(control): State<Control>) -> Answer {
    control.reset();
    done(Ok(()))
}

fn done(result: Result<(), Refused>) -> Answer {
    result.map(|()| Json(json!({})))
}
