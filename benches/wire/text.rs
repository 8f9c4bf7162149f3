//! The legacy door's lines over TCP.

use anyhow::{Context as _, Result, bail};
use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection.
pub struct Lines {
    socket: TcpStream,
    input: BytesMut,
}

impl Lines {
    /// Connects.
    pub async fn connect(address: &str) -> Result<Self> {
        let socket = TcpStream::connect(address).await.with_context(|| format!("connect to {address}"))?;
        socket.set_nodelay(true)?;
        Ok(Self { socket, input: BytesMut::with_capacity(8 * 1024) })
    }

    /// Sends a line, with its end.
    pub async fn send(&mut self, line: &str) -> Result<()> {
        Ok(self.socket.write_all(line.as_bytes()).await?)
    }

    /// The next line.
    pub async fn next(&mut self) -> Result<Bytes> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.input) {
                return Ok(self.input.split_to(at + 1).freeze());
            }
            if self.socket.read_buf(&mut self.input).await? == 0 {
                bail!("the service closed the connection");
            }
        }
    }

    /// The next line that holds a text.
    pub async fn until(&mut self, text: &str) -> Result<Bytes> {
        loop {
            let line = self.next().await?;
            if memchr::memmem::find(&line, text.as_bytes()).is_some() {
                return Ok(line);
            }
        }
    }
}
