//! Clients that know nothing of this project use the simulator as it is: `tests/third_party` against every transport.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use generic_connector::sim::Flavour;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::sim_client::Site;

/// How long the packages may take to come, and a day of a client.
const INSTALL: Duration = Duration::from_secs(180);
const DAY: Duration = Duration::from_secs(30);

/// What a client tells of a call that it answers, holds and drops.
const TOLD: [&str; 11] = [
    "user NOT_READY",
    "dialog POST ALERTING",
    "dialog PUT ACTIVE",
    "user TALKING",
    "dialog PUT HELD",
    "user HOLD",
    "dialog PUT DROPPED",
    "dialog PUT DROPPED",
    "dialog DELETE DROPPED",
    "user NOT_READY",
    "user LOGOUT",
];

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/third_party")
}

/// Installs what `files` name into a folder below `target`, unless it is there already: `commands` run in that folder.
/// `None` without the tools or the packages, which a continuous build may not accept.
async fn installed(name: &str, files: &[&str], commands: &[&[&str]], how: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/third_party").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let wanted = files.iter().map(|file| std::fs::read_to_string(sources().join(file)).unwrap()).collect::<String>();
    let stamp = folder.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Some(folder);
    }
    for file in files {
        std::fs::copy(sources().join(file), folder.join(file)).unwrap();
    }
    for command in commands {
        let run = Command::new(command[0]).args(&command[1..]).current_dir(&folder).kill_on_drop(true).output();
        let failed = match tokio::time::timeout(INSTALL, run).await {
            Ok(Ok(output)) if output.status.success() => continue,
            Ok(Ok(output)) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Ok(Err(error)) => error.to_string(),
            Err(_) => format!("took longer than {INSTALL:?}"),
        };
        let missing = format!("{} does not work here ({how}): {failed}", command.join(" "));
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{missing}");
        eprintln!("skipped: {missing}");
        return None;
    }
    std::fs::write(&stamp, wanted).unwrap();
    Some(folder)
}

/// One call of an agent whose client is that program; the customer calls when it has signed in.
async fn day(site: &Site, program: &Path, script: &Path, service: &str, agent: &str, resource: &str) {
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, site.server.ca_pem()).unwrap();
    let (extension, rest) = (format!("2{}", &agent[1..]), site.server.addresses().https.unwrap().port());
    let mut client = Command::new(program)
        .arg(script)
        .args([service, &format!("https://localhost:{rest}"), agent, "demo", &extension])
        .env("NODE_EXTRA_CA_CERTS", &ca)
        .env("SSL_CERT_FILE", &ca)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(client.stdout.take().unwrap()).lines();
    let mut told = Vec::new();
    let ended = tokio::time::timeout(DAY, async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if line == "user NOT_READY" && !told.contains(&line) {
                site.server.control().place_call("5551234", &extension, &[("callVariable1", "gold")]).unwrap();
            }
            // Libraries say something of their own now and then.
            if ["connected ", "user ", "dialog ", "disconnected"].iter().any(|ours| line.starts_with(ours)) {
                told.push(line);
            }
        }
        client.wait().await.unwrap().success()
    });
    let well = ended.await.unwrap_or_else(|_| panic!("{service} hangs"));
    let mut expected = vec![format!("connected {agent}@fin-a.gc.test/{resource}")];
    expected.extend(TOLD.map(str::to_owned));
    expected.push("disconnected".to_owned());
    assert_eq!((told, well), (expected, true), "{service}");
}

#[tokio::test]
async fn strophe_spends_a_day_over_websocket_and_bosh() {
    let npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    let files = ["package.json", "package-lock.json"];
    let Some(folder) = installed("node", &files, &[&npm], "install Node.js 18 or later with npm").await else { return };
    // Node.js looks for packages beside the program.
    let script = folder.join("agent.mjs");
    std::fs::copy(sources().join("agent.mjs"), &script).unwrap();
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let at = site.server.addresses().clone();
    let (ws, wss, https) = (at.ws.unwrap(), at.wss.unwrap().port(), at.https.unwrap().port());
    let ways = [
        ("1001", format!("ws://{ws}/ws/")),
        ("1002", format!("wss://localhost:{wss}/ws")),
        ("1003", format!("wss://localhost:{https}/ws")),
        ("1004", format!("http://{ws}/http-bind/")),
        ("1005", format!("https://localhost:{wss}/http-bind")),
    ];
    let days = ways.iter().map(|(agent, service)| day(&site, Path::new("node"), &script, service, agent, "strophe"));
    futures_util::future::join_all(days).await;
    site.stop().await;
}

#[tokio::test]
async fn slixmpp_spends_a_day_over_tcp() {
    let venv: &[&str] = &["python3", "-m", "venv", "venv"];
    let pip: &[&str] = &[
        "venv/bin/python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
        "--no-deps",
        "--requirement=requirements.txt",
    ];
    let how = "install Python 3.11 or later with venv";
    let Some(folder) = installed("python", &["requirements.txt"], &[venv, pip], how).await else { return };
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let (python, script) = (folder.join("venv/bin/python"), sources().join("agent.py"));
    let (starttls, direct) = (site.server.addresses().xmpp.unwrap(), site.server.addresses().xmpp_tls.unwrap());
    let ways = [("1001", format!("starttls://{starttls}")), ("1002", format!("tls://{direct}"))];
    let days = ways.iter().map(|(agent, service)| day(&site, &python, &script, service, agent, "slixmpp"));
    futures_util::future::join_all(days).await;
    site.stop().await;
}
