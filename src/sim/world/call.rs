//! A dialog as the world knows it: participants, states, allowed actions.

use super::error::ApiError;
use super::request::Variables;
use super::{Cause, DialogId, TimerKey, UserId};

/// A Dialog's state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs)]
pub enum DialogState {
    Initiating,
    Initiated,
    Alerting,
    Active,
    Failed,
    Dropped,
}

impl DialogState {
    /// Its spelling on the wire.
    pub fn name(self) -> &'static str {
        match self {
            DialogState::Initiating => "INITIATING",
            DialogState::Initiated => "INITIATED",
            DialogState::Alerting => "ALERTING",
            DialogState::Active => "ACTIVE",
            DialogState::Failed => "FAILED",
            DialogState::Dropped => "DROPPED",
        }
    }
}

/// A Participant's state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs)]
pub enum PartyState {
    Initiating,
    Initiated,
    Alerting,
    Active,
    Held,
    Failed,
    WrapUp,
    Dropped,
}

impl PartyState {
    /// Its spelling on the wire.
    pub fn name(self) -> &'static str {
        match self {
            PartyState::Initiating => "INITIATING",
            PartyState::Initiated => "INITIATED",
            PartyState::Alerting => "ALERTING",
            PartyState::Active => "ACTIVE",
            PartyState::Held => "HELD",
            PartyState::Failed => "FAILED",
            PartyState::WrapUp => "WRAP_UP",
            PartyState::Dropped => "DROPPED",
        }
    }

    /// The actions a participant has in that state, as seen on UCCE.
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            PartyState::Initiating | PartyState::Initiated => &["UPDATE_CALL_DATA", "DROP"],
            PartyState::Alerting => &["ANSWER"],
            PartyState::Active => &["TRANSFER_SST", "CONSULT_CALL", "HOLD", "UPDATE_CALL_DATA", "SEND_DTMF", "DROP"],
            PartyState::Held => &["UPDATE_CALL_DATA", "DROP", "RETRIEVE"],
            PartyState::Failed => &["DROP"],
            PartyState::WrapUp => &["UPDATE_CALL_DATA"],
            PartyState::Dropped => &[],
        }
    }
}

/// One end of a call.
#[derive(Clone, Debug)]
pub struct Party {
    /// Extension or number.
    pub address: String,
    /// The agent behind an extension.
    pub user: Option<UserId>,
    /// State.
    pub state: PartyState,
    pub(super) cause: &'static str,
    pub(super) start: u64,
    pub(super) changed: u64,
    /// Whether the agent has been sent the dialog's end.
    pub(super) gone: bool,
    /// Whether the others have been told that it left.
    pub(super) told_off: bool,
    /// Whether a held leg's agent speaks in another call, which could be joined to this one.
    pub(super) joinable: bool,
    /// Whether it only is listened to: the agent's end of a silent monitor, which the agent can do nothing with.
    pub(super) passive: bool,
}

impl Party {
    fn new(address: &str, user: Option<UserId>, state: PartyState, now: u64) -> Self {
        let address = address.to_owned();
        Self {
            address,
            user,
            state,
            cause: "",
            start: now,
            changed: now,
            gone: false,
            told_off: false,
            joinable: false,
            passive: false,
        }
    }

    /// Whether it is still on the call: it neither left nor is it wrapping up.
    pub(super) fn live(&self) -> bool {
        !self.gone && !matches!(self.state, PartyState::WrapUp | PartyState::Dropped)
    }

    /// Whether it is off the call and has heard so.
    pub(super) fn left(&self) -> bool {
        self.gone || (self.user.is_none() && self.state == PartyState::Dropped)
    }

    /// Whether another party can drop it: an agent on the call.
    pub(super) fn droppable(&self) -> bool {
        let on_the_call = matches!(self.state, PartyState::Active | PartyState::Held);
        self.user.is_some() && !self.gone && !self.passive && on_the_call
    }

    pub(super) fn turn(&mut self, state: PartyState, now: u64) {
        if self.state != state {
            self.state = state;
            self.changed = now;
        }
    }
}

/// The sign-in that waits for a call to a mobile agent's phone.
#[derive(Clone, Debug)]
pub(super) struct SetUp {
    pub(super) user: UserId,
    pub(super) cause: Option<Cause>,
}

