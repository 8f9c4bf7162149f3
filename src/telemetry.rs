//! Logs: short lines with fields, to standard error.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

/// How the log is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which lines: a level, or `target=level` separated by commas.
    pub filter: String,
    /// How they look.
    pub format: Format,
}

impl Default for Options {
    fn default() -> Self {
        Self { filter: "info".to_owned(), format: Format::Text }
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

/// Whether a filter can be read.
pub fn is_filter(text: &str) -> bool {
    EnvFilter::try_new(text).is_ok()
}

/// Begins to log. A second call changes nothing: the first caller owns the log.
pub fn init(options: &Options) {
    let filter = EnvFilter::try_new(&options.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false);
    let _ = match options.format {
        Format::Text => builder.finish().try_init(),
        Format::Json => builder.json().flatten_event(true).finish().try_init(),
    };
}

/// Says on standard output, in one JSON line, that the process is ready and where it listens.
///
/// # Errors
/// When standard output is closed.
pub fn announce(addresses: &[(&str, String)]) -> io::Result<()> {
    let mut line = serde_json::Map::from_iter([("ready".to_owned(), true.into())]);
    line.extend(addresses.iter().map(|(name, address)| ((*name).to_owned(), address.as_str().into())));
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::Value::Object(line))?;
    out.flush()
}
