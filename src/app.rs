//! The composition root: builds the components from their options, starts them in order, stops them in reverse.

pub mod capture;
pub mod cli;
pub mod demo;
pub mod migration;
pub mod record;
pub mod settings;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use settings::{BridgeSettings, SimSettings, StompSettings, WebsocketSettings};
pub use settings::{Purpose, Settings};
use tokio::time::timeout;
use tonic::service::Routes;

use crate::bridge::exchange::{self, Wire};
use crate::bridge::peer::{Context, Record};
use crate::bridge::pump::Common;
use crate::bridge::stomp::{self, door};
use crate::bridge::store::Store;
use crate::bridge::usage::Usage;
use crate::bridge::{tcp, websocket};
use crate::config::{TlsError, tls_server};
use crate::finesse::{self, BuildError, Side};
use crate::grpc::server::ServerError;
use crate::model::system::SystemStatus;
use crate::session::Manager;
use crate::shutdown::Tasks;
use crate::{grpc, session, sim, telemetry};

/// How long sessions, and then the simulator, may take to end.
const STOP_DEADLINE: Duration = Duration::from_secs(2);
/// How long the doors stay closed while Finesse has not said that it is in service.
const FIRST_STATUS: Duration = Duration::from_secs(2);

/// Why the service can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The simulator can't start.
    #[error("simulator: {0}")]
    Sim(#[from] sim::Error),
    /// The simulator is embedded and has neither an HTTP nor an HTTPS port.
    #[error("simulator: neither sim.https nor sim.http is open, the service can't reach it")]
    SimUnreachable,
    /// The adapter can't be built.
    #[error("finesse: {0}")]
    Finesse(#[from] BuildError),
    /// The typed door can't be opened.
    #[error("grpc: {0}")]
    Grpc(#[from] ServerError),
    /// The legacy door's certificate can't be used.
    #[error("bridge: {0}")]
    BridgeTls(#[from] TlsError),
    /// The legacy door can't be opened.
    #[error("bridge: can't listen on {address}: {source}")]
    Bridge {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// A running simulator.
pub struct Simulator {
    server: sim::Server,
    tasks: Tasks,
}

impl Simulator {
    /// Starts it.
    ///
    /// # Errors
    /// When its seed can't be used or a port is taken.
    pub async fn start(options: sim::Options) -> Result<Self, StartError> {
        let tasks = Tasks::new();
        let server = sim::start(options, &tasks).await?;
        Ok(Self { server, tasks })
    }

    /// What drives its world.
    pub fn control(&self) -> sim::Control {
        self.server.control()
    }

    /// The names and addresses of its ports.
    pub fn addresses(&self) -> Vec<(&'static str, String)> {
        let addresses = self.server.addresses();
        let ports = [
            ("sim_https", addresses.https),
            ("sim_http", addresses.http),
            ("sim_xmpp", addresses.xmpp),
            ("sim_xmpp_tls", addresses.xmpp_tls),
            ("sim_ws", addresses.ws),
            ("sim_wss", addresses.wss),
            ("sim_control", addresses.control),
        ];
        let second = self.server.second().map(|second| {
            [
                ("sim_second_https", second.https),
                ("sim_second_http", second.http),
                ("sim_second_xmpp", second.xmpp),
                ("sim_second_xmpp_tls", second.xmpp_tls),
                ("sim_second_ws", second.ws),
                ("sim_second_wss", second.wss),
            ]
        });
        let ports = ports.into_iter().chain(second.into_iter().flatten());
        ports.filter_map(|(name, address)| address.map(|address| (name, address.to_string()))).collect()
    }

    /// Where its control interface listens, if it does.
    pub fn control_address(&self) -> Option<SocketAddr> {
        self.server.addresses().control
    }

    /// The certificate authority of its TLS ports, PEM.
    pub fn ca_pem(&self) -> &str {
        self.server.ca_pem()
    }

    /// Ends it.
    pub async fn stop(self) {
        let left = self.tasks.drain(STOP_DEADLINE).await;
        if left > 0 {
            tracing::warn!(left, "tasks of the simulator did not end");
        }
    }

    /// Itself as the adapter finds it.
    fn side(&self) -> Result<Side, StartError> {
        let addresses = self.server.addresses();
        let (scheme, address) = match (addresses.https, addresses.http) {
            (Some(address), _) => ("https", address),
            (None, Some(address)) => ("http", address),
            (None, None) => return Err(StartError::SimUnreachable),
        };
        let notify = settings::finesse::beside(&address.ip().to_string(), scheme == "https", address.port());
        Ok(Side { rest: format!("{scheme}://{address}"), notify })
    }
}

/// The running service.
pub struct App {
    simulator: Option<Simulator>,
    sessions: Manager,
    tasks: Tasks,
    /// What writes state files.
    keepers: Tasks,
    grpc: grpc::Stop,
    grpc_address: SocketAddr,
    bridge: Tasks,
    bridge_address: Option<SocketAddr>,
}

impl App {
    /// Starts everything: the simulator where it is embedded, the adapter, sessions, and then the doors.
    ///
    /// # Errors
    /// When a part can't start; what had started has ended then.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let Settings { log: _, threads: _, shards, grpc, websocket, bridge, session, mut finesse, sim, state, stomp } =
            settings;
        finesse.pools = shards.count();
        let simulator = match sim {
            SimSettings { embedded: true, options } => Some(Simulator::start(options).await?),
            SimSettings { embedded: false, .. } => None,
        };
        let (tasks, keepers) = (Tasks::on(shards), Tasks::new());
        telemetry::metrics::start(&tasks);
        if state.is_none() && (bridge.open || stomp.open) {
            tracing::info!("no state directory: a restart forgets who uses the legacy door and from where");
        }
        let usage = Usage::open(state.as_deref(), &keepers).await;
        let bindings = Store::open(state.as_deref(), door::STATE.0, door::STATE.1).await;
        let service = Service { tasks: &tasks, keepers: &keepers, simulator: simulator.as_ref(), usage: &usage };
        match service.start(finesse, session, grpc, websocket, bridge, (stomp, bindings)).await {
            Ok((sessions, (grpc, grpc_address), (bridge, bridge_address))) => {
                Ok(Self { simulator, sessions, tasks, keepers, grpc, grpc_address, bridge, bridge_address })
            }
            Err(error) => {
                tasks.drain(STOP_DEADLINE).await;
                keepers.drain(STOP_DEADLINE).await;
                if let Some(simulator) = simulator {
                    simulator.stop().await;
                }
                Err(error)
            }
        }
    }

    /// The names and addresses of its ports.
    pub fn addresses(&self) -> Vec<(&'static str, String)> {
        let mut addresses = vec![("grpc", self.grpc_address.to_string())];
        addresses.extend(self.bridge_address.map(|address| ("bridge_tcp", address.to_string())));
        addresses.extend(self.simulator.iter().flat_map(Simulator::addresses));
        addresses
    }

    /// Where the typed door is.
    pub fn grpc_address(&self) -> SocketAddr {
        self.grpc_address
    }

    /// Where the legacy door is, if it is open.
    pub fn bridge_address(&self) -> Option<SocketAddr> {
        self.bridge_address
    }

    /// The sessions.
    pub fn sessions(&self) -> &Manager {
        &self.sessions
    }

    /// The embedded simulator.
    pub fn simulator(&self) -> Option<&Simulator> {
        self.simulator.as_ref()
    }

    /// Closes the doors, ends the sessions, then the simulator.
    pub async fn stop(self) {
        self.bridge.cancel();
        self.grpc.stop().await;
        let left = self.tasks.drain(STOP_DEADLINE).await;
        if left > 0 {
            tracing::warn!(left, "tasks did not end");
        }
        // Last, for what they keep changes until everything else has ended.
        if self.keepers.drain(STOP_DEADLINE).await > 0 {
            tracing::warn!("state was not written in time");
        }
        if let Some(simulator) = self.simulator {
            simulator.stop().await;
        }
    }
}

/// What starts once the simulator runs.
struct Service<'a> {
    tasks: &'a Tasks,
    keepers: &'a Tasks,
    simulator: Option<&'a Simulator>,
    usage: &'a Usage,
}

type Started = (Manager, (grpc::Stop, SocketAddr), (Tasks, Option<SocketAddr>));

impl Service<'_> {
    async fn start(
        &self,
        mut finesse: finesse::Options,
        session: session::Options,
        grpc: grpc::Options,
        websocket: WebsocketSettings,
        bridge: BridgeSettings,
        (broker, (known, bindings)): (StompSettings, (Option<Vec<Record>>, Store)),
    ) -> Result<Started, StartError> {
        if let Some(simulator) = self.simulator {
            finesse.sides = vec![simulator.side()?];
            finesse.tls.extra_ca_pem = Some(simulator.ca_pem().as_bytes().to_vec());
        }
        let client = finesse::Client::new(finesse)?;
        let sessions = Manager::new(session, client, self.tasks);
        // Else the clients that wait for a restarted service would hear of an outage that is none.
        let mut status = sessions.system();
        let _ = timeout(FIRST_STATUS, status.wait_for(|status| *status == SystemStatus::InService)).await;
        let legacy = self.tasks.child();
        let server = grpc::Server::bind(grpc, sessions.clone(), self.beside(websocket, &bridge, &sessions, &legacy))?;
        if broker.open {
            let (style, usage) = (bridge.options.style.clone(), self.usage.clone());
            let context = Context { manager: sessions.clone(), style, limits: broker.limits, usage };
            let known = (known.unwrap_or_default(), bindings);
            let link = stomp::start(broker.link, &legacy);
            door::serve(broker.door, Arc::new(context), link, known, self.keepers, &legacy);
        }
        let bridge_address = self.open_bridge(bridge, &sessions, &legacy)?;
        let address = server.address();
        Ok((sessions, (server.start(self.tasks).await, address), (legacy, bridge_address)))
    }

    /// The legacy doors on the typed door's port.
    fn beside(
        &self,
        websocket: WebsocketSettings,
        settings: &BridgeSettings,
        sessions: &Manager,
        tasks: &Tasks,
    ) -> grpc::Beside {
        let options = &settings.options;
        let context = Context {
            manager: sessions.clone(),
            style: options.style.clone(),
            limits: options.limits,
            usage: self.usage.clone(),
        };
        let common = Common::new(context, options.bounds(), options.max_connections, tasks);
        let wire = Wire { status: grpc::status, is_too_long: grpc::is_too_long };
        let exchange = exchange::Service::new(common.clone(), settings.exchange_encoding, wire);
        let plain = if websocket.open { websocket::router(websocket.options, common) } else { Router::new() };
        grpc::Beside { services: Routes::new(exchange.into_server()), plain }
    }

    fn open_bridge(
        &self,
        settings: BridgeSettings,
        sessions: &Manager,
        tasks: &Tasks,
    ) -> Result<Option<SocketAddr>, StartError> {
        if !settings.open {
            return Ok(None);
        }
        let mut options = settings.options;
        options.tls = settings.tls.map(|tls| tls_server(&tls, &[])).transpose()?.map(Arc::new);
        let listen = options.listen;
        let opened = tcp::serve(options, sessions.clone(), self.usage.clone(), tasks);
        opened.map(Some).map_err(|source| StartError::Bridge { address: listen, source })
    }
}