/// A dialog.
#[derive(Clone, Debug)]
pub struct Call {
    /// `fromAddress`.
    pub from: String,
    /// `toAddress`; empty while INITIATING.
    pub to: String,
    pub(super) dialed: String,
    pub(super) call_type: &'static str,
    /// What all but the caller see as `callType`, where that differs.
    pub(super) offered_type: Option<&'static str>,
    /// The held call that this one consults about.
    pub(super) associated: Option<DialogId>,
    /// The call that a transfer or conference joined to this one.
    pub(super) secondary: Option<DialogId>,
    /// Who may add parties to a conference.
    pub(super) controller: Option<UserId>,
    /// The call that a silent monitor listens to.
    pub(super) monitors: Option<DialogId>,
    /// The sign-in that it is made for.
    pub(super) set_up: Option<Box<SetUp>>,
    /// State.
    pub state: DialogState,
    /// Its ends, the caller first.
    pub parties: Vec<Party>,
    pub(super) variables: Variables,
    pub(super) wrap_up_reason: Option<String>,
    pub(super) queue: Option<usize>,
    /// Agents who did not answer it.
    pub(super) former: Vec<UserId>,
    pub(super) queued_at: u64,
    pub(super) answered: bool,
    pub(super) timer: Option<TimerKey>,
}

impl Call {
    pub(super) fn new(from: &str, to: &str, call_type: &'static str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            dialed: to.to_owned(),
            call_type,
            offered_type: None,
            associated: None,
            secondary: None,
            controller: None,
            monitors: None,
            set_up: None,
            state: DialogState::Initiated,
            parties: Vec::new(),
            variables: Variables::default(),
            wrap_up_reason: None,
            queue: None,
            former: Vec::new(),
            queued_at: 0,
            answered: false,
            timer: None,
        }
    }

    /// Whether it came through a queue.
    pub fn of_queue(&self) -> bool {
        self.queue.is_some()
    }

    /// The user's participant.
    pub fn leg(&self, user: UserId) -> Option<&Party> {
        self.parties.iter().find(|party| party.user == Some(user) && !party.gone)
    }

    /// Whether the user may do something with it.
    ///
    /// # Errors
    /// 404 for somebody for whom it is over, 401 for somebody who never took part.
    pub fn takes_part(&self, user: UserId) -> Result<(), ApiError> {
        let knew = || self.former.contains(&user) || self.parties.iter().any(|party| party.user == Some(user));
        match self.leg(user) {
            Some(_) => Ok(()),
            None if knew() => Err(ApiError::unknown_dialog()),
            None => Err(ApiError::not_authorized()),
        }
    }

    pub(super) fn add(&mut self, address: &str, user: Option<UserId>, state: PartyState, now: u64) {
        self.parties.push(Party::new(address, user, state, now));
    }

    /// `callType` as the viewer sees it.
    pub fn type_for(&self, viewer: Option<UserId>) -> &'static str {
        let called = viewer.and_then(|viewer| self.leg(viewer)).is_some_and(|leg| leg.address != self.from);
        self.offered_type.filter(|_| called).unwrap_or(self.call_type)
    }

    /// Those still on the call.
    pub(super) fn live(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| party.live())
    }

    /// Whether the user may add parties: anybody to a call of two, its controller to a conference.
    pub(super) fn controlled_by(&self, user: UserId) -> bool {
        self.live().count() < 3 || self.controller == Some(user)
    }

    /// Takes away the participants who left; they still count as those who knew the call.
    pub(super) fn forget_left(&mut self) {
        self.forget(Party::left);
    }

    /// Takes away the participants of whom the others were told that they left, for the next change of a call that goes on
    /// is told without them.
    pub(super) fn forget_told_off(&mut self) {
        if self.live().count() > 1 {
            self.forget(|party| party.left() && party.told_off);
        }
    }

    fn forget(&mut self, left: impl Fn(&Party) -> bool) {
        for user in self.parties.iter().filter(|party| left(party)).filter_map(|party| party.user) {
            if !self.former.contains(&user) {
                self.former.push(user);
            }
        }
        self.parties.retain(|party| !left(party));
    }

    /// The agents who still see it.
    pub(super) fn viewers(&self) -> Vec<UserId> {
        self.parties.iter().filter(|party| !party.gone).filter_map(|party| party.user).collect()
    }

    pub(super) fn turn(&mut self, user: UserId, state: PartyState, now: u64) {
        for party in self.parties.iter_mut().filter(|party| party.user == Some(user) && !party.gone) {
            party.turn(state, now);
        }
    }
}

/// What an agent does to a dialog it takes part in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(missing_docs)]
pub enum Action {
    Answer,
    Hold,
    Retrieve,
    Drop,
    Transfer,
    Conference,
    StartRecording,
}

impl Action {
    /// Its spelling on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Action::Answer => "ANSWER",
            Action::Hold => "HOLD",
            Action::Retrieve => "RETRIEVE",
            Action::Drop => "DROP",
            Action::Transfer => "TRANSFER",
            Action::Conference => "CONFERENCE",
            Action::StartRecording => "START_RECORDING",
        }
    }
}
