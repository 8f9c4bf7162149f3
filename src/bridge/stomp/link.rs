//! The link to the broker: one task that keeps a connection, takes commands from the queue and brings lines to topics.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::acceptance::{Acceptance, Verdict};
use super::frame::{Body, Frame};
use super::happening::{Happening, Happenings, News};
use super::options::Options;
use super::outbox::Outbox;
use super::session::{ADVISORIES, CONSUMERS, Session};
use super::socket::{Fault, Socket};
use super::{BodyFault, Command};
use crate::model::Timestamp;
use crate::shutdown::Tasks;

/// Commands that wait for the door; beyond that the broker keeps them.
const COMMANDS: usize = 64;
/// How long the last words to a broker may take.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long the door goes on after the stop, so that it is heard.
pub(super) const LAST_WORDS: Duration = Duration::from_millis(400);
/// The longest wait before the link looks at what waits.
const LOOK: Duration = Duration::from_secs(1);
/// Starts the link. It never gives up: a broker may be down.
pub fn start(options: Options, tasks: &Tasks) -> (Outbox, Happenings) {
    let outbox = Outbox::new(options.held);
    let (sender, commands) = mpsc::channel(COMMANDS);
    let news = Arc::new(News::default());
    for broker in options.brokers.iter().filter(|broker| !broker.tls) {
        tracing::warn!(%broker, "passwords in commands reach this broker in clear");
    }
    let link = Link {
        options: Arc::new(options),
        outbox: outbox.clone(),
        news: news.clone(),
        commands: sender,
        acceptance: Acceptance::default(),
        consumers: HashMap::new(),
        lost: VecDeque::new(),
        receipts: 0,
        was_up: false,
        careful: false,
    };
    tasks.spawn(0, link.run(tasks.token().clone()));
    (outbox, Happenings::new(news, commands))
}

struct Link {
    options: Arc<Options>,
    outbox: Outbox,
    news: Arc<News>,
    commands: mpsc::Sender<Happening>,
    acceptance: Acceptance,
    consumers: HashMap<Arc<str>, u64>,
    /// Commands that were lost and the door was not told of yet.
    lost: VecDeque<Command>,
    receipts: u64,
    was_up: bool,
    /// Whether the last link ended because something was refused.
    careful: bool,
}

/// Why a link is given up.
enum End {
    /// The service stops.
    Stop,
    /// It broke.
    Broken(Fault),
    /// The first broker is there again.
    Return(Box<Socket>),
}

impl Link {
    async fn run(mut self, stop: tokio_util::sync::CancellationToken) {
        // A broker that was never reached is told as 0, not as a gauge that is missing: alerts look for the 0.
        metrics::gauge!("gc_bridge_stomp_connected").set(0.0);
        let mut pause = self.options.reconnect.0;
        let mut next = None;
        loop {
            let found = match next.take() {
                Some(socket) => Some((0, socket)),
                None => match stop.run_until_cancelled(self.dial()).await {
                    Some(found) => found,
                    None => return,
                },
            };
            if let Some((at, socket)) = found {
                let since = Instant::now();
                let end = self.serve(at, *socket, &stop).await;
                metrics::gauge!("gc_bridge_stomp_connected").set(0.0);
                if since.elapsed() > self.options.reconnect.1 {
                    pause = self.options.reconnect.0;
                }
                match end {
                    End::Stop => return,
                    End::Return(first) => {
                        next = Some(first);
                        continue;
                    }
                    End::Broken(why) => {
                        let broker = self.options.brokers.get(at).map(ToString::to_string).unwrap_or_default();
                        tracing::warn!(broker, %why, "broker lost");
                        self.careful = matches!(why, Fault::Refused { .. });
                    }
                }
            }
            // Up to half as long again, so that services that lost one broker do not come back together. A broker that
            // lets us in and breaks the link soon after is no more pressed than one that is away.
            let jittered = pause.mul_f64(1.0 + fastrand::f64() / 2.0);
            if stop.run_until_cancelled(sleep(jittered)).await.is_none() {
                return;
            }
            pause = (pause * 2).min(self.options.reconnect.1);
        }
    }

    /// The first broker that lets us in.
    async fn dial(&self) -> Option<(usize, Box<Socket>)> {
        for (at, broker) in self.options.brokers.iter().enumerate() {
            match Socket::open(broker, &self.options).await {
                Ok(socket) => return Some((at, Box::new(socket))),
                Err(why) => {
                    metrics::counter!("gc_bridge_stomp_connect_failures_total").increment(1);
                    tracing::warn!(%broker, %why, "broker not reached");
                }
            }
        }
        None
    }

