//! One agent's events to a thousand subscribers, each with a connection of its own, and a thousand agents' to a wallboard.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures_util::future::try_join;
use generic_connector::pb;
use prost::Message as _;
use tokio::net::TcpStream;
use tokio::task::LocalSet;
use tokio::time::{MissedTickBehavior, interval};

use super::Bench;
use crate::crowd::subscribed;
use crate::measure::{Figure, Unit};
use crate::process::Process;
use crate::publish::{Door, one_event, watch};
use crate::report::Goal;
use crate::roles::others::{self, Other};
use crate::roles::{self, RAW, TYPED};
use crate::stage::{Agent, SUBSCRIBE, Stage};
use crate::wire::count::{Framing, Tally};
use crate::wire::http::Http;
use crate::wire::nats::{self, Publisher};
use crate::wire::stomp::Stomp;

const SUBSCRIBERS: usize = 1_000;
const AGENTS: usize = 1_000;
/// Events of a burst: fewer than may wait for a subscriber.
const BURST: usize = 128;
/// The broker is thirty times slower.
const BROKER_BURST: usize = 16;

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let stage = Stage::start(AGENTS + 1, &[])?;
        let mut agents = stage.sign_in(0..AGENTS + 1).await?;
        stage.call(&mut agents).await?;
        let (agent, agents) = agents.split_first().context("no agent")?;
        fan_out(bench, &stage, agent).await?;
        wallboard(bench, &stage, agents).await
    })
}

/// One of those that are compared.
struct Side<'a> {
    name: &'static str,
    process: &'a Process,
    door: Door,
    tally: Rc<Tally>,
    subscribers: usize,
    rate: Figure,
    cpu: Figure,
    paced: Figure,
}

impl<'a> Side<'a> {
    fn new(name: &'static str, process: &'a Process, door: Door, tally: Rc<Tally>, subscribers: usize) -> Self {
        let (rate, cpu, paced) = Default::default();
        Self { name, process, door, tally, subscribers, rate, cpu, paced }
    }

    /// Events back to back.
    async fn burst(&mut self, events: usize, counts: bool) -> Result<()> {
        let deliveries = events * self.subscribers;
        let (before, begun) = (self.process.cpu(), Instant::now());
        try_join(self.door.publish(events), self.tally.until(deliveries)).await.context(self.name)?;
        let took = begun.elapsed().as_secs_f64();
        if counts {
            self.rate.push(deliveries as f64 / took);
            self.cpu.push((self.process.cpu() - before) / deliveries as f64);
        }
        Ok(())
    }

    /// Events one by one, each alone.
    async fn pace(&mut self, events: usize, every: Duration) -> Result<()> {
        let before = self.process.cpu();
        let mut clock = interval(every);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for _ in 0..events {
            clock.tick().await;
            try_join(self.door.publish(1), self.tally.until(self.subscribers)).await.context(self.name)?;
        }
        self.paced.push((self.process.cpu() - before) / (events * self.subscribers) as f64);
        Ok(())
    }
}

