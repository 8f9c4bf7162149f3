//! A legacy desktop for tests: lines out, lines of JSON in, over a real socket to the real door.

use std::net::SocketAddr;

use generic_connector::bridge::exchange::{self, Wire};
use generic_connector::bridge::peer::Context;
use generic_connector::bridge::pump::Common;
use generic_connector::bridge::style::Style;
use generic_connector::bridge::tcp::{self, Options};
use generic_connector::bridge::usage::Usage;
use generic_connector::bridge::websocket;
use generic_connector::grpc::{self, Beside};
use generic_connector::session::Manager;
use generic_connector::shutdown::Tasks;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tonic::service::Routes;

use crate::support::{World, within};

/// The door's options for tests: a free port, times in UTC.
pub fn options() -> Options {
    let style = Style { time_zone: jiff::tz::TimeZone::UTC, ..Style::default() };
    Options { style, ..Options::new(SocketAddr::from(([127, 0, 0, 1], 0))) }
}

/// Opens the door in front of a world.
pub fn open(world: &World, options: Options) -> SocketAddr {
    tcp::serve(options, world.manager.clone(), Usage::default(), &world.tasks).unwrap()
}

/// What the clients of all doors share.
pub fn context(manager: &Manager, options: &Options) -> Context {
    let (style, limits) = (options.style.clone(), options.limits);
    Context { manager: manager.clone(), style, limits, usage: Usage::default() }
}

/// The doors on the HTTP port, with the same limits.
pub fn beside(manager: &Manager, tasks: &Tasks, websocket: websocket::Options, options: Options) -> Beside {
    let common = Common::new(context(manager, &options), options.bounds(), options.max_connections, tasks);
    let wire = Wire { status: grpc::status, is_too_long: grpc::is_too_long };
    let exchange = exchange::Service::new(common.clone(), options.encoding, wire);
    Beside { services: Routes::new(exchange.into_server()), plain: websocket::router(websocket, common) }
}

/// One connection.
pub struct Client {
    pub input: BufReader<OwnedReadHalf>,
    pub output: OwnedWriteHalf,
}

impl Client {
    pub async fn connect(door: SocketAddr) -> Self {
        let (input, output) = within("a connection", TcpStream::connect(door)).await.unwrap().into_split();
        Self { input: BufReader::new(input), output }
    }

    /// An agent of the demo world, signed in.
    pub async fn sign_in(door: SocketAddr, agent: &str) -> Self {
        let mut client = Self::connect(door).await;
        let extension = format!("2{}", &agent[1..]);
        client.send(&format!("Connect#{agent}#desk,demo\nLogin#{agent}#demo,{extension}")).await;
        client.until("AgentInfo").await;
        client
    }

    pub async fn send(&mut self, line: &str) {
        self.output.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    /// The next line as text; none when the connection has ended.
    pub async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let count = within("a line", self.input.read_line(&mut line)).await.unwrap_or(0);
        (count > 0).then(|| line.strip_suffix('\n').unwrap().to_owned())
    }

    /// The next line; its members keep their order.
    pub async fn next(&mut self) -> Value {
        serde_json::from_str(&self.line().await.expect("the connection has ended")).unwrap()
    }

    /// The next line of a type; others are passed over.
    pub async fn until(&mut self, kind: &str) -> Value {
        self.find(|line| line["type"] == kind).await
    }

    /// The next State line with a state.
    pub async fn state(&mut self, state: &str) -> Value {
        self.find(|line| line["type"] == "State" && line["state"] == state).await
    }

    /// The next InboundCall line with a state.
    pub async fn call(&mut self, state: &str) -> Value {
        self.find(|line| line["type"] == "InboundCall" && line["state"] == state).await
    }

    pub async fn find(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.next().await;
            if wanted(&line) {
                return line;
            }
        }
    }

    /// All lines up to the answer to something that is refused at once.
    pub async fn quiet(&mut self) -> Vec<Value> {
        self.send("fence#x").await;
        let mut lines = Vec::new();
        loop {
            let line = self.next().await;
            if line["command"] == "fence" {
                return lines;
            }
            lines.push(line);
        }
    }
}

/// The names of an object's members in order.
pub fn members(line: &Value) -> Vec<&str> {
    line.as_object().unwrap().keys().map(String::as_str).collect()
}
