//! Two calls become one: transfer, where the one who joins them leaves, and conference, where all stay.

use super::call::{DialogState, Party, PartyState};
use super::error::CtiError;
use super::view::Change;
use super::{DialogId, UserId, World};

impl World {
    /// Joins the user's active call to the held one, which survives. `stays`: a conference instead of a transfer.
    pub(super) fn join(&mut self, user: UserId, kept: DialogId, stays: bool, now: u64) -> Result<(), CtiError> {
        const NO_ACTIVE: CtiError = CtiError::new("Generic Error", "24", "CF_NO_ACTIVE_CALL");
        const TOO_MANY: CtiError = CtiError::new("Call Operation Failure", "38", "CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED");
        let Some(ended) = self.active_call(user) else { return Err(NO_ACTIVE) };
        let (Some(held), Some(active)) = (self.calls.get(&kept), self.calls.get(&ended)) else { return Ok(()) };
        let (queue, wrap_up_reason) = (active.queue, active.wrap_up_reason.clone());
        let newcomers = active.live().filter(|party| party.user != Some(user)).cloned().collect::<Vec<_>>();
        if newcomers.iter().any(|new| new.user.is_some_and(|user| held.leg(user).is_some())) {
            return Err(CtiError::new("Generic Error", "284", "CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED"));
        }
        if stays && !(held.controlled_by(user) && active.controlled_by(user)) {
            return Err(self.platform.not_controller.clone());
        }
        if held.live().count() + newcomers.len() > self.seed.max_parties {
            return Err(TOO_MANY);
        }
        let end = match held.leg(user) {
            Some(_) if stays => PartyState::Active,
            Some(leg) => self.end_state(held, leg, 2),
            None => return Ok(()),
        };
        let before = held.viewers();
        if let Some(call) = self.calls.get_mut(&kept) {
            call.turn(user, end, now);
        }
        if end == PartyState::Dropped {
            self.hide_left(kept, user);
        }
        if let Some(call) = self.calls.get_mut(&kept) {
            call.forget_left();
            call.parties.extend(newcomers.iter().cloned());
            call.call_type = if stays || call.live().count() > 2 { "CONFERENCE" } else { "TRANSFER" };
            call.offered_type = None;
            call.associated = None;
            call.secondary = Some(ended);
            call.controller = if stays { Some(user) } else { call.controller.filter(|other| *other != user) };
            call.queue = call.queue.or(queue);
            call.wrap_up_reason = call.wrap_up_reason.take().or(wrap_up_reason);
        }
        if stays {
            self.tell_one(kept, user, Change::Put);
        }
        self.end_joined(ended, user, now);
        let agents = newcomers.iter().filter_map(|party| party.user).collect::<Vec<_>>();
        for agent in agents.iter().chain(&[user]) {
            self.move_monitors(*agent, ended, kept);
        }
        agents.iter().for_each(|agent| self.show_call(kept, *agent));
        let told = |viewer: &UserId| *viewer == user && end != PartyState::WrapUp;
        for viewer in before.iter().filter(|viewer| !told(viewer)) {
            self.tell_one(kept, *viewer, Change::Put);
        }
        self.settle(user, now);
        for agent in before.iter().chain(&agents).filter(|agent| **agent != user) {
            self.settle(*agent, now);
        }
        for agent in before.iter().chain(&agents) {
            self.refresh_joinable(*agent);
        }
        self.sweep(kept);
        Ok(())
    }

    /// Ends the call that was joined to another: first for the one who joined them.
    pub(super) fn end_joined(&mut self, dialog: DialogId, first: UserId, now: u64) {
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        call.state = DialogState::Dropped;
        let dropped = |party: &mut Party| {
            party.turn(PartyState::Dropped, now);
            party.cause = "OTHER";
        };
        call.parties.iter_mut().for_each(dropped);
        let others = call.viewers().into_iter().filter(|viewer| *viewer != first).collect::<Vec<_>>();
        self.hide_call(dialog, first);
        others.into_iter().for_each(|viewer| self.hide_call(dialog, viewer));
        self.sweep(dialog);
    }
}
