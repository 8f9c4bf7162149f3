//! The simulated contact centre: agents, devices, queues and calls, without a socket or a clock.
//!
//! Requests come in with `now` (milliseconds since 1970) and return at once; what they cause is left as [`Notification`]s
//! for [`World::take_notifications`]. What happens later stands in one ordered timer table, run by [`World::advance`].
//!
//! * [`request`]: what Finesse checks before its 202, and the queue per object behind it
//! * [`agent`], [`sign_in`] and `state`: people; signing in, also as a mobile agent; states, pending states, presence
//! * [`call`], `allowed` and `action`: dialogs, their participants, what these may do; what each action does
//! * `clear`, `join` and `direct`: how calls end, how two become one, what needs no consult
//! * [`route`]: customers' calls, queues, ring-no-answer
//! * `supervise` and `monitor`: what supervisors do to members of their teams, and to their calls
//! * `team`: team members' states for those who watch; `queue`: statistics of queues, now and every ten seconds
//! * [`resource`] and `phone_book`: what can be read besides users and dialogs
//! * `variables`: what a call may carry
//! * [`view`]: objects and updates as XML
//! * [`platform`]: UCCE against UCCX; [`error`]: errors of answers and errors after a 202

mod action;
pub mod agent;
mod allowed;
pub mod call;
mod clear;
#[cfg(test)]
mod day_tests;
mod direct;
#[cfg(test)]
mod direct_tests;
pub mod error;
mod join;
#[cfg(test)]
mod join_tests;
mod monitor;
#[cfg(test)]
mod monitor_tests;
mod phone_book;
pub mod platform;
mod queue;
pub mod request;
pub mod resource;
pub mod route;
pub mod sign_in;
#[cfg(test)]
mod sign_in_tests;
mod state;
#[cfg(test)]
mod state_tests;
mod supervise;
mod team;
#[cfg(test)]
mod tests;
mod variables;
pub mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use agent::{AgentState, Shown, User};
use call::Call;
use error::CtiError;
use platform::Platform;
use request::Command;

use super::options::{DropParticipantFor, Options, Timers};
use super::seed::{Queue, Seed, Team};
use super::side::{SIDES, Side};

/// Index of a user in the world.
pub type UserId = usize;
/// A dialog's id.
pub type DialogId = u64;
/// A timer's place in the table.
pub type TimerKey = (u64, u64);

/// Most dialogs at once.
const MAX_CALLS: usize = 200_000;

/// Whom a notification is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Recipient {
    /// One user's sessions.
    User(UserId),
    /// Every session at that node.
    Node(Side),
    /// The sessions that subscribed to the node.
    Subscribers,
}

/// One pubsub item.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Who gets it without a subscription.
    pub to: Recipient,
    /// The node it is published on.
    pub node: String,
    /// The `<Update>` document.
    pub update: String,
}

/// `status` of SystemInfo.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Service {
    /// Everything works.
    In,
    /// Every call but SystemInfo gets 503, and nothing is published.
    Out,
    /// Behaves like out of service.
    Partial,
}

impl Service {
    /// Its spelling on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Service::In => "IN_SERVICE",
            Service::Out => "OUT_OF_SERVICE",
            Service::Partial => "PARTIAL_SERVICE",
        }
    }
}

/// The request whose effects are being made, for the echo of its `requestId`.
#[derive(Clone, Debug)]
pub struct Cause {
    user: UserId,
    on_dialogs: bool,
    request_id: String,
}

#[derive(Debug)]
enum Timer {
    FarEndAnswers(DialogId),
    NoAnswer(DialogId),
    WrapUpOver(UserId),
    PresenceLost(UserId),
    QueueStatistics,
    Execute(Box<Command>, Option<Cause>),
    Refuse { user: UserId, dialog: Option<Option<DialogId>>, error: Box<CtiError>, request_id: String },
}

