//! The legacy door over TCP: one command a line in, one event a line out, over TLS where it is configured.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf as _, BytesMut};
use futures_util::FutureExt as _;
use secrecy::zeroize::Zeroizing;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::line::Framer;
use super::message::Message;
use super::peer::{Context, Limits, Peer};
use super::say::{Encoding, Target};
use super::style::Style;
use crate::session::Manager;
use crate::shutdown::Tasks;

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;
/// How much is read at once.
const READ: usize = 4 * 1024;
/// How many lines are queued at once, before anything else is looked at.
const TOGETHER: usize = 32;
/// A write buffer that has grown beyond this is given back when it is empty.
const KEPT: usize = 16 * 1024;
/// How long the last lines of a connection may take when the service stops.
const GOODBYE: Duration = Duration::from_secs(1);
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
}

/// Opens the door and returns the address it listens at. It closes, with all connections, when `tasks` are cancelled.
///
/// # Errors
/// When the address can't be listened at.
pub fn serve(options: Options, manager: Manager, tasks: &Tasks) -> io::Result<SocketAddr> {
    let listener = listen(&options)?;
    let address = listener.local_addr()?;
    let context = Arc::new(Context { manager, style: options.style.clone(), limits: options.limits });
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
        let (options, context, token) = (options.clone(), context.clone(), tasks.token().clone());
        tasks.spawn(shard, async move {
            let why = connection(socket, &options, context, &token).await;
            tracing::info!(%from, %why, "legacy connection closed");
            drop(place);
        });
    }
}

/// Why a connection ended.
#[derive(Debug, thiserror::Error)]
enum Closed {
    #[error("the client left")]
    Left,
    #[error("no line in time")]
    Silent,
    #[error("the client reads too slowly")]
    Slow,
    #[error("the service stops")]
    Stopping,
    #[error("tls: {0}")]
    Tls(io::Error),
    #[error("{0}")]
    Io(#[from] io::Error),
}

async fn connection(socket: TcpStream, options: &Options, context: Arc<Context>, token: &CancellationToken) -> Closed {
    let first_line_by = Instant::now() + options.first_line_timeout;
    let done = async {
        socket.set_nodelay(true)?;
        match &options.tls {
            None => Client::new(socket, options, context).run(first_line_by, token).await,
            Some(config) => {
                let accept = TlsAcceptor::from(config.clone()).accept(socket);
                let stream = tokio::select! {
                    stream = tokio::time::timeout_at(first_line_by, accept) => stream.map_err(|_| Closed::Silent)?,
                    () = token.cancelled() => return Err(Closed::Stopping),
                };
                Client::new(stream.map_err(Closed::Tls)?, options, context).run(first_line_by, token).await
            }
        }
    };
    done.await.err().unwrap_or(Closed::Left)
}

/// One connection: its socket, the lines that come in and the bytes that go out.
struct Client<'a, S> {
    input: ReadHalf<S>,
    output: WriteHalf<S>,
    peer: Peer,
    framer: Framer,
    out: BytesMut,
    /// Whether TLS may still hold bytes that were written.
    unflushed: bool,
    /// When the client last took bytes, or when bytes began to wait for it.
    moved: Instant,
    options: &'a Options,
    heard: bool,
}

enum Moved {
    Written(usize),
    Flushed,
}

