//! Checks that several commands share. No message repeats a value: it could be a secret.

use secrecy::SecretString;

use crate::model::id::ReasonId;
use crate::model::reason::ReasonKey;
use crate::model::{Error, Reason};

/// Longest name, code or password in bytes.
const MAX_NAME: usize = 128;
const MAX_CODE: usize = 32;
const MAX_PASSWORD: usize = 256;

/// An input that is missing, malformed or out of range.
pub(super) fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(Reason::InvalidInput, message)
}

/// A text of at most `max` bytes without control characters; may be empty.
pub(super) fn text(what: &str, text: String, max: usize) -> Result<String, Error> {
    if text.len() > max {
        return Err(invalid(format!("{what} is longer than {max} bytes")));
    }
    if text.chars().any(char::is_control) {
        return Err(invalid(format!("{what} has a control character")));
    }
    Ok(text)
}

/// A client's name for itself; empty is none.
pub(super) fn client_name(name: String) -> Result<Option<String>, Error> {
    Ok(Some(text("client name", name, MAX_NAME)?).filter(|name| !name.is_empty()))
}

/// A password that must be there.
pub(super) fn password(password: String) -> Result<SecretString, Error> {
    if password.is_empty() {
        return Err(Error::new(Reason::MissingPassword, "password is missing"));
    }
    Ok(SecretString::from(text("password", password, MAX_PASSWORD)?))
}

/// Exactly one way of naming a reason.
pub(super) fn reason(id: String, code: String) -> Result<ReasonKey, Error> {
    match (id.is_empty(), code.is_empty()) {
        (false, true) => Ok(ReasonKey::Id(ReasonId::try_from(id)?)),
        (true, false) => Ok(ReasonKey::Code(text("reason code", code, MAX_CODE)?)),
        (true, true) => Err(Error::new(Reason::ReasonCodeRequired, "reason is missing")),
        (false, false) => Err(invalid("reason is given by id and by code")),
    }
}

/// Commands without fields.
macro_rules! empty {
    ($($(#[$doc:meta])* $name:ident: $request:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name;

        impl TryFrom<crate::pb::$request> for $name {
            type Error = crate::model::Error;

            fn try_from(_: crate::pb::$request) -> Result<Self, Self::Error> {
                Ok(Self)
            }
        }
    )+};
}

/// Commands whose only field is a dialog's id.
macro_rules! of_dialog {
    ($($(#[$doc:meta])* $name:ident: $request:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name {
            /// The call.
            pub dialog_id: crate::model::id::DialogId,
        }

        impl TryFrom<crate::pb::$request> for $name {
            type Error = crate::model::Error;

            fn try_from(request: crate::pb::$request) -> Result<Self, Self::Error> {
                Ok(Self { dialog_id: request.dialog_id.try_into()? })
            }
        }
    )+};
}

pub(super) use {empty, of_dialog};
