//! Why a command was not done. One reason enum for every door; `proto/gc/v1/error.proto` mirrors it.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use super::id::{DialogId, Invalid};

/// Why a command was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// An input is missing, malformed or out of range.
    InvalidInput,
    /// The agent or the call is in a state that does not allow it.
    InvalidState,
    /// Login without an extension.
    MissingExtension,
    /// An extension that can't be one.
    WrongExtension,
    /// Connect or Login without a password.
    MissingPassword,
    /// Finesse does not know the agent.
    UserNotFound,
    /// As many sessions as this service may hold are open.
    LicensesExceeded,
    /// Wrong credentials, or acting for somebody else.
    AuthorizationFailure,
    /// A dialog, team, queue or other object does not exist.
    NotFound,
    /// The notification service refused the agent.
    SubscriptionFailed,
    /// Something failed that has no reason of its own.
    GeneralError,
    /// The number dialled can't be called.
    InvalidDestination,
    /// The device does not exist or is not configured for the agent.
    InvalidDevice,
    /// The device or extension is in use.
    DeviceBusy,
    /// The connection mode is not allowed for the agent.
    ModeNotAllowed,
    /// A supervisor's command from somebody who is none, or whose team does not hold the member.
    NotSupervisor,
    /// The action is not among those that the call allows now.
    ActionNotAllowed,
    /// The reason code is required and was not given.
    ReasonCodeRequired,
    /// The reason code is not one of the agent's list.
    UnknownReasonCode,
    /// The platform (UCCE or UCCX) can't do it.
    UnsupportedOnPlatform,
    /// This build does not implement it yet.
    NotImplemented,
    /// Finesse, or what is behind it, is out of service.
    FinesseOutOfService,
    /// Finesse did not answer, or answered something that is no Finesse answer.
    FinesseUnreachable,
    /// It was sent, and whether it was done is not known.
    OutcomeUnknown,
    /// The agent has no session here: Connect first.
    NotConnected,
    /// The token is not valid any more.
    SessionExpired,
    /// The request id was used for another command.
    RequestIdReused,
    /// Too many requests, too many wrong passwords, or too much to do for the platform behind Finesse.
    TooManyRequests,
    /// The object has changed since the version that the command names.
    VersionMismatch,
    /// The command came too late: not complete in time, or held by a broker for too long.
    CommandExpired,
    /// The identity may not use this RPC, or Finesse forbids it.
    PermissionDenied,
    /// The subscriber could not keep up.
    SlowConsumer,
    /// The service is stopping.
    ShuttingDown,
    /// The deadline left no time: a command was not sent, or there is no session yet.
    DeadlineTooShort,
    /// The agent signs in by single sign-on, which this service does not do.
    SsoUnsupported,
    /// The service did not answer or can't be reached. Said by SDKs alone.
    ServiceUnreachable,
}

impl Reason {
    /// Every reason, in the order of the proto.
    pub const ALL: &[Self] = &[
        Self::InvalidInput,
        Self::InvalidState,
        Self::MissingExtension,
        Self::WrongExtension,
        Self::MissingPassword,
        Self::UserNotFound,
        Self::LicensesExceeded,
        Self::AuthorizationFailure,
        Self::NotFound,
        Self::SubscriptionFailed,
        Self::GeneralError,
        Self::InvalidDestination,
        Self::InvalidDevice,
        Self::DeviceBusy,
        Self::ModeNotAllowed,
        Self::NotSupervisor,
        Self::ActionNotAllowed,
        Self::ReasonCodeRequired,
        Self::UnknownReasonCode,
        Self::UnsupportedOnPlatform,
        Self::NotImplemented,
        Self::FinesseOutOfService,
        Self::FinesseUnreachable,
        Self::OutcomeUnknown,
        Self::NotConnected,
        Self::SessionExpired,
        Self::RequestIdReused,
        Self::TooManyRequests,
        Self::VersionMismatch,
        Self::CommandExpired,
        Self::PermissionDenied,
        Self::SlowConsumer,
        Self::ShuttingDown,
        Self::DeadlineTooShort,
        Self::SsoUnsupported,
        Self::ServiceUnreachable,
    ];

