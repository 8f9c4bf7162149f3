//! The REST client: one HTTP call per request, as the agent, with deadlines and bounded answers.
//!
//! Here is how a call is made; what can be read is in `ask`, what can be changed in `act`.

mod act;
mod ask;

use std::sync::Arc;
use std::time::Duration;

use http::uri::Authority;
use http::{Method, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer::{Answer, Verdict, not_understood};
use super::credentials::Credentials;
use super::http::{Call, Pool, Unanswered};
use super::options::{BuildError, Options, Side, Transport};
use super::tls;
use super::xml::XmlError;
use crate::model::id::RequestId;
use crate::model::{Error, Reason};
use crate::shutdown::shard;

pub use act::{Action, Mobile};

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
    pools: Vec<Pool>,
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
        let pools = (0..options.pools.max(1)).map(|_| Pool::new(&options, tls.clone())).collect();
        Ok(Self { inner: Arc::new(Inner { pools, tls: Arc::new(tls), options, side }) })
    }

    /// The connections of the shard that asks.
    fn pool(&self) -> Result<&Pool, Error> {
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
        let call = Call { method: Method::GET, uri: self.uri(path, query)?, change: None };
        self.pool()?.call(call, who).await.map_err(|unanswered| unanswered.error)
    }

    async fn send(
        &self,
        who: &Credentials,
        method: Method,
        path: &[&str],
        body: String,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        let uri = self.uri(path, None).map_err(SendError::NotSent)?;
        let call = Call { method, uri, change: Some((body, *tag)) };
        let answer = self.pool().map_err(SendError::NotSent)?.call(call, Some(who)).await;
        let answer = answer.map_err(
            |Unanswered { error, sent }| {
                if sent { SendError::Unknown(error) } else { SendError::NotSent(error) }
            },
        )?;
        match answer.verdict() {
            Verdict::Done(_) => Ok(()),
            Verdict::Refused(error) => Err(SendError::Refused(error)),
            Verdict::NotUnderstood(error) => Err(SendError::Unknown(error)),
        }
    }

    /// The address of an object. Segments are data: whatever they hold, they stay one segment.
    fn uri(&self, path: &[&str], query: Option<(&str, &str)>) -> Result<Uri, Error> {
        const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'@');
        let mut uri = String::with_capacity(128);
        uri.push_str(&self.inner.side.rest);
        uri.push_str("/finesse/api");
        for segment in path {
            // A URL's dot segments are resolved even when they are percent-encoded.
            if matches!(*segment, "." | "..") {
                return Err(Error::new(Reason::InvalidInput, "an id can't be a dot or two"));
            }
            uri.push('/');
            uri.extend(utf8_percent_encode(segment, KEPT));
        }
        if let Some((name, value)) = query {
            uri.extend(["?", name, "="]);
            uri.extend(utf8_percent_encode(value, KEPT));
        }
        uri.try_into().map_err(|_| Error::new(Reason::InvalidInput, "the request has no valid address"))
    }
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
    let uri: Uri = rest.parse().map_err(|_| bad())?;
    let host = uri.authority().filter(|authority| !authority.as_str().contains('@')).map(Authority::host);
    let plain = uri.path() == "/" && uri.query().is_none() && !rest.contains('#');
    let web = matches!(uri.scheme_str(), Some("http" | "https")) && host.is_some_and(|host| !host.is_empty());
    if plain && web { Ok(()) } else { Err(bad()) }
}

fn read<T>(answer: Answer, parse: impl FnOnce(&str) -> Result<T, XmlError>) -> Result<T, Error> {
    match answer.verdict() {
        Verdict::Done(body) => parse(&body).map_err(not_understood),
        Verdict::Refused(error) | Verdict::NotUnderstood(error) => Err(error),
    }
}