/// Writes what waits; when all of it is written, has TLS let go of it.
async fn push(output: &mut (impl AsyncWrite + Unpin), waiting: &[u8]) -> io::Result<Moved> {
    if waiting.is_empty() {
        return output.flush().await.map(|()| Moved::Flushed);
    }
    output.write(waiting).await.map(Moved::Written)
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Client<'a, S> {
    fn new(socket: S, options: &'a Options, context: Arc<Context>) -> Self {
        let (input, output) = tokio::io::split(socket);
        let to = Target { encoding: options.encoding, ..Target::default() };
        let (peer, framer, moved) = (Peer::new(context, Arc::new(to)), Framer::new(options.max_line), Instant::now());
        Self { input, output, peer, framer, out: BytesMut::new(), unflushed: false, moved, options, heard: false }
    }

    /// Serves the client until it leaves, is cut or the service stops.
    async fn run(mut self, first_line_by: Instant, token: &CancellationToken) -> Result<(), Closed> {
        let mut buffer = Zeroizing::new(vec![0; READ]);
        let mut unheard = 0..0;
        let mut reading = true;
        loop {
            // A client that does not read its answers is not asked for more commands.
            let hears = self.out.len() < self.options.max_backlog / 2;
            if hears {
                let mut rest = buffer.get(unheard.clone()).unwrap_or_default();
                self.hear(&mut rest);
                unheard.start = unheard.end - rest.len();
            }
            tokio::select! {
                () = token.cancelled() => {
                    self.goodbye().await;
                    return Err(Closed::Stopping);
                }
                () = tokio::time::sleep_until(first_line_by), if !self.heard => return Err(Closed::Silent),
                () = tokio::time::sleep_until(self.moved + self.options.write_timeout), if self.waits() => {
                    return Err(Closed::Slow);
                }
                moved = push(&mut self.output, &self.out), if self.waits() => self.moved(moved?)?,
                (_, line) = self.peer.next() => self.say(&line)?,
                read = self.input.read(&mut buffer), if reading && unheard.is_empty() => match read? {
                    0 => reading = false,
                    count => unheard = 0..count,
                },
            }
            if !reading && unheard.is_empty() && !self.waits() && self.peer.is_idle() {
                // A client that only closed its sending side has got every answer.
                self.output.shutdown().await?;
                return Ok(());
            }
        }
    }

    /// Takes lines until one is answered at once, so that many short ones don't pile up answers.
    fn hear(&mut self, bytes: &mut &[u8]) {
        while !self.peer.is_ready()
            && let Some(line) = self.framer.next(bytes)
        {
            self.heard = true;
            match line {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => match Message::parse(&line) {
                    Ok(message) => self.peer.take(&message),
                    Err(malformed) => self.peer.reject(&malformed),
                },
                Err(fault) => self.peer.reject(&fault),
            }
        }
    }

    /// Queues a line, and with it those that are ready now, so that they go out together.
    fn say(&mut self, first: &[u8]) -> Result<(), Closed> {
        if self.out.is_empty() {
            self.moved = Instant::now();
        }
        self.queue(first)?;
        for _ in 1..TOGETHER {
            match self.peer.next().now_or_never() {
                Some((_, line)) => self.queue(&line)?,
                None => break,
            }
        }
        Ok(())
    }

    fn queue(&mut self, line: &[u8]) -> Result<(), Closed> {
        if self.out.len() + line.len() > self.options.max_backlog {
            return Err(Closed::Slow);
        }
        self.out.extend_from_slice(line);
        Ok(())
    }

    /// Whether bytes wait for the client.
    fn waits(&self) -> bool {
        self.unflushed || !self.out.is_empty()
    }

    fn moved(&mut self, moved: Moved) -> Result<(), Closed> {
        self.moved = Instant::now();
        match moved {
            Moved::Written(0) => return Err(io::Error::from(io::ErrorKind::WriteZero).into()),
            Moved::Written(count) => self.out.advance(count),
            Moved::Flushed => self.unflushed = false,
        }
        self.unflushed |= matches!(moved, Moved::Written(_));
        if self.out.is_empty() && self.out.capacity() > KEPT {
            self.out = BytesMut::new();
        }
        Ok(())
    }

    /// Sends what is waiting, as far as the client takes it.
    async fn goodbye(mut self) {
        let last = async {
            self.output.write_all(&self.out).await?;
            self.output.shutdown().await
        };
        // The client may be gone or not read: the service stops all the same.
        let _ = timeout(GOODBYE, last).await;
    }
}
