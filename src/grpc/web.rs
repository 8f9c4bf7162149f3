//! gRPC-Web, which is gRPC as a page in a browser can speak it: over HTTP/1.1 too, with the trailers in the body.
//!
//! It is translated before everything else, so that all that is true of a call is true of one from a page. What pages may
//! call at all is their origin's matter: a browser asks first (CORS), for no page can send these content types otherwise.
//! Therefore nothing but gRPC is taken here: a form or a text can be sent from any page, unasked, with the client
//! certificate of whoever reads it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Version};
use tonic_web::GrpcWebLayer;
use tower::{Layer, ServiceExt};

use super::server::Peer;
use super::status::status;
use super::unread::lend;
use crate::config::{is_listed, page_may_ask};
use crate::model::{Error, Reason};

/// In the place of an origin: every one.
pub const EVERY_ORIGIN: &str = "*";

/// What gRPC-Web is called, by what it is called in requests: binary, and in Base64.
const WEB: [(&str, HeaderValue); 4] = [
    ("application/grpc-web", BINARY),
    ("application/grpc-web+proto", BINARY),
    ("application/grpc-web-text", TEXT),
    ("application/grpc-web-text+proto", TEXT),
];
const BINARY: HeaderValue = HeaderValue::from_static("application/grpc-web+proto");
const TEXT: HeaderValue = HeaderValue::from_static("application/grpc-web-text+proto");

/// The headers of an answer without a body in which a page finds what became of its call.
const EXPOSED: HeaderValue = HeaderValue::from_static("grpc-status,grpc-message,grpc-status-details-bin");

/// How long a browser remembers what it was allowed, seconds; none remembers it longer than a few of these.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// Admits pages, and translates what they send and are sent.
pub async fn layer(State(origins): State<Arc<[String]>>, request: Request, next: Next) -> Response {
    if request.version() >= Version::HTTP_2 {
        return admitted(&origins, request, next).await;
    }
    let (parts, body) = request.into_parts();
    let (body, unread) = lend(body);
    let answer = admitted(&origins, Request::from_parts(parts, body), next).await;
    unread.discard().await;
    answer
}

async fn admitted(origins: &[String], request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(ORIGIN).cloned() else { return translated(request, next).await };
    let every = origins.iter().any(|listed| listed == EVERY_ORIGIN);
    if !every && !page_may_ask(&request, origins) {
        return stranger(&request, &origin);
    }
    let mut answer = match preflight(&request) {
        Some(answer) => answer,
        None => translated(request, next).await,
    };
    let headers = answer.headers_mut();
    if every {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static(EVERY_ORIGIN));
    } else if origin.to_str().is_ok_and(|origin| is_listed(origin, origins)) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.append(VARY, HeaderValue::from_static("origin"));
    }
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    answer
}

/// Whether a request is gRPC, by what it says it holds.
pub fn is_grpc(headers: &HeaderMap) -> bool {
    let kind = kind(headers);
    ["application/grpc", "application/grpc+proto"].iter().any(|grpc| kind.eq_ignore_ascii_case(grpc))
}

/// The answer to what is no gRPC.
pub fn no_grpc() -> Response {
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, "this is no gRPC and no gRPC-Web\n").into_response()
}

/// What a request holds, without parameters.
fn kind(headers: &HeaderMap) -> &str {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim()
}

fn web(headers: &HeaderMap) -> Option<HeaderValue> {
    let kind = kind(headers);
    WEB.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(kind)).map(|(_, value)| value)
}

async fn translated(mut request: Request, next: Next) -> Response {
    let Some(web) = web(request.headers()) else {
        if request.version() < Version::HTTP_2 && is_grpc(request.headers()) {
            let why = "gRPC needs HTTP/2; over HTTP/1.1 speak gRPC-Web\n";
            return (StatusCode::HTTP_VERSION_NOT_SUPPORTED, why).into_response();
        }
        return next.run(request).await;
    };
    request.headers_mut().insert(CONTENT_TYPE, web);
    let next = next.map_request(|request: http::Request<tonic::body::Body>| request.map(Body::new));
    let answer: Result<http::Response<tonic::body::Body>, Infallible> =
        GrpcWebLayer::new().layer(next).oneshot(request).await;
    answer.unwrap_or_else(|never| match never {}).map(Body::new)
}

/// The answer to a browser that asks whether a page may call, which nobody's credentials are needed for. None to anything
/// else.
fn preflight(request: &Request) -> Option<Response> {
    let asks = request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    asks.then(|| {
        let mut answer = StatusCode::NO_CONTENT.into_response();
        let headers = answer.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        // Whatever it asks for: a client may be told to send more, for proxies, and what is not known here is not read.
        if let Some(wanted) = request.headers().get(ACCESS_CONTROL_REQUEST_HEADERS) {
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
        }
        answer
    })
}

/// The answer to a page of an origin that is not listed. Its browser shows it nothing of this.
fn stranger(request: &Request, origin: &HeaderValue) -> Response {
    let peer = request.extensions().get::<Arc<Peer>>().map(|peer| tracing::field::display(peer.address));
    tracing::warn!(peer, ?origin, "call refused, its page is of an origin that is not listed");
    if preflight(request).is_some() {
        return (StatusCode::FORBIDDEN, "the origin is not listed\n").into_response();
    }
    let mut answer = status(&Error::new(Reason::PermissionDenied, "the page's origin is not listed")).into_http();
    answer.headers_mut().extend(web(request.headers()).map(|_| (CONTENT_TYPE, BINARY)));
    answer
}
