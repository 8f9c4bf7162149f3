//! What a refusal says, in the form in which runners say it, whether an SDK or plain gRPC was told.

use serde_json::{Map, Value, json};
use tonic::Status;
use tonic_types::StatusExt as _;

/// Members that are of Finesse, in the metadata and in what runners say.
const FINESSE: &[&str] =
    &["error_type", "error_message", "error_data", "peripheral_code", "peripheral_message", "http_status"];

/// What an SDK must say of a status.
pub fn of_status(status: &Status, command: &str) -> Value {
    let details = status.get_error_details();
    let metadata = details.error_info().map(|info| info.metadata.clone()).unwrap_or_default();
    let words = FINESSE.iter().filter_map(|name| Some(((*name).to_owned(), json!(metadata.get(*name)?))));
    let retry = metadata.get("retry").map_or("UNSPECIFIED", String::as_str);
    let delay = details.retry_info().and_then(|info| info.retry_delay).unwrap_or_default();
    json!({
        "reason": details.error_info().map_or("", |info| &info.reason),
        "code": code(status.code()),
        "message": status.message(),
        "retry": format!("RETRY_{retry}"),
        "retryable": matches!(retry, "AFTER_DELAY" | "AFTER_CONNECT" | "SAME_REQUEST_ID"),
        "waits": !delay.is_zero(),
        "finesse": words.collect::<Map<_, _>>(),
        "command": command,
    })
}

/// What a runner said, in the same form. How long to wait depends on the moment, whether at all does not.
pub fn of_runner(error: &Value) -> Value {
    let empty = |value: &Value| value.is_null() || value.as_str().is_some_and(str::is_empty);
    let words = error["finesse"].as_object().cloned().unwrap_or_default();
    let text = |value: Value| if value.is_number() { json!(value.to_string()) } else { value };
    let words = words.into_iter().filter(|(_, word)| !empty(word)).map(|(name, word)| (name, text(word)));
    json!({
        "reason": error["reason"],
        "code": error["code"],
        "message": error["message"],
        "retry": error["retry"],
        "retryable": error["retryable"],
        "waits": error["retry_after_ms"].as_u64().unwrap_or(0) > 0,
        "finesse": words.collect::<Map<_, _>>(),
        "command": error["command"],
    })
}

/// gRPC's name of a code.
pub fn code(code: tonic::Code) -> String {
    let mut name = String::new();
    for (at, letter) in format!("{code:?}").chars().enumerate() {
        if letter.is_uppercase() && at > 0 {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_names_of_grpc() {
        assert_eq!(code(tonic::Code::FailedPrecondition), "FAILED_PRECONDITION");
        assert_eq!(code(tonic::Code::Ok), "OK");
    }
}
