//! From the start of the process to the first answer, and what it costs to have it.

use std::time::Instant;

use anyhow::Result;
use generic_connector::pb;

use super::Bench;
use crate::measure::{Figure, Unit};
use crate::report::Goal;
use crate::roles::ECHO;
use crate::stage::{Sim, Stage};
use crate::wire::grpc::Grpc;

const HELLO: &str = "/gc.v1.SystemService/Hello";

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut bare, mut own) = (Figure::default(), Figure::default());
    let (mut bare_memory, mut memory) = (Figure::default(), Figure::default());
    let sim = Sim::start(20)?;
    for _ in 0..bench.size(5, 15) {
        let begun = Instant::now();
        let baseline = crate::roles::start(None)?;
        runtime.block_on(async {
            let mut grpc = Grpc::connect(&baseline.address("grpc")?).await?;
            let stream = grpc.call(ECHO, &pb::SendDtmfRequest::default());
            grpc.reply(stream).await
        })?;
        bare.push(begun.elapsed().as_secs_f64() * 1_000.0);
        bare_memory.push(baseline.resident() / 1_024.0);
        let begun = Instant::now();
        let (service, grpc) = Stage::service(&sim, &[])?;
        let _: pb::HelloResponse =
            runtime.block_on(async { Grpc::connect(&grpc).await?.unary(HELLO, &pb::HelloRequest::default()).await })?;
        own.push(begun.elapsed().as_secs_f64() * 1_000.0);
        memory.push(service.resident() / 1_024.0);
    }
    let report = &mut bench.report;
    report.section(
        "Cold start and idle footprint",
        "From exec to the answer of the first RPC, with Finesse's first status read in between, and what is resident then. The configuration is a file; the baseline is a bare tonic server.",
    );
    report.line("bare tonic, first RPC", Unit::Milliseconds, &bare);
    report.against("service, first RPC", Unit::Milliseconds, &own, "bare tonic", &bare);
    report.line("bare tonic, resident", Unit::MiB, &bare_memory);
    report.against("service, resident", Unit::MiB, &memory, "bare tonic", &bare_memory);
    let goal = |what: &str, figure: &Figure, stretch, unit| Goal {
        id: "C6",
        what: what.to_owned(),
        figure: figure.median(),
        must: None,
        stretch,
        unit,
        more: false,
    };
    report.goal(goal("exec to first RPC", &own, 10.0, "ms"), &[("bare tonic", &bare)]);
    report.goal(goal("resident when idle", &memory, 8.0, "MiB"), &[]);
    Ok(())
}
