//! Plays a case, over plain gRPC or with an SDK, and judges at its end what each session of the SDK gave out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use generic_connector::pb::subscribe_response::Message as Kind;
use generic_connector::shutdown::Tasks;
use generic_connector::sim::Flavour;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::case::{Case, Fault, Line, Placed};
use super::json::Codec;
use super::judge::{Judged, judge, same};
use super::runner::Runner;
use super::sdk::{Plain, Sdk, view};
use super::stand::Stand;
use super::storm;
use super::tls;
use crate::scenarios::door::Door;
use crate::scenarios::mirror::{seen, word};
use crate::scenarios::script::Step;
use crate::scenarios::typed::Run;
use crate::support::{LIMIT, within};

thread_local! {
    /// What the last panic of this thread said.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps what a panic says for [`remembered`].
pub fn remember(panic: String) {
    PANIC.set(panic);
}

pub fn remembered() -> String {
    PANIC.take()
}

/// Whether a line is for this platform and door.
fn fits(step: &Step, flavour: Flavour, door: Door) -> bool {
    step.flavour.is_none_or(|own| own == flavour) && step.groups.iter().all(|group| door.is_in(*group))
}

/// Plays a case over plain gRPC, where nothing happens that gRPC would not get over; gives its refusals.
pub async fn plain(case: &Case, flavour: Flavour) -> BTreeMap<usize, Value> {
    if !case.is_plain() {
        return BTreeMap::new();
    }
    let (_, play) = Stand::build(flavour, &case.service).await;
    let caller = Arc::new(Plain::new(play.doors.channel.clone()));
    let (refusals, how_next) = (caller.refusals.clone(), caller.clone());
    let mut run = Run::new(&case.name, play, Door::Unary, caller);
    for placed in &case.lines {
        if let Line::Step(step, how) = &placed.line
            && fits(step, flavour, Door::Unary)
        {
            how_next.how.lock().unwrap().extend(how.clone());
            run.step(step).await;
        }
    }
    run.finish_all().await;
    run.play.tasks.cancel();
    std::mem::take(&mut *refusals.lock().unwrap())
}

/// Ends what a case has begun, however it ends.
struct Cleanup {
    tasks: Tasks,
    sdk: Arc<Sdk>,
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        self.sdk.abandon();
        self.tasks.cancel();
    }
}

/// A case that is being played with an SDK.
pub struct Player<'a> {
    case: &'a Case,
    pub run: Run,
    pub sdk: Arc<Sdk>,
    pub stand: Stand,
    /// How far into each session's items expected ones have been found.
    found: HashMap<String, usize>,
    /// The names of those who watch every agent.
    observers: Vec<String>,
    /// Requests at Finesse as they were counted.
    counts: HashMap<(String, String), u64>,
}

/// Plays a case with an SDK; gives the reasons that the SDK told.
pub async fn with(
    case: &Case,
    flavour: Flavour,
    (language, runner): (&str, Arc<Runner>),
    codec: Arc<Codec>,
    plain: &BTreeMap<usize, Value>,
) -> BTreeSet<String> {
    let (stand, play) = Stand::build(flavour, &case.service).await;
    let (mut address, mut options) = (format!("http://{}", stand.proxy.address), case.options.clone());
    if let Some(tls) = case.service["tls"].as_str() {
        let (secure, authority) = tls::front(stand.proxy.address, &play.tasks).await;
        address = secure;
        if tls == "known" {
            options["ca_pem"] = authority.into();
        }
    }
    let way = (address, play.doors.channel.clone());
    let mut sdk = Sdk::new(runner, codec, &format!("{}.{flavour}", case.name), options, way);
    sdk.steady = case.is_plain();
    let sdk = Arc::new(sdk);
    let _cleanup = Cleanup { tasks: play.tasks.clone(), sdk: sdk.clone() };
    let run = Run::new(&case.name, play, Door::Sdk, sdk.clone());
    let mut player =
        Player { case, run, sdk, stand, found: HashMap::new(), observers: Vec::new(), counts: HashMap::new() };
    for placed in case.lines.iter().filter(|placed| placed.is_for(language)) {
        let place = format!("{}.txt:{}", case.name, placed.number);
        match &placed.line {
            Line::Step(step, how) if fits(step, flavour, Door::Sdk) => {
                player.sdk.how.lock().unwrap().extend(how.clone());
                player.run.step(step).await;
            }
            Line::Step(..) | Line::NoItem { .. } => {}
            Line::Item { client, expected } => player.item(&place, client, expected).await,
            Line::Fault(fault) => player.fault(&place, fault).await,
        }
    }
    player.end(flavour, plain).await
}

