//! How the actor keeps its picture true: the notification link, re-reads after doubt, and polling when another client
//! takes the notifications.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;

use super::actor::{Actor, Done, now};
use super::execute;
use super::jobs::{self, Phase, ReadBack};
use super::outcome::Object;
use super::state::{Doubt, Outcome, Source};
use super::system::System;
use crate::finesse::notify::{Data, LinkEvent, Notification, Source as From, UpdateEvent};
use crate::finesse::{self, Credentials};
use crate::model::agent::AgentUpdate;
use crate::model::dialog::Dialog;
use crate::model::error::FinesseFault;
use crate::model::event::{Origin, Payload};
use crate::model::id::RequestId;
use crate::model::system::SystemStatus;
use crate::model::{Error, Reason};

/// How long doubts are collected before one re-read settles them.
const COALESCE: Duration = Duration::from_millis(250);
/// How long a call that is over may stay in the picture before a re-read removes it.
const LINGER: Duration = Duration::from_secs(5);
/// How many notifications are remembered to recognise repeated ones.
const MAX_SEEN: usize = 256;
/// The longest pause between attempts to read the truth after an outage.
const MAX_RESYNC_PAUSE: Duration = Duration::from_secs(30);

/// What one read of the REST API said.
pub(super) struct Truth {
    pub(super) user: AgentUpdate,
    pub(super) dialogs: Vec<Dialog>,
}

/// A read under way: what had been notified when it began.
pub(super) struct Reading {
    user_news: u64,
    dialog_news: u64,
    renewals: u64,
    resync: bool,
}

impl Actor {
    pub(super) fn link_event(&mut self, event: LinkEvent) {
        match event {
            LinkEvent::Up { .. } => {
                tracing::info!(agent = %self.agent_id, "notification link up");
                self.link_up = true;
                self.elsewhere = false;
                self.begin_resync();
            }
            LinkEvent::Down { why, retry_in } => {
                tracing::warn!(agent = %self.agent_id, ?why, ?retry_in, "notification link lost");
                self.link_up = false;
                self.resync = true;
                self.trouble.notify_one();
                self.tell_stale();
            }
            LinkEvent::Refused(error) => self.ended = Some(error),
            LinkEvent::Conflict if self.ready.is_some() => {
                self.ended = Some(Error::new(Reason::SubscriptionFailed, "another client holds the same resource"));
            }
            LinkEvent::Conflict => {
                // Reconnecting would take the notifications back from whoever took them, for ever.
                tracing::warn!(agent = %self.agent_id, "another client took the notifications, polling from now on");
                self.link_up = false;
                self.poll();
            }
            LinkEvent::Notification(notification) => self.notified(*notification),
            LinkEvent::Watching { node } => self.watching(node),
            LinkEvent::NotWatching { node, why } => {
                tracing::warn!(agent = %self.agent_id, %node, why, "the changes of a node are not told");
            }
            LinkEvent::Skipped { why } => {
                tracing::warn!(agent = %self.agent_id, why, "a notification could not be read");
                self.doubt(Doubt::Unordered);
            }
        }
    }

    pub(super) fn system_changed(&mut self) {
        let System { status, platform, .. } = *self.system.borrow_and_update();
        self.state.set_platform(platform);
        self.publish(vec![Payload::SystemStatus(status)], Origin::Live, None);
        match status {
            SystemStatus::OutOfService => (self.resync, self.password_doubted) = (true, false),
            SystemStatus::InService => {
                if self.link_up {
                    self.begin_resync();
                } else {
                    self.link.retry();
                }
            }
        }
        self.tell_stale();
    }

    fn begin_resync(&mut self) {
        self.resync = true;
        self.resync_failures = 0;
        self.read_anew();
        self.tell_stale();
    }

    /// A read that is under way may be older than what made another one necessary: it does not end the resync. What is
    /// held back is older than the read to come; only the refusals in it are told nowhere else.
    fn read_anew(&mut self) {
        self.held.retain(|notification| matches!(notification.update.data, Data::Errors(_)));
        self.read_at = Some(now());
        if let Some(reading) = &mut self.reading {
            reading.resync = false;
        }
    }

