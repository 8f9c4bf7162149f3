//! How much may come of a client that is no command: empty lines, pings, pieces of messages.
//!
//! Nothing of it waits for an answer, so nothing but this holds back who sends it without end.

use std::time::Duration;

use tokio::time::Instant;

/// Most of it in a second. The longest command in pieces as small as anybody makes them has half as many.
const MOST: u32 = 1_000;

/// Too much came that is no command.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("too much that is no command")]
pub struct Flood;

/// What came of one client in this second.
#[derive(Debug)]
pub struct Tally {
    count: u32,
    since: Instant,
}

impl Tally {
    /// Of a client that has sent nothing yet.
    pub fn new() -> Self {
        Self { count: 0, since: Instant::now() }
    }

    /// Counts some more.
    ///
    /// # Errors
    /// When it is too much.
    pub fn add(&mut self, more: u32) -> Result<(), Flood> {
        if more > 0 && self.since.elapsed() >= Duration::from_secs(1) {
            *self = Self::new();
        }
        self.count = self.count.saturating_add(more);
        if self.count > MOST { Err(Flood) } else { Ok(()) }
    }
}
