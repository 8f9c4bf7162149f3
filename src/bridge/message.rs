//! What a legacy client sends, in each of its forms, taken apart into verb, id and body. Sans-IO.
//!
//! ```text
//! Login#1001#demo,2001                                        plain: the body is all that follows the second `#`
//! {"type":"Login#1001","body":"demo,2001"}                    JSON
//! {"data":{"type":"Login#1001","body":"demo,2001", …}}        the old product's REST form; other members are ignored
//! ```
//!
//! A body that is absent, `null`, `"null"` or empty is none. What the verb and its parameters mean is the catalogue's
//! business (`command::catalogue`). Bodies hold passwords: they are never printed.

use std::borrow::Cow;

use secrecy::SecretString;
use serde::Deserialize;

/// What .NET's StreamWriter sends before its first text when it writes UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One command as it was sent, not yet understood.
#[derive(Clone, Debug)]
pub struct Message {
    /// What stands before the `#`, without blanks around it.
    pub verb: String,
    /// What stands after the `#`, without blanks around it.
    pub id: String,
    /// The parameters, joined by commas; empty for none.
    pub body: SecretString,
}

/// Why a text is no command. The texts never quote what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It does not say for whom it is.
    #[error("no # between verb and id")]
    NoId,
    /// Nothing stands before the `#`.
    #[error("no verb before the #")]
    NoVerb,
    /// It begins with `{` and is no JSON object of the known forms.
    #[error("not a JSON object with a type and a body of text")]
    NotJson,
}

impl Message {
    /// Takes one line, frame or text apart, whichever form it has.
    ///
    /// # Errors
    ///
    /// [`Malformed`] when it has none of the forms.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if text.trim_start().starts_with('{') { Self::parse_json(text) } else { Self::parse_plain(text) }
    }

    /// Joins a type `Verb#id` and a body, for transports that carry the two apart.
    ///
    /// # Errors
    ///
    /// [`Malformed`] when the type is not of that form.
    pub fn from_parts(kind: &str, body: Option<&str>) -> Result<Self, Malformed> {
        let (verb, id) = kind.split_once('#').ok_or(Malformed::NoId)?;
        let verb = verb.trim();
        if verb.is_empty() {
            return Err(Malformed::NoVerb);
        }
        let body = body.filter(|body| body.trim() != "null").unwrap_or_default();
        Ok(Self { verb: verb.to_owned(), id: id.trim().to_owned(), body: body.into() })
    }

    fn parse_plain(line: &str) -> Result<Self, Malformed> {
        let (verb, rest) = line.split_once('#').ok_or(Malformed::NoId)?;
        let (id, body) = rest.split_once('#').map_or((rest, None), |(id, body)| (id, Some(body.trim_start())));
        if verb.trim().is_empty() {
            return Err(Malformed::NoVerb);
        }
        let body = body.filter(|body| body.trim() != "null").unwrap_or_default();
        Ok(Self { verb: verb.trim().to_owned(), id: id.trim().to_owned(), body: body.into() })
    }

    fn parse_json(text: &str) -> Result<Self, Malformed> {
        let Outer { kind, body, data } = serde_json::from_str(text).map_err(|_| Malformed::NotJson)?;
        let Inner { kind, body } = data.unwrap_or(Inner { kind, body });
        Self::from_parts(&kind.ok_or(Malformed::NotJson)?, body.as_deref())
    }
}

#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
    #[serde(borrow)]
    data: Option<Inner<'a>>,
}

#[derive(Deserialize)]
struct Inner<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use secrecy::ExposeSecret;

    use super::*;

    fn parsed(text: &str) -> (String, String, String) {
        let message = Message::parse(text).unwrap();
        (message.verb, message.id, message.body.expose_secret().to_owned())
    }

    fn triple(verb: &str, id: &str, body: &str) -> (String, String, String) {
        (verb.to_owned(), id.to_owned(), body.to_owned())
    }

    #[test]
    fn every_form_says_the_same() {
        let expected = triple("Login", "1001", "demo,2001");
        for text in [
            "Login#1001#demo,2001",
            " Login # 1001 # demo,2001",
            r#"{"type":"Login#1001","body":"demo,2001"}"#,
            r#"  {"body":"demo,2001","type":"Login# 1001","extra":[{"a":1}]}"#,
            r#"{"data":{"type":"Login#1001","body":"demo,2001","sessionUrl":"http://x/","n":1}}"#,
            r#"{"type":"ignored","data":{"type":"Login#1001","body":"demo,2001"}}"#,
            "\u{feff}Login#1001#demo,2001",
            "\u{feff}{\"type\":\"Login#1001\",\"body\":\"demo,2001\"}",
        ] {
            assert_eq!(parsed(text), expected, "{text}");
        }
    }

    #[test]
    fn a_body_may_be_none_in_many_ways() {
        for text in [
            "MakeReady#1001",
            "MakeReady#1001#",
            "MakeReady#1001#null",
            r#"{"type":"MakeReady#1001"}"#,
            r#"{"type":"MakeReady#1001","body":null}"#,
            r#"{"type":"MakeReady#1001","body":"null"}"#,
            r#"{"type":"MakeReady#1001","body":""}"#,
        ] {
            assert_eq!(parsed(text), triple("MakeReady", "1001", ""), "{text}");
        }
    }

    #[test]
    fn a_body_keeps_its_hashes_commas_blanks_and_escapes() {
        assert_eq!(parsed("Login#1001#a#b,c ,2001").2, "a#b,c ,2001");
        assert_eq!(parsed(r#"{"type":"Login#1001","body":" p\"\\#,ä ,2001"}"#).2, " p\"\\#,ä ,2001");
    }

    #[test]
    fn what_is_no_command_says_why_and_quotes_nothing() {
        for (text, why) in [
            ("", Malformed::NoId),
            ("Hello", Malformed::NoId),
            ("#1001", Malformed::NoVerb),
            (r##"{"type":"#1"}"##, Malformed::NoVerb),
            (r#"{"type":"Hello"}"#, Malformed::NoId),
            ("{", Malformed::NotJson),
            ("{}", Malformed::NotJson),
            (r#"{"type":7,"body":"x"}"#, Malformed::NotJson),
            (r#"{"type":"Login#1","body":7}"#, Malformed::NotJson),
            (r#"{"type":"Login#1","body":"a"} trailing"#, Malformed::NotJson),
            (r#"{"data":"Login#1"}"#, Malformed::NotJson),
        ] {
            assert_eq!(Message::parse(text).unwrap_err(), why, "{text}");
        }
        assert!(Message::parse(&format!("{{\"a\":{}", "[".repeat(60_000))).is_err());
    }

    #[test]
    fn a_password_is_not_printed() {
        let message = Message::parse("Login#1001#hunter2,2001").unwrap();
        assert!(!format!("{message:?}").contains("hunter2"));
    }
}
