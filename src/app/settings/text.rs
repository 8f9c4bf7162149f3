//! Section `text`: what the text encoding of the legacy doors leaves open.

use crate::bridge::hash::style::{AgentInfoTail, ErrorToken, Reserved, SupervisorErrors, TextStyle, is_word};
use crate::config::Reader;

/// Most tokens of an `Error` line behind the event's name.
const MAX_ERROR_TOKENS: usize = 16;
const WORD: &str = "1 to 64 bytes without # , | : = % and control characters, and without blanks around";

/// Reads the section.
pub fn read(r: &mut Reader) -> TextStyle {
    let mut style = TextStyle::default();
    let reserved = |text: &str| match text {
        "blank" => Some(Reserved::Blank),
        "percent" => Some(Reserved::Percent),
        _ => None,
    };
    r.set_with("text.reserved", &mut style.reserved, reserved, "blank or percent");
    let tail = |text: &str| match text {
        "team_and_name" => Some(AgentInfoTail::TeamAndName),
        "name" => Some(AgentInfoTail::Name),
        _ => None,
    };
    r.set_with("text.agent_info", &mut style.agent_info, tail, "team_and_name or name");
    let errors = |text: &str| match text {
        "error" => Some(SupervisorErrors::Error),
        "control" => Some(SupervisorErrors::Control),
        _ => None,
    };
    r.set_with("text.supervisor_errors", &mut style.supervisor_errors, errors, "error or control");
    error_tokens(r, &mut style.error);
    let (events, labels) = (&mut style.events, &mut style.labels);
    for (key, word) in [
        ("text.event_state", &mut events.state),
        ("text.event_dialog_state", &mut events.dialog_state),
        ("text.event_reconnect", &mut events.reconnect),
        ("text.label_dialog_id", &mut labels.dialog_id),
        ("text.label_consult_id", &mut labels.consult_id),
        ("text.label_prev_dialog_id", &mut labels.prev_dialog_id),
        ("text.label_call_type", &mut labels.call_type),
        ("text.label_participants", &mut labels.participants),
        ("text.label_teams", &mut labels.teams),
        ("text.label_reasons", &mut labels.reasons),
    ] {
        r.set_with(key, word, |text| is_word(text).then(|| text.to_owned()), WORD);
    }
    field_labels(r, "text.user_labels", &mut style.fields.user);
    field_labels(r, "text.agent_labels", &mut style.fields.agent);
    field_labels(r, "text.queue_labels", &mut style.fields.queue);
    field_labels(r, "text.phonebook_labels", &mut style.fields.phone_book);
    field_labels(r, "text.contact_labels", &mut style.fields.contact);
    style
}

fn error_tokens(r: &mut Reader, tokens: &mut Vec<ErrorToken>) {
    let mut names: Option<Vec<String>> = None;
    r.set("text.error", &mut names);
    let Some(names) = names else { return };
    let read: Option<Vec<ErrorToken>> = names.iter().map(|name| ErrorToken::from_name(name)).collect();
    match read {
        Some(read) if read.len() <= MAX_ERROR_TOKENS => *tokens = read,
        _ => r.fault("text.error", "expected at most 16 of code, message, reason, command, dialog_id and \"\""),
    }
}

/// As many labels as there are fields, or none at all: values alone.
fn field_labels<const N: usize>(r: &mut Reader, key: &str, labels: &mut [String; N]) {
    let mut said: Option<Vec<String>> = None;
    r.set(key, &mut said);
    let Some(said) = said else { return };
    let readable = said.iter().all(|label| label.is_empty() || is_word(label));
    match <[String; N]>::try_from(said) {
        Ok(said) if readable => *labels = said,
        Err(said) if said.is_empty() => *labels = std::array::from_fn(|_| String::new()),
        _ => r.fault(key, format!("expected {N} labels or none, each empty or {WORD}")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::config::{Origin, Sources};

    fn reads(text: &str) -> Result<TextStyle, String> {
        let text = format!("[text]\n{text}\n");
        let mut reader = Reader::new(Sources::new().text(Origin::File("x.toml".into()), &text));
        let style = read(&mut reader);
        reader.finish().map(|()| style).map_err(|faults| faults.to_string())
    }

    #[test]
    fn words_and_labels_are_taken_as_they_are_written() {
        let style = reads(concat!(
            "label_dialog_id = \"Dialog ID\"\n",
            "user_labels = []\n",
            "phonebook_labels = [\"Name\", \"\", \"Id\"]\n",
            "error = [\"\", \"message\"]",
        ))
        .unwrap();
        assert_eq!(style.labels.dialog_id, "Dialog ID");
        assert!(style.fields.user.iter().all(String::is_empty));
        assert_eq!(style.fields.phone_book, ["Name", "", "Id"]);
        assert_eq!(style.error, [ErrorToken::Empty, ErrorToken::Message]);
    }

    #[test]
    fn what_would_break_a_line_is_refused() {
        for text in [
            "label_dialog_id = \"a#b\"",
            "label_dialog_id = \"a:\"",
            "label_reasons = \"\"",
            "event_state = \"a\\nb\"",
            "event_reconnect = \" x\"",
            "user_labels = [\"a\"]",
            "contact_labels = [\"a\", \"b\", \"c,\", \"d\", \"e\"]",
            "error = [\"code\", \"password\"]",
            "reserved = \"none\"",
        ] {
            let fault = reads(text).unwrap_err();
            assert!(fault.contains("text."), "{text}: {fault}");
        }
    }
}
