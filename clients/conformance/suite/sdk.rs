//! The two who make a case's calls: an SDK by way of its runner, and plain gRPC, which says what a refusal must say.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use generic_connector::command::catalogue::Rpc;
use generic_connector::pb;
use prost::Message as _;
use serde_json::{Value, json};
use tonic::transport::Channel;

use super::json::Codec;
use super::play::remembered;
use super::refusal;
use super::runner::Runner;
use crate::scenarios::attach::reason;
use crate::scenarios::dynamic::unary;
use crate::scenarios::stage::OBSERVER_KEY;
use crate::scenarios::typed::{Caller, Made};

/// The refusals of a run by the number of the call.
pub type Refusals = Arc<Mutex<BTreeMap<usize, Value>>>;

/// Plain gRPC.
pub struct Plain {
    channel: Channel,
    codec: Codec,
    calls: AtomicUsize,
    pub refusals: Refusals,
    /// Taken by the next command.
    pub how: Mutex<How>,
}

impl Plain {
    pub fn new(channel: Channel) -> Self {
        let (calls, refusals, how) = (AtomicUsize::new(0), Refusals::default(), Mutex::default());
        Self { channel, codec: Codec::new(), calls, refusals, how }
    }
}

impl Caller for Plain {
    fn call(&self, rpc: &'static Rpc, request: Vec<u8>, token: Option<&str>) -> BoxFuture<'static, Made> {
        let (channel, token) = (self.channel.clone(), token.map(str::to_owned));
        let (number, refusals) = (self.calls.fetch_add(1, Relaxed), self.refusals.clone());
        let request = self.codec.with(rpc, request, &std::mem::take(&mut *self.how.lock().unwrap()));
        async move {
            unary(channel, rpc.path, request, token.as_deref()).await.map_err(|status| {
                refusals.lock().unwrap().insert(number, refusal::of_status(&status, rpc.name));
                reason(&status)
            })
        }
        .boxed()
    }
}

/// One session of an SDK.
#[derive(Debug)]
pub struct Session {
    /// Its name at the runner.
    pub name: String,
    pub agent: String,
    /// The epoch that it began with.
    epoch: u64,
    /// The case has closed it.
    pub closed: bool,
}

/// How the next command is to be made, beside its request: members of the runner's operation.
pub type How = serde_json::Map<String, Value>;

/// An SDK, for one case.
pub struct Sdk {
    pub runner: Arc<Runner>,
    pub codec: Arc<Codec>,
    /// Where the SDK finds the service.
    address: String,
    /// What its sessions' names begin with.
    case: String,
    /// The options of its clients.
    options: Value,
    calls: AtomicUsize,
    pub sessions: Arc<Mutex<Vec<Session>>>,
    pub refusals: Refusals,
    /// What was wrong with replies.
    pub faults: Arc<Mutex<Vec<String>>>,
    /// Nothing cuts the stream, so that each reply comes after what it reflects.
    pub steady: bool,
    /// Taken by the next command.
    pub how: Mutex<How>,
    /// The runner's number of the last command of each session.
    pub last: Arc<Mutex<BTreeMap<String, u64>>>,
    /// For what an SDK can't say.
    plain: Channel,
}

impl Sdk {
    pub fn new(runner: Arc<Runner>, codec: Arc<Codec>, case: &str, options: Value, way: (String, Channel)) -> Self {
        let (address, plain) = way;
        Self {
            runner,
            codec,
            address,
            case: case.to_owned(),
            options: quick(options),
            calls: AtomicUsize::new(0),
            sessions: Arc::default(),
            refusals: Refusals::default(),
            faults: Arc::default(),
            steady: false,
            how: Mutex::default(),
            last: Arc::default(),
            plain,
        }
    }

    /// Opens a session; gives what plain gRPC would have, with the session's name as its token.
    fn open(&self, request: &pb::ConnectRequest, number: usize) -> BoxFuture<'static, Made> {
        let name = format!("{}.{number}", self.case);
        let operation = json!({
            "op": "open", "session": name, "address": self.address, "agent_id": request.agent_id,
            "password": request.password, "options": self.options,
        });
        let (runner, codec, refusals) = (self.runner.clone(), self.codec.clone(), self.refusals.clone());
        let (sessions, agent) = (self.sessions.clone(), request.agent_id.clone());
        async move {
            let opened = match runner.ask(operation).await {
                Ok(opened) => opened,
                Err(error) => {
                    refusals.lock().unwrap().insert(number, refusal::of_runner(&error));
                    return Err(error["reason"].as_str().unwrap_or_default().to_owned());
                }
            };
            let epoch = opened["epoch"].as_str().and_then(|epoch| epoch.parse().ok()).expect("an epoch");
            sessions.lock().unwrap().push(Session { name: name.clone(), agent, epoch, closed: false });
            let snapshot = view(&runner, &codec, &name).await.1;
            assert_eq!(snapshot.epoch, epoch, "the view's epoch right after Connect");
            let profile = snapshot.info.clone();
            let reply =
                pb::ConnectResponse { token: name, epoch, profile, snapshot: Some(snapshot), ..Default::default() };
            Ok(reply.encode_to_vec().into())
        }
        .boxed()
    }
}

/// The options of a case; what waits before a next attempt does not wait for long.
fn quick(options: Value) -> Value {
    let mut all = json!({"backoff_first_ms": 20, "backoff_longest_ms": 200});
    options.as_object().into_iter().flatten().for_each(|(name, value)| all[name] = value.clone());
    all
}

