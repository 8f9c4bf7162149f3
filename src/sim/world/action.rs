//! What each action does to a dialog, and how a call ends.

use super::agent::{AgentState, Shown};
use super::call::{Action, Call, DialogState, Party, PartyState};
use super::error::CtiError;
use super::request::Variables;
use super::view::Change;
use super::{DialogId, MAX_CALLS, Timer, UserId, World};
use crate::sim::seed::{Category, WrapUp};

impl World {
    pub(super) fn insert_call(&mut self, call: Call) -> Option<DialogId> {
        if self.calls.len() >= MAX_CALLS {
            return None;
        }
        let id = self.next_call;
        self.next_call += 1;
        self.calls.insert(id, call);
        Some(id)
    }

    pub(super) fn act(&mut self, user: UserId, dialog: DialogId, action: Action, now: u64) -> Result<(), CtiError> {
        self.allowed(user, dialog, action.name())?;
        match action {
            Action::Answer => self.answer(user, dialog, now),
            Action::Hold => self.turn_leg(user, dialog, PartyState::Held, now),
            Action::Retrieve => {
                self.hold_others(user, dialog, now);
                self.turn_leg(user, dialog, PartyState::Active, now);
            }
            Action::Drop => self.clear(dialog, |party| party.user == Some(user), now),
        }
        Ok(())
    }

    pub(super) fn update_data(
        &mut self,
        user: UserId,
        dialog: DialogId,
        reason: Option<String>,
        variables: Variables,
    ) -> Result<(), CtiError> {
        self.allowed(user, dialog, "UPDATE_CALL_DATA")?;
        let Some(call) = self.calls.get_mut(&dialog) else { return Ok(()) };
        let mut changed = call.variables.merge(variables);
        if reason.is_some() && call.wrap_up_reason != reason {
            call.wrap_up_reason = reason;
            changed = true;
        }
        if changed {
            self.tell_call(dialog, Change::Put);
        }
        Ok(())
    }

    fn allowed(&self, user: UserId, dialog: DialogId, action: &str) -> Result<(), CtiError> {
        let leg = self.calls.get(&dialog).and_then(|call| call.leg(user));
        if leg.is_some_and(|leg| leg.state.actions().contains(&action)) {
            return Ok(());
        }
        let extension = self.users.get(user).and_then(|user| user.extension.as_deref()).unwrap_or_default();
        Err(CtiError::invalid_action(action, extension))
    }

    pub(super) fn make_call(&mut self, id: UserId, to: &str, variables: Variables, now: u64) -> Result<(), CtiError> {
        let Some(user) = self.users.get(id) else { return Ok(()) };
        let from = user.extension.clone().unwrap_or_default();
        let engaged = user.calls.iter().filter_map(|call| self.calls.get(call)?.leg(id));
        if engaged.into_iter().any(|leg| leg.state != PartyState::Held) {
            return Err(CtiError::invalid_action("MAKE_CALL", &from));
        }
        match user.state {
            AgentState::Ready if self.platform.make_call_from_ready => {
                let reason = Shown::system(Category::NotReady, "50006", "Agent Made an Outbound Call");
                self.enter(id, (AgentState::NotReady, Some(reason)), now);
            }
            AgentState::NotReady | AgentState::Talking | AgentState::Hold => {}
            AgentState::Ready => return Err(CtiError::invalid_state("265", "CF_INVALID_AGENT_WORKMODE")),
            _ => return Err(CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE")),
        }
        let queue = self.queues.iter().position(|(queue, ..)| queue.number == to);
        let call_type = match (queue, self.devices.contains_key(to)) {
            (Some(_), _) => self.platform.queue_call_type,
            (None, true) => "AGENT_INSIDE",
            (None, false) => "OUT",
        };
        let mut call = Call::new(&from, "", call_type);
        call.state = DialogState::Initiating;
        call.variables = variables;
        call.add(&from, Some(id), PartyState::Initiating, now);
        let Some(dialog) = self.insert_call(call) else {
            return Err(CtiError::new("Call Operation Failure", "34", "CF_RESOURCE_OUT_OF_SERVICE"));
        };
        self.show_call(dialog, id);
        self.settle(id, now);
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.to = to.to_owned();
            call.dialed = to.to_owned();
            call.state = DialogState::Initiated;
            call.turn(id, PartyState::Initiated, now);
        }
        self.tell_call(dialog, Change::Put);
        match queue {
            Some(queue) => self.enqueue(dialog, queue, now),
            None => self.ring(dialog, id, to, now),
        }
        Ok(())
    }

