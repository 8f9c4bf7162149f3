//! A connection to a broker that has let us in.

use std::io;
use std::time::Duration;

use bytes::{Buf as _, BytesMut};
use rustls::pki_types::ServerName;
use secrecy::ExposeSecret as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::frame::{Decoder, Frame, Malformed, encode};
use super::options::{Broker, Options};

/// How much is read at once.
const READ: usize = 16 * 1024;
/// How long the broker may take none of what is written.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// How many times its own interval a broker may be silent.
const SILENT: u32 = 2;

/// Why there is no connection, or none any more.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The network or TLS failed.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It took too long.
    #[error("no answer in time")]
    Timeout,
    /// The broker has fallen silent.
    #[error("the broker is silent")]
    Silent,
    /// It takes nothing any more.
    #[error("the broker reads nothing")]
    Stuck,
    /// It closed the connection.
    #[error("the broker closed the connection")]
    Closed,
    /// It does not speak STOMP.
    #[error("no STOMP: {0}")]
    Malformed(#[from] Malformed),
    /// It refused something, in its own words.
    #[error("the broker says: {text}")]
    Refused {
        /// Its words.
        text: String,
        /// The receipt that the refused frame had asked for.
        receipt: Option<String>,
    },
    /// It sends more commands than it was allowed to.
    #[error("the broker sends more than it may")]
    Flood,
    /// TLS is asked for and not set up, or the host has no name that a certificate could show.
    #[error("no TLS for this host")]
    NoTls,
}

trait Io: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// An open connection.
pub struct Socket {
    input: ReadHalf<Box<dyn Io>>,
    output: WriteHalf<Box<dyn Io>>,
    decoder: Decoder,
    buffer: Box<[u8]>,
    /// What waits to be written.
    out: BytesMut,
    unflushed: bool,
    /// How often we must show that we are alive, and within what time the broker does.
    beats: (Option<Duration>, Option<Duration>),
    heard: Instant,
    wrote: Instant,
}

impl Socket {
    /// Connects and logs in, within the time that the options give.
    ///
    /// # Errors
    /// Why it was not let in.
    pub async fn open(broker: &Broker, options: &Options) -> Result<Self, Fault> {
        timeout(options.connect_timeout, Self::log_in(broker, options)).await.unwrap_or(Err(Fault::Timeout))
    }

    async fn log_in(broker: &Broker, options: &Options) -> Result<Self, Fault> {
        let tcp = TcpStream::connect((broker.host.as_str(), broker.port)).await?;
        tcp.set_nodelay(true)?;
        let io: Box<dyn Io> = match (broker.tls, &options.tls) {
            (false, _) => Box::new(tcp),
            (true, Some(config)) => {
                let name = ServerName::try_from(broker.host.clone()).map_err(|_| Fault::NoTls)?;
                Box::new(TlsConnector::from(config.clone()).connect(name, tcp).await?)
            }
            (true, None) => return Err(Fault::NoTls),
        };
        let (input, output) = tokio::io::split(io);
        let now = Instant::now();
        let mut socket = Self {
            input,
            output,
            decoder: Decoder::new(options.max_body),
            buffer: vec![0; READ].into(),
            out: BytesMut::new(),
            unflushed: false,
            beats: (None, None),
            heard: now,
            wrote: now,
        };
        let interval = options.heartbeat.as_millis();
        let beat = format!("{interval},{interval}");
        let mut headers =
            vec![("accept-version", "1.2"), ("host", broker.host.as_str()), ("heart-beat", beat.as_str())];
        if let Some(user) = &options.user {
            headers.push(("login", user));
        }
        if let Some(password) = &options.password {
            headers.push(("passcode", password.expose_secret()));
        }
        socket.put("CONNECT", &headers, b"");
        while socket.waits() {
            socket.write_some().await?;
        }
        let answer = loop {
            if let Some(frame) = socket.decoder.frame()? {
                break frame;
            }
            socket.read().await?;
        };
        if answer.command != "CONNECTED" {
            return Err(refusal(&answer));
        }
        if answer.header("version") != Some("1.2") {
            return Err(Fault::Refused { text: "it does not speak STOMP 1.2".to_owned(), receipt: None });
        }
        let theirs = answer.header("heart-beat").and_then(|text| text.split_once(',')).unwrap_or(("0", "0"));
        let agreed = |theirs: &str| {
            let theirs = Duration::from_millis(theirs.trim().parse().unwrap_or(0));
            (!theirs.is_zero() && !options.heartbeat.is_zero()).then(|| theirs.max(options.heartbeat))
        };
        socket.beats = (agreed(theirs.1), agreed(theirs.0));
        Ok(socket)
    }

