//! One subscriber's stream: the subscriptions of its agents, merged, with heartbeats, as `event.proto` promises.
//!
//! It holds no queue of its own: an agent's subscription is asked for its next item when the transport has room, and a
//! subscriber that does not keep up is cut by the session.

use std::collections::{HashMap, HashSet, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, SelectAll};
use futures_util::{FutureExt, Stream, StreamExt};
use prost::Message;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep, sleep_until};
use tonic::Status;

use super::auth::Member;
use super::convert;
use super::drain::Drain;
use super::status::{slow_consumer, status};
use crate::model::event::{Event, ResetReason, StaleReason};
use crate::model::id::{AgentId, Cursor};
use crate::model::{Error, Reason, Timestamp};
use crate::pb;
use crate::pb::subscribe_response::Message as Kind;
use crate::session::{Ended, Handle, Item, Manager, Slot, Start, Subscription, TokenUse};

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
}

/// What one agent's subscription says. Nearly all of them are messages, which a box would make dearer.
#[allow(clippy::large_enum_variant)]
enum Told {
    Message(Kind),
    Ended(AgentId, Ended),
}

/// The stream's state.
pub struct Feed {
    agents: SelectAll<BoxStream<'static, Told>>,
    /// What is to be sent before anything else: at most a message per agent that went away.
    waiting: VecDeque<Kind>,
    roster: Option<Roster>,
    /// The token that opened the stream, where an agent did.
    token: Option<TokenUse>,
    drain: Drain,
    announced: bool,
    done: bool,
    heartbeat: Duration,
    last_sent: Instant,
    idle: Pin<Box<Sleep>>,
}

/// Which sessions an observer follows, as they come and go.
pub struct Roster {
    sessions: Manager,
    changes: watch::Receiver<u64>,
    member: Arc<Member>,
    /// Agents that were named, with the cursor until it has been used.
    named: HashMap<AgentId, After>,
    all: bool,
    attached: HashSet<AgentId>,
}

impl Roster {
    /// What `member` may see of the sessions: the named agents, or all.
    pub fn new(sessions: Manager, member: Arc<Member>, named: HashMap<AgentId, After>, all: bool) -> Self {
        let changes = sessions.changes();
        Self { sessions, changes, member, named, all, attached: HashSet::new() }
    }

    /// Open sessions that are wanted and not followed yet.
    fn missing(&self) -> Vec<Handle> {
        let wanted = |handle: &Handle| {
            let id = handle.agent_id();
            !self.attached.contains(id) && (self.named.contains_key(id) || (self.all && self.member.may_observe(id)))
        };
        if self.all {
            self.sessions.sessions().into_iter().filter(wanted).collect()
        } else {
            self.named.keys().filter_map(|id| self.sessions.session(id)).filter(wanted).collect()
        }
    }
}

impl Feed {
    /// A stream of no agent yet, which ends with the token that opened it.
    pub fn new(heartbeat: Duration, drain: Drain, token: Option<TokenUse>) -> Self {
        Self {
            agents: SelectAll::new(),
            waiting: VecDeque::new(),
            roster: None,
            token,
            drain,
            announced: false,
            done: false,
            heartbeat,
            last_sent: Instant::now(),
            idle: Box::pin(sleep(heartbeat)),
        }
    }

    /// Follows one agent.
    ///
    /// # Errors
    /// When the session is over or takes no more subscribers.
    pub async fn follow(&mut self, handle: &Handle, after: After, announce: bool) -> Result<(), Error> {
        let cursor = match after {
            After::Cursor(cursor) => Some(cursor),
            After::Nothing | After::Unknown => None,
        };
        let subscription = match self.roster {
            None => handle.subscribe(cursor).await?,
            // Being watched does not keep an agent whose clients are gone.
            Some(_) => handle.observe(cursor).await?,
        };
        let id = handle.agent_id();
        let mut first = Vec::with_capacity(3);
        if announce {
            first.push(Kind::AgentAttached(pb::AgentAttached { agent_id: id.to_string() }));
        }
        if after == After::Unknown {
            first.push(reset(id, ResetReason::CursorUnknown));
        }
        match &subscription.start {
            Start::Snapshot(snapshot) => first.push(Kind::Snapshot(convert::snapshot(snapshot))),
            Start::Resumed { live_from } => first.push(Kind::Resumed(pb::Resumed {
                agent_id: id.to_string(),
                // The session names the first live event, the wire the last repeated one.
                live_from: live_from.0.saturating_sub(1),
            })),
            Start::Reset { reason, snapshot } => {
                first.push(reset(id, *reason));
                first.push(Kind::Snapshot(convert::snapshot(snapshot)));
            }
        }
        let rest = stream::unfold(Some((id.clone(), subscription)), told);
        self.agents.push(stream::iter(first).map(Told::Message).chain(rest).boxed());
        Ok(())
    }

