//! Section `grpc`: the typed door.

use std::time::Duration;

use super::{origins, tls};
use crate::config::{Reader, is_origin};
use crate::grpc::{EVERY_ORIGIN, Options};

/// Longest duration that makes sense anywhere in the section.
const HOUR: Duration = Duration::from_secs(3600);
const MIB: usize = 1024 * 1024;

/// Reads the section; the members come from section `auth`.
pub fn read(r: &mut Reader) -> Options {
    let mut o = Options::default();
    let moment = Duration::from_millis(1);
    r.set("grpc.listen", &mut o.listen);
    o.tls = tls(r, "grpc");
    r.set("grpc.reflection", &mut o.reflection);
    r.set("grpc.metrics", &mut o.metrics);
    origins(r, "grpc.cors_origins", &mut o.cors_origins, |origin| origin == EVERY_ORIGIN || is_origin(origin));
    r.set_within("grpc.heartbeat", &mut o.heartbeat, Duration::from_millis(100)..=Duration::from_secs(15));
    r.set_within("grpc.request_timeout", &mut o.request_timeout, Duration::from_secs(1)..=HOUR);
    r.set_within("grpc.drain_notice", &mut o.drain_notice, Duration::ZERO..=HOUR);
    r.set_within("grpc.drain_deadline", &mut o.drain_deadline, Duration::ZERO..=HOUR);
    r.set_within("grpc.max_connections", &mut o.max_connections, 1..=1_000_000);
    r.set_within("grpc.max_connections_per_address", &mut o.max_connections_per_address, 0..=1_000_000);
    r.set_within("grpc.handshake_timeout", &mut o.handshake_timeout, moment..=HOUR);
    r.set_within("grpc.header_read_timeout", &mut o.header_read_timeout, moment..=HOUR);
    r.set_within("grpc.max_concurrent_streams", &mut o.max_concurrent_streams, 1..=100_000);
    r.set_within("grpc.max_pending_reset_streams", &mut o.max_pending_reset_streams, 1..=100_000);
    r.set_within("grpc.max_local_reset_streams", &mut o.max_local_reset_streams, 1..=100_000);
    r.set_within("grpc.max_control_frames", &mut o.max_control_frames, 100..=1_000_000);
    r.set_within("grpc.max_header_bytes", &mut o.max_header_bytes, 1024..=1024 * 1024);
    r.set_within("grpc.max_request_bytes", &mut o.max_request_bytes, 1024..=64 * MIB);
    r.set_within("grpc.max_reply_bytes", &mut o.max_reply_bytes, 1024..=64 * MIB);
    r.set_within("grpc.send_buffer_bytes", &mut o.send_buffer_bytes, 1024..=64 * MIB);
    r.set_within("grpc.socket_send_buffer_bytes", &mut o.socket_send_buffer_bytes, 4096..=64 * 1024 * 1024);
    r.set_within("grpc.stream_window_bytes", &mut o.stream_window_bytes, 1024..=64 * 1024 * 1024);
    r.set_within("grpc.connection_window_bytes", &mut o.connection_window_bytes, 65535..=256 * 1024 * 1024);
    r.set_within("grpc.keepalive_interval", &mut o.keepalive_interval, Duration::from_secs(1)..=HOUR);
    r.set_within("grpc.keepalive_timeout", &mut o.keepalive_timeout, Duration::from_millis(100)..=HOUR);
    o
}
