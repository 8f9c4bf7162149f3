//! Everybody at once: the sign-ins of a shift's start, and the reconnects behind a load balancer that was restarted.

use std::time::Instant;

use anyhow::{Result, ensure};
use tokio::task::LocalSet;

use super::Bench;
use crate::crowd::{Desk, desks, each};
use crate::measure::{Figure, Unit};
use crate::roles::{self, RAW};
use crate::stage::{Agent, Sim, Stage};
use crate::wire::grpc::{Frame, Grpc};
use crate::wire::http::Http;
use crate::wire::xmpp::Xmpp;

/// Sign-ins that are under way at once.
const AT_ONCE: usize = 64;

/// What a storm took: all of it, the slowest one, and the processor time of each.
#[derive(Default)]
struct Storm {
    rate: Figure,
    slowest: Figure,
    cpu: Figure,
}

impl Storm {
    fn push(&mut self, begun: Instant, each: &[f64], cpu: f64) {
        self.rate.push(each.len() as f64 / begun.elapsed().as_secs_f64());
        self.slowest.push(each.iter().copied().fold(0.0, f64::max));
        self.cpu.push(cpu / each.len() as f64);
    }
}

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, measure(bench))
}

async fn measure(bench: &mut Bench) -> Result<()> {
    let agents = bench.size(500, 2_000);
    let (mut direct, mut login) = (Storm::default(), Storm::default());
    let (mut bare, mut resume) = (Storm::default(), Storm::default());
    for _ in 0..bench.size(3, 5) {
        directly(agents, &mut direct).await?;
        let stage = Stage::start(agents, &[])?;
        let (before, begun) = (stage.service.cpu(), Instant::now());
        let sign_in = |number| Desk::sign_in(&stage, number);
        let (signed_in, took) = each(0..agents, AT_ONCE, sign_in).await?;
        login.push(begun, &took, stage.service.cpu() - before);
        drop((signed_in, stage));
        reopened(agents, &mut bare).await?;
        resumed(agents, &mut resume).await?;
    }
    let report = &mut bench.report;
    report.section(
        "Storms",
        &format!(
            "{agents} sign-ins (Connect and Login), {AT_ONCE} at a time, each on a new connection; the baseline is a notification session \
             and a sign-in over REST at the simulator itself. {agents} event streams that are cut at once and come back, all at once, each on \
             a new connection and after its cursor; the baseline is bare tonic streams. CPU is the server's.",
        ),
    );
    report.line("direct sign-in", Unit::PerSecond, &direct.rate);
    report.line("direct sign-in, slowest", Unit::Milliseconds, &direct.slowest);
    report.against("sign-in", Unit::PerSecond, &login.rate, "direct", &direct.rate);
    report.against("sign-in, slowest", Unit::Milliseconds, &login.slowest, "direct", &direct.slowest);
    report.line("sign-in, CPU", Unit::Microseconds, &login.cpu);
    report.line("bare tonic stream", Unit::PerSecond, &bare.rate);
    report.line("bare tonic stream, slowest", Unit::Milliseconds, &bare.slowest);
    report.line("bare tonic stream, CPU", Unit::Microseconds, &bare.cpu);
    report.against("resumed stream", Unit::PerSecond, &resume.rate, "bare tonic", &bare.rate);
    report.against("resumed stream, slowest", Unit::Milliseconds, &resume.slowest, "bare tonic", &bare.slowest);
    report.against("resumed stream, CPU", Unit::Microseconds, &resume.cpu, "bare tonic", &bare.cpu);
    Ok(())
}

/// The same at the simulator itself.
async fn directly(agents: usize, storm: &mut Storm) -> Result<()> {
    let sim = Sim::start(agents)?;
    let begun = Instant::now();
    let (xmpp, http) = (&sim.xmpp, &sim.http);
    let sign_in = |number| async move {
        let agent = Agent::number(number);
        let session = Xmpp::connect(xmpp, &agent.id, "direct").await?;
        let (status, _) = Http::connect(http).await?.send(&agent.sign_in_request()).await?;
        ensure!(status == 202, "sign-in: {status}");
        Ok(session)
    };
    let (_sessions, took) = each(0..agents, AT_ONCE, sign_in).await?;
    storm.push(begun, &took, 0.0);
    Ok(())
}

/// Streams that are cut, and go on after their cursors.
async fn resumed(agents: usize, storm: &mut Storm) -> Result<()> {
    let stage = Stage::start(agents, &[])?;
    let agents: Vec<_> = desks(&stage, agents).await?.into_iter().map(|desk| desk.agent).collect();
    let (before, begun) = (stage.service.cpu(), Instant::now());
    let count = agents.len();
    let again = |agent: Agent| async {
        let cursor = Some(agent.cursor.clone());
        let mut desk = Desk::again(&stage.grpc, agent).await?;
        desk.subscribe(cursor).await?;
        Ok(desk)
    };
    let (_desks, took) = each(agents, count, again).await?;
    storm.push(begun, &took, stage.service.cpu() - before);
    Ok(())
}

/// The same with streams that say nothing.
async fn reopened(count: usize, storm: &mut Storm) -> Result<()> {
    let baseline = roles::start(None)?;
    let address = baseline.address("grpc")?;
    let open = |_| async {
        let mut grpc = Grpc::connect(&address).await?;
        grpc.call_bytes(RAW, &[]);
        let first = grpc.next().await?;
        ensure!(matches!(first, Frame::Headers { end: false, .. }), "{first:?}");
        Ok(grpc)
    };
    drop(each(0..count, AT_ONCE, open).await?);
    let (before, begun) = (baseline.cpu(), Instant::now());
    let (_streams, took) = each(0..count, count, open).await?;
    storm.push(begun, &took, baseline.cpu() - before);
    Ok(())
}
