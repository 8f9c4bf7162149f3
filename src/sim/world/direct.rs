//! What an agent does with a call without a consult: transfer it at once, send tones, drop another agent.

use super::call::{Call, DialogState, PartyState};
use super::error::{ApiError, CtiError};
use super::request::Command;
use super::view::Change;
use super::{DialogId, UserId, World};
use crate::sim::xml::Element;

impl World {
    /// TRANSFER_SST: the call goes to the number, whose end rings while the agent is rid of it.
    pub(super) fn transfer_sst(&mut self, id: UserId, dialog: DialogId, to: &str, now: u64) -> Result<(), CtiError> {
        self.allowed(id, dialog, "TRANSFER_SST")?;
        self.can_dial(to)?;
        let Some(call) = self.calls.get(&dialog) else { return Ok(()) };
        let Some(leg) = call.leg(id) else { return Ok(()) };
        let own = leg.address.clone();
        if call.live().count() > 2 {
            return Err(CtiError::invalid_action("TRANSFER_SST", &own));
        }
        let queue = self.queue_at(to);
        let target = match (queue, self.reach(to)) {
            (Some(_), _) => None,
            (None, Ok(target)) if target.is_none_or(|target| call.leg(target).is_none()) => target,
            (None, Err("BUSY")) => return Err(CtiError::new("Generic Error", "33", "CF_RESOURCE_BUSY")),
            (None, _) => return Err(CtiError::new("Generic Error", "6", "CF_INVALID_CALLED_DEVICE")),
        };
        let end = self.end_state(call, leg, 1);
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.turn(id, PartyState::Held, now);
        }
        self.tell_call(dialog, Change::Put);
        self.show_second_call(id, &own, to, now);
        let Some(call) = self.calls.get_mut(&dialog) else { return Ok(()) };
        call.turn(id, end, now);
        call.parties.iter_mut().filter(|party| party.user == Some(id)).for_each(|party| party.cause = "OTHER");
        if end == PartyState::Dropped {
            self.hide_left(dialog, id);
        }
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.call_type = "TRANSFER";
            call.offered_type = None;
            call.associated = None;
            if queue.is_none() {
                call.add(to, target, PartyState::Alerting, now);
            } else {
                call.state = DialogState::Initiated;
            }
        }
        match queue {
            Some(queue) => self.enqueue(dialog, queue, now),
            None if target.is_none() => self.await_far_end(dialog, now),
            None => {}
        }
        if let Some(target) = target {
            self.show_call(dialog, target);
            self.tell_call_but(dialog, Some(target));
            self.settle(target, now);
        } else {
            self.tell_call(dialog, Change::Put);
        }
        self.settle(id, now);
        self.refresh_joinable(id);
        if queue.is_none() {
            self.sweep(dialog);
        }
        Ok(())
    }

    /// The short-lived second call that the one who transfers sees.
    fn show_second_call(&mut self, id: UserId, own: &str, to: &str, now: u64) {
        let mut call = Call::new(own, to, "TRANSFER");
        call.state = DialogState::Initiating;
        call.add(own, Some(id), PartyState::Initiating, now);
        let Some(dialog) = self.insert_call(call) else { return };
        self.show_call(dialog, id);
        self.end_joined(dialog, id, now);
    }

    pub(super) fn send_dtmf(&mut self, id: UserId, dialog: DialogId, digits: &str) -> Result<(), CtiError> {
        self.allowed(id, dialog, "SEND_DTMF")?;
        match digits.chars().all(|digit| self.platform.tones.contains(digit)) {
            true => Ok(()),
            false => Err(CtiError::new("Generic Error", "3", "CF_VALUE_OUT_OF_RANGE")),
        }
    }

    /// PARTICIPANT_DROP names the party to drop, an agent on the call.
    pub(super) fn check_participant_drop(
        &self,
        user: UserId,
        dialog: DialogId,
        body: &Element,
    ) -> Result<Command, ApiError> {
        if !self.platform.participant_drop {
            return Err(ApiError::not_implemented("PARTICIPANT_DROP"));
        }
        let address = body.text_of("targetMediaAddress").ok_or_else(|| ApiError::missing("targetMediaAddress"))?;
        let call = self.calls.get(&dialog).ok_or_else(ApiError::unknown_dialog)?;
        if !self.may_drop(user, call) {
            return Err(ApiError::not_a_supervisor(self.login_id(user)));
        }
        match call.live().any(|party| party.user.is_some() && !party.passive && party.address == address) {
            true => Ok(Command::DropParty { user, dialog, address: address.to_owned() }),
            false => Err(ApiError::invalid_destination(address)),
        }
    }

    /// PARTICIPANT_DROP of an agent by another participant.
    pub(super) fn drop_party(&mut self, id: UserId, dialog: DialogId, address: &str, now: u64) -> Result<(), CtiError> {
        self.allowed(id, dialog, "PARTICIPANT_DROP")?;
        let Some(call) = self.calls.get(&dialog) else { return Ok(()) };
        if !call.live().any(|party| party.address == address && party.droppable()) {
            return Err(CtiError::invalid_action("PARTICIPANT_DROP", address));
        }
        self.clear(dialog, |party| party.user.is_some() && party.address == address, now);
        Ok(())
    }
}
