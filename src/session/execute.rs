//! From a command to what is to be done: one exhaustive match, so that a new command does not compile until it is here.

use std::sync::Arc;
use std::time::Duration;

use super::Options;
use super::jobs::Request;
use super::outcome::{Expectation, Object};
use super::state::State;
use crate::command::Command;
use crate::command::supervisor::{BargeIn, GetTeamUsers};
use crate::finesse::{Action, Mobile};
use crate::model::agent::{AgentState, MobileMode};
use crate::model::dialog::{CallVariable, ParticipantState};
use crate::model::error::FinesseFault;
use crate::model::event::{CallKind, DialogView};
use crate::model::id::{AgentId, DialogId, Extension, PhoneBookId, ReasonId, TeamId};
use crate::model::reason::{ReasonCategory, ReasonKey};
use crate::model::reply::Reply;
use crate::model::{Error, Reason};

/// What a command asks of a session.
#[derive(Debug)]
pub(super) enum Plan {
    /// The answer lies in what is known; a stale picture is read anew first.
    Known,
    /// The agents that are signed in through this service.
    Agents,
    /// A list of reasons is to be read.
    Reasons(ReasonCategory),
    /// Something is to be read.
    Ask(Ask),
    /// A team is to be read, and watched or no longer watched.
    Team(GetTeamUsers),
    /// A member of a supervised team is to be read.
    Member(AgentId),
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

/// What is read for the asker alone.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// The agent's queues.
    Queues,
    /// The agent's phone books.
    PhoneBooks,
    /// Those of a team.
    TeamPhoneBooks(TeamId),
    /// The contacts of one.
    Contacts(PhoneBookId),
}

