//! The world's seed: who and what exists when the simulator starts, as a TOML file or built in a test.

use serde::{Deserialize, Serialize};

use super::Error;
use super::world::error::CtiError;

mod people;

pub use people::{AgentBlock, MobileMode, WrapUp};

/// The compiled-in default world.
const DEFAULT: &str = include_str!("seed.toml");

/// Upper bound of people in one world, so that a seed with a typing error does not eat the machine.
const MAX_AGENTS: u32 = 100_000;

/// What exists when the simulator starts.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Seed {
    /// Whether NOT_READY and LOGOUT need a reason where reasons of that category are configured.
    pub require_reasons: bool,
    /// Numbers that fail with BAD_DESTINATION.
    pub bad_numbers: Vec<String>,
    /// Numbers that fail with BUSY.
    pub busy_numbers: Vec<String>,
    /// Numbers for which MAKE_CALL, CONSULT_CALL and TRANSFER_SST are refused after the 202.
    pub number_fault: Vec<NumberFault>,
    /// Extensions at which nobody can sign in.
    pub device_fault: Vec<DeviceFault>,
    /// Devices that exist without belonging to an agent by default.
    pub extensions: Vec<String>,
    /// Most parties of a conference.
    pub max_parties: usize,
    /// The administrator's credentials.
    pub administrator: Option<Administrator>,
    /// Teams.
    pub team: Vec<Team>,
    /// Blocks of people.
    pub agents: Vec<AgentBlock>,
    /// Queues.
    pub queue: Vec<Queue>,
    /// Not-ready and sign-out reasons.
    pub reason: Vec<Reason>,
    /// Wrap-up reasons.
    pub wrap_up_reason: Vec<WrapUpReason>,
    /// Phone books.
    pub phone_book: Vec<PhoneBook>,
}

impl Default for Seed {
    /// An empty world.
    fn default() -> Self {
        Self {
            require_reasons: false,
            bad_numbers: Vec::new(),
            busy_numbers: Vec::new(),
            number_fault: Vec::new(),
            device_fault: Vec::new(),
            extensions: Vec::new(),
            max_parties: 16,
            administrator: None,
            team: Vec::new(),
            agents: Vec::new(),
            queue: Vec::new(),
            reason: Vec::new(),
            wrap_up_reason: Vec::new(),
            phone_book: Vec::new(),
        }
    }
}

/// The administrator: an application user that is no agent.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Administrator {
    /// User name.
    pub login_id: String,
    /// Password. Simulated credentials are no secret.
    pub password: String,
}

/// A team of agents.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Finesse's id.
    pub id: String,
    /// Name shown to people.
    pub name: String,
}

/// A device at which nobody can sign in.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceFault {
    /// The extension.
    pub extension: String,
    /// What a sign-in is told.
    pub error: CtiError,
}

/// A number that the switch does not even try to call.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NumberFault {
    /// The number.
    pub number: String,
    /// What who calls it is told.
    pub error: CtiError,
}

/// A queue that is reached by dialling its number.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// Finesse's id.
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// The number customers dial.
    pub number: String,
    /// The team whose agents serve it.
    pub team: String,
}

/// A not-ready or sign-out reason.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Database id: what a request names.
    pub id: String,
    /// `NOT_READY` or `LOGOUT`.
    pub category: Category,
    /// The code of the contact centre.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The one team that has it; all when absent.
    #[serde(default)]
    pub team: Option<String>,
}

/// Which state change a reason explains.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    /// Going NOT_READY.
    NotReady,
    /// Signing out.
    Logout,
}

impl Category {
    /// Its spelling on Finesse's wire.
    pub fn name(self) -> &'static str {
        match self {
            Category::NotReady => "NOT_READY",
            Category::Logout => "LOGOUT",
        }
    }
}

/// What a call was about.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WrapUpReason {
    /// Database id.
    pub id: String,
    /// What people read, and what a request names.
    pub label: String,
    /// The one team that has it; all when absent.
    #[serde(default)]
    pub team: Option<String>,
}

/// A phone book.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneBook {
    /// Finesse's id.
    pub id: String,
    /// Name shown to people.
    pub name: String,
    /// The one team that has it; all when absent.
    #[serde(default)]
    pub team: Option<String>,
    /// Who is in it.
    #[serde(default)]
    pub contact: Vec<Contact>,
}

