//! What an error says beside its reason and its sentence.

use std::collections::HashMap;
use std::time::Duration;

use crate::command::catalogue::Retry;
use crate::model::{Error, Reason};
use crate::pb;

/// Longest value of the metadata, in bytes: it travels in a header, and Finesse's texts have no limit of their own.
const MAX_VALUE: usize = 512;

/// Longest message, in bytes: it travels in a header.
const MAX_MESSAGE: usize = 1024;

/// After how long a retry may help, where the error does not know better and its reason says that it does.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The metadata of an ErrorInfo, as `error.proto` lists them.
pub fn metadata(error: &Error) -> HashMap<String, String> {
    let mut metadata = HashMap::new();
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            metadata.insert(key.to_owned(), clip(value, MAX_VALUE).to_owned());
        }
    };
    add("retry", Retry::of(error.reason).as_str());
    if let Some(fault) = &error.finesse {
        add("error_type", &fault.error_type);
        add("error_message", &fault.error_message);
        add("error_data", &fault.error_data);
        add("peripheral_code", &fault.peripheral_code);
        add("peripheral_message", &fault.peripheral_message);
        add("http_status", &fault.http_status.map(|status| status.to_string()).unwrap_or_default());
    }
    if let Some(id) = &error.dialog_id {
        add("dialog_id", id.as_str());
    }
    metadata
}

/// The sentence for people.
pub fn message(error: &Error) -> &str {
    clip(&error.message, MAX_MESSAGE)
}

/// An error inside a stream, where no status can carry it: it says what a status says.
pub fn command_error(error: &Error) -> pb::CommandError {
    pb::CommandError {
        reason: reason(error.reason).into(),
        message: message(error).to_owned(),
        metadata: metadata(error),
        retry_after: retry_after(error).and_then(|delay| delay.try_into().ok()),
    }
}

/// After how long a retry may help; none when it does not.
pub fn retry_after(error: &Error) -> Option<Duration> {
    error.retry_after.or_else(|| (Retry::of(error.reason) == Retry::AfterDelay).then_some(RETRY_AFTER))
}

/// The longest beginning of a text that has at most `max` bytes.
fn clip(text: &str, max: usize) -> &str {
    let end = (0..=max.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn reason(reason: Reason) -> pb::ErrorReason {
    pb::ErrorReason::from_str_name(&format!("ERROR_REASON_{reason}")).unwrap_or(pb::ErrorReason::Unspecified)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_value_in_the_proto() {
        for known in Reason::ALL {
            assert_ne!(reason(*known), pb::ErrorReason::Unspecified, "{known}");
        }
    }

    #[test]
    fn a_reason_that_promises_a_delay_has_one() {
        let delay = |reason| command_error(&Error::new(reason, "")).retry_after.map(|delay| delay.seconds);
        assert_eq!(delay(Reason::FinesseUnreachable), Some(1));
        assert_eq!(delay(Reason::SlowConsumer), Some(1));
        assert_eq!(delay(Reason::InvalidInput), None);
        let known = Error::new(Reason::FinesseOutOfService, "").with_retry_after(Duration::from_secs(9));
        assert_eq!(retry_after(&known), Some(Duration::from_secs(9)));
    }

    #[test]
    fn a_text_is_clipped_between_characters() {
        assert_eq!(clip("aé", 2), "a");
        assert_eq!(clip("aé", 3), "aé");
        assert_eq!(clip("", 3), "");
    }
}
