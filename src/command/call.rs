//! Commands of calls.

use super::field::{self, of_dialog};
use crate::model::Error;
use crate::model::id::{DialNumber, DialogId, Extension};
use crate::pb;

/// Most tones in one SendDtmf.
const MAX_DIGITS: usize = 32;

/// Calls a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MakeCall {
    /// The number or extension.
    pub to: DialNumber,
}

impl TryFrom<pb::MakeCallRequest> for MakeCall {
    type Error = Error;

    fn try_from(request: pb::MakeCallRequest) -> Result<Self, Error> {
        Ok(Self { to: request.to.try_into()? })
    }
}

of_dialog! {
    /// Answers a call.
    AnswerCall: AnswerCallRequest;
    /// Puts a call on hold.
    HoldCall: HoldCallRequest;
    /// Takes a call off hold.
    RetrieveCall: RetrieveCallRequest;
    /// Leaves a call.
    ReleaseCall: ReleaseCallRequest;
}

/// Transfers a call without consulting.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TransferSingleStep {
    /// The number or extension.
    pub to: DialNumber,
    /// The call.
    pub dialog_id: DialogId,
}

impl TryFrom<pb::TransferSingleStepRequest> for TransferSingleStep {
    type Error = Error;

    fn try_from(request: pb::TransferSingleStepRequest) -> Result<Self, Error> {
        Ok(Self { to: request.to.try_into()?, dialog_id: request.dialog_id.try_into()? })
    }
}

/// Consults somebody about a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsultCall {
    /// The number or extension.
    pub to: DialNumber,
    /// The call to consult about.
    pub dialog_id: DialogId,
}

impl TryFrom<pb::ConsultCallRequest> for ConsultCall {
    type Error = Error;

    fn try_from(request: pb::ConsultCallRequest) -> Result<Self, Error> {
        Ok(Self { to: request.to.try_into()?, dialog_id: request.dialog_id.try_into()? })
    }
}

/// Completes a transfer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TransferCall {
    /// The main call or the consult.
    pub dialog_id: DialogId,
    /// What the old protocol sends besides; not used.
    pub extension: Option<Extension>,
}

impl TryFrom<pb::TransferCallRequest> for TransferCall {
    type Error = Error;

    fn try_from(request: pb::TransferCallRequest) -> Result<Self, Error> {
        Ok(Self { dialog_id: request.dialog_id.try_into()?, extension: unused(request.extension)? })
    }
}

/// Completes a conference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConferenceCall {
    /// The main call or the consult.
    pub dialog_id: DialogId,
    /// What the old protocol sends besides; not used.
    pub extension: Option<Extension>,
}

impl TryFrom<pb::ConferenceCallRequest> for ConferenceCall {
    type Error = Error;

    fn try_from(request: pb::ConferenceCallRequest) -> Result<Self, Error> {
        Ok(Self { dialog_id: request.dialog_id.try_into()?, extension: unused(request.extension)? })
    }
}

/// Sends tones into a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SendDtmf {
    /// The call.
    pub dialog_id: DialogId,
    /// `0` to `9`, `*`, `#`, `A` to `D` (UCCE).
    pub digits: String,
}

impl TryFrom<pb::SendDtmfRequest> for SendDtmf {
    type Error = Error;

    fn try_from(request: pb::SendDtmfRequest) -> Result<Self, Error> {
        let digits = field::text("digits", request.digits, MAX_DIGITS)?;
        if digits.is_empty() || !digits.chars().all(|c| matches!(c, '0'..='9' | '*' | '#' | 'A'..='D')) {
            return Err(field::invalid("digits are not of 0 to 9, *, #, A to D"));
        }
        Ok(Self { dialog_id: request.dialog_id.try_into()?, digits })
    }
}

fn unused(extension: Option<String>) -> Result<Option<Extension>, Error> {
    Ok(extension.filter(|text| !text.is_empty()).map(Extension::try_from).transpose()?)
}
