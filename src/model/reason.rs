//! Reason codes (not ready, logout) and wrap-up reasons.

use std::fmt;

use super::id::ReasonId;

/// Which list a reason belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReasonCategory {
    /// Reasons for NOT_READY.
    NotReady,
    /// Reasons for LOGOUT.
    Logout,
    /// Reasons to wrap a call up with.
    WrapUp,
}

impl ReasonCategory {
    /// The name in Finesse and in the old product's events.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotReady => "NOT_READY",
            Self::Logout => "LOGOUT",
            Self::WrapUp => "WrapUp",
        }
    }
}

impl fmt::Display for ReasonCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One reason of a list, or the reason of a state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReasonCode {
    /// The list.
    pub category: ReasonCategory,
    /// The database id, which Finesse takes as `reasonCodeId`; none for system codes.
    pub id: Option<ReasonId>,
    /// The code that reports show; empty for wrap-up reasons.
    pub code: String,
    /// The label that people read.
    pub label: String,
    /// Whether Finesse sets it itself; such codes can't be chosen.
    pub system: bool,
    /// Whether it is for every team.
    pub for_all: bool,
}

/// How a client names a reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ReasonKey {
    /// By the database id.
    Id(ReasonId),
    /// By the code.
    Code(String),
}
