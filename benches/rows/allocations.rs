//! How often the whole way of an event allocates: service, or relay, in this process and on one thread, which is counted.
//! The simulator is a process of its own as ever, the clients are on a thread that nobody counts.

use std::thread;
use std::time::Duration;

use allocation_counter::{AllocationInfo, measure};
use anyhow::{Context as _, Result, anyhow};
use futures_util::future::try_join;
use generic_connector::app::{App, Purpose, Settings};
use generic_connector::config::Sources;
use generic_connector::pb;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::LocalSet;
use tokio::time::timeout;

use super::Bench;
use super::event::relayed;
use crate::measure::{Figure, Unit};
use crate::publish::Door;
use crate::roles;
use crate::stage::{Agent, SUBSCRIBE, Sim, place_calls};
use crate::wire::grpc::{Frame, Grpc, events};

/// The service's agents are the first half, the relay's the others: each has a stream of its own.
const AGENTS: usize = 20;
/// Events of each kind that are counted.
const EVENTS: usize = 200;
/// What comes within this time came without a pause.
const QUIET: Duration = Duration::from_millis(50);

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let sim = Sim::start(2 * AGENTS)?;
    // Each stands still while the other one is counted.
    let (counting, relaying) = (Counting::new()?, Counting::new()?);
    let app = counting.run(App::start(settings(&sim)?))?;
    let relay = relaying.run(async { roles::Listeners::open() })?;
    let (service, relay_address) = (app.grpc_address().to_string(), relay.grpc()?);
    relaying.local.spawn_local(roles::serve(relay, Some(sim.xmpp.clone())));
    let (_, mut own) = counting.of(|| Side::of_service(&sim, &service))?;
    let (_, mut relay) = relaying.of(|| Side::of_relay(&sim, &relay_address))?;
    let mut counts = [Count::default(), Count::default()];
    for round in 0..=bench.size(2, 5) {
        let sides = [(&counting, &mut own), (&relaying, &mut relay)];
        for ((counting, side), count) in sides.into_iter().zip(&mut counts) {
            let (paced, ()) = counting.of(|| side.one_by_one())?;
            let (burst, ()) = counting.of(|| side.together())?;
            if round > 0 {
                count.push(&paced, &burst);
            }
        }
    }
    counting.run(app.stop());
    let [own, relay] = counts;
    let report = &mut bench.report;
    report.section(
        "Allocations of an event, notification in to typed event out",
        &format!(
            "All that the service allocates while it reads a notification of a changed call from its socket, parses it, and has its event on the \
             subscriber's: {EVENTS} events of {AGENTS} agents with a connection each, and again of the unparsed relay. In the benchmark's own process, \
             on one thread, with nothing else to do. A buffer that grows counts again.",
        ),
    );
    let figures: [(&str, Unit, Chosen); 4] = [
        ("one by one", Unit::Count, |count| &count.paced),
        ("one by one, allocated", Unit::KiB, |count| &count.paced_bytes),
        ("back to back", Unit::Count, |count| &count.burst),
        ("back to back, allocated", Unit::KiB, |count| &count.burst_bytes),
    ];
    for (what, unit, figure) in figures {
        report.line(&format!("relay, {what}"), unit, figure(&relay));
        report.line(&format!("event, {what}"), unit, figure(&own));
    }
    Ok(())
}

/// Which of the figures.
type Chosen = fn(&Count) -> &Figure;

/// Allocations, and KiB, for each event.
#[derive(Default)]
struct Count {
    paced: Figure,
    paced_bytes: Figure,
    burst: Figure,
    burst_bytes: Figure,
}

impl Count {
    fn push(&mut self, paced: &AllocationInfo, burst: &AllocationInfo) {
        let each = |total: u64| total as f64 / EVENTS as f64;
        self.paced.push(each(paced.count_total));
        self.paced_bytes.push(each(paced.bytes_total) / 1_024.0);
        self.burst.push(each(burst.count_total));
        self.burst_bytes.push(each(burst.bytes_total) / 1_024.0);
    }
}

/// The thread on which all that is counted runs.
struct Counting {
    runtime: Runtime,
    local: LocalSet,
}

