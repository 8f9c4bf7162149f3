//! How an attack is made: again and again, by one connection at a time, as long as the good client is watched.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::frames::{End, Said};

/// How long a peer may neither say nor take anything until that is what it does.
const PATIENCE: Duration = Duration::from_millis(250);
/// How much is written at once.
const PART: usize = 16 * 1024;

/// What one connection of an attacker sends, and whether it reads what comes back.
pub struct Assault {
    pub bytes: Vec<u8>,
    pub reads: bool,
}

/// What became of a connection.
#[derive(Debug)]
pub struct Outcome {
    pub end: End,
    /// From the connection to the last thing that happened on it.
    pub took: Duration,
}

impl Assault {
    /// Writes and reads until the peer has closed, or neither takes nor says anything. A connection that is still open is
    /// given back.
    pub async fn make(&self, door: SocketAddr) -> (Outcome, Option<TcpStream>) {
        let begun = Instant::now();
        let (mut said, mut taken, mut moved) = (Said::default(), 0, begun);
        let Ok(mut socket) = TcpStream::connect(door).await else {
            return (Outcome { end: End::Refused, took: begun.elapsed() }, None);
        };
        let _ = socket.set_nodelay(true);
        let (mut input, mut output) = socket.split();
        let mut buffer = vec![0; PART];
        let open = loop {
            let part = &self.bytes[taken..self.bytes.len().min(taken + PART)];
            let step = async {
                tokio::select! {
                    read = input.read(&mut buffer), if self.reads => {
                        let count = read.ok().filter(|count| *count > 0)?;
                        said.hear(&buffer[..count]);
                        Some(0)
                    }
                    written = output.write(part), if !part.is_empty() => written.ok(),
                    () = std::future::pending() => None,
                }
            };
            match timeout(PATIENCE, step).await {
                Ok(Some(written)) => taken += written,
                Ok(None) => break false,
                Err(_) => break true,
            }
            moved = Instant::now();
        };
        let end = match (said.goaway, open) {
            (Some(code), _) => End::GoAway(code),
            (None, false) => End::Closed,
            (None, true) if taken < self.bytes.len() => End::Held,
            (None, true) => End::Taken,
        };
        (Outcome { end, took: moved - begun }, open.then_some(socket))
    }

    /// One connection after the other, until something has happened. What is still open stays so until then.
    pub async fn storm(&self, door: SocketAddr, until: impl Future<Output = ()>) -> Vec<Outcome> {
        let (mut outcomes, mut held) = (Vec::new(), Vec::new());
        let again = async {
            loop {
                let (outcome, open) = self.make(door).await;
                outcomes.push(outcome);
                held.extend(open);
            }
        };
        tokio::select! {
            () = until => {}
            () = again => unreachable!(),
        }
        if outcomes.is_empty() {
            outcomes.push(self.make(door).await.0);
        }
        outcomes
    }
}
