//! All doors of a world on free ports, and the plainest clients of them: a line socket and a channel.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use generic_connector::bridge::peer::{Context, Naming};
use generic_connector::bridge::say::Encoding;
use generic_connector::bridge::stomp::{self, destination};
use generic_connector::bridge::store::Store;
use generic_connector::bridge::usage::Usage;
use generic_connector::bridge::{tcp, websocket};
use generic_connector::grpc;
use generic_connector::grpc::auth::{Credential, Member, Observe, Role};
use generic_connector::pb;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::pb::subscribe_response::Message as Kind;
use generic_connector::session::Manager;
use generic_connector::shutdown::Tasks;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tonic::transport::Channel;
use tonic::{Request, Streaming};

use crate::bridge_client;
use crate::broker::Broker;
use crate::support::within;

/// The API key of the service that may observe every agent.
pub const OBSERVER_KEY: &str = "observer of the tests";

/// Where the doors of a manager are.
pub struct Doors {
    pub text: SocketAddr,
    /// WebSocket, Exchange and the typed door.
    pub http: SocketAddr,
    pub channel: Channel,
    /// The command queue, where there is a broker.
    pub queue: Option<Queue>,
    /// Stops the port with a notice; without it the port ends with the tasks.
    pub stop: Option<grpc::Stop>,
}

/// A command queue at a broker that others use, too.
pub struct Queue {
    pub broker: Arc<Broker>,
    pub name: String,
}

impl Queue {
    fn serve(&self, context: Context, tasks: &Tasks) {
        let address = self.broker.stomp();
        let broker = stomp::Broker { host: address.ip().to_string(), port: address.port(), tls: false };
        let options = stomp::Options { queue: self.name.clone(), ..stomp::Options::new(vec![broker]) };
        let naming =
            Naming { allowed: destination::is_plain, encoding: Encoding::Json, other: Vec::new(), max_known: 100 };
        let door = stomp::door::Options { naming, max_command_age: Duration::from_secs(30) };
        let link = stomp::start(options, tasks);
        stomp::door::serve(door, Arc::new(context), link, (Vec::new(), Store::nowhere("bindings")), tasks, tasks);
    }
}

/// The port's options for tests: a free one, and a service that observes everyone.
pub fn options() -> grpc::Options {
    let mut hash = [0; 32];
    hash.copy_from_slice(ring::digest::digest(&ring::digest::SHA256, OBSERVER_KEY.as_bytes()).as_ref());
    let observer = Member {
        name: "tests".to_owned(),
        credential: Credential::ApiKey(hash),
        role: Role::Service { observe: Observe::Everyone },
    };
    grpc::Options { listen: ([127, 0, 0, 1], 0).into(), members: vec![observer], ..grpc::Options::default() }
}

impl Doors {
    pub async fn open(manager: &Manager, tasks: &Tasks) -> Self {
        Self::serve(None, options(), manager, tasks).await
    }

    /// Opens the door behind a broker, too.
    pub async fn serve(queue: Option<Queue>, options: grpc::Options, manager: &Manager, tasks: &Tasks) -> Self {
        let legacy = bridge_client::options();
        if let Some(queue) = &queue {
            queue.serve(bridge_client::context(manager, &legacy), tasks);
        }
        let text = tcp::serve(legacy.clone(), manager.clone(), Usage::default(), tasks).unwrap();
        let beside = bridge_client::beside(manager, tasks, websocket::Options::default(), legacy);
        let server = grpc::Server::bind(options, manager.clone(), beside).unwrap();
        let address = server.address();
        let stop = Some(server.start(tasks).await);
        let channel = Channel::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap();
        Self { text, http: address, channel, queue, stop }
    }

    pub async fn line_client(&self) -> LineClient {
        LineClient::connect(self.text).await
    }

    /// What happens to every agent that has a session, from before the first has one.
    pub async fn observe(&self) -> Streaming<pb::SubscribeResponse> {
        let mut request = Request::new(pb::SubscribeRequest { all: true, ..Default::default() });
        request.metadata_mut().insert("x-api-key", OBSERVER_KEY.parse().unwrap());
        let mut client = EventServiceClient::new(self.channel.clone());
        within("a subscription", client.subscribe(request)).await.unwrap().into_inner()
    }

    /// What happens to one agent, as the holder of a token sees it.
    pub async fn subscribe(&self, token: &str) -> Streaming<pb::SubscribeResponse> {
        let mut request = Request::new(pb::SubscribeRequest::default());
        request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        let mut client = EventServiceClient::new(self.channel.clone());
        within("a subscription", client.subscribe(request)).await.unwrap().into_inner()
    }
}

/// The next message of a stream that is no heartbeat; none at its end.
pub async fn next_message(stream: &mut Streaming<pb::SubscribeResponse>) -> Option<Kind> {
    loop {
        let message = within("a message of the stream", stream.message()).await.ok()??;
        match message.message {
            Some(Kind::Heartbeat(_)) | None => {}
            Some(kind) => return Some(kind),
        }
    }
}

/// A legacy client: lines out, JSON lines in.
pub struct LineClient {
    input: Lines<BufReader<OwnedReadHalf>>,
    output: OwnedWriteHalf,
}

impl LineClient {
    pub async fn connect(address: SocketAddr) -> Self {
        let (input, output) = TcpStream::connect(address).await.unwrap().into_split();
        Self { input: BufReader::new(input).lines(), output }
    }

    pub async fn send(&mut self, line: &str) {
        self.output.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    /// The next line as it was sent.
    pub async fn raw(&mut self) -> String {
        let line = within("a line", self.input.next_line()).await.unwrap();
        line.expect("the connection was closed")
    }

    pub async fn line(&mut self) -> Value {
        let raw = self.raw().await;
        serde_json::from_str(&raw).unwrap_or_else(|error| panic!("{error} in {raw}"))
    }

    /// Everything that is said until the answer to something that is answered at once: a verb that does not exist.
    pub async fn said(&mut self) -> Vec<Value> {
        self.send("Barrier#barrier#").await;
        let mut said = Vec::new();
        loop {
            let line = self.line().await;
            if line["command"] == "Barrier" {
                return said;
            }
            said.push(line);
        }
    }
}
