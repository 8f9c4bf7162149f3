//! One Connect of an agent at a time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::model::id::AgentId;

type Map = Mutex<HashMap<AgentId, Arc<tokio::sync::Mutex<()>>>>;

/// The gates of all agents for whom a Connect is under way.
#[derive(Clone, Default)]
pub(super) struct Gates(Arc<Map>);

/// A place at an agent's gate. Given up or not, the last one to leave takes the gate away.
pub(super) struct Gate {
    gates: Gates,
    agent: AgentId,
    gate: Arc<tokio::sync::Mutex<()>>,
}

/// Being alone behind the gate. The guard is dropped before the gate.
pub(super) struct Passage {
    _alone: OwnedMutexGuard<()>,
    _gate: Gate,
}

impl Gates {
    pub(super) fn at(&self, agent: &AgentId) -> Gate {
        let gate = self.lock().entry(agent.clone()).or_default().clone();
        Gate { gates: self.clone(), agent: agent.clone(), gate }
    }

    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<AgentId, Arc<tokio::sync::Mutex<()>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Gate {
    /// Waits until nobody else is behind the gate. Cancel safe.
    pub(super) async fn pass(self) -> Passage {
        let alone = self.gate.clone().lock_owned().await;
        Passage { _alone: alone, _gate: self }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        let mut gates = self.gates.lock();
        // This one's own and the map's: nobody else waits.
        if Arc::strong_count(&self.gate) <= 2 {
            gates.remove(&self.agent);
        }
    }
}
