//! The legacy door as a WebSocket: one text frame is one command, and one frame is one line.
//!
//! A browser sends the site that a page is from as `Origin`; a page of another site than this one opens a WebSocket only
//! where that is listed. Whoever is no browser sends none.

use std::collections::VecDeque;
use std::io;
use std::mem::size_of;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Polling, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{Sink as _, Stream, StreamExt as _};
use http::StatusCode;
use http::header::ORIGIN;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Message, Utf8Bytes};

use super::flood::Flood;
use super::frames::Counted;
use super::line::Fault;
use super::pump::{Closed, Common, Heard, Outlet, lines};
use super::say::{Encoding, Target};
use super::usage;
use crate::config::page_may_ask;

/// The size of a connection's buffers, which grow where a frame is larger.
const BUFFER: usize = 4 * 1024;
/// What a frame that waits counts beside its text.
const FRAME: usize = size_of::<Message>();

/// How the door is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The origins whose pages may open it beside the door's own, for example `https://desk.example`.
    pub origins: Vec<String>,
    /// How often a client is pinged. It is cut when nothing came from it for two intervals.
    pub ping_interval: Duration,
    /// In which encoding lines are written.
    pub encoding: Encoding,
}

impl Default for Options {
    fn default() -> Self {
        Self { origins: Vec::new(), ping_interval: Duration::from_secs(20), encoding: Encoding::default() }
    }
}

/// The door, at `/ws`.
pub fn router(options: Options, common: Common) -> Router {
    Router::new().route("/ws", any(upgrade)).with_state(Arc::new(Door { options, common }))
}

struct Door {
    options: Options,
    common: Common,
}

async fn upgrade(State(door): State<Arc<Door>>, mut request: Request) -> Response {
    let may_open = page_may_ask(&request, &door.options.origins);
    let address = request.extensions().get().map(|ConnectInfo(address): &ConnectInfo<SocketAddr>| *address);
    let from = address.map(|address| address.to_string()).unwrap_or_default();
    if !may_open {
        let origin = request.headers().get(ORIGIN);
        tracing::warn!(%from, ?origin, "websocket refused, its page is of an origin that is not listed");
        return (StatusCode::FORBIDDEN, "the origin is not listed\n").into_response();
    }
    let answer = match create_response_with_body(&request, Body::empty) {
        Ok(answer) => answer,
        Err(refused) => return (StatusCode::BAD_REQUEST, format!("{refused}\n")).into_response(),
    };
    let Some(upgrade) = request.extensions_mut().remove::<OnUpgrade>() else {
        return (StatusCode::UPGRADE_REQUIRED, "the connection can't become a WebSocket\n").into_response();
    };
    let Some(place) = door.common.admit() else {
        tracing::warn!(%from, "websocket refused, too many legacy clients are connected");
        return (StatusCode::SERVICE_UNAVAILABLE, "too many connections\n").into_response();
    };
    let tasks = door.common.tasks().clone();
    tasks.spawn_here(async move {
        // A client that leaves before it has its answer.
        let Ok(upgraded) = upgrade.await else { return };
        let max = Some(door.common.bounds.max_line);
        let config = WebSocketConfig::default().read_buffer_size(BUFFER).write_buffer_size(BUFFER);
        let config = config.max_message_size(max).max_frame_size(max);
        let stream = Counted::new(TokioIo::new(upgraded));
        let socket = WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await;
        let why = serve(socket, &door, address, &from).await;
        tracing::info!(%from, %why, "websocket closed");
        drop(place);
    });
    answer
}

/// One connection behind its upgrade.
type WebSocket = WebSocketStream<Counted<TokioIo<Upgraded>>>;

async fn serve(socket: WebSocket, door: &Door, address: Option<SocketAddr>, from: &str) -> Closed {
    let (output, input) = socket.split();
    let output = Frames { output, queue: VecDeque::new(), waiting: 0, unflushed: false };
    let to = Target { name: from.to_owned(), encoding: door.options.encoding };
    let sender = door.common.sender(usage::Door::WebSocket, address);
    door.common.serve(sender, to, Commands(input), output, Some(door.options.ping_interval)).await
}

