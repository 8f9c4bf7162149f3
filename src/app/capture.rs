//! `generic-connector check --capture`: compares a recording of another connector with what this one would say.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use crate::bridge::capture::{Comparison, Report, Row};
use crate::bridge::style::Style;

/// Longest line of a recording, bytes.
const LONGEST_LINE: u64 = 1024 * 1024;

/// A line of a recording; other members are ignored.
#[derive(Deserialize)]
struct Line {
    body: Option<String>,
    #[serde(default)]
    gap: bool,
    capture: Option<u32>,
}

/// Reads a recording and compares each event.
///
/// # Errors
/// When the file can't be read, or is no recording.
pub fn compare(file: &Path, style: &Style) -> anyhow::Result<Report> {
    let mut lines = BufReader::new(File::open(file).with_context(|| file.display().to_string())?);
    let mut comparison = Comparison::new(style);
    let mut line = Vec::new();
    for number in 1u64.. {
        line.clear();
        lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        let what = || format!("{}:{number}", file.display());
        let said: Line = serde_json::from_slice(&line).with_context(what)?;
        match (number, said) {
            (1, said) => anyhow::ensure!(said.capture == Some(1), "{}: no recording of this version", what()),
            (_, Line { gap: true, .. }) => comparison.gap(),
            (_, Line { body: Some(body), .. }) => comparison.event(&body),
            // An event that was no text or too long.
            _ => {}
        }
    }
    Ok(comparison.finish())
}

/// Writes the report for people.
///
/// # Errors
/// When it can't be written.
pub fn tell(report: &Report, out: &mut impl Write) -> std::io::Result<()> {
    for (name, row) in &report.events {
        let verdict = if row.seen == row.equal { "equal" } else { "DIFFERENT" };
        writeln!(out, "{verdict:<10}{name:<28}{} seen, {} equal", row.seen, row.equal)?;
        details(row, out)?;
    }
    for (name, row) in &report.unknown {
        writeln!(out, "{:<10}{name:<28}{} seen", "UNKNOWN", row.seen)?;
        details(row, out)?;
    }
    if !report.never_seen.is_empty() {
        writeln!(out, "not in the recording: {}", report.never_seen.join(", "))?;
    }
    if report.gaps > 0 {
        writeln!(out, "the recording may miss events at {} places", report.gaps)?;
    }
    if !report.suggestions.is_empty() {
        writeln!(out, "\nset in the configuration:\n\n[text]")?;
        for (key, value) in &report.suggestions {
            writeln!(out, "{} = {value}", key.strip_prefix("text.").unwrap_or(key))?;
        }
    }
    Ok(())
}

fn details(row: &Row, out: &mut impl Write) -> std::io::Result<()> {
    for (difference, count) in &row.differences {
        writeln!(out, "          {count} times: {difference}")?;
    }
    row.example.iter().try_for_each(|example| writeln!(out, "          for example {example}"))
}
