//! The lines of calls.

use super::call_id;
use super::tokens::{Line, Place};
use crate::bridge::calls::{BARGED_IN, call_state, call_variables, from_address, has_barged_in, has_left, start_time};
use crate::bridge::style::Style;
use crate::model::dialog::DialogState;
use crate::model::event::{CallKind, DialogView};
use crate::model::id::DialogId;

/// What stands where Finesse gives no type of an address.
const NO_TYPE: &str = "NULL";
/// The call type of a silent monitoring.
const MONITORING: &str = "SM";

/// `NewInboundCall`: a call rings at the agent.
pub(super) fn new_inbound_call<'a>(line: Line<'a>, view: &DialogView, style: &Style) -> Line<'a> {
    let from = from_address(view, style);
    call_id(variables(line.token(from), view, from, style), &view.dialog.id)
}

/// `InboundCall`, or `ConsultCall` to the agent whose consult it is: a call as it is now.
pub(super) fn call<'a>(agent_id: &str, view: &DialogView, style: &'a Style) -> Line<'a> {
    match (has_left(view), view.kind) {
        (true, _) => left(agent_id, view, style),
        (false, CallKind::Consult) => consult(agent_id, call_state(view), &view.dialog.id, other_party(view), style),
        (false, CallKind::Call | CallKind::Monitor) => inbound_call(agent_id, view, style),
    }
}

/// The short form for a call that the agent has left.
pub(super) fn left<'a>(agent_id: &str, view: &DialogView, style: &'a Style) -> Line<'a> {
    dropped(agent_id, &view.dialog.id, view.kind, consulted(view), style)
}

/// The short form of `InboundCall`, and `ConsultCall` with all that it has: the agent has left the call.
pub(super) fn dropped<'a>(
    agent_id: &str,
    id: &DialogId,
    kind: CallKind,
    other_party: &str,
    style: &'a Style,
) -> Line<'a> {
    let state = DialogState::Dropped.as_str();
    if kind == CallKind::Consult {
        return consult(agent_id, state, id, other_party, style);
    }
    call_id(Line::new(agent_id, "InboundCall", &style.text).word(state), id)
}

/// The token of the participants.
pub(super) fn participants<'a>(line: Line<'a>, view: &DialogView) -> Line<'a> {
    let style = line.style;
    line.labelled_list(&style.labels.participants, '|', &view.dialog.participants, |line, party| {
        line.value(Place::Labelled, &party.media_address);
        line.raw(",");
        line.raw(party.state.as_str());
        line.raw(",");
        line.value(Place::Labelled, if party.address_type.is_empty() { NO_TYPE } else { &party.address_type });
        if has_barged_in(view, &party.media_address) {
            line.raw(",");
            line.raw(BARGED_IN);
        }
    })
}

fn inbound_call<'a>(agent_id: &str, view: &DialogView, style: &'a Style) -> Line<'a> {
    let (from, labels) = (from_address(view, style), &style.text.labels);
    let line = Line::new(agent_id, "InboundCall", &style.text).word(call_state(view));
    let line = call_id(line, &view.dialog.id).token(cause(view).unwrap_or(from));
    let line = variables(line, view, from, style)
        .word(&start_time(view, style))
        .labelled(&labels.call_type, call_type(view))
        .labelled(&labels.prev_dialog_id, view.previous.as_ref().map_or("", DialogId::as_str));
    participants(line, view)
}

fn consult<'a>(agent_id: &str, state: &str, id: &DialogId, other_party: &str, style: &'a Style) -> Line<'a> {
    let line = Line::new(agent_id, "ConsultCall", &style.text).word(state);
    line.labelled(&style.text.labels.consult_id, id.as_str()).token(other_party)
}

fn variables<'a>(line: Line<'a>, view: &DialogView, ani: &str, style: &Style) -> Line<'a> {
    line.list('|', call_variables(view, ani, style), |line, (name, value)| {
        line.value(Place::Name, name);
        line.raw("=");
        line.value(Place::Open, value);
    })
}

/// Finesse's call type; that of a silent monitoring is for the supervisor who monitors, and for nobody else.
fn call_type(view: &DialogView) -> &str {
    match (view.kind, view.dialog.call_type.as_str()) {
        (CallKind::Monitor, _) => MONITORING,
        (_, MONITORING) => "",
        (_, other) => other,
    }
}

fn other_party(view: &DialogView) -> &str {
    cause(view).unwrap_or_else(|| consulted(view))
}

/// Whom the agent consults.
fn consulted(view: &DialogView) -> &str {
    let dialog = &view.dialog;
    if dialog.to_address.is_empty() { &dialog.dialed_number } else { &dialog.to_address }
}

/// Why a call failed, in Finesse's word, which takes the place of the other party: the agent's own cause, else the first
/// that a participant has. None if the call has not failed, or Finesse does not say why.
fn cause(view: &DialogView) -> Option<&str> {
    let parties = view.own().into_iter().chain(&view.dialog.participants);
    let mut causes = parties.map(|party| party.state_cause.as_str());
    if view.dialog.state == DialogState::Failed { causes.find(|cause| !cause.is_empty()) } else { None }
}
