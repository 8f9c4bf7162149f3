//! States and pending states, what calls make of them, wrap-up and presence.

use std::time::Duration;

use super::agent::{AgentState, Reasoned, Shown, User};
use super::call::{Call, PartyState};
use super::error::CtiError;
use super::{Timer, UserId, World};
use crate::sim::seed::{Category, WrapUp};

impl World {
    pub(super) fn request_state(&mut self, id: UserId, wanted: Reasoned, now: u64) -> Result<(), CtiError> {
        const STATE: CtiError = CtiError::invalid_state("22", "CF_INVALID_OBJECT_STATE");
        const MODE: CtiError = CtiError::invalid_state("265", "CF_INVALID_AGENT_WORKMODE");
        let platform = self.platform;
        let Some(user) = self.users.get(id) else { return Ok(()) };
        let calls = || user.calls.iter().filter_map(|call| self.calls.get(call));
        let on_plain_call = calls().any(|call| !call.of_queue());
        let wraps_up =
            |call: &Call| call.leg(id).is_some_and(|leg| self.wrap_up_after(user, call, leg) != WrapUp::NotAllowed);
        let no_wrap_up = !calls().all(wraps_up);
        use AgentState::{Hold, Logout, NotReady, Ready, Reserved, Talking, Work, WorkReady};
        match (user.state, wanted.0) {
            (Logout, Logout) => Err(STATE),
            (Logout, NotReady) => Err(platform.not_ready_signed_out.clone()),
            (Logout, _) => Err(platform.ready_signed_out.clone()),
            (NotReady, Ready) if on_plain_call && !platform.pending_on_call => {
                Err(CtiError::invalid_state("33", "CF_RESOURCE_BUSY"))
            }
            (Ready, Ready) => Ok(()),
            (NotReady | Ready, Logout) if !user.calls.is_empty() => Err(STATE),
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
            (Talking | Hold, Work | WorkReady) if no_wrap_up => Err(STATE),
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
        self.end_monitors(id, now);
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
            let ringing = |call: &Call| call.leg(id).is_some_and(|leg| leg.state == PartyState::Alerting);
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
                let key = self.after(self.wrap_up_time(user), now, Timer::WrapUpOver(id));
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
    pub(super) fn enter(&mut self, id: UserId, (mut state, mut reason): Reasoned, now: u64) {
        let Some(user) = self.users.get_mut(id) else { return };
        if let Some(forced) = user.pending.take().filter(|(state, _)| *state == AgentState::Logout) {
            // A supervisor signs the agent out as soon as there is no call, whatever follows it otherwise.
            (state, reason) = forced;
        }
        user.reason = reason;
        let mut cancelled = user.wrap_up_timer.take();
        if state == AgentState::Logout {
            self.release_device(id);
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

    /// How long the user's wrap-up takes.
    pub(super) fn wrap_up_time(&self, user: &User) -> Duration {
        user.wrap_up_seconds.map_or(self.timers_of.wrap_up, |seconds| Duration::from_secs(seconds.into()))
    }

    /// Refuses to end a wrap-up for which the agent still owes a reason.
    pub(super) fn check_wrap_up_data(&self, id: UserId, wanted: AgentState) -> Result<(), CtiError> {
        const DATA: CtiError = CtiError::invalid_state("280", "CF_WRAPUP_DATA_REQUIRED");
        let Some(user) = self.users.get(id) else { return Ok(()) };
        let owes = |call: &Call| {
            let wraps = call.leg(id).filter(|leg| leg.state == PartyState::WrapUp);
            let mode = wraps.map(|leg| self.wrap_up_after(user, call, leg));
            mode == Some(WrapUp::RequiredWithWrapUpData) && call.wrap_up_reason.is_none()
        };
        let leaves = matches!(wanted, AgentState::Ready | AgentState::NotReady);
        match leaves && user.calls.iter().filter_map(|call| self.calls.get(call)).any(owes) {
            true => Err(DATA),
            false => Ok(()),
        }
    }

    pub(super) fn end_wrap_up(&mut self, id: UserId, target: Reasoned, now: u64) {
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

    pub(super) fn watch_presence(&mut self, id: UserId, now: u64) {
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
