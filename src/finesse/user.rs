//! The User object: an agent, as `GET User` and User notifications describe it.

use super::reason;
use super::xml::{Reader, XmlError, last_segment, time};
use crate::model::agent::{AgentState, AgentUpdate, WrapUpMode};
use crate::model::id::{AgentId, TeamId};
use crate::model::team::Team;

/// Reads the User element whose start tag has just been read.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<AgentUpdate, XmlError> {
    let mut user = AgentUpdate::default();
    let mut uri_id = None;
    let (mut team_id, mut team_name) = (None, String::new());
    while let Some(element) = reader.child()? {
        if element.is("state") {
            user.state = some_state(&reader.text()?);
        } else if element.is("pendingState") {
            user.pending_state = some_state(&reader.text()?);
        } else if element.is("stateChangeTime") {
            user.state_change_time = time(&reader.text()?);
        } else if element.is("extension") {
            user.extension = Some(reader.text()?.trim().parse().ok());
        } else if element.is("loginId") {
            user.id = reader.text()?.trim().parse().ok();
        } else if element.is("loginName") {
            user.login_name = Some(reader.text()?.into_owned());
        } else if element.is("firstName") {
            user.first_name = Some(reader.text()?.into_owned());
        } else if element.is("lastName") {
            user.last_name = Some(reader.text()?.into_owned());
        } else if element.is("reasonCodeId") {
            let text = reader.text()?;
            user.reason_id = Some(text.trim()).filter(|id| !id.is_empty() && *id != "-1").map(str::to_owned);
        } else if element.is("ReasonCode") {
            user.reason = reason::read(reader, None)?;
        } else if element.is("roles") {
            user.supervisor = Some(read_roles(reader)?);
        } else if element.is("teamId") {
            team_id = reader.text()?.trim().parse::<TeamId>().ok();
        } else if element.is("teamName") {
            team_name = reader.text()?.into_owned();
        } else if element.is("teams") {
            user.teams = Some(read_teams(reader)?);
        } else if element.is("settings") {
            user.wrap_up_modes = Some(read_settings(reader)?);
        } else if element.is("wrapUpTimer") {
            user.wrap_up_timer = reader.text()?.trim().parse().ok();
        } else if element.is("uri") {
            uri_id = last_segment(&reader.text()?).parse::<AgentId>().ok();
        } else {
            reader.skip()?;
        }
    }
    user.id = user.id.or(uri_id);
    user.team = team_id.map(|id| Team { id, name: team_name });
    Ok(user)
}

/// Reads a whole answer of `GET User`.
pub fn parse(body: &str) -> Result<AgentUpdate, XmlError> {
    let mut reader = Reader::new(body);
    reader.root_named("User")?;
    read(&mut reader)
}

fn some_state(text: &str) -> Option<AgentState> {
    Some(text.trim()).filter(|name| !name.is_empty()).map(AgentState::from_name)
}

fn read_roles(reader: &mut Reader<'_>) -> Result<bool, XmlError> {
    let mut supervisor = false;
    while reader.child()?.is_some() {
        supervisor |= reader.text()?.trim().eq_ignore_ascii_case("Supervisor");
    }
    Ok(supervisor)
}

fn read_settings(reader: &mut Reader<'_>) -> Result<(Option<WrapUpMode>, Option<WrapUpMode>), XmlError> {
    let (mut incoming, mut outgoing) = (None, None);
    while let Some(element) = reader.child()? {
        if element.is("wrapUpOnIncoming") {
            incoming = WrapUpMode::from_name(reader.text()?.trim());
        } else if element.is("wrapUpOnOutgoing") {
            outgoing = WrapUpMode::from_name(reader.text()?.trim());
        } else {
            reader.skip()?;
        }
    }
    Ok((incoming, outgoing))
}

fn read_teams(reader: &mut Reader<'_>) -> Result<Vec<Team>, XmlError> {
    let mut teams = Vec::new();
    while let Some(element) = reader.child()? {
        if !element.is("Team") {
            reader.skip()?;
            continue;
        }
        let (mut id, mut uri_id, mut name) = (None, None, String::new());
        while let Some(element) = reader.child()? {
            if element.is("id") {
                id = reader.text()?.trim().parse::<TeamId>().ok();
            } else if element.is("uri") {
                uri_id = last_segment(&reader.text()?).parse::<TeamId>().ok();
            } else if element.is("name") {
                name = reader.text()?.into_owned();
            } else {
                reader.skip()?;
            }
        }
        teams.extend(id.or(uri_id).map(|id| Team { id, name }));
    }
    Ok(teams)
}
