//! The legacy door over TCP: one command a line in, one event a line out, over TLS where it is configured.

use std::io;
use std::net::SocketAddr;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Polling, Poll, ready};
use std::time::Duration;

use bytes::{Buf as _, Bytes, BytesMut};
use futures_util::Stream;
use secrecy::zeroize::Zeroizing;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::line::Framer;
use super::peer::{Context, Limits, Peer};
use super::pump::{self, Bounds, Closed, Heard, Outlet};
use super::say::{Encoding, Target};
use super::sender::Sender;
use super::style::Style;
use super::usage::{Door, Usage};
use crate::addresses::Addresses;
use crate::session::Manager;
use crate::shutdown::Tasks;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;
/// How much is read at once.
const READ: usize = 4 * 1024;
/// A write buffer that has grown beyond this is given back when it is empty.
const KEPT: usize = 16 * 1024;
/// How long nothing is accepted after the system refused a connection, for want of descriptors for example.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The door, its limits and how it writes lines.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens; port 0 means any free port.
    pub listen: SocketAddr,
    /// TLS, with the certificate that the service shows; none: plain TCP.
    pub tls: Option<Arc<rustls::ServerConfig>>,
    /// Connections at once; one more is closed at once.
    pub max_connections: usize,
    /// Connections of one address at once; 0: no limit of its own.
    pub max_connections_per_address: usize,
    /// Longest line in bytes, its end not counted.
    pub max_line: usize,
    /// How many bytes may wait for a client that reads slowly until it is cut.
    pub max_backlog: usize,
    /// How long a client may take no byte of what waits for it until it is cut.
    pub write_timeout: Duration,
    /// The size asked for a connection's send buffer in the kernel, in bytes.
    pub send_buffer: u32,
    /// How long a new connection may take to its first line, TLS included.
    pub first_line_timeout: Duration,
    /// How much one client may have going on.
    pub limits: Limits,
    /// How lines are written.
    pub style: Style,
    /// In which encoding.
    pub encoding: Encoding,
}

impl Options {
    /// The defaults, at an address.
    pub fn new(listen: SocketAddr) -> Self {
        Self {
            listen,
            tls: None,
            max_connections: 10_000,
            max_connections_per_address: 0,
            max_line: 64 * 1024,
            max_backlog: 256 * 1024,
            write_timeout: Duration::from_secs(30),
            send_buffer: 64 * 1024,
            first_line_timeout: Duration::from_secs(30),
            limits: Limits::default(),
            style: Style::default(),
            encoding: Encoding::default(),
        }
    }

    /// What a connection may cost.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            max_line: self.max_line,
            max_backlog: self.max_backlog,
            write_timeout: self.write_timeout,
            first_line_timeout: self.first_line_timeout,
        }
    }
}

/// Opens the door and returns the address it listens at. It closes, with all connections, when `tasks` are cancelled.
///
/// # Errors
/// When the address can't be listened at.
pub fn serve(options: Options, manager: Manager, usage: Usage, tasks: &Tasks) -> io::Result<SocketAddr> {
    let listener = listen(&options)?;
    let address = listener.local_addr()?;
    let context = Arc::new(Context { manager, style: options.style.clone(), limits: options.limits, usage });
    tasks.spawn_abortable(0, accept(listener, Arc::new(options), context, tasks.clone()));
    Ok(address)
}

/// Accepted connections inherit the listener's keep-alive and buffer size.
fn listen(options: &Options) -> io::Result<TcpListener> {
    let socket = if options.listen.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.set_keepalive(true)?;
    socket.set_send_buffer_size(options.send_buffer)?;
    socket.bind(options.listen)?;
    socket.listen(BACKLOG)
}

async fn accept(listener: TcpListener, options: Arc<Options>, context: Arc<Context>, tasks: Tasks) {
    let places = Arc::new(Semaphore::new(options.max_connections));
    let addresses = Addresses::new(options.max_connections_per_address);
    for shard in 0.. {
        let (socket, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "legacy connection not accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            tracing::warn!(%from, max = options.max_connections, "legacy connection refused, too many are open");
            continue;
        };
        let Some(of_address) = addresses.admit(from.ip()) else {
            let max = options.max_connections_per_address;
            tracing::warn!(%from, max, "legacy connection refused, too many of its address are open");
            continue;
        };
        let (options, context, token) = (options.clone(), context.clone(), tasks.token().clone());
        // The shard that serves it is to hear of its bytes, not this one.
        let Ok(socket) = socket.into_std() else { continue };
        tasks.spawn(shard, async move {
            let socket = match TcpStream::from_std(socket) {
                Ok(socket) => socket,
                Err(error) => return tracing::warn!(%from, %error, "a legacy connection can't be served"),
            };
            let sender = Sender::connection(context.usage.clone(), Door::Tcp, Some(from.ip()));
            let why = connection(socket, sender, &options, context, &token).await;
            tracing::info!(%from, %why, "legacy connection closed");
            drop((place, of_address));
        });
    }
}

