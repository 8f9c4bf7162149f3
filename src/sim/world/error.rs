//! Finesse's two kinds of errors: those of the answer, and those that follow a 202 as a notification.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::sim::render::Writer;

/// An error in the answer of a request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// `ErrorType`.
    pub kind: &'static str,
    /// `ErrorMessage`.
    pub message: String,
    /// `ErrorData`; may be empty.
    pub data: String,
}

impl ApiError {
    fn new(status: u16, kind: &'static str, message: impl Into<String>, data: impl Into<String>) -> Self {
        Self { status, kind, message: message.into(), data: data.into() }
    }

    /// Wrong password, or a user that may not sign in now.
    pub fn authorization_failure(user: &str) -> Self {
        Self::new(401, "Authorization Failure", "UNAUTHORIZED", user)
    }

    /// The credentials are somebody else's.
    pub fn other_user(user: &str) -> Self {
        let message = "The user specified in the authentication credentials and the uri don't match";
        Self::new(401, "Invalid Authorization User Specified", message, user)
    }

    /// The administrator asked for what only agents do.
    pub fn not_for_administrators(user: &str) -> Self {
        let message = format!("User ({user}) is not an authorizied supervisor.");
        let data = "The user is not authorized to perform this operation";
        Self::new(401, "Invalid Authorization User Specified", message, data)
    }

    /// The user is no member of a team that the credentials' user supervises.
    pub fn invalid_supervisor(user: &str) -> Self {
        let message = "The user is not a member of a team of the supervisor";
        Self::new(401, "Invalid Supervisor", message, user)
    }

    /// The user is no participant of the dialog.
    pub fn not_authorized() -> Self {
        Self::new(401, "Unauthorized", "The user is not authorized to perform this operation", "")
    }

    /// Malformed body or value.
    pub fn bad_request(data: &str) -> Self {
        Self::new(400, "Bad Request", "The request is malformed", data)
    }

    /// A required parameter is missing.
    pub fn missing(parameter: &str) -> Self {
        let mut name = parameter.to_owned();
        if let Some(first) = name.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        Self::new(400, "Parameter Missing", format!("{name} Parameter missing"), parameter)
    }

    /// A parameter has a value that is not allowed. `what` is as in "Invalid State specified for user".
    pub fn invalid_input(what: &str, parameter: &str) -> Self {
        Self::new(400, "Invalid Input", format!("Invalid {what}"), parameter)
    }

    /// The request does not fit the present state.
    pub fn invalid_state(message: &str, parameter: &str) -> Self {
        Self::new(400, "Invalid State", message, parameter)
    }

    /// A call to oneself.
    pub fn invalid_destination(to: &str) -> Self {
        Self::new(400, "Invalid Destination", "Invalid destination specified for dialog", to)
    }

    /// A barge into a call that has as many parties as a conference can have.
    pub fn conference_limit(to: &str) -> Self {
        Self::new(400, "20700", "Conference resource limit violation", to)
    }

    /// A barge by way of an agent who can't add parties: no controller of the conference, or consulting already.
    pub fn no_barge(to: &str) -> Self {
        Self::new(400, "20999", "Barge via a non-conference-controller", to)
    }

    /// Tones while the own leg is on hold.
    pub fn dtmf_on_hold() -> Self {
        Self::new(401, "Invalid State", "The participant is on hold", "dtmfString")
    }

    /// Only supervisors may do that.
    pub fn not_a_supervisor(user: &str) -> Self {
        Self::new(401, "Invalid Supervisor", "The user is not authorized to perform this operation", user)
    }

    /// There is no such user.
    pub fn unknown_user(user: &str) -> Self {
        Self::new(404, "User Not Found", "UNKNOWN_USER", user)
    }

    /// There is no such dialog.
    pub fn unknown_dialog() -> Self {
        Self::new(404, "Not Found", "Invalid dialogId specified for dialog", "")
    }

    /// There is no such object.
    pub fn not_found() -> Self {
        Self::new(404, "Not Found", "The requested resource does not exist", "")
    }

    /// The action does not exist on this platform, or not in this simulator.
    pub fn not_implemented(action: &str) -> Self {
        Self::new(501, "Not Implemented", "The requested action is not supported", action)
    }

    /// Finesse is out of service.
    pub fn out_of_service() -> Self {
        Self::new(503, "Service Unavailable", "SERVER_OUT_OF_SERVICE", "")
    }

    /// The body of the answer.
    pub fn body(&self) -> String {
        let mut writer = Writer::new();
        writer.element("ApiErrors", |w| {
            w.element("ApiError", |w| {
                w.text("ErrorData", &self.data).text("ErrorMessage", &self.message).text("ErrorType", self.kind);
            });
        });
        writer.finish()
    }
}

/// What the CTI server refused after the 202.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CtiError {
    /// `errorType`.
    pub error_type: Cow<'static, str>,
    /// `errorMessage`.
    pub message: Cow<'static, str>,
    /// `errorData`: the CTI code, or the extension for an action that is not allowed.
    #[serde(default)]
    pub data: Cow<'static, str>,
    /// What the peripheral said, if it said something.
    #[serde(default)]
    pub peripheral: Option<Box<Peripheral>>,
}

/// The peripheral's part of an error, from 12.5.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Peripheral {
    /// `peripheralErrorCode`.
    pub code: String,
    /// `peripheralErrorMsg`.
    pub message: String,
    /// `peripheralErrorText`.
    pub text: String,
}

impl From<ApiError> for CtiError {
    /// What was in order when it was asked for, and is not any more.
    fn from(error: ApiError) -> Self {
        Self {
            error_type: Cow::Borrowed(error.kind),
            message: Cow::Owned(error.message),
            data: Cow::Owned(error.data),
            peripheral: None,
        }
    }
}

impl CtiError {
    /// An error of that type with the CTI code and its name.
    pub const fn new(kind: &'static str, code: &'static str, message: &'static str) -> Self {
        Self {
            error_type: Cow::Borrowed(kind),
            message: Cow::Borrowed(message),
            data: Cow::Borrowed(code),
            peripheral: None,
        }
    }

    /// `Invalid State` with the CTI code and its name.
    pub const fn invalid_state(code: &'static str, message: &'static str) -> Self {
        Self::new("Invalid State", code, message)
    }

    /// The extension does not exist.
    pub fn invalid_device() -> Self {
        let peripheral = Peripheral {
            code: "10125".to_owned(),
            message: "PERERR_TELDRIVE_NODEVICETARGETFORNETTARGETID".to_owned(),
            text: "The device target of the extension does not exist".to_owned(),
        };
        Self {
            peripheral: Some(Box::new(peripheral)),
            ..Self::new("Invalid Device", "260", "CF_INVALID_LOGON_DEVICE_SPECIFIED")
        }
    }

    /// Somebody else uses the extension.
    pub const fn device_busy() -> Self {
        Self::new("Device Busy", "283", "CF_SPECIFIED_EXTENSION_ALREADY_IN_USE")
    }

    /// The action is not among those allowed now.
    pub fn invalid_action(action: &str, extension: &str) -> Self {
        Self {
            error_type: Cow::Borrowed("Generic Error"),
            message: Cow::Owned(format!("INVALID_ACTION {action} on extension {extension}")),
            data: Cow::Owned(extension.to_owned()),
            peripheral: None,
        }
    }
}
