//! Notifications that are sent later than they should be, or behind their successors.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;

use super::side::Side;
use super::world::UserId;

/// Notifications that may be held back at once.
const MAX_HELD: usize = 10_000;
/// When those are due that wait to be released.
const NEVER: u64 = u64::MAX;

/// Which sessions of a user get a message.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// Those of one side, as what concerns the user itself.
    User(Side),
    /// The one that subscribed.
    Session(u64),
}

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Message {
    /// Whose.
    pub user: UserId,
    /// Which of the user's sessions.
    pub target: Target,
    /// Its text.
    pub frame: Utf8Bytes,
}

#[derive(Debug)]
struct Waiting {
    message: Message,
    /// Whether it goes right behind the user's next one, if that comes before its time.
    swapped: bool,
}

/// The messages held back, by when they are due and then in their order.
#[derive(Debug, Default)]
pub struct Late {
    waiting: BTreeMap<(u64, u64), Waiting>,
    count: u64,
    swapped: usize,
}

impl Late {
    /// Holds a message back until `due`, or until it is released. Gives it back when too many are.
    pub fn hold(&mut self, message: Message, due: Option<u64>) -> Option<Message> {
        self.insert(message, due.unwrap_or(NEVER), false)
    }

    /// Holds a message back until the user's next one was sent, `due` at the latest. Gives it back when too many are.
    pub fn swap(&mut self, message: Message, due: u64) -> Option<Message> {
        self.insert(message, due, true)
    }

    fn insert(&mut self, message: Message, due: u64, swapped: bool) -> Option<Message> {
        if self.waiting.len() >= MAX_HELD {
            return Some(message);
        }
        self.count += 1;
        self.swapped += usize::from(swapped);
        self.waiting.insert((due, self.count), Waiting { message, swapped });
        None
    }

    /// When the next one is due.
    pub fn next_due(&self) -> Option<u64> {
        self.waiting.keys().next().map(|(due, _)| *due).filter(|due| *due != NEVER)
    }

    /// Those that are due.
    pub fn due(&mut self, now: u64) -> Vec<Message> {
        let later = self.waiting.split_off(&(now.saturating_add(1), 0));
        let due = std::mem::replace(&mut self.waiting, later);
        self.taken(due.into_values())
    }

    /// Those that wait for one of the user's to be sent.
    pub fn behind(&mut self, user: UserId) -> Vec<Message> {
        if self.swapped == 0 {
            return Vec::new();
        }
        let behind = |waiting: &Waiting| waiting.swapped && waiting.message.user == user;
        let keys = self.waiting.iter().filter(|(_, waiting)| behind(waiting)).map(|(key, _)| *key).collect::<Vec<_>>();
        let taken = keys.iter().filter_map(|key| self.waiting.remove(key)).collect::<Vec<_>>();
        self.taken(taken.into_iter())
    }

    /// Those that wait to be released.
    pub fn released(&mut self) -> Vec<Message> {
        let held = self.waiting.split_off(&(NEVER, 0));
        self.taken(held.into_values())
    }

    fn taken(&mut self, waiting: impl Iterator<Item = Waiting>) -> Vec<Message> {
        let swapped = &mut self.swapped;
        let message = |waiting: Waiting| {
            *swapped -= usize::from(waiting.swapped);
            waiting.message
        };
        waiting.map(message).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(user: UserId, text: &'static str) -> Message {
        Message { user, target: Target::User(Side::A), frame: Utf8Bytes::from_static(text) }
    }

    fn texts(messages: &[Message]) -> Vec<&str> {
        messages.iter().map(|message| message.frame.as_str()).collect()
    }

    #[test]
    fn each_leaves_once_when_its_time_or_its_turn_comes() {
        let mut late = Late::default();
        late.hold(message(1, "held"), None);
        late.hold(message(1, "at 20"), Some(20));
        late.hold(message(2, "at 10"), Some(10));
        late.swap(message(1, "swapped"), 50);
        assert_eq!(late.next_due(), Some(10));
        assert_eq!(texts(&late.behind(2)), [""; 0]);
        assert_eq!(texts(&late.due(10)), ["at 10"]);
        assert_eq!(texts(&late.behind(1)), ["swapped"]);
        assert_eq!(texts(&late.due(60)), ["at 20"]);
        assert_eq!(late.next_due(), None);
        late.swap(message(1, "nothing came"), 70);
        assert_eq!(texts(&late.due(70)), ["nothing came"]);
        assert_eq!(texts(&late.released()), ["held"]);
        assert!(late.waiting.is_empty() && late.swapped == 0);
    }

    #[test]
    fn no_more_are_held_than_there_is_room_for() {
        let mut late = Late::default();
        let refused = (0..=MAX_HELD).filter_map(|at| late.hold(message(at, "x"), None)).collect::<Vec<_>>();
        assert_eq!(refused.len(), 1);
    }
}
