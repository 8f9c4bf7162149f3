//! HTTP towards Finesse: pooled connections, a request and its whole answer, bounded in time and size.
//!
//! It is hyper's pooled client as it is. What a client for the whole web adds to it (redirects, proxies, cookies, retries,
//! its own URLs) is not wanted here, and costs as much as the request itself: docs/profiling.md.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper_rustls::{HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error as CallError};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use secrecy::ExposeSecret;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tower::util::BoxCloneSyncService;
use tower::{BoxError, Service as _, service_fn};

use super::answer::Answer;
use super::credentials::Credentials;
use super::options::Options;
use crate::model::id::RequestId;
use crate::model::{Error, Reason};

/// Connections that are kept for the next requests, of all shards together and of one at least. Fewer than a busy moment
/// has under way would be opened and closed all the time, each with a handshake.
const MOST_IDLE: usize = 256;
const LEAST_IDLE: usize = 16;
/// How long one is kept.
const IDLE: Duration = Duration::from_secs(30);

const AGENT: HeaderValue = HeaderValue::from_static(concat!("generic-connector/", env!("CARGO_PKG_VERSION")));
const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
const XML: HeaderValue = HeaderValue::from_static("application/xml");
const REQUEST_ID: HeaderName = HeaderName::from_static("requestid");

type Connector = BoxCloneSyncService<Uri, MaybeHttpsStream<TokioIo<TcpStream>>, BoxError>;

/// What is asked: a change has a body and a tag by which its notification is known.
pub(super) struct Call {
    pub method: Method,
    pub uri: Uri,
    pub change: Option<(String, RequestId)>,
}

/// No answer: why, and whether the request may have arrived.
#[derive(Debug)]
pub(super) struct Unanswered {
    pub error: Error,
    pub sent: bool,
}

impl Unanswered {
    fn new(text: &'static str, sent: bool) -> Self {
        Self { error: Error::new(Reason::FinesseUnreachable, text), sent }
    }
}

/// The connections of one shard, used where they are read.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    client: Client<Connector, Full<Bytes>>,
    answer_timeout: Duration,
    max_answer: usize,
}

impl Pool {
    /// An empty one.
    pub(super) fn new(options: &Options, tls: rustls::ClientConfig) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        let https = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http();
        let https = https.enable_all_versions().wrap_connector(tcp);
        let limit = options.connect_timeout;
        let connector = service_fn(move |uri| {
            let connecting = https.clone().call(uri);
            async move { timeout(limit, connecting).await.unwrap_or_else(|late| Err(io::Error::from(late).into())) }
        });
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host((MOST_IDLE / options.pools.max(1)).max(LEAST_IDLE))
            .build(BoxCloneSyncService::new(connector));
        Self { client, answer_timeout: options.answer_timeout, max_answer: options.max_answer }
    }

    /// Sends a request and reads the whole answer.
    pub(super) async fn call(&self, call: Call, who: Option<&Credentials>) -> Result<Answer, Unanswered> {
        let by = Instant::now() + self.answer_timeout;
        let late = |_| Unanswered::new("finesse did not answer in time", true);
        let request = request(call, who)?;
        let sent = timeout_at(by, self.client.request(request)).await.map_err(late)?;
        let (head, mut body) = sent.map_err(failure)?.into_parts();
        let mut answer = Answer::new(head.status.as_u16(), &head.headers);
        loop {
            let part = match timeout_at(by, body.frame()).await.map_err(late) {
                Ok(None) => return Ok(answer),
                Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
                // The status came, and a refusal needs no words.
                _ if answer.status >= 400 => return Ok(answer),
                Ok(Some(Err(error))) => {
                    tracing::debug!(%error, "finesse's answer broke off");
                    return Err(lost());
                }
                Err(late) => return Err(late),
            };
            if answer.body.len() + part.len() > self.max_answer {
                return Err(Unanswered::new("finesse's answer is too long", true));
            }
            answer.body.extend_from_slice(&part);
        }
    }
}

fn request(call: Call, who: Option<&Credentials>) -> Result<Request<Full<Bytes>>, Unanswered> {
    let Call { method, uri, change } = call;
    let mut headers = HeaderMap::with_capacity(6);
    headers.insert(ACCEPT, ANYTHING);
    headers.insert(USER_AGENT, AGENT);
    if let Some(who) = who {
        headers.insert(AUTHORIZATION, basic(who)?);
    }
    let body = match change {
        Some((body, tag)) => {
            headers.insert(CONTENT_TYPE, XML);
            headers.insert(REQUEST_ID, value(tag.to_string())?);
            body
        }
        None => String::new(),
    };
    let mut request = Request::new(Full::from(body));
    (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (method, uri, headers);
    Ok(request)
}

/// The agent's name and password.
fn basic(who: &Credentials) -> Result<HeaderValue, Unanswered> {
    let plain = format!("{}:{}", who.agent_id, who.password.expose_secret());
    let mut text = "Basic ".to_owned();
    STANDARD.encode_string(plain, &mut text);
    let mut value = value(text)?;
    value.set_sensitive(true);
    Ok(value)
}

fn value(text: String) -> Result<HeaderValue, Unanswered> {
    HeaderValue::try_from(text).map_err(|_| Unanswered::new("the request can't be built", false))
}

/// A call without an answer.
fn failure(error: CallError) -> Unanswered {
    let sent = !error.is_connect();
    tracing::debug!(?error, sent, "finesse call failed");
    match (sent, is_timeout(&error)) {
        (true, _) => lost(),
        (false, true) => Unanswered::new("finesse does not accept connections in time", false),
        (false, false) => Unanswered::new("finesse can't be connected to", false),
    }
}

fn lost() -> Unanswered {
    Unanswered::new("the connection to finesse was lost before its answer", true)
}

fn is_timeout(error: &CallError) -> bool {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    causes.filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::TimedOut)
}
