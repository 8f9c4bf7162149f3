//! Tokens and proofs of passwords: what is kept can't be turned back into what was given.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};
use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

use super::actor::now;
use crate::model::id::{AgentId, Epoch};
use crate::model::{Error, Reason};

/// How many tokens one agent may hold; another one ends the one that was unused the longest.
const MAX_PER_AGENT: usize = 32;

/// Names a token without being one: its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenRef([u8; 32]);

impl TokenRef {
    /// Names what a caller shows, be it a token or not.
    pub fn of(shown: &str) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, shown.as_bytes()).as_ref());
        Self(hash)
    }

    /// Whether this is the hash of what was shown, in constant time, so that the time tells nothing.
    pub fn is(&self, hash: &[u8; 32]) -> bool {
        hash.iter().zip(&self.0).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
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
    epoch: Epoch,
    /// When it was used last; shared with the streams that it opened.
    used: Arc<Mutex<Instant>>,
    ended: CancellationToken,
}

impl Entry {
    /// When it was used last: at this moment, while a stream that it opened is open.
    fn used(&self, now: Instant) -> Instant {
        if Arc::strong_count(&self.used) > 1 { now } else { *self.used.lock().unwrap_or_else(PoisonError::into_inner) }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.ended.cancel();
    }
}

/// What a stream holds of the token that opened it: while it lives the token is in use, and it tells of the token's end.
#[derive(Debug)]
pub struct TokenUse {
    used: Arc<Mutex<Instant>>,
    ended: CancellationToken,
}

impl TokenUse {
    /// Cancelled when the token ends, by Disconnect, with its session or otherwise.
    pub fn ended(&self) -> &CancellationToken {
        &self.ended
    }
}

impl Drop for TokenUse {
    fn drop(&mut self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = now();
    }
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

    /// A new token for one session of an agent.
    pub(super) fn issue(
        &mut self,
        agent: &AgentId,
        epoch: Epoch,
        now: Instant,
    ) -> Result<(SecretString, TokenRef), Error> {
        let token = URL_SAFE_NO_PAD.encode(random::<32>()?);
        let reference = TokenRef::of(&token);
        self.entries.retain(|_, entry| now.saturating_duration_since(entry.used(now)) < self.idle);
        let own = self.entries.iter().filter(|(_, entry)| entry.agent == *agent);
        let (count, oldest) =
            own.fold((0, None), |(count, oldest): (usize, Option<(TokenRef, Instant)>), (reference, entry)| {
                let used = entry.used(now);
                let older = oldest.filter(|(_, oldest)| *oldest <= used).unwrap_or((*reference, used));
                (count + 1, Some(older))
            });
        if count >= MAX_PER_AGENT
            && let Some((oldest, _)) = oldest
        {
            self.entries.remove(&oldest);
        }
        let used = Arc::new(Mutex::new(now));
        self.entries.insert(reference, Entry { agent: agent.clone(), epoch, used, ended: CancellationToken::new() });
        Ok((token.into(), reference))
    }

    /// Whose token it is, and of which session; using it keeps it valid.
    pub(super) fn agent(&mut self, token: &TokenRef, now: Instant) -> Option<(AgentId, Epoch)> {
        let entry = self.entries.get(token)?;
        if now.saturating_duration_since(entry.used(now)) >= self.idle {
            self.entries.remove(token);
            return None;
        }
        *entry.used.lock().unwrap_or_else(PoisonError::into_inner) = now;
        Some((entry.agent.clone(), entry.epoch))
    }

    /// Lets a stream hold a token; none when the token has ended.
    pub(super) fn hold(&self, reference: &TokenRef) -> Option<TokenUse> {
        let entry = self.entries.get(reference)?;
        Some(TokenUse { used: entry.used.clone(), ended: entry.ended.clone() })
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn end(&mut self, reference: &TokenRef) {
        self.entries.remove(reference);
    }

    /// Ends every token of one session.
    pub(super) fn end_all(&mut self, agent: &AgentId, epoch: Epoch) {
        self.entries.retain(|_, entry| entry.agent != *agent || entry.epoch != epoch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_agent_until_it_ends_or_is_long_unused() {
        let mut tokens = Tokens::new(Duration::from_secs(60));
        let (agent, now) = ("1001".parse().unwrap(), Instant::now());
        let (token, reference) = tokens.issue(&agent, Epoch(7), now).unwrap();
        let (_, other) = tokens.issue(&agent, Epoch(7), now).unwrap();
        assert_eq!(TokenRef::of(token.expose_secret()), reference);
        assert_eq!(tokens.agent(&reference, now).unwrap(), (agent.clone(), Epoch(7)));
        assert!(tokens.agent(&TokenRef::of("guess"), now).is_none());
        tokens.end(&reference);
        assert!(tokens.agent(&reference, now).is_none());
        assert!(tokens.agent(&other, now + Duration::from_secs(59)).is_some());
        assert!(tokens.agent(&other, now + Duration::from_secs(200)).is_none());
    }

    #[test]
    fn an_agent_holds_a_bounded_number_of_tokens() {
        let mut tokens = Tokens::new(Duration::from_secs(60));
        let agent = "1001".parse().unwrap();
        for second in 0..100 {
            tokens.issue(&agent, Epoch(7), Instant::now() + Duration::from_millis(second)).unwrap();
        }
        assert_eq!(tokens.entries.len(), MAX_PER_AGENT);
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_keeps_its_token_in_use_and_learns_of_its_end() {
        let mut tokens = Tokens::new(Duration::from_secs(60));
        let agent = "1001".parse().unwrap();
        let (_, reference) = tokens.issue(&agent, Epoch(7), now()).unwrap();
        let stream = tokens.hold(&reference).unwrap();
        tokio::time::advance(Duration::from_secs(3600)).await;
        for _ in 0..100 {
            tokens.issue(&agent, Epoch(8), now()).unwrap();
            tokio::time::advance(Duration::from_millis(1)).await;
        }
        assert!(!stream.ended().is_cancelled());
        let other = tokens.hold(&reference).unwrap();
        drop(stream);
        drop(other);
        assert!(tokens.agent(&reference, now() + Duration::from_secs(59)).is_some());

        let stream = tokens.hold(&reference).unwrap();
        tokens.end_all(&agent, Epoch(8));
        assert!(!stream.ended().is_cancelled());
        tokens.end_all(&agent, Epoch(7));
        assert!(stream.ended().is_cancelled());
        assert!(tokens.hold(&reference).is_none());
    }

    #[test]
    fn a_proof_fits_its_password_alone() {
        let proof = Proof::of(&"demo".to_owned().into()).unwrap();
        assert!(proof.fits(&"demo".to_owned().into()));
        assert!(!proof.fits(&"Demo".to_owned().into()));
    }
}
