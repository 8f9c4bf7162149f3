//! Teams and queues that are watched: their notifications, and the reads that make up for those that were missed.

use std::time::{Duration, Instant};

use futures_util::FutureExt as _;

use super::actor::{Actor, Done, now};
use super::execute::Ask;
use super::jobs::ReadBack;
use super::outcome::Object;
use super::supervise::{TeamsFor, read};
use crate::finesse::TeamUpdate;
use crate::finesse::notify::Node;
use crate::model::agent::AgentUpdate;
use crate::model::event::{Origin, Payload};
use crate::model::queue::Queue;
use crate::model::system::SystemStatus;
use crate::model::team::TeamMember;

/// How long doubts about teams and queues are collected before one read settles them.
const COALESCE: Duration = Duration::from_millis(250);
/// When a failed read of a watched team or queue is tried again.
pub(super) const RETRY: Duration = Duration::from_secs(5);
/// How often a watched team or queue is read whose changes Finesse does not tell.
const UNTOLD: Duration = Duration::from_secs(15);

impl Actor {
    /// Tells the link what is watched.
    pub(super) fn watch_nodes(&mut self) {
        let teams = self.roster.watched().cloned().map(Node::Team);
        let nodes = teams.chain(self.roster.watched_queues().cloned().map(Node::Queue)).collect();
        self.link.watch(nodes);
    }

    /// From now on changes of the node are told; what changed before is read.
    pub(super) fn watching(&mut self, node: Node) {
        self.untold.retain(|untold| *untold != node);
        self.doubt_roster(Some(node), Duration::ZERO);
    }

    /// The changes of the node are not told: it is read now and then, for as long as it is watched.
    pub(super) fn not_watching(&mut self, node: Node) {
        let watches = match &node {
            Node::Team(id) => self.roster.watched().any(|team| team == id),
            Node::Queue(id) => self.roster.watched_queues().any(|queue| queue == id),
        };
        if watches && !self.untold.contains(&node) {
            self.untold.push(node.clone());
        }
        if watches {
            self.doubt_roster(Some(node), UNTOLD);
        }
    }

    /// Something about a watched team or queue, or about all of them, is to be read.
    pub(super) fn doubt_roster(&mut self, node: Option<Node>, after: Duration) {
        let watched = self.roster.watched().cloned().map(Node::Team);
        let all = watched.chain(self.roster.watched_queues().next().cloned().map(Node::Queue));
        match node {
            Some(node) if !self.roster_due.contains(&node) => self.roster_due.push(node),
            Some(_) => {}
            None => self.roster_due = all.collect(),
        }
        if self.roster_due.is_empty() {
            return;
        }
        let at = now() + after.max(COALESCE);
        self.roster_at = Some(self.roster_at.map_or(at, |earlier| earlier.min(at)));
    }

    /// A member's state as a notification told it.
    pub(super) fn member_changed(&mut self, update: AgentUpdate) {
        let (payload, doubtful) = self.roster.update(update);
        self.publish(payload.into_iter().collect(), Origin::Live, None);
        if let Some(team) = doubtful {
            self.doubt_roster(Some(Node::Team(team)), COALESCE);
        }
        self.check_effects();
        self.check_replaced();
    }

    /// A whole team as a notification told it. It may leave out who is signed out, so each member is taken for itself.
    pub(super) fn team_changed(&mut self, team: TeamUpdate) {
        let update = |member: TeamMember| AgentUpdate {
            id: Some(member.id),
            first_name: Some(member.first_name),
            last_name: Some(member.last_name),
            extension: Some(member.extension),
            state: Some(member.state),
            pending_state: member.pending_state,
            reason: member.reason,
            state_change_time: member.state_change_time,
            ..AgentUpdate::default()
        };
        team.members.into_iter().for_each(|member| self.member_changed(update(member)));
    }

    pub(super) fn queues_changed(&mut self, queues: &[Queue]) {
        let news: Vec<Payload> = queues.iter().filter_map(|queue| self.roster.queue(queue)).collect();
        self.publish(news, Origin::Live, None);
    }

    /// When a read of teams or queues is due.
    pub(super) fn roster_read_due(&self) -> Option<Instant> {
        let usable = self.system.borrow().status == SystemStatus::InService;
        let wanted = self.jobs.iter().any(|job| job.read_back == ReadBack::Wanted && job.is_about_member());
        [wanted.then(now), self.roster_at].into_iter().flatten().min().filter(|_| usable && !self.password_doubted)
    }

    /// Starts the reads of teams and queues that are due.
    pub(super) fn start_roster_read(&mut self) {
        if self.roster_read_due().is_none_or(|at| at > now()) {
            return;
        }
        let (mut jobs, mut teams) = (Vec::new(), Vec::new());
        for job in self.jobs.iter_mut().filter(|job| job.read_back == ReadBack::Wanted) {
            let Object::Member(id) = job.expectation.object() else { continue };
            job.read_back = ReadBack::Running;
            jobs.push(job.id);
            teams.extend(self.roster.team_of(&id).cloned());
        }
        if !jobs.is_empty() {
            teams.sort();
            teams.dedup();
            self.read_teams(teams, TeamsFor::ReadBack(jobs));
        }
        if self.roster_at.is_none_or(|at| at > now()) {
            return;
        }
        self.roster_at = None;
        let (mut teams, mut queues) = (Vec::new(), false);
        let due = std::mem::take(&mut self.roster_due);
        std::mem::take(&mut self.untold).into_iter().for_each(|node| self.not_watching(node));
        for node in due {
            match node {
                Node::Team(team) if self.supervises(&team) => teams.push(team),
                Node::Team(_) => {}
                Node::Queue(_) => queues = true,
            }
        }
        if !teams.is_empty() {
            self.read_teams(teams, TeamsFor::Watchers);
        }
        if queues {
            let (finesse, who, since) = (self.finesse.clone(), self.credentials.clone(), self.roster.now());
            let read = async move {
                let result = read(&finesse, &who, Ask::Queues).await;
                Done::Asked { waiter: None, since, result }
            };
            self.in_flight.push(read.boxed());
        }
    }
}
