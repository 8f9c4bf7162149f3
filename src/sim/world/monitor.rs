//! What a supervisor does to a member's call: listens to it without being heard, and joins it.

use super::action::NO_ROOM;
use super::agent::AgentState;
use super::call::{Call, DialogState, Party, PartyState};
use super::error::{ApiError, CtiError};
use super::request::Command;
use super::view::Change;
use super::{DialogId, UserId, World};

/// `callType` of what the supervisor hears.
const MONITOR: &str = "SUPERVISOR_MONITOR";
/// `callType` of the call by which the supervisor is fetched.
const BARGE: &str = "BARGE_IN_CONSULT";

impl World {
    /// Checks SILENT_MONITOR of the agent at an extension.
    ///
    /// # Errors
    /// The documented 400s; 401 for somebody who does not supervise the agent.
    pub(super) fn check_monitor(&self, by: UserId, to: &str) -> Result<Command, ApiError> {
        let member = self.member_at(by, to)?;
        match self.can_listen(by) {
            true => Ok(Command::Monitor { user: by, member }),
            false => Err(ApiError::invalid_state("The supervisor is not NOT_READY or on a call", "state")),
        }
    }

    /// Whether the supervisor has time to.
    fn can_listen(&self, id: UserId) -> bool {
        self.users.get(id).is_some_and(|user| user.state == AgentState::NotReady && user.calls.is_empty())
    }

    /// Checks BARGE_CALL of the agent whose call the supervisor hears in the dialog `monitor`.
    ///
    /// # Errors
    /// The documented 400s; 401 for somebody who does not supervise the agent.
    pub(super) fn check_barge(&self, by: UserId, to: &str, monitor: Option<&str>) -> Result<Command, ApiError> {
        let monitor = monitor.ok_or_else(|| ApiError::missing("associatedDialogUri"))?;
        let id = monitor.strip_prefix("/finesse/api/Dialog/").and_then(|id| id.parse().ok());
        let invalid = || ApiError::invalid_input("associatedDialogUri specified for dialog", "associatedDialogUri");
        let monitor = id.ok_or_else(invalid)?;
        self.member_at(by, to)?;
        self.barged(by, to, monitor)?;
        Ok(Command::Barge { user: by, to: to.to_owned(), monitor })
    }

    /// The signed-in agent at an extension, of a team that the supervisor has.
    fn member_at(&self, by: UserId, extension: &str) -> Result<UserId, ApiError> {
        if self.users.get(by).is_none_or(|user| user.supervises.is_empty()) {
            return Err(ApiError::not_a_supervisor(self.login_id(by)));
        }
        let signed_in = |id: &UserId| self.users.get(*id).is_some_and(|user| user.state != AgentState::Logout);
        let member = self.devices.get(extension).copied().flatten().filter(signed_in);
        let member = member.ok_or_else(|| ApiError::invalid_destination(extension))?;
        match self.supervises(by, member) {
            true => Ok(member),
            false => Err(ApiError::invalid_supervisor(self.login_id(member))),
        }
    }

    /// SILENT_MONITOR: a second dialog, of the supervisor and of the agent, who can do nothing with it.
    pub(super) fn monitor(&mut self, id: UserId, member: UserId, now: u64) -> Result<(), CtiError> {
        if !self.can_listen(id) {
            return Err(CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE"));
        }
        let monitored = self.audible(member)?;
        let extension = |id| self.users.get(id).and_then(|user: &super::agent::User| user.extension.clone());
        let (from, to) = (extension(id).unwrap_or_default(), extension(member).unwrap_or_default());
        let mut call = Call::new(&from, "", MONITOR);
        call.monitors = Some(monitored);
        let dialog = self.off_hook(id, call, &to, now)?;
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.state = DialogState::Active;
            call.answered = true;
            call.turn(id, PartyState::Active, now);
            call.add(&to, Some(member), PartyState::Active, now);
            call.parties.iter_mut().filter(|party| party.user == Some(member)).for_each(|party| party.passive = true);
        }
        self.tell_one(dialog, id, Change::Put);
        self.show_call(dialog, member);
        Ok(())
    }

