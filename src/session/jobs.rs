//! The commands of one agent that are not finished, and which of them may be sent next. Sans-IO.
//!
//! Commands are sent in the order they came in, the next after the previous one's HTTP answer. Waiting for an outcome
//! holds only the Finesse object that it is awaited from. ReleaseCall, AnswerCall, Logout and ForceLogout pass: what
//! lets an agent take a call, end it or leave never waits behind something slow.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::outcome::{Expectation, Object};
use crate::finesse::{Action, Mobile};
use crate::model::Error;
use crate::model::agent::AgentState;
use crate::model::dialog::CallVariable;
use crate::model::event::DialogView;
use crate::model::id::{AgentId, DialNumber, DialogId, Extension, ReasonId, RequestId};

/// What Finesse is asked to do.
#[derive(Clone, Debug)]
pub enum Request {
    /// Sign in on an extension.
    SignIn(Extension, Option<Mobile>),
    /// Enter a state.
    SetState(AgentState, Option<ReasonId>),
    /// Call a number from an extension.
    MakeCall(Extension, DialNumber),
    /// Act on a call.
    Act(DialogId, Action, Extension),
    /// Set a call's wrap-up reason or variables.
    CallData(DialogId, Option<String>, Vec<CallVariable>),
    /// Call a number from an extension about a call, which is put on hold.
    Consult(DialogId, Extension, DialNumber),
    /// Transfer a call to a number from an extension, without a consult.
    SingleStep(DialogId, Extension, DialNumber),
    /// Send tones into a call from an extension.
    Dtmf(DialogId, Extension, String),
    /// Drop a party from a call.
    DropParty(DialogId, DialNumber),
    /// Listen from an extension to another one.
    Monitor(Extension, Extension),
    /// Join the call of another extension; the monitoring of it is known by the time it is sent.
    Barge {
        /// The supervisor's extension.
        own: Extension,
        /// The member's.
        to: Extension,
        /// The monitoring dialog.
        monitor: Option<DialogId>,
    },
    /// Put a member of a team into a state.
    Member(AgentId, AgentState),
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// A reason list is being read for it.
    Preparing,
    /// It waits for its turn.
    Queued,
    /// The request is on its way.
    Sending {
        /// Since when.
        since: Instant,
    },
    /// Finesse accepted it; the effect is awaited.
    Awaiting,
    /// The answer was lost; the effect is awaited.
    Unclear,
    /// Its outcome was reported as unknown; a later truth is published.
    Late,
}

impl Phase {
    /// Whether the job may have reached Finesse and holds its object.
    pub fn holds(self) -> bool {
        matches!(self, Self::Sending { .. } | Self::Awaiting | Self::Unclear)
    }

    /// Whether the job was not sent yet.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Preparing | Self::Queued)
    }
}

/// What a read was asked for by a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadBack {
    /// Nothing.
    #[default]
    None,
    /// One is wanted.
    Wanted,
    /// One that began later than the wish is under way.
    Running,
    /// It came back, and the effect was not there.
    Done,
}

/// One command on its way to an outcome. `W` is who waits for it.
#[derive(Debug)]
pub struct Job<W> {
    /// Its number.
    pub id: u64,
    /// The RPC's name.
    pub name: &'static str,
    /// What Finesse is asked.
    pub request: Request,
    /// The effect that makes it done.
    pub expectation: Expectation,
    /// Whether it passes commands that wait.
    pub urgent: bool,
    /// Whether the reply lists the open calls.
    pub with_dialogs: bool,
    /// Whether the session made it itself, to sign the agent out.
    pub forced: bool,
    /// The jobs that wait for this one's outcome: barge-ins, for their monitoring.
    pub then: Vec<u64>,
    /// Whether somebody was told less than the outcome, so that the truth is to be published.
    pub told: bool,
    /// Whether somebody was told of its acceptance alone, and is to hear of an unknown outcome too.
    pub accepted: bool,
    /// How long its effect may take.
    pub timeout: Duration,
    /// What travels to Finesse as `requestId` and comes back with what it caused.
    pub tag: RequestId,
    /// The client's id, if it gave one.
    pub request_id: Option<RequestId>,
    /// Where it stands.
    pub phase: Phase,
    /// The version of its object when it was sent.
    pub baseline: u64,
    /// The call as it was when it was sent.
    pub before: Option<Arc<DialogView>>,
    /// Whether the effect was there already when Finesse accepted it.
    pub held: bool,
    /// When a true effect without an event is to be confirmed by a read.
    pub confirm_at: Option<Instant>,
    /// When a read is to be made before somebody's deadline ends.
    pub check_at: Option<Instant>,
    /// When its object is freed and its outcome unknown.
    pub expires: Option<Instant>,
    /// A read that it asked for.
    pub read_back: ReadBack,
    /// Whether that read is the last one before its outcome is unknown.
    pub last_read: bool,
    /// Why it is not known whether Finesse took it.
    pub cause: Option<Error>,
    /// Who waits.
    pub waiters: Vec<W>,
}