async fn fan_out(bench: &mut Bench, stage: &Stage, agent: &Agent) -> Result<()> {
    let (rounds, paced) = (bench.size(5, 15), bench.size(10, 50));
    let event = one_event(stage, agent).await?;
    let (tcp, raw, typed) = (roles::start(None)?, roles::start(None)?, roles::start(None)?);
    let (nats, broker) = (others::nats()?, others::activemq()?);
    let service = subscribed(&stage.grpc, SUBSCRIBE, &watch(agent), SUBSCRIBERS).await?;
    service.until(SUBSCRIBERS).await.context("snapshots")?;
    let mut sides = vec![
        Side::new(
            "the service",
            &stage.service,
            Door::service(stage, std::slice::from_ref(agent)),
            service,
            SUBSCRIBERS,
        ),
        Side::new("raw TCP", &tcp, Door::baseline(&tcp, &event).await?, plain(&tcp, SUBSCRIBERS).await?, SUBSCRIBERS),
    ];
    for (name, process, path) in [("tonic, shared bytes", &raw, RAW), ("tonic, typed", &typed, TYPED)] {
        let tally = subscribed(&process.address("grpc")?, path, &[], SUBSCRIBERS).await?;
        sides.push(Side::new(name, process, Door::baseline(process, &event).await?, tally, SUBSCRIBERS));
    }
    if let Some(nats) = &nats {
        sides.push(nats_side(nats, &event).await?);
    }
    if let Some(broker) = &broker {
        sides.push(broker_side(broker, event.len()).await?);
    }
    let before = encodings(stage).await?;
    // The first round warms up, and counts for nothing.
    for round in 0..=rounds {
        for side in &mut sides {
            let is_broker = matches!(side.door, Door::Broker(..));
            side.burst(if is_broker { BROKER_BURST } else { BURST }, round > 0).await?;
        }
        for side in sides.iter_mut().filter(|_| round > 0) {
            side.pace(paced, Duration::from_millis(20)).await?;
        }
    }
    let after = encodings(stage).await?;
    tell(bench, &sides, event.len());
    bench.report.goal(
        Goal {
            id: "P6",
            what: format!("encodings per event and format, with {SUBSCRIBERS} subscribers"),
            figure: (after.1 - before.1) / (after.0 - before.0),
            must: Some(1.0),
            stretch: 1.0,
            unit: "×",
            more: false,
        },
        &[],
    );
    Ok(())
}

/// Which of a side's figures.
type Chosen = for<'a> fn(&'a Side<'_>) -> &'a Figure;

