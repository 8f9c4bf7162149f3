//! The link: keeps one agent's XMPP stream open and passes on what comes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use tokio::sync::{Notify, mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::effect::{Config, End, Framing, Output};
use super::socket::Socket;
use super::stream::Stream;
use super::watch::{Watches, Wish};
use super::{DownReason, LinkEvent, Node};
use crate::finesse::client::Client;
use crate::finesse::credentials::Credentials;
use crate::finesse::options::Transport;
use crate::model::system::SystemStatus;
use crate::model::{Error, Reason};
use crate::shutdown::Tasks;

/// Within which time the links try again when Finesse is back: soon, but not all at once.
const RETURN: Duration = Duration::from_secs(5);
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

/// A running link. Dropping it ends the XMPP session, after which Finesse signs the agent out within a minute or three.
#[derive(Debug)]
pub struct Link {
    cancel: CancellationToken,
    who: Arc<ArcSwap<Credentials>>,
    again: Arc<Notify>,
    wish: watch::Sender<Wish>,
}

impl Link {
    /// Starts to connect as the agent. Events come in order; while nobody takes them the link stops reading its socket, so
    /// none is lost. After [`LinkEvent::Refused`] and [`LinkEvent::Conflict`] nothing follows.
    pub fn open(client: &Client, who: Credentials, tasks: &Tasks, shard: u64) -> (Self, mpsc::Receiver<LinkEvent>) {
        let (events, receiver) = mpsc::channel(client.options().event_queue.max(1));
        let cancel = tasks.token().child_token();
        let who = Arc::new(ArcSwap::from_pointee(who));
        let again = Arc::new(Notify::new());
        let (wish, wishes) = watch::channel(Wish::default());
        let (client, cancelled) = (client.clone(), cancel.clone());
        let runner = Runner { client, who: who.clone(), again: again.clone(), events, cancel: cancelled };
        tasks.spawn(shard, runner.run(wishes));
        (Self { cancel, who, again, wish }, receiver)
    }

    /// Takes a new password, which the next connection uses; the one that is up stays.
    pub fn renew(&self, who: Credentials) {
        self.who.store(Arc::new(who));
    }

    /// The nodes that are wanted from now on, in place of those before; at most 512, more are [`LinkEvent::NotWatching`].
    ///
    /// Each node that comes in is answered by [`LinkEvent::Watching`] or [`LinkEvent::NotWatching`] once the link is up,
    /// and all of them again after each reconnect. One that stays is not answered again, unless it was refused: then it
    /// is asked for again. A node that goes may tell something until the server has heard of it.
    pub fn watch(&self, nodes: Vec<Node>) {
        self.wish.send_modify(|wish| wish.replace(nodes));
    }

    /// Ends the pause before the next attempt within seconds: whoever calls knows that Finesse is back.
    pub fn retry(&self) {
        self.again.notify_one();
    }

    /// Ends the session: unavailable presence and the end of the stream, at most a second. Nothing is reported after it.
    pub fn close(&self) {
        self.cancel.cancel();
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.close();
    }
}

struct Runner {
    client: Client,
    who: Arc<ArcSwap<Credentials>>,
    again: Arc<Notify>,
    events: mpsc::Sender<LinkEvent>,
    cancel: CancellationToken,
}

/// The link was closed, or nobody listens any more.
struct Closed;

impl Runner {
    async fn run(self, mut wishes: watch::Receiver<Wish>) {
        let mut attempt = 0;
        let mut watches = Watches::default();
        loop {
            let mut was_up = false;
            let prepared = tokio::select! {
                () = self.cancel.cancelled() => return,
                // What is over soon has no room in a task that lasts: thousands of links do nothing but wait.
                prepared = Box::pin(self.prepare()) => prepared,
            };
            let end = match prepared {
                Err(why) => End::Down(why),
                Ok((socket, config)) => {
                    let mut stream = Stream::new(config, watches, Instant::now());
                    let Ok(end) = self.session(&mut stream, socket, &mut wishes, &mut was_up).await else { return };
                    watches = stream.into_watches();
                    end
                }
            };
            if was_up {
                attempt = 0;
            }
            let event = match end {
                End::Refused(condition) => {
                    let text = format!("the notification service refuses the credentials: {condition}");
                    LinkEvent::Refused(Error::new(Reason::AuthorizationFailure, text))
                }
                End::Conflict => LinkEvent::Conflict,
                End::Down(why) => {
                    let retry_in = self.delay(attempt);
                    tracing::debug!(agent = %self.who.load().agent_id, %why, ?retry_in, "notification link down");
                    if self.tell(LinkEvent::Down { why, retry_in }).await.is_err() {
                        return;
                    }
                    attempt += 1;
                    tokio::select! {
                        () = self.cancel.cancelled() => return,
                        () = tokio::time::sleep(retry_in) => continue,
                        () = self.asked_back() => {
                            attempt = 0;
                            continue;
                        }
                    }
                }
            };
            // Whether it is heard or not, it was the last.
            let _ = self.tell(event).await;
            return;
        }
    }

