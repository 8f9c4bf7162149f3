//! What lines say of a call, whatever the encoding.

use super::style::{DialledFromAddress, Ecc, Style};
use crate::model::dialog::{DialogState, Direction, ParticipantState};
use crate::model::event::DialogView;

/// Whether the call is over for the agent, as lines tell it: wrap-up included.
pub fn has_left(view: &DialogView) -> bool {
    view.own().is_some_and(|own| own.state.is_over()) || view.dialog.state == DialogState::Dropped
}

/// Hold and ringing are seen from the agent, all else from the call.
pub fn call_state(view: &DialogView) -> &'static str {
    match view.own().map(|own| own.state) {
        Some(state @ (ParticipantState::Held | ParticipantState::Alerting)) => state.as_str(),
        _ => view.dialog.state.as_str(),
    }
}

/// Finesse gives a call no start of its own: it began when its first party joined.
pub fn start_time(view: &DialogView, style: &Style) -> String {
    style.time(view.dialog.participants.iter().filter_map(|party| party.start_time).min())
}

/// The other party: the caller, or the number dialled (empty until Finesse knows it).
pub fn from_address<'a>(view: &'a DialogView, style: &Style) -> &'a str {
    let dialog = &view.dialog;
    if view.direction != Direction::Outbound || style.dialled_from_address == DialledFromAddress::Finesse {
        return &dialog.from_address;
    }
    if dialog.to_address.is_empty() { &dialog.dialed_number } else { &dialog.to_address }
}

/// Always the ten call variables, then the caller's number, then ECC variables in Finesse's order: names and values.
pub fn call_variables<'a>(view: &'a DialogView, ani: &'a str, style: &Style) -> Vec<(&'a str, &'a str)> {
    const TEN: [&str; 10] = [
        "callVariable1",
        "callVariable2",
        "callVariable3",
        "callVariable4",
        "callVariable5",
        "callVariable6",
        "callVariable7",
        "callVariable8",
        "callVariable9",
        "callVariable10",
    ];
    let mut variables: Vec<(&'a str, &'a str)> =
        TEN.iter().map(|name| (*name, view.dialog.variable(name).unwrap_or_default())).collect();
    variables.push(("ani", ani));
    if style.ecc == Ecc::Append {
        let others = view.dialog.variables.iter().filter(|variable| !TEN.contains(&variable.name.as_str()));
        variables.extend(others.map(|variable| (variable.name.as_str(), variable.value.as_str())));
    }
    variables
}

/// What marks the own participant of a supervisor who has barged in.
pub const BARGED_IN: &str = "SUPERVISOR_BARGE_IN";

/// Whether a participant is the supervisor who has barged in and looks at the call.
pub fn has_barged_in(view: &DialogView, media_address: &str) -> bool {
    view.barged_in && view.extension.as_ref().is_some_and(|own| own.as_str() == media_address)
}
