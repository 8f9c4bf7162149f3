//! As whom Finesse is called.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use crate::model::id::AgentId;

/// An agent's login id and password. Clones share the password, which is wiped when the last is dropped.
#[derive(Clone)]
pub struct Credentials {
    /// The login id as Finesse returned it.
    pub agent_id: AgentId,
    /// The password; never printed.
    pub password: Arc<SecretString>,
}

impl Credentials {
    /// Credentials of an agent.
    pub fn new(agent_id: AgentId, password: SecretString) -> Self {
        Self { agent_id, password: Arc::new(password) }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("agent_id", &self.agent_id).finish_non_exhaustive()
    }
}
