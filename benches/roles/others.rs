//! Servers of other people, on the subject's core. Where one is not installed, what it is compared in is left out.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use tempfile::TempDir;

use crate::process::{Process, SUBJECT, free_port};

/// Where Debian puts ActiveMQ.
const JARS: &str = "/usr/share/activemq/lib";

/// A server, and where its clients connect.
pub struct Other {
    // Dropped, and so stopped, before its folder.
    pub process: Process,
    pub address: String,
    _folder: Option<TempDir>,
}

/// NATS with its own defaults.
pub fn nats() -> Result<Option<Other>> {
    let port = free_port()?;
    let address = format!("127.0.0.1:{port}");
    let mut command = Command::new("nats-server");
    if command.arg("--version").output().is_err() {
        println!("  nats-server is not installed (.ci/tool nats)");
        return Ok(None);
    }
    let mut command = Command::new("nats-server");
    command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
    let process = Process::serving(SUBJECT, &mut command, "", &address)?;
    Ok(Some(Other { process, address, _folder: None }))
}

/// The broker of the tests, ActiveMQ Classic, with a heap that is never short; clients speak STOMP.
pub fn activemq() -> Result<Option<Other>> {
    if !Path::new(JARS).join("activemq-broker.jar").exists() {
        println!("  ActiveMQ is not installed (.ci/tool activemq)");
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let (openwire, stomp) = (free_port()?, free_port()?);
    let address = format!("127.0.0.1:{stomp}");
    let mut command = Command::new("java");
    command.args(["-Xmx1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp"]);
    command.arg(format!("{JARS}/*:/usr/share/java/slf4j-simple.jar:/usr/share/java/xstream.jar"));
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/jms/Broker.java"));
    command.arg(format!("data={}", folder.path().display()));
    command.args([format!("openwire={openwire}"), format!("stomp={stomp}")]);
    let process = Process::serving(SUBJECT, &mut command, "stomp\n", &address)?;
    Ok(Some(Other { process, address, _folder: Some(folder) }))
}
