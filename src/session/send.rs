//! How a command is sent to Finesse, and what follows from Finesse's answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;

use super::actor::{Actor, Done, now};
use super::jobs::{self, Job, Phase, ReadBack, Request};
use super::outcome::{Expectation, Object, live_parties};
use super::waiter::Waiter;
use crate::finesse::{Action, Client, Credentials, SendError};
use crate::model::Reason;
use crate::model::dialog::ParticipantState;
use crate::model::event::DialogView;
use crate::model::id::RequestId;
use crate::model::reply::Reply as Content;

/// How soon a member's state is read after a command for it.
const MEMBER_READ: Duration = Duration::from_millis(100);

impl Actor {
    /// Sends every command whose turn it is.
    pub(super) fn pump(&mut self) {
        let patience = self.options.urgent_patience;
        if self.password_doubted {
            return;
        }
        while let Some(index) = jobs::next_to_send(&self.jobs, now(), patience) {
            self.aim(index);
            let Some(job) = self.jobs.get_mut(index) else { return };
            if let Some(before) = job.expectation.known_before() {
                *before = self.state.dialogs().iter().map(|view| view.dialog.id.clone()).collect();
            }
            match &job.request {
                Request::SignIn(extension, _) => self.state.signing_in(extension),
                Request::Consult(main, ..) => self.state.consulting(main.clone()),
                _ => {}
            }
            job.phase = Phase::Sending { since: now() };
            job.baseline = job.expectation.version(&self.state, &self.roster);
            job.expires = Some(now() + job.timeout);
            if let Object::Dialog(id) = job.expectation.object() {
                job.before = self.state.dialog(&id).cloned();
            }
            let (finesse, who) = (self.finesse.clone(), self.credentials.clone());
            let (id, request, tag) = (job.id, job.request.clone(), job.tag);
            let send = async move { Done::Sent { job: id, result: send(&finesse, &who, &request, &tag).await } };
            self.in_flight.push(send.boxed());
        }
    }

    /// When an urgent command that waits for another one's answer is sent all the same.
    pub(super) fn patience_ends(&self, job: &Job<Waiter>) -> Option<Instant> {
        let urgent_waits = self.jobs.iter().any(|other| other.urgent && other.phase == Phase::Queued);
        match job.phase {
            Phase::Sending { since } if urgent_waits => {
                Some(since + self.options.urgent_patience).filter(|at| *at > now())
            }
            _ => None,
        }
    }

    pub(super) fn sent(&mut self, id: u64, result: Result<(), SendError>) {
        let Some(job) = self.jobs.iter_mut().find(|job| job.id == id) else { return };
        match result {
            // It was given up before Finesse answered, and holds nothing any more.
            Ok(()) | Err(SendError::Unknown(_)) if job.phase == Phase::Late => {}
            Ok(()) => {
                job.phase = Phase::Awaiting;
                // No notification tells a member's state unless the team is watched.
                let after = if job.is_about_member() { MEMBER_READ } else { self.options.read_back_after };
                let check_at = now() + after;
                job.check_at = Some(job.check_at.map_or(check_at, |earlier| earlier.min(check_at)));
                job.held = job.expectation.met(&self.state, &self.roster).is_some();
                if job.held {
                    job.confirm_at = Some(now() + self.options.confirm_after);
                }
                let (accepted, waiting) =
                    std::mem::take(&mut job.waiters).into_iter().partition(|w| w.accepted_is_enough);
                job.waiters = waiting;
                let accepted: Vec<Waiter> = accepted;
                job.accepted |= !accepted.is_empty();
                job.told |= job.accepted;
                let answer = self.answer(Content::Accepted);
                accepted.into_iter().for_each(|waiter| waiter.answer(Ok(answer.clone())));
            }
            Err(SendError::Unknown(error)) => {
                tracing::info!(agent = %self.agent_id, command = job.name, %error, "answer lost, reading back");
                job.phase = Phase::Unclear;
                job.read_back = ReadBack::Wanted;
                job.expires = job.expires.map(|expires| expires.min(now() + self.finesse.answer_timeout()));
                job.cause = Some(error);
                self.trouble.notify_one();
            }
            Err(SendError::Refused(mut error)) => {
                let others =
                    matches!(job.expectation.object(), Object::Dialog(call) if self.state.dialog(&call).is_none());
                self.doubt_password(&error);
                if others && error.reason == Reason::AuthorizationFailure {
                    // So Finesse refuses the call of somebody else; to the agent it does not exist.
                    error.reason = Reason::NotFound;
                }
                self.fail(id, error, true);
            }
            Err(SendError::NotSent(error)) => self.fail(id, error, false),
        }
    }

