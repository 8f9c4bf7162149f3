//! A link without a door, and a broker that does what a test tells it.

use std::time::Duration;

use generic_connector::bridge::stomp::{self, Command, Happening, Happenings, Options, Outbox};
use generic_connector::shutdown::Tasks;
use tokio::io::BufReader;
use tokio::net::{TcpListener, TcpStream};

use crate::broker::site::link;
use crate::broker::stomp::{Frame, frame, write};
use crate::support::within;

/// A link, which ends with the test.
pub struct Link {
    pub tasks: Tasks,
    pub outbox: Outbox,
    pub happenings: Happenings,
}

impl Link {
    pub fn start(options: Options) -> Self {
        let tasks = Tasks::new();
        let (outbox, happenings) = stomp::start(options, &tasks);
        Self { tasks, outbox, happenings }
    }

    pub async fn next(&mut self) -> Happening {
        within("a happening", self.happenings.next()).await.unwrap()
    }

    /// The next command, or one that was lost; a link that comes up is passed over.
    pub async fn command(&mut self) -> Result<Command, Command> {
        loop {
            match self.next().await {
                Happening::Command(command) => return Ok(command),
                Happening::Lost(command) => return Err(command),
                Happening::Up => {}
                other => panic!("{other:?}"),
            }
        }
    }

    pub async fn stop(self) {
        drop(self.happenings);
        assert_eq!(self.tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
    }
}

/// A broker under the test's hands.
pub struct Fake(TcpListener);

/// A client that it has let in.
pub struct Client(pub BufReader<TcpStream>);

impl Fake {
    pub async fn listen() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub fn options(&self) -> Options {
        let brokers = vec![format!("stomp://{}", self.0.local_addr().unwrap()).parse().unwrap()];
        Options { brokers, ..link(&[]) }
    }

    /// Lets a client in and reads its subscription.
    pub async fn admit(&self) -> Client {
        let mut client = self.let_in().await;
        while client.frame().await.header("id") != Some("commands") {}
        client
    }

    pub async fn let_in(&self) -> Client {
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
    pub async fn frame(&mut self) -> Frame {
        within("a frame", frame(&mut self.0)).await
    }

    pub async fn write(&mut self, text: &str) {
        write(&mut self.0, text).await;
    }

    pub async fn deliver(&mut self, number: usize) {
        let headers = format!("subscription:commands\nmessage-id:m{number}\nack:a{number}\ntype:Hello#{number}");
        self.write(&format!("MESSAGE\n{headers}\n\n\0")).await;
    }

    pub async fn confirm(&mut self, frame: &Frame) {
        if let Some(receipt) = frame.header("receipt") {
            self.write(&format!("RECEIPT\nreceipt-id:{receipt}\n\n\0")).await;
        }
    }

    /// The next line, confirmed.
    pub async fn line(&mut self) -> (String, String) {
        let frame = self.frame().await;
        self.confirm(&frame).await;
        assert_eq!(frame.command, "SEND", "{frame:?}");
        (frame.header("destination").unwrap().to_owned(), frame.body)
    }
}