    /// Follows the sessions that an observer may see, those that are open and those to come.
    pub async fn watch(&mut self, roster: Roster) {
        self.roster = Some(roster);
        self.complete(false).await;
    }

    /// The stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<pb::SubscribeResponse, Status>> + Send {
        stream::unfold(self, |mut feed| async move {
            let next = feed.next().await?;
            feed.last_sent = Instant::now();
            Some((next.map(|kind| pb::SubscribeResponse { message: Some(kind) }), feed))
        })
    }

    async fn next(&mut self) -> Option<Result<Kind, Status>> {
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
                let deadline = Some(convert::timestamp(self.drain.deadline()));
                return Some(Ok(Kind::Draining(pb::Draining { deadline })));
            }
            // Under load there is always a next item, and nothing else need be asked.
            if let Some(Some(told)) = self.agents.next().now_or_never() {
                match self.told(told).await {
                    Some(message) => return Some(message),
                    None => continue,
                }
            }
            // What a session said before it ended, its reason too, has been told by now.
            if self.token.as_ref().is_some_and(|token| token.ended().is_cancelled()) {
                self.done = true;
                return Some(Err(status(&Error::new(Reason::SessionExpired, "the token has ended, connect again"))));
            }
            let drain = if self.announced { self.drain.over() } else { self.drain.begun() };
            tokio::select! {
                biased;
                Some(told) = self.agents.next(), if !self.agents.is_empty() => {
                    if let Some(message) = self.told(told).await {
                        return Some(message);
                    }
                }
                () = changed(&mut self.roster) => self.complete(true).await,
                () = drain.cancelled() => {}
                () = token_ended(self.token.as_ref()) => {}
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
            Told::Ended(id, Ended::SlowConsumer { cursor }) => {
                self.done = true;
                Some(Err(slow_consumer(&id, cursor)))
            }
            Told::Ended(id, Ended::SessionEnded(error)) => {
                let Some(roster) = &mut self.roster else {
                    self.done = true;
                    return Some(Err(status(&error)));
                };
                roster.attached.remove(&id);
                let cause = error.message.into_owned();
                self.waiting.push_back(Kind::AgentDetached(pb::AgentDetached { agent_id: id.to_string(), cause }));
                // A new session may have been announced before the old one's end was read.
                self.complete(true).await;
                None
            }
        }
    }

    /// Follows the sessions that the roster lacks.
    async fn complete(&mut self, announce: bool) {
        let Some(roster) = &mut self.roster else { return };
        roster.changes.mark_unchanged();
        let mut missing = Vec::new();
        for handle in roster.missing() {
            let id = handle.agent_id().clone();
            let after =
                roster.named.get_mut(&id).map_or(After::Nothing, |after| std::mem::replace(after, After::Nothing));
            missing.push((id, handle, after));
        }
        for (id, handle, after) in missing {
            match self.follow(&handle, after, announce).await {
                Ok(()) => {
                    if let Some(roster) = &mut self.roster {
                        roster.attached.insert(id);
                    }
                }
                Err(error) => tracing::debug!(agent = %id, %error, "a session can't be observed"),
            }
        }
    }
}

/// Ends when sessions were opened since the roster was completed; never without a roster.
async fn changed(roster: &mut Option<Roster>) {
    if let Some(roster) = roster
        && roster.changes.changed().await.is_ok()
    {
        return;
    }
    std::future::pending().await
}

/// Ends when the token that opened the stream has ended; never without one.
async fn token_ended(token: Option<&TokenUse>) {
    match token {
        Some(token) => token.ended().cancelled().await,
        None => std::future::pending().await,
    }
}

type Following = Option<(AgentId, Subscription)>;

async fn told(following: Following) -> Option<(Told, Following)> {
    let (id, mut subscription) = following?;
    let kind = match subscription.next().await {
        Item::Event(published) => {
            let bytes = published.encoded(Slot::Grpc, encode);
            Kind::Event(pb::SharedEvent::Encoded(bytes.clone()))
        }
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
