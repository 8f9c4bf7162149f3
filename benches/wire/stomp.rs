//! STOMP frames to and from ActiveMQ, the hop that the old product made.

use anyhow::{Context as _, Result, bail};
use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection.
pub struct Stomp {
    socket: TcpStream,
    input: BytesMut,
}

impl Stomp {
    /// Connects.
    pub async fn connect(address: &str) -> Result<Self> {
        let socket = TcpStream::connect(address).await.with_context(|| format!("connect to {address}"))?;
        socket.set_nodelay(true)?;
        let mut stomp = Self { socket, input: BytesMut::with_capacity(8 * 1024) };
        stomp.send("CONNECT\naccept-version:1.1\nhost:bench\n\n\0").await?;
        let frame = stomp.next().await?;
        if !frame.starts_with(b"CONNECTED") {
            bail!("the broker refuses: {frame:?}");
        }
        Ok(stomp)
    }

    /// Consumes a destination.
    pub async fn subscribe(&mut self, destination: &str) -> Result<()> {
        let frame = format!("SUBSCRIBE\nid:0\ndestination:{destination}\nack:auto\nreceipt:s\n\n\0");
        self.send(&frame).await?;
        self.next().await.map(drop)
    }

    /// Leaves the connection to who reads on: with what has come and was not taken.
    pub fn leave(self) -> (TcpStream, BytesMut) {
        (self.socket, self.input)
    }

    /// Sends a frame, with its end.
    pub async fn send(&mut self, frame: &str) -> Result<()> {
        Ok(self.socket.write_all(frame.as_bytes()).await?)
    }

    /// The next frame, without its end.
    pub async fn next(&mut self) -> Result<Bytes> {
        loop {
            while self.input.first() == Some(&b'\n') {
                let _ = self.input.split_to(1);
            }
            if let Some(at) = memchr::memchr(0, &self.input) {
                let frame = self.input.split_to(at + 1).freeze();
                return Ok(frame.slice(..at));
            }
            if self.socket.read_buf(&mut self.input).await? == 0 {
                bail!("the broker closed the connection");
            }
        }
    }
}
