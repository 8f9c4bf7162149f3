//! Who calls, and whether they may: one gate before every RPC, by the access table of the catalogue.
//!
//! An agent shows the token of Connect (`authorization: Bearer …`). A service or an administrator shows an API key
//! (`x-api-key: …`, or as bearer) or a client certificate. Keys are configured as SHA-256 hashes.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{self, State};
use axum::middleware::Next;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, Request, Response};
use hyper::body::Body as HttpBody;
use tokio::time::{Instant, timeout_at};
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::StdError;

use super::Options;
use super::door::Limit;
use super::server::Peer;
use super::status::{status, unknown_rpc};
use super::stranger::{Acquaintance, bounded, needed};
use super::web;
use crate::command::catalogue::{Access, RPCS, Rpc};
use crate::model::id::{AgentId, TeamId};
use crate::model::{Error, Reason};
use crate::session::{Handle, Manager, TokenRef};

/// Paths that need no identity beside those that the catalogue calls public.
const PUBLIC_SERVICES: &[&str] =
    &["/grpc.health.v1.Health/", "/grpc.reflection.v1.ServerReflection/", "/grpc.reflection.v1alpha.ServerReflection/"];

/// The legacy door's stream.
const EXCHANGE: &str = "/gc.v1.BridgeService/Exchange";

/// The header of an API key.
const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// How long before a request is given up its answer must be there.
const ANSWER: Duration = Duration::from_millis(100);

/// Who calls. In the extensions of each request that passed.
#[derive(Clone, Debug)]
pub enum Identity {
    /// Nobody in particular; public RPCs only.
    Anonymous,
    /// An agent, by token.
    Agent {
        /// The agent's session.
        handle: Handle,
        /// The token.
        token: TokenRef,
    },
    /// A service or an administrator, as configured.
    Member(Arc<Member>),
}

/// A service or an administrator, as the configuration describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name in logs.
    pub name: String,
    /// What it shows.
    pub credential: Credential,
    /// What it may do.
    pub role: Role,
}

/// What a service or an administrator shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// An API key with this SHA-256 hash.
    ApiKey([u8; 32]),
    /// A client certificate with this common name.
    Subject(String),
}

/// What a service or an administrator may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Watch agents, command none.
    Service {
        /// Whom.
        observe: Observe,
    },
    /// Administer this service, and watch every agent.
    Admin,
}

/// Whom a service may watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observe {
    /// Every agent.
    Everyone,
    /// These.
    Agents(Vec<AgentId>),
    /// The agents of these teams.
    Teams(Vec<TeamId>),
}

impl Member {
    /// Whether it may watch an agent of a team.
    pub fn may_observe(&self, agent: &AgentId, team: Option<&TeamId>) -> bool {
        match &self.role {
            Role::Admin | Role::Service { observe: Observe::Everyone } => true,
            Role::Service { observe: Observe::Agents(agents) } => agents.contains(agent),
            Role::Service { observe: Observe::Teams(teams) } => team.is_some_and(|team| teams.contains(team)),
        }
    }

    /// Whether it may watch whoever is in a team.
    pub fn may_observe_team(&self, team: &TeamId) -> bool {
        match &self.role {
            Role::Admin | Role::Service { observe: Observe::Everyone } => true,
            Role::Service { observe: Observe::Agents(_) } => false,
            Role::Service { observe: Observe::Teams(teams) } => teams.contains(team),
        }
    }

    /// Whether an agent's team decides.
    pub fn goes_by_team(&self) -> bool {
        matches!(self.role, Role::Service { observe: Observe::Teams(_) })
    }
}

/// Who may call what, and for how long.
pub struct Gate {
    sessions: Manager,
    members: Vec<Arc<Member>>,
    rpcs: HashMap<&'static str, &'static Rpc>,
    request_timeout: Duration,
    /// How long a caller without credentials may take for a message.
    stranger_timeout: Duration,
}

impl Gate {
    /// A gate for the agents of `sessions` and the configured members.
    pub fn new(sessions: Manager, options: &Options) -> Self {
        let rpcs = RPCS.iter().map(|rpc| (rpc.path, rpc)).collect();
        Self {
            sessions,
            members: options.members.iter().cloned().map(Arc::new).collect(),
            rpcs,
            request_timeout: options.request_timeout,
            stranger_timeout: options.handshake_timeout,
        }
    }

