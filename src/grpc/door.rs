//! The unary path, the same for every service: request → command → session → answer → reply.

use std::time::Duration;

use tokio::time::Instant;
use tonic::metadata::MetadataMap;
use tonic::{Extensions, Request, Status};

use super::auth::Identity;
use super::convert;
use super::drain::Drain;
use super::status::status;
use crate::command;
use crate::model::reply::{Answer, Reply};
use crate::model::{Error, Reason};
use crate::pb;
use crate::session::{Handle, Manager, TokenRef};

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
        let deadline = deadline(request.metadata());
        let (_, extensions, message) = request.into_parts();
        let (handle, _) = caller(&extensions).map_err(|error| status(&error))?;
        let command::Request { command, options } = message.try_into().map_err(|error| status(&error))?;
        handle.execute(command, options, deadline).await.map_err(|error| status(&error))
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

/// By when the caller must have the answer, from gRPC's `grpc-timeout`: up to eight digits and a unit.
fn deadline(metadata: &MetadataMap) -> Option<Instant> {
    let text = metadata.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: u64 = digits.parse().ok()?;
    let timeout = match unit {
        "H" => Duration::from_secs(count * 3600),
        "M" => Duration::from_secs(count * 60),
        "S" => Duration::from_secs(count),
        "m" => Duration::from_millis(count),
        "u" => Duration::from_micros(count),
        "n" => Duration::from_nanos(count),
        _ => return None,
    };
    Instant::now().checked_add(timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_timeout_is_read_as_grpc_writes_it() {
        let read = |text: &'static str| {
            let mut metadata = MetadataMap::new();
            metadata.insert("grpc-timeout", text.parse().unwrap());
            deadline(&metadata).map(|deadline| deadline - Instant::now())
        };
        assert_eq!(read("1S"), Some(Duration::from_secs(1)));
        assert_eq!(read("250m"), Some(Duration::from_millis(250)));
        assert_eq!(read("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        for bad in ["", "S", "1", "1X", "-1S", "+1S", "123456789S", "1.5S"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
