//! Finesse's words about a failure, from a REST answer (`ApiErrors`) or a notification (`apiErrors`), and the one table
//! that turns them into a [`Reason`].

use super::xml::{Reader, XmlError};
use crate::model::Reason;
use crate::model::error::FinesseFault;

/// What one field of a fault may hold; the rest is cut, for it goes into replies and logs.
const MAX_WORDS: usize = 512;
/// How many faults of one answer are kept; one is what Finesse sends.
const MAX_FAULTS: usize = 16;

/// Reads the children of an ApiErrors element whose start tag has just been read.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Vec<FinesseFault>, XmlError> {
    let mut faults = Vec::new();
    while let Some(element) = reader.child()? {
        if element.is("ApiError") && faults.len() < MAX_FAULTS {
            faults.push(read_one(reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(faults)
}

/// Reads a whole error answer: `ApiErrors` with any number of errors, or one `ApiError` alone.
pub fn parse_api_errors(body: &[u8]) -> Result<Vec<FinesseFault>, XmlError> {
    let mut reader = Reader::new(std::str::from_utf8(body).map_err(|_| XmlError::NotUtf8)?);
    let root = reader.root()?;
    if root.is("ApiErrors") {
        read(&mut reader)
    } else if root.is("ApiError") {
        Ok(vec![read_one(&mut reader)?])
    } else {
        Err(XmlError::OtherRoot)
    }
}

fn read_one(reader: &mut Reader<'_>) -> Result<FinesseFault, XmlError> {
    let mut fault = FinesseFault::default();
    let mut text = String::new();
    while let Some(element) = reader.child()? {
        let field = if element.is("ErrorType") {
            &mut fault.error_type
        } else if element.is("ErrorMessage") {
            &mut fault.error_message
        } else if element.is("ErrorData") {
            &mut fault.error_data
        } else if element.is("peripheralErrorCode") {
            &mut fault.peripheral_code
        } else if element.is("peripheralErrorMsg") {
            &mut fault.peripheral_message
        } else if element.is("peripheralErrorText") {
            &mut text
        } else {
            reader.skip()?;
            continue;
        };
        let words = reader.text()?;
        *field = words.trim().chars().take(MAX_WORDS).collect();
    }
    if fault.peripheral_message.is_empty() {
        fault.peripheral_message = text;
    }
    Ok(fault)
}

/// The one table from Finesse's words to a reason. What is most specific decides: an error type that means one thing,
/// the CTI failure (its name, or its number in `ErrorData`), the peripheral's number, the parameter that is named, and
/// only then an error type that covers many things, and the status.
pub fn reason_of(fault: &FinesseFault) -> Reason {
    lookup(&DECISIVE_TYPES, &fault.error_type)
        .or_else(|| by_cti_name(&fault.error_message))
        .or_else(|| asynchronous(fault).then(|| by_cti_number(&fault.error_data)).flatten())
        .or_else(|| {
            [&fault.error_type, &fault.peripheral_code, &fault.error_data].into_iter().find_map(|n| by_peripheral(n))
        })
        .or_else(|| by_message(fault))
        .or_else(|| by_parameter(fault))
        .or_else(|| lookup(&BROAD_TYPES, &fault.error_type))
        .or_else(|| fault.http_status.map(by_status))
        .unwrap_or(Reason::GeneralError)
}

/// A CTI failure has no HTTP status. In a synchronous answer `ErrorData` is a user or a parameter, which may be a number.
fn asynchronous(fault: &FinesseFault) -> bool {
    fault.http_status.is_none() && !fault.error_message.starts_with("INVALID_ACTION")
}

fn by_cti_name(name: &str) -> Option<Reason> {
    let name = name.trim();
    CTI.iter().find(|(_, n, _)| n.eq_ignore_ascii_case(name)).map(|(_, _, reason)| *reason)
}

fn by_cti_number(number: &str) -> Option<Reason> {
    let number: u16 = number.trim().parse().ok()?;
    CTI.iter().find(|(n, _, _)| *n == number).map(|(_, _, reason)| *reason)
}

fn by_peripheral(number: &str) -> Option<Reason> {
    match number.trim() {
        "10125" => Some(Reason::InvalidDevice),
        // The agent to be monitored is on hold or not ready.
        "13145" | "88049" => Some(Reason::InvalidState),
        // The conference resource limit, or not the controller of the conference.
        "20700" | "20999" => Some(Reason::ActionNotAllowed),
        _ => None,
    }
}

fn by_message(fault: &FinesseFault) -> Option<Reason> {
    let message = fault.error_message.as_str();
    match message {
        "UNKNOWN_USER" => Some(Reason::UserNotFound),
        "SERVER_OUT_OF_SERVICE" => Some(Reason::FinesseOutOfService),
        _ if message.starts_with("INVALID_ACTION") => Some(Reason::ActionNotAllowed),
        _ => None,
    }
}

/// A synchronous refusal that names the parameter at fault.
fn by_parameter(fault: &FinesseFault) -> Option<Reason> {
    let missing = fault.error_type.eq_ignore_ascii_case("Parameter Missing");
    match fault.error_data.trim() {
        "extension" if missing => Some(Reason::MissingExtension),
        "extension" => Some(Reason::WrongExtension),
        "reasonCodeId" if missing => Some(Reason::ReasonCodeRequired),
        "reasonCodeId" => Some(Reason::UnknownReasonCode),
        _ => None,
    }
}

fn lookup(table: &[(&str, Reason)], error_type: &str) -> Option<Reason> {
    table.iter().find(|(name, _)| name.eq_ignore_ascii_case(error_type.trim())).map(|(_, reason)| *reason)
}

/// What a bare HTTP status says.
pub(super) fn by_status(status: u16) -> Reason {
    match status {
        400 | 405 | 413 | 414 | 415 | 416 => Reason::InvalidInput,
        401 => Reason::AuthorizationFailure,
        403 => Reason::PermissionDenied,
        404 => Reason::NotFound,
        429 => Reason::TooManyRequests,
        501 => Reason::UnsupportedOnPlatform,
        503 => Reason::FinesseOutOfService,
        502 | 504 => Reason::FinesseUnreachable,
        _ => Reason::GeneralError,
    }
}

/// Error types that mean one thing, whatever the CTI server said besides.
const DECISIVE_TYPES: [(&str, Reason); 12] = [
    ("Authentication Failure", Reason::AuthorizationFailure),
    ("Authorization Failure", Reason::AuthorizationFailure),
    ("Unauthorized", Reason::AuthorizationFailure),
    ("Invalid Authorization", Reason::AuthorizationFailure),
    ("Invalid Authorization User Specified", Reason::AuthorizationFailure),
    ("Invalid User Authorization Specified", Reason::AuthorizationFailure),
    ("Invalid Supervisor", Reason::NotSupervisor),
    ("Invalid Destination", Reason::InvalidDestination),
    ("Invalid Device", Reason::InvalidDevice),
    ("Device Busy", Reason::DeviceBusy),
    ("Mode Not Allowed", Reason::ModeNotAllowed),
    ("User Not Found", Reason::UserNotFound),
];

/// Error types that cover many things: they decide when nothing else does.
const BROAD_TYPES: [(&str, Reason); 14] = [
    ("Forbidden", Reason::PermissionDenied),
    ("Bad Request", Reason::InvalidInput),
    ("Parameter Missing", Reason::InvalidInput),
    ("Invalid Input", Reason::InvalidInput),
    ("Range Not Satisfiable", Reason::InvalidInput),
    ("Maximum Exceeded", Reason::InvalidInput),
    ("Invalid State", Reason::InvalidState),
    ("Not Found", Reason::NotFound),
    ("Dialog Not Found", Reason::NotFound),
    ("TeamId Not Found", Reason::NotFound),
    ("Not Implemented", Reason::UnsupportedOnPlatform),
    ("Service Unavailable", Reason::FinesseOutOfService),
    ("Call Operation Failure", Reason::ActionNotAllowed),
    ("Internal Server Error", Reason::GeneralError),
];

/// The failures of the CTI server that tell a client something: number, name, reason. The others are decided by their
/// error type.
const CTI: [(u16, &str, Reason); 42] = [
    (3, "CF_VALUE_OUT_OF_RANGE", Reason::InvalidInput),
    (4, "CF_OBJECT_NOT_KNOWN", Reason::NotFound),
    (5, "CF_INVALID_CALLING_DEVICE", Reason::InvalidDevice),
    (6, "CF_INVALID_CALLED_DEVICE", Reason::InvalidDestination),
    (7, "CF_INVALID_FORWARDING_DESTINATION", Reason::InvalidDestination),
    (8, "CF_PRIVILEGE_VIOLATION_ON_SPECIFIED_DEVICE", Reason::ActionNotAllowed),
    (9, "CF_PRIVILEGE_VIOLATION_ON_CALLED_DEVICE", Reason::InvalidDestination),
    (10, "CF_PRIVILEGE_VIOLATION_ON_CALLING_DEVICE", Reason::ActionNotAllowed),
    (11, "CF_INVALID_CSTA_CALL_IDENTIFIER", Reason::NotFound),
    (12, "CF_INVALID_CSTA_DEVICE_IDENTIFIER", Reason::InvalidDevice),
    (13, "CF_INVALID_CSTA_CONNECTION_IDENTIFIER", Reason::NotFound),
    (14, "CF_INVALID_DESTINATION", Reason::InvalidDestination),
    (15, "CF_INVALID_FEATURE", Reason::UnsupportedOnPlatform),
    (21, "CF_GENERIC_STATE_INCOMPATIBILITY", Reason::InvalidState),
    (22, "CF_INVALID_OBJECT_STATE", Reason::InvalidState),
    (23, "CF_INVALID_CONNECTION_ID_FOR_ACTIVE_CALL", Reason::InvalidState),
    (24, "CF_NO_ACTIVE_CALL", Reason::InvalidState),
    (25, "CF_NO_HELD_CALL", Reason::InvalidState),
    (26, "CF_NO_CALL_TO_CLEAR", Reason::InvalidState),
    (27, "CF_NO_CONNECTION_TO_CLEAR", Reason::InvalidState),
    (28, "CF_NO_CALL_TO_ANSWER", Reason::InvalidState),
    (29, "CF_NO_CALL_TO_COMPLETE", Reason::InvalidState),
    (33, "CF_RESOURCE_BUSY", Reason::InvalidState),
    (34, "CF_RESOURCE_OUT_OF_SERVICE", Reason::InvalidDevice),
    (38, "CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED", Reason::ActionNotAllowed),
    (256, "CF_INVALID_AGENT_ID_SPECIFIED", Reason::UserNotFound),
    // 257 CF_INVALID_PASSWORD_SPECIFIED is left out: UCCE says it of NOT_READY while signed out, with type Invalid State.
    (258, "CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED", Reason::AuthorizationFailure),
    (259, "CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON", Reason::InvalidState),
    (260, "CF_INVALID_LOGON_DEVICE_SPECIFIED", Reason::InvalidDevice),
    (261, "CF_INVALID_ANSWERING_DEVICE_SPECIFIED", Reason::InvalidDevice),
    (265, "CF_INVALID_AGENT_WORKMODE", Reason::InvalidState),
    (266, "CF_INVALID_AGENT_REASON_CODE", Reason::UnknownReasonCode),
    (268, "CF_AGENT_NOT_PARTY_ON_CALL", Reason::ActionNotAllowed),
    (280, "CF_WRAPUP_DATA_REQUIRED", Reason::ReasonCodeRequired),
    (281, "CF_REASON_CODE_REQUIRED", Reason::ReasonCodeRequired),
    (283, "CF_SPECIFIED_EXTENSION_ALREADY_IN_USE", Reason::DeviceBusy),
    (284, "CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED", Reason::ActionNotAllowed),
    (287, "CF_DEVICE_RESTRICTED", Reason::InvalidDevice),
    (288, "CF_LINE_RESTRICTED", Reason::InvalidDevice),
    (289, "CF_AGENT_ACCOUNT_LOCKED_OUT", Reason::AuthorizationFailure),
    (293, "CF_EXTENSION_NOT_UNIQUE", Reason::InvalidDevice),
    (1009, "CF_INVALID_DIALED_NUMBER", Reason::InvalidDestination),
];
