//! An event: from the moment Finesse writes a notification to the typed event at the agent's subscriber.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Result, ensure};
use generic_connector::pb;
use serde_json::json;
use tokio::sync::Notify;
use tokio::task::LocalSet;
use tokio::time::timeout;

use super::Bench;
use crate::measure::{Latency, Unit};
use crate::process::Process;
use crate::report::Goal;
use crate::roles::RELAY;
use crate::stage::{Agent, SUBSCRIBE, Sim, Stage, place_calls};
use crate::wire::grpc::{Frame, Grpc, Messages};
use crate::wire::http::{Http, control};

/// How many agents the notifications are about, and how many connections read them.
const AGENTS: usize = 100;
/// Notifications a second.
const RATES: [usize; 3] = [1_000, 5_000, 10_000];
/// How long the last event may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What arrived: the latencies in microseconds.
#[derive(Default)]
struct Arrived {
    latencies: RefCell<Vec<f64>>,
    more: Notify,
}

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, measure(bench))
}

async fn measure(bench: &mut Bench) -> Result<()> {
    let stage = Stage::start(2 * AGENTS, &[])?;
    let baseline = crate::roles::start(Some(&stage.sim.xmpp))?;
    let mut agents = stage.sign_in(0..AGENTS).await?;
    stage.call(&mut agents).await?;
    let (own, theirs) = (Rc::<Arrived>::default(), Rc::<Arrived>::default());
    for agent in &agents {
        let mut grpc = Grpc::connect(&stage.grpc).await?;
        grpc.authorize(&agent.token);
        grpc.call(SUBSCRIBE, &pb::SubscribeRequest::default());
        read(grpc, own.clone()).await?;
    }
    let mut others: Vec<_> = (AGENTS..2 * AGENTS).map(Agent::number).collect();
    for grpc in relayed(&stage.sim, &baseline.address("grpc")?, &mut others).await? {
        read(grpc, theirs.clone()).await?;
    }
    eprintln!("  events begin; the service is process {}", stage.service.id());
    bench.report.section(
        "Event, notification in to typed event out",
        "A changed call variable on the calls of 100 agents in turn, 3.9 KB a notification; each agent's subscriber has a connection of its \
         own. Latency is from the moment when the simulator makes the notification to the event's bytes at the subscriber. The relay passes the XML on unparsed.",
    );
    let (rounds, events) = (bench.size(3, 7), bench.size(1_000, 4_000));
    for rate in RATES {
        let (mut ours, mut passed_on) = (Latency::default(), Latency::default());
        for round in 0..=rounds {
            let (seen, seen_cpu) = burst(&stage, &stage.service, 100_001, rate, events, &own).await?;
            let (passed, passed_cpu) = burst(&stage, &baseline, 100_001 + AGENTS, rate, events, &theirs).await?;
            if round > 0 {
                ours.push(seen, seen_cpu);
                passed_on.push(passed, passed_cpu);
            }
        }
        let report = &mut bench.report;
        report.line(&format!("relay, {rate}/s, p50"), Unit::Microseconds, &passed_on.p50);
        report.line(&format!("relay, {rate}/s, p99"), Unit::Microseconds, &passed_on.p99);
        report.line(&format!("relay, {rate}/s, CPU"), Unit::Microseconds, &passed_on.cpu);
        report.against(&format!("event, {rate}/s, p50"), Unit::Microseconds, &ours.p50, "relay", &passed_on.p50);
        report.against(&format!("event, {rate}/s, p99"), Unit::Microseconds, &ours.p99, "relay", &passed_on.p99);
        report.against(&format!("event, {rate}/s, CPU"), Unit::Microseconds, &ours.cpu, "relay", &passed_on.cpu);
        for (name, own, other, must, stretch) in
            [("p50", &ours.p50, &passed_on.p50, 2.0, 1.4), ("CPU", &ours.cpu, &passed_on.cpu, 2.4, 1.5)]
        {
            let goal = Goal {
                id: "P4",
                what: format!("event {name} to the relay's at {rate}/s"),
                figure: own.ratio(other),
                must: Some(must),
                stretch,
                unit: "×",
                more: false,
            };
            report.goal(goal, &[("the relay", other)]);
        }
    }
    Ok(())
}

/// Agents who are signed in at the simulator itself, with a call, and whose notifications are relayed: a connection each.
pub async fn relayed(sim: &Sim, relay: &str, agents: &mut [Agent]) -> Result<Vec<Grpc>> {
    let mut http = Http::connect(&sim.http).await?;
    let mut connections = Vec::new();
    for agent in agents.iter() {
        let mut grpc = Grpc::connect(relay).await?;
        grpc.call_bytes(RELAY, agent.id.as_bytes());
        while !matches!(grpc.next().await?, Frame::Data { .. }) {}
        let (status, _) = http.send(&agent.sign_in_request()).await?;
        ensure!(status == 202, "sign-in: {status}");
        connections.push(grpc);
    }
    place_calls(sim, agents).await?;
    Ok(connections)
}

/// Reads a subscription to its end, and notes when what was sent arrived.
async fn read(mut grpc: Grpc, arrived: Rc<Arrived>) -> Result<()> {
    grpc.flush().await?;
    tokio::task::spawn_local(async move {
        let mut messages = Messages::default();
        while let Ok(frame) = grpc.next().await {
            let Frame::Data { bytes, .. } = frame else { continue };
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos() as f64;
            messages.push(bytes, |message| {
                if let Some(sent) = sent_at(message) {
                    arrived.latencies.borrow_mut().push((now - sent as f64) / 1_000.0);
                }
            });
            arrived.more.notify_one();
        }
    });
    Ok(())
}

/// The time that the simulator put into the call: nineteen digits in a row.
fn sent_at(message: &[u8]) -> Option<u64> {
    let from = memchr::memmem::find(message, b"callVariable10")? + b"callVariable10".len();
    let rest = message.get(from..)?;
    let digits = rest.windows(19).find(|window| window.iter().all(u8::is_ascii_digit))?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Lets the simulator notify at a rate, and waits for all of it: the latencies, and the processor time of what is between.
async fn burst(
    stage: &Stage,
    between: &Process,
    first: usize,
    rate: usize,
    count: usize,
    arrived: &Arrived,
) -> Result<(Vec<f64>, f64)> {
    arrived.latencies.borrow_mut().clear();
    let before = between.cpu();
    let users = json!({ "from": first.to_string(), "count": AGENTS });
    let load = json!({ "users": users, "per_second": rate, "count": count });
    control(&stage.sim.control, "/load", &load).await?;
    let all = async {
        while arrived.latencies.borrow().len() < count {
            arrived.more.notified().await;
        }
    };
    let whole = timeout(PATIENCE, all).await.is_ok();
    let latencies = arrived.latencies.take();
    ensure!(whole, "{} of {count} events arrived", latencies.len());
    Ok((latencies, between.cpu() - before))
}
