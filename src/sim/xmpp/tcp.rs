//! XMPP over TCP and TLS.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;

use super::framer::{Framer, Piece};
use super::framing::Framing;
use super::stream::{Reply, Stream};
use crate::sim::engine::Engine;
use crate::sim::hub::{Bound, Out};
use crate::sim::server;
use crate::sim::side::Side;
use crate::sim::xml::Element;

/// What is read at once.
const READ: usize = 2_048;

/// Serves one connection until it ends.
///
/// # Errors
/// What the socket says, and `TimedOut` for a peer that is too slow.
pub async fn serve(
    stream: Box<dyn server::Stream>,
    starttls: Option<TlsAcceptor>,
    engine: Arc<Engine>,
    side: Side,
) -> io::Result<()> {
    let protocol = Stream::new(engine.clone(), side, Framing::Tcp { starttls: starttls.is_some() });
    let mut connection =
        Connection { stream, protocol, framer: Framer::default(), bound: None, buffer: [0; READ].into() };
    let handshake = engine.options.timers.handshake;
    // Boxed, for it is over soon, and the session is not.
    let negotiated = timeout(handshake, Box::pin(connection.negotiate(starttls))).await;
    negotiated.map_err(|_| io::ErrorKind::TimedOut)??;
    let Some(mut bound) = connection.bound.take() else { return Ok(()) };
    let kill = bound.kill.clone();
    let session = Box::pin(connection.run(&mut bound, engine.options.timers.idle));
    kill.run_until_cancelled(session).await.unwrap_or(Ok(()))
}

struct Connection {
    stream: Box<dyn server::Stream>,
    protocol: Stream,
    framer: Framer,
    bound: Option<Bound>,
    buffer: Box<[u8]>,
}

/// Whether the connection goes on.
#[derive(Eq, PartialEq)]
enum Next {
    On,
    StartTls,
    End,
}

impl Connection {
    /// Everything until the session is bound.
    async fn negotiate(&mut self, starttls: Option<TlsAcceptor>) -> io::Result<()> {
        let mut starttls = starttls;
        while self.bound.is_none() {
            let read = self.stream.read(&mut self.buffer).await?;
            if read == 0 {
                return Ok(());
            }
            self.framer.push(self.buffer.get(..read).unwrap_or_default());
            match self.pieces().await? {
                Next::On => {}
                Next::End => return Ok(()),
                Next::StartTls => {
                    let Some(acceptor) = starttls.take() else { return Ok(()) };
                    // What came in clear behind the request must not count as said under TLS.
                    self.framer = Framer::default();
                    let clear = std::mem::replace(&mut self.stream, Box::new(tokio::io::empty()));
                    self.stream = Box::new(acceptor.accept(clear).await?);
                    self.protocol.secured();
                }
            }
        }
        Ok(())
    }

    async fn run(&mut self, bound: &mut Bound, idle: std::time::Duration) -> io::Result<()> {
        let (mut heard, mut asked) = (Instant::now(), false);
        loop {
            let patience = if asked { idle } else { idle / 2 };
            tokio::select! {
                out = bound.outbox.recv() => {
                    // A peer that reads nothing for that long is lost.
                    if !timeout(idle, self.write_out(out, bound)).await.map_err(|_| io::ErrorKind::TimedOut)?? {
                        return self.end().await;
                    }
                }
                read = self.stream.read(&mut self.buffer) => {
                    let read = read?;
                    if read == 0 {
                        return Ok(());
                    }
                    if *bound.stalled.borrow() {
                        continue;
                    }
                    (heard, asked) = (Instant::now(), false);
                    self.framer.push(self.buffer.get(..read).unwrap_or_default());
                    if timeout(idle, self.pieces()).await.map_err(|_| io::ErrorKind::TimedOut)?? != Next::On {
                        return Ok(());
                    }
                }
                () = tokio::time::sleep_until(heard + patience) => match self.protocol.ping() {
                    Some(ping) if !asked && !*bound.stalled.borrow() => {
                        asked = true;
                        self.stream.write_all(ping.as_bytes()).await?;
                        self.stream.flush().await?;
                    }
                    _ if asked => return Err(io::ErrorKind::TimedOut.into()),
                    _ => asked = true,
                },
            }
        }
    }

    /// Writes what waits in the outbox in one go. Returns whether the stream goes on.
    async fn write_out(&mut self, first: Option<Out>, bound: &mut Bound) -> io::Result<bool> {
        let mut bytes = Vec::new();
        let mut next = first;
        let goes_on = loop {
            match next {
                Some(Out::Stanza(stanza)) => bytes.extend_from_slice(stanza.as_bytes()),
                Some(Out::Close) | None => break false,
            }
            match bound.outbox.try_recv() {
                Ok(out) if bytes.len() < 256 * 1024 => next = Some(out),
                Ok(Out::Stanza(stanza)) => {
                    bytes.extend_from_slice(stanza.as_bytes());
                    break true;
                }
                Ok(Out::Close) => break false,
                Err(_) => break true,
            }
        };
        self.stream.write_all(&bytes).await?;
        self.stream.flush().await?;
        Ok(goes_on)
    }

    async fn pieces(&mut self) -> io::Result<Next> {
        loop {
            let replies = match self.framer.next_piece() {
                Ok(None) => return Ok(Next::On),
                Ok(Some(Piece::End)) => {
                    self.end().await?;
                    return Ok(Next::End);
                }
                Ok(Some(Piece::Header(header))) => match Element::parse(&header) {
                    Ok(header) if header.name == "stream" => self.protocol.open(),
                    _ => self.protocol.fail("invalid-xml"),
                },
                Ok(Some(Piece::Stanza(stanza))) => match Element::parse(&stanza) {
                    Ok(stanza) => self.protocol.stanza(&stanza),
                    Err(_) => self.protocol.fail("not-well-formed"),
                },
                Err(_) => self.protocol.fail("policy-violation"),
            };
            for reply in replies {
                match reply {
                    Reply::Send(text) => {
                        self.stream.write_all(text.as_bytes()).await?;
                        self.stream.flush().await?;
                    }
                    Reply::Restart => self.framer.restart(),
                    Reply::StartTls => return Ok(Next::StartTls),
                    Reply::Bound(bound) => self.bound = Some(bound),
                    Reply::Close => {
                        self.end().await?;
                        return Ok(Next::End);
                    }
                }
            }
        }
    }

    async fn end(&mut self) -> io::Result<()> {
        self.stream.write_all(self.protocol.end().as_bytes()).await?;
        self.stream.flush().await?;
        self.stream.shutdown().await
    }
}
