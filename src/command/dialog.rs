//! Questions about calls, and their data.

use super::field::{self, of_dialog};
use crate::model::Error;
use crate::model::id::DialogId;
use crate::pb;

/// Longest wrap-up reason in bytes.
const MAX_REASON: usize = 256;
/// Longest value of a call variable in bytes, as Finesse documents it.
const MAX_VALUE: usize = 40;
/// Longest value of an ECC variable in bytes: Finesse's limit for all of them together.
const MAX_ECC_VALUE: usize = 2000;
/// Longest name of a variable in bytes.
const MAX_NAME: usize = 64;

of_dialog! {
    /// Asks for the state of a call.
    GetDialogState: GetDialogStateRequest;
    /// Asks what the agent may do with a call.
    GetDialogStateControls: GetDialogStateControlsRequest;
    /// Asks who takes part in a call.
    GetDialogParticipants: GetDialogParticipantsRequest;
}

/// Sets the wrap-up reason of a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WrapUp {
    /// The call.
    pub dialog_id: DialogId,
    /// A label of the agent's list, or an id of it.
    pub reason: String,
}

impl TryFrom<pb::WrapUpRequest> for WrapUp {
    type Error = Error;

    fn try_from(request: pb::WrapUpRequest) -> Result<Self, Error> {
        let reason = field::text("reason", request.reason, MAX_REASON)?;
        if reason.is_empty() {
            return Err(field::invalid("reason is missing"));
        }
        Ok(Self { dialog_id: request.dialog_id.try_into()?, reason })
    }
}

/// Sets one variable of a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UpdateCallVariable {
    /// The call.
    pub dialog_id: DialogId,
    /// `callVariable1` to `callVariable10`, or an ECC name: `user.` and more.
    pub name: String,
    /// The value; may be empty.
    pub value: String,
}

impl TryFrom<pb::UpdateCallVariableRequest> for UpdateCallVariable {
    type Error = Error;

    fn try_from(request: pb::UpdateCallVariableRequest) -> Result<Self, Error> {
        let name = field::text("variable name", request.name, MAX_NAME)?;
        let max = match kind(&name) {
            Some(Kind::CallVariable) => MAX_VALUE,
            Some(Kind::Ecc) => MAX_ECC_VALUE,
            None => return Err(field::invalid("variable name is not callVariable1 to callVariable10 or user.…")),
        };
        let value = field::text("variable value", request.value, max)?;
        Ok(Self { dialog_id: request.dialog_id.try_into()?, name, value })
    }
}

enum Kind {
    CallVariable,
    Ecc,
}

/// What a variable's name names; none for those that Finesse does not let clients set (`BA…`) or does not know.
fn kind(name: &str) -> Option<Kind> {
    if let Some(number) = name.strip_prefix("callVariable") {
        let known = matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10");
        return known.then_some(Kind::CallVariable);
    }
    let ecc = name.strip_prefix("user.")?;
    let (base, index) = match ecc.split_once('[') {
        Some((base, index)) => (base, index.strip_suffix(']')?),
        None => (ecc, "0"),
    };
    let base_is_valid =
        !base.is_empty() && base.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let index_is_valid = (1..=3).contains(&index.len()) && index.bytes().all(|b| b.is_ascii_digit());
    (base_is_valid && index_is_valid).then_some(Kind::Ecc)
}
