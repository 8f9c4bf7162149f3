//! The unary path, the same for every service: request → command → session → answer → reply.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use tonic::metadata::MetadataMap;
use tonic::{Extensions, Request, Status};

use super::auth::Identity;
use super::convert;
use super::drain::Drain;
use super::status::status;
use crate::command;
use crate::command::agent::Connect;
use crate::model::reply::{Answer, Reply};
use crate::model::{Error, Reason};
use crate::pb;
use crate::session::{Connected, Handle, Manager, TokenRef};

/// Implements every service; one file of this module for each.
#[derive(Clone)]
pub struct Door {
    pub(super) sessions: Manager,
    pub(super) heartbeat: Duration,
    pub(super) drain: Drain,
}

impl Door {
    /// Runs a command of the calling agent.
    pub(super) async fn run<Q>(&self, request: Request<Q>) -> Result<Answer, Status>
    where
        command::Request: TryFrom<Q, Error = Error>,
    {
        let deadline = deadline(request.metadata(), request.extensions());
        let (_, extensions, message) = request.into_parts();
        let (handle, _) = caller(&extensions).map_err(|error| status(&error))?;
        let command::Request { command, options } = message.try_into().map_err(|error| status(&error))?;
        handle.execute(command, options, deadline).await.map_err(|error| status(&error))
    }

    /// Proves a password and opens or joins the agent's session.
    pub(super) async fn open(&self, request: Request<pb::ConnectRequest>) -> Result<Connected, Status> {
        let deadline = deadline(request.metadata(), request.extensions());
        let connect = Connect::try_from(request.into_inner()).map_err(|error| status(&error))?;
        let connected = self.sessions.connect(connect);
        let connected = match deadline {
            None => connected.await,
            Some(deadline) => timeout_at(deadline, connected).await.unwrap_or_else(|_| {
                Err(Error::new(Reason::DeadlineTooShort, "the session was not open before the deadline"))
            }),
        };
        connected.map_err(|error| status(&error))
    }

    /// Runs a command that is answered with the agent.
    pub(super) async fn agent<Q>(&self, request: Request<Q>) -> Result<(Option<pb::AgentStatus>, u64), Status>
    where
        command::Request: TryFrom<Q, Error = Error>,
    {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        match reply {
            Reply::Agent { agent, version, .. } => Ok((Some(convert::status(&agent, version)), as_of.0)),
            Reply::Accepted | Reply::Done => Ok((None, as_of.0)),
            other => Err(unexpected(&other)),
        }
    }

    /// Runs a command that is answered with a call.
    pub(super) async fn dialog<Q>(&self, request: Request<Q>) -> Result<(Option<pb::Dialog>, u64), Status>
    where
        command::Request: TryFrom<Q, Error = Error>,
    {
        let Answer { as_of, reply, .. } = self.run(request).await?;
        match reply {
            Reply::Dialog(view) | Reply::DialogEnded(view) => Ok((Some(convert::dialog(&view)), as_of.0)),
            Reply::Accepted | Reply::Done => Ok((None, as_of.0)),
            other => Err(unexpected(&other)),
        }
    }
}

/// The agent that calls.
pub(super) fn caller(extensions: &Extensions) -> Result<(&Handle, &TokenRef), Error> {
    match extensions.get::<Identity>() {
        Some(Identity::Agent { handle, token }) => Ok((handle, token)),
        _ => Err(Error::new(Reason::PermissionDenied, "the call is for agents")),
    }
}

/// A reply of a kind that the command has not.
pub(super) fn unexpected(reply: &Reply) -> Status {
    // The content may be personal, its kind is not.
    tracing::error!(kind = ?std::mem::discriminant(reply), "a command was answered with another command's reply");
    status(&Error::new(Reason::GeneralError, "the session gave an unexpected reply"))
}

/// By when a request is answered whatever its caller allows, in the extensions of each.
#[derive(Clone, Copy, Debug)]
pub struct Limit(pub Instant);

/// What is kept free of a caller's time, so that the answer arrives before the caller gives up: a twentieth, at most
/// this. It travels as long as the request did.
const MOST_TRAVEL: Duration = Duration::from_millis(500);

/// By when the answer must leave: before the caller gives up, and before the service does.
fn deadline(metadata: &MetadataMap, extensions: &Extensions) -> Option<Instant> {
    let caller = timeout(metadata).and_then(|timeout| {
        let travel = (timeout / 20).min(MOST_TRAVEL);
        Instant::now().checked_add(timeout.saturating_sub(travel))
    });
    let limit = extensions.get::<Limit>().map(|limit| limit.0);
    [caller, limit].into_iter().flatten().min()
}

/// How long the caller waits, from gRPC's `grpc-timeout`: up to eight digits and a unit.
fn timeout(metadata: &MetadataMap) -> Option<Duration> {
    let text = metadata.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: u64 = digits.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(count * 3600),
        "M" => Duration::from_secs(count * 60),
        "S" => Duration::from_secs(count),
        "m" => Duration::from_millis(count),
        "u" => Duration::from_micros(count),
        "n" => Duration::from_nanos(count),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_timeout_is_read_as_grpc_writes_it() {
        let read = |text: &'static str| {
            let mut metadata = MetadataMap::new();
            metadata.insert("grpc-timeout", text.parse().unwrap());
            timeout(&metadata)
        };
        assert_eq!(read("1S"), Some(Duration::from_secs(1)));
        assert_eq!(read("250m"), Some(Duration::from_millis(250)));
        assert_eq!(read("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        for bad in ["", "S", "1", "1X", "-1S", "+1S", "123456789S", "1.5S"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_answer_leaves_before_the_caller_or_the_service_gives_up() {
        let read = |text: &'static str, limit: u64| {
            let (mut metadata, mut extensions) = (MetadataMap::new(), Extensions::new());
            metadata.insert("grpc-timeout", text.parse().unwrap());
            extensions.insert(Limit(Instant::now() + Duration::from_secs(limit)));
            deadline(&metadata, &extensions).map(|deadline| deadline - Instant::now())
        };
        assert_eq!(read("2S", 90), Some(Duration::from_millis(1900)));
        assert_eq!(read("60S", 90), Some(Duration::from_millis(59_500)));
        assert_eq!(read("100S", 90), Some(Duration::from_secs(90)));
        assert_eq!(read("none", 90), Some(Duration::from_secs(90)));
    }
}