    /// Lets a request in, with its identity in the extensions, and says by when it is answered; or refuses it.
    ///
    /// # Errors
    /// What refuses it.
    pub fn enter<B>(
        &self,
        rpc: Option<&Rpc>,
        peer: Option<&Peer>,
        mut request: Request<B>,
    ) -> Result<(Request<Body>, Instant), Status>
    where
        B: HttpBody<Data = Bytes, Error: Into<StdError>> + Send + 'static,
    {
        let path = request.uri().path();
        let identity = self.admit(rpc, path, request.headers(), peer).inspect_err(|refusal| {
            let address = peer.map(|peer| tracing::field::display(peer.address));
            tracing::debug!(peer = address, path, code = ?refusal.code(), why = refusal.message(), "call refused");
        })?;
        let limit = Instant::now() + self.request_timeout;
        // Of what is beside the catalogue the messages are short, and a tool may send many; on a stream of the legacy
        // door they have that door's bounds.
        let stranger = matches!(identity, Identity::Anonymous) && rpc.is_some_and(|rpc| rpc.path != EXCHANGE);
        let known = stranger.then(Acquaintance::default);
        let extensions = request.extensions_mut();
        extensions.insert(identity);
        // A command that was read in time has its answer before that, and nothing is done for it afterwards.
        extensions.insert(Limit(limit.checked_sub(ANSWER).unwrap_or(limit)));
        let Some(known) = known else { return Ok((request.map(Body::new), limit)) };
        extensions.insert(known.clone());
        *request.headers_mut() = needed(request.headers());
        let by = Instant::now() + self.stranger_timeout;
        Ok((request.map(|body| Body::new(bounded(body, known, by))), limit))
    }

    fn admit(
        &self,
        rpc: Option<&Rpc>,
        path: &str,
        headers: &HeaderMap,
        peer: Option<&Peer>,
    ) -> Result<Identity, Status> {
        let Some(rpc) = rpc else {
            let public = PUBLIC_SERVICES.iter().any(|service| path.starts_with(service));
            return if public { Ok(Identity::Anonymous) } else { Err(unknown_rpc()) };
        };
        let identity = match rpc.access {
            Access::Public => Ok(Identity::Anonymous),
            _ => self.identify(headers, peer),
        };
        let permitted = identity.and_then(|identity| permit(rpc.access, &identity).map(|()| identity));
        permitted.map_err(|error| status(&error))
    }

    fn identify(&self, headers: &HeaderMap, peer: Option<&Peer>) -> Result<Identity, Error> {
        if let Some(key) = text(headers, &API_KEY) {
            let member = self.by_key(&TokenRef::of(key)).ok_or_else(|| refused("the API key is not known"))?;
            return Ok(Identity::Member(member));
        }
        if let Some(bearer) = bearer(headers) {
            let token = TokenRef::of(bearer);
            if let Some(member) = self.by_key(&token) {
                return Ok(Identity::Member(member));
            }
            let handle = self.sessions.authenticate(&token)?;
            return Ok(Identity::Agent { handle, token });
        }
        let subject = peer.and_then(|peer| peer.subject.as_deref());
        subject
            .and_then(|subject| self.members.iter().find(|m| m.credential == Credential::Subject(subject.to_owned())))
            .map(|member| Identity::Member(member.clone()))
            .ok_or_else(|| refused("the call carries no credentials"))
    }

    /// Compares with every key, each in constant time, so that the time tells nothing.
    fn by_key(&self, shown: &TokenRef) -> Option<Arc<Member>> {
        let mut found = None;
        for member in &self.members {
            if let Credential::ApiKey(hash) = &member.credential
                && shown.is(hash)
            {
                found = Some(member.clone());
            }
        }
        found
    }
}

