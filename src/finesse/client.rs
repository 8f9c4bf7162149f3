//! The REST client: one HTTP call per request, as the agent, with deadlines and bounded answers.
//!
//! Here is how a call is made; what can be read is in `ask`, what can be changed in `act`.

mod act;
mod ask;

use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::ExposeSecret;

use super::answer::{Answer, Verdict, not_understood};
use super::credentials::Credentials;
use super::options::{BuildError, Options, Side, Transport};
use super::tls;
use super::xml::XmlError;
use crate::model::id::RequestId;
use crate::model::{Error, Reason};
use crate::shutdown::shard;

pub use act::{Action, Mobile};

/// Connections that are kept for the next requests, of all shards together and of one at least. Fewer than a busy moment
/// has under way would be opened and closed all the time, each with a handshake.
const MOST_IDLE: usize = 256;
const LEAST_IDLE: usize = 16;

/// What became of a request that changes something.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SendError {
    /// It never left: no connection, or an input that can't be sent.
    #[error("not sent: {0}")]
    NotSent(Error),
    /// Finesse refused it; nothing was done.
    #[error("refused: {0}")]
    Refused(Error),
    /// It was sent, and the answer was lost or not understood: it may have been done.
    #[error("outcome unknown: {0}")]
    Unknown(Error),
}

impl SendError {
    /// The error within, whatever became of the request.
    pub fn into_error(self) -> Error {
        match self {
            Self::NotSent(error) | Self::Refused(error) | Self::Unknown(error) => error,
        }
    }
}

/// Calls Finesse. Clones are cheap and share one pool of connections.
#[derive(Clone, Debug)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// One for each shard.
    pools: Vec<reqwest::Client>,
    tls: Arc<rustls::ClientConfig>,
    options: Options,
    side: Side,
}

impl Client {
    /// Checks the options and builds the client; connects to nothing.
    pub fn new(options: Options) -> Result<Self, BuildError> {
        let mut side = options.sides.first().cloned().ok_or(BuildError::NoSide)?;
        for side in &options.sides {
            check_address(&side.rest)?;
            if side.notify.transport == Transport::Plain && !options.allow_plain {
                return Err(BuildError::PlainNotAllowed);
            }
        }
        side.rest.truncate(side.rest.trim_end_matches('/').len());
        let tls = tls::client_config(&options.tls, options.sides.iter().any(Side::needs_tls))?;
        let mut rest_tls = tls.clone();
        rest_tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let pool = |_| pool(&options, rest_tls.clone());
        let pools = (0..options.pools.max(1)).map(pool).collect::<Result<_, _>>()?;
        Ok(Self { inner: Arc::new(Inner { pools, tls: Arc::new(tls), options, side }) })
    }

    /// The connections of the shard that asks.
    fn http(&self) -> Result<&reqwest::Client, Error> {
        let pools = &self.inner.pools;
        let none = || Error::new(Reason::GeneralError, "there are no connections to finesse");
        pools.get(shard() % pools.len().max(1)).ok_or_else(none)
    }

    /// The options it was built with.
    pub fn options(&self) -> &Options {
        &self.inner.options
    }

    /// How long an answer may take.
    pub fn answer_timeout(&self) -> Duration {
        self.inner.options.answer_timeout
    }

    /// The side in use.
    pub(super) fn side(&self) -> &Side {
        &self.inner.side
    }

    /// TLS as the options want it, without ALPN.
    pub(super) fn tls(&self) -> Arc<rustls::ClientConfig> {
        self.inner.tls.clone()
    }

    async fn get<T>(
        &self,
        who: Option<&Credentials>,
        path: &[&str],
        query: Option<(&str, &str)>,
        parse: impl FnOnce(&str) -> Result<T, XmlError>,
    ) -> Result<T, Error> {
        read(self.fetch(who, path, query).await?, parse)
    }

    /// As [`Client::get`]; none where this release of Finesse has no such resource.
    async fn get_if_served<T>(
        &self,
        who: &Credentials,
        path: &[&str],
        parse: impl FnOnce(&str) -> Result<T, XmlError>,
    ) -> Result<Option<T>, Error> {
        let answer = self.fetch(Some(who), path, None).await?;
        if answer.is_of_no_resource() { Ok(None) } else { read(answer, parse).map(Some) }
    }

    async fn fetch(
        &self,
        who: Option<&Credentials>,
        path: &[&str],
        query: Option<(&str, &str)>,
    ) -> Result<Answer, Error> {
        let request = self.http()?.get(self.url(path)?).query(query.as_slice());
        self.call(request, who).await.map_err(|(error, _)| error)
    }

