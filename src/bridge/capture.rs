//! What may be written down of an event of another connector, so that its layout can be compared with ours, and that
//! comparison. Pure.
//!
//! The rule: nothing is kept but the words of the protocol, the names of members and labels, and what separates. Of every
//! other value each letter becomes `x`, each digit `9`, and a character that separates nothing `?`. Members whose name
//! speaks of a secret keep nothing, not even their length. `docs/capture.md` tells it to those who record.

mod compare;
mod json;
mod specimen;
mod text;

pub use compare::{Comparison, Report, Row};
use serde_json::{Map, Value};

/// What stands for a secret.
const SECRET: &str = "***";
/// Most letters of a name that is kept.
const LONGEST_NAME: usize = 40;
/// Beginnings and parts of names that speak of a secret, in small letters.
const SECRET_NAMES: [&str; 9] =
    ["password", "passwd", "passcode", "pw", "secret", "token", "authorization", "credential", "apikey"];
/// Names of events, and values that are the protocol's own.
const WORDS: [&str; 79] = [
    "System",
    "AgentInfo",
    "State",
    "AgentState",
    "NewInboundCall",
    "InboundCall",
    "ConsultCall",
    "NewOutboundCall",
    "DialogState",
    "DialogStatus",
    "DialogStateControls",
    "DialogParticipants",
    "ReasonCodes",
    "Agents",
    "QueueList",
    "TeamUsersList",
    "TeamInfo",
    "TeamUsers",
    "Phonebooks",
    "TeamPhoneBooks",
    "PhonebookContacts",
    "Error",
    "Control",
    "ConnectStatus",
    "Reconnect",
    "RECONNECT",
    "DESTINATION",
    "NOT_RECHEABLE",
    "SYSTEM",
    "IN_SERVICE",
    "OUT_OF_SERVICE",
    "UNKNOWN",
    "READY",
    "NOT_READY",
    "LOGOUT",
    "TALKING",
    "RESERVED",
    "RESERVED_OUTBOUND",
    "RESERVED_OUTBOUND_PREVIEW",
    "WORK",
    "WORK_READY",
    "HOLD",
    "RE_LOGIN",
    "INITIATING",
    "INITIATED",
    "ALERTING",
    "ACTIVE",
    "HELD",
    "DROPPED",
    "DROP",
    "FAILED",
    "ACCEPTED",
    "NOT_FOUND",
    "WrapUp",
    "AGENT_DEVICE",
    "NULL",
    "SM",
    "SUPERVISOR_BARGE_IN",
    "true",
    "false",
    "GLOBAL",
    "TEAM",
    "NoTeamPhoneBookFound",
    "NoContactFound",
    "NOT_ALLOWED",
    "OPTIONAL",
    "REQUIRED",
    "REQUIRED_WITH_WRAP_UP_DATA",
    "SUBSCRIPTION_FAILED",
    "AUTHORIZATION_FAILURE",
    "USER_NOT_FOUND",
    "MISSING_EXTENSION",
    "WRONG_EXTENSION",
    "MISSING_PASSWORD",
    "LICENSES_EXCEEDED",
    "GENERAL_ERROR",
    "CF_GENERIC_UNSPECIFIED",
    "CF_INVALID_LOGON_DEVICE_SPECIFIED",
    "CF_RESOURCE_BUSY",
];

/// The body of an event as it may be written down.
pub fn mask(body: &str) -> String {
    match serde_json::from_str::<Value>(body) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => json(value).to_string(),
        _ => text(body),
    }
}

/// A value by the classes of its characters, unless it is one of the protocol's words.
pub fn value(text: &str) -> String {
    if WORDS.contains(&text) {
        return text.to_owned();
    }
    let class = |c: char| match c {
        c if c.is_alphabetic() => 'x',
        c if c.is_numeric() => '9',
        '#' | ',' | '|' | '=' | ':' | ' ' | '-' | '.' | '+' | '/' | '_' => c,
        _ => '?',
    };
    text.chars().map(class).collect()
}

fn json(value: Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(members.into_iter().map(member).collect::<Map<_, _>>()),
        Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        Value::String(text) => Value::String(self::value(&text)),
        Value::Number(_) => Value::from(9),
        other => other,
    }
}

fn member((name, value): (String, Value)) -> (String, Value) {
    match speaks_of_a_secret(&name) {
        true => (self::name(&name), Value::from(SECRET)),
        false => (self::name(&name), json(value)),
    }
}

