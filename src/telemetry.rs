//! Logs: short lines with fields, to standard error; and [`metrics`].

pub mod metrics;

use std::io::{self, Write};

use tracing::Subscriber;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

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

/// Libraries that log what they send and receive, and so passwords and tokens, and the finest level at which they do
/// not. No filter lifts this.
const CAPPED: &[(&str, LevelFilter)] = &[
    // Whole frames, with the XMPP sign-in.
    ("tungstenite", LevelFilter::INFO),
    ("tokio_tungstenite", LevelFilter::INFO),
];

/// Begins to log. A second call changes nothing: the first caller owns the log.
pub fn init(options: &Options) {
    let _ = subscriber(options, io::stderr).try_init();
}

/// What takes the log's lines and writes them. A filter that can't be read counts as `info`.
pub fn subscriber<W>(options: &Options, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&options.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let capped = Targets::new().with_default(LevelFilter::TRACE).with_targets(CAPPED.iter().copied());
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false);
    let lines = match options.format {
        Format::Text => lines.boxed(),
        Format::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(capped).with(filter).with(lines)
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