    async fn send(
        &self,
        who: &Credentials,
        method: Method,
        path: &[&str],
        body: String,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        let request = self
            .http()
            .map_err(SendError::NotSent)?
            .request(method, self.url(path).map_err(SendError::NotSent)?)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/xml"))
            .header("requestId", tag.to_string())
            .body(body);
        let answer = self
            .call(request, Some(who))
            .await
            .map_err(|(error, sent)| if sent { SendError::Unknown(error) } else { SendError::NotSent(error) })?;
        match answer.verdict() {
            Verdict::Done(_) => Ok(()),
            Verdict::Refused(error) => Err(SendError::Refused(error)),
            Verdict::NotUnderstood(error) => Err(SendError::Unknown(error)),
        }
    }

    /// Sends and reads the whole answer. An error says whether the request may have arrived.
    async fn call(&self, request: reqwest::RequestBuilder, who: Option<&Credentials>) -> Result<Answer, (Error, bool)> {
        let request = match who {
            Some(who) => request.basic_auth(&who.agent_id, Some(who.password.expose_secret())),
            None => request,
        };
        let mut response = request.send().await.map_err(failure)?;
        let mut answer = Answer::new(response.status().as_u16(), response.headers());
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if answer.body.len() + chunk.len() > self.inner.options.max_answer => {
                    return Err((Error::new(Reason::FinesseUnreachable, "finesse's answer is too long"), true));
                }
                Ok(Some(chunk)) => answer.body.extend_from_slice(&chunk),
                Ok(None) => return Ok(answer),
                // The status came, and a refusal needs no words.
                Err(_) if answer.status >= 400 => return Ok(answer),
                Err(e) => return Err(failure(e)),
            }
        }
    }

    /// The address of an object. Segments are data: whatever they hold, they stay one segment.
    fn url(&self, path: &[&str]) -> Result<String, Error> {
        const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'@');
        let mut url = format!("{}/finesse/api", self.inner.side.rest);
        for segment in path {
            // A URL's dot segments are resolved even when they are percent-encoded.
            if matches!(*segment, "." | "..") {
                return Err(Error::new(Reason::InvalidInput, "an id can't be a dot or two"));
            }
            url.push('/');
            url.extend(utf8_percent_encode(segment, KEPT));
        }
        Ok(url)
    }
}

/// Connections to one node; an answer is due in time whatever the request.
fn pool(options: &Options, tls: rustls::ClientConfig) -> Result<reqwest::Client, BuildError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(options.connect_timeout)
        .timeout(options.answer_timeout)
        .tcp_nodelay(true)
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host((MOST_IDLE / options.pools.max(1)).max(LEAST_IDLE))
        .user_agent(concat!("generic-connector/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|e| BuildError::Setup(e.to_string()))
}

impl Side {
    fn needs_tls(&self) -> bool {
        self.rest.starts_with("https:")
            || match self.notify.transport {
                Transport::WebSocket => self.notify.secure,
                Transport::StartTls | Transport::Tls => true,
                Transport::Plain => false,
            }
    }
}

fn check_address(rest: &str) -> Result<(), BuildError> {
    let bad = || BuildError::Address(rest.to_owned());
    let url = reqwest::Url::parse(rest).map_err(|_| bad())?;
    let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    if plain && web { Ok(()) } else { Err(bad()) }
}

fn read<T>(answer: Answer, parse: impl FnOnce(&str) -> Result<T, XmlError>) -> Result<T, Error> {
    match answer.verdict() {
        Verdict::Done(body) => parse(&body).map_err(not_understood),
        Verdict::Refused(error) | Verdict::NotUnderstood(error) => Err(error),
    }
}

/// A call without an answer: the error, and whether the request may have reached Finesse.
fn failure(e: reqwest::Error) -> (Error, bool) {
    let (text, sent) = if e.is_connect() {
        (
            if e.is_timeout() {
                "finesse does not accept connections in time"
            } else {
                "finesse can't be connected to"
            },
            false,
        )
    } else if e.is_builder() {
        ("the request can't be built", false)
    } else if e.is_timeout() {
        ("finesse did not answer in time", true)
    } else {
        ("the connection to finesse was lost before its answer", true)
    };
    tracing::debug!(error = ?e.without_url(), sent, "finesse call failed");
    (Error::new(Reason::FinesseUnreachable, text), sent)
}
