//! What is said to a legacy client, as a value: [`super::lines`] decides what and when, the encodings how it is written.

use std::sync::Arc;

use super::style::Style;
use super::{hash, json};
use crate::model::Error;
use crate::model::agent::Agent;
use crate::model::event::{CallKind, DialogView};
use crate::model::id::DialogId;
use crate::model::phone_book::PhoneBook;
use crate::model::queue::Queue;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::system::SystemStatus;
use crate::model::team::{Team, TeamMember};
use crate::session::Slot;

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// A JSON object.
    #[default]
    Json,
    /// Tokens separated by `#`, as the old product wrote before it had JSON.
    Text,
}

impl Encoding {
    /// The place for events in it.
    pub fn slot(self) -> Slot {
        match self {
            Self::Json => Slot::LegacyJson,
            Self::Text => Slot::LegacyText,
        }
    }
}

/// Where a line goes, and how it is written for there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The destination's name at the broker; what a connection is called in the log.
    pub name: String,
    /// How its lines are written.
    pub encoding: Encoding,
}

/// One thing to say. Most of them are said about an agent, whose id stands beside it.
#[derive(Clone, Copy, Debug)]
pub enum Say<'a> {
    /// Whether Finesse can be used.
    System(SystemStatus),
    /// Who the agent is.
    Info(&'a Agent),
    /// The agent's state.
    State(&'a Agent),
    /// The state of a member of a team, told to its supervisor.
    Member {
        /// The member.
        member: &'a TeamMember,
        /// The member's id as it is written.
        id: &'a str,
    },
    /// A call rings at the agent.
    NewInboundCall(&'a DialogView),
    /// A call as it is now; the short form if the agent has left it.
    Call(&'a DialogView),
    /// The agent has left a call.
    Left(&'a DialogView),
    /// The agent has left a call of which no more is known.
    Dropped(&'a DialogId, CallKind),
    /// The state of a call that was asked for; none: the agent has no such call.
    DialogState(&'a DialogId, Option<&'a DialogView>),
    /// What the agent may do with a call.
    Controls(&'a DialogView),
    /// Who takes part in a call.
    Participants(&'a DialogView),
    /// A list of reasons.
    Reasons(ReasonCategory, &'a [ReasonCode]),
    /// The agents who are signed in.
    Agents(&'a [Arc<Agent>]),
    /// Queues with their figures.
    Queues(&'a [Queue]),
    /// A team and its members.
    Team(&'a Team, &'a [Arc<TeamMember>]),
    /// Phone books of a team, or all of the agent's.
    PhoneBooks {
        /// The books.
        books: &'a [PhoneBook],
        /// Whether a team's were asked for.
        of_team: bool,
    },
    /// The contacts of a phone book.
    Contacts(&'a PhoneBook),
    /// A command was not done, or something ended.
    Error {
        /// The verb, empty where it could not be told.
        command: &'a str,
        /// Why.
        error: &'a Error,
    },
    /// A Connect failed.
    ConnectStatus(&'a Error),
    /// The agents of a destination must connect again.
    Reconnect {
        /// The destination.
        destination: &'a str,
        /// Its agents, as they were spelled.
        agent_ids: &'a [&'a str],
    },
}

impl Say<'_> {
    /// The bytes, ending in a newline. `agent_id` is whom it is for, as the client spells it.
    pub fn write(&self, encoding: Encoding, agent_id: &str, style: &Style) -> Vec<u8> {
        match encoding {
            Encoding::Json => json::write(self, agent_id, style),
            Encoding::Text => hash::write(self, agent_id, style),
        }
    }
}
