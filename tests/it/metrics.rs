//! `/metrics`: what it says of a real service, and that every metric is described.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use generic_connector::pb;
use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::pb::event::Payload;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::pb::subscribe_response::Message;
use generic_connector::telemetry::metrics::{Kind, METRICS};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tonic::transport::Endpoint;

use super::binary::Service;
use super::bridge_client::Client;
use super::grpc_world::{As, call};
use super::support::within;

/// The answer of plain HTTP, head and all.
async fn get(address: SocketAddr) -> String {
    let mut socket = within("a connection", TcpStream::connect(address)).await.unwrap();
    socket.write_all(b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    within("an answer", socket.read_to_string(&mut answer)).await.unwrap();
    answer
}

/// Asks until the answer has a line.
async fn until(address: SocketAddr, line: &str) -> String {
    let found = async {
        loop {
            let answer = get(address).await;
            if answer.lines().any(|other| other == line) {
                return answer;
            }
        }
    };
    within(line, found).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_tells_what_goes_on_and_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody can make a directory below a file, whatever they are allowed.
    let state = folder.path().join("in-the-way");
    std::fs::write(&state, "").unwrap();
    let mut service = Service::start(&["--set", &format!("state.directory={}/state", state.display())]).await;
    let first = get(service.grpc).await;
    assert!(first.starts_with("HTTP/1.1 200 OK\r\n"), "{first}");
    assert!(first.contains("content-type: text/plain; version=0.0.4"), "{first}");
    for line in ["gc_sessions 0", "gc_state_degraded{file=\"usage\"} 0"] {
        assert!(first.lines().any(|other| other == line), "{line} is not in:\n{first}");
    }

    let mut client = Client::connect(service.bridge).await;
    client.send("Hello#siebel-7\nConnect#1001#siebel-7,demo\nLogin#1001#demo,2001\ndance#1001").await;
    client.until("AgentInfo").await;
    let busy = until(service.grpc, "gc_state_degraded{file=\"usage\"} 1").await;
    for line in [
        concat!("gc_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
        "gc_sessions 1",
        "gc_bridge_connections{door=\"tcp\"} 1",
        "gc_bridge_commands_total{door=\"tcp\",verb=\"Hello\"} 1",
        "gc_bridge_commands_total{door=\"tcp\",verb=\"Login\"} 1",
        "gc_bridge_commands_total{door=\"tcp\",verb=\"(unknown)\"} 1",
        "# TYPE gc_bridge_commands_total counter",
        "# TYPE process_start_time_seconds gauge",
    ] {
        assert!(busy.lines().any(|other| other == line), "{line} is not in:\n{busy}");
    }
    for secret in ["1001", "siebel", "demo", "dance"] {
        assert!(!busy.contains(secret), "{secret} is in:\n{busy}");
    }
    for name in busy.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()) {
        assert!(METRICS.iter().any(|metric| metric.name == name), "{name} is not described");
        assert!(busy.contains(&format!("# HELP {name} ")), "{name} has no help");
    }
    drop(client);
    until(service.grpc, "gc_bridge_connections{door=\"tcp\"} 0").await;
    service.stop().await;
}

/// A counter's value.
fn value(text: &str, series: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0, |value| value.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_encoded_once_for_each_format_however_many_read_it() {
    let mut service = Service::start(&[]).await;
    let mut desktops = Vec::new();
    for name in ["one", "two", "three"] {
        let mut client = Client::connect(service.bridge).await;
        client.send(&format!("Connect#1001#{name},demo\nGetState#1001")).await;
        client.until("State").await;
        desktops.push(client);
    }
    let channel =
        within("grpc", Endpoint::try_from(format!("http://{}", service.grpc)).unwrap().connect()).await.unwrap();
    let request = pb::ConnectRequest { agent_id: "1001".into(), password: "demo".into(), ..Default::default() };
    let token = within("connect", AgentServiceClient::new(channel.clone()).connect(request)).await.unwrap();
    let token = token.into_inner().token;
    let mut streams = Vec::new();
    for _ in 0..4 {
        let subscribe = call(As::Bearer(&token), pb::SubscribeRequest::default());
        let mut events = EventServiceClient::new(channel.clone());
        streams.push(within("subscribe", events.subscribe(subscribe)).await.unwrap().into_inner());
    }
    let before = get(service.grpc).await;
    let [first, ..] = desktops.as_mut_slice() else { panic!("no desktop") };
    first.send("Login#1001#demo,2001\nMakeReady#1001").await;
    for stream in &mut streams {
        loop {
            let message = within("the state", stream.message()).await.unwrap().unwrap().message;
            if let Some(Message::Event(event)) = message
                && let Some(Payload::AgentStateChanged(changed)) = event.into_event().unwrap().payload
                && changed.status.is_some_and(|status| status.state() == pb::AgentState::Ready)
            {
                break;
            }
        }
    }
    for desktop in &mut desktops {
        desktop.state("READY").await;
    }
    let after = get(service.grpc).await;
    let grown = |series: &str| value(&after, series) - value(&before, series);
    let published = grown("gc_events_published_total");
    assert!(published >= 2, "{published}");
    assert_eq!(grown("gc_event_encodings_total{format=\"grpc\"}"), published);
    // An event may have no line, and what has none is encoded as nothing, once.
    assert_eq!(grown("gc_event_encodings_total{format=\"json\"}"), published);
    assert_eq!(grown("gc_event_encodings_total{format=\"text\"}"), 0);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_can_be_closed() {
    let mut service = Service::start(&["--set", "grpc.metrics=false"]).await;
    assert!(get(service.grpc).await.starts_with("HTTP/1.1 404"));
    service.stop().await;
}

#[test]
fn the_document_lists_exactly_the_metrics() {
    let document = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/metrics.md")).unwrap();
    let listed: Vec<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
    let rows = METRICS.iter().map(|metric| {
        let mut row =
            format!("| `{}` | {} |", metric.name, if metric.kind == Kind::Counter { "counter" } else { "gauge" });
        let labels: Vec<String> = metric.labels.iter().map(|label| format!("`{label}`")).collect();
        write!(row, " {}", labels.join(", ")).unwrap();
        format!("{} | {} |", row.trim_end(), metric.help)
    });
    assert_eq!(listed, rows.collect::<Vec<_>>());
}

/// Counting under a name that is not described, or describing one that nothing counts, would both mislead.
#[test]
fn the_source_counts_exactly_the_metrics() {
    let mut counted = BTreeSet::new();
    for file in files_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        for (kind, call) in [(Kind::Counter, "counter!("), (Kind::Gauge, "gauge!(")] {
            for (at, _) in text.match_indices(call) {
                // The name may stand on the next line.
                let Some(rest) = text[at + call.len()..].trim_start().strip_prefix('"') else { continue };
                let name = rest.split('"').next().unwrap();
                let metric = METRICS.iter().find(|metric| metric.name == name);
                let metric = metric.unwrap_or_else(|| panic!("{name} in {} is not described", file.display()));
                assert_eq!(metric.kind, kind, "{name}");
                counted.insert(metric.name);
            }
        }
    }
    assert_eq!(counted, METRICS.iter().map(|metric| metric.name).collect());
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}
