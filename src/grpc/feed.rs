//! One subscriber's stream: the subscriptions of its agents, merged, with heartbeats, as `event.proto` promises.
//!
//! On the bidirectional stream the client's acknowledgements hold it back, too.
//!
//! It holds no queue of its own: an agent's subscription is asked for its next item when the transport has room, and a
//! subscriber that does not keep up is cut by the session.

use std::collections::VecDeque;
use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, SelectAll};
use futures_util::{FutureExt, Stream, StreamExt};
use prost::Message;
use tokio::time::{Instant, Sleep, sleep, sleep_until};
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::convert;
use super::door::Door;
use super::drain::Drain;
use super::roster::Roster;
use super::status::{slow_consumer, status};
use super::window::Window;
use crate::model::event::{Event, Payload, ResetReason, StaleReason};
use crate::model::id::{AgentId, Cursor, Sequence};
use crate::model::{Error, Reason, Timestamp};
use crate::pb;
use crate::pb::subscribe_response::Message as Kind;
use crate::session::{Ended, Handle, Item, Published, Slot, Start, Subscription, TokenRef, TokenUse};

/// Where a subscription of one agent begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// With a snapshot.
    Nothing,
    /// After a cursor.
    Cursor(Cursor),
    /// With a reset: what the client sent was never given out.
    Unknown,
}

impl After {
    /// Reads a request's cursor.
    pub fn read(cursor: Option<&str>) -> Self {
        match cursor {
            None => Self::Nothing,
            Some(text) => text.parse().map_or(Self::Unknown, Self::Cursor),
        }
    }

    fn cursor(self) -> Option<Cursor> {
        match self {
            Self::Cursor(cursor) => Some(cursor),
            Self::Nothing | Self::Unknown => None,
        }
    }
}

/// What one agent's subscription says.
enum Told {
    Message(Kind),
    Event(Arc<Published>),
    Ended(AgentId, Ended),
}

/// The stream's state.
pub struct Feed {
    agents: SelectAll<BoxStream<'static, Told>>,
    /// What is to be sent before anything else: at most a message per agent that went away, or was asked for in vain.
    waiting: VecDeque<Kind>,
    roster: Option<Box<Roster>>,
    pace: Option<Pace>,
    /// The token that opened the stream, where an agent did.
    token: Option<TokenUse>,
    drain: Drain,
    announced: bool,
    /// Ends when the token or the drain says something. It lasts, for to begin to wait anew costs at each event.
    interruption: BoxFuture<'static, ()>,
    done: bool,
    heartbeat: Duration,
    last_sent: Instant,
    idle: Pin<Box<Sleep>>,
}

/// What holds the events back until the client has processed earlier ones. They wait in the agent's subscription.
struct Pace {
    window: Window,
    /// Cancelled when as many wait as may.
    cut: CancellationToken,
}

impl Feed {
    /// A stream of an agent's own, which ends with the token that opened it.
    ///
    /// # Errors
    /// SESSION_EXPIRED when the token has ended.
    pub fn of_agent(door: &Door, token: &TokenRef) -> Result<Self, Error> {
        let token = door.sessions.hold(token).ok_or_else(token_is_over)?;
        Ok(Self::new(door, Some(token)))
    }

    /// A stream of what an observer may see of the sessions, those that are open and those to come.
    pub async fn of_observer(door: &Door, roster: Roster) -> Self {
        let mut feed = Self::new(door, None);
        feed.roster = Some(Box::new(roster));
        feed.complete(false).await;
        let absent = feed.roster.as_mut().map(|roster| roster.absent()).unwrap_or_default();
        let detached = |id: AgentId| detached(&id, "the agent has no session here, or is not to be seen");
        feed.waiting.extend(absent.into_iter().map(detached));
        feed
    }

    fn new(door: &Door, token: Option<TokenUse>) -> Self {
        Self {
            agents: SelectAll::new(),
            waiting: VecDeque::new(),
            roster: None,
            pace: None,
            interruption: interruption(door.drain.begun(), token.as_ref()),
            token,
            drain: door.drain.clone(),
            announced: false,
            done: false,
            heartbeat: door.heartbeat,
            last_sent: Instant::now(),
            idle: Box::pin(sleep(door.heartbeat)),
        }
    }

    /// Follows one agent.
    ///
    /// # Errors
    /// When the session is over or takes no more subscribers.
    pub async fn follow(&mut self, handle: &Handle, after: After, announce: bool) -> Result<(), Error> {
        let subscription = match self.roster {
            None => handle.subscribe(after.cursor()).await?,
            // Being watched does not keep an agent whose clients are gone.
            Some(_) => handle.observe(after.cursor()).await?,
        };
        let followed = self.roster.as_mut().map(|roster| roster.attach(handle.agent_id().clone()));
        let agent = told_of(handle.agent_id(), subscription, after, announce);
        self.agents.push(match followed {
            None => agent,
            Some(followed) => agent.take_until(followed.cancelled_owned()).boxed(),
        });
        Ok(())
    }

