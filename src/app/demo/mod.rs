//! `generic-connector demo`: an agent's day, told in the terminal, with each typed event and its legacy line together.
//!
//! The story uses nothing but the public doors: a gRPC client with an event stream and legacy clients over TCP, all on
//! one session, against the embedded simulator. The customer is played through the simulator's control interface.

mod desks;
mod legacy;
mod pairs;
mod story;
mod together;
mod typed;

use std::net::SocketAddr;
use std::time::Duration;

use super::{App, Settings, Simulator, StartError};
use crate::model::system::SystemStatus;
use crate::sim::{Control, Flavour};

/// The longest any step of the story may take.
const LIMIT: Duration = Duration::from_secs(15);

/// What the story is told with.
struct Stage {
    grpc: SocketAddr,
    bridge: SocketAddr,
    /// The simulator's control interface: the customer.
    control: Control,
    flavour: Flavour,
}

/// Why the story stopped.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The service can't start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A door that the story needs is closed by the configuration.
    #[error("the demo needs {0}")]
    Closed(&'static str),
    /// A door could not be reached, or closed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// gRPC could not connect.
    #[error("grpc: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// The service refused a command of the story.
    #[error("{0}")]
    Refused(Box<tonic::Status>),
    /// Something that should have happened did not.
    #[error("{0} did not happen within {LIMIT:?}")]
    Missing(String),
    /// The simulator refused what the customer does.
    #[error("simulator: {0}")]
    Simulator(#[from] crate::sim::control::Refused),
}

type Error = DemoError;

impl From<tonic::Status> for DemoError {
    fn from(status: tonic::Status) -> Self {
        Self::Refused(Box::new(status))
    }
}

/// Runs the service with the embedded simulator through an agent's day. Returns the running service, unless `once`.
///
/// # Errors
/// When the service can't start, or the day does not go as the story has it.
pub async fn run(settings: Settings, once: bool) -> Result<Option<App>, DemoError> {
    let flavour = settings.sim.options.flavour;
    let app = App::start(settings).await?;
    match day(&app, flavour).await {
        Ok(()) if !once => {
            println!("{}", try_next(&app));
            Ok(Some(app))
        }
        outcome => {
            app.stop().await;
            outcome.map(|()| None)
        }
    }
}

async fn day(app: &App, flavour: Flavour) -> Result<(), DemoError> {
    let stage = Stage {
        grpc: app.grpc_address(),
        bridge: app.bridge_address().ok_or(DemoError::Closed("the legacy door (bridge.open)"))?,
        control: app.simulator().ok_or(DemoError::Closed("the embedded simulator (--sim)"))?.control(),
        flavour,
    };
    let mut status = app.sessions().system();
    let in_service = async {
        let seen = status.wait_for(|status| *status == SystemStatus::InService).await.map(|_| ());
        seen.map_err(|_| Error::Missing("finesse in service".to_owned()))
    };
    within("finesse in service", in_service).await?;
    story::tell(&stage).await
}

/// What the audience may do now, as lines that work when pasted.
fn try_next(app: &App) -> String {
    let (grpc, control) = (app.grpc_address(), app.simulator().and_then(Simulator::control_address));
    let (host, port) = app.bridge_address().map(|at| (at.ip().to_string(), at.port())).unwrap_or_default();
    let mut text = format!(
        r#"
The service stays up; Ctrl-C ends it. Try, in other terminals:

a legacy desktop (type on, for example GetState#1003, AnswerCall#1003#<dialogId>, Logout#1003):
  (printf 'Connect#1003#me,demo\nLogin#1003#demo,2003\nMakeReady#1003\n'; cat) | nc {host} {port}
"#
    );
    if let Some(control) = control {
        text += &format!(
            r#"
a customer, who calls the queue in which 1003 is ready:
  curl -sS -X POST http://{control}/calls -H 'content-type: application/json' \
    -d '{{"from":"5559876","to":"10"}}'
"#
        );
    }
    text + &format!(
        r#"
a typed client that watches 1003 (grpcurl works alike: grpcurl -plaintext {grpc} list):
  rpc() {{ npx --yes @bufbuild/buf curl --protocol grpc --http2-prior-knowledge "$@"; }}
  TOKEN=$(rpc -d '{{"agent_id":"1003","password":"demo"}}' http://{grpc}/gc.v1.AgentService/Connect |
    sed -n 's/.*"token": "\(.*\)".*/\1/p')
  rpc -H "authorization: Bearer $TOKEN" -d '{{}}' http://{grpc}/gc.v1.EventService/Subscribe
"#
    )
}

/// Waits for a step of the story.
async fn within<T>(what: &str, step: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    tokio::time::timeout(LIMIT, step).await.unwrap_or_else(|_| Err(Error::Missing(what.to_owned())))
}

/// Shows what a typed desktop does.
fn told(call: &str) {
    println!("  grpc >  {call}");
}

fn scene(text: &str) {
    println!("\n{text}");
}
