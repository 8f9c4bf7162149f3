//! The teams that a supervisor looks at, and the queues: who is in which state, and what of it is news. Sans-IO, bounded.

use std::sync::Arc;

use crate::model::agent::AgentUpdate;
use crate::model::event::Payload;
use crate::model::id::{AgentId, Extension, QueueId, TeamId};
use crate::model::queue::Queue;
use crate::model::team::{Team, TeamMember};

/// How many teams of one supervisor are kept, and looked through for a member.
pub const MAX_TEAMS: usize = 128;
/// How many members of one team are kept.
const MAX_MEMBERS: usize = 2_048;
/// How many queues of one agent are kept and watched.
pub const MAX_QUEUES: usize = 256;

#[derive(Debug)]
struct Known {
    team: Team,
    /// Whether changes of its members are published.
    watched: bool,
    /// With the version, which rises at each change of any member.
    members: Vec<(Arc<TeamMember>, u64)>,
}

/// What is known of teams and queues.
#[derive(Debug, Default)]
pub struct Roster {
    teams: Vec<Known>,
    /// With the version of the last notification of each.
    queues: Vec<(Arc<Queue>, u64)>,
    queues_watched: bool,
    version: u64,
}

impl Roster {
    /// The teams whose members' changes are published.
    pub fn watched(&self) -> impl Iterator<Item = &TeamId> {
        self.teams.iter().filter(|known| known.watched).map(|known| &known.team.id)
    }

    /// The queues whose changes are published.
    pub fn watched_queues(&self) -> impl Iterator<Item = &QueueId> {
        self.queues.iter().filter(|_| self.queues_watched).map(|(queue, _)| &queue.id)
    }

    /// The members of a known team.
    pub fn members(&self, team: &TeamId) -> impl Iterator<Item = &Arc<TeamMember>> {
        let known = self.teams.iter().filter(|known| known.team.id == *team);
        known.flat_map(|known| &known.members).map(|(member, _)| member)
    }

    /// A member of a known team.
    pub fn member(&self, id: &AgentId) -> Option<&Arc<TeamMember>> {
        self.find(id).map(|(member, _)| member)
    }

    /// The member at an extension.
    pub fn at(&self, extension: &Extension) -> Option<&Arc<TeamMember>> {
        let mut members = self.teams.iter().flat_map(|known| &known.members);
        members.find(|(member, _)| member.extension.as_ref() == Some(extension)).map(|(member, _)| member)
    }

    /// The team of a member, where it is known.
    pub fn team_of(&self, id: &AgentId) -> Option<&TeamId> {
        let holds = |known: &&Known| known.members.iter().any(|(member, _)| member.id == *id);
        self.teams.iter().find(holds).map(|known| &known.team.id)
    }

    /// The member's version; 0 for one who is not known.
    pub fn version(&self, id: &AgentId) -> u64 {
        self.find(id).map_or(0, |(_, version)| *version)
    }

    /// Starts or ends the publishing of a team's changes; false when there are as many teams as may be.
    pub fn watch(&mut self, team: &TeamId, watched: bool) -> bool {
        if let Some(known) = self.teams.iter_mut().find(|known| known.team.id == *team) {
            known.watched = watched;
        } else if watched && self.teams.len() < MAX_TEAMS {
            let team = Team { id: team.clone(), name: String::new() };
            self.teams.push(Known { team, watched, members: Vec::new() });
        } else {
            return !watched;
        }
        true
    }

    /// Forgets the teams that are no longer supervised; whether one of them was watched.
    pub fn keep(&mut self, supervised: impl Fn(&TeamId) -> bool) -> bool {
        let watched = self.watched().count();
        self.teams.retain(|known| supervised(&known.team.id));
        self.watched().count() < watched
    }

    /// A moment, to be given back with what was read from then on.
    pub fn now(&self) -> u64 {
        self.version
    }

