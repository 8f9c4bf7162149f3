//! An agent as the world knows it, and the check of credentials.

use super::sign_in::Mobile;
use super::{DialogId, TimerKey, UserId, World};
use crate::sim::seed::{AgentBlock, Category, MobileMode, Reason, WrapUp};

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
    pub(super) wrap_up_outgoing: WrapUp,
    pub(super) wrap_up_seconds: Option<u32>,
    /// Present state.
    pub state: AgentState,
    pub(super) since: u64,
    pub(super) reason: Option<Shown>,
    /// What follows the call.
    pub pending: Option<Reasoned>,
    /// State before the call, or after the wrap-up.
    pub(super) base: Reasoned,
    /// Device; `None` when signed out, unless a set-up call is to sign in.
    pub extension: Option<String>,
    pub(super) mobile: Option<Mobile>,
    pub(super) mobile_modes: Vec<MobileMode>,
    /// The dialogs the user sees, oldest first.
    pub calls: Vec<DialogId>,
    /// The silent monitors of this agent's calls, which the agent is told of.
    pub(super) monitored_by: Vec<DialogId>,
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
            wrap_up_outgoing: block.wrap_up_outgoing,
            wrap_up_seconds: block.wrap_up_seconds,
            state: AgentState::Logout,
            since: now,
            reason: None,
            pending: None,
            base: (AgentState::NotReady, None),
            extension: None,
            mobile: None,
            mobile_modes: block.mobile_modes.clone(),
            calls: Vec::new(),
            monitored_by: Vec::new(),
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

impl User {
    /// The device as it is shown: not before the sign-in is done.
    pub(super) fn shown_extension(&self) -> &str {
        self.extension.as_deref().filter(|_| self.state != AgentState::Logout).unwrap_or_default()
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
}
