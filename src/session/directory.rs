//! Who is signed in through this service: what `GetAllAgents` lists. Shared by all sessions; bounded by their number.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::model::agent::{Agent, AgentState};
use crate::model::id::AgentId;

/// Which agents an agent is shown by `GetAllAgents`. It is the one exception to the rule that nothing of an agent
/// reaches another one who does not supervise it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All who are signed in through this service.
    #[default]
    All,
    /// Those of the asker's own team and of the teams that the asker supervises.
    OwnTeams,
}

/// The agents with a session, as they are now.
#[derive(Debug, Default)]
pub(super) struct Directory(RwLock<HashMap<AgentId, Arc<Agent>>>);

impl Directory {
    pub(super) fn put(&self, agent: &Arc<Agent>) {
        let mut agents = self.0.write().unwrap_or_else(PoisonError::into_inner);
        agents.insert(agent.id.clone(), agent.clone());
    }

    pub(super) fn remove(&self, id: &AgentId) {
        let mut agents = self.0.write().unwrap_or_else(PoisonError::into_inner);
        agents.remove(id);
    }

    /// The agents who are signed in and whom `asker` is shown, ordered by extension.
    pub(super) fn agents(&self, scope: Scope, asker: &Agent) -> Vec<Arc<Agent>> {
        let shown = |agent: &&Arc<Agent>| {
            let signed_in = !matches!(agent.state, AgentState::Logout | AgentState::Unknown);
            let team = agent.team.as_ref().map(|team| &team.id);
            let mut teams = asker.teams.iter().chain(&asker.team);
            signed_in && (scope == Scope::All || teams.any(|own| Some(&own.id) == team))
        };
        let agents = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut agents: Vec<_> = agents.values().filter(shown).cloned().collect();
        let extension = |agent: &Agent| agent.extension.as_ref().map(|own| (own.as_str().len(), own.to_string()));
        agents.sort_by_cached_key(|agent| (extension(agent), agent.id.clone()));
        agents
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::team::Team;

    #[test]
    fn those_who_are_signed_in_are_listed_by_extension() {
        let directory = Directory::default();
        let team = |id: &str| Team { id: id.parse().unwrap(), name: String::new() };
        let agent = |id: &str, extension: Option<&str>, of: &str| {
            let mut agent = Agent::unknown(id.parse().unwrap());
            agent.extension = extension.map(|extension| extension.parse().unwrap());
            agent.state = if extension.is_some() { AgentState::Ready } else { AgentState::Logout };
            agent.team = Some(team(of));
            Arc::new(agent)
        };
        for (id, extension, of) in [("a", Some("10000"), "1"), ("b", Some("2001"), "2"), ("c", None, "1")] {
            directory.put(&agent(id, extension, of));
        }
        let mut asker = Agent::clone(&agent("s", Some("1"), "9"));
        let names = |scope, asker: &Agent| {
            let agents = directory.agents(scope, asker);
            agents.iter().map(|agent| agent.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names(Scope::All, &asker), ["b", "a"]);
        assert!(names(Scope::OwnTeams, &asker).is_empty());
        asker.teams = vec![team("1")];
        assert_eq!(names(Scope::OwnTeams, &asker), ["a"]);
        directory.remove(&"a".parse().unwrap());
        assert_eq!(names(Scope::All, &asker), ["b"]);
    }
}
