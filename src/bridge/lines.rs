//! What is said when: from typed events and typed replies to lines. Pure.

use bytes::Bytes;

use super::calls::has_left;
use super::say::{Encoding, Say};
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

/// How things are written, and whom they are for.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// The encoding.
    pub encoding: Encoding,
    /// The choices within it.
    pub style: &'a Style,
    /// The agent's id as the client spells it.
    pub agent_id: &'a str,
    /// The id of the team's member whom the command named, as the client spells it.
    pub member_id: Option<&'a str>,
}

impl Writer<'_> {
    /// The line of one thing.
    pub fn write(&self, say: Say<'_>) -> Vec<u8> {
        say.write(self.encoding, self.agent_id, self.style)
    }

    fn line(&self, about: About, say: Say<'_>) -> Line {
        Line::new(about, self.write(say))
    }

    fn answer(&self, say: Say<'_>) -> Line {
        self.line(About::Answer, say)
    }

    fn call(&self, view: &DialogView) -> Line {
        self.line(about_call(view, has_left(view)), Say::Call(view))
    }
}

/// What an event is about; none for events that legacy clients are not told of.
pub fn about(event: &Event) -> Option<About> {
    match &event.payload {
        Payload::AgentInfo(_) => Some(About::Info),
        Payload::AgentStateChanged { .. } => Some(About::State),
        Payload::DialogOffered(view) => Some(about_call(view, false)),
        Payload::DialogChanged { view, .. } => Some(about_call(view, has_left(view))),
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

/// The line of an event; empty where [`about`] says none.
pub fn event(event: &Event, writer: Writer<'_>) -> Bytes {
    let line = match &event.payload {
        Payload::AgentInfo(agent) => writer.write(Say::Info(agent)),
        Payload::AgentStateChanged { agent, .. } => writer.write(Say::State(agent)),
        Payload::DialogOffered(view) if view.kind == CallKind::Call => writer.write(Say::NewInboundCall(view)),
        Payload::DialogChanged { view, changes } if changes.contains(&Change::Kind) && view.kind == CallKind::Call => {
            // The consult is over, and goes on as a call if the agent is still in it.
            let mut lines = writer.write(Say::Dropped(&view.dialog.id, CallKind::Consult));
            if !has_left(view) {
                lines.extend(writer.write(Say::Call(view)));
            }
            lines
        }
        Payload::DialogOffered(view) | Payload::DialogChanged { view, .. } => writer.write(Say::Call(view)),
        Payload::DialogEnded { view } => writer.write(Say::Left(view)),
        Payload::TeamMemberChanged(member) => writer.write(Say::Member { member, id: member.id.as_str() }),
        Payload::SystemStatus(_)
        | Payload::QueueChanged(_)
        | Payload::CommandCompleted { .. }
        | Payload::CommandFailed { .. } => Vec::new(),
    };
    line.into()
}

/// The lines that bring a client up to date whose events were lost: the state and each open call.
pub fn snapshot(snapshot: &Snapshot, writer: Writer<'_>) -> Vec<Line> {
    let state = writer.line(About::State, Say::State(&snapshot.agent));
    let calls = snapshot.dialogs.iter().map(|view| writer.call(view));
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
pub fn reply(ask: Ask, reply: &Reply, writer: Writer<'_>) -> Vec<Line> {
    let state_of = |view: &DialogView| writer.answer(Say::DialogState(&view.dialog.id, Some(view)));
    match (ask, reply) {
        (Ask::Quiet, _) | (_, Reply::Accepted | Reply::Done) => Vec::new(),
        (Ask::SignIn, Reply::Agent { agent, dialogs, .. }) => {
            let mut lines =
                vec![writer.line(About::State, Say::State(agent)), writer.line(About::Info, Say::Info(agent))];
            for view in dialogs.iter().filter(|view| !has_left(view)) {
                lines.extend([state_of(view), writer.call(view)]);
            }
            lines
        }
        (Ask::Look, Reply::Agent { agent, dialogs, .. }) => {
            let open = dialogs.iter().filter(|view| !has_left(view));
            let state = writer.line(About::State, Say::State(agent));
            std::iter::once(state).chain(open.map(|view| state_of(view))).collect()
        }
        (_, Reply::Agent { agent, .. }) => vec![writer.line(About::State, Say::State(agent))],
        (_, Reply::System(status)) => vec![writer.answer(Say::System(*status))],
        (_, Reply::Dialog(view)) => vec![writer.call(view)],
        (_, Reply::DialogEnded(view)) => vec![writer.line(about_call(view, true), Say::Left(view))],
        (_, Reply::Reasons { category, reasons }) => vec![writer.answer(Say::Reasons(*category, reasons))],
        (_, Reply::DialogState { dialog_id, view }) => {
            vec![writer.answer(Say::DialogState(dialog_id, view.as_deref()))]
        }
        (_, Reply::DialogControls(view)) => vec![writer.answer(Say::Controls(view))],
        (_, Reply::DialogParticipants(view)) => vec![writer.answer(Say::Participants(view))],
        (_, Reply::Agents(agents)) => vec![writer.answer(Say::Agents(agents))],
        (_, Reply::Queues(queues)) => vec![writer.answer(Say::Queues(queues))],
        (_, Reply::Team { team, members, .. }) => vec![writer.answer(Say::Team(team, members))],
        (Ask::Member, Reply::Member(member)) => {
            let id = writer.member_id.unwrap_or(member.id.as_str());
            vec![writer.line(About::Member(member.id.clone()), Say::Member { member, id })]
        }
        (_, Reply::Member(member)) => vec![writer.answer(Say::Member { member, id: member.id.as_str() })],
        (ask, Reply::PhoneBooks(books)) => {
            vec![writer.answer(Say::PhoneBooks { books, of_team: ask == Ask::TeamPhoneBooks })]
        }
        (_, Reply::Contacts(book)) => vec![writer.answer(Say::Contacts(book))],
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
