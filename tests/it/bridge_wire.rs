//! The TCP door against rude, slow, silent and numerous clients.

use std::sync::Arc;
use std::time::Duration;

use generic_connector::bridge::tcp::Options;
use generic_connector::sim::Flavour;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::bridge_client::{Client, open, options};
use crate::support::{World, within};

#[tokio::test]
async fn bad_input_gets_an_error_and_the_connection_goes_on() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::connect(open(&world, Options { max_line: 100, ..options() })).await;
    let long = "x".repeat(1000);
    for bad in ["Hello", "#x", "{", r#"{"type":5}"#, "a\0b", &long, "Dance#1", "Login#a/b#p,1"] {
        desk.send(bad).await;
        let line = desk.next().await;
        assert_eq!((&line["type"], &line["code"]), (&"Error".into(), &"INVALID_INPUT".into()), "{bad}: {line}");
    }
    desk.output.write_all(b"Hello#\xff\xfe\n\r\n\nHello#desk\r\n").await.unwrap();
    assert_eq!(desk.next().await["message"], "line is not UTF-8");
    assert_eq!(desk.next().await["type"], "System");
    // Far more answers than may wait for a client, for one that reads them.
    let flood = async { desk.output.write_all(&b"x\n".repeat(20_000)).await.unwrap() };
    let answers = async {
        for _ in 0..20_000 {
            let mut line = String::new();
            desk.input.read_line(&mut line).await.unwrap();
            assert!(line.contains("INVALID_INPUT"), "{line}");
        }
    };
    within("every answer", async { tokio::join!(flood, answers) }).await;
    world.stop().await;
}

#[tokio::test]
async fn who_sends_empty_lines_without_end_is_cut() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::connect(open(&world, options())).await;
    desk.output.write_all(&b"\n".repeat(900)).await.unwrap();
    desk.send("Hello#desk").await;
    desk.until("System").await;
    desk.output.write_all(&b"\n".repeat(1001)).await.unwrap();
    assert_eq!(desk.line().await, None);
    world.stop().await;
}

#[tokio::test]
async fn a_client_that_closes_its_sending_side_gets_every_answer() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::connect(open(&world, options())).await;
    desk.send("Connect#1001#desk,demo\nLogin#1001#demo,2001\nGetState#1001").await;
    desk.output.shutdown().await.unwrap();
    let mut kinds = Vec::new();
    while let Some(line) = desk.line().await {
        let line: Value = serde_json::from_str(&line).unwrap();
        kinds.push(line["type"].as_str().unwrap().to_owned());
    }
    // The question may be answered while the sign-in is still on its way.
    kinds.sort();
    assert_eq!(kinds, ["AgentInfo", "State", "State"]);
    world.stop().await;
}

#[tokio::test]
async fn the_silent_and_the_surplus_are_closed() {
    let world = World::start(Flavour::Ucce).await;
    let limits = Options { max_connections: 2, first_line_timeout: Duration::from_millis(200), ..options() };
    let door = open(&world, limits);
    let mut first = Client::connect(door).await;
    first.send("Hello#a").await;
    first.next().await;
    let mut silent = Client::connect(door).await;
    let mut surplus = Client::connect(door).await;
    assert_eq!(surplus.line().await, None, "a third connection");
    silent.output.write_all(b"Hello#no end of line").await.unwrap();
    assert_eq!(silent.line().await, None, "no line in time");
    let mut third = Client::connect(door).await;
    third.send("Hello#c").await;
    third.next().await;
    first.send("Hello#a").await;
    assert_eq!(first.next().await["type"], "System");
    world.stop().await;
}

