//! What one peer may cost: each limit, seen from a raw connection.

use std::time::Duration;

use generic_connector::config::Tls;
use generic_connector::grpc::Options;
use generic_connector::pb;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tonic::Code;

use super::grpc_serving::write_certificates;
use super::grpc_web::for_pages;
use super::grpc_world::{Door, options, reason};
use super::support::within;
use super::web_client::ORIGIN;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const ENHANCE_YOUR_CALM: u32 = 11;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

async fn read_frame(socket: &mut TcpStream) -> std::io::Result<(u8, Vec<u8>)> {
    let mut head = [0; 9];
    socket.read_exact(&mut head).await?;
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let mut payload = vec![0; usize::try_from(length).unwrap()];
    socket.read_exact(&mut payload).await?;
    Ok((head[3], payload))
}

async fn http2(door: &Door) -> TcpStream {
    let mut socket = TcpStream::connect(door.address).await.unwrap();
    socket.write_all(PREFACE).await.unwrap();
    socket.write_all(&frame(SETTINGS, 0, 0, &[])).await.unwrap();
    socket
}

/// Reads until the peer has closed.
async fn closed(socket: &mut TcpStream) {
    let mut rest = Vec::new();
    // A reset is a close, too.
    let _ = within("the close", socket.read_to_end(&mut rest)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_tell_the_limits() {
    let limits =
        Options { max_concurrent_streams: 7, max_header_bytes: 12_345, stream_window_bytes: 54_321, ..options() };
    let door = Door::open(limits).await;
    let mut socket = http2(&door).await;
    let (kind, payload) = within("settings", read_frame(&mut socket)).await.unwrap();
    assert_eq!(kind, SETTINGS);
    let setting = |id: u16| {
        payload
            .chunks(6)
            .find(|pair| pair[..2] == id.to_be_bytes())
            .map(|pair| u32::from_be_bytes([pair[2], pair[3], pair[4], pair[5]]))
    };
    assert_eq!(setting(3), Some(7), "concurrent streams");
    assert_eq!(setting(4), Some(54_321), "stream window");
    assert_eq!(setting(6), Some(12_345), "header list");
    drop(socket);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_or_slow_connection_is_closed() {
    let door = Door::open(Options { handshake_timeout: Duration::from_millis(100), ..options() }).await;
    let mut silent = TcpStream::connect(door.address).await.unwrap();
    closed(&mut silent).await;
    let mut slow = TcpStream::connect(door.address).await.unwrap();
    slow.write_all(&PREFACE[..10]).await.unwrap();
    closed(&mut slow).await;
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http1_request_without_end_is_closed() {
    let door = Door::open(Options { header_read_timeout: Duration::from_millis(100), ..options() }).await;
    let mut slow = TcpStream::connect(door.address).await.unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ").await.unwrap();
    closed(&mut slow).await;
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_bounded_in_all_and_per_address() {
    for limits in [Options { max_connections: 2, ..options() }, Options { max_connections_per_address: 2, ..options() }]
    {
        let door = Door::open(limits).await;
        let (mut first, mut second) = (http2(&door).await, http2(&door).await);
        for socket in [&mut first, &mut second] {
            within("settings", read_frame(socket)).await.unwrap();
        }
        let mut third = TcpStream::connect(door.address).await.unwrap();
        closed(&mut third).await;
        drop((first, second));
        door.close().await;
    }
}

/// The code with which the peer goes away.
async fn goaway(socket: &mut TcpStream) -> u32 {
    within("goaway", async {
        loop {
            let (kind, payload) = read_frame(socket).await.unwrap();
            if kind == GOAWAY {
                break u32::from_be_bytes([payload[4], payload[5], payload[6], payload[7]]);
            }
        }
    })
    .await
}

/// Of each limit on what a connection may do wrong: one less is served, and one more ends the connection with a word.
async fn ends_behind(limits: Options, few: usize, many: usize, each: impl Fn(u32) -> Vec<u8>) {
    let door = Door::open(limits).await;
    let send = async |count: usize| {
        let mut socket = http2(&door).await;
        let bytes: Vec<u8> = (0..count).flat_map(|index| each(2 * u32::try_from(index).unwrap() + 1)).collect();
        // One that is closed has been told.
        let _ = socket.write_all(&bytes).await;
        let _ = socket.write_all(&frame(PING, 0, 0, b"finished")).await;
        socket
    };
    let mut socket = send(few).await;
    while within("a pong", read_frame(&mut socket)).await.unwrap() != (PING, b"finished".to_vec()) {}
    assert_eq!(goaway(&mut send(many).await).await, ENHANCE_YOUR_CALM);
    drop(socket);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn floods_end_the_connection() {
    // A request without a method, which is an error of its stream alone.
    let limits = Options { max_local_reset_streams: 10, ..options() };
    ends_behind(limits, 9, 100, |stream| frame(HEADERS, 4, stream, &[0x86])).await;
    let limits = Options { max_pending_reset_streams: 10, ..options() };
    let taken_back = |stream| {
        [frame(HEADERS, 4, stream, &[0x83, 0x86, 0x84, 0x41, 1, b'a']), frame(RESET, 0, stream, &[0, 0, 0, 8])]
    };
    ends_behind(limits, 9, 100, |stream| taken_back(stream).concat()).await;
    let limits = Options { max_control_frames: 100, ..options() };
    ends_behind(limits, 90, 200, |_| frame(PING, 0, 0, b"pingpong")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_pings_is_kept_and_who_does_not_is_closed() {
    let patience = (Duration::from_millis(100), Duration::from_millis(200));
    let limits = Options { keepalive_interval: patience.0, keepalive_timeout: patience.1, ..options() };
    let door = Door::open(limits).await;
    let mut dead = http2(&door).await;
    let mut alive = http2(&door).await;
    let mut answered = 0;
    let lives = async {
        loop {
            let (kind, payload) = read_frame(&mut alive).await.unwrap();
            if kind == PING {
                alive.write_all(&frame(PING, 1, 0, &payload)).await.unwrap();
                answered += 1;
            }
        }
    };
    tokio::select! {
        () = closed(&mut dead) => {}
        () = lives => unreachable!(),
    }
    assert!(answered >= 2, "{answered} pings");
    alive.write_all(&frame(PING, 0, 0, b"still up")).await.unwrap();
    while within("a pong", read_frame(&mut alive)).await.unwrap().1 != b"still up" {}
    drop(alive);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tls_handshake_that_never_ends_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    write_certificates(folder.path());
    let file = |name: &str| folder.path().join(name);
    let tls = Tls { certificate: file("server.pem"), key: file("server.key"), client_ca: None };
    let door = Door::open(Options { tls: Some(tls), handshake_timeout: Duration::from_millis(100), ..options() }).await;
    for said in [&b""[..], &[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]] {
        let mut socket = TcpStream::connect(door.address).await.unwrap();
        socket.write_all(said).await.unwrap();
        closed(&mut socket).await;
    }
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_http1_head_that_is_too_long_is_refused() {
    let door = Door::open(Options { max_header_bytes: 8192, ..options() }).await;
    let long = [&b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: "[..], &[b'x'; 17_000], b"\r\n\r\n"].concat();
    let many = [&b"GET /healthz HTTP/1.1\r\nHost: a\r\n"[..], &b"A: b\r\n".repeat(200), b"\r\n"].concat();
    for head in [long, many] {
        let mut socket = TcpStream::connect(door.address).await.unwrap();
        socket.write_all(&head).await.unwrap();
        let mut answer = [0; 12];
        within("an answer", socket.read_exact(&mut answer)).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 431");
        closed(&mut socket).await;
    }
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_and_headers_that_are_too_large_are_refused() {
    let door = Door::open(Options { max_request_bytes: 2048, max_header_bytes: 4096, ..options() }).await;
    let large = |size| pb::ConnectRequest { agent_id: "1001".into(), password: "x".repeat(size), ..Default::default() };
    let refused = door.agents().connect(large(3000)).await.unwrap_err();
    assert_eq!(refused.code(), Code::OutOfRange);
    // Of a caller without credentials it is not even read.
    let refused = door.agents().connect(large(5000)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::InvalidArgument, "INVALID_INPUT"));
    let mut request = tonic::Request::new(pb::ConnectRequest::default());
    request.metadata_mut().insert("x-large", "x".repeat(5000).parse().unwrap());
    assert!(door.agents().connect(request).await.is_err());
    let small = pb::ConnectRequest { agent_id: "1001".into(), password: "demo".into(), ..Default::default() };
    door.agents().connect(small).await.unwrap();
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_end_is_answered() {
    let soon = Duration::from_millis(100);
    // Of a stranger no message is waited for that long.
    for limits in [Options { request_timeout: soon, ..for_pages() }, Options { handshake_timeout: soon, ..for_pages() }]
    {
        // A plain call goes straight to its service, one from a page by the router.
        answers_without_end(limits.clone(), None).await;
        answers_without_end(limits, Some(("origin", ORIGIN))).await;
    }
}

async fn answers_without_end(limits: Options, page: Option<(&str, &str)>) {
    let door = Door::open(limits).await;
    let mut socket = http2(&door).await;
    let mut request = vec![0x83, 0x86, 0x41, 1, b'a'];
    let plain = [(":path", "/gc.v1.SystemService/Hello"), ("content-type", "application/grpc"), ("te", "trailers")];
    for (name, value) in plain.into_iter().chain(page) {
        request.push(0);
        request.push(u8::try_from(name.len()).unwrap());
        request.extend(name.as_bytes());
        request.push(u8::try_from(value.len()).unwrap());
        request.extend(value.as_bytes());
    }
    socket.write_all(&frame(HEADERS, 4, 1, &request)).await.unwrap();
    let answered = within("an answer", async {
        loop {
            if read_frame(&mut socket).await.unwrap().0 == HEADERS {
                break;
            }
        }
    });
    answered.await;
    drop(socket);
    door.close().await;
}
