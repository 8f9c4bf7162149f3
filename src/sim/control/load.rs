//! Load for measurements: many calls at once, and notifications at a pace.
//!
//! Nothing in it is special to the world: calls are placed and their data is changed as by any customer and agent, so
//! what is published costs what it always costs. Each step takes the lock by itself, and the sessions write in between.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::{Control, Refused};
use crate::sim::world::request::Variables;
use crate::sim::world::route::Impossible;
use crate::sim::world::{DialogId, UserId};

/// Most users of one request, and the largest world.
const MAX_USERS: u32 = 100_000;
/// Most notifications a second that may be asked for.
const MAX_RATE: u32 = 1_000_000;
/// Longest that one request may last.
const MAX_SECONDS: u64 = 600;
/// The pace's grain.
const TICK: Duration = Duration::from_millis(1);
/// What is not made up for when there was no time for it.
const MAX_BEHIND: Duration = Duration::from_millis(100);
/// Steps between two pauses in which the sessions write.
const STEPS: usize = 8;

/// Whose calls.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Users {
    /// Those of these login ids.
    Named(Vec<String>),
    /// So many, from a login id on.
    Row(Row),
}

/// Agents whose login ids follow each other.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The first one's login id.
    pub from: String,
    /// How many they are.
    pub count: u32,
}

/// Changes of call data to be published.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// The users, who take turns.
    pub users: Users,
    /// Changes a second.
    pub per_second: u32,
    /// Changes altogether.
    pub count: u64,
}

/// What was published.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Loaded {
    /// Notifications: one to each agent on the changed call.
    pub published: u64,
    /// How long it took.
    pub seconds: f64,
}

/// Calls to be placed, one to each agent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCalls {
    /// The first agent's login id.
    pub from: String,
    /// How many agents.
    pub count: u32,
    /// Call variables of each call.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Whether the agents answer at once; otherwise they ring.
    #[serde(default)]
    pub answer: bool,
}

impl Control {
    /// Changes `callVariable10` of the calls in which the users speak, in turn and at a pace, to the time of the change:
    /// nanoseconds since 1970. A user whose call ends meanwhile is passed over.
    ///
    /// # Errors
    /// [`Refused`] when a user does not exist or has no call, or too much is asked.
    pub async fn load(&self, load: &Load) -> Result<Loaded, Refused> {
        if load.per_second == 0 || load.per_second > MAX_RATE {
            return Err(Refused::OutOfBounds("per_second: 1 to 1000000"));
        }
        if load.count > u64::from(load.per_second) * MAX_SECONDS {
            return Err(Refused::OutOfBounds("count: at most 600 seconds of it"));
        }
        let users = self.users(&load.users)?;
        self.engine.with(|inner, _| {
            let idle = users.iter().find(|user| inner.world.active_call(**user).is_none());
            idle.map_or(Ok(()), |user| Err(Refused::Of(inner.world.login_id(*user).to_owned(), Impossible::NotOnACall)))
        })?;
        let started = Instant::now();
        let mut published = 0;
        let mut turns = users.iter().cycle().zip(0..load.count).peekable();
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut credit = 0;
        while turns.peek().is_some() {
            if tick.tick().await.elapsed() > MAX_BEHIND {
                tick.reset();
            }
            credit += load.per_second;
            let batch = credit / 1_000;
            credit %= 1_000;
            for (step, (user, _)) in (1..).zip(turns.by_ref().take(usize::try_from(batch).unwrap_or_default())) {
                published += self.change(*user);
                if step % STEPS == 0 {
                    tokio::task::yield_now().await;
                }
            }
            tokio::task::yield_now().await;
        }
        Ok(Loaded { published, seconds: started.elapsed().as_secs_f64() })
    }

    /// Customers call agents, each at the extension of the sign-in, from `555` and the login id. Returns the dialogs.
    ///
    /// # Errors
    /// [`Refused`] for the first agent who can't be called; the calls placed before that stay.
    pub async fn place_calls(&self, calls: &NewCalls) -> Result<Vec<DialogId>, Refused> {
        let pairs = calls.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let variables = Variables::from_pairs(pairs).map_err(|error| Refused::Variables(error.data))?;
        let users = self.users(&Users::Row(Row { from: calls.from.clone(), count: calls.count }))?;
        let mut dialogs = Vec::with_capacity(users.len());
        for (step, user) in (1..).zip(users) {
            let variables = variables.clone();
            let placed = self.engine.with(|inner, now| {
                let placed = inner.world.call_agent(user, variables, calls.answer, now);
                placed.map_err(|why| Refused::Of(inner.world.login_id(user).to_owned(), why))
            });
            dialogs.push(placed?);
            if step % STEPS == 0 {
                tokio::task::yield_now().await;
            }
        }
        Ok(dialogs)
    }

    fn change(&self, user: UserId) -> u64 {
        self.engine.with(|inner, _| {
            let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string();
            let variables = Variables::from_pairs([("callVariable10", nanos.as_str())]).unwrap_or_default();
            inner.world.change_data(user, variables)
        })
    }

    fn users(&self, users: &Users) -> Result<Vec<UserId>, Refused> {
        let find = |id: &str| {
            let found = self.engine.with(|inner, _| inner.world.find_user(id, true));
            found.ok_or_else(|| Refused::Of(id.to_owned(), Impossible::NoSuchUser))
        };
        let found = match users {
            Users::Named(ids) => ids.iter().map(|id| find(id)).collect::<Result<Vec<_>, Refused>>()?,
            Users::Row(row) if row.count <= MAX_USERS => {
                let first =
                    row.from.parse::<u64>().map_err(|_| Refused::Of(row.from.clone(), Impossible::NoSuchUser))?;
                let ids = first..first.saturating_add(u64::from(row.count));
                ids.map(|id| find(&id.to_string())).collect::<Result<Vec<_>, Refused>>()?
            }
            Users::Row(_) => return Err(Refused::OutOfBounds("users: at most 100000")),
        };
        if found.is_empty() { Err(Refused::OutOfBounds("users: at least one")) } else { Ok(found) }
    }
}
