//! The Java programs of `tests/jms`: they are compiled once, and each that runs is a process that ends with its value.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::OnceCell;

use super::Broker;
use super::desk::Desk;
use crate::support::within;

/// Where Debian puts ActiveMQ and all it needs; a logger that writes to standard error, and what writes advisories for STOMP.
const JARS: &str = "/usr/share/activemq/lib/*";
const MORE: [&str; 2] = ["/usr/share/java/slf4j-simple.jar", "/usr/share/java/xstream.jar"];

/// Small and fast to start: these processes live for seconds.
const FLAGS: [&str; 6] = [
    "-Xmx128m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Dfile.encoding=UTF-8",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
];

/// The compiled programs.
pub struct Programs {
    classes: PathBuf,
}

/// The programs, compiled by whoever asks first after they were changed. None when ActiveMQ or a JDK is not installed, which a continuous build may
/// not accept.
pub async fn programs() -> Option<&'static Programs> {
    static PROGRAMS: OnceCell<Option<Programs>> = OnceCell::const_new();
    PROGRAMS.get_or_init(compile).await.as_ref()
}

async fn compile() -> Option<Programs> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jms");
    let classes = Path::new(env!("CARGO_TARGET_TMPDIR")).join("jms");
    let mut files: Vec<_> = std::fs::read_dir(sources).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let written: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let stamp = classes.join("compiled");
    if !std::fs::read_to_string(&stamp).is_ok_and(|compiled| compiled == written) {
        let compiler = Command::new("javac").arg("-cp").arg(JARS).arg("-d").arg(&classes).args(files).output().await;
        let jars =
            ["/usr/share/activemq/lib/activemq-broker.jar"].iter().chain(&MORE).all(|jar| Path::new(jar).exists());
        let Some(output) = compiler.ok().filter(|_| jars) else {
            let missing = "ActiveMQ, XStream or a JDK is not installed (`.ci/tool activemq` does that)";
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{missing}");
            eprintln!("skipped: {missing}");
            return None;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::write(stamp, written).unwrap();
    }
    Some(Programs { classes })
}

impl Programs {
    pub fn start(&self, class: &str, arguments: &[String]) -> Program {
        let mut process = Command::new("java")
            .args(FLAGS)
            .args(["-cp", &format!("{}:{JARS}:{}", self.classes.display(), MORE.join(":")), class])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap()).lines();
        Program { class: class.to_owned(), process, input, output }
    }
}

/// A Java process that speaks in lines.
pub struct Program {
    class: String,
    process: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Program {
    pub async fn say(&mut self, line: &str) {
        self.input.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    pub async fn line(&mut self) -> String {
        let line = within("a line of a Java program", self.output.next_line()).await.unwrap();
        line.unwrap_or_else(|| panic!("{} has ended", self.class))
    }

    /// Passes over all lines up to this one.
    pub async fn until(&mut self, wanted: &str) {
        while self.line().await != wanted {}
    }

    pub async fn kill(mut self) {
        within("a process's end", self.process.kill()).await.unwrap();
    }

    pub async fn freeze(&self) {
        let stop = ["-STOP".to_owned(), self.process.id().unwrap().to_string()];
        assert!(within("a signal", Command::new("kill").args(stop).status()).await.unwrap().success());
    }

    /// Closes its input, by which it ends.
    pub async fn end(self) {
        let Self { mut process, input, output, .. } = self;
        drop(input);
        within("a process's end", process.wait()).await.unwrap();
        drop(output);
    }
}

/// The URL of desktops that go to the first of these brokers that is there, and go back to the first of all.
pub fn failover(brokers: &[&Broker]) -> String {
    let urls: Vec<_> = brokers.iter().map(|broker| format!("tcp://{}", broker.openwire())).collect();
    let back = "randomize=false&priorityBackup=true&initialReconnectDelay=20&maxReconnectDelay=100";
    format!("failover:({})?{back}", urls.join(","))
}

/// One event as JMS shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The message's class, for example "TextMessage".
    pub class: String,
    /// "NON_PERSISTENT" or "PERSISTENT".
    pub mode: String,
    pub redelivered: bool,
    pub body: String,
}

/// A desktop over JMS and OpenWire.
pub struct Desktop {
    program: Program,
}

impl Desktop {
    /// A desktop that has subscribed to the topic of its destination.
    pub async fn start(url: &str, destination: &str, queue: &str) -> Self {
        Self::begin(&[url, destination, queue]).await
    }

    /// The same at a broker that asks who it is.
    pub async fn login(url: &str, destination: &str, queue: &str, user: &str, password: &str) -> Self {
        Self::begin(&[url, destination, queue, user, password]).await
    }

    async fn begin(arguments: &[&str]) -> Self {
        let arguments: Vec<_> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let mut program = programs().await.unwrap().start("Desktop", &arguments);
        program.until("subscribed").await;
        Self { program }
    }

    /// Sends a command in another way; `Desktop.java` says which there are.
    pub async fn send_as(&mut self, how: &str, command: &str, body: Option<&str>) {
        let mut line = format!("{how}\t{command}");
        if let Some(body) = body {
            write!(line, "\t{body}").unwrap();
        }
        self.program.say(&line).await;
    }

    /// The next event, with all that JMS says of it.
    pub async fn message(&mut self) -> Message {
        loop {
            let line = self.program.line().await;
            let parts: Vec<_> = line.splitn(5, '\t').collect();
            match parts[..] {
                ["event", class, mode, again, body] => {
                    let (class, mode, body) = (class.to_owned(), mode.to_owned(), body.to_owned());
                    return Message { class, mode, redelivered: again == "redelivered", body };
                }
                ["interrupted" | "resumed"] => {}
                _ => panic!("not a line of a desktop: {line}"),
            }
        }
    }

    /// Waits until the connection to the broker is gone; events before that are passed over.
    pub async fn interrupted(&mut self) {
        self.program.until("interrupted").await;
    }

    /// Waits until the connection is back, subscription and all; events before that are passed over.
    pub async fn resumed(&mut self) {
        self.program.until("resumed").await;
    }

    /// The desktop vanishes.
    pub async fn kill(self) {
        self.program.kill().await;
    }
}

impl Desk for Desktop {
    /// A non-persistent text message; no body is null.
    async fn send(&mut self, command: &str, body: &str) {
        self.send_as("text", command, Some(body).filter(|body| !body.is_empty())).await;
    }

    async fn text(&mut self) -> String {
        let Message { class, mode, redelivered, body } = self.message().await;
        assert_eq!((class.as_str(), mode.as_str(), redelivered), ("TextMessage", "NON_PERSISTENT", false), "{body}");
        body
    }
}

/// Another consumer of the command queue, in place of the old product.
pub struct OldConnector {
    program: Program,
}

impl OldConnector {
    pub async fn start(url: &str, queue: &str, priority: u8) -> Self {
        let arguments = [url.to_owned(), queue.to_owned(), priority.to_string()];
        let mut program = programs().await.unwrap().start("OldConnector", &arguments);
        program.until("consuming").await;
        Self { program }
    }

    /// The next command that it took: type and body.
    pub async fn command(&mut self) -> (String, String) {
        let line = self.program.line().await;
        let (command, body) = line.split_once('\t').unwrap();
        (command.to_owned(), body.to_owned())
    }

    /// It stops in good order, and gives the queue back.
    pub async fn stop(self) {
        self.program.end().await;
    }
}
