//! Phone books: the numbers that an administrator gave the agents.

use super::id::PhoneBookId;

/// Whom a phone book is for (`PhoneBook/type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PhoneBookType {
    /// Finesse does not say, or says what this build does not know.
    #[default]
    Unknown,
    /// For every agent.
    Global,
    /// For teams.
    Team,
}

impl PhoneBookType {
    /// Finesse's name; empty for [`PhoneBookType::Unknown`].
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Global => "GLOBAL",
            Self::Team => "TEAM",
        }
    }

    /// Reads Finesse's name whatever its case.
    pub fn from_name(name: &str) -> Self {
        [Self::Global, Self::Team]
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(name.trim()))
            .unwrap_or_default()
    }
}

/// A phone book with its contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneBook {
    /// Finesse's id.
    pub id: PhoneBookId,
    /// Its name.
    pub name: String,
    /// Whom it is for.
    pub kind: PhoneBookType,
    /// Its contacts, in Finesse's order.
    pub contacts: Vec<Contact>,
}

/// An entry of a phone book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Finesse's id; empty where it gives none.
    pub id: String,
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
    /// The number.
    pub phone_number: String,
    /// A remark; may be empty.
    pub description: String,
}
