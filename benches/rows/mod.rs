//! The rows, a file for each thing that is measured.

pub mod allocations;
pub mod backlog;
pub mod command;
pub mod event;
pub mod fanout;
pub mod memory;
pub mod outcome;
pub mod parse;
pub mod scale;
pub mod sim;
pub mod start;
pub mod storm;

use anyhow::Result;

use crate::report::Report;

/// What a row is given.
pub struct Bench {
    /// Fewer rounds, fewer agents: all rows within three minutes.
    pub quick: bool,
    /// Where the figures go.
    pub report: Report,
}

impl Bench {
    /// One number for the quick run, another for the full one.
    pub fn size(&self, quick: usize, full: usize) -> usize {
        if self.quick { quick } else { full }
    }
}

/// A row's name, and what runs it.
pub type Row = (&'static str, fn(&mut Bench) -> Result<()>);

/// Every row, in the order of the document.
pub const ROWS: &[Row] = &[
    ("command", command::run),
    ("event", event::run),
    ("parse", parse::run),
    ("backlog", backlog::run),
    ("allocations", allocations::run),
    ("fanout", fanout::run),
    ("memory", memory::run),
    ("storm", storm::run),
    ("scale", scale::run),
    ("start", start::run),
    ("sim", sim::run),
];
