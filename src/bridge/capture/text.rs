//! Layouts of events of tokens separated by `#`.

use super::compare::Found;
use crate::bridge::hash::style::{AgentInfoTail, TextStyle};

/// Events that have a token for each entry of a list.
const LISTS: [&str; 6] = ["TeamUsersList", "QueueList", "Phonebooks", "TeamPhoneBooks", "PhonebookContacts", "Agents"];

pub(super) fn tokens(line: &str) -> Vec<String> {
    line.trim_end_matches(['\r', '\n']).split('#').map(str::to_owned).collect()
}

/// The event's name; that of a status is `System`.
pub(super) fn kind(tokens: &[String]) -> Option<String> {
    let name = tokens.get(1)?;
    Some(if matches!(name.as_str(), "IN_SERVICE" | "OUT_OF_SERVICE") { "System".to_owned() } else { name.clone() })
}

/// The key for an event that another name is known for.
pub(super) fn renamed(kind: &str, style: &TextStyle) -> Option<(String, String)> {
    let (key, ours) = match kind.to_ascii_uppercase().as_str() {
        "AGENTSTATE" | "STATE" => ("text.event_state", &style.events.state),
        "DIALOGSTATUS" | "DIALOGSTATE" => ("text.event_dialog_state", &style.events.dialog_state),
        "DESTINATION" | "RECONNECT" => ("text.event_reconnect", &style.events.reconnect),
        _ => return None,
    };
    (ours != kind).then(|| (key.to_owned(), quoted(kind)))
}

pub(super) fn compare(ours: &[String], theirs: &[String], style: &TextStyle) -> Found {
    let mut found = Found::default();
    let kind = kind(ours).unwrap_or_default();
    if LISTS.contains(&kind.as_str()) {
        entries(&kind, ours, theirs, style, &mut found);
        return found;
    }
    if ours.len() != theirs.len() {
        found.differs(format!("{} tokens, ours {}", theirs.len(), ours.len()));
        if kind == "AgentInfo" && ours.len().abs_diff(theirs.len()) == 1 {
            let tail = if style.agent_info == AgentInfoTail::Name { "team_and_name" } else { "name" };
            found.suggest("text.agent_info", quoted(tail));
        }
    }
    for (at, (our, their)) in ours.iter().zip(theirs).enumerate().skip(2) {
        match (label(our, style), label_of(their)) {
            (Some((_, ours)), Some(theirs)) if ours == theirs => {}
            (Some((key, ours)), Some(theirs)) => {
                found.differs(format!("token {at} has the label {theirs}, ours {ours}"));
                found.suggest(key, quoted(theirs));
            }
            (Some((_, ours)), None) => found.differs(format!("token {at} has no label, ours {ours}")),
            (None, _) => {}
        }
    }
    found
}

fn entries(kind: &str, ours: &[String], theirs: &[String], style: &TextStyle, found: &mut Found) {
    let Some(our) = ours.get(2) else { return };
    let (labels, key) = match kind {
        "TeamUsersList" => (&style.fields.user[..], "text.user_labels"),
        "QueueList" => (&style.fields.queue[..], "text.queue_labels"),
        "PhonebookContacts" => (&style.fields.contact[..], "text.contact_labels"),
        "Agents" => (&style.fields.agent[..], "text.agent_labels"),
        _ => (&style.fields.phone_book[..], "text.phonebook_labels"),
    };
    let our_fields = our.split(',').count();
    for their in theirs.iter().skip(2).filter(|token| !token.starts_with("No") && !token.is_empty()) {
        let fields: Vec<&str> = their.split(',').collect();
        if fields.len() != our_fields {
            return found.differs(format!("entries of {} fields, ours {our_fields}", fields.len()));
        }
        let their_labels: Vec<&str> = fields.iter().map(|field| label_of(field).unwrap_or_default()).collect();
        let none = their_labels.iter().all(|label| label.is_empty());
        let same = if none { labels.iter().all(String::is_empty) } else { labels.iter().eq(their_labels.iter()) };
        if !same {
            let list = if none {
                String::new()
            } else {
                their_labels.iter().map(|l| quoted(l)).collect::<Vec<_>>().join(", ")
            };
            found.suggest(key, format!("[{list}]"));
            return found.differs(format!("fields have the labels [{list}]"));
        }
    }
}

/// The label of a token of ours, and the key that spells it.
fn label<'a>(token: &'a str, style: &TextStyle) -> Option<(&'static str, &'a str)> {
    let (before, _) = token.split_once(':')?;
    let labels = &style.labels;
    let keys = [
        ("text.label_dialog_id", &labels.dialog_id),
        ("text.label_consult_id", &labels.consult_id),
        ("text.label_prev_dialog_id", &labels.prev_dialog_id),
        ("text.label_call_type", &labels.call_type),
        ("text.label_participants", &labels.participants),
        ("text.label_teams", &labels.teams),
        ("text.label_reasons", &labels.reasons),
    ];
    keys.into_iter().find(|(_, ours)| *ours == before).map(|(key, _)| (key, before))
}

/// What stands before a colon and looks like a label.
fn label_of(token: &str) -> Option<&str> {
    let (before, _) = token.split_once(':')?;
    let looks = before.starts_with(|c: char| c.is_ascii_alphabetic())
        && before.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ' ' | '.'));
    looks.then_some(before)
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}
