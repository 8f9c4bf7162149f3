//! The legacy door as a WebSocket: desktops and browsers, rude, slow and silent ones too.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use generic_connector::app::{App, Purpose, Settings};
use generic_connector::bridge::say::Encoding;
use generic_connector::bridge::tcp;
use generic_connector::bridge::websocket::Options;
use generic_connector::config::{Sources, Tls};
use generic_connector::session;
use generic_connector::sim::Flavour;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::bridge_client::{self, beside};
use crate::grpc_world::{Door, options};
use crate::support::{World, session_options, within};
use crate::websocket_client::Client;

const HELLO: &str = r#"{"type":"System","status":"IN_SERVICE"}"#;

/// A door with other choices or limits.
async fn door(websocket: Options, limits: tcp::Options) -> Door {
    let world = World::start(Flavour::Ucce).await;
    let beside = beside(&world.manager, &world.tasks, websocket, limits);
    Door::open_with(world, options(), beside).await
}

#[tokio::test]
async fn a_frame_in_any_form_is_a_command_and_its_answer_a_frame() {
    let door = Door::open(options()).await;
    let mut desk = Client::open(door.address).await;
    for hello in [
        "Hello#desk",
        "hello # desk\r\n",
        r#"{"type":"Hello#desk"}"#,
        r#"{"data":{"type":"Hello#desk","body":"null","sessionUrl":"x"}}"#,
    ] {
        desk.send(hello).await;
        assert_eq!(desk.next().await.to_string(), HELLO, "{hello}");
        desk.0.send(Message::binary(hello.as_bytes().to_vec())).await.unwrap();
        assert_eq!(desk.next().await.to_string(), HELLO, "{hello} as bytes");
    }
    for bad in ["Hello", "#x", "{", r#"{"type":5}"#, "a\0b", "Dance#1"] {
        desk.send(bad).await;
        let line = desk.next().await;
        assert_eq!((&line["type"], &line["code"]), (&"Error".into(), &"INVALID_INPUT".into()), "{bad}: {line}");
    }
    desk.0.send(Message::binary(b"Hello#\xff".to_vec())).await.unwrap();
    assert_eq!(desk.next().await["message"], "line is not UTF-8");
    desk.send(" \n").await;
    desk.send("Hello#desk").await;
    assert_eq!(desk.next().await.to_string(), HELLO);
    desk.leave().await;
    door.close().await;
}

#[tokio::test]
async fn an_agent_works_through_it_in_order() {
    let door = Door::open(options()).await;
    let mut desk = Client::open(door.address).await;
    for command in ["Connect#1001#desk,demo", "Login#1001#demo,2001", "MakeReady#1001"] {
        desk.send(command).await;
    }
    // In order by type; who the agent is may be told between the states or behind them.
    let mut lines = [desk.next().await, desk.next().await, desk.next().await];
    lines.sort_by_key(|line| line["type"] == "AgentInfo");
    assert_eq!([&lines[0]["state"], &lines[1]["state"], &lines[2]["type"]], ["NOT_READY", "READY", "AgentInfo"]);
    door.world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let call = desk.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    desk.send(&format!("AnswerCall#1001#{call}")).await;
    assert_eq!(desk.until("InboundCall").await["state"], "ACTIVE");
    // What was proved here is proved nowhere else.
    let mut other = Client::open(door.address).await;
    other.send(&format!("ReleaseCall#1001#{call}")).await;
    assert_eq!(other.next().await["code"], "AUTHORIZATION_FAILURE");
    desk.send(&format!("ReleaseCall#1001#{call}")).await;
    assert_eq!(desk.until("InboundCall").await["state"], "DROPPED");
    drop((desk, other));
    door.close().await;
}

