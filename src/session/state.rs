//! The truth of one agent: what notifications and re-reads say, turned into changes. Sans-IO.
//!
//! The order of notifications is not trusted. A User object is ordered by its `stateChangeTime`, a Dialog by the latest
//! `stateChangeTime` of its participants: a later one is applied, an earlier one is not, and one that can't be ordered
//! (equal or absent times, different content) is applied and confirmed. Whatever is doubtful asks for one re-read,
//! whose answer is taken as it is.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::allowed;
use super::interactions::Interactions;
use super::view::{self, Around};
use crate::model::Timestamp;
use crate::model::agent::{Agent, AgentUpdate};
use crate::model::dialog::{Dialog, ParticipantState};
use crate::model::event::{CallKind, Change, DialogView, Payload};
use crate::model::id::{DialogId, Extension};
use crate::model::system::Platform;

/// How long an ended call is remembered, so that a late notification does not bring it back.
const TOMBSTONE: Duration = Duration::from_secs(60);
/// How long a new call may have to do with a monitoring that has ended.
const MOMENT: Duration = Duration::from_secs(10);
/// How many ended calls are remembered at most.
const MAX_TOMBSTONES: usize = 64;
/// How many calls that the agent must not see are remembered.
const MAX_HIDDEN: usize = 16;
/// How many ended calls are kept whole.
const MAX_ENDED: usize = 4;
/// How many open calls one agent may have; more are not tracked, for no phone has so many lines.
const MAX_DIALOGS: usize = 64;

/// Where an object came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A notification: its order is checked.
    Notification,
    /// A read of the REST API: it is the truth.
    Read,
}

/// How urgently a re-read is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Not at all.
    #[default]
    None,
    /// If it does not settle by itself: a call that is over but was not removed.
    Lingering,
    /// After a while: two changes have one time. They came in order unless Finesse published them the wrong way round.
    Untimed,
    /// Soon: something could not be ordered.
    Unordered,
}

/// What applying an object did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What to publish, in order.
    pub payloads: Vec<Payload>,
    /// Whether a re-read is wanted.
    pub doubt: Doubt,
}

impl Outcome {
    fn doubtful(&mut self, doubt: Doubt) {
        self.doubt = self.doubt.max(doubt);
    }
}

#[derive(Debug)]
struct Tombstone {
    id: DialogId,
    at: Instant,
    changed_at: Option<Timestamp>,
    /// Whether Finesse said that it ended, with its last content; else a read no longer found it.
    told: bool,
}

/// The truth of one agent.
#[derive(Debug)]
pub struct State {
    agent: Arc<Agent>,
    version: u64,
    dialogs: Vec<Arc<DialogView>>,
    tombstones: VecDeque<Tombstone>,
    /// The extension of the last sign-in, by which the own participant is found while the agent signs out.
    extension: Option<Extension>,
    /// The call that a consult was asked for and has not appeared yet.
    consulting: Option<DialogId>,
    /// The last calls that the agent must not see.
    hidden: VecDeque<DialogId>,
    /// The calls that ended last, for the replies to the commands that ended them.
    ended: VecDeque<Arc<DialogView>>,
    links: Arc<Interactions>,
    platform: Option<Platform>,
}

impl State {
    /// The state of an agent of whom only the profile is known. `links` is shared by all agents.
    pub fn new(mut agent: Agent, links: Arc<Interactions>, platform: Option<Platform>) -> Self {
        let extension = agent.extension.clone();
        agent.allowed_actions = allowed::actions(&agent, platform);
        Self {
            agent: Arc::new(agent),
            version: 1,
            dialogs: Vec::new(),
            tombstones: VecDeque::new(),
            extension,
            consulting: None,
            hidden: VecDeque::new(),
            ended: VecDeque::new(),
            links,
            platform,
        }
    }

    /// A sign-in on an extension is under way: calls that come before it is done are the agent's on that extension.
    pub fn signing_in(&mut self, extension: &Extension) {
        if self.agent.extension.is_none() {
            self.extension = Some(extension.clone());
        }
    }

    /// A consult about a call is under way: the next call that the agent dials is one.
    pub fn consulting(&mut self, main: DialogId) {
        self.consulting = Some(main);
    }

    /// No consult about a call is under way any more.
    pub fn consulted(&mut self, main: &DialogId) {
        self.consulting.take_if(|awaited| awaited == main);
    }

    /// What stands behind Finesse, as soon as it is known: what an agent may do depends on it.
    pub fn set_platform(&mut self, platform: Option<Platform>) {
        self.platform = platform.or(self.platform);
    }

    /// The agent.
    pub fn agent(&self) -> &Arc<Agent> {
        &self.agent
    }

