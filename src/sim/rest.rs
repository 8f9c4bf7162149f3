//! The REST API: authentication, paths, faults, and the world behind them.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::engine::{Engine, Inner};
use super::fault::{FaultKind, SYSTEM_INFO};
use super::seed::Category;
use super::side::Side;
use super::world::agent::{Principal, Refused};
use super::world::error::ApiError;
use super::world::request::Command;
use super::world::resource::Resource;
use super::world::{Service, UserId};
use super::xml::Element;

/// Largest request body.
const MAX_BODY: usize = 64 * 1024;
/// Longest `requestId` that is echoed.
const MAX_REQUEST_ID: usize = 256;
/// How long a request that is never answered keeps its connection.
const SILENCE: Duration = Duration::from_secs(600);

/// Marks an answer that is not sent: the server closes the connection instead.
#[derive(Clone, Copy, Debug)]
pub struct Sever;

/// What a request asks for, from its method, path and body.
enum Asked {
    User(String),
    PutUser(String),
    Dialogs(String),
    PostDialogs(String),
    Dialog(u64),
    PutDialog(u64),
    ReasonCodes(String, Option<String>),
    ReasonCode(String, String),
    WrapUpReasons(String),
    Read(Resource),
}

struct Answer {
    status: u16,
    body: String,
}

/// Serves every path under `/finesse/api`.
pub async fn serve(State((engine, side)): State<(Arc<Engine>, Side)>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    if path.trim_end_matches('/') == "/finesse/api/SystemInfo" && parts.method == Method::GET {
        let fault = engine.with(|inner, _| {
            inner.count("", SYSTEM_INFO);
            inner.faults.for_request("", SYSTEM_INFO)
        });
        let body = engine.with(|inner, now| inner.world.system_xml(side, now));
        return finish(Ok(Answer { status: 200, body }), fault, "").await;
    }
    let reading = tokio::time::timeout(engine.options.timers.handshake, to_bytes(body, MAX_BODY));
    let Ok(Ok(body)) = reading.await else { return respond(413, String::new(), None) };
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let request_id = header("requestid").filter(|id| id.len() <= MAX_REQUEST_ID).unwrap_or_default().to_owned();
    let credentials = header("authorization").and_then(basic);
    let query = parts.uri.query().unwrap_or_default();
    let Some(asked) = route(&parts.method, path, query) else {
        let known = path.starts_with("/finesse/api/");
        return respond(if known { 405 } else { 404 }, String::new(), None);
    };
    let element = match parts.method == Method::GET {
        true => Ok(Element::default()),
        false => std::str::from_utf8(&body).map_err(drop).and_then(|text| Element::parse(text).map_err(drop)),
    };
    let action = action_of(&asked, element.as_ref().ok());
    let (answer, fault) = engine.with(|inner, now| {
        let user = credentials.as_ref().map_or("", |(name, _)| name);
        inner.count(user, action);
        let fault = inner.faults.for_request(user, action);
        let skipped = matches!(fault, Some(FaultKind::Status { .. } | FaultKind::Silent | FaultKind::Html { .. }));
        let answer = match skipped {
            true => Ok(Answer { status: 200, body: String::new() }),
            false => execute(inner, asked, credentials.as_ref(), element, &request_id, fault.as_ref(), now),
        };
        (answer, fault)
    });
    let user = credentials.map(|(name, _)| name).unwrap_or_default();
    let mut response = finish(answer, fault, &user).await;
    if parts.method != Method::GET
        && !request_id.is_empty()
        && let Ok(value) = HeaderValue::from_str(&request_id)
    {
        response.headers_mut().insert("requestId", value);
    }
    response
}

fn route(method: &Method, path: &str, query: &str) -> Option<Asked> {
    let decode = |segment: &str| percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned();
    let rest = path.strip_prefix("/finesse/api/")?.trim_end_matches('/');
    let segments = rest.split('/').map(decode).collect::<Vec<_>>();
    let segments = segments.iter().map(String::as_str).collect::<Vec<_>>();
    let (get, put, post) = (method == Method::GET, method == Method::PUT, method == Method::POST);
    match segments.as_slice() {
        ["User", id] if get => Some(Asked::User((*id).to_owned())),
        ["User", id] if put => Some(Asked::PutUser((*id).to_owned())),
        ["User", id, "Dialogs"] if get => Some(Asked::Dialogs((*id).to_owned())),
        ["User", id, "Dialogs"] if post => Some(Asked::PostDialogs((*id).to_owned())),
        ["User", id, "ReasonCodes"] if get => {
            let category = query.split('&').find_map(|pair| pair.strip_prefix("category=")).map(str::to_owned);
            Some(Asked::ReasonCodes((*id).to_owned(), category))
        }
        ["User", id, "ReasonCode", reason] if get => Some(Asked::ReasonCode((*id).to_owned(), (*reason).to_owned())),
        ["User", id, "WrapUpReasons"] if get => Some(Asked::WrapUpReasons((*id).to_owned())),
        // An id that is no number names no dialog.
        ["Dialog", id] if get => Some(Asked::Dialog(id.parse().unwrap_or_default())),
        ["Dialog", id] if put => Some(Asked::PutDialog(id.parse().unwrap_or_default())),
        segments if get => Resource::at(segments, query).map(Asked::Read),
        _ => None,
    }
}

