//! The bodies that Finesse is sent.

use super::client::{Action, Mobile};
use super::xml::Writer;
use crate::model::agent::AgentState;
use crate::model::dialog::CallVariable;
use crate::model::id::{DialNumber, DialogId, Extension, ReasonId};

/// Sign in on an extension, as a mobile agent where `mobile` says so (UCCE).
pub(super) fn sign_in(extension: &Extension, mobile: Option<&Mobile>) -> String {
    user(|w| {
        let w = w.text("state", "LOGIN").text("extension", extension.as_str());
        match mobile {
            Some(mobile) => w.element("mobileAgent", |w| {
                w.text("mode", mobile.mode.as_str()).text("dialNumber", mobile.dial_number.as_str())
            }),
            None => w,
        }
    })
}

/// Change state, or sign out.
pub(super) fn set_state(state: AgentState, reason: Option<&ReasonId>) -> String {
    user(|w| {
        let w = w.text("state", state.as_str());
        match reason {
            Some(reason) => w.text("reasonCodeId", reason.as_str()),
            None => w,
        }
    })
}

/// Call a number.
pub(super) fn make_call(from: &Extension, to: &DialNumber) -> String {
    dialog(|w| w.text("requestedAction", "MAKE_CALL").text("fromAddress", from.as_str()).text("toAddress", to.as_str()))
}

/// One of the actions that need nothing but the own extension.
pub(super) fn act(action: Action, target: &Extension) -> String {
    dialog(|w| w.text("targetMediaAddress", target.as_str()).text("requestedAction", action.as_str()))
}

/// Call a number about a call.
pub(super) fn consult(own: &Extension, to: &DialNumber) -> String {
    dialog(|w| to_number(w, "CONSULT_CALL", own, to))
}

/// Transfer a call to a number without consultation.
pub(super) fn transfer_single_step(own: &Extension, to: &DialNumber) -> String {
    dialog(|w| to_number(w, "TRANSFER_SST", own, to))
}

/// Send tones into a call.
pub(super) fn send_dtmf(own: &Extension, digits: &str) -> String {
    dialog(|w| {
        w.text("requestedAction", "SEND_DTMF").text("targetMediaAddress", own.as_str()).element("actionParams", |w| {
            w.element("ActionParam", |w| w.text("name", "dtmfString").text("value", digits))
        })
    })
}

/// Drop a party, who is the target here.
pub(super) fn drop_participant(party: &DialNumber) -> String {
    dialog(|w| w.text("requestedAction", "PARTICIPANT_DROP").text("targetMediaAddress", party.as_str()))
}

/// Listen to an agent.
pub(super) fn silent_monitor(from: &Extension, to: &Extension) -> String {
    dialog(|w| supervise(w, "SILENT_MONITOR", from, to))
}

/// Join the call of the agent who is being listened to.
pub(super) fn barge(from: &Extension, to: &Extension, monitor: &DialogId) -> String {
    let uri = format!("/finesse/api/Dialog/{monitor}");
    dialog(|w| supervise(w, "BARGE_CALL", from, to).text("associatedDialogUri", &uri))
}

/// Set the wrap-up reason (its label), variables, or both.
pub(super) fn update_call_data(wrap_up_reason: Option<&str>, variables: &[CallVariable]) -> String {
    let variable =
        |w: Writer, v: &CallVariable| w.element("CallVariable", |w| w.text("name", &v.name).text("value", &v.value));
    dialog(|w| {
        w.text("requestedAction", "UPDATE_CALL_DATA").element("mediaProperties", |w| {
            let w = match wrap_up_reason {
                Some(label) => w.text("wrapUpReason", label),
                None => w,
            };
            if variables.is_empty() { w } else { w.element("callvariables", |w| variables.iter().fold(w, variable)) }
        })
    })
}

fn to_number(w: Writer, action: &str, own: &Extension, to: &DialNumber) -> Writer {
    w.text("requestedAction", action).text("toAddress", to.as_str()).text("targetMediaAddress", own.as_str())
}

fn supervise(w: Writer, action: &str, from: &Extension, to: &Extension) -> Writer {
    w.text("requestedAction", action).text("fromAddress", from.as_str()).text("toAddress", to.as_str())
}

fn user(content: impl FnOnce(Writer) -> Writer) -> String {
    Writer::new().element("User", content).finish()
}

fn dialog(content: impl FnOnce(Writer) -> Writer) -> String {
    Writer::new().element("Dialog", content).finish()
}
