//! How a call ends, for one of several parties or for all, and what an agent sees of it.

use super::agent::{AgentState, User};
use super::call::{Call, DialogState, Party, PartyState};
use super::view::Change;
use super::{DialogId, UserId, World};
use crate::sim::seed::WrapUp;

impl World {
    /// Takes parties off a call: the others stay when two are left, otherwise it ends, first for those who leave.
    pub(super) fn clear(&mut self, dialog: DialogId, leaves: impl Fn(&Party) -> bool, now: u64) {
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        call.forget_told_off();
        if call.of_queue() && call.state == DialogState::Initiated {
            self.forget_queued(dialog);
        }
        let Some(call) = self.calls.get(&dialog) else { return };
        if call.live().filter(|party| !leaves(party)).count() > 1 {
            return self.leave(dialog, leaves, now);
        }
        let ends = call.parties.iter().map(|party| self.end_state(call, party, 1)).collect::<Vec<_>>();
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
            self.refresh_joinable(user);
        });
        self.sweep(dialog);
    }

    /// Some leave a conference, the others go on.
    fn leave(&mut self, dialog: DialogId, leaves: impl Fn(&Party) -> bool, now: u64) {
        let Some(call) = self.calls.get(&dialog) else { return };
        let ends = call.parties.iter().map(|party| match party.live() && leaves(party) {
            true => Some(self.end_state(call, party, 1)),
            false => None,
        });
        let ends = ends.collect::<Vec<_>>();
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        let mut leaving = Vec::new();
        for (party, end) in call.parties.iter_mut().zip(ends).filter_map(|(party, end)| Some((party, end?))) {
            party.turn(end, now);
            leaving.extend(party.user.map(|user| (user, end)));
        }
        self.tell_call(dialog, Change::Put);
        for (user, end) in leaving {
            if end == PartyState::Dropped {
                self.hide_left(dialog, user);
            }
            self.settle(user, now);
            self.refresh_joinable(user);
        }
        self.sweep(dialog);
    }

    /// What becomes of a party when it leaves: wrap-up, if it is due, for an agent who spoke and has no more calls than
    /// that. Whoever is wrapping up already goes on.
    pub(super) fn end_state(&self, call: &Call, party: &Party, calls: usize) -> PartyState {
        if party.state == PartyState::WrapUp {
            return PartyState::WrapUp;
        }
        let Some(user) = party.user.and_then(|id| self.users.get(id)) else { return PartyState::Dropped };
        let asked = matches!(user.pending, Some((AgentState::Work | AgentState::WorkReady, _)));
        let wanted = match self.wrap_up_after(user, call, party) {
            WrapUp::Required | WrapUp::RequiredWithWrapUpData => true,
            WrapUp::Optional => asked,
            WrapUp::NotAllowed => false,
        };
        let spoke = call.answered && matches!(party.state, PartyState::Active | PartyState::Held);
        match wanted && spoke && user.calls.len() == calls {
            true => PartyState::WrapUp,
            false => PartyState::Dropped,
        }
    }

    /// How the agent wraps up after the call: one of a queue for who serves it, one to a number outside for who made it.
    pub(super) fn wrap_up_after(&self, user: &User, call: &Call, party: &Party) -> WrapUp {
        match party.address == call.from {
            // The caller of a queue who is an agent is a customer there.
            true if call.of_queue() => WrapUp::NotAllowed,
            false if call.of_queue() => user.wrap_up,
            true if self.platform.wrap_up_outgoing && call.call_type == "OUT" => user.wrap_up_outgoing,
            _ => WrapUp::NotAllowed,
        }
    }

    /// Ends the dialogs in which the agent is wrapping up.
    pub(super) fn close_wrapped_calls(&mut self, id: UserId, now: u64) {
        let calls = self.users.get(id).map(|user| user.calls.clone()).unwrap_or_default();
        for dialog in calls {
            let Some(call) = self.calls.get_mut(&dialog) else { continue };
            if call.leg(id).is_some_and(|leg| leg.state == PartyState::WrapUp) {
                call.turn(id, PartyState::Dropped, now);
                self.hide_left(dialog, id);
                self.tell_call(dialog, Change::Put);
                self.sweep(dialog);
            }
        }
    }

    /// Adds the dialog to what the user sees.
    pub(super) fn show_call(&mut self, dialog: DialogId, id: UserId) {
        let passive = self.calls.get(&dialog).and_then(|call| call.leg(id)).is_some_and(|leg| leg.passive);
        if let Some(user) = self.users.get_mut(id) {
            if passive { &mut user.monitored_by } else { &mut user.calls }.push(dialog);
        }
        self.refresh_routable(id);
        self.tell_one(dialog, id, Change::Post);
    }

    /// Tells the user the dialog's end and takes it away.
    pub(super) fn hide_call(&mut self, dialog: DialogId, id: UserId) {
        self.tell_one(dialog, id, Change::Delete);
        if let Some(user) = self.users.get_mut(id) {
            user.calls.retain(|call| *call != dialog);
            user.monitored_by.retain(|call| *call != dialog);
        }
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.parties.iter_mut().filter(|party| party.user == Some(id)).for_each(|party| party.gone = true);
        }
        self.refresh_routable(id);
    }

    /// [`World::hide_call`] for a call that may go on without the user, for whom it is DROPPED.
    pub(super) fn hide_left(&mut self, dialog: DialogId, id: UserId) {
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        let state = std::mem::replace(&mut call.state, DialogState::Dropped);
        self.hide_call(dialog, id);
        if let Some(call) = self.calls.get_mut(&dialog).filter(|call| call.live().count() > 0) {
            call.state = state;
        }
    }

    /// Forgets a call that no agent sees any more.
    pub(super) fn sweep(&mut self, dialog: DialogId) {
        if self.calls.get(&dialog).is_some_and(|call| call.viewers().is_empty()) {
            let Some(call) = self.calls.remove(&dialog) else { return };
            self.cancel(call.timer);
            if let Some(set_up) = call.set_up {
                self.not_nailed(*set_up);
            }
        }
    }
}
