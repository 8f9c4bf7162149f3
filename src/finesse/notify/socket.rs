//! The sockets under a stream: TCP, TLS and WebSocket behind one pair of calls.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use http::HeaderValue;
use http::header::SEC_WEBSOCKET_PROTOCOL;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::error::CapacityError;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::DownReason;
use crate::finesse::options::{Notify, Transport};

/// What is read at once.
const READ_BUFFER: usize = 8 * 1024;
/// The same of a WebSocket, which holds it as long as it lives.
const FRAME_BUFFER: usize = 4 * 1024;

pub(super) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// A connection to a notification service.
pub(super) enum Socket {
    /// XMPP framed by its stream.
    Stream(Box<dyn Io>),
    /// One stanza a frame.
    WebSocket(Box<WebSocketStream<Box<dyn Io>>>),
}

impl Socket {
    /// Connects as `notify` says, within `limit`. STARTTLS comes later, when the server has agreed.
    pub(super) async fn connect(
        notify: &Notify,
        tls: Arc<rustls::ClientConfig>,
        max_stanza: usize,
        limit: Duration,
    ) -> Result<Self, DownReason> {
        let connect = async {
            let tcp = TcpStream::connect((notify.host.as_str(), notify.port)).await.map_err(connect_failure)?;
            tcp.set_nodelay(true).map_err(connect_failure)?;
            match notify.transport {
                Transport::StartTls | Transport::Plain => Ok(Self::stream(Box::new(tcp))),
                Transport::Tls => Ok(Self::stream(handshake(Box::new(tcp), &notify.host, tls).await?)),
                Transport::WebSocket => {
                    let io =
                        if notify.secure { handshake(Box::new(tcp), &notify.host, tls).await? } else { Box::new(tcp) };
                    Self::web_socket(notify, io, max_stanza).await
                }
            }
        };
        timeout(limit, connect).await.unwrap_or_else(|_| Err(DownReason::Connect("timed out".to_owned())))
    }

    /// Raises a TCP connection to TLS.
    pub(super) async fn start_tls(
        self,
        host: &str,
        tls: Arc<rustls::ClientConfig>,
        limit: Duration,
    ) -> Result<Self, DownReason> {
        match self {
            Self::Stream(io) => {
                timeout(limit, handshake(io, host, tls)).await.unwrap_or(Err(DownReason::NoTls)).map(Self::stream)
            }
            Self::WebSocket(_) => Err(DownReason::NoTls),
        }
    }

    /// Waits for bytes (over WebSocket: for one text frame) and hands them to `take`.
    pub(super) fn poll_receive(
        &mut self,
        cx: &mut Context<'_>,
        take: impl FnOnce(&[u8]),
    ) -> Poll<Result<(), DownReason>> {
        match self {
            Self::Stream(io) => {
                // On the stack, for thousands of links have nothing to read.
                let mut room = [const { MaybeUninit::uninit() }; READ_BUFFER];
                let mut buffer = ReadBuf::uninit(&mut room);
                ready!(Pin::new(io).poll_read(cx, &mut buffer)).map_err(|e| lost(&e))?;
                if buffer.filled().is_empty() {
                    return Poll::Ready(Err(DownReason::Closed));
                }
                take(buffer.filled());
                Poll::Ready(Ok(()))
            }
            Self::WebSocket(socket) => loop {
                return Poll::Ready(match ready!(socket.poll_next_unpin(cx)) {
                    Some(Ok(Message::Text(text))) => {
                        take(text.as_bytes());
                        Ok(())
                    }
                    // The library answers pings; a frame of bytes is not XMPP and no reason to give up.
                    Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_) | Message::Frame(_))) => continue,
                    Some(Ok(Message::Close(_))) | None => Err(DownReason::Closed),
                    Some(Err(WsError::Capacity(CapacityError::MessageTooLong { .. }))) => {
                        Err(DownReason::Protocol("a stanza is too large"))
                    }
                    Some(Err(e)) => Err(DownReason::Lost(e.to_string())),
                });
            },
        }
    }

    /// Sends within `limit`.
    pub(super) async fn send(&mut self, text: String, limit: Duration) -> Result<(), DownReason> {
        let send = async {
            match self {
                Self::Stream(io) => {
                    io.write_all(text.as_bytes()).await.map_err(|e| lost(&e))?;
                    io.flush().await.map_err(|e| lost(&e))
                }
                Self::WebSocket(socket) => {
                    socket.send(Message::text(text)).await.map_err(|e| DownReason::Lost(e.to_string()))
                }
            }
        };
        timeout(limit, send).await.unwrap_or_else(|_| Err(DownReason::Lost("sending timed out".to_owned())))
    }

    /// Closes the sending half; the caller bounds how long that may take.
    pub(super) async fn shutdown(&mut self) {
        // The other end may be gone already, and then nothing is left to close.
        let _ = match self {
            Self::Stream(io) => io.shutdown().await.is_ok(),
            Self::WebSocket(socket) => socket.as_mut().close(None).await.is_ok(),
        };
    }

    fn stream(io: Box<dyn Io>) -> Self {
        Self::Stream(io)
    }

    async fn web_socket(notify: &Notify, io: Box<dyn Io>, max_stanza: usize) -> Result<Self, DownReason> {
        let scheme = if notify.secure { "wss" } else { "ws" };
        let path = if notify.path.starts_with('/') { notify.path.as_str() } else { "/ws/" };
        let host = if notify.host.contains(':') { format!("[{}]", notify.host) } else { notify.host.clone() };
        let failed = |e: WsError| DownReason::Connect(e.to_string());
        let mut request = format!("{scheme}://{host}:{}{path}", notify.port).into_client_request().map_err(failed)?;
        request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("xmpp"));
        let config = WebSocketConfig::default()
            .read_buffer_size(FRAME_BUFFER)
            .write_buffer_size(0)
            .max_message_size(Some(max_stanza))
            .max_frame_size(Some(max_stanza));
        let (socket, _) = client_async_with_config(request, io, Some(config)).await.map_err(failed)?;
        Ok(Self::WebSocket(Box::new(socket)))
    }
}

async fn handshake(io: Box<dyn Io>, host: &str, tls: Arc<rustls::ClientConfig>) -> Result<Box<dyn Io>, DownReason> {
    let name =
        ServerName::try_from(host.to_owned()).map_err(|_| DownReason::Connect("no valid host name".to_owned()))?;
    let stream = TlsConnector::from(tls).connect(name, io).await.map_err(connect_failure)?;
    Ok(Box::new(stream))
}

fn connect_failure(e: io::Error) -> DownReason {
    DownReason::Connect(e.to_string())
}

fn lost(e: &io::Error) -> DownReason {
    if e.kind() == io::ErrorKind::UnexpectedEof { DownReason::Closed } else { DownReason::Lost(e.to_string()) }
}