    /// Follows one agent, at most `window` events ahead of what the client has acknowledged.
    ///
    /// # Errors
    /// When the session is over or takes no more subscribers.
    pub async fn follow_within(&mut self, handle: &Handle, after: After, window: u32) -> Result<(), Error> {
        let subscription = handle.subscribe(after.cursor()).await?;
        let window = Window::new(handle.agent_id().clone(), window, subscription.cursor());
        self.pace = Some(Pace { window, cut: subscription.cut().clone() });
        self.agents.push(told_of(handle.agent_id(), subscription, after, false));
        Ok(())
    }

    /// The client has processed the events up to a cursor.
    ///
    /// # Errors
    /// INVALID_INPUT when the cursor was not given out.
    pub fn acknowledge(&mut self, cursor: &str) -> Result<(), Error> {
        self.pace.as_mut().map_or(Ok(()), |pace| pace.window.acknowledge(cursor))
    }

    /// Whether an event was handed to the transport, on a stream that holds events back.
    pub fn has_sent(&self, sequence: Sequence) -> bool {
        self.pace.as_ref().is_none_or(|pace| pace.window.sent().sequence >= sequence)
    }

    /// The stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<pb::SubscribeResponse, Status>> + Send {
        stream::unfold(self, |mut feed| async move {
            let next = feed.next().await?;
            feed.sent();
            Some((next.map(|kind| pb::SubscribeResponse { message: Some(kind) }), feed))
        })
    }

    /// Something was sent, so that no heartbeat is due.
    pub fn sent(&mut self) {
        self.last_sent = Instant::now();
    }

    /// The next message; none after the stream's end. Cancel safe where it follows one agent.
    pub async fn next(&mut self) -> Option<Result<Kind, Status>> {
        if self.done {
            return None;
        }
        loop {
            if let Some(kind) = self.waiting.pop_front() {
                return Some(Ok(kind));
            }
            if self.drain.over().is_cancelled() {
                self.done = true;
                return Some(Err(status(&Error::new(Reason::ShuttingDown, "the service is stopping"))));
            }
            if self.drain.begun().is_cancelled() && !self.announced {
                self.announced = true;
                self.interruption = interruption(self.drain.over(), self.token.as_ref());
                let deadline = Some(convert::timestamp(self.drain.deadline()));
                return Some(Ok(Kind::Draining(pb::Draining { deadline })));
            }
            let open = self.pace.as_ref().is_none_or(|pace| pace.window.is_open());
            // Under load there is always a next item, and nothing else need be asked.
            if open && let Some(Some(told)) = self.agents.next().now_or_never() {
                match self.told(told).await {
                    Some(message) => return Some(message),
                    None => continue,
                }
            }
            // What a session said before it ended, its reason too, has been told by now.
            if self.token.as_ref().is_some_and(|token| token.ended().is_cancelled()) {
                self.done = true;
                return Some(Err(status(&token_is_over())));
            }
            tokio::select! {
                biased;
                Some(told) = self.agents.next(), if open && !self.agents.is_empty() => {
                    if let Some(message) = self.told(told).await {
                        return Some(message);
                    }
                }
                (agent, cursor) = overrun(self.pace.as_ref()), if !open => {
                    self.done = true;
                    return Some(Err(slow_consumer(&agent, cursor)));
                }
                () = changed(self.roster.as_deref_mut()) => self.complete(true).await,
                // What it was is told above, and begins another wait or ends the stream.
                () = &mut self.interruption => self.interruption = Box::pin(pending()),
                () = &mut self.idle => {
                    let due = self.last_sent + self.heartbeat;
                    if Instant::now() >= due {
                        self.idle.set(sleep(self.heartbeat));
                        let server_time = Some(convert::timestamp(Timestamp::now()));
                        return Some(Ok(Kind::Heartbeat(pb::Heartbeat { server_time })));
                    }
                    self.idle.set(sleep_until(due));
                }
            }
        }
    }

    /// What a subscription's word means to the stream; none when the stream goes on with something else.
    async fn told(&mut self, told: Told) -> Option<Result<Kind, Status>> {
        match told {
            Told::Message(kind) => Some(Ok(kind)),
            Told::Event(published) => {
                if let Some(pace) = &mut self.pace {
                    pace.window.send(published.event.cursor);
                }
                if let Some(gone) = self.moved(&published.event) {
                    return Some(Ok(gone));
                }
                let bytes = published.encoded(Slot::Grpc, encode).clone();
                Some(Ok(Kind::Event(pb::SharedEvent::Encoded(bytes))))
            }
            Told::Ended(id, Ended::SlowConsumer { cursor }) => {
                self.done = true;
                Some(Err(slow_consumer(&id, cursor)))
            }
            Told::Ended(id, Ended::SessionEnded(error)) => {
                let Some(roster) = &mut self.roster else {
                    self.done = true;
                    return Some(Err(status(&error)));
                };
                roster.detach(&id);
                self.waiting.push_back(detached(&id, &error.message));
                // A new session may have been announced before the old one's end was read.
                self.complete(true).await;
                None
            }
        }
    }

    /// The end of what is told of an agent whose new team is not to be seen.
    fn moved(&mut self, event: &Event) -> Option<Kind> {
        let (Some(roster), Payload::AgentInfo(agent)) = (&mut self.roster, &event.payload) else { return None };
        let (id, team) = (&event.agent_id, agent.team.as_ref().map(|team| &team.id));
        if roster.moved(id, event.cursor.epoch, team) {
            return None;
        }
        roster.detach(id);
        Some(detached(id, "the agent is in another team now"))
    }

    /// Follows the sessions that the roster lacks. Boxed, for each stream would keep room for what is seldom done.
    fn complete(&mut self, announce: bool) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let Some(roster) = &mut self.roster else { return };
            for (handle, after) in roster.missing().await {
                if let Err(error) = self.follow(&handle, after, announce).await {
                    tracing::debug!(agent = %handle.agent_id(), %error, "a session can't be observed");
                }
            }
        })
    }
}