    fn poll(&mut self) {
        self.elsewhere = true;
        self.poll_at = Some(now() + self.options.poll_interval);
        self.tell_stale();
    }

    fn doubt(&mut self, doubt: Doubt) {
        match doubt {
            Doubt::None => {}
            Doubt::Lingering => {
                self.linger_at.get_or_insert_with(|| now() + LINGER);
            }
            Doubt::Unordered => {
                let at = now() + COALESCE;
                self.read_at = Some(self.read_at.map_or(at, |earlier| earlier.min(at)));
            }
        }
    }

    /// A refused request may mean that the password was changed: one read tells.
    pub(super) fn doubt_password(&mut self, error: &Error) {
        if error.reason == Reason::AuthorizationFailure {
            self.password_doubted = true;
            self.read_at = Some(now());
        }
    }

    fn notified(&mut self, notification: Notification) {
        if self.repeated(&notification) {
            return;
        }
        if self.elsewhere && self.link_up {
            self.elsewhere = false;
            self.poll_at = None;
            self.begin_resync();
        }
        if self.resync && self.link_up {
            if self.held.len() >= self.options.max_held_notifications {
                tracing::warn!(agent = %self.agent_id, "too many notifications during a re-read, reading once more");
                self.held.clear();
                self.read_anew();
            }
            self.held.push_back(notification);
        } else {
            self.apply(notification);
        }
    }

