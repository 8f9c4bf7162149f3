//! Whether clients are there: what they are told of Finesse by itself, when one counts as gone, and that it is back.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::{Limits, Peer};
use crate::bridge::say::{Say, Target};
use crate::model::Reason;
use crate::model::agent::{Agent, AgentState};
use crate::model::system::SystemStatus;

/// How often at most it is logged that answers have nowhere to go.
const LOG_PAUSE: Duration = Duration::from_secs(10);
/// How long a place without agents is remembered.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);
/// How often places are looked through that nobody has mentioned for long.
const FORGET_EVERY: Duration = Duration::from_secs(600);

/// When to look next, and what nobody could be told.
#[derive(Debug)]
pub(super) struct Presence {
    beat_timeout: Duration,
    look_at: Option<Instant>,
    /// Whether a broker's destinations have heard nothing from this service yet.
    unannounced: bool,
    unaddressed: u64,
    logged: Option<Instant>,
}

impl Presence {
    pub fn new(limits: &Limits, broker: bool) -> Self {
        let beat_timeout = limits.beat_timeout;
        Self { beat_timeout, look_at: None, unannounced: broker, unaddressed: 0, logged: None }
    }

    /// Ends when clients are to be looked at that may have fallen silent.
    pub async fn due(&self) {
        match self.look_at {
            Some(at) => sleep_until(at).await,
            None => pending().await,
        }
    }

    /// Counts an answer that has nowhere to go.
    pub fn unaddressed(&mut self, command: &str, reason: Reason) {
        metrics::counter!("gc_bridge_unaddressed_total").increment(1);
        self.unaddressed += 1;
        if self.logged.is_none_or(|logged| logged.elapsed() >= LOG_PAUSE) {
            self.logged = Some(Instant::now());
            let count = std::mem::take(&mut self.unaddressed);
            // A verb of the catalogue: what else stands there was never understood.
            let command = crate::command::catalogue::verb(command).map_or("", |verb| verb.name);
            tracing::warn!(count, command, %reason, "commands were refused and nobody could be told");
        }
    }
}

impl Peer {
    /// A broker has been reached for the first time: its destinations are told that this service starts anew.
    pub fn announce(&mut self) {
        if !std::mem::take(&mut self.presence.unannounced) {
            return;
        }
        let places: Vec<Arc<Target>> = self.places.all().map(|place| place.target.clone()).collect();
        for to in places {
            self.tell_system(Some(&to), SystemStatus::OutOfService);
        }
        self.system_changed();
    }

    /// The service stops: a broker's destinations are told that it is away.
    pub fn part_from_all(&mut self) {
        if std::mem::replace(&mut self.presence.unannounced, true) {
            return;
        }
        let places: Vec<Arc<Target>> = self.places.all().map(|place| place.target.clone()).collect();
        for to in &places {
            self.tell_system(Some(to), SystemStatus::OutOfService);
        }
    }

    pub(super) fn system_changed(&mut self) {
        if self.presence.unannounced {
            return;
        }
        let status = *self.system.borrow_and_update();
        let behind = |place: &&mut super::places::Place| place.told != status || place.reconnect;
        let places = self.places.all().filter(behind);
        let places: Vec<(Arc<Target>, bool)> =
            places.map(|place| (place.target.clone(), place.told != status)).collect();
        for (to, changed) in places {
            if changed {
                self.tell_system(Some(&to), status);
            }
            if status == SystemStatus::InService {
                self.tell_to_reconnect(&to);
            }
        }
    }

    pub(super) fn tell_system(&mut self, to: Option<&Arc<Target>>, status: SystemStatus) {
        let Some(to) = to else { return self.presence.unaddressed("Hello", Reason::InvalidInput) };
        if let Some(place) = self.places.get_mut(&to.name) {
            place.told = status;
        }
        self.say(to, Say::System(status), "");
    }

    /// Names the agents of a destination that are without a session.
    fn tell_to_reconnect(&mut self, to: &Arc<Target>) {
        let due = self.places.get_mut(&to.name).is_some_and(|place| std::mem::take(&mut place.reconnect));
        if !due || !self.context.limits.announce_reconnect {
            return;
        }
        let mut agents = self.places.agents(&to.name);
        agents.retain(|id| self.entries.get(id).is_none_or(|entry| entry.binding.is_none() && !entry.connecting));
        if !agents.is_empty() {
            let agent_ids: Vec<&str> = agents.iter().map(|id| &**id).collect();
            self.say(to, Say::Reconnect { destination: &to.name, agent_ids: &agent_ids }, "");
        }
    }

