//! `record` beside a desktop of a real broker: the layouts are written down, no value is.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, BufReader};

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
