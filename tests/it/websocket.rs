//! The legacy door as a WebSocket, with a client that speaks it for itself.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use generic_connector::bridge::tcp;
use generic_connector::bridge::websocket::Options;
use generic_connector::sim::Flavour;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::bridge_client::{self, beside};
use crate::grpc_world::{Door, options};
use crate::support::{World, within};

const HELLO: &str = r#"{"type":"System","status":"IN_SERVICE"}"#;

/// One connection.
pub struct Client(pub WebSocketStream<TcpStream>);

impl Client {
    pub async fn on(socket: TcpStream, origin: Option<&str>) -> Result<Self, Error> {
        let door = socket.peer_addr().unwrap();
        let mut request = format!("ws://{door}/ws").into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        Ok(Self(within("an upgrade", tokio_tungstenite::client_async(request, socket)).await?.0))
    }

    pub async fn open(door: SocketAddr) -> Self {
        Self::on(TcpStream::connect(door).await.unwrap(), None).await.unwrap()
    }

    pub async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next frame that is no ping.
    pub async fn frame(&mut self) -> Option<Result<Message, Error>> {
        loop {
            match within("a frame", self.0.next()).await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => return other,
            }
        }
    }

    /// The next line; its members keep their order.
    pub async fn next(&mut self) -> Value {
        match self.frame().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            other => panic!("no line: {other:?}"),
        }
    }

    /// The next line of a type; others are passed over.
    pub async fn until(&mut self, kind: &str) -> Value {
        loop {
            let line = self.next().await;
            if line["type"] == kind {
                return line;
            }
        }
    }

    /// Says that it leaves, and hears the word back.
    async fn leave(&mut self) {
        let word = CloseFrame { code: 1000.into(), reason: "".into() };
        self.0.close(Some(word)).await.unwrap();
        assert_eq!(self.close_code().await, 1000);
    }

    /// The code with which the door closes; lines before it are passed over.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.frame().await {
                Some(Ok(Message::Text(_))) => {}
                Some(Ok(Message::Close(Some(CloseFrame { code, .. })))) => return code.into(),
                other => panic!("no close: {other:?}"),
            }
        }
    }
}

/// A door with other choices or limits.
async fn door(websocket: Options, limits: tcp::Options) -> Door {
    let world = World::start(Flavour::Ucce).await;
    let beside = beside(&world, &world.tasks, websocket, limits);
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
    assert_eq!(desk.next().await["state"], "NOT_READY");
    assert_eq!(desk.next().await["type"], "AgentInfo");
    assert_eq!(desk.next().await["state"], "READY");
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
    let beside = beside(&world, &world.tasks, Options::default(), limits);
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
async fn a_stop_gives_the_answers_in_hand_and_says_why_it_closes() {
    let world = World::start(Flavour::Ucce).await;
    let legacy = world.tasks.child();
    let beside = beside(&world, &legacy, Options::default(), bridge_client::options());
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
