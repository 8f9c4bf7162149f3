//! What Finesse checks before its 202, and the queue per object behind it.

use super::agent::AgentState;
use super::call::{Action, PartyState};
use super::error::{ApiError, CtiError};
use super::sign_in::Mobile;
pub use super::variables::Variables;
use super::{Cause, DialogId, Timer, UserId, World};
use crate::sim::seed::Category;
use crate::sim::xml::Element;

/// Longest address, name or label taken from a request.
pub(super) const MAX_TEXT: usize = 128;

/// A request that passed Finesse's own checks.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Command {
    SignIn {
        user: UserId,
        extension: String,
        mobile: Option<Mobile>,
    },
    State {
        user: UserId,
        state: AgentState,
        reason: Option<super::agent::Shown>,
    },
    /// A supervisor, `by`, acts on the member `user`.
    Member {
        user: UserId,
        by: UserId,
        state: AgentState,
    },
    MakeCall {
        user: UserId,
        to: String,
        variables: Variables,
    },
    /// A supervisor listens to the call of a member.
    Monitor {
        user: UserId,
        member: UserId,
    },
    /// A supervisor joins the call that it listens to.
    Barge {
        user: UserId,
        to: String,
        monitor: DialogId,
    },
    Act {
        user: UserId,
        dialog: DialogId,
        action: Action,
    },
    Consult {
        user: UserId,
        dialog: DialogId,
        to: String,
    },
    TransferSst {
        user: UserId,
        dialog: DialogId,
        to: String,
    },
    SendDtmf {
        user: UserId,
        dialog: DialogId,
        digits: String,
    },
    DropParty {
        user: UserId,
        dialog: DialogId,
        address: String,
    },
    UpdateData {
        user: UserId,
        dialog: DialogId,
        wrap_up_reason: Option<String>,
        variables: Variables,
    },
}

impl Command {
    fn user(&self) -> UserId {
        match self {
            Command::SignIn { user, .. }
            | Command::State { user, .. }
            | Command::Member { user, .. }
            | Command::MakeCall { user, .. }
            | Command::Monitor { user, .. }
            | Command::Barge { user, .. }
            | Command::Act { user, .. }
            | Command::Consult { user, .. }
            | Command::TransferSst { user, .. }
            | Command::SendDtmf { user, .. }
            | Command::DropParty { user, .. }
            | Command::UpdateData { user, .. } => *user,
        }
    }

    /// Who is told when it fails: whoever asked.
    fn requester(&self) -> UserId {
        match self {
            Command::Member { by, .. } => *by,
            other => other.user(),
        }
    }

    /// The dialog node's source: `None` for the User itself, `Some(None)` for its Dialogs collection.
    fn dialog(&self) -> Option<Option<DialogId>> {
        match self {
            Command::SignIn { .. } | Command::State { .. } | Command::Member { .. } => None,
            Command::MakeCall { .. } | Command::Monitor { .. } | Command::Barge { .. } => Some(None),
            Command::Act { dialog, .. }
            | Command::Consult { dialog, .. }
            | Command::TransferSst { dialog, .. }
            | Command::SendDtmf { dialog, .. }
            | Command::DropParty { dialog, .. }
            | Command::UpdateData { dialog, .. } => Some(Some(*dialog)),
        }
    }
}

impl World {
    /// Checks `PUT /User/<id>`.
    ///
    /// # Errors
    /// The documented 400s.
    pub fn check_user_put(&self, user: UserId, body: &Element) -> Result<Command, ApiError> {
        if body.name != "User" {
            return Err(ApiError::bad_request("User"));
        }
        let state = body.text_of("state").ok_or_else(|| ApiError::missing("state"))?;
        let present = self.users.get(user).map_or(AgentState::Logout, |user| user.state);
        let (state, category) = match state {
            "LOGIN" => return self.check_sign_in(user, body),
            "LOGOUT" if present == AgentState::Logout => {
                return Err(ApiError::invalid_state("The user is already signed out", "state"));
            }
            "LOGOUT" => (AgentState::Logout, Some(Category::Logout)),
            "NOT_READY" => (AgentState::NotReady, Some(Category::NotReady)),
            "READY" => (AgentState::Ready, None),
            "WORK" => (AgentState::Work, None),
            "WORK_READY" => (AgentState::WorkReady, None),
            _ => return Err(ApiError::invalid_input("State specified for user", "state")),
        };
        let given = body.text_of("reasonCodeId").filter(|id| *id != "-1");
        let reason = match (given, category) {
            (Some(id), Some(category)) => match self.shown(id, category, user) {
                Some(reason) => Some(reason),
                None => return Err(ApiError::invalid_input("reasonCodeId specified for user", "reasonCodeId")),
            },
            (Some(_), None) => {
                return Err(ApiError::invalid_input("reasonCodeId specified for user", "reasonCodeId"));
            }
            (None, Some(category)) if self.seed.require_reasons && self.reasons_of(user, category).next().is_some() => {
                return Err(ApiError::missing("reasonCodeId"));
            }
            (None, _) => None,
        };
        Ok(Command::State { user, state, reason })
    }

