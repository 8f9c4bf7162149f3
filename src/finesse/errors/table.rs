//! The one table from Finesse's words to reasons. `docs/errors.md` is generated from it, [`reason_of`] looks things up
//! in it.
//!
//! [`reason_of`]: super::reason_of

use super::cti::CTI;
use crate::model::Reason;
use crate::model::Reason::{
    ActionNotAllowed, AuthorizationFailure, DeviceBusy, FinesseOutOfService, FinesseUnreachable, GeneralError,
    InvalidDestination, InvalidDevice, InvalidInput, InvalidState, MissingExtension, ModeNotAllowed, NotFound,
    NotSupervisor, PermissionDenied, ReasonCodeRequired, TooManyRequests, UnknownReasonCode, UnsupportedOnPlatform,
    UserNotFound, WrongExtension,
};
use crate::model::error::FinesseFault;

/// What one thing that Finesse says means.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The thing that it says.
    pub source: Source,
    /// Our reason for it.
    pub reason: Reason,
    /// Whether it decides. What is not sure decides only if nothing that is less specific is.
    pub sure: bool,
    /// What it means, for people.
    pub meaning: &'static str,
}

/// Where in an error Finesse says it, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Words within the message.
    Words(&'static str),
    /// The peripheral's number: as `peripheralErrorCode`, in place of the error type, or as a notification's `errorData`.
    Peripheral(u32),
    /// A failure of the CTI server: its name is the message, its number a notification's `errorData`.
    Cti {
        /// The number.
        number: u16,
        /// The name.
        name: &'static str,
    },
    /// An error type about one parameter, which is in `ErrorData`.
    Parameter {
        /// The error type.
        error_type: &'static str,
        /// The parameter.
        parameter: &'static str,
    },
    /// An error type.
    ErrorType {
        /// Its spelling; case does not matter.
        name: &'static str,
        /// The HTTP statuses that it comes with; 202 stands for the notification that follows a request accepted so.
        with: &'static [u16],
    },
    /// The HTTP status, whatever the body.
    Status(u16),
}

/// The parts of the table, by where in an error Finesse says it.
pub static TABLE: &[&[Row]] = &[WORDS, PERIPHERAL, CTI, PARAMETERS, TYPES, STATUSES];

/// What the table says of a fault, most specific first. This is the order of the lookup, as `docs/errors.md` tells it.
pub(super) fn lookup(fault: &FinesseFault) -> impl Iterator<Item = &'static Row> {
    let FinesseFault { http_status, error_type, error_message, error_data, peripheral_code, .. } = fault;
    // Cisco's tables write `20700 (conference resource limit violation)`.
    let numeric_type = error_type.split_whitespace().next().unwrap_or_default();
    // An answer's `ErrorData` is a user, an extension or a parameter, any of which may be a number.
    let number = if http_status.is_none() { error_data.trim() } else { "" };
    let named = |source| matches!(source, Source::Cti { name, .. } if is(name, error_message));
    let numbered = |source| matches!(source, Source::Cti { number: n, .. } if number.parse() == Ok(n));
    [
        find(WORDS, |source| matches!(source, Source::Words(words) if error_message.contains(words))),
        of_peripheral(peripheral_code.trim()).or_else(|| of_peripheral(numeric_type)),
        // Only without a name that is known, for in some notifications the number is an extension.
        find(CTI, named).or_else(|| find(CTI, numbered)).or_else(|| of_peripheral(number)),
        find(PARAMETERS, |source| {
            matches!(source, Source::Parameter { error_type: t, parameter } if is(t, error_type) && is(parameter, error_data))
        }),
        find(TYPES, |source| matches!(source, Source::ErrorType { name, .. } if is(name, error_type))),
        http_status.and_then(status),
    ]
    .into_iter()
    .flatten()
}

/// What the table says of an HTTP status.
pub(super) fn status(status: u16) -> Option<&'static Row> {
    find(STATUSES, |source| source == Source::Status(status))
}

