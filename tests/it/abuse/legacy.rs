//! Attacks by HTTP/1.1, WebSocket and lines of the legacy door.

use super::attack::{Attack, CLOSED, HELD, TAKEN};

pub const UPGRADE: &[u8] = b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const TEXT: u8 = 1;
const PING: u8 = 9;
const CONTINUED: u8 = 0;
const FIN: u8 = 0x80;

/// A frame of a client, masked with zeros.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = match payload.len() {
        short @ 0..126 => vec![0x80 | u8::try_from(short).unwrap()],
        long => [&[0x80 | 126][..], &u16::try_from(long).unwrap().to_be_bytes()].concat(),
    };
    [&[first][..], &length, &[0; 4], payload].concat()
}

fn websocket(frames: &[u8]) -> Vec<u8> {
    [UPGRADE, frames].concat()
}

/// At the gRPC port.
pub fn over_http() -> Vec<Attack> {
    let begun = |head: &str| format!("{head} HTTP/1.1\r\nHost: a\r\n").into_bytes();
    let chunked = |head: &str, more: &str, chunk: &[u8]| {
        let head = [begun(head), format!("Transfer-Encoding: chunked\r\n{more}\r\n").into_bytes()].concat();
        [head, chunk.repeat(4 * 1024 * 1024 / chunk.len())].concat()
    };
    let hello = "POST /gc.v1.SystemService/Hello";
    let from_page = "Content-Type: application/grpc-web+proto\r\n";
    let chunk = [&b"1000\r\n"[..], &[0; 4096], b"\r\n"].concat();
    let text = |bytes: &[u8]| frame(FIN | TEXT, bytes);
    let request = |path: &str| begun(&format!("GET {path}")).into_iter().chain(*b"\r\n").collect::<Vec<_>>();
    vec![
        Attack::new("HTTP/1: a header without end", [begun("GET /"), vec![b'x'; 4 << 20]].concat(), CLOSED),
        Attack::new("HTTP/1: headers without end", [begun("GET /"), b"A: b\r\n".repeat(500_000)].concat(), CLOSED),
        Attack::new("HTTP/1: a body without end", chunked("POST /healthz", "", &chunk), CLOSED),
        Attack::new("HTTP/1: a page's message without end", chunked(hello, from_page, &chunk), CLOSED),
        Attack::new("HTTP/1: a page's message in crumbs", chunked(hello, from_page, b"1\r\n\0\r\n"), HELD),
        Attack::new("HTTP/1: chunks that are all extension", chunked(hello, from_page, b"1;aaaaaaaaaaaaaaaa"), CLOSED),
        Attack::new("HTTP/1: requests in one go", request("/healthz").repeat(4_000), TAKEN),
        Attack::new("HTTP/1: metrics in one go", request("/metrics").repeat(500), TAKEN),
        Attack::deaf("HTTP/1: metrics in one go, unread", request("/metrics").repeat(400_000), HELD),
        Attack::new(
            "WebSocket: a message without end",
            websocket(&[frame(TEXT, &[b'x'; 60_000]), frame(CONTINUED, &[b'x'; 60_000]).repeat(60)].concat()),
            CLOSED,
        ),
        Attack::new(
            "WebSocket: a message of nothing without end",
            websocket(&[frame(TEXT, &[]), frame(CONTINUED, &[]).repeat(500_000)].concat()),
            CLOSED,
        ),
        Attack::new(
            "WebSocket: a frame of 2^40 bytes",
            websocket(&[&[FIN | TEXT, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &[b'x'; 1 << 20]].concat()),
            CLOSED,
        ),
        Attack::new("WebSocket: pings", websocket(&frame(FIN | PING, &[0; 125]).repeat(50_000)), CLOSED),
        Attack::deaf("WebSocket: pings, unread", websocket(&frame(FIN | PING, &[0; 125]).repeat(50_000)), HELD),
        Attack::new("WebSocket: junk", websocket(&text(b"dance#1001#x").repeat(3_000)), TAKEN),
        Attack::deaf("WebSocket: junk, unread", websocket(&text(b"dance#1001#x").repeat(500_000)), HELD),
    ]
}

/// At the door for lines.
pub fn over_lines() -> Vec<Attack> {
    vec![
        Attack::new("lines: one without end", vec![b'x'; 32 << 20], TAKEN),
        Attack::new("lines: too long ones", [&vec![b'x'; 70_000][..], b"\n"].concat().repeat(200), TAKEN),
        Attack::new("lines: empty ones", b"\n".repeat(1 << 20), CLOSED),
        Attack::new("lines: junk", b"dance#1001#x\n".repeat(3_000), TAKEN),
        Attack::deaf("lines: junk, unread", b"dance#1001#x\n".repeat(1_000_000), HELD),
        Attack::new("lines: agents nobody has", b"GetState#nobody\n".repeat(3_000), TAKEN),
    ]
}
