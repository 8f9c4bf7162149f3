//! Tokens and proofs of passwords: what is kept can't be turned back into what was given.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};
use secrecy::{ExposeSecret, SecretString};

use crate::model::id::AgentId;
use crate::model::{Error, Reason};

/// How many tokens one agent may hold; another one ends the one that was unused the longest.
const MAX_PER_AGENT: usize = 32;

/// Names a token without being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenRef([u8; 32]);

impl TokenRef {
    fn of(token: &str) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
        Self(hash)
    }
}

/// 32 random bytes.
///
/// # Errors
/// When the system's random source fails.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| Error::new(Reason::GeneralError, "the system's random source failed"))?;
    Ok(bytes)
}

/// A salted hash of a password.
#[derive(Clone)]
pub(super) struct Proof(hmac::Key, hmac::Tag);

impl Proof {
    pub(super) fn of(password: &SecretString) -> Result<Self, Error> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &random::<32>()?);
        let tag = hmac::sign(&key, password.expose_secret().as_bytes());
        Ok(Self(key, tag))
    }

    /// Whether it is the same password, in constant time.
    pub(super) fn fits(&self, password: &SecretString) -> bool {
        hmac::verify(&self.0, password.expose_secret().as_bytes(), self.1.as_ref()).is_ok()
    }
}

#[derive(Debug)]
struct Entry {
    agent: AgentId,
    used: Instant,
}

/// All tokens of the service, hashed.
#[derive(Debug)]
pub(super) struct Tokens {
    entries: HashMap<TokenRef, Entry>,
    idle: Duration,
}

impl Tokens {
    pub(super) fn new(idle: Duration) -> Self {
        Self { entries: HashMap::new(), idle }
    }

    /// A new token of an agent.
    pub(super) fn issue(&mut self, agent: &AgentId, now: Instant) -> Result<(SecretString, TokenRef), Error> {
        let token = URL_SAFE_NO_PAD.encode(random::<32>()?);
        let reference = TokenRef::of(&token);
        self.entries.retain(|_, entry| now.saturating_duration_since(entry.used) < self.idle);
        let own = self.entries.iter().filter(|(_, entry)| entry.agent == *agent);
        let (count, oldest) =
            own.fold((0, None), |(count, oldest): (usize, Option<(TokenRef, Instant)>), (reference, entry)| {
                let older = oldest.filter(|(_, used)| *used <= entry.used).unwrap_or((*reference, entry.used));
                (count + 1, Some(older))
            });
        if count >= MAX_PER_AGENT
            && let Some((oldest, _)) = oldest
        {
            self.entries.remove(&oldest);
        }
        self.entries.insert(reference, Entry { agent: agent.clone(), used: now });
        Ok((token.into(), reference))
    }

    /// Whose token it is; using it keeps it valid.
    pub(super) fn agent(&mut self, token: &str, now: Instant) -> Option<(AgentId, TokenRef)> {
        let reference = TokenRef::of(token);
        let entry = self.entries.get_mut(&reference)?;
        if now.saturating_duration_since(entry.used) >= self.idle {
            self.entries.remove(&reference);
            return None;
        }
        entry.used = now;
        Some((entry.agent.clone(), reference))
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn end(&mut self, reference: &TokenRef) {
        self.entries.remove(reference);
    }

    pub(super) fn end_all(&mut self, agent: &AgentId) {
        self.entries.retain(|_, entry| entry.agent != *agent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_agent_until_it_ends_or_is_long_unused() {
        let mut tokens = Tokens::new(Duration::from_secs(60));
        let (agent, now) = ("1001".parse().unwrap(), Instant::now());
        let (token, reference) = tokens.issue(&agent, now).unwrap();
        let (other, _) = tokens.issue(&agent, now).unwrap();
        let token = token.expose_secret();
        assert_eq!(tokens.agent(token, now).unwrap(), (agent.clone(), reference));
        assert!(tokens.agent("guess", now).is_none());
        tokens.end(&reference);
        assert!(tokens.agent(token, now).is_none());
        assert!(tokens.agent(other.expose_secret(), now + Duration::from_secs(59)).is_some());
        assert!(tokens.agent(other.expose_secret(), now + Duration::from_secs(200)).is_none());
    }

    #[test]
    fn an_agent_holds_a_bounded_number_of_tokens() {
        let mut tokens = Tokens::new(Duration::from_secs(60));
        let agent = "1001".parse().unwrap();
        for second in 0..100 {
            tokens.issue(&agent, Instant::now() + Duration::from_millis(second)).unwrap();
        }
        assert_eq!(tokens.entries.len(), MAX_PER_AGENT);
    }

    #[test]
    fn a_proof_fits_its_password_alone() {
        let proof = Proof::of(&"demo".to_owned().into()).unwrap();
        assert!(proof.fits(&"demo".to_owned().into()));
        assert!(!proof.fits(&"Demo".to_owned().into()));
    }
}
