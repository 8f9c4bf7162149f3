//! What the agent can change. Each answer says only that Finesse took the request; the effect comes as a notification,
//! as does a failure that shows later.

use http::Method;

use super::{Client, SendError};
use crate::finesse::credentials::Credentials;
use crate::finesse::request;
use crate::model::agent::{AgentState, MobileMode};
use crate::model::dialog::CallVariable;
use crate::model::id::{AgentId, DialNumber, DialogId, Extension, ReasonId, RequestId};

/// What an agent does with a call, naming nothing but the own extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Take a ringing call.
    Answer,
    /// Put it on hold.
    Hold,
    /// Take it from hold.
    Retrieve,
    /// Leave it, or end it with two parties; a supervisor ends a silent monitor or a barge-in so.
    Drop,
    /// Connect the other parties of this call, which is on hold, with those of the active one, and leave.
    Transfer,
    /// Join the parties of this call, which is on hold, and those of the active one.
    Conference,
}

impl Action {
    /// Finesse's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "ANSWER",
            Self::Hold => "HOLD",
            Self::Retrieve => "RETRIEVE",
            Self::Drop => "DROP",
            Self::Transfer => "TRANSFER",
            Self::Conference => "CONFERENCE",
        }
    }
}

/// The phone of a mobile agent (UCCE).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mobile {
    /// How it is connected.
    pub mode: MobileMode,
    /// Its number.
    pub dial_number: DialNumber,
}

impl Client {
    /// Signs the agent in, or again where it is signed in already.
    pub async fn sign_in(
        &self,
        who: &Credentials,
        extension: &Extension,
        mobile: Option<&Mobile>,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_user(who, &who.agent_id, request::sign_in(extension, mobile), tag).await
    }

    /// Changes the agent's state; `Logout` signs out.
    pub async fn set_state(
        &self,
        who: &Credentials,
        state: AgentState,
        reason: Option<&ReasonId>,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_user(who, &who.agent_id, request::set_state(state, reason), tag).await
    }

    /// Changes the state of a member of a team that the agent supervises. It has no reason: Finesse sets one that says so.
    pub async fn set_member_state(
        &self,
        who: &Credentials,
        member: &AgentId,
        state: AgentState,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_user(who, member, request::set_state(state, None), tag).await
    }

    /// Calls a number from the agent's extension.
    pub async fn make_call(
        &self,
        who: &Credentials,
        from: &Extension,
        to: &DialNumber,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.post_dialog(who, request::make_call(from, to), tag).await
    }

    /// Listens to an agent of a supervised team, unnoticed: `from` is the supervisor's extension, `to` the agent's.
    pub async fn silent_monitor(
        &self,
        who: &Credentials,
        from: &Extension,
        to: &Extension,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.post_dialog(who, request::silent_monitor(from, to), tag).await
    }

    /// Joins the call of the agent who is being monitored; `monitor` is the supervisor's own monitoring call.
    pub async fn barge(
        &self,
        who: &Credentials,
        from: &Extension,
        to: &Extension,
        monitor: &DialogId,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.post_dialog(who, request::barge(from, to, monitor), tag).await
    }

    /// Does something with a call; `target` is the agent's own extension.
    pub async fn act(
        &self,
        who: &Credentials,
        id: &DialogId,
        action: Action,
        target: &Extension,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_dialog(who, id, request::act(action, target), tag).await
    }

    /// Puts the call on hold and calls a number about it, to transfer or confer afterwards.
    pub async fn consult(
        &self,
        who: &Credentials,
        dialog: &DialogId,
        own: &Extension,
        to: &DialNumber,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_dialog(who, dialog, request::consult(own, to), tag).await
    }

    /// Transfers the call to a number without a consultation.
    pub async fn transfer_single_step(
        &self,
        who: &Credentials,
        dialog: &DialogId,
        own: &Extension,
        to: &DialNumber,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_dialog(who, dialog, request::transfer_single_step(own, to), tag).await
    }

    /// Sends tones into the call: digits, `*`, `#`, and on UCCE `A` to `D`. They may be secret and are logged nowhere.
    pub async fn send_dtmf(
        &self,
        who: &Credentials,
        dialog: &DialogId,
        own: &Extension,
        digits: &str,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_dialog(who, dialog, request::send_dtmf(own, digits), tag).await
    }

    /// Drops another party from the call (UCCE).
    pub async fn drop_participant(
        &self,
        who: &Credentials,
        dialog: &DialogId,
        party: &DialNumber,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_dialog(who, dialog, request::drop_participant(party), tag).await
    }

    /// Sets the wrap-up reason (its label), variables, or both.
    pub async fn update_call_data(
        &self,
        who: &Credentials,
        id: &DialogId,
        wrap_up_reason: Option<&str>,
        variables: &[CallVariable],
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.put_dialog(who, id, request::update_call_data(wrap_up_reason, variables), tag).await
    }

    async fn put_user(&self, who: &Credentials, id: &AgentId, body: String, tag: &RequestId) -> Result<(), SendError> {
        self.send(who, Method::PUT, &["User", id.as_str()], body, tag).await
    }

    async fn put_dialog(
        &self,
        who: &Credentials,
        id: &DialogId,
        body: String,
        tag: &RequestId,
    ) -> Result<(), SendError> {
        self.send(who, Method::PUT, &["Dialog", id.as_str()], body, tag).await
    }

    async fn post_dialog(&self, who: &Credentials, body: String, tag: &RequestId) -> Result<(), SendError> {
        self.send(who, Method::POST, &["User", who.agent_id.as_str(), "Dialogs"], body, tag).await
    }
}
