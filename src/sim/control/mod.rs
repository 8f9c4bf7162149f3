//! What tests and demos do to the world: in process through [`Control`], or over HTTP ([`http`]). [`load`] is for
//! measurements.

pub mod http;
pub mod load;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::engine::Engine;
use super::fault::{Disorder, Fault};
use super::side::{Reach, SIDES, Side};
use super::world::request::Variables;
use super::world::route::Impossible;
use super::world::{DialogId, Service, UserId};

/// A handle on a running simulator.
#[derive(Clone, Debug)]
pub struct Control {
    engine: Arc<Engine>,
}

/// Why an operation was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The world does not allow it.
    #[error(transparent)]
    Impossible(#[from] Impossible),
    /// The world does not allow it for that user.
    #[error("{0}: {1}")]
    Of(String, Impossible),
    /// A call variable is unknown or too long.
    #[error("call variables: {0}")]
    Variables(String),
    /// Too many faults wait.
    #[error("too many faults wait")]
    TooManyFaults,
    /// More, or less, is asked than there may be.
    #[error("{0}")]
    OutOfBounds(&'static str),
}

/// The world at a glance.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Picture {
    /// `status` of SystemInfo.
    pub status: String,
    /// How the nodes are reached; the second one is there if it was asked for.
    pub nodes: BTreeMap<Side, Reach>,
    /// Everybody who is signed in or has a notification session.
    pub users: Vec<UserPicture>,
    /// All dialogs.
    pub dialogs: Vec<DialogPicture>,
    /// Requests seen: user, then action, then how often. What names no user of the world stands under the empty name.
    pub requests: BTreeMap<String, BTreeMap<String, u64>>,
    /// Messages sent to notification sessions.
    pub delivered: u64,
    /// Faults that wait.
    pub faults: Vec<Fault>,
    /// The disorder of notifications, if it is on.
    pub disorder: Option<Disorder>,
}

/// One user.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct UserPicture {
    /// Login id.
    pub id: String,
    /// State.
    pub state: String,
    /// Pending state; empty when there is none.
    pub pending: String,
    /// Extension; empty when signed out.
    pub extension: String,
    /// Ids of the user's dialogs.
    pub dialogs: Vec<DialogId>,
    /// Resources of the notification sessions, with their presence priority.
    pub sessions: Vec<(String, Option<i8>)>,
}

/// One dialog.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct DialogPicture {
    /// Id.
    pub id: DialogId,
    /// State.
    pub state: String,
    /// `callType`, as the caller sees it.
    pub call_type: String,
    /// `fromAddress`.
    pub from: String,
    /// `toAddress`.
    pub to: String,
    /// Participants: address and state.
    pub participants: Vec<(String, String)>,
}

impl Control {
    pub(super) fn new(engine: Arc<Engine>) -> Self {
        Self { engine }
    }

    /// A customer calls `to`: a queue's number or id, or a signed-in agent's extension.
    ///
    /// # Errors
    /// [`Refused`] when nobody is there, the agent is busy, or a variable is not allowed.
    pub fn place_call(&self, from: &str, to: &str, variables: &[(&str, &str)]) -> Result<DialogId, Refused> {
        let variables =
            Variables::from_pairs(variables.iter().copied()).map_err(|error| Refused::Variables(error.data))?;
        Ok(self.engine.with(|inner, now| inner.world.place_call(from, to, variables, now))?)
    }

    /// The number outside that an agent called answers.
    ///
    /// # Errors
    /// [`Refused`] when it is not ringing.
    pub fn answer(&self, dialog: DialogId) -> Result<(), Refused> {
        Ok(self.engine.with(|inner, now| inner.world.far_end_answers(dialog, now))?)
    }

    /// The customer hangs up.
    ///
    /// # Errors
    /// [`Refused`] when there is no such dialog.
    pub fn hang_up(&self, dialog: DialogId) -> Result<(), Refused> {
        Ok(self.engine.with(|inner, now| inner.world.far_end_hangs_up(dialog, now))?)
    }

    /// An administrator moves a user to another team. False when there is no such user or team.
    pub fn move_to_team(&self, user: &str, team: &str) -> bool {
        self.engine.with(|inner, _| inner.world.move_to_team(user, team))
    }

    /// Injects a fault.
    ///
    /// # Errors
    /// [`Refused::TooManyFaults`].
    pub fn inject(&self, fault: Fault) -> Result<(), Refused> {
        match self.engine.with(|inner, _| inner.faults.add(fault)) {
            true => Ok(()),
            false => Err(Refused::TooManyFaults),
        }
    }

