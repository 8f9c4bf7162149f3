//! The effects by which a command is known to be done. Sans-IO; one table, shown in `docs/outcomes.md`.

use std::sync::Arc;

use super::state::State;
use crate::model::agent::AgentState;
use crate::model::dialog::{CallVariable, ParticipantState};
use crate::model::event::DialogView;
use crate::model::id::{DialogId, Extension, ReasonId};

/// The Finesse object whose change a command awaits. At most one command awaits each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// The agent's User.
    User,
    /// The collection of the agent's dialogs: new calls.
    Dialogs,
    /// One dialog.
    Dialog(DialogId),
}

/// The effect that a command is to have.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// Signed in on the extension.
    SignedIn(Extension),
    /// In the state, or to be in it after the call.
    AgentState {
        /// The state.
        state: AgentState,
        /// The reason that it must show, where one was given.
        reason: Option<ReasonId>,
    },
    /// Signed out.
    SignedOut,
    /// A call of the agent's that was not there before.
    NewCall {
        /// The calls that were there.
        known: Vec<DialogId>,
    },
    /// The own participant in a state.
    OwnLeg(DialogId, ParticipantState),
    /// The own participant gone, or wrapping up.
    LegOver(DialogId),
    /// The call's data as given.
    Data {
        /// The call.
        dialog: DialogId,
        /// The wrap-up reason it must show.
        wrap_up_reason: Option<String>,
        /// The variables it must show.
        variables: Vec<CallVariable>,
    },
}

/// What a met expectation is about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// The agent.
    Agent,
    /// A call.
    Dialog(Arc<DialogView>),
    /// A call that is no longer there.
    Gone,
}

impl Expectation {
    /// The effect in words, as `docs/outcomes.md` shows it.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::SignedIn(_) => "state not LOGOUT and the extension as given",
            Self::AgentState { .. } => "state or pending state as asked for, with the reason where one was given",
            Self::SignedOut => "state LOGOUT",
            Self::NewCall { .. } => {
                "a new call from the own extension whose own leg is INITIATED or later, FAILED included"
            }
            Self::OwnLeg(_, ParticipantState::Held) => "own leg HELD",
            Self::OwnLeg(..) => "own leg ACTIVE",
            Self::LegOver(_) => "own leg DROPPED or WRAP_UP, or the call gone",
            Self::Data { .. } => "the call's data as given",
        }
    }

    /// The object it is about.
    pub fn object(&self) -> Object {
        match self {
            Self::SignedIn(_) | Self::AgentState { .. } | Self::SignedOut => Object::User,
            Self::NewCall { .. } => Object::Dialogs,
            Self::OwnLeg(id, _) | Self::LegOver(id) | Self::Data { dialog: id, .. } => Object::Dialog(id.clone()),
        }
    }

    /// The version of the object, by which a change since the command was sent is seen.
    pub fn version(&self, state: &State) -> u64 {
        match self.object() {
            Object::User => state.version(),
            Object::Dialogs => 0,
            Object::Dialog(id) => state.dialog(&id).map_or(u64::MAX, |view| view.version),
        }
    }

    /// The object, if the effect is there.
    pub fn met(&self, state: &State) -> Option<Subject> {
        let agent = state.agent();
        let when = |met: bool| met.then_some(Subject::Agent);
        match self {
            Self::SignedIn(extension) => when(
                !matches!(agent.state, AgentState::Logout | AgentState::Unknown)
                    && agent.extension.as_ref() == Some(extension),
            ),
            Self::AgentState { state: wanted, reason } => {
                let shows = reason.as_ref().is_none_or(|reason| agent.reason_id.as_deref() == Some(reason.as_str()));
                when((agent.state == *wanted && shows) || agent.pending_state == Some(*wanted))
            }
            Self::SignedOut => when(agent.state == AgentState::Logout),
            Self::NewCall { known } => {
                let mut new = state.dialogs().iter().filter(|view| !known.contains(&view.dialog.id));
                let begun = |view: &&Arc<DialogView>| {
                    let own = view.extension.as_ref().is_some_and(|own| own.as_str() == view.dialog.from_address);
                    own && view.own().is_some_and(|own| {
                        !matches!(own.state, ParticipantState::Initiating | ParticipantState::Unknown)
                    })
                };
                new.find(begun).map(|view| Subject::Dialog(view.clone()))
            }
            Self::OwnLeg(id, wanted) => {
                let view = state.dialog(id).filter(|view| view.own().is_some_and(|own| own.state == *wanted));
                view.map(|view| Subject::Dialog(view.clone()))
            }
            Self::LegOver(id) => match state.dialog(id) {
                None => Some(Subject::Gone),
                Some(view) if view.own().is_none_or(|own| own.state.is_over()) => Some(Subject::Dialog(view.clone())),
                Some(_) => None,
            },
            Self::Data { dialog, wrap_up_reason, variables } => {
                let view = state.dialog(dialog)?;
                let reason = wrap_up_reason.is_none() || view.dialog.wrap_up_reason == *wrap_up_reason;
                let values = variables.iter().all(|v| view.dialog.variable(&v.name) == Some(v.value.as_str()));
                (reason && values).then(|| Subject::Dialog(view.clone()))
            }
        }
    }
}
