//! Servers of other people, on the subject's core. Where one is not installed, what it is compared in is told as missing.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::process::{LOAD, Process, SUBJECT, free_port};

/// How to get what is missing.
pub const NATS: &str = ".ci/tool nats";
pub const ACTIVEMQ: &str = ".ci/tool activemq";
pub const PUGIXML: &str = ".ci/tool pugixml";

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
        return Ok(None);
    }
    let mut command = Command::new("nats-server");
    command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
    let process = Process::serving(SUBJECT, &mut command, "", &address)?;
    Ok(Some(Other { process, address, _folder: None }))
}

/// The broker of the tests, ActiveMQ Classic, with a heap that is never short; clients speak STOMP.
pub fn activemq() -> Result<Option<Other>> {
    let java = Command::new("java").arg("-version").output();
    if java.is_err() || !Path::new(JARS).join("activemq-broker.jar").exists() {
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

/// A programme that parses with pugixml.
pub struct Pugixml {
    folder: TempDir,
}

impl Pugixml {
    /// Compiles it; none where there is no C++ compiler, or no pugixml.
    pub fn compile() -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let mut command = Command::new("c++");
        command.args([
            "-O2",
            "-std=c++17",
            concat!(env!("CARGO_MANIFEST_DIR"), "/benches/pugixml.cpp"),
            "-lpugixml",
            "-o",
        ]);
        let Ok(compiled) = command.arg(folder.path().join("pugixml")).output() else { return Ok(None) };
        eprint!("{}", String::from_utf8_lossy(&compiled.stderr));
        Ok(compiled.status.success().then_some(Self { folder }))
    }

    /// Microseconds for one of so many times that it parses the stanza, in a process on this programme's core.
    pub fn timed(&self, stanza: &[u8], times: usize) -> Result<f64> {
        let (program, file) = (self.folder.path().join("pugixml"), self.folder.path().join("stanza"));
        std::fs::write(&file, stanza)?;
        let arguments = [file.display().to_string(), times.to_string()];
        let process = Process::start(LOAD, &program.display().to_string(), &arguments)?;
        let ready = &process.ready;
        ensure!(ready["elements"].as_u64() > Some(50), "pugixml did not find the inner document: {ready}");
        ready["micros"].as_f64().context("no time")
    }
}
