//! The text protocol of NATS.

use std::rc::Rc;

use anyhow::{Context as _, Result, bail};
use bytes::BytesMut;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::count::{Framing, Tally};

const CONNECT: &str = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n";
const READY: &[u8] = b"PONG\r\n";

/// Opens a connection that subscribes the events' subject, and counts what comes.
pub async fn subscribe(address: &str, tally: &Rc<Tally>) -> Result<()> {
    let (socket, input) = open(address, "SUB events 1\r\n").await?;
    tally.watch(socket, Framing::Nats, &input);
    Ok(())
}

/// A connection that publishes.
pub struct Publisher(TcpStream);

impl Publisher {
    /// Connects.
    pub async fn connect(address: &str) -> Result<Self> {
        Ok(Self(open(address, "").await?.0))
    }

    /// Publishes so many copies of an event in one write.
    pub async fn publish(&mut self, count: usize, event: &[u8]) -> Result<()> {
        // All that comes is a ping now and then.
        if self.0.try_read(&mut [0; 64]).is_ok() {
            self.0.write_all(READY).await?;
        }
        let one = [format!("PUB events {}\r\n", event.len()).as_bytes(), event, b"\r\n"].concat();
        Ok(self.0.write_all(&one.repeat(count)).await?)
    }
}

/// Connects, says something, and waits until it was heard; returns what came behind that.
async fn open(address: &str, text: &str) -> Result<(TcpStream, BytesMut)> {
    let mut socket = TcpStream::connect(address).await.with_context(|| format!("connect to {address}"))?;
    socket.set_nodelay(true)?;
    socket.write_all(format!("{CONNECT}{text}PING\r\n").as_bytes()).await?;
    let mut input = BytesMut::with_capacity(1024);
    loop {
        if let Some(at) = memchr::memmem::find(&input, READY) {
            return Ok((socket, input.split_off(at + READY.len())));
        }
        if socket.read_buf(&mut input).await? == 0 {
            bail!("NATS closed the connection, it had said {:?}", String::from_utf8_lossy(&input));
        }
    }
}