impl<W> Job<W> {
    /// Whether its effect shows in another agent, whom reads of teams tell of.
    pub fn is_about_member(&self) -> bool {
        matches!(self.expectation, Expectation::Member { .. })
    }

    fn is_sign_in(&self) -> bool {
        matches!(self.request, Request::SignIn(..))
    }
}

/// The position of the job that may be sent now, if any. `patience` is how long an urgent command waits for the answer
/// to a request about the same object before it is sent all the same.
pub fn next_to_send<W>(jobs: &[Job<W>], now: Instant, patience: Duration) -> Option<usize> {
    let mut order_held = false;
    for (index, job) in jobs.iter().enumerate() {
        match job.phase {
            Phase::Preparing if !job.urgent => order_held = true,
            Phase::Queued if job.urgent && !urgent_must_wait(jobs, index, now, patience) => return Some(index),
            Phase::Queued if !job.urgent && !order_held && !must_wait(jobs, index) => return Some(index),
            _ => {}
        }
    }
    None
}

fn must_wait<W>(jobs: &[Job<W>], index: usize) -> bool {
    let Some(job) = jobs.get(index) else { return true };
    let object = job.expectation.object();
    let held = |other: &Job<W>| match other.phase {
        Phase::Sending { .. } => true,
        phase => phase.holds() && (other.is_sign_in() || other.expectation.object() == object),
    };
    let earlier =
        |other: &Job<W>| other.phase.is_waiting() && (other.is_sign_in() || other.expectation.object() == object);
    jobs.iter().any(held) || jobs.iter().take(index).any(earlier)
}

fn urgent_must_wait<W>(jobs: &[Job<W>], index: usize, now: Instant, patience: Duration) -> bool {
    let Some(job) = jobs.get(index) else { return true };
    let object = job.expectation.object();
    let young = |other: &Job<W>| {
        let same = other.expectation.object() == object;
        matches!(other.phase, Phase::Sending { since } if same && now.saturating_duration_since(since) < patience)
    };
    // A sign-in that has not even been sent is not overtaken by the sign-out that follows it.
    let unsent = |other: &Job<W>| {
        other.phase.is_waiting() && other.expectation.object() == object && (other.urgent || other.is_sign_in())
    };
    jobs.iter().any(young) || jobs.iter().take(index).any(unsent)
}

/// The position of the job that an asynchronous error without a `requestId` belongs to: the one that awaits the object.
/// What is wrong with a command for a member may be told of the supervisor, who asked.
pub fn awaiting<W>(jobs: &[Job<W>], object: &Object) -> Option<usize> {
    let of = |late: bool, member: bool| {
        let fits = move |job: &Job<W>| job.phase.holds() || (late && job.phase == Phase::Late);
        let about = |job: &Job<W>| match job.expectation.object() {
            Object::Member(_) if member => true,
            other => other == *object,
        };
        jobs.iter().position(|job| fits(job) && about(job))
    };
    let asked = *object == Object::User;
    of(false, false).or_else(|| of(false, asked)).or_else(|| of(true, false)).or_else(|| of(true, asked))
}
