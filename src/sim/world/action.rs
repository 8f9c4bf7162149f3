//! What each action does to a dialog.

use super::agent::{AgentState, Shown};
use super::call::{Action, Call, DialogState, Party, PartyState};
use super::error::CtiError;
use super::request::Variables;
use super::view::Change;
use super::{DialogId, MAX_CALLS, Timer, UserId, World};
use crate::sim::seed::Category;

pub(super) const NO_ROOM: CtiError = CtiError::new("Call Operation Failure", "34", "CF_RESOURCE_OUT_OF_SERVICE");

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
            Action::Transfer => return self.join(user, dialog, false, now),
            Action::Conference => return self.join(user, dialog, true, now),
            // What is recorded, and that it is, no dialog tells.
            Action::StartRecording => {}
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

    /// Changes the data of the call in which the user speaks, as its agent could. Returns how many are told.
    pub fn change_data(&mut self, user: UserId, variables: Variables) -> u64 {
        let before = self.notifications.len();
        if let Some(dialog) = self.active_call(user) {
            // An agent may change the data of any call in which it speaks, but of one that it only is listened to in.
            let _ = self.update_data(user, dialog, None, variables);
        }
        u64::try_from(self.notifications.len().saturating_sub(before)).unwrap_or_default()
    }

    pub(super) fn make_call(&mut self, id: UserId, to: &str, variables: Variables, now: u64) -> Result<(), CtiError> {
        let Some(user) = self.users.get(id) else { return Ok(()) };
        let from = user.extension.clone().unwrap_or_default();
        let engaged = user.calls.iter().filter_map(|call| self.calls.get(call)?.leg(id));
        if engaged.into_iter().any(|leg| leg.state != PartyState::Held) {
            return Err(CtiError::invalid_action("MAKE_CALL", &from));
        }
        self.can_dial(to)?;
        match user.state {
            AgentState::Ready if self.platform.make_call_from_ready => {
                let reason = Shown::system(Category::NotReady, "50006", "Agent Made an Outbound Call");
                self.enter(id, (AgentState::NotReady, Some(reason)), now);
            }
            AgentState::NotReady | AgentState::Talking | AgentState::Hold => {}
            AgentState::Ready => return Err(CtiError::invalid_state("265", "CF_INVALID_AGENT_WORKMODE")),
            _ => return Err(CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE")),
        }
        let mut call = Call::new(&from, "", self.plain_call_type(to));
        call.variables = variables;
        self.dial(id, call, to, now).map(drop)
    }

    /// Puts the call on hold and calls somebody to consult about it.
    pub(super) fn consult(&mut self, id: UserId, dialog: DialogId, to: &str, now: u64) -> Result<(), CtiError> {
        let plain = self.plain_call_type(to);
        let types = self.platform.consult_call_types.unwrap_or((plain, plain));
        self.consult_as(id, dialog, to, types, now).map(drop)
    }

    /// A consult with the `callType`s of the one who consults and of the one consulted.
    pub(super) fn consult_as(
        &mut self,
        id: UserId,
        dialog: DialogId,
        to: &str,
        (own_type, offered_type): (&'static str, &'static str),
        now: u64,
    ) -> Result<DialogId, CtiError> {
        self.allowed(id, dialog, "CONSULT_CALL")?;
        self.can_dial(to)?;
        let held = self.calls.get(&dialog).ok_or(NO_ROOM)?;
        let from = held.leg(id).map(|leg| leg.address.clone()).unwrap_or_default();
        let mut call = Call::new(&from, "", own_type);
        call.offered_type = (offered_type != own_type).then_some(offered_type);
        call.associated = self.platform.consult_association.then_some(dialog);
        call.variables = held.variables.clone();
        if self.calls.len() >= MAX_CALLS {
            return Err(NO_ROOM);
        }
        // The agent goes on speaking, so no HOLD of the User comes between.
        if let Some(held) = self.calls.get_mut(&dialog) {
            held.turn(id, PartyState::Held, now);
        }
        self.tell_call(dialog, Change::Put);
        self.refresh_joinable(id);
        self.dial(id, call, to, now)
    }

    fn plain_call_type(&self, to: &str) -> &'static str {
        match (self.queue_at(to), self.devices.contains_key(to)) {
            (Some(_), _) => self.platform.queue_call_type,
            (None, true) => "AGENT_INSIDE",
            (None, false) => "OUT",
        }
    }

    pub(super) fn queue_at(&self, number: &str) -> Option<usize> {
        self.queues.iter().position(|(queue, ..)| queue.number == number)
    }

    /// Whether the switch would try to call the number.
    pub(super) fn can_dial(&self, to: &str) -> Result<(), CtiError> {
        match self.seed.number_fault.iter().find(|fault| fault.number == to) {
            Some(fault) => Err(fault.error.clone()),
            None => Ok(()),
        }
    }

    /// Off-hook, dialling, and whatever comes of it.
    fn dial(&mut self, id: UserId, call: Call, to: &str, now: u64) -> Result<DialogId, CtiError> {
        let dialog = self.off_hook(id, call, to, now)?;
        match self.queue_at(to) {
            Some(queue) => self.enqueue(dialog, queue, now),
            None => self.ring(dialog, id, to, now),
        }
        Ok(dialog)
    }

    /// A call's beginning at the caller: off-hook, then dialling.
    pub(super) fn off_hook(&mut self, id: UserId, mut call: Call, to: &str, now: u64) -> Result<DialogId, CtiError> {
        let from = call.from.clone();
        call.state = DialogState::Initiating;
        call.add(&from, Some(id), PartyState::Initiating, now);
        let dialog = self.insert_call(call).ok_or(NO_ROOM)?;
        self.show_call(dialog, id);
        self.settle(id, now);
        let queue = self.queue_at(to);
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.queue = queue;
            call.to = to.to_owned();
            call.dialed = to.to_owned();
            call.state = DialogState::Initiated;
            call.turn(id, PartyState::Initiated, now);
        }
        self.tell_call(dialog, Change::Put);
        Ok(dialog)
    }

    /// Rings at the called end, or fails the call.
    fn ring(&mut self, dialog: DialogId, caller: UserId, to: &str, now: u64) {
        let reached = self.reach(to);
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        let agent = match reached {
            Ok(agent) => agent,
            Err(cause) => {
                call.state = DialogState::Failed;
                call.turn(caller, PartyState::Failed, now);
                call.parties.iter_mut().for_each(|party| party.cause = cause);
                return self.tell_call(dialog, Change::Put);
            }
        };
        call.state = DialogState::Alerting;
        call.add(to, agent, PartyState::Alerting, now);
        self.tell_call_but(dialog, agent);
        match agent {
            Some(agent) => self.show_call(dialog, agent),
            None => self.await_far_end(dialog, now),
        }
    }

    /// Who would be called at that number: an agent, or nobody known; or why nobody is.
    pub(super) fn reach(&self, to: &str) -> Result<Option<UserId>, &'static str> {
        match self.devices.get(to).copied() {
            None if self.seed.bad_numbers.iter().any(|number| number == to) => Err("BAD_DESTINATION"),
            None if self.seed.busy_numbers.iter().any(|number| number == to) => Err("BUSY"),
            Some(None) => Err("BAD_DESTINATION"),
            Some(Some(agent)) if !self.can_ring(agent) => Err("BUSY"),
            agent => Ok(agent.flatten()),
        }
    }

    pub(super) fn await_far_end(&mut self, dialog: DialogId, now: u64) {
        let Some(delay) = self.timers_of.far_end_answer else { return };
        let key = self.after(delay, now, Timer::FarEndAnswers(dialog));
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.timer = Some(key);
        }
    }

    /// Whether a further call may ring at the agent: every other one is on hold.
    pub(super) fn can_ring(&self, agent: UserId) -> bool {
        let Some(user) = self.users.get(agent) else { return false };
        let held = |call| self.calls.get(call).and_then(|call| call.leg(agent)).map(|leg| leg.state);
        user.calls.iter().all(|call| held(call) == Some(PartyState::Held))
    }

    pub(super) fn answer(&mut self, user: UserId, dialog: DialogId, now: u64) {
        self.hold_others(user, dialog, now);
        self.connect(dialog, now);
    }

    /// Makes a ringing call a conversation.
    pub(super) fn connect(&mut self, dialog: DialogId, now: u64) {
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        let timer = call.timer.take();
        call.answered = true;
        call.state = DialogState::Active;
        call.forget_left();
        let waits = |party: &&mut Party| party.live() && party.state != PartyState::Held;
        call.parties.iter_mut().filter(waits).for_each(|party| party.turn(PartyState::Active, now));
        let viewers = call.viewers();
        self.cancel(timer);
        self.tell_call(dialog, Change::Put);
        viewers.iter().for_each(|viewer| self.settle(*viewer, now));
        viewers.iter().for_each(|viewer| self.refresh_joinable(*viewer));
        self.nail(dialog, now);
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
            self.refresh_joinable(user);
        }
    }

    /// Keeps TRANSFER and CONFERENCE among the actions of the user's held calls while another call is active.
    pub(super) fn refresh_joinable(&mut self, user: UserId) {
        let active = self.active_call(user).is_some();
        for dialog in self.users.get(user).map(|user| user.calls.clone()).unwrap_or_default() {
            let Some(call) = self.calls.get_mut(&dialog) else { continue };
            let own = call.parties.iter_mut().find(|party| party.user == Some(user) && !party.gone);
            let Some(leg) = own else { continue };
            let joinable = active && leg.state == PartyState::Held;
            let changed = std::mem::replace(&mut leg.joinable, joinable) != joinable;
            // A leg that is held no longer has been told already.
            if changed && leg.state == PartyState::Held {
                self.tell_one(dialog, user, Change::Put);
            }
        }
    }

    /// The call in which the user speaks.
    pub fn active_call(&self, user: UserId) -> Option<DialogId> {
        let active = |dialog: &&DialogId| {
            let leg = self.calls.get(dialog).and_then(|call| call.leg(user));
            leg.is_some_and(|leg| leg.state == PartyState::Active)
        };
        self.users.get(user)?.calls.iter().find(active).copied()
    }
}
