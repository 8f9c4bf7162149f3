//! What hostile peers cost the real binary: its memory stays bounded, and a good client still gets answers.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use generic_connector::pb;
use generic_connector::pb::system_service_client::SystemServiceClient;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tonic::transport::Endpoint;

use super::binary::Service;
use super::bridge_client::Client;
use super::support::within;

const OPENING: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
/// `:method POST`, `:scheme http`, `:path /`, `:authority a`.
const GOOD: &[u8] = &[0x83, 0x86, 0x84, 0x41, 1, b'a'];
/// A request without a method, which is an error of its stream alone.
const BAD: &[u8] = &[0x86];

const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const CONTINUATION: u8 = 9;
const END_STREAM_AND_HEADERS: u8 = 5;

fn frame(into: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    into.extend(&u32::try_from(payload.len()).unwrap().to_be_bytes()[1..]);
    into.extend([kind, flags]);
    into.extend(stream.to_be_bytes());
    into.extend(payload);
}

/// How long a flood waits for a peer that neither takes more nor closes.
const PATIENCE: Duration = Duration::from_millis(500);

/// Writes as fast as it is taken, and reads what comes back or leaves it there. Returns whether the peer closed.
async fn flood(door: SocketAddr, bytes: &[u8], read: bool) -> bool {
    let Ok(mut socket) = TcpStream::connect(door).await else { return true };
    let (mut input, mut output) = socket.split();
    let writing = async {
        for part in bytes.chunks(16 * 1024) {
            // A peer that stops reading has defended itself, too; the kernel's buffers are its own.
            let Ok(Ok(())) = timeout(PATIENCE, output.write_all(part)).await else { break };
        }
    };
    let reading = async {
        let mut buffer = [0; 16 * 1024];
        loop {
            let come = async { if read { input.read(&mut buffer).await } else { std::future::pending().await } };
            match timeout(PATIENCE, come).await {
                Ok(Ok(0) | Err(_)) => break true,
                Ok(Ok(_)) => {}
                Err(_) => break false,
            }
        }
    };
    tokio::join!(writing, reading).1
}

/// A connection that opens streams by `each`, or sends `each` over and over.
fn attack(times: u32, mut each: impl FnMut(&mut Vec<u8>, u32)) -> Vec<u8> {
    let mut bytes = OPENING.to_vec();
    (0..times).for_each(|index| each(&mut bytes, 2 * index + 1));
    bytes
}

/// The most memory that a process has had resident, KiB; none where the system does not tell.
pub fn most_resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

pub async fn good_clients_are_answered(service: &Service) {
    let endpoint = Endpoint::try_from(format!("http://{}", service.grpc)).unwrap();
    let mut typed = SystemServiceClient::new(within("a connection", endpoint.connect()).await.unwrap());
    within("hello", typed.hello(pb::HelloRequest::default())).await.unwrap();
    let mut desktop = Client::connect(service.bridge).await;
    desktop.send("Hello#desk").await;
    desktop.until("System").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attacks_cost_bounded_memory_and_good_clients_are_answered() {
    let service = Service::start(&["--log=error"]).await;
    let process = service.process.id().unwrap();
    good_clients_are_answered(&service).await;
    let floods = [
        ("stream errors", attack(20_000, |to, stream| frame(to, HEADERS, 4, stream, BAD))),
        (
            "rapid resets",
            attack(20_000, |to, stream| {
                frame(to, HEADERS, END_STREAM_AND_HEADERS, stream, GOOD);
                frame(to, RESET, 0, stream, &[0, 0, 0, 8]);
            }),
        ),
        ("streams without end", attack(20_000, |to, stream| frame(to, HEADERS, 4, stream, GOOD))),
        (
            "headers without end",
            attack(2_000, |to, stream| {
                let kind = if stream == 1 { HEADERS } else { CONTINUATION };
                frame(to, kind, 0, 1, &[&[0, 3, b'x', b'-', b'a', 127, 0x81, 0x7f][..], &[b'x'; 8_000]].concat());
            }),
        ),
        ("pings", attack(200_000, |to, _| frame(to, PING, 0, 0, &[0; 8]))),
        ("settings", attack(200_000, |to, _| frame(to, SETTINGS, 0, 0, &[]))),
    ];
    let mut before = most_resident(process);
    let mut report = |what: &str| {
        let (was, is) = (before, most_resident(process));
        before = is;
        let (Some(was), Some(is)) = (was, is) else { return };
        println!("{what}: {was} KiB, then {is} KiB");
        assert!(is.saturating_sub(was) <= 16 * 1024, "{what}: {was} KiB, then {is} KiB");
    };
    for (what, bytes) in floods {
        let floods = join_all((0..10).map(|n| flood(service.grpc, &bytes, n % 2 == 0))).await;
        let closed = floods.into_iter().filter(|closed| *closed).count();
        good_clients_are_answered(&service).await;
        report(&format!(
            "{what} (10 times {} KiB at once, half of them not reading, {closed} of the others cut)",
            bytes.len() / 1024
        ));
    }

    let mut idle = Vec::new();
    for _ in 0..150 {
        for (door, first) in [(service.grpc, OPENING), (service.bridge, b"Hello#desk\n")] {
            let mut socket = TcpStream::connect(door).await.unwrap();
            socket.write_all(first).await.unwrap();
            idle.push(socket);
        }
    }
    good_clients_are_answered(&service).await;
    report("300 idle connections");

    let mut slow = Vec::new();
    for part in [&b"GET / HT"[..], b"TP/1.1\r\nX-", b"A: "] {
        slow.resize_with(100, || None);
        for socket in &mut slow {
            let socket: &mut TcpStream = match socket {
                Some(socket) => socket,
                None => socket.insert(TcpStream::connect(service.grpc).await.unwrap()),
            };
            socket.write_all(part).await.unwrap();
        }
    }
    good_clients_are_answered(&service).await;
    report("100 requests that never end");

    let long = vec![b'x'; 4 * 1024 * 1024];
    join_all((0..20).map(|n| flood(service.bridge, &long, n % 2 == 0))).await;
    let mut socket = TcpStream::connect(service.bridge).await.unwrap();
    let (mut input, mut output) = socket.split();
    let answers = async {
        let mut answered = 0;
        let mut buffer = [0; 4096];
        while answered < 4096 {
            answered += input.read(&mut buffer).await.unwrap();
        }
    };
    let lines = async {
        for _ in 0..100 {
            output.write_all(&long[..100_000]).await.unwrap();
            output.write_all(b"\n").await.unwrap();
        }
    };
    within("answers to long lines", async { tokio::join!(answers, lines) }).await;
    good_clients_are_answered(&service).await;
    report("lines of 4 MiB, and 100 of 100 KB");
    drop((idle, slow));
}
