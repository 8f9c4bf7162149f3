//! The `Update` payload of a notification: what changed, by which request, and the object as it is now.

use super::super::team::TeamUpdate;
use super::super::xml::{Reader, XmlError, last_segment};
use super::super::{dialog, errors, queue, system, team, user};
use crate::model::agent::AgentUpdate;
use crate::model::dialog::Dialog;
use crate::model::error::FinesseFault;
use crate::model::id::{AgentId, DialogId, QueueId, TeamId};
use crate::model::queue::Queue;
use crate::model::system::SystemInfo;

/// One `Update`.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// What happened to the object.
    pub event: UpdateEvent,
    /// Which object.
    pub source: Source,
    /// The `requestId` of the request that caused it, where Finesse knows: best effort.
    pub request_id: Option<String>,
    /// The object.
    pub data: Data,
}

/// What happened to the object of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateEvent {
    /// It came to be.
    Post,
    /// It changed.
    Put,
    /// It is gone.
    Delete,
}

/// The object of an update, from its `source`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// `/finesse/api/User/{id}`.
    User(AgentId),
    /// `/finesse/api/User/{id}/Dialogs`.
    UserDialogs(AgentId),
    /// `/finesse/api/Dialog/{id}`.
    Dialog(DialogId),
    /// `/finesse/api/SystemInfo`.
    SystemInfo,
    /// `/finesse/api/Team/{id}`, or its `Users`.
    Team(TeamId),
    /// `/finesse/api/Queue/{id}`.
    Queue(QueueId),
    /// Any other: lists of queues, media.
    Other(String),
}

/// The content of an update.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// An agent.
    User(Box<AgentUpdate>),
    /// One call that changed, or the calls that came or went.
    Dialogs(Vec<Dialog>),
    /// A request that was accepted has failed.
    Errors(Vec<FinesseFault>),
    /// The state of the side.
    System(Box<SystemInfo>),
    /// A team and its members.
    Team(Box<TeamUpdate>),
    /// Queues and their figures.
    Queue(Vec<Queue>),
    /// Nothing that this build reads.
    Other,
}

/// Reads an `Update` whatever the order and case of its elements.
pub fn parse_update(payload: &str) -> Result<Update, XmlError> {
    let mut reader = Reader::new(payload);
    reader.root_named("Update")?;
    let mut update =
        Update { event: UpdateEvent::Put, source: Source::Other(String::new()), request_id: None, data: Data::Other };
    while let Some(element) = reader.child()? {
        if element.is("data") {
            read_data(&mut reader, &mut update.data)?;
        } else if element.is("event") {
            let text = reader.text()?;
            let is = |name: &str| text.trim().eq_ignore_ascii_case(name);
            update.event = match () {
                () if is("POST") => UpdateEvent::Post,
                () if is("DELETE") => UpdateEvent::Delete,
                () => UpdateEvent::Put,
            };
        } else if element.is("requestId") {
            update.request_id = Some(reader.text()?.trim().to_owned()).filter(|id| !id.is_empty());
        } else if element.is("source") {
            update.source = Source::parse(&reader.text()?);
        } else {
            reader.skip()?;
        }
    }
    Ok(update)
}

fn read_data(reader: &mut Reader<'_>, data: &mut Data) -> Result<(), XmlError> {
    while let Some(element) = reader.child()? {
        if element.is("dialogs") {
            *data = Data::Dialogs(dialog::read_list(reader)?);
        } else if element.is("dialog") {
            *data = Data::Dialogs(dialog::read(reader)?.into_iter().collect());
        } else if element.is("user") {
            *data = Data::User(Box::new(user::read(reader)?));
        } else if element.is("apiErrors") {
            *data = Data::Errors(errors::read(reader)?);
        } else if element.is("systemInfo") {
            *data = Data::System(Box::new(system::read(reader)?));
        } else if element.is("team") {
            *data = Data::Team(Box::new(team::read(reader)?));
        } else if element.is("Queue") {
            *data = Data::Queue(queue::read(reader)?.into_iter().collect());
        } else if element.is("Queues") {
            *data = Data::Queue(queue::read_list(reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(())
}

impl Source {
    /// Reads a `source`; what is unknown is [`Source::Other`].
    pub fn parse(uri: &str) -> Self {
        let uri = uri.trim();
        let other = || Self::Other(uri.to_owned());
        let Some(path) = uri.trim_end_matches('/').rsplit_once("/finesse/api/").map(|(_, path)| path) else {
            return other();
        };
        let mut segments = path.split('/');
        let parsed = match (segments.next(), segments.next(), segments.next(), segments.next()) {
            (Some("SystemInfo"), None, None, None) => Some(Self::SystemInfo),
            (Some("User"), Some(id), None, None) => id.parse().ok().map(Self::User),
            (Some("User"), Some(id), Some("Dialogs"), None) => id.parse().ok().map(Self::UserDialogs),
            (Some("Dialog"), Some(_), None, None) => last_segment(path).parse().ok().map(Self::Dialog),
            (Some("Team"), Some(id), None | Some("Users"), None) => id.parse().ok().map(Self::Team),
            (Some("Queue"), Some(id), None, None) => id.parse().ok().map(Self::Queue),
            _ => None,
        };
        parsed.unwrap_or_else(other)
    }
}
