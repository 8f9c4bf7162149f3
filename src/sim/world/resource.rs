//! What can be read besides users and dialogs: who may, and the XML.

use super::World;
use super::agent::{AgentState, Principal};
use super::error::ApiError;
use super::phone_book::write_contacts;
use super::team::write_member;
use crate::sim::render::Writer;
use crate::sim::seed::Team;

/// Something that `GET` names by its path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Resource {
    /// `/Team/<id>`, with signed-out members or without.
    Team {
        /// The team's id.
        id: String,
        /// `includeLoggedOutAgents`.
        signed_out: bool,
    },
    /// `/Teams`.
    Teams,
    /// `/Users`.
    Users,
    /// `/Queue/<id>`.
    Queue(String),
    /// `/User/<id>/Queues`.
    QueuesOf(String),
    /// `/User/<id>/PhoneBooks`.
    PhoneBooks(String),
    /// `/PhoneBook/<id>/Contacts`.
    Contacts(String),
}

impl Resource {
    /// The resource at a path below `/finesse/api`.
    pub fn at(segments: &[&str], query: &str) -> Option<Self> {
        match segments {
            ["Team", id] => {
                let signed_out = query.split('&').any(|pair| pair == "includeLoggedOutAgents=true");
                Some(Resource::Team { id: (*id).to_owned(), signed_out })
            }
            ["Teams"] => Some(Resource::Teams),
            ["Users"] => Some(Resource::Users),
            ["Queue", id] => Some(Resource::Queue((*id).to_owned())),
            ["User", id, "Queues"] => Some(Resource::QueuesOf((*id).to_owned())),
            ["User", id, "PhoneBooks"] => Some(Resource::PhoneBooks((*id).to_owned())),
            ["PhoneBook", id, "Contacts"] => Some(Resource::Contacts((*id).to_owned())),
            _ => None,
        }
    }

    /// The action's name in the request log.
    pub fn action(&self) -> &'static str {
        match self {
            Resource::Team { .. } => "GET_TEAM",
            Resource::Teams => "GET_TEAMS",
            Resource::Users => "GET_USERS",
            Resource::Queue(_) | Resource::QueuesOf(_) => "GET_QUEUES",
            Resource::PhoneBooks(_) | Resource::Contacts(_) => "GET_PHONE_BOOKS",
        }
    }
}

impl World {
    /// The resource for whoever the credentials, with the user name `name`, proved.
    ///
    /// # Errors
    /// 401 for what is not theirs, 404 for what does not exist.
    pub fn resource_xml(&self, resource: &Resource, who: Principal, name: &str) -> Result<String, ApiError> {
        let mut writer = Writer::new();
        match resource {
            Resource::Team { id, signed_out } => self.write_team(&mut writer, id, *signed_out, who, name)?,
            // Anybody may read any queue and anybody's list.
            Resource::Queue(id) => {
                let index = self.queues.iter().position(|(queue, ..)| queue.id == *id);
                writer.raw(&self.queue_xml(index.ok_or_else(ApiError::not_found)?));
            }
            Resource::QueuesOf(id) => {
                let user = self.find_user(id, true).ok_or_else(|| ApiError::unknown_user(id))?;
                let queues = self.queues_of(user);
                writer.element("Queues", |w| {
                    queues.for_each(|queue| {
                        w.raw(&self.queue_xml(queue));
                    });
                });
            }
            Resource::PhoneBooks(id) => {
                let found = self.find_user(id, true);
                let user = match (found, who) {
                    (Some(user), Principal::Administrator) => user,
                    (Some(user), Principal::User(own)) if own == user => user,
                    (None, Principal::Administrator) => return Err(ApiError::unknown_user(id)),
                    _ => return Err(ApiError::other_user(id)),
                };
                self.write_phone_books(&mut writer, user);
            }
            Resource::Contacts(id) => {
                let book = self.seed.phone_book.iter().find(|book| book.id == *id).ok_or_else(ApiError::not_found)?;
                match who {
                    Principal::User(user) if !self.has_phone_book(user, book) => return Err(ApiError::not_authorized()),
                    _ => write_contacts(&mut writer, book),
                }
            }
            Resource::Teams | Resource::Users if who != Principal::Administrator => {
                return Err(ApiError::authorization_failure(name));
            }
            Resource::Teams => {
                writer.element("Teams", |w| {
                    for team in &self.teams {
                        w.element("Team", |w| write_team(w, team));
                    }
                });
            }
            Resource::Users => {
                writer.element("Users", |w| {
                    for user in &self.users {
                        w.element("User", |w| self.write_user(w, user));
                    }
                });
            }
        }
        Ok(writer.finish())
    }

    fn write_team(
        &self,
        writer: &mut Writer,
        id: &str,
        signed_out: bool,
        who: Principal,
        name: &str,
    ) -> Result<(), ApiError> {
        let index = self.teams.iter().position(|team| team.id == id);
        let supervises = |index: usize| match who {
            Principal::Administrator => true,
            Principal::User(user) => self.users.get(user).is_some_and(|user| user.supervises.contains(&index)),
        };
        let (index, team) = match index.and_then(|index| Some((index, self.teams.get(index)?))) {
            Some(found) if supervises(found.0) => found,
            // Somebody who supervises nothing does not learn which teams there are.
            None if who == Principal::Administrator || self.is_supervisor(who) => return Err(ApiError::not_found()),
            _ => return Err(ApiError::not_for_administrators(name)),
        };
        let shown = |state| signed_out || state != AgentState::Logout;
        let members = self.users.iter().filter(|user| user.team == index && shown(user.state));
        writer.element("Team", |w| {
            write_team(w, team);
            w.element("users", |w| {
                for user in members {
                    w.element("User", |w| write_member(w, user));
                }
            });
        });
        Ok(())
    }

    pub(super) fn is_supervisor(&self, who: Principal) -> bool {
        match who {
            Principal::User(user) => self.users.get(user).is_some_and(|user| !user.supervises.is_empty()),
            Principal::Administrator => false,
        }
    }
}

fn write_team(w: &mut Writer, team: &Team) {
    w.text("id", &team.id).text("name", &team.name).text("uri", &format!("/finesse/api/Team/{}", team.id));
}
