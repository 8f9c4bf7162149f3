//! BOSH's HTTP: `POST /http-bind`, one task for each session.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body as HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::body::{self, Body};
use super::session::{Answers, Session};
use crate::shutdown::Tasks;
use crate::sim::engine::Engine;
use crate::sim::hub::{Bound, Out};
use crate::sim::rest::sever;
use crate::sim::side::Side;
use crate::sim::xmpp::MAX_STANZA;
use crate::sim::xmpp::framing::Framing;
use crate::sim::xmpp::stream::Stream;

/// Requests of one session that wait for its task.
const INBOX: usize = 8;
/// Longest time a session may be without a request.
const INACTIVITY: Duration = Duration::from_secs(30);

type Ticket = oneshot::Sender<String>;
/// Boxed, for a queue has room for many even while it is empty.
type Asked = (Box<Body>, Ticket);
type Sessions = HashMap<String, mpsc::Sender<Asked>>;

/// The connection manager of one side: all its sessions.
#[derive(Debug)]
pub struct Binding {
    engine: Arc<Engine>,
    side: Side,
    tasks: Tasks,
    sessions: Mutex<Sessions>,
}

impl Binding {
    /// Without a session.
    pub fn new(engine: Arc<Engine>, side: Side, tasks: Tasks) -> Arc<Self> {
        Arc::new(Self { engine, side, tasks, sessions: Mutex::default() })
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a request to its session, or to a new one.
    fn dispatch(self: &Arc<Self>, body: Body, ticket: Ticket) -> Result<(), (u16, &'static str)> {
        use mpsc::error::TrySendError::{Closed, Full};
        let Some(sid) = body.sid.as_deref() else { return self.create(&body, ticket) };
        let inbox = self.sessions().get(sid).cloned().ok_or(UNKNOWN)?;
        inbox.try_send((Box::new(body), ticket)).map_err(|refused| match refused {
            Full(_) => (403, "Too many simultaneous requests."),
            Closed(_) => UNKNOWN,
        })
    }

    fn create(self: &Arc<Self>, body: &Body, ticket: Ticket) -> Result<(), (u16, &'static str)> {
        let timers = &self.engine.options.timers;
        let stream = Stream::new(self.engine.clone(), self.side, Framing::Bosh);
        let (inactivity, login) = (timers.idle.min(INACTIVITY), timers.handshake);
        let (session, answers) = Session::open(stream, body, ticket, Instant::now(), inactivity, login);
        let (sender, inbox) = mpsc::channel(INBOX);
        let mut sessions = self.sessions();
        if sessions.len() >= self.engine.options.max_connections {
            return Err((503, "Too many sessions."));
        }
        sessions.insert(session.id().to_owned(), sender);
        let listed = Listed { binding: self.clone(), sid: session.id().to_owned() };
        drop(sessions);
        send(answers);
        self.tasks.spawn_abortable(0, async move {
            let _listed = listed;
            run(session, inbox).await;
        });
        Ok(())
    }
}

const UNKNOWN: (u16, &str) = (404, "Invalid SID value.");

/// A session's place among all.
struct Listed {
    binding: Arc<Binding>,
    sid: String,
}

impl Drop for Listed {
    fn drop(&mut self) {
        self.binding.sessions().remove(&self.sid);
    }
}

/// Serves `/http-bind`.
pub async fn serve(State(binding): State<Arc<Binding>>, request: Request) -> Response<HttpBody> {
    if request.method() == Method::OPTIONS {
        return respond(200, String::new());
    }
    if request.method() != Method::POST {
        return respond(405, String::new());
    }
    let reading = timeout(binding.engine.options.timers.handshake, to_bytes(request.into_body(), MAX_STANZA));
    let Ok(Ok(bytes)) = reading.await else { return respond(413, String::new()) };
    let Some(body) = std::str::from_utf8(&bytes).ok().and_then(Body::parse) else {
        return respond(400, "Body is no BOSH request.".to_owned());
    };
    let (ticket, answer) = oneshot::channel();
    match binding.dispatch(body, ticket) {
        Ok(()) => match answer.await {
            Ok(answer) => respond(200, answer),
            // The session was cut off: so is the connection.
            Err(_) => sever(),
        },
        Err((status, text)) => respond(status, text.to_owned()),
    }
}

/// Runs a session until its end.
async fn run(mut session: Session<Ticket>, mut inbox: mpsc::Receiver<Asked>) {
    while !session.is_over() {
        let (due, wants) = (session.due(), session.wants());
        // Half-open: requests are taken, by the system or into the inbox, and not answered.
        let live = !session.bound().is_some_and(|bound| *bound.stalled.borrow());
        let answers = tokio::select! {
            happened = link(session.bound(), wants && live) => match happened {
                Link::Out(out) => session.push(out, Instant::now()),
                Link::Stalled => continue,
                Link::Killed => return,
            },
            request = inbox.recv(), if live => match request {
                Some((body, ticket)) => session.take(*body, ticket, Instant::now()),
                None => return,
            },
            () = tokio::time::sleep_until(due), if live => session.tick(Instant::now()),
        };
        send(answers);
    }
    inbox.close();
    while let Ok((_, ticket)) = inbox.try_recv() {
        let ended = [("type", "terminate"), ("condition", "item-not-found")];
        send(vec![(ticket, body::write(&ended, ""))]);
    }
}

/// What happens at the user's end.
enum Link {
    Out(Option<Out>),
    Stalled,
    Killed,
}

async fn link(bound: Option<&mut Bound>, wants: bool) -> Link {
    let Some(bound) = bound else { return std::future::pending().await };
    tokio::select! {
        () = bound.kill.cancelled() => Link::Killed,
        Ok(()) = bound.stalled.changed() => Link::Stalled,
        out = bound.outbox.recv(), if wants => Link::Out(out),
    }
}

fn send(answers: Answers<Ticket>) {
    for (ticket, answer) in answers {
        // A client that has gone asks again, or is missed after a while.
        let _ = ticket.send(answer);
    }
}

fn respond(status: u16, body: String) -> Response<HttpBody> {
    let kind = if status == 200 { "text/xml; charset=utf-8" } else { "text/plain; charset=utf-8" };
    let mut response = Response::new(HttpBody::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // A page of another origin may use it, as with Openfire.
    let headers: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_TYPE, kind),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, X-Requested-With"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}
