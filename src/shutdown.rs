//! Cancellation and task tracking: the only place that spawns.
//!
//! Every task of the process is started through [`Tasks`], so that a stop can cancel all of them, wait until they have
//! ended and say which did not. The service runs on [`Shards`]: a thread for each core, each with a runtime of its own, for
//! tasks that don't move cost less than those that are stolen. A connection belongs to one, and so does a session.

#![expect(clippy::disallowed_types, reason = "the one place that spawns holds the tracker")]

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

thread_local! {
    /// Which of the shards this thread runs.
    static SHARD: Cell<usize> = const { Cell::new(0) };
}

/// By how many tasks, and how many times, a shard may have more than the emptiest one before new sessions go there.
const UNEVEN: (usize, usize) = (64, 2);

/// Runtimes of one thread each. None at all stands for the runtime of whoever spawns.
#[derive(Clone, Debug, Default)]
pub struct Shards(Arc<[Handle]>);

impl Shards {
    /// Starts so many, this thread's included, and runs `work` on it; the others end after it.
    ///
    /// # Errors
    /// When a runtime or a thread can't be started.
    pub fn run<F: Future>(count: usize, work: impl FnOnce(Self) -> F) -> io::Result<F::Output> {
        let own = Builder::new_current_thread().enable_all().build()?;
        let mut handles = vec![own.handle().clone()];
        let stop = CancellationToken::new();
        let _stop = stop.clone().drop_guard();
        for shard in 1..count {
            let runtime = Builder::new_current_thread().enable_all().build()?;
            handles.push(runtime.handle().clone());
            let stopped = stop.clone();
            thread::Builder::new().name(format!("shard-{shard}")).spawn(move || {
                SHARD.set(shard);
                runtime.block_on(stopped.cancelled());
            })?;
        }
        Ok(own.block_on(work(Self(handles.into()))))
    }

    /// How many there are; one where they are none.
    pub fn count(&self) -> usize {
        self.0.len().max(1)
    }
}

/// The shard of this thread: where what is spawned here without a key runs.
pub fn shard() -> usize {
    SHARD.get()
}

/// A group of tasks with one cancellation token. Cloning shares the group.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    token: CancellationToken,
    tracker: TaskTracker,
    shards: Shards,
}

impl Tasks {
    /// An empty group.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty group whose tasks run on these shards.
    pub fn on(shards: Shards) -> Self {
        Self { shards, ..Self::default() }
    }

    /// A group whose tasks end with this one's, and can be cancelled alone.
    pub fn child(&self) -> Self {
        Self { token: self.token.child_token(), tracker: self.tracker.clone(), shards: self.shards.clone() }
    }

    /// The token that is cancelled when the group is to stop.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Starts a task. `shard` is a number of what it belongs to (a connection's number, a listener's index): tasks of one
    /// number run on one thread.
    ///
    /// The future must watch [`Tasks::token`] itself where it has something to finish; one that does not is dropped at
    /// its next await when the group is cancelled only if it was started with [`Tasks::spawn_abortable`].
    pub fn spawn<F>(&self, shard: u64, future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let count = self.shards.count() as u64;
        match self.shards.0.get(usize::try_from(shard % count).unwrap_or_default()) {
            Some(runtime) => self.tracker.spawn_on(future, runtime),
            None => self.tracker.spawn(future),
        };
    }

    /// Starts a task on the thread that it is started from: one that shares a connection or a session with it.
    pub fn spawn_here<F>(&self, future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tracker.spawn(future);
    }

    /// The shard for something new that this thread will talk to: the thread's own, or the emptiest one where that has
    /// far fewer tasks.
    pub fn near(&self) -> u64 {
        let tasks = |shard: &Handle| shard.metrics().num_alive_tasks();
        let emptiest = self.shards.0.iter().enumerate().min_by_key(|(_, shard)| tasks(shard));
        let (Some((index, emptiest)), Some(own)) = (emptiest, self.shards.0.get(shard())) else { return 0 };
        let (more, times) = UNEVEN;
        let crowded = tasks(own) > tasks(emptiest) * times + more;
        (if crowded { index } else { shard() }) as u64
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

    #[test]
    fn what_belongs_together_runs_on_one_thread_and_a_crowded_one_gets_no_more() {
        Shards::run(2, |shards| async move {
            let tasks = Tasks::on(shards);
            let where_runs = async |shard| {
                let (tell, told) = tokio::sync::oneshot::channel();
                let inner = tasks.clone();
                tasks.spawn(shard, async move {
                    inner.spawn_here(async move {
                        let _ = tell.send((shard_name(), super::shard()));
                    });
                });
                told.await.unwrap()
            };
            assert_eq!((where_runs(0).await.1, where_runs(2).await.1), (0, 0));
            assert_eq!(where_runs(1).await, (Some("shard-1".to_owned()), 1));
            assert_eq!(tasks.near(), 0);
            for _ in 0..=UNEVEN.0 {
                tasks.spawn_here(std::future::pending());
            }
            assert_eq!(tasks.near(), 1);
        })
        .unwrap();
    }

    fn shard_name() -> Option<String> {
        thread::current().name().map(str::to_owned)
    }

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
