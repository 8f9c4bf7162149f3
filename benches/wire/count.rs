//! Counts the messages that thousands of connections bring, for far less than it costs a server to send them: one buffer
//! for all, nothing is copied, nothing is decoded but lengths.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::sync::Notify;

/// A gRPC message below this is a heartbeat, and no event or snapshot.
pub const LEAST: usize = 200;
/// How long messages may fail to come.
const PATIENCE: Duration = Duration::from_secs(60);

const HEAD: usize = 9;
const DATA: u8 = 0;
const SETTINGS: u8 = 4;
const PING: u8 = 6;

/// What tells messages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Four bytes of length before each.
    Length,
    /// Messages of gRPC in the frames of HTTP/2.
    Grpc,
    /// `MSG subject id length`, the message, and an empty line.
    Nats,
    /// A zero behind each.
    Stomp,
}

/// How many messages have come to a group of connections.
pub struct Tally {
    seen: Cell<usize>,
    wanted: Cell<usize>,
    lost: Cell<usize>,
    told: Notify,
    buffer: RefCell<Box<[u8]>>,
}

impl Default for Tally {
    fn default() -> Self {
        let buffer = RefCell::new(vec![0; 256 << 10].into_boxed_slice());
        Self { seen: Cell::new(0), wanted: Cell::new(0), lost: Cell::new(0), told: Notify::new(), buffer }
    }
}

impl Tally {
    /// Reads a connection from now on; `before` has been read of it already.
    pub fn watch<S>(self: &Rc<Self>, mut socket: S, framing: Framing, before: &[u8])
    where
        S: AsyncRead + AsyncWrite + Unpin + 'static,
    {
        let mut parts = Parts::new(framing);
        self.add(parts.take(before));
        let tally = self.clone();
        tokio::task::spawn_local(async move {
            while let Ok(true) = poll_fn(|cx| tally.read(&mut socket, &mut parts, cx)).await {
                if socket.write_all(&parts.answer).await.is_err() {
                    break;
                }
                parts.answer.clear();
            }
            tally.lost.set(tally.lost.get() + 1);
            tally.told.notify_one();
        });
    }

    /// Waits until exactly so many messages have come since the last time.
    pub async fn until(&self, wanted: usize) -> Result<()> {
        self.wanted.set(wanted);
        let waited = tokio::time::timeout(PATIENCE, async {
            while self.seen.get() < wanted && self.lost.get() == 0 {
                self.told.notified().await;
            }
        });
        let seen = if waited.await.is_ok() { self.seen.replace(0) } else { self.seen.get() };
        ensure!(self.lost.get() == 0, "{} connections were cut, with {seen} of {wanted} messages", self.lost.get());
        ensure!(seen == wanted, "{seen} messages came instead of {wanted}");
        Ok(())
    }

    /// Reads until there is something to answer, or nothing more for now; false at the end.
    fn read<S>(&self, socket: &mut S, parts: &mut Parts, cx: &mut Context<'_>) -> Poll<std::io::Result<bool>>
    where
        S: AsyncRead + Unpin,
    {
        let mut buffer = self.buffer.borrow_mut();
        loop {
            let mut read = ReadBuf::new(&mut buffer);
            ready!(Pin::new(&mut *socket).poll_read(cx, &mut read))?;
            if read.filled().is_empty() {
                return Poll::Ready(Ok(false));
            }
            self.add(parts.take(read.filled()));
            if !parts.answer.is_empty() {
                return Poll::Ready(Ok(true));
            }
        }
    }

    fn add(&self, messages: usize) {
        self.seen.set(self.seen.get() + messages);
        if messages > 0 && self.seen.get() >= self.wanted.get() {
            self.told.notify_one();
        }
    }
}

/// Where in its messages a connection is.
struct Parts {
    framing: Framing,
    /// The beginning of a frame, or a line, that came in pieces.
    head: Vec<u8>,
    /// What is left of a frame, or a message of the other framings.
    left: usize,
    /// The kind and flags of the frame.
    frame: (u8, u8),
    /// The beginning of a gRPC message, and what is left of it.
    prefix: Vec<u8>,
    message: Option<(usize, usize)>,
    /// What is to be sent.
    answer: Vec<u8>,
}

impl Parts {
    fn new(framing: Framing) -> Self {
        let (head, prefix, answer) = (Vec::new(), Vec::new(), Vec::new());
        Self { framing, head, left: 0, frame: (0, 0), prefix, message: None, answer }
    }

