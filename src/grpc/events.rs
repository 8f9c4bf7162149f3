//! EventService: who may subscribe to whom. The stream itself is in [`feed`](super::feed).

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::auth::{Identity, Member};
use super::door::Door;
use super::feed::{After, Feed, Roster};
use super::status::{not_implemented, status};
use crate::model::id::AgentId;
use crate::model::{Error, Reason};
use crate::pb;
use crate::pb::event_service_server::EventService;
use crate::session::{Handle, TokenRef};

/// Most agents that one request may name.
const MAX_AGENTS: usize = 1000;

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

    async fn attach(&self, _: Request<Streaming<pb::AttachRequest>>) -> Result<Response<Self::AttachStream>, Status> {
        Err(not_implemented())
    }
}

impl Door {
    async fn begin_roster(&self, member: Arc<Member>, request: pb::SubscribeRequest) -> Result<Feed, Error> {
        if !request.team_ids.is_empty() {
            return Err(Error::new(Reason::NotImplemented, "teams can't be subscribed to yet"));
        }
        if !request.all && request.agents.is_empty() {
            return Err(Error::new(Reason::InvalidInput, "a service names agents, or all"));
        }
        let named = named(request.agents)?;
        if let Some(agent) = named.keys().find(|agent| !member.may_observe(agent)) {
            return Err(Error::new(Reason::PermissionDenied, format!("agent {agent} may not be observed")));
        }
        let mut feed = Feed::new(self.heartbeat, self.drain.clone(), None);
        feed.watch(Roster::new(self.sessions.clone(), member, named, request.all)).await;
        Ok(feed)
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
        if request.all || !request.team_ids.is_empty() || !request.agents.iter().all(own) {
            return Err(Error::new(Reason::PermissionDenied, "an agent may subscribe to themselves only"));
        }
        let after = match request.agents.as_slice() {
            [] => After::Nothing,
            [selector] => After::read(selector.cursor.as_deref()),
            _ => return Err(Error::new(Reason::InvalidInput, "an agent is named twice")),
        };
        let ended = || Error::new(Reason::SessionExpired, "the token has ended, connect again");
        let token = self.sessions.hold(token).ok_or_else(ended)?;
        let mut feed = Feed::new(self.heartbeat, self.drain.clone(), Some(token));
        feed.follow(handle, after, false).await?;
        Ok(feed)
    }
}

fn named(selectors: Vec<pb::AgentSelector>) -> Result<HashMap<AgentId, After>, Error> {
    if selectors.len() > MAX_AGENTS {
        return Err(Error::new(Reason::InvalidInput, format!("more than {MAX_AGENTS} agents are named")));
    }
    let mut named = HashMap::with_capacity(selectors.len());
    for selector in selectors {
        let after = After::read(selector.cursor.as_deref());
        if named.insert(AgentId::try_from(selector.agent_id)?, after).is_some() {
            return Err(Error::new(Reason::InvalidInput, "an agent is named twice"));
        }
    }
    Ok(named)
}
