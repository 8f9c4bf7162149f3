//! Hands what was said to the fields of options, and collects what is wrong with it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::{Entry, Fault, Faults, Origin, Sources, Value};

/// Reads the keys one by one. A key that nobody said leaves its field as it is: the default.
#[derive(Debug)]
pub struct Reader {
    sources: Sources,
    known: BTreeSet<String>,
}

impl Reader {
    /// Reads from these sources.
    pub fn new(sources: Sources) -> Self {
        Self { sources, known: BTreeSet::new() }
    }

    /// Sets a field to what was said for its key.
    pub fn set<T: Value>(&mut self, key: &str, field: &mut T) {
        if let Some(value) = self.get(key, T::from_text, T::from_toml, T::ALLOWED) {
            *field = value;
        }
    }

    /// Sets a field that has bounds.
    pub fn set_within<T: Value + PartialOrd>(&mut self, key: &str, field: &mut T, allowed: RangeInclusive<T>) {
        if let Some(value) = self.get(key, T::from_text, T::from_toml, T::ALLOWED) {
            if allowed.contains(&value) {
                *field = value;
            } else {
                let what = format!(
                    "{} is out of range, expected {} to {}",
                    value.show(),
                    allowed.start().show(),
                    allowed.end().show()
                );
                self.fault(key, what);
            }
        }
    }

    /// Sets a field that is read from a text in its own way. `allowed` ends the sentence `expected …`.
    pub fn set_with<T>(&mut self, key: &str, field: &mut T, read: impl Fn(&str) -> Option<T>, allowed: &str) {
        let from_toml = |value: &toml::Value| value.as_str().and_then(&read);
        if let Some(value) = self.get(key, &read, from_toml, allowed) {
            *field = value;
        }
    }

    /// The tables of an array of tables; none was said: no tables. Only a file can say them.
    pub fn tables(&mut self, key: &str) -> Vec<toml::Table> {
        let none = |_: &str| None;
        let tables = |value: &toml::Value| {
            value.as_array()?.iter().map(|table| table.as_table().cloned()).collect::<Option<Vec<_>>>()
        };
        self.get(key, none, tables, "tables, written [[…]] in a file").unwrap_or_default()
    }

    /// Where a key was said.
    pub fn origin(&self, key: &str) -> Option<Origin> {
        self.sources.entries.get(key).map(|(origin, _)| origin.clone())
    }

    /// Whether a key was said.
    pub fn said(&self, key: &str) -> bool {
        self.sources.entries.contains_key(key)
    }

    /// Reports a fault of a key.
    pub fn fault(&mut self, key: &str, what: impl Into<String>) {
        let origin = self.origin(key);
        self.sources.faults.push(Fault { origin, key: key.to_owned(), what: what.into() });
    }

    /// The keys that were asked for.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Everything that is wrong, with what was said for keys that nobody asked for.
    pub fn finish(mut self) -> Result<(), Faults> {
        let unknown: Vec<_> = self.sources.entries.keys().filter(|key| !self.known.contains(*key)).cloned().collect();
        for key in unknown {
            let what = match self.nearest(&key) {
                Some(near) => format!("is no key; did you mean {near}?"),
                None => "is no key".to_owned(),
            };
            self.fault(&key, what);
        }
        if self.sources.faults.is_empty() { Ok(()) } else { Err(Faults(self.sources.faults)) }
    }

    fn get<T>(
        &mut self,
        key: &str,
        from_text: impl Fn(&str) -> Option<T>,
        from_toml: impl Fn(&toml::Value) -> Option<T>,
        allowed: &str,
    ) -> Option<T> {
        self.known.insert(key.to_owned());
        let (_, entry) = self.sources.entries.get(key)?;
        let value = match entry {
            Entry::Toml(value) => from_toml(value),
            Entry::Text(text) => from_text(text),
        };
        if value.is_none() {
            // The value itself may be a secret that went to the wrong key.
            self.fault(key, format!("is not valid, expected {allowed}"));
        }
        value
    }

    /// The known key that differs least, if it differs little.
    fn nearest(&self, key: &str) -> Option<&str> {
        let known = self.known.iter().map(|known| (distance(known, key), known.as_str()));
        known.min().filter(|(distance, _)| *distance <= 3).map(|(_, known)| known)
    }
}

/// How many letters must be put, taken or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let cell = |at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let left = next.last().copied().unwrap_or(0);
            next.push((cell(j) + usize::from(x != *y)).min(cell(j + 1) + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn sources(text: &str) -> Sources {
        Sources::new().text(Origin::File("gc.toml".into()), text)
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_file() {
        let read = |sources: Sources| {
            let mut reader = Reader::new(sources);
            let mut heartbeat = Duration::from_secs(15);
            reader.set("grpc.heartbeat", &mut heartbeat);
            reader.finish().unwrap();
            heartbeat.as_secs()
        };
        let file = sources("[grpc]\nheartbeat = \"1s\"");
        assert_eq!(read(Sources::new()), 15);
        assert_eq!(read(file.clone()), 1);
        let environment =
            file.environment([("GC_GRPC__HEARTBEAT".into(), "2s".into()), ("GC_CONFIG".into(), "x".into())]);
        assert_eq!(read(environment.clone()), 2);
        assert_eq!(read(environment.flag("--set", "grpc.heartbeat", "3s")), 3);
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_where_and_what_is_allowed() {
        let sources = sources("top = 1\n[grpc]\nheartbeat = 5\nmax_connections = 0\nheartbeet = \"1s\"\n")
            .environment([("GC_GRPC__TLS".into(), "maybe".into())])
            .flag("--listen", "grpc.listen", "here");
        let mut reader = Reader::new(sources);
        reader.set("grpc.heartbeat", &mut Duration::default());
        reader.set_within("grpc.max_connections", &mut 1usize, 1..=100);
        reader.set("grpc.tls", &mut false);
        reader.set("grpc.listen", &mut std::net::SocketAddr::from(([0; 4], 0)));
        let faults = reader.finish().unwrap_err().to_string();
        let expected = [
            "gc.toml: top: stands outside of a section",
            "gc.toml: grpc.heartbeat: is not valid, expected a duration, for example \"500ms\", \"10s\", \"5m\" or \"12h\"",
            "gc.toml: grpc.max_connections: 0 is out of range, expected 1 to 100",
            "environment GC_GRPC__TLS: grpc.tls: is not valid, expected true or false",
            "flag --listen: grpc.listen: is not valid, expected an address with a port, for example \"127.0.0.1:50051\"",
            "gc.toml: grpc.heartbeet: is no key; did you mean grpc.heartbeat?",
        ];
        assert_eq!(faults, expected.join("\n"));
    }

    #[test]
    fn a_broken_or_missing_file_is_one_fault() {
        let broken = Reader::new(sources("[grpc")).finish().unwrap_err();
        assert!(broken.0[0].what.starts_with("is no TOML"), "{broken}");
        let missing = Reader::new(Sources::new().file("no/such/file".as_ref())).finish().unwrap_err();
        assert!(missing.to_string().starts_with("no/such/file: can't be read"), "{missing}");
    }
}
