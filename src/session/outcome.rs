//! The effects by which a command is known to be done. Sans-IO; one table, shown in `docs/outcomes.md`.

use std::sync::Arc;

use super::roster::Roster;
use super::state::State;
use crate::model::agent::{AgentState, AgentUpdate};
use crate::model::dialog::{CallVariable, Dialog, ParticipantState};
use crate::model::event::{CallKind, DialogView};
use crate::model::id::{AgentId, DialogId, Extension, ReasonId};
use crate::model::team::TeamMember;

/// The Finesse object whose change a command awaits. At most one command awaits each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// The agent's User.
    User,
    /// The collection of the agent's dialogs: new calls.
    Dialogs,
    /// One dialog.
    Dialog(DialogId),
    /// Another agent, whom this one supervises.
    Member(AgentId),
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
    /// A consult about a call that was not there before.
    Consult {
        /// The call.
        main: DialogId,
        /// The calls that were there.
        known: Vec<DialogId>,
    },
    /// The own leg of both calls over.
    Transferred {
        /// The call that Finesse was asked to transfer.
        dialog: DialogId,
        /// The other one.
        partner: Option<DialogId>,
    },
    /// More parties than there were, three or more, and the own leg ACTIVE.
    Conference {
        /// The call.
        dialog: DialogId,
        /// How many were in it.
        parties: usize,
        /// The call that is joined to it.
        partner: Option<DialogId>,
    },
    /// A party gone from a call.
    PartyGone {
        /// The call.
        dialog: DialogId,
        /// The party.
        address: String,
    },
    /// Nothing that shows: no error came.
    Untold(DialogId),
    /// A monitoring of an extension that was not there before, the own leg ACTIVE.
    Monitoring {
        /// The extension that is listened to.
        extension: Extension,
        /// The calls that were there.
        known: Vec<DialogId>,
    },
    /// The own leg ACTIVE in a call with an extension that was not there before.
    BargedIn {
        /// The extension.
        extension: Extension,
        /// The calls that were there.
        known: Vec<DialogId>,
    },
    /// A member of a team in a state, or to be in it after the call.
    Member {
        /// The member.
        id: AgentId,
        /// The state.
        state: AgentState,
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
    /// A member of a team.
    Member(Arc<TeamMember>),
}

