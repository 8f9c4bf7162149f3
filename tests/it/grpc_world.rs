//! The typed door in front of sessions and simulator, and generated clients for it.

use std::time::Duration;

use generic_connector::bridge::websocket;
use generic_connector::grpc::auth::{Credential, Member, Observe, Role};
use generic_connector::grpc::{Beside, Options, Server, Stop};
use generic_connector::model::id::RequestId;
use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::pb::call_service_client::CallServiceClient;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::pb::subscribe_response::Message;
use generic_connector::pb::{self, attach_command, attach_request, attach_response, attach_result};
use generic_connector::sim::Flavour;
use ring::digest;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status, Streaming};
use tonic_types::StatusExt;

use super::bridge_client;
use super::support::{World, within};

/// What a test's call carries.
#[derive(Clone, Copy, Debug)]
pub enum As<'a> {
    Nobody,
    Bearer(&'a str),
    Key(&'a str),
}

/// A request with credentials.
pub fn call<T>(who: As<'_>, message: T) -> Request<T> {
    let mut request = Request::new(message);
    let value = |text: String| -> MetadataValue<Ascii> { text.parse().unwrap() };
    match who {
        As::Nobody => {}
        As::Bearer(token) => drop(request.metadata_mut().insert("authorization", value(format!("Bearer {token}")))),
        As::Key(key) => drop(request.metadata_mut().insert("x-api-key", value(key.to_owned()))),
    }
    request
}

/// Reason of a status, from its details.
pub fn reason(status: &Status) -> String {
    status.get_error_details().error_info().map(|info| info.reason.clone()).unwrap_or_default()
}

pub const WALLBOARD: &str = "wallboard-key";
pub const ADMIN: &str = "admin-key";
pub const OF_1001: &str = "key-of-1001";
pub const OF_TEAM_1: &str = "key-of-team-1";

/// Members: one that watches everyone, an administrator, one that watches agent 1001, one that watches team 1.
pub fn members() -> Vec<Member> {
    let member = |name: &str, key: &str, role| {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, key.as_bytes()).as_ref());
        Member { name: name.to_owned(), credential: Credential::ApiKey(hash), role }
    };
    vec![
        member("wallboard", WALLBOARD, Role::Service { observe: Observe::Everyone }),
        member("admin", ADMIN, Role::Admin),
        member("team", OF_TEAM_1, Role::Service { observe: Observe::Teams(vec!["1".parse().unwrap()]) }),
        member("one", OF_1001, Role::Service { observe: Observe::Agents(vec!["1001".parse().unwrap()]) }),
    ]
}

pub fn options() -> Options {
    Options {
        listen: ([127, 0, 0, 1], 0).into(),
        members: members(),
        drain_notice: Duration::from_millis(100),
        drain_deadline: Duration::from_millis(500),
        ..Options::default()
    }
}

pub struct Door {
    pub world: World,
    pub address: std::net::SocketAddr,
    pub channel: Channel,
    pub stop: Stop,
}

impl Door {
    pub async fn open(options: Options) -> Self {
        Self::open_to(World::start(Flavour::Ucce).await, options).await
    }

    pub async fn open_to(world: World, options: Options) -> Self {
        let beside = bridge_client::beside(
            &world.manager,
            &world.tasks,
            websocket::Options::default(),
            bridge_client::options(),
        );
        Self::open_with(world, options, beside).await
    }

    /// With other doors on the port.
    pub async fn open_with(world: World, options: Options, beside: Beside) -> Self {
        let server = Server::bind(options, world.manager.clone(), beside).unwrap();
        let address = server.address();
        let stop = server.start(&world.tasks).await;
        let channel = Endpoint::try_from(format!("http://{address}")).unwrap().connect_lazy();
        Self { world, address, channel, stop }
    }

    pub fn agents(&self) -> AgentServiceClient<Channel> {
        AgentServiceClient::new(self.channel.clone())
    }

    pub fn calls(&self) -> CallServiceClient<Channel> {
        CallServiceClient::new(self.channel.clone())
    }

    pub async fn connect(&self, agent: &str) -> pb::ConnectResponse {
        let request =
            pb::ConnectRequest { agent_id: agent.into(), password: "demo".into(), client_name: "test".into() };
        within("connect", self.agents().connect(request)).await.unwrap().into_inner()
    }

    pub async fn sign_in(&self, token: &str, extension: &str) -> pb::LoginResponse {
        let request = pb::LoginRequest { extension: extension.into(), ..Default::default() };
        within("login", self.agents().login(call(As::Bearer(token), request))).await.unwrap().into_inner()
    }

    pub async fn subscribe(&self, who: As<'_>, request: pb::SubscribeRequest) -> Result<Feed, Status> {
        let mut client = EventServiceClient::new(self.channel.clone());
        let stream = within("subscribe", client.subscribe(call(who, request))).await?.into_inner();
        Ok(Feed(stream))
    }

    /// Opens the bidirectional stream with a first message.
    pub async fn attach_with(&self, who: As<'_>, first: pb::AttachRequest) -> Result<Attached, Status> {
        let (up, requests) = mpsc::channel(64);
        up.send(first).await.unwrap();
        let mut client = EventServiceClient::new(self.channel.clone());
        let request = call(who, ReceiverStream::new(requests));
        let down = within("attach", client.attach(request)).await?.into_inner();
        Ok(Attached { up, down })
    }

