//! The legacy door as a bidirectional gRPC stream, with the generated client.

use std::time::Duration;

use generic_connector::bridge::say::Encoding;
use generic_connector::bridge::{tcp, websocket};
use generic_connector::pb::bridge_service_client::BridgeServiceClient;
use generic_connector::pb::{ExchangeRequest, ExchangeResponse};
use generic_connector::session;
use generic_connector::sim::{Fault, FaultKind, Flavour};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status, Streaming};

use crate::bridge_client::{self, beside};
use crate::grpc_world::{Door, options, reason};
use crate::support::{World, session_options, within};

const HELLO: &str = r#"{"type":"System","status":"IN_SERVICE"}"#;

/// One stream.
struct Client {
    up: Option<mpsc::Sender<ExchangeRequest>>,
    down: Streaming<ExchangeResponse>,
}

impl Client {
    async fn try_open(door: &Door) -> Result<Self, Status> {
        let (up, requests) = mpsc::channel(64);
        let mut client = BridgeServiceClient::new(door.channel.clone());
        let down = within("exchange", client.exchange(ReceiverStream::new(requests))).await?.into_inner();
        Ok(Self { up: Some(up), down })
    }

    async fn open(door: &Door) -> Self {
        Self::try_open(door).await.unwrap()
    }

    /// When a place has come back.
    async fn open_soon(door: &Door) -> Self {
        let open = async {
            loop {
                if let Ok(client) = Self::try_open(door).await {
                    return client;
                }
            }
        };
        within("a place", open).await
    }

    async fn send(&self, kind: &str, body: &str) {
        let request = ExchangeRequest { r#type: kind.to_owned(), body: body.to_owned() };
        within("room", self.up.as_ref().unwrap().send(request)).await.unwrap();
    }

    /// The next line as text; none when the stream has ended well.
    async fn line(&mut self) -> Result<Option<String>, Status> {
        let response = within("a line", self.down.message()).await?;
        Ok(response.map(|response| response.body))
    }

    async fn next(&mut self) -> Value {
        serde_json::from_str(&self.line().await.unwrap().expect("the stream has ended")).unwrap()
    }

    async fn until(&mut self, kind: &str) -> Value {
        loop {
            let line = self.next().await;
            if line["type"] == kind {
                return line;
            }
        }
    }

    /// The status that ends the stream; lines before it are passed over.
    async fn end(&mut self) -> Status {
        loop {
            match self.line().await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the stream ended well"),
                Err(status) => return status,
            }
        }
    }
}