    /// Checks `POST /User/<id>/Dialogs`.
    ///
    /// # Errors
    /// The documented 400s; 401 for a supervisor's action by somebody else, or on another team's agent.
    pub fn check_dialogs_post(&self, user: UserId, body: &Element) -> Result<Command, ApiError> {
        let action = requested_action(body)?;
        if !["MAKE_CALL", "SILENT_MONITOR", "BARGE_CALL"].contains(&action) {
            return Err(unknown_action(action));
        }
        let from = body.text_of("fromAddress").ok_or_else(|| ApiError::missing("fromAddress"))?;
        let to = body.text_of("toAddress").ok_or_else(|| ApiError::missing("toAddress"))?;
        let own = self.users.get(user).and_then(|user| user.extension.as_deref());
        if own != Some(from) {
            return Err(ApiError::invalid_input("fromAddress specified for dialog", "fromAddress"));
        }
        check_number(to, from)?;
        match action {
            "SILENT_MONITOR" => return self.check_monitor(user, to),
            "BARGE_CALL" => return self.check_barge(user, to, body.text_of("associatedDialogUri")),
            _ => {}
        }
        if body.child("mediaProperties").is_some() && !self.platform.make_call_variables {
            return Err(ApiError::invalid_input("mediaProperties specified for dialog", "mediaProperties"));
        }
        let variables = Variables::of(body)?.unwrap_or_default();
        Ok(Command::MakeCall { user, to: to.to_owned(), variables })
    }

    /// Checks `PUT /Dialog/<id>`.
    ///
    /// # Errors
    /// The documented 400s, 401 for somebody who takes no part, 404, 501 for what the platform or the simulator lacks.
    pub fn check_dialog_put(&self, user: UserId, dialog: DialogId, body: &Element) -> Result<Command, ApiError> {
        let call = self.calls.get(&dialog).ok_or_else(ApiError::unknown_dialog)?;
        call.takes_part(user)?;
        let action = match requested_action(body)? {
            "ANSWER" => Action::Answer,
            "HOLD" => Action::Hold,
            "RETRIEVE" => Action::Retrieve,
            "DROP" => Action::Drop,
            "TRANSFER" => Action::Transfer,
            "CONFERENCE" => Action::Conference,
            "START_RECORDING" => Action::StartRecording,
            action @ ("CONSULT_CALL" | "TRANSFER_SST") => {
                let own = self.check_target(user, body)?;
                let to = body.text_of("toAddress").ok_or_else(|| ApiError::missing("toAddress"))?;
                check_number(to, own)?;
                let to = to.to_owned();
                return Ok(match action {
                    "CONSULT_CALL" => Command::Consult { user, dialog, to },
                    _ => Command::TransferSst { user, dialog, to },
                });
            }
            "SEND_DTMF" => {
                self.check_target(user, body)?;
                if call.leg(user).is_some_and(|leg| leg.state == PartyState::Held) {
                    return Err(ApiError::dtmf_on_hold());
                }
                let digits = action_param(body, "dtmfString").ok_or_else(|| ApiError::missing("dtmfString"))?;
                if digits.len() > MAX_TEXT {
                    return Err(ApiError::invalid_input("dtmfString specified for dialog", "dtmfString"));
                }
                return Ok(Command::SendDtmf { user, dialog, digits: digits.to_owned() });
            }
            "PARTICIPANT_DROP" => return self.check_participant_drop(user, dialog, body),
            "UPDATE_CALL_DATA" => {
                let media = body.child("mediaProperties").ok_or_else(|| ApiError::missing("mediaProperties"))?;
                let wrap_up_reason = media.text_of("wrapUpReason").map(str::to_owned);
                let variables = Variables::of(body)?;
                if wrap_up_reason.is_none() && variables.is_none() {
                    return Err(ApiError::missing("mediaProperties"));
                }
                if wrap_up_reason.as_ref().is_some_and(|reason| reason.len() > MAX_TEXT) {
                    return Err(ApiError::invalid_input("wrapUpReason specified for dialog", "wrapUpReason"));
                }
                let variables = variables.unwrap_or_default();
                return Ok(Command::UpdateData { user, dialog, wrap_up_reason, variables });
            }
            other => return Err(unknown_action(other)),
        };
        self.check_target(user, body)?;
        Ok(Command::Act { user, dialog, action })
    }

