//! Tables and a property of the send queue: order, what holds what, and that everything is sent.

use proptest::prelude::*;

use super::jobs::*;
use super::outcome::{Expectation, Object};
use crate::finesse::Action;
use crate::model::agent::AgentState;
use crate::model::dialog::ParticipantState;
use crate::model::id::{DialogId, Extension, RequestId};
use std::time::{Duration, Instant};

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
        then: Vec::new(),
        told: false,
        accepted: false,
        timeout: Duration::from_secs(10),
        tag: RequestId::random(),
        request_id: None,
        phase,
        baseline: 0,
        before: None,
        held: false,
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