    /// Rings at the called end, or fails the call.
    fn ring(&mut self, dialog: DialogId, caller: UserId, to: &str, now: u64) {
        let target = self.devices.get(to).copied();
        let cause = match target {
            None if self.seed.bad_numbers.iter().any(|number| number == to) => Some("BAD_DESTINATION"),
            None if self.seed.busy_numbers.iter().any(|number| number == to) => Some("BUSY"),
            Some(None) => Some("BAD_DESTINATION"),
            Some(Some(agent)) if !self.can_ring(agent) => Some("BUSY"),
            _ => None,
        };
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        if let Some(cause) = cause {
            call.state = DialogState::Failed;
            call.turn(caller, PartyState::Failed, now);
            call.parties.iter_mut().for_each(|party| party.cause = cause);
            return self.tell_call(dialog, Change::Put);
        }
        let agent = target.flatten();
        call.state = DialogState::Alerting;
        call.add(to, agent, PartyState::Alerting, now);
        self.tell_call_but(dialog, agent);
        match (agent, self.timers_of.far_end_answer) {
            (Some(agent), _) => self.show_call(dialog, agent),
            (None, Some(delay)) => {
                let key = self.after(delay, now, Timer::FarEndAnswers(dialog));
                if let Some(call) = self.calls.get_mut(&dialog) {
                    call.timer = Some(key);
                }
            }
            (None, None) => {}
        }
    }

    /// Whether a further call may ring at the agent: every other one is on hold.
    pub(super) fn can_ring(&self, agent: UserId) -> bool {
        let Some(user) = self.users.get(agent) else { return false };
        let held = |call| self.calls.get(call).and_then(|call| call.leg(agent)).map(|leg| leg.state);
        user.calls.iter().all(|call| held(call) == Some(PartyState::Held))
    }

    fn answer(&mut self, user: UserId, dialog: DialogId, now: u64) {
        self.hold_others(user, dialog, now);
        self.connect(dialog, now);
    }

    /// Makes a ringing call a conversation.
    pub(super) fn connect(&mut self, dialog: DialogId, now: u64) {
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        let timer = call.timer.take();
        call.answered = true;
        call.state = DialogState::Active;
        call.parties.iter_mut().filter(|party| !party.gone).for_each(|party| party.turn(PartyState::Active, now));
        let viewers = call.viewers();
        self.cancel(timer);
        self.tell_call(dialog, Change::Put);
        viewers.into_iter().for_each(|viewer| self.settle(viewer, now));
    }

    fn hold_others(&mut self, user: UserId, dialog: DialogId, now: u64) {
        let others = self.users.get(user).map(|user| user.calls.clone()).unwrap_or_default();
        for other in others.into_iter().filter(|other| *other != dialog) {
            let active = |call: &Call| call.leg(user).is_some_and(|leg| leg.state == PartyState::Active);
            if self.calls.get(&other).is_some_and(active) {
                self.turn_leg(user, other, PartyState::Held, now);
            }
        }
    }