impl Player<'_> {
    /// The session of a client's last Connect, or an observer's.
    pub fn session(&self, client: &str) -> String {
        let observer = || self.observers.contains(&client.to_owned()).then(|| self.sdk.observer(client));
        self.run.token(client).or_else(observer).unwrap_or_else(|| panic!("client {client:?} has no session"))
    }

    async fn item(&mut self, place: &str, client: &str, expected: &Value) {
        let session = self.session(client);
        let from = self.found.get(&session).copied().unwrap_or(0);
        let position = |log: &[Value]| {
            let fits = |item: &Value| self.run.play.holds(expected, item, false);
            log.iter().skip(from).position(fits).map(|at| from + at)
        };
        let what = format!("{place}: {expected}");
        self.sdk.runner.until(&what, &session, |log| position(log).is_some()).await;
        let at = position(&self.sdk.runner.log(&session)).unwrap_or(from);
        self.found.insert(session, at + 1);
    }

    async fn fault(&mut self, place: &str, fault: &Fault) {
        let operation = |op: &str, client: &str| json!({"op": op, "session": self.session(client)});
        let mut ask = None;
        match fault {
            Fault::Cut => self.stand.proxy.cut(),
            Fault::Pass(mode) => self.stand.proxy.set(*mode),
            Fault::Restart => self.stand.replace(&mut self.run.play).await,
            Fault::Stop => self.stand.stop(&mut self.run.play).await,
            Fault::Start => self.stand.start(&mut self.run.play).await,
            // Time itself is what the case needs here.
            Fault::After(time) => drop(tokio::time::timeout(*time, std::future::pending::<()>()).await),
            Fault::Requests(of, count, more) => {
                let before = self.counts.get(of).copied().filter(|_| *more).unwrap_or(0);
                storm::requests(place, &self.run.play.sim.control(), of, before + count).await;
            }
            Fault::Count(of) => {
                self.counts.insert(of.clone(), self.run.play.sim.control().requests(&of.0, &of.1));
            }
            Fault::None(unwanted) => {
                let log = self.sdk.runner.log(&self.session(""));
                let shown = log.iter().find(|item| self.run.play.holds(unwanted, item, false));
                assert!(shown.is_none(), "{place}: the SDK said {shown:?}");
            }
            Fault::Calls { count, to } => storm::calls(self, *count, to).await,
            Fault::Storm { cuts, seed } => storm::blow(self, *cuts, storm::seed(*seed)).await,
            Fault::Upheaval { restarts, seed } => {
                let session = self.session("");
                storm::upheave(self, &session, *restarts, storm::seed(*seed)).await;
            }
            Fault::Pause(client) => ask = Some(operation("pause", client)),
            Fault::Resume(client) => ask = Some(operation("resume", client)),
            Fault::Cancel(client) => {
                let last = within("the command", self.sdk.sent(&self.session(client))).await;
                let mut cancel = operation("cancel", client);
                cancel["command"] = json!(last);
                ask = Some(cancel);
            }
            Fault::Observe(name) => {
                self.sdk.observe(name).await;
                self.observers.push(name.clone());
            }
            Fault::Close(client) => {
                let session = self.session(client);
                self.sdk.closed(&session);
                ask = Some(operation("close", client));
            }
        }
        if let Some(operation) = ask {
            let done = self.sdk.runner.ask(operation.clone()).await;
            assert!(done.is_ok(), "{place}: {operation}: {done:?}");
        }
    }

    /// What holds at the end of every case.
    async fn end(mut self, flavour: Flavour, plain: &BTreeMap<usize, Value>) -> BTreeSet<String> {
        self.run.finish_all().await;
        if !self.stand.renewed && self.case.is_plain() {
            self.run.settle().await;
        }
        let faults = std::mem::take(&mut *self.sdk.faults.lock().unwrap());
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let mut told = BTreeSet::new();
        for (session, agent, closed) in self.sdk.all() {
            let judged = self.settled(&session, &agent, closed).await;
            let events = judged.events.into_iter().map(|event| seen(Kind::Event(event.into())));
            self.run.others.extend(events);
            let log = self.sdk.runner.log(&session);
            let errors = log.iter().flat_map(|item| [&item["connection"]["error"], &item["error"]]);
            told.extend(errors.map(|error| word(error, "reason").to_owned()));
            self.unwanted(&session, &log);
            if !closed && judged.ended.is_none() {
                self.close(&session).await;
            }
        }
        for name in &self.observers {
            let session = self.sdk.observer(name);
            for agent in self.stand.ledger.eras().into_keys() {
                self.followed(&session, &agent).await;
            }
            self.close(&session).await;
        }
        let steps = self.case.lines.iter().filter_map(|placed| match &placed.line {
            Line::Step(step, _) if fits(step, flavour, Door::Sdk) => Some(step),
            _ => None,
        });
        self.run.play.check_never(steps, &self.run.others);
        let refusals = self.sdk.refusals.lock().unwrap().clone();
        if self.case.is_plain() {
            for (number, refusal) in plain {
                // What an SDK has no session for, or hides, it is not refused.
                if let Some(own) = refusals.get(number) {
                    assert_eq!(refusal, own, "{}: plain gRPC was refused so, and the SDK otherwise", self.case.name);
                }
            }
        }
        told.extend(refusals.values().map(|refusal| word(refusal, "reason").to_owned()));
        told
    }

    /// Waits until a session has said all that the service has; its view, the service's picture and the items agree.
    async fn settled(&self, session: &str, agent: &str, closed: bool) -> Judged {
        let deadline = Instant::now() + LIMIT / 2;
        loop {
            let eras = self.stand.ledger.eras().remove(agent).unwrap_or_default();
            let log = self.sdk.runner.log(session);
            let why = match judge(&self.sdk.codec, agent, &log, &eras) {
                Err(why) => why,
                Ok(judged) => match &judged.ended {
                    Some(error) if closed && !error.is_null() => {
                        format!("a session that was closed ended with {error}")
                    }
                    Some(_) => return judged,
                    None if closed => "a session that was closed has not ended".to_owned(),
                    None => {
                        let (connection, picture) = view(&self.sdk.runner, &self.sdk.codec, session).await;
                        let now = eras.last().filter(|era| !era.over).map(|era| &era.now);
                        let agree = match (now, &judged.view) {
                            (Some(now), Some(shown)) => same("the view", now, &picture)
                                .and_then(|()| same("what follows from the items", now, shown)),
                            _ => Err("a session without a picture".to_owned()),
                        };
                        match agree {
                            Ok(()) if connection == "CONNECTED" => return judged,
                            Ok(()) => format!("the connection is {connection}"),
                            Err(why) => why,
                        }
                    }
                },
            };
            assert!(Instant::now() < deadline, "{session} of {agent}: {why}");
            // What is under way comes soon; nothing tells of both sides at once.
            drop(tokio::time::timeout(Duration::from_millis(20), std::future::pending::<()>()).await);
        }
    }

    /// Waits until an observer has said all of an agent.
    async fn followed(&self, session: &str, agent: &str) {
        let deadline = Instant::now() + LIMIT / 2;
        loop {
            let eras = self.stand.ledger.eras().remove(agent).unwrap_or_default();
            let mut log = self.sdk.runner.log(session);
            log.retain(|item| item["agent_id"].is_null() || item["agent_id"] == agent);
            let now = eras.last().filter(|era| !era.over).map(|era| era.now.clone());
            let agree = judge(&self.sdk.codec, agent, &log, &eras)
                .and_then(|judged| same("what follows from the observer's items", &now, &judged.view));
            let Err(why) = agree else { return };
            assert!(Instant::now() < deadline, "{session} of {agent}: {why}");
            drop(tokio::time::timeout(Duration::from_millis(20), std::future::pending::<()>()).await);
        }
    }

    /// Closes a session: it ends without an error.
    async fn close(&self, session: &str) {
        let done = self.sdk.runner.ask(json!({"op": "close", "session": session})).await;
        assert!(done.is_ok(), "close: {done:?}");
        let ended = |log: &[Value]| log.last().is_some_and(|last| last.get("end").is_some());
        self.sdk.runner.until("the end of events() after close", session, ended).await;
        let error = self.sdk.runner.log(session).last().map(|end| end["error"].clone()).unwrap_or_default();
        assert!(error.is_null(), "a session that was closed ended with {error}");
    }

    /// Checks that no item is one that may never be.
    fn unwanted(&self, session: &str, log: &[Value]) {
        for Placed { number, line, .. } in &self.case.lines {
            let Line::NoItem { client, unwanted } = line else { continue };
            let mine = self.run.token(client).is_some_and(|own| own == session);
            let shown = log.iter().find(|item| mine && self.run.play.holds(unwanted, item, false));
            assert!(shown.is_none(), "{}.txt:{number}: the SDK said {shown:?}", self.case.name);
        }
    }
}