fn of_peripheral(number: &str) -> Option<&'static Row> {
    let number = number.parse().ok()?;
    find(PERIPHERAL, |source| source == Source::Peripheral(number))
}

fn find(part: &'static [Row], is_it: impl Fn(Source) -> bool) -> Option<&'static Row> {
    part.iter().find(|row| is_it(row.source))
}

fn is(name: &str, said: &str) -> bool {
    name.eq_ignore_ascii_case(said.trim())
}

const fn words(words: &'static str, reason: Reason, meaning: &'static str) -> Row {
    Row { source: Source::Words(words), reason, sure: true, meaning }
}

const fn peripheral(number: u32, reason: Reason, meaning: &'static str) -> Row {
    Row { source: Source::Peripheral(number), reason, sure: true, meaning }
}

const fn parameter(error_type: &'static str, parameter: &'static str, reason: Reason, meaning: &'static str) -> Row {
    Row { source: Source::Parameter { error_type, parameter }, reason, sure: true, meaning }
}

const fn kind(name: &'static str, with: &'static [u16], reason: Reason, meaning: &'static str) -> Row {
    Row { source: Source::ErrorType { name, with }, reason, sure: true, meaning }
}

const fn http(status: u16, reason: Reason, meaning: &'static str) -> Row {
    Row { source: Source::Status(status), reason, sure: true, meaning }
}

impl Row {
    /// The same row, for what covers many things.
    const fn unsure(self) -> Self {
        Self { sure: false, ..self }
    }
}

/// Messages that name the failure, whatever type and data stand beside them.
const WORDS: &[Row] = &[
    // Its data is the extension, for instance 7073, and no code.
    words("INVALID_ACTION", ActionNotAllowed, "the action is not among those that the call allows"),
    words("INVALID_DIALOG_ID", NotFound, "the call was gone before the CTI server was asked"),
    words("UNKNOWN_USER", UserNotFound, "there is no such user"),
    words("SERVER_OUT_OF_SERVICE", FinesseOutOfService, "Finesse is out of service"),
    words("is not an authorizied supervisor", NotSupervisor, "the user is no supervisor; spelt so by Finesse"),
    words("is not an authorized supervisor", NotSupervisor, "the user is no supervisor"),
    // Its numbers are none of the CTI server's.
    words("E_ARM_STAT_", GeneralError, "a failure of media routing (chat, e-mail), which this service does not use"),
    words("DB_RUNTIME_EXCEPTION", GeneralError, "Finesse's database failed"),
    words("AWS_SERVICE_UNAVAILABLE", GeneralError, "the administration server behind Finesse does not answer"),
    words("RUNTIME_EXCEPTION", GeneralError, "an error within Finesse"),
];

/// Numbers of the peripheral, that is of what stands behind the CTI server.
const PERIPHERAL: &[Row] = &[
    peripheral(10125, InvalidDevice, "the extension has no device (UCCE)"),
    peripheral(13145, InvalidState, "the agent to be monitored is on hold or not ready (UCCE)"),
    peripheral(20700, ActionNotAllowed, "the conference is full, as for one who would barge in (UCCE)"),
    peripheral(20999, ActionNotAllowed, "not by the conference's controller, or a consult call is open already (UCCE)"),
    peripheral(88049, InvalidState, "the agent to be monitored is in no call that can be (UCCX)"),
];

/// Refusals that name the parameter at fault, where that is a reason of its own.
const PARAMETERS: &[Row] = &[
    parameter("Parameter Missing", "extension", MissingExtension, "a sign-in without an extension"),
    parameter("Bad Request", "extension", WrongExtension, "the text given as extension can't be one"),
    parameter("Invalid Input", "extension", WrongExtension, "the text given as extension can't be one"),
    parameter("Parameter Missing", "reasonCodeId", ReasonCodeRequired, "reasons are configured, and none was given"),
    parameter("Bad Request", "reasonCodeId", UnknownReasonCode, "the reason is not one of the agent's list"),
    parameter("Invalid Input", "reasonCodeId", UnknownReasonCode, "the reason is not one of the agent's list"),
];

/// Error types, as Cisco's tables of the APIs list them.
const TYPES: &[Row] = &[
    kind("Authentication Failure", &[401], AuthorizationFailure, "wrong credentials, or none"),
    kind("Authorization Failure", &[401], AuthorizationFailure, "wrong credentials, or the role is not enough"),
    kind("Unauthorized", &[401], AuthorizationFailure, "wrong credentials, or no part in the call"),
    kind("Invalid Authorization", &[401], AuthorizationFailure, "for another team"),
    kind("Invalid Authorization User Specified", &[401], AuthorizationFailure, "for another user"),
    kind("Invalid User Authorization Specified", &[401], AuthorizationFailure, "for another user"),
    kind("Invalid Supervisor", &[401], NotSupervisor, "the user is in no team that the supervisor supervises"),
    kind("Forbidden", &[403], PermissionDenied, "the feature is off, or not to be had on this side"),
    kind("User Not Found", &[404], UserNotFound, "there is no such user"),
    kind("Not Found", &[404], NotFound, "there is no such object"),
    kind("Dialog Not Found", &[404], NotFound, "there is no such call"),
    kind("TeamId Not Found", &[404], NotFound, "there is no such team"),
    kind("Bad Request", &[400], InvalidInput, "the request is malformed"),
    kind("Parameter Missing", &[400], InvalidInput, "a parameter is missing"),
    kind("Invalid Input", &[400], InvalidInput, "a parameter has a value that it can't have"),
    kind("Maximum Exceeded", &[400], InvalidInput, "more items than allowed"),
    kind("Range Not Satisfiable", &[416], InvalidInput, "a page that the list does not have"),
    kind("Invalid Destination", &[400, 202], InvalidDestination, "the own number, no party of the call, or on hold"),
    kind("Invalid State", &[400, 401, 202], InvalidState, "the agent's or the call's state does not allow it"),
    kind("Invalid Device", &[202], InvalidDevice, "the device does not exist, is offline, or is configured wrongly"),
    kind("Device Busy", &[202], DeviceBusy, "the device is in use"),
    kind("Mode Not Allowed", &[202], ModeNotAllowed, "the agent may not be a mobile agent"),
    kind("Not Implemented", &[501], UnsupportedOnPlatform, "the action is for the other platform"),
    kind("Service Unavailable", &[503], FinesseOutOfService, "Finesse is out of service, in part or wholly"),
    kind("Call Operation Failure", &[202], ActionNotAllowed, "a call's action failed; the CTI code tells why").unsure(),
    kind("Finesse API Error", &[400], InvalidInput, "an item is stale, a duplicate or missing").unsure(),
    kind("Generic Error", &[400, 202], GeneralError, "the cause is not known; the CTI code may tell").unsure(),
    kind("Internal Server Error", &[500, 202], GeneralError, "an error within Finesse").unsure(),
];

/// Statuses: what decides when the body says nothing that is known, or is not Finesse's.
const STATUSES: &[Row] = &[
    http(400, InvalidInput, "the request is not valid").unsure(),
    http(401, AuthorizationFailure, "the credentials are refused"),
    http(403, PermissionDenied, "the request is forbidden"),
    http(404, NotFound, "there is no such object"),
    http(405, InvalidInput, "the method does not fit the path").unsure(),
    http(413, InvalidInput, "the body is too large").unsure(),
    http(414, InvalidInput, "the path is too long").unsure(),
    http(415, InvalidInput, "the body is of the wrong type").unsure(),
    http(416, InvalidInput, "a page that the list does not have").unsure(),
    http(429, TooManyRequests, "too many requests"),
    http(500, GeneralError, "an error within Finesse").unsure(),
    http(501, UnsupportedOnPlatform, "the action is for the other platform"),
    http(502, FinesseUnreachable, "a proxy does not reach Finesse"),
    http(503, FinesseOutOfService, "Finesse is out of service"),
    http(504, FinesseUnreachable, "a proxy gets no answer from Finesse"),
];
