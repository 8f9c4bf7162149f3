//! The accept loop, and what bounds each connection: tonic's own server leaves streams, resets, headers and handshakes
//! without a limit, and its graceful stop waits for open streams for ever.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::Request;
use hyper::body::Incoming;
use hyper::rt::Executor;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout_at};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tonic::body::Body;
use tonic_health::server::HealthReporter;
use tower::ServiceExt;

use super::admission::{Admission, FirstBytes, Place, cut};
use super::calls::Calls;
use super::door::Door;
use super::drain::Drain;
use super::meter::Metered;
use super::routes::Everything;
use super::stall::{Stalling, bound_silence};
use super::subject::common_name;
use super::{Beside, Options, routes};
use crate::config::{TlsError, tls_server};
use crate::session::Manager;
use crate::shutdown::Tasks;

/// How long the loop rests when the system gives it no connection (out of descriptors).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Room for an HTTP/1 request's head at least: one comes after the other, and browsers add cookies.
const HTTP1_HEAD: usize = 16 * 1024;

/// Connections that wait for accept.
const BACKLOG: u32 = 1024;

/// Why the door can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address can't be listened on.
    #[error("can't listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The certificate files can't be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The descriptors for reflection can't be read.
    #[error("reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
}

/// The other end of a connection, in the extensions of each of its requests.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Where it comes from.
    pub address: SocketAddr,
    /// The common name of its certificate, if it showed one.
    pub subject: Option<Arc<str>>,
}

/// A bound door that does not accept yet.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    acceptor: Option<TlsAcceptor>,
    everything: Everything,
    drain: Drain,
    options: Options,
}

impl Server {
    /// Binds the port, for the typed door and what stands beside it, and reads the certificates. Must be called on a
    /// runtime.
    ///
    /// # Errors
    /// When the address is taken or a certificate file can't be used.
    pub fn bind(options: Options, sessions: Manager, beside: Beside) -> Result<Self, ServerError> {
        let acceptor = match &options.tls {
            Some(tls) => Some(TlsAcceptor::from(Arc::new(tls_server(tls, &[b"h2", b"http/1.1"])?))),
            None => None,
        };
        let drain = Drain::default();
        let Options { heartbeat, request_timeout, .. } = options;
        let door = Door { sessions, heartbeat, drain: drain.clone(), request_timeout };
        let everything = routes::everything(&door, &options, beside)?;
        let listen = || -> io::Result<(TcpListener, SocketAddr)> {
            let listener = listen(&options)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        };
        let (listener, address) = listen().map_err(|source| ServerError::Listen { address: options.listen, source })?;
        Ok(Self { listener, address, acceptor, everything, drain, options })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Begins to accept.
    pub async fn start(self, tasks: &Tasks) -> Stop {
        let Everything { router, calls, health } = self.everything;
        routes::report(&health, true).await;
        let connections = tasks.child();
        let accepting = CancellationToken::new();
        let closing = CancellationToken::new();
        let stop = Stop {
            accepting: accepting.clone(),
            closing: closing.clone(),
            connections: connections.clone(),
            admission: Admission::new(self.options.max_connections, self.options.max_connections_per_address),
            drain: self.drain,
            health,
            notice: self.options.drain_notice,
            deadline: self.options.drain_deadline,
        };
        let shared = Arc::new(Shared {
            builder: builder(&self.options, connections.clone()),
            acceptor: self.acceptor,
            router,
            calls: Arc::new(calls),
            handshake_timeout: self.options.handshake_timeout,
            patience: self.options.keepalive_interval + self.options.keepalive_timeout,
            max_control_frames: self.options.max_control_frames,
            closing,
        });
        let (listener, admission) = (self.listener, stop.admission.clone());
        tracing::info!(address = %self.address, tls = shared.acceptor.is_some(), "grpc door is open");
        tasks.spawn_abortable(0, async move {
            accepting.run_until_cancelled(accept(listener, admission, shared, connections)).await;
        });
        stop
    }
}

/// Closes the door.
pub struct Stop {
    accepting: CancellationToken,
    closing: CancellationToken,
    connections: Tasks,
    admission: Arc<Admission>,
    drain: Drain,
    health: HealthReporter,
    notice: Duration,
    deadline: Duration,
}

impl Stop {
    /// Takes no more connections, announces the end on the streams, ends them, lets calls finish, and closes what is
    /// left at the deadline. Returns how many connections that were.
    pub async fn stop(self) -> usize {
        routes::report(&self.health, false).await;
        self.accepting.cancel();
        self.drain.begin(self.notice);
        if self.admission.wait_empty(self.notice).await {
            return 0;
        }
        self.drain.finish();
        self.closing.cancel();
        if self.admission.wait_empty(self.deadline).await {
            return 0;
        }
        let left = self.admission.open();
        tracing::warn!(left, "connections were closed at the deadline");
        self.connections.cancel();
        left
    }
}

/// What every connection needs.
struct Shared {
    builder: Builder<Spawner>,
    acceptor: Option<TlsAcceptor>,
    router: Router,
    calls: Arc<Calls>,
    handshake_timeout: Duration,
    /// How long a peer may take nothing of what it is sent.
    patience: Duration,
    max_control_frames: u32,
    closing: CancellationToken,
}

/// Lets hyper start its streams among our tasks.
#[derive(Clone)]
struct Spawner(Tasks);

impl<F> Executor<F> for Spawner
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, future: F) {
        self.0.spawn_here(future);
    }
}

