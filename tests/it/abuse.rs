//! Attacks on the running service, one after the other: what it does about each, within what time, what that costs it, and
//! how a good client fares meanwhile. `docs/limits.md` explains the table that is printed.

mod attack;
mod frames;
mod http2;
mod legacy;
mod messages;
mod probe;
mod service;
mod siege;
mod storm;
mod table;

use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use attack::Attack;
use frames::End;
use futures_util::future::join_all;
use probe::{Latency, Probe};
use service::{Service, Simulator};
use siege::Slow;
use storm::Outcome;
use table::{MOST_IN_ALL_KIB, Row};

use crate::grpc_serving::{Certificates, write_certificates};
use crate::support::within;

/// How many answers a good client is watched for during an attack, and after it.
const DURING: usize = 60;
const AFTER: usize = 40;
/// How often an attack is made anew that the good client notices: other tests have the same cores.
const TRIES: usize = 5;

/// The watching of the good client.
type Watch<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// A service under attack, and its good client.
struct Stage {
    service: Service,
    probe: Probe,
    /// How the good client fared last when there was no attack.
    quiet: Latency,
    memory: Option<u64>,
    descriptors: Option<usize>,
}

impl Stage {
    async fn set(simulator: &Simulator, keys: &[&str], tls: Option<&Certificates>) -> Self {
        let service = Service::start(simulator, keys).await;
        let mut probe = Probe::start(service.grpc, tls);
        // First answers are slow: there are connections to make, and code that was never run.
        probe.measured(DURING).await;
        probe.begin();
        let quiet = probe.measured(DURING).await;
        let (memory, descriptors) = (service.memory(), service.descriptors());
        Self { service, probe, quiet, memory, descriptors }
    }

    /// Attacks as long as the good client is watched, and anew if it notices.
    async fn play(
        &mut self,
        name: &'static str,
        (ends, soon): (&[End], Duration),
        attack: impl AsyncFn(Watch<'_>) -> Vec<Outcome>,
    ) {
        for _ in 0..TRIES {
            let was = self.service.memory();
            self.probe.begin();
            let mut most = None;
            let watch = async {
                self.probe.measured(DURING).await;
                most = self.service.memory();
            };
            let outcomes = attack(Box::pin(watch)).await;
            let during = self.probe.measured(DURING).await;
            self.probe.begin();
            let after = self.probe.measured(AFTER).await;
            let before = std::mem::replace(&mut self.quiet, after.clone());
            let growth = growth(was, most.max(self.service.memory()));
            let row = Row { name, outcomes, growth, before, during, after };
            row.print();
            row.check(ends, soon);
            if row.is_calm() {
                return;
            }
        }
        panic!("{name}: a good client waits for too long");
    }

    async fn play_all(&mut self, door: SocketAddr, attacks: Vec<Attack>) {
        for Attack { name, assault, ends } in attacks {
            self.play(name, (ends, table::SOON), async |watch| assault.storm(door, watch).await).await;
        }
    }

    /// All kinds of slow peers at once.
    async fn hold_out(&mut self, name: &'static str, kinds: Vec<Slow>) {
        let (grpc, bridge) = (self.service.grpc, self.service.bridge);
        let together = async |watch: Watch<'_>| {
            let besieged = join_all(kinds.iter().map(|kind| kind.besiege(grpc, bridge)));
            tokio::join!(besieged, watch).0.into_iter().flatten().collect()
        };
        self.play(name, (attack::CLOSED, siege::LONGEST), together).await;
    }

    /// What the attackers had is free again, and the service grew by little in all.
    async fn is_as_before(&self) {
        let grown = growth(self.memory, self.service.memory());
        println!("memory in all: +{grown} KiB of {} KiB", self.memory.unwrap_or_default());
        assert!(grown <= MOST_IN_ALL_KIB);
        // The good client's two, and the one that asks.
        let left = async {
            while self.service.metric("gc_grpc_connections").await > 3.0
                || self.service.metric("gc_bridge_connections").await > 0.0
                || self.service.descriptors() > self.descriptors
            {
                tokio::task::yield_now().await;
            }
        };
        within("the end of the attackers' connections", left).await;
    }
}

fn growth(was: Option<u64>, is: Option<u64>) -> u64 {
    was.zip(is).map_or(0, |(was, is)| is.saturating_sub(was))
}

#[tokio::test(flavor = "multi_thread")]
async fn attacks_cost_little_and_good_clients_notice_little() {
    let simulator = Simulator::start().await;
    table::head();
    floods(&simulator).await;
    slow_peers(&simulator).await;
}

async fn floods(simulator: &Simulator) {
    let mut stage = Stage::set(simulator, &[], None).await;
    let (grpc, bridge) = (stage.service.grpc, stage.service.bridge);
    stage.play_all(grpc, http2::attacks()).await;
    let bombs = async |watch: Watch<'_>| messages::bombs(grpc, watch).await;
    stage.play("messages that unpack to a megabyte", (&[End::Refused], table::SOON), bombs).await;
    stage.play_all(grpc, legacy::over_http()).await;
    stage.play_all(bridge, legacy::over_lines()).await;
    stage.is_as_before().await;
    assert!(stage.service.metric("gc_grpc_connections_cut_total").await > 0.0);
    assert!(stage.service.metric("gc_bridge_connections_cut_total").await > 0.0);
    stage.probe.stop();
}

async fn slow_peers(simulator: &Simulator) {
    let keys = [
        "grpc.handshake_timeout=1s",
        "grpc.header_read_timeout=1s",
        "grpc.request_timeout=1s",
        "grpc.keepalive_interval=1s",
        "grpc.keepalive_timeout=500ms",
        "grpc.max_connections=300",
        "grpc.max_connections_per_address=200",
        "bridge.first_line_timeout=1s",
    ];
    let mut stage = Stage::set(simulator, &keys, None).await;
    stage.hold_out("slow peers of 14 kinds, 10 of each", siege::plain()).await;
    // Other systems have one address of their own.
    #[cfg(target_os = "linux")]
    {
        let door = stage.service.grpc;
        let crowd = async |watch: Watch<'_>| siege::crowd(door, watch).await;
        let wanted: &[End] = &[End::Taken, End::Refused];
        stage.play("idle connections, more than there may be", (wanted, table::SOON), crowd).await;
    }
    stage.is_as_before().await;
    stage.probe.stop();

    let folder = tempfile::tempdir().unwrap();
    let certificates = write_certificates(folder.path());
    let file = |key: &str, name: &str| format!("{key}={}", folder.path().join(name).display());
    let files = ["grpc", "bridge"].map(|door| {
        [file(&format!("{door}.tls_certificate"), "server.pem"), file(&format!("{door}.tls_key"), "server.key")]
    });
    let keys: Vec<&str> = keys.into_iter().chain(files.as_flattened().iter().map(String::as_str)).collect();
    let mut stage = Stage::set(simulator, &keys, Some(&certificates)).await;
    stage.hold_out("slow peers with TLS, of 4 kinds, 10 of each", siege::tls()).await;
    stage.probe.stop();
}
