//! What a command answers to the one who asked. Replies are not events: they carry no number of their own.

use std::sync::Arc;

use super::agent::Agent;
use super::dialog::ParticipantState;
use super::event::DialogView;
use super::id::{DialogId, Sequence};
use super::phone_book::PhoneBook;
use super::queue::Queue;
use super::reason::{ReasonCategory, ReasonCode};
use super::system::SystemStatus;
use super::team::{Team, TeamMember};

/// A reply with the place in the event stream that it reflects: it is to be written after that event.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The last event that the reply takes into account.
    pub as_of: Sequence,
    /// The content.
    pub reply: Reply,
}

/// The content of a reply.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Whether Finesse can be used.
    System(SystemStatus),
    /// Accepted by Finesse; the caller did not want to wait for the outcome.
    Accepted,
    /// Done, with nothing to tell.
    Done,
    /// The agent after the command, and the open calls where the command asks for them.
    Agent {
        /// The agent.
        agent: Arc<Agent>,
        /// Its version.
        version: u64,
        /// The open calls; empty where the command does not ask for them.
        dialogs: Vec<Arc<DialogView>>,
    },
    /// The call after the command.
    Dialog(Arc<DialogView>),
    /// The call is over: the last that was known of it.
    DialogEnded(Arc<DialogView>),
    /// A list of reasons.
    Reasons {
        /// Which list.
        category: ReasonCategory,
        /// Its entries, in Finesse's order, without system codes.
        reasons: Vec<ReasonCode>,
    },
    /// The state of a call.
    DialogState {
        /// The id that was asked for.
        dialog_id: DialogId,
        /// The call; none when the agent has no such call.
        view: Option<Arc<DialogView>>,
    },
    /// What the agent may do with a call.
    DialogControls(Arc<DialogView>),
    /// Who takes part in a call.
    DialogParticipants(Arc<DialogView>),
    /// The agents that are signed in through this service, ordered by extension.
    Agents(Vec<Arc<Agent>>),
    /// Queues with their figures.
    Queues(Vec<Queue>),
    /// The members of a team.
    Team {
        /// The team.
        team: Team,
        /// Its members, in Finesse's order; those who are signed out only where they were asked for.
        members: Vec<Arc<TeamMember>>,
        /// Whether their changes are published from now on.
        watched: bool,
    },
    /// A member of a team, after the command where it changed something.
    Member(Arc<TeamMember>),
    /// Phone books.
    PhoneBooks(Vec<PhoneBook>),
    /// The contacts of a phone book.
    Contacts(PhoneBook),
}

/// What the legacy `getdialogstate` calls the state of a call, shared by every door.
pub fn dialog_state_name(view: Option<&DialogView>) -> &'static str {
    use super::dialog::DialogState as D;
    let Some((view, own)) = view.and_then(|view| view.own().map(|own| (view, own))) else { return "NOT_FOUND" };
    match (own.state, view.dialog.state) {
        (ParticipantState::WrapUp | ParticipantState::Dropped | ParticipantState::Failed, _) => "NOT_FOUND",
        (ParticipantState::Held, _) => "HELD",
        (ParticipantState::Alerting, _) => "ALERTING",
        (_, D::Initiating | D::Initiated) => "INITIATED",
        (_, D::Alerting) => "ALERTING",
        (_, D::Active | D::Accepted) => "ACTIVE",
        (_, D::Failed | D::Dropped | D::Unknown) => "NOT_FOUND",
    }
}