/// A reason or a member as the client named it.
#[derive(Clone, Debug)]
pub(super) enum Lookup {
    /// A not-ready or logout reason, which must be listed.
    Code(ReasonCategory, ReasonKey),
    /// A wrap-up reason by label or id; Finesse takes any label.
    WrapUp(String),
    /// The given one, else the first that is listed, else none.
    First(ReasonCategory, Option<ReasonId>),
    /// A member, who must be in a supervised team.
    Member(AgentId),
    /// The member and the monitoring that a barge-in needs.
    Barge(BargeIn),
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
        Command::MobileAgentLogin(login) => {
            let extension = login.extension.clone();
            let mobile = Mobile { mode: login.mode, dial_number: login.dial_number.clone() };
            let nailed = mobile.mode == MobileMode::NailedConnection;
            Change {
                with_dialogs: true,
                // The agent answers a set-up call first.
                timeout: if nailed { options.login_timeout } else { options.outcome_timeout },
                ..change(Request::SignIn(extension.clone(), Some(mobile)), Expectation::SignedIn(extension))
            }
        }
        Command::MakeWorkReady(_) => enter(AgentState::WorkReady),
        Command::MakeWorkNotReady(_) => enter(AgentState::Work),
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
            change(Request::MakeCall(own(extension)?, call.to.clone()), Expectation::NewCall { known: Vec::new() })
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
            let variables = vec![CallVariable { name: update.name.clone().into(), value: update.value.clone().into() }];
            let expectation = Expectation::Data {
                dialog: update.dialog_id.clone(),
                wrap_up_reason: None,
                variables: variables.clone(),
            };
            change(Request::CallData(update.dialog_id.clone(), None, variables), expectation)
        }
        Command::TransferSingleStep(transfer) => {
            let id = &transfer.dialog_id;
            let request = Request::SingleStep(id.clone(), own(extension)?, transfer.to.clone());
            change(request, Expectation::LegOver(id.clone()))
        }
        Command::ConsultCall(consult) => {
            let main = consult.dialog_id.clone();
            let request = Request::Consult(main.clone(), own(extension)?, consult.to.clone());
            change(request, Expectation::Consult { main, known: Vec::new() })
        }
        Command::TransferCall(transfer) => {
            let dialog = transfer.dialog_id.clone();
            let expectation = Expectation::Transferred { dialog: dialog.clone(), partner: None };
            act(&dialog, Action::Transfer, expectation)?
        }
        Command::ConferenceCall(conference) => {
            let dialog = conference.dialog_id.clone();
            let expectation = Expectation::Conference { dialog: dialog.clone(), parties: 0, partner: None };
            act(&dialog, Action::Conference, expectation)?
        }
        Command::SendDtmf(tones) => {
            let id = &tones.dialog_id;
            let request = Request::Dtmf(id.clone(), own(extension)?, tones.digits.clone());
            change(request, Expectation::Untold(id.clone()))
        }
        Command::SilentMonitor(monitor) => {
            let of = monitor.extension.clone();
            let expectation = Expectation::Monitoring { extension: of.clone(), known: Vec::new() };
            change(Request::Monitor(own(extension)?, of), expectation)
        }
        Command::EndSilentMonitor(end) => {
            let id = &end.dialog_id;
            if state.dialog(id).is_some_and(|view| view.kind != CallKind::Monitor) {
                let error = Error::new(Reason::ActionNotAllowed, "the call is no silent monitoring");
                return Err(error.with_dialog(id.clone()));
            }
            Change { urgent: true, ..act(id, Action::Drop, Expectation::LegOver(id.clone()))? }
        }
        Command::BargeIn(barge) => {
            let own = own(extension)?;
            let request = Request::Barge { own: own.clone(), to: own.clone(), monitor: None };
            Change {
                lookup: Some(Lookup::Barge(barge.clone())),
                // Who it is, is looked up before it is sent.
                ..change(request, Expectation::BargedIn { extension: own, known: Vec::new() })
            }
        }
        Command::DropParticipant(drop) => {
            let (dialog, party) = (drop.dialog_id.clone(), &drop.media_address);
            let expectation = Expectation::PartyGone { dialog: dialog.clone(), address: party.to_string() };
            change(Request::DropParty(dialog, party.clone()), expectation)
        }
        Command::SetMemberState(set) => member(&set.member_id, set.state, options),
        Command::LogOutMember(log_out) => member(&log_out.member_id, AgentState::Logout, options),
        Command::GetAllAgents(_) => return Ok(Plan::Agents),
        Command::GetQueueList(_) => return Ok(Plan::Ask(Ask::Queues)),
        Command::GetPhonebooks(_) => return Ok(Plan::Ask(Ask::PhoneBooks)),
        Command::GetTeamPhonebooks(ask) => return Ok(Plan::Ask(Ask::TeamPhoneBooks(ask.team_id.clone()))),
        Command::GetPhonebookContacts(ask) => return Ok(Plan::Ask(Ask::Contacts(ask.phonebook_id.clone()))),
        Command::GetTeamUsers(ask) => return Ok(Plan::Team(ask.clone())),
        Command::GetTeamUserState(ask) => return Ok(Plan::Member(ask.member_id.clone())),
        Command::Hello(_)
        | Command::Beat(_)
        | Command::Connect(_)
        | Command::Disconnect(_)
        | Command::GetCapabilities(_) => {
            return Err(Error::new(Reason::InvalidInput, "this command belongs to no session"));
        }
    };
    match change.expectation.object() {
        // As Finesse answers for an id that it does not know.
        Object::Dialog(id) if state.hides(&id) => {
            let words = "Invalid dialogId specified for dialog";
            let fault = FinesseFault {
                http_status: Some(404),
                error_type: "Not Found".to_owned(),
                error_message: words.to_owned(),
                ..FinesseFault::default()
            };
            let error = Error::new(Reason::NotFound, format!("finesse refused: {words}"));
            Err(error.with_finesse(fault).with_dialog(id))
        }
        _ => Ok(Plan::Change(Box::new(change))),
    }
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

/// A supervisor puts a member into a state, without a reason: Finesse refuses one and sets its own.
fn member(id: &AgentId, state: AgentState, options: &Options) -> Change {
    Change {
        request: Request::Member(id.clone(), state),
        expectation: Expectation::Member { id: id.clone(), state },
        lookup: Some(Lookup::Member(id.clone())),
        ..log_out(options)
    }
}

/// Whether a command changes nothing: unanswered, it can be asked again.
pub(super) fn is_question(command: &Command) -> bool {
    !command.is_changing()
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
    let state = State::new(crate::model::agent::Agent::unknown("1001".parse().ok()?), Arc::default(), None);
    match plan(command, &state, Some(&extension), &Options::default()).ok()? {
        Plan::Change(change) => Some(EffectRow {
            command: command.name(),
            object: match change.expectation.object() {
                Object::User => "User",
                Object::Dialogs => "the User's Dialogs",
                Object::Dialog(_) => "Dialog",
                Object::Member(_) => "the member's User",
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
        Plan::Known | Plan::Agents | Plan::Reasons(_) | Plan::Ask(_) | Plan::Team(_) | Plan::Member(_) => None,
    }
}