    /// Something came from there.
    pub(super) fn heard(&mut self, to: &Arc<Target>, beat: bool) {
        let timeout = self.presence.beat_timeout;
        let Some(place) = self.places.get_mut(&to.name) else { return };
        let now = Instant::now();
        place.heard = now;
        if !timeout.is_zero() && (beat || place.beat.is_some()) {
            place.beat = Some(now);
            let look_at = now + timeout;
            self.presence.look_at = Some(self.presence.look_at.map_or(look_at, |at| at.min(look_at)));
        }
        if place.gone {
            self.back(&to.name);
        }
    }

    /// Takes clients that beat and have stopped for gone.
    pub(super) fn look_for_silence(&mut self) {
        let (now, timeout) = (Instant::now(), self.presence.beat_timeout);
        let mut silent = Vec::new();
        let mut next = None::<Instant>;
        for place in self.places.all() {
            let Some(until) = place.beat.map(|beat| beat + timeout) else { continue };
            if until <= now {
                place.beat = None;
                silent.push(place.target.name.clone());
            } else {
                next = Some(next.map_or(until, |next| next.min(until)));
            }
        }
        self.presence.look_at = next;
        for name in silent {
            metrics::counter!("gc_bridge_beats_missed_total").increment(1);
            tracing::warn!(destination = %name, "a legacy client that beat has fallen silent");
            if self.context.limits.silent_is_gone {
                self.gone(&name);
            }
        }
    }

    /// Forgets places without agents that nobody has mentioned for a day. Called now and then by a broker's door.
    pub fn tidy(&mut self) -> Duration {
        if let Some(before) = Instant::now().checked_sub(REMEMBERED) {
            self.places.forget(before);
        }
        FORGET_EVERY
    }

    /// The client at a destination is gone: its agents' sessions wait no longer for it than their grace.
    pub fn gone(&mut self, destination: &str) {
        if let Some(place) = self.places.get_mut(destination) {
            place.gone = true;
        }
        for id in self.bound_at(destination, true) {
            self.set_present(&id, false);
        }
    }

    /// The client at a destination is there again.
    pub fn back(&mut self, destination: &str) {
        match self.places.get_mut(destination) {
            Some(place) if place.gone => place.gone = false,
            _ => return,
        }
        for id in self.bound_at(destination, false) {
            let leaves = self.entries.get(&id).and_then(|entry| entry.binding.as_ref());
            // Who has signed out comes back by signing in.
            if leaves.is_some_and(|binding| !binding.signed_out) {
                self.set_present(&id, true);
            }
        }
    }

    /// Lines for a destination were lost: its agents are told what is now.
    pub fn resynchronise(&mut self, destination: &str) {
        for id in [true, false].map(|present| self.bound_at(destination, present)).concat() {
            self.subscribe_again(&id, true);
        }
    }

    /// Whether what is to survive a restart has changed since it was last taken.
    pub fn has_changed(&self) -> bool {
        self.places.has_changed()
    }

    /// What is to survive a restart, if that has changed since the last call.
    pub fn take_changed(&mut self) -> Option<Vec<super::Record>> {
        self.places.take_changed()
    }

    fn bound_at(&self, destination: &str, present: bool) -> Vec<Arc<str>> {
        let there = |(id, entry): (&Arc<str>, &super::Entry)| {
            let binding = entry.binding.as_ref()?;
            (binding.present == present && binding.ended.is_none() && binding.to.name == destination)
                .then(|| id.clone())
        };
        self.entries.iter().filter_map(there).collect()
    }

    pub(super) fn set_present(&mut self, id: &Arc<str>, present: bool) {
        let Some(binding) = self.entries.get_mut(id).and_then(|entry| entry.binding.as_mut()) else { return };
        if std::mem::replace(&mut binding.present, present) != present {
            self.subscribe_again(id, false);
        }
    }

    /// An agent's state is known: a broker's client counts as present until the agent signs out.
    pub(super) fn note_agent(&mut self, id: &Arc<str>, generation: u64, agent: &Agent) {
        if !self.places.is_broker() {
            return;
        }
        let (Some(binding), _) = self.voice(id, generation) else { return };
        let out = agent.state == AgentState::Logout;
        let was_out = std::mem::replace(&mut binding.signed_out, out);
        if out {
            self.places.signed_out(id);
            self.set_present(id, false);
        } else {
            self.places.signed_in(id, agent.extension.as_ref().map(|extension| extension.as_str()));
            if was_out {
                self.set_present(id, true);
            }
        }
    }
}
