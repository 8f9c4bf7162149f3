//! XMPP over WebSocket, RFC 7395: one stanza per text frame.

use std::sync::Arc;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request, State};
use axum::response::{IntoResponse, Response};
use futures_util::SinkExt;
use tokio::time::{Instant, timeout};

use super::MAX_STANZA;
use super::framing::Framing;
use super::stream::{Reply, Stream};
use crate::shutdown::Tasks;
use crate::sim::engine::Engine;
use crate::sim::hub::{Bound, Out};
use crate::sim::server::Permit;
use crate::sim::side::{Side, while_up};
use crate::sim::xml::Element;

/// What is read at once.
const READ: usize = 4_096;
/// Most frames written before a flush.
const BATCH: usize = 64;

/// Upgrades a request to `/ws`.
pub async fn upgrade(State((engine, side, tasks)): State<(Arc<Engine>, Side, Tasks)>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(refused) => return refused.into_response(),
    };
    let permit = parts.extensions.get::<Permit>().cloned();
    let upgrade = upgrade.protocols(["xmpp"]).max_message_size(MAX_STANZA).max_frame_size(MAX_STANZA);
    let upgrade = upgrade.read_buffer_size(READ);
    upgrade.on_upgrade(move |socket| async move {
        tasks.spawn_abortable(0, async move {
            let _permit = permit;
            let reach = engine.reach(side);
            // Boxed, or what runs it would have room for it twice.
            while_up(reach, Box::pin(serve(socket, engine, side))).await;
        });
    })
}

struct Connection {
    socket: WebSocket,
    protocol: Stream,
    bound: Option<Bound>,
}

async fn serve(socket: WebSocket, engine: Arc<Engine>, side: Side) {
    let protocol = Stream::new(engine.clone(), side, Framing::WebSocket);
    let mut connection = Connection { socket, protocol, bound: None };
    let negotiated = timeout(engine.options.timers.handshake, async {
        while connection.bound.is_none() {
            let message = connection.socket.recv().await;
            if !connection.take(message).await {
                return;
            }
        }
    });
    if negotiated.await.is_err() {
        return;
    }
    let Some(mut bound) = connection.bound.take() else { return };
    let kill = bound.kill.clone();
    kill.run_until_cancelled(Box::pin(connection.run(&mut bound, engine.options.timers.idle))).await;
}

impl Connection {
    async fn run(&mut self, bound: &mut Bound, idle: std::time::Duration) {
        let (mut heard, mut asked) = (Instant::now(), false);
        loop {
            let patience = if asked { idle } else { idle / 2 };
            tokio::select! {
                out = bound.outbox.recv() => match timeout(idle, self.write_out(out, bound)).await {
                    Ok(Ok(true)) => {}
                    Ok(Ok(false)) => return self.end().await,
                    Ok(Err(_)) | Err(_) => return,
                },
                message = self.socket.recv() => {
                    if message.is_some() && *bound.stalled.borrow() {
                        continue;
                    }
                    (heard, asked) = (Instant::now(), false);
                    if !self.take(message).await {
                        return;
                    }
                }
                () = tokio::time::sleep_until(heard + patience) => match self.protocol.ping() {
                    Some(ping) if !asked && !*bound.stalled.borrow() => {
                        asked = true;
                        if self.socket.send(Message::Text(Utf8Bytes::from(ping))).await.is_err() {
                            return;
                        }
                    }
                    _ if asked => return,
                    _ => asked = true,
                },
            }
        }
    }

    /// Writes what waits in the outbox, flushing once. Returns whether the stream goes on.
    async fn write_out(&mut self, first: Option<Out>, bound: &mut Bound) -> Result<bool, axum::Error> {
        let mut next = first;
        for _ in 0..BATCH {
            match next {
                Some(Out::Stanza(stanza)) => self.socket.feed(Message::Text(stanza)).await?,
                Some(Out::Close) | None => return Ok(false),
            }
            match bound.outbox.try_recv() {
                Ok(out) => next = Some(out),
                Err(_) => {
                    self.socket.flush().await?;
                    return Ok(true);
                }
            }
        }
        match next {
            Some(Out::Stanza(stanza)) => self.socket.send(Message::Text(stanza)).await.map(|()| true),
            Some(Out::Close) | None => Ok(false),
        }
    }

    /// Handles one frame. Returns whether the connection goes on.
    async fn take(&mut self, message: Option<Result<Message, axum::Error>>) -> bool {
        let replies = match message {
            Some(Ok(Message::Text(text))) if text.trim().is_empty() => Vec::new(),
            Some(Ok(Message::Text(text))) => match Element::parse(&text) {
                Ok(element) => match element.name.as_str() {
                    "open" => self.protocol.open(),
                    "close" => vec![Reply::Close],
                    _ => self.protocol.stanza(&element),
                },
                Err(_) => self.protocol.fail("not-well-formed"),
            },
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Vec::new(),
            Some(Ok(Message::Binary(_))) => self.protocol.fail("unsupported-encoding"),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return false,
        };
        for reply in replies {
            match reply {
                Reply::Send(text) => {
                    if self.socket.send(Message::Text(Utf8Bytes::from(text))).await.is_err() {
                        return false;
                    }
                }
                // The next `<open/>` is answered according to the new stage.
                Reply::Restart => {}
                Reply::Bound(bound) => self.bound = Some(bound),
                Reply::StartTls | Reply::Close => {
                    self.end().await;
                    return false;
                }
            }
        }
        true
    }

    async fn end(&mut self) {
        // The peer may be gone; there is nobody else to tell.
        if self.socket.send(Message::Text(Utf8Bytes::from_static(self.protocol.end()))).await.is_ok() {
            let _ = self.socket.send(Message::Close(None)).await;
        }
    }
}
