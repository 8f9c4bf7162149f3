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
    fn holds(self) -> bool {
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
    /// The job that waits for this one's outcome: a barge-in, for its monitoring.
    pub then: Option<u64>,
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
pub fn awaiting<W>(jobs: &[Job<W>], object: &Object) -> Option<usize> {
    let of = |late: bool| {
        let fits = move |job: &Job<W>| job.phase.holds() || (late && job.phase == Phase::Late);
        jobs.iter().position(|job| fits(job) && job.expectation.object() == *object)
    };
    of(false).or_else(|| of(true))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::dialog::ParticipantState;

    const PATIENCE: Duration = Duration::from_secs(1);

    fn job(id: u64, request: Request, expectation: Expectation, urgent: bool, phase: Phase) -> Job<()> {
        Job {
            id,
            name: "Test",
            request,
            expectation,
            urgent,
            with_dialogs: false,
            forced: false,
            then: None,
            told: false,
            accepted: false,
            timeout: Duration::from_secs(10),
            tag: RequestId::random(),
            request_id: None,
            phase,
            baseline: 0,
            before: None,
            confirm_at: None,
            check_at: None,
            expires: None,
            read_back: ReadBack::None,
            last_read: false,
            cause: None,
            waiters: Vec::new(),
        }
    }

    fn state(id: u64, to: AgentState, phase: Phase) -> Job<()> {
        let expectation = Expectation::AgentState { state: to, reason: None };
        job(id, Request::SetState(to, None), expectation, false, phase)
    }

    fn logout(id: u64, phase: Phase) -> Job<()> {
        job(id, Request::SetState(AgentState::Logout, None), Expectation::SignedOut, true, phase)
    }

    fn sign_in(id: u64, phase: Phase) -> Job<()> {
        let extension: Extension = "2001".parse().unwrap();
        job(id, Request::SignIn(extension.clone(), None), Expectation::SignedIn(extension), false, phase)
    }

    fn act(id: u64, dialog: &str, action: Action, phase: Phase) -> Job<()> {
        let dialog: DialogId = dialog.parse().unwrap();
        let urgent = matches!(action, Action::Answer | Action::Drop);
        let expectation = match action {
            Action::Drop => Expectation::LegOver(dialog.clone()),
            _ => Expectation::OwnLeg(dialog.clone(), ParticipantState::Active),
        };
        job(id, Request::Act(dialog, action, "2001".parse().unwrap()), expectation, urgent, phase)
    }

    #[test]
    fn what_awaits_an_outcome_holds_only_its_object() {
        let now = Instant::now();
        let sending = Phase::Sending { since: now };
        let cases = [
            (
                "first come, first sent",
                vec![act(1, "1", Action::Hold, Phase::Queued), act(2, "2", Action::Hold, Phase::Queued)],
                Some(0),
            ),
            (
                "one request at a time",
                vec![act(1, "1", Action::Hold, sending), act(2, "2", Action::Hold, Phase::Queued)],
                None,
            ),
            (
                "another object is free",
                vec![state(1, AgentState::Ready, Phase::Awaiting), act(2, "1", Action::Hold, Phase::Queued)],
                Some(1),
            ),
            (
                "the same object waits",
                vec![state(1, AgentState::Ready, Phase::Awaiting), state(2, AgentState::NotReady, Phase::Queued)],
                None,
            ),
            (
                "a late one holds nothing",
                vec![state(1, AgentState::Ready, Phase::Late), state(2, AgentState::NotReady, Phase::Queued)],
                Some(1),
            ),
            (
                "logout passes a lost outcome",
                vec![state(1, AgentState::Ready, Phase::Awaiting), logout(2, Phase::Queued)],
                Some(1),
            ),
            (
                "release passes a queued hold",
                vec![
                    act(1, "1", Action::Hold, Phase::Awaiting),
                    act(2, "1", Action::Retrieve, Phase::Queued),
                    act(3, "1", Action::Drop, Phase::Queued),
                ],
                Some(2),
            ),
            (
                "answer passes a request of another object",
                vec![state(1, AgentState::Ready, sending), act(2, "1", Action::Answer, Phase::Queued)],
                Some(1),
            ),
            (
                "logout gives a young request of its object a moment",
                vec![sign_in(1, sending), logout(2, Phase::Queued)],
                None,
            ),
            (
                "logout does not overtake an unsent sign-in",
                vec![act(1, "1", Action::Hold, sending), sign_in(2, Phase::Queued), logout(3, Phase::Queued)],
                None,
            ),
            (
                "calls wait for the sign-in",
                vec![sign_in(1, Phase::Awaiting), act(2, "1", Action::Hold, Phase::Queued)],
                None,
            ),
            (
                "answer passes a pending sign-in",
                vec![sign_in(1, Phase::Awaiting), act(2, "1", Action::Answer, Phase::Queued)],
                Some(1),
            ),
            (
                "a preparing one keeps its place",
                vec![state(1, AgentState::NotReady, Phase::Preparing), act(2, "1", Action::Hold, Phase::Queued)],
                None,
            ),
        ];
        for (name, jobs, expected) in cases {
            assert_eq!(next_to_send(&jobs, now, PATIENCE), expected, "{name}");
        }
        let jobs = vec![sign_in(1, sending), logout(2, Phase::Queued)];
        assert_eq!(next_to_send(&jobs, now + PATIENCE, PATIENCE), Some(1), "but not for ever");
    }

    #[test]
    fn an_error_without_a_request_id_belongs_to_the_one_that_awaits_the_object() {
        let jobs = vec![state(1, AgentState::Ready, Phase::Late), act(2, "7", Action::Hold, Phase::Awaiting)];
        assert_eq!(awaiting(&jobs, &Object::Dialog("7".parse().unwrap())), Some(1));
        assert_eq!(awaiting(&jobs, &Object::User), Some(0));
        assert_eq!(awaiting(&jobs, &Object::Dialogs), None);
    }

    /// A request as `(kind, object)`, whether it is urgent being the kind's.
    fn any_job(id: u64, kind: u8, object: u8) -> Job<()> {
        let dialog = object.to_string();
        match kind {
            0 => state(id, AgentState::Ready, Phase::Queued),
            1 => logout(id, Phase::Queued),
            2 => sign_in(id, Phase::Queued),
            3 => act(id, &dialog, Action::Drop, Phase::Queued),
            _ => act(id, &dialog, Action::Hold, Phase::Queued),
        }
    }

    proptest! {
        /// Whatever comes in and whenever answers and outcomes come: commands of one object are sent in their order but
        /// for the urgent ones, at most one that is not urgent awaits its outcome there, and in the end all were sent.
        #[test]
        fn any_interleaving_keeps_the_order_of_each_object_and_sends_everything(
            mut incoming in proptest::collection::vec((0u8..6, 0u8..3), 1..40),
            steps in proptest::collection::vec((0u8..4, 0usize..8), 0..200),
        ) {
            let (mut now, mut jobs, mut sent) = (Instant::now(), Vec::<Job<()>>::new(), Vec::new());
            let total = incoming.len();
            let end = std::iter::repeat_n([(0, 0), (1, 0), (2, 0), (3, 0)], 2 * total).flatten();
            let mut next = 0;
            for (step, which) in steps.into_iter().chain(end) {
                match step {
                    0 if !incoming.is_empty() => {
                        let (kind, object) = incoming.remove(0);
                        jobs.push(any_job(next, kind, object));
                        next += 1;
                    }
                    1 => now += PATIENCE / 2,
                    // An answer: the outcome is awaited from now on.
                    2 => {
                        let mut sending = jobs.iter_mut().filter(|job| matches!(job.phase, Phase::Sending { .. }));
                        if let Some(job) = sending.nth(which % 2) {
                            job.phase = Phase::Awaiting;
                        }
                    }
                    // An outcome.
                    _ => {
                        let over = jobs.iter().enumerate().filter(|(_, job)| job.phase.holds()).nth(which % 2);
                        if let Some((over, _)) = over {
                            jobs.remove(over);
                        }
                    }
                }
                while let Some(index) = next_to_send(&jobs, now, PATIENCE) {
                    jobs[index].phase = Phase::Sending { since: now };
                    let Job { id, urgent, .. } = jobs[index];
                    let object = jobs[index].expectation.object();
                    sent.push(id);
                    if urgent {
                        continue;
                    }
                    let same = |job: &&Job<()>| !job.urgent && job.expectation.object() == object && job.id != id;
                    prop_assert!(!jobs.iter().filter(same).any(|job| job.phase.holds()), "one at a time");
                    let earlier = |job: &Job<()>| job.phase.is_waiting() && job.id < id;
                    prop_assert!(!jobs.iter().filter(same).any(earlier), "in order");
                    let sending = jobs.iter().filter(|job| !job.urgent && matches!(job.phase, Phase::Sending { .. }));
                    prop_assert_eq!(sending.count(), 1, "the next after the previous one's answer");
                }
            }
            prop_assert_eq!(sent.len(), total, "nothing starves");
        }
    }
}
