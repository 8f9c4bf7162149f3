//! The bidirectional stream: an agent's events down, commands up, and what became of them down between the events.
//!
//! Nothing is spawned for it. Messages are read and commands carried out while the transport asks for the next message
//! down, so that a client that does not read is not read either. A command is its RPC: the same check, the same session,
//! the same reply.

use std::collections::VecDeque;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, FuturesUnordered};
use futures_util::{FutureExt, Stream, StreamExt};
use tokio::time::Instant;
use tonic::metadata::MetadataMap;
use tonic::{Status, Streaming};

use super::auth::{Identity, bearer, permit, refused};
use super::convert;
use super::door::{Door, Outcome};
use super::feed::{After, Feed};
use super::services::{ToResult, attached};
use super::status::status;
use super::window::Window;
use crate::command::{self, Command};
use crate::model::id::{RequestId, Sequence};
use crate::model::{Error, Reason};
use crate::pb::{self, attach_command, attach_request, attach_response, attach_result};
use crate::session::TokenRef;

/// Most commands of one stream at once. A result that waits to be sent counts too.
const MAX_IN_FLIGHT: usize = 32;

/// How much of the id of a refused command is given back, in characters; no way to write a UUID has more.
const MAX_REQUEST_ID: usize = 64;

/// A command that has ended.
struct Finished {
    request_id: String,
    /// As the session gave it, which shares what it can; the result is made of it when it is sent.
    outcome: Result<(Outcome, ToResult), Error>,
}

/// The stream's state.
pub struct Attached {
    door: Door,
    identity: Identity,
    feed: Feed,
    /// Whether the agent's picture was sent, which precedes everything else.
    begun: bool,
    /// None once the client has ended its side.
    up: Option<Streaming<pb::AttachRequest>>,
    in_flight: FuturesUnordered<BoxFuture<'static, Finished>>,
    /// In the order in which they ended.
    finished: VecDeque<Finished>,
    /// Why the stream ends, once it does.
    end: Option<Status>,
    over: bool,
}

impl Attached {
    /// Reads the first message, and begins the stream that it asks for.
    ///
    /// # Errors
    /// INVALID_INPUT when it is no attach, or one that asks for too much; AUTHORIZATION_FAILURE without a token,
    /// SESSION_EXPIRED with one that has ended.
    pub async fn begin(
        door: &Door,
        metadata: MetadataMap,
        mut up: Streaming<pb::AttachRequest>,
    ) -> Result<Self, Error> {
        let first = read(&mut up).await?.and_then(|request| request.message);
        let Some(attach_request::Message::Attach(pb::Attach { token, cursor, window })) = first else {
            return Err(invalid("the first message of the stream is not an attach"));
        };
        let window = Window::size(window)?;
        let headers = metadata.into_headers();
        let token = Some(token.as_str()).filter(|token| !token.is_empty()).or_else(|| bearer(&headers));
        let token = TokenRef::of(token.ok_or_else(|| refused("the stream has no token"))?);
        let handle = door.sessions.authenticate(&token)?;
        let feed = Feed::of_agent(door, &token)?;
        let mut attached = Self {
            door: door.clone(),
            identity: Identity::Agent { handle: handle.clone(), token },
            feed,
            begun: false,
            up: Some(up),
            in_flight: FuturesUnordered::new(),
            finished: VecDeque::new(),
            end: None,
            over: false,
        };
        attached.feed.follow_within(&handle, After::read(cursor.as_deref()), window).await?;
        Ok(attached)
    }

