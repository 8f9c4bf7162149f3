//! Which sessions an observer follows, as they come and go.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::auth::Member;
use super::feed::After;
use crate::model::id::{AgentId, Epoch, TeamId};
use crate::session::{Handle, Manager};

/// What an observer asks for.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Agents by name, with the cursor until it has been used.
    pub named: HashMap<AgentId, After>,
    /// The agents of these teams.
    pub teams: HashSet<TeamId>,
    /// Every agent that it may see.
    pub all: bool,
    /// The cursors of agents who are not named, until they have been used.
    pub resume: HashMap<AgentId, After>,
}

/// Which sessions an observer follows.
pub struct Roster {
    sessions: Manager,
    changes: watch::Receiver<u64>,
    member: Arc<Member>,
    wanted: Wanted,
    /// Those who are followed, each until what is kept here is dropped.
    attached: HashMap<AgentId, DropGuard>,
    /// The team that each open session's agent was last seen in: asked once for each, and only where teams matter.
    teams: HashMap<AgentId, (Epoch, Option<TeamId>)>,
}

impl Roster {
    /// What `member` may see of what it wants.
    pub fn new(sessions: Manager, member: Arc<Member>, wanted: Wanted) -> Self {
        let changes = sessions.changes();
        Self { sessions, changes, member, wanted, attached: HashMap::new(), teams: HashMap::new() }
    }

    /// A named agent that the observer may not see. One whose team decides is only known to be so once it has a session.
    pub async fn forbidden(&mut self) -> Option<AgentId> {
        let named: Vec<AgentId> = self.wanted.named.keys().cloned().collect();
        for id in named {
            let allowed = match self.sessions.session(&id) {
                Some(handle) if self.member.goes_by_team() => {
                    let team = self.team(&handle).await;
                    self.member.may_observe(&id, team.as_ref())
                }
                None if self.member.goes_by_team() => true,
                _ => self.member.may_observe(&id, None),
            };
            if !allowed {
                return Some(id);
            }
        }
        None
    }

    /// Ends when sessions were opened or ended since they were last looked at.
    pub async fn changed(&mut self) {
        if self.changes.changed().await.is_err() {
            std::future::pending().await
        }
    }

    /// Open sessions that are wanted and not followed yet, and where to begin with each. What changes from here on is
    /// told by [`Roster::changed`].
    pub async fn missing(&mut self) -> Vec<(Handle, After)> {
        self.changes.mark_unchanged();
        let open = if self.wanted.all || !self.wanted.teams.is_empty() {
            self.sessions.sessions()
        } else {
            self.wanted.named.keys().filter_map(|id| self.sessions.session(id)).collect()
        };
        if self.teams.len() > open.len() {
            let open: HashSet<&AgentId> = open.iter().map(Handle::agent_id).collect();
            self.teams.retain(|id, _| open.contains(id));
        }
        let mut missing = Vec::new();
        for handle in open {
            if !self.attached.contains_key(handle.agent_id()) && self.wants(&handle).await {
                let named = self.wanted.named.get_mut(handle.agent_id());
                let named = named.map(|after| std::mem::replace(after, After::Nothing));
                let resumed = self.wanted.resume.remove(handle.agent_id());
                let after = named.filter(|after| *after != After::Nothing).or(resumed);
                missing.push((handle, after.unwrap_or(After::Nothing)));
            }
        }
        missing
    }

    /// Agents whose cursor nothing could be continued after. What is known of them is void, and their cursors are, too.
    pub fn absent(&mut self) -> Vec<AgentId> {
        let Wanted { named, resume, .. } = &mut self.wanted;
        let unused = named.iter_mut().filter(|(_, after)| **after != After::Nothing);
        let named = unused.map(|(id, after)| {
            *after = After::Nothing;
            id.clone()
        });
        named.chain(resume.drain().map(|(id, _)| id)).collect::<HashSet<_>>().into_iter().collect()
    }

    /// A session is followed, until what is returned is cancelled.
    pub fn attach(&mut self, id: AgentId) -> CancellationToken {
        let followed = CancellationToken::new();
        self.attached.insert(id, followed.clone().drop_guard());
        followed
    }

    /// A session that was followed has ended, or its agent is no longer to be seen.
    pub fn detach(&mut self, id: &AgentId) {
        self.attached.remove(id);
    }

    async fn wants(&mut self, handle: &Handle) -> bool {
        let id = handle.agent_id();
        let asked = self.wanted.all || self.wanted.named.contains_key(id);
        let team = if self.member.goes_by_team() || !(asked || self.wanted.teams.is_empty()) {
            self.team(handle).await
        } else {
            None
        };
        self.wants_one_of(id, team.as_ref())
    }

    fn wants_one_of(&self, id: &AgentId, team: Option<&TeamId>) -> bool {
        let asked = self.wanted.all || self.wanted.named.contains_key(id);
        (asked || team.is_some_and(|team| self.wanted.teams.contains(team))) && self.member.may_observe(id, team)
    }

    /// The agent is in that team now. Returns whether they are still to be seen.
    pub fn moved(&mut self, id: &AgentId, epoch: Epoch, team: Option<&TeamId>) -> bool {
        if let Some(known) = self.teams.get_mut(id) {
            *known = (epoch, team.cloned());
        }
        self.wants_one_of(id, team)
    }

    /// The agent's team; none where Finesse names none, and when the session has just ended.
    async fn team(&mut self, handle: &Handle) -> Option<TeamId> {
        let id = handle.agent_id();
        if let Some((_, team)) = self.teams.get(id).filter(|(epoch, _)| *epoch == handle.epoch()) {
            return team.clone();
        }
        let snapshot = handle.snapshot().await.ok()?;
        let team = snapshot.agent.team.as_ref().map(|team| team.id.clone());
        self.teams.insert(id.clone(), (handle.epoch(), team.clone()));
        team
    }
}