/// The contact centre.
#[derive(Debug)]
pub struct World {
    platform: &'static Platform,
    domains: Vec<String>,
    ports: Vec<String>,
    timers_of: Timers,
    logout_on_disconnect: bool,
    drop_participant_for: DropParticipantFor,
    seed: Seed,
    service: Service,
    users: Vec<User>,
    by_login: HashMap<String, UserId>,
    by_name: HashMap<String, UserId>,
    devices: HashMap<String, Option<UserId>>,
    teams: Vec<Team>,
    queues: Vec<(Queue, usize, VecDeque<DialogId>)>,
    routable: Vec<BTreeSet<(u64, UserId)>>,
    to_route: BTreeSet<usize>,
    calls: BTreeMap<DialogId, Call>,
    next_call: DialogId,
    timers: BTreeMap<TimerKey, Timer>,
    next_timer: u64,
    free_at: HashMap<(bool, u64), u64>,
    cause: Option<Cause>,
    notifications: Vec<Notification>,
    watched: BTreeMap<String, String>,
    queue_tick: Option<TimerKey>,
}

impl World {
    /// Builds the seed's world; everybody is signed out since `now`.
    pub fn new(options: &Options, now: u64) -> Self {
        let seed = options.seed.clone();
        let team_index = |id: &str| seed.team.iter().position(|team| team.id == id).unwrap_or_default();
        let mut users = Vec::new();
        for block in &seed.agents {
            let supervises = block.supervises.iter().map(|id| team_index(id)).collect::<Vec<_>>();
            for offset in 0..u64::from(block.count) {
                let login_id = (block.first_login_id + offset).to_string();
                users.push(User::new(block, login_id, team_index(&block.team), supervises.clone(), now));
            }
        }
        let blocks =
            seed.agents.iter().flat_map(|b| (0..u64::from(b.count)).map(|o| (b.first_extension + o).to_string()));
        let devices = blocks.chain(seed.extensions.iter().cloned()).map(|extension| (extension, None)).collect();
        let queues = seed.queue.iter().map(|q| (q.clone(), team_index(&q.team), VecDeque::new())).collect();
        Self {
            platform: Platform::of(options.flavour),
            domains: [&options.domain].into_iter().chain(options.second.iter().map(|b| &b.domain)).cloned().collect(),
            ports: Vec::new(),
            timers_of: options.timers.clone(),
            logout_on_disconnect: options.logout_on_disconnect,
            drop_participant_for: options.drop_participant_for,
            service: Service::In,
            by_login: users.iter().enumerate().map(|(id, user)| (user.login_id.clone(), id)).collect(),
            by_name: users.iter().enumerate().map(|(id, user)| (user.login_name.clone(), id)).collect(),
            devices,
            routable: vec![BTreeSet::new(); seed.team.len().max(1)],
            to_route: BTreeSet::new(),
            teams: seed.team.clone(),
            queues,
            users,
            seed,
            calls: BTreeMap::new(),
            next_call: 16_777_217,
            timers: BTreeMap::new(),
            next_timer: 0,
            free_at: HashMap::new(),
            cause: None,
            notifications: Vec::new(),
            watched: BTreeMap::new(),
            queue_tick: None,
        }
    }

    /// Tells SystemInfo the ports in use, of each node.
    pub fn set_ports(&mut self, ports_xml: Vec<String>) {
        self.ports = ports_xml;
    }

    /// What [`World::set_ports`] said.
    pub fn ports(&self) -> &[String] {
        &self.ports
    }

    /// The user of that login id, or login name where the platform takes it.
    pub fn find_user(&self, id: &str, reading: bool) -> Option<UserId> {
        let by_name = || self.by_name.get(id).filter(|_| reading || self.platform.names_everywhere);
        self.by_login.get(id).or_else(by_name).copied()
    }