    async fn serve(&mut self, at: usize, socket: Socket, stop: &tokio_util::sync::CancellationToken) -> End {
        let broker = self.options.brokers.get(at).map(ToString::to_string).unwrap_or_default();
        tracing::info!(broker, queue = self.options.queue, "broker connected");
        metrics::counter!("gc_bridge_stomp_connects_total").increment(1);
        metrics::gauge!("gc_bridge_stomp_connected").set(1.0);
        let mut session = Session::new(socket, self.careful);
        session.subscribe(&self.options);
        self.up();
        let options = self.options.clone();
        let end = tokio::select! {
            () = stop.cancelled() => End::Stop,
            Err(why) = self.keep(&mut session) => End::Broken(why),
            first = options.first_again(at) => End::Return(first),
        };
        if !matches!(end, End::Broken(_)) {
            // What was acknowledged is still taken; whatever can't be said in time is said over the next link.
            let stops = matches!(end, End::Stop);
            let _ = timeout(GOODBYE, self.leave(&mut session, stops)).await;
        }
        self.acceptance.broken(Instant::now().into_std());
        self.outbox.broken();
        end
    }
}

impl Link {
    /// A broker serves: lines rest until desktops have come back, too, unless this is the first time.
    fn up(&mut self) {
        if std::mem::replace(&mut self.was_up, true) {
            let (delay, watched) = match self.options.watch_consumers {
                true => (self.options.held.age, true),
                false => (self.options.resume_delay, false),
            };
            self.outbox.rest(Instant::now() + delay, watched);
        }
        self.news.up();
    }

    /// Serves until the link breaks.
    async fn keep(&mut self, session: &mut Session) -> Result<(), Fault> {
        let up = Instant::now();
        let mut wanted = std::mem::take(&mut self.consumers);
        let (mut lost_at, mut absent_at) =
            (Some(up + self.options.redelivery_wait), Some(up + self.options.resume_delay));
        let mut advised_by = self.options.watch_consumers.then_some(up + self.options.resume_delay);
        loop {
            while let Some(frame) = session.frame(&self.outbox)? {
                if frame.header("subscription").is_some_and(|name| name.starts_with(CONSUMERS)) {
                    advised_by = None;
                }
                self.frame(session, &frame)?;
            }
            self.tell_lost(session);
            self.acknowledge(session);
            session.bring(&self.outbox);
            let now = Instant::now();
            if lost_at.take_if(|at| *at <= now).is_some() {
                for command in self.acceptance.lost(up.into_std()) {
                    metrics::counter!("gc_bridge_stomp_commands_total", "what" => "lost").increment(1);
                    self.lost.push_back(command);
                }
                continue;
            }
            if advised_by.take_if(|at| *at <= now).is_some() {
                tracing::warn!("the broker does not say who consumes from topics, nothing waits for that");
                self.outbox.rest(now, false);
                continue;
            }
            if absent_at.take_if(|at| *at <= now).is_some() {
                wanted.retain(|destination, count| *count > 0 && !self.consumers.contains_key(destination));
                for destination in std::mem::take(&mut wanted).into_keys() {
                    self.consumers(destination, 0);
                }
            }
            self.tell_dropped();
            // While acknowledgements are on their way, their receipts come first.
            let held_up = !session.waiting.is_empty() || !self.lost.is_empty();
            let wants_room = held_up && session.taking.is_empty() && !self.commands.is_closed();
            let look = [lost_at, absent_at, advised_by, self.outbox.rests_until()].into_iter().flatten().min();
            tokio::select! {
                turned = session.socket.turn() => turned?,
                () = self.outbox.filled(), if session.has_window() => {}
                // The door has taken a command, so that there is room for one more.
                _ = self.commands.reserve(), if wants_room => {}
                () = sleep_until(look.unwrap_or(now + LOOK).min(now + LOOK)) => {}
            }
        }
    }

