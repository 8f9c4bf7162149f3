//! `generic-connector record`: writes down the layout of what another connector tells its desktops, without its values.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::bridge::capture;
use crate::bridge::stomp::destination::is_plain;
use crate::bridge::stomp::frame::{Body, Frame};
use crate::bridge::stomp::socket::{Fault, Socket};
use crate::bridge::stomp::{Broker, Options};
use crate::config::tls_client;

/// The longest event that is written down.
const MOST_BODY: usize = 256 * 1024;
/// The longest pause before the broker is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// What is recorded, and where to.
#[derive(Args, Debug)]
pub struct Flags {
    /// The broker's STOMP connector, for example tcp://mq.example:61613
    #[arg(long, value_name = "URL", value_parser = broker)]
    broker: Broker,
    /// The user at the broker
    #[arg(long, value_name = "NAME", requires = "password_file")]
    user: Option<String>,
    /// The file with the user's password
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// A certificate authority (PEM) to trust beside the system's, for stomp+ssl://
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// A destination whose topic is listened to; may be repeated
    #[arg(long, value_name = "NAME", required_unless_present = "all_destinations", value_parser = plain)]
    destination: Vec<String>,
    /// Listens to every topic but the broker's own
    #[arg(long, conflicts_with = "destination")]
    all_destinations: bool,
    /// The file to write, which must not exist
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How long
    #[arg(long = "for", value_name = "TIME", default_value = "10m", value_parser = time)]
    time: Duration,
    /// How many bytes at most
    #[arg(long, value_name = "BYTES", default_value_t = 100 * 1024 * 1024)]
    max_bytes: u64,
}

fn broker(text: &str) -> Result<Broker, String> {
    text.parse().map_err(|()| "expected tcp://host:port or stomp+ssl://host:port, without user and password".to_owned())
}

fn plain(name: &str) -> Result<String, String> {
    if is_plain(name) { Ok(name.to_owned()) } else { Err("expected a plain name".to_owned()) }
}

fn time(text: &str) -> Result<Duration, String> {
    let time: SignedDuration = text.parse().map_err(|_| "expected a time such as 10m")?;
    Duration::try_from(time).map_err(|_| "expected a time such as 10m".to_owned())
}

/// Records until the time or the file is full, or until SIGINT or SIGTERM (`stop`).
///
/// # Errors
/// When the password or the file can't be read or written.
pub async fn run(flags: &Flags, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let mut options = Options::new(vec![flags.broker.clone()]);
    options.max_body = MOST_BODY;
    options.user.clone_from(&flags.user);
    if let Some(file) = &flags.password_file {
        let text = std::fs::read_to_string(file).map_err(|why| anyhow::anyhow!("{}: {why}", file.display()))?;
        options.password = Some(SecretString::from(text.trim_end_matches(['\r', '\n'])));
    }
    if flags.broker.tls {
        let pem = flags.ca_file.as_ref().map(std::fs::read).transpose()?;
        options.tls = Some(Arc::new(tls_client(pem.as_deref()).map_err(anyhow::Error::msg)?));
    }
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&flags.out);
    let file = file.map_err(|why| anyhow::anyhow!("{}: {why}", flags.out.display()))?;
    let mut sink = Sink { file, room: flags.max_bytes, events: 0 };
    let header = json!({
        "capture": 1, "version": env!("CARGO_PKG_VERSION"), "started": Timestamp::now().to_string(),
        "broker": flags.broker.to_string(), "destinations": flags.destination,
    });
    sink.line(&header)?;
    let end = tokio::select! {
        () = stop => Ok(()),
        () = tokio::time::sleep(flags.time) => Ok(()),
        end = listen(flags, &options, &mut sink) => end,
    };
    println!("{} events in {}", sink.events, flags.out.display());
    end
}

/// Listens until the file is full.
async fn listen(flags: &Flags, options: &Options, sink: &mut Sink) -> anyhow::Result<()> {
    let mut pause = options.reconnect.0;
    loop {
        match Socket::open(&flags.broker, options).await {
            Ok(mut socket) => {
                pause = options.reconnect.0;
                let all = flags.all_destinations.then_some(">");
                for (at, destination) in flags.destination.iter().map(String::as_str).chain(all).enumerate() {
                    let (id, topic) = (at.to_string(), format!("/topic/{destination}"));
                    let headers = [("id", id.as_str()), ("destination", &topic), ("ack", "auto"), ("receipt", &id)];
                    socket.put("SUBSCRIBE", &headers, b"");
                }
                let last = flags.destination.len().saturating_sub(1).to_string();
                let why = loop {
                    match next(&mut socket).await {
                        Ok(frame) if frame.command == "RECEIPT" => {
                            if frame.header("receipt-id") == Some(&last) {
                                eprintln!("listening at {}", flags.broker);
                            }
                        }
                        Ok(frame) => {
                            if !sink.event(flags, &frame)? {
                                return Ok(());
                            }
                        }
                        Err(why) => break why,
                    }
                };
                eprintln!("broker lost: {why}");
            }
            Err(why) => eprintln!("broker not reached: {why}"),
        }
        if !sink.line(&json!({ "at": Timestamp::now().to_string(), "gap": true }))? {
            return Ok(());
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn next(socket: &mut Socket) -> Result<Frame, Fault> {
    loop {
        if let Some(frame) = socket.frame()? {
            return Ok(frame);
        }
        socket.turn().await?;
    }
}

struct Sink {
    file: std::fs::File,
    room: u64,
    events: u64,
}

impl Sink {
    /// Whether there is still room; false: the file is full, and the line is not in it.
    fn line(&mut self, line: &Value) -> std::io::Result<bool> {
        let text = format!("{line}\n");
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let Some(room) = self.room.checked_sub(length) else { return Ok(false) };
        self.room = room;
        self.file.write_all(text.as_bytes()).map(|()| true)
    }

    fn event(&mut self, flags: &Flags, frame: &Frame) -> std::io::Result<bool> {
        let destination = frame.header("destination").and_then(|topic| topic.strip_prefix("/topic/"));
        let named = |name: &&str| flags.all_destinations || flags.destination.iter().any(|one| one == name);
        let Some(destination) = destination.filter(|name| is_plain(name)).filter(named) else { return Ok(true) };
        let body = match &frame.body {
            Body::Whole(bytes) => std::str::from_utf8(bytes).ok().map(capture::mask),
            Body::TooLong => None,
        };
        self.events += 1;
        self.line(&json!({
            "at": Timestamp::now().to_string(), "destination": destination,
            "type": frame.header("type").map(capture::mask), "body": body,
        }))
    }
}
