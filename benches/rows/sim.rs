//! The simulator's own ceiling: what the other rows could be held back by.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::json;
use tokio::task::LocalSet;

use super::Bench;
use crate::measure::{Figure, Unit};
use crate::process::SUBJECT;
use crate::stage::{Agent, Sim, place_calls};
use crate::wire::http::{Http, control};
use crate::wire::xmpp::Xmpp;

/// How many agents are signed in, and how many requests are under way.
const AGENTS: usize = 100;
const CONNECTIONS: usize = 32;

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, measure(bench))
}

async fn measure(bench: &mut Bench) -> Result<()> {
    let sim = Sim::start_on(SUBJECT, AGENTS)?;
    let mut agents: Vec<_> = (0..AGENTS).map(Agent::number).collect();
    let mut http = Http::connect(&sim.http).await?;
    let mut login = Figure::default();
    for agent in &agents {
        let before = sim.process.cpu();
        let mut session = Xmpp::connect(&sim.xmpp, &agent.id, "sim").await?;
        let (status, _) = http.send(&agent.sign_in_request()).await?;
        ensure!(status == 202, "sign-in: {status}");
        login.push(sim.process.cpu() - before);
        tokio::task::spawn_local(async move { while session.next().await.is_ok() {} });
    }
    place_calls(&sim, &mut agents).await?;
    let (mut commands, mut command_cpu) = (Figure::default(), Figure::default());
    let (mut notified, mut notified_cpu) = (Figure::default(), Figure::default());
    let (count, published) = (bench.size(10_000, 40_000), bench.size(10_000, 40_000));
    for _ in 0..bench.size(3, 7) {
        let (before, begun) = (sim.process.cpu(), Instant::now());
        flood(&sim, &agents, count).await?;
        commands.push(count as f64 / begun.elapsed().as_secs_f64());
        command_cpu.push((sim.process.cpu() - before) / count as f64);
        let (before, users) = (sim.process.cpu(), json!({ "from": agents[0].id, "count": AGENTS }));
        let load = json!({ "users": users, "per_second": 1_000_000, "count": published });
        let begun = Instant::now();
        control(&sim.control, "/load", &load).await?;
        notified.push(published as f64 / begun.elapsed().as_secs_f64());
        notified_cpu.push((sim.process.cpu() - before) / published as f64);
    }
    let report = &mut bench.report;
    report.section(
        "The simulator's own ceiling",
        "On the core where the service runs otherwise: tones by PUT, 32 connections at once; changed call variables to the notification sessions of 100 agents, as fast as it can; sign-in over REST and XMPP.",
    );
    report.line("commands", Unit::PerSecond, &commands);
    report.line("commands, CPU", Unit::Microseconds, &command_cpu);
    report.line("notifications", Unit::PerSecond, &notified);
    report.line("notifications, CPU", Unit::Microseconds, &notified_cpu);
    report.line("sign-in, CPU", Unit::Microseconds, &login);
    Ok(())
}

/// So many tones, spread over the connections.
async fn flood(sim: &Sim, agents: &[Agent], count: usize) -> Result<()> {
    let mut tasks = Vec::new();
    for connection in 0..CONNECTIONS {
        let mut http = Http::connect(&sim.http).await?;
        let agents: Vec<_> = agents.iter().skip(connection).step_by(CONNECTIONS).map(Agent::dtmf).collect();
        tasks.push(tokio::task::spawn_local(async move {
            for request in agents.iter().cycle().take(count / CONNECTIONS) {
                let (status, body) = http.send(request).await?;
                ensure!(status == 202, "{status} {}", String::from_utf8_lossy(&body));
            }
            Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(())
}
