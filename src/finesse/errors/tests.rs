//! Every row of the table over payloads as Finesse sends them, what is documented and was seen, and the order.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use http::HeaderMap;

use super::super::answer::{Answer, Verdict};
use super::super::notify::{Data, parse_update};
use super::table::lookup;
use super::{Source, TABLE, parse_api_errors, reason_of};
use crate::model::error::FinesseFault;
use crate::model::{Error, Reason};

/// An error as Finesse puts it.
#[derive(Debug, Default)]
struct Said {
    kind: String,
    message: String,
    data: String,
    peripheral: String,
}

fn said(kind: impl Into<String>, message: impl Into<String>, data: impl Into<String>) -> Said {
    Said { kind: kind.into(), message: message.into(), data: data.into(), peripheral: String::new() }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The error of an answer with this status.
fn answered(status: u16, said: &Said) -> Error {
    let headers = HeaderMap::from_iter([(http::header::CONTENT_TYPE, "application/xml".parse().unwrap())]);
    let mut answer = Answer::new(status, &headers);
    let Said { kind, message, data, .. } = said;
    answer.body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ApiErrors><ApiError><ErrorData>{}</ErrorData><ErrorMessage>{}\
         </ErrorMessage><ErrorType>{}</ErrorType></ApiError></ApiErrors>",
        escaped(data),
        escaped(message),
        escaped(kind)
    )
    .into_bytes();
    match answer.verdict() {
        Verdict::Refused(error) => error,
        other => panic!("{status} {said:?}: {other:?}"),
    }
}

/// The fault of a notification, as releases from 12.5 send it.
fn notified(said: &Said) -> FinesseFault {
    let Said { kind, message, data, peripheral } = said;
    let peripheral = match peripheral.as_str() {
        "" => String::new(),
        code => format!(
            "<peripheralErrorCode>{code}</peripheralErrorCode><peripheralErrorMsg>PERERR_TELDRIVE_X</peripheralErrorMsg>\
             <peripheralErrorText>in words</peripheralErrorText>"
        ),
    };
    let body = format!(
        "<Update><data><apiErrors><apiError>{peripheral}<errorData>{}</errorData><errorMessage>{}</errorMessage>\
         <errorType>{}</errorType></apiError></apiErrors></data><event>PUT</event><requestId></requestId>\
         <source>/finesse/api/User/1001</source></Update>",
        escaped(data),
        escaped(message),
        escaped(kind)
    );
    let Data::Errors(mut faults) = parse_update(&body).unwrap().data else { panic!("no errors: {body}") };
    assert_eq!(faults.len(), 1);
    faults.remove(0)
}

/// The reason of an error: `status` is none for one that comes as a notification.
fn reason(status: Option<u16>, said: &Said) -> Reason {
    status.map_or_else(|| reason_of(&notified(said)), |status| answered(status, said).reason)
}

#[test]
fn every_row_is_what_its_payload_comes_to() {
    for row in TABLE.iter().copied().flatten() {
        let payloads: Vec<(Option<u16>, Said)> = match row.source {
            Source::Words(words) => {
                let message = format!("{words} HOLD on extension 7073");
                vec![(None, said("Generic Error", &message, "7073")), (Some(400), said("Generic Error", message, ""))]
            }
            Source::Peripheral(number) => {
                let number = &number.to_string();
                let extra = Said { peripheral: number.clone(), ..said("Generic Error", "CF_GENERIC_UNSPECIFIED", "0") };
                vec![
                    (None, extra),
                    (None, said("Generic Error", "<ConferenceCallCommand>: Conference failed", number)),
                    (None, said(number, "", number)),
                    (Some(400), said(number, "", "")),
                    (Some(400), said(format!("{number} (in words)"), "", "")),
                ]
            }
            Source::Cti { number, name } => {
                let number = &number.to_string();
                vec![
                    (None, said("Generic Error", name, number)),
                    // In some notifications the data is the extension.
                    (None, said("Generic Error", name, "7073")),
                    (None, said("Generic Error", "a text of another release", number)),
                    (Some(400), said("Generic Error", name.to_lowercase(), "")),
                ]
            }
            Source::Parameter { error_type, parameter } => {
                vec![(Some(400), said(error_type, "Invalid parameter specified", parameter))]
            }
            Source::ErrorType { name, with } => {
                assert!(!with.is_empty(), "{name}");
                with.iter().map(|status| ((*status != 202).then_some(*status), said(name, "in words", ""))).collect()
            }
            Source::Status(status) => vec![(Some(status), said("Quite New", "in words", ""))],
        };
        for (status, payload) in payloads {
            assert_eq!(reason(status, &payload), row.reason, "{:?}: {status:?} {payload:?}", row.source);
        }
    }
}