    /// The agent's version, which rises by one at each change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The open calls, oldest first.
    pub fn dialogs(&self) -> &[Arc<DialogView>] {
        &self.dialogs
    }

    /// One open call.
    pub fn dialog(&self, id: &DialogId) -> Option<&Arc<DialogView>> {
        self.dialogs.iter().find(|view| view.dialog.id == *id)
    }

    /// Whether the agent must not find a call, whatever it tries with its id.
    pub fn hides(&self, id: &DialogId) -> bool {
        self.hidden.contains(id)
    }

    /// What was last known of a call that ended a moment ago.
    pub fn ended(&self, id: &DialogId) -> Option<Arc<DialogView>> {
        self.ended.iter().find(|view| view.dialog.id == *id).cloned()
    }

    /// Whether the platform gives figures of queues, and tells their changes.
    pub fn has_queue_figures(&self) -> bool {
        self.platform != Some(Platform::Uccx)
    }

    /// Whether the agent takes part in a call that is not over for it.
    pub fn on_a_call(&self) -> bool {
        self.dialogs.iter().any(|view| view.own().is_some_and(|own| !own.state.is_over()))
    }

    /// Whether a call is over for the agent and yet was not removed.
    pub fn has_lingering(&self) -> bool {
        self.dialogs.iter().any(|view| view.own().is_none_or(|own| own.state == ParticipantState::Dropped))
    }

    /// Applies a User object.
    pub fn user(&mut self, update: AgentUpdate, source: Source) -> Outcome {
        let mut outcome = Outcome::default();
        let mut agent = Agent::clone(&self.agent);
        let time = update.state_change_time;
        let says_state = update.state.is_some();
        agent.absorb(update);
        agent.allowed_actions = allowed::actions(&agent, self.platform);
        if source == Source::Notification && says_state {
            let differs = !agent.same_state(&self.agent);
            match (time, self.agent.state_change_time) {
                (Some(new), Some(old)) if new < old => {
                    // An earlier state that came late; if it says something else, a re-read tells whether Finesse's
                    // clock went backward.
                    outcome.doubtful(if differs { Doubt::Unordered } else { Doubt::None });
                    return outcome;
                }
                (Some(new), Some(old)) if new > old => {}
                (Some(_), None) => {}
                _ if differs => outcome.doubtful(Doubt::Unordered),
                _ => {}
            }
        }
        if agent == *self.agent {
            return outcome;
        }
        let agent = Arc::new(agent);
        let before = std::mem::replace(&mut self.agent, agent.clone());
        if agent.extension.is_some() && agent.extension != self.extension {
            self.extension = agent.extension.clone();
        }
        if !before.same_profile(&agent) {
            outcome.payloads.push(Payload::AgentInfo(agent.clone()));
        }
        if !before.same_state(&agent) || before.state_change_time != agent.state_change_time {
            self.version += 1;
            let version = self.version;
            outcome.payloads.push(Payload::AgentStateChanged { from: before.state, agent, version });
        } else if outcome.payloads.is_empty() && before.allowed_actions != agent.allowed_actions {
            // The platform became known.
            outcome.payloads.push(Payload::AgentInfo(agent));
        }
        outcome
    }

    /// Applies a Dialog object.
    pub fn dialog_update(&mut self, dialog: Dialog, source: Source, now: Instant) -> Outcome {
        let mut outcome = Outcome::default();
        if view::is_hidden(&dialog, self.extension.as_ref()) {
            if !self.hides(&dialog.id) {
                if self.hidden.len() >= MAX_HIDDEN {
                    self.hidden.pop_front();
                }
                self.hidden.push_back(dialog.id.clone());
            }
            // What it is may not have been told at first.
            let shown = self.dialog(&dialog.id).is_some();
            return if shown { self.dialog_end(&dialog.id, None, now) } else { outcome };
        }
        self.hidden.retain(|hidden| *hidden != dialog.id);
        let Some(index) = self.dialogs.iter().position(|view| view.dialog.id == dialog.id) else {
            self.new_dialog(dialog, source, now, &mut outcome);
            return outcome;
        };
        let Some(known) = self.dialogs.get(index).cloned() else { return outcome };
        let mut changes = view::changes(&known.dialog, &dialog);
        if changes.is_empty() && known.extension == self.extension {
            return outcome;
        }
        if source == Source::Notification {
            match (dialog.changed_at(), known.dialog.changed_at()) {
                (Some(new), Some(old)) if new < old => {
                    outcome.doubtful(Doubt::Unordered);
                    return outcome;
                }
                (Some(new), Some(old)) if new > old => {}
                // Data of a call changes without a new time.
                (Some(_), Some(_)) => outcome.doubtful(Doubt::Untimed),
                _ => outcome.doubtful(Doubt::Unordered),
            }
        }
        let view = Arc::new(view::next(&known, dialog, &self.around(), false));
        if view.kind != known.kind {
            changes.push(Change::Kind);
        }
        self.lingers(&view, &mut outcome);
        if let Some(slot) = self.dialogs.get_mut(index) {
            *slot = view.clone();
        }
        outcome.payloads.push(Payload::DialogChanged { view, changes });
        outcome
    }

