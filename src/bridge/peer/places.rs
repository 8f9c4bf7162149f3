//! Where a client's lines go: a connection is one place, a broker has one for each destination that was named.
//!
//! A broker does not say who sent a message. So an agent's lines go to the destination of the last Connect that succeeded,
//! and that is remembered beyond the session: a command for an agent who is not connected any more gets its answer there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::bridge::say::{Encoding, Target};
use crate::model::system::SystemStatus;

/// When there are too many places, those without agents that were not heard of for so long make room.
const FLEETING: Duration = Duration::from_secs(60);
/// How often at most they are looked for.
const SWEEP_PAUSE: Duration = Duration::from_secs(10);

/// What a broker's clients may name, and how they are written to.
#[derive(Clone, Debug)]
pub struct Naming {
    /// Whether a destination may have that name.
    pub allowed: fn(&str) -> bool,
    /// How lines are written for destinations that no pattern matches.
    pub encoding: Encoding,
    /// Names, or beginnings of names before a `*`, of destinations that are written to in the other encoding.
    pub other: Vec<String>,
    /// Destinations and agents that are remembered at most.
    pub max_known: usize,
}

impl Naming {
    fn encoding_of(&self, name: &str) -> Encoding {
        let matches = |pattern: &String| match pattern.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => name == pattern,
        };
        match (self.encoding, self.other.iter().any(matches)) {
            (encoding, false) => encoding,
            (Encoding::Json, true) => Encoding::Text,
            (Encoding::Text, true) => Encoding::Json,
        }
    }
}

/// An agent at a destination, as it survives a restart: no password, no session.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Record {
    /// The login id as the client spells it.
    pub agent: String,
    /// The destination of the last Connect.
    pub destination: String,
    /// How lines are written there.
    pub encoding: Encoding,
    /// The extension of the last sign-in.
    pub extension: Option<String>,
}

/// One place.
#[derive(Debug)]
pub(super) struct Place {
    pub target: Arc<Target>,
    /// The status that was told there last.
    pub told: SystemStatus,
    /// When it was heard of last.
    pub heard: Instant,
    /// When it beat last; none as long as it never has.
    pub beat: Option<Instant>,
    /// Whether its agents are to be told to connect again, once Finesse can be used.
    pub reconnect: bool,
    /// Whether the client there counts as gone.
    pub gone: bool,
}

#[derive(Debug)]
struct Known {
    to: Arc<Target>,
    extension: Option<String>,
    signed_out: bool,
}

/// All places of one client.
#[derive(Debug)]
pub(super) struct Places {
    /// The connection, where it is one.
    own: Option<Arc<Target>>,
    naming: Option<Naming>,
    places: HashMap<String, Place>,
    known: HashMap<Arc<str>, Known>,
    changed: bool,
    swept: Option<Instant>,
}

impl Places {
    /// A connection.
    pub fn connection(to: Arc<Target>, told: SystemStatus) -> Self {
        let place =
            Place { target: to.clone(), told, heard: Instant::now(), beat: None, reconnect: false, gone: false };
        let places = HashMap::from([(to.name.clone(), place)]);
        Self { own: Some(to), naming: None, places, known: HashMap::new(), changed: false, swept: None }
    }

    /// A broker, with what was known before. Places that are known are taken to believe that Finesse is out of service.
    pub fn broker(naming: Naming, known: Vec<Record>) -> Self {
        let (places, agents) = (HashMap::new(), HashMap::new());
        let mut all = Self { own: None, naming: Some(naming), places, known: agents, changed: false, swept: None };
        for Record { agent, destination, extension, .. } in known {
            // A name that is not allowed any more, or one too many, is forgotten.
            if let Some(to) = all.named(&destination, SystemStatus::OutOfService)
                && let Some(place) = all.places.get_mut(&destination)
            {
                place.reconnect = true;
                all.known.insert(agent.into(), Known { to, extension, signed_out: false });
            }
        }
        all
    }

    /// Whether this is a broker.
    pub fn is_broker(&self) -> bool {
        self.own.is_none()
    }

