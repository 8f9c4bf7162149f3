//! How a command ends: by its effect, by a refusal, by a read that finds the effect, or unknown.

use std::time::{Duration, Instant};

use super::actor::{Actor, now};
use super::execute;
use super::jobs::{Job, Phase, ReadBack, Request};
use super::outcome::{Expectation, Object, Subject};
use super::waiter::{Waiter, too_late};
use crate::model::event::{Origin, Payload};
use crate::model::id::RequestId;
use crate::model::reply::{Answer, Reply as Content};
use crate::model::{Error, Reason};

/// How long a command whose outcome was unknown is watched for a later truth.
const LATE: Duration = Duration::from_secs(60);

impl Actor {
    /// Completes every command whose effect is there and is newer than the command.
    pub(super) fn check_effects(&mut self) {
        let mut done = Vec::new();
        for job in &self.jobs {
            if job.phase.is_waiting() {
                continue;
            }
            let news = job.expectation.is_new_call() || self.moved(job);
            if let Some(subject) = self.shown(job).filter(|_| news) {
                done.push((job.id, subject));
            }
        }
        done.into_iter().for_each(|(id, subject)| self.complete(id, subject));
    }

    /// Whether what a command is about has changed since it was sent.
    fn moved(&self, job: &Job<Waiter>) -> bool {
        job.expectation.version(&self.state, &self.roster) != job.baseline
    }

    /// A command's effect, or what it has led to since.
    fn shown(&self, job: &Job<Waiter>) -> Option<Subject> {
        let implied = || job.expectation.implied(&self.state, &self.roster).filter(|_| self.moved(job));
        job.expectation.met(&self.state, &self.roster).or_else(implied)
    }

    /// The command that a notification names as its cause, if it shows the command's effect.
    pub(super) fn job_of(&self, tag: Option<RequestId>, shows: impl FnOnce(&Expectation) -> bool) -> Option<u64> {
        let job = self.jobs.iter().find(|job| Some(job.tag) == tag && !job.phase.is_waiting())?;
        shows(&job.expectation).then_some(job.id)
    }

    /// What held when Finesse accepted the command, and was replaced before a read could confirm it, was done.
    pub(super) fn check_replaced(&mut self) {
        let replaced = |job: &&Job<Waiter>| {
            job.held && self.moved(job) && job.expectation.met(&self.state, &self.roster).is_none()
        };
        let replaced = self.jobs.iter().filter(replaced).map(|job| job.id).collect::<Vec<_>>();
        replaced.into_iter().for_each(|job| self.passed_by(Some(job)));
    }

    /// The effect of a command was there, and something later that was told first has replaced it.
    pub(super) fn passed_by(&mut self, job: Option<u64>) {
        let Some(job) = self.jobs.iter().find(|other| Some(other.id) == job) else { return };
        let (id, subject) = match job.expectation.object() {
            Object::Dialog(dialog) => {
                (job.id, self.state.dialog(&dialog).cloned().map_or(Subject::Gone, Subject::Dialog))
            }
            Object::Member(member) => match self.roster.member(&member) {
                Some(member) => (job.id, Subject::Member(member.clone())),
                None => return,
            },
            Object::User | Object::Dialogs => (job.id, Subject::Agent),
        };
        self.complete(id, subject);
    }

    /// The commands that the read of the User and its Dialogs which is under way was made for.
    pub(super) fn reading_back(&self) -> Vec<u64> {
        let running = |job: &&Job<Waiter>| job.read_back == ReadBack::Running && !job.is_about_member();
        self.jobs.iter().filter(running).map(|job| job.id).collect()
    }

    /// The read that was made for some commands is back and applied: what is true now was true without an event, and
    /// what is not true by the end of its time is unknown.
    pub(super) fn check_read_back(&mut self, jobs: &[u64]) {
        for id in jobs.iter().copied() {
            let Some(job) = self.jobs.iter_mut().find(|job| job.id == id) else { continue };
            job.read_back = ReadBack::Done;
            job.confirm_at = None;
            let last = job.last_read;
            let shown = self.jobs.iter().find(|job| job.id == id).and_then(|job| self.shown(job));
            match shown {
                Some(subject) => self.complete(id, subject),
                None if last => self.give_up(id),
                None => {}
            }
        }
    }

    fn complete(&mut self, id: u64, subject: Subject) {
        let Some(index) = self.jobs.iter().position(|job| job.id == id) else { return };
        let job = self.jobs.remove(index);
        let reply = match subject {
            Subject::Agent => execute::agent_reply(&self.state, job.with_dialogs),
            Subject::Dialog(view) if view.own().is_none_or(|own| own.state.is_over()) => Content::DialogEnded(view),
            Subject::Dialog(view) => Content::Dialog(view),
            Subject::Gone => {
                let Object::Dialog(id) = job.expectation.object() else { return };
                let last = self.state.ended(&id).or(job.before.clone());
                last.map_or(Content::Done, Content::DialogEnded)
            }
            Subject::Member(member) => Content::Member(member),
        };
        let answer = self.answer(reply);
        if job.told {
            let payload = Payload::CommandCompleted { command: job.name };
            self.publish(vec![payload], Origin::Live, job.request_id);
        }
        self.conclude(job, Ok(answer));
    }

