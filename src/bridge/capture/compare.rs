//! A capture of another connector's events beside what we would say: what is equal, what differs, which key settles it.
//! Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{json, specimen, text};
use crate::bridge::say::Encoding;
use crate::bridge::style::Style;

/// Most different differences of a type of event that are told.
const MOST_DIFFERENCES: usize = 16;
/// Most types of events that we do not know that are told.
const MOST_UNKNOWN: usize = 64;
/// Longest example, in characters.
const LONGEST_EXAMPLE: usize = 400;

/// What a comparison found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Each type of event that was seen in each encoding, by name.
    pub events: BTreeMap<String, Row>,
    /// Events of types that we never say, by name.
    pub unknown: BTreeMap<String, Row>,
    /// What we say and the capture does not have.
    pub never_seen: Vec<String>,
    /// Configuration keys and the values that would make our lines more like those.
    pub suggestions: BTreeMap<String, String>,
    /// Places at which the recording may miss events.
    pub gaps: u64,
}

/// One type of event.
#[derive(Debug, Default, Serialize)]
pub struct Row {
    /// How often it was seen.
    pub seen: u64,
    /// How often it had our layout.
    pub equal: u64,
    /// What was different, and how often.
    pub differences: BTreeMap<String, u64>,
    /// The first that was different.
    pub example: Option<String>,
}

impl Report {
    /// Whether everything that was seen has our layout.
    pub fn is_equal(&self) -> bool {
        self.unknown.is_empty() && self.events.values().all(|row| row.seen == row.equal)
    }
}

/// Differences of one event, and the keys that would settle them.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub differences: Vec<String>,
    pub suggestions: BTreeMap<String, String>,
}

impl Found {
    pub fn differs(&mut self, what: impl Into<String>) {
        self.differences.push(what.into());
    }

    pub fn suggest(&mut self, key: &str, value: String) {
        self.suggestions.insert(key.to_owned(), value);
    }
}

/// Takes events one by one.
#[derive(Debug)]
pub struct Comparison<'a> {
    style: &'a Style,
    json: Vec<(String, Value)>,
    text: Vec<(String, Vec<String>)>,
    seen: BTreeSet<String>,
    report: Report,
}

impl<'a> Comparison<'a> {
    /// With our lines as the style writes them.
    pub fn new(style: &'a Style) -> Self {
        let lines = |encoding| specimen::lines(encoding, style).unwrap_or_default();
        let json = lines(Encoding::Json).into_iter().filter_map(|line| serde_json::from_str(&line).ok());
        let text = lines(Encoding::Text).into_iter().map(|line| text::tokens(&line));
        Self {
            style,
            json: json.filter_map(|value| Some((json::kind(&value)?, value))).collect(),
            text: text.filter_map(|tokens| Some((text::kind(&tokens)?, tokens))).collect(),
            seen: BTreeSet::new(),
            report: Report::default(),
        }
    }

    /// A place at which events may be missing.
    pub fn gap(&mut self) {
        self.report.gaps += 1;
    }

    /// One event's body.
    pub fn event(&mut self, body: &str) {
        let (name, found) = match serde_json::from_str::<Value>(body) {
            Ok(value @ (Value::Object(_) | Value::Array(_))) => {
                let kind = json::kind(&value).unwrap_or_default();
                let ours = self.json.iter().filter(|(name, _)| *name == kind);
                let found = ours.map(|(_, ours)| json::compare(ours, &value)).min_by_key(|f| f.differences.len());
                (format!("json {kind}"), found)
            }
            _ => {
                let theirs = text::tokens(body);
                let kind = text::kind(&theirs).unwrap_or_default();
                let ours = self.text.iter().filter(|(name, _)| name.eq_ignore_ascii_case(&kind));
                let found = ours.map(|(_, ours)| text::compare(ours, &theirs, &self.style.text));
                let found = found.min_by_key(|found| found.differences.len());
                let renamed = found.is_none().then(|| text::renamed(&kind, &self.style.text)).flatten();
                self.report.suggestions.extend(renamed);
                (format!("text {kind}"), found)
            }
        };
        self.record(name, found, body);
    }

    fn record(&mut self, name: String, found: Option<Found>, body: &str) {
        let known = found.is_some();
        let rows = if known { &mut self.report.events } else { &mut self.report.unknown };
        if !known && rows.len() >= MOST_UNKNOWN && !rows.contains_key(&name) {
            return;
        }
        self.seen.insert(name.to_ascii_lowercase());
        let row = rows.entry(name).or_default();
        row.seen += 1;
        let Found { differences, suggestions } = found.unwrap_or_default();
        if known && differences.is_empty() {
            row.equal += 1;
        } else if row.example.is_none() {
            row.example = Some(body.chars().take(LONGEST_EXAMPLE).collect());
        }
        for difference in differences {
            if row.differences.len() < MOST_DIFFERENCES || row.differences.contains_key(&difference) {
                *row.differences.entry(difference).or_default() += 1;
            }
        }
        self.report.suggestions.extend(suggestions);
    }

    /// What was found.
    pub fn finish(mut self) -> Report {
        let json = self.json.iter().map(|(name, _)| ("json", name));
        let text = self.text.iter().map(|(name, _)| ("text", name));
        // Of an encoding that the capture has nothing of, nothing is missing.
        let used = |encoding: &str| self.seen.iter().any(|name| name.starts_with(encoding));
        let ours = json.chain(text).filter(|(encoding, _)| used(encoding));
        let ours: BTreeSet<String> = ours.map(|(encoding, name)| format!("{encoding} {name}")).collect();
        let never = ours.into_iter().filter(|name| !self.seen.contains(&name.to_ascii_lowercase()));
        self.report.never_seen = never.collect();
        self.report
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
