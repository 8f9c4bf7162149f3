//! From a command to what is to be done: one exhaustive match, so that a new command does not compile until it is here.

use std::sync::Arc;
use std::time::Duration;

use super::Options;
use super::jobs::Request;
use super::outcome::Expectation;
use super::state::State;
use crate::command::Command;
use crate::finesse::Action;
use crate::model::agent::AgentState;
use crate::model::dialog::{CallVariable, ParticipantState};
use crate::model::event::DialogView;
use crate::model::id::{DialogId, Extension, ReasonId};
use crate::model::reason::{ReasonCategory, ReasonKey};
use crate::model::reply::Reply;
use crate::model::{Error, Reason};

/// What a command asks of a session.
#[derive(Debug)]
pub(super) enum Plan {
    /// The answer lies in what is known; a stale picture is read anew first.
    Known,
    /// A list of reasons is to be read.
    Reasons(ReasonCategory),
    /// Finesse is to change something.
    Change(Box<Change>),
    /// The agent is to be signed out whatever it does.
    ForceLogout,
}

/// A change that Finesse is to make.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) request: Request,
    pub(super) expectation: Expectation,
    /// Whether it passes commands that wait.
    pub(super) urgent: bool,
    /// Whether the reply lists the open calls.
    pub(super) with_dialogs: bool,
    pub(super) timeout: Duration,
    /// What must be looked up in a list of reasons before it is sent.
    pub(super) lookup: Option<Lookup>,
}

/// A reason as the client named it.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    /// A not-ready or logout reason, which must be listed.
    Code(ReasonCategory, ReasonKey),
    /// A wrap-up reason by label or id; Finesse takes any label.
    WrapUp(String),
    /// The given one, else the first that is listed, else none.
    First(ReasonCategory, Option<ReasonId>),
}

/// What to do for a command. `extension` is the one that the agent is signed in on, or is about to be.
///
/// # Errors
/// What makes it impossible without asking Finesse.
pub(super) fn plan(
    command: &Command,
    state: &State,
    extension: Option<&Extension>,
    options: &Options,
) -> Result<Plan, Error> {
    let change = |request, expectation| Change {
        request,
        expectation,
        urgent: false,
        with_dialogs: false,
        timeout: options.outcome_timeout,
        lookup: None,
    };
    let enter = |to| change(Request::SetState(to, None), Expectation::AgentState { state: to, reason: None });
    let act = |dialog: &DialogId, action, expectation| -> Result<Change, Error> {
        Ok(change(Request::Act(dialog.clone(), action, own(extension)?), expectation))
    };
    let leg = |dialog: &DialogId, to| Expectation::OwnLeg(dialog.clone(), to);
    let change = match command {
        Command::GetState(_)
        | Command::GetDialogState(_)
        | Command::GetDialogStateControls(_)
        | Command::GetDialogParticipants(_) => return Ok(Plan::Known),
        Command::GetWrapUpReasonCodes(_) => return Ok(Plan::Reasons(ReasonCategory::WrapUp)),
        Command::GetLogoutReasonCodes(_) => return Ok(Plan::Reasons(ReasonCategory::Logout)),
        Command::GetNotReadyReasonCodes(_) => return Ok(Plan::Reasons(ReasonCategory::NotReady)),
        Command::ForceLogout(_) => return Ok(Plan::ForceLogout),
        Command::Login(login) => Change {
            with_dialogs: true,
            ..change(Request::SignIn(login.extension.clone(), None), Expectation::SignedIn(login.extension.clone()))
        },
        Command::Logout(_) => Change { urgent: true, ..log_out(options) },
        Command::LogoutWithReason(logout) => Change {
            urgent: true,
            lookup: Some(Lookup::Code(ReasonCategory::Logout, logout.reason.clone())),
            ..log_out(options)
        },
        Command::MakeReady(_) => enter(AgentState::Ready),
        Command::MakeNotReady(_) => enter(AgentState::NotReady),
        Command::MakeNotReadyWithReason(not_ready) => Change {
            lookup: Some(Lookup::Code(ReasonCategory::NotReady, not_ready.reason.clone())),
            ..enter(AgentState::NotReady)
        },
        Command::MakeCall(call) => {
            let known = state.dialogs().iter().map(|view| view.dialog.id.clone()).collect();
            change(Request::MakeCall(own(extension)?, call.to.clone()), Expectation::NewCall { known })
        }
        Command::AnswerCall(call) => Change {
            urgent: true,
            ..act(&call.dialog_id, Action::Answer, leg(&call.dialog_id, ParticipantState::Active))?
        },
        Command::HoldCall(call) => act(&call.dialog_id, Action::Hold, leg(&call.dialog_id, ParticipantState::Held))?,
        Command::RetrieveCall(call) => {
            act(&call.dialog_id, Action::Retrieve, leg(&call.dialog_id, ParticipantState::Active))?
        }
        Command::ReleaseCall(call) => {
            Change { urgent: true, ..act(&call.dialog_id, Action::Drop, Expectation::LegOver(call.dialog_id.clone()))? }
        }
        Command::WrapUp(wrap_up) => {
            let reason = Some(wrap_up.reason.clone());
            let expectation = Expectation::Data {
                dialog: wrap_up.dialog_id.clone(),
                wrap_up_reason: reason.clone(),
                variables: Vec::new(),
            };
            Change {
                lookup: Some(Lookup::WrapUp(wrap_up.reason.clone())),
                ..change(Request::CallData(wrap_up.dialog_id.clone(), reason, Vec::new()), expectation)
            }
        }
        Command::UpdateCallVariable(update) => {
            let variables = vec![CallVariable { name: update.name.clone(), value: update.value.clone() }];
            let expectation = Expectation::Data {
                dialog: update.dialog_id.clone(),
                wrap_up_reason: None,
                variables: variables.clone(),
            };
            change(Request::CallData(update.dialog_id.clone(), None, variables), expectation)
        }
        Command::Hello(_) | Command::Beat(_) | Command::Connect(_) | Command::Disconnect(_) => {
            return Err(Error::new(Reason::InvalidInput, "this command belongs to no session"));
        }
        Command::MobileAgentLogin(_)
        | Command::MakeWorkReady(_)
        | Command::MakeWorkNotReady(_)
        | Command::GetAllAgents(_)
        | Command::GetCapabilities(_)
        | Command::TransferSingleStep(_)
        | Command::ConsultCall(_)
        | Command::TransferCall(_)
        | Command::ConferenceCall(_)
        | Command::SendDtmf(_)
        | Command::GetQueueList(_)
        | Command::GetTeamUsers(_)
        | Command::GetTeamUserState(_)
        | Command::SilentMonitor(_)
        | Command::EndSilentMonitor(_)
        | Command::BargeIn(_)
        | Command::DropParticipant(_)
        | Command::SetMemberState(_)
        | Command::LogOutMember(_)
        | Command::GetPhonebooks(_)
        | Command::GetTeamPhonebooks(_)
        | Command::GetPhonebookContacts(_) => {
            return Err(Error::new(Reason::NotImplemented, format!("{} is not implemented yet", command.name())));
        }
    };
    Ok(Plan::Change(Box::new(change)))
}

