//! What happens when an agent's last client is gone, and the sign-out that takes "no" for no answer.

use std::time::{Duration, Instant};

use super::LossPolicy;
use super::actor::{Actor, now};
use super::commands::Waiter;
use super::execute::{self, Change, Lookup};
use super::jobs::{Phase, Request};
use super::outcome::Expectation;
use crate::model::agent::AgentState;
use crate::model::reason::ReasonCategory;
use crate::model::reply::{Answer, Reply};
use crate::model::system::Platform;
use crate::model::{Error, Reason};

/// How often a forced logout tries a step that failed.
const ATTEMPTS: u32 = 3;
/// The pause between attempts.
const RETRY: Duration = Duration::from_secs(1);

/// A forced logout under way.
#[derive(Default)]
pub(super) struct Force {
    pub(super) waiters: Vec<Waiter>,
    failures: u32,
    pub(super) retry_at: Option<Instant>,
}

impl Actor {
    /// When an agent without clients has been so for the grace period.
    pub(super) fn grace_ends(&self) -> Option<Instant> {
        let alone = self.fanout.attachment.streams() == 0 && !self.left;
        (alone && self.options.loss_policy != LossPolicy::Keep).then(|| self.last_seen + self.options.grace)
    }

    /// A client is there: nothing is done about the loss of the last one, and a forced logout is called off.
    pub(super) fn stay(&mut self) {
        self.left = false;
        self.last_seen = now();
        if let Some(force) = self.force.take() {
            let off = Error::new(Reason::InvalidState, "the agent connected again, the forced logout was called off");
            force.waiters.into_iter().for_each(|waiter| waiter.answer(Err(off.clone())));
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
        self.force.get_or_insert_default().waiters.extend(waiter);
    }

    /// Takes the next step of a forced logout, if it is time for one.
    pub(super) fn drive_force(&mut self) {
        let Some(force) = &mut self.force else { return };
        // What was due is tried below, or as soon as what stands in its way is gone; it need not wake the actor again.
        force.retry_at = force.retry_at.filter(|at| *at > now());
        let waits = force.retry_at.is_some();
        let step_under_way = self.jobs.iter().any(|job| job.forced && job.phase != Phase::Late);
        if waits || step_under_way || self.stale.is_some() {
            return;
        }
        let uccx = self.system.borrow().platform == Some(Platform::Uccx);
        match self.state.agent().state {
            AgentState::Logout => {
                self.answer_force(|actor| Ok(actor.answer(execute::agent_reply(&actor.state, false), true)));
                self.force = None;
                self.ended = Some(Error::new(Reason::SessionExpired, "the agent was signed out by force"));
            }
            // A call is never dropped: the agent is signed out when the last one ends.
            _ if self.state.on_a_call() => self.answer_force(|actor| {
                let mut agent = crate::model::agent::Agent::clone(actor.state.agent());
                agent.pending_state = Some(AgentState::Logout);
                let version = actor.state.version();
                Ok(actor.answer(Reply::Agent { agent: agent.into(), version, dialogs: Vec::new() }, false))
            }),
            AgentState::NotReady => self.forced_logout(),
            AgentState::Ready if uccx => self.forced_logout(),
            _ => {
                let mut change = self.not_ready();
                let configured = self.options.force_logout_reason.clone();
                change.lookup = Some(Lookup::First(ReasonCategory::NotReady, configured));
                self.add_job("ForceLogout", change, None, Vec::new(), true);
            }
        }
    }

    fn forced_logout(&mut self) {
        let change =
            Change { lookup: Some(Lookup::First(ReasonCategory::Logout, None)), ..execute::log_out(&self.options) };
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
        }
    }

    fn answer_force(&mut self, outcome: impl FnOnce(&Self) -> Result<Answer, Error>) {
        let Some(force) = &mut self.force else { return };
        let waiters = std::mem::take(&mut force.waiters);
        if !waiters.is_empty() {
            let outcome = outcome(self);
            waiters.into_iter().for_each(|waiter| waiter.answer(outcome.clone()));
        }
    }
}
