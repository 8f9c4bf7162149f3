//! What drives every legacy connection, between an inlet and an outlet that misbehave as they are told.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context as Polling, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use generic_connector::bridge::peer::{Context, Limits, Peer};
use generic_connector::bridge::pump::{self, Bounds, Closed, Heard, Outlet};
use generic_connector::bridge::say::Target;
use generic_connector::bridge::sender::Sender;
use generic_connector::bridge::style::Style;
use generic_connector::bridge::usage::{Door, Usage};
use generic_connector::sim::Flavour;
use tokio::time::Instant;

use crate::support::{World, within};

const BOUNDS: Bounds = Bounds {
    max_line: 1024,
    max_backlog: 16 * 1024,
    write_timeout: Duration::from_millis(300),
    first_line_timeout: Duration::from_secs(10),
};

/// An outlet that takes `takes` bytes at a time, when it takes any.
#[derive(Clone, Default)]
struct Out {
    waiting: usize,
    takes: usize,
    most: Arc<AtomicUsize>,
    taken: Arc<AtomicUsize>,
    pings: Arc<AtomicUsize>,
}

impl Outlet for Out {
    fn put(&mut self, lines: &Bytes) {
        self.waiting += lines.len();
        self.most.fetch_max(self.waiting, Ordering::Relaxed);
    }

    fn waiting(&self) -> usize {
        self.waiting
    }

    fn is_empty(&self) -> bool {
        self.waiting == 0
    }

    fn poll_push(&mut self, _: &mut Polling<'_>) -> Poll<io::Result<()>> {
        let some = self.takes.min(self.waiting);
        if some == 0 {
            return Poll::Pending;
        }
        self.waiting -= some;
        self.taken.fetch_add(some, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }

    fn ping(&mut self) {
        self.pings.fetch_add(1, Ordering::Relaxed);
    }
}

async fn run(
    world: &World,
    input: impl Stream<Item = Result<Heard, Closed>> + Unpin,
    output: Out,
    bounds: Bounds,
    ping: Option<Duration>,
) -> Closed {
    let usage = Usage::default();
    let sender = Sender::connection(usage.clone(), Door::Tcp, None);
    let (style, limits) = (Style::default(), Limits::default());
    let context = Context { manager: world.manager.clone(), style, limits, usage };
    let peer = Peer::new(Arc::new(context), sender, Arc::new(Target::default()));
    let first_line_by = Instant::now() + bounds.first_line_timeout;
    within("the end", pump::run(peer, input, output, &bounds, first_line_by, ping, world.tasks.token())).await
}

#[tokio::test]
async fn whoever_takes_nothing_is_heard_no_more_and_then_cut() {
    let world = World::start(Flavour::Ucce).await;
    let (out, heard) = (Out::default(), AtomicUsize::new(0));
    let endless = stream::repeat_with(|| {
        heard.fetch_add(1, Ordering::Relaxed);
        Ok(Heard::text("Hello#x"))
    });
    let why = run(&world, endless, out.clone(), BOUNDS, None).await;
    assert!(matches!(why, Closed::Slow), "{why}");
    let (most, heard) = (out.most.load(Ordering::Relaxed), heard.into_inner());
    assert!((BOUNDS.max_backlog / 2..BOUNDS.max_backlog).contains(&most), "{most} bytes waited");
    assert!(heard < BOUNDS.max_backlog / 20, "{heard} commands were taken");
    world.stop().await;
}

#[tokio::test]
async fn whoever_takes_little_at_a_time_gets_all() {
    let world = World::start(Flavour::Ucce).await;
    let out = Out { takes: 7, ..Out::default() };
    let hellos = stream::repeat_with(|| Ok(Heard::text("Hello#x"))).take(5000);
    let why = run(&world, hellos, out.clone(), BOUNDS, None).await;
    assert!(matches!(why, Closed::Left), "{why}");
    assert_eq!(out.taken.load(Ordering::Relaxed), 5000 * r#"{"type":"System","status":"IN_SERVICE"}_"#.len());
    assert!(out.most.load(Ordering::Relaxed) < BOUNDS.max_backlog);
    world.stop().await;
}

#[tokio::test]
async fn a_sign_of_life_is_no_command_and_silence_is_no_life() {
    let world = World::start(Flavour::Ucce).await;
    let interval = Duration::from_millis(50);
    let bounds = Bounds { first_line_timeout: Duration::from_millis(400), ..BOUNDS };
    let alive = stream::unfold((), |()| async {
        tokio::time::interval_at(Instant::now() + interval, interval).tick().await;
        Some((Ok(Heard::Nothing), ()))
    });
    let out = Out { takes: 100, ..Out::default() };
    let why = run(&world, alive.boxed(), out.clone(), bounds, Some(interval)).await;
    assert!(matches!(why, Closed::Silent), "{why}");
    assert!(out.pings.load(Ordering::Relaxed) > 1);
    let hello = stream::iter([Ok(Heard::text("Hello#x"))]).chain(stream::pending());
    let why = run(&world, hello, out, bounds, Some(interval)).await;
    assert!(matches!(why, Closed::Dead), "{why}");
    world.stop().await;
}
