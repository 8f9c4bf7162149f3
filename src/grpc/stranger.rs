//! What a caller whom nobody knows yet may send.
//!
//! A message is buffered until it is whole, on each of a connection's streams: for whoever has shown nothing that must
//! cost little, however large the requests of those who have may be.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use futures_util::StreamExt;

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

/// The body of a stranger's request. It breaks when it becomes too long before the acquaintance is made.
pub fn bounded(body: Body, known: Acquaintance) -> Body {
    let mut left = MOST;
    Body::from_stream(body.into_data_stream().map(move |part| {
        let part = part?;
        if !known.0.load(Ordering::Relaxed) {
            let rest = left.checked_sub(part.len().max(PART));
            left = rest.ok_or_else(|| axum::Error::new(status(&too_much())))?;
        }
        Ok::<_, axum::Error>(part)
    }))
}

fn too_much() -> Error {
    Error::new(Reason::InvalidInput, format!("a call without credentials may have {MOST} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
