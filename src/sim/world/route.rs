//! Customers' calls: to an extension or through a queue to the longest-ready agent, and what the far end does.

use super::agent::{AgentState, Shown};
use super::call::{Call, DialogState, PartyState};
use super::request::Variables;
use super::view::Change;
use super::{DialogId, Timer, UserId, World};
use crate::sim::seed::Category;

/// Why the control API's wish was not fulfilled.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Impossible {
    /// Neither a queue's number or id nor the extension of a signed-in agent.
    #[error("no queue and no signed-in agent at that number")]
    NobodyThere,
    /// The agent has another call that is not on hold.
    #[error("the agent is busy")]
    Busy,
    /// There is no such dialog, or it has no far end.
    #[error("no such dialog with a far end")]
    NoSuchDialog,
    /// The far end is not ringing.
    #[error("the far end is not ringing")]
    NotRinging,
    /// There is no such user.
    #[error("no such user")]
    NoSuchUser,
    /// The user speaks in no call.
    #[error("not on a call")]
    NotOnACall,
    /// There are too many dialogs already.
    #[error("too many dialogs")]
    TooMany,
}

impl World {
    /// A customer calls an extension, or a queue by its number or id.
    ///
    /// # Errors
    /// [`Impossible`] when the call can't be made.
    pub fn place_call(&mut self, from: &str, to: &str, variables: Variables, now: u64) -> Result<DialogId, Impossible> {
        let queue = self.queues.iter().position(|(queue, ..)| queue.number == to || queue.id == to);
        let dialog = if let Some(index) = queue {
            let number = self.queues.get(index).map(|(queue, ..)| queue.number.clone()).unwrap_or_default();
            let mut call = Call::new(from, &number, self.platform.queue_call_type);
            call.variables = variables;
            call.add(from, None, PartyState::Initiated, now);
            let dialog = self.insert_call(call).ok_or(Impossible::TooMany)?;
            self.enqueue(dialog, index, now);
            dialog
        } else {
            let agent = self.devices.get(to).copied().flatten().ok_or(Impossible::NobodyThere)?;
            if !self.can_ring(agent) {
                return Err(Impossible::Busy);
            }
            let mut call = Call::new(from, to, "OTHER_IN");
            call.state = DialogState::Alerting;
            call.variables = variables;
            call.add(from, None, PartyState::Initiated, now);
            call.add(to, Some(agent), PartyState::Alerting, now);
            let dialog = self.insert_call(call).ok_or(Impossible::TooMany)?;
            self.show_call(dialog, agent);
            dialog
        };
        self.route_calls(now);
        Ok(dialog)
    }

    /// A customer calls an agent at the extension of the sign-in; the agent answers at once, or it rings.
    ///
    /// # Errors
    /// [`Impossible`] when the call can't be made.
    pub fn call_agent(
        &mut self,
        agent: UserId,
        variables: Variables,
        answer: bool,
        now: u64,
    ) -> Result<DialogId, Impossible> {
        let user = self.users.get(agent).ok_or(Impossible::NoSuchUser)?;
        let extension = user.extension.clone().ok_or(Impossible::NobodyThere)?;
        let customer = format!("555{}", user.login_id);
        let dialog = self.place_call(&customer, &extension, variables, now)?;
        if answer {
            self.answer(agent, dialog, now);
        }
        Ok(dialog)
    }

    /// The number outside that an agent called answers.
    ///
    /// # Errors
    /// [`Impossible`] when there is no such far end, or it is not ringing.
    pub fn far_end_answers(&mut self, dialog: DialogId, now: u64) -> Result<(), Impossible> {
        let call = self.calls.get(&dialog).ok_or(Impossible::NoSuchDialog)?;
        let mut far = call.parties.iter().filter(|party| party.user.is_none()).peekable();
        far.peek().ok_or(Impossible::NoSuchDialog)?;
        if far.all(|party| party.state != PartyState::Alerting) {
            return Err(Impossible::NotRinging);
        }
        self.connect(dialog, now);
        Ok(())
    }