    fn new_dialog(&mut self, dialog: Dialog, source: Source, now: Instant, outcome: &mut Outcome) {
        self.tombstones.retain(|t| now.saturating_duration_since(t.at) < TOMBSTONE);
        if let Some(position) = self.tombstones.iter().position(|t| t.id == dialog.id) {
            // A call may come back to an agent, by a transfer; its remains may not.
            let known = self.tombstones.get(position);
            let later = known.is_some_and(|t| dialog.changed_at() > t.changed_at);
            if source == Source::Notification && !later {
                return;
            }
            if source == Source::Notification && known.is_some_and(|t| !t.told) {
                // What was missed before the end is later than what was known of the call, too.
                outcome.doubtful(Doubt::Unordered);
                return;
            }
            self.tombstones.remove(position);
        }
        let tombstones = &self.tombstones;
        self.ended.retain(|view| {
            let mut buried = tombstones.iter().filter(|tombstone| tombstone.id == view.dialog.id);
            let recent = buried.any(|tombstone| now.saturating_duration_since(tombstone.at) < MOMENT);
            view.kind != CallKind::Monitor || recent
        });
        if self.dialogs.len() >= MAX_DIALOGS {
            tracing::warn!(dialog = %dialog.id, "too many open calls, one is not tracked");
            return;
        }
        let view = Arc::new(view::first(dialog, &self.around()));
        if view.kind == CallKind::Consult {
            self.consulting = None;
        }
        self.lingers(&view, outcome);
        self.dialogs.push(view.clone());
        outcome.payloads.push(match view.own().map(|own| own.state) {
            Some(ParticipantState::Alerting) => Payload::DialogOffered(view),
            _ => Payload::DialogChanged { view, changes: vec![Change::Created] },
        });
    }

    fn around(&self) -> Around<'_> {
        Around {
            extension: self.extension.as_ref(),
            others: &self.dialogs,
            ended: &self.ended,
            consulting: self.consulting.as_ref(),
            links: &self.links,
        }
    }

    fn lingers(&self, view: &DialogView, outcome: &mut Outcome) {
        if view.own().is_none_or(|own| own.state == ParticipantState::Dropped) {
            outcome.doubtful(Doubt::Lingering);
        }
    }

    /// A call left the agent. `last` is the Dialog object that came with the removal.
    pub fn dialog_end(&mut self, id: &DialogId, last: Option<Dialog>, now: Instant) -> Outcome {
        let mut outcome = Outcome::default();
        let Some(index) = self.dialogs.iter().position(|view| view.dialog.id == *id) else {
            if let Some(last) = last.filter(|_| !self.tombstones.iter().any(|tombstone| tombstone.id == *id)) {
                // Its end came first: what is still to come of it is older.
                self.bury(Tombstone { id: id.clone(), at: now, changed_at: last.changed_at(), told: true });
            }
            return outcome;
        };
        let known = self.dialogs.remove(index);
        let told = last.is_some();
        let view = match last {
            Some(dialog) => Arc::new(view::next(&known, dialog, &self.around(), true)),
            None => known,
        };
        self.bury(Tombstone { id: id.clone(), at: now, changed_at: view.dialog.changed_at(), told });
        if self.ended.len() >= MAX_ENDED {
            self.ended.pop_front();
        }
        self.ended.push_back(view.clone());
        outcome.payloads.push(Payload::DialogEnded { view });
        outcome
    }

    fn bury(&mut self, tombstone: Tombstone) {
        if self.tombstones.len() >= MAX_TOMBSTONES {
            self.tombstones.pop_front();
        }
        self.tombstones.push_back(tombstone);
    }

    /// Takes all calls that a read of the agent's Dialogs found: those that are missing there have ended.
    pub fn dialogs_read(&mut self, dialogs: Vec<Dialog>, now: Instant) -> Outcome {
        let mut outcome = Outcome::default();
        let gone = self.dialogs.iter().map(|view| view.dialog.id.clone());
        let gone: Vec<_> = gone.filter(|id| !dialogs.iter().any(|dialog| dialog.id == *id)).collect();
        for id in gone {
            outcome.payloads.extend(self.dialog_end(&id, None, now).payloads);
        }
        for dialog in dialogs {
            let one = self.dialog_update(dialog, Source::Read, now);
            outcome.payloads.extend(one.payloads);
            outcome.doubtful(one.doubt);
        }
        outcome
    }
}