    /// `targetMediaAddress`, which has to be the user's own extension.
    fn check_target<'a>(&self, user: UserId, body: &'a Element) -> Result<&'a str, ApiError> {
        let target = body.text_of("targetMediaAddress").ok_or_else(|| ApiError::missing("targetMediaAddress"))?;
        match self.users.get(user).and_then(|user| user.extension.as_deref()) == Some(target) {
            true => Ok(target),
            false => Err(ApiError::invalid_input("targetMediaAddress specified for dialog", "targetMediaAddress")),
        }
    }

    /// Takes a checked request into its object's queue; without a CTI delay it is executed at once.
    pub fn submit(&mut self, command: Command, request_id: String, now: u64) {
        let cause = (!request_id.is_empty()).then(|| Cause {
            user: command.user(),
            on_dialogs: command.dialog().is_some(),
            request_id,
        });
        if self.timers_of.cti.is_zero() {
            self.execute(command, cause, now);
        } else {
            let object = match command.dialog() {
                Some(Some(dialog)) => (true, dialog),
                _ => (false, u64::try_from(command.user()).unwrap_or(u64::MAX)),
            };
            let delay = u64::try_from(self.timers_of.cti.as_millis()).unwrap_or(u64::MAX).max(1);
            if self.free_at.len() > self.users.len() {
                self.free_at.retain(|_, free| *free > now);
            }
            let due = self.free_at.get(&object).copied().unwrap_or(now).saturating_add(delay);
            self.free_at.insert(object, due);
            self.at(due, Timer::Execute(Box::new(command), cause));
        }
        self.route_calls(now);
    }

    /// Lets a checked request fail with that error instead, `delay_ms` later when there is one.
    pub fn refuse(&mut self, command: &Command, error: CtiError, request_id: String, delay_ms: u64, now: u64) {
        let (user, dialog) = (command.requester(), command.dialog());
        if delay_ms == 0 {
            self.tell_error(user, dialog, &error, &request_id);
        } else {
            self.at(now.saturating_add(delay_ms), Timer::Refuse { user, dialog, error: Box::new(error), request_id });
        }
    }

    pub(super) fn execute(&mut self, command: Command, cause: Option<Cause>, now: u64) {
        let (user, dialog) = (command.requester(), command.dialog());
        self.cause = cause;
        let result = match command {
            Command::SignIn { user, extension, mobile } => self.sign_in(user, &extension, mobile, now),
            Command::State { user, state, reason } => {
                self.check_wrap_up_data(user, state).and_then(|()| self.request_state(user, (state, reason), now))
            }
            Command::Member { user, state, .. } => self.force_state(user, state, now),
            Command::MakeCall { user, to, variables } => self.make_call(user, &to, variables, now),
            Command::Monitor { user, member } => self.monitor(user, member, now),
            Command::Barge { user, to, monitor } => self.barge(user, &to, monitor, now),
            Command::Act { user, dialog, action } => self.act(user, dialog, action, now),
            Command::Consult { user, dialog, to } => self.consult(user, dialog, &to, now),
            Command::TransferSst { user, dialog, to } => self.transfer_sst(user, dialog, &to, now),
            Command::SendDtmf { user, dialog, digits } => self.send_dtmf(user, dialog, &digits),
            Command::DropParty { user, dialog, address } => self.drop_party(user, dialog, &address, now),
            Command::UpdateData { user, dialog, wrap_up_reason, variables } => {
                self.update_data(user, dialog, wrap_up_reason, variables)
            }
        };
        let request_id = self.cause.take().map(|cause| cause.request_id).unwrap_or_default();
        if let Err(error) = result {
            self.tell_error(user, dialog, &error, &request_id);
        }
    }
}

fn requested_action(body: &Element) -> Result<&str, ApiError> {
    if body.name != "Dialog" {
        return Err(ApiError::bad_request("Dialog"));
    }
    body.text_of("requestedAction").ok_or_else(|| ApiError::missing("requestedAction"))
}

fn action_param<'a>(body: &'a Element, name: &str) -> Option<&'a str> {
    let mut params = body.child("actionParams")?.children.iter();
    params.find(|param| param.text_of("name") == Some(name))?.text_of("value")
}

fn check_number(to: &str, from: &str) -> Result<(), ApiError> {
    if to == from {
        return Err(ApiError::invalid_destination(to));
    }
    if to.len() > MAX_TEXT || !to.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(ApiError::invalid_input("toAddress specified for dialog", "toAddress"));
    }
    Ok(())
}

fn unknown_action(action: &str) -> ApiError {
    const OUTBOUND: [&str; 6] =
        ["ACCEPT", "CLOSE", "REJECT", "RECLASSIFY", "UPDATE_SCHEDULED_CALLBACK", "CANCEL_SCHEDULED_CALLBACK"];
    match OUTBOUND.contains(&action) {
        true => ApiError::not_implemented(action),
        false => ApiError::invalid_input("requestedAction specified for dialog", "requestedAction"),
    }
}
