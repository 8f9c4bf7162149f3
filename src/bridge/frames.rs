//! How many frames of a WebSocket may come that finish no command: pings, and the pieces of a message.
//!
//! The library below takes them apart until there is a whole message, without a pause, and a piece may be empty: what one
//! client sends in a second would keep everybody else waiting for several.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::flood::Tally;

const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;
/// Opcodes from here on are of pings, their answers and the goodbye.
const CONTROL: u8 = 8;

/// Finds the frames in a client's bytes, in whatever pieces they come.
#[derive(Debug, Default)]
pub struct Frames {
    head: Vec<u8>,
    /// Bytes of the frame's payload that are still to come.
    rest: u64,
}

impl Frames {
    /// Counts the frames that begin in `bytes` and finish no command.
    pub fn follow(&mut self, mut bytes: &[u8]) -> u32 {
        let mut found: u32 = 0;
        while !bytes.is_empty() {
            let within = usize::try_from(self.rest).unwrap_or(usize::MAX).min(bytes.len());
            self.rest -= within as u64;
            bytes = bytes.get(within..).unwrap_or_default();
            let Some((byte, behind)) = bytes.split_first() else { break };
            self.head.push(*byte);
            bytes = behind;
            if let Some((length, counts)) = whole(&self.head) {
                self.rest = length;
                self.head.clear();
                found = found.saturating_add(u32::from(counts));
            }
        }
        found
    }
}

/// Of a frame's head that is whole: how long the payload is, and whether it finishes no command.
fn whole(head: &[u8]) -> Option<(u64, bool)> {
    let (first, second) = (*head.first()?, *head.get(1)?);
    let mask = if second & MASKED == 0 { 0 } else { 4 };
    let (extended, short) = match second & !MASKED {
        126 => (2, None),
        127 => (8, None),
        short => (0, Some(u64::from(short))),
    };
    let length = head.get(2..2 + extended)?;
    head.get(2 + extended..2 + extended + mask)?;
    let length = short.unwrap_or_else(|| length.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
    let finishes = first & FINAL != 0 && first & 0xf < CONTROL && length > 0;
    Some((length, !finishes))
}

/// A connection that fails when too many frames come that finish no command.
#[derive(Debug)]
pub struct Counted<T> {
    stream: T,
    frames: Frames,
    tally: Tally,
}

impl<T> Counted<T> {
    /// Wraps a connection behind the upgrade.
    pub fn new(stream: T) -> Self {
        Self { stream, frames: Frames::default(), tally: Tally::new() }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Counted<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        let found = self.frames.follow(buf.filled().get(before..).unwrap_or_default());
        match self.tally.add(found) {
            Ok(()) => read,
            Err(flood) => Poll::Ready(Err(io::Error::other(flood))),
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Counted<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::time::advance;

    use super::super::flood::Flood;
    use super::*;

    /// A frame of a client whose mask is zero.
    fn frame(first: u8, length: u64) -> Vec<u8> {
        let head = match length {
            0..126 => vec![MASKED | length as u8],
            126..65536 => [&[MASKED | 126][..], &(length as u16).to_be_bytes()].concat(),
            _ => [&[MASKED | 127][..], &length.to_be_bytes()].concat(),
        };
        [&[first][..], &head, &[0; 4], &vec![0x81; length as usize]].concat()
    }

    #[test]
    fn frames_are_found_in_any_pieces() {
        let (text, piece, ping, nothing) = (FINAL | 1, 1, FINAL | 9, FINAL | 1);
        let frames =
            [(text, 5), (piece, 300), (0, 0), (FINAL, 70_000), (ping, 0), (ping, 125), (nothing, 0), (text, 1)];
        let bytes: Vec<u8> = frames.into_iter().flat_map(|(first, length)| frame(first, length)).collect();
        for size in [1, 2, 3, 7, 100, 4096, bytes.len()] {
            let mut found = Frames::default();
            assert_eq!(bytes.chunks(size).map(|bytes| found.follow(bytes)).sum::<u32>(), 5, "in pieces of {size}");
            assert_eq!((found.head.len(), found.rest), (0, 0));
        }
        let mut endless = Frames::default();
        assert_eq!(endless.follow(&[&[text, MASKED | 127][..], &[0xff; 8], &[0; 4], &[0; 9000]].concat()), 0);
        assert_eq!(endless.rest, u64::MAX - 9000);
    }

    #[tokio::test(start_paused = true)]
    async fn commands_are_not_counted_and_pings_are_by_the_second() {
        let (mut client, server) = tokio::io::duplex(64 * 1024);
        let mut server = Counted::new(server);
        let mut buffer = vec![0; 64 * 1024];
        let mut send = async |bytes: &[u8]| {
            client.write_all(bytes).await.unwrap();
            server.read_exact(&mut buffer[..bytes.len()]).await.map(drop)
        };
        for _ in 0..5 {
            send(&frame(FINAL | 1, 1).repeat(5_000)).await.unwrap();
            send(&frame(FINAL | 9, 0).repeat(1_000)).await.unwrap();
            advance(Duration::from_secs(1)).await;
        }
        send(&frame(0, 0).repeat(1_000)).await.unwrap();
        let cut = send(&frame(0, 0)).await.unwrap_err();
        assert!(cut.get_ref().is_some_and(|why| why.is::<Flood>()), "{cut}");
    }
}
