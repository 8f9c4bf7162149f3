//! Faults on demand: what the simulator does wrong, for whom and how often.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::world::error::CtiError;

/// Most faults that wait at once.
const MAX_FAULTS: usize = 1_000;
/// Longest time that notifications in disorder may be late.
const MAX_LATE: u64 = 60_000;
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
    /// The next notification comes that much later; those after it overtake it.
    DelayNotification {
        /// Milliseconds.
        ms: u64,
    },
    /// The next notification comes right behind the one after it, or alone if there is none in time.
    ReorderNotification {
        /// Milliseconds that it waits for the one after it.
        #[serde(default = "a_second")]
        within_ms: u64,
    },
}

/// All notifications come in disorder as long as it is on: of every hundred some 55 as they should, 15 twice, of these
/// the second one late, 20 late, 10 twice and late. None is lost, and each has come within the time given.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Disorder {
    /// Where its random numbers begin: the same day with the same number has the same disorder.
    pub seed: u64,
    /// The latest that any of them comes, in milliseconds; a minute at most.
    #[serde(default = "a_moment")]
    pub within_ms: u64,
}

/// What becomes of a notification.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It is sent after that many milliseconds, and perhaps again after so many.
    Sent {
        /// When.
        after: u64,
        /// When again.
        again: Option<u64>,
    },
    /// It is sent behind its successor, after so many milliseconds at the latest.
    Swapped(u64),
    /// It is held until it is released.
    Held,
    /// It is lost.
    Lost,
}

impl FaultKind {
    fn concerns_notifications(&self) -> bool {
        self.fate().is_some()
    }

    fn fate(&self) -> Option<Fate> {
        match *self {
            Self::DropNotification => Some(Fate::Lost),
            Self::DuplicateNotification => Some(Fate::Sent { after: 0, again: Some(0) }),
            Self::HoldNotification => Some(Fate::Held),
            Self::DelayNotification { ms } => Some(Fate::Sent { after: ms, again: None }),
            Self::ReorderNotification { within_ms } => Some(Fate::Swapped(within_ms)),
            _ => None,
        }
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
    disorder: Option<(Disorder, fastrand::Rng)>,
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

    /// Removes all that wait.
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

    /// Brings the notifications into disorder, or ends that.
    pub fn set_disorder(&mut self, disorder: Option<Disorder>) {
        self.disorder = disorder.map(|disorder| {
            let within_ms = disorder.within_ms.min(MAX_LATE);
            (Disorder { within_ms, ..disorder }, fastrand::Rng::with_seed(disorder.seed))
        });
    }

    /// The disorder, if it is on.
    pub fn disorder(&self) -> Option<Disorder> {
        self.disorder.as_ref().map(|(disorder, _)| *disorder)
    }

    /// What becomes of a notification of that user: the oldest fault's will, counted down, or what the disorder says.
    pub fn for_notification(&mut self, user: &str) -> Fate {
        if let Some(kind) = self.take(|fault| fault.kind.concerns_notifications(), user, None)
            && let Some(fate) = kind.fate()
        {
            return fate;
        }
        let Some((disorder, random)) = &mut self.disorder else { return Fate::Sent { after: 0, again: None } };
        let within = 0..=disorder.within_ms;
        match random.u32(0..100) {
            0..55 => Fate::Sent { after: 0, again: None },
            55..70 => Fate::Sent { after: 0, again: Some(random.u64(within)) },
            70..90 => Fate::Sent { after: random.u64(within), again: None },
            _ => Fate::Sent { after: random.u64(within.clone()), again: Some(random.u64(within)) },
        }
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

fn a_second() -> u64 {
    1_000
}

fn a_moment() -> u64 {
    50
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
        assert_eq!(faults.for_notification("1001"), Fate::Sent { after: 0, again: None });
        assert!(faults.for_request("1001", "HOLD").is_some());
        assert!(faults.for_request("1001", "HOLD").is_some());
        assert!(faults.for_request("1001", "HOLD").is_none());
    }

    #[test]
    fn disorder_is_the_same_for_the_same_seed_loses_nothing_and_keeps_its_bound() {
        let draw = |seed, within_ms| {
            let mut faults = Faults::default();
            faults.set_disorder(Some(Disorder { seed, within_ms }));
            (0..1_000).map(|_| faults.for_notification("1001")).collect::<Vec<_>>()
        };
        let day = draw(7, 50);
        assert_eq!(day, draw(7, 50));
        assert_ne!(day, draw(8, 50));
        let kept = |fate: &Fate| matches!(fate, Fate::Sent { after: 0..=50, again: None | Some(0..=50) });
        assert!(day.iter().all(kept));
        let count = |which: fn(&Fate) -> bool| day.iter().filter(|fate| which(fate)).count();
        assert!((400..700).contains(&count(|fate| *fate == Fate::Sent { after: 0, again: None })));
        assert!((150..350).contains(&count(|fate| matches!(fate, Fate::Sent { again: Some(_), .. }))));
        assert!(draw(7, u64::MAX).iter().all(|fate| matches!(fate, Fate::Sent { after: 0..=MAX_LATE, .. })));
        let mut faults = Faults::default();
        faults.set_disorder(Some(Disorder { seed: 7, within_ms: 50 }));
        assert!(faults.add(Fault::new(FaultKind::DropNotification)));
        assert_eq!(faults.for_notification("1001"), Fate::Lost, "a fault comes first");
        faults.set_disorder(None);
        assert_eq!(faults.for_notification("1001"), Fate::Sent { after: 0, again: None });
    }
}
