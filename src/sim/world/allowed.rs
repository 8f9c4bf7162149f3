//! What a participant may do with a dialog now: what `actions` shows, and what is not refused with INVALID_ACTION.

use super::call::{Call, Party, PartyState};
use super::error::CtiError;
use super::{DialogId, UserId, World};
use crate::sim::options::DropParticipantFor;

impl World {
    pub(super) fn allowed(&self, user: UserId, dialog: DialogId, action: &str) -> Result<(), CtiError> {
        let leg = self.calls.get(&dialog).and_then(|call| Some((call, call.leg(user)?)));
        if leg.is_some_and(|(call, leg)| self.actions(call, leg).contains(&action)) {
            return Ok(());
        }
        let extension = self.users.get(user).and_then(|user| user.extension.as_deref()).unwrap_or_default();
        Err(CtiError::invalid_action(action, extension))
    }

    /// What the participant may do.
    pub(super) fn actions(&self, call: &Call, party: &Party) -> Vec<&'static str> {
        let Some(user) = party.user.filter(|_| !party.passive) else { return Vec::new() };
        if call.monitors.is_some() && party.state == PartyState::Active {
            return vec!["BARGE_CALL", "DROP"];
        }
        let mut actions = party.state.actions().to_vec();
        if party.state == PartyState::Held && party.joinable {
            actions.extend(["TRANSFER", "CONFERENCE"]);
        }
        if party.state == PartyState::Active && self.platform.recording {
            actions.push("START_RECORDING");
        }
        let others = || call.live().any(|other| other.user != Some(user) && other.droppable());
        if party.droppable() && self.may_drop(user, call) && call.live().count() > 2 && others() {
            actions.push("PARTICIPANT_DROP");
        }
        actions
    }

    /// Whether the setting lets the user drop other agents from the call.
    pub(super) fn may_drop(&self, user: UserId, call: &Call) -> bool {
        let supervisor = || self.users.get(user).is_some_and(|user| !user.supervises.is_empty());
        self.platform.participant_drop
            && match self.drop_participant_for {
                DropParticipantFor::SupervisorOnly => supervisor(),
                DropParticipantFor::ConferenceControllerAndSupervisor => supervisor() || call.controller == Some(user),
                DropParticipantFor::All => true,
            }
    }
}
