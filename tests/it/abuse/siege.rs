//! Slow peers: many connections of each kind at once, which say too little to be served and hold what they have.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::frames::{CONTINUATION, DATA, End, HEADERS, PREFACE, Said, frame, opening};
use super::http2::open;
use super::legacy::UPGRADE;
use super::storm::Outcome;

/// How often a byte, or a few, of a slow peer come.
const DRIBBLE: Duration = Duration::from_millis(50);
/// How many connections of each kind there are.
const EACH: usize = 10;
/// How long a connection may last at most. The service is told to wait a second for everything, and half a second more
/// where it asks before it closes.
pub const LONGEST: Duration = Duration::from_millis(3500);

/// Where a kind of peer connects.
#[derive(Clone, Copy, Debug)]
pub enum At {
    Grpc,
    Bridge,
}

/// One kind of slow peer: what it says at first, and what then, over and over.
pub struct Slow {
    name: &'static str,
    at: At,
    begin: Vec<u8>,
    then: Vec<u8>,
}

/// Those of the ports without TLS.
pub fn plain() -> Vec<Slow> {
    use At::{Bridge, Grpc};
    let slow = |name, at, begin: &[u8], then: &[u8]| Slow { name, at, begin: begin.to_vec(), then: then.to_vec() };
    let half_headers = [opening(None), frame(HEADERS, 0, 1, &[0x83])].concat();
    let message = [opening(None), open(1), frame(DATA, 0, 1, &[0, 0, 0, 1, 0])].concat();
    let chunked =
        b"POST /gc.v1.SystemService/Hello HTTP/1.1\r\nHost: a\r\nContent-Type: application/grpc-web+proto\r\n\
        Transfer-Encoding: chunked\r\n\r\n5\r\n\0\0\0\x01\0\r\n";
    let half_frame = [UPGRADE, &[0x81, 0xfe, 0x7f, 0xff, 0, 0, 0, 0]].concat();
    vec![
        slow("silence", Grpc, b"", b""),
        slow("half a preface", Grpc, &PREFACE[..12], b""),
        slow("a preface bit by bit", Grpc, b"P", b"R"),
        slow("half a header block", Grpc, &half_headers, b""),
        slow("a header block bit by bit", Grpc, &half_headers, &frame(CONTINUATION, 0, 1, &[])),
        slow("a message bit by bit", Grpc, &message, &frame(DATA, 0, 1, b"x")),
        slow("HTTP/1: half a head", Grpc, b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", b""),
        slow("HTTP/1: a head bit by bit", Grpc, b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", b"x"),
        slow("HTTP/1: a message bit by bit", Grpc, chunked, b"1\r\nx\r\n"),
        slow("HTTP/1: nothing behind an answer", Grpc, b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", b""),
        slow("WebSocket: no command", Grpc, UPGRADE, b""),
        slow("WebSocket: a command bit by bit", Grpc, &half_frame, b"x"),
        slow("lines: silence", Bridge, b"", b""),
        slow("lines: a command bit by bit", Bridge, b"Hello#", b"x"),
    ]
}

/// Those of the ports with TLS.
pub fn tls() -> Vec<Slow> {
    // A handshake record of 512 bytes, and of the ClientHello in it the head.
    let half: &[u8] = &[0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3];
    let slow = |name, at, begin: &[u8], then: &[u8]| Slow { name, at, begin: begin.to_vec(), then: then.to_vec() };
    vec![
        slow("TLS: silence", At::Grpc, b"", b""),
        slow("TLS: half a ClientHello", At::Grpc, half, b""),
        slow("TLS: a ClientHello bit by bit", At::Grpc, half, b"\0"),
        slow("TLS at lines: half a ClientHello", At::Bridge, half, b""),
    ]
}

impl Slow {
    /// As many of them as there are, until each is closed.
    pub async fn besiege(&self, grpc: SocketAddr, bridge: SocketAddr) -> Vec<Outcome> {
        let door = match self.at {
            At::Grpc => grpc,
            At::Bridge => bridge,
        };
        let outcomes = join_all((0..EACH).map(|_| self.lasts(door))).await;
        let longest = outcomes.iter().map(|outcome| outcome.took).max().unwrap_or_default();
        println!("  {:42} {:?} after {} ms", self.name, outcomes[0].end, longest.as_millis());
        outcomes
    }

    async fn lasts(&self, door: SocketAddr) -> Outcome {
        let begun = Instant::now();
        let mut socket = TcpStream::connect(door).await.unwrap();
        socket.write_all(&self.begin).await.unwrap();
        let (mut input, mut output) = socket.split();
        let mut buffer = [0; 4096];
        let reading = async { while input.read(&mut buffer).await.is_ok_and(|count| count > 0) {} };
        let writing = async {
            let mut pace = interval(DRIBBLE);
            pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
            while !self.then.is_empty() && output.write_all(&self.then).await.is_ok() {
                pace.tick().await;
            }
            // A peer that may not write any more reads what there is.
            std::future::pending::<()>().await
        };
        let closed = async {
            tokio::select! {
                () = reading => {}
                () = writing => {}
            }
        };
        let end = timeout(LONGEST, closed).await.map_or(End::Taken, |()| End::Closed);
        Outcome { end, took: begun.elapsed() }
    }
}

/// Idle connections from two addresses of this machine, more than one and than both together may have, as long as something
/// takes.
#[cfg(target_os = "linux")]
pub async fn crowd(door: SocketAddr, until: impl Future<Output = ()>) -> Vec<Outcome> {
    let (first, mut outcomes) = idle([127, 0, 0, 2], door, 250).await;
    let (second, more) = idle([127, 0, 0, 3], door, 250).await;
    outcomes.extend(more);
    println!("  {} connections of one address, {} of another", first.len(), second.len());
    // The good client has two, and the first address as many as one may have.
    assert_eq!((first.len(), second.len()), (200, 98));
    until.await;
    outcomes
}

/// Connections from an address that speak HTTP/2 and ask for nothing.
#[cfg(target_os = "linux")]
async fn idle(from: [u8; 4], door: SocketAddr, count: usize) -> (Vec<TcpStream>, Vec<Outcome>) {
    let served = async |mut connection: TcpStream| {
        connection.write_all(&opening(None)).await.ok()?;
        let (mut said, mut buffer) = (Said::default(), [0; 512]);
        while !said.began {
            let count = connection.read(&mut buffer).await.ok().filter(|count| *count > 0)?;
            said.hear(&buffer[..count]);
        }
        Some(connection)
    };
    let (mut connections, mut outcomes) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let begun = Instant::now();
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((Ipv4Addr::from(from), 0).into()).unwrap();
        let connection = served(socket.connect(door).await.unwrap()).await;
        let end = if connection.is_some() { End::Taken } else { End::Refused };
        outcomes.push(Outcome { end, took: begun.elapsed() });
        connections.extend(connection);
    }
    (connections, outcomes)
}
