//! What a connection of the legacy door does, whatever carries it: commands in, lines out, and an end.
//!
//! A transport brings an inlet (a stream of what the client says) and an [`Outlet`] (where lines go); [`run`] drives a
//! client between them. Whoever does not read is not heard, and then cut; at most `max_backlog` bytes wait for it.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context as Polling, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::coop::consume_budget;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::flood::{Flood, Tally};
use super::line::Fault;
use super::message::Message;
use super::peer::{Context, Peer};
use super::say::Target;
use super::sender::Sender;
use super::usage::Door;
use crate::shutdown::Tasks;

/// How many messages are heard, and lines queued, at once, before anything else is looked at.
const TOGETHER: usize = 32;
/// How long the last answers of a connection may take when it is ended, and then its last bytes.
const GOODBYE: Duration = Duration::from_millis(500);

/// What a connection may cost.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Longest command in bytes.
    pub max_line: usize,
    /// How many bytes may wait for a client that reads slowly until it is cut.
    pub max_backlog: usize,
    /// How long a client may take nothing of what waits for it until it is cut.
    pub write_timeout: Duration,
    /// How long a new connection may take to its first command.
    pub first_line_timeout: Duration,
}

/// What the doors on the HTTP port share: a WebSocket and a stream of Exchange cost the same.
#[derive(Clone, Debug)]
pub struct Common {
    /// The sessions, and how lines are written.
    pub context: Arc<Context>,
    /// What each connection may cost.
    pub bounds: Bounds,
    places: Arc<Semaphore>,
    tasks: Tasks,
}

impl Common {
    /// For at most `max_connections` clients at once, which are served as `tasks`.
    pub fn new(context: Context, bounds: Bounds, max_connections: usize, tasks: &Tasks) -> Self {
        let places = Arc::new(Semaphore::new(max_connections.min(Semaphore::MAX_PERMITS)));
        Self { context: Arc::new(context), bounds, places, tasks: tasks.clone() }
    }

    /// A place for one more client, given back when it is dropped; none when all are taken.
    pub(super) fn admit(&self) -> Option<OwnedSemaphorePermit> {
        self.places.clone().try_acquire_owned().ok()
    }

    pub(super) fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// A client of a door, as it counts in the migration report.
    pub(super) fn sender(&self, door: Door, from: Option<SocketAddr>) -> Sender {
        Sender::connection(self.context.usage.clone(), door, from.map(|from| from.ip()))
    }

    /// Serves a client, from now on.
    pub(super) async fn serve<I, O>(
        &self,
        sender: Sender,
        to: Target,
        input: I,
        output: O,
        ping: Option<Duration>,
    ) -> Closed
    where
        I: Stream<Item = Result<Heard, Closed>> + Unpin,
        O: Outlet,
    {
        let peer = Peer::new(self.context.clone(), sender, Arc::new(to));
        let first_line_by = Instant::now() + self.bounds.first_line_timeout;
        run(peer, input, output, &self.bounds, first_line_by, ping, self.tasks.token()).await
    }
}

/// What a client said.
#[derive(Debug)]
pub enum Heard {
    /// A sign of life and no more.
    Nothing,
    /// A command.
    Command(Message),
    /// Something that is no command; it gets an Error line.
    Refused(Box<dyn StdError + Send + Sync>),
}

impl Heard {
    /// Takes one text apart, in any of the forms of a command.
    pub fn text(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Nothing;
        }
        if text.contains('\0') {
            return Self::refused(Fault::Nul);
        }
        Message::parse(text).map_or_else(Self::refused, Self::Command)
    }

    /// Something that is no command.
    pub fn refused(why: impl StdError + Send + Sync + 'static) -> Self {
        Self::Refused(Box::new(why))
    }
}