async fn door(world: World, limits: tcp::Options) -> Door {
    let beside = beside(&world.manager, &world.tasks, websocket::Options::default(), limits);
    Door::open_with(world, options(), beside).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_works_through_it_in_order() {
    let door = Door::open(options()).await;
    let mut desk = Client::open(&door).await;
    desk.send("Hello#desk", "").await;
    assert_eq!(desk.next().await.to_string(), HELLO);
    desk.send("Connect#1001", "desk,demo").await;
    desk.send("Login # 1001", "demo,2001").await;
    desk.send("makeready#1001", "null").await;
    // In order by type; who the agent is may be told between the states or behind them.
    let mut lines = [desk.next().await, desk.next().await, desk.next().await];
    lines.sort_by_key(|line| line["type"] == "AgentInfo");
    assert_eq!([&lines[0]["state"], &lines[1]["state"], &lines[2]["type"]], ["NOT_READY", "READY", "AgentInfo"]);
    door.world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let call = desk.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    desk.send("AnswerCall#1001", &call).await;
    assert_eq!(desk.until("InboundCall").await["state"], "ACTIVE");
    // A typed client of the same agent sees the same call; another stream has proved nothing.
    let connected = door.connect("1001").await;
    assert_eq!(connected.snapshot.unwrap().dialogs.len(), 1);
    let mut other = Client::open(&door).await;
    other.send("ReleaseCall#1001", &call).await;
    let refused = other.next().await;
    assert_eq!((&refused["command"], &refused["code"]), (&"ReleaseCall".into(), &"AUTHORIZATION_FAILURE".into()));
    desk.send("ReleaseCall#1001", &call).await;
    assert_eq!(desk.until("InboundCall").await["state"], "DROPPED");
    drop((desk, other));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_gets_an_error_and_the_stream_goes_on() {
    let door = Door::open(options()).await;
    let mut desk = Client::open(&door).await;
    for (kind, body) in [("", ""), ("Hello", ""), ("#x", ""), ("Dance#1", ""), ("Login#a/b", "p,1"), ("{}", "")] {
        desk.send(kind, body).await;
        let line = desk.next().await;
        assert_eq!((&line["type"], &line["code"]), (&"Error".into(), &"INVALID_INPUT".into()), "{kind}: {line}");
    }
    // More than a caller without credentials may send on any other call.
    for _ in 0..1000 {
        desk.send("Hello#desk", "").await;
        assert_eq!(desk.next().await.to_string(), HELLO);
    }
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_ends_its_side_gets_every_answer() {
    let door = Door::open(options()).await;
    let mut desk = Client::open(&door).await;
    desk.send("Connect#1001", "desk,demo").await;
    desk.send("Login#1001", "demo,2001").await;
    desk.send("GetState#1001", "").await;
    desk.up = None;
    let mut kinds = Vec::new();
    while let Some(line) = desk.line().await.unwrap() {
        let line: Value = serde_json::from_str(&line).unwrap();
        kinds.push(line["type"].as_str().unwrap().to_owned());
    }
    // The question may be answered while the sign-in is still on its way.
    kinds.sort();
    assert_eq!(kinds, ["AgentInfo", "State", "State"]);
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_lines_are_written_in_the_encoding_that_is_configured() {
    let text = tcp::Options { encoding: Encoding::Text, ..bridge_client::options() };
    let door = door(World::start(Flavour::Ucce).await, text).await;
    let mut desk = Client::open(&door).await;
    desk.send("Hello#desk", "").await;
    let line = desk.line().await.unwrap().unwrap();
    assert!(line.contains("IN_SERVICE") && !line.contains(['{', '\n']), "{line}");
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_ends_the_stream() {
    let door =
        door(World::start(Flavour::Ucce).await, tcp::Options { max_line: 1000, ..bridge_client::options() }).await;
    let mut desk = Client::open(&door).await;
    desk.send(&format!("Hello#desk{}", " ".repeat(990)), "").await;
    assert_eq!(desk.next().await.to_string(), HELLO, "it fits");
    desk.send("Hello#desk", &"x".repeat(2000)).await;
    assert_eq!(desk.next().await["message"], "the command is too long");
    let end = desk.end().await;
    assert_eq!((end.code(), reason(&end).as_str()), (Code::InvalidArgument, "INVALID_INPUT"));
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_read_is_let_go_and_another_is_served() {
    let limits = tcp::Options { write_timeout: Duration::from_millis(300), ..bridge_client::options() };
    let world =
        World::with(Flavour::Ucce, session::Options { grace: Duration::from_millis(200), ..session_options() }).await;
    let door = door(world, limits).await;
    let mut reader = Client::open(&door).await;
    let mut stuck = Client::open(&door).await;
    stuck.send("Connect#1002", "desk,demo").await;
    stuck.send("GetState#1002", "").await;
    stuck.until("State").await;
    // Answers, each with the verb, pile up until nothing more is heard, and then until the client is let go, and its
    // agent with it.
    let verb = format!("{}#1002", "x".repeat(8000));
    let flood = async {
        loop {
            stuck.send(&verb, "").await;
        }
    };
    let agent = "1002".parse().unwrap();
    let mut changes = door.world.manager.changes();
    let let_go = async {
        while door.world.manager.session(&agent).is_some() {
            changes.changed().await.unwrap();
        }
    };
    tokio::select! {
        () = flood => {}
        () = within("the end of the agent's session", let_go) => {}
    }
    reader.send("Hello#reader", "").await;
    assert_eq!(reader.next().await.to_string(), HELLO);
    // What was on its way before arrives, and then the reason.
    let end = stuck.end().await;
    assert_eq!((end.code(), reason(&end).as_str()), (Code::ResourceExhausted, "SLOW_CONSUMER"));
    drop((reader, stuck));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_silent_and_the_surplus_are_turned_away_and_places_come_back() {
    let limits =
        tcp::Options { max_connections: 2, first_line_timeout: Duration::from_millis(300), ..bridge_client::options() };
    let door = door(World::start(Flavour::Ucce).await, limits).await;
    for _ in 0..20 {
        let (first, second) = (Client::open_soon(&door).await, Client::open_soon(&door).await);
        let refused = Client::try_open(&door).await.err().unwrap();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::ResourceExhausted, "TOO_MANY_REQUESTS"));
        drop((first, second));
    }
    let mut silent = Client::open_soon(&door).await;
    let end = silent.end().await;
    assert_eq!((end.code(), end.message()), (Code::InvalidArgument, "no command in time"));
    drop(silent);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_gives_the_answers_in_hand_and_says_why_it_ends() {
    let world = World::start(Flavour::Ucce).await;
    // So that the stop comes while the agent connects.
    let slow = Fault::new(FaultKind::Delay { ms: 300 }).of_user("1001").of_action("GET_USER");
    world.sim.control().inject(slow).unwrap();
    let legacy = world.tasks.child();
    let beside = beside(&world.manager, &legacy, websocket::Options::default(), bridge_client::options());
    let door = Door::open_with(world, options(), beside).await;
    let mut desk = Client::open(&door).await;
    desk.send("Connect#1001", "desk,demo").await;
    desk.send("GetState#1001", "").await;
    desk.send("Hello#desk", "").await;
    assert_eq!(desk.next().await.to_string(), HELLO);
    legacy.cancel();
    assert_eq!(desk.next().await["type"], "State");
    let end = desk.end().await;
    assert_eq!((end.code(), reason(&end).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    drop(desk);
    door.close().await;
}