fn tell(bench: &mut Bench, sides: &[Side<'_>], bytes: usize) {
    let [service, tcp, rest @ ..] = sides else { return };
    let report = &mut bench.report;
    report.section(
        "Fan-out, one agent to 1,000 subscribers",
        &format!(
            "Each subscriber has a connection. Saturated: {BURST} events ({BROKER_BURST} for ActiveMQ) of {bytes} bytes back to back, from the first \
             one's publication to the last delivery; the service gets its events as notifications of Finesse and parses them, all others \
             are given them. Paced: an event at a time, each waits for its 1,000 deliveries. CPU is the server's, per delivery.",
        ),
    );
    let figures: [(&str, Unit, Chosen); 3] = [
        ("saturated", Unit::PerSecond, |side| &side.rate),
        ("saturated, CPU", Unit::Microseconds, |side| &side.cpu),
        ("paced, CPU", Unit::Microseconds, |side| &side.paced),
    ];
    for (what, unit, figure) in figures {
        report.line(&format!("raw TCP, {what}"), unit, figure(tcp));
        for side in rest.iter().chain([service]) {
            report.against(&format!("{}, {what}", side.name), unit, figure(side), "raw TCP", figure(tcp));
        }
    }
    for (name, remedy) in [("NATS", others::NATS), ("ActiveMQ", others::ACTIVEMQ)] {
        if sides.iter().all(|side| side.name != name) {
            report.missing(name, remedy);
        }
    }
    let goal =
        |what: String, figure, stretch, more| Goal { id: "P7", what, figure, must: None, stretch, unit: "×", more };
    for (name, least) in [("raw TCP", 0.70), ("NATS", 2.2), ("ActiveMQ", 40.0)] {
        if let Some(other) = sides.iter().find(|side| side.name == name) {
            let ratio = service.rate.ratio(&other.rate);
            report.goal(goal(format!("fan-out, saturated, to {name}"), ratio, least, true), &[(name, &other.rate)]);
        }
    }
    let ratio = service.paced.ratio(&tcp.paced);
    report.goal(goal("fan-out, paced, CPU to raw TCP".to_owned(), ratio, 1.30, false), &[("raw TCP", &tcp.paced)]);
}

/// One stream with the events of all agents.
async fn wallboard(bench: &mut Bench, stage: &Stage, agents: &[Agent]) -> Result<()> {
    let rounds = bench.size(5, 15);
    let event = one_event(stage, agents.first().context("no agent")?).await?;
    let (tcp, typed) = (roles::start(None)?, roles::start(None)?);
    let all = pb::SubscribeRequest { all: true, ..Default::default() }.encode_to_vec();
    let service = subscribed(&stage.grpc, SUBSCRIBE, &all, 1).await?;
    service.until(AGENTS + 1).await.context("snapshots")?;
    let typed_tally = subscribed(&typed.address("grpc")?, TYPED, &[], 1).await?;
    let mut sides = [
        Side::new("raw TCP", &tcp, Door::baseline(&tcp, &event).await?, plain(&tcp, 1).await?, 1),
        Side::new("tonic, typed", &typed, Door::baseline(&typed, &event).await?, typed_tally, 1),
        Side::new("the service", &stage.service, Door::service(stage, agents), service, 1),
    ];
    for round in 0..=rounds {
        for side in &mut sides {
            side.burst(AGENTS, round > 0).await?;
        }
    }
    bench.report.section(
        "Fan-in, 1,000 agents to one wallboard",
        "An event of each agent on one stream. The service takes each as a notification of the agent's own session from the simulator, which \
         limits its rate, and parses it; the baselines are given the same bytes. CPU is the server's, per event.",
    );
    let [tcp, typed, service] = &sides;
    let report = &mut bench.report;
    report.line("raw TCP", Unit::PerSecond, &tcp.rate);
    report.line("raw TCP, CPU", Unit::Microseconds, &tcp.cpu);
    report.line("tonic, typed", Unit::PerSecond, &typed.rate);
    report.line("tonic, typed, CPU", Unit::Microseconds, &typed.cpu);
    report.against("the service", Unit::PerSecond, &service.rate, "typed", &typed.rate);
    report.against("the service, CPU", Unit::Microseconds, &service.cpu, "typed", &typed.cpu);
    Ok(())
}

/// Subscribers of the raw stream.
async fn plain(process: &Process, count: usize) -> Result<Rc<Tally>> {
    let tally = Rc::new(Tally::default());
    let address = process.address("tcp")?;
    let before = process.descriptors();
    for _ in 0..count {
        tally.watch(TcpStream::connect(&address).await?, Framing::Length, &[]);
    }
    while process.descriptors() < before + count {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(tally)
}

async fn nats_side<'a>(nats: &'a Other, event: &[u8]) -> Result<Side<'a>> {
    let tally = Rc::new(Tally::default());
    for _ in 0..SUBSCRIBERS {
        nats::subscribe(&nats.address, &tally).await?;
    }
    let door = Door::Nats(Publisher::connect(&nats.address).await?, event.to_vec());
    Ok(Side::new("NATS", &nats.process, door, tally, SUBSCRIBERS))
}

async fn broker_side(broker: &Other, bytes: usize) -> Result<Side<'_>> {
    let tally = Rc::new(Tally::default());
    for _ in 0..SUBSCRIBERS {
        let mut stomp = Stomp::connect(&broker.address).await?;
        stomp.subscribe("/topic/events").await?;
        let (socket, input) = stomp.leave();
        tally.watch(socket, Framing::Stomp, &input);
    }
    // Text, as the old product's events are.
    let frame = format!("SEND\ndestination:/topic/events\n\n{}\0", "e".repeat(bytes));
    let door = Door::Broker(Stomp::connect(&broker.address).await?, frame);
    Ok(Side::new("ActiveMQ", &broker.process, door, tally, SUBSCRIBERS))
}

/// How many events the service has published, and how many it has encoded for gRPC.
async fn encodings(stage: &Stage) -> Result<(f64, f64)> {
    let mut http = Http::connect(&stage.grpc).await?;
    let (status, body) = http.send(b"GET /metrics HTTP/1.1\r\nhost: bench\r\n\r\n").await?;
    ensure!(status == 200, "/metrics: {status}");
    let text = String::from_utf8_lossy(&body);
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("no {name}"))?;
        Ok::<f64, anyhow::Error>(line.trim().parse()?)
    };
    Ok((value("gc_events_published_total ")?, value("gc_event_encodings_total{format=\"grpc\"} ")?))
}
