//! Listeners, TLS and the accept loops; starts the simulator.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use axum::routing::any;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::control::Control;
use super::engine::Engine;
use super::options::{Addresses, ClockMode, Options};
use super::rest::Sever;
use super::side::{Side, while_up};
use super::xmpp::bosh::http::Binding;
use super::{Error, control, rest, xmpp};
use crate::shutdown::Tasks;

/// A byte stream of whatever transport.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A running simulator. It ends with the tasks it was started in.
#[derive(Debug)]
pub struct Server {
    addresses: Addresses,
    second: Option<Addresses>,
    ca_pem: String,
    engine: Arc<Engine>,
}

impl Server {
    /// Where it listens: the first node, and the control API.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Where the second node listens, if there is one.
    pub fn second(&self) -> Option<&Addresses> {
        self.second.as_ref()
    }

    /// The certificate that its TLS ports show, to be trusted by clients; made at start, valid for the domains,
    /// `localhost` and `127.0.0.1`.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// What tests and demos do to the world.
    pub fn control(&self) -> Control {
        Control::new(self.engine.clone())
    }
}

/// What is served on a port.
#[derive(Clone)]
enum Service {
    Http(Router),
    Xmpp { starttls: Option<TlsAcceptor> },
}

/// Starts the simulator in `tasks`.
///
/// # Errors
/// [`Error`] when the seed is not usable, a port is taken, or the certificate can't be made.
pub async fn start(options: Options, tasks: &Tasks) -> Result<Server, Error> {
    options.seed.check()?;
    if let Some(address) = options.control.filter(|address| !address.ip().is_loopback()) {
        let source =
            io::Error::new(io::ErrorKind::InvalidInput, "the control api has no authentication: loopback only");
        return Err(Error::Listen { address, source });
    }
    let (ca_pem, tls) = certificate(&options)?;
    let engine = Engine::new(options);
    let options = &engine.options;
    let starter = Starter {
        engine: engine.clone(),
        tasks: tasks.clone(),
        tls,
        limit: Arc::new(Semaphore::new(options.max_connections)),
    };
    let mut addresses = starter.node(Side::A, |at| at).await?;
    let second = match options.second.as_ref().map(|second| second.host) {
        Some(host) => Some(starter.node(Side::B, |at| SocketAddr::new(host, at.port())).await?),
        None => None,
    };
    let control = control::http::router(Control::new(engine.clone()));
    addresses.control = starter.listen(options.control, None, false, Service::Http(control)).await?;
    engine.with(|inner, _| inner.world.set_ports([&addresses].into_iter().chain(&second).map(ports).collect()));
    if options.clock == ClockMode::Automatic {
        tasks.spawn_abortable(0, engine.clone().run_timers());
    }
    tracing::info!(flavour = %options.flavour, ?addresses, ?second, "finesse simulator listens");
    Ok(Server { addresses, second, ca_pem, engine })
}

/// A node's ports as SystemInfo tells them.
fn ports(addresses: &Addresses) -> String {
    let port = |name: &str, address: Option<SocketAddr>| {
        address.map(|address| format!("<{name}>{}</{name}>", address.port())).unwrap_or_default()
    };
    [port("httpsPort", addresses.https), port("xmppPort", addresses.xmpp), port("xmppSecurePort", addresses.xmpp_tls)]
        .concat()
}

struct Starter {
    engine: Arc<Engine>,
    tasks: Tasks,
    tls: TlsAcceptor,
    limit: Arc<Semaphore>,
}

impl Starter {
    /// Starts a node: the first one's ports, at its own host.
    async fn node(&self, side: Side, place: impl Fn(SocketAddr) -> SocketAddr) -> Result<Addresses, Error> {
        let (engine, tasks, options) = (&self.engine, &self.tasks, &self.engine.options);
        let websocket = Router::new()
            .route("/ws", any(xmpp::websocket::upgrade))
            .route("/ws/", any(xmpp::websocket::upgrade))
            .with_state((engine.clone(), side, tasks.clone()));
        let bosh = Router::new()
            .route("/http-bind", any(xmpp::bosh::http::serve))
            .route("/http-bind/", any(xmpp::bosh::http::serve))
            .with_state(Binding::new(engine.clone(), side, tasks.clone()));
        let rest = Router::new().fallback(rest::serve).with_state((engine.clone(), side));
        let rest = Service::Http(websocket.clone().merge(rest));
        let notify = Service::Http(websocket.merge(bosh));
        let starttls = Service::Xmpp { starttls: Some(self.tls.clone()) };
        let direct = Service::Xmpp { starttls: None };
        let listen = async |at: Option<SocketAddr>, secure, service| {
            self.listen(at.map(&place), Some(side), secure, service).await
        };
        Ok(Addresses {
            http: listen(options.http, false, rest.clone()).await?,
            https: listen(options.https, true, rest).await?,
            xmpp: listen(options.xmpp, false, starttls).await?,
            xmpp_tls: listen(options.xmpp_tls, true, direct).await?,
            ws: listen(options.ws, false, notify.clone()).await?,
            wss: listen(options.wss, true, notify).await?,
            control: None,
        })
    }

