//! One type per command of the catalogue, parsed and validated once for every door.
//!
//! The protos are the catalogue: from their options `build.rs` derives [`Command`], the verbs of the old text protocol
//! and the table of RPCs (see [`catalogue`]). By hand, per area, stand the commands' fields, made of `model` types,
//! with a `TryFrom` from the wire's request: the only validation, through which every door passes. A typed door calls
//! [`Request::try_from`] with the message it received, the legacy door [`catalogue::parse`] with text; both get the
//! same [`Command`].

pub mod agent;
pub mod call;
pub mod catalogue;
pub mod dialog;
mod field;
pub mod phonebook;
pub mod reason;
pub mod supervisor;
pub mod system;
#[cfg(test)]
mod tests;

pub use catalogue::Command;

use crate::model::Error;
use crate::model::id::{DialogId, Epoch, RequestId};
use crate::pb;

/// A command, and how it is to be run.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What to do.
    pub command: Command,
    /// How; the default for commands that change nothing.
    pub options: Options,
}

impl Command {
    /// The call that it names; none for commands that name none.
    pub fn dialog_id(&self) -> Option<&DialogId> {
        match self {
            Self::AnswerCall(call::AnswerCall { dialog_id })
            | Self::HoldCall(call::HoldCall { dialog_id })
            | Self::RetrieveCall(call::RetrieveCall { dialog_id })
            | Self::ReleaseCall(call::ReleaseCall { dialog_id })
            | Self::ConsultCall(call::ConsultCall { dialog_id, .. })
            | Self::TransferCall(call::TransferCall { dialog_id, .. })
            | Self::ConferenceCall(call::ConferenceCall { dialog_id, .. })
            | Self::TransferSingleStep(call::TransferSingleStep { dialog_id, .. })
            | Self::SendDtmf(call::SendDtmf { dialog_id, .. })
            | Self::GetDialogState(dialog::GetDialogState { dialog_id })
            | Self::GetDialogStateControls(dialog::GetDialogStateControls { dialog_id })
            | Self::GetDialogParticipants(dialog::GetDialogParticipants { dialog_id })
            | Self::WrapUp(dialog::WrapUp { dialog_id, .. })
            | Self::UpdateCallVariable(dialog::UpdateCallVariable { dialog_id, .. })
            | Self::EndSilentMonitor(supervisor::EndSilentMonitor { dialog_id })
            | Self::BargeIn(supervisor::BargeIn { dialog_id, .. })
            | Self::DropParticipant(supervisor::DropParticipant { dialog_id, .. }) => Some(dialog_id),
            _ => None,
        }
    }
}

/// How a changing command is to be run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Makes a retry safe; none: every call is a new command.
    pub request_id: Option<RequestId>,
    /// The session that the command is meant for; none: whichever there is.
    pub epoch: Option<Epoch>,
    /// The version of the agent or call that the command is meant for; none: whichever there is.
    pub expected_version: Option<u64>,
    /// What to wait for.
    pub wait: Wait,
}

/// What a command's reply waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Wait {
    /// The outcome.
    #[default]
    Outcome,
    /// Finesse's acceptance.
    Accepted,
}

impl TryFrom<pb::CommandOptions> for Options {
    type Error = Error;

    fn try_from(options: pb::CommandOptions) -> Result<Self, Error> {
        let request_id = match options.request_id.as_str() {
            "" => None,
            text => Some(text.parse()?),
        };
        let wait = match pb::Wait::try_from(options.wait) {
            Ok(pb::Wait::Unspecified | pb::Wait::Outcome) => Wait::Outcome,
            Ok(pb::Wait::Accepted) => Wait::Accepted,
            Err(_) => return Err(field::invalid("wait is not one of its values")),
        };
        Ok(Self { request_id, epoch: options.epoch.map(Epoch), expected_version: options.expected_version, wait })
    }
}
