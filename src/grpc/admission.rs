//! How many connections there may be, and how long one may stay silent at first.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use crate::addresses::{self, Addresses};

/// The count of open connections, in all and per address.
#[derive(Debug)]
pub struct Admission {
    open: Mutex<usize>,
    emptied: Notify,
    max: usize,
    addresses: Arc<Addresses>,
}

impl Admission {
    /// At most `max` connections, at most `max_per_address` of one address (0: no limit of its own).
    pub fn new(max: usize, max_per_address: usize) -> Arc<Self> {
        let addresses = Addresses::new(max_per_address);
        Arc::new(Self { open: Mutex::default(), emptied: Notify::new(), max, addresses })
    }

    /// A place for one more connection, given back when it is dropped; none when all are taken.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let mut open = self.lock();
        if *open >= self.max {
            return None;
        }
        let of_address = self.addresses.admit(address)?;
        *open += 1;
        metrics::gauge!("gc_grpc_connections").increment(1.0);
        Some(Place { admission: self.clone(), _of_address: of_address })
    }

    /// How many connections are open.
    pub fn open(&self) -> usize {
        *self.lock()
    }

    /// Waits until no connection is open, at most `limit`. Returns whether that came about.
    pub async fn wait_empty(&self, limit: Duration) -> bool {
        let empty = async {
            while self.open() > 0 {
                self.emptied.notified().await;
            }
        };
        timeout(limit, empty).await.is_ok()
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        // A count is whole between any two statements.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one connection.
#[derive(Debug)]
pub struct Place {
    admission: Arc<Admission>,
    _of_address: addresses::Place,
}

impl Drop for Place {
    fn drop(&mut self) {
        metrics::gauge!("gc_grpc_connections").decrement(1.0);
        let mut open = self.admission.lock();
        *open = open.saturating_sub(1);
        if *open == 0 {
            self.admission.emptied.notify_one();
        }
    }
}

/// Counts a connection that is ended for what its peer does or does not do.
pub fn cut(why: &'static str) {
    metrics::counter!("gc_grpc_connections_cut_total", "why" => why).increment(1);
}

/// As long as HTTP/2's preface; no HTTP/1.1 request with its mandatory Host is shorter.
const FIRST_BYTES: usize = 24;

/// A connection that fails unless its first bytes come before a deadline, with something that it holds until it is
/// closed, upgraded or not: its place.
#[derive(Debug)]
pub struct FirstBytes<T, P> {
    stream: T,
    _place: P,
    missing: usize,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl<T, P> FirstBytes<T, P> {
    /// Wraps a connection.
    pub fn new(stream: T, deadline: Instant, place: P) -> Self {
        Self { stream, _place: place, missing: FIRST_BYTES, deadline: Some(Box::pin(sleep_until(deadline))) }
    }
}

impl<T: AsyncRead + Unpin, P: Unpin> AsyncRead for FirstBytes<T, P> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        let Some(deadline) = &mut self.deadline else { return read };
        if read.is_pending() && deadline.as_mut().poll(cx).is_ready() {
            cut("silent");
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "nothing was asked in time")));
        }
        self.missing = self.missing.saturating_sub(buf.filled().len() - before);
        if self.missing == 0 {
            self.deadline = None;
        }
        read
    }
}

impl<T: AsyncWrite + Unpin, P: Unpin> AsyncWrite for FirstBytes<T, P> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[test]
    fn places_are_bounded_and_come_back() {
        let admission = Admission::new(3, 2);
        let (a, b) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        let first = admission.admit(a).unwrap();
        let _second = admission.admit(a).unwrap();
        assert!(admission.admit(a).is_none());
        let _third = admission.admit(b).unwrap();
        assert!(admission.admit(b).is_none());
        drop(first);
        assert!(admission.admit(a).is_some());
        assert_eq!(admission.open(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn silence_at_first_ends_a_connection_and_later_does_not() {
        let deadline = Instant::now() + Duration::from_secs(1);
        let (mut client, server) = tokio::io::duplex(64);
        let mut server = FirstBytes::new(server, deadline, ());
        client.write_all(b"PRI").await.unwrap();
        let error = server.read_exact(&mut [0; 24]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);

        let (mut client, server) = tokio::io::duplex(64);
        let mut server = FirstBytes::new(server, Instant::now() + Duration::from_secs(1), ());
        client.write_all(&[0; 24]).await.unwrap();
        server.read_exact(&mut [0; 24]).await.unwrap();
        let later = timeout(Duration::from_secs(5), server.read_u8());
        assert!(later.await.is_err());
    }
}