#[tokio::test]
async fn a_page_of_another_site_is_refused_before_the_upgrade() {
    let listed = Options { origins: vec!["https://desk.example".to_owned()], ..Options::default() };
    let door = door(listed, bridge_client::options()).await;
    let own = format!("http://{}", door.address);
    for good in [None, Some("https://desk.example"), Some(own.as_str())] {
        let socket = TcpStream::connect(door.address).await.unwrap();
        let mut desk = Client::on(socket, good).await.unwrap();
        desk.send("Hello#desk").await;
        assert_eq!(desk.next().await.to_string(), HELLO, "{good:?}");
    }
    for bad in ["https://evil.test", "null", "https://desk.example.evil.test"] {
        let socket = TcpStream::connect(door.address).await.unwrap();
        match Client::on(socket, Some(bad)).await {
            Err(Error::Http(response)) => assert_eq!(response.status(), 403, "{bad}"),
            other => panic!("{bad} is let in: {:?}", other.err()),
        }
    }
    door.close().await;
}

#[tokio::test]
async fn what_is_too_long_is_refused_and_the_connection_closed() {
    let door = door(Options::default(), tcp::Options { max_line: 1000, ..bridge_client::options() }).await;
    let mut long = Client::open(door.address).await;
    long.send(&format!("Hello#{}", "x".repeat(2000))).await;
    assert_eq!(long.next().await["message"], "the command is too long");
    assert_eq!(long.close_code().await, 1009);
    // In pieces too; nor is what a frame only announces waited for.
    let mut pieces = Client::open(door.address).await;
    let piece = |code, last| Message::Frame(Frame::message(vec![b'x'; 600], OpCode::Data(code), last));
    pieces.0.send(piece(Data::Text, false)).await.unwrap();
    pieces.0.send(piece(Data::Continue, false)).await.unwrap();
    assert_eq!(pieces.close_code().await, 1009);
    let mut announced = Client::open(door.address).await;
    let head = [0x81, 0x80 | 127, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4];
    announced.0.get_mut().write_all(&head).await.unwrap();
    assert_eq!(announced.close_code().await, 1009);
    let mut fits = Client::open(door.address).await;
    fits.send(&format!("Hello#x{}", " ".repeat(993))).await;
    assert_eq!(fits.next().await.to_string(), HELLO);
    // What breaks the protocol closes the connection as well.
    fits.0.get_mut().write_all(&[0x83, 0x80, 1, 2, 3, 4]).await.unwrap();
    assert_eq!(fits.close_code().await, 1002);
    drop((long, pieces, announced, fits));
    door.close().await;
}

#[tokio::test]
async fn who_sends_frames_without_commands_is_cut() {
    let door = Door::open(options()).await;
    let ping = || Message::Ping(Vec::new().into());
    let piece = |code| Message::Frame(Frame::message(Vec::new(), OpCode::Data(code), false));
    for (begin, each) in [(ping(), ping()), (piece(Data::Text), piece(Data::Continue))] {
        let mut client = Client::open(door.address).await;
        client.send("Hello#desk").await;
        client.until("System").await;
        client.0.feed(begin).await.unwrap();
        for _ in 0..1000 {
            client.0.feed(each.clone()).await.unwrap();
        }
        client.0.flush().await.unwrap();
        assert_eq!(client.close_code().await, 1008);
    }
    door.close().await;
}