    /// Queues a frame.
    pub fn put(&mut self, command: &str, headers: &[(&str, &str)], body: &[u8]) {
        self.begins_to_wait();
        encode(command, headers, body, &mut self.out);
    }

    /// How many bytes wait to be written.
    pub fn backlog(&self) -> usize {
        self.out.len()
    }

    /// The next frame that has come already.
    ///
    /// # Errors
    /// When the broker does not speak STOMP, or says what was wrong.
    pub fn frame(&mut self) -> Result<Option<Frame>, Fault> {
        match self.decoder.frame()? {
            Some(frame) if frame.command == "ERROR" => Err(refusal(&frame)),
            frame => Ok(frame),
        }
    }

    /// Reads, writes and beats until something was read. Cancel safe.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn turn(&mut self) -> Result<(), Fault> {
        loop {
            let waits = self.waits();
            let silent = self.beats.1.map(|interval| self.heard + interval * SILENT);
            let beat = self.beats.0.map(|interval| self.wrote + interval / 2).filter(|_| !waits);
            let stuck = waits.then(|| self.wrote + WRITE_TIMEOUT);
            tokio::select! {
                // What can be read or written is, before a clock decides: this process may have been asleep.
                biased;
                written = push(&mut self.output, &self.out), if waits => {
                    let written = written?;
                    self.advance(written);
                }
                read = self.input.read(&mut self.buffer) => {
                    let count = read?;
                    return self.took(count);
                }
                () = at(silent) => return Err(Fault::Silent),
                () = at(stuck) => return Err(Fault::Stuck),
                () = at(beat) => {
                    self.begins_to_wait();
                    self.out.extend_from_slice(b"\n");
                }
            }
        }
    }

    async fn read(&mut self) -> Result<(), Fault> {
        let count = self.input.read(&mut self.buffer).await?;
        self.took(count)
    }

    async fn write_some(&mut self) -> Result<(), Fault> {
        let written = push(&mut self.output, &self.out).await?;
        self.advance(written);
        Ok(())
    }

    /// The broker's time to take what is put now begins now, however long ago the last was written.
    fn begins_to_wait(&mut self) {
        if !self.waits() {
            self.wrote = Instant::now();
        }
    }

    fn waits(&self) -> bool {
        self.unflushed || !self.out.is_empty()
    }

    fn advance(&mut self, written: Option<usize>) {
        self.wrote = Instant::now();
        match written {
            Some(count) => {
                self.out.advance(count);
                self.unflushed = true;
            }
            None => self.unflushed = false,
        }
    }

    fn took(&mut self, count: usize) -> Result<(), Fault> {
        if count == 0 {
            return Err(Fault::Closed);
        }
        self.heard = Instant::now();
        self.decoder.push(self.buffer.get(..count).unwrap_or_default());
        Ok(())
    }
}

/// Writes what waits; when all of it is written, has TLS let go of it.
async fn push(output: &mut (impl AsyncWrite + Unpin), waiting: &[u8]) -> io::Result<Option<usize>> {
    if waiting.is_empty() {
        return output.flush().await.map(|()| None);
    }
    match output.write(waiting).await? {
        0 => Err(io::ErrorKind::WriteZero.into()),
        count => Ok(Some(count)),
    }
}

async fn at(when: Option<Instant>) {
    match when {
        Some(when) => tokio::time::sleep_until(when).await,
        None => std::future::pending().await,
    }
}

/// What the broker objects to: its own short text, without the stack that ActiveMQ puts in the body.
fn refusal(frame: &Frame) -> Fault {
    let text = frame.header("message").unwrap_or(&frame.command);
    let text = text.chars().filter(|character| !character.is_control()).take(200).collect();
    Fault::Refused { text, receipt: frame.header("receipt-id").map(str::to_owned) }
}
