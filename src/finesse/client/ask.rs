//! What the agent can read.

use super::Client;
use crate::finesse::credentials::Credentials;
use crate::finesse::team::{self, TeamUpdate};
use crate::finesse::{dialog, phone_book, queue, reason, system, user};
use crate::model::agent::AgentUpdate;
use crate::model::dialog::Dialog;
use crate::model::id::{DialogId, TeamId};
use crate::model::phone_book::{PhoneBook, PhoneBookType};
use crate::model::queue::Queue;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::system::SystemInfo;
use crate::model::{Error, Reason};

impl Client {
    /// Whether Finesse can be used, and where its notification service is. Needs no credentials.
    pub async fn system_info(&self) -> Result<SystemInfo, Error> {
        self.get(None, &["SystemInfo"], None, system::parse).await
    }

    /// The agent. `who` may hold a login name (UCCE from 12.5): the id that comes back is the one to use from then on.
    pub async fn user(&self, who: &Credentials) -> Result<AgentUpdate, Error> {
        self.get(Some(who), &["User", who.agent_id.as_str()], None, user::parse).await
    }

    /// The agent's open voice calls.
    pub async fn dialogs(&self, who: &Credentials) -> Result<Vec<Dialog>, Error> {
        self.get(Some(who), &["User", who.agent_id.as_str(), "Dialogs"], None, dialog::parse_list).await
    }

    /// One call; none when Finesse knows none of that id.
    pub async fn dialog(&self, who: &Credentials, id: &DialogId) -> Result<Option<Dialog>, Error> {
        match self.get(Some(who), &["Dialog", id.as_str()], None, dialog::parse).await {
            Err(error) if matches!(error.reason, Reason::NotFound) => Ok(None),
            result => result,
        }
    }

    /// The reasons that the agent can choose from, without system codes.
    pub async fn reasons(&self, who: &Credentials, category: ReasonCategory) -> Result<Vec<ReasonCode>, Error> {
        let (list, query) = match category {
            ReasonCategory::WrapUp => ("WrapUpReasons", None),
            ReasonCategory::NotReady | ReasonCategory::Logout => ("ReasonCodes", Some(("category", category.as_str()))),
        };
        let parse = |body: &str| reason::parse_list(body, category);
        self.get(Some(who), &["User", who.agent_id.as_str(), list], query, parse).await
    }

    /// A team that the agent supervises, with its members; those who are signed out only where they are asked for.
    pub async fn team(&self, who: &Credentials, team: &TeamId, include_logged_out: bool) -> Result<TeamUpdate, Error> {
        let query = ("includeLoggedOutAgents", if include_logged_out { "true" } else { "false" });
        self.get(Some(who), &["Team", team.as_str()], Some(query), team::parse).await
    }

    /// The agent's queues; a supervisor's are those of all members of the supervised teams too.
    pub async fn queues(&self, who: &Credentials) -> Result<Vec<Queue>, Error> {
        self.get(Some(who), &["User", who.agent_id.as_str(), "Queues"], None, queue::parse_list).await
    }

    /// The phone books that the agent can use, with their contacts: everybody's and the agent's team's.
    pub async fn phone_books(&self, who: &Credentials) -> Result<Vec<PhoneBook>, Error> {
        self.get(Some(who), &["User", who.agent_id.as_str(), "PhoneBooks"], None, phone_book::parse_list).await
    }

    /// The phone books of a team, with their contacts.
    ///
    /// Finesse has a resource for that since 12.5. Where there is none, the agent's own list tells which books belong to
    /// the agent's own team; another team's can't be had ([`Reason::UnsupportedOnPlatform`]).
    pub async fn team_phone_books(&self, who: &Credentials, team: &TeamId) -> Result<Vec<PhoneBook>, Error> {
        let path = ["TeamResource", team.as_str(), "PhoneBooks"];
        let why_not = match self.get_if_served(who, &path, phone_book::parse_list).await {
            Ok(Some(books)) => return Ok(books),
            Ok(None) => {
                let text = "this release of finesse tells a team's phone books only to its members";
                Error::new(Reason::UnsupportedOnPlatform, text)
            }
            Err(error) if error.reason == Reason::NotFound => error,
            Err(error) => return Err(error),
        };
        if self.user(who).await?.team.is_none_or(|own| own.id != *team) {
            return Err(why_not);
        }
        let mut books = self.phone_books(who).await?;
        books.retain(|book| book.kind == PhoneBookType::Team);
        Ok(books)
    }
}