    /// Takes a whole team, signed-out members included, as it was read `since` some moment. What differs from what was
    /// known of a watched team is news, except at the first read, which is the answer to somebody. The second value is
    /// whether a notification overtook the read, which then may be older and is to be repeated.
    pub fn team(&mut self, team: &Team, members: Vec<TeamMember>, since: u64) -> (Vec<Payload>, bool) {
        self.version += 1;
        let version = self.version;
        let Some(known) = self.teams.iter_mut().find(|known| known.team.id == team.id) else {
            if self.teams.len() < MAX_TEAMS {
                let members = members.into_iter().take(MAX_MEMBERS).map(|member| (Arc::new(member), version));
                self.teams.push(Known { team: team.clone(), watched: false, members: members.collect() });
            }
            return (Vec::new(), false);
        };
        let mut overtaken = false;
        known.team = team.clone();
        let first = known.members.is_empty();
        let before = std::mem::take(&mut known.members);
        let mut news = Vec::new();
        for member in members.into_iter().take(MAX_MEMBERS) {
            match before.iter().find(|(old, _)| old.id == member.id) {
                Some((old, version)) if *version > since => {
                    overtaken |= **old != member;
                    known.members.push((old.clone(), *version));
                }
                Some((old, version)) if **old == member => known.members.push((old.clone(), *version)),
                _ => {
                    let member = Arc::new(member);
                    news.push(Payload::TeamMemberChanged(member.clone()));
                    known.members.push((member, version));
                }
            }
        }
        (if known.watched && !first { news } else { Vec::new() }, overtaken)
    }

    /// Takes what a notification said of one member; the second value is whether it could not be ordered, so that the
    /// team is to be read. One who is in no known team is not taken.
    pub fn update(&mut self, update: AgentUpdate) -> (Option<Payload>, Option<TeamId>) {
        let Some(id) = update.id.clone() else { return (None, None) };
        self.version += 1;
        for known in &mut self.teams {
            let Some((member, version)) = known.members.iter_mut().find(|(member, _)| member.id == id) else {
                continue;
            };
            let mut next = TeamMember::clone(member);
            let order = (update.state_change_time, next.state_change_time);
            take(&mut next, update);
            if next == **member || matches!(order, (Some(new), Some(old)) if new < old) {
                return (None, None);
            }
            let ordered = matches!(order, (_, None)) || matches!(order, (Some(new), Some(old)) if new > old);
            *member = Arc::new(next);
            *version = self.version;
            let payload = known.watched.then(|| Payload::TeamMemberChanged(member.clone()));
            return (payload, (!ordered).then(|| known.team.id.clone()));
        }
        (None, None)
    }

    /// Takes all queues of the agent as they were read `since` some moment, and publishes their changes from now on where
    /// `watch` says so. The second value is a queue of which a notification overtook the read, which stands: figures have
    /// no time by which they could be ordered, so the read is to be repeated.
    pub fn queues(&mut self, queues: &[Queue], watch: bool, since: u64) -> (Vec<Payload>, Option<QueueId>) {
        let before = std::mem::take(&mut self.queues);
        let (mut news, mut overtaken) = (Vec::new(), None);
        for queue in queues.iter().take(MAX_QUEUES) {
            let known = before.iter().find(|(known, _)| known.id == queue.id);
            let entry = match known {
                Some((known, version)) if **known == *queue => (known.clone(), *version),
                Some((known, version)) if *version > since => {
                    overtaken = Some(queue.id.clone());
                    (known.clone(), *version)
                }
                _ => {
                    let queue = Arc::new(queue.clone());
                    let changed = known.filter(|_| self.queues_watched);
                    news.extend(changed.map(|_| Payload::QueueChanged(queue.clone())));
                    (queue, since)
                }
            };
            self.queues.push(entry);
        }
        self.queues_watched |= watch;
        (news, overtaken)
    }

    /// A queue as it is known.
    pub fn known_queue(&self, id: &QueueId) -> Option<&Queue> {
        self.queues.iter().find(|(known, _)| known.id == *id).map(|(queue, _)| &**queue)
    }

    /// Takes one queue that a notification told; news when it is watched and differs.
    pub fn queue(&mut self, queue: &Queue) -> Option<Payload> {
        let (known, version) = self.queues.iter_mut().find(|(known, _)| known.id == queue.id)?;
        self.version += 1;
        *version = self.version;
        if **known == *queue {
            return None;
        }
        *known = Arc::new(queue.clone());
        self.queues_watched.then(|| Payload::QueueChanged(known.clone()))
    }

    fn find(&self, id: &AgentId) -> Option<&(Arc<TeamMember>, u64)> {
        self.teams.iter().flat_map(|known| &known.members).find(|(member, _)| member.id == *id)
    }
}

