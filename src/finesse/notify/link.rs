//! The link: keeps one agent's XMPP stream open and passes on what comes.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use tokio::time::{Sleep, sleep, sleep_until, timeout};

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

/// Within which time the links try again when Finesse is back: soon, but not all at once.
const RETURN: Duration = Duration::from_secs(5);
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

/// One agent's link. It has no task and no queue: it goes on while [`Link::next`] is awaited, and reads its socket no
/// faster than its events are taken.
///
/// Dropping it ends the XMPP session, after which Finesse signs the agent out within a minute or three.
pub struct Link {
    client: Client,
    who: Credentials,
    state: State,
    /// The nodes, while there is no connection.
    watches: Watches,
    wish: Wish,
    wished: bool,
    /// How many attempts to connect have failed since the link was up.
    attempt: u32,
    /// The next pause is to be a short one.
    hurry: bool,
}

enum State {
    /// A connection is being made.
    Connecting(BoxFuture<'static, Result<(Socket, Config), DownReason>>),
    /// Nearly always: something may come.
    Listening(Box<Connection>),
    /// Something is being sent, or the socket raised to TLS; meanwhile nothing is read.
    Sending(BoxFuture<'static, Sent>),
    /// Until the next attempt.
    Resting(Pin<Box<Sleep>>),
    /// Nothing follows.
    Over,
}

/// A connection, or how it ended.
type Sent = Result<Box<Connection>, (End, Watches)>;

/// What a poll of the connection found.
enum Found {
    Event(LinkEvent),
    /// Something to be done that takes its time.
    Work(Output),
    Lost(DownReason),
}

struct Connection {
    stream: Stream,
    socket: Socket,
    alarm: Pin<Box<Sleep>>,
}

impl Link {
    /// A link that connects as the agent, as soon as its events are awaited.
    pub fn open(client: &Client, who: Credentials) -> Self {
        Self {
            state: connecting(client, &who),
            client: client.clone(),
            who,
            watches: Watches::default(),
            wish: Wish::default(),
            wished: false,
            attempt: 0,
            hurry: false,
        }
    }

    /// Takes a new password, which the next connection uses; the one that is up stays.
    pub fn renew(&mut self, who: Credentials) {
        self.who = who;
    }

    /// The nodes that are wanted from now on, in place of those before; at most 512, more are [`LinkEvent::NotWatching`].
    ///
    /// Each node that comes in is answered by [`LinkEvent::Watching`] or [`LinkEvent::NotWatching`] once the link is up,
    /// and all of them again after each reconnect. One that stays is not answered again, unless it was refused: then it
    /// is asked for again. A node that goes may tell something until the server has heard of it.
    pub fn watch(&mut self, nodes: Vec<Node>) {
        self.wish.replace(nodes);
        self.wished = true;
    }

    /// Ends the pause before the next attempt within seconds: whoever calls knows that Finesse is back.
    pub fn retry(&mut self) {
        match &mut self.state {
            State::Resting(rest) => {
                *rest = soon();
                self.attempt = 0;
            }
            _ => self.hurry = true,
        }
    }

    /// The next event. They come in order, and none is lost when this future is dropped. None after
    /// [`LinkEvent::Refused`] and [`LinkEvent::Conflict`].
    pub async fn next(&mut self) -> Option<LinkEvent> {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// Ends the session: unavailable presence and the end of the stream, at most a second.
    pub async fn close(mut self) {
        let farewell = async {
            if let State::Sending(sending) = &mut self.state
                && let Ok(connection) = sending.await
            {
                self.state = State::Listening(connection);
            }
            if let State::Listening(connection) = &mut self.state {
                connection.farewell().await;
            }
        };
        // A second is enough; Finesse notices the loss of the connection too.
        let _ = timeout(GOODBYE, Box::pin(farewell)).await;
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<LinkEvent>> {
        loop {
            let end = match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::Resting(rest) => {
                    ready!(rest.as_mut().poll(cx));
                    self.state = connecting(&self.client, &self.who);
                    continue;
                }
                State::Connecting(connecting) => match ready!(connecting.as_mut().poll(cx)) {
                    Ok((socket, config)) => {
                        let stream = Stream::new(config, std::mem::take(&mut self.watches), Instant::now());
                        let alarm = Box::pin(sleep_until(stream.deadline().into()));
                        self.state = State::Listening(Box::new(Connection { stream, socket, alarm }));
                        continue;
                    }
                    Err(why) => End::Down(why),
                },
                State::Sending(sending) => match ready!(sending.as_mut().poll(cx)) {
                    Ok(connection) => {
                        self.state = State::Listening(connection);
                        continue;
                    }
                    Err((end, watches)) => {
                        self.watches = watches;
                        end
                    }
                },
                State::Listening(connection) => {
                    if std::mem::take(&mut self.wished) {
                        connection.stream.watch(self.wish.clone(), Instant::now());
                    }
                    match ready!(connection.poll(cx)) {
                        Found::Event(event) => {
                            if matches!(event, LinkEvent::Up { .. }) {
                                self.attempt = 0;
                            }
                            return Poll::Ready(Some(event));
                        }
                        found => {
                            let State::Listening(connection) = std::mem::replace(&mut self.state, State::Over) else {
                                return Poll::Ready(None);
                            };
                            match found {
                                Found::Work(output) => {
                                    self.state = State::Sending(Box::pin(connection.work(output, self.client.clone())));
                                    continue;
                                }
                                Found::Lost(why) => {
                                    self.watches = connection.stream.into_watches();
                                    End::Down(why)
                                }
                                Found::Event(event) => return Poll::Ready(Some(event)),
                            }
                        }
                    }
                }
            };
            return Poll::Ready(Some(self.ended(end)));
        }
    }

    /// What the end of a connection, or of an attempt to make one, means.
    fn ended(&mut self, end: End) -> LinkEvent {
        self.state = State::Over;
        match end {
            End::Refused(condition) => {
                let text = format!("the notification service refuses the credentials: {condition}");
                LinkEvent::Refused(Error::new(Reason::AuthorizationFailure, text))
            }
            End::Conflict => LinkEvent::Conflict,
            End::Down(why) => {
                let retry_in = self.delay();
                tracing::debug!(agent = %self.who.agent_id, %why, ?retry_in, "notification link down");
                self.attempt += 1;
                self.state = State::Resting(Box::pin(sleep(retry_in)));
                if std::mem::take(&mut self.hurry) {
                    self.retry();
                }
                LinkEvent::Down { why, retry_in }
            }
        }
    }

    /// Exponential back-off with jitter: between half of the step and all of it.
    fn delay(&self) -> Duration {
        let options = self.client.options();
        let step = options.reconnect_min.saturating_mul(1 << self.attempt.min(16)).min(options.reconnect_max);
        step.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

impl Connection {
    /// The next event, or something to do.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Found> {
        loop {
            if let Some(output) = self.stream.poll() {
                return Poll::Ready(Found::Event(match output {
                    Output::Up(jid) => LinkEvent::Up { jid },
                    Output::Notification(notification) => LinkEvent::Notification(notification),
                    Output::Watching(node) => LinkEvent::Watching { node },
                    Output::NotWatching(node, why) => LinkEvent::NotWatching { node, why },
                    Output::Skipped(why) => LinkEvent::Skipped { why },
                    work => return Poll::Ready(Found::Work(work)),
                }));
            }
            let Self { stream, socket, alarm } = self;
            match socket.poll_receive(cx, |bytes| stream.receive(bytes, Instant::now())) {
                Poll::Ready(Ok(())) => continue,
                Poll::Ready(Err(why)) => return Poll::Ready(Found::Lost(why)),
                Poll::Pending => {}
            }
            let deadline = stream.deadline().into();
            if alarm.deadline() != deadline {
                alarm.as_mut().reset(deadline);
            }
            ready!(alarm.as_mut().poll(cx));
            stream.tick(Instant::now());
        }
    }

    /// Does what takes its time.
    async fn work(mut self: Box<Self>, output: Output, client: Client) -> Sent {
        let options = client.options();
        let failed = match output {
            Output::Send(text) => self.socket.send(text, options.answer_timeout).await.err(),
            Output::StartTls => {
                let secured = self.socket.start_tls(&client.side().notify.host, client.tls(), options.connect_timeout);
                match secured.await {
                    Ok(socket) => {
                        self.socket = socket;
                        self.stream.tls_started(Instant::now());
                        None
                    }
                    Err(why) => return Err((End::Down(why), self.stream.into_watches())),
                }
            }
            Output::End(end) => {
                let _ = timeout(GOODBYE, self.socket.shutdown()).await;
                return Err((end, self.stream.into_watches()));
            }
            // The rest are events.
            _ => None,
        };
        match failed {
            None => Ok(self),
            Some(why) => {
                // What the server said before it closed tells more than that it closed.
                let end = last_words(&mut self.stream).unwrap_or(End::Down(why));
                Err((end, self.stream.into_watches()))
            }
        }
    }

    async fn farewell(&mut self) {
        self.stream.close();
        while let Some(output) = self.stream.poll() {
            if let Output::Send(text) = output
                && self.socket.send(text, GOODBYE).await.is_err()
            {
                return;
            }
        }
        self.socket.shutdown().await;
    }
}

/// Not all links at once.
fn soon() -> Pin<Box<Sleep>> {
    Box::pin(sleep(RETURN.mul_f64(fastrand::f64())))
}

fn connecting(client: &Client, who: &Credentials) -> State {
    let (client, who) = (client.clone(), who.clone());
    State::Connecting(Box::pin(async move { connect(&client, who).await }))
}

/// SystemInfo first: it is cheap, names the domain, and says whether an attempt to log in makes sense.
async fn connect(client: &Client, who: Credentials) -> Result<(Socket, Config), DownReason> {
    let info = client.system_info().await.map_err(DownReason::SystemInfo)?;
    if info.status != SystemStatus::InService {
        return Err(DownReason::OutOfService);
    }
    let options = client.options();
    let notify = &client.side().notify;
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
    let socket = Socket::connect(notify, client.tls(), options.max_stanza, options.connect_timeout).await?;
    Ok((socket, config))
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