/// What Cisco's documents show, and what was seen of real systems.
#[test]
fn what_is_documented_and_was_seen() {
    const FAILED: &str = "<ConferenceCallCommand>: Conference failed...causes include a consult call already.";
    const SUPERVISOR: &str = "User (administrator) is not an authorizied supervisor.";
    for (status, kind, message, data, expected) in [
        // Answers: requests, and who may make them.
        (400, "Parameter Missing", "State Parameter missing", "state", Reason::InvalidInput),
        (400, "Parameter Missing", "Extension Parameter missing", "extension", Reason::MissingExtension),
        (400, "Parameter Missing", "ReasonCodeId Parameter missing", "reasonCodeId", Reason::ReasonCodeRequired),
        (400, "Parameter Missing", "DialNumber Parameter missing", "dialNumber", Reason::InvalidInput),
        (400, "Invalid Input", "Invalid State specified for user", "state", Reason::InvalidInput),
        (400, "Invalid Input", "Invalid mode specified for user", "mode", Reason::InvalidInput),
        (400, "Invalid Input", "", "reasonCodeId", Reason::UnknownReasonCode),
        (400, "Bad Request", "", "extension", Reason::WrongExtension),
        (400, "Bad Request", "Security Exception", "", Reason::InvalidInput),
        (400, "Invalid State", "The user is already signed out", "22", Reason::InvalidState),
        (400, "Invalid Destination", "", "10125", Reason::InvalidDestination),
        (400, "20700", "", "2830", Reason::ActionNotAllowed),
        (400, "20999", "", "", Reason::ActionNotAllowed),
        (400, "Generic Error", "", "", Reason::GeneralError),
        (401, "Authentication Failure", "UNAUTHORIZED", "jsmith", Reason::AuthorizationFailure),
        (401, "Authorization Failure", "UNAUTHORIZED", "260", Reason::AuthorizationFailure),
        (401, "Invalid Authorization User Specified", "don't match", "1001", Reason::AuthorizationFailure),
        (401, "Invalid Authorization User Specified", SUPERVISOR, "", Reason::NotSupervisor),
        (401, "Unauthorized", "The user is not authorized to perform this operation", "", Reason::AuthorizationFailure),
        (401, "Invalid Supervisor", "", "1002", Reason::NotSupervisor),
        (401, "Invalid State", "", "dtmfString", Reason::InvalidState),
        (403, "Forbidden", "UserAuthModeService is disabled", "", Reason::PermissionDenied),
        (404, "User Not Found", "UNKNOWN_USER", "13145", Reason::UserNotFound),
        (404, "Not Found", "Invalid dialogId specified for dialog", "", Reason::NotFound),
        (404, "Generic Error", "", "", Reason::NotFound),
        (500, "Internal Server Error", "DB_RUNTIME_EXCEPTION", "", Reason::GeneralError),
        (501, "Not Implemented", "", "PARTICIPANT_DROP", Reason::UnsupportedOnPlatform),
        (503, "Service Unavailable", "SERVER_OUT_OF_SERVICE", "", Reason::FinesseOutOfService),
        // Notifications: signing in.
        (0, "Invalid Device", "CF_INVALID_LOGON_DEVICE_SPECIFIED", "260", Reason::InvalidDevice),
        (0, "Invalid Device", "CF_GENERIC_UNSPECIFIED_REJECTION", "70", Reason::InvalidDevice),
        (0, "Device Busy", "CF_SPECIFIED_EXTENSION_ALREADY_IN_USE", "283", Reason::DeviceBusy),
        (0, "Device Busy", "CF_RESOURCE_BUSY", "33", Reason::DeviceBusy),
        (0, "Mode Not Allowed", "CF_GENERIC_UNSPECIFIED_REJECTION", "70", Reason::ModeNotAllowed),
        (0, "Mode Not Allowed", "CF_INVALID_AGENT_WORKMODE", "265", Reason::ModeNotAllowed),
        // Changing state: UCCE, then UCCX, while signed out; UCCX in a call.
        (0, "Invalid State", "CF_INVALID_PASSWORD_SPECIFIED", "257", Reason::InvalidState),
        (0, "Invalid State", "CF_INVALID_OBJECT_STATE", "22", Reason::InvalidState),
        (0, "Invalid State", "CF_INVALID_PARAMETER", "1010", Reason::InvalidState),
        (0, "Invalid State", "CF_INVALID_AGENT_WORKMODE", "265", Reason::InvalidState),
        (0, "Invalid State", "CF_RESOURCE_BUSY", "33", Reason::InvalidState),
        (0, "Generic Error", "CF_RESOURCE_BUSY", "1009", Reason::InvalidState),
        (0, "Invalid State", "CF_INVALID_AGENT_REASON_CODE", "266", Reason::UnknownReasonCode),
        (0, "Internal Server Error", "", "", Reason::GeneralError),
        // Calls.
        (0, "Call Operation Failure", "CF_RESOURCE_OUT_OF_SERVICE", "34", Reason::InvalidDevice),
        (0, "Call Operation Failure", "CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED", "38", Reason::ActionNotAllowed),
        (0, "Call Operation Failure", "CF_OF_A_LATER_RELEASE", "294", Reason::ActionNotAllowed),
        (0, "Generic Error", "INVALID_ACTION UPDATE_CALL_DATA on extension 7073", "7073", Reason::ActionNotAllowed),
        (0, "Generic Error", "INVALID_ACTION HOLD on extension 260", "260", Reason::ActionNotAllowed),
        (0, "Generic Error", "CF_VALUE_OUT_OF_RANGE", "3", Reason::InvalidInput),
        (0, "Generic Error", FAILED, "20999", Reason::ActionNotAllowed),
        (0, "Generic Error", "CF_GENERIC_UNSPECIFIED", "0", Reason::GeneralError),
        (0, "Generic Error", "", "260", Reason::InvalidDevice),
        // Monitoring: UCCE, then UCCX, while the agent can't be monitored.
        (0, "13145", "", "13145", Reason::InvalidState),
        (0, "88049", "", "88049", Reason::InvalidState),
        (0, "", "", "", Reason::GeneralError),
    ] {
        let status = (status != 0).then_some(status);
        assert_eq!(reason(status, &said(kind, message, data)), expected, "{status:?} {kind} {message} {data}");
    }
}

