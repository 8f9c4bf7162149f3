//! `make bench`: measures the service beside the physical limit and beside what one would use instead, in one run.
//!
//! Everything that is measured runs in a process of its own on the first core; the simulator and the load, which is this
//! process, share the second. Subject and baseline take turns, round by round, and what is told is the middle of the
//! rounds, their range, and the ratio. `benches/README.md` says how to read and extend it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
// The service spawns in one place; here each row does, on a runtime of its own.
#![allow(clippy::disallowed_methods)]

mod crowd;
mod machine;
mod measure;
mod process;
mod publish;
mod report;
mod roles;
mod rows;
mod stage;
mod wire;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Parser;

use process::{LOAD, cores, pin};
use report::Report;
use rows::{Bench, ROWS};

/// Measures the service beside its baselines.
#[derive(Parser)]
struct Arguments {
    /// Fewer rounds and agents.
    #[arg(long)]
    quick: bool,
    /// Only the rows with these names; may be repeated.
    #[arg(long)]
    row: Vec<String>,
    /// Writes the table to this file.
    #[arg(long)]
    write: Option<PathBuf>,
    /// Runs as what the service is compared with.
    #[arg(long, hide = true)]
    baseline: bool,
    /// The simulator's notification port for the baseline.
    #[arg(long, hide = true)]
    xmpp: Option<String>,
    /// What `cargo bench` passes to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if arguments.baseline {
        return roles::run(arguments.xmpp);
    }
    for row in &arguments.row {
        ensure!(ROWS.iter().any(|(name, _)| name == row), "there is no row {row}, but {:?}", names());
    }
    ensure!(cores()? >= 2, "two cores are needed, one for what is measured and one for the load");
    pin(LOAD)?;
    let mut bench = Bench { quick: arguments.quick, report: Report::default() };
    for (name, run) in ROWS {
        if arguments.row.is_empty() || arguments.row.iter().any(|row| row == name) {
            run(&mut bench)?;
        }
    }
    if let Some(file) = arguments.write {
        std::fs::write(file, bench.report.markdown(&machine::about(arguments.quick)?))?;
    }
    Ok(())
}

fn names() -> Vec<&'static str> {
    ROWS.iter().map(|(name, _)| *name).collect()
}
