//! The migration report: counted at the legacy door, kept over a restart, asked by RPC and by the binary.

use std::path::Path;
use std::process::Output;

use futures_util::{SinkExt as _, StreamExt as _};
use generic_connector::config::Tls;
use generic_connector::grpc::Options;
use generic_connector::pb;
use generic_connector::pb::bridge_service_client::BridgeServiceClient;
use serde_json::Value;
use tokio::net::TcpStream;
use tonic::transport::Endpoint;

use super::binary::{Service, command};
use super::bridge_client::Client;
use super::grpc_serving::write_certificates;
use super::grpc_world::{ADMIN, Door, OF_1001, options};
use super::support::within;

/// A configuration with an administrator and a service.
fn configuration(folder: &Path) -> String {
    let member = |name: &str, key: &str, rest: &str| {
        let hash = ring::digest::digest(&ring::digest::SHA256, key.as_bytes());
        let hash: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("[[auth.members]]\nname = \"{name}\"\napi_key_sha256 = \"{hash}\"\n{rest}\n")
    };
    let text = member("admin", ADMIN, "role = \"admin\"")
        + &member("one", OF_1001, "role = \"service\"\nobserve = [\"1001\"]");
    let file = folder.join("gc.toml");
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

async fn start(configuration: &str, state: &Path) -> Service {
    let state = format!("state.directory={}", state.display());
    Service::start(&["--config", configuration, "--set", &state]).await
}

/// What the subcommand says, and its exit code.
async fn report(arguments: &[&str], key: Option<&str>) -> (Option<i32>, String, String) {
    let mut command = command(&[&["migration-report"], arguments].concat());
    command.envs(key.map(|key| ("GC_ADMIN_KEY", key)));
    let Output { status, stdout, stderr } = within("its end", command.output()).await.unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Client, door, verb and count of each row.
fn rows(json: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(json).unwrap();
    let row =
        |row: &Value| format!("{} {} {} {}", row["client"], row["door"], row["verb"], row["count"]).replace('"', "");
    report["uses"].as_array().unwrap().iter().map(row).collect()
}

async fn say(service: &Service, lines: &str) {
    let mut client = Client::connect(service.bridge).await;
    client.send(lines).await;
    client.quiet().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_counted_survives_a_restart_and_is_told_both_ways() {
    let folder = tempfile::tempdir().unwrap();
    let (configuration, state) = (configuration(folder.path()), folder.path().join("state"));
    let mut service = start(&configuration, &state).await;
    say(&service, "GetState#1001\nhello#siebel-7\nHELLO # siebel-7\nConnect#1001#siebel-8,wrong").await;
    let counted = [
        "127.0.0.1 tcp GetState 1",
        "siebel-7 tcp Hello 2",
        // The test's own mark.
        "siebel-8 tcp (unknown) 1",
        "siebel-8 tcp Connect 1",
    ];
    let address = format!("http://{}", service.grpc);
    let (code, json, _) = report(&["--address", &address, "--json"], Some(ADMIN)).await;
    assert_eq!((code, rows(&json)), (Some(0), counted.map(str::to_owned).to_vec()));
    let hello = &serde_json::from_str::<Value>(&json).unwrap()["uses"][1];
    assert_eq!(hello["replaced_by"], "gc.v1.SystemService/Hello");
    assert!(hello["first_at"].as_str().unwrap() <= hello["last_at"].as_str().unwrap());
    service.stop().await;

    let directory = state.to_str().unwrap();
    let (code, offline, _) = report(&["--state", directory, "--json"], None).await;
    assert_eq!((code, offline), (Some(0), json.clone()));
    let (code, table, _) = report(&["--state", directory, "--client", "siebel-7"], None).await;
    assert_eq!(code, Some(0));
    assert!(
        table.contains("gc.v1.SystemService/Hello\n") && table.ends_with("total: 1 clients, 1 verbs, 2 commands\n"),
        "{table}"
    );
    let (code, table, _) = report(&["--state", directory, "--since", "2100-01-01T00:00:00Z"], None).await;
    assert!(code == Some(0) && table.starts_with("no legacy command, counted since 20"), "{table}");

    let mut service = start(&configuration, &state).await;
    let address = format!("http://{}", service.grpc);
    assert_eq!(report(&["--address", &address, "--json"], Some(ADMIN)).await.1, json);
    say(&service, "Hello#siebel-7").await;
    let (_, json, _) = report(&["--address", &address, "--json"], Some(ADMIN)).await;
    assert_eq!(rows(&json)[1..3], ["siebel-7 tcp (unknown) 1", "siebel-7 tcp Hello 3"]);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_door_counts_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = start(&configuration(folder.path()), folder.path()).await;
    let endpoint = Endpoint::try_from(format!("http://{}", service.grpc)).unwrap();
    let mut exchange = BridgeServiceClient::new(within("grpc", endpoint.connect()).await.unwrap());
    let hello = pb::ExchangeRequest { r#type: "Hello#crm-1".to_owned(), ..Default::default() };
    let lines = within("a stream", exchange.exchange(tokio_stream::iter([hello]))).await.unwrap();
    within("a line", lines.into_inner().message()).await.unwrap().unwrap();
    let socket = within("a connection", TcpStream::connect(service.grpc)).await.unwrap();
    let url = format!("ws://{}/ws", service.grpc);
    let (mut page, _) = within("an upgrade", tokio_tungstenite::client_async(url, socket)).await.unwrap();
    page.send("GetState#1001".into()).await.unwrap();
    within("a frame", page.next()).await.unwrap().unwrap();
    drop((page, exchange));
    service.stop().await;
    let (_, json, _) = report(&["--state", folder.path().to_str().unwrap(), "--json"], None).await;
    assert_eq!(rows(&json), ["127.0.0.1 websocket GetState 1", "crm-1 exchange Hello 1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_state_file_is_set_aside_and_nothing_stops_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let (configuration, file) = (configuration(folder.path()), folder.path().join("usage.json"));
    std::fs::write(&file, "{\"version\":1,\"state\":").unwrap();
    let directory = folder.path().to_str().unwrap();
    let (code, _, stderr) = report(&["--state", directory], None).await;
    assert!(code == Some(1) && stderr.contains("the state in "), "{stderr}");
    let mut service = start(&configuration, folder.path()).await;
    say(&service, "Hello#siebel-7").await;
    service.stop().await;
    let aside = folder.path().join("usage.json.broken");
    assert_eq!(std::fs::read_to_string(aside).unwrap(), "{\"version\":1,\"state\":");
    let (_, json, _) = report(&["--state", directory, "--json"], None).await;
    assert_eq!(rows(&json), ["siebel-7 tcp (unknown) 1", "siebel-7 tcp Hello 1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut service = start(&configuration(folder.path()), folder.path()).await;
    let address = format!("http://{}", service.grpc);
    for (key, said) in [
        (None, "no key: name a file by --key-file, or set GC_ADMIN_KEY"),
        (Some("guess"), "(Unauthenticated)"),
        (Some(OF_1001), "(PermissionDenied)"),
    ] {
        let (code, stdout, stderr) = report(&["--address", &address], key).await;
        assert_eq!((code, stdout.as_str()), (Some(1), ""), "{key:?}");
        assert!(stderr.starts_with("error: ") && stderr.contains(said), "{stderr}");
        assert!(key.is_none_or(|key| !stderr.contains(key)), "{stderr}");
    }
    let key = folder.path().join("key");
    std::fs::write(&key, format!("{ADMIN}\n")).unwrap();
    let (code, table, _) = report(&["--address", &address, "--key-file", key.to_str().unwrap()], None).await;
    assert!(code == Some(0) && table.starts_with("no legacy command"), "{table}");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_command_line_and_a_service_that_is_not_there_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().to_str().unwrap();
    let wrong: [&[&str]; 5] = [
        &[],
        &["--address", "http://a", "--state", "b"],
        &["--state", directory, "--key-file", "k"],
        &["--state", directory, "--since", "yesterday"],
        &["--address", "http://a", "--key", "secret"],
    ];
    for arguments in wrong {
        assert_eq!(report(arguments, Some(ADMIN)).await.0, Some(64), "{arguments:?}");
    }
    for (arguments, said) in [
        (&["--state", directory][..], "holds no counters"),
        (&["--address", "http://127.0.0.1:1"], "can't reach http://127.0.0.1:1"),
        (&["--address", "127.0.0.1:1"], "the URL begins neither with"),
        (&["--address", "http://127.0.0.1:1", "--key-file", "no/such"], "the key file no/such"),
        (&["--address", "https://127.0.0.1:1", "--ca-file", "no/such"], "no/such"),
    ] {
        let (code, _, stderr) = report(arguments, Some(ADMIN)).await;
        assert!(code == Some(1) && stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_with_tls_is_asked_with_its_authority() {
    let folder = tempfile::tempdir().unwrap();
    write_certificates(folder.path());
    let file = |name: &str| folder.path().join(name);
    let tls = Tls { certificate: file("server.pem"), key: file("server.key"), client_ca: None };
    let door = Door::open(Options { tls: Some(tls), ..options() }).await;
    let address = format!("https://localhost:{}", door.address.port());
    let ca = file("ca.pem");
    let (code, table, stderr) = report(&["--address", &address, "--ca-file", ca.to_str().unwrap()], Some(ADMIN)).await;
    assert!(code == Some(0) && table.starts_with("no legacy command"), "{stderr}");
    let (code, _, stderr) = report(&["--address", &address], Some(ADMIN)).await;
    assert!(code == Some(1) && stderr.contains("can't reach"), "{stderr}");
    door.close().await;
}
