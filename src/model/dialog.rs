//! Calls: a dialog, its participants and its data, as Finesse's Dialog object describes them.

use std::fmt;

use super::id::{DialogId, Extension};
use super::{Text, Timestamp};

/// The state of a dialog (`Dialog/state`). Hold is no state of a dialog but of a participant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DialogState {
    /// Finesse reports none, or one this build does not know.
    #[default]
    Unknown,
    /// Off-hook.
    Initiating,
    /// Dialling.
    Initiated,
    /// Ringing at a device.
    Alerting,
    /// At least one participant is active.
    Active,
    /// It could not be set up.
    Failed,
    /// No participant is active any more.
    Dropped,
    /// An outbound preview call that was accepted.
    Accepted,
}

impl DialogState {
    const NAMES: [(Self, &'static str); 8] = [
        (Self::Unknown, "UNKNOWN"),
        (Self::Initiating, "INITIATING"),
        (Self::Initiated, "INITIATED"),
        (Self::Alerting, "ALERTING"),
        (Self::Active, "ACTIVE"),
        (Self::Failed, "FAILED"),
        (Self::Dropped, "DROPPED"),
        (Self::Accepted, "ACCEPTED"),
    ];

    /// Finesse's name.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(state, _)| *state == self).map_or("UNKNOWN", |(_, name)| name)
    }

    /// Reads Finesse's name whatever its case; what is unknown is [`DialogState::Unknown`].
    pub fn from_name(name: &str) -> Self {
        Self::NAMES.iter().find(|(_, n)| n.eq_ignore_ascii_case(name)).map_or(Self::Unknown, |(state, _)| *state)
    }
}

impl fmt::Display for DialogState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The state of one participant (`Participant/state`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ParticipantState {
    /// Finesse reports none, or one this build does not know.
    #[default]
    Unknown,
    /// Off-hook.
    Initiating,
    /// Dialling.
    Initiated,
    /// Ringing.
    Alerting,
    /// Talking.
    Active,
    /// On hold.
    Held,
    /// Wrapping up: the call is over, its data may still be changed.
    WrapUp,
    /// Could not be reached.
    Failed,
    /// Gone.
    Dropped,
    /// Accepted an outbound preview call.
    Accepted,
}

impl ParticipantState {
    const NAMES: [(Self, &'static str); 10] = [
        (Self::Unknown, "UNKNOWN"),
        (Self::Initiating, "INITIATING"),
        (Self::Initiated, "INITIATED"),
        (Self::Alerting, "ALERTING"),
        (Self::Active, "ACTIVE"),
        (Self::Held, "HELD"),
        (Self::WrapUp, "WRAP_UP"),
        (Self::Failed, "FAILED"),
        (Self::Dropped, "DROPPED"),
        (Self::Accepted, "ACCEPTED"),
    ];

    /// Finesse's name.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(state, _)| *state == self).map_or("UNKNOWN", |(_, name)| name)
    }

    /// Reads Finesse's name whatever its case; what is unknown is [`ParticipantState::Unknown`].
    pub fn from_name(name: &str) -> Self {
        Self::NAMES.iter().find(|(_, n)| n.eq_ignore_ascii_case(name)).map_or(Self::Unknown, |(state, _)| *state)
    }

    /// Whether the participant has left the call (wrap-up included).
    pub fn is_over(self) -> bool {
        matches!(self, Self::WrapUp | Self::Dropped)
    }
}

impl fmt::Display for ParticipantState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which way a call runs, seen from the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It can't be told.
    #[default]
    Unknown,
    /// The agent was called.
    Inbound,
    /// The agent called.
    Outbound,
}

/// One party of a dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Participant {
    /// Extension or number (`mediaAddress`).
    pub media_address: Text,
    /// `AGENT_DEVICE` for an agent's phone, empty for others (`mediaAddressType`).
    pub address_type: Text,
    /// Its state.
    pub state: ParticipantState,
    /// Why it failed: `BUSY`, `BAD_DESTINATION`, `OTHER`, …; empty otherwise.
    pub state_cause: Text,
    /// When it joined.
    pub start_time: Option<Timestamp>,
    /// When it entered its state.
    pub state_change_time: Option<Timestamp>,
    /// What it may do now, in Finesse's names, in Finesse's order; reliable for agents only.
    pub actions: Vec<Text>,
}

/// A named value that travels with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallVariable {
    /// `callVariable1` to `callVariable10`, or an ECC name such as `user.ticket`.
    pub name: Text,
    /// Its value, possibly empty.
    pub value: Text,
}

/// A call (voice dialog).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialog {
    /// Finesse's id.
    pub id: DialogId,
    /// State of the whole call.
    pub state: DialogState,
    /// The original caller.
    pub from_address: Text,
    /// The number that was dialled; empty while INITIATING.
    pub to_address: Text,
    /// Finesse's call type, for example `PREROUTE_ACD_IN` or `OUT`; may be empty.
    pub call_type: Text,
    /// `Voice` for calls.
    pub media_type: Text,
    /// The number the call came in on (`DNIS`).
    pub dnis: Text,
    /// The dialled number (`dialedNumber`).
    pub dialed_number: Text,
    /// Queue number and name, where Finesse gives them.
    pub queue_number: Text,
    /// The queue's name.
    pub queue_name: Text,
    /// The related dialog (`associatedDialogUri`): on a consult, the call it was made for.
    pub associated: Option<DialogId>,
    /// The call that this one absorbed (`secondaryId`).
    pub secondary_id: Option<DialogId>,
    /// The wrap-up reason chosen; none until set.
    pub wrap_up_reason: Option<Text>,
    /// The call's data, in Finesse's order.
    pub variables: Vec<CallVariable>,
    /// The parties, in Finesse's order.
    pub participants: Vec<Participant>,
}

impl Dialog {
    /// The participant at an extension.
    pub fn participant(&self, extension: &Extension) -> Option<&Participant> {
        self.participants.iter().find(|p| p.media_address == extension.as_str())
    }

    /// The value of a variable.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|v| v.name == name).map(|v| v.value.as_str())
    }

    /// The latest change of any participant: Finesse gives a dialog no time of its own.
    pub fn changed_at(&self) -> Option<Timestamp> {
        self.participants.iter().filter_map(|p| p.state_change_time).max()
    }

    /// Which way the call runs for the agent at `extension`.
    pub fn direction(&self, extension: &Extension) -> Direction {
        if self.from_address == extension.as_str() {
            Direction::Outbound
        } else if self.participant(extension).is_some() {
            Direction::Inbound
        } else {
            Direction::Unknown
        }
    }
}