    pub async fn attach(&self, token: &str) -> Attached {
        let attach = pb::Attach { token: token.into(), ..Default::default() };
        self.attach_with(As::Nobody, attaching(attach)).await.unwrap()
    }

    pub async fn close(self) {
        drop(self.channel);
        assert_eq!(self.stop.stop().await, 0, "connections left over");
        self.world.stop().await;
    }
}

pub fn attaching(attach: pb::Attach) -> pb::AttachRequest {
    pb::AttachRequest { message: Some(attach_request::Message::Attach(attach)) }
}

/// A new id for a command.
pub fn request_id() -> String {
    RequestId::random().to_string()
}

/// The bidirectional stream as a client has it.
pub struct Attached {
    pub up: mpsc::Sender<pb::AttachRequest>,
    pub down: Streaming<pb::AttachResponse>,
}

impl Attached {
    pub async fn send(&self, message: attach_request::Message) {
        within("room", self.up.send(pb::AttachRequest { message: Some(message) })).await.unwrap();
    }

    /// Sends a command and gives its id.
    pub async fn command(&self, request: attach_command::Request) -> String {
        let request_id = request_id();
        let command = pb::AttachCommand { request_id: request_id.clone(), request: Some(request) };
        self.send(attach_request::Message::Command(command)).await;
        request_id
    }

    pub async fn acknowledge(&self, cursor: &str) {
        let acknowledgement = pb::Acknowledgement { cursor: cursor.into() };
        self.send(attach_request::Message::Acknowledgement(acknowledgement)).await;
    }

    /// Ends the client's side, and keeps reading.
    pub fn half_close(&mut self) {
        self.up = mpsc::channel(1).0;
    }

    pub async fn try_next(&mut self) -> Result<Option<attach_response::Message>, Status> {
        Ok(within("a message", self.down.message()).await?.map(|response| response.message.unwrap()))
    }

    /// The next message that is no heartbeat.
    pub async fn next(&mut self) -> Down {
        loop {
            match self.try_next().await.unwrap().expect("the stream ended") {
                attach_response::Message::Result(result) => return Down::Result(result),
                attach_response::Message::Event(response) => match response.message.unwrap() {
                    Message::Event(event) => return Down::Event(event.into_event().unwrap()),
                    Message::Heartbeat(_) => {}
                    other => return Down::Other(other),
                },
            }
        }
    }

    pub async fn snapshot(&mut self) -> pb::Snapshot {
        match self.next().await {
            Down::Other(Message::Snapshot(snapshot)) => *snapshot,
            other => panic!("no snapshot: {other:?}"),
        }
    }

    /// The next result; what comes before it is passed over.
    pub async fn result(&mut self) -> pb::AttachResult {
        loop {
            if let Down::Result(result) = self.next().await {
                return result;
            }
        }
    }

    /// Sends a command and waits for its result.
    pub async fn run(&mut self, request: attach_command::Request) -> attach_result::Reply {
        let request_id = self.command(request).await;
        let result = self.result().await;
        assert_eq!(result.request_id, request_id);
        result.reply.unwrap()
    }

    /// The status that ends the stream; none when it ends well.
    pub async fn end(&mut self) -> Option<Status> {
        loop {
            match self.try_next().await {
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(status) => return Some(status),
            }
        }
    }
}

/// A message down the bidirectional stream.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)]
pub enum Down {
    Event(pb::Event),
    Result(pb::AttachResult),
    Other(Message),
}

/// An event stream as a client reads it.
pub struct Feed(Streaming<pb::SubscribeResponse>);

impl Feed {
    pub async fn try_next(&mut self) -> Result<Message, Status> {
        match within("a message", self.0.message()).await? {
            Some(response) => Ok(response.message.unwrap()),
            None => Err(Status::ok("the stream ended without a reason")),
        }
    }

    pub async fn next(&mut self) -> Message {
        self.try_next().await.unwrap()
    }

    pub async fn snapshot(&mut self) -> pb::Snapshot {
        match self.next().await {
            Message::Snapshot(snapshot) => *snapshot,
            other => panic!("no snapshot: {other:?}"),
        }
    }

    /// The next agent that appears; what others do is passed over.
    pub async fn attached(&mut self) -> String {
        loop {
            match self.next().await {
                Message::AgentAttached(attached) => return attached.agent_id,
                Message::Event(_) | Message::Stale(_) | Message::Heartbeat(_) => {}
                other => panic!("nobody is attached: {other:?}"),
            }
        }
    }

    /// The next numbered event; what is not about events is passed over.
    pub async fn event(&mut self) -> pb::Event {
        let event = async {
            loop {
                match self.next().await {
                    Message::Event(event) => return event.into_event().unwrap(),
                    Message::Stale(_) | Message::Heartbeat(_) => {}
                    other => panic!("no event: {other:?}"),
                }
            }
        };
        within("an event", event).await
    }

    /// The status that ends the stream.
    pub async fn end(&mut self) -> Status {
        loop {
            if let Err(status) = self.try_next().await {
                return status;
            }
        }
    }
}