/// Why a connection ended.
#[derive(Debug, thiserror::Error)]
pub enum Closed {
    /// It was the client's wish.
    #[error("the client left")]
    Left,
    /// Nothing was asked since the connection was made.
    #[error("no command in time")]
    Silent,
    /// Bytes waited for too long, or too many.
    #[error("the client reads too slowly")]
    Slow,
    /// No ping was answered.
    #[error("no sign of life from the client")]
    Dead,
    /// A command that the transport can't skip without taking it in whole.
    #[error("the command is too long")]
    TooLong,
    /// What came can't be taken apart, and nothing behind it.
    #[error("what was sent can't be read")]
    Garbled,
    /// Too much came that is no command.
    #[error("{0}")]
    Flood(#[from] Flood),
    /// The service stops.
    #[error("the service stops")]
    Stopping,
    /// The handshake failed.
    #[error("tls: {0}")]
    Tls(io::Error),
    /// The connection broke, or the client broke its rules.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Closed {
    /// What a client did that it was let go for, as the metrics count it.
    fn offence(&self) -> Option<&'static str> {
        match self {
            Self::Slow => Some("slow"),
            Self::Silent => Some("silent"),
            Self::Dead => Some("dead"),
            Self::TooLong | Self::Garbled => Some("unreadable"),
            Self::Flood(_) => Some("flood"),
            Self::Left | Self::Stopping | Self::Tls(_) | Self::Io(_) => None,
        }
    }
}

/// Where the lines of one client go.
pub trait Outlet {
    /// Takes one line or several, each with its newline.
    fn put(&mut self, lines: &Bytes);

    /// How many bytes wait for the client.
    fn waiting(&self) -> usize;

    /// Whether the client was given everything.
    fn is_empty(&self) -> bool;

    /// Gives the client some of what waits, and is ready when it took some.
    fn poll_push(&mut self, cx: &mut Polling<'_>) -> Poll<io::Result<()>>;

    /// Asks the client for a sign of life.
    fn ping(&mut self) {}

    /// Nothing more is said; what is still to be given says so too, where the transport has a word for it.
    fn end(&mut self, _why: &Closed) {}
}

/// The lines in a text of one or several, without their newlines.
pub fn lines(text: &Bytes) -> impl Iterator<Item = Bytes> {
    text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| text.slice_ref(line))
}

/// Serves a client until it leaves, is cut or the service stops, and tells why.
///
/// A client that has ended its side (the inlet ends) gets every answer first. One that is pinged is cut when nothing
/// came from it for two intervals.
pub async fn run<I, O>(
    peer: Peer,
    input: I,
    output: O,
    bounds: &Bounds,
    first_line_by: Instant,
    ping: Option<Duration>,
    token: &CancellationToken,
) -> Closed
where
    I: Stream<Item = Result<Heard, Closed>> + Unpin,
    O: Outlet,
{
    let now = Instant::now();
    let mut pump =
        Pump { peer, input, output, bounds, ping, moved: now, alive: now, open: true, nothing: Tally::new() };
    let why = pump.serve(first_line_by, token).await;
    if let Some(offence) = why.offence() {
        metrics::counter!("gc_bridge_connections_cut_total", "why" => offence).increment(1);
    }
    pump.end(&why).await;
    why
}

struct Pump<'a, I, O> {
    peer: Peer,
    input: I,
    output: O,
    bounds: &'a Bounds,
    ping: Option<Duration>,
    /// When the client last took something, or when something began to wait for it.
    moved: Instant,
    /// When something last came from the client, or when it was last not listened to.
    alive: Instant,
    /// Whether the client may still say something.
    open: bool,
    /// What it said that is no command.
    nothing: Tally,
}