/// What a client sends, frame by frame.
struct Commands(SplitStream<WebSocket>);

impl Stream for Commands {
    type Item = Result<Heard, Closed>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Polling<'_>) -> Poll<Option<Self::Item>> {
        let said = match ready!(self.0.poll_next_unpin(cx)) {
            Some(Ok(Message::Text(text))) => Ok(Heard::text(&text)),
            Some(Ok(Message::Binary(bytes))) => Ok(match str::from_utf8(&bytes) {
                Ok(text) => Heard::text(text),
                Err(_) => Heard::refused(Fault::NotUtf8),
            }),
            // Frames as such are not read.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(Heard::Nothing),
            Some(Ok(Message::Close(_))) | None => Err(Closed::Left),
            Some(Err(error)) => Err(broken(error)),
        };
        Poll::Ready(Some(said))
    }
}

/// Why a connection can't be read any more.
fn broken(error: tungstenite::Error) -> Closed {
    use tungstenite::Error;
    use tungstenite::error::ProtocolError::ResetWithoutClosingHandshake;
    match error {
        // Its length is known before it is read, and what is behind it can't be found without reading it.
        Error::Capacity(_) => Closed::TooLong,
        Error::Protocol(ResetWithoutClosingHandshake) => Closed::Left,
        Error::Protocol(_) | Error::Utf8(_) => Closed::Garbled,
        Error::Io(error) if error.get_ref().is_some_and(|why| why.is::<Flood>()) => Closed::Flood(Flood),
        error => Closed::Io(io::Error::other(error)),
    }
}

/// What waits for a client, frame by frame.
struct Frames {
    output: SplitSink<WebSocket, Message>,
    queue: VecDeque<(usize, Message)>,
    waiting: usize,
    unflushed: bool,
}

impl Frames {
    fn push(&mut self, text: usize, frame: Message) {
        self.waiting += text + FRAME;
        self.queue.push_back((text + FRAME, frame));
    }
}

impl Outlet for Frames {
    fn put(&mut self, text: &Bytes) {
        for line in lines(text) {
            let length = line.len();
            self.push(length, Utf8Bytes::try_from(line.clone()).map_or(Message::Binary(line), Message::Text));
        }
    }

    fn waiting(&self) -> usize {
        self.waiting
    }

    fn is_empty(&self) -> bool {
        self.queue.is_empty() && !self.unflushed
    }

    fn poll_push(&mut self, cx: &mut Polling<'_>) -> Poll<io::Result<()>> {
        let mut output = Pin::new(&mut self.output);
        if self.queue.is_empty() {
            ready!(output.poll_flush(cx)).map_err(io::Error::other)?;
            self.unflushed = false;
            return Poll::Ready(Ok(()));
        }
        ready!(output.as_mut().poll_ready(cx)).map_err(io::Error::other)?;
        if let Some((length, frame)) = self.queue.pop_front() {
            self.waiting -= length;
            self.unflushed = true;
            output.start_send(frame).map_err(io::Error::other)?;
        }
        Poll::Ready(Ok(()))
    }

    fn ping(&mut self) {
        self.push(0, Message::Ping(Bytes::new()));
    }

    fn end(&mut self, why: &Closed) {
        let code = match why {
            // Its own word is answered by the protocol, behind which nothing may be said.
            Closed::Left => {
                self.unflushed = true;
                return self.queue.clear();
            }
            Closed::Silent | Closed::Flood(_) => CloseCode::Policy,
            Closed::TooLong => CloseCode::Size,
            Closed::Stopping => CloseCode::Away,
            _ => CloseCode::Protocol,
        };
        self.push(0, Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from(why.to_string()) })));
    }
}
