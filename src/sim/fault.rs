//! Faults on demand: what the simulator does wrong, for whom and how often.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::world::error::CtiError;

/// Most faults that wait at once.
const MAX_FAULTS: usize = 1_000;
/// The action of `GET /SystemInfo`, which has no user.
pub(super) const SYSTEM_INFO: &str = "GET_SYSTEM_INFO";

/// A fault to inject.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Fault {
    /// The user it concerns; everybody when absent.
    #[serde(default)]
    pub user: Option<String>,
    /// The action it concerns, as in the request log (`LOGIN`, `READY`, `HOLD`, `GET_USER` …); any when absent.
    #[serde(default)]
    pub action: Option<String>,
    /// How often it happens; once when absent.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens.
    #[serde(flatten)]
    pub kind: FaultKind,
}

impl Fault {
    /// That fault, once, for everybody.
    pub fn new(kind: FaultKind) -> Self {
        Self { user: None, action: None, times: 1, kind }
    }

    /// The same for one user only.
    pub fn of_user(mut self, user: &str) -> Self {
        self.user = Some(user.to_owned());
        self
    }

    /// The same for one action only.
    pub fn of_action(mut self, action: &str) -> Self {
        self.action = Some(action.to_owned());
        self
    }

    /// The same, that often.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }
}

/// What happens.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The answer comes that much later; the request is executed at once.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// The request is not executed and answered with that status: 503 and 401 as Finesse writes them, else an empty body.
    Status {
        /// HTTP status.
        status: u16,
    },
    /// The request is not executed and never answered.
    Silent,
    /// The request is not executed and answered with an HTML page of the servlet container.
    Html {
        /// HTTP status.
        status: u16,
    },
    /// The request is executed and the connection closed without an answer.
    LoseAnswer,
    /// The request is answered with 202 and refused afterwards.
    AsyncError {
        /// What the notification says.
        error: CtiError,
        /// How long after the request the notification comes; with 0 it is sent before the 202.
        #[serde(default)]
        delay_ms: u64,
        /// Whether the notification leaves out the request's id.
        #[serde(default)]
        without_request_id: bool,
    },
    /// The next notification is lost.
    DropNotification,
    /// The next notification is sent twice, with the same item id.
    DuplicateNotification,
    /// The next notification is held back until it is released.
    HoldNotification,
}

impl FaultKind {
    fn concerns_notifications(&self) -> bool {
        matches!(self, Self::DropNotification | Self::DuplicateNotification | Self::HoldNotification)
    }

    /// The delay of the answer.
    pub(super) fn delay(&self) -> Option<Duration> {
        match self {
            Self::Delay { ms } => Some(Duration::from_millis(*ms)),
            _ => None,
        }
    }
}

/// The faults that wait.
#[derive(Debug, Default)]
pub struct Faults {
    waiting: Vec<Fault>,
}

impl Faults {
    /// Adds one. Returns whether there was room.
    pub fn add(&mut self, fault: Fault) -> bool {
        let room = self.waiting.len() < MAX_FAULTS;
        if room && fault.times > 0 {
            self.waiting.push(fault);
        }
        room
    }

    /// Removes all.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The faults that wait.
    pub fn waiting(&self) -> &[Fault] {
        &self.waiting
    }

    /// The oldest fault for that request, counted down.
    pub(super) fn for_request(&mut self, user: &str, action: &str) -> Option<FaultKind> {
        // Clients poll SystemInfo at any time: what is meant for it has to say so.
        let meant = |fault: &Fault| action != SYSTEM_INFO || fault.action.is_some();
        self.take(|fault| !fault.kind.concerns_notifications() && meant(fault), user, Some(action))
    }

    /// The oldest fault for a notification of that user, counted down.
    pub(super) fn for_notification(&mut self, user: &str) -> Option<FaultKind> {
        self.take(|fault| fault.kind.concerns_notifications(), user, None)
    }

    fn take(&mut self, fits: impl Fn(&Fault) -> bool, user: &str, action: Option<&str>) -> Option<FaultKind> {
        let matches = |wanted: &Option<String>, value| wanted.as_deref().is_none_or(|wanted| wanted == value);
        let index = self.waiting.iter().position(|fault| {
            fits(fault) && matches(&fault.user, user) && action.is_none_or(|action| matches(&fault.action, action))
        })?;
        let fault = self.waiting.get_mut(index)?;
        let kind = fault.kind.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.waiting.remove(index);
        }
        Some(kind)
    }
}

fn once() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_hits_its_user_and_action_as_often_as_asked() {
        let mut faults = Faults::default();
        faults.add(Fault::new(FaultKind::Silent).of_user("1001").of_action("HOLD").times(2));
        assert!(faults.for_request("1002", "HOLD").is_none());
        assert!(faults.for_request("1001", "DROP").is_none());
        assert!(faults.for_notification("1001").is_none());
        assert!(faults.for_request("1001", "HOLD").is_some());
        assert!(faults.for_request("1001", "HOLD").is_some());
        assert!(faults.for_request("1001", "HOLD").is_none());
    }
}
