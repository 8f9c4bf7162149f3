//! One actor per agent: its truth, its journal, its subscribers and the outcome of each command.
//!
//! [`Manager`] opens and finds sessions. Each session is one task ([`actor`]) around sans-IO parts: [`state`] (what the
//! agent and its calls are), [`outcome`] (the effects that make a command done), [`jobs`] (which command may be sent
//! next), [`idempotency`] (retries), [`journal`] (what can be resumed) and [`fanout`] (who gets the events).

mod actor;
#[cfg(test)]
mod actor_tests;
mod allowed;
mod commands;
mod conclude;
mod directory;
mod execute;
mod fanout;
mod gate;
mod handle;
mod idempotency;
mod interactions;
mod jobs;
#[cfg(test)]
mod jobs_tests;
pub mod journal;
mod leaving;
mod manager;
mod news;
mod outcome;
mod reasons;
mod roster;
mod send;
mod signals;
mod state;
#[cfg(test)]
mod state_tests;
mod supervise;
#[cfg(test)]
mod supervise_tests;
mod suspects;
mod system;
mod token;
mod truth;
mod view;
#[cfg(test)]
mod view_tests;
mod waiter;
mod watch;

use std::time::Duration;

pub use directory::Scope;
pub use execute::{EffectRow, effect_of};
pub use fanout::{Ended, Item, Published, Slot, Start, Subscription};
pub use handle::Handle;
pub use manager::{Connected, Manager};
pub use token::{TokenRef, TokenUse};

use crate::model::id::ReasonId;

/// What is done for an agent whose last client is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LossPolicy {
    /// Nothing: the session stays, and so does the agent's presence at Finesse.
    Keep,
    /// The agent is made not ready, with a reason where one is given; the session stays.
    NotReady(Option<ReasonId>),
    /// The agent is signed out as by ForceLogout, then the session ends.
    Logout,
    /// The session ends and with it the presence; Finesse's own timers do the rest.
    Release,
}

/// How sessions behave.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many sessions may be open; one more Connect gets LICENSES_EXCEEDED.
    pub max_sessions: usize,
    /// How long Connect may take, with the notification link and the first read.
    pub connect_timeout: Duration,
    /// How long a command's effect may take.
    pub outcome_timeout: Duration,
    /// How long a nailed-up mobile sign-in may take.
    pub login_timeout: Duration,
    /// How long a true effect without an event waits until it is confirmed by a read.
    pub confirm_after: Duration,
    /// How long an effect may stay unseen until it is looked for by a read, which makes up for a lost notification.
    pub read_back_after: Duration,
    /// How long doubts about the order of notifications are collected before one read settles them.
    pub doubts_after: Duration,
    /// How long an urgent command waits for the answer to another request about the same object.
    pub urgent_patience: Duration,
    /// How many commands of one agent may be unfinished.
    pub max_commands: usize,
    /// What can be resumed.
    pub journal: journal::Limits,
    /// How many items may wait for one subscriber until it is cut.
    pub subscriber_queue: usize,
    /// How many subscribers one agent may have.
    pub max_subscribers: usize,
    /// How long an agent without clients keeps its session as it is.
    pub grace: Duration,
    /// What happens then.
    pub loss_policy: LossPolicy,
    /// How often Finesse is read while another client takes the notifications.
    pub poll_interval: Duration,
    /// How often Finesse's status is read while it is in service.
    pub status_interval: Duration,
    /// How often while it is not.
    pub status_interval_down: Duration,
    /// How long an unused token stays valid.
    pub token_idle: Duration,
    /// How long a `request_id` is remembered.
    pub request_window: Duration,
    /// How many are remembered for each agent.
    pub request_records: usize,
    /// How many notifications are held back during a re-read.
    pub max_held_notifications: usize,
    /// The period in which wrong passwords are counted.
    pub password_window: Duration,
    /// How many wrong passwords Finesse is asked about in that period, for an agent without a session; with one, it is
    /// one.
    pub password_attempts: usize,
    /// The reason for the NOT_READY of a forced logout; without it the first listed one is taken where one is needed.
    pub force_logout_reason: Option<ReasonId>,
    /// Which agents GetAllAgents shows to an agent.
    pub agents_scope: Scope,
    /// Whether GetTeamUsers lists members who are signed out, where the client does not say.
    pub include_logged_out_agents: bool,
}

impl Default for Options {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            max_sessions: 4_000,
            connect_timeout: seconds(15),
            outcome_timeout: seconds(10),
            login_timeout: seconds(60),
            confirm_after: Duration::from_millis(500),
            read_back_after: seconds(2),
            doubts_after: Duration::from_millis(250),
            urgent_patience: seconds(1),
            max_commands: 64,
            journal: journal::Limits::default(),
            subscriber_queue: 256,
            max_subscribers: 4_096,
            grace: seconds(60),
            loss_policy: LossPolicy::Release,
            poll_interval: seconds(5),
            status_interval: seconds(10),
            status_interval_down: seconds(1),
            token_idle: seconds(12 * 3600),
            request_window: seconds(600),
            request_records: 256,
            max_held_notifications: 1_024,
            password_window: seconds(30),
            password_attempts: 3,
            force_logout_reason: None,
            agents_scope: Scope::All,
            include_logged_out_agents: false,
        }
    }
}
