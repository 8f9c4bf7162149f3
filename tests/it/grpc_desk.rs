//! A desktop that gives the same command as a unary call or on the bidirectional stream, so that one story is told both
//! ways.

use generic_connector::command::catalogue::RPCS;
use generic_connector::pb::attach_command::Request;
use generic_connector::pb::attach_result::Reply;
use generic_connector::pb::event::Payload;
use generic_connector::pb::{self, AttachResult};
use prost::Message as _;
use prost::bytes::BufMut as _;
use prost::encoding::{decode_key, decode_varint, encode_key, encode_varint};
use prost_reflect::DescriptorPool;

use super::grpc_world::{As, Attached, Door, Feed, reason};
use super::scenarios::dynamic;
use super::support::within;

/// How a desktop gives its commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Unary,
    Attach,
}

pub const WAYS: [Way; 2] = [Way::Unary, Way::Attach];

/// An agent's desktop.
pub struct Desk<'a> {
    door: &'a Door,
    token: String,
    stream: Option<Attached>,
    events: Feed,
}

impl<'a> Desk<'a> {
    /// Connects.
    pub async fn connect(door: &'a Door, agent: &str, way: Way) -> Self {
        let token = door.connect(agent).await.token;
        let mut events = door.subscribe(As::Bearer(&token), pb::SubscribeRequest::default()).await.unwrap();
        events.snapshot().await;
        let stream = match way {
            Way::Unary => None,
            Way::Attach => Some(door.attach(&token).await),
        };
        Self { door, token, stream, events }
    }

    /// Connects and signs in.
    pub async fn sign_in(door: &'a Door, agent: &str, way: Way) -> Self {
        let mut desk = Self::connect(door, agent, way).await;
        let login = pb::LoginRequest { extension: format!("2{}", &agent[1..]), ..Default::default() };
        desk.run(Request::Login(login)).await.unwrap();
        desk
    }

    /// Gives a command; the error is its reason.
    pub async fn run(&mut self, request: Request) -> Result<Reply, String> {
        match &mut self.stream {
            None => unary(self.door, &self.token, &request).await,
            Some(stream) => match stream.run(request).await {
                Reply::Error(error) => Err(error.reason().as_str_name().trim_start_matches("ERROR_REASON_").to_owned()),
                reply => Ok(reply),
            },
        }
    }

    /// Waits for an event that `pick` takes.
    pub async fn until<T>(&mut self, mut pick: impl FnMut(Payload) -> Option<T>) -> T {
        loop {
            if let Some(found) = self.events.event().await.payload.and_then(&mut pick) {
                return found;
            }
        }
    }

    /// Waits for a call to ring and answers it.
    pub async fn answer(&mut self) -> pb::Dialog {
        let offered = |payload| match payload {
            Payload::DialogOffered(offered) => offered.dialog,
            _ => None,
        };
        let dialog_id = self.until(offered).await.id;
        match self.run(Request::AnswerCall(pb::AnswerCallRequest { dialog_id, options: None })).await {
            Ok(Reply::AnswerCall(answered)) => answered.dialog.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Waits until a call allows an action.
    pub async fn allowed(&mut self, id: &str, action: &str) {
        self.until(|payload| match payload {
            Payload::DialogChanged(pb::DialogChanged { dialog: Some(dialog), .. }) => {
                (dialog.id == id && dialog.allowed_actions.iter().any(|allowed| allowed == action)).then_some(())
            }
            _ => None,
        })
        .await;
    }

    /// Waits until a call has ended.
    pub async fn ended(&mut self, id: &str) -> pb::Dialog {
        self.until(|payload| match payload {
            Payload::DialogEnded(pb::DialogEnded { dialog: Some(dialog) }) if dialog.id == id => Some(dialog),
            _ => None,
        })
        .await
    }
}

/// A command of the stream as the call of its RPC: the messages of both are numbered alike.
async fn unary(door: &Door, token: &str, request: &Request) -> Result<Reply, String> {
    let mut command = Vec::new();
    request.encode(&mut command);
    let mut body = command.as_slice();
    let (number, kind) = decode_key(&mut body).unwrap();
    decode_varint(&mut body).unwrap();
    let pool = DescriptorPool::decode(pb::DESCRIPTORS).unwrap();
    let field = pool.get_message_by_name("gc.v1.AttachCommand").unwrap().get_field(number).unwrap();
    let message = field.kind().as_message().unwrap().name().to_owned();
    let rpc = RPCS.iter().find(|rpc| format!("{}Request", rpc.name) == message).unwrap();
    let called = dynamic::unary(door.channel.clone(), rpc.path, body.to_vec(), Some(token));
    let response = within(rpc.name, called).await.map_err(|status| reason(&status))?;
    let mut result = Vec::new();
    encode_key(number, kind, &mut result);
    encode_varint(response.len().try_into().unwrap(), &mut result);
    result.put_slice(&response);
    Ok(AttachResult::decode(result.as_slice()).unwrap().reply.unwrap())
}