    fn frame(&mut self, session: &mut Session, frame: &Frame) -> Result<(), Fault> {
        match frame.command.as_str() {
            "MESSAGE" if frame.header("subscription") == Some("commands") => self.message(session, frame)?,
            "MESSAGE" => self.advisory(frame),
            "RECEIPT" => {
                let (kind, number) = frame.header("receipt-id").and_then(|id| id.split_once('-')).unwrap_or_default();
                match (kind, number.parse()) {
                    ("lines", Ok(number)) => session.confirmed(number, &self.outbox),
                    ("taken", Ok(number)) => {
                        for id in session.taken(number) {
                            if let Some(command) = self.acceptance.confirmed(&id) {
                                metrics::counter!("gc_bridge_stomp_commands_total", "what" => "taken").increment(1);
                                self.hand_on(Happening::Command(command));
                            }
                        }
                    }
                    _ => session.said_goodbye |= frame.header("receipt-id") == Some("goodbye"),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn message(&mut self, session: &mut Session, frame: &Frame) -> Result<(), Fault> {
        let (Some(id), Some(ack)) = (frame.header("message-id"), frame.header("ack")) else { return Ok(()) };
        // Commands with their bodies are held until the door takes them: no more than were asked for, and some on their way.
        if session.waiting.len() >= 2 * self.options.prefetch as usize + COMMANDS {
            return Err(Fault::Flood);
        }
        let redelivered = frame.header("redelivered") == Some("true");
        if self.acceptance.arrive(id, redelivered, command(frame)) == Verdict::Drop {
            metrics::counter!("gc_bridge_stomp_commands_total", "what" => "repeated").increment(1);
            tracing::info!(id, "a command was delivered again and had been taken, it goes no further");
        }
        session.waiting.push_back((id.to_owned(), ack.to_owned()));
        Ok(())
    }

    /// Tells of commands that were lost, as far as there is room beside those that are being acknowledged.
    fn tell_lost(&mut self, session: &Session) {
        while session.taking.len() < self.commands.capacity()
            && let Some(command) = self.lost.pop_front()
        {
            self.hand_on(Happening::Lost(command));
        }
    }

    /// Acknowledges messages as far as there is room for their commands.
    fn acknowledge(&mut self, session: &mut Session) {
        while session.taking.len() < self.commands.capacity()
            && let Some((id, ack)) = session.waiting.pop_front()
        {
            self.receipts += 1;
            let receipt = format!("taken-{}", self.receipts);
            session.socket.put("ACK", &[("id", &ack), ("receipt", &receipt)], b"");
            session.taking.push_back((self.receipts, id));
        }
    }

    /// There is room: no more was acknowledged.
    fn hand_on(&self, happening: Happening) {
        if let Err(mpsc::error::TrySendError::Full(_)) = self.commands.try_send(happening) {
            metrics::counter!("gc_bridge_stomp_commands_total", "what" => "dropped").increment(1);
            tracing::error!("a command was dropped, the door does not take any");
        }
    }

    fn advisory(&mut self, frame: &Frame) {
        let topic = frame.header("destination").and_then(|topic| topic.strip_prefix(ADVISORIES));
        let count = frame.header("consumerCount").and_then(|count| count.parse().ok());
        if let (Some(topic), Some(count)) = (topic, count) {
            self.consumers(topic.into(), count);
        }
    }

    fn consumers(&mut self, destination: Arc<str>, count: u64) {
        if count > 0 {
            self.outbox.awake(&destination);
        }
        if self.consumers.len() < self.options.held.lines || self.consumers.contains_key(&destination) {
            self.consumers.insert(destination.clone(), count);
            self.news.consumers(destination, count);
        }
    }

    fn tell_dropped(&self) {
        let dropped = self.outbox.take_dropped();
        if !dropped.is_empty() {
            self.news.dropped(dropped);
        }
    }

    /// Takes no more from the queue, hands on what was acknowledged, and brings the last lines.
    async fn leave(&mut self, session: &mut Session, stops: bool) -> Result<(), Fault> {
        session.waiting.clear();
        session.socket.put("UNSUBSCRIBE", &[("id", "commands")], b"");
        while !session.taking.is_empty() {
            self.turn(session).await?;
            session.waiting.clear();
        }
        if stops {
            // The door goes on for a moment, and tells what became of the commands in hand.
            while let Some(command) = self.lost.pop_front() {
                let _ = self.commands.send(Happening::Lost(command)).await;
            }
            let _ = self.commands.send(Happening::Last).await;
            let _ = timeout(GOODBYE / 2, self.commands.closed()).await;
        }
        session.bring(&self.outbox);
        while !session.has_brought_all() {
            self.turn(session).await?;
            session.bring(&self.outbox);
        }
        session.socket.put("DISCONNECT", &[("receipt", "goodbye")], b"");
        while !session.said_goodbye {
            self.turn(session).await?;
        }
        Ok(())
    }

    async fn turn(&mut self, session: &mut Session) -> Result<(), Fault> {
        session.socket.turn().await?;
        while let Some(frame) = session.frame(&self.outbox)? {
            self.frame(session, &frame)?;
        }
        Ok(())
    }
}

impl Options {
    /// Ends with a connection to the first broker, if it is not the one that serves.
    async fn first_again(&self, serving: usize) -> Box<Socket> {
        let first = self.brokers.first().filter(|_| serving != 0 && !self.return_after.is_zero());
        let Some(first) = first else { return std::future::pending().await };
        loop {
            sleep(self.return_after).await;
            match Socket::open(first, self).await {
                Ok(socket) => {
                    tracing::info!(broker = %first, "the first broker is there again");
                    return Box::new(socket);
                }
                Err(why) => tracing::debug!(broker = %first, %why, "the first broker is still away"),
            }
        }
    }
}

fn command(frame: &Frame) -> Command {
    let body = match &frame.body {
        Body::TooLong => Err(BodyFault::TooLong),
        Body::Whole(bytes) => std::str::from_utf8(bytes).map(SecretString::from).map_err(|_| BodyFault::NotText),
    };
    let sent_at = frame.header("timestamp").and_then(|text| text.parse().ok()).filter(|at| *at > 0);
    let sent_at = sent_at.and_then(|at| Timestamp::from_millisecond(at).ok());
    Command { kind: frame.header("type").unwrap_or_default().to_owned(), body, sent_at, doubtful: false }
}
