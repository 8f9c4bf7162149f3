//! What UCCE and UCCX do differently, as data.

use super::error::CtiError;
use crate::sim::options::Flavour;

/// A platform's documented behaviour; the world asks these values and never which platform it is.
#[derive(Debug)]
pub struct Platform {
    /// `deploymentType` of SystemInfo.
    pub name: &'static str,
    /// Whether the User has a HOLD state.
    pub hold_state: bool,
    /// Whether calls outside a queue change the User's state.
    pub events_on_every_call: bool,
    /// Whether READY during a call becomes pending, and a pending NOT_READY may be changed.
    pub pending_on_call: bool,
    /// Whether an agent signs out from READY.
    pub logout_from_ready: bool,
    /// Whether wrap-up that leads to READY is a state of its own.
    pub work_ready: bool,
    /// Whether calls to numbers outside can be followed by wrap-up.
    pub wrap_up_outgoing: bool,
    /// Whether MAKE_CALL may carry call variables.
    pub make_call_variables: bool,
    /// Whether MAKE_CALL works from READY, by way of NOT_READY.
    pub make_call_from_ready: bool,
    /// Whether `/User/<id>` takes the login name everywhere, not for GET alone.
    pub names_everywhere: bool,
    /// `callType` of a queue's call.
    pub queue_call_type: &'static str,
    /// `callType` of a consult, for the one who consults and the one consulted, where it differs from other calls.
    pub consult_call_types: Option<(&'static str, &'static str)>,
    /// Whether a consult names the held call in `associatedDialogUri`.
    pub consult_association: bool,
    /// The error for a CONFERENCE by somebody who does not control the conference.
    pub not_controller: CtiError,
    /// The tones SEND_DTMF takes.
    pub tones: &'static str,
    /// Whether a party can be dropped by another.
    pub participant_drop: bool,
    /// Whether agents may work at a phone of their own.
    pub mobile_agents: bool,
    /// Whether an extension may be an E.164 number with its plus.
    pub e164: bool,
    /// Whether agents can have their call recorded.
    pub recording: bool,
    /// The error for SILENT_MONITOR of an agent on HOLD or NOT_READY.
    pub not_audible: CtiError,
    /// The error for SILENT_MONITOR of an agent without a call to hear in any other state.
    pub not_talking: CtiError,
    /// Code of the system reason for a queue's call that was not answered.
    pub no_answer_code: &'static str,
    /// The error for NOT_READY while signed out.
    pub not_ready_signed_out: CtiError,
    /// The error for READY while signed out.
    pub ready_signed_out: CtiError,
    /// Code of the system reason for what a supervisor made of a member.
    pub forced_code: &'static str,
    /// Whether queues have statistics and their nodes tell of changes.
    pub queue_statistics: bool,
}

impl Platform {
    /// The platform's data.
    pub fn of(flavour: Flavour) -> &'static Platform {
        match flavour {
            Flavour::Ucce => &UCCE,
            Flavour::Uccx => &UCCX,
        }
    }
}

static UCCE: Platform = Platform {
    name: "UCCE",
    hold_state: true,
    events_on_every_call: true,
    pending_on_call: true,
    logout_from_ready: false,
    work_ready: true,
    wrap_up_outgoing: true,
    make_call_variables: true,
    make_call_from_ready: true,
    names_everywhere: false,
    queue_call_type: "PREROUTE_ACD_IN",
    consult_call_types: None,
    consult_association: true,
    not_controller: CtiError::new("Generic Error", "20999", "<ConferenceCallCommand>: Conference failed"),
    tones: "0123456789*#ABCD",
    participant_drop: true,
    mobile_agents: true,
    e164: false,
    recording: false,
    not_audible: CtiError::new("13145", "13145", "<SuperviseCallCommand>: Silent monitor failed"),
    not_talking: CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE"),
    no_answer_code: "32767",
    not_ready_signed_out: CtiError::invalid_state("257", "CF_INVALID_PASSWORD_SPECIFIED"),
    ready_signed_out: CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE"),
    forced_code: "999",
    queue_statistics: true,
};

static UCCX: Platform = Platform {
    name: "UCCX",
    hold_state: false,
    events_on_every_call: false,
    pending_on_call: false,
    logout_from_ready: true,
    work_ready: false,
    wrap_up_outgoing: false,
    make_call_variables: false,
    make_call_from_ready: false,
    names_everywhere: true,
    queue_call_type: "ACD_IN",
    consult_call_types: Some(("CONSULT", "CONSULT_OFFERED")),
    consult_association: false,
    not_controller: CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE"),
    tones: "0123456789*#",
    participant_drop: false,
    mobile_agents: false,
    e164: true,
    recording: true,
    not_audible: CtiError::new("88049", "88049", "<SuperviseCallCommand>: Silent monitor failed"),
    not_talking: CtiError::new("88049", "88049", "<SuperviseCallCommand>: Silent monitor failed"),
    no_answer_code: "32763",
    not_ready_signed_out: CtiError::invalid_state("1010", "CF_INVALID_PARAMETER"),
    ready_signed_out: CtiError::invalid_state("1010", "CF_INVALID_PARAMETER"),
    forced_code: "33",
    queue_statistics: false,
};
