//! An error as a gRPC status. The only file that names a gRPC code.
//!
//! Each status carries a `google.rpc.ErrorInfo` (reason, domain `gc.v1`, metadata) and, where a retry may help, a
//! `google.rpc.RetryInfo` in its details. `error.proto` documents the code of each reason; a test holds the two together.

use std::collections::HashMap;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::convert;
use crate::model::id::{AgentId, Cursor};
use crate::model::{Error, Reason};

/// The domain of every ErrorInfo.
pub const DOMAIN: &str = "gc.v1";

/// The status that tells an error.
pub fn status(error: &Error) -> Status {
    build(error, convert::metadata(error))
}

/// The status that cuts a subscriber who could not keep up: of which agent, and with the cursor to resume after.
pub fn slow_consumer(agent: &AgentId, cursor: Cursor) -> Status {
    let error = Error::new(Reason::SlowConsumer, "the subscriber could not keep up");
    let mut metadata = convert::metadata(&error);
    metadata.extend([("agent_id".to_owned(), agent.to_string()), ("cursor".to_owned(), cursor.to_string())]);
    build(&error, metadata)
}

/// The status of a path that no RPC has.
pub fn unknown_rpc() -> Status {
    status(&Error::new(Reason::NotImplemented, "there is no such call"))
}

/// Whether a message of a client can't be read because it is longer than it may be.
pub fn is_too_long(broken: &Status) -> bool {
    broken.code() == Code::OutOfRange
}

fn build(error: &Error, metadata: HashMap<String, String>) -> Status {
    let mut details = ErrorDetails::with_error_info(error.reason.as_str(), DOMAIN, metadata);
    if let Some(delay) = convert::retry_after(error) {
        details.set_retry_info(Some(delay));
    }
    Status::with_error_details(code(error.reason), convert::message(error), details)
}

fn code(reason: Reason) -> Code {
    match reason {
        Reason::InvalidInput
        | Reason::MissingExtension
        | Reason::WrongExtension
        | Reason::MissingPassword
        | Reason::InvalidDestination
        | Reason::UnknownReasonCode
        | Reason::RequestIdReused => Code::InvalidArgument,
        Reason::InvalidState
        | Reason::InvalidDevice
        | Reason::DeviceBusy
        | Reason::ModeNotAllowed
        | Reason::ActionNotAllowed
        | Reason::ReasonCodeRequired
        | Reason::NotConnected => Code::FailedPrecondition,
        Reason::UserNotFound | Reason::NotFound => Code::NotFound,
        Reason::AuthorizationFailure | Reason::SessionExpired => Code::Unauthenticated,
        Reason::NotSupervisor | Reason::PermissionDenied => Code::PermissionDenied,
        Reason::LicensesExceeded | Reason::TooManyRequests | Reason::SlowConsumer => Code::ResourceExhausted,
        Reason::SubscriptionFailed
        | Reason::FinesseOutOfService
        | Reason::FinesseUnreachable
        | Reason::ShuttingDown
        | Reason::ServiceUnreachable => Code::Unavailable,
        Reason::GeneralError => Code::Internal,
        Reason::UnsupportedOnPlatform | Reason::NotImplemented | Reason::SsoUnsupported => Code::Unimplemented,
        Reason::OutcomeUnknown | Reason::VersionMismatch => Code::Aborted,
        Reason::CommandExpired | Reason::DeadlineTooShort => Code::DeadlineExceeded,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::command::catalogue::REASONS;
    use crate::model::error::FinesseFault;

    #[test]
    fn each_reason_has_the_code_that_the_proto_documents() {
        let camel = |name: &str| -> String {
            let word = |word: &str| word[..1].to_owned() + &word[1..].to_lowercase();
            name.split('_').map(word).collect()
        };
        assert_eq!(REASONS.len(), Reason::ALL.len());
        for (row, reason) in REASONS.iter().zip(Reason::ALL) {
            assert_eq!(row.name, reason.as_str());
            assert_eq!(camel(row.code), format!("{:?}", code(*reason)), "{reason}");
        }
    }

    #[test]
    fn details_carry_finesses_words_and_the_delay() {
        let fault = FinesseFault {
            http_status: Some(400),
            error_message: "CF_INVALID_OBJECT_STATE".into(),
            error_data: "x".repeat(4096),
            ..FinesseFault::default()
        };
        let error = Error::new(Reason::InvalidState, "not now")
            .with_finesse(fault)
            .with_retry_after(Duration::from_secs(2))
            .with_dialog("4711".parse().unwrap());
        let status = status(&error);
        assert_eq!(status.code(), Code::FailedPrecondition);
        let details = status.get_error_details();
        let info = details.error_info().unwrap();
        assert_eq!((info.reason.as_str(), info.domain.as_str()), ("INVALID_STATE", DOMAIN));
        assert_eq!(info.metadata["error_message"], "CF_INVALID_OBJECT_STATE");
        assert_eq!(info.metadata["http_status"], "400");
        assert_eq!(info.metadata["retry"], "AFTER_CHANGE");
        assert_eq!(info.metadata["dialog_id"], "4711");
        assert_eq!(info.metadata["error_data"].len(), 512);
        assert_eq!(details.retry_info().unwrap().retry_delay, Some(Duration::from_secs(2)));
    }

    #[test]
    fn a_slow_consumer_learns_where_to_resume() {
        let cursor: Cursor = format!("{:032x}", 7).parse().unwrap();
        let details = slow_consumer(&"1001".parse().unwrap(), cursor).get_error_details();
        assert_eq!(details.error_info().unwrap().metadata["retry"], "AFTER_DELAY");
        assert_eq!(details.error_info().unwrap().metadata["agent_id"], "1001");
        assert_eq!(details.error_info().unwrap().metadata["cursor"], cursor.to_string());
    }
}
