//! Signing in: at a device, and as a mobile agent, whose own phone is called by the contact centre.

use super::action::NO_ROOM;
use super::agent::AgentState;
use super::call::{Call, DialogState, PartyState, SetUp};
use super::error::{ApiError, CtiError};
use super::request::{Command, MAX_TEXT};
use super::{DialogId, Timer, UserId, World};
use crate::sim::seed::MobileMode;
use crate::sim::xml::Element;

/// The set-up call was not answered.
const NOT_NAILED: CtiError = CtiError::new("Generic Error", "261", "CF_INVALID_ANSWERING_DEVICE_SPECIFIED");

/// The phone of an agent who works without a device of the contact centre.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mobile {
    /// When it is called: for each call, or once for the whole session.
    pub mode: MobileMode,
    /// Its number.
    pub dial_number: String,
}

impl World {
    /// Checks a sign-in.
    ///
    /// # Errors
    /// The documented 400s.
    pub(super) fn check_sign_in(&self, user: UserId, body: &Element) -> Result<Command, ApiError> {
        let extension = body.text_of("extension").ok_or_else(|| ApiError::missing("extension"))?;
        let digits = extension.strip_prefix('+').filter(|_| self.platform.e164).unwrap_or(extension);
        let digits_only = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if extension.len() > 15 || !digits_only {
            return Err(ApiError::bad_request("extension"));
        }
        let mobile = body.child("mobileAgent").map(|mobile| self.check_mobile(mobile)).transpose()?;
        Ok(Command::SignIn { user, extension: extension.to_owned(), mobile })
    }

    fn check_mobile(&self, mobile: &Element) -> Result<Mobile, ApiError> {
        if !self.platform.mobile_agents {
            return Err(ApiError::invalid_input("mobileAgent specified for user", "mobileAgent"));
        }
        let mode = match mobile.text_of("mode").ok_or_else(|| ApiError::missing("mode"))? {
            "CALL_BY_CALL" => MobileMode::CallByCall,
            "NAILED_CONNECTION" => MobileMode::NailedConnection,
            _ => return Err(ApiError::invalid_input("mode specified for user", "mode")),
        };
        let dial_number = mobile.text_of("dialNumber").ok_or_else(|| ApiError::missing("dialNumber"))?;
        if dial_number.len() > MAX_TEXT || !dial_number.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ApiError::invalid_input("dialNumber specified for user", "dialNumber"));
        }
        Ok(Mobile { mode, dial_number: dial_number.to_owned() })
    }

    pub(super) fn sign_in(
        &mut self,
        id: UserId,
        extension: &str,
        mobile: Option<Mobile>,
        now: u64,
    ) -> Result<(), CtiError> {
        let Some(user) = self.users.get(id) else { return Ok(()) };
        if user.state != AgentState::Logout {
            // A forced sign-in keeps the state; on another device the agent counts as signed on already.
            if user.extension.as_deref() != Some(extension) {
                return Err(CtiError::invalid_state("259", "CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON"));
            }
            self.tell_user(id);
            return Ok(());
        }
        if let Some(fault) = self.seed.device_fault.iter().find(|fault| fault.extension == extension) {
            return Err(fault.error.clone());
        }
        if mobile.as_ref().is_some_and(|mobile| !user.mobile_modes.contains(&mobile.mode)) {
            return Err(CtiError::new("Mode Not Allowed", "70", "CF_GENERIC_UNSPECIFIED_REJECTION"));
        }
        if user.extension.is_some() {
            return Err(CtiError::device_busy());
        }
        match self.devices.get_mut(extension) {
            None => return Err(CtiError::invalid_device()),
            Some(Some(_)) => return Err(CtiError::device_busy()),
            Some(free) => *free = Some(id),
        }
        let nailed = mobile.clone().filter(|mobile| mobile.mode == MobileMode::NailedConnection);
        if let Some(user) = self.users.get_mut(id) {
            user.extension = Some(extension.to_owned());
            user.mobile = mobile;
        }
        match nailed {
            None => self.signed_in(id, now),
            Some(phone) => {
                let called = self.set_up(id, extension, &phone.dial_number, now);
                return called.inspect_err(|_| self.release_device(id));
            }
        }
        Ok(())
    }

    fn signed_in(&mut self, id: UserId, now: u64) {
        if let Some(user) = self.users.get_mut(id) {
            user.leave_after_call = false;
        }
        self.watch_presence(id, now);
        self.enter(id, (AgentState::NotReady, None), now);
    }

    /// Calls the phone that is to be connected for the whole session; the agent is signed in when it is answered.
    fn set_up(&mut self, id: UserId, extension: &str, number: &str, now: u64) -> Result<(), CtiError> {
        self.reach(number).map_err(|_| NOT_NAILED)?;
        let mut call = Call::new(number, extension, "OTHER_IN");
        call.state = DialogState::Alerting;
        call.set_up = Some(Box::new(SetUp { user: id, cause: self.cause.clone() }));
        call.add(number, None, PartyState::Alerting, now);
        call.add(extension, Some(id), PartyState::Alerting, now);
        let dialog = self.insert_call(call).ok_or(NO_ROOM)?;
        let key = self.after(self.timers_of.ring_no_answer, now, Timer::NoAnswer(dialog));
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.timer = Some(key);
        }
        self.show_call(dialog, id);
        Ok(())
    }

    /// The set-up call was answered: the connection stands, without a dialog, and the agent is signed in.
    pub(super) fn nail(&mut self, dialog: DialogId, now: u64) {
        let set_up = self.calls.get_mut(&dialog).and_then(|call| call.set_up.take());
        let Some(SetUp { user, cause }) = set_up.map(|set_up| *set_up) else { return };
        self.end_joined(dialog, user, now);
        // What follows is what the sign-in asked for, not the answer.
        let answer = std::mem::replace(&mut self.cause, cause);
        self.signed_in(user, now);
        self.cause = answer;
    }

    /// The set-up call ended without an answer.
    pub(super) fn not_nailed(&mut self, set_up: SetUp) {
        self.release_device(set_up.user);
        let request_id = set_up.cause.map(|cause| cause.request_id).unwrap_or_default();
        self.tell_error(set_up.user, None, &NOT_NAILED, &request_id);
    }

    /// Frees the device of somebody who is not signed in, or not any more.
    pub(super) fn release_device(&mut self, id: UserId) {
        let Some(user) = self.users.get_mut(id) else { return };
        user.mobile = None;
        if let Some(device) = user.extension.take().and_then(|extension| self.devices.get_mut(&extension)) {
            *device = None;
        }
    }
}