/// An entry of a phone book.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Finesse's id, unique in its book.
    pub id: String,
    /// First name.
    #[serde(default)]
    pub first_name: String,
    /// Last name.
    #[serde(default)]
    pub last_name: String,
    /// What is dialled.
    pub phone_number: String,
    /// Remark.
    #[serde(default)]
    pub description: String,
}

impl Seed {
    /// The compiled-in world: agents 1001 to 1020, supervisors 1101 and 1102, teams 1 and 2, queues 10 and 20.
    /// A test proves that the compiled-in file can be read.
    pub fn standard() -> Self {
        Self::parse(DEFAULT).unwrap_or_default()
    }

    /// Reads a seed file's text.
    ///
    /// # Errors
    /// [`Error::Seed`] for anything unknown, missing or dangling in it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let seed: Self = toml::from_str(text).map_err(|e| Error::Seed(e.to_string()))?;
        seed.check()?;
        Ok(seed)
    }

    /// The standard world with `count` agents instead of twenty: login ids from 100001, extensions from 200001, spread
    /// over the two teams.
    ///
    /// # Errors
    /// [`Error::Seed`] when `count` is out of range.
    pub fn with_agents(count: u32) -> Result<Self, Error> {
        let mut seed = Self::standard();
        seed.agents.retain(|block| !block.supervises.is_empty());
        let half = count.div_ceil(2);
        for (team, first, size) in [("1", 0, half), ("2", u64::from(half), count.saturating_sub(half))] {
            seed.agents.push(AgentBlock {
                first_login_id: 100_001 + first,
                first_extension: 200_001 + first,
                count: size,
                password: "demo".to_owned(),
                team: team.to_owned(),
                supervises: Vec::new(),
                wrap_up: WrapUp::Optional,
                wrap_up_outgoing: WrapUp::NotAllowed,
                wrap_up_seconds: None,
                mobile_modes: MobileMode::all(),
                first_name: None,
                last_name: None,
                login_name: None,
            });
        }
        seed.check()?;
        Ok(seed)
    }

    /// Checks what serde can't: references and sizes.
    pub(super) fn check(&self) -> Result<(), Error> {
        let fault = |text: String| Err(Error::Seed(text));
        let known = |id: &str| self.team.iter().any(|team| team.id == id);
        let total: u64 = self.agents.iter().map(|block| u64::from(block.count)).sum();
        if total > u64::from(MAX_AGENTS) {
            return fault(format!("{total} agents, at most {MAX_AGENTS} are allowed"));
        }
        for block in &self.agents {
            if let Some(id) = std::iter::once(&block.team).chain(&block.supervises).find(|id| !known(id)) {
                return fault(format!("agents from {} name the unknown team {id}", block.first_login_id));
            }
        }
        if let Some(queue) = self.queue.iter().find(|queue| !known(&queue.team)) {
            return fault(format!("queue {} names the unknown team {}", queue.id, queue.team));
        }
        let team_of = |book: &PhoneBook| book.team.clone().unwrap_or_default();
        if let Some(book) = self.phone_book.iter().find(|book| book.team.as_ref().is_some_and(|id| !known(id))) {
            return fault(format!("phone book {} names the unknown team {}", book.id, team_of(book)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_compiled_in_world_is_the_documented_one() {
        let seed = Seed::parse(DEFAULT).unwrap();
        assert_eq!(seed.agents.iter().map(|block| block.count).sum::<u32>(), 22);
        assert!(seed.reason.iter().any(|reason| reason.team.is_some()));
    }

    #[test]
    fn an_unknown_key_and_a_dangling_team_are_refused() {
        assert!(Seed::parse("agent_count = 5").is_err());
        let text = "[[queue]]\nid='1'\nname='a'\nnumber='8'\nteam='9'";
        assert!(matches!(Seed::parse(text), Err(Error::Seed(fault)) if fault.contains("unknown team 9")));
        let text = "[[phone_book]]\nid='1'\nname='a'\nteam='9'";
        assert!(matches!(Seed::parse(text), Err(Error::Seed(fault)) if fault.contains("unknown team 9")));
        assert!(Seed::parse("[[phone_book]]\nid='1'\nname='a'\n[[phone_book.contact]]\nnumber='1'").is_err());
    }

    #[test]
    fn a_large_world_has_the_asked_size() {
        let seed = Seed::with_agents(4_001).unwrap();
        assert_eq!(seed.agents.iter().map(|block| block.count).sum::<u32>(), 4_003);
    }
}
