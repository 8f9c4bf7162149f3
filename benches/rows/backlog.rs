//! Events that wait for one subscriber: how many of them go into one frame, and what each costs then.

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures_util::future::try_join;
use generic_connector::pb;
use prost::Message as _;
use tokio::time::sleep;

use super::Bench;
use crate::crowd::Desk;
use crate::measure::{Figure, Unit};
use crate::process::Process;
use crate::publish::{Door, one_event, watch};
use crate::roles::{self, RAW};
use crate::stage::{API_KEY, SUBSCRIBE, Stage};
use crate::wire::grpc::{Frame, Grpc, events};

/// Events back to back, and as many one by one.
const BURST: usize = 128;
/// Events that a client missed, and what the service must keep of an agent for them: by default it is 64 KiB.
const MISSED: usize = 100;
const KEPT: &str = "session.journal_bytes=1048576";
const REST: Duration = Duration::from_millis(20);

/// What is measured of one server: events in a frame, and the server's processor time for each, microseconds.
#[derive(Default)]
struct Told {
    in_frame: Figure,
    cpu: Figure,
}

impl Told {
    fn push(&mut self, (events, frames): (usize, usize), cpu: f64) {
        self.in_frame.push(events as f64 / frames as f64);
        self.cpu.push(cpu / events as f64);
    }
}

/// A subscriber of a server, and how the server comes by events.
struct Side<'a> {
    process: &'a Process,
    door: Door,
    grpc: Grpc,
    paced: Told,
    burst: Told,
}

impl<'a> Side<'a> {
    async fn new(process: &'a Process, address: &str, path: &str, request: &[u8], door: Door) -> Result<Self> {
        let mut grpc = Grpc::connect(address).await?;
        grpc.authorize_key(API_KEY);
        grpc.call_bytes(path, request);
        while !matches!(grpc.next().await?, Frame::Headers { .. }) {}
        Ok(Self { process, door, grpc, paced: Told::default(), burst: Told::default() })
    }

    /// Events one by one, each read before the next; and then as many back to back.
    async fn round(&mut self, counts: bool) -> Result<()> {
        let mut one_by_one = (0, 0);
        let before = rested(self.process).await;
        for _ in 0..BURST {
            let ((), read) = try_join(self.door.publish(1), events(&mut self.grpc, 1)).await?;
            one_by_one = (one_by_one.0 + read.0, one_by_one.1 + read.1);
        }
        let between = rested(self.process).await;
        let ((), together) = try_join(self.door.publish(BURST), events(&mut self.grpc, BURST)).await?;
        if counts {
            self.paced.push(one_by_one, between - before);
            self.burst.push(together, rested(self.process).await - between);
        }
        Ok(())
    }
}

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(measure(bench))
}

async fn measure(bench: &mut Bench) -> Result<()> {
    let stage = Stage::start(1, &[KEPT])?;
    let mut agents = stage.sign_in(0..1).await?;
    stage.call(&mut agents).await?;
    let agent = agents.first().context("no agent")?;
    let event = one_event(&stage, agent).await?;
    let tonic = roles::start(None)?;
    let address = tonic.address("grpc")?;
    let mut bare = Side::new(&tonic, &address, RAW, &[], Door::baseline(&tonic, &event).await?).await?;
    let door = Door::service(&stage, &agents);
    let mut own = Side::new(&stage.service, &stage.grpc, SUBSCRIBE, &watch(agent), door).await?;
    events(&mut own.grpc, 1).await.context("snapshot")?;
    let mut resumed = Told::default();
    for round in 0..=bench.size(5, 15) {
        bare.round(round > 0).await?;
        own.round(round > 0).await?;
        let mut desk = Desk::again(&stage.grpc, agent.clone()).await?;
        desk.subscribe(None).await?;
        let away = desk.agent;
        try_join(own.door.publish(MISSED), events(&mut own.grpc, MISSED)).await?;
        let mut grpc = Grpc::connect(&stage.grpc).await?;
        grpc.authorize(&away.token);
        let before = rested(&stage.service).await;
        let selector = pb::AgentSelector { agent_id: away.id, cursor: Some(away.cursor) };
        let request = pb::SubscribeRequest { agents: vec![selector], ..Default::default() };
        grpc.call_bytes(SUBSCRIBE, &request.encode_to_vec());
        let read = events(&mut grpc, MISSED).await?;
        if round > 0 {
            resumed.push(read, rested(&stage.service).await - before);
        }
    }
    let report = &mut bench.report;
    report.section(
        "Events that wait, one agent to one subscriber",
        &format!(
            "Events of {} bytes in one DATA frame, as the subscriber reads them, and the server's CPU for each. One by one: each is read before the next \
             is caused. Back to back: {BURST} of them; the service gets them as notifications and parses them, bare tonic is given the bytes. Missed: \
             {MISSED} events of the service's memory, for a stream that goes on after its cursor, and what it costs to open the stream.",
            event.len(),
        ),
    );
    for (name, side) in [("bare tonic", &bare), ("service", &own)] {
        report.line(&format!("{name}, one by one, events in a frame"), Unit::Count, &side.paced.in_frame);
        report.line(&format!("{name}, one by one, CPU"), Unit::Microseconds, &side.paced.cpu);
        report.line(&format!("{name}, back to back, events in a frame"), Unit::Count, &side.burst.in_frame);
        let what = format!("{name}, back to back, CPU");
        report.against(&what, Unit::Microseconds, &side.burst.cpu, "one by one", &side.paced.cpu);
    }
    report.line("service, missed, events in a frame", Unit::Count, &resumed.in_frame);
    report.against("service, missed, CPU", Unit::Microseconds, &resumed.cpu, "one by one", &own.paced.cpu);
    Ok(())
}

/// The processor time of a server that has come to rest: of what it is at, the system has not counted the last milliseconds.
async fn rested(process: &Process) -> f64 {
    sleep(REST).await;
    process.cpu()
}
