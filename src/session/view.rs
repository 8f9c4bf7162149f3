//! A call as one agent sees it: what kind it is, what changed in it, and what must stay hidden. Sans-IO.

use std::sync::Arc;

use crate::model::dialog::Dialog;
use crate::model::event::{CallKind, Change, DialogView};
use crate::model::id::{DialogId, Extension};

/// Whether an agent must not see a call: silent monitoring stays silent.
///
/// A `SUPERVISOR_MONITOR` dialog is shown only to the supervisor whose extension started it; a `BARGE_IN_CONSULT` leg to
/// nobody.
pub fn is_hidden(dialog: &Dialog, own: Option<&Extension>) -> bool {
    match dialog.call_type.as_str() {
        "SUPERVISOR_MONITOR" => own.is_none_or(|own| own.as_str() != dialog.from_address),
        "BARGE_IN_CONSULT" => true,
        _ => false,
    }
}

/// The view of a call that was not known before.
pub fn first(dialog: Dialog, extension: Option<Extension>, others: &[Arc<DialogView>]) -> DialogView {
    let kind = kind(&dialog, extension.as_ref());
    let consult_of = consult_of(kind, &dialog);
    let linked = consult_of.as_ref().and_then(|id| others.iter().find(|view| view.dialog.id == *id));
    let interaction_id = linked.map_or_else(|| dialog.id.as_str().into(), |view| view.interaction_id.clone());
    DialogView {
        direction: extension.as_ref().map(|own| dialog.direction(own)).unwrap_or_default(),
        kind,
        consult_of,
        previous: dialog.secondary_id.clone(),
        survivor: None,
        interaction_id,
        version: 1,
        extension,
        dialog,
    }
}

/// The view of a known call after a change.
pub fn next(known: &DialogView, dialog: Dialog, extension: Option<Extension>) -> DialogView {
    let kind = kind(&dialog, extension.as_ref());
    DialogView {
        direction: extension.as_ref().map(|own| dialog.direction(own)).unwrap_or_default(),
        kind,
        consult_of: consult_of(kind, &dialog),
        previous: dialog.secondary_id.clone().or_else(|| known.previous.clone()),
        survivor: None,
        interaction_id: known.interaction_id.clone(),
        version: known.version + 1,
        extension,
        dialog,
    }
}

/// UCCX says `CONSULT`; UCCE says `CONSULT`, or an ordinary type with the link to the call it was made for.
fn kind(dialog: &Dialog, own: Option<&Extension>) -> CallKind {
    let by_agent = own.is_some_and(|own| own.as_str() == dialog.from_address);
    match dialog.call_type.as_str() {
        "SUPERVISOR_MONITOR" => CallKind::Monitor,
        "CONSULT" if by_agent => CallKind::Consult,
        "OUT" | "AGENT_INSIDE" if by_agent && dialog.associated.is_some() => CallKind::Consult,
        _ => CallKind::Call,
    }
}

fn consult_of(kind: CallKind, dialog: &Dialog) -> Option<DialogId> {
    if kind == CallKind::Consult { dialog.associated.clone() } else { None }
}

/// What differs between two Dialog objects of one call; empty when nothing does.
pub fn changes(old: &Dialog, new: &Dialog) -> Vec<Change> {
    let mut changes = Vec::new();
    if old == new {
        return changes;
    }
    if old.state != new.state {
        changes.push(Change::State);
    }
    let party = |dialog: &Dialog| {
        let parties = dialog.participants.iter();
        parties.map(|p| (p.media_address.clone(), p.state, p.state_cause.clone(), p.start_time)).collect::<Vec<_>>()
    };
    if party(old) != party(new) {
        changes.push(Change::Participants);
    }
    let actions = |dialog: &Dialog| dialog.participants.iter().map(|p| p.actions.clone()).collect::<Vec<_>>();
    if actions(old) != actions(new) {
        changes.push(Change::Actions);
    }
    if old.variables != new.variables {
        changes.push(Change::Variables);
    }
    if old.wrap_up_reason != new.wrap_up_reason {
        changes.push(Change::WrapUpReason);
    }
    if changes.is_empty() {
        changes.push(Change::Other);
    }
    changes
}
