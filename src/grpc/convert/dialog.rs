//! Calls.

use super::timestamp;
use crate::model::Text;
use crate::model::dialog::{Dialog, DialogState, Direction, Participant, ParticipantState};
use crate::model::event::{CallKind, DialogView};
use crate::model::id::DialogId;
use crate::pb;

/// A call as one agent sees it.
pub fn dialog(view: &DialogView) -> pb::Dialog {
    let Dialog {
        id,
        state: call_state,
        from_address,
        to_address,
        call_type,
        media_type,
        dnis,
        dialed_number,
        queue_number,
        queue_name,
        associated,
        secondary_id,
        wrap_up_reason,
        variables,
        participants,
    } = &view.dialog;
    let variable = |variable: &crate::model::dialog::CallVariable| pb::CallVariable {
        name: variable.name.to_string(),
        value: variable.value.to_string(),
    };
    pb::Dialog {
        id: id.to_string(),
        state: state(*call_state).into(),
        from_address: from_address.to_string(),
        to_address: to_address.to_string(),
        call_type: call_type.to_string(),
        media_type: media_type.to_string(),
        dnis: dnis.to_string(),
        dialed_number: dialed_number.to_string(),
        queue_number: queue_number.to_string(),
        queue_name: queue_name.to_string(),
        associated_dialog_id: text(associated.as_ref()),
        secondary_dialog_id: text(secondary_id.as_ref()),
        wrap_up_reason: wrap_up_reason.as_ref().map(Text::to_string),
        variables: variables.iter().map(variable).collect(),
        participants: participants.iter().map(participant).collect(),
        own_participant: view.own().map(participant),
        direction: direction(view.direction).into(),
        kind: kind(view.kind).into(),
        consult_of: text(view.consult_of.as_ref()),
        previous_dialog_id: text(view.previous.as_ref()),
        interaction_id: view.interaction_id.to_string(),
        version: view.version,
        barged_in: view.barged_in,
        survivor_dialog_id: text(view.survivor.as_ref()),
        allowed_actions: view.allowed_actions().iter().map(Text::to_string).collect(),
    }
}

/// One party of a call.
pub fn participant(participant: &Participant) -> pb::Participant {
    pb::Participant {
        media_address: participant.media_address.to_string(),
        address_type: participant.address_type.to_string(),
        state: participant_state(participant.state).into(),
        state_cause: participant.state_cause.to_string(),
        start_time: participant.start_time.map(timestamp),
        state_change_time: participant.state_change_time.map(timestamp),
        allowed_actions: participant.actions.iter().map(Text::to_string).collect(),
    }
}

fn text(id: Option<&DialogId>) -> Option<String> {
    id.map(ToString::to_string)
}

fn state(state: DialogState) -> pb::DialogState {
    match state {
        DialogState::Unknown => pb::DialogState::Unknown,
        DialogState::Initiating => pb::DialogState::Initiating,
        DialogState::Initiated => pb::DialogState::Initiated,
        DialogState::Alerting => pb::DialogState::Alerting,
        DialogState::Active => pb::DialogState::Active,
        DialogState::Failed => pb::DialogState::Failed,
        DialogState::Dropped => pb::DialogState::Dropped,
        DialogState::Accepted => pb::DialogState::Accepted,
    }
}

fn participant_state(state: ParticipantState) -> pb::ParticipantState {
    match state {
        ParticipantState::Unknown => pb::ParticipantState::Unknown,
        ParticipantState::Initiating => pb::ParticipantState::Initiating,
        ParticipantState::Initiated => pb::ParticipantState::Initiated,
        ParticipantState::Alerting => pb::ParticipantState::Alerting,
        ParticipantState::Active => pb::ParticipantState::Active,
        ParticipantState::Held => pb::ParticipantState::Held,
        ParticipantState::WrapUp => pb::ParticipantState::WrapUp,
        ParticipantState::Failed => pb::ParticipantState::Failed,
        ParticipantState::Dropped => pb::ParticipantState::Dropped,
        ParticipantState::Accepted => pb::ParticipantState::Accepted,
    }
}

fn direction(direction: Direction) -> pb::Direction {
    match direction {
        Direction::Unknown => pb::Direction::Unspecified,
        Direction::Inbound => pb::Direction::Inbound,
        Direction::Outbound => pb::Direction::Outbound,
    }
}

fn kind(kind: CallKind) -> pb::DialogKind {
    match kind {
        CallKind::Call => pb::DialogKind::Call,
        CallKind::Consult => pb::DialogKind::Consult,
        CallKind::Monitor => pb::DialogKind::Monitor,
    }
}