    /// A command failed. `called`: it may have reached Finesse, so a retry gets this outcome.
    pub(super) fn fail(&mut self, id: u64, mut error: Error, called: bool) {
        if matches!(error.reason, Reason::FinesseOutOfService | Reason::FinesseUnreachable) {
            self.trouble.notify_one();
        }
        let Some(index) = self.jobs.iter().position(|job| job.id == id) else { return };
        let job = self.jobs.remove(index);
        if let Object::Dialog(call) = job.expectation.object() {
            error.dialog_id.get_or_insert(call);
        }
        if !called && let Some(request_id) = job.request_id {
            self.records.forget(request_id);
        }
        if job.told {
            let payload = Payload::CommandFailed { command: job.name, error: error.clone() };
            self.publish(vec![payload], Origin::Live, job.request_id);
        }
        self.conclude(job, Err(error));
    }

    fn conclude(&mut self, job: Job<Waiter>, outcome: Result<Answer, Error>) {
        tracing::debug!(agent = %self.agent_id, command = job.name, done = outcome.is_ok(), "command concluded");
        if let Some(request_id) = job.request_id {
            self.records.finish(request_id, &outcome);
        }
        if job.forced {
            self.forced_step(&outcome);
        }
        if let Request::Consult(main, ..) = &job.request {
            self.state.consulted(main);
        }
        for next in job.then {
            self.go_on(next, outcome.as_ref().map(|answer| &answer.reply));
        }
        job.waiters.into_iter().for_each(|waiter| waiter.answer(outcome.clone()));
    }

    /// Everything about commands that is due by now.
    pub(super) fn run_timers(&mut self) {
        let now = now();
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        let mut unknown = Vec::new();
        let mut unsent = Vec::new();
        for job in &mut self.jobs {
            if due(job.confirm_at) {
                job.confirm_at = None;
                job.read_back = ReadBack::Wanted;
            }
            if due(job.check_at) {
                job.check_at = None;
                if !job.phase.is_waiting() && job.phase != Phase::Late {
                    job.read_back = ReadBack::Wanted;
                }
            }
            if due(job.expires) {
                if job.phase == Phase::Late || job.last_read {
                    unknown.push(job.id);
                } else {
                    job.last_read = true;
                    job.read_back = ReadBack::Wanted;
                    job.expires = Some(now + self.finesse.answer_timeout());
                }
            }
            let (late, waiting): (Vec<_>, _) = std::mem::take(&mut job.waiters).into_iter().partition(|w| due(w.by));
            job.waiters = waiting;
            if late.is_empty() {
                continue;
            }
            let error = if job.phase.is_waiting() {
                Error::new(Reason::DeadlineTooShort, "the deadline ended before finesse was asked")
            } else {
                job.told = true;
                unknown_outcome(job.cause.as_ref())
            };
            late.into_iter().for_each(|waiter| waiter.answer(Err(error.clone())));
            if job.phase.is_waiting() && job.waiters.is_empty() && !job.forced {
                unsent.push((job.id, error));
            }
        }
        self.question_deadlines();
        self.force_deadlines();
        unsent.into_iter().for_each(|(id, error)| self.fail(id, error, false));
        unknown.into_iter().for_each(|id| self.give_up(id));
    }

    fn question_deadlines(&mut self) {
        let now = now();
        let late = |waiter: &Waiter| waiter.by.is_some_and(|by| by <= now);
        let (late, waiting): (Vec<_>, _) =
            std::mem::take(&mut self.deferred).into_iter().partition(|deferred| late(&deferred.waiter));
        self.deferred = waiting;
        late.into_iter().for_each(|deferred| deferred.waiter.answer(Err(too_late())));
    }

    fn give_up(&mut self, id: u64) {
        let Some(index) = self.jobs.iter().position(|job| job.id == id) else { return };
        let Some(job) = self.jobs.get_mut(index) else { return };
        if job.phase == Phase::Late {
            self.jobs.remove(index);
            return;
        }
        tracing::warn!(agent = %self.agent_id, command = job.name, "outcome unknown");
        if job.accepted {
            let payload = Payload::CommandFailed { command: job.name, error: unknown_outcome(job.cause.as_ref()) };
            let request_id = job.request_id;
            self.publish(vec![payload], Origin::Live, request_id);
        }
        let Some(job) = self.jobs.get_mut(index) else { return };
        job.phase = Phase::Late;
        job.told = true;
        if let Request::Consult(main, ..) = &job.request {
            // What the agent dials from now on is more likely a call of its own.
            self.state.consulted(main);
        }
        job.expires = Some(now() + LATE);
        (job.confirm_at, job.check_at) = (None, None);
        let waiters = std::mem::take(&mut job.waiters);
        let (request_id, forced, then) = (job.request_id, job.forced, std::mem::take(&mut job.then));
        let outcome = Err(unknown_outcome(job.cause.as_ref()));
        if let Some(request_id) = request_id {
            self.records.finish(request_id, &outcome);
        }
        if forced {
            self.forced_step(&outcome);
        }
        for next in then {
            self.go_on(next, outcome.as_ref().map(|answer: &Answer| &answer.reply));
        }
        waiters.into_iter().for_each(|waiter| waiter.answer(outcome.clone()));
        let late = self.jobs.iter().filter(|job| job.phase == Phase::Late).count();
        if late > self.options.max_commands
            && let Some(oldest) = self.jobs.iter().position(|job| job.phase == Phase::Late)
        {
            self.jobs.remove(oldest);
        }
    }
}

/// The error for a command that may have been done; `cause` is why Finesse's answer did not tell.
pub(super) fn unknown_outcome(cause: Option<&Error>) -> Error {
    let silent = "finesse did not show the effect in time";
    let Some(cause) = cause else { return Error::new(Reason::OutcomeUnknown, silent) };
    Error { reason: Reason::OutcomeUnknown, message: format!("{silent}: {}", cause.message).into(), ..cause.clone() }
}