/// The action's name in the request log.
fn action_of(asked: &Asked, body: Option<&Element>) -> &'static str {
    const NAMES: [&str; 21] = [
        "LOGIN",
        "LOGOUT",
        "READY",
        "NOT_READY",
        "WORK",
        "WORK_READY",
        "MAKE_CALL",
        "ANSWER",
        "HOLD",
        "RETRIEVE",
        "DROP",
        "UPDATE_CALL_DATA",
        "SEND_DTMF",
        "CONSULT_CALL",
        "TRANSFER",
        "TRANSFER_SST",
        "CONFERENCE",
        "SILENT_MONITOR",
        "BARGE_CALL",
        "PARTICIPANT_DROP",
        "START_RECORDING",
    ];
    let named = |element: &str| {
        let text = body.and_then(|body| body.text_of(element));
        NAMES.iter().find(|name| Some(**name) == text).copied().unwrap_or("OTHER")
    };
    match asked {
        Asked::User(_) => "GET_USER",
        Asked::Dialogs(_) => "GET_DIALOGS",
        Asked::Dialog(_) => "GET_DIALOG",
        Asked::ReasonCodes(..) | Asked::ReasonCode(..) => "GET_REASON_CODES",
        Asked::WrapUpReasons(_) => "GET_WRAP_UP_REASONS",
        Asked::Read(resource) => resource.action(),
        Asked::PutUser(_) => named("state"),
        Asked::PostDialogs(_) | Asked::PutDialog(_) => named("requestedAction"),
    }
}

fn execute(
    inner: &mut Inner,
    asked: Asked,
    credentials: Option<&(String, String)>,
    body: Result<Element, ()>,
    request_id: &str,
    fault: Option<&FaultKind>,
    now: u64,
) -> Result<Answer, ApiError> {
    if inner.world.service() != Service::In {
        return Err(ApiError::out_of_service());
    }
    let (name, password) = credentials.ok_or_else(|| ApiError::authorization_failure(""))?;
    let path_user = match &asked {
        Asked::User(id) | Asked::PutUser(id) | Asked::Dialogs(id) | Asked::PostDialogs(id) => Some(id),
        Asked::ReasonCodes(id, _) | Asked::ReasonCode(id, _) | Asked::WrapUpReasons(id) => Some(id),
        Asked::Dialog(_) | Asked::PutDialog(_) | Asked::Read(_) => None,
    };
    let who = match inner.world.authenticate(name, password, now) {
        Ok(who) => who,
        Err(Refused::Unknown) if path_user == Some(name) => return Err(ApiError::unknown_user(name)),
        Err(_) => return Err(ApiError::authorization_failure(name)),
    };
    let world = &mut inner.world;
    let reading = |id: &str| own(world.find_user(id, true), who, id, true);
    let ok = |body: String| Ok(Answer { status: 200, body });
    let malformed = || ApiError::bad_request("");
    let command = match asked {
        Asked::User(id) => return ok(world.user_xml(reading(&id)?)),
        Asked::Dialogs(id) => return ok(world.dialogs_xml(reading(&id)?)),
        Asked::WrapUpReasons(id) => return ok(world.wrap_up_reasons_xml(reading(&id)?)),
        Asked::ReasonCodes(id, category) => {
            let user = reading(&id)?;
            let category = match category.as_deref() {
                Some("NOT_READY") => Category::NotReady,
                Some("LOGOUT") => Category::Logout,
                Some(_) => return Err(ApiError::bad_request("category")),
                None => return Err(ApiError::missing("category")),
            };
            return ok(world.reasons_xml(user, category));
        }
        Asked::ReasonCode(id, reason) => {
            return ok(world.reason_xml(reading(&id)?, &reason).ok_or_else(ApiError::not_found)?);
        }
        Asked::Dialog(dialog) => {
            let call = world.calls().get(&dialog).ok_or_else(ApiError::unknown_dialog)?;
            let viewer = match who {
                Principal::User(user) => call.takes_part(user).map(|()| Some(user))?,
                Principal::Administrator => None,
            };
            return ok(world.dialog_xml(dialog, viewer).ok_or_else(ApiError::unknown_dialog)?);
        }
        Asked::Read(resource) => return ok(world.resource_xml(&resource, who, name)?),
        Asked::PutUser(id) => {
            if let Some((by, member)) = world.acting_on(who, &id)? {
                world.check_member_put(by, member, &body.map_err(|()| malformed())?)?
            } else {
                let user = own(world.find_user(&id, false), who, &id, false)?;
                world.check_user_put(user, &body.map_err(|()| malformed())?)?
            }
        }
        Asked::PostDialogs(id) => {
            if who == Principal::Administrator {
                return Err(ApiError::not_for_administrators(name));
            }
            let user = own(world.find_user(&id, false), who, &id, false)?;
            world.check_dialogs_post(user, &body.map_err(|()| malformed())?)?
        }
        Asked::PutDialog(dialog) => {
            let Principal::User(user) = who else { return Err(ApiError::not_for_administrators(name)) };
            world.check_dialog_put(user, dialog, &body.map_err(|()| malformed())?)?
        }
    };
    submit(inner, command, request_id, fault, now);
    Ok(Answer { status: 202, body: String::new() })
}

