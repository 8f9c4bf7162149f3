//! The bodies that Finesse is sent.

use super::client::{Action, Mobile};
use super::xml::Writer;
use crate::model::agent::AgentState;
use crate::model::dialog::CallVariable;
use crate::model::id::{DialNumber, Extension, ReasonId};

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

fn user(content: impl FnOnce(Writer) -> Writer) -> String {
    Writer::new().element("User", content).finish()
}

fn dialog(content: impl FnOnce(Writer) -> Writer) -> String {
    Writer::new().element("Dialog", content).finish()
}
