//! Cancellation and task tracking: the only place that spawns.
//!
//! Every task of the process is started through [`Tasks`], so that a stop can cancel all of them, wait until they have
//! ended and say which did not. A task gets a shard key: today every key runs on the one runtime, later each key may
//! belong to a runtime of its own core, so what crosses a task is `Send`.

#![expect(clippy::disallowed_types, reason = "the one place that spawns holds the tracker")]

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A group of tasks with one cancellation token. Cloning shares the group.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    token: CancellationToken,
    tracker: TaskTracker,
}

impl Tasks {
    /// An empty group.
    pub fn new() -> Self {
        Self::default()
    }

    /// A group whose tasks end with this one's, and can be cancelled alone.
    pub fn child(&self) -> Self {
        Self { token: self.token.child_token(), tracker: self.tracker.clone() }
    }

    /// The token that is cancelled when the group is to stop.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Starts a task. `shard` is a stable number of what it belongs to (an agent's hash, a listener's index).
    ///
    /// The future must watch [`Tasks::token`] itself where it has something to finish; one that does not is dropped at
    /// its next await when the group is cancelled only if it was started with [`Tasks::spawn_abortable`].
    pub fn spawn<F>(&self, shard: u64, future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let _ = shard;
        self.tracker.spawn(future);
    }

    /// Starts a task that is dropped at its next await when the group is cancelled.
    pub fn spawn_abortable<F>(&self, shard: u64, future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let token = self.token.clone();
        self.spawn(shard, async move {
            token.run_until_cancelled(future).await;
        });
    }

    /// How many tasks of the group and its parents are running.
    pub fn running(&self) -> usize {
        self.tracker.len()
    }

    /// Asks every task to end, without waiting.
    pub fn cancel(&self) {
        self.token.cancel();
    }

    /// Asks every task to end and waits for them at most `deadline`. Returns how many were still running then.
    pub async fn drain(&self, deadline: Duration) -> usize {
        self.token.cancel();
        self.tracker.close();
        match tokio::time::timeout(deadline, self.tracker.wait()).await {
            Ok(()) => 0,
            Err(_) => self.tracker.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_drain_ends_what_listens_and_counts_what_does_not() {
        let tasks = Tasks::new();
        let token = tasks.token().clone();
        tasks.spawn(0, async move { token.cancelled().await });
        tasks.spawn_abortable(1, std::future::pending());
        tasks.spawn(2, std::future::pending());
        assert_eq!(tasks.running(), 3);
        assert_eq!(tasks.drain(Duration::from_secs(5)).await, 1);
    }
}
