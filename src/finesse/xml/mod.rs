//! Reading and writing Finesse's XML: a bounded pull reader that matches local names, and a writer that always escapes.

mod escape;
mod reader;
mod writer;

pub use escape::unescape;
use memchr::memchr;
pub use reader::{Element, Reader, XmlError};
pub use writer::Writer;

use crate::model::Timestamp;

/// Reads a time of Finesse, with or without milliseconds; empty, `-1` and what is no time are none.
pub fn time(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok()
}

/// The last segment of a URI such as `/finesse/api/ReasonCode/16`, whether or not a slash ends it.
pub fn last_segment(uri: &str) -> &str {
    let uri = uri.trim().trim_end_matches('/');
    uri.rsplit('/').next().unwrap_or(uri)
}

/// Where a byte is. Most of what is looked through here is shorter than the search would take to begin.
fn find(byte: u8, bytes: &[u8]) -> Option<usize> {
    const SHORT: usize = 16;
    let (first, rest) = bytes.split_at(bytes.len().min(SHORT));
    first.iter().position(|b| *b == byte).or_else(|| memchr(byte, rest).map(|at| at + SHORT))
}
