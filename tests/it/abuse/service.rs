//! Simulator and service, each a process of its own, so that the memory is the service's alone; and what the system and the
//! service itself tell of it.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::Child;

use crate::binary::{Told, start};
use crate::support::within;

/// A simulator that services can be put in front of.
pub struct Simulator {
    _process: (Child, Told),
    rest: String,
    notify: String,
}

impl Simulator {
    pub async fn start() -> Self {
        let (process, told, ready) = start(&["sim", "--sim-free-ports", "--log=error"]).await;
        let of = |scheme: &str, port: &str, path: &str| format!("{scheme}://{}{path}", ready[port].as_str().unwrap());
        let (rest, notify) = (of("http", "sim_http", ""), of("ws", "sim_ws", "/ws/"));
        Self { _process: (process, told), rest, notify }
    }
}

/// The service.
pub struct Service {
    process: Child,
    _told: Told,
    pub grpc: SocketAddr,
    pub bridge: SocketAddr,
}

impl Service {
    /// In front of a simulator, with further keys of the configuration.
    pub async fn start(simulator: &Simulator, keys: &[&str]) -> Self {
        let (rest, notify) =
            (format!("finesse.rest={}", simulator.rest), format!("finesse.notify={}", simulator.notify));
        let arguments = ["serve", "--listen=127.0.0.1:0", "--bridge-tcp=127.0.0.1:0", "--log=off"];
        let keys = [&rest, &notify, "finesse.allow_plain=true"].into_iter().chain(keys.iter().copied());
        let arguments: Vec<_> = arguments.into_iter().chain(keys.flat_map(|key| ["--set", key])).collect();
        let (process, _told, ready) = start(&arguments).await;
        let address = |name: &str| ready[name].as_str().unwrap().parse().unwrap();
        Self { process, _told, grpc: address("grpc"), bridge: address("bridge_tcp") }
    }

    /// The memory that it has of its own (not its code), KiB; none where the system does not tell.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()?)).ok()?;
        let line = status.lines().find(|line| line.starts_with("RssAnon:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// How many descriptors it has open; none where the system does not tell.
    pub fn descriptors(&self) -> Option<usize> {
        Some(std::fs::read_dir(format!("/proc/{}/fd", self.process.id()?)).ok()?.count())
    }

    /// The value of a metric, summed over its labels.
    pub async fn metric(&self, name: &str) -> f64 {
        let mut socket = within("a connection", TcpStream::connect(self.grpc)).await.unwrap();
        socket.write_all(b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut text = String::new();
        within("the metrics", socket.read_to_string(&mut text)).await.unwrap();
        let of = |line: &&str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' ']));
        text.lines().filter(of).filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }
}
