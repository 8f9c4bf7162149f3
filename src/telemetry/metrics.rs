//! Metrics: what may be counted and measured, and its text for Prometheus.
//!
//! Any module counts through the `metrics` facade under a name of [`METRICS`] (checked), and `docs/metrics.md` says the
//! same (checked). There is one recorder for the whole process, however many services a test starts in it. A label has
//! few values and none is an agent, a client or a secret: whoever reaches the port may read them.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use metrics::{describe_counter, describe_gauge, gauge};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::shutdown::Tasks;

/// The content type of [`render`]'s text.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How often the recorder tidies up.
const UPKEEP: Duration = Duration::from_secs(5);

/// How a metric moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It only grows, until the process ends.
    Counter,
    /// It goes up and down.
    Gauge,
}

/// A metric.
#[derive(Debug)]
pub struct Metric {
    /// `gc_<area>_<what>`, a counter's with `_total` behind it.
    pub name: &'static str,
    /// How it moves.
    pub kind: Kind,
    /// What tells its series apart.
    pub labels: &'static [&'static str],
    /// What it says.
    pub help: &'static str,
}

const fn counter(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, kind: Kind::Counter, labels, help }
}

const fn gauged(name: &'static str, labels: &'static [&'static str], help: &'static str) -> Metric {
    Metric { name, kind: Kind::Gauge, labels, help }
}

/// Every metric.
pub const METRICS: &[Metric] = &[
    gauged("gc_build_info", &["version"], "Always 1; the version of the service stands in the label."),
    // Prometheus' own name for it, which dashboards know.
    gauged("process_start_time_seconds", &[], "When the process began, in seconds since 1970."),
    gauged("gc_sessions", &[], "Agents' sessions that are open."),
    counter(
        "gc_events_published_total",
        &[],
        "Numbered events of agents' sessions, each counted once however many read it.",
    ),
    counter(
        "gc_event_encodings_total",
        &["format"],
        "Events that were encoded: `grpc`, `json` or `text`. At most one for each event and format, however many read it.",
    ),
    gauged("gc_grpc_connections", &[], "Connections that are open on the gRPC port, whatever they speak."),
    counter("gc_grpc_connections_refused_total", &[], "Connections to the gRPC port that were one too many."),
    counter(
        "gc_grpc_connections_cut_total",
        &["why"],
        "Connections of the gRPC port that were ended: flood (frames that bring nothing), silent (no handshake or first \
         bytes in time), stalled (it took nothing).",
    ),
    gauged("gc_bridge_connections", &["door"], "Connections of legacy clients that are open."),
    counter(
        "gc_bridge_commands_total",
        &["door", "verb"],
        "Legacy commands that came in, whatever became of them; the verb `(unknown)` stands for what is none.",
    ),
    counter(
        "gc_bridge_connections_cut_total",
        &["why"],
        "Connections of legacy clients that were ended: slow (it did not read), silent (no command in time), dead (no ping \
         answered), unreadable (too long, or broken), flood (too much that is no command).",
    ),
    counter(
        "gc_bridge_unaddressed_total",
        &[],
        "Answers to a broker's clients that had nowhere to go, for no destination is known for them.",
    ),
    counter("gc_bridge_beats_missed_total", &[], "Clients that had begun to beat and fell silent for too long."),
    gauged("gc_bridge_stomp_connected", &[], "1 while the service is connected to the site's broker."),
    counter("gc_bridge_stomp_connects_total", &[], "Connections to the broker that were made."),
    counter(
        "gc_bridge_stomp_connect_failures_total",
        &[],
        "Connections to a broker of the list that could not be made.",
    ),
    counter(
        "gc_bridge_stomp_commands_total",
        &["what"],
        "Commands from the broker: `taken`; `repeated`, delivered again and known; `lost` with the broker \
         while they were taken; `dropped`, for there was no room.",
    ),
    counter("gc_bridge_stomp_events_sent_total", &[], "Lines that the broker has confirmed."),
    gauged("gc_bridge_stomp_events_held", &[], "Lines that wait to be sent to the broker."),
    counter(
        "gc_bridge_stomp_events_dropped_total",
        &["why"],
        "Lines that were given up: too many waited (`full`), for too long (`old`), \
         nobody consumes the topic (`no consumer`), or the broker does not take it (`refused`).",
    ),
    gauged("gc_state_degraded", &["file"], "1 while a state file can't be written, so that a restart would forget it."),
];

/// Begins to record, and keeps the recorder tidy until `tasks` are cancelled. What was counted before is lost.
pub fn start(tasks: &Tasks) {
    let recorder = recorder();
    tasks.spawn_abortable(0, async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            recorder.run_upkeep();
        }
    });
}

/// All metrics as they are now, in Prometheus' text format.
pub fn render() -> String {
    recorder().render()
}

fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another recorder has the metrics, /metrics will be empty");
        }
        for Metric { name, kind, help, .. } in METRICS {
            match kind {
                Kind::Counter => describe_counter!(*name, *help),
                Kind::Gauge => describe_gauge!(*name, *help),
            }
        }
        gauge!("gc_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        gauge!("process_start_time_seconds").set(since_1970.as_secs_f64().floor());
        handle
    })
}
