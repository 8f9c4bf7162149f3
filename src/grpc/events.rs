//! EventService: who may subscribe to whom. The streams themselves are in [`feed`](super::feed) and
//! [`attach`](super::attach).

use std::collections::{HashMap, HashSet};
use std::pin::Pin;
use std::sync::Arc;

use futures_util::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::attach::Attached;
use super::auth::{Identity, Member};
use super::door::Door;
use super::feed::{After, Feed};
use super::roster::{Roster, Wanted};
use super::status::status;
use super::stranger::Acquaintance;
use crate::model::id::{AgentId, TeamId};
use crate::model::{Error, Reason};
use crate::pb;
use crate::pb::event_service_server::EventService;
use crate::session::{Handle, TokenRef};

/// Most agents, and most teams, that one request may name.
const MAX_AGENTS: usize = 1000;
const MAX_TEAMS: usize = 100;

/// Most cursors of agents who are not named.
const MAX_RESUMED: usize = 2000;

#[tonic::async_trait]
impl EventService for Door {
    type SubscribeStream = Pin<Box<dyn Stream<Item = Result<pb::SubscribeResponse, Status>> + Send>>;

    async fn subscribe(
        &self,
        request: Request<pb::SubscribeRequest>,
    ) -> Result<Response<Self::SubscribeStream>, Status> {
        let (_, mut extensions, request) = request.into_parts();
        let begun = match extensions.remove::<Identity>() {
            Some(Identity::Agent { handle, token }) => self.begin_own(&handle, &token, &request).await,
            Some(Identity::Member(member)) => self.begin_roster(member, request).await,
            _ => Err(Error::new(Reason::AuthorizationFailure, "the call carries no credentials")),
        };
        let feed = begun.map_err(|error| status(&error))?;
        Ok(Response::new(Box::pin(feed.into_stream())))
    }

    type AttachStream = Pin<Box<dyn Stream<Item = Result<pb::AttachResponse, Status>> + Send>>;

    async fn attach(
        &self,
        request: Request<Streaming<pb::AttachRequest>>,
    ) -> Result<Response<Self::AttachStream>, Status> {
        let (metadata, extensions, up) = request.into_parts();
        let attached = Attached::begin(self, metadata, up).await.map_err(|error| status(&error))?;
        if let Some(stranger) = extensions.get::<Acquaintance>() {
            stranger.make();
        }
        Ok(Response::new(Box::pin(attached.into_stream())))
    }
}

impl Door {
    async fn begin_roster(&self, member: Arc<Member>, request: pb::SubscribeRequest) -> Result<Feed, Error> {
        let pb::SubscribeRequest { agents, team_ids, all, resume } = request;
        let (named, resume) = (selected(agents, MAX_AGENTS)?, selected(resume, MAX_RESUMED)?);
        let wanted = Wanted { named, teams: teams(team_ids)?, all, resume };
        if !wanted.all && wanted.named.is_empty() && wanted.teams.is_empty() {
            return Err(Error::new(Reason::InvalidInput, "a service names agents or teams, or all"));
        }
        let denied = |what| Err(Error::new(Reason::PermissionDenied, format!("{what} may not be observed")));
        if let Some(team) = wanted.teams.iter().find(|team| !member.may_observe_team(team)) {
            return denied(format!("team {team}"));
        }
        let mut roster = Roster::new(self.sessions.clone(), member, wanted);
        if let Some(agent) = roster.forbidden().await {
            return denied(format!("agent {agent}"));
        }
        Ok(Feed::of_observer(self, roster).await)
    }

    /// An agent watches nobody else.
    async fn begin_own(
        &self,
        handle: &Handle,
        token: &TokenRef,
        request: &pb::SubscribeRequest,
    ) -> Result<Feed, Error> {
        let own = |selector: &pb::AgentSelector| {
            selector.agent_id.is_empty() || selector.agent_id == handle.agent_id().as_str()
        };
        let others = request.all || !request.team_ids.is_empty() || !request.resume.is_empty();
        if others || !request.agents.iter().all(own) {
            return Err(Error::new(Reason::PermissionDenied, "an agent may subscribe to themselves only"));
        }
        let after = match request.agents.as_slice() {
            [] => After::Nothing,
            [selector] => After::read(selector.cursor.as_deref()),
            _ => return Err(Error::new(Reason::InvalidInput, "an agent is named twice")),
        };
        let mut feed = Feed::of_agent(self, token)?;
        feed.follow(handle, after, false).await?;
        Ok(feed)
    }
}

fn selected(selectors: Vec<pb::AgentSelector>, most: usize) -> Result<HashMap<AgentId, After>, Error> {
    if selectors.len() > most {
        return Err(Error::new(Reason::InvalidInput, format!("more than {most} agents are named")));
    }
    let mut selected = HashMap::with_capacity(selectors.len());
    for selector in selectors {
        let after = After::read(selector.cursor.as_deref());
        if selected.insert(AgentId::try_from(selector.agent_id)?, after).is_some() {
            return Err(Error::new(Reason::InvalidInput, "an agent is named twice"));
        }
    }
    Ok(selected)
}

fn teams(ids: Vec<String>) -> Result<HashSet<TeamId>, Error> {
    if ids.len() > MAX_TEAMS {
        return Err(Error::new(Reason::InvalidInput, format!("more than {MAX_TEAMS} teams are named")));
    }
    ids.into_iter().map(|id| TeamId::try_from(id).map_err(Error::from)).collect()
}