#[test]
fn the_most_specific_comes_first() {
    let fault = notified(&Said { peripheral: "20999".into(), ..said("Device Busy", "CF_INVALID_OBJECT_STATE", "283") });
    let sources: Vec<Source> = lookup(&fault).map(|row| row.source).collect();
    assert!(matches!(
        sources[..],
        [Source::Peripheral(20999), Source::Cti { number: 22, .. }, Source::ErrorType { name: "Device Busy", .. }]
    ));
    let fault = answered(400, &said("Invalid Input", "UNKNOWN_USER", "extension")).finesse.unwrap();
    let sources: Vec<Source> = lookup(&fault).map(|row| row.source).collect();
    assert!(matches!(
        sources[..],
        [
            Source::Words("UNKNOWN_USER"),
            Source::Parameter { parameter: "extension", .. },
            Source::ErrorType { name: "Invalid Input", .. },
            Source::Status(400)
        ]
    ));
}

#[test]
fn what_the_table_does_not_know_is_a_general_error() {
    for data in ["", "20", "294", "65536", "-1", "260 ", "2600", "abc"] {
        let expected = if data == "260 " { Reason::InvalidDevice } else { Reason::GeneralError };
        assert_eq!(reason(None, &said("Quite New", "CF_QUITE_NEW", data)), expected, "{data:?}");
    }
    assert_eq!(reason(Some(418), &said("Quite New", "", "260")), Reason::GeneralError);
    assert_eq!(reason(Some(400), &said("Quite New", "", "260")), Reason::InvalidInput);
}

#[test]
fn the_table_is_whole() {
    let rows = || TABLE.iter().copied().flatten();
    let numbers: Vec<u16> = rows()
        .filter_map(|row| match row.source {
            Source::Cti { number, name } => name.starts_with("CF_").then_some(number),
            _ => None,
        })
        .collect();
    let documented = [0..=19, 21..=29, 31..=38, 41..=44, 51..=52, 61..=64, 70..=79, 256..=293, 1001..=1016];
    assert_eq!(numbers, documented.into_iter().flatten().collect::<Vec<u16>>());
    let types: BTreeSet<&str> = rows()
        .filter_map(|row| match row.source {
            Source::ErrorType { name, .. } => Some(name),
            _ => None,
        })
        .collect();
    for name in "Authentication Failure, Authorization Failure, Unauthorized, Bad Request, Call Operation Failure, \
                 Device Busy, Dialog Not Found, Finesse API Error, Forbidden, Generic Error, Internal Server Error, \
                 Invalid Authorization, Invalid Authorization User Specified, Invalid User Authorization Specified, \
                 Invalid Destination, Invalid Device, Invalid Input, Invalid State, Invalid Supervisor, \
                 Maximum Exceeded, Mode Not Allowed, Not Found, Not Implemented, Parameter Missing, \
                 Range Not Satisfiable, Service Unavailable, TeamId Not Found, User Not Found"
        .split(", ")
    {
        assert!(types.contains(name), "{name}");
    }
    let seen: BTreeSet<String> = rows().map(|row| format!("{:?}", row.source).to_lowercase()).collect();
    assert_eq!(seen.len(), rows().count(), "a source stands twice");
    for row in rows() {
        assert!(!row.meaning.is_empty() && !row.meaning.ends_with('.'), "{row:?}");
    }
}

#[test]
fn api_errors_in_any_shape() {
    let faults = parse_api_errors(include_bytes!("../../../tests/fixtures/finesse/api_errors.xml")).unwrap();
    assert_eq!((faults.len(), faults[0].error_data.as_str()), (2, "state"));
    let lower =
        parse_api_errors(b"<apiErrors><apiError><errorType>Not Found</errorType></apiError></apiErrors>").unwrap();
    assert_eq!(lower[0].error_type, "Not Found");
    let long = format!("<ApiError><ErrorMessage>{}</ErrorMessage></ApiError>", "é".repeat(5000));
    assert_eq!(parse_api_errors(long.as_bytes()).unwrap()[0].error_message.chars().count(), 512);
    for bad in [&b""[..], b"<html/>", b"\xff", b"<ApiErrors>", b"<!DOCTYPE a><ApiErrors/>"] {
        assert!(parse_api_errors(bad).is_err());
    }
}