    /// Goes on with what has come; returns how many messages it completed.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let mut rest = bytes;
        match self.framing {
            Framing::Length => self.lengths(&mut rest),
            Framing::Grpc => self.frames(&mut rest),
            Framing::Nats => self.lines(&mut rest),
            Framing::Stomp => memchr::memchr_iter(0, bytes).count(),
        }
    }

    fn lengths(&mut self, rest: &mut &[u8]) -> usize {
        let mut messages = 0;
        loop {
            if self.left == 0 {
                let Some([a, b, c, d]) = whole::<4>(&mut self.head, rest) else { return messages };
                self.left = u32::from_be_bytes([a, b, c, d]) as usize;
            }
            if !skip(&mut self.left, rest) {
                return messages;
            }
            messages += 1;
        }
    }

    fn lines(&mut self, rest: &mut &[u8]) -> usize {
        let mut messages = 0;
        loop {
            if self.left > 0 {
                if !skip(&mut self.left, rest) {
                    return messages;
                }
                messages += 1;
            }
            let Some(end) = memchr::memchr(b'\n', rest) else {
                self.head.extend_from_slice(rest);
                return messages;
            };
            let (line, behind) = rest.split_at(end + 1);
            self.head.extend_from_slice(line);
            *rest = behind;
            if self.head.starts_with(b"PING") {
                self.answer.extend_from_slice(b"PONG\r\n");
            } else if self.head.starts_with(b"MSG ") {
                let text = std::str::from_utf8(&self.head).unwrap_or_default();
                let length: usize = text.trim_end().rsplit(' ').next().and_then(|text| text.parse().ok()).unwrap_or(0);
                self.left = length + 2;
            }
            self.head.clear();
        }
    }

    fn frames(&mut self, rest: &mut &[u8]) -> usize {
        let mut messages = 0;
        loop {
            if self.left == 0 {
                let Some([a, b, c, kind, flags, ..]) = whole::<HEAD>(&mut self.head, rest) else { return messages };
                self.left = u32::from_be_bytes([0, a, b, c]) as usize;
                self.frame = (kind, flags);
                if self.frame == (SETTINGS, 0) {
                    self.answer.extend_from_slice(&[0, 0, 0, SETTINGS, 1, 0, 0, 0, 0]);
                } else if self.frame == (PING, 0) {
                    self.answer.extend_from_slice(&[0, 0, 8, PING, 1, 0, 0, 0, 0]);
                }
            }
            let (part, behind) = rest.split_at(rest.len().min(self.left));
            *rest = behind;
            self.left -= part.len();
            match self.frame {
                (DATA, _) => messages += self.data(part),
                // What a ping says goes back.
                (PING, 0) => self.answer.extend_from_slice(part),
                _ => {}
            }
            if self.left > 0 {
                return messages;
            }
        }
    }

    fn data(&mut self, mut rest: &[u8]) -> usize {
        let mut messages = 0;
        loop {
            let (length, mut left) = match self.message.take() {
                Some(message) => message,
                None => {
                    let Some([_, a, b, c, d]) = whole::<5>(&mut self.prefix, &mut rest) else { return messages };
                    let length = u32::from_be_bytes([a, b, c, d]) as usize;
                    (length, length)
                }
            };
            if !skip(&mut left, &mut rest) {
                self.message = Some((length, left));
                return messages;
            }
            messages += usize::from(length >= LEAST);
        }
    }
}

/// Passes over what is left; false when there is more of it to come.
fn skip(left: &mut usize, rest: &mut &[u8]) -> bool {
    let (part, behind) = rest.split_at(rest.len().min(*left));
    *left -= part.len();
    *rest = behind;
    *left == 0
}

/// So many bytes from the input, of which earlier ones wait in `kept`; none when there is more of them to come.
fn whole<const N: usize>(kept: &mut Vec<u8>, rest: &mut &[u8]) -> Option<[u8; N]> {
    let (part, behind) = rest.split_at(rest.len().min(N - kept.len()));
    *rest = behind;
    kept.extend_from_slice(part);
    let bytes = kept.first_chunk::<N>().copied()?;
    kept.clear();
    Some(bytes)
}
