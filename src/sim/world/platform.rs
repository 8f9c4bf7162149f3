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
    /// Whether MAKE_CALL may carry call variables.
    pub make_call_variables: bool,
    /// Whether MAKE_CALL works from READY, by way of NOT_READY.
    pub make_call_from_ready: bool,
    /// Whether `/User/<id>` takes the login name everywhere, not for GET alone.
    pub names_everywhere: bool,
    /// `callType` of a queue's call.
    pub queue_call_type: &'static str,
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
    make_call_variables: true,
    make_call_from_ready: true,
    names_everywhere: false,
    queue_call_type: "PREROUTE_ACD_IN",
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
    make_call_variables: false,
    make_call_from_ready: false,
    names_everywhere: true,
    queue_call_type: "ACD_IN",
    no_answer_code: "32763",
    not_ready_signed_out: CtiError::invalid_state("1010", "CF_INVALID_PARAMETER"),
    ready_signed_out: CtiError::invalid_state("1010", "CF_INVALID_PARAMETER"),
    forced_code: "33",
    queue_statistics: false,
};