    /// Forgets the faults that wait.
    pub fn clear_faults(&self) {
        self.engine.with(|inner, _| inner.faults.clear());
    }

    /// Brings all notifications into disorder from now on, or ends that. What is late already comes at its time.
    pub fn set_disorder(&self, disorder: Option<Disorder>) {
        self.engine.with(|inner, _| inner.faults.set_disorder(disorder));
    }

    /// Sends the notifications that were held back.
    pub fn release_notifications(&self) {
        self.engine.with(|inner, _| inner.hub.release());
    }

    /// Changes how a node is reached; one that does not exist is reached as little.
    pub fn set_reach(&self, side: Side, reach: Reach) {
        self.engine.set_reach(side, reach);
    }

    /// Changes SystemInfo's status.
    pub fn set_service(&self, service: Service) {
        self.engine.with(|inner, now| inner.world.set_service(service, now));
    }

    /// Drops the notification connections of a user, or everybody's.
    ///
    /// # Errors
    /// [`Refused`] when there is no such user.
    pub fn kill_sessions(&self, user: Option<&str>) -> Result<(), Refused> {
        let user = self.user(user)?;
        self.engine.with(|inner, _| inner.hub.kill(user));
        Ok(())
    }

    /// Lets the notification sessions of a user, or everybody's, play dead or live again.
    ///
    /// # Errors
    /// [`Refused`] when there is no such user.
    pub fn stall_sessions(&self, user: Option<&str>, stalled: bool) -> Result<(), Refused> {
        let user = self.user(user)?;
        self.engine.with(|inner, _| inner.hub.stall(user, stalled));
        Ok(())
    }

    /// Moves a stepped clock.
    pub fn step(&self, by: Duration) {
        self.engine.step(by);
    }

    /// Starts the world again from its seed.
    pub fn reset(&self) {
        self.engine.reset();
    }

    /// How often a user's request with that action was seen (`LOGIN`, `READY`, `HOLD`, `GET_USER` …).
    pub fn requests(&self, user: &str, action: &str) -> u64 {
        self.engine
            .with(|inner, _| inner.requests.get(user).and_then(|of_user| of_user.get(action)).copied())
            .unwrap_or_default()
    }

    /// The world at a glance.
    pub fn picture(&self) -> Picture {
        let nodes = SIDES.into_iter().filter(|side| !self.engine.options.domain(*side).is_empty());
        self.engine.with(|inner, _| {
            let world = &inner.world;
            let users = world.users().iter().enumerate().map(|(id, user)| UserPicture {
                id: user.login_id.clone(),
                state: user.state.name().to_owned(),
                pending: user.pending.as_ref().map_or("", |(state, _)| state.name()).to_owned(),
                extension: user.extension.clone().unwrap_or_default(),
                dialogs: user.calls.clone(),
                sessions: inner.hub.resources(id).map(|(name, priority)| (name.to_owned(), priority)).collect(),
            });
            let users = users.filter(|user| user.state != "LOGOUT" || !user.sessions.is_empty()).collect();
            let dialogs = world.calls().iter().map(|(id, call)| DialogPicture {
                id: *id,
                state: call.state.name().to_owned(),
                call_type: call.type_for(None).to_owned(),
                from: call.from.clone(),
                to: call.to.clone(),
                participants: call.parties.iter().map(|p| (p.address.clone(), p.state.name().to_owned())).collect(),
            });
            let named = |of_user: &BTreeMap<&'static str, u64>| {
                of_user.iter().map(|(action, count)| ((*action).to_owned(), *count)).collect()
            };
            let requests = inner.requests.iter().map(|(user, of_user)| (user.clone(), named(of_user))).collect();
            Picture {
                status: world.service().name().to_owned(),
                nodes: nodes.map(|side| (side, *self.engine.reach(side).borrow())).collect(),
                users,
                dialogs: dialogs.collect(),
                requests,
                delivered: inner.hub.delivered(),
                faults: inner.faults.waiting().to_vec(),
                disorder: inner.faults.disorder(),
            }
        })
    }

    fn user(&self, user: Option<&str>) -> Result<Option<UserId>, Refused> {
        let find = |id| self.engine.with(|inner, _| inner.world.find_user(id, true)).ok_or(Impossible::NoSuchUser);
        Ok(user.map(find).transpose()?)
    }
}
