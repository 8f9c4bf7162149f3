//! A good client, on a thread of its own: it asks for the agent's state all the time, and changes it now and then to see the
//! event come on another connection.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::pb::event::Payload;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::pb::subscribe_response::Message;
use generic_connector::pb::{self};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use tonic::transport::{Channel, Endpoint};

use crate::grpc_serving::{Certificates, tls_channel};
use crate::grpc_world::{As, call};
use crate::support::within;

const EACH_QUESTION: Duration = Duration::from_millis(2);
const EACH_EVENT: Duration = Duration::from_millis(15);

/// How long its questions and its events took in some time.
#[derive(Clone, Debug, Default)]
pub struct Latency {
    questions: Vec<Duration>,
    events: Vec<Duration>,
}

impl Latency {
    /// The median and the 99th percentile of the answers.
    pub fn answers(&self) -> (Duration, Duration) {
        (percentile(&self.questions, 50), percentile(&self.questions, 99))
    }

    /// The median of the events.
    pub fn event(&self) -> Duration {
        percentile(&self.events, 50)
    }
}

fn percentile(of: &[Duration], percent: usize) -> Duration {
    let mut sorted = of.to_vec();
    sorted.sort_unstable();
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(Duration::MAX)
}

/// The good client.
pub struct Probe {
    so_far: Arc<Mutex<Latency>>,
    questions: watch::Receiver<usize>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Probe {
    pub fn start(door: SocketAddr, tls: Option<&Certificates>) -> Self {
        let (so_far, stop) = (Arc::new(Mutex::new(Latency::default())), Arc::new(AtomicBool::new(false)));
        let (count, questions) = watch::channel(0);
        let (latency, stopping) = (so_far.clone(), stop.clone());
        let tls = tls.cloned();
        #[expect(clippy::disallowed_methods, reason = "what attacks must not share its runtime")]
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(work(door, tls.as_ref(), &latency, &stopping, &count));
        });
        Self { so_far, questions, stop, thread: Some(thread) }
    }

    /// Forgets what was measured so far.
    pub fn begin(&self) {
        *self.so_far.lock().unwrap() = Latency::default();
    }

    /// What was measured since then, once so many questions were answered.
    pub async fn measured(&mut self, questions: usize) -> Latency {
        let enough = || self.so_far.lock().unwrap().questions.len() >= questions;
        let mut answered = self.questions.clone();
        let gathered = async {
            while !enough() {
                answered.changed().await.expect("the good client has given up");
            }
        };
        within("answers to the good client", gathered).await;
        self.so_far.lock().unwrap().clone()
    }

    /// Ends it; it panics here if the good client was not served.
    pub fn stop(mut self) {
        self.stop.store(true, Relaxed);
        if let Err(panic) = self.thread.take().unwrap().join() {
            std::panic::resume_unwind(panic);
        }
    }
}

async fn connected(door: SocketAddr, tls: Option<&Certificates>) -> Channel {
    match tls {
        Some(certificates) => tls_channel(door, certificates, false).await,
        None => within("a connection", Endpoint::try_from(format!("http://{door}")).unwrap().connect()).await.unwrap(),
    }
}

async fn work(
    door: SocketAddr,
    tls: Option<&Certificates>,
    latency: &Mutex<Latency>,
    stop: &AtomicBool,
    count: &watch::Sender<usize>,
) {
    let (asks, listens) = (connected(door, tls).await, connected(door, tls).await);
    let mut agent = AgentServiceClient::new(asks.clone());
    let request = pb::ConnectRequest { agent_id: "1001".into(), password: "demo".into(), ..Default::default() };
    let token = within("connect", agent.connect(request)).await.unwrap().into_inner().token;
    let login = pb::LoginRequest { extension: "2001".into(), ..Default::default() };
    within("login", agent.login(call(As::Bearer(&token), login))).await.unwrap();
    // One that is not ready already is refused nothing, but changes nothing either.
    let _ = agent.make_not_ready(call(As::Bearer(&token), pb::MakeNotReadyRequest::default())).await;
    let questions = async {
        let mut agent = AgentServiceClient::new(asks.clone());
        let mut pace = paced(EACH_QUESTION);
        while !stop.load(Relaxed) {
            pace.tick().await;
            let asked = Instant::now();
            within("a state", agent.get_state(call(As::Bearer(&token), pb::GetStateRequest::default()))).await.unwrap();
            latency.lock().unwrap().questions.push(asked.elapsed());
            count.send_modify(|count| *count += 1);
        }
    };
    let events = async {
        let request = call(As::Bearer(&token), pb::SubscribeRequest::default());
        let mut stream = EventServiceClient::new(listens).subscribe(request).await.unwrap().into_inner();
        let mut pace = paced(EACH_EVENT);
        for turn in 0.. {
            pace.tick().await;
            if stop.load(Relaxed) {
                break;
            }
            let begun = Instant::now();
            let change = async {
                let options = None;
                if turn % 2 == 0 {
                    agent.make_ready(call(As::Bearer(&token), pb::MakeReadyRequest { options })).await.map(drop)
                } else {
                    agent.make_not_ready(call(As::Bearer(&token), pb::MakeNotReadyRequest { options })).await.map(drop)
                }
            };
            let seen = async {
                loop {
                    let message = stream.message().await.unwrap().expect("the stream has ended");
                    if let Some(Message::Event(event)) = message.message
                        && let Some(Payload::AgentStateChanged(_)) = event.into_event().unwrap().payload
                    {
                        break begun.elapsed();
                    }
                }
            };
            let (changed, took) = within("a change", async { tokio::join!(change, seen) }).await;
            changed.unwrap();
            latency.lock().unwrap().events.push(took);
        }
    };
    tokio::join!(questions, events);
}

/// Questions that are late are not made up for.
fn paced(each: Duration) -> tokio::time::Interval {
    let mut pace = interval(each);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}
