//! What happens when an agent's last client is gone, and the sign-out that takes "no" for no answer.

use std::time::{Duration, Instant};

use super::LossPolicy;
use super::actor::{Actor, now};
use super::commands::fingerprint;
use super::conclude::unknown_outcome;
use super::execute::{self, Change, Lookup};
use super::idempotency::Known;
use super::jobs::{Job, Phase, Request};
use super::outcome::Expectation;
use super::waiter::{Waiter, too_many};
use crate::command::{Command, Options};
use crate::model::agent::AgentState;
use crate::model::event::StaleReason;
use crate::model::id::RequestId;
use crate::model::reason::ReasonCategory;
use crate::model::reply::{Answer, Reply};
use crate::model::system::Platform;
use crate::model::{Error, Reason};

/// How often a forced logout tries a step that failed.
const ATTEMPTS: u32 = 3;
/// The pause between attempts.
const RETRY: Duration = Duration::from_secs(1);
/// Stands in a record for a command that is no single job.
const NO_JOB: u64 = 0;

/// A forced logout under way.
#[derive(Default)]
pub(super) struct Force {
    pub(super) waiters: Vec<Waiter>,
    /// The request ids that it answers.
    request_ids: Vec<RequestId>,
    failures: u32,
    pub(super) retry_at: Option<Instant>,
    /// Whether the agent's state was read since it began, so that a lost link does not matter.
    pub(super) read: bool,
}

impl Actor {
    /// When an agent without clients has been so for the grace period.
    pub(super) fn grace_ends(&self) -> Option<Instant> {
        let alone = self.fanout.attachment.streams() == 0 && !self.left;
        // A Connect that waits for the first picture is a client, for as long as it may wait.
        let waits = if self.ready.is_some() { self.options.connect_timeout } else { Duration::ZERO };
        (alone && self.options.loss_policy != LossPolicy::Keep).then(|| self.last_seen + self.options.grace.max(waits))
    }

    /// A client is there: nothing is done about the loss of the last one, and a forced logout is called off.
    pub(super) fn stay(&mut self) {
        self.left = false;
        self.last_seen = now();
        if self.force.is_some() {
            let off = Error::new(Reason::InvalidState, "the agent connected again, the forced logout was called off");
            self.answer_force(|_| Err(off));
            self.force = None;
            self.jobs.retain(|job| !(job.forced && job.phase.is_waiting()));
        }
    }

    pub(super) fn leave_when_left(&mut self) {
        if self.fanout.attachment.streams() > 0 {
            self.left = false;
        }
        if self.grace_ends().is_none_or(|at| at > now()) {
            return;
        }
        self.left = true;
        tracing::info!(agent = %self.agent_id, policy = ?self.options.loss_policy, "the last client is gone");
        match self.options.loss_policy.clone() {
            LossPolicy::Keep => {}
            LossPolicy::NotReady(reason) => {
                if matches!(self.state.agent().state, AgentState::Ready | AgentState::WorkReady) {
                    let mut change = self.not_ready();
                    change.lookup = Some(Lookup::First(ReasonCategory::NotReady, reason));
                    self.add_job("MakeNotReady", change, None, Vec::new(), false);
                }
            }
            LossPolicy::Logout => self.force_logout(None),
            LossPolicy::Release => {
                self.ended = Some(Error::new(Reason::SessionExpired, "no client was left, the session was released"));
            }
        }
    }

    /// Signs the agent out as soon as its state allows it, then ends the session.
    pub(super) fn force_logout(&mut self, waiter: Option<Waiter>) {
        let limit = now() + self.options.outcome_timeout * ATTEMPTS;
        let waiter = waiter.map(|waiter| waiter.or_by(limit));
        self.force.get_or_insert_default().waiters.extend(waiter);
        if self.stale.is_some() {
            self.read_at = Some(self.read_at.map_or_else(now, |at| at.min(now())));
        }
    }

    /// A client's ForceLogout.
    pub(super) fn ask_force_logout(
        &mut self,
        command: &Command,
        options: &Options,
        waiter: Waiter,
    ) -> Result<(), (Waiter, Error)> {
        let Some((waiter, known)) = self.first_of_its_id(command, options, waiter)? else { return Ok(()) };
        let force = self.force.as_ref();
        let full = |force: &Force| force.waiters.len().max(force.request_ids.len()) >= self.options.max_commands;
        match known {
            // It was called off, or is answered already but for those who gave up waiting.
            Known::InFlight(_) if force.is_none() => return Err((waiter, unknown_outcome(None))),
            _ if force.is_some_and(full) => return Err((waiter, too_many())),
            Known::Nothing if let Some(id) = options.request_id => {
                self.records.begin(id, fingerprint(command), NO_JOB, now());
                self.force.get_or_insert_default().request_ids.push(id);
            }
            _ => {}
        }
        self.force_logout(Some(waiter));
        Ok(())
    }

