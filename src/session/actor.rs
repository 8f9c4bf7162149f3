//! The task of one agent: its state and the loop that everything that happens to it goes through.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::commands::{Deferred, ListCache, ListFor};
use super::directory::Directory;
use super::fanout::{Ended, Fanout, Item, Start, Subscription};
use super::handle::{Message, Reply};
use super::idempotency::Records;
use super::interactions::Interactions;
use super::jobs::Job;
use super::journal::Journal;
use super::leaving::Force;
use super::roster::Roster;
use super::signals::{Signal, signals};
use super::state::State;
use super::supervise::{Asked, Teams, TeamsFor};
use super::system::System;
use super::token::Proof;
use super::truth::{Reading, Truth};
use super::waiter::Waiter;
use super::{Options, Published};
use crate::finesse::notify::{Link, Node, Notification};
use crate::finesse::{Client, Credentials, SendError};
use crate::model::agent::Agent;
use crate::model::event::{Event, Origin, Payload, Snapshot, StaleReason};
use crate::model::id::{AgentId, Cursor, Epoch, RequestId};
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::{Error, Reason, Timestamp};

/// How far away the next wake-up is when nothing is due.
const IDLE: Duration = Duration::from_secs(3600);

/// What something in flight came back with.
pub(super) enum Done {
    Sent { job: u64, result: Result<(), SendError> },
    Read { result: Result<Box<Truth>, Error> },
    Listed { category: ReasonCategory, result: Result<Vec<ReasonCode>, Error>, wanted_by: ListFor },
    Asked { waiter: Option<Waiter>, since: u64, result: Result<Asked, Error> },
    Teams { teams: Teams, since: u64, wanted_by: TeamsFor },
}

/// What an actor is made of.
pub(super) struct Parts {
    pub(super) options: Arc<Options>,
    pub(super) finesse: Client,
    pub(super) credentials: Credentials,
    pub(super) proof: Arc<Mutex<Proof>>,
    pub(super) agent: Agent,
    pub(super) epoch: Epoch,
    pub(super) link: Link,
    pub(super) system: watch::Receiver<System>,
    pub(super) trouble: Arc<Notify>,
    pub(super) journal_bytes: Arc<AtomicUsize>,
    pub(super) directory: Arc<Directory>,
    pub(super) links: Arc<Interactions>,
    pub(super) ready: Reply<Arc<Snapshot>>,
}

/// One agent's session.
pub(super) struct Actor {
    pub(super) options: Arc<Options>,
    pub(super) finesse: Client,
    pub(super) credentials: Credentials,
    pub(super) proof: Arc<Mutex<Proof>>,
    pub(super) agent_id: AgentId,
    pub(super) epoch: Epoch,
    pub(super) state: State,
    pub(super) roster: Roster,
    /// What of the roster is to be read, and when.
    pub(super) roster_due: Vec<Node>,
    pub(super) roster_at: Option<Instant>,
    /// The watched nodes whose changes Finesse does not tell, so that they are read now and then.
    pub(super) untold: Vec<Node>,
    pub(super) directory: Arc<Directory>,
    pub(super) journal: Journal,
    pub(super) fanout: Fanout,
    pub(super) records: Records,
    pub(super) jobs: Vec<Job<Waiter>>,
    pub(super) next_job: u64,
    pub(super) in_flight: FuturesUnordered<BoxFuture<'static, Done>>,
    pub(super) lists: ListCache,
    pub(super) deferred: Vec<Deferred>,
    pub(super) link: Link,
    pub(super) link_up: bool,
    pub(super) system: watch::Receiver<System>,
    pub(super) trouble: Arc<Notify>,
    pub(super) stale: Option<StaleReason>,
    /// Set from a lost link or outage until the re-read that follows it.
    pub(super) resync: bool,
    pub(super) resync_failures: u32,
    pub(super) elsewhere: bool,
    pub(super) held: VecDeque<Notification>,
    pub(super) seen: VecDeque<u64>,
    pub(super) reading: Option<Reading>,
    pub(super) read_at: Option<Instant>,
    /// When the calls alone are to be read.
    pub(super) calls_at: Option<Instant>,
    pub(super) poll_at: Option<Instant>,
    pub(super) linger_at: Option<Instant>,
    /// Count the notifications about the User and about Dialogs, so that a read knows whether it was overtaken.
    pub(super) user_news: u64,
    pub(super) dialog_news: u64,
    /// Set from a refused request until a read has shown whether the password still holds; nothing is sent meanwhile.
    pub(super) password_doubted: bool,
    /// How often the password was renewed.
    pub(super) renewals: u64,
    pub(super) last_seen: Instant,
    pub(super) left: bool,
    pub(super) force: Option<Force>,
    /// Who waits for the first picture, until it is complete.
    pub(super) ready: Option<Vec<Reply<Arc<Snapshot>>>>,
    pub(super) ended: Option<Error>,
}

