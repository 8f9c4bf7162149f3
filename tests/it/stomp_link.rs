//! The link to the broker, without a door: what comes through it, and what it makes of a broker that does not behave.
//!
//! [`Fake`] is a broker that does what a test tells it, one frame at a time; where the real one matters, it is used.

use std::time::Duration;

use generic_connector::bridge::stomp::socket::{Fault, Socket};
use generic_connector::bridge::stomp::{self, BodyFault, Command, Happening, Happenings, Options, Outbox};
use generic_connector::config::tls_client;
use generic_connector::shutdown::Tasks;
use secrecy::ExposeSecret as _;
use tokio::io::{AsyncReadExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::broker::desk::Desk as _;
use crate::broker::site::link;
use crate::broker::stomp::{Frame, frame, write};
use crate::broker::{self, Broker, jms};
use crate::support::within;

/// A link, which ends with the test.
struct Link {
    tasks: Tasks,
    outbox: Outbox,
    happenings: Happenings,
}

impl Link {
    fn start(options: Options) -> Self {
        let tasks = Tasks::new();
        let (outbox, happenings) = stomp::start(options, &tasks);
        Self { tasks, outbox, happenings }
    }

    async fn next(&mut self) -> Happening {
        within("a happening", self.happenings.next()).await.unwrap()
    }

    /// The next command, or one that was lost; a link that comes up is passed over.
    async fn command(&mut self) -> Result<Command, Command> {
        loop {
            match self.next().await {
                Happening::Command(command) => return Ok(command),
                Happening::Lost(command) => return Err(command),
                Happening::Up => {}
                other => panic!("{other:?}"),
            }
        }
    }

    async fn stop(self) {
        drop(self.happenings);
        assert_eq!(self.tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
    }
}

/// A broker under the test's hands.
struct Fake(TcpListener);

/// A client that it has let in.
struct Client(BufReader<TcpStream>);

impl Fake {
    async fn listen() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn options(&self) -> Options {
        let brokers = vec![format!("stomp://{}", self.0.local_addr().unwrap()).parse().unwrap()];
        Options { brokers, ..link(&[]) }
    }

    /// Lets a client in and reads its subscription.
    async fn admit(&self) -> Client {
        let mut client = self.let_in().await;
        while client.frame().await.header("id") != Some("commands") {}
        client
    }

    async fn let_in(&self) -> Client {
        let mut client = Client(BufReader::new(within("a client", self.0.accept()).await.unwrap().0));
        let hello = client.frame().await;
        let beat = hello.header("heart-beat").unwrap().to_owned();
        // A broker that promises nothing can't fall silent.
        let theirs = beat.split(',').next().unwrap();
        client.write(&format!("CONNECTED\nversion:1.2\nheart-beat:0,{theirs}\n\n\0")).await;
        client
    }
}

impl Client {
    async fn frame(&mut self) -> Frame {
        within("a frame", frame(&mut self.0)).await
    }

    async fn write(&mut self, text: &str) {
        write(&mut self.0, text).await;
    }

    async fn deliver(&mut self, number: usize) {
        let headers = format!("subscription:commands\nmessage-id:m{number}\nack:a{number}\ntype:Hello#{number}");
        self.write(&format!("MESSAGE\n{headers}\n\n\0")).await;
    }

    async fn confirm(&mut self, frame: &Frame) {
        if let Some(receipt) = frame.header("receipt") {
            self.write(&format!("RECEIPT\nreceipt-id:{receipt}\n\n\0")).await;
        }
    }

    /// The next line, confirmed.
    async fn line(&mut self) -> (String, String) {
        let frame = self.frame().await;
        self.confirm(&frame).await;
        assert_eq!(frame.command, "SEND", "{frame:?}");
        (frame.header("destination").unwrap().to_owned(), frame.body)
    }
}

fn body(command: &Command) -> &str {
    command.body.as_ref().unwrap().expose_secret()
}

#[tokio::test]
async fn every_kind_of_message_is_a_command_and_one_that_is_too_long_is_said_so() {
    let Some(broker) = Broker::start().await else { return };
    let mut link = Link::start(link(&[&broker]));
    let mut jms = jms::Desktop::start(&broker.url(), "desk", "Connector1").await;
    let mut desk = broker::stomp::Desktop::connect(broker.stomp(), "desk").await;
    for (how, text) in [("text", Some("demö,2001")), ("bytes", Some("demö,2001")), ("text", None), ("text", Some(""))]
    {
        jms.send_as(how, "Login#1001", text).await;
        let command = link.command().await.unwrap();
        assert_eq!((command.kind.as_str(), body(&command)), ("Login#1001", text.unwrap_or_default()));
        assert!(command.sent_at.is_some() && !command.doubtful);
    }
    desk.send(r"Log\cin#1001ö\\", "a:b\\c").await;
    let command = link.command().await.unwrap();
    assert_eq!((command.kind.as_str(), body(&command)), (r"Log:in#1001ö\", "a:b\\c"));
    let long = "x".repeat(64 * 1024 + 1);
    desk.send("Login#1002", &long).await;
    assert_eq!(link.command().await.unwrap().body.unwrap_err(), BodyFault::TooLong);
    desk.send_with("Login#1003", &format!("content-length:{}\n", long.len()), &long).await;
    assert_eq!(link.command().await.unwrap().body.unwrap_err(), BodyFault::TooLong);
    desk.send("Login#1004", "demo").await;
    assert_eq!(body(&link.command().await.unwrap()), "demo");
    link.stop().await;
}

#[tokio::test]
async fn a_broker_tells_who_listens() {
    let Some(broker) = Broker::start().await else { return };
    let mut early = broker::stomp::Desktop::connect(broker.stomp(), "desk").await;
    let mut link = Link::start(Options { watch_consumers: true, ..link(&[&broker]) });
    for expected in [1, 0, 1] {
        let told = loop {
            match link.next().await {
                Happening::Consumers { destination, count } if &*destination == "desk" => break count,
                Happening::Up | Happening::Consumers { .. } => {}
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(told, expected);
        match expected {
            1 => {
                link.outbox.send("desk", "line".into());
                assert_eq!(early.text().await, "line");
                let other = broker::stomp::Desktop::connect(broker.stomp(), "elsewhere").await;
                drop(std::mem::replace(&mut early, other));
            }
            _ => early = broker::stomp::Desktop::connect(broker.stomp(), "desk").await,
        }
    }
    link.stop().await;
}

#[tokio::test]
async fn a_broker_lets_in_who_knows_the_password_and_is_the_one_that_is_meant() {
    let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = Some((key.cert.pem(), key.signing_key.serialize_pem()));
    let login = Some(("gc".to_owned(), "secret".to_owned()));
    let Some(broker) = Broker::with(broker::Options { login, certificate }).await else { return };
    let mut options = link(&[&broker]);
    (options.user, options.password) = (Some("gc".to_owned()), Some("wrong".into()));
    let plain = options.brokers[0].clone();
    let Err(refused) = Socket::open(&plain, &options).await else { panic!("let in with a wrong password") };
    assert!(matches!(refused, Fault::Refused { .. }) && !refused.to_string().contains("wrong"), "{refused}");
    options.password = Some("secret".into());
    assert!(Socket::open(&plain, &options).await.is_ok());
    let port = broker.stomp_tls().port();
    let trusting = |ca: Option<&str>| Some(tls_client(ca.map(str::as_bytes)).unwrap().into());
    let pem = key.cert.pem();
    for (host, ca, good) in
        [("localhost", Some(&*pem), true), ("localhost", None, false), ("127.0.0.1", Some(&*pem), false)]
    {
        options.tls = trusting(ca);
        let broker = format!("stomp+ssl://{host}:{port}").parse().unwrap();
        assert_eq!(Socket::open(&broker, &options).await.is_ok(), good, "{host}");
    }
}

#[tokio::test]
async fn a_broker_that_was_sent_nothing_for_long_is_not_taken_for_stuck() {
    let fake = Fake::listen().await;
    let options = Options { heartbeat: Duration::ZERO, ..fake.options() };
    let (socket, mut client) = tokio::join!(Socket::open(&options.brokers[0], &options), fake.let_in());
    let mut socket = socket.ok().unwrap();
    for _ in 0..20 {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(60)).await;
        tokio::time::resume();
        socket.put("SEND", &[("destination", "/topic/desk")], b"line");
        tokio::select! {
            turned = socket.turn() => panic!("{turned:?}"),
            frame = client.frame() => assert_eq!(frame.body, "line"),
        }
    }
}

#[tokio::test]
async fn a_broker_that_never_answers_is_passed_over() {
    let (mute, good) = (Fake::listen().await, Fake::listen().await);
    let mut options = mute.options();
    options.brokers.extend(good.options().brokers);
    options.connect_timeout = Duration::from_millis(100);
    let link = Link::start(options);
    let mut client = good.admit().await;
    link.outbox.send("desk", "line".into());
    assert_eq!(client.line().await, ("/topic/desk".to_owned(), "line".to_owned()));
}

#[tokio::test]
async fn a_door_that_takes_nothing_holds_commands_up_and_the_heart_beats() {
    let fake = Fake::listen().await;
    let mut link = Link::start(Options { heartbeat: Duration::from_millis(100), ..fake.options() });
    let mut client = fake.admit().await;
    for number in 0..200 {
        client.deliver(number).await;
    }
    // As many as fit are acknowledged, and then there are only beats.
    for _ in 0..64 {
        let ack = client.frame().await;
        assert_eq!(ack.command, "ACK");
        client.confirm(&ack).await;
    }
    for _ in 0..5 {
        assert_eq!(within("a beat", client.0.read_u8()).await.unwrap(), b'\n');
    }
    let serve = async {
        loop {
            let ack = frame(&mut client.0).await;
            client.confirm(&ack).await;
        }
    };
    let take = async {
        for number in 0..200 {
            assert_eq!(link.command().await.unwrap().kind, format!("Hello#{number}"));
        }
    };
    tokio::select! {
        () = serve => {}
        () = take => {}
    }
}

#[tokio::test]
async fn commands_that_vanish_with_their_broker_are_told_of_however_many() {
    let fake = Fake::listen().await;
    let mut link = Link::start(fake.options());
    let mut client = fake.admit().await;
    for number in 0..200 {
        client.deliver(number).await;
    }
    // The link reads in order: it has all of them when it has this.
    client.write("ERROR\nmessage:the end\n\n\0").await;
    drop(client.0.read(&mut [0]).await);
    drop(client);
    let mut client = fake.admit().await;
    client.deliver(0).await;
    let ack = client.frame().await;
    client.confirm(&ack).await;
    assert_eq!(link.command().await.unwrap().kind, "Hello#0", "delivered again, it is carried out");
    for number in 1..200 {
        assert_eq!(link.command().await.unwrap_err().kind, format!("Hello#{number}"));
    }
}

#[tokio::test]
async fn a_broker_that_sends_more_than_it_may_is_left() {
    let fake = Fake::listen().await;
    let _link = Link::start(Options { prefetch: 10, ..fake.options() });
    let mut client = fake.admit().await;
    let mut text = String::new();
    for number in 0..1000 {
        text += &format!("MESSAGE\nsubscription:commands\nmessage-id:{number}\nack:{number}\ntype:Hello#1\n\n\0");
    }
    client.write(&text).await;
    fake.admit().await;
}

#[tokio::test]
async fn what_a_broker_that_reads_nothing_does_not_get_is_bounded_and_counted() {
    const SENT: u64 = 2000;
    let fake = Fake::listen().await;
    let mut options = fake.options();
    options.held.bytes = 4 * 1024 * 1024;
    let mut link = Link::start(options);
    let client = fake.admit().await;
    let line = "x".repeat(16 * 1024);
    for number in 0..SENT {
        link.outbox.send("desk", format!("{number:04}{line}").into());
        tokio::task::yield_now().await;
    }
    drop(client);
    let mut client = fake.admit().await;
    let mut come = 0;
    loop {
        let (_, text) = client.line().await;
        come += 1;
        if text[..4].parse() == Ok(SENT - 1) {
            break;
        }
    }
    assert!(come * (line.len() + 4) <= 4 * 1024 * 1024);
    let mut dropped = 0;
    while dropped + come as u64 != SENT {
        match link.next().await {
            Happening::Dropped(counts) => dropped += counts.iter().map(|(_, count)| count).sum::<u64>(),
            Happening::Up => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_line_that_the_broker_refuses_keeps_no_other_back() {
    let fake = Fake::listen().await;
    let link = Link::start(fake.options());
    let mut client = fake.admit().await;
    for destination in ["forbidden", "desk"] {
        link.outbox.send(destination, "line".into());
    }
    let mut refused = 0;
    loop {
        let line = client.frame().await;
        let receipt = line.header("receipt").map(str::to_owned);
        if line.header("destination") == Some("/topic/desk") {
            break client.confirm(&line).await;
        }
        refused += 1;
        assert!(refused <= 2, "sent for ever");
        // As ActiveMQ does: the refusal of a line without a receipt names none, and ends the link.
        let receipt_id = receipt.as_ref().map(|receipt| format!("receipt-id:{receipt}\n")).unwrap_or_default();
        client.write(&format!("ERROR\nmessage:not authorized\n{receipt_id}\n\0")).await;
        if receipt.is_none() {
            client = fake.admit().await;
        }
    }
    link.outbox.send("desk", "next".into());
    assert_eq!(client.line().await.1, "next");
}

#[tokio::test]
async fn a_broker_that_never_tells_of_consumers_holds_nothing_up() {
    let fake = Fake::listen().await;
    let link = Link::start(Options { watch_consumers: true, ..fake.options() });
    drop(fake.admit().await);
    link.outbox.send("desk", "line".into());
    let mut client = fake.admit().await;
    assert_eq!(client.line().await.1, "line");
}

#[tokio::test]
async fn what_the_broker_has_let_go_of_is_handed_on_at_a_stop_and_what_is_said_of_it_is_brought() {
    let fake = Fake::listen().await;
    let mut link = Link::start(fake.options());
    let mut client = fake.admit().await;
    client.deliver(1).await;
    let ack = client.frame().await;
    link.tasks.token().cancel();
    assert_eq!(client.frame().await.command, "UNSUBSCRIBE");
    client.confirm(&ack).await;
    assert_eq!(link.command().await.unwrap().kind, "Hello#1");
    assert!(matches!(link.next().await, Happening::Last));
    for number in 0..1000 {
        link.outbox.send("desk", number.to_string().into());
    }
    drop(link.happenings);
    for number in 0..1000 {
        assert_eq!(client.line().await.1, number.to_string());
    }
    let goodbye = client.frame().await;
    assert_eq!(goodbye.command, "DISCONNECT");
    client.confirm(&goodbye).await;
    assert_eq!(link.tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
}
