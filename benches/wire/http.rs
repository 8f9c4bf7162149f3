//! HTTP/1.1 requests to the simulator's REST and control interfaces on a connection that is kept.

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Buf as _, BytesMut};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection.
pub struct Http {
    socket: TcpStream,
    input: BytesMut,
}

impl Http {
    /// Connects.
    pub async fn connect(address: &str) -> Result<Self> {
        let socket = TcpStream::connect(address).await.with_context(|| format!("connect to {address}"))?;
        socket.set_nodelay(true)?;
        Ok(Self { socket, input: BytesMut::with_capacity(8 * 1024) })
    }

    /// Sends a request of [`request`] and returns the status and the body.
    pub async fn send(&mut self, request: &[u8]) -> Result<(u16, BytesMut)> {
        self.socket.write_all(request).await?;
        loop {
            if let Some(answer) = self.take()? {
                return Ok(answer);
            }
            if self.socket.read_buf(&mut self.input).await? == 0 {
                bail!("the server closed the connection");
            }
        }
    }

    fn take(&mut self) -> Result<Option<(u16, BytesMut)>> {
        let Some(end) = memchr::memmem::find(&self.input, b"\r\n\r\n") else { return Ok(None) };
        let head = std::str::from_utf8(self.input.get(..end).unwrap_or_default())?;
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        let is_length = |line: &str| line.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned);
        let length = head.lines().find_map(is_length).map_or(Ok(0), |value| value.trim().parse::<usize>())?;
        if self.input.len() < end + 4 + length {
            return Ok(None);
        }
        self.input.advance(end + 4);
        Ok(Some((status, self.input.split_to(length))))
    }
}

/// A request as an agent of the simulator.
pub fn request(method: &str, path: &str, agent: &str, body: &str) -> Vec<u8> {
    let proof = STANDARD.encode(format!("{agent}:demo"));
    format!(
        "{method} {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Basic {proof}\r\ncontent-type: application/xml\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Asks the simulator's control interface.
pub async fn control(address: &str, path: &str, body: &Value) -> Result<Value> {
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (status, answer) = Http::connect(address).await?.send(request.as_bytes()).await?;
    if status != 200 {
        bail!("{path} {body}: {status} {}", String::from_utf8_lossy(&answer));
    }
    Ok(serde_json::from_slice(&answer)?)
}