#[tokio::test]
async fn whoever_gives_no_sign_of_life_is_cut() {
    let interval = Duration::from_millis(200);
    let pinged = Options { ping_interval: interval, ..Options::default() };
    let door = door(pinged, bridge_client::options()).await;
    let mut dead = Client::open(door.address).await;
    dead.send("Hello#dead").await;
    let mut alive = Client::open(door.address).await;
    alive.send("Hello#alive").await;
    assert_eq!(alive.next().await.to_string(), HELLO);
    // The socket is read, and no ping is answered.
    let mut bytes = Vec::new();
    let cut = async { dead.0.get_mut().read_to_end(&mut bytes).await };
    let pongs = async {
        for _ in 0..6 {
            assert!(matches!(within("a ping", alive.0.next()).await, Some(Ok(Message::Ping(_)))));
        }
    };
    let (cut, ()) = tokio::join!(within("the cut", cut), pongs);
    cut.unwrap();
    assert!(bytes.windows(2).any(|head| head == [0x89, 0]), "it was pinged");
    alive.send("Hello#alive").await;
    assert_eq!(alive.next().await.to_string(), HELLO);
    drop((alive, dead));
    door.close().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_and_another_is_served() {
    let limits = tcp::Options { write_timeout: Duration::from_millis(300), ..bridge_client::options() };
    let world = World::start(Flavour::Ucce).await;
    let beside = beside(&world.manager, &world.tasks, Options::default(), limits);
    let grpc = generic_connector::grpc::Options { socket_send_buffer_bytes: 4096, ..options() };
    let door = Door::open_with(world, grpc, beside).await;
    let mut reader = Client::open(door.address).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stuck = Client::on(socket.connect(door.address).await.unwrap(), None).await.unwrap();
    let flood = async {
        loop {
            if stuck.0.send(Message::text("Hello#stuck")).await.is_err() {
                break;
            }
        }
    };
    within("the cut", flood).await;
    reader.send("Hello#reader").await;
    assert_eq!(reader.next().await.to_string(), HELLO);
    drop((reader, stuck));
    door.close().await;
}

#[tokio::test]
async fn the_silent_and_the_surplus_are_turned_away_and_places_come_back() {
    let limits =
        tcp::Options { max_connections: 2, first_line_timeout: Duration::from_millis(300), ..bridge_client::options() };
    let door = door(Options::default(), limits).await;
    let before = door.world.tasks.running();
    for _ in 0..50 {
        let mut first = Client::open(door.address).await;
        first.send("Hello#a").await;
        first.next().await;
        let second = Client::open(door.address).await;
        match Client::on(TcpStream::connect(door.address).await.unwrap(), None).await {
            Err(Error::Http(response)) => assert_eq!(response.status(), 503),
            other => panic!("a third is let in: {:?}", other.err()),
        }
        // A client may leave with a word or without.
        first.leave().await;
        drop(second);
        within("the places", async {
            while door.world.tasks.running() > before {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
    let mut silent = Client::open(door.address).await;
    silent.0.send(Message::Ping(Vec::new().into())).await.unwrap();
    assert_eq!(silent.close_code().await, 1008);
    drop(silent);
    door.close().await;
}

#[tokio::test]
async fn it_is_served_over_tls_with_the_port() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("a.pem"), folder.path().join("a.key"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let tls = Some(Tls { certificate, key, client_ca: None });
    let door = Door::open(generic_connector::grpc::Options { tls, ..options() }).await;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let client = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(client));
    let socket = TcpStream::connect(door.address).await.unwrap();
    let socket = within("tls", connector.connect("localhost".try_into().unwrap(), socket)).await.unwrap();
    let request = "wss://localhost/ws".into_client_request().unwrap();
    let (mut desk, _) = within("an upgrade", tokio_tungstenite::client_async(request, socket)).await.unwrap();
    desk.send(Message::text("Hello#desk")).await.unwrap();
    assert_eq!(within("a line", desk.next()).await.unwrap().unwrap(), Message::text(HELLO));
    drop(desk);
    door.close().await;
}

#[tokio::test]
async fn the_service_opens_it_unless_told_otherwise_and_stops_with_it_open() {
    for enabled in ["true", "false"] {
        let mut sources = Sources::new();
        let own = ["http", "xmpp", "xmpp_tls", "ws", "wss", "control"].map(|port| (format!("sim.{port}"), ""));
        let listening = ["grpc.listen", "bridge.listen", "sim.https"].map(|key| (key.to_owned(), "127.0.0.1:0"));
        let wanted = [("sim.embedded".to_owned(), "true"), ("websocket.enabled".to_owned(), enabled)];
        for (key, value) in own.into_iter().chain(listening).chain(wanted) {
            sources = sources.flag("test", &key, value);
        }
        sources = sources.flag("test", "sim.wss", "127.0.0.1:0");
        let app = App::start(Settings::read(sources, Purpose::Serve).unwrap()).await.unwrap();
        let socket = TcpStream::connect(app.grpc_address()).await.unwrap();
        match (enabled, Client::on(socket, None).await) {
            ("true", Ok(mut desk)) => {
                desk.send("Hello#desk").await;
                desk.until("System").await;
                let (code, ()) = tokio::join!(desk.close_code(), app.stop());
                assert_eq!(code, 1001);
            }
            ("false", Err(Error::Http(response))) => {
                assert_eq!(response.status(), 404);
                app.stop().await;
            }
            (_, other) => panic!("{enabled}: {:?}", other.err()),
        }
    }
}

#[tokio::test]
async fn its_lines_are_written_in_the_encoding_that_is_configured() {
    let text = Options { encoding: Encoding::Text, ..Options::default() };
    let door = door(text, tcp::Options { encoding: Encoding::Json, ..bridge_client::options() }).await;
    let mut desk = Client::open(door.address).await;
    desk.send("Hello#desk").await;
    let line = desk.frame().await.unwrap().unwrap().into_text().unwrap();
    assert!(line.contains("IN_SERVICE") && !line.contains(['{', '\n']), "{line}");
    drop(desk);
    door.close().await;
}

#[tokio::test]
async fn a_connection_keeps_its_place_on_the_port_until_it_is_closed() {
    let limits = generic_connector::grpc::Options { max_connections: 1, ..options() };
    let door = Door::open(limits).await;
    let mut only = Client::open(door.address).await;
    only.send("Hello#only").await;
    only.next().await;
    let refused = Client::on(TcpStream::connect(door.address).await.unwrap(), None).await;
    assert!(refused.is_err(), "a second connection is served");
    only.leave().await;
    drop(only);
    let next = async {
        loop {
            if let Ok(client) = Client::on(TcpStream::connect(door.address).await.unwrap(), None).await {
                break client;
            }
        }
    };
    within("a place", next).await.send("Hello#next").await;
    door.close().await;
}

#[tokio::test]
async fn sessions_end_when_all_their_clients_have_gone() {
    let world =
        World::with(Flavour::Ucce, session::Options { grace: Duration::from_millis(100), ..session_options() }).await;
    let beside = beside(&world.manager, &world.tasks, Options::default(), bridge_client::options());
    let door = Door::open_with(world, options(), beside).await;
    let mut desks = Vec::new();
    for desk in 0..40 {
        let agent = 1001 + desk % 4;
        desks.push(Client::open(door.address).await);
        desks[desk].send(&format!("Connect#{agent}#desk{desk},demo")).await;
        desks[desk].send(&format!("GetState#{agent}")).await;
    }
    for desk in &mut desks {
        desk.until("State").await;
    }
    assert_eq!(door.world.manager.sessions().len(), 4);
    let mut changes = door.world.manager.changes();
    // With a word, or without.
    for desk in desks.iter_mut().step_by(2) {
        desk.leave().await;
    }
    drop(desks);
    within("the end of every session", async {
        while !door.world.manager.sessions().is_empty() {
            changes.changed().await.unwrap();
        }
    })
    .await;
    door.close().await;
}

#[tokio::test]
async fn a_stop_gives_the_answers_in_hand_and_says_why_it_closes() {
    let world = World::start(Flavour::Ucce).await;
    let legacy = world.tasks.child();
    let beside = beside(&world.manager, &legacy, Options::default(), bridge_client::options());
    let door = Door::open_with(world, options(), beside).await;
    let mut desk = Client::open(door.address).await;
    desk.send("Hello#desk").await;
    desk.next().await;
    desk.send("Connect#1001#desk,demo").await;
    desk.send("GetState#1001").await;
    desk.send("Hello#desk").await;
    assert_eq!(desk.next().await.to_string(), HELLO);
    legacy.cancel();
    assert_eq!(desk.next().await["type"], "State");
    assert_eq!(desk.close_code().await, 1001);
    drop(desk);
    door.close().await;
}
