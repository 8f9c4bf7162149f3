//! Agents and supervisors of a seed, and how they work.

use serde::{Deserialize, Serialize};

/// People with consecutive login ids and extensions.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AgentBlock {
    /// Login id of the first; the next ones count up.
    pub first_login_id: u64,
    /// Extension of the first; the next ones count up.
    pub first_extension: u64,
    /// How many.
    #[serde(default = "one")]
    pub count: u32,
    /// Everybody's password.
    pub password: String,
    /// Id of the team they belong to.
    pub team: String,
    /// Ids of the teams they supervise; empty for agents.
    #[serde(default)]
    pub supervises: Vec<String>,
    /// What follows a call of a queue.
    #[serde(default)]
    pub wrap_up: WrapUp,
    /// What follows a call to a number outside, where the platform has that.
    #[serde(default = "WrapUp::none")]
    pub wrap_up_outgoing: WrapUp,
    /// Seconds that wrap-up takes; by default as long as for everybody.
    #[serde(default)]
    pub wrap_up_seconds: Option<u32>,
    /// How they may work as mobile agents, where the platform has those.
    #[serde(default = "MobileMode::all")]
    pub mobile_modes: Vec<MobileMode>,
    /// First name; by default `Agent` or `Supervisor`.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name; by default the login id.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Login name; by default the login id.
    #[serde(default)]
    pub login_name: Option<String>,
}

/// `wrapUpOnIncoming` or `wrapUpOnOutgoing` of an agent.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WrapUp {
    /// Every call is followed by wrap-up.
    Required,
    /// Likewise, and the agent can't end it without a wrap-up reason.
    RequiredWithWrapUpData,
    /// Only a call during which the agent asked for it.
    #[default]
    Optional,
    /// None, and asking for it is refused.
    NotAllowed,
}

impl WrapUp {
    /// Its spelling on Finesse's wire.
    pub fn name(self) -> &'static str {
        match self {
            WrapUp::Required => "REQUIRED",
            WrapUp::RequiredWithWrapUpData => "REQUIRED_WITH_WRAP_UP_DATA",
            WrapUp::Optional => "OPTIONAL",
            WrapUp::NotAllowed => "NOT_ALLOWED",
        }
    }

    fn none() -> Self {
        WrapUp::NotAllowed
    }
}

/// `mode` of a mobile agent.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MobileMode {
    /// The agent's phone is called for each call.
    CallByCall,
    /// It is called once, at the sign-in.
    NailedConnection,
}

impl MobileMode {
    /// Its spelling on Finesse's wire.
    pub fn name(self) -> &'static str {
        match self {
            MobileMode::CallByCall => "CALL_BY_CALL",
            MobileMode::NailedConnection => "NAILED_CONNECTION",
        }
    }

    pub(super) fn all() -> Vec<Self> {
        vec![MobileMode::CallByCall, MobileMode::NailedConnection]
    }
}

fn one() -> u32 {
    1
}
