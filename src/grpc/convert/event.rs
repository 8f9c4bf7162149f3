//! Events and snapshots.

use super::agent::state;
use super::{command_error, dialog, info, member, queue, status, system_status, timestamp};
use crate::model::event::{Change, Event, Origin, Payload, ResetReason, Snapshot, StaleReason};
use crate::pb;

/// One numbered event.
pub fn event(event: &Event) -> pb::Event {
    pb::Event {
        agent_id: event.agent_id.to_string(),
        sequence: event.cursor.sequence.0,
        cursor: event.cursor.to_string(),
        occurred_at: event.occurred_at.map(timestamp),
        received_at: Some(timestamp(event.received_at)),
        origin: origin(event.origin).into(),
        request_id: event.request_id.map(|id| id.to_string()).unwrap_or_default(),
        payload: Some(payload(&event.payload)),
    }
}

/// One consistent cut of a session.
pub fn snapshot(snapshot: &Snapshot) -> pb::Snapshot {
    pb::Snapshot {
        agent_id: snapshot.agent_id.to_string(),
        cursor: snapshot.cursor.to_string(),
        epoch: snapshot.cursor.epoch.0,
        sequence: snapshot.cursor.sequence.0,
        info: Some(info(&snapshot.agent)),
        status: Some(status(&snapshot.agent, snapshot.agent_version)),
        dialogs: snapshot.dialogs.iter().map(|view| dialog(view)).collect(),
        system_status: system_status(snapshot.system).into(),
        stale: snapshot.stale.map(|reason| stale_reason(reason).into()),
    }
}

/// Why a picture may be behind Finesse.
pub fn stale_reason(reason: StaleReason) -> pb::StaleReason {
    match reason {
        StaleReason::LinkLost => pb::StaleReason::LinkLost,
        StaleReason::OutOfService => pb::StaleReason::OutOfService,
        StaleReason::NotificationsElsewhere => pb::StaleReason::NotificationsElsewhere,
        StaleReason::Resyncing => pb::StaleReason::Resyncing,
    }
}

/// Why a cursor could not be continued.
pub fn reset_reason(reason: ResetReason) -> pb::ResetReason {
    match reason {
        ResetReason::CursorTooOld => pb::ResetReason::CursorTooOld,
        ResetReason::CursorUnknown => pb::ResetReason::CursorUnknown,
        ResetReason::EpochChanged => pb::ResetReason::EpochChanged,
    }
}

fn payload(payload: &Payload) -> pb::event::Payload {
    use pb::event::Payload as Wire;
    match payload {
        Payload::SystemStatus(status) => {
            Wire::SystemStatus(pb::SystemStatusChanged { status: system_status(*status).into() })
        }
        Payload::AgentInfo(agent) => Wire::AgentInfo(info(agent)),
        Payload::AgentStateChanged { from, agent, version } => Wire::AgentStateChanged(pb::AgentStateChanged {
            from: state(*from).into(),
            status: Some(status(agent, *version)),
        }),
        Payload::DialogOffered(view) => Wire::DialogOffered(pb::DialogOffered { dialog: Some(dialog(view)) }),
        Payload::DialogChanged { view, changes } => Wire::DialogChanged(pb::DialogChanged {
            dialog: Some(dialog(view)),
            changes: changes.iter().map(|changed| change(*changed).into()).collect(),
        }),
        Payload::DialogEnded { view } => Wire::DialogEnded(pb::DialogEnded { dialog: Some(dialog(view)) }),
        Payload::TeamMemberChanged(changed) => {
            Wire::TeamMemberChanged(pb::TeamMemberChanged { member: Some(member(changed)) })
        }
        Payload::QueueChanged(changed) => Wire::QueueChanged(pb::QueueChanged { queue: Some(queue(changed)) }),
        Payload::CommandCompleted { command } => {
            Wire::CommandCompleted(pb::CommandCompleted { command: (*command).to_owned() })
        }
        Payload::CommandFailed { command, error } => {
            Wire::CommandFailed(pb::CommandFailed { command: (*command).to_owned(), error: Some(command_error(error)) })
        }
    }
}

fn origin(origin: Origin) -> pb::Origin {
    match origin {
        Origin::Live => pb::Origin::Live,
        Origin::Reconciled => pb::Origin::Reconciled,
    }
}

fn change(change: Change) -> pb::DialogChange {
    match change {
        Change::Created => pb::DialogChange::Created,
        Change::State => pb::DialogChange::State,
        Change::Participants => pb::DialogChange::Participants,
        Change::Variables => pb::DialogChange::Variables,
        Change::WrapUpReason => pb::DialogChange::WrapUpReason,
        Change::Actions => pb::DialogChange::Actions,
        Change::Kind => pb::DialogChange::Kind,
        Change::Other => pb::DialogChange::Other,
    }
}