/// The connection's state and the picture of a session.
pub async fn view(runner: &Runner, codec: &Codec, session: &str) -> (String, pb::Snapshot) {
    let view = runner.ask(json!({"op": "view", "session": session})).await;
    let view = view.unwrap_or_else(|error| panic!("the view of {session}: {error}"));
    let snapshot = codec.message("Snapshot", &view["snapshot"]).unwrap_or_else(|why| panic!("the view: {why}"));
    (view["connection"].as_str().unwrap_or_default().to_owned(), snapshot)
}

impl Caller for Sdk {
    /// What goes wrong with the runner itself is a reason that no line expects.
    fn call(&self, rpc: &'static Rpc, request: Vec<u8>, token: Option<&str>) -> BoxFuture<'static, Made> {
        let made = AssertUnwindSafe(self.make(rpc, request, token)).catch_unwind();
        async move { made.await.unwrap_or_else(|_| Err(remembered())) }.boxed()
    }
}

impl Sdk {
    fn make(&self, rpc: &'static Rpc, request: Vec<u8>, token: Option<&str>) -> BoxFuture<'static, Made> {
        let number = self.calls.fetch_add(1, Relaxed);
        if rpc.name == "Connect" {
            return self.open(&pb::ConnectRequest::decode(&*request).unwrap(), number);
        }
        let Some(session) = token.map(str::to_owned).filter(|_| !["Hello", "Beat"].contains(&rpc.name)) else {
            // Without a session an SDK has but Hello, which is what it does for Beat, too: the service says the rest.
            let hello = json!({"op": "hello", "address": self.address, "options": self.options});
            let channel = self.plain.clone();
            let runner = self.runner.clone();
            return async move {
                if ["Hello", "Beat"].contains(&rpc.name) {
                    let said = runner.ask(hello).await;
                    assert!(said.as_ref().is_ok_and(|said| said["status"].is_string()), "hello: {said:?}");
                    return Ok(Bytes::new());
                }
                unary(channel, rpc.path, request, None).await.map_err(|status| reason(&status))
            }
            .boxed();
        };
        let mut operation = Value::Object(std::mem::take(&mut *self.how.lock().unwrap()));
        operation["op"] = json!("command");
        operation["session"] = json!(session);
        operation["rpc"] = json!(rpc.name);
        operation["request"] = self.codec.request(rpc, &request);
        let (runner, codec, last) = (self.runner.clone(), self.codec.clone(), self.last.clone());
        // In another session the numbers begin anew.
        let epoch = self.sessions.lock().unwrap().iter().find(|known| known.name == session).map(|known| known.epoch);
        let (refusals, faults, steady) = (self.refusals.clone(), self.faults.clone(), self.steady);
        async move {
            let (id, answer) = runner.send(operation).await;
            last.lock().unwrap().insert(session.clone(), id);
            match runner.answer(rpc.name, answer).await {
                Ok(reply) => {
                    let encoded = codec.reply(rpc, &reply).unwrap_or_else(|why| {
                        faults.lock().unwrap().push(why);
                        Vec::new()
                    });
                    if let Some(as_of) = reply["asOfSequence"].as_str().and_then(|text| text.parse::<u64>().ok()) {
                        let (connection, view) = view(&runner, &codec, &session).await;
                        if view.sequence < as_of && connection == "CONNECTED" && steady && epoch == Some(view.epoch) {
                            let why = format!("{} as of {as_of} came before the view, at {}", rpc.name, view.sequence);
                            faults.lock().unwrap().push(why);
                        }
                    }
                    Ok(Bytes::from(encoded))
                }
                Err(error) => {
                    let own = rpc.changing && error["command"] == rpc.name && error["reason"] != "CANCELLED";
                    if own && error["request_id"].as_str().is_none_or(str::is_empty) {
                        faults.lock().unwrap().push(format!("the error of {} names no request id: {error}", rpc.name));
                    }
                    refusals.lock().unwrap().insert(number, refusal::of_runner(&error));
                    Err(error["reason"].as_str().unwrap_or_default().to_owned())
                }
            }
        }
        .boxed()
    }

    /// Every session that was opened: its name, its agent, whether the case has closed it.
    pub fn all(&self) -> Vec<(String, String, bool)> {
        let sessions = self.sessions.lock().unwrap();
        sessions.iter().map(|session| (session.name.clone(), session.agent.clone(), session.closed)).collect()
    }

    /// The name of an observer at the runner.
    pub fn observer(&self, name: &str) -> String {
        format!("{}.{name}", self.case)
    }

    /// Begins to watch every agent with the key of the tests.
    pub async fn observe(&self, name: &str) {
        let operation = json!({
            "op": "observe", "session": self.observer(name), "address": self.address, "api_key": OBSERVER_KEY,
            "agents": [], "teams": [], "all": true, "options": self.options,
        });
        let begun = self.runner.ask(operation).await;
        assert!(begun.is_ok(), "observe: {begun:?}");
    }

    /// Notes that the case closes a session.
    pub fn closed(&self, name: &str) {
        self.sessions.lock().unwrap().iter_mut().filter(|session| session.name == name).for_each(|s| s.closed = true);
    }

    /// The runner's number of a session's last command, once one is on its way.
    pub async fn sent(&self, session: &str) -> u64 {
        let mut look = tokio::time::interval(std::time::Duration::from_millis(5));
        loop {
            if let Some(id) = self.last.lock().unwrap().get(session) {
                return *id;
            }
            look.tick().await;
        }
    }

    /// Closes all sessions without waiting, so that a runner does not go on with what nobody plays any more.
    pub fn abandon(&self) {
        for (session, ..) in self.all() {
            self.runner.post(json!({"op": "close", "session": session}));
            self.runner.forget(&session);
        }
    }
}