/// All that is told of one agent.
fn told_of(id: &AgentId, subscription: Subscription, after: After, announce: bool) -> BoxStream<'static, Told> {
    let mut first = Vec::with_capacity(3);
    if announce {
        first.push(Kind::AgentAttached(pb::AgentAttached { agent_id: id.to_string() }));
    }
    if after == After::Unknown {
        first.push(reset(id, ResetReason::CursorUnknown));
    }
    match &subscription.start {
        Start::Snapshot(snapshot) => first.push(Kind::Snapshot(Box::new(convert::snapshot(snapshot)))),
        Start::Resumed { live_from } => first.push(Kind::Resumed(pb::Resumed {
            agent_id: id.to_string(),
            // The session names the first live event, the wire the last repeated one.
            live_from: live_from.0.saturating_sub(1),
        })),
        Start::Reset { reason, snapshot } => {
            first.push(reset(id, *reason));
            first.push(Kind::Snapshot(Box::new(convert::snapshot(snapshot))));
        }
    }
    let rest = stream::unfold(Some((id.clone(), subscription)), told);
    stream::iter(first).map(Told::Message).chain(rest).boxed()
}

fn detached(id: &AgentId, cause: &str) -> Kind {
    Kind::AgentDetached(pb::AgentDetached { agent_id: id.to_string(), cause: cause.to_owned() })
}

fn token_is_over() -> Error {
    Error::new(Reason::SessionExpired, "the token has ended, connect again")
}

/// Ends when the roster may have changed; never without one.
async fn changed(roster: Option<&mut Roster>) {
    match roster {
        Some(roster) => roster.changed().await,
        None => pending().await,
    }
}

/// Ends when as many events wait for the client's acknowledgement as may: of whom, and after which.
async fn overrun(pace: Option<&Pace>) -> (AgentId, Cursor) {
    match pace {
        Some(pace) => {
            pace.cut.cancelled().await;
            (pace.window.agent().clone(), pace.window.sent())
        }
        None => pending().await,
    }
}

/// Ends with the drain's step, or with the token that opened the stream, if one did.
fn interruption(drain: &CancellationToken, token: Option<&TokenUse>) -> BoxFuture<'static, ()> {
    let drain = drain.clone();
    let Some(token) = token.map(|token| token.ended().clone()) else { return Box::pin(drain.cancelled_owned()) };
    Box::pin(async move {
        tokio::select! {
            () = drain.cancelled() => {}
            () = token.cancelled() => {}
        }
    })
}

type Following = Option<(AgentId, Subscription)>;

async fn told(following: Following) -> Option<(Told, Following)> {
    let (id, mut subscription) = following?;
    let kind = match subscription.next().await {
        Item::Event(published) => return Some((Told::Event(published), Some((id, subscription)))),
        Item::Stale(reason) => stale(&id, Some(reason)),
        Item::Current => stale(&id, None),
        Item::Ended(ended) => return Some((Told::Ended(id, ended), None)),
    };
    Some((Told::Message(kind), Some((id, subscription))))
}

fn encode(event: &Event) -> Bytes {
    convert::event(event).encode_to_vec().into()
}

fn stale(id: &AgentId, reason: Option<StaleReason>) -> Kind {
    let reason = reason.map(|reason| convert::stale_reason(reason).into());
    Kind::Stale(pb::Stale { agent_id: id.to_string(), reason })
}

fn reset(id: &AgentId, reason: ResetReason) -> Kind {
    Kind::Reset(pb::Reset { agent_id: id.to_string(), reason: convert::reset_reason(reason).into() })
}