    /// The name that clients see, as in the proto without its prefix.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "INVALID_INPUT",
            Self::InvalidState => "INVALID_STATE",
            Self::MissingExtension => "MISSING_EXTENSION",
            Self::WrongExtension => "WRONG_EXTENSION",
            Self::MissingPassword => "MISSING_PASSWORD",
            Self::UserNotFound => "USER_NOT_FOUND",
            Self::LicensesExceeded => "LICENSES_EXCEEDED",
            Self::AuthorizationFailure => "AUTHORIZATION_FAILURE",
            Self::NotFound => "NOT_FOUND",
            Self::SubscriptionFailed => "SUBSCRIPTION_FAILED",
            Self::GeneralError => "GENERAL_ERROR",
            Self::InvalidDestination => "INVALID_DESTINATION",
            Self::InvalidDevice => "INVALID_DEVICE",
            Self::DeviceBusy => "DEVICE_BUSY",
            Self::ModeNotAllowed => "MODE_NOT_ALLOWED",
            Self::NotSupervisor => "NOT_SUPERVISOR",
            Self::ActionNotAllowed => "ACTION_NOT_ALLOWED",
            Self::ReasonCodeRequired => "REASON_CODE_REQUIRED",
            Self::UnknownReasonCode => "UNKNOWN_REASON_CODE",
            Self::UnsupportedOnPlatform => "UNSUPPORTED_ON_PLATFORM",
            Self::NotImplemented => "NOT_IMPLEMENTED",
            Self::FinesseOutOfService => "FINESSE_OUT_OF_SERVICE",
            Self::FinesseUnreachable => "FINESSE_UNREACHABLE",
            Self::OutcomeUnknown => "OUTCOME_UNKNOWN",
            Self::NotConnected => "NOT_CONNECTED",
            Self::SessionExpired => "SESSION_EXPIRED",
            Self::RequestIdReused => "REQUEST_ID_REUSED",
            Self::TooManyRequests => "TOO_MANY_REQUESTS",
            Self::VersionMismatch => "VERSION_MISMATCH",
            Self::CommandExpired => "COMMAND_EXPIRED",
            Self::PermissionDenied => "PERMISSION_DENIED",
            Self::SlowConsumer => "SLOW_CONSUMER",
            Self::ShuttingDown => "SHUTTING_DOWN",
            Self::DeadlineTooShort => "DEADLINE_TOO_SHORT",
            Self::SsoUnsupported => "SSO_UNSUPPORTED",
            Self::ServiceUnreachable => "SERVICE_UNREACHABLE",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Finesse's own words about a failure, as far as it gave any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FinesseFault {
    /// HTTP status of a synchronous error.
    pub http_status: Option<u16>,
    /// `ErrorType`, for example `Invalid State`.
    pub error_type: String,
    /// `ErrorMessage`, for example `CF_INVALID_OBJECT_STATE`.
    pub error_message: String,
    /// `ErrorData`: a CTI code, an extension or a parameter name.
    pub error_data: String,
    /// `peripheralErrorCode`, from release 12.5.
    pub peripheral_code: String,
    /// `peripheralErrorMsg` or `peripheralErrorText`.
    pub peripheral_message: String,
}

/// A command that was not done, or is not known to be done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{reason}: {message}")]
pub struct Error {
    /// The one word for programs.
    pub reason: Reason,
    /// A short sentence for people; holds no secret.
    pub message: Cow<'static, str>,
    /// Finesse's words, where Finesse refused.
    pub finesse: Option<Box<FinesseFault>>,
    /// When a retry may help, after how long.
    pub retry_after: Option<Duration>,
    /// The call that it is about.
    pub dialog_id: Option<DialogId>,
}

impl Error {
    /// An error of a reason and a sentence.
    pub fn new(reason: Reason, message: impl Into<Cow<'static, str>>) -> Self {
        Self { reason, message: message.into(), finesse: None, retry_after: None, dialog_id: None }
    }

    /// Adds Finesse's words.
    #[must_use]
    pub fn with_finesse(mut self, fault: FinesseFault) -> Self {
        self.finesse = Some(Box::new(fault));
        self
    }

    /// Says after how long a retry may help.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Duration) -> Self {
        self.retry_after = Some(delay);
        self
    }

    /// Names the call.
    #[must_use]
    pub fn with_dialog(mut self, id: DialogId) -> Self {
        self.dialog_id = Some(id);
        self
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::new(Reason::InvalidInput, invalid.to_string())
    }
}
