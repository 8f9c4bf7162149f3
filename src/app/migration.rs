//! `generic-connector migration-report`: who still uses the legacy door, asked of a running service or read from its
//! state directory.

mod ask;
mod table;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use prost_types::Timestamp as Time;
use serde_json::{Value, json};

use crate::bridge::{migration, usage};
use crate::pb;

/// What of the report is wanted, and from where.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("source").required(true).args(["address", "state"]))]
pub struct Flags {
    /// Asks a running service, for example http://127.0.0.1:50051 or https://gc.example:50051
    #[arg(long, value_name = "URL")]
    pub(super) address: Option<String>,
    /// The file with an administrator's API key [default: the key itself, in the environment as GC_ADMIN_KEY]
    #[arg(long, value_name = "FILE", conflicts_with = "state")]
    pub(super) key_file: Option<PathBuf>,
    /// A certificate authority (PEM) to trust beside the system's
    #[arg(long, value_name = "FILE", conflicts_with = "state")]
    pub(super) ca_file: Option<PathBuf>,
    /// Reads the state directory of a service instead, which need not run
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Only what this client sent
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    /// Only what was sent at this time or later, for example 2026-11-01T00:00:00Z
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
    /// Writes one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// Writes the report to standard output.
///
/// # Errors
/// When the service can't be asked or refuses, or the state can't be read.
pub async fn run(flags: &Flags) -> anyhow::Result<()> {
    let request = pb::GetMigrationReportRequest {
        client: flags.client.clone().unwrap_or_default(),
        since: flags.since.map(migration::to_time),
        ..Default::default()
    };
    let report = match (&flags.state, &flags.address) {
        (Some(directory), _) => read(directory, request).await?,
        (None, address) => ask::all(address.as_deref().unwrap_or_default(), flags, request).await?,
    };
    let text = if flags.json { format!("{:#}\n", to_json(&report)) } else { table::of(&report) };
    // Nothing is wrong when the reader has seen enough (`| head`).
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// All pages as one.
#[derive(Debug, Default)]
struct Report {
    counted_since: Option<Time>,
    uses: Vec<pb::LegacyUse>,
}

impl Report {
    /// Takes a page, and makes the request for the next one; none after the last.
    fn take(
        &mut self,
        page: pb::GetMigrationReportResponse,
        request: pb::GetMigrationReportRequest,
    ) -> Option<pb::GetMigrationReportRequest> {
        self.counted_since = page.counted_since;
        self.uses.extend(page.uses);
        let page_token = page.next_page_token;
        (!page_token.is_empty()).then_some(pb::GetMigrationReportRequest { page_token, ..request })
    }
}

async fn read(directory: &Path, request: pb::GetMigrationReportRequest) -> anyhow::Result<Report> {
    let shown = directory.display();
    let counts = usage::read(directory).await.map_err(|why| anyhow::anyhow!("the state in {shown}: {why}"))?;
    let counts = counts.ok_or_else(|| anyhow::anyhow!("{shown} holds no counters, is it the state directory?"))?;
    let mut report = Report::default();
    let mut next = Some(request);
    while let Some(request) = next {
        let page = migration::page(&counts, &request).map_err(|error| anyhow::anyhow!("{}", error.message))?;
        next = report.take(page, request);
    }
    Ok(report)
}

fn to_json(report: &Report) -> Value {
    let uses = report.uses.iter().map(|legacy| {
        json!({
            "client": legacy.client,
            "door": door(legacy),
            "verb": legacy.verb,
            "count": legacy.count,
            "first_at": time(legacy.first_at.as_ref()),
            "last_at": time(legacy.last_at.as_ref()),
            "replaced_by": legacy.replaced_by,
            "note": legacy.note,
        })
    });
    json!({ "counted_since": time(report.counted_since.as_ref()), "uses": uses.collect::<Vec<_>>() })
}

/// The door's name, as in metrics.
fn door(legacy: &pb::LegacyUse) -> String {
    legacy.door().as_str_name().trim_start_matches("LEGACY_DOOR_").to_ascii_lowercase()
}

/// To the second, in UTC; empty for none.
fn time(time: Option<&Time>) -> String {
    let time = time.and_then(|time| Timestamp::from_second(time.seconds).ok());
    time.map(|time| time.to_string()).unwrap_or_default()
}
