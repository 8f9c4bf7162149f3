//! gRPC over HTTP/2 with frames written and read by hand: no header is compressed, none of the server's is decoded.

use std::io::ErrorKind;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use bytes::{Buf as _, Bytes, BytesMut};
use prost::Message;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;
use tokio_util::either::Either;

use super::count::LEAST;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GO_AWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;

/// What the server may send before it hears of us again, of a stream and of the connection: more than [`super::count`]
/// ever reads of one, for it never opens a window again.
const WINDOW: u32 = 1 << 30;

/// How long the next event may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A frame of a stream.
#[derive(Debug)]
pub enum Frame {
    /// A part of the stream's messages.
    Data { stream: u32, bytes: Bytes, end: bool },
    /// Headers, or trailers if it is the end.
    Headers { stream: u32, end: bool },
    /// The server gave the stream up.
    Reset { stream: u32, code: u32 },
}

/// A plain connection, or one over TLS.
pub type Socket = Either<TcpStream, Box<TlsStream<TcpStream>>>;

/// A connection.
pub struct Grpc {
    socket: Socket,
    out: Vec<u8>,
    input: BytesMut,
    next: u32,
    /// What has come since the connection's window was opened last.
    taken: u32,
    /// The header that says who calls.
    identity: Vec<u8>,
}

impl Grpc {
    /// Connects; the settings go out with the first call.
    pub async fn connect(address: &str) -> Result<Self> {
        let socket = TcpStream::connect(address).await.with_context(|| format!("connect to {address}"))?;
        socket.set_nodelay(true)?;
        Ok(Self::over(Either::Left(socket)))
    }

    /// Speaks on a connection that is there.
    pub fn over(socket: Socket) -> Self {
        let mut out = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
        // No push; the window of a stream.
        let settings = [&[0, 2, 0, 0, 0, 0][..], &[0, 4], &WINDOW.to_be_bytes()].concat();
        frame(&mut out, SETTINGS, 0, 0, &settings);
        frame(&mut out, WINDOW_UPDATE, 0, 0, &WINDOW.to_be_bytes());
        Self { socket, out, input: BytesMut::with_capacity(4 * 1024), next: 1, taken: 0, identity: Vec::new() }
    }

    /// Shows a token with each call from now on.
    pub fn authorize(&mut self, token: &str) {
        self.identity.clear();
        literal(&mut self.identity, &[0x0f, 0x08], &format!("Bearer {token}"));
    }

    /// Shows a service's API key with each call from now on.
    pub fn authorize_key(&mut self, key: &str) {
        self.identity.clear();
        literal(&mut self.identity, b"\x00\x09x-api-key", key);
    }

    /// Puts a call into the next write, and returns its stream.
    pub fn call(&mut self, path: &str, message: &impl Message) -> u32 {
        let bytes = message.encode_to_vec();
        self.call_bytes(path, &bytes)
    }

    /// The same with a message that is encoded already.
    pub fn call_bytes(&mut self, path: &str, message: &[u8]) -> u32 {
        let stream = self.open(path);
        self.data(stream, message, true);
        stream
    }

    /// Opens a stream to which messages are to follow.
    pub fn open(&mut self, path: &str) -> u32 {
        let stream = self.next;
        self.next += 2;
        // `:method: POST` and `:scheme: http` of the static table; all others as they are, not to be remembered.
        let mut block = vec![0x83, 0x86];
        literal(&mut block, &[0x04], path);
        literal(&mut block, &[0x01], "bench");
        literal(&mut block, &[0x0f, 0x10], "application/grpc");
        literal(&mut block, &[0x00, 0x02, b't', b'e'], "trailers");
        block.extend_from_slice(&self.identity);
        frame(&mut self.out, HEADERS, END_HEADERS, stream, &block);
        stream
    }

    /// Puts a message on a stream into the next write.
    pub fn data(&mut self, stream: u32, message: &[u8], end: bool) {
        let length = (message.len() as u32).to_be_bytes();
        let body = [&[0][..], &length, message].concat();
        frame(&mut self.out, DATA, if end { END_STREAM } else { 0 }, stream, &body);
    }

    /// Sends what was put.
    pub async fn flush(&mut self) -> Result<()> {
        self.socket.write_all(&self.out).await?;
        // TLS may hold back what the system did not take at once.
        self.socket.flush().await?;
        self.out.clear();
        Ok(())
    }

    /// Sends what was put, and leaves the connection to who reads on: with what has come and was not taken.
    pub async fn leave(mut self) -> Result<(Socket, BytesMut)> {
        self.flush().await?;
        Ok((self.socket, self.input))
    }

    /// The next frame of any stream; what the connection needs is answered meanwhile.
    pub async fn next(&mut self) -> Result<Frame> {
        loop {
            if let Some(frame) = self.take()? {
                return Ok(frame);
            }
            if !self.out.is_empty() {
                self.flush().await?;
            }
            if self.socket.read_buf(&mut self.input).await? == 0 {
                return Err(std::io::Error::from(ErrorKind::UnexpectedEof)).context("the server closed the connection");
            }
        }
    }

