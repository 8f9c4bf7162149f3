//! How many frames a client may send that bring nothing: HTTP/2 lets it have a PING or SETTINGS answered, a stream begun and
//! taken back, for ever, and below this nobody counts.
//!
//! A frame without data is charged: to a budget that time fills again, and what the client is answered. So who works is
//! never short of it, however fast, and who floods is within milliseconds.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::yield_now;
use tokio::time::Instant;

use super::admission::cut;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const DATA: u8 = 0;
const HEADERS: u8 = 1;

/// An event or a reply has no fewer bytes; who takes an answer byte by byte earns nothing by it.
const WORTH: u32 = 32;
/// What a frame of an answer gives: a client grants windows for it, measures the way by a PING, and asks the next thing.
const EARNED: u32 = 4;

/// So many of them are taken at once; then others have their turn.
const AT_ONCE: u32 = 500;

/// GOAWAY: whatever was begun may have been done (the highest stream), ENHANCE_YOUR_CALM.
const GOODBYE: &[u8] = b"\0\0\x08\x07\0\0\0\0\0\x7f\xff\xff\xff\0\0\0\x0b";

/// The head of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which frame, as HTTP/2 numbers them.
    pub kind: u8,
    /// Bytes of its payload.
    pub length: u32,
}

/// Finds the frames in one direction's bytes, in whatever pieces they come.
#[derive(Debug, Default)]
pub struct Frames {
    head: Vec<u8>,
    /// Bytes of the frame's payload that are still to come.
    rest: usize,
}

impl Frames {
    /// Calls `each` for every frame that begins in `bytes`.
    pub fn follow(&mut self, mut bytes: &[u8], mut each: impl FnMut(Head)) {
        while !bytes.is_empty() {
            let within = self.rest.min(bytes.len());
            self.rest -= within;
            bytes = bytes.get(within..).unwrap_or_default();
            let (head, behind) = bytes.split_at(bytes.len().min(9 - self.head.len()));
            self.head.extend_from_slice(head);
            bytes = behind;
            if let [a, b, c, kind, _, _, _, _, _] = *self.head {
                let length = u32::from_be_bytes([0, a, b, c]);
                self.head.clear();
                self.rest = length as usize;
                each(Head { kind, length });
            }
        }
    }

    /// Whether a frame may begin here.
    pub fn is_between(&self) -> bool {
        self.rest == 0 && self.head.is_empty()
    }
}

/// What a client may send, as a number of frames.
#[derive(Debug)]
struct Budget {
    left: u32,
    most: u32,
    filled: Instant,
}

impl Budget {
    fn new(most: u32) -> Self {
        Self { left: most, most, filled: Instant::now() }
    }

    fn earn(&mut self, frames: u32) {
        self.left = self.left.saturating_add(frames).min(self.most);
    }

    /// Takes what some frames cost. None when there is too little of it.
    fn spend(&mut self, frames: u32, now: Instant) -> Option<()> {
        if self.left < frames {
            let since = now.saturating_duration_since(self.filled);
            let filled = u128::from(self.most) * since.as_millis() / Duration::from_secs(1).as_millis();
            if filled > 0 {
                self.earn(u32::try_from(filled).unwrap_or(self.most));
                self.filled = now;
            }
        }
        self.left = self.left.checked_sub(frames)?;
        Some(())
    }
}

/// What a connection has turned out to be.
#[derive(Debug)]
enum Protocol {
    /// So many bytes of HTTP/2's preface have come, and nothing else.
    Unknown(usize),
    Http2,
    Other,
}

/// A connection that fails when its client sends too many frames that bring nothing.
#[derive(Debug)]
pub struct Metered<T> {
    stream: T,
    protocol: Protocol,
    heard: Frames,
    said: Frames,
    budget: Budget,
    /// How many were charged since others had their turn.
    at_once: u32,
}

impl<T> Metered<T> {
    /// Wraps a connection on which `most` frames a second may come that bring nothing.
    pub fn new(stream: T, most: u32) -> Self {
        let (heard, said) = Default::default();
        Self { stream, protocol: Protocol::Unknown(0), heard, said, budget: Budget::new(most), at_once: 0 }
    }

    /// Counts what came. None when it is too much.
    fn hear(&mut self, mut bytes: &[u8]) -> Option<()> {
        if let Protocol::Unknown(known) = self.protocol {
            let (first, behind) = bytes.split_at(bytes.len().min(PREFACE.len() - known));
            bytes = behind;
            let known = known + first.len();
            self.protocol = match PREFACE.get(..known) {
                Some(preface) if !preface.ends_with(first) => Protocol::Other,
                Some(PREFACE) => Protocol::Http2,
                _ => Protocol::Unknown(known),
            };
        }
        if !matches!(self.protocol, Protocol::Http2) {
            return Some(());
        }
        let mut cost = 0;
        self.heard.follow(bytes, |head| cost += u32::from(head.kind != DATA || head.length == 0));
        self.at_once = self.at_once.saturating_add(cost);
        self.budget.spend(cost, Instant::now())
    }

