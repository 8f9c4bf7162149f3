//! The unary path, the same for every service: request → command → session → answer → reply.

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret;
use tokio::time::{Instant, timeout_at};
use tonic::metadata::MetadataMap;
use tonic::{Extensions, Request, Response, Status};

use super::auth::Identity;
use super::convert;
use super::drain::Drain;
use super::status::status;
use crate::command::agent::Connect;
use crate::command::{self, Command};
use crate::model::event::DialogView;
use crate::model::id::{DialogId, Sequence};
use crate::model::reply::{Answer, Reply};
use crate::model::{Error, Reason};
use crate::pb;
use crate::session::{Connected, Handle, Manager};

/// Implements every service.
#[derive(Clone)]
pub struct Door {
    pub(super) sessions: Manager,
    pub(super) heartbeat: Duration,
    pub(super) drain: Drain,
    /// How long a command on a stream may take: as long as a unary call.
    pub(super) request_timeout: Duration,
}

/// A reply of a unary RPC.
pub(super) trait Respond: Sized {
    /// Makes it of the session's answer; for what belongs to no session, of what the door knows.
    ///
    /// # Errors
    /// GENERAL_ERROR when the session answered with a reply that the command has not.
    fn respond(door: &Door, outcome: Outcome) -> Result<Self, Error>;
}

/// What a command came to.
pub(super) struct Outcome {
    pub answer: Answer,
    /// For a consult, the call that it is about.
    pub held: Option<Arc<DialogView>>,
}

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Self {
        Self { answer, held: None }
    }
}

impl Door {
    /// Serves a call.
    pub(super) async fn serve<Q, R>(&self, request: Request<Q>) -> Result<Response<R>, Status>
    where
        command::Request: TryFrom<Q, Error = Error>,
        R: Respond,
    {
        let deadline = deadline(request.metadata(), request.extensions());
        let (_, mut extensions, message) = request.into_parts();
        let identity = extensions.remove().unwrap_or(Identity::Anonymous);
        let served = async {
            let outcome = self.perform(&identity, message.try_into()?, deadline).await?;
            R::respond(self, outcome)
        };
        served.await.map(Response::new).map_err(|error| status(&error))
    }

    /// Carries out a command that its caller may give.
    ///
    /// # Errors
    /// Why it was not done.
    pub(super) async fn perform(
        &self,
        identity: &Identity,
        request: command::Request,
        deadline: Option<Instant>,
    ) -> Result<Outcome, Error> {
        // Asks nobody; the reply is made of what the door knows.
        let own = Ok(Answer { as_of: Sequence(0), reply: Reply::Done }.into());
        let command::Request { command, options } = request;
        match (&command, identity) {
            (Command::Hello(_) | Command::Beat(_) | Command::GetCapabilities(_), _) => own,
            (Command::Disconnect(_), Identity::Agent { token, .. }) => {
                self.sessions.disconnect(token);
                own
            }
            (Command::ConsultCall(_), Identity::Agent { handle, .. }) => {
                let answer = handle.execute(command, options, deadline).await?;
                Ok(with_held_call(handle, answer).await)
            }
            (_, Identity::Agent { handle, .. }) => handle.execute(command, options, deadline).await.map(Outcome::from),
            _ => Err(Error::new(Reason::PermissionDenied, "the call is for agents")),
        }
    }

    /// Proves a password and opens or joins the agent's session.
    pub(super) async fn open(
        &self,
        request: Request<pb::ConnectRequest>,
    ) -> Result<Response<pb::ConnectResponse>, Status> {
        let deadline = deadline(request.metadata(), request.extensions());
        let connect = Connect::try_from(request.into_inner()).map_err(|error| status(&error))?;
        let connected = self.sessions.connect(connect);
        let connected = match deadline {
            None => connected.await,
            Some(deadline) => timeout_at(deadline, connected).await.unwrap_or_else(|_| {
                Err(Error::new(Reason::DeadlineTooShort, "the session was not open before the deadline"))
            }),
        };
        let Connected { token, handle, snapshot, .. } = connected.map_err(|error| status(&error))?;
        Ok(Response::new(pb::ConnectResponse {
            token: token.expose_secret().to_owned(),
            epoch: handle.epoch().0,
            profile: Some(convert::info(&snapshot.agent)),
            capabilities: Some(self.capabilities()),
            snapshot: Some(convert::snapshot(&snapshot)),
        }))
    }

    /// Whether Finesse can be used, as last known.
    pub(super) fn system_status(&self) -> pb::SystemStatus {
        convert::system_status(*self.sessions.system().borrow())
    }

    /// What this deployment can do, as far as Finesse has told.
    pub(super) fn capabilities(&self) -> pb::Capabilities {
        convert::capabilities(self.sessions.platform(), self.sessions.release())
    }
}

/// The answer to a consult is about the consult alone, and its reply shows the call that was held too.
async fn with_held_call(handle: &Handle, answer: Answer) -> Outcome {
    let Answer { as_of, reply: Reply::Dialog(consult) } = answer else { return answer.into() };
    // A session that has ended since has no calls to show.
    let Ok(now) = handle.snapshot().await else { return Answer { as_of, reply: Reply::Dialog(consult) }.into() };
    let find = |id: &DialogId| now.dialogs.iter().find(|view| view.dialog.id == *id).cloned();
    let held = consult.consult_of.as_ref().and_then(find);
    let consult = find(&consult.dialog.id).unwrap_or(consult);
    Outcome { answer: Answer { as_of: as_of.max(now.cursor.sequence), reply: Reply::Dialog(consult) }, held }
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
