//! Identifiers, as newtypes that parse: none is empty, too long, or holds a control character.

use std::fmt;
use std::str::FromStr;

use super::Text;

/// Why a text is not a valid value of a newtype.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} {why}")]
pub struct Invalid {
    /// The noun, for example `agent id`.
    pub what: &'static str,
    /// What is wrong with it, for example `is empty`.
    pub why: &'static str,
}

fn check(what: &'static str, text: &str, max: usize, allowed: fn(char) -> bool) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid { what, why: "is empty" });
    }
    if text.len() > max {
        return Err(Invalid { what, why: "is too long" });
    }
    if text.chars().any(|c| c.is_control() || !allowed(c)) {
        return Err(Invalid { what, why: "has a character that is not allowed" });
    }
    Ok(())
}

macro_rules! text_newtype {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Text);

        impl $name {
            /// The text as it was given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                check($what, text, $max, $allowed)?;
                Ok(Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                check($what, &text, $max, $allowed)?;
                Ok(Self(text.into()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

text_newtype!(
    /// An agent's login id, as Finesse returns it in `User/loginId` (UCCE: the peripheral number, UCCX: the user name).
    AgentId, "agent id", 128, |c| !matches!(c, '/' | '?' | '#' | '\\')
);
text_newtype!(
    /// The id of a dialog: digits for voice calls, letters, `_` and `-` may occur for other media.
    DialogId, "dialog id", 64, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);
text_newtype!(
    /// An agent's extension: the number of the phone that the agent signs in on (Finesse `extension`).
    Extension, "extension", 32, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '*' | '.' | '_' | '-' | '@')
);
text_newtype!(
    /// A number to dial: any printable ASCII without blanks (Finesse does not normalise it).
    DialNumber, "number", 64, |c| c.is_ascii_graphic()
);
text_newtype!(
    /// The id of a team.
    TeamId, "team id", 64, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);
text_newtype!(
    /// The id of a queue (skill group, CSQ).
    QueueId, "queue id", 64, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);
text_newtype!(
    /// The database id of a reason code or wrap-up reason: the last segment of its Finesse URI.
    ReasonId, "reason id", 32, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);
text_newtype!(
    /// The id of a phone book.
    PhoneBookId, "phone book id", 64, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
);

/// A client's id for one command, a UUID: sending it again is safe.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(uuid::Uuid);

impl RequestId {
    /// A new random id.
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4())
    }
}

impl FromStr for RequestId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        uuid::Uuid::try_parse(text).map(Self).map_err(|_| Invalid { what: "request id", why: "is not a UUID" })
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The incarnation of an agent's session: a new random number each time a session is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Epoch(pub u64);

/// The number of an event within one agent's session; it rises by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sequence(pub u64);

/// A place in one agent's event stream: everything up to and including `sequence` has been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The session that numbered the events.
    pub epoch: Epoch,
    /// The last event that was seen; 0 before the first.
    pub sequence: Sequence,
}

/// A cursor is opaque to clients; this is its one textual form: 32 hexadecimal digits.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.epoch.0, self.sequence.0)
    }
}

impl FromStr for Cursor {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let invalid = Invalid { what: "cursor", why: "was not given out by this service" };
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(invalid);
        }
        let (epoch, sequence) = text.split_at(16);
        let number = |digits| u64::from_str_radix(digits, 16).map_err(|_| invalid.clone());
        Ok(Self { epoch: Epoch(number(epoch)?), sequence: Sequence(number(sequence)?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_refuse_what_could_leave_their_field() {
        for bad in ["", "a/b", "a\nb", "a\0b", "a?b", "a#b", &"x".repeat(129)] {
            assert!(AgentId::from_str(bad).is_err(), "{bad:?}");
        }
        assert_eq!(AgentId::from_str("ann@corp.example").unwrap().as_str(), "ann@corp.example");
        assert!(DialogId::from_str("../User/1").is_err());
        assert!(DialNumber::from_str("1 2").is_err());
    }

    #[test]
    fn a_cursor_survives_its_text() {
        let cursor = Cursor { epoch: Epoch(0xfeed_beef), sequence: Sequence(42) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for bad in ["", "+0000000000000000000000000000000", "zz", "00000000000000000000000000000000é"] {
            assert!(Cursor::from_str(bad).is_err());
        }
    }
}