    fn repeated(&mut self, notification: &Notification) -> bool {
        if notification.item_id.is_empty() {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        (&notification.node, &notification.item_id).hash(&mut hasher);
        let key = hasher.finish();
        if self.seen.contains(&key) {
            return true;
        }
        if self.seen.len() >= MAX_SEEN {
            self.seen.pop_front();
        }
        self.seen.push_back(key);
        false
    }

    fn apply(&mut self, notification: Notification) {
        let update = notification.update;
        let tag = update.request_id.as_deref().and_then(|text| text.parse::<RequestId>().ok());
        let cause = tag.and_then(|tag| self.jobs.iter().find(|job| job.tag == tag)).and_then(|job| job.request_id);
        match update.data {
            Data::User(user) => {
                let own = user.id.as_ref().is_none_or(|id| *id == self.agent_id);
                if !own {
                    return self.member_changed(*user);
                }
                self.user_news += 1;
                let shown = self.job_of(tag, |effect| effect.shown_by_agent(&user));
                let outcome = self.state.user(*user, Source::Notification);
                self.take(outcome, Origin::Live, cause);
                self.passed_by(shown);
            }
            Data::Dialogs(dialogs) => {
                self.dialog_news += 1;
                for dialog in dialogs {
                    let own = self.state.agent().extension.as_ref();
                    let shown = self.job_of(tag, |effect| effect.shown_by_dialog(&dialog, own));
                    let outcome = match update.event {
                        UpdateEvent::Delete => {
                            let id = dialog.id.clone();
                            self.state.dialog_end(&id, Some(dialog), now())
                        }
                        UpdateEvent::Post | UpdateEvent::Put => {
                            self.state.dialog_update(dialog, Source::Notification, now())
                        }
                    };
                    self.take(outcome, Origin::Live, cause);
                    self.passed_by(shown);
                }
            }
            Data::Errors(faults) => {
                let tagged = update.request_id.is_some_and(|text| !text.trim().is_empty());
                for fault in faults {
                    self.refused_later(&update.source, tag, tagged, fault);
                }
            }
            Data::System(_) => self.trouble.notify_one(),
            Data::Team(team) => self.team_changed(*team),
            Data::Queue(queues) => self.queues_changed(&queues),
            Data::Other => {}
        }
    }

    /// An asynchronous error: it belongs to the command whose tag it carries; without a tag, to the one that awaits its
    /// source. One with a tag that is nobody's here was caused by another client of the agent.
    fn refused_later(&mut self, source: &From, tag: Option<RequestId>, tagged: bool, fault: FinesseFault) {
        let object = match source {
            From::User(id) if *id != self.agent_id => Some(Object::Member(id.clone())),
            From::User(_) => Some(Object::User),
            From::UserDialogs(_) => Some(Object::Dialogs),
            From::Dialog(id) => Some(Object::Dialog(id.clone())),
            _ => None,
        };
        let index = match tag {
            Some(tag) => self.jobs.iter().position(|job| job.tag == tag && !job.phase.is_waiting()),
            None if tagged => None,
            None => object.as_ref().and_then(|object| jobs::awaiting(&self.jobs, object)),
        };
        let Some(job) = index.and_then(|index| self.jobs.get(index)) else {
            tracing::info!(agent = %self.agent_id, error = %fault.error_message, "an asynchronous error belongs to no command");
            return;
        };
        let mut error = Error::new(finesse::reason_of(&fault), format!("finesse refused: {}", fault.error_message))
            .with_finesse(fault);
        if let Object::Dialog(id) = job.expectation.object() {
            error = error.with_dialog(id);
        }
        self.fail(job.id, error, true);
    }

    fn take(&mut self, outcome: Outcome, origin: Origin, cause: Option<RequestId>) {
        let doubt = outcome.doubt;
        if outcome
            .payloads
            .iter()
            .any(|payload| matches!(payload, Payload::AgentInfo(_) | Payload::AgentStateChanged { .. }))
        {
            self.directory.put(self.state.agent());
        }
        self.publish(outcome.payloads, origin, cause);
        self.doubt(doubt);
        self.check_effects();
    }

    /// When a read is due; never while one is under way or none can be made, for what is due and can't proceed must
    /// not wake the actor.
    pub(super) fn read_due(&self) -> Option<Instant> {
        let wanted = self.jobs.iter().any(|job| job.read_back == ReadBack::Wanted && !job.is_about_member());
        let usable = self.system.borrow().status == SystemStatus::InService || self.ready.is_some();
        let asked = !self.deferred.is_empty() || self.force.is_some() || self.password_doubted;
        let wait_for_link = self.resync && !self.link_up && !self.elsewhere && !asked && !wanted;
        if self.reading.is_some() || !usable || wait_for_link {
            return None;
        }
        let poll_at = self.poll_at.filter(|_| self.elsewhere);
        [wanted.then(now), self.read_at, poll_at].into_iter().flatten().min()
    }

    /// Starts a read when one is due.
    pub(super) fn start_read(&mut self) {
        if self.linger_at.is_some_and(|at| at <= now()) {
            self.linger_at = None;
            if self.state.has_lingering() {
                self.doubt(Doubt::Unordered);
            }
        }
        if self.read_due().is_none_or(|at| at > now()) {
            return;
        }
        self.read_at = None;
        self.poll_at = self.elsewhere.then(|| now() + self.options.poll_interval);
        if self.elsewhere {
            self.doubt_roster(None, Duration::ZERO);
        }
        let resync = self.resync && self.link_up;
        let (user_news, dialog_news, renewals) = (self.user_news, self.dialog_news, self.renewals);
        self.reading = Some(Reading { user_news, dialog_news, renewals, resync });
        for job in &mut self.jobs {
            if job.read_back == ReadBack::Wanted && !job.is_about_member() {
                job.read_back = ReadBack::Running;
            }
        }
        let (finesse, who) = (self.finesse.clone(), self.credentials.clone());
        let read = async move {
            // The link has just proved the password, or else one request does: five wrong ones lock the account.
            let (user, dialogs) = if resync {
                tokio::join!(finesse.user(&who), finesse.dialogs(&who))
            } else {
                match finesse.user(&who).await {
                    Ok(user) => (Ok(user), finesse.dialogs(&who).await),
                    Err(error) => (Err(error), Ok(Vec::new())),
                }
            };
            let result = user.and_then(|user| Ok(Box::new(Truth { user, dialogs: dialogs? })));
            Done::Read { result }
        };
        self.in_flight.push(read.boxed());
    }

    pub(super) fn read_done(&mut self, result: Result<Box<Truth>, Error>) {
        let Some(reading) = self.reading.take() else { return };
        self.password_doubted = false;
        match result {
            Ok(truth) => {
                self.resync_failures = 0;
                self.take_truth(*truth, &reading);
                if let Some(force) = &mut self.force {
                    force.read = true;
                }
            }
            Err(error) if error.reason == Reason::AuthorizationFailure && reading.renewals != self.renewals => {
                // That was the old password.
                return self.read_at = Some(now());
            }
            Err(error) => return self.read_failed(error),
        }
        self.check_read_back(&self.reading_back());
        for deferred in std::mem::take(&mut self.deferred) {
            let reply = execute::known(&deferred.command, &self.state);
            deferred.waiter.answer(reply.map(|reply| self.answer(reply)));
        }
    }

    fn take_truth(&mut self, truth: Truth, reading: &Reading) {
        let before = (self.state.version(), self.journal.cursor());
        let user_current = reading.user_news == self.user_news;
        let dialogs_current = reading.dialog_news == self.dialog_news;
        let mut missed = false;
        let awaited = |actor: &Self| {
            let waiting = actor.jobs.iter().filter(|job| matches!(job.phase, Phase::Awaiting | Phase::Unclear));
            waiting.count()
        };
        let waiting = awaited(self);
        if user_current {
            let outcome = self.state.user(truth.user, Source::Read);
            self.take(outcome, Origin::Reconciled, None);
        }
        if dialogs_current {
            let outcome = self.state.dialogs_read(truth.dialogs, now());
            self.take(outcome, Origin::Reconciled, None);
        }
        if !(user_current && dialogs_current) {
            // Notifications overtook the read: what it said about that object may be older than they are.
            self.doubt(Doubt::Unordered);
        }
        if before != (self.state.version(), self.journal.cursor()) {
            missed = awaited(self) < waiting;
        }
        if reading.resync && self.link_up {
            self.finish_resync();
        } else if missed && self.link_up && !self.resync && !self.elsewhere {
            tracing::warn!(agent = %self.agent_id, "an effect came without its notification, polling until one arrives");
            self.poll();
        }
    }

    fn finish_resync(&mut self) {
        self.resync = false;
        for held in std::mem::take(&mut self.held) {
            self.apply(held);
        }
        self.tell_stale();
        for ready in self.ready.take().into_iter().flatten() {
            self.last_seen = now();
            // A Connect that was given up ends the session by its grace.
            let _ = ready.send(Ok(self.snapshot()));
        }
    }

    fn read_failed(&mut self, error: Error) {
        tracing::warn!(agent = %self.agent_id, %error, "could not read the agent's state");
        if error.reason == Reason::AuthorizationFailure || self.ready.is_some() {
            self.ended = Some(error);
            return;
        }
        self.trouble.notify_one();
        self.resync_failures = self.resync_failures.saturating_add(1);
        let pause = Duration::from_secs(1 << self.resync_failures.min(5)).min(MAX_RESYNC_PAUSE);
        self.read_at = Some(now() + pause.mul_f64(0.5 + fastrand::f64() / 2.0));
        self.resync = true;
        self.tell_stale();
        for job in &mut self.jobs {
            if job.read_back == ReadBack::Running && !job.is_about_member() {
                job.read_back = ReadBack::Done;
            }
        }
        self.deferred.drain(..).for_each(|deferred| deferred.waiter.answer(Err(error.clone())));
    }

    /// A password that Finesse accepted later than the one in use.
    pub(super) fn renew(&mut self, credentials: Credentials) {
        self.link.renew(credentials.clone());
        self.credentials = credentials;
        self.renewals += 1;
    }
}
