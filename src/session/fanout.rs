//! From one actor to many subscribers: each event is shared, each subscriber has a bounded queue of its own.
//!
//! A subscriber that does not drain its queue is cut, with its cursor; the others never wait for it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use metrics::counter;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use crate::model::event::{Event, ResetReason, Snapshot, StaleReason};
use crate::model::id::{Cursor, Sequence};
use crate::model::{Error, Reason};

/// A door's place for its encoding of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The protobuf bytes of the event.
    Grpc = 0,
    /// The legacy JSON lines of the event.
    LegacyJson = 1,
    /// The legacy lines of the event as tokens separated by `#`.
    LegacyText = 2,
}

/// An event as it is shared by the journal and all subscribers. Each door encodes it at most once, at first use.
#[derive(Debug)]
pub struct Published {
    /// The event.
    pub event: Event,
    slots: [OnceLock<Bytes>; 3],
}

impl Published {
    /// Wraps an event that got its number.
    pub fn new(event: Event) -> Self {
        counter!("gc_events_published_total").increment(1);
        Self { event, slots: Default::default() }
    }

    /// The bytes of one door's format, made at first use.
    pub fn encoded(&self, slot: Slot, encode: impl FnOnce(&Event) -> Bytes) -> &Bytes {
        let [grpc, json, text] = &self.slots;
        let (cell, format) = match slot {
            Slot::Grpc => (grpc, "grpc"),
            Slot::LegacyJson => (json, "json"),
            Slot::LegacyText => (text, "text"),
        };
        cell.get_or_init(|| {
            counter!("gc_event_encodings_total", "format" => format).increment(1);
            encode(&self.event)
        })
    }
}

/// What a subscriber gets next.
#[derive(Clone, Debug)]
pub enum Item {
    /// The next numbered event.
    Event(Arc<Published>),
    /// From here on the picture may be behind Finesse.
    Stale(StaleReason),
    /// The picture is Finesse's again; what had changed came as events before this.
    Current,
    /// Nothing follows.
    Ended(Ended),
}

/// Why a subscription ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// The subscriber did not keep up; it may resume after the cursor.
    SlowConsumer {
        /// The last event that was handed out.
        cursor: Cursor,
    },
    /// The session is over.
    SessionEnded(Arc<Error>),
}

/// How a subscription begins.
#[derive(Clone, Debug)]
pub enum Start {
    /// With a snapshot: no cursor was given.
    Snapshot(Arc<Snapshot>),
    /// With what followed the cursor.
    Resumed {
        /// The first event that had not happened when the subscription began.
        live_from: Sequence,
    },
    /// With a new snapshot, because the cursor could not be continued.
    Reset {
        /// Why.
        reason: ResetReason,
        /// The new picture.
        snapshot: Arc<Snapshot>,
    },
}

/// The count of an agent's open streams, shared by the actor and its subscriptions.
#[derive(Debug, Default)]
pub(super) struct Attachment {
    streams: AtomicUsize,
    /// Told whenever a stream went away.
    pub(super) detached: Notify,
}

impl Attachment {
    pub(super) fn streams(&self) -> usize {
        self.streams.load(Ordering::Acquire)
    }
}

#[derive(Debug)]
struct Attached(Arc<Attachment>);

impl Drop for Attached {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::AcqRel);
        self.0.detached.notify_one();
    }
}

/// One subscriber's end of an agent's stream. While one lives that is not an observer's, the agent counts as attached.
#[derive(Debug)]
pub struct Subscription {
    /// How it begins; read it before the first [`Subscription::next`].
    pub start: Start,
    queue: mpsc::Receiver<Item>,
    end: Arc<OnceLock<Ended>>,
    cut: CancellationToken,
    cursor: Cursor,
    _attached: Option<Attached>,
}

impl Subscription {
    /// The picture that it begins with; none where it goes on after a cursor.
    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        match &self.start {
            Start::Snapshot(snapshot) | Start::Reset { snapshot, .. } => Some(snapshot),
            Start::Resumed { .. } => None,
        }
    }

    /// The next item. Cancel safe; after [`Item::Ended`] it stays so.
    pub async fn next(&mut self) -> Item {
        match self.queue.recv().await {
            Some(item) => {
                if let Item::Event(published) = &item {
                    self.cursor = published.event.cursor;
                }
                item
            }
            None => Item::Ended(match self.end.get() {
                Some(ended) => ended.clone(),
                None => Ended::SlowConsumer { cursor: self.cursor },
            }),
        }
    }

    /// Cancelled when the queue ran full and the subscriber was cut: for one that lets items wait on purpose.
    pub fn cut(&self) -> &CancellationToken {
        &self.cut
    }

    /// The last event handed out, or the place where the subscription began.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }
}

/// The actor's side of one subscription.
#[derive(Debug)]
struct Subscriber {
    queue: mpsc::Sender<Item>,
    end: Arc<OnceLock<Ended>>,
    cut: CancellationToken,
}

/// All subscribers of one agent.
#[derive(Debug)]
pub(super) struct Fanout {
    subscribers: Vec<Subscriber>,
    /// How many items may wait for one subscriber, besides what it replays.
    queue: usize,
    /// How many subscribers there may be.
    max: usize,
    pub(super) attachment: Arc<Attachment>,
}

impl Fanout {
    pub(super) fn new(queue: usize, max: usize) -> Self {
        Self { subscribers: Vec::new(), queue, max, attachment: Arc::default() }
    }

