//! The layers of the configuration: file, environment, flags. What comes later wins.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::Fault;

/// Environment variables of the configuration: `GC_SECTION__KEY`, for example `GC_GRPC__LISTEN`.
const PREFIX: &str = "GC_";

/// Largest file that is read, in bytes.
const MAX_FILE: u64 = 1024 * 1024;

/// Where a value was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In a file.
    File(PathBuf),
    /// In an environment variable.
    Environment(String),
    /// Behind a flag.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// A value as it was said.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// In a file.
    Toml(toml::Value),
    /// In the environment or behind a flag.
    Text(String),
}

/// All that was said, by `section.key`.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub(super) entries: BTreeMap<String, (Origin, Entry)>,
    pub(super) faults: Vec<Fault>,
}

impl Sources {
    /// Nothing said: all defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn file(self, path: &Path) -> Self {
        let origin = Origin::File(path.to_owned());
        let read = || match std::fs::metadata(path)?.len() {
            0..=MAX_FILE => std::fs::read_to_string(path),
            _ => Err(std::io::Error::other("the file is too large for a configuration")),
        };
        match read() {
            Ok(text) => self.text(origin, &text),
            Err(error) => self.fault(origin, "", format!("can't be read: {error}")),
        }
    }

    /// Adds the text of a file.
    #[must_use]
    pub fn text(mut self, origin: Origin, text: &str) -> Self {
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => return self.fault(origin, "", format!("is no TOML: {error}")),
        };
        for (section, content) in table {
            let toml::Value::Table(content) = content else {
                self = self.fault(origin.clone(), &section, "stands outside of a section".to_owned());
                continue;
            };
            for (key, value) in content {
                self.entries.insert(format!("{section}.{key}"), (origin.clone(), Entry::Toml(value)));
            }
        }
        self
    }

    /// Adds environment variables; those without a section (`GC_CONFIG`) are not values.
    #[must_use]
    pub fn environment(mut self, variables: impl IntoIterator<Item = (String, String)>) -> Self {
        for (name, value) in variables {
            let Some((section, key)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once("__")) else {
                continue;
            };
            let key = format!("{}.{}", section.to_ascii_lowercase(), key.to_ascii_lowercase());
            self.entries.insert(key, (Origin::Environment(name), Entry::Text(value)));
        }
        self
    }

    /// Adds a flag's value.
    #[must_use]
    pub fn flag(mut self, name: &str, key: &str, value: impl Into<String>) -> Self {
        self.entries.insert(key.to_owned(), (Origin::Flag(name.to_owned()), Entry::Text(value.into())));
        self
    }

    fn fault(mut self, origin: Origin, key: &str, what: String) -> Self {
        self.faults.push(Fault { origin: Some(origin), key: key.to_owned(), what });
        self
    }
}