    /// Whether there is something to subscribe to under that name.
    pub fn has_node(&self, node: &str) -> bool {
        let parts = node.strip_prefix("/finesse/api/").map(|path| path.split('/').collect::<Vec<_>>());
        let user = |id: &str| self.by_login.contains_key(id);
        match parts.as_deref() {
            Some(["SystemInfo"]) => true,
            Some(["Team", id, "Users"]) => self.teams.iter().any(|team| team.id == *id),
            Some(["Queue", id]) => self.queues.iter().any(|(queue, ..)| queue.id == *id),
            Some(["User", id] | ["User", id, "Dialogs" | "Queues"]) => user(id),
            _ => false,
        }
    }

    /// A user's login id.
    pub fn login_id(&self, user: UserId) -> &str {
        self.users.get(user).map_or("", |user| &user.login_id)
    }

    /// Everybody.
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// All dialogs.
    pub fn calls(&self) -> &BTreeMap<DialogId, Call> {
        &self.calls
    }

    /// What has been published since the last call.
    pub fn take_notifications(&mut self) -> Vec<Notification> {
        std::mem::take(&mut self.notifications)
    }

    /// Whether Finesse works.
    pub fn service(&self) -> Service {
        self.service
    }

    /// Changes SystemInfo's status. Back in service, every signed-in user's last state is published again.
    pub fn set_service(&mut self, service: Service, now: u64) {
        if self.service == service {
            return;
        }
        self.service = service;
        for side in SIDES {
            let node = "/finesse/api/SystemInfo".to_owned();
            let update = self.system_update(side, now);
            self.notifications.push(Notification { to: Recipient::Node(side), node, update });
        }
        if service == Service::In {
            for user in 0..self.users.len() {
                if self.users.get(user).is_some_and(|user| user.state != AgentState::Logout) {
                    self.tell_user(user);
                }
            }
        }
    }

    /// When the next timer is due.
    pub fn next_due(&self) -> Option<u64> {
        self.timers.first_key_value().map(|((due, _), _)| *due)
    }

    /// Runs what is due until `now`, in order, each at its own time.
    pub fn advance(&mut self, now: u64) {
        while let Some(entry) = self.timers.first_entry().filter(|entry| entry.key().0 <= now) {
            let ((due, _), timer) = entry.remove_entry();
            self.fire(timer, due);
            self.route_calls(due);
        }
    }

    fn fire(&mut self, timer: Timer, now: u64) {
        match timer {
            Timer::FarEndAnswers(dialog) => drop(self.far_end_answers(dialog, now)),
            Timer::NoAnswer(dialog) => self.no_answer(dialog, now),
            Timer::WrapUpOver(user) => self.wrap_up_over(user, now),
            Timer::PresenceLost(user) => self.presence_lost(user, now),
            Timer::QueueStatistics => self.tell_queues(now),
            Timer::Execute(command, cause) => self.execute(*command, cause, now),
            Timer::Refuse { user, dialog, error, request_id } => self.tell_error(user, dialog, &error, &request_id),
        }
    }

    fn after(&mut self, delay: std::time::Duration, now: u64, timer: Timer) -> TimerKey {
        let delay = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.at(now.saturating_add(delay), timer)
    }

    fn at(&mut self, due: u64, timer: Timer) -> TimerKey {
        self.next_timer += 1;
        let key = (due, self.next_timer);
        self.timers.insert(key, timer);
        key
    }

    fn cancel(&mut self, key: Option<TimerKey>) {
        if let Some(key) = key {
            self.timers.remove(&key);
        }
    }

    fn shown(&self, reason: &str, category: super::seed::Category, user: UserId) -> Option<Shown> {
        let team = self.users.get(user).and_then(|user| self.teams.get(user.team))?;
        let fits = |r: &&super::seed::Reason| {
            r.id == reason && r.category == category && r.team.as_ref().is_none_or(|id| *id == team.id)
        };
        self.seed.reason.iter().find(fits).map(Shown::of)
    }
}
