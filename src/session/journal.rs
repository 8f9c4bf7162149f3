//! The last events of one agent, held so that a client can resume after its cursor. Sans-IO.
//!
//! Bounded by count, bytes and age for each agent, and by one byte budget for the process.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::fanout::Published;
use crate::model::event::{Event, Payload, ResetReason};
use crate::model::id::{Cursor, Epoch, Sequence};

/// How much a journal holds.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Events for each agent.
    pub events: usize,
    /// Bytes for each agent, by estimate.
    pub bytes: usize,
    /// Age of the oldest event.
    pub age: Duration,
    /// Bytes for all agents together.
    pub total_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { events: 128, bytes: 64 * 1024, age: Duration::from_secs(600), total_bytes: 1024 * 1024 * 1024 }
    }
}

/// The journal of one agent.
#[derive(Debug)]
pub struct Journal {
    epoch: Epoch,
    last: Sequence,
    entries: VecDeque<Entry>,
    bytes: usize,
    limits: Limits,
    process: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Entry {
    published: Arc<Published>,
    at: Instant,
    size: usize,
}

impl Journal {
    /// An empty journal; `process` counts the bytes of all journals.
    pub fn new(epoch: Epoch, limits: Limits, process: Arc<AtomicUsize>) -> Self {
        Self { epoch, last: Sequence(0), entries: VecDeque::new(), bytes: 0, limits, process }
    }

    /// The place after the last event.
    pub fn cursor(&self) -> Cursor {
        Cursor { epoch: self.epoch, sequence: self.last }
    }

    /// Gives the event its number and keeps it.
    pub fn append(&mut self, mut event: Event, now: Instant) -> Arc<Published> {
        self.last = Sequence(self.last.0 + 1);
        event.cursor = self.cursor();
        let size = estimate(&event);
        let published = Arc::new(Published::new(event));
        self.entries.push_back(Entry { published: published.clone(), at: now, size });
        self.bytes += size;
        self.process.fetch_add(size, Ordering::Relaxed);
        self.trim(now);
        published
    }

    /// Drops what is too much or too old.
    pub fn trim(&mut self, now: Instant) {
        while let Some(oldest) = self.entries.front() {
            let over = self.entries.len() > self.limits.events
                || self.bytes > self.limits.bytes
                || self.process.load(Ordering::Relaxed) > self.limits.total_bytes
                || now.saturating_duration_since(oldest.at) > self.limits.age;
            if !over {
                break;
            }
            self.bytes -= oldest.size;
            self.process.fetch_sub(oldest.size, Ordering::Relaxed);
            self.entries.pop_front();
        }
    }

    /// The events after a cursor.
    ///
    /// # Errors
    /// Why the cursor can't be continued.
    pub fn after(&self, cursor: Cursor) -> Result<Vec<Arc<Published>>, ResetReason> {
        if cursor.epoch != self.epoch {
            return Err(ResetReason::EpochChanged);
        }
        if cursor.sequence > self.last {
            return Err(ResetReason::CursorUnknown);
        }
        let missing = usize::try_from(self.last.0 - cursor.sequence.0).unwrap_or(usize::MAX);
        if missing > self.entries.len() {
            return Err(ResetReason::CursorTooOld);
        }
        Ok(self.entries.range(self.entries.len() - missing..).map(|entry| entry.published.clone()).collect())
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.process.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// What an event roughly costs to hold: its structs and texts, twice for the encodings that doors may add.
fn estimate(event: &Event) -> usize {
    let payload = match &event.payload {
        Payload::DialogOffered(view) | Payload::DialogChanged { view, .. } | Payload::DialogEnded { view, .. } => {
            let variables = view.dialog.variables.iter().map(|v| v.name.len() + v.value.len() + 48);
            let participants = view.dialog.participants.iter().map(|p| 160 + p.actions.len() * 40);
            512 + variables.sum::<usize>() + participants.sum::<usize>()
        }
        Payload::AgentInfo(agent) | Payload::AgentStateChanged { agent, .. } => 512 + agent.teams.len() * 64,
        _ => 128,
    };
    256 + payload + payload / 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Timestamp;
    use crate::model::event::Origin;
    use crate::model::system::SystemStatus;

    fn event() -> Event {
        Event {
            agent_id: "1001".parse().unwrap(),
            cursor: Cursor { epoch: Epoch(0), sequence: Sequence(0) },
            occurred_at: None,
            received_at: Timestamp::UNIX_EPOCH,
            origin: Origin::Live,
            request_id: None,
            payload: Payload::SystemStatus(SystemStatus::InService),
        }
    }

    proptest! {
        #[test]
        fn what_is_replayed_has_no_hole_and_ends_at_the_last_event(
            steps in proptest::collection::vec(0u64..40, 1..200), ask in 0u64..250, events in 1usize..20
        ) {
            let process = Arc::new(AtomicUsize::new(0));
            let limits = Limits { events, age: Duration::from_secs(100), ..Limits::default() };
            let mut journal = Journal::new(Epoch(1), limits, process.clone());
            let mut now = Instant::now();
            for step in &steps {
                now += Duration::from_secs(*step);
                journal.append(event(), now);
            }
            let last = steps.len() as u64;
            match journal.after(Cursor { epoch: Epoch(1), sequence: Sequence(ask) }) {
                Ok(replayed) => {
                    let numbers: Vec<_> = replayed.iter().map(|p| p.event.cursor.sequence.0).collect();
                    prop_assert_eq!(numbers, (ask + 1..=last).collect::<Vec<_>>());
                }
                Err(ResetReason::CursorUnknown) => prop_assert!(ask > last),
                Err(ResetReason::CursorTooOld) => prop_assert!(ask < last),
                Err(other) => prop_assert!(false, "{:?}", other),
            }
            prop_assert!(journal.entries.len() <= events);
            drop(journal);
            prop_assert_eq!(process.load(Ordering::Relaxed), 0);
        }
    }

    #[test]
    fn a_cursor_of_another_epoch_is_never_continued() {
        let journal = Journal::new(Epoch(1), Limits::default(), Arc::default());
        let other = Cursor { epoch: Epoch(2), sequence: Sequence(0) };
        assert_eq!(journal.after(other).unwrap_err(), ResetReason::EpochChanged);
        assert!(journal.after(journal.cursor()).unwrap().is_empty());
    }
}
