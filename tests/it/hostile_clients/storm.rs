//! What the hostile clients do, each in its own way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use futures_util::SinkExt as _;
use generic_connector::pb::ExchangeRequest;
use generic_connector::pb::bridge_service_client::BridgeServiceClient;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_stream::wrappers::ReceiverStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::broker::desk::Desk as _;
use crate::broker::stomp;
use crate::websocket_client;

/// How often a client that is thrown out comes back, and how much it does each time; then it holds on to what it has. The
/// tests beside this one have the same cores.
const TIMES: usize = 3;
const STEPS: usize = 200;
/// How many times twenty answers a client at the broker asks for that it never reads.
const UNREAD: usize = 25;

/// What a hostile client has done, so that the storm is known to blow.
pub type Steps = Arc<AtomicUsize>;

/// Reads what there is, as long as it takes for something to come.
async fn answer(socket: &mut TcpStream) {
    let _ = socket.read(&mut [0; 16 * 1024]).await;
}

pub async fn at_tcp(n: usize, service: [std::net::SocketAddr; 2], steps: Steps) {
    let mut held = Vec::new();
    let garbage: Vec<u8> = (0..4096_usize).map(|at| (at * 31 % 251) as u8).collect();
    for _ in 0..TIMES {
        let Ok(mut socket) = TcpStream::connect(service[1]).await else { continue };
        let storm = format!("Connect#100{}#desk.a,wrong\nMakeReady#1001\nLogout#1002\n", 1 + n % 4);
        let (bytes, reads) = match n % 5 {
            0 => (b"Hello#desk.a\n".repeat(100), false),
            1 => (b"Connect#1001#desk.a,".to_vec(), true),
            2 => (vec![b'x'; 4 * 1024 * 1024], false),
            3 => (garbage.clone(), true),
            _ => (storm.into_bytes(), true),
        };
        for _ in 0..STEPS {
            if socket.write_all(&bytes).await.is_err() {
                break;
            }
            steps.fetch_add(1, Relaxed);
            if reads {
                answer(&mut socket).await;
            }
        }
        held.push(socket);
    }
    std::future::pending::<()>().await;
}

pub async fn at_websocket(n: usize, service: [std::net::SocketAddr; 2], steps: Steps) {
    let mut held = Vec::new();
    for _ in 0..TIMES {
        let Ok(socket) = TcpStream::connect(service[0]).await else { continue };
        let origin = n.is_multiple_of(5).then_some("https://evil.test");
        let opened = websocket_client::Client::on(socket, origin).await;
        steps.fetch_add(1, Relaxed);
        let Ok(mut client) = opened else { continue };
        let without_end = |code| Message::Frame(Frame::message(vec![b'x'; 60_000], OpCode::Data(code), false));
        match n % 5 {
            1 => {
                for _ in 0..STEPS {
                    let _ = client.0.send(Message::text("Hello#desk.b")).await;
                }
            }
            2 => {
                let _ = client.0.send(without_end(Data::Text)).await;
                for _ in 0..STEPS {
                    let _ = client.0.send(without_end(Data::Continue)).await;
                }
            }
            3 => {
                // Announces 2^40 bytes, and sends them.
                let _ = client.0.get_mut().write_all(&[0x81, 0x80 | 127, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]).await;
                for _ in 0..STEPS {
                    let _ = client.0.get_mut().write_all(&[b'x'; 16 * 1024]).await;
                }
            }
            _ => {
                let storm = format!("Connect#100{}#desk.b,wrong", 1 + n % 4);
                for _ in 0..STEPS {
                    let _ = client.0.send(Message::text(&storm)).await;
                    client.frame().await;
                    steps.fetch_add(1, Relaxed);
                }
            }
        }
        held.push(client);
    }
    std::future::pending::<()>().await;
}

pub async fn at_exchange(n: usize, channel: tonic::transport::Channel, steps: Steps) {
    let mut held = Vec::new();
    for _ in 0..TIMES {
        let (up, requests) = tokio::sync::mpsc::channel(1);
        let mut client = BridgeServiceClient::new(channel.clone());
        let Ok(down) = client.exchange(ReceiverStream::new(requests)).await else { continue };
        let mut down = down.into_inner();
        let (kind, body) = match n % 5 {
            0 | 1 => ("Hello#desk".to_owned(), String::new()),
            2 => ("Dance#nobody".to_owned(), "x".repeat(60_000)),
            3 => (format!("{}#1001", "x".repeat(60_000)), String::new()),
            _ => (format!("Connect#100{}", 1 + n % 4), "desk.d,wrong".to_owned()),
        };
        for _ in 0..STEPS {
            if up.send(ExchangeRequest { r#type: kind.clone(), body: body.clone() }).await.is_err() {
                break;
            }
            steps.fetch_add(1, Relaxed);
            if n % 5 == 4 && down.message().await.is_err() {
                break;
            }
        }
        held.push((up, down));
    }
    std::future::pending::<()>().await;
}

pub async fn at_broker(n: usize, broker: std::net::SocketAddr, steps: Steps) {
    let own = format!("hostile.{n}");
    let mut desk = stomp::Desktop::connect(broker, &own).await;
    for turn in 0.. {
        for at in 0..20 {
            let (command, body) = match n % 5 {
                0 => (format!("Dance{at}#nobody{turn}"), String::new()),
                1 if at < 5 => ("MakeCall#nobody".to_owned(), "x".repeat(200_000)),
                2 if turn < 40 => (format!("Hello#away.{n}.{turn}.{at}"), String::new()),
                3 => (format!("Connect#100{}", 1 + at % 4), "desk.c,wrong".to_owned()),
                4 if turn < UNREAD => (format!("Hello#{own}"), String::new()),
                _ => continue,
            };
            desk.send(&command, &body).await;
        }
        steps.fetch_add(1, Relaxed);
        // Nobody can be faster than the queue and live, but for those who never read what comes.
        if n % 5 != 4 {
            desk.send(&format!("Hello#{own}"), "").await;
            desk.frame().await;
        } else if turn >= UNREAD {
            std::future::pending::<()>().await;
        }
    }
}