    /// One connection, to the end of the stream.
    async fn session(
        &self,
        stream: &mut Stream,
        mut socket: Socket,
        wishes: &mut watch::Receiver<Wish>,
        was_up: &mut bool,
    ) -> Result<End, Closed> {
        loop {
            while let Some(output) = stream.poll() {
                let event = match output {
                    Output::Send(text) => {
                        if let Err(why) = Box::pin(socket.send(text, self.client.options().answer_timeout)).await {
                            // What the server said before it closed tells more than that it closed.
                            return Ok(last_words(stream).unwrap_or(End::Down(why)));
                        }
                        continue;
                    }
                    Output::StartTls => {
                        let options = self.client.options();
                        let host = &self.client.side().notify.host;
                        let secured = socket.start_tls(host, self.client.tls(), options.connect_timeout);
                        socket = match Box::pin(secured).await {
                            Ok(socket) => socket,
                            Err(why) => return Ok(End::Down(why)),
                        };
                        stream.tls_started(Instant::now());
                        continue;
                    }
                    Output::Up(jid) => {
                        *was_up = true;
                        LinkEvent::Up { jid }
                    }
                    Output::Notification(notification) => LinkEvent::Notification(notification),
                    Output::Watching(node) => LinkEvent::Watching { node },
                    Output::NotWatching(node, why) => LinkEvent::NotWatching { node, why },
                    Output::Skipped(why) => LinkEvent::Skipped { why },
                    Output::End(end) => {
                        let _ = tokio::time::timeout(GOODBYE, socket.shutdown()).await;
                        return Ok(end);
                    }
                };
                self.deliver(event, stream, &mut socket).await?;
            }
            let deadline = tokio::time::Instant::from_std(stream.deadline());
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => {
                    self.goodbye(stream, &mut socket).await;
                    return Err(Closed);
                }
                Ok(()) = wishes.changed() => {
                    let wish = wishes.borrow_and_update().clone();
                    stream.watch(wish, Instant::now());
                }
                received = socket.receive(|bytes| stream.receive(bytes, Instant::now())) => {
                    if let Err(why) = received {
                        return Ok(End::Down(why));
                    }
                }
                () = tokio::time::sleep_until(deadline) => stream.tick(Instant::now()),
            }
        }
    }

    /// SystemInfo first: it is cheap, names the domain, and says whether an attempt to log in makes sense.
    async fn prepare(&self) -> Result<(Socket, Config), DownReason> {
        let info = self.client.system_info().await.map_err(DownReason::SystemInfo)?;
        if info.status != SystemStatus::InService {
            return Err(DownReason::OutOfService);
        }
        let options = self.client.options();
        let notify = &self.client.side().notify;
        let who = self.who.load_full();
        let config = Config {
            framing: match notify.transport {
                Transport::WebSocket => Framing::WebSocket,
                Transport::StartTls | Transport::Tls | Transport::Plain => Framing::Stream,
            },
            starttls: notify.transport == Transport::StartTls,
            domain: info.xmpp_domain.ok_or(DownReason::NoDomain)?,
            pubsub: info.xmpp_pubsub_domain,
            user: local_part(who.agent_id.as_str()).to_owned(),
            password: who.password.clone(),
            resource: format!("{}-{:016x}", options.resource, fastrand::u64(..)),
            step_timeout: options.answer_timeout,
            ping_interval: options.ping_interval,
            ping_timeout: options.ping_timeout,
            max_stanza: options.max_stanza,
        };
        let socket = Socket::connect(notify, self.client.tls(), options.max_stanza, options.connect_timeout).await?;
        Ok((socket, config))
    }

    /// Hands an event to the session and waits until it is taken; meanwhile the socket is not read.
    async fn deliver(&self, event: LinkEvent, stream: &mut Stream, socket: &mut Socket) -> Result<(), Closed> {
        let event = match self.events.try_send(event) {
            Ok(()) => return Ok(()),
            Err(mpsc::error::TrySendError::Full(event) | mpsc::error::TrySendError::Closed(event)) => event,
        };
        let told = self.tell(event).await;
        match told {
            Ok(()) => stream.resumed(Instant::now()),
            Err(Closed) => self.goodbye(stream, socket).await,
        }
        told
    }

    async fn tell(&self, event: LinkEvent) -> Result<(), Closed> {
        tokio::select! {
            () = self.cancel.cancelled() => Err(Closed),
            sent = self.events.send(event) => sent.map_err(|_| Closed),
        }
    }

    async fn goodbye(&self, stream: &mut Stream, socket: &mut Socket) {
        stream.close();
        let farewell = async {
            while let Some(output) = stream.poll() {
                if let Output::Send(text) = output
                    && socket.send(text, GOODBYE).await.is_err()
                {
                    return;
                }
            }
            socket.shutdown().await;
        };
        // A second is enough; Finesse notices the loss of the connection too.
        let _ = tokio::time::timeout(GOODBYE, Box::pin(farewell)).await;
    }

    async fn asked_back(&self) {
        self.again.notified().await;
        tokio::time::sleep(RETURN.mul_f64(fastrand::f64())).await;
    }

    /// Exponential back-off with jitter: between half of the step and all of it.
    fn delay(&self, attempt: u32) -> Duration {
        let options = self.client.options();
        let step = options.reconnect_min.saturating_mul(1 << attempt.min(16)).min(options.reconnect_max);
        step.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

/// The end that the stream has already decided on, behind what could not be sent.
fn last_words(stream: &mut Stream) -> Option<End> {
    std::iter::from_fn(|| stream.poll()).find_map(|output| match output {
        Output::End(end) => Some(end),
        _ => None,
    })
}

/// The local part of the agent's JID: the login id, cut at `@` where it looks like a mail address, as Cisco's other
/// clients do. The server folds its case.
fn local_part(login: &str) -> &str {
    login.split('@').next().filter(|local| !local.is_empty()).unwrap_or(login)
}
