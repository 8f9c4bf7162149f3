//! The nodes of the pair: one world behind two Finesse servers, each with its own name, ports and notification service.

use std::future::Future;
use std::pin::pin;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// One of the two nodes.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The primary one, which is always there.
    #[default]
    A,
    /// The secondary one, if the simulator was started with one.
    B,
}

/// Both.
pub const SIDES: [Side; 2] = [Side::A, Side::B];

/// How a node is reached.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// As usual.
    #[default]
    Up,
    /// Its connections are half-open, new ones too: what is written to it is taken by the system, nothing comes back.
    Silent,
    /// Not at all: its connections are cut, new ones are closed at once.
    Down,
}

/// The two as they are reached now.
#[derive(Debug, Default)]
pub struct Reaches([watch::Sender<Reach>; 2]);

impl Reaches {
    /// Changes one.
    pub fn set(&self, side: Side, reach: Reach) {
        let [a, b] = &self.0;
        match side {
            Side::A => a.send_replace(reach),
            Side::B => b.send_replace(reach),
        };
    }

    /// Watches one.
    pub fn of(&self, side: Side) -> watch::Receiver<Reach> {
        let [a, b] = &self.0;
        match side {
            Side::A => a.subscribe(),
            Side::B => b.subscribe(),
        }
    }
}

/// Does the work of a connection as its node is reached: not at all while that is silent, and no longer once it is down.
pub async fn while_up<T>(mut reach: watch::Receiver<Reach>, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    loop {
        let now = *reach.borrow_and_update();
        if now == Reach::Down {
            return None;
        }
        tokio::select! {
            biased;
            Ok(()) = reach.changed() => {}
            done = &mut work, if now == Reach::Up => return Some(done),
            // Only without the simulator: nobody will say anything any more.
            else => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_stands_still_while_silent_and_ends_when_down() {
        let reaches = Reaches::default();
        assert_eq!(while_up(reaches.of(Side::A), async { 1 }).await, Some(1));
        reaches.set(Side::A, Reach::Silent);
        let mut silent = pin!(while_up(reaches.of(Side::A), async { 2 }));
        assert!(futures_util::poll!(&mut silent).is_pending());
        assert_eq!(while_up(reaches.of(Side::B), async { 3 }).await, Some(3), "the other one works");
        reaches.set(Side::A, Reach::Up);
        assert_eq!(silent.await, Some(2));
        reaches.set(Side::A, Reach::Down);
        assert_eq!(while_up(reaches.of(Side::A), async { 4 }).await, None);
    }
}