/// The change that signs the agent out.
pub(super) fn log_out(options: &Options) -> Change {
    Change {
        request: Request::SetState(AgentState::Logout, None),
        expectation: Expectation::SignedOut,
        urgent: false,
        with_dialogs: false,
        timeout: options.outcome_timeout,
        lookup: None,
    }
}

/// Whether a command changes nothing: unanswered, it can be asked again.
pub(super) fn is_question(command: &Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::GetState(_)
            | C::GetDialogState(_)
            | C::GetDialogStateControls(_)
            | C::GetDialogParticipants(_)
            | C::GetWrapUpReasonCodes(_)
            | C::GetLogoutReasonCodes(_)
            | C::GetNotReadyReasonCodes(_)
    )
}

fn own(extension: Option<&Extension>) -> Result<Extension, Error> {
    let signed_out = || Error::new(Reason::InvalidState, "the agent is not signed in on an extension");
    extension.cloned().ok_or_else(signed_out)
}

/// The answer to a command whose plan is [`Plan::Known`].
///
/// # Errors
/// NOT_FOUND when the agent has no such call.
pub(super) fn known(command: &Command, state: &State) -> Result<Reply, Error> {
    let find = |id: &DialogId| -> Result<Arc<DialogView>, Error> {
        let missing = || Error::new(Reason::NotFound, "the agent has no such call").with_dialog(id.clone());
        state.dialog(id).cloned().ok_or_else(missing)
    };
    match command {
        Command::GetState(_) => Ok(agent_reply(state, true)),
        Command::GetDialogState(ask) => {
            let view = state.dialog(&ask.dialog_id).cloned();
            Ok(Reply::DialogState { dialog_id: ask.dialog_id.clone(), view })
        }
        Command::GetDialogStateControls(ask) => find(&ask.dialog_id).map(Reply::DialogControls),
        Command::GetDialogParticipants(ask) => find(&ask.dialog_id).map(Reply::DialogParticipants),
        other => Err(Error::new(Reason::GeneralError, format!("{} has no known answer", other.name()))),
    }
}

/// The agent, with its open calls where they are asked for.
pub(super) fn agent_reply(state: &State, with_dialogs: bool) -> Reply {
    let dialogs = if with_dialogs { state.dialogs().to_vec() } else { Vec::new() };
    Reply::Agent { agent: state.agent().clone(), version: state.version(), dialogs }
}

/// A row of `docs/outcomes.md`: a command and the effect that makes it done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EffectRow {
    /// The RPC's name.
    pub command: &'static str,
    /// The Finesse object whose change is awaited.
    pub object: &'static str,
    /// The effect.
    pub effect: &'static str,
    /// Whether it passes commands that wait.
    pub urgent: bool,
}

/// The effect of a changing command, from the plan that sessions execute; none for a command that changes nothing or is
/// not built yet.
pub fn effect_of(command: &Command) -> Option<EffectRow> {
    let extension = "2001".parse().ok()?;
    let state = State::new(crate::model::agent::Agent::unknown("1001".parse().ok()?));
    match plan(command, &state, Some(&extension), &Options::default()).ok()? {
        Plan::Change(change) => Some(EffectRow {
            command: command.name(),
            object: match change.expectation.object() {
                super::outcome::Object::User => "User",
                super::outcome::Object::Dialogs => "the User's Dialogs",
                super::outcome::Object::Dialog(_) => "Dialog",
            },
            effect: change.expectation.describe(),
            urgent: change.urgent,
        }),
        Plan::ForceLogout => Some(EffectRow {
            command: command.name(),
            object: "User",
            effect: "state LOGOUT, by way of NOT_READY where the platform wants it; on a call, pending until it ends",
            urgent: true,
        }),
        Plan::Known | Plan::Reasons(_) => None,
    }
}
