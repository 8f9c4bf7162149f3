//! What is said when: from typed events and typed replies to lines. Pure.

use bytes::Bytes;

use super::json;
use super::style::{ReasonNaming, Style};
use crate::command::Command;
use crate::model::event::{CallKind, DialogView, Event, Payload, Snapshot};
use crate::model::id::DialogId;
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
        // System lines go out once for each connection, however many agents it has; an asker gets its own errors.
        Payload::SystemStatus(_)
        | Payload::TeamMemberChanged(_)
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
        Payload::DialogOffered(view) | Payload::DialogChanged { view, .. } => json::call(view, agent_id, style),
        Payload::DialogEnded { view } => json::dropped(&view.dialog.id, view.kind, view.survivor.as_ref(), agent_id),
        Payload::SystemStatus(_)
        | Payload::TeamMemberChanged(_)
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
    /// A list of reasons.
    List,
    /// What the reply holds, if events have not said it already.
    Other,
}

impl Ask {
    /// The kind of a command.
    pub fn of(command: &Command) -> Self {
        match command {
            Command::Login(_) | Command::MobileAgentLogin(_) => Self::SignIn,
            Command::GetState(_) => Self::Look,
            Command::WrapUp(_) => Self::Quiet,
            Command::ForceLogout(_) => Self::Leave,
            Command::GetWrapUpReasonCodes(_)
            | Command::GetLogoutReasonCodes(_)
            | Command::GetNotReadyReasonCodes(_) => Self::List,
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
            let bytes = json::dropped(&view.dialog.id, view.kind, None, agent_id);
            vec![Line::new(about_call(view, true), bytes)]
        }
        (_, Reply::Reasons { category, reasons }) => {
            vec![answer(json::reason_codes(*category, reasons, agent_id, style))]
        }
        (_, Reply::DialogState { dialog_id, view }) => {
            vec![answer(json::dialog_state(dialog_id, view.as_deref(), agent_id))]
        }
        (_, Reply::DialogControls(view)) => vec![answer(json::dialog_state_controls(view, agent_id))],
        (_, Reply::DialogParticipants(view)) => vec![answer(json::dialog_participants(view, agent_id))],
        // Of commands that no verb carries yet.
        (
            _,
            Reply::Agents(_)
            | Reply::Queues(_)
            | Reply::Team { .. }
            | Reply::Member(_)
            | Reply::PhoneBooks(_)
            | Reply::Contacts(_),
        ) => Vec::new(),
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
