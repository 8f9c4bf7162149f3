//! What a session tells its subscribers: numbered events and the snapshot they build on.

use std::sync::Arc;

use super::agent::{Agent, AgentState};
use super::dialog::{Dialog, Direction, Participant};
use super::error::Error;
use super::id::{AgentId, Cursor, DialogId, Extension, RequestId};
use super::queue::Queue;
use super::system::SystemStatus;
use super::team::TeamMember;
use super::{Text, Timestamp};

/// Where an event came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A notification of Finesse said it.
    Live,
    /// A read of Finesse's REST API found it, after notifications were missed.
    Reconciled,
}

/// One numbered event of one agent's session. Its content never depends on who reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The session's owner.
    pub agent_id: AgentId,
    /// Epoch and number; the number rises by one from event to event.
    pub cursor: Cursor,
    /// When it happened, by Finesse's clock; none where Finesse gives no time.
    pub occurred_at: Option<Timestamp>,
    /// When this service learned of it.
    pub received_at: Timestamp,
    /// Notification or re-read.
    pub origin: Origin,
    /// The command that caused it, where that is known.
    pub request_id: Option<RequestId>,
    /// What happened.
    pub payload: Payload,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Finesse went in or out of service.
    SystemStatus(SystemStatus),
    /// The agent's profile became known or changed (names, teams, role, wrap-up settings).
    AgentInfo(Arc<Agent>),
    /// The agent's state, pending state, reason or extension changed.
    AgentStateChanged {
        /// The state before.
        from: AgentState,
        /// The agent after.
        agent: Arc<Agent>,
        /// Its version after, which rises by one at each change.
        version: u64,
    },
    /// A call was first seen ringing at the agent.
    DialogOffered(Arc<DialogView>),
    /// A call appeared in another state than ringing, or changed.
    DialogChanged {
        /// The whole call after the change.
        view: Arc<DialogView>,
        /// What changed.
        changes: Vec<Change>,
    },
    /// A call left the agent: no event of it follows.
    DialogEnded {
        /// The call as it was last known.
        view: Arc<DialogView>,
    },
    /// A member of a subscribed team changed.
    TeamMemberChanged(Arc<TeamMember>),
    /// A subscribed queue's figures changed.
    QueueChanged(Arc<Queue>),
    /// A command whose outcome was unknown turned out to be done.
    CommandCompleted {
        /// The RPC's name, for example `HoldCall`.
        command: &'static str,
    },
    /// A command that had been accepted failed later.
    CommandFailed {
        /// The RPC's name.
        command: &'static str,
        /// Why.
        error: Error,
    },
}

/// What changed in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// It was not known before.
    Created,
    /// The dialog's state.
    State,
    /// A participant's state, or who takes part.
    Participants,
    /// Call variables.
    Variables,
    /// The wrap-up reason.
    WrapUpReason,
    /// What the agent may do.
    Actions,
    /// What it is to the agent: a consult became an ordinary call.
    Kind,
    /// Anything else: addresses, call type, links.
    Other,
}

/// What a call is to the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CallKind {
    /// An ordinary call.
    #[default]
    Call,
    /// A consult that this agent made.
    Consult,
    /// A silent monitoring that this supervisor runs.
    Monitor,
}

/// A call as one agent sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct DialogView {
    /// The call.
    pub dialog: Dialog,
    /// The agent's extension, by which the own participant is found.
    pub extension: Option<Extension>,
    /// Which way it runs.
    pub direction: Direction,
    /// What it is to the agent.
    pub kind: CallKind,
    /// For a consult, the call it was made for.
    pub consult_of: Option<DialogId>,
    /// For the survivor of a transfer, the call it came from.
    pub previous: Option<DialogId>,
    /// Where the call goes on without the agent after a transfer or a conference; known once the own leg is over.
    pub survivor: Option<DialogId>,
    /// Whether the agent, a supervisor, joined it by a barge-in.
    pub barged_in: bool,
    /// Our own id of the customer's contact, the same across consult, transfer and conference.
    pub interaction_id: Arc<str>,
    /// Rises by one at each change of this call.
    pub version: u64,
}

impl DialogView {
    /// The agent's own participant.
    pub fn own(&self) -> Option<&Participant> {
        self.extension.as_ref().and_then(|extension| self.dialog.participant(extension))
    }

    /// What the agent may do with the call now, in Finesse's names and order.
    pub fn allowed_actions(&self) -> &[Text] {
        self.own().map_or(&[], |own| own.actions.as_slice())
    }
}

/// One consistent cut of a session: events after its cursor continue it.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The session's owner.
    pub agent_id: AgentId,
    /// The last event that is part of it.
    pub cursor: Cursor,
    /// The agent.
    pub agent: Arc<Agent>,
    /// The agent's version.
    pub agent_version: u64,
    /// The open calls, oldest first.
    pub dialogs: Vec<Arc<DialogView>>,
    /// Whether Finesse can be used.
    pub system: SystemStatus,
    /// Set while the picture may be behind Finesse.
    pub stale: Option<StaleReason>,
}

/// Why a session's picture may be behind Finesse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaleReason {
    /// The notification link is down.
    LinkLost,
    /// Finesse is out of service.
    OutOfService,
    /// Another client of the same agent takes the notifications; the session polls.
    NotificationsElsewhere,
    /// A re-read is under way.
    Resyncing,
}

/// Why a cursor could not be continued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResetReason {
    /// The journal no longer holds the events after it.
    CursorTooOld,
    /// It was never given out for this agent.
    CursorUnknown,
    /// It belongs to an earlier session.
    EpochChanged,
}