    fn turn_leg(&mut self, user: UserId, dialog: DialogId, state: PartyState, now: u64) {
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.turn(user, state, now);
            self.tell_call(dialog, Change::Put);
            self.settle(user, now);
        }
    }

    /// Ends a call of two parties: first for the one who leaves, then for the other.
    pub(super) fn clear(&mut self, dialog: DialogId, leaves: impl Fn(&Party) -> bool, now: u64) {
        let Some(call) = self.calls.get(&dialog) else { return };
        if call.of_queue() && call.state == DialogState::Initiated {
            self.forget_queued(dialog);
        }
        let Some(call) = self.calls.get(&dialog) else { return };
        let ends = call.parties.iter().map(|party| self.end_state(call, party)).collect::<Vec<_>>();
        for leaving in [true, false] {
            let Some(call) = self.calls.get_mut(&dialog) else { return };
            let timer = call.timer.take();
            for (party, end) in call.parties.iter_mut().zip(&ends).filter(|(party, _)| leaves(party) == leaving) {
                party.turn(*end, now);
            }
            if !leaving && !ends.contains(&PartyState::WrapUp) {
                call.state = DialogState::Dropped;
            }
            let wraps = call.viewers().into_iter().filter(|user| {
                call.leg(*user).is_some_and(|leg| leaves(leg) == leaving && leg.state == PartyState::WrapUp)
            });
            let wraps = wraps.collect::<Vec<_>>();
            self.cancel(timer);
            self.tell_call(dialog, Change::Put);
            wraps.into_iter().for_each(|user| self.settle(user, now));
        }
        let gone = self.calls.get(&dialog).map(|call| {
            let dropped = call.parties.iter().filter(|party| !party.gone && party.state == PartyState::Dropped);
            dropped.filter_map(|party| party.user).collect::<Vec<_>>()
        });
        gone.into_iter().flatten().for_each(|user| {
            self.hide_call(dialog, user);
            self.settle(user, now);
        });
        self.sweep(dialog);
    }

    /// What becomes of a party when the call ends: wrap-up for an agent who spoke to a customer of a queue.
    fn end_state(&self, call: &Call, party: &Party) -> PartyState {
        let Some(user) = party.user.and_then(|id| self.users.get(id)) else { return PartyState::Dropped };
        let asked = matches!(user.pending, Some((AgentState::Work | AgentState::WorkReady, _)));
        let wanted = user.wrap_up == WrapUp::Required || (user.wrap_up == WrapUp::Optional && asked);
        let spoke = call.answered && matches!(party.state, PartyState::Active | PartyState::Held);
        // The caller of a queue who is an agent is a customer there.
        let serves = call.of_queue() && party.address != call.from;
        match wanted && spoke && serves && user.calls.len() == 1 {
            true => PartyState::WrapUp,
            false => PartyState::Dropped,
        }
    }

    /// Ends the dialogs in which the agent is wrapping up.
    pub(super) fn close_wrapped_calls(&mut self, id: UserId, now: u64) {
        let calls = self.users.get(id).map(|user| user.calls.clone()).unwrap_or_default();
        for dialog in calls {
            let Some(call) = self.calls.get_mut(&dialog) else { continue };
            if call.leg(id).is_some_and(|leg| leg.state == PartyState::WrapUp) {
                call.turn(id, PartyState::Dropped, now);
                call.state = DialogState::Dropped;
                self.hide_call(dialog, id);
                self.sweep(dialog);
            }
        }
    }

    /// Adds the dialog to what the user sees.
    pub(super) fn show_call(&mut self, dialog: DialogId, id: UserId) {
        if let Some(user) = self.users.get_mut(id) {
            user.calls.push(dialog);
        }
        self.refresh_routable(id);
        self.tell_one(dialog, id, Change::Post);
    }

    /// Tells the user the dialog's end and takes it away.
    pub(super) fn hide_call(&mut self, dialog: DialogId, id: UserId) {
        self.tell_one(dialog, id, Change::Delete);
        if let Some(user) = self.users.get_mut(id) {
            user.calls.retain(|call| *call != dialog);
        }
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.parties.iter_mut().filter(|party| party.user == Some(id)).for_each(|party| party.gone = true);
        }
        self.refresh_routable(id);
    }

    fn sweep(&mut self, dialog: DialogId) {
        if self.calls.get(&dialog).is_some_and(|call| call.viewers().is_empty()) {
            self.calls.remove(&dialog);
        }
    }
}