fn submit(inner: &mut Inner, command: Command, request_id: &str, fault: Option<&FaultKind>, now: u64) {
    if let Some(FaultKind::AsyncError { error, delay_ms, without_request_id }) = fault {
        let request_id = if *without_request_id { String::new() } else { request_id.to_owned() };
        inner.world.refuse(&command, error.clone(), request_id, *delay_ms, now);
    } else {
        inner.world.submit(command, request_id.to_owned(), now);
    }
}

/// The user of the path, if the credentials may act for it: agents for themselves, the administrator reads for all.
fn own(user: Option<UserId>, who: Principal, id: &str, reading: bool) -> Result<UserId, ApiError> {
    match (user, who) {
        (Some(user), Principal::User(own)) if own == user => Ok(user),
        (Some(user), Principal::Administrator) if reading => Ok(user),
        (None, Principal::Administrator) => Err(ApiError::unknown_user(id)),
        _ => Err(ApiError::other_user(id)),
    }
}

async fn finish(answer: Result<Answer, ApiError>, fault: Option<FaultKind>, user: &str) -> Response<Body> {
    if let Some(delay) = fault.as_ref().and_then(FaultKind::delay) {
        tokio::time::sleep(delay).await;
    }
    let error = |error: &ApiError| respond(error.status, error.body(), Some("application/xml"));
    match fault {
        Some(FaultKind::Status { status: 503 }) => error(&ApiError::out_of_service()),
        Some(FaultKind::Status { status: 401 }) => error(&ApiError::authorization_failure(user)),
        Some(FaultKind::Status { status }) => respond(status, String::new(), None),
        Some(FaultKind::Html { status }) => respond(status, html(status), Some("text/html;charset=utf-8")),
        Some(FaultKind::Silent) => {
            tokio::time::sleep(SILENCE).await;
            sever()
        }
        Some(FaultKind::LoseAnswer) => sever(),
        _ => match answer {
            Ok(Answer { status, body }) if body.is_empty() => respond(status, body, None),
            Ok(Answer { status, body }) => respond(status, body, Some("application/xml")),
            Err(refused) => error(&refused),
        },
    }
}

/// No answer: the connection is closed.
pub(super) fn sever() -> Response<Body> {
    let mut response = respond(500, String::new(), None);
    response.extensions_mut().insert(Sever);
    response
}

fn html(status: u16) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><title>HTTP Status {status}</title></head>\
         <body><h1>HTTP Status {status}</h1><hr/><h3>Apache Tomcat</h3></body></html>"
    )
}

fn respond(status: u16, body: String, kind: Option<&'static str>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(kind) = kind {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    if status == 401 {
        let realm = HeaderValue::from_static("Basic realm=\"Cisco Finesse\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
    }
    response
}

fn basic(value: &str) -> Option<(String, String)> {
    let encoded = value.strip_prefix("Basic ").or_else(|| value.strip_prefix("basic "))?;
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