impl Expectation {
    /// The effect in words, as `docs/outcomes.md` shows it.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::SignedIn(_) => "state not LOGOUT and the extension as given",
            Self::AgentState { state: AgentState::Ready, .. } => {
                "state or pending state READY, or RESERVED since, which follows READY alone"
            }
            Self::AgentState { .. } => "state or pending state as asked for, with the reason where one was given",
            Self::SignedOut => "state LOGOUT",
            Self::NewCall { .. } => {
                "a new call from the own extension whose own leg is INITIATED or later, FAILED included"
            }
            Self::OwnLeg(_, ParticipantState::Held) => "own leg HELD",
            Self::OwnLeg(..) => "own leg ACTIVE",
            Self::LegOver(_) => "own leg DROPPED or WRAP_UP, or the call gone",
            Self::Data { .. } => "the call's data as given",
            Self::Consult { .. } => {
                "a consult that was not there before, whose own leg is INITIATED or later, FAILED included"
            }
            Self::Transferred { .. } => "own legs of the call and of the consult DROPPED or WRAP_UP, or the calls gone",
            Self::Conference { .. } => {
                "the other call joined to it, or one party more, three at least; and own leg ACTIVE"
            }
            Self::PartyGone { .. } => "the party gone from the call",
            Self::Untold(_) => "none that Finesse tells: no error came within `confirm_after`",
            Self::Monitoring { .. } => "a monitoring dialog of the extension with the own leg ACTIVE",
            Self::BargedIn { .. } => "own leg ACTIVE in the member's call",
            Self::Member { .. } => {
                "the member's state or pending state as asked for; for READY, RESERVED since counts too"
            }
        }
    }

    /// The object it is about.
    pub fn object(&self) -> Object {
        match self {
            Self::SignedIn(_) | Self::AgentState { .. } | Self::SignedOut => Object::User,
            Self::NewCall { .. } | Self::Monitoring { .. } | Self::BargedIn { .. } => Object::Dialogs,
            Self::OwnLeg(id, _)
            | Self::LegOver(id)
            | Self::Data { dialog: id, .. }
            | Self::Consult { main: id, .. }
            | Self::Transferred { dialog: id, .. }
            | Self::Conference { dialog: id, .. }
            | Self::PartyGone { dialog: id, .. }
            | Self::Untold(id) => Object::Dialog(id.clone()),
            Self::Member { id, .. } => Object::Member(id.clone()),
        }
    }

    /// The version by which a change since the command was sent is seen: that of the object, unless no change shows it.
    pub fn version(&self, state: &State, roster: &Roster) -> u64 {
        if matches!(self, Self::Untold(_)) { 0 } else { self.object_version(state, roster) }
    }

    /// The version of the object, as clients know it.
    pub fn object_version(&self, state: &State, roster: &Roster) -> u64 {
        match self.object() {
            Object::User => state.version(),
            Object::Dialogs => 0,
            Object::Dialog(id) => state.dialog(&id).map_or(u64::MAX, |view| view.version),
            Object::Member(id) => roster.version(&id),
        }
    }

    /// For an effect that is a call which was not there: the calls that were.
    pub fn known_before(&mut self) -> Option<&mut Vec<DialogId>> {
        match self {
            Self::NewCall { known }
            | Self::Consult { known, .. }
            | Self::Monitoring { known, .. }
            | Self::BargedIn { known, .. } => Some(known),
            _ => None,
        }
    }

    /// Whether the effect is a call that was not there, so that its being there is news.
    pub fn is_new_call(&self) -> bool {
        matches!(self, Self::NewCall { .. } | Self::Consult { .. } | Self::Monitoring { .. } | Self::BargedIn { .. })
    }

    /// Whether a User object that came too late to be applied shows that the effect was there.
    pub fn shown_by_agent(&self, update: &AgentUpdate) -> bool {
        match self {
            Self::AgentState { state, .. } => update.state == Some(*state) || update.pending_state == Some(*state),
            Self::SignedIn(extension) => update.extension.as_ref() == Some(&Some(extension.clone())),
            Self::SignedOut => update.state == Some(AgentState::Logout),
            Self::Member { id, state } => {
                let shows = update.state == Some(*state) || update.pending_state == Some(*state);
                update.id.as_ref() == Some(id) && shows
            }
            _ => false,
        }
    }

    /// The same for a Dialog object, as the agent on an extension sees it.
    pub fn shown_by_dialog(&self, dialog: &Dialog, extension: Option<&Extension>) -> bool {
        let own = extension.and_then(|extension| dialog.participant(extension)).map(|own| own.state);
        match self {
            Self::OwnLeg(id, state) => dialog.id == *id && own == Some(*state),
            Self::LegOver(id) => dialog.id == *id && own.is_none_or(ParticipantState::is_over),
            _ => false,
        }
    }

    /// The object, if its state now can only have followed the effect: an agent is reserved out of READY alone.
    pub fn implied(&self, state: &State, roster: &Roster) -> Option<Subject> {
        use AgentState::{Ready, Reserved, ReservedOutbound, ReservedOutboundPreview};
        let reserved = |state| matches!(state, Reserved | ReservedOutbound | ReservedOutboundPreview);
        match self {
            Self::AgentState { state: Ready, .. } => reserved(state.agent().state).then_some(Subject::Agent),
            Self::Member { id, state: Ready } => {
                roster.member(id).filter(|member| reserved(member.state)).cloned().map(Subject::Member)
            }
            _ => None,
        }
    }

    /// The object, if the effect is there.
    pub fn met(&self, state: &State, roster: &Roster) -> Option<Subject> {
        let new = |known: &[DialogId], fits: &dyn Fn(&DialogView) -> bool| {
            let mut new = state.dialogs().iter().filter(|view| !known.contains(&view.dialog.id));
            new.find(|view| fits(view)).map(|view| Subject::Dialog(view.clone()))
        };
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
                let own = |view: &DialogView| {
                    view.extension.as_ref().is_some_and(|own| own.as_str() == view.dialog.from_address)
                };
                new(known, &|view| view.kind != CallKind::Monitor && own(view) && has_begun(view))
            }
            Self::Consult { known, .. } => new(known, &|view| view.kind == CallKind::Consult && has_begun(view)),
            Self::Monitoring { extension, known } => {
                let of = |view: &DialogView| view.dialog.to_address == extension.as_str();
                new(known, &|view| view.kind == CallKind::Monitor && of(view) && speaks(view))
            }
            Self::BargedIn { extension, known } => new(known, &|view| {
                view.kind != CallKind::Monitor && speaks(view) && view.dialog.participant(extension).is_some()
            }),
            Self::Transferred { dialog, partner } => {
                let over = |id: &DialogId| state.dialog(id).is_none_or(|view| leg_is_over(view));
                let met = over(dialog) && partner.as_ref().is_none_or(over);
                met.then(|| state.dialog(dialog).map_or(Subject::Gone, |view| Subject::Dialog(view.clone())))
            }
            Self::Conference { dialog, parties, partner } => {
                let view = state.dialog(dialog).filter(|view| speaks(view))?;
                let now = live_parties(&view.dialog);
                // Somebody else may have left meanwhile.
                let joined = partner.is_some() && view.dialog.secondary_id == *partner;
                (joined || (now >= 3 && now > *parties)).then(|| Subject::Dialog(view.clone()))
            }
            Self::PartyGone { dialog, address } => {
                let Some(view) = state.dialog(dialog) else { return Some(Subject::Gone) };
                let mut parties = view.dialog.participants.iter();
                let there = parties.any(|party| party.media_address == *address && !party.state.is_over());
                (!there).then(|| Subject::Dialog(view.clone()))
            }
            // What the tones were for may have ended the call.
            Self::Untold(id) => Some(state.dialog(id).map_or(Subject::Gone, |view| Subject::Dialog(view.clone()))),
            Self::Member { id, state } => {
                let member = roster.member(id)?;
                let met = member.state == *state || member.pending_state == Some(*state);
                met.then(|| Subject::Member(member.clone()))
            }
            Self::OwnLeg(id, wanted) => {
                let view = state.dialog(id).filter(|view| view.own().is_some_and(|own| own.state == *wanted));
                view.map(|view| Subject::Dialog(view.clone()))
            }
            Self::LegOver(id) => match state.dialog(id) {
                None => Some(Subject::Gone),
                Some(view) if leg_is_over(view) => Some(Subject::Dialog(view.clone())),
                Some(_) => None,
            },
            Self::Data { dialog, wrap_up_reason, variables } => {
                let view = state.dialog(dialog)?;
                let reason =
                    wrap_up_reason.is_none() || view.dialog.wrap_up_reason.as_deref() == wrap_up_reason.as_deref();
                let values = variables.iter().all(|v| view.dialog.variable(&v.name) == Some(v.value.as_str()));
                (reason && values).then(|| Subject::Dialog(view.clone()))
            }
        }
    }
}

fn has_begun(view: &DialogView) -> bool {
    let begun = |state| !matches!(state, ParticipantState::Initiating | ParticipantState::Unknown);
    view.own().is_some_and(|own| begun(own.state))
}

fn speaks(view: &DialogView) -> bool {
    view.own().is_some_and(|own| own.state == ParticipantState::Active)
}

/// Whether the agent has left a call that may still be shown.
pub(super) fn leg_is_over(view: &DialogView) -> bool {
    view.own().is_none_or(|own| own.state.is_over())
}

/// How many parties are in a call.
pub fn live_parties(dialog: &Dialog) -> usize {
    let left = |state: ParticipantState| state.is_over() || state == ParticipantState::Failed;
    dialog.participants.iter().filter(|party| !left(party.state)).count()
}
