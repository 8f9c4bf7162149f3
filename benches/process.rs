//! What is measured runs in processes of its own, each on one core.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use serde_json::Value;

/// Where what is measured runs.
pub const SUBJECT: usize = 0;
/// Where the simulator and the load run.
pub const LOAD: usize = 1;

/// The service's binary, of the same build as this programme.
pub const SERVICE: &str = env!("CARGO_BIN_EXE_generic-connector");

/// Keeps this thread, and the processes that it starts, on a core.
pub fn pin(core: usize) -> Result<()> {
    let mut set = CpuSet::new();
    set.set(core);
    sched_setaffinity(None, &set).context("this thread can't be kept on a core")
}

/// How many cores there are for this programme.
pub fn cores() -> Result<usize> {
    Ok(sched_getaffinity(None)?.count() as usize)
}

/// How long somebody else's server may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A process that said in a line of JSON that it is ready. It is killed when dropped.
pub struct Process {
    child: Child,
    /// What it said.
    pub ready: Value,
    /// From its start to that line.
    pub took: Duration,
}

impl Process {
    /// Starts one on a core and waits for its line.
    pub fn start(core: usize, program: &str, arguments: &[String]) -> Result<Self> {
        let begun = Instant::now();
        let mut command = Command::new(program);
        // Nothing of whoever runs this is to be read as configuration.
        command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = spawn(core, &mut command)?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let took = begun.elapsed();
        match serde_json::from_str(&line) {
            Ok(ready) => Ok(Self { child, ready, took }),
            Err(_) => {
                let _ = child.kill();
                bail!("{program} {arguments:?} did not start: {line:?}, {:?}", child.wait())
            }
        }
    }

    /// Starts somebody else's server, tells it a line, and waits until its address can be connected to.
    pub fn serving(core: usize, command: &mut Command, line: &str, address: &str) -> Result<Self> {
        let begun = Instant::now();
        let child = spawn(core, command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()))?;
        let mut process = Self { child, ready: Value::Null, took: Duration::ZERO };
        process.child.stdin.as_mut().context("no input")?.write_all(line.as_bytes())?;
        while TcpStream::connect(address).is_err() {
            ensure!(begun.elapsed() < PATIENCE && process.child.try_wait()?.is_none(), "{command:?} did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        process.took = begun.elapsed();
        Ok(process)
    }

    /// Its number, for a profiler.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// An address of its ready line.
    pub fn address(&self, name: &str) -> Result<String> {
        Ok(self.ready[name].as_str().with_context(|| format!("no {name} in {}", self.ready))?.to_owned())
    }

    /// The processor time it has used so far, microseconds, by the scheduler's count of each of its threads.
    pub fn cpu(&self) -> f64 {
        cpu(self.child.id())
    }

    /// Its resident memory, KiB.
    pub fn resident(&self) -> f64 {
        field(format!("/proc/{}/smaps_rollup", self.child.id()), "Rss:")
    }

    /// How many descriptors it has open.
    pub fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).map_or(0, Iterator::count)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(core: usize, command: &mut Command) -> Result<Child> {
    pin(core)?;
    let child = command.spawn().with_context(|| format!("{command:?} can't be started"));
    pin(LOAD)?;
    child
}

fn cpu(process: u32) -> f64 {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return 0.0 };
    let nanoseconds = |thread: fs::DirEntry| -> Option<f64> {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse().ok()
    };
    threads.flatten().filter_map(nanoseconds).sum::<f64>() / 1_000.0
}

/// The processor time of this thread, microseconds.
pub fn own_cpu() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0) / 1_000.0
}

/// A field in KiB of a file of /proc.
pub fn field(path: impl AsRef<Path>, name: &str) -> f64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0.0)
}

/// A port that nobody has, below those that the kernel gives to clients.
pub fn free_port() -> Result<u16> {
    use std::net::TcpListener;
    use std::sync::atomic::{AtomicU16, Ordering};
    static NEXT: AtomicU16 = AtomicU16::new(0);
    for _ in 0..2_000 {
        let port = 21_000 + (std::process::id() as u16 % 500) * 10 + NEXT.fetch_add(1, Ordering::Relaxed) % 5_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port is free")
}
