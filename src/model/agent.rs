//! An agent as Finesse's User object describes it.

use std::fmt;
use std::str::FromStr;

use super::Timestamp;
use super::id::{AgentId, Extension};
use super::reason::ReasonCode;
use super::team::Team;

/// The state of an agent for voice, as Finesse names it (`User/state`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AgentState {
    /// Finesse reports none, or one this build does not know.
    #[default]
    Unknown,
    /// Signed out.
    Logout,
    /// Signed in, takes no routed calls.
    NotReady,
    /// Waits for a routed call.
    Ready,
    /// A routed call is being offered.
    Reserved,
    /// Reserved by an outbound campaign.
    ReservedOutbound,
    /// Reserved by an outbound preview campaign.
    ReservedOutboundPreview,
    /// On a call.
    Talking,
    /// All calls are on hold (UCCE).
    Hold,
    /// Wraps up, not ready afterwards.
    Work,
    /// Wraps up, ready afterwards (UCCE).
    WorkReady,
}

impl AgentState {
    const NAMES: [(Self, &'static str); 11] = [
        (Self::Unknown, "UNKNOWN"),
        (Self::Logout, "LOGOUT"),
        (Self::NotReady, "NOT_READY"),
        (Self::Ready, "READY"),
        (Self::Reserved, "RESERVED"),
        (Self::ReservedOutbound, "RESERVED_OUTBOUND"),
        (Self::ReservedOutboundPreview, "RESERVED_OUTBOUND_PREVIEW"),
        (Self::Talking, "TALKING"),
        (Self::Hold, "HOLD"),
        (Self::Work, "WORK"),
        (Self::WorkReady, "WORK_READY"),
    ];

    /// Finesse's name.
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(state, _)| *state == self).map_or("UNKNOWN", |(_, name)| name)
    }

    /// Reads Finesse's name whatever its case; what is unknown is [`AgentState::Unknown`].
    pub fn from_name(name: &str) -> Self {
        Self::NAMES.iter().find(|(_, n)| n.eq_ignore_ascii_case(name)).map_or(Self::Unknown, |(state, _)| *state)
    }
}

impl fmt::Display for AgentState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a mobile agent's phone is connected (UCCE).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MobileMode {
    /// Each call dials the agent's phone (`CALL_BY_CALL`).
    CallByCall,
    /// One nailed-up connection carries all calls (`NAILED_CONNECTION`).
    NailedConnection,
}

impl MobileMode {
    /// Finesse's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CallByCall => "CALL_BY_CALL",
            Self::NailedConnection => "NAILED_CONNECTION",
        }
    }
}

impl FromStr for MobileMode {
    type Err = super::id::Invalid;

    /// Reads Finesse's names, and the old product's `true` (call by call) and `false` (nailed).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_uppercase().as_str() {
            "CALL_BY_CALL" | "TRUE" => Ok(Self::CallByCall),
            "NAILED_CONNECTION" | "FALSE" => Ok(Self::NailedConnection),
            _ => Err(super::id::Invalid { what: "connection mode", why: "is not CALL_BY_CALL or NAILED_CONNECTION" }),
        }
    }
}

/// Whether wrap-up follows a call (`settings/wrapUpOnIncoming`, `wrapUpOnOutgoing`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WrapUpMode {
    /// Every call is wrapped up.
    Required,
    /// The agent chooses during the call.
    Optional,
    /// No wrap-up.
    NotAllowed,
    /// Every call is wrapped up and needs a reason.
    RequiredWithWrapUpData,
}

impl WrapUpMode {
    /// Finesse's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "REQUIRED",
            Self::Optional => "OPTIONAL",
            Self::NotAllowed => "NOT_ALLOWED",
            Self::RequiredWithWrapUpData => "REQUIRED_WITH_WRAP_UP_DATA",
        }
    }

    /// Reads Finesse's name; an empty or unknown one is none.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Required, Self::Optional, Self::NotAllowed, Self::RequiredWithWrapUpData]
            .into_iter()
            .find(|mode| mode.as_str().eq_ignore_ascii_case(name))
    }
}

/// All that is known of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The login id, as Finesse returns it.
    pub id: AgentId,
    /// The login name; often equal to the id.
    pub login_name: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The extension the agent is signed in on; none while signed out.
    pub extension: Option<Extension>,
    /// The state.
    pub state: AgentState,
    /// The state that follows when the call ends, where the platform says so.
    pub pending_state: Option<AgentState>,
    /// The reason of a not-ready or logout state: its code, label and id where Finesse gave them.
    pub reason: Option<ReasonCode>,
    /// The bare `reasonCodeId`, also where no reason object came with it; `-1` is none.
    pub reason_id: Option<String>,
    /// When the state was entered, by Finesse's clock; none where Finesse leaves it empty.
    pub state_change_time: Option<Timestamp>,
    /// Whether the agent has the Supervisor role.
    pub supervisor: bool,
    /// The agent's own team.
    pub team: Option<Team>,
    /// The teams that the agent supervises.
    pub teams: Vec<Team>,
    /// Wrap-up after incoming calls; none where Finesse leaves it empty.
    pub wrap_up_on_incoming: Option<WrapUpMode>,
    /// Wrap-up after outgoing calls.
    pub wrap_up_on_outgoing: Option<WrapUpMode>,
    /// The length of wrap-up in seconds, where Finesse says it.
    pub wrap_up_timer: Option<u32>,
    /// The RPCs of AgentService that the state allows now, in the catalogue's names; the session works them out.
    pub allowed_actions: &'static [&'static str],
}