/// A notification may leave out what did not change; the fields of the state describe one moment.
fn take(member: &mut TeamMember, update: AgentUpdate) {
    if let Some(name) = update.first_name {
        member.first_name = name;
    }
    if let Some(name) = update.last_name {
        member.last_name = name;
    }
    if let Some(extension) = update.extension {
        member.extension = extension;
    }
    if let Some(state) = update.state {
        member.state = state;
        member.pending_state = update.pending_state;
        member.reason = update.reason;
        member.state_change_time = update.state_change_time;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;
    use crate::model::agent::AgentState;

    fn member(id: &str, state: AgentState, second: i64) -> TeamMember {
        TeamMember {
            id: id.parse().unwrap(),
            first_name: "Ann".into(),
            last_name: "Lee".into(),
            extension: Some("2001".parse().unwrap()),
            state,
            pending_state: None,
            reason: None,
            state_change_time: Some(Timestamp::from_second(second).unwrap()),
        }
    }

    fn update(id: &str, state: AgentState, second: i64) -> AgentUpdate {
        AgentUpdate {
            id: Some(id.parse().unwrap()),
            state: Some(state),
            state_change_time: Some(Timestamp::from_second(second).unwrap()),
            ..AgentUpdate::default()
        }
    }

    fn states(news: &[Payload]) -> Vec<AgentState> {
        let state = |payload: &Payload| match payload {
            Payload::TeamMemberChanged(member) => Some(member.state),
            _ => None,
        };
        news.iter().filter_map(state).collect()
    }

    #[test]
    fn only_what_changed_in_a_watched_team_is_news() {
        use AgentState::{Logout, NotReady, Ready, Talking};
        let team = Team { id: "7".parse().unwrap(), name: "Sales".into() };
        let mut roster = Roster::default();
        assert!(roster.watch(&team.id, true));
        let both = |a, b| vec![member("1001", a, 5), member("1002", b, 5)];
        let first = roster.team(&team, both(NotReady, Logout), 0);
        assert_eq!(first, (Vec::new(), false), "the first read answers somebody");
        assert_eq!(states(&roster.team(&team, both(Ready, Logout), roster.now()).0), [Ready]);
        let since = roster.now();
        let later = roster.update(update("1002", NotReady, 9));
        assert_eq!((states(later.0.as_slice()), later.1), (vec![NotReady], None));
        let overtaken = roster.team(&team, both(Ready, Logout), since);
        assert_eq!(overtaken, (Vec::new(), true), "the read began before what was notified");
        assert_eq!(roster.update(update("1002", Ready, 8)), (None, None), "earlier");
        let equal = roster.update(update("1002", Talking, 9));
        assert_eq!((states(equal.0.as_slice()), equal.1), (vec![Talking], Some(team.id.clone())), "to be read");
        assert_eq!(roster.update(update("1003", Ready, 9)), (None, None), "of no known team");
        assert_eq!(roster.team_of(&"1002".parse().unwrap()), Some(&team.id));
        assert!(roster.watch(&team.id, false) && roster.watched().next().is_none());
        assert!(roster.update(update("1002", Ready, 10)).0.is_none());
        assert_eq!(roster.member(&"1002".parse().unwrap()).unwrap().state, Ready, "known all the same");
    }

    #[test]
    fn a_read_of_queues_that_a_notification_overtook_does_not_undo_it() {
        let queue = |calls| Queue {
            id: "7".parse().unwrap(),
            name: "Sales".into(),
            calls_in_queue: Some(calls),
            longest_call_since: None,
            agents_ready: None,
            agents_not_ready: None,
            agents_talking_inbound: None,
            agents_talking_outbound: None,
            agents_talking_internal: None,
            agents_wrap_up_not_ready: None,
            agents_wrap_up_ready: None,
        };
        let mut roster = Roster::default();
        assert_eq!(roster.queues(&[queue(0)], true, roster.now()), (Vec::new(), None));
        let since = roster.now();
        assert!(roster.queue(&queue(1)).is_some());
        assert_eq!(roster.queues(&[queue(0)], true, since), (Vec::new(), Some("7".parse().unwrap())));
        assert_eq!(roster.known_queue(&"7".parse().unwrap()), Some(&queue(1)));
        let (news, overtaken) = roster.queues(&[queue(2)], true, roster.now());
        assert_eq!((news.len(), overtaken), (1, None));
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut roster = Roster::default();
        let ids = 0..MAX_TEAMS + 5;
        let watched = ids.filter(|n| roster.watch(&n.to_string().parse().unwrap(), true)).count();
        assert_eq!((watched, roster.teams.len()), (MAX_TEAMS, MAX_TEAMS));
        let team = Team { id: "0".parse().unwrap(), name: String::new() };
        let crowd = (0..MAX_MEMBERS + 5).map(|n| member(&n.to_string(), AgentState::Ready, 1));
        roster.team(&team, crowd.collect(), 0);
        assert_eq!(roster.teams[0].members.len(), MAX_MEMBERS);
    }
}
