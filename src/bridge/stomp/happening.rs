//! What the link tells the door: commands in a queue with an end, and the latest of everything else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};

use super::Command;
use super::outbox::Dropped;

/// What the link tells.
#[derive(Debug)]
pub enum Happening {
    /// A broker serves.
    Up,
    /// A command, to be carried out.
    Command(Command),
    /// A command that was not and will not be carried out, for it may have been lost with a broker.
    Lost(Command),
    /// A destination has so many consumers.
    Consumers {
        /// The destination.
        destination: Arc<str>,
        /// How many.
        count: u64,
    },
    /// Lines were dropped, and the link is there again.
    Dropped(Dropped),
    /// The service stops, and no command comes any more.
    Last,
}

/// What is not a command, the latest of each.
#[derive(Debug, Default)]
pub(super) struct News {
    latest: Mutex<Latest>,
    told: Notify,
}

#[derive(Debug, Default)]
struct Latest {
    up: bool,
    consumers: HashMap<Arc<str>, u64>,
    dropped: HashMap<Arc<str>, u64>,
}

impl News {
    pub fn up(&self) {
        self.tell(|latest| latest.up = true);
    }

    pub fn consumers(&self, destination: Arc<str>, count: u64) {
        self.tell(|latest| {
            latest.consumers.insert(destination, count);
        });
    }

    pub fn dropped(&self, dropped: Dropped) {
        self.tell(|latest| {
            for (destination, count) in dropped {
                *latest.dropped.entry(destination).or_default() += count;
            }
        });
    }

    fn tell(&self, change: impl FnOnce(&mut Latest)) {
        change(&mut self.latest());
        self.told.notify_one();
    }

    fn latest(&self) -> MutexGuard<'_, Latest> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Happening> {
        let mut latest = self.latest();
        if std::mem::take(&mut latest.up) {
            return Some(Happening::Up);
        }
        if !latest.dropped.is_empty() {
            return Some(Happening::Dropped(latest.dropped.drain().collect()));
        }
        let destination = latest.consumers.keys().next().cloned()?;
        latest.consumers.remove(&destination).map(|count| Happening::Consumers { destination, count })
    }
}

/// What happens at the link.
#[derive(Debug)]
pub struct Happenings {
    news: Arc<News>,
    commands: mpsc::Receiver<Happening>,
}

impl Happenings {
    pub(super) fn new(news: Arc<News>, commands: mpsc::Receiver<Happening>) -> Self {
        Self { news, commands }
    }

    /// The next thing; none when the link has ended. Cancel safe.
    pub async fn next(&mut self) -> Option<Happening> {
        loop {
            if let Some(news) = self.news.take() {
                return Some(news);
            }
            tokio::select! {
                biased;
                () = self.news.told.notified() => {}
                command = self.commands.recv() => return command,
            }
        }
    }
}