/// Before every RPC that comes by the router.
pub async fn layer(State(gate): State<Arc<Gate>>, request: extract::Request, next: Next) -> axum::response::Response {
    if !web::is_grpc(request.headers()) {
        return web::no_grpc();
    }
    let rpc = gate.rpcs.get(request.uri().path()).copied();
    let peer = request.extensions().get::<Arc<Peer>>().cloned();
    match gate.enter(rpc, peer.as_deref(), request) {
        Ok((request, limit)) => within(limit, next.run(request.map(axum::body::Body::new))).await,
        Err(refusal) => refusal.into_http(),
    }
}

/// Ends a request whose body never comes; a stream has answered by then.
pub async fn within<B: Default>(limit: Instant, answer: impl Future<Output = Response<B>>) -> Response<B> {
    match timeout_at(limit, answer).await {
        Ok(response) => response,
        Err(_) => status(&Error::new(Reason::CommandExpired, "the request took too long")).into_http(),
    }
}

/// Whether an RPC is for a caller, whichever way it is called.
///
/// # Errors
/// AUTHORIZATION_FAILURE, PERMISSION_DENIED.
pub(super) fn permit(access: Access, identity: &Identity) -> Result<(), Error> {
    let denied = |why| Err(Error::new(Reason::PermissionDenied, why));
    match (access, identity) {
        (Access::Public, _) => Ok(()),
        // Whether a session's agent is a supervisor is the session's to know.
        (Access::Agent | Access::Supervisor | Access::Service, Identity::Agent { .. }) => Ok(()),
        (Access::Service, Identity::Member(_)) => Ok(()),
        (Access::Admin, Identity::Member(member)) if member.role == Role::Admin => Ok(()),
        (Access::Agent | Access::Supervisor, Identity::Member(_)) => denied("a service gives no commands"),
        (Access::Admin, _) => denied("the call is for administrators"),
        (_, Identity::Anonymous) => Err(refused("the call carries no credentials")),
    }
}

pub(super) fn refused(why: &'static str) -> Error {
    Error::new(Reason::AuthorizationFailure, why)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// What `authorization: Bearer …` holds.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, &AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(role: Role) -> Identity {
        Identity::Member(Arc::new(Member {
            name: "wallboard".into(),
            credential: Credential::Subject("wallboard".into()),
            role,
        }))
    }

    #[test]
    fn a_service_watches_and_an_administrator_administers() {
        let service = member(Role::Service { observe: Observe::Agents(vec!["1001".parse().unwrap()]) });
        let admin = member(Role::Admin);
        assert!(permit(Access::Service, &service).is_ok());
        assert_eq!(permit(Access::Agent, &service).unwrap_err().reason, Reason::PermissionDenied);
        assert_eq!(permit(Access::Admin, &service).unwrap_err().reason, Reason::PermissionDenied);
        assert!(permit(Access::Admin, &admin).is_ok());
        assert_eq!(permit(Access::Agent, &admin).unwrap_err().reason, Reason::PermissionDenied);
        assert_eq!(permit(Access::Service, &Identity::Anonymous).unwrap_err().reason, Reason::AuthorizationFailure);
        let Identity::Member(service) = service else { panic!("no member") };
        assert!(service.may_observe(&"1001".parse().unwrap(), None));
        assert!(!service.may_observe(&"1002".parse().unwrap(), None));
        assert!(!service.may_observe_team(&"1".parse().unwrap()));
    }

    #[test]
    fn who_watches_a_team_watches_who_is_in_it() {
        let Identity::Member(service) = member(Role::Service { observe: Observe::Teams(vec!["1".parse().unwrap()]) })
        else {
            panic!("no member")
        };
        let (agent, own, other) = ("1001".parse().unwrap(), "1".parse().unwrap(), "2".parse().unwrap());
        assert!(service.may_observe(&agent, Some(&own)) && service.may_observe_team(&own));
        assert!(!service.may_observe(&agent, Some(&other)) && !service.may_observe_team(&other));
        assert!(!service.may_observe(&agent, None));
    }

    #[test]
    fn the_scheme_of_a_bearer_is_read_in_any_case() {
        for (value, token) in [("bearer abc", Some("abc")), ("Basic abc", None), ("abc", None)] {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, value.parse().unwrap())]);
            assert_eq!(bearer(&headers), token);
        }
    }
}
