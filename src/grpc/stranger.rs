//! What a caller whom nobody knows yet may send.
//!
//! A message is buffered until it is whole, on each of a connection's streams: for whoever has shown nothing that must
//! cost little and not for long, however large the requests of those who have may be.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Poll, ready};

use axum::body::Body;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::poll_fn;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue};
use hyper::body::Body as HttpBody;
use tokio::time::{Instant, sleep_until};
use tonic::codegen::StdError;

use super::status::status;
use crate::model::{Error, Reason};

/// Most bytes that a stranger sends on one call: several times what the longest Connect has.
const MOST: usize = 4 * 1024;
/// What a part of a body counts at least: one of a byte is as much work as one of many.
pub const PART: usize = 64;

/// Whether the caller has said who they are since the call began. In the extensions of a stranger's request.
#[derive(Clone, Debug, Default)]
pub struct Acquaintance(Arc<AtomicBool>);

impl Acquaintance {
    /// The caller is known from here on.
    pub fn make(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What of a stranger's headers anybody reads after the gate, and how long each may be.
const READ: [HeaderName; 5] = [
    CONTENT_TYPE,
    AUTHORIZATION,
    HeaderName::from_static("grpc-timeout"),
    HeaderName::from_static("grpc-encoding"),
    HeaderName::from_static("grpc-accept-encoding"),
];
const LONGEST: usize = 512;

/// The headers of a stranger's request without what nobody reads, for they stay until the message has come. As copies: a
/// header keeps all that came with it.
pub fn needed(headers: &HeaderMap) -> HeaderMap {
    let copy = |name: HeaderName| {
        let value = headers.get(&name).filter(|value| value.len() <= LONGEST)?;
        let mut copy = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        copy.set_sensitive(name == AUTHORIZATION);
        Some((name, copy))
    };
    READ.into_iter().filter_map(copy).collect()
}

/// The body of a stranger's request. It breaks when it becomes too long, or has not come by a moment, before the
/// acquaintance is made.
pub fn bounded<B>(body: B, known: Acquaintance, by: Instant) -> Body
where
    B: HttpBody<Data = Bytes, Error: Into<StdError>> + Send + 'static,
{
    let body = Body::new(body);
    let (mut parts, mut late) = (body.into_data_stream(), Box::pin(sleep_until(by)));
    let mut left = MOST;
    Body::from_stream(poll_fn(move |cx| {
        let stranger = !known.0.load(Ordering::Relaxed);
        if stranger && late.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(broken(&too_late()))));
        }
        let part = match ready!(parts.poll_next_unpin(cx)) {
            Some(Ok(part)) => part,
            other => return Poll::Ready(other),
        };
        let rest = left.checked_sub(part.len().max(PART));
        match rest {
            Some(rest) if stranger => left = rest,
            None if stranger => return Poll::Ready(Some(Err(broken(&too_much())))),
            _ => {}
        }
        Poll::Ready(Some(Ok(part)))
    }))
}

fn broken(error: &Error) -> axum::Error {
    axum::Error::new(status(error))
}

fn too_much() -> Error {
    Error::new(Reason::InvalidInput, format!("a call without credentials may have {MOST} bytes"))
}

fn too_late() -> Error {
    Error::new(Reason::CommandExpired, "the message of a call without credentials took too long")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    fn bounded(body: Body, known: Acquaintance) -> Body {
        super::bounded(body, known, Instant::now() + Duration::from_secs(10))
    }

    #[test]
    fn what_nobody_reads_of_a_stranger_s_headers_is_let_go() {
        let long = "x".repeat(LONGEST + 1);
        let of = |headers: &[(&'static str, &str)]| -> HeaderMap {
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
        };
        let needful = [("content-type", "application/grpc"), ("grpc-timeout", "5S"), ("authorization", "Bearer t")];
        let sent = [&needful[..], &[("x-a", "1"), ("grpc-encoding", &long)]].concat();
        assert_eq!(needed(&of(&sent)), of(&needful));
    }

    #[tokio::test(start_paused = true)]
    async fn only_a_stranger_s_request_has_a_time() {
        let endless =
            |known| bounded(Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, axum::Error>>()), known);
        let read = |body| timeout(Duration::from_secs(60), axum::body::to_bytes(body, usize::MAX));
        let begun = Instant::now();
        assert!(read(endless(Acquaintance::default())).await.unwrap().is_err());
        assert_eq!(begun.elapsed().as_secs(), 10);
        let known = Acquaintance::default();
        known.make();
        assert!(read(endless(known)).await.is_err(), "it goes on");
    }

    #[tokio::test]
    async fn crumbs_count_as_much_as_the_work_that_they_make() {
        let crumbs = |count| {
            let crumbs = (0..count).map(|_| Ok::<_, axum::Error>(vec![0_u8]));
            bounded(Body::from_stream(futures_util::stream::iter(crumbs)), Acquaintance::default())
        };
        assert!(axum::body::to_bytes(crumbs(MOST / PART), usize::MAX).await.is_ok());
        assert!(axum::body::to_bytes(crumbs(MOST / PART + 1), usize::MAX).await.is_err());
    }

    #[tokio::test]
    async fn only_a_stranger_s_request_has_an_end() {
        let part = |_| Ok::<_, axum::Error>(vec![0_u8; MOST]);
        let parts = || Body::from_stream(futures_util::stream::iter((0..3).map(part)));
        let stranger = axum::body::to_bytes(bounded(parts(), Acquaintance::default()), usize::MAX).await;
        assert!(stranger.is_err());
        let known = Acquaintance::default();
        known.make();
        assert_eq!(axum::body::to_bytes(bounded(parts(), known), usize::MAX).await.unwrap().len(), 3 * MOST);
        let short = axum::body::to_bytes(bounded(Body::from(vec![0; MOST]), Acquaintance::default()), usize::MAX).await;
        assert_eq!(short.unwrap().len(), MOST);
    }
}