    /// The stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<pb::AttachResponse, Status>> + Send {
        stream::unfold(self, |mut attached| async move {
            let next = attached.next().await?;
            attached.feed.sent();
            Some((next.map(|message| pb::AttachResponse { message: Some(message) }), attached))
        })
    }

    async fn next(&mut self) -> Option<Result<attach_response::Message, Status>> {
        while !self.over {
            if let Some(finished) = self.tellable() {
                return Some(Ok(self.result(finished)));
            }
            if let Some(end) = self.end.take() {
                // Commands that ended before the stream, or by what ends it, are told before that.
                if let Some(Some(finished)) = self.in_flight.next().now_or_never() {
                    self.finished.push_back(finished);
                    self.end = Some(end);
                    continue;
                }
                self.over = true;
                return Some(Err(end));
            }
            if self.up.is_none() && self.in_flight.is_empty() && self.finished.is_empty() {
                return None;
            }
            tokio::select! {
                biased;
                told = self.feed.next() => match told? {
                    Ok(kind) => {
                        self.begun = true;
                        let message = pb::SubscribeResponse { message: Some(kind) };
                        return Some(Ok(attach_response::Message::Event(message)));
                    }
                    Err(end) => self.end = Some(end),
                },
                Some(finished) = self.in_flight.next(), if !self.in_flight.is_empty() => {
                    self.finished.push_back(finished);
                }
                request = read_open(self.up.as_mut()), if self.begun && self.up.is_some() => {
                    match self.take(request).await {
                        Ok(None) => {}
                        Ok(Some(finished)) => return Some(Ok(self.result(finished))),
                        Err(error) => self.end = Some(status(&error)),
                    }
                }
            }
        }
        None
    }

    /// The command that ended first, when the event that its result reflects was sent.
    fn tellable(&mut self) -> Option<Finished> {
        let outcome = self.finished.front()?.outcome.as_ref();
        let as_of = outcome.map_or(Sequence(0), |(outcome, _)| outcome.answer.as_of);
        if self.feed.has_sent(as_of) { self.finished.pop_front() } else { None }
    }

    fn result(&self, Finished { request_id, outcome }: Finished) -> attach_response::Message {
        let reply = outcome.and_then(|(outcome, to_result)| to_result(&self.door, outcome));
        let reply = reply.unwrap_or_else(|error| attach_result::Reply::Error(convert::command_error(&error)));
        attach_response::Message::Result(pb::AttachResult { request_id, reply: Some(reply) })
    }

    /// Does what a message says. What is answered at once is returned.
    async fn take(&mut self, request: Result<Option<pb::AttachRequest>, Error>) -> Result<Option<Finished>, Error> {
        let Some(request) = request? else {
            self.up = None;
            return Ok(None);
        };
        match request.message {
            Some(attach_request::Message::Command(command)) => Ok(self.command(command).await),
            Some(attach_request::Message::Acknowledgement(pb::Acknowledgement { cursor })) => {
                self.feed.acknowledge(&cursor).map(|()| None)
            }
            Some(attach_request::Message::Heartbeat(_)) => Ok(None),
            Some(attach_request::Message::Attach(_)) => Err(invalid("the stream is attached already")),
            None => Err(invalid("the message says nothing that this service knows")),
        }
    }

    /// Begins a command, or refuses it at once.
    async fn command(&mut self, command: pb::AttachCommand) -> Option<Finished> {
        let pb::AttachCommand { request_id, request } = command;
        match self.accept(&request_id, request) {
            Err(error) => {
                Some(Finished { request_id: request_id.chars().take(MAX_REQUEST_ID).collect(), outcome: Err(error) })
            }
            Ok((request, to_result)) => {
                // The token's end is the stream's: the result comes first.
                let last = matches!(request.command, Command::Disconnect(_));
                let mut carried_out =
                    carry_out(self.door.clone(), self.identity.clone(), request_id, request, to_result).boxed();
                if last {
                    return Some(carried_out.await);
                }
                // It reaches the session before the next message is read, even if the transport stalls now.
                match (&mut carried_out).now_or_never() {
                    Some(finished) => self.finished.push_back(finished),
                    None => self.in_flight.push(carried_out),
                }
                None
            }
        }
    }

    fn accept(
        &self,
        request_id: &str,
        request: Option<attach_command::Request>,
    ) -> Result<(command::Request, ToResult), Error> {
        let request_id: RequestId = request_id.parse()?;
        if self.in_flight.len() + self.finished.len() >= MAX_IN_FLIGHT {
            return Err(Error::new(Reason::TooManyRequests, "as many commands are in flight as may be"));
        }
        let request = request.ok_or_else(|| invalid("the command holds no request that this service knows"))?;
        let (mut request, to_result) = attached(request)?;
        permit(request.command.rpc().access, &self.identity)?;
        if request.command.is_changing() {
            request.options.request_id = Some(request_id);
        }
        Ok((request, to_result))
    }
}

async fn carry_out(
    door: Door,
    identity: Identity,
    request_id: String,
    request: command::Request,
    to_result: ToResult,
) -> Finished {
    let deadline = Instant::now() + door.request_timeout;
    let outcome = door.perform(&identity, request, Some(deadline)).await;
    Finished { request_id, outcome: outcome.map(|outcome| (outcome, to_result)) }
}

/// The client's next message; none when it has ended its side.
async fn read(up: &mut Streaming<pb::AttachRequest>) -> Result<Option<pb::AttachRequest>, Error> {
    up.message().await.map_err(|broken| {
        // Its text is a decoder's and may quote what was sent.
        tracing::debug!(code = ?broken.code(), "a message of a client can't be read");
        invalid("a message of the stream can't be read")
    })
}

async fn read_open(up: Option<&mut Streaming<pb::AttachRequest>>) -> Result<Option<pb::AttachRequest>, Error> {
    match up {
        Some(up) => read(up).await,
        None => Ok(None),
    }
}

fn invalid(why: &'static str) -> Error {
    Error::new(Reason::InvalidInput, why)
}