    /// Listens for a node, or for the control API, which belongs to none.
    async fn listen(
        &self,
        at: Option<SocketAddr>,
        side: Option<Side>,
        secure: bool,
        service: Service,
    ) -> Result<Option<SocketAddr>, Error> {
        let Some(address) = at else { return Ok(None) };
        let listener = TcpListener::bind(address).await.map_err(|source| Error::Listen { address, source })?;
        let bound = listener.local_addr().map_err(|source| Error::Listen { address, source })?;
        let door = Door { side, tls: secure.then(|| self.tls.clone()), service, engine: self.engine.clone() };
        let (tasks, limit) = (self.tasks.clone(), self.limit.clone());
        self.tasks.spawn_abortable(u64::from(bound.port()), accept(listener, Arc::new(door), tasks, limit));
        Ok(Some(bound))
    }
}

/// What is behind a port.
struct Door {
    side: Option<Side>,
    tls: Option<TlsAcceptor>,
    service: Service,
    engine: Arc<Engine>,
}

async fn accept(listener: TcpListener, door: Arc<Door>, tasks: Tasks, limit: Arc<Semaphore>) {
    let mut connections = 0;
    loop {
        let (socket, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of descriptors, mostly: give others time to close theirs.
                tracing::warn!(%error, "simulator can't accept");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(permit) = limit.clone().try_acquire_owned() else {
            tracing::warn!(%peer, "simulator is full");
            continue;
        };
        connections += 1;
        let door = door.clone();
        // Boxed, or whatever runs it would have room for it twice.
        let work = Box::pin(connection(socket, door.clone(), permit));
        tasks.spawn_abortable(connections, async move {
            let ended = match door.side.map(|side| door.engine.reach(side)) {
                Some(reach) => while_up(reach, work).await,
                None => Some(work.await),
            };
            if let Some(Err(error)) = ended {
                tracing::debug!(%peer, %error, "simulator connection ended");
            }
        });
    }
}

async fn connection(socket: TcpStream, door: Arc<Door>, permit: OwnedSemaphorePermit) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let timers = &door.engine.options.timers;
    let stream: Box<dyn Stream> = match &door.tls {
        Some(tls) => {
            let handshaken = tokio::time::timeout(timers.handshake, tls.accept(socket)).await;
            Box::new(handshaken.map_err(|_| io::ErrorKind::TimedOut)??)
        }
        None => Box::new(socket),
    };
    // Boxed, for thousands of notification sessions need not be as large as a connection that speaks HTTP.
    match &door.service {
        Service::Http(router) => Box::pin(http(stream, router.clone(), permit, timers.keep_alive)).await,
        Service::Xmpp { starttls } => {
            let side = door.side.unwrap_or_default();
            Box::pin(xmpp::tcp::serve(stream, starttls.clone(), door.engine.clone(), side)).await
        }
    }
}

/// A connection's place under the limit; a WebSocket keeps it beyond the HTTP connection.
pub type Permit = Arc<OwnedSemaphorePermit>;

async fn http(
    stream: Box<dyn Stream>,
    router: Router,
    permit: OwnedSemaphorePermit,
    keep_alive: Duration,
) -> io::Result<()> {
    let permit: Permit = Arc::new(permit);
    let service = tower::service_fn(move |mut request: Request<hyper::body::Incoming>| {
        let router = router.clone();
        request.extensions_mut().insert(permit.clone());
        async move {
            let response: Result<Response<Body>, Infallible> = router.oneshot(request.map(Body::new)).await;
            let Ok(response) = response;
            // A service error is how hyper is told to close without an answer.
            match response.extensions().get::<Sever>() {
                Some(_) => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
                None => Ok(response),
            }
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(keep_alive)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .with_upgrades();
    served.await.map_err(io::Error::other)
}

fn certificate(options: &Options) -> Result<(String, TlsAcceptor), Error> {
    let fault = |error: &dyn std::fmt::Display| Error::Tls(error.to_string());
    let second = options.second.iter().flat_map(|second| [second.domain.clone(), second.host.to_string()]);
    let names = ["localhost", "127.0.0.1"].into_iter().chain([options.domain.as_str()]).map(str::to_owned);
    let names = names.chain(second).collect::<Vec<_>>();
    let made = rcgen::generate_simple_self_signed(names).map_err(|e| fault(&e))?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(|e| fault(&e))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| fault(&e))?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .map_err(|e| fault(&e))?;
    Ok((made.cert.pem(), TlsAcceptor::from(Arc::new(config))))
}