impl<I, O> Pump<'_, I, O>
where
    I: Stream<Item = Result<Heard, Closed>> + Unpin,
    O: Outlet,
{
    async fn serve(&mut self, first_line_by: Instant, token: &CancellationToken) -> Closed {
        match self.until_closed(first_line_by, token).await {
            Ok(()) => Closed::Left,
            Err(why) => why,
        }
    }

    async fn until_closed(&mut self, first_line_by: Instant, token: &CancellationToken) -> Result<(), Closed> {
        let mut silent = true;
        let mut ping_at = self.ping.map(|interval| self.alive + interval);
        while self.open || !self.output.is_empty() || !self.peer.is_idle() {
            // A client that does not read its answers is not asked for more commands.
            let hears = self.open && !self.peer.is_ready() && self.output.waiting() < self.bounds.max_backlog / 2;
            if !hears {
                self.alive = Instant::now();
            }
            let slow_at = self.moved + self.bounds.write_timeout;
            let dead_at = self.ping.map(|interval| self.alive + interval * 2);
            tokio::select! {
                () = token.cancelled() => return Err(Closed::Stopping),
                () = sleep_until(first_line_by), if silent => return Err(Closed::Silent),
                () = sleep_until(slow_at), if !self.output.is_empty() => return Err(Closed::Slow),
                () = until(dead_at), if hears => return Err(Closed::Dead),
                () = until(ping_at) => {
                    self.begin();
                    self.output.ping();
                    ping_at = self.ping.map(|interval| Instant::now() + interval);
                }
                pushed = poll_fn(|cx| self.output.poll_push(cx)), if !self.output.is_empty() => {
                    pushed?;
                    self.moved = Instant::now();
                }
                (_, lines) = self.peer.next() => self.say(&lines)?,
                heard = self.input.next(), if hears => {
                    let named = self.hear(heard)?;
                    silent &= !named;
                    // What was read already is heard without a pause, however much, and others have their turn.
                    consume_budget().await;
                }
            }
        }
        Ok(())
    }

    /// Takes what was said, and what else was said already until something is answered at once, so that answers to many
    /// short commands don't pile up. Tells whether anything was said that is more than a sign of life.
    fn hear(&mut self, first: Option<Result<Heard, Closed>>) -> Result<bool, Closed> {
        self.alive = Instant::now();
        let (mut next, mut named) = (first, false);
        for _ in 0..TOGETHER {
            let Some(heard) = next else {
                self.open = false;
                break;
            };
            let heard = heard?;
            named |= !matches!(heard, Heard::Nothing);
            match heard {
                Heard::Nothing => self.nothing.add(1)?,
                Heard::Command(message) => self.peer.take(&message),
                Heard::Refused(why) => self.peer.reject(&*why),
            }
            if self.peer.is_ready() {
                break;
            }
            match self.input.next().now_or_never() {
                Some(heard) => next = heard,
                None => break,
            }
        }
        Ok(named)
    }

    /// Queues lines, and with them those that are ready now, so that they go out together.
    fn say(&mut self, first: &Bytes) -> Result<(), Closed> {
        self.begin();
        self.queue(first)?;
        for _ in 1..TOGETHER {
            match self.peer.next().now_or_never() {
                Some((_, lines)) => self.queue(&lines)?,
                None => break,
            }
        }
        Ok(())
    }

    fn begin(&mut self) {
        if self.output.is_empty() {
            self.moved = Instant::now();
        }
    }

    fn queue(&mut self, lines: &Bytes) -> Result<(), Closed> {
        if self.output.waiting() + lines.len() > self.bounds.max_backlog {
            return Err(Closed::Slow);
        }
        self.output.put(lines);
        Ok(())
    }

    /// Gives a client that is there its last answers and bytes, as far as it takes them.
    async fn end(&mut self, why: &Closed) {
        match why {
            Closed::Slow | Closed::Dead | Closed::Tls(_) | Closed::Io(_) => return,
            Closed::TooLong | Closed::Garbled => self.peer.reject(why),
            Closed::Left | Closed::Silent | Closed::Flood(_) | Closed::Stopping => {}
        }
        // The client may be gone or not read: the connection ends all the same.
        if !matches!(why, Closed::Left) {
            let _ = timeout(GOODBYE, self.last_answers()).await;
        }
        self.output.end(why);
        let _ = timeout(GOODBYE, self.last_bytes()).await;
    }

    async fn last_answers(&mut self) -> Result<(), Closed> {
        while !self.peer.is_idle() {
            tokio::select! {
                pushed = poll_fn(|cx| self.output.poll_push(cx)), if !self.output.is_empty() => pushed?,
                (_, lines) = self.peer.next() => self.say(&lines)?,
            }
        }
        Ok(())
    }

    async fn last_bytes(&mut self) -> io::Result<()> {
        while !self.output.is_empty() {
            poll_fn(|cx| self.output.poll_push(cx)).await?;
        }
        Ok(())
    }
}

/// Waits for a moment; for ever where there is none.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
