//! A page's client, by hand: gRPC-Web over HTTP/1.1 on one connection, with the headers that a browser adds.

use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use prost::Message;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tonic::Status;

use super::support::within;

pub const ORIGIN: &str = "https://desk.example";
pub const BINARY: &str = "application/grpc-web+proto";
pub const TEXT: &str = "application/grpc-web-text";

/// A message as gRPC frames it.
pub fn framed(message: &impl Message) -> Vec<u8> {
    let message = message.encode_to_vec();
    let mut frame = vec![0];
    frame.extend(u32::try_from(message.len()).unwrap().to_be_bytes());
    frame.extend(message);
    frame
}

/// What has come of a body.
#[derive(Default)]
pub struct Frames(Vec<u8>);

impl Frames {
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next whole frame: whether it holds the trailers, and what it holds.
    pub fn next(&mut self) -> Option<(bool, Vec<u8>)> {
        let head: [u8; 5] = self.0.get(..5)?.try_into().unwrap();
        assert!([0, 0x80].contains(&head[0]), "a frame of another kind: {head:?}");
        let length = usize::try_from(u32::from_be_bytes([head[1], head[2], head[3], head[4]])).unwrap();
        let message = self.0.get(5..5 + length)?.to_vec();
        self.0.drain(..5 + length);
        Some((head[0] == 0x80, message))
    }
}

/// The status in a frame of trailers.
pub fn status_in(trailers: &[u8]) -> Status {
    let text = std::str::from_utf8(trailers).unwrap();
    let headers: HeaderMap = text
        .split_terminator("\r\n")
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.parse::<http::HeaderName>().unwrap(), value.trim().parse().unwrap()))
        .collect();
    Status::from_header_map(&headers).unwrap()
}

/// The head of an answer.
pub struct Head {
    pub code: u16,
    pub headers: HeaderMap,
}

impl Head {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

pub struct Web {
    pub socket: BufReader<TcpStream>,
    address: SocketAddr,
    kind: &'static str,
    frames: Frames,
    /// Bytes of bodies so far.
    pub received: usize,
}

impl Web {
    pub async fn open(address: SocketAddr) -> Self {
        Self::on(TcpStream::connect(address).await.unwrap(), address)
    }

    /// One for which the kernel keeps little.
    pub async fn narrow(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        Self::on(socket.connect(address).await.unwrap(), address)
    }

    fn on(socket: TcpStream, address: SocketAddr) -> Self {
        Self { socket: BufReader::new(socket), address, kind: BINARY, frames: Frames::default(), received: 0 }
    }

    /// Speaks the variant in Base64.
    pub fn in_text(mut self) -> Self {
        self.kind = TEXT;
        self
    }

    /// Sends a head: its first line and what it has besides `Host`.
    pub async fn ask(&mut self, line: &str, headers: &[(&str, &str)]) {
        let mut head = format!("{line} HTTP/1.1\r\nHost: {}\r\n", self.address);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        self.socket.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
    }

    /// Sends a call of a page.
    pub async fn send(&mut self, path: &str, token: Option<&str>, message: &impl Message) {
        let mut body = framed(message);
        if self.kind == TEXT {
            body = STANDARD.encode(body).into_bytes();
        }
        let (length, bearer) = (body.len().to_string(), format!("Bearer {}", token.unwrap_or_default()));
        let mut headers = vec![
            ("Origin", ORIGIN),
            ("Content-Type", self.kind),
            ("Accept", self.kind),
            ("X-Grpc-Web", "1"),
            ("Content-Length", length.as_str()),
        ];
        headers.extend(token.map(|_| ("Authorization", bearer.as_str())));
        self.ask(&format!("POST /gc.v1.{path}"), &headers).await;
        self.socket.write_all(&body).await.unwrap();
    }

    pub async fn head(&mut self) -> Head {
        within("a head", async {
            let mut lines = Vec::new();
            loop {
                let mut line = String::new();
                self.socket.read_line(&mut line).await.unwrap();
                match line.trim_end() {
                    "" => break,
                    line => lines.push(line.to_owned()),
                }
            }
            let code = lines[0].split(' ').nth(1).unwrap().parse().unwrap();
            let headers = lines[1..].iter().map(|line| line.split_once(": ").unwrap());
            let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            Head { code, headers }
        })
        .await
    }

    /// The next frame of a body in chunks; none at its end.
    pub async fn frame(&mut self) -> Option<(bool, Vec<u8>)> {
        loop {
            if let Some(frame) = self.frames.next() {
                return Some(frame);
            }
            let chunk = within("a chunk", async {
                let mut size = String::new();
                self.socket.read_line(&mut size).await.unwrap();
                let size = usize::from_str_radix(size.trim(), 16).unwrap_or_else(|_| panic!("the body broke off"));
                let mut chunk = vec![0; size + 2];
                self.socket.read_exact(&mut chunk).await.unwrap();
                chunk.truncate(size);
                chunk
            })
            .await;
            if chunk.is_empty() {
                return None;
            }
            self.received += chunk.len();
            // Each chunk is whole Base64, for each is encoded by itself.
            self.frames.push(&if self.kind == TEXT { STANDARD.decode(chunk).unwrap() } else { chunk });
        }
    }

    /// The next message of a stream, or the status that ends it.
    pub async fn message<R: Message + Default>(&mut self) -> Result<R, Status> {
        match self.frame().await.expect("a stream ends with its trailers") {
            (false, message) => Ok(R::decode(message.as_slice()).unwrap()),
            (true, trailers) => {
                assert_eq!(self.frame().await, None, "nothing follows the trailers");
                Err(status_in(&trailers))
            }
        }
    }

    /// Makes a call that has one answer, which a page of [`ORIGIN`] may read.
    pub async fn call<R: Message + Default>(
        &mut self,
        path: &str,
        token: Option<&str>,
        message: &impl Message,
    ) -> Result<R, Status> {
        self.send(path, token, message).await;
        let head = self.head().await;
        assert_eq!((head.code, head.header("access-control-allow-origin")), (200, Some(ORIGIN)));
        let exposed = head.header("access-control-expose-headers").unwrap();
        if let Some(status) = Status::from_header_map(&head.headers) {
            for name in ["grpc-status", "grpc-message", "grpc-status-details-bin"] {
                assert!(exposed.split(',').any(|exposed| exposed == name), "{name} can't be read");
            }
            assert!(head.header("content-type").unwrap().starts_with("application/grpc-web"));
            return Err(status);
        }
        let answer = self.message().await?;
        match self.message::<R>().await.err().expect("one answer") {
            end if end.code() == tonic::Code::Ok => Ok(answer),
            end => Err(end),
        }
    }

    /// Reads until the peer has closed.
    pub async fn closed(&mut self) {
        // A reset is a close, too.
        let _ = within("the close", self.socket.read_to_end(&mut Vec::new())).await;
    }
}