async fn connection(
    socket: TcpStream,
    sender: Sender,
    options: &Options,
    context: Arc<Context>,
    token: &CancellationToken,
) -> Closed {
    let first_line_by = Instant::now() + options.first_line_timeout;
    let done = async {
        socket.set_nodelay(true)?;
        let Some(config) = &options.tls else {
            return Ok(talk(socket, sender, options, context, first_line_by, token).await);
        };
        let accept = TlsAcceptor::from(config.clone()).accept(socket);
        let stream = tokio::select! {
            stream = timeout_at(first_line_by, accept) => stream.map_err(|_| Closed::Silent)?,
            () = token.cancelled() => return Err(Closed::Stopping),
        };
        Ok(talk(stream.map_err(Closed::Tls)?, sender, options, context, first_line_by, token).await)
    };
    done.await.unwrap_or_else(|why| why)
}

async fn talk<S: AsyncRead + AsyncWrite>(
    socket: S,
    sender: Sender,
    options: &Options,
    context: Arc<Context>,
    first_line_by: Instant,
    token: &CancellationToken,
) -> Closed {
    let (input, output) = tokio::io::split(socket);
    let input = Lines { input, read: Zeroizing::new(vec![0; READ]), rest: 0..0, framer: Framer::new(options.max_line) };
    let output = Output { output, waiting: BytesMut::new(), unflushed: false, ending: false };
    let to = Target { encoding: options.encoding, ..Target::default() };
    let peer = Peer::new(context, sender, Arc::new(to));
    pump::run(peer, input, output, &options.bounds(), first_line_by, None, token).await
}

/// What a client sends, line by line.
struct Lines<S> {
    input: ReadHalf<S>,
    read: Zeroizing<Vec<u8>>,
    /// Which of the bytes that were read are in no line yet.
    rest: Range<usize>,
    framer: Framer,
}

impl<S: AsyncRead> Stream for Lines<S> {
    type Item = Result<Heard, Closed>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Polling<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            let mut rest = this.read.get(this.rest.clone()).unwrap_or_default();
            let line = this.framer.next(&mut rest);
            this.rest.start = this.rest.end - rest.len();
            match line {
                Some(Ok(line)) => return Poll::Ready(Some(Ok(Heard::text(&line)))),
                Some(Err(fault)) => return Poll::Ready(Some(Ok(Heard::refused(fault)))),
                None => {}
            }
            let mut buffer = ReadBuf::new(&mut this.read);
            ready!(Pin::new(&mut this.input).poll_read(cx, &mut buffer))?;
            this.rest = 0..buffer.filled().len();
            if this.rest.is_empty() {
                return Poll::Ready(None);
            }
        }
    }
}

/// What waits for a client, as bytes, for a connection may take any part of them.
struct Output<S> {
    output: WriteHalf<S>,
    waiting: BytesMut,
    /// Whether TLS may still hold bytes that were written.
    unflushed: bool,
    /// Whether the sending side is to be closed behind them.
    ending: bool,
}

impl<S: AsyncWrite> Outlet for Output<S> {
    fn put(&mut self, lines: &Bytes) {
        self.waiting.extend_from_slice(lines);
    }

    fn waiting(&self) -> usize {
        self.waiting.len()
    }

    fn is_empty(&self) -> bool {
        self.waiting.is_empty() && !self.unflushed && !self.ending
    }

    fn poll_push(&mut self, cx: &mut Polling<'_>) -> Poll<io::Result<()>> {
        let mut output = Pin::new(&mut self.output);
        if !self.waiting.is_empty() {
            let count = ready!(output.poll_write(cx, &self.waiting))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.waiting.advance(count);
            self.unflushed = true;
            if self.waiting.is_empty() && self.waiting.capacity() > KEPT {
                self.waiting = BytesMut::new();
            }
        } else if self.unflushed {
            ready!(output.as_mut().poll_flush(cx))?;
            self.unflushed = false;
        } else if self.ending {
            ready!(output.poll_shutdown(cx))?;
            self.ending = false;
        }
        Poll::Ready(Ok(()))
    }

    fn end(&mut self, _why: &Closed) {
        self.ending = true;
    }
}
