//! The streams of a connection, which run in the connection's own task.
//!
//! hyper wants a task for each. But whatever a stream says is sent by the connection, and whatever it hears came from there:
//! in one task that costs no switch, and an event is on its way as soon as it was taken.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::AtomicWaker;
use futures_util::{FutureExt as _, StreamExt as _};
use hyper::rt::Executor;

type Stream = BoxFuture<'static, ()>;

/// The streams of one connection.
pub struct Streams {
    begun: Begun,
    running: FuturesUnordered<Stream>,
    bell: Arc<Bell>,
    /// Rings the bell.
    waker: Waker,
}

/// Takes the streams that hyper begins: no more than a connection may have.
#[derive(Clone, Default)]
pub struct Begun(Arc<Mutex<Vec<Stream>>>);

/// Tells when the connection itself has something to do.
#[derive(Default)]
struct Bell {
    rung: AtomicBool,
    /// Streams are running, and the connection is looked after when they have run: nobody need be woken.
    heard: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        if !self.heard.load(Ordering::SeqCst) {
            self.task.wake();
        }
    }
}

impl Streams {
    /// Without a stream, of a connection that has not begun.
    pub fn new() -> Self {
        let bell = Arc::<Bell>::default();
        let waker = Waker::from(bell.clone());
        waker.wake_by_ref();
        Self { begun: Begun::default(), running: FuturesUnordered::new(), bell, waker }
    }

    /// Where the connection's streams begin.
    pub fn begun(&self) -> Begun {
        self.begun.clone()
    }

    /// Says that the connection has something to do, for it was told.
    pub fn ring(&self) {
        self.waker.wake_by_ref();
    }

    /// Runs the connection with its streams, to its end.
    pub fn poll<C: Future>(&mut self, mut connection: Pin<&mut C>, cx: &mut Context<'_>) -> Poll<C::Output> {
        self.bell.task.register(cx.waker());
        loop {
            // First, for what they say is sent by the connection.
            self.bell.heard.store(true, Ordering::SeqCst);
            while let Poll::Ready(Some(())) = self.running.poll_next_unpin(cx) {}
            self.bell.heard.store(false, Ordering::SeqCst);
            if self.bell.rung.swap(false, Ordering::SeqCst)
                && let Poll::Ready(served) = connection.as_mut().poll(&mut Context::from_waker(&self.waker))
            {
                return Poll::Ready(served);
            }
            let begun = std::mem::take(&mut *self.begun.streams());
            if begun.is_empty() {
                return Poll::Pending;
            }
            self.running.extend(begun);
        }
    }
}

impl Begun {
    fn streams(&self) -> MutexGuard<'_, Vec<Stream>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<F> Executor<F> for Begun
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, stream: F) {
        let alone = AssertUnwindSafe(stream).catch_unwind().map(|ended| {
            if ended.is_err() {
                tracing::error!("a stream failed, the others of its connection go on");
            }
        });
        self.streams().push(Box::pin(alone));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]
    use std::future::{pending, poll_fn};
    use std::pin::pin;
    use std::sync::atomic::AtomicUsize;

    use tokio::sync::oneshot;

    use super::*;

    /// Counts how often a task is woken.
    #[derive(Default)]
    struct Task(AtomicUsize);

    impl Wake for Task {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A connection that begins a stream at first, and then does nothing; how often it was polled; its waker.
    fn connection<F>(begun: Begun, stream: F) -> (impl Future<Output = ()>, Arc<AtomicUsize>, Arc<AtomicWaker>)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (polls, waker, mut stream) = (Arc::<AtomicUsize>::default(), Arc::<AtomicWaker>::default(), Some(stream));
        let (counted, registered) = (polls.clone(), waker.clone());
        let connection = poll_fn(move |cx| {
            counted.fetch_add(1, Ordering::SeqCst);
            registered.register(cx.waker());
            stream.take().into_iter().for_each(|stream| begun.execute(stream));
            Poll::Pending
        });
        (connection, polls, waker)
    }

    #[test]
    fn the_connection_is_looked_after_when_it_has_something_to_do_and_only_then() {
        let mut streams = Streams::new();
        let (say, said) = oneshot::channel::<Arc<AtomicWaker>>();
        let (connection, polls, waker) = connection(streams.begun(), async {
            said.await.unwrap().wake();
            pending().await
        });
        let mut connection = pin!(connection);
        let task = Arc::<Task>::default();
        let (polls, woken) = (|| polls.load(Ordering::SeqCst), || task.0.load(Ordering::SeqCst));
        let task_waker = Waker::from(task.clone());
        let mut poll = || streams.poll(connection.as_mut(), &mut Context::from_waker(&task_waker)).is_pending();
        assert!(poll() && poll());
        assert_eq!(polls(), 1);
        // The stream says something: the task is woken for the stream, and the connection sends it in the same go.
        let before = woken();
        say.send(waker.clone()).unwrap();
        assert_eq!((polls(), woken()), (1, before + 1));
        assert!(poll());
        assert_eq!(polls(), 2);
        assert!(poll());
        assert_eq!(polls(), 2, "nothing more was to be done");
        // Something comes from the peer.
        let before = woken();
        waker.wake();
        assert_eq!(woken(), before + 1);
        assert!(poll());
        assert_eq!(polls(), 3);
        // It was told to end.
        streams.ring();
        assert_eq!(woken(), before + 2);
    }

    #[test]
    fn a_stream_that_fails_fails_alone() {
        let mut streams = Streams::new();
        let (say, said) = oneshot::channel();
        streams.begun().execute(async { panic!("as it is to") });
        let (connection, ..) = connection(streams.begun(), async { say.send(()).unwrap() });
        let mut connection = pin!(connection);
        let cx = &mut Context::from_waker(Waker::noop());
        assert!(streams.poll(connection.as_mut(), cx).is_pending());
        assert!(streams.poll(connection.as_mut(), cx).is_pending());
        assert!(said.blocking_recv().is_ok());
    }
}