pub(super) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

impl Actor {
    /// Boxed, for a task keeps a copy of what it was given.
    pub(super) fn new(parts: Parts) -> Box<Self> {
        let Parts { options, finesse, credentials, proof, agent, epoch, .. } = parts;
        let mut system = parts.system;
        // What is known at the beginning is no change.
        system.mark_unchanged();
        let platform = system.borrow().platform;
        Box::new(Self {
            agent_id: agent.id.clone(),
            state: State::new(agent, parts.links, platform),
            roster: Roster::default(),
            roster_due: Vec::new(),
            roster_at: None,
            untold: Vec::new(),
            directory: parts.directory,
            journal: Journal::new(epoch, options.journal.clone(), parts.journal_bytes),
            fanout: Fanout::new(options.subscriber_queue, options.max_subscribers),
            records: Records::new(options.request_window, options.request_records),
            jobs: Vec::new(),
            next_job: 1,
            in_flight: FuturesUnordered::new(),
            lists: ListCache::default(),
            deferred: Vec::new(),
            link: parts.link,
            link_up: false,
            system,
            trouble: parts.trouble,
            stale: Some(StaleReason::Resyncing),
            resync: true,
            resync_failures: 0,
            elsewhere: false,
            held: VecDeque::new(),
            seen: VecDeque::new(),
            reading: None,
            read_at: None,
            calls_at: None,
            poll_at: None,
            linger_at: None,
            user_news: 0,
            dialog_news: 0,
            password_doubted: false,
            renewals: 0,
            last_seen: now(),
            left: false,
            force: None,
            ready: Some(vec![parts.ready]),
            ended: None,
            options,
            finesse,
            credentials,
            proof,
            epoch,
        })
    }

    /// Runs the session until it ends, and says why it did; then the link is only to be closed.
    pub(super) async fn run(
        mut self: Box<Self>,
        mut inbox: mpsc::Receiver<Message>,
        token: CancellationToken,
    ) -> (Reason, Link) {
        let mut signals = pin!(signals(token, self.fanout.attachment.clone(), self.system.clone()));
        let mut alarm = pin!(sleep(IDLE));
        while self.ended.is_none() {
            let wake = tokio::time::Instant::from_std(self.next_wake());
            if wake != alarm.deadline() {
                alarm.as_mut().reset(wake);
            }
            tokio::select! {
                message = inbox.recv() => match message {
                    Some(message) => self.message(message),
                    None => self.ended = Some(Error::new(Reason::SessionExpired, "the session was closed")),
                },
                Some(event) = self.link.next() => self.link_event(event),
                Some(done) = self.in_flight.next() => self.done(done),
                Some(signal) = signals.next() => self.signal(signal),
                () = &mut alarm => {}
            }
            self.settle();
        }
        let reason = self.end();
        (reason, self.link)
    }

    fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::Stop => self.ended = Some(Error::new(Reason::ShuttingDown, "the service is stopping")),
            Signal::System => self.system_changed(),
            Signal::Detached => self.last_seen = now(),
        }
    }

    fn message(&mut self, message: Message) {
        if !matches!(message, Message::Subscribe { attach: false, .. } | Message::Snapshot { .. }) {
            self.last_seen = now();
            self.left = false;
        }
        match message {
            Message::Execute { order, reply } => self.execute(*order, reply),
            Message::Subscribe { after, attach, reply } => {
                let subscription = self.subscribe(after, attach);
                // A door that has gone away needs no subscription; dropping it detaches.
                let _ = reply.send(subscription);
            }
            Message::Snapshot { reply } => {
                let _ = reply.send(Ok(self.snapshot()));
            }
            Message::Renew { credentials } => self.renew(credentials),
            Message::Connected { reply } => {
                self.stay();
                match &mut self.ready {
                    Some(waiting) => {
                        waiting.retain(|reply| !reply.is_closed());
                        waiting.push(reply);
                    }
                    None => {
                        let _ = reply.send(Ok(self.snapshot()));
                    }
                }
            }
        }
    }

    fn done(&mut self, done: Done) {
        match done {
            Done::Sent { job, result } => self.sent(job, result),
            Done::Read { result } => self.read_done(result),
            Done::Listed { category, result, wanted_by } => self.listed(category, result, wanted_by),
            Done::Asked { waiter, since, result } => self.asked(waiter, since, result),
            Done::Teams { teams, since, wanted_by } => self.teams_read(teams, since, wanted_by),
        }
    }

    /// What follows from anything that happened: timers, waiting commands, reads, leaving.
    pub(super) fn settle(&mut self) {
        // First, for what it wants is done by the rest.
        self.leave_when_left();
        self.run_timers();
        self.check_effects();
        self.drive_force();
        self.pump();
        self.start_read();
        self.start_roster_read();
    }

    pub(super) fn next_wake(&self) -> Instant {
        let mut wake = now() + IDLE;
        let mut at = |time: Option<Instant>| wake = wake.min(time.unwrap_or(wake));
        self.jobs.iter().for_each(|job| {
            [job.confirm_at, job.check_at, job.expires, self.patience_ends(job)].into_iter().for_each(&mut at);
            job.waiters.iter().for_each(|waiter| at(waiter.by));
        });
        at(self.read_due());
        at(self.roster_read_due());
        at(self.linger_at);
        self.deferred.iter().for_each(|deferred| at(deferred.waiter.by));
        self.force.iter().flat_map(|force| &force.waiters).for_each(|waiter| at(waiter.by));
        at(self.force.as_ref().and_then(|force| force.retry_at));
        at(self.grace_ends());
        wake
    }

    /// Publishes what changed, numbered, to the journal and all subscribers.
    pub(super) fn publish(&mut self, payloads: Vec<Payload>, origin: Origin, cause: Option<RequestId>) {
        for payload in payloads {
            if self.ready.is_some() && self.fanout.is_empty() {
                // Before the first picture is complete nobody has anything to compare it with.
                continue;
            }
            let published = self.append(payload, origin, cause);
            self.fanout.send(&Item::Event(published));
        }
    }

    fn append(&mut self, payload: Payload, origin: Origin, request_id: Option<RequestId>) -> Arc<Published> {
        let occurred_at = match &payload {
            Payload::AgentStateChanged { agent, .. } => agent.state_change_time,
            Payload::DialogOffered(view) | Payload::DialogChanged { view, .. } | Payload::DialogEnded { view, .. } => {
                view.dialog.changed_at()
            }
            _ => None,
        };
        let event = Event {
            agent_id: self.agent_id.clone(),
            cursor: self.journal.cursor(),
            occurred_at,
            received_at: Timestamp::now(),
            origin,
            request_id,
            payload,
        };
        self.journal.append(event, now())
    }

    /// Tells the subscribers whether the picture may be behind Finesse.
    pub(super) fn tell_stale(&mut self) {
        let system = self.system.borrow().status;
        let stale = if system == crate::model::system::SystemStatus::OutOfService {
            Some(StaleReason::OutOfService)
        } else if self.elsewhere {
            Some(StaleReason::NotificationsElsewhere)
        } else if !self.link_up {
            Some(StaleReason::LinkLost)
        } else if self.resync {
            Some(StaleReason::Resyncing)
        } else {
            None
        };
        if stale == self.stale {
            return;
        }
        self.stale = stale;
        self.fanout.send(&stale.map_or(Item::Current, Item::Stale));
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::new(Snapshot {
            agent_id: self.agent_id.clone(),
            cursor: self.journal.cursor(),
            agent: self.state.agent().clone(),
            agent_version: self.state.version(),
            dialogs: self.state.dialogs().to_vec(),
            system: self.system.borrow().status,
            stale: self.stale,
        })
    }

    fn subscribe(&mut self, after: Option<Cursor>, attach: bool) -> Result<Subscription, Error> {
        self.journal.trim(now());
        let (start, from, replay) = match after.map(|cursor| (cursor, self.journal.after(cursor))) {
            None => (Start::Snapshot(self.snapshot()), self.journal.cursor(), Vec::new()),
            Some((cursor, Ok(replay))) => {
                let live_from = crate::model::id::Sequence(self.journal.cursor().sequence.0 + 1);
                (Start::Resumed { live_from }, cursor, replay)
            }
            Some((_, Err(reason))) => {
                (Start::Reset { reason, snapshot: self.snapshot() }, self.journal.cursor(), Vec::new())
            }
        };
        let full = || Error::new(Reason::TooManyRequests, "the agent has as many subscribers as it may have");
        self.fanout.add(start, from, replay, self.stale, attach).ok_or_else(full)
    }

    fn end(&mut self) -> Reason {
        let error = self.ended.take().unwrap_or_else(|| Error::new(Reason::SessionExpired, "the session is over"));
        tracing::info!(agent = %self.agent_id, reason = %error.reason, "session ended");
        for ready in self.ready.take().into_iter().flatten() {
            let _ = ready.send(Err(error.clone()));
        }
        for job in std::mem::take(&mut self.jobs) {
            let outcome = if job.phase.is_waiting() {
                error.clone()
            } else {
                Error::new(Reason::OutcomeUnknown, "the session ended before the outcome was known")
            };
            job.waiters.into_iter().for_each(|waiter| waiter.answer(Err(outcome.clone())));
        }
        self.deferred.drain(..).for_each(|deferred| deferred.waiter.answer(Err(error.clone())));
        if let Some(force) = self.force.take() {
            force.waiters.into_iter().for_each(|waiter| waiter.answer(Err(error.clone())));
        }
        let reason = error.reason;
        self.fanout.end(&Ended::SessionEnded(Arc::new(error)));
        reason
    }
}
