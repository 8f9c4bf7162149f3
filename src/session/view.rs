//! A call as one agent sees it: what kind it is, what changed in it, where it goes on, and what must stay hidden. Sans-IO.

use std::collections::VecDeque;
use std::sync::Arc;

use super::interactions::Interactions;
use crate::model::dialog::{Dialog, DialogState, ParticipantState};
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

/// What a view is made of beside the call itself.
#[derive(Debug)]
pub struct Around<'a> {
    /// The extension the agent is signed in on.
    pub extension: Option<&'a Extension>,
    /// The agent's other calls.
    pub others: &'a [Arc<DialogView>],
    /// The agent's calls that ended a moment ago.
    pub ended: &'a VecDeque<Arc<DialogView>>,
    /// The call that a consult was asked for and has not appeared yet.
    pub consulting: Option<&'a DialogId>,
    /// Which calls belong together.
    pub links: &'a Interactions,
}

/// The view of a call that was not known before.
pub fn first(dialog: Dialog, around: &Around<'_>) -> DialogView {
    let own = around.extension;
    let dials = own.is_some_and(|own| own.as_str() == dialog.from_address);
    let ordinary = !matches!(dialog.call_type.as_str(), "SUPERVISOR_MONITOR" | "TRANSFER" | "CONFERENCE");
    let asked = around.consulting.filter(|_| dials && ordinary);
    let kind = if asked.is_some() { CallKind::Consult } else { kind(&dialog, own) };
    let consult_of = match kind {
        CallKind::Consult => {
            let named = asked.or(dialog.associated.as_ref());
            named.cloned().or_else(|| held(around.others))
        }
        CallKind::Call | CallKind::Monitor => None,
    };
    let interaction_id = match &consult_of {
        Some(main) => around.links.pair(&dialog.id, main),
        None => {
            // A single-step transfer dials a leg of its own, which belongs to the call that it holds.
            let transferred = held(around.others).filter(|_| dials && dialog.call_type == "TRANSFER");
            let links = [dialog.associated.as_ref(), dialog.secondary_id.as_ref(), transferred.as_ref()];
            around.links.of(&dialog.id, &links)
        }
    };
    DialogView {
        direction: own.map(|own| dialog.direction(own)).unwrap_or_default(),
        kind,
        consult_of,
        previous: previous(&dialog, around),
        survivor: None,
        barged_in: barged_in(&dialog, around),
        interaction_id,
        version: 1,
        extension: own.cloned(),
        dialog,
    }
}

/// The id under which the agent knew a call that survived: that of the call it absorbed, unless that was no call of the
/// agent's, or a consult that the agent made.
fn previous(dialog: &Dialog, around: &Around<'_>) -> Option<DialogId> {
    let absorbed = dialog.secondary_id.as_ref()?;
    let mut calls = around.others.iter().chain(around.ended);
    let known = calls.any(|view| view.dialog.id == *absorbed && view.kind == CallKind::Call);
    known.then(|| absorbed.clone())
}

/// A conference that appears where a monitoring of one of its parties has just ended was joined by a barge-in: Finesse
/// has no other sign of it.
fn barged_in(dialog: &Dialog, around: &Around<'_>) -> bool {
    let monitored = |view: &Arc<DialogView>| {
        let party = |party: &crate::model::dialog::Participant| party.media_address == view.dialog.to_address;
        view.kind == CallKind::Monitor && dialog.participants.iter().any(party)
    };
    dialog.call_type == "CONFERENCE" && around.others.iter().chain(around.ended).any(monitored)
}

/// The call that the agent consults about, where neither Finesse nor a command says it: the one on hold.
fn held(others: &[Arc<DialogView>]) -> Option<DialogId> {
    let held = |view: &&Arc<DialogView>| view.own().is_some_and(|own| own.state == ParticipantState::Held);
    others.iter().rev().find(held).map(|view| view.dialog.id.clone())
}

/// The view of a known call after a change; `ended`: Finesse took the call away from the agent.
pub fn next(known: &DialogView, dialog: Dialog, around: &Around<'_>, ended: bool) -> DialogView {
    let own = around.extension;
    let kind = match dialog.call_type.as_str() {
        "TRANSFER" | "CONFERENCE" => CallKind::Call,
        _ if known.kind == CallKind::Consult => CallKind::Consult,
        _ => kind(&dialog, own),
    };
    let named = known.consult_of.clone().or_else(|| dialog.associated.clone());
    DialogView {
        direction: own.map(|own| dialog.direction(own)).unwrap_or_default(),
        kind,
        consult_of: named.filter(|_| kind == CallKind::Consult),
        previous: previous(&dialog, around).or_else(|| known.previous.clone()),
        survivor: survivor(known, &dialog, around, ended),
        barged_in: known.barged_in,
        interaction_id: around.links.now(&dialog.id).unwrap_or_else(|| known.interaction_id.clone()),
        version: known.version + 1,
        extension: own.cloned(),
        dialog,
    }
}

/// Where a call goes on that the agent has left by a transfer, or that was joined to another.
///
/// Finesse says neither. A call whose own leg is over while two others are in it, or that is taken away while somebody
/// who spoke is left, was transferred; one whose legs all dropped for the cause `OTHER` was joined to its partner.
/// Whoever leaves a conference has transferred nothing.
fn survivor(known: &DialogView, dialog: &Dialog, around: &Around<'_>, ended: bool) -> Option<DialogId> {
    use ParticipantState as P;
    let own = around.extension.and_then(|own| dialog.participant(own));
    let conference = [dialog, &known.dialog].iter().any(|dialog| dialog.call_type == "CONFERENCE");
    let over = own.is_none_or(|own| own.state.is_over());
    if !over || known.kind == CallKind::Monitor {
        return None;
    }
    let own_address = around.extension.map(Extension::as_str);
    let others = dialog.participants.iter().filter(|party| Some(party.media_address.as_str()) != own_address);
    let open = |state| matches!(state, P::Initiating | P::Initiated | P::Alerting | P::Active | P::Held);
    let others = others.filter(|party| open(party.state)).count();
    let spoke = known.own().is_some_and(|own| matches!(own.state, P::Active | P::Held));
    let queued = known.dialog.state == DialogState::Active && dialog.state == DialogState::Initiated;
    let transferred = others >= 2 || (others >= 1 && spoke && (ended || queued));
    let joined = others == 0 && own.is_some_and(|own| own.state_cause == "OTHER");
    if transferred && !conference {
        Some(dialog.id.clone())
    } else if joined {
        let partner = dialog.associated.clone().or_else(|| around.links.partner(&dialog.id));
        partner.or_else(|| known.consult_of.clone())
    } else {
        known.survivor.clone()
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