    /// Directs a transfer or a conference to the one of the two linked calls whose own actions allow it, whichever of
    /// them the client named, and notes what the effect is measured against.
    fn aim(&mut self, index: usize) {
        let Some(job) = self.jobs.get_mut(index) else { return };
        let Request::Act(dialog, action @ (Action::Transfer | Action::Conference), _) = &mut job.request else {
            return;
        };
        let calls = self.state.dialogs();
        let linked = |view: &&DialogView| {
            view.dialog.id == *dialog
                || view.consult_of.as_ref() == Some(dialog)
                || calls
                    .iter()
                    .any(|named| named.dialog.id == *dialog && named.consult_of.as_ref() == Some(&view.dialog.id))
        };
        let allows = |view: &&DialogView| view.allowed_actions().iter().any(|allowed| allowed == action.as_str());
        let Some(chosen) = calls.iter().map(|view| &**view).filter(linked).find(allows) else { return };
        let parties = live_parties(&chosen.dialog);
        // Finesse joins the call that the agent speaks in, whichever the client thought of.
        let speaks = |view: &&Arc<DialogView>| view.own().is_some_and(|own| own.state == ParticipantState::Active);
        let other = calls.iter().filter(speaks).find(|view| view.dialog.id != chosen.dialog.id);
        let other = other.map(|view| view.dialog.id.clone());
        dialog.clone_from(&chosen.dialog.id);
        match &mut job.expectation {
            Expectation::Transferred { dialog: kept, partner } => (*kept, *partner) = (dialog.clone(), other),
            Expectation::Conference { dialog: kept, parties: before, partner } => {
                (*kept, *before, *partner) = (dialog.clone(), parties, other);
            }
            _ => {}
        }
    }
}

async fn send(finesse: &Client, who: &Credentials, request: &Request, tag: &RequestId) -> Result<(), SendError> {
    match request {
        Request::SignIn(extension, mobile) => finesse.sign_in(who, extension, mobile.as_ref(), tag).await,
        Request::SetState(state, reason) => finesse.set_state(who, *state, reason.as_ref(), tag).await,
        Request::MakeCall(from, to) => finesse.make_call(who, from, to, tag).await,
        Request::Act(dialog, action, own) => finesse.act(who, dialog, *action, own, tag).await,
        Request::CallData(dialog, wrap_up, variables) => {
            finesse.update_call_data(who, dialog, wrap_up.as_deref(), variables, tag).await
        }
        Request::Consult(dialog, own, to) => finesse.consult(who, dialog, own, to, tag).await,
        Request::SingleStep(dialog, own, to) => finesse.transfer_single_step(who, dialog, own, to, tag).await,
        Request::Dtmf(dialog, own, digits) => finesse.send_dtmf(who, dialog, own, digits, tag).await,
        Request::DropParty(dialog, party) => finesse.drop_participant(who, dialog, party, tag).await,
        Request::Monitor(own, to) => finesse.silent_monitor(who, own, to, tag).await,
        Request::Barge { own, to, monitor: Some(monitor) } => finesse.barge(who, own, to, monitor, tag).await,
        Request::Barge { monitor: None, .. } => {
            let error = crate::model::Error::new(Reason::GeneralError, "no monitoring was found to join by");
            Err(SendError::NotSent(error))
        }
        Request::Member(member, state) => finesse.set_member_state(who, member, *state, tag).await,
    }
}