impl Counting {
    fn new() -> Result<Self> {
        Ok(Self { runtime: Builder::new_current_thread().enable_all().build()?, local: LocalSet::new() })
    }

    fn run<F: Future>(&self, work: F) -> F::Output {
        self.local.block_on(&self.runtime, work)
    }

    /// What this thread allocates while another one does its work.
    fn of<R: Send>(&self, work: impl FnOnce() -> Result<R> + Send) -> Result<(AllocationInfo, R)> {
        let (done, finished) = oneshot::channel();
        thread::scope(|scope| {
            let clients = scope.spawn(move || {
                let result = work();
                let _ = done.send(());
                result
            });
            let counted = measure(|| {
                // It ends with the sender, too.
                let _ = self.run(finished);
            });
            let result = clients.join().map_err(|_| anyhow!("the clients panicked"))??;
            Ok((counted, result))
        })
    }
}

/// Subscribers, and how their events are caused.
struct Side {
    runtime: Runtime,
    connections: Vec<Grpc>,
    /// Events of one agent after the other.
    door: Door,
    /// Events of one agent alone, for each.
    doors: Vec<Door>,
}

impl Side {
    fn of_service(sim: &Sim, address: &str) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (agents, connections) = runtime.block_on(async {
            let (mut agents, mut connections) = (Vec::new(), Vec::new());
            for number in 0..AGENTS {
                let mut grpc = Grpc::connect(address).await?;
                agents.push(Agent::sign_in(&mut grpc, number).await?);
                connections.push(grpc);
            }
            place_calls(sim, &mut agents).await?;
            for grpc in &mut connections {
                grpc.call(SUBSCRIBE, &pb::SubscribeRequest::default());
                while !matches!(grpc.next().await?, Frame::Data { .. }) {}
            }
            Ok::<_, anyhow::Error>((agents, connections))
        })?;
        Self::new(runtime, sim, &agents, connections)
    }

    fn of_relay(sim: &Sim, address: &str) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let mut agents: Vec<_> = (AGENTS..2 * AGENTS).map(Agent::number).collect();
        let connections = runtime.block_on(relayed(sim, address, &mut agents))?;
        Self::new(runtime, sim, &agents, connections)
    }

    fn new(runtime: Runtime, sim: &Sim, agents: &[Agent], mut connections: Vec<Grpc>) -> Result<Self> {
        let door = |agents: &[Agent]| {
            let first = agents.first().context("no agent")?;
            let users = json!({ "from": first.id, "count": agents.len() });
            Ok(Door::Service { control: sim.control.clone(), users })
        };
        // What came of the sign-in and the calls is nothing that is counted.
        let connections = runtime.block_on(async {
            for grpc in &mut connections {
                while timeout(QUIET, grpc.next()).await.is_ok() {}
            }
            connections
        });
        let doors = agents.chunks(1).map(door).collect::<Result<_>>()?;
        Ok(Self { door: door(agents)?, runtime, connections, doors })
    }

    /// Events of which each is read before the next is caused.
    fn one_by_one(&mut self) -> Result<()> {
        self.runtime.block_on(async {
            for _ in 0..EVENTS / AGENTS {
                for (door, grpc) in self.doors.iter_mut().zip(&mut self.connections) {
                    try_join(door.publish(1), events(grpc, 1)).await?;
                }
            }
            Ok(())
        })
    }

    /// Events as fast as they come.
    fn together(&mut self) -> Result<()> {
        self.runtime.block_on(async {
            self.door.publish(EVENTS).await?;
            for grpc in &mut self.connections {
                events(grpc, EVENTS / AGENTS).await?;
            }
            Ok(())
        })
    }
}

fn settings(sim: &Sim) -> Result<Settings> {
    let keys = [
        ("finesse.rest", format!("http://{}", sim.http)),
        ("finesse.notify", format!("xmpp-plain://{}", sim.xmpp)),
        ("finesse.allow_plain", "true".to_owned()),
        ("grpc.listen", "127.0.0.1:0".to_owned()),
        ("bridge.listen", "127.0.0.1:0".to_owned()),
    ];
    let sources = keys.into_iter().fold(Sources::new(), |sources, (key, value)| sources.flag("bench", key, value));
    Settings::read(sources, Purpose::Serve).map_err(|faults| anyhow!("{faults}"))
}
