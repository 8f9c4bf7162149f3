//! What the service's own stream says of every agent: each numbered event whole, and the picture after it, made here from
//! the Snapshot and the events by the contract of the protos and not by any SDK.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use generic_connector::pb;
use generic_connector::pb::event::Payload;
use generic_connector::pb::subscribe_response::Message as Kind;
use generic_connector::shutdown::Tasks;
use tokio::sync::watch;
use tonic::Streaming;

use crate::support::within;

/// One session of an agent.
#[derive(Clone, Debug)]
pub struct Era {
    pub epoch: u64,
    /// The picture that the stream began with.
    pub begin: pb::Snapshot,
    /// The picture after the last event.
    pub now: pb::Snapshot,
    /// Each event by its number, and the picture after it.
    pub events: BTreeMap<u64, (pb::Event, pb::Snapshot)>,
    /// The service said that the session has ended.
    pub over: bool,
}

impl Era {
    pub fn new(begin: pb::Snapshot) -> Self {
        Self { epoch: begin.epoch, now: begin.clone(), begin, events: BTreeMap::new(), over: false }
    }

    /// The picture as of an event.
    pub fn at(&self, sequence: u64) -> Option<&pb::Snapshot> {
        if sequence == self.begin.sequence {
            return Some(&self.begin);
        }
        self.events.get(&sequence).map(|(_, picture)| picture)
    }

    pub fn add(&mut self, event: pb::Event) {
        apply(&mut self.now, &event);
        self.events.insert(event.sequence, (event, self.now.clone()));
    }
}

/// All that was said of each agent, era after era.
pub type Eras = BTreeMap<String, Vec<Era>>;

/// Follows the stream of a service that observes everyone.
#[derive(Clone)]
pub struct Ledger {
    eras: Arc<Mutex<Eras>>,
    changed: Arc<watch::Sender<u64>>,
}

impl Ledger {
    pub fn new() -> Self {
        Self { eras: Arc::default(), changed: Arc::new(watch::channel(0).0) }
    }

    /// Takes down what a stream says until it ends.
    pub fn follow(&self, mut stream: Streaming<pb::SubscribeResponse>, tasks: &Tasks) {
        let ledger = self.clone();
        tasks.spawn_abortable(0, async move {
            while let Ok(Some(said)) = stream.message().await {
                if let Some(kind) = said.message {
                    ledger.eras.lock().unwrap().take(kind);
                    ledger.changed.send_modify(|count| *count += 1);
                }
            }
        });
    }

    pub fn eras(&self) -> Eras {
        self.eras.lock().unwrap().clone()
    }

    /// Waits until something holds of the last era of an agent.
    pub async fn until(&self, what: &str, agent: &str, holds: impl Fn(&Era) -> bool) {
        let mut changed = self.changed.subscribe();
        let held = async {
            loop {
                changed.borrow_and_update();
                if self.eras.lock().unwrap().get(agent).and_then(|eras| eras.last()).is_some_and(&holds) {
                    return;
                }
                let _ = changed.changed().await;
            }
        };
        within(what, held).await;
    }
}

trait Take {
    fn take(&mut self, kind: Kind);
}

impl Take for Eras {
    fn take(&mut self, kind: Kind) {
        let last = |eras: &mut Self, agent: &str, change: &dyn Fn(&mut Era)| {
            if let Some(era) = eras.get_mut(agent).and_then(|eras| eras.last_mut()) {
                change(era);
            }
        };
        match kind {
            Kind::Snapshot(snapshot) => {
                let eras = self.entry(snapshot.agent_id.clone()).or_default();
                if eras.last().is_none_or(|era| era.epoch != snapshot.epoch) {
                    eras.push(Era::new(*snapshot));
                }
            }
            Kind::Event(event) => {
                let event = event.into_event().unwrap();
                last(self, &event.agent_id, &|era| era.add(event.clone()));
            }
            Kind::Stale(stale) => last(self, &stale.agent_id, &|era| era.now.stale = stale.reason),
            Kind::AgentDetached(detached) => last(self, &detached.agent_id, &|era| era.over = true),
            _ => {}
        }
    }
}

/// The picture after an event.
pub fn apply(picture: &mut pb::Snapshot, event: &pb::Event) {
    picture.sequence = event.sequence;
    picture.cursor.clone_from(&event.cursor);
    match event.payload.as_ref() {
        Some(Payload::SystemStatus(changed)) => picture.system_status = changed.status,
        Some(Payload::AgentInfo(info)) => picture.info = Some(info.clone()),
        Some(Payload::AgentStateChanged(changed)) => picture.status.clone_from(&changed.status),
        Some(Payload::DialogOffered(offered)) => put(picture, offered.dialog.as_ref()),
        Some(Payload::DialogChanged(changed)) => put(picture, changed.dialog.as_ref()),
        Some(Payload::DialogEnded(ended)) => {
            let id = ended.dialog.as_ref().map(|dialog| dialog.id.clone()).unwrap_or_default();
            picture.dialogs.retain(|dialog| dialog.id != id);
        }
        _ => {}
    }
}

fn put(picture: &mut pb::Snapshot, dialog: Option<&pb::Dialog>) {
    let Some(dialog) = dialog else { return };
    match picture.dialogs.iter_mut().find(|known| known.id == dialog.id) {
        Some(known) => known.clone_from(dialog),
        None => picture.dialogs.push(dialog.clone()),
    }
}
