//! Listeners, TLS and the accept loops; starts the simulator.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
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
use super::{Error, control, rest, xmpp};
use crate::shutdown::Tasks;

/// A byte stream of whatever transport.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A running simulator. It ends with the tasks it was started in.
#[derive(Debug)]
pub struct Server {
    addresses: Addresses,
    ca_pem: String,
    engine: Arc<Engine>,
}

impl Server {
    /// Where it listens.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// The certificate that its TLS ports show, to be trusted by clients; made at start, valid for the domain,
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
    let (ca_pem, tls) = certificate(&options.domain)?;
    let engine = Engine::new(options);
    let options = &engine.options;
    let websocket = Router::new()
        .route("/ws", axum::routing::any(xmpp::websocket::upgrade))
        .route("/ws/", axum::routing::any(xmpp::websocket::upgrade))
        .with_state((engine.clone(), tasks.clone()));
    let bosh = Router::new()
        .route("/http-bind", axum::routing::any(xmpp::bosh::http::serve))
        .route("/http-bind/", axum::routing::any(xmpp::bosh::http::serve))
        .with_state(xmpp::bosh::http::Binding::new(engine.clone(), tasks.clone()));
    let notify = websocket.clone().merge(bosh);
    let rest = websocket.merge(Router::new().fallback(rest::serve).with_state(engine.clone()));
    let control = control::http::router(Control::new(engine.clone()));
    let plain = || Service::Xmpp { starttls: Some(tls.clone()) };
    let direct = || Service::Xmpp { starttls: None };
    let starter = Starter {
        engine: engine.clone(),
        tasks: tasks.clone(),
        tls: tls.clone(),
        limit: Arc::new(Semaphore::new(options.max_connections)),
    };
    let addresses = Addresses {
        http: starter.listen(options.http, false, Service::Http(rest.clone())).await?,
        https: starter.listen(options.https, true, Service::Http(rest)).await?,
        xmpp: starter.listen(options.xmpp, false, plain()).await?,
        xmpp_tls: starter.listen(options.xmpp_tls, true, direct()).await?,
        ws: starter.listen(options.ws, false, Service::Http(notify.clone())).await?,
        wss: starter.listen(options.wss, true, Service::Http(notify)).await?,
        control: starter.listen(options.control, false, Service::Http(control)).await?,
    };
    let port = |name: &str, address: Option<SocketAddr>| {
        address.map(|address| format!("<{name}>{}</{name}>", address.port())).unwrap_or_default()
    };
    let ports = [
        port("httpsPort", addresses.https),
        port("xmppPort", addresses.xmpp),
        port("xmppSecurePort", addresses.xmpp_tls),
    ];
    engine.with(|inner, _| inner.world.set_ports(ports.concat()));
    if options.clock == ClockMode::Automatic {
        tasks.spawn_abortable(0, engine.clone().run_timers());
    }
    tracing::info!(flavour = %options.flavour, ?addresses, "finesse simulator listens");
    Ok(Server { addresses, ca_pem, engine })
}

struct Starter {
    engine: Arc<Engine>,
    tasks: Tasks,
    tls: TlsAcceptor,
    limit: Arc<Semaphore>,
}

impl Starter {
    async fn listen(
        &self,
        at: Option<SocketAddr>,
        secure: bool,
        service: Service,
    ) -> Result<Option<SocketAddr>, Error> {
        let Some(address) = at else { return Ok(None) };
        let listener = TcpListener::bind(address).await.map_err(|source| Error::Listen { address, source })?;
        let bound = listener.local_addr().map_err(|source| Error::Listen { address, source })?;
        let tls = secure.then(|| self.tls.clone());
        let (engine, tasks, limit) = (self.engine.clone(), self.tasks.clone(), self.limit.clone());
        self.tasks.spawn_abortable(u64::from(bound.port()), accept(listener, tls, service, engine, tasks, limit));
        Ok(Some(bound))
    }
}

async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    service: Service,
    engine: Arc<Engine>,
    tasks: Tasks,
    limit: Arc<Semaphore>,
) {
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
        let (tls, service, engine) = (tls.clone(), service.clone(), engine.clone());
        tasks.spawn_abortable(connections, async move {
            if let Err(error) = connection(socket, tls, service, engine, permit).await {
                tracing::debug!(%peer, %error, "simulator connection ended");
            }
        });
    }
}

async fn connection(
    socket: TcpStream,
    tls: Option<TlsAcceptor>,
    service: Service,
    engine: Arc<Engine>,
    permit: OwnedSemaphorePermit,
) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let handshake = engine.options.timers.handshake;
    let stream: Box<dyn Stream> = match tls {
        Some(tls) => {
            let handshaken = tokio::time::timeout(handshake, tls.accept(socket)).await;
            Box::new(handshaken.map_err(|_| io::ErrorKind::TimedOut)??)
        }
        None => Box::new(socket),
    };
    match service {
        Service::Http(router) => http(stream, router, permit, engine.options.timers.keep_alive).await,
        Service::Xmpp { starttls } => xmpp::tcp::serve(stream, starttls, engine).await,
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

fn certificate(domain: &str) -> Result<(String, TlsAcceptor), Error> {
    let fault = |error: &dyn std::fmt::Display| Error::Tls(error.to_string());
    let names = vec![domain.to_owned(), "localhost".to_owned(), "127.0.0.1".to_owned()];
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
