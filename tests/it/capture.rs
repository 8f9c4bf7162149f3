//! `record` beside a desktop of a real broker: the layouts are written down, no value is.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::binary::command;
use super::broker::{Broker, desk::Desk as _, jms, stomp};
use super::support::within;

#[tokio::test]
async fn what_an_old_connector_says_is_recorded_without_its_values() {
    let Some(broker) = Broker::start().await else { return };
    let mut desk = stomp::Desktop::connect(broker.stomp(), "desk.1").await;
    let mut old = jms::OldConnector::start(&broker.url(), "Connector1", 100).await;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("capture.jsonl");
    let url = format!("tcp://{}", broker.stomp());
    let mut recorder = command(&["record", "--broker", &url, "--destination", "desk.1", "--for", "60s"]);
    // Room for the header and two events, so that it ends by itself.
    let recorder = recorder.arg("--out").arg(&out).args(["--max-bytes", "440"]);
    let mut recorder = recorder.stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut said = BufReader::new(recorder.stderr.take().unwrap()).lines();
    let first = within("the recorder", said.next_line()).await.unwrap().unwrap();
    assert!(first.starts_with("listening at"), "{first}");
    within("the recorder's end", async {
        while recorder.try_wait().unwrap().is_none() {
            desk.send("Hello#desk.1", "").await;
            old.command().await;
            desk.event().await;
        }
    })
    .await;
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.lines().count() >= 2, "{text}");
    assert!(text.contains(r#"\"status\":\"IN_SERVICE\",\"from\":\"xxx\""#), "{text}");
    assert!(!text.contains(r#"\"old\""#), "{text}");
    assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Publishes an event as an old connector would.
async fn publish(broker: &Broker, destination: &str, bodies: &[String]) {
    let mut socket = TcpStream::connect(broker.stomp()).await.unwrap();
    let mut text = "CONNECT\naccept-version:1.2\nhost:x\n\n\0".to_owned();
    for body in bodies {
        text += &format!("SEND\ndestination:/topic/{destination}\n\n{body}\0");
    }
    text += "DISCONNECT\nreceipt:bye\n\n\0";
    socket.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    within("the broker's goodbye", socket.read_to_end(&mut answer)).await.unwrap();
    assert!(String::from_utf8_lossy(&answer).contains("receipt-id:bye"));
}

async fn check(capture: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut check = command(&["check", "--capture"]);
    let output = within("the check", check.arg(capture).args(more).output()).await.unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[tokio::test]
async fn what_differs_is_told_with_the_keys_that_settle_it_and_no_secret_is_written() {
    let Some(broker) = Broker::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("capture.jsonl");
    let url = format!("tcp://{}", broker.stomp());
    let mut recorder = command(&["record", "--broker", &url, "--all-destinations", "--for", "60s", "--out"]);
    let mut recorder = recorder.arg(&out).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut said = BufReader::new(recorder.stderr.take().unwrap()).lines();
    within("the recorder", said.next_line()).await.unwrap().unwrap();
    let bodies = [
        r#"{"type":"System","status":"IN_SERVICE"}"#,
        r#"{"type":"NewInboundCall","dialogId":"17","fromAddress":"5551234","callVariables":[{"callVariable1":"Hunter2"},{"ani":"5551234"}],"agentId":"1001"}"#,
        r#"{"type":"State","agentId":"1001","state":"READY","password":"Hunter2","reasonCode":"","stateChangeTimeString":"","pendingState":"","stateChangeTime":"2026-11-22 12:46:21"}"#,
        "1001#NewInboundCall#5551234#callVariable1=Hunter2|ani=5551234#DialogID:17",
        "1001#InboundCall#DROPPED#DialogID:17",
        "1001#DialogStatus#ACTIVE#DialogID:17",
        "1001#State#READY#####Hunter2#1001#2001",
    ];
    publish(&broker, "desk.2", &bodies.map(str::to_owned)).await;
    let recorded = || std::fs::read_to_string(&out).unwrap_or_default();
    let mut look = tokio::time::interval(Duration::from_millis(20));
    within("all events in the file", async {
        while recorded().lines().count() < 1 + bodies.len() {
            look.tick().await;
        }
    })
    .await;
    recorder.kill().await.unwrap();
    assert!(!recorded().contains("Hunter2") && !recorded().contains("5551234"), "{}", recorded());

    let (code, told) = check(&out, &[]).await;
    assert_eq!(code, Some(1), "{told}");
    for part in [
        "equal     json System",
        "DIFFERENT json State",
        "password is not ours",
        "UNKNOWN   text DialogStatus",
        "event_dialog_state = \"DialogStatus\"",
        "label_dialog_id = \"DialogID\"",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    // With what is suggested, and without the event that no key mends, all is equal.
    let config = folder.path().join("gc.toml");
    std::fs::write(&config, &told[told.find("[text]").unwrap()..]).unwrap();
    let kept: String = recorded().lines().filter(|line| !line.contains("password")).map(|l| format!("{l}\n")).collect();
    std::fs::write(&out, kept).unwrap();
    let (code, told) = check(&out, &["--json", "--config", config.to_str().unwrap()]).await;
    assert_eq!(code, Some(0), "{told}");
    let report: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(report["events"]["text DialogStatus"]["equal"], 1);
    assert_eq!(report["suggestions"], serde_json::json!({}));
}
