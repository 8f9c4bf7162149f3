//! What is said when: from typed events and typed replies to lines. Pure.

use bytes::Bytes;

use super::json;
use super::style::{ReasonNaming, Style};
use crate::command::Command;
use crate::model::event::{CallKind, Change, DialogView, Event, Payload, Snapshot};
use crate::model::id::{AgentId, DialogId};
use crate::model::reason::ReasonKey;
use crate::model::reply::Reply;

/// What a line is about, so that a connection can leave out what it has just said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The agent's state.
    State,
    /// The agent's profile.
    Info,
    /// A call.
    Call {
        /// Which.
        id: DialogId,
        /// What it is to the agent.
        kind: CallKind,
        /// Whether the line says that the agent has left it.
        left: bool,
    },
    /// A member of a team, by its id as Finesse has it.
    Member(AgentId),
    /// Something that was asked for and is said each time.
    Answer,
}

/// One line with its newline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub about: About,
    /// The bytes; shared, cheap to clone.
    pub bytes: Bytes,
}

impl Line {
    fn new(about: About, bytes: Vec<u8>) -> Self {
        Self { about, bytes: bytes.into() }
    }
}

/// What an event is about; none for events that legacy clients are not told of.
pub fn about(event: &Event) -> Option<About> {
    match &event.payload {
        Payload::AgentInfo(_) => Some(About::Info),
        Payload::AgentStateChanged { .. } => Some(About::State),
        Payload::DialogOffered(view) => Some(about_call(view, false)),
        Payload::DialogChanged { view, .. } => Some(about_call(view, json::has_left(view))),
        Payload::DialogEnded { view, .. } => Some(about_call(view, true)),
        // A supervisor in a team of their own is told by the own state.
        Payload::TeamMemberChanged(member) if member.id == event.agent_id => None,
        Payload::TeamMemberChanged(member) => Some(About::Member(member.id.clone())),
        // System lines go out once for each connection, however many agents it has; queues are told to who asks; an
        // asker gets its own errors.
        Payload::SystemStatus(_)
        | Payload::QueueChanged(_)
        | Payload::CommandCompleted { .. }
        | Payload::CommandFailed { .. } => None,
    }
}

/// The line of an event, with the agent's id as `agent_id` spells it; empty where [`about`] says none.
pub fn event(event: &Event, agent_id: &str, style: &Style) -> Bytes {
    let line = match &event.payload {
        Payload::AgentInfo(agent) => json::agent_info(agent, agent_id),
        Payload::AgentStateChanged { agent, .. } => json::state(agent, agent_id, style),
        Payload::DialogOffered(view) if view.kind == CallKind::Call => json::new_inbound_call(view, agent_id, style),
        Payload::DialogChanged { view, changes } if changes.contains(&Change::Kind) && view.kind == CallKind::Call => {
            // The consult is over, and goes on as a call if the agent is still in it.
            let mut lines = json::dropped(&view.dialog.id, CallKind::Consult, None, agent_id);
            if !json::has_left(view) {
                lines.extend(json::call(view, agent_id, style));
            }
            lines
        }
        Payload::DialogOffered(view) | Payload::DialogChanged { view, .. } => json::call(view, agent_id, style),
        Payload::DialogEnded { view } => json::left(view, agent_id),
        Payload::TeamMemberChanged(member) => json::member_state(member, member.id.as_str(), style),
        Payload::SystemStatus(_)
        | Payload::QueueChanged(_)
        | Payload::CommandCompleted { .. }
        | Payload::CommandFailed { .. } => Vec::new(),
    };
    line.into()
}

/// The lines that bring a client up to date whose events were lost: the state and each open call.
pub fn snapshot(snapshot: &Snapshot, agent_id: &str, style: &Style) -> Vec<Line> {
    let state = Line::new(About::State, json::state(&snapshot.agent, agent_id, style));
    let calls = snapshot.dialogs.iter().map(|view| call(view, agent_id, style));
    std::iter::once(state).chain(calls).collect()
}

/// What kind of answer a command gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A sign-in: the state, the profile and the open calls.
    SignIn,
    /// GetState: the state and the states of the open calls.
    Look,
    /// Nothing when it succeeds.
    Quiet,
    /// A forced sign-out: the state; the session ends with it.
    Leave,
    /// A list, read from Finesse.
    List,
    /// A list of a team's phone books.
    TeamPhoneBooks,
    /// What a supervisor does to a member, or asks about one by the member's id: the member's state.
    Member,
    /// What the reply holds, if events have not said it already.
    Other,
}