    fn say(&mut self, bytes: &[u8]) {
        if matches!(self.protocol, Protocol::Http2) {
            let mut earned = 0;
            let is_answer = |head: Head| head.kind == HEADERS || head.kind == DATA && head.length >= WORTH;
            self.said.follow(bytes, |head| earned += if is_answer(head) { EARNED } else { 0 });
            self.budget.earn(earned);
        }
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncRead for Metered<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.at_once >= AT_ONCE {
            self.at_once = 0;
            // Woken behind what has come on other connections; by itself it would be woken before anybody looks there.
            return pin!(yield_now()).poll(cx).map(Ok);
        }
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if self.hear(buf.filled().get(before..).unwrap_or_default()).is_some() {
            return read;
        }
        if self.said.is_between() {
            // It is told why, if it listens.
            let _ = Pin::new(&mut self.stream).poll_write(cx, GOODBYE);
            let _ = Pin::new(&mut self.stream).poll_flush(cx);
        }
        cut("flood");
        Poll::Ready(Err(io::Error::other("the peer sends too many frames that bring nothing")))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Metered<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        if let Poll::Ready(Ok(count)) = &written {
            self.say(buf.get(..*count).unwrap_or_default());
        }
        written
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
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        if let Poll::Ready(Ok(count)) = &written {
            let mut left = *count;
            for buf in bufs {
                let taken = buf.len().min(left);
                self.say(buf.get(..taken).unwrap_or_default());
                left -= taken;
            }
        }
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::time::advance;

    use super::*;

    const PING: &[u8] = b"\0\0\x08\x06\0\0\0\0\0pingpong";

    fn data(length: u8) -> Vec<u8> {
        [&[0, 0, length, DATA, 0, 0, 0, 0, 1][..], &vec![0; length.into()]].concat()
    }

    #[test]
    fn frames_are_found_in_any_pieces() {
        let bytes = [PING, &data(0), &data(200), PING].concat();
        let wanted = [(6, 8), (0, 0), (0, 200), (6, 8)].map(|(kind, length)| Head { kind, length });
        for piece in [1, 2, 8, 9, 10, 17, 100, bytes.len()] {
            let (mut frames, mut found) = (Frames::default(), Vec::new());
            bytes.chunks(piece).for_each(|bytes| frames.follow(bytes, |head| found.push(head)));
            assert_eq!(found, wanted, "in pieces of {piece}");
            assert!(frames.is_between());
            frames.follow(&PING[..3], |_| panic!("a whole head"));
            assert!(!frames.is_between());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_is_cut_with_a_word_and_the_same_in_time_is_not() {
        let (mut client, server) = tokio::io::duplex(64 * 1024);
        let mut server = Metered::new(server, 100);
        let mut buffer = vec![0; 64 * 1024];
        client.write_all(PREFACE).await.unwrap();
        for _ in 0..10 {
            client.write_all(&PING.repeat(100)).await.unwrap();
            server.read_exact(&mut buffer[..PING.len() * 100]).await.unwrap();
            advance(Duration::from_secs(1)).await;
        }
        client.write_all(&PING.repeat(201)).await.unwrap();
        server.read(&mut buffer).await.unwrap_err();
        client.read_exact(&mut buffer[..GOODBYE.len()]).await.unwrap();
        assert_eq!(buffer[..GOODBYE.len()], *GOODBYE);
    }

    #[tokio::test(start_paused = true)]
    async fn data_is_free_and_answers_pay_for_what_they_cause() {
        let (mut client, server) = tokio::io::duplex(64 * 1024);
        let mut server = Metered::new(server, 10);
        let mut buffer = vec![0; 64 * 1024];
        client.write_all(PREFACE).await.unwrap();
        client.write_all(&data(1).repeat(1000)).await.unwrap();
        server.read_exact(&mut buffer[..PREFACE.len() + 10_000]).await.unwrap();
        for _ in 0..100 {
            server.write_all(&data(100).repeat(2)).await.unwrap();
            client.read_exact(&mut buffer[..218]).await.unwrap();
            client.write_all(&PING.repeat(8)).await.unwrap();
            server.read_exact(&mut buffer[..PING.len() * 8]).await.unwrap();
        }
        // Answers to pings and crumbs are no answers.
        server.write_all(&[PING, &data(1)].concat().repeat(100)).await.unwrap();
        client.write_all(&PING.repeat(11)).await.unwrap();
        server.read(&mut buffer).await.unwrap_err();
    }

    #[tokio::test(start_paused = true)]
    async fn another_protocol_is_left_alone() {
        let (mut client, server) = tokio::io::duplex(64 * 1024);
        let mut server = Metered::new(server, 1);
        let request = [b"PRINT / HTTP/1.1\r\n\r\n".as_slice(), &[0; 9000]].concat();
        for part in request.chunks(3) {
            client.write_all(part).await.unwrap();
        }
        server.read_exact(&mut vec![0; request.len()]).await.unwrap();
    }
}