    /// Adds a subscriber that first gets `replay`. None when there are as many as there may be.
    pub(super) fn add(
        &mut self,
        start: Start,
        from: Cursor,
        replay: Vec<Arc<Published>>,
        stale: Option<StaleReason>,
        attach: bool,
    ) -> Option<Subscription> {
        self.subscribers.retain(|subscriber| !subscriber.queue.is_closed());
        if self.subscribers.len() >= self.max {
            return None;
        }
        let (queue, receiver) = mpsc::channel(self.queue + replay.len() + 1);
        for published in replay {
            queue.try_send(Item::Event(published)).ok()?;
        }
        if let Some(reason) = stale {
            queue.try_send(Item::Stale(reason)).ok()?;
        }
        let end = Arc::new(OnceLock::new());
        let cut = CancellationToken::new();
        self.subscribers.push(Subscriber { queue, end: end.clone(), cut: cut.clone() });
        let attached = attach.then(|| {
            self.attachment.streams.fetch_add(1, Ordering::AcqRel);
            Attached(self.attachment.clone())
        });
        Some(Subscription { start, queue: receiver, end, cut, cursor: from, _attached: attached })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.subscribers.is_empty()
    }

    /// Hands an item to every subscriber; one whose queue is full is cut. Returns how many were cut.
    pub(super) fn send(&mut self, item: &Item) -> usize {
        let before = self.subscribers.len();
        let mut cut = 0;
        self.subscribers.retain(|subscriber| match subscriber.queue.try_send(item.clone()) {
            Ok(()) => true,
            Err(mpsc::error::TrySendError::Closed(_)) => false,
            Err(mpsc::error::TrySendError::Full(_)) => {
                // Without an end of its own the subscription reports SlowConsumer with the cursor it has reached.
                cut += 1;
                subscriber.cut.cancel();
                false
            }
        });
        if cut > 0 {
            tracing::warn!(cut, of = before, "subscribers could not keep up and were cut");
        }
        cut
    }

    /// Ends every subscription after what is queued.
    pub(super) fn end(&mut self, ended: &Ended) {
        for subscriber in self.subscribers.drain(..) {
            // The cell is this subscriber's alone and is set here only.
            let _ = subscriber.end.set(ended.clone());
        }
    }
}

impl Drop for Fanout {
    /// An actor that ends has told why; one that panics has not.
    fn drop(&mut self) {
        self.end(&Ended::SessionEnded(Arc::new(Error::new(Reason::GeneralError, "the session failed"))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use crate::model::event::{Origin, Payload};
    use crate::model::id::Epoch;
    use crate::model::system::SystemStatus;

    pub(crate) fn published(sequence: u64) -> Arc<Published> {
        Arc::new(Published::new(Event {
            agent_id: "1001".parse().unwrap(),
            cursor: Cursor { epoch: Epoch(7), sequence: Sequence(sequence) },
            occurred_at: None,
            received_at: Timestamp::UNIX_EPOCH,
            origin: Origin::Live,
            request_id: None,
            payload: Payload::SystemStatus(SystemStatus::InService),
        }))
    }

    fn start() -> (Start, Cursor) {
        (Start::Resumed { live_from: Sequence(1) }, Cursor { epoch: Epoch(7), sequence: Sequence(0) })
    }

    #[tokio::test]
    async fn a_slow_subscriber_is_cut_with_its_cursor_and_the_other_goes_on() {
        let mut fanout = Fanout::new(2, 8);
        let (begin, from) = start();
        let mut slow = fanout.add(begin.clone(), from, Vec::new(), None, true).unwrap();
        let mut quick = fanout.add(begin, from, Vec::new(), None, true).unwrap();
        for sequence in 1..=5 {
            fanout.send(&Item::Event(published(sequence)));
            assert!(matches!(quick.next().await, Item::Event(p) if p.event.cursor.sequence == Sequence(sequence)));
        }
        assert_eq!((slow.cut().is_cancelled(), quick.cut().is_cancelled()), (true, false));
        let mut seen = 0;
        let cursor = loop {
            match slow.next().await {
                Item::Event(p) => seen = p.event.cursor.sequence.0,
                Item::Ended(Ended::SlowConsumer { cursor }) => break cursor,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(cursor.sequence, Sequence(seen));
        assert_eq!(fanout.attachment.streams(), 2);
        drop((slow, quick));
        assert_eq!(fanout.attachment.streams(), 0);
    }

    #[tokio::test]
    async fn who_subscribed_to_a_session_that_panics_is_told_that_it_is_over() {
        let mut fanout = Fanout::new(2, 8);
        let (begin, from) = start();
        let mut events = fanout.add(begin, from, Vec::new(), None, true).unwrap();
        fanout.send(&Item::Event(published(1)));
        drop(fanout);
        assert!(matches!(events.next().await, Item::Event(_)));
        let next = events.next().await;
        assert!(matches!(next, Item::Ended(Ended::SessionEnded(error)) if error.reason == Reason::GeneralError));
    }

    #[test]
    fn an_event_is_encoded_once_for_each_door() {
        let event = published(1);
        let mut times = 0;
        for _ in 0..3 {
            event.encoded(Slot::Grpc, |_| {
                times += 1;
                Bytes::from_static(b"x")
            });
        }
        assert_eq!(times, 1);
        assert_eq!(event.encoded(Slot::LegacyJson, |_| Bytes::from_static(b"y")), "y");
    }
}