impl Agent {
    /// An agent of whom nothing but the id is known.
    pub fn unknown(id: AgentId) -> Self {
        Self {
            id,
            login_name: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            extension: None,
            state: AgentState::Unknown,
            pending_state: None,
            reason: None,
            reason_id: None,
            state_change_time: None,
            supervisor: false,
            team: None,
            teams: Vec::new(),
            wrap_up_on_incoming: None,
            wrap_up_on_outgoing: None,
            wrap_up_timer: None,
            allowed_actions: &[],
        }
    }

    /// Whether the state, what follows it, its reason and the extension are the same.
    pub fn same_state(&self, other: &Self) -> bool {
        let of = |agent: &Self| (agent.state, agent.pending_state);
        of(self) == of(other)
            && self.reason == other.reason
            && self.reason_id == other.reason_id
            && self.extension == other.extension
    }

    /// Whether names, teams, role and wrap-up settings are the same.
    pub fn same_profile(&self, other: &Self) -> bool {
        let settings = |agent: &Self| (agent.supervisor, agent.wrap_up_on_incoming, agent.wrap_up_on_outgoing);
        self.login_name == other.login_name
            && self.first_name == other.first_name
            && self.last_name == other.last_name
            && settings(self) == settings(other)
            && self.team == other.team
            && self.teams == other.teams
    }

    /// Takes what an update says. Descriptive fields that it leaves out stay (the first update after a start may be
    /// partial); the state's own fields are replaced together, for they describe one moment.
    pub fn absorb(&mut self, update: AgentUpdate) {
        let AgentUpdate {
            id: _,
            login_name,
            first_name,
            last_name,
            extension,
            state,
            pending_state,
            reason,
            reason_id,
            ..
        } = update;
        keep_or_take(&mut self.login_name, login_name);
        keep_or_take(&mut self.first_name, first_name);
        keep_or_take(&mut self.last_name, last_name);
        keep_or_take(&mut self.extension, extension);
        if let Some(state) = state {
            self.state = state;
            self.pending_state = pending_state;
            self.reason = reason;
            self.reason_id = reason_id;
            self.state_change_time = update.state_change_time;
        }
        keep_or_take(&mut self.supervisor, update.supervisor);
        if update.team.is_some() {
            self.team = update.team;
        }
        keep_or_take(&mut self.teams, update.teams);
        if let Some((incoming, outgoing)) = update.wrap_up_modes {
            self.wrap_up_on_incoming = incoming;
            self.wrap_up_on_outgoing = outgoing;
        }
        if update.wrap_up_timer.is_some() {
            self.wrap_up_timer = update.wrap_up_timer;
        }
    }
}

fn keep_or_take<T>(field: &mut T, update: Option<T>) {
    if let Some(value) = update {
        *field = value;
    }
}

/// What one User object of Finesse said: each field only where its element was present.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentUpdate {
    /// `loginId`.
    pub id: Option<AgentId>,
    /// `loginName`.
    pub login_name: Option<String>,
    /// `firstName`.
    pub first_name: Option<String>,
    /// `lastName`.
    pub last_name: Option<String>,
    /// `extension`: `Some(None)` when the element was there and empty.
    pub extension: Option<Option<Extension>>,
    /// `state`.
    pub state: Option<AgentState>,
    /// `pendingState`; an empty element is none.
    pub pending_state: Option<AgentState>,
    /// `ReasonCode` or `reasonCode`.
    pub reason: Option<ReasonCode>,
    /// `reasonCodeId`; `-1` and empty are none.
    pub reason_id: Option<String>,
    /// `stateChangeTime`; empty is none.
    pub state_change_time: Option<Timestamp>,
    /// Whether `roles` holds `Supervisor`; none where there is no `roles`.
    pub supervisor: Option<bool>,
    /// `teamId` and `teamName`.
    pub team: Option<Team>,
    /// `teams/Team`.
    pub teams: Option<Vec<Team>>,
    /// `settings`: wrap-up on incoming and on outgoing calls.
    pub wrap_up_modes: Option<(Option<WrapUpMode>, Option<WrapUpMode>)>,
    /// `wrapUpTimer`, seconds.
    pub wrap_up_timer: Option<u32>,
}
