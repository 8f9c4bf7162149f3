//! What of a request nobody has read when its answer is there.
//!
//! An HTTP/1.1 connection with an unread request is closed behind the answer, and what then still arrives makes the kernel
//! take back an answer that is on its way. A refusal, which reads nothing, would reach a page now and then only.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::StreamExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::stranger::PART;

/// How much is read for nobody, and for how long.
const MOST: usize = 64 * 1024;
const LONGEST: Duration = Duration::from_secs(1);

/// A body that comes back when its reader drops it.
struct Lent {
    body: Body,
    back: Option<oneshot::Sender<Body>>,
}

/// What may come back of a body.
pub struct Unread(oneshot::Receiver<Body>);

/// Lends a body.
pub fn lend(body: Body) -> (Body, Unread) {
    let (back, unread) = oneshot::channel();
    (Body::new(Lent { body, back: Some(back) }), Unread(unread))
}

impl Unread {
    /// Reads what came back to its end, or to the limits. A body that is still being read is left alone.
    pub async fn discard(mut self) {
        let Ok(body) = self.0.try_recv() else { return };
        let mut parts = body.into_data_stream();
        let read = async {
            let mut left = MOST;
            while let Some(Ok(part)) = parts.next().await {
                let Some(rest) = left.checked_sub(part.len().max(PART)) else { return };
                left = rest;
            }
        };
        // Who is later than that has to live with a connection that is closed.
        let _ = timeout(LONGEST, read).await;
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(back) = self.back.take()
            && !self.body.is_end_stream()
        {
            // Nobody waits for it where the connection is gone.
            let _ = back.send(std::mem::take(&mut self.body));
        }
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::stream;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_was_not_read_is_read_and_what_never_ends_is_not() {
        let read = Arc::new(AtomicUsize::new(0));
        let parts = |count: usize| {
            let read = read.clone();
            stream::iter(0..count).map(move |_| {
                read.fetch_add(1, Ordering::Relaxed);
                Ok::<_, axum::Error>(vec![0; 1024])
            })
        };
        let count = || read.swap(0, Ordering::Relaxed);
        let (body, unread) = lend(Body::from_stream(parts(10)));
        drop(body);
        unread.discard().await;
        assert_eq!(count(), 10);

        let (body, unread) = lend(Body::from_stream(parts(1000)));
        drop(body);
        unread.discard().await;
        assert_eq!(count(), MOST / 1024 + 1);

        let each = read.clone();
        let crumbs = stream::iter(0..MOST).map(move |_| {
            each.fetch_add(1, Ordering::Relaxed);
            Ok::<_, axum::Error>(vec![0])
        });
        let (body, unread) = lend(Body::from_stream(crumbs));
        drop(body);
        unread.discard().await;
        assert_eq!(count(), MOST / PART + 1);

        let (body, unread) = lend(Body::from_stream(parts(1).chain(stream::pending())));
        drop(body);
        unread.discard().await;
        assert_eq!(count(), 1);

        let (body, unread) = lend(Body::from_stream(parts(1)));
        unread.discard().await;
        assert_eq!(axum::body::to_bytes(body, 4096).await.unwrap().len(), 1024);
    }
}
