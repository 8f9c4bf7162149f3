//! Lines on their way to the broker: in order for each destination, bounded in number, bytes and age.
//!
//! What the link has sent stays here until the broker confirms it, and goes again over the next link. While there is no
//! link, lines wait; when there are too many, the oldest are dropped and counted. After a link came back desktops need a
//! moment to subscribe again, and a topic forgets what is published while nobody listens: so lines rest for a while, or
//! until the broker says that the destination has a consumer.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;
use tokio::time::Instant;

/// How much may wait.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Lines.
    pub lines: usize,
    /// Bytes of them.
    pub bytes: usize,
    /// Age.
    pub age: Duration,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// The destination's name.
    pub destination: Arc<str>,
    /// The body, without a newline.
    pub body: Bytes,
    at: Instant,
}

/// How many lines of which destination were dropped.
pub type Dropped = Vec<(Arc<str>, u64)>;

#[derive(Debug)]
struct Queue {
    bounds: Bounds,
    lines: VecDeque<Line>,
    /// Sent and not confirmed, with the number of the receipt that covers each.
    sent: VecDeque<(u64, Line)>,
    bytes: usize,
    rest: Option<Rest>,
    dropped: HashMap<Arc<str>, u64>,
}

/// After a link came back.
#[derive(Debug)]
struct Rest {
    since: Instant,
    until: Instant,
    /// Destinations that have a consumer again.
    awake: HashSet<Arc<str>>,
    /// Whether what still rests at the end has nobody to go to.
    then_drop: bool,
}

/// Where lines are put. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Outbox {
    queue: Arc<Mutex<Queue>>,
    filled: Arc<Notify>,
}

impl Outbox {
    /// An empty one.
    pub fn new(bounds: Bounds) -> Self {
        let (lines, sent) = (VecDeque::new(), VecDeque::new());
        let queue = Queue { bounds, lines, sent, bytes: 0, rest: None, dropped: HashMap::new() };
        Self { queue: Arc::new(Mutex::new(queue)), filled: Arc::default() }
    }

    /// Puts a line in. Never waits: if there are too many, the oldest go.
    pub fn send(&self, destination: &str, body: Bytes) {
        let line = Line { destination: destination.into(), body, at: Instant::now() };
        self.lock().put(line);
        self.filled.notify_one();
    }

    /// Ends when there may be something to send.
    pub async fn filled(&self) {
        self.filled.notified().await;
    }

    /// The next line to send, covered by the receipt of that number.
    pub(super) fn next(&self, receipt: u64) -> Option<Line> {
        self.lock().next(receipt, Instant::now())
    }

    /// The broker has confirmed everything up to a receipt.
    pub(super) fn confirmed(&self, receipt: u64) {
        let mut queue = self.lock();
        while queue.sent.front().is_some_and(|(number, _)| *number <= receipt) {
            if let Some((_, line)) = queue.sent.pop_front() {
                queue.bytes -= line.body.len();
                metrics::counter!("gc_bridge_stomp_events_sent_total").increment(1);
            }
        }
    }

    /// The broker does not take the line that asked for a receipt, the last one that it covers. Its destination is not told:
    /// it would be in vain.
    pub(super) fn refused(&self, receipt: u64) -> Option<Arc<str>> {
        let mut queue = self.lock();
        let at = queue.sent.iter().rposition(|(number, _)| *number == receipt)?;
        let (_, line) = queue.sent.remove(at)?;
        queue.bytes -= line.body.len();
        metrics::counter!("gc_bridge_stomp_events_dropped_total", "why" => "refused").increment(1);
        Some(line.destination)
    }

    /// The link has broken: what is not confirmed goes again.
    pub(super) fn broken(&self) {
        let mut queue = self.lock();
        while let Some((_, line)) = queue.sent.pop_back() {
            queue.lines.push_front(line);
        }
    }

    /// A link is there again. Lines rest until `until`, those of a destination until it is [`Outbox::awake`].
    pub(super) fn rest(&self, until: Instant, then_drop: bool) {
        self.lock().rest = Some(Rest { since: Instant::now(), until, awake: HashSet::new(), then_drop });
    }

    /// A destination has a consumer.
    pub(super) fn awake(&self, destination: &Arc<str>) {
        if let Some(rest) = &mut self.lock().rest {
            rest.awake.insert(destination.clone());
        }
        self.filled.notify_one();
    }

    /// When lines stop resting, if they do.
    pub(super) fn rests_until(&self) -> Option<Instant> {
        self.lock().rest.as_ref().map(|rest| rest.until)
    }

    /// What was dropped since it was asked for last.
    pub(super) fn take_dropped(&self) -> Dropped {
        self.lock().dropped.drain().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Nothing in here panics half-way.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn put(&mut self, line: Line) {
        self.bytes += line.body.len();
        self.lines.push_back(line);
        while self.lines.len() + self.sent.len() > self.bounds.lines || self.bytes > self.bounds.bytes {
            // What was sent has most likely arrived.
            match self.lines.pop_front().or_else(|| self.sent.pop_front().map(|(_, line)| line)) {
                Some(line) => self.lose(&line, "full"),
                None => break,
            }
        }
        metrics::gauge!("gc_bridge_stomp_events_held").set(self.lines.len() as f64);
    }

    fn next(&mut self, receipt: u64, now: Instant) -> Option<Line> {
        while self.lines.front().is_some_and(|line| now.duration_since(line.at) > self.bounds.age) {
            if let Some(line) = self.lines.pop_front() {
                self.lose(&line, "old");
            }
        }
        let at = match self.rest.take_if(|rest| now >= rest.until) {
            Some(rest) => {
                self.wake(&rest);
                0
            }
            None => match &self.rest {
                Some(rest) => self.lines.iter().position(|line| rest.awake.contains(&line.destination))?,
                None => 0,
            },
        };
        let line = self.lines.remove(at)?;
        self.sent.push_back((receipt, line.clone()));
        metrics::gauge!("gc_bridge_stomp_events_held").set(self.lines.len() as f64);
        Some(line)
    }

    /// The time to rest is over: what waited all of it and whose destination nobody listens to is dropped.
    fn wake(&mut self, rest: &Rest) {
        if rest.then_drop {
            for line in std::mem::take(&mut self.lines) {
                if line.at >= rest.since || rest.awake.contains(&line.destination) {
                    self.lines.push_back(line);
                } else {
                    self.lose(&line, "no consumer");
                }
            }
        }
    }

    fn lose(&mut self, line: &Line, why: &'static str) {
        self.bytes -= line.body.len();
        metrics::counter!("gc_bridge_stomp_events_dropped_total", "why" => why).increment(1);
        *self.dropped.entry(line.destination.clone()).or_default() += 1;
    }
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
