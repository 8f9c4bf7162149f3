//! Queues as those see them who watch over them: statistics, read at any time and published every ten seconds on change.

use std::time::Duration;

use super::agent::{AgentState, User};
use super::view::update;
use super::{Timer, UserId, World};
use crate::sim::render::{Writer, time};

/// Time between two looks at the statistics.
const INTERVAL: Duration = Duration::from_secs(10);

/// Agents of a queue, by what they do.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    ready: u32,
    not_ready: u32,
    /// Reserved, or with another queue's call.
    busy_other: u32,
    logged_on: u32,
    talking_in: u32,
    talking_out: u32,
    talking_internal: u32,
    wrap_up_not_ready: u32,
    wrap_up_ready: u32,
}

impl World {
    /// The queues of the user's team and of those it supervises.
    pub(super) fn queues_of(&self, id: UserId) -> impl Iterator<Item = usize> {
        let user = self.users.get(id);
        let serves = move |team: usize| user.is_some_and(|u| u.team == team || u.supervises.contains(&team));
        self.queues.iter().enumerate().filter(move |(_, (_, team, _))| serves(*team)).map(|(index, _)| index)
    }

    /// The queue whose node that is.
    pub(super) fn queue_of(&self, node: &str) -> Option<usize> {
        let id = node.strip_prefix("/finesse/api/Queue/")?;
        self.queues.iter().position(|(queue, ..)| queue.id == id)
    }

    /// `<Queue>` with its statistics.
    pub(super) fn queue_xml(&self, index: usize) -> String {
        let mut writer = Writer::new();
        let Some((queue, team, waiting)) = self.queues.get(index) else { return String::new() };
        writer.element("Queue", |w| {
            w.text("name", &queue.name);
            w.element("statistics", |w| {
                let counts = self.platform.queue_statistics.then(|| self.counts(index, *team));
                let number = |of: fn(&Counts) -> u32| counts.as_ref().map_or("-1".to_owned(), |c| of(c).to_string());
                let calls = counts.map_or("-1".to_owned(), |_| waiting.len().to_string());
                let longest = waiting.iter().filter_map(|call| self.calls.get(call)).map(|call| call.queued_at).min();
                let longest = longest.filter(|_| counts.is_some()).map(whole_seconds).unwrap_or_default();
                w.text("agentsBusyOther", &number(|c| c.busy_other)).text("agentsLoggedOn", &number(|c| c.logged_on));
                w.text("agentsNotReady", &number(|c| c.not_ready)).text("agentsReady", &number(|c| c.ready));
                w.text("agentsTalkingInbound", &number(|c| c.talking_in));
                w.text("agentsTalkingInternal", &number(|c| c.talking_internal));
                w.text("agentsTalkingOutbound", &number(|c| c.talking_out));
                w.text("agentsWrapUpNotReady", &number(|c| c.wrap_up_not_ready));
                w.text("agentsWrapUpReady", &number(|c| c.wrap_up_ready));
                w.text("callsInQueue", &calls).text("startTimeOfLongestCallInQueue", &longest);
            });
            w.text("uri", &format!("/finesse/api/Queue/{}", queue.id));
        });
        writer.finish()
    }

    fn counts(&self, queue: usize, team: usize) -> Counts {
        let mut counts = Counts::default();
        for (id, user) in self.users.iter().enumerate().filter(|(_, user)| user.team == team) {
            counts.logged_on += u32::from(user.state != AgentState::Logout);
            let counter = match user.state {
                AgentState::Logout => continue,
                AgentState::NotReady => &mut counts.not_ready,
                AgentState::Ready => &mut counts.ready,
                AgentState::Reserved => &mut counts.busy_other,
                AgentState::Work => &mut counts.wrap_up_not_ready,
                AgentState::WorkReady => &mut counts.wrap_up_ready,
                AgentState::Talking | AgentState::Hold => match self.talks(id, user, queue) {
                    Some("OUT") => &mut counts.talking_out,
                    Some("SUPERVISOR_MONITOR") => &mut counts.busy_other,
                    Some("AGENT_INSIDE") => &mut counts.talking_internal,
                    Some(_) => &mut counts.talking_in,
                    None => &mut counts.busy_other,
                },
            };
            *counter += 1;
        }
        counts
    }

    /// The type of the call an agent has, the one not on hold before others; `None` for another queue's.
    fn talks(&self, id: UserId, user: &User, queue: usize) -> Option<&'static str> {
        let calls = user.calls.iter().filter_map(|call| self.calls.get(call));
        let held =
            |call: &&super::call::Call| call.leg(id).is_none_or(|leg| leg.state == super::call::PartyState::Held);
        let call = calls.min_by_key(held)?;
        call.queue.is_none_or(|of| of == queue).then_some(call.call_type)
    }

    /// Looks at the statistics every ten seconds while somebody watches a queue.
    pub(super) fn watch_queues(&mut self, now: u64) {
        if self.platform.queue_statistics && self.queue_tick.is_none() {
            self.queue_tick = Some(self.after(INTERVAL, now, Timer::QueueStatistics));
        }
    }

    /// Publishes the watched queues that changed.
    pub(super) fn tell_queues(&mut self, now: u64) {
        self.queue_tick = None;
        let watched = self.watched.keys().filter_map(|node| Some((node.clone(), self.queue_of(node)?)));
        for (node, queue) in watched.collect::<Vec<_>>() {
            self.watch_queues(now);
            let present = self.queue_xml(queue);
            let Some(before) = self.watched.get_mut(&node).filter(|before| **before != present) else { continue };
            before.clone_from(&present);
            let update = update(&present, "PUT", "", &node);
            self.publish_to_subscribers(node, update);
        }
    }
}

/// The time without its fraction, as Finesse writes it here.
fn whole_seconds(millis: u64) -> String {
    let mut text = time(millis);
    text.truncate("2024-03-05T09:07:11".len());
    text + "Z"
}
