//! The service between a simulator and its brokers: it can stop and start again while they go on.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use generic_connector::bridge::peer::{Context, Limits, Naming};
use generic_connector::bridge::say::Encoding;
use generic_connector::bridge::stomp::{self, destination, door};
use generic_connector::bridge::store::Store;
use generic_connector::bridge::style::Style;
use generic_connector::bridge::usage::Usage;
use generic_connector::session::{self, Manager};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, Flavour};
use generic_connector::{finesse, grpc};
use tempfile::TempDir;
use tonic::transport::{Channel, Endpoint};

use super::Broker;
use crate::support::{finesse_options, session_options, start_sim, within};

/// A site, on UCCE.
pub struct Site {
    pub sim: sim::Server,
    /// How the service uses its brokers, from its next start on.
    pub link: stomp::Options,
    /// What the service makes of desktops, from its next start on.
    pub limits: Limits,
    sessions: session::Options,
    sim_tasks: Tasks,
    /// Where the service keeps what outlives it.
    state: TempDir,
    service: Option<Service>,
}

/// One life of the service.
struct Service {
    tasks: Tasks,
    /// What writes the state file, which goes on until the rest has stopped.
    keepers: Tasks,
    grpc: SocketAddr,
}

/// The link's options with short times.
pub fn link(brokers: &[&Broker]) -> stomp::Options {
    let address = |broker: &&Broker| format!("stomp://{}", broker.stomp()).parse().unwrap();
    stomp::Options {
        heartbeat: Duration::from_secs(1),
        reconnect: (Duration::from_millis(50), Duration::from_millis(200)),
        return_after: Duration::from_millis(200),
        resume_delay: Duration::from_millis(100),
        redelivery_wait: Duration::from_millis(500),
        ..stomp::Options::new(brokers.iter().map(address).collect())
    }
}

impl Site {
    /// A site with brokers in their order. Destinations whose names begin with `text.` are written to in the text encoding.
    pub async fn start(brokers: &[&Broker]) -> Self {
        Self::with(link(brokers)).await
    }

    pub async fn with(link: stomp::Options) -> Self {
        Self::with_sessions(link, session_options()).await
    }

    pub async fn with_sessions(link: stomp::Options, sessions: session::Options) -> Self {
        let sim_tasks = Tasks::new();
        let sim = start_sim(Flavour::Ucce, &sim_tasks).await;
        let limits = Limits::default();
        let mut site =
            Self { sim, link, limits, sessions, sim_tasks, state: tempfile::tempdir().unwrap(), service: None };
        site.start_service().await;
        site
    }

    pub async fn start_service(&mut self) {
        let (tasks, keepers) = (Tasks::new(), Tasks::new());
        let client = finesse::Client::new(finesse_options(&self.sim)).unwrap();
        let manager = Manager::new(self.sessions.clone(), client, &tasks);
        let options = grpc::Options { listen: ([127, 0, 0, 1], 0).into(), ..grpc::Options::default() };
        let server = grpc::Server::bind(options, manager.clone(), grpc::Beside::default()).unwrap();
        let grpc = server.address();
        // Dropping the way to stop it gracefully leaves it to end with the tasks.
        let _ = server.start(&tasks).await;
        let mut status = manager.system();
        self.open_door(manager, &keepers, &tasks).await;
        within("finesse in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
        self.service = Some(Service { tasks, keepers, grpc });
    }

    async fn open_door(&self, manager: Manager, keepers: &Tasks, tasks: &Tasks) {
        let style = Style { time_zone: jiff::tz::TimeZone::UTC, ..Style::default() };
        let context = Context { manager, style, limits: self.limits, usage: Usage::default() };
        let naming = Naming {
            allowed: destination::is_plain,
            encoding: Encoding::Json,
            other: vec!["text.*".to_owned()],
            max_known: 100,
        };
        let options = door::Options { naming, max_command_age: Duration::from_secs(30) };
        let (known, store) = Store::open(Some(self.state.path()), door::STATE.0, door::STATE.1).await;
        let link = stomp::start(self.link.clone(), tasks);
        door::serve(options, Arc::new(context), link, (known.unwrap_or_default(), store), keepers, tasks);
    }

    pub async fn stop_service(&mut self) {
        let Service { tasks, keepers, .. } = self.service.take().unwrap();
        assert_eq!(tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
        assert_eq!(keepers.drain(Duration::from_secs(5)).await, 0, "the state file is not written");
    }

    /// A gRPC client.
    pub fn channel(&self) -> Channel {
        let address = self.service.as_ref().unwrap().grpc;
        Endpoint::try_from(format!("http://{address}")).unwrap().connect_lazy()
    }

    /// How many requests of a kind Finesse got from an agent.
    pub fn requests(&self, agent: &str, action: &str) -> u64 {
        self.sim.control().requests(agent, action)
    }

    pub async fn stop(mut self) {
        self.stop_service().await;
        assert_eq!(self.sim_tasks.drain(Duration::from_secs(5)).await, 0, "tasks left over");
    }
}