fn speaks_of_a_secret(name: &str) -> bool {
    let small = name.to_lowercase();
    small == "pwd" || small.starts_with("sso") || SECRET_NAMES.iter().any(|secret| small.contains(secret))
}

/// A name of a member or label: kept where it looks like one.
fn name(name: &str) -> String {
    let begins = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ' '));
    if begins && plain && name.len() <= LONGEST_NAME && !name.starts_with("eyJ") {
        name.to_owned()
    } else {
        value(name)
    }
}

/// Tokens: labels are kept where the known layouts have one, and nowhere else.
fn text(body: &str) -> String {
    let event = body.split('#').nth(1).unwrap_or_default();
    let token = |(at, token): (usize, &str)| match place(event, at) {
        Place::Value => value(token),
        Place::Labels => pieces(token, ':'),
        Place::Variables => pieces(token, '='),
    };
    body.split('#').enumerate().map(token).collect::<Vec<_>>().join("#")
}

enum Place {
    Value,
    Labels,
    Variables,
}

fn place(event: &str, at: usize) -> Place {
    match (event, at) {
        ("NewInboundCall", 3) | ("InboundCall", 5) => Place::Variables,
        ("NewInboundCall", 4) | ("ConsultCall", 3) | ("InboundCall", 3 | 7..=9) => Place::Labels,
        ("AgentInfo", 6) | ("ReasonCodes", 4) | ("DialogState" | "DialogStatus", 2 | 3) => Place::Labels,
        ("DialogParticipants" | "DialogStateControls", 2 | 3) => Place::Labels,
        ("Agents" | "TeamUsersList" | "QueueList" | "Phonebooks" | "TeamPhoneBooks" | "PhonebookContacts", 2..) => {
            Place::Labels
        }
        _ => Place::Value,
    }
}

/// The pieces of a token, each a value or a name with a value behind the mark.
fn pieces(token: &str, mark: char) -> String {
    let piece = |piece: &str| match piece.split_once(mark) {
        Some((label, _)) if speaks_of_a_secret(label) => format!("{}{mark}{SECRET}", name(label)),
        Some((label, rest)) => format!("{}{mark}{}", name(label), value(rest)),
        None => value(piece),
    };
    let list = |list: &str| list.split(',').map(piece).collect::<Vec<_>>().join(",");
    match mark {
        // A comma may stand in the value of a variable.
        '=' => token.split('|').map(piece).collect::<Vec<_>>().join("|"),
        _ => token.split('|').map(list).collect::<Vec<_>>().join("|"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_the_protocols_stays_and_what_is_a_persons_goes() {
        for (body, masked) in [
            (
                "1001#InboundCall#ACTIVE#dialogId:1687#5551#callVariable1=gold, Ann|ani=5551#2026-11-22 12:46:21",
                "9999#InboundCall#ACTIVE#dialogId:9999#9999#callVariable1=xxxx, xxx|ani=9999#9999-99-99 99:99:99",
            ),
            (
                r#"{"type":"State","state":"READY","name":"Ann","n":7}"#,
                r#"{"type":"State","state":"READY","name":"xxx","n":9}"#,
            ),
            (
                r#"{"type":"Error","userPassword":["a"],"prev":null}"#,
                r#"{"type":"Error","userPassword":"***","prev":null}"#,
            ),
            ("Login#1001#hunter2!,2001", "xxxxx#9999#xxxxxx9?,9999"),
            ("Authorization: Bearer eyJ.x", "xxxxxxxxxxxxx: xxxxxx xxx.x"),
        ] {
            assert_eq!(mask(body), masked);
        }
    }

    proptest! {
        #[test]
        fn no_secret_passes_as_a_value(secret in "[a-z0-9]{4,30}Q7[a-z0-9]{4}") {
            for body in [
                format!("Login#1001#{secret},2001"),
                format!("{secret}#Error#{secret}#{secret}: {secret}"),
                format!("1001#InboundCall#{secret}#dialogId:{secret}#{secret}#a={secret}|b={secret}={secret}"),
                format!("1001#TeamUsersList#firstName:{secret},{secret},x:{secret}|{secret}"),
                format!(r#"{{"type":"{secret}","password":"{secret}","a":[{{"b":"Bearer {secret}"}}]}}"#),
                format!(r#"{{"type":"{secret}""#),
            ] {
                prop_assert!(!mask(&body).contains(&secret), "{}", mask(&body));
            }
        }
    }
}
