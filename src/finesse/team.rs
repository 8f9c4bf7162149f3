//! The Team object: a team's members, as a supervisor reads them and notifications describe them.

use super::user;
use super::xml::{Reader, XmlError, last_segment};
use crate::model::agent::AgentUpdate;
use crate::model::id::TeamId;
use crate::model::team::{Team, TeamMember};

/// What one Team object said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamUpdate {
    /// The team, where its id is readable.
    pub team: Option<Team>,
    /// Its members; one without a login id is left out.
    pub members: Vec<TeamMember>,
}

/// Reads the Team element whose start tag has just been read.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<TeamUpdate, XmlError> {
    let (mut id, mut uri_id, mut name) = (None, None, String::new());
    let mut update = TeamUpdate::default();
    while let Some(element) = reader.child()? {
        if element.is("id") {
            id = reader.text()?.trim().parse::<TeamId>().ok();
        } else if element.is("uri") {
            uri_id = last_segment(&reader.text()?).parse::<TeamId>().ok();
        } else if element.is("name") {
            name = reader.text()?.into_owned();
        } else if element.is("users") {
            while let Some(element) = reader.child()? {
                if element.is("User") {
                    update.members.extend(member(user::read(reader)?));
                } else {
                    reader.skip()?;
                }
            }
        } else {
            reader.skip()?;
        }
    }
    update.team = id.or(uri_id).map(|id| Team { id, name });
    Ok(update)
}

/// Reads a whole answer of `GET Team/{id}`.
pub fn parse(body: &str) -> Result<TeamUpdate, XmlError> {
    let mut reader = Reader::new(body);
    reader.root_named("Team")?;
    read(&mut reader)
}

/// The member whom a User object describes, in a team or alone on the team's node; none without a login id.
pub fn member(user: AgentUpdate) -> Option<TeamMember> {
    Some(TeamMember {
        id: user.id?,
        first_name: user.first_name.unwrap_or_default(),
        last_name: user.last_name.unwrap_or_default(),
        extension: user.extension.flatten(),
        state: user.state.unwrap_or_default(),
        pending_state: user.pending_state,
        reason: user.reason,
        state_change_time: user.state_change_time,
    })
}