    /// The customer hangs up.
    ///
    /// # Errors
    /// [`Impossible::NoSuchDialog`] when there is no such far end.
    pub fn far_end_hangs_up(&mut self, dialog: DialogId, now: u64) -> Result<(), Impossible> {
        let call = self.calls.get(&dialog).ok_or(Impossible::NoSuchDialog)?;
        // Of several outside a conference's first one leaves.
        let far = call.live().find(|party| party.user.is_none()).ok_or(Impossible::NoSuchDialog)?;
        let address = far.address.clone();
        self.clear(dialog, |party| party.user.is_none() && party.address == address, now);
        self.route_calls(now);
        Ok(())
    }

    pub(super) fn enqueue(&mut self, dialog: DialogId, queue: usize, now: u64) {
        let Some((_, team, waiting)) = self.queues.get_mut(queue) else { return };
        waiting.push_back(dialog);
        self.to_route.insert(*team);
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.queue = Some(queue);
            call.queued_at = now;
        }
    }

    pub(super) fn forget_queued(&mut self, dialog: DialogId) {
        let queue = self.calls.get(&dialog).and_then(|call| call.queue);
        if let Some((_, _, waiting)) = queue.and_then(|queue| self.queues.get_mut(queue)) {
            waiting.retain(|waiting| *waiting != dialog);
        }
    }

    /// Gives waiting calls to ready agents, the longest waiting to the longest ready.
    pub(super) fn route_calls(&mut self, now: u64) {
        while let Some(team) = self.to_route.pop_first() {
            while let Some(agent) = self.routable.get(team).and_then(|table| table.first()).map(|(_, agent)| *agent) {
                let waiting =
                    |(index, (_, of, waiting)): (usize, &(_, usize, std::collections::VecDeque<DialogId>))| {
                        let first = waiting.front().filter(|_| *of == team)?;
                        Some((self.calls.get(first).map_or(0, |call| call.queued_at), *first, index))
                    };
                let Some((_, dialog, queue)) = self.queues.iter().enumerate().filter_map(waiting).min() else { break };
                if let Some((_, _, waiting)) = self.queues.get_mut(queue) {
                    waiting.pop_front();
                }
                self.offer(dialog, agent, now);
            }
        }
    }

    fn offer(&mut self, dialog: DialogId, agent: UserId, now: u64) {
        let extension = self.users.get(agent).and_then(|user| user.extension.clone()).unwrap_or_default();
        let key = self.after(self.timers_of.ring_no_answer, now, Timer::NoAnswer(dialog));
        let Some(call) = self.calls.get_mut(&dialog) else { return self.cancel(Some(key)) };
        call.timer = Some(key);
        call.state = DialogState::Alerting;
        call.add(&extension, Some(agent), PartyState::Alerting, now);
        if let Some(user) = self.users.get_mut(agent) {
            user.calls.push(dialog);
        }
        // RESERVED comes before the dialog; a caller who is an agent sees the ringing.
        self.settle(agent, now);
        self.tell_call_but(dialog, Some(agent));
        self.tell_one(dialog, agent, Change::Post);
    }

    /// Ring-no-answer: the call goes back to its queue, the agent NOT_READY. A set-up call ends.
    pub(super) fn no_answer(&mut self, dialog: DialogId, now: u64) {
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        call.timer = None;
        if call.set_up.is_some() {
            return self.clear(dialog, |party| party.user.is_none(), now);
        }
        let ringing = call.parties.iter().find(|party| party.state == PartyState::Alerting && !party.gone);
        let (Some(agent), Some(queue)) = (ringing.and_then(|party| party.user), call.queue) else { return };
        call.turn(agent, PartyState::Dropped, now);
        call.state = DialogState::Dropped;
        self.hide_call(dialog, agent);
        if let Some(call) = self.calls.get_mut(&dialog) {
            call.state = DialogState::Initiated;
            call.parties.retain(|party| party.user != Some(agent));
            if !call.former.contains(&agent) {
                call.former.push(agent);
            }
        }
        // An agent who called the queue hears it ring no longer.
        self.tell_call(dialog, Change::Put);
        let reason = Shown::system(Category::NotReady, self.platform.no_answer_code, "Call Not Answered");
        self.enter(agent, (AgentState::NotReady, Some(reason)), now);
        if let Some((_, team, waiting)) = self.queues.get_mut(queue) {
            waiting.push_front(dialog);
            self.to_route.insert(*team);
        }
    }
}
