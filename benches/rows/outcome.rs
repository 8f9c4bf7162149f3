//! A command: from the desktop's request to the reply that it has taken effect (P1o).

use std::time::Instant;

use anyhow::{Context as _, Result};
use generic_connector::pb;
use tokio::runtime::Runtime;

use super::Bench;
use crate::measure::{Latency, Unit, micros};
use crate::process::Process;
use crate::roles::RELAY;
use crate::stage::{Agent, NOT_READY, READY, Stage};
use crate::wire::grpc::{Frame, Grpc};
use crate::wire::http::Http;
use crate::wire::text::Lines;

/// The row, on the stage of the other one.
pub fn run(
    bench: &mut Bench,
    runtime: &Runtime,
    stage: &Stage,
    baseline: &Process,
    (first, rounds): (usize, usize),
) -> Result<()> {
    let agents = runtime.block_on(stage.sign_in(first..first + 200))?;
    let (own, rest) = agents.split_at(60);
    let (typed, direct) = rest.split_at(60);
    let mut grpc = runtime.block_on(Grpc::connect(&stage.grpc))?;
    let mut relayed = runtime.block_on(async {
        let mut relayed = Vec::new();
        for agent in direct {
            let mut relay = Grpc::connect(&baseline.address("grpc")?).await?;
            let stream = relay.call_bytes(RELAY, agent.id.as_bytes());
            while !matches!(relay.next().await?, Frame::Data { .. }) {}
            let _ = stream;
            relayed.push(relay);
        }
        Ok::<_, anyhow::Error>(relayed)
    })?;
    let mut lines = runtime.block_on(desktops(stage, typed))?;
    let (mut unary, mut relay, mut text) = (Latency::default(), Latency::default(), Latency::default());
    for round in 0..=rounds {
        let (path, state) = if round % 2 == 0 { (READY, "READY") } else { (NOT_READY, "NOT_READY") };
        let before = stage.service.cpu();
        let values = runtime.block_on(async {
            let mut values = Vec::new();
            for agent in own {
                grpc.authorize(&agent.token);
                let begun = Instant::now();
                let stream = grpc.call(path, &pb::MakeReadyRequest::default());
                grpc.reply(stream).await.with_context(|| agent.id.clone())?;
                values.push(micros(begun));
            }
            Ok::<_, anyhow::Error>(values)
        })?;
        let cpu = stage.service.cpu() - before;
        let before = stage.service.cpu();
        let told = runtime.block_on(async {
            let mut values = Vec::new();
            for (lines, agent) in lines.iter_mut().zip(typed) {
                let verb = if state == "READY" { "MakeReady" } else { "MakeNotReady" };
                let begun = Instant::now();
                lines.send(&format!("{verb}#{}\n", agent.id)).await?;
                lines.until("\"State\"").await?;
                values.push(micros(begun));
            }
            Ok::<_, anyhow::Error>(values)
        })?;
        let told_cpu = stage.service.cpu() - before;
        let before = baseline.cpu();
        let seen = runtime.block_on(async {
            let mut http = Http::connect(&stage.sim.http).await?;
            let mut values = Vec::new();
            for (relay, agent) in relayed.iter_mut().zip(direct) {
                let begun = Instant::now();
                http.send(&agent.state(state)).await?;
                while !matches!(relay.next().await?, Frame::Data { .. }) {}
                values.push(micros(begun));
            }
            Ok::<_, anyhow::Error>(values)
        })?;
        if round > 0 {
            unary.push(values, cpu);
            text.push(told, told_cpu);
            relay.push(seen, baseline.cpu() - before);
        }
    }
    let report = &mut bench.report;
    report.section(
        "Command, until its effect is known",
        "MakeReady and MakeNotReady with WAIT_OUTCOME, and as a legacy line over TCP until the State line; the baseline is a PUT and the \
         notification that it causes, relayed unparsed.",
    );
    report.line("PUT + relayed notification, p50", Unit::Microseconds, &relay.p50);
    report.line("PUT + relayed notification, p99", Unit::Microseconds, &relay.p99);
    for (name, latency) in [("unary", &unary), ("TCP line", &text)] {
        report.against(&format!("{name}, p50"), Unit::Microseconds, &latency.p50, "PUT + relay", &relay.p50);
        report.against(&format!("{name}, p99"), Unit::Microseconds, &latency.p99, "PUT + relay", &relay.p99);
        report.line(&format!("{name}, CPU"), Unit::Microseconds, &latency.cpu);
    }
    Ok(())
}

/// Legacy desktops that have been told all there is.
async fn desktops(stage: &Stage, agents: &[Agent]) -> Result<Vec<Lines>> {
    let mut desktops = Vec::new();
    for agent in agents {
        let mut lines = Lines::connect(&stage.lines).await?;
        lines.send(&format!("Connect#{}#bench,demo\nGetState#{}\n", agent.id, agent.id)).await?;
        lines.until("\"State\"").await?;
        desktops.push(lines);
    }
    Ok(desktops)
}