fn listen(options: &Options) -> io::Result<TcpListener> {
    let socket = if options.listen.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    // Accepted connections inherit it. A stalled client would pin megabytes in the kernel's default.
    socket.set_send_buffer_size(options.socket_send_buffer_bytes)?;
    socket.bind(options.listen)?;
    socket.listen(BACKLOG)
}

fn builder(options: &Options, connections: Tasks) -> Builder<Spawner> {
    let mut builder = Builder::new(Spawner(connections));
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(options.header_read_timeout)
        .max_buf_size(usize::try_from(options.max_header_bytes).unwrap_or(usize::MAX).max(HTTP1_HEAD));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(options.max_concurrent_streams)
        .max_pending_accept_reset_streams(options.max_pending_reset_streams)
        .max_local_error_reset_streams(options.max_local_reset_streams)
        .max_header_list_size(options.max_header_bytes)
        .max_send_buf_size(options.send_buffer_bytes)
        .initial_stream_window_size(options.stream_window_bytes)
        .initial_connection_window_size(options.connection_window_bytes)
        .keep_alive_interval(options.keepalive_interval)
        .keep_alive_timeout(options.keepalive_timeout);
    builder
}

async fn accept(listener: TcpListener, admission: Arc<Admission>, shared: Arc<Shared>, connections: Tasks) {
    let mut shard = 0;
    loop {
        match listener.accept().await {
            Ok((stream, address)) => match admission.admit(address.ip()) {
                Some(place) => {
                    // The shard that serves it is to hear of its bytes, not this one.
                    let Ok(stream) = stream.into_std() else { continue };
                    shard += 1;
                    connections.spawn_abortable(shard, connection(shared.clone(), stream, address, place));
                }
                None => {
                    metrics::counter!("gc_grpc_connections_refused_total").increment(1);
                    tracing::debug!(peer = %address, "connection refused: there are as many as there may be");
                }
            },
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn connection(shared: Arc<Shared>, stream: std::net::TcpStream, address: SocketAddr, place: Place) {
    let deadline = Instant::now() + shared.handshake_timeout;
    let stream = match TcpStream::from_std(stream) {
        Ok(stream) => stream,
        Err(error) => return tracing::warn!(peer = %address, %error, "a connection can't be served"),
    };
    // Small replies must not wait for each other; a socket that refuses it is broken and fails by itself.
    let _ = stream.set_nodelay(true);
    bound_silence(&stream, shared.patience);
    let stream = Stalling::new(stream, shared.patience);
    // Boxed, or each connection would keep room for both kinds, with TLS and without.
    let served: BoxFuture<_> = match &shared.acceptor {
        None => Box::pin(serve(&shared, stream, Peer { address, subject: None }, deadline, place)),
        Some(acceptor) => Box::pin(serve_tls(&shared, acceptor, (stream, address), deadline, place)),
    };
    served.await;
}

async fn serve_tls(
    shared: &Shared,
    acceptor: &TlsAcceptor,
    (stream, address): (Stalling<TcpStream>, SocketAddr),
    deadline: Instant,
    place: Place,
) {
    // Boxed, for what a handshake needs is not needed any more when it is over.
    let handshake: BoxFuture<_> = Box::pin(timeout_at(deadline, acceptor.accept(stream)));
    let stream = match handshake.await {
        Ok(Ok(stream)) => Box::new(stream),
        Ok(Err(error)) => return tracing::debug!(peer = %address, %error, "tls handshake failed"),
        Err(_) => {
            cut("silent");
            return tracing::debug!(peer = %address, "tls handshake took too long");
        }
    };
    let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
    let subject = certificates.first().and_then(common_name).map(Arc::from);
    Box::pin(serve(shared, stream, Peer { address, subject }, deadline, place)).await;
}

async fn serve<T>(shared: &Shared, stream: T, peer: Peer, deadline: Instant, place: Place)
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let address = peer.address;
    let (calls, router, peer) = (shared.calls.clone(), shared.router.clone(), Arc::new(peer));
    let service = service_fn(move |mut request: Request<Incoming>| {
        let answer = match calls.find(&request) {
            Some(call) => calls.answer(call, &peer, request).left_future(),
            None => {
                request.extensions_mut().insert(peer.clone());
                request.extensions_mut().insert(ConnectInfo(address));
                // Boxed, or each stream would keep room for both ways.
                let answer: BoxFuture<_> = Box::pin(router.clone().oneshot(request));
                answer.map(|Ok(answer)| answer.map(Body::new)).right_future()
            }
        };
        answer.map(Ok::<_, Infallible>)
    });
    let io = TokioIo::new(FirstBytes::new(Metered::new(stream, shared.max_control_frames), deadline, place));
    let mut connection = std::pin::pin!(shared.builder.serve_connection_with_upgrades(io, service));
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = shared.closing.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(peer = %address, %error, "connection ended");
    }
}