impl Ask {
    /// Whether answers of the kind come in the order in which they were asked for.
    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::TeamPhoneBooks)
    }

    /// The kind of a command.
    pub fn of(command: &Command) -> Self {
        match command {
            Command::Login(_) | Command::MobileAgentLogin(_) => Self::SignIn,
            Command::GetState(_) => Self::Look,
            Command::WrapUp(_) => Self::Quiet,
            Command::ForceLogout(_) => Self::Leave,
            Command::GetWrapUpReasonCodes(_)
            | Command::GetLogoutReasonCodes(_)
            | Command::GetNotReadyReasonCodes(_)
            | Command::GetQueueList(_)
            | Command::GetTeamUsers(_)
            | Command::GetTeamUserState(_)
            | Command::GetPhonebooks(_)
            | Command::GetPhonebookContacts(_) => Self::List,
            Command::GetTeamPhonebooks(_) => Self::TeamPhoneBooks,
            _ => Self::Other,
        }
    }
}

/// The lines of a reply. Those about the state, the profile or a call are left out by the connection when an event has
/// said just that since the command came in, unless the command is [`Ask::Look`].
pub fn reply(ask: Ask, reply: &Reply, agent_id: &str, style: &Style) -> Vec<Line> {
    let answer = |bytes| Line::new(About::Answer, bytes);
    match (ask, reply) {
        (Ask::Quiet, _) | (_, Reply::Accepted | Reply::Done) => Vec::new(),
        (Ask::SignIn, Reply::Agent { agent, dialogs, .. }) => {
            let mut lines = vec![
                Line::new(About::State, json::state(agent, agent_id, style)),
                Line::new(About::Info, json::agent_info(agent, agent_id)),
            ];
            for view in dialogs.iter().filter(|view| !json::has_left(view)) {
                lines.push(answer(json::dialog_state(&view.dialog.id, Some(view), agent_id)));
                lines.push(call(view, agent_id, style));
            }
            lines
        }
        (Ask::Look, Reply::Agent { agent, dialogs, .. }) => {
            let open = dialogs.iter().filter(|view| !json::has_left(view));
            let states = open.map(|view| answer(json::dialog_state(&view.dialog.id, Some(view), agent_id)));
            let state = Line::new(About::State, json::state(agent, agent_id, style));
            std::iter::once(state).chain(states).collect()
        }
        (_, Reply::Agent { agent, .. }) => vec![Line::new(About::State, json::state(agent, agent_id, style))],
        (_, Reply::System(status)) => vec![answer(json::system(*status))],
        (_, Reply::Dialog(view)) => vec![call(view, agent_id, style)],
        (_, Reply::DialogEnded(view)) => {
            vec![Line::new(about_call(view, true), json::left(view, agent_id))]
        }
        (_, Reply::Reasons { category, reasons }) => {
            vec![answer(json::reason_codes(*category, reasons, agent_id, style))]
        }
        (_, Reply::DialogState { dialog_id, view }) => {
            vec![answer(json::dialog_state(dialog_id, view.as_deref(), agent_id))]
        }
        (_, Reply::DialogControls(view)) => vec![answer(json::dialog_state_controls(view, agent_id))],
        (_, Reply::DialogParticipants(view)) => vec![answer(json::dialog_participants(view, agent_id))],
        (_, Reply::Agents(agents)) => vec![answer(json::agents(agents))],
        (_, Reply::Queues(queues)) => vec![answer(json::queues(queues, agent_id, style))],
        (_, Reply::Team { team, members, .. }) => vec![answer(json::team_users(team, members, agent_id, style))],
        (Ask::Member, Reply::Member(member)) => {
            vec![Line::new(About::Member(member.id.clone()), json::member_state(member, agent_id, style))]
        }
        (_, Reply::Member(member)) => vec![answer(json::member_state(member, member.id.as_str(), style))],
        (ask, Reply::PhoneBooks(books)) => {
            vec![answer(json::phone_books(books, ask == Ask::TeamPhoneBooks, agent_id))]
        }
        (_, Reply::Contacts(book)) => vec![answer(json::contacts(book, agent_id))],
    }
}

/// The command with its reason named as the style says: text commands are parsed as if reasons were always ids.
pub fn with_reason_key(command: Command, style: &Style) -> Command {
    let key = |reason: ReasonKey| match (style.reason_key, reason) {
        (ReasonNaming::Code, ReasonKey::Id(id)) => ReasonKey::Code(id.as_str().to_owned()),
        (_, reason) => reason,
    };
    match command {
        Command::LogoutWithReason(mut logout) => {
            logout.reason = key(logout.reason);
            Command::LogoutWithReason(logout)
        }
        Command::MakeNotReadyWithReason(mut not_ready) => {
            not_ready.reason = key(not_ready.reason);
            Command::MakeNotReadyWithReason(not_ready)
        }
        command => command,
    }
}

fn about_call(view: &DialogView, left: bool) -> About {
    About::Call { id: view.dialog.id.clone(), kind: view.kind, left }
}

fn call(view: &DialogView, agent_id: &str, style: &Style) -> Line {
    Line::new(about_call(view, json::has_left(view)), json::call(view, agent_id, style))
}