    /// Answers whoever can't wait longer for a forced logout, which goes on.
    pub(super) fn force_deadlines(&mut self) {
        let now = now();
        let Some(force) = &mut self.force else { return };
        let (late, waiting): (Vec<_>, _) =
            std::mem::take(&mut force.waiters).into_iter().partition(|waiter| waiter.by.is_some_and(|by| by <= now));
        force.waiters = waiting;
        late.into_iter().for_each(|waiter| waiter.answer(Err(unknown_outcome(None))));
    }

    /// Takes the next step of a forced logout, if it is time for one.
    pub(super) fn drive_force(&mut self) {
        let Some(force) = &mut self.force else { return };
        // What was due is tried below, or as soon as what stands in its way is gone; it need not wake the actor again.
        force.retry_at = force.retry_at.filter(|at| *at > now());
        let waits = force.retry_at.is_some();
        let known = self.stale.is_none() || (force.read && self.stale != Some(StaleReason::OutOfService));
        // A sign-in under way would undo what is done now.
        let step = |job: &Job<Waiter>| job.forced || matches!(job.request, Request::SignIn(..));
        let step_under_way = self.jobs.iter().any(|job| step(job) && job.phase != Phase::Late);
        if waits || step_under_way || !known {
            return;
        }
        let uccx = self.system.borrow().platform == Some(Platform::Uccx);
        match self.state.agent().state {
            AgentState::Logout => {
                self.answer_force(|actor| Ok(actor.answer(execute::agent_reply(&actor.state, false))));
                self.force = None;
                self.ended = Some(Error::new(Reason::SessionExpired, "the agent was signed out by force"));
            }
            // A call is never dropped: the agent is signed out when the last one ends.
            _ if self.state.on_a_call() => self.answer_force(|actor| {
                let mut agent = crate::model::agent::Agent::clone(actor.state.agent());
                agent.pending_state = Some(AgentState::Logout);
                let version = actor.state.version();
                Ok(actor.answer(Reply::Agent { agent: agent.into(), version, dialogs: Vec::new() }))
            }),
            AgentState::NotReady => self.forced_logout(),
            AgentState::Ready if uccx => self.forced_logout(),
            _ => {
                let mut change = self.not_ready();
                let configured = self.options.force_logout_reason.clone();
                change.urgent = true;
                change.lookup = Some(Lookup::First(ReasonCategory::NotReady, configured));
                self.add_job("ForceLogout", change, None, Vec::new(), true);
            }
        }
    }

    fn forced_logout(&mut self) {
        let lookup = Some(Lookup::First(ReasonCategory::Logout, None));
        let change = Change { urgent: true, lookup, ..execute::log_out(&self.options) };
        self.add_job("ForceLogout", change, None, Vec::new(), true);
    }

    fn not_ready(&self) -> Change {
        Change {
            request: Request::SetState(AgentState::NotReady, None),
            expectation: Expectation::AgentState { state: AgentState::NotReady, reason: None },
            ..execute::log_out(&self.options)
        }
    }

    /// A step of the forced logout has an outcome.
    pub(super) fn forced_step(&mut self, outcome: &Result<Answer, Error>) {
        let (Some(force), Err(error)) = (&mut self.force, outcome) else { return };
        force.failures += 1;
        force.retry_at = Some(now() + RETRY);
        if force.failures >= ATTEMPTS {
            tracing::warn!(agent = %self.agent_id, %error, "the forced logout was given up");
            let error = error.clone();
            self.answer_force(|_| Err(error));
            self.force = None;
            // Where nobody is left to try again, the loss policy does.
            self.left = false;
            self.last_seen = now();
        }
    }

    fn answer_force(&mut self, outcome: impl FnOnce(&Self) -> Result<Answer, Error>) {
        let Some(force) = &mut self.force else { return };
        let (waiters, ids) = (std::mem::take(&mut force.waiters), std::mem::take(&mut force.request_ids));
        if waiters.is_empty() && ids.is_empty() {
            return;
        }
        let outcome = outcome(self);
        ids.into_iter().for_each(|id| self.records.finish(id, &outcome));
        waiters.into_iter().for_each(|waiter| waiter.answer(outcome.clone()));
    }
}
