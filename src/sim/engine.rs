//! The world behind its lock, with its clock, its faults and its listeners.
//!
//! Every operation is short and without IO: lock, change the world, put the notifications into the sessions' outboxes,
//! unlock. That the outboxes are filled under the lock is what keeps their order.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::fault::Faults;
use super::hub::Hub;
use super::options::{ClockMode, Options};
use super::side::{Reach, Reaches, SIDES, Side};
use super::world::{Recipient, UserId, World};

/// The shared simulator.
#[derive(Debug)]
pub struct Engine {
    inner: Mutex<Inner>,
    timers_changed: Notify,
    reaches: Reaches,
    /// What it was started with.
    pub options: Options,
}

/// What the lock guards.
#[derive(Debug)]
pub struct Inner {
    /// The contact centre.
    pub world: World,
    /// The notification sessions.
    pub hub: Hub,
    /// Waiting faults.
    pub faults: Faults,
    /// Requests seen, by user and then by action.
    pub requests: HashMap<String, BTreeMap<&'static str, u64>>,
    clock: Clock,
}

#[derive(Debug)]
struct Clock {
    mode: ClockMode,
    base: u64,
    start: Instant,
}

impl Clock {
    fn now(&self) -> u64 {
        match self.mode {
            ClockMode::Stepped => self.base,
            ClockMode::Automatic => self.base.saturating_add(millis(self.start.elapsed())),
        }
    }
}

impl Engine {
    /// The seed's world at the present time.
    pub fn new(options: Options) -> Arc<Self> {
        let base = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, millis);
        let inner = Inner {
            world: World::new(&options, base),
            hub: Hub::new(SIDES.map(|side| options.domain(side).to_owned()), options.notifications.clone()),
            faults: Faults::default(),
            requests: HashMap::new(),
            clock: Clock { mode: options.clock, base, start: Instant::now() },
        };
        Arc::new(Self { inner: Mutex::new(inner), timers_changed: Notify::new(), reaches: Reaches::default(), options })
    }

    /// How a node is reached.
    pub fn reach(&self, side: Side) -> watch::Receiver<Reach> {
        self.reaches.of(side)
    }

    /// Changes how a node is reached.
    pub fn set_reach(&self, side: Side, reach: Reach) {
        self.reaches.set(side, reach);
        if reach == Reach::Down {
            self.with(|inner, _| inner.hub.kill_side(side));
        }
    }

    /// Does something to the world at the present time, and delivers what it publishes.
    pub fn with<R>(&self, act: impl FnOnce(&mut Inner, u64) -> R) -> R {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let now = inner.clock.now();
        let before = inner.next_due();
        inner.world.advance(now);
        inner.hub.advance(now);
        let result = act(&mut inner, now);
        inner.deliver(now);
        let changed = inner.next_due() != before;
        drop(inner);
        if changed {
            self.timers_changed.notify_one();
        }
        result
    }

    /// Moves a stepped clock. Does nothing to an automatic one.
    pub fn step(&self, by: Duration) {
        self.with(|inner, now| {
            if inner.clock.mode == ClockMode::Stepped {
                inner.clock.base = now.saturating_add(millis(by));
                let now = inner.clock.base;
                inner.world.advance(now);
                inner.hub.advance(now);
            }
        });
    }

    /// Starts the world again from its seed; sessions are dropped, faults and counts forgotten, both nodes reached.
    pub fn reset(&self) {
        SIDES.into_iter().for_each(|side| self.set_reach(side, Reach::Up));
        self.with(|inner, now| {
            let ports = inner.world.ports().to_owned();
            inner.hub.kill(None);
            inner.hub.forget_late();
            inner.world = World::new(&self.options, now);
            inner.world.set_ports(ports);
            inner.faults = Faults::default();
            inner.requests.clear();
        });
    }

    /// Runs the world's timers as they fall due, for an automatic clock.
    pub async fn run_timers(self: Arc<Self>) {
        loop {
            let wait = self.with(|inner, now| inner.next_due().map(|due| due.saturating_sub(now)));
            let changed = self.timers_changed.notified();
            match wait {
                None => changed.await,
                Some(wait) => {
                    let wait = Duration::from_millis(wait.max(1));
                    tokio::select! { () = tokio::time::sleep(wait) => {} () = changed => {} }
                }
            }
        }
    }
}

impl Inner {
    /// Counts a request for the log.
    pub fn count(&mut self, user: &str, action: &'static str) {
        // Only users of the world are kept, so that a peer can't make the table grow.
        let user = if self.world.find_user(user, true).is_some() { user } else { "" };
        let of_user = match self.requests.get_mut(user) {
            Some(of_user) => of_user,
            None => self.requests.entry(user.to_owned()).or_default(),
        };
        *of_user.entry(action).or_default() += 1;
    }

    /// Subscribes a session to a node, from now on worth publishing on. `None` when the session has too many.
    pub fn subscribe(&mut self, user: UserId, session: u64, node: &str, now: u64) -> Option<String> {
        let id = self.hub.subscribe(user, session, node)?;
        self.world.watch(node, now);
        Some(id)
    }

    /// When something happens by itself.
    fn next_due(&self) -> Option<u64> {
        [self.world.next_due(), self.hub.next_due()].into_iter().flatten().min()
    }

    fn deliver(&mut self, now: u64) {
        for notification in self.world.take_notifications() {
            let Self { hub, faults, world, .. } = self;
            if notification.to == Recipient::Subscribers && !hub.has_subscribers(&notification.node) {
                world.unwatch(&notification.node);
                continue;
            }
            hub.deliver(&notification, now, |user| faults.for_notification(user), |user| world.login_id(user));
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
