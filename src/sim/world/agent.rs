//! An agent: credentials, state, pending state, wrap-up and presence.

use super::call::PartyState;
use super::error::CtiError;
use super::{DialogId, Timer, TimerKey, UserId, World};
use crate::sim::seed::{AgentBlock, Category, Reason, WrapUp};

/// Wrong passwords in a row that block a user.
const MAX_FAILURES: u32 = 5;

/// A User's state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs)]
pub enum AgentState {
    Logout,
    NotReady,
    Ready,
    Reserved,
    Talking,
    Hold,
    Work,
    WorkReady,
}

impl AgentState {
    /// Its spelling on the wire.
    pub fn name(self) -> &'static str {
        match self {
            AgentState::Logout => "LOGOUT",
            AgentState::NotReady => "NOT_READY",
            AgentState::Ready => "READY",
            AgentState::Reserved => "RESERVED",
            AgentState::Talking => "TALKING",
            AgentState::Hold => "HOLD",
            AgentState::Work => "WORK",
            AgentState::WorkReady => "WORK_READY",
        }
    }
}

/// A reason as the User object shows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Shown {
    /// Database id; system codes have none.
    pub id: Option<String>,
    /// Category.
    pub category: Category,
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Whether all teams have it.
    pub for_all: bool,
}

impl Shown {
    pub(super) fn of(reason: &Reason) -> Self {
        Self {
            id: Some(reason.id.clone()),
            category: reason.category,
            code: reason.code.clone(),
            label: reason.label.clone(),
            for_all: reason.team.is_none(),
        }
    }

    pub(super) fn system(category: Category, code: &str, label: &str) -> Self {
        Self { id: None, category, code: code.to_owned(), label: label.to_owned(), for_all: true }
    }
}

/// A state with the reason for it.
pub type Reasoned = (AgentState, Option<Shown>);

/// An agent or supervisor.
#[derive(Clone, Debug)]
pub struct User {
    /// Login id.
    pub login_id: String,
    /// Login name.
    pub login_name: String,
    pub(super) password: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) team: usize,
    pub(super) supervises: Vec<usize>,
    pub(super) wrap_up: WrapUp,
    /// Present state.
    pub state: AgentState,
    pub(super) since: u64,
    pub(super) reason: Option<Shown>,
    /// What follows the call.
    pub pending: Option<Reasoned>,
    /// State before the call, or after the wrap-up.
    pub(super) base: Reasoned,
    /// Device; `None` when signed out.
    pub extension: Option<String>,
    /// The dialogs the user sees, oldest first.
    pub calls: Vec<DialogId>,
    /// Notification sessions with presence.
    pub sessions: usize,
    pub(super) routable_since: Option<u64>,
    pub(super) wrap_up_timer: Option<TimerKey>,
    pub(super) presence_timer: Option<TimerKey>,
    pub(super) leave_after_call: bool,
    pub(super) failures: u32,
    pub(super) locked_until: u64,
}

impl User {
    pub(super) fn new(block: &AgentBlock, login_id: String, team: usize, supervises: Vec<usize>, now: u64) -> Self {
        let role = if supervises.is_empty() { "Agent" } else { "Supervisor" };
        Self {
            login_name: block.login_name.clone().unwrap_or_else(|| login_id.clone()),
            password: block.password.clone(),
            first_name: block.first_name.clone().unwrap_or_else(|| role.to_owned()),
            last_name: block.last_name.clone().unwrap_or_else(|| login_id.clone()),
            login_id,
            team,
            supervises,
            wrap_up: block.wrap_up,
            state: AgentState::Logout,
            since: now,
            reason: None,
            pending: None,
            base: (AgentState::NotReady, None),
            extension: None,
            calls: Vec::new(),
            sessions: 0,
            routable_since: None,
            wrap_up_timer: None,
            presence_timer: None,
            leave_after_call: false,
            failures: 0,
            locked_until: 0,
        }
    }
}

/// Whom a password proved.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Principal {
    /// An agent or supervisor.
    User(UserId),
    /// The administrator.
    Administrator,
}

/// Why credentials were refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Refused {
    /// There is no such user.
    Unknown,
    /// The password is wrong, or the user is blocked.
    Wrong,
}

