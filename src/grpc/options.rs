//! What the typed door can be told.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use tonic::service::Routes;

use super::auth::Member;
use crate::config::Tls;

/// What other doors have on the port. They are served as the typed door is: within its limits on connections, and the
/// services behind its access rules.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// gRPC services of `gc.v1`.
    pub services: Routes,
    /// What plain HTTP finds.
    pub plain: Router,
}

/// Options of the typed door. The limits are safe as they are; what hyper and tonic leave open is closed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Where to listen; port 0 means any free one.
    pub listen: SocketAddr,
    /// TLS; none: plain text.
    pub tls: Option<Tls>,
    /// Services and administrators.
    pub members: Vec<Member>,
    /// Whether the reflection services answer; they do so on loopback only.
    pub reflection: bool,
    /// Whether `/metrics` answers.
    pub metrics: bool,
    /// The origins whose pages may call from a browser beside the port's own, or [`EVERY_ORIGIN`](super::EVERY_ORIGIN).
    pub cors_origins: Vec<String>,
    /// A stream on which nothing was sent for so long gets a Heartbeat.
    pub heartbeat: Duration,
    /// How long a unary request may take, its body included.
    pub request_timeout: Duration,
    /// How long after Draining the streams end.
    pub drain_notice: Duration,
    /// How long after that connections may finish; then they are closed.
    pub drain_deadline: Duration,
    /// Most connections at once; one more is closed at once.
    pub max_connections: usize,
    /// Most connections of one address; 0: as many as there may be.
    pub max_connections_per_address: usize,
    /// From accept to the end of the TLS handshake and the HTTP/2 preface or an HTTP/1 request's first bytes; and from the
    /// head to the message of a call without credentials.
    pub handshake_timeout: Duration,
    /// How long an HTTP/1 client may take for a request's head.
    pub header_read_timeout: Duration,
    /// Most streams of one connection at once.
    pub max_concurrent_streams: u32,
    /// Streams that the peer reset before they were handled, after which the connection is closed.
    pub max_pending_reset_streams: usize,
    /// Streams that were reset because the peer broke the protocol, after which the connection is closed.
    pub max_local_reset_streams: usize,
    /// Most frames of a client in a second that bring no data, beyond four for each frame of its answers; after that the
    /// connection is closed.
    pub max_control_frames: u32,
    /// Most bytes of a request's headers; on HTTP/1, where requests come one by one, never fewer than 16 KiB.
    pub max_header_bytes: u32,
    /// Most bytes of a request message.
    pub max_request_bytes: usize,
    /// Most bytes of a reply message.
    pub max_reply_bytes: usize,
    /// Most bytes that one HTTP/2 stream may have buffered for sending.
    pub send_buffer_bytes: usize,
    /// Most bytes that the kernel may have buffered for sending on one connection.
    pub socket_send_buffer_bytes: u32,
    /// Flow-control window of one stream for what clients send, bytes.
    pub stream_window_bytes: u32,
    /// Flow-control window of one connection for what clients send, bytes.
    pub connection_window_bytes: u32,
    /// How often a connection is pinged.
    pub keepalive_interval: Duration,
    /// How long a ping's answer may take; then the connection is closed.
    pub keepalive_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 50051)),
            tls: None,
            members: Vec::new(),
            reflection: true,
            metrics: true,
            cors_origins: Vec::new(),
            heartbeat: Duration::from_secs(15),
            request_timeout: Duration::from_secs(90),
            drain_notice: Duration::from_secs(1),
            drain_deadline: Duration::from_secs(3),
            max_connections: 10_000,
            max_connections_per_address: 0,
            handshake_timeout: Duration::from_secs(10),
            header_read_timeout: Duration::from_secs(10),
            max_concurrent_streams: 256,
            max_pending_reset_streams: 20,
            max_local_reset_streams: 128,
            max_control_frames: 5_000,
            max_header_bytes: 8 * 1024,
            max_request_bytes: 256 * 1024,
            max_reply_bytes: 4 * 1024 * 1024,
            send_buffer_bytes: 64 * 1024,
            socket_send_buffer_bytes: 64 * 1024,
            stream_window_bytes: 64 * 1024,
            connection_window_bytes: 256 * 1024,
            keepalive_interval: Duration::from_secs(20),
            keepalive_timeout: Duration::from_secs(10),
        }
    }
}