    /// The place of that name; of a connection the one there is. None where the name is not allowed. `told` is the status
    /// that a place counts as having been told if it is new.
    pub fn named(&mut self, name: &str, told: SystemStatus) -> Option<Arc<Target>> {
        if let Some(own) = &self.own {
            return Some(own.clone());
        }
        let now = Instant::now();
        if let Some(place) = self.places.get_mut(name) {
            place.heard = now;
            return Some(place.target.clone());
        }
        let (max_known, full) =
            self.naming.as_ref().map_or((0, false), |n| (n.max_known, self.places.len() >= n.max_known));
        if full && self.swept.is_none_or(|swept| now.duration_since(swept) > SWEEP_PAUSE) {
            self.swept = Some(now);
            self.forget(now.checked_sub(FLEETING).unwrap_or(now));
        }
        let naming = self.naming.as_ref().filter(|naming| (naming.allowed)(name))?;
        let target = Arc::new(Target { name: name.to_owned(), encoding: naming.encoding_of(name) });
        // One too many is answered and not remembered: it does not hear of changes by itself.
        if self.places.len() < max_known {
            let place = Place { target: target.clone(), told, heard: now, beat: None, reconnect: false, gone: false };
            self.places.insert(name.to_owned(), place);
        }
        Some(target)
    }

    /// Where the lines of an agent go.
    pub fn of(&self, agent: &str) -> Option<&Arc<Target>> {
        self.own.as_ref().or_else(|| self.known.get(agent).map(|known| &known.to))
    }

    /// The place of a target, unless it is not remembered.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Place> {
        self.places.get_mut(name)
    }

    /// All places.
    pub fn all(&mut self) -> impl Iterator<Item = &mut Place> {
        self.places.values_mut()
    }

    /// Whether one more agent can be remembered, or that one is.
    pub fn has_room_for(&self, agent: &str) -> bool {
        let fits = |naming: &Naming| self.known.len() < naming.max_known || self.known.contains_key(agent);
        self.naming.as_ref().is_none_or(fits)
    }

    /// An agent was connected from there.
    pub fn connected(&mut self, agent: &Arc<str>, to: &Arc<Target>, extension: Option<&str>) {
        if !self.is_broker() {
            return;
        }
        let before = self.known.remove(agent);
        let extension = extension.map(str::to_owned).or_else(|| before.and_then(|known| known.extension));
        self.known.insert(agent.clone(), Known { to: to.clone(), extension, signed_out: false });
        self.changed = true;
    }

    /// An agent has signed in on an extension.
    pub fn signed_in(&mut self, agent: &str, extension: Option<&str>) {
        let Some(known) = self.known.get_mut(agent) else { return };
        if known.signed_out || known.extension.as_deref() != extension {
            *known = Known { to: known.to.clone(), extension: extension.map(str::to_owned), signed_out: false };
            self.changed = true;
        }
    }

    /// An agent has signed out: after a restart nobody needs to connect again for them.
    pub fn signed_out(&mut self, agent: &str) {
        if let Some(known) = self.known.get_mut(agent).filter(|known| !known.signed_out) {
            known.signed_out = true;
            self.changed = true;
        }
    }

    /// The agents of a place who have not signed out, in order.
    pub fn agents(&self, name: &str) -> Vec<Arc<str>> {
        let there =
            |(agent, known): (&Arc<str>, &Known)| (known.to.name == name && !known.signed_out).then(|| agent.clone());
        let mut agents: Vec<Arc<str>> = self.known.iter().filter_map(there).collect();
        agents.sort();
        agents
    }

    /// Whether what is to survive a restart has changed since it was last taken.
    pub fn has_changed(&self) -> bool {
        self.changed
    }

    /// What is to survive a restart, if that has changed since the last call.
    pub fn take_changed(&mut self) -> Option<Vec<Record>> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        let record = |(agent, known): (&Arc<str>, &Known)| {
            let Known { to, extension, signed_out } = known;
            let Target { name, encoding } = (**to).clone();
            let record = Record { agent: agent.to_string(), destination: name, encoding, extension: extension.clone() };
            (!signed_out).then_some(record)
        };
        Some(self.known.iter().filter_map(record).collect())
    }

    /// Forgets places without agents, and agents who signed out, that were not heard of since.
    pub fn forget(&mut self, before: Instant) {
        if !self.is_broker() {
            return;
        }
        let quiet =
            |places: &HashMap<String, Place>, name: &str| places.get(name).is_none_or(|place| place.heard < before);
        let Self { places, known, .. } = self;
        known.retain(|_, known| !known.signed_out || !quiet(places, &known.to.name));
        let used: HashSet<&str> = known.values().map(|known| known.to.name.as_str()).collect();
        places.retain(|name, place| place.heard >= before || used.contains(name.as_str()));
    }
}

#[cfg(test)]
#[path = "places_tests.rs"]
mod tests;