    fn take(&mut self) -> Result<Option<Frame>> {
        loop {
            let Some(&[a, b, c, kind, flags, s0, s1, s2, s3]) = self.input.first_chunk::<9>() else { return Ok(None) };
            let length = u32::from_be_bytes([0, a, b, c]) as usize;
            if self.input.len() < 9 + length {
                self.input.reserve(9 + length - self.input.len());
                return Ok(None);
            }
            self.input.advance(9);
            let mut payload = self.input.split_to(length);
            let stream = u32::from_be_bytes([s0, s1, s2, s3]) & 0x7fff_ffff;
            let end = flags & END_STREAM != 0;
            match kind {
                DATA => {
                    self.taken += length as u32;
                    if self.taken > WINDOW / 2 {
                        frame(&mut self.out, WINDOW_UPDATE, 0, 0, &self.taken.to_be_bytes());
                        if !end {
                            // One stream carries nearly all there is where there is much.
                            frame(&mut self.out, WINDOW_UPDATE, 0, stream, &self.taken.to_be_bytes());
                        }
                        self.taken = 0;
                    }
                    return Ok(Some(Frame::Data { stream, bytes: payload.freeze(), end }));
                }
                HEADERS => return Ok(Some(Frame::Headers { stream, end })),
                RESET => return Ok(Some(Frame::Reset { stream, code: payload.get_u32() })),
                SETTINGS if flags & ACK == 0 => frame(&mut self.out, SETTINGS, ACK, 0, &[]),
                PING if flags & ACK == 0 => frame(&mut self.out, PING, ACK, 0, &payload),
                GO_AWAY => bail!("the server goes away: {:?}", payload),
                _ => {}
            }
        }
    }

    /// A call and its one reply.
    pub async fn unary<R: Message + Default>(&mut self, path: &str, message: &impl Message) -> Result<R> {
        let stream = self.call(path, message);
        let reply = self.reply(stream).await.with_context(|| format!("call {path}"))?;
        Ok(R::decode(reply)?)
    }

    /// The reply of a call that was sent, or is to be sent now.
    pub async fn reply(&mut self, wanted: u32) -> Result<Bytes> {
        let mut message = BytesMut::new();
        loop {
            match self.next().await? {
                Frame::Data { stream, bytes, end } if stream == wanted => {
                    message.extend_from_slice(&bytes);
                    if end {
                        return whole(message);
                    }
                }
                Frame::Headers { stream, end: true } if stream == wanted => return whole(message),
                Frame::Reset { stream, code } if stream == wanted => bail!("the stream was reset: {code}"),
                _ => {}
            }
        }
    }
}

/// What stands behind a message's prefix.
fn whole(mut message: BytesMut) -> Result<Bytes> {
    if message.len() < 5 {
        bail!("the call was refused");
    }
    message.advance(5);
    Ok(message.freeze())
}

/// Takes the messages of one stream out of its frames.
#[derive(Debug, Default)]
pub struct Messages(BytesMut);

impl Messages {
    /// Passes each message that the bytes complete to `each`.
    pub fn push(&mut self, bytes: Bytes, mut each: impl FnMut(&[u8])) {
        let mut rest: &[u8] = &bytes;
        if !self.0.is_empty() {
            self.0.extend_from_slice(&bytes);
            rest = &[];
            while let Some(length) = complete(&self.0) {
                let message = self.0.split_to(5 + length);
                each(message.get(5..).unwrap_or_default());
            }
        }
        while let Some(length) = complete(rest) {
            let (message, behind) = rest.split_at(5 + length);
            each(message.get(5..).unwrap_or_default());
            rest = behind;
        }
        self.0.extend_from_slice(rest);
    }
}

/// Reads until so many events have come: how many they are, and how many frames with data they took.
pub async fn events(grpc: &mut Grpc, wanted: usize) -> Result<(usize, usize)> {
    let (mut messages, mut seen, mut frames) = (Messages::default(), 0, 0);
    while seen < wanted {
        let next = timeout(PATIENCE, grpc.next()).await.with_context(|| format!("{seen} of {wanted} events came"))?;
        let Frame::Data { bytes, .. } = next? else { continue };
        let before = seen;
        messages.push(bytes, |message| seen += usize::from(message.len() >= LEAST));
        frames += usize::from(seen > before);
    }
    Ok((seen, frames))
}

fn complete(bytes: &[u8]) -> Option<usize> {
    let &[_, a, b, c, d] = bytes.first_chunk::<5>()?;
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    (bytes.len() >= 5 + length).then_some(length)
}

fn frame(out: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    let [_, a, b, c] = (payload.len() as u32).to_be_bytes();
    out.extend_from_slice(&[a, b, c, kind, flags]);
    out.extend_from_slice(&stream.to_be_bytes());
    out.extend_from_slice(payload);
}

/// A header as it is; its name stands in `name`, its value is shorter than 16 KiB.
fn literal(block: &mut Vec<u8>, name: &[u8], value: &str) {
    block.extend_from_slice(name);
    let mut length = value.len();
    if length < 127 {
        block.push(length as u8);
    } else {
        block.push(127);
        length -= 127;
        while length >= 128 {
            block.push((length % 128) as u8 | 128);
            length /= 128;
        }
        block.push(length as u8);
    }
    block.extend_from_slice(value.as_bytes());
}
