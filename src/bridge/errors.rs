//! Lines that say what failed.

use serde::Serialize;

use super::json::line;
use crate::model::id::DialogId;
use crate::model::{Error, Reason};

/// Longest name of a command that an `Error` line repeats, in bytes; longer ones are cut.
const MAX_COMMAND: usize = 64;

/// `Error`: a command was not done. `command` is the verb, `agent_id` what the client sent after the `#`, both empty
/// where the input was too broken to tell.
pub fn error(command: &str, error: &Error, agent_id: &str) -> Vec<u8> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Line<'a> {
        r#type: &'a str,
        command: &'a str,
        code: &'a str,
        reason: &'a str,
        message: &'a str,
        dialog_id: Option<&'a str>,
        agent_id: &'a str,
    }
    line(&Line {
        r#type: "Error",
        command: cut(command),
        code: code(error),
        reason: error.reason.as_str(),
        message: &error.message,
        dialog_id: error.dialog_id.as_ref().map(DialogId::as_str),
        agent_id,
    })
}

/// `ConnectStatus`: a Connect failed.
pub fn connect_status(error: &Error, agent_id: &str) -> Vec<u8> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Line<'a> {
        r#type: &'a str,
        status: &'a str,
        reason: &'a str,
        agent_id: &'a str,
    }
    line(&Line { r#type: "ConnectStatus", status: "SUBSCRIPTION_FAILED", reason: code(error), agent_id })
}

/// The old product's code where it documents one that fits, else Finesse's `CF_…` name, else our reason.
pub fn code(error: &Error) -> &str {
    let of_finesse = error.finesse.as_deref().map(|fault| fault.error_message.as_str()).filter(|name| is_cf(name));
    match of_finesse {
        Some(name) if documented(error.reason).is_none() => name,
        _ => documented(error.reason).unwrap_or(error.reason.as_str()),
    }
}

/// The old product's own code for what the reason says, if it documents one. Its GENERAL_ERROR is the code where Finesse
/// names no failure, so it is none of these.
pub fn documented(reason: Reason) -> Option<&'static str> {
    match reason {
        // What it answers to who asks for a team without supervising it.
        Reason::NotSupervisor => Some(Reason::AuthorizationFailure.as_str()),
        Reason::MissingExtension
        | Reason::WrongExtension
        | Reason::MissingPassword
        | Reason::UserNotFound
        | Reason::LicensesExceeded
        | Reason::AuthorizationFailure
        | Reason::NotFound
        | Reason::SubscriptionFailed => Some(reason.as_str()),
        _ => None,
    }
}

/// Whether Finesse's message is one of its names, and no sentence.
fn is_cf(name: &str) -> bool {
    name.starts_with("CF_")
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

/// The part of a verb that lines repeat.
pub fn cut(command: &str) -> &str {
    let ends = command.char_indices().map(|(start, character)| start + character.len_utf8());
    let end = ends.take_while(|end| *end <= MAX_COMMAND).last().unwrap_or_default();
    command.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::model::error::FinesseFault;

    fn refused(reason: Reason, error_message: &str) -> Error {
        let fault = FinesseFault { error_message: error_message.to_owned(), ..FinesseFault::default() };
        Error::new(reason, "finesse refused it").with_finesse(fault)
    }

    #[test]
    fn a_code_is_the_documented_one_then_finesses_then_ours() {
        for (error, expected) in [
            (refused(Reason::InvalidDevice, "CF_INVALID_LOGON_DEVICE_SPECIFIED"), "CF_INVALID_LOGON_DEVICE_SPECIFIED"),
            (refused(Reason::GeneralError, "CF_GENERIC_UNSPECIFIED"), "CF_GENERIC_UNSPECIFIED"),
            (refused(Reason::InvalidState, "CF_RESOURCE_BUSY"), "CF_RESOURCE_BUSY"),
            (refused(Reason::UserNotFound, "CF_INVALID_AGENT_ID_SPECIFIED"), "USER_NOT_FOUND"),
            (refused(Reason::AuthorizationFailure, "CF_X"), "AUTHORIZATION_FAILURE"),
            (refused(Reason::InvalidState, "CF_ this is \"no\" name"), "INVALID_STATE"),
            (refused(Reason::NotSupervisor, "CF_X"), "AUTHORIZATION_FAILURE"),
            (Error::new(Reason::NotSupervisor, ""), "AUTHORIZATION_FAILURE"),
            (Error::new(Reason::MissingPassword, ""), "MISSING_PASSWORD"),
            (Error::new(Reason::TooManyRequests, ""), "TOO_MANY_REQUESTS"),
        ] {
            assert_eq!(code(&error), expected);
        }
    }

    #[test]
    fn error_lines_have_the_decided_layout() {
        let error_of = refused(Reason::InvalidDevice, "CF_INVALID_LOGON_DEVICE_SPECIFIED");
        assert_eq!(
            String::from_utf8(error("Login", &error_of, "1001")).unwrap(),
            concat!(
                r#"{"type":"Error","command":"Login","code":"CF_INVALID_LOGON_DEVICE_SPECIFIED","#,
                r#""reason":"INVALID_DEVICE","message":"finesse refused it","dialogId":null,"agentId":"1001"}"#,
                "\n"
            )
        );
        assert_eq!(
            String::from_utf8(connect_status(&Error::new(Reason::AuthorizationFailure, "no"), "1001")).unwrap(),
            concat!(
                r#"{"type":"ConnectStatus","status":"SUBSCRIPTION_FAILED","#,
                r#""reason":"AUTHORIZATION_FAILURE","agentId":"1001"}"#,
                "\n"
            )
        );
    }

    #[test]
    fn a_long_verb_is_cut_between_characters() {
        let line = error(&"ä".repeat(1000), &Error::new(Reason::InvalidInput, "unknown verb"), "");
        assert!(line.len() < 300);
        assert!(serde_json::from_slice::<serde_json::Value>(&line).is_ok());
    }
}