    /// The agent's call that can be listened to: one in which the agent speaks, and which nobody hears yet.
    fn audible(&self, member: UserId) -> Result<DialogId, CtiError> {
        const HEARD: CtiError = CtiError::new("Generic Error", "33", "CF_RESOURCE_BUSY");
        let Some(user) = self.users.get(member) else { return Err(NO_ROOM) };
        let monitors = |dialog: &DialogId| self.calls.get(dialog).is_some_and(|call| call.monitors.is_some());
        match self.active_call(member).filter(|dialog| !monitors(dialog)) {
            Some(dialog) if user.monitored_by.is_empty() => Ok(dialog),
            Some(_) => Err(HEARD),
            None if matches!(user.state, AgentState::Hold | AgentState::NotReady) => {
                Err(self.platform.not_audible.clone())
            }
            None => Err(self.platform.not_talking.clone()),
        }
    }

    /// The agent and the call that the supervisor who hears it in the dialog `monitor` can join.
    fn barged(&self, by: UserId, to: &str, monitor: DialogId) -> Result<(UserId, DialogId), ApiError> {
        let heard = self.calls.get(&monitor).filter(|call| call.leg(by).is_some_and(|leg| !leg.passive));
        let heard = heard.and_then(|heard| Some((heard, heard.monitors?)));
        let deaf = || ApiError::invalid_state("The supervisor is not monitoring the agent", "associatedDialogUri");
        let (heard, dialog) = heard.ok_or_else(deaf)?;
        let agent = heard.live().find(|party| party.passive && party.address == to).and_then(|party| party.user);
        let agent = agent.ok_or_else(|| ApiError::invalid_destination(to))?;
        let call = self.calls.get(&dialog).ok_or_else(deaf)?;
        match call.leg(agent).map(|leg| leg.state) {
            Some(PartyState::Active) => {}
            Some(PartyState::Held) => return Err(ApiError::invalid_destination(to)),
            _ => return Err(deaf()),
        }
        if call.live().count() >= self.seed.max_parties {
            return Err(ApiError::conference_limit(to));
        }
        if !call.controlled_by(agent) || self.users.get(agent).is_none_or(|user| user.calls.len() > 1) {
            return Err(ApiError::no_barge(to));
        }
        Ok((agent, dialog))
    }

    /// BARGE_CALL: the agent consults the supervisor, who answers at once, and makes a conference of it.
    pub(super) fn barge(&mut self, id: UserId, to: &str, monitor: DialogId, now: u64) -> Result<(), CtiError> {
        let (agent, dialog) = self.barged(id, to, monitor)?;
        let own = self.users.get(id).and_then(|user| user.extension.clone()).unwrap_or_default();
        self.end_joined(monitor, id, now);
        let consult = self.consult_as(agent, dialog, &own, (BARGE, BARGE), now)?;
        self.answer(id, consult, now);
        self.join(agent, dialog, true, now)
    }

    /// Ends the monitors of calls that the agent is off.
    pub(super) fn end_monitors(&mut self, agent: UserId, now: u64) {
        let Some(user) = self.users.get(agent) else { return };
        let over = |monitor: &&DialogId| {
            let dialog = self.calls.get(monitor).and_then(|call| call.monitors);
            let leg = dialog.and_then(|dialog| self.calls.get(&dialog)?.leg(agent));
            !leg.is_some_and(Party::live)
        };
        for monitor in user.monitored_by.iter().filter(over).copied().collect::<Vec<_>>() {
            self.clear(monitor, |party| party.passive, now);
        }
    }

    /// Lets the monitors of an agent whose call was joined to another go on with that one.
    pub(super) fn move_monitors(&mut self, agent: UserId, from: DialogId, to: DialogId) {
        for monitor in self.users.get(agent).map(|user| user.monitored_by.clone()).unwrap_or_default() {
            if let Some(call) = self.calls.get_mut(&monitor).filter(|call| call.monitors == Some(from)) {
                call.monitors = Some(to);
            }
        }
    }
}
