//! Layouts of JSON events.

use serde_json::{Map, Value};

use super::compare::Found;

/// Members that are an id or `null`.
const NULLABLE: [&str; 2] = ["prevDialogId", "dialogId"];
/// Lists of objects with one member, whose name is data.
const ONE_MEMBER: [&str; 2] = ["callVariables", "reasonCodes"];
/// Members whose values are the protocol's words, which a recording keeps.
const WORDS: [&str; 5] = ["state", "status", "category", "addressType", "pendingState"];

/// The event's `type`, also behind an array around it.
pub(super) fn kind(value: &Value) -> Option<String> {
    let object = value.as_array().map_or(Some(value), |all| all.first())?;
    Some(object.get("type")?.as_str()?.to_owned())
}

pub(super) fn compare(ours: &Value, theirs: &Value) -> Found {
    let mut found = Found::default();
    values(ours, theirs, "", &mut found);
    found
}

fn values(ours: &Value, theirs: &Value, path: &str, found: &mut Found) {
    let name = path.rsplit('.').next().unwrap_or_default();
    match (ours, theirs) {
        (Value::Array(_), Value::Array(theirs)) if ONE_MEMBER.contains(&name) => {
            if !theirs.iter().all(|one| one.as_object().is_some_and(|one| one.len() == 1)) {
                found.differs(format!("{path}: not each of one member"));
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            let before = found.differences.len();
            for element in theirs {
                if let Some(our) = ours.last()
                    && found.differences.len() == before
                {
                    values(our, element, path, found);
                }
            }
        }
        (Value::Object(ours), Value::Object(theirs)) => objects(ours, theirs, path, found),
        (Value::Null | Value::String(_), Value::Null | Value::String(_)) if NULLABLE.contains(&name) => {}
        (Value::String(_), Value::String(theirs)) => texts(theirs, path, name, found),
        _ if kind_of(ours) == kind_of(theirs) => {}
        _ => found.differs(format!("{path} is {}, ours {}", kind_of(theirs), kind_of(ours))),
    }
}

fn objects(ours: &Map<String, Value>, theirs: &Map<String, Value>, path: &str, found: &mut Found) {
    // What our specimens have only where it applies.
    let optional = |name: &str| matches!(name, "tag" | "callType");
    let at = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    for name in ours.keys().filter(|name| !theirs.contains_key(*name) && !optional(name)) {
        found.differs(format!("{} is not there", at(name)));
    }
    for name in theirs.keys().filter(|name| !ours.contains_key(*name) && !optional(name)) {
        found.differs(format!("{} is not ours", at(name)));
    }
    let common = |one: &Map<String, Value>, other: &Map<String, Value>| -> Vec<String> {
        one.keys().filter(|name| other.contains_key(*name)).cloned().collect()
    };
    let order = common(theirs, ours);
    if order != common(ours, theirs) {
        found.differs(format!(
            "{path}{}has its members as {}",
            if path.is_empty() { "" } else { " " },
            order.join(", ")
        ));
    }
    for (name, their) in theirs {
        if let Some(our) = ours.get(name) {
            values(our, their, &at(name), found);
        }
    }
}

fn texts(theirs: &str, path: &str, name: &str, found: &mut Found) {
    let masked = theirs.contains('x') && theirs.chars().all(|c| matches!(c, 'x' | '9' | '_' | '?' | ' '));
    if WORDS.contains(&name) && masked {
        found.differs(format!("{path} has a word that is not known"));
    }
    let times = matches!(name, "startTime" | "stateChangeTime" | "startTimeOfLongestCallInQueue");
    let time: String = theirs.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    if times && !theirs.is_empty() && time != "9999-99-99 99:99:99" {
        found.differs(format!("{path} is written {time}"));
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
