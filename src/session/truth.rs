//! How the actor keeps its picture true: the notification link, re-reads after doubt, and polling when another client
//! takes the notifications.

use std::time::{Duration, Instant};

use futures_util::FutureExt as _;

use super::actor::{Actor, Done, now};
use super::execute;
use super::jobs::{Phase, ReadBack};
use super::state::{Doubt, Source};
use super::system::System;
use crate::finesse::Credentials;
use crate::finesse::notify::{Data, LinkEvent};
use crate::model::agent::AgentUpdate;
use crate::model::dialog::Dialog;
use crate::model::event::{Origin, Payload};
use crate::model::system::SystemStatus;
use crate::model::{Error, Reason};

/// How long a call that is over may stay in the picture before a re-read removes it.
const LINGER: Duration = Duration::from_secs(5);
/// How long changes of a call's data are collected before one re-read proves their order, at least: a busy call has many.
/// Up to twice that, for what changes the data of all calls must not make all sessions read at once.
const UNTIMED: Duration = Duration::from_secs(1);
/// The longest pause between attempts to read the truth after an outage.
const MAX_RESYNC_PAUSE: Duration = Duration::from_secs(30);

/// What one read of the REST API said.
pub(super) struct Truth {
    /// None where only the calls were in doubt.
    pub(super) user: Option<AgentUpdate>,
    pub(super) dialogs: Vec<Dialog>,
}

/// A read under way: what had been notified when it began.
pub(super) struct Reading {
    user_news: u64,
    dialog_news: u64,
    renewals: u64,
    resync: bool,
    /// Only the calls are read.
    of_calls: bool,
}

#[cfg(test)]
impl Reading {
    pub(super) fn is_of_calls(&self) -> bool {
        self.of_calls
    }
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
                self.not_watching(node);
            }
            LinkEvent::Skipped { why } => {
                tracing::warn!(agent = %self.agent_id, why, "a notification could not be read");
                self.doubt(Doubt::Unordered);
                self.doubt_roster(None, Duration::ZERO);
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

    pub(super) fn begin_resync(&mut self) {
        self.resync = true;
        self.resync_failures = 0;
        self.read_anew();
        self.doubt_roster(None, Duration::ZERO);
        self.tell_stale();
    }

    /// A read that is under way may be older than what made another one necessary: it does not end the resync. What is
    /// held back is older than the read to come; only the refusals in it are told nowhere else.
    pub(super) fn read_anew(&mut self) {
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

    pub(super) fn doubt(&mut self, doubt: Doubt) {
        match doubt {
            Doubt::None => {}
            Doubt::Lingering => {
                self.linger_at.get_or_insert_with(|| now() + LINGER);
            }
            Doubt::Untimed => {
                self.calls_at.get_or_insert_with(|| now() + UNTIMED.mul_f64(1.0 + fastrand::f64()));
            }
            Doubt::Unordered => {
                let at = now() + self.options.doubts_after;
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

    /// When a read is due; never while one is under way or none can be made, for what is due and can't proceed must
    /// not wake the actor.
    pub(super) fn read_due(&self) -> Option<Instant> {
        [self.whole_read_due(), self.calls_at.filter(|_| self.may_read(false))].into_iter().flatten().min()
    }

    fn whole_read_due(&self) -> Option<Instant> {
        let wanted = self.jobs.iter().any(|job| job.read_back == ReadBack::Wanted && !job.is_about_member());
        let asked = !self.deferred.is_empty() || self.force.is_some() || self.password_doubted;
        let poll_at = self.poll_at.filter(|_| self.elsewhere);
        [wanted.then(now), self.read_at, poll_at].into_iter().flatten().min().filter(|_| self.may_read(asked || wanted))
    }

    /// Whether a read can be made now; without being asked for, not before the link is back.
    fn may_read(&self, asked: bool) -> bool {
        let usable = self.system.borrow().status == SystemStatus::InService || self.ready.is_some();
        let wait_for_link = self.resync && !self.link_up && !self.elsewhere && !asked;
        self.reading.is_none() && usable && !wait_for_link
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
        let of_calls = self.whole_read_due().is_none_or(|at| at > now());
        self.calls_at = None;
        let (user_news, dialog_news, renewals) = (self.user_news, self.dialog_news, self.renewals);
        let (finesse, who) = (self.finesse.clone(), self.credentials.clone());
        if of_calls {
            self.reading = Some(Reading { user_news, dialog_news, renewals, resync: false, of_calls });
            let read = async move {
                let dialogs = finesse.dialogs(&who).await;
                Done::Read { result: dialogs.map(|dialogs| Box::new(Truth { user: None, dialogs })) }
            };
            return self.in_flight.push(read.boxed());
        }
        self.read_at = None;
        self.poll_at = self.elsewhere.then(|| now() + self.options.poll_interval);
        if self.elsewhere {
            self.doubt_roster(None, Duration::ZERO);
        }
        let resync = self.resync && self.link_up;
        self.reading = Some(Reading { user_news, dialog_news, renewals, resync, of_calls });
        for job in &mut self.jobs {
            if job.read_back == ReadBack::Wanted && !job.is_about_member() {
                job.read_back = ReadBack::Running;
            }
        }
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
            let result = user.and_then(|user| Ok(Box::new(Truth { user: Some(user), dialogs: dialogs? })));
            Done::Read { result }
        };
        self.in_flight.push(read.boxed());
    }

    pub(super) fn read_done(&mut self, result: Result<Box<Truth>, Error>) {
        let Some(reading) = self.reading.take() else { return };
        self.password_doubted &= reading.of_calls;
        match result {
            Ok(truth) if reading.of_calls => return self.take_truth(*truth, &reading),
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
        let user_current = reading.of_calls || reading.user_news == self.user_news;
        let dialogs_current = reading.dialog_news == self.dialog_news;
        let mut missed = false;
        let awaited = |actor: &Self| {
            let waiting = actor.jobs.iter().filter(|job| matches!(job.phase, Phase::Awaiting | Phase::Unclear));
            waiting.count()
        };
        let waiting = awaited(self);
        if user_current && let Some(user) = truth.user {
            let outcome = self.state.user(user, Source::Read);
            self.take(outcome, Origin::Reconciled, None);
        }
        if dialogs_current {
            let outcome = self.state.dialogs_read(truth.dialogs, now());
            self.take(outcome, Origin::Reconciled, None);
        }
        if !(user_current && dialogs_current) {
            // Notifications overtook the read: what it said about that object may be older than they are.
            self.doubt(if reading.of_calls { Doubt::Untimed } else { Doubt::Unordered });
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
        // An agent who was signed in before the session began is news to nobody, and yet is to be listed.
        self.directory.put(self.state.agent());
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
