//! The choices that the old product's document leaves open, as the configuration makes them.

use jiff::tz::TimeZone;

use super::hash::style::TextStyle;
use crate::model::Timestamp;
use crate::model::agent::Agent;
use crate::model::reason::ReasonCode;

/// How lines are written. One style serves a whole process: encoded events are shared by all connections.
#[derive(Clone, Debug)]
pub struct Style {
    /// The zone of the times in lines (`bridge.time_zone`).
    pub time_zone: TimeZone,
    /// What names a reason (`bridge.reason_key`).
    pub reason_key: ReasonNaming,
    /// What becomes of ECC variables (`bridge.ecc`).
    pub ecc: Ecc,
    /// What a call that the agent dialled has as `fromAddress` (`bridge.dialled_from_address`).
    pub dialled_from_address: DialledFromAddress,
    /// The choices within the text encoding.
    pub text: TextStyle,
    /// Last values of a Connect that ask for single sign-on (`bridge.sso_values`), whatever their case.
    pub sso_values: Vec<String>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            time_zone: TimeZone::system(),
            reason_key: ReasonNaming::default(),
            ecc: Ecc::default(),
            dialled_from_address: DialledFromAddress::default(),
            text: TextStyle::default(),
            sso_values: vec!["SSO".to_owned(), "true".to_owned()],
        }
    }
}

/// What names a reason in lists, states and commands alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReasonNaming {
    /// Finesse's database id; system codes, which have none, show their code.
    #[default]
    Id,
    /// The code. Wrap-up reasons have none and keep their id.
    Code,
}

/// What becomes of ECC variables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ecc {
    /// They follow `ani` as one-member objects.
    #[default]
    Append,
    /// They are left out.
    Omit,
}

/// What a call that the agent dialled has as `fromAddress` and `ani`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialledFromAddress {
    /// The other party, the number dialled, as in the old product's sample.
    #[default]
    Other,
    /// The agent's own extension, as Finesse says.
    Finesse,
}

impl Style {
    /// Whether the body of a Connect asks for single sign-on: a third value that says so. No password ends that way but
    /// by an accident that the configuration can mend.
    pub fn asks_for_sso(&self, connect_body: &str) -> bool {
        let third = connect_body.split_once(',').and_then(|(_, rest)| rest.rsplit_once(','));
        third.is_some_and(|(_, last)| self.sso_values.iter().any(|value| value.eq_ignore_ascii_case(last.trim())))
    }

    /// A time as lines write it, `yyyy-MM-dd HH:mm:ss`; none is empty.
    pub fn time(&self, time: Option<Timestamp>) -> String {
        let in_zone = |time: Timestamp| time.to_zoned(self.time_zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
        time.map(in_zone).unwrap_or_default()
    }

    /// How a line names the reason of an agent's state; empty for none.
    pub fn reason_of<'a>(&self, agent: &'a Agent) -> &'a str {
        let bare_id = || match self.reason_key {
            ReasonNaming::Id => agent.reason_id.as_deref().unwrap_or_default(),
            ReasonNaming::Code => "",
        };
        agent.reason.as_ref().map_or_else(bare_id, |reason| self.reason(reason))
    }

    /// How a line names a reason.
    pub fn reason<'a>(&self, reason: &'a ReasonCode) -> &'a str {
        match (self.reason_key, &reason.id) {
            (ReasonNaming::Id, Some(id)) => id.as_str(),
            (ReasonNaming::Code, Some(id)) if reason.code.is_empty() => id.as_str(),
            _ => &reason.code,
        }
    }
}
