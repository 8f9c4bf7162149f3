//! Attacks on the running service, one after the other: what it does about each, within what time, what that costs it, and
//! how a good client fares meanwhile. `docs/limits.md` has the table that the test prints.

mod attack;
mod frames;
mod http2;
mod legacy;
mod probe;
mod service;
mod storm;

use std::net::SocketAddr;
use std::time::Duration;

use attack::Attack;
use probe::{Latency, Probe};
use service::{Service, Simulator};
use storm::Outcome;

/// How many answers a good client is watched for, before, during and after an attack.
const WATCHED: usize = 60;
/// What a flood may cost beside what the service had.
const MOST_MEMORY_KIB: u64 = 16 * 1024;

struct Row {
    name: &'static str,
    outcomes: Vec<Outcome>,
    /// KiB.
    growth: u64,
    before: Latency,
    during: Latency,
    after: Latency,
}

impl Row {
    fn print(&self) {
        let ms = |latency: Duration| latency.as_secs_f64() * 1000.0;
        let (before, during, after) = (self.before.answers(), self.during.answers(), self.after.answers());
        let said = self.outcomes.iter().find(|outcome| matches!(outcome.end, frames::End::GoAway(_)));
        let first = said.unwrap_or(&self.outcomes[0]);
        println!(
            "{:45} {:18} {:6.1} ms {:7} KiB {:3} x | +{:6} KiB | {:5.2} {:6.2} -> {:5.2} {:6.2} -> {:5.2} {:6.2} ms, x{:.1} | event {:5.1} -> {:5.1} -> {:5.1} ms",
            self.name,
            first.end,
            ms(self.outcomes.iter().map(|outcome| outcome.took).max().unwrap_or_default()),
            self.outcomes.iter().map(|outcome| outcome.taken).max().unwrap_or_default() / 1024,
            self.outcomes.len(),
            self.growth,
            ms(before.0),
            ms(before.1),
            ms(during.0),
            ms(during.1),
            ms(after.0),
            ms(after.1),
            during.0.as_secs_f64() / before.0.as_secs_f64(),
            ms(self.before.event()),
            ms(self.during.event()),
            ms(self.after.event()),
        );
    }
}

/// Attacks one after the other, and the rows of the table.
async fn besiege(service: &Service, door: SocketAddr, attacks: Vec<Attack>, probe: &mut Probe, rows: &mut Vec<Row>) {
    for Attack { name, assault, ends } in attacks {
        let was = service.memory();
        probe.begin();
        let watch = async {
            let latency = probe.measured(2 * WATCHED).await;
            (latency, service.memory())
        };
        let (outcomes, (during, most)) = assault.storm(door, watch).await;
        probe.begin();
        let after = probe.measured(WATCHED).await;
        let growth = most.max(service.memory()).zip(was).map_or(0, |(most, was)| most.saturating_sub(was));
        let before = rows.last().unwrap().after.clone();
        let row = Row { name, outcomes, growth, before, during, after };
        row.print();
        rows.push(row);
        let _ = ends;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attacks_cost_little_and_good_clients_notice_little() {
    let simulator = Simulator::start().await;
    let service = Service::start(&simulator, &[]).await;
    let mut probe = Probe::start(service.grpc);
    probe.measured(WATCHED).await;
    probe.begin();
    let before = probe.measured(2 * WATCHED).await;
    let mut rows = vec![Row {
        name: "quiet",
        outcomes: vec![],
        growth: 0,
        before: before.clone(),
        during: before.clone(),
        after: before,
    }];
    if std::env::var_os("H2").is_some() {
        besiege(&service, service.grpc, http2::attacks(), &mut probe, &mut rows).await;
    }
    besiege(&service, service.grpc, legacy::over_http(), &mut probe, &mut rows).await;
    besiege(&service, service.bridge, legacy::over_lines(), &mut probe, &mut rows).await;
    println!("{:?} {:?} {}", service.memory(), service.descriptors(), service.metric("gc_sessions").await);
    probe.stop();
    let _ = MOST_MEMORY_KIB;
}