impl World {
    /// Checks credentials. Five wrong passwords in a row block the user for a while, whatever comes then.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn authenticate(&mut self, name: &str, password: &str, now: u64) -> Result<Principal, Refused> {
        if let Some(administrator) = self.seed.administrator.as_ref().filter(|a| a.login_id == name) {
            let right = administrator.password == password;
            return if right { Ok(Principal::Administrator) } else { Err(Refused::Wrong) };
        }
        let id = self.find_user(name, true).ok_or(Refused::Unknown)?;
        let lock_out = u64::try_from(self.timers_of.lock_out.as_millis()).unwrap_or(u64::MAX);
        let user = self.users.get_mut(id).ok_or(Refused::Unknown)?;
        if now < user.locked_until {
            return Err(Refused::Wrong);
        }
        if user.password != password {
            user.failures += 1;
            if user.failures >= MAX_FAILURES {
                user.failures = 0;
                user.locked_until = now.saturating_add(lock_out);
            }
            return Err(Refused::Wrong);
        }
        user.failures = 0;
        Ok(Principal::User(id))
    }

    pub(super) fn sign_in(&mut self, id: UserId, extension: &str, now: u64) -> Result<(), CtiError> {
        let Some(user) = self.users.get(id) else { return Ok(()) };
        if user.state != AgentState::Logout {
            // A forced sign-in keeps the state; on another device the agent counts as signed on already.
            if user.extension.as_deref() != Some(extension) {
                return Err(CtiError::invalid_state("259", "CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON"));
            }
            self.tell_user(id);
            return Ok(());
        }
        match self.devices.get_mut(extension) {
            None => return Err(CtiError::invalid_device()),
            Some(Some(_)) => return Err(CtiError::device_busy()),
            Some(free) => *free = Some(id),
        }
        if let Some(user) = self.users.get_mut(id) {
            user.extension = Some(extension.to_owned());
            user.leave_after_call = false;
        }
        self.watch_presence(id, now);
        self.enter(id, (AgentState::NotReady, None), now);
        Ok(())
    }

    pub(super) fn request_state(&mut self, id: UserId, wanted: Reasoned, now: u64) -> Result<(), CtiError> {
        const STATE: CtiError = CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE");
        const MODE: CtiError = CtiError::invalid_state("265", "CF_INVALID_AGENT_WORKMODE");
        let platform = self.platform;
        let Some(user) = self.users.get(id) else { return Ok(()) };
        let on_plain_call = user.calls.iter().filter_map(|call| self.calls.get(call)).any(|call| !call.of_queue());
        use AgentState::{Hold, Logout, NotReady, Ready, Reserved, Talking, Work, WorkReady};
        match (user.state, wanted.0) {
            (Logout, Logout) => Err(STATE),
            (Logout, NotReady) => Err(platform.not_ready_signed_out.clone()),
            (Logout, _) => Err(platform.ready_signed_out.clone()),
            (NotReady, Ready) if on_plain_call && !platform.pending_on_call => {
                Err(CtiError::invalid_state("33", "CF_RESOURCE_BUSY"))
            }
            (Ready, Ready) => Ok(()),
            (NotReady, Logout) if !user.calls.is_empty() => Err(STATE),
            (NotReady | Ready, NotReady) | (NotReady, Ready | Logout) => {
                self.enter(id, wanted, now);
                Ok(())
            }
            (Ready, Logout) if platform.logout_from_ready => {
                self.enter(id, wanted, now);
                Ok(())
            }
            (Talking | Hold, Ready) if !platform.pending_on_call => Err(MODE),
            (Talking | Hold, NotReady) if !platform.pending_on_call && user.pending.is_some() => Err(MODE),
            (Talking | Hold, Work | WorkReady) if user.wrap_up == WrapUp::NotAllowed || on_plain_call => Err(STATE),
            (Talking | Hold, WorkReady) if !platform.work_ready => Err(MODE),
            (Talking | Hold, Ready | NotReady | Work | WorkReady) => {
                if let Some(user) = self.users.get_mut(id) {
                    user.pending = Some(wanted);
                }
                self.tell_user(id);
                Ok(())
            }
            (Work | WorkReady, Ready | NotReady) => {
                self.end_wrap_up(id, wanted, now);
                Ok(())
            }
            (Reserved, _) | (_, Logout | Work | WorkReady | Reserved | Talking | Hold) => Err(STATE),
        }
    }

    /// Makes the user's state what the calls say: after each change of a call's participant.
    pub(super) fn settle(&mut self, id: UserId, now: u64) {
        use AgentState::{Hold, Logout, NotReady, Ready, Reserved, Talking, Work, WorkReady};
        let platform = self.platform;
        let Some(user) = self.users.get(id) else { return };
        let legs = |wanted: &[PartyState]| {
            user.calls.iter().filter_map(|call| self.calls.get(call)).any(|call| {
                let counts = call.of_queue() || platform.events_on_every_call;
                counts && call.leg(id).is_some_and(|leg| wanted.contains(&leg.state))
            })
        };
        let speaking = [PartyState::Initiating, PartyState::Initiated, PartyState::Active, PartyState::Failed];
        let ringing = || {
            let ringing = |call: &super::Call| call.leg(id).is_some_and(|leg| leg.state == PartyState::Alerting);
            user.calls.iter().filter_map(|call| self.calls.get(call)).any(|call| call.of_queue() && ringing(call))
        };
        let after = |(state, reason): &Reasoned| match state {
            Work => (if platform.work_ready { NotReady } else { Ready }, None),
            WorkReady => (Ready, None),
            other => (*other, reason.clone()),
        };
        let wanted = if legs(&speaking) {
            Talking
        } else if legs(&[PartyState::Held]) {
            if platform.hold_state { Hold } else { Talking }
        } else if ringing() && matches!(user.state, Ready | Reserved) {
            Reserved
        } else if legs(&[PartyState::WrapUp]) {
            let target = after(user.pending.as_ref().unwrap_or(&user.base));
            let state = if target.0 == Ready && platform.work_ready { WorkReady } else { Work };
            if !matches!(user.state, Work | WorkReady) {
                let key = self.after(self.timers_of.wrap_up, now, Timer::WrapUpOver(id));
                if let Some(user) = self.users.get_mut(id) {
                    user.wrap_up_timer = Some(key);
                    user.base = target;
                    user.pending = None;
                }
                self.enter_keeping(id, state, now);
            }
            return;
        } else {
            if matches!(user.state, Talking | Hold | Reserved | Work | WorkReady) {
                let target = after(user.pending.as_ref().unwrap_or(&user.base));
                self.enter(id, target, now);
            }
            if self.users.get(id).is_some_and(|user| user.leave_after_call && user.calls.is_empty()) {
                self.presence_lost(id, now);
            }
            return self.refresh_routable(id);
        };
        if user.state != wanted && user.state != Logout {
            if matches!(user.state, Ready | NotReady) {
                let base = (user.state, user.reason.clone());
                if let Some(user) = self.users.get_mut(id) {
                    user.base = base;
                }
            }
            self.enter_keeping(id, wanted, now);
        }
        self.refresh_routable(id);
    }

    /// Enters a state outside calls: whatever was pending is over.
    pub(super) fn enter(&mut self, id: UserId, (state, reason): Reasoned, now: u64) {
        let Some(user) = self.users.get_mut(id) else { return };
        user.pending = None;
        user.reason = reason;
        let mut cancelled = user.wrap_up_timer.take();
        if state == AgentState::Logout {
            if let Some(device) = user.extension.take().and_then(|extension| self.devices.get_mut(&extension)) {
                *device = None;
            }
            self.cancel(cancelled.take());
            cancelled = self.users.get_mut(id).and_then(|user| user.presence_timer.take());
        }
        self.cancel(cancelled);
        self.change(id, state, now);
    }

    /// Enters a state of a call, keeping what is pending.
    fn enter_keeping(&mut self, id: UserId, state: AgentState, now: u64) {
        if let Some(user) = self.users.get_mut(id) {
            user.reason = None;
        }
        self.change(id, state, now);
    }

    fn change(&mut self, id: UserId, state: AgentState, now: u64) {
        if let Some(user) = self.users.get_mut(id) {
            user.state = state;
            user.since = now;
        }
        self.tell_user(id);
        self.refresh_routable(id);
    }

    pub(super) fn wrap_up_over(&mut self, id: UserId, now: u64) {
        if let Some(user) = self.users.get_mut(id) {
            user.wrap_up_timer = None;
            let base = user.base.clone();
            self.end_wrap_up(id, base, now);
        }
    }

    fn end_wrap_up(&mut self, id: UserId, target: Reasoned, now: u64) {
        self.close_wrapped_calls(id, now);
        self.enter(id, target, now);
    }

    /// Tells how many notification sessions with presence the user has.
    pub fn set_sessions(&mut self, id: UserId, sessions: usize, now: u64) {
        if let Some(user) = self.users.get_mut(id) {
            user.sessions = sessions;
        }
        self.watch_presence(id, now);
    }

    fn watch_presence(&mut self, id: UserId, now: u64) {
        let Some(user) = self.users.get_mut(id) else { return };
        if user.sessions > 0 {
            user.leave_after_call = false;
            let key = user.presence_timer.take();
            self.cancel(key);
        } else if user.extension.is_some() && user.presence_timer.is_none() {
            let key = self.after(self.timers_of.presence, now, Timer::PresenceLost(id));
            if let Some(user) = self.users.get_mut(id) {
                user.presence_timer = Some(key);
            }
        }
    }

    pub(super) fn presence_lost(&mut self, id: UserId, now: u64) {
        let Some(user) = self.users.get_mut(id) else { return };
        user.presence_timer = None;
        user.leave_after_call = false;
        if user.state == AgentState::Logout {
            return;
        }
        if matches!(user.state, AgentState::Work | AgentState::WorkReady) {
            self.close_wrapped_calls(id, now);
        } else if !user.calls.is_empty() {
            user.leave_after_call = true;
            return;
        }
        let target = if self.logout_on_disconnect || !self.platform.pending_on_call {
            (AgentState::Logout, Some(Shown::system(Category::Logout, "255", "Connection Failure")))
        } else {
            (AgentState::NotReady, Some(Shown::system(Category::NotReady, "255", "Connection Failure")))
        };
        self.enter(id, target, now);
    }

    /// Keeps the table of agents that a queue's call may go to.
    pub(super) fn refresh_routable(&mut self, id: UserId) {
        let Some(user) = self.users.get_mut(id) else { return };
        let wanted = (user.state == AgentState::Ready && user.calls.is_empty()).then_some(user.since);
        if user.routable_since == wanted {
            return;
        }
        let Some(table) = self.routable.get_mut(user.team) else { return };
        if let Some(since) = user.routable_since {
            table.remove(&(since, id));
        }
        if let Some(since) = wanted {
            table.insert((since, id));
            self.to_route.insert(user.team);
        }
        user.routable_since = wanted;
    }
}
