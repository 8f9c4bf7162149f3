//! Which passwords were found wrong lately: five wrong sign-ins lock an account at Finesse. Sans-IO.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use secrecy::SecretString;

use super::token::Proof;
use crate::model::id::AgentId;
use crate::model::{Error, Reason};

/// Of how many agents wrong passwords are remembered at most.
const MAX_SUSPECTS: usize = 10_000;

struct Suspect {
    at: VecDeque<Instant>,
    /// The password found wrong last.
    refused: Proof,
}

/// The agents whose password was found wrong within the window.
pub(super) struct Suspects {
    suspects: HashMap<AgentId, Suspect>,
    window: Duration,
}

impl Suspects {
    pub(super) fn new(window: Duration) -> Self {
        Self { suspects: HashMap::new(), window }
    }

    /// Whether Finesse may be asked about a password, when that many wrong ones are allowed in the window.
    ///
    /// # Errors
    /// AUTHORIZATION_FAILURE for the password that was found wrong last, TOO_MANY_REQUESTS after too many others.
    pub(super) fn may_try(
        &mut self,
        agent: &AgentId,
        password: &SecretString,
        attempts: usize,
        now: Instant,
    ) -> Result<(), Error> {
        let window = self.window;
        self.suspects.retain(|_, suspect| {
            suspect.at.retain(|at| now.saturating_duration_since(*at) < window);
            !suspect.at.is_empty()
        });
        let suspect = self.suspects.get(agent);
        if suspect.is_some_and(|suspect| suspect.refused.fits(password)) {
            return Err(Error::new(Reason::AuthorizationFailure, "finesse has just refused this password"));
        }
        let failed = suspect.map_or(0, |suspect| suspect.at.len());
        if failed < attempts && self.suspects.len() < MAX_SUSPECTS {
            return Ok(());
        }
        Err(Error::new(Reason::TooManyRequests, "too many wrong passwords").with_retry_after(window))
    }

    /// Finesse refused a password.
    pub(super) fn refused(&mut self, agent: &AgentId, refused: Proof, now: Instant) {
        if let Some(suspect) = self.suspects.get_mut(agent) {
            suspect.at.push_back(now);
            suspect.refused = refused;
        } else if self.suspects.len() < MAX_SUSPECTS {
            self.suspects.insert(agent.clone(), Suspect { at: VecDeque::from([now]), refused });
        }
    }

    /// Finesse took a password.
    pub(super) fn clear(&mut self, agent: &AgentId) {
        self.suspects.remove(agent);
    }

    pub(super) fn len(&self) -> usize {
        self.suspects.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_wrong_password_is_not_tried_twice_and_others_only_so_often() {
        let (agent, start) = ("1001".parse().unwrap(), Instant::now());
        let password = |text: &str| SecretString::from(text.to_owned());
        let mut suspects = Suspects::new(Duration::from_secs(30));
        suspects.refused(&agent, Proof::of(&password("old")).unwrap(), start);
        let mut reason = |text: &str, attempts, now| {
            suspects.may_try(&agent, &password(text), attempts, now).err().map(|error| error.reason)
        };
        assert_eq!(reason("old", 3, start), Some(Reason::AuthorizationFailure));
        assert_eq!(reason("new", 3, start), None);
        assert_eq!(reason("new", 1, start), Some(Reason::TooManyRequests));
        assert_eq!(reason("old", 1, start + Duration::from_secs(30)), None);
        assert_eq!(suspects.len(), 0);
    }
}