#[tokio::test]
async fn connections_of_one_address_are_bounded() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, Options { max_connections_per_address: 2, ..options() });
    let mut clients = [Client::connect(door).await, Client::connect(door).await];
    for client in &mut clients {
        client.send("Hello#a").await;
        client.next().await;
    }
    assert_eq!(Client::connect(door).await.line().await, None, "a third connection");
    for client in &mut clients {
        client.send("Hello#a").await;
        assert_eq!(client.next().await["type"], "System");
    }
    world.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_and_another_is_served() {
    let world = World::start(Flavour::Ucce).await;
    let limits = Options { write_timeout: Duration::from_millis(300), send_buffer: 4096, ..options() };
    let door = open(&world, limits);
    let mut reader = Client::sign_in(door, "1001").await;
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stuck = within("a connection", socket.connect(door)).await.unwrap();
    // Answers pile up until the door stops reading, then no byte moves until it cuts the connection.
    let flood = "Hello#stuck\n".repeat(1000);
    let cut = async { while stuck.write_all(flood.as_bytes()).await.is_ok() {} };
    within("the cut", cut).await;
    reader.send("GetState#1001").await;
    reader.until("State").await;
    world.stop().await;
}

#[tokio::test]
async fn the_door_speaks_tls_where_it_is_configured() {
    let world = World::start(Flavour::Ucce).await;
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let server = rustls::ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let door = open(&world, Options { tls: Some(Arc::new(server)), ..options() });
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(client));
    let socket = TcpStream::connect(door).await.unwrap();
    let mut tls = within("tls", connector.connect("localhost".try_into().unwrap(), socket)).await.unwrap();
    tls.write_all(b"Hello#desk\n").await.unwrap();
    let mut answer = [0; 40];
    within("an answer", tls.read_exact(&mut answer)).await.unwrap();
    assert_eq!(&answer[..], b"{\"type\":\"System\",\"status\":\"IN_SERVICE\"}\n");
    let mut plain = TcpStream::connect(door).await.unwrap();
    plain.write_all(b"Hello#desk\n").await.unwrap();
    let mut answer = Vec::new();
    // Closed with an alert, or reset.
    let _ = within("the end", plain.read_to_end(&mut answer)).await;
    assert!(!answer.contains(&b'{'), "no plain text at a tls door");
    world.stop().await;
}

/// A command of the catalogue, whole or spoilt: bytes cut out, doubled, changed or put in.
fn mutated(random: &mut fastrand::Rng, valid: &[String]) -> Vec<u8> {
    let mut line = valid[random.usize(..valid.len())].clone().into_bytes();
    for _ in 0..random.usize(..4) {
        let at = random.usize(..=line.len());
        match random.u8(..6) {
            0 => line.insert(at, random.u8(..)),
            1 => line.insert(at, *random.choice(b"#,{}\"\\: \r\0").unwrap()),
            2 if at < line.len() => drop(line.remove(at)),
            3 if at < line.len() => line[at] = random.u8(..),
            4 => line.truncate(at),
            _ => line.extend_from_within(at..),
        }
    }
    if random.u8(..8) == 0 {
        let length = random.usize(..300);
        line = std::iter::repeat_with(|| random.u8(..)).take(length).collect();
    }
    line.retain(|byte| *byte != b'\n');
    line.push(b'\n');
    line
}

#[tokio::test]
async fn ten_thousand_spoilt_lines_crash_nothing_and_leak_nothing() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut witness = Client::sign_in(door, "1002").await;
    witness.quiet().await;
    let verbs = generic_connector::command::catalogue::VERBS.iter().flat_map(|verb| {
        let bodies = ["", "#1", "#demo,2001", "#1,callVariable1,x", "#2003,1"];
        let plain = bodies.map(|body| format!("{}#1001{body}", verb.name));
        let json = format!(r#"{{"type":"{}#1001","body":"demo,2001"}}"#, verb.name);
        let rest = format!(r#"{{"data":{{"type":"{}#1001","body":"null","sessionUrl":"x"}}}}"#, verb.name);
        plain.into_iter().chain([json, rest])
    });
    let valid: Vec<String> = verbs.collect();
    let mut rude = Client::connect(door).await;
    rude.send("Connect#1001#rude,demo").await;
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..100 {
        let lines: Vec<u8> = (0..100).flat_map(|_| mutated(&mut random, &valid)).collect();
        rude.output.write_all(&lines).await.unwrap();
        for line in rude.quiet().await {
            assert!(["1002", "2002"].iter().all(|other| line["agentId"] != *other), "{line}");
        }
    }
    assert_eq!(witness.quiet().await, Vec::<Value>::new(), "another agent's client heard of it");
    witness.send("MakeReady#1002").await;
    witness.state("READY").await;
    world.stop().await;
}
