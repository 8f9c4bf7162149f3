//! At most once: which messages become commands. Sans-IO.
//!
//! A message is acknowledged first, and its command is handed on when the broker has confirmed that: from then on the
//! broker can't deliver it again. Where the link breaks in between, nobody knows whether the broker still has it. Then the
//! command waits: delivered again, it is carried out, for it was not before; else its sender is told that it was lost.

use std::collections::{HashMap, VecDeque};
use std::time::Instant;

use super::Command;

/// How many messages are remembered.
const REMEMBERED: usize = 8192;

/// What to do with a message. Each is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its command is handed on once the acknowledgement is confirmed.
    Take,
    /// Its command was handed on before: it goes no further.
    Drop,
}

#[derive(Debug)]
enum Fate {
    /// Acknowledged, not confirmed.
    Open(Box<Command>),
    /// The same, and the link broke at that time.
    Orphan(Box<Command>, Instant),
    /// Handed on.
    Done,
}

/// The messages of late.
#[derive(Debug, Default)]
pub struct Acceptance {
    fates: HashMap<String, Fate>,
    order: VecDeque<String>,
}

impl Acceptance {
    /// A message has come. `redelivered` is what the broker says of it.
    pub fn arrive(&mut self, id: &str, redelivered: bool, mut command: Command) -> Verdict {
        match self.fates.get_mut(id) {
            Some(Fate::Done) => Verdict::Drop,
            Some(known) => {
                command.doubtful = matches!(known, Fate::Open(before) | Fate::Orphan(before, _) if before.doubtful);
                *known = Fate::Open(Box::new(command));
                Verdict::Take
            }
            None => {
                // Another process may have had it, or an earlier run of this one.
                command.doubtful = redelivered;
                if self.order.len() >= REMEMBERED
                    && let Some(oldest) = self.order.pop_front()
                {
                    self.fates.remove(&oldest);
                }
                self.order.push_back(id.to_owned());
                self.fates.insert(id.to_owned(), Fate::Open(Box::new(command)));
                Verdict::Take
            }
        }
    }

    /// The broker has confirmed an acknowledgement: the command to hand on.
    pub fn confirmed(&mut self, id: &str) -> Option<Command> {
        match std::mem::replace(self.fates.get_mut(id)?, Fate::Done) {
            Fate::Open(command) | Fate::Orphan(command, _) => Some(*command),
            Fate::Done => None,
        }
    }

    /// The link has broken.
    pub fn broken(&mut self, now: Instant) {
        for fate in self.fates.values_mut() {
            *fate = match std::mem::replace(fate, Fate::Done) {
                Fate::Open(command) => Fate::Orphan(command, now),
                other => other,
            };
        }
    }

    /// Commands of messages that were not delivered again since the link broke before `since`. They are never carried out.
    pub fn lost(&mut self, since: Instant) -> Vec<Command> {
        let mut lost = Vec::new();
        for id in &self.order {
            let Some(fate) = self.fates.get_mut(id) else { continue };
            if matches!(fate, Fate::Orphan(_, at) if *at <= since)
                && let Fate::Orphan(command, _) = std::mem::replace(fate, Fate::Done)
            {
                lost.push(*command);
            }
        }
        lost
    }
}

#[cfg(test)]
#[path = "acceptance_tests.rs"]
mod tests;
