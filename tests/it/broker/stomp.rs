//! A desktop that speaks STOMP 1.2, as one would write it in an afternoon; it shares no code with the service.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio_rustls::client::TlsStream;

use super::desk::Desk;
use crate::support::within;

/// One frame: command, headers and body.
#[derive(Debug)]
pub struct Frame {
    pub command: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Frame {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A desktop with a subscription to its topic.
pub struct Desktop {
    input: BufReader<OwnedReadHalf>,
    output: OwnedWriteHalf,
    queue: String,
}

impl Desktop {
    /// A desktop that has subscribed to the topic of its destination and sends to `Connector1`.
    pub async fn connect(broker: SocketAddr, destination: &str) -> Self {
        Self::on(broker, "Connector1", destination).await
    }

    /// The same with another command queue.
    pub async fn on(broker: SocketAddr, queue: &str, destination: &str) -> Self {
        Self { queue: queue.to_owned(), ..Self::open(broker, destination, "").await }
    }

    pub async fn login(broker: SocketAddr, destination: &str, user: &str, password: &str) -> Self {
        Self::open(broker, destination, &format!("login:{user}\npasscode:{password}\n")).await
    }

    async fn open(broker: SocketAddr, destination: &str, login: &str) -> Self {
        let (input, output) = within("a connection", TcpStream::connect(broker)).await.unwrap().into_split();
        let mut desktop = Self { input: BufReader::new(input), output, queue: "Connector1".to_owned() };
        desktop.write(&format!("CONNECT\naccept-version:1.2\nhost:broker\nheart-beat:0,0\n{login}\n\0")).await;
        let answer = desktop.frame().await;
        assert_eq!(answer.command, "CONNECTED", "{answer:?}");
        desktop
            .write(&format!("SUBSCRIBE\nid:0\ndestination:/topic/{destination}\nack:auto\nreceipt:subscribed\n\n\0"))
            .await;
        let answer = desktop.frame().await;
        assert_eq!(
            (answer.command.as_str(), answer.header("receipt-id")),
            ("RECEIPT", Some("subscribed")),
            "{answer:?}"
        );
        desktop
    }

    async fn write(&mut self, text: &str) {
        write(&mut self.output, text).await;
    }

    /// Sends a command with more headers, each a line.
    pub async fn send_with(&mut self, command: &str, headers: &str, body: &str) {
        let queue = &self.queue;
        let frame = format!("SEND\ndestination:/queue/{queue}\ntype:{command}\n{headers}\n{body}\0");
        self.write(&frame).await;
    }

    pub async fn frame(&mut self) -> Frame {
        within("a frame", frame(&mut self.input)).await
    }
}

impl Desk for Desktop {
    async fn send(&mut self, command: &str, body: &str) {
        self.send_with(command, "", body).await;
    }

    async fn text(&mut self) -> String {
        let frame = self.frame().await;
        assert_eq!(frame.command, "MESSAGE", "{frame:?}");
        assert_ne!(frame.header("persistent"), Some("true"), "{frame:?}");
        // ActiveMQ gives a length to bytes messages alone.
        assert_eq!(frame.header("content-length"), None, "{frame:?}");
        frame.body
    }
}

pub async fn write(output: &mut (impl AsyncWrite + Unpin), text: &str) {
    within("a write", output.write_all(text.as_bytes())).await.unwrap();
}

/// Reads one frame; the newlines before it are heart-beats.
pub async fn frame(input: &mut (impl AsyncBufRead + Unpin)) -> Frame {
    let mut command = String::new();
    while command.trim().is_empty() {
        command.clear();
        assert!(input.read_line(&mut command).await.unwrap() > 0, "the broker hung up");
    }
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        input.read_line(&mut line).await.unwrap();
        let Some((name, value)) = line.trim_end_matches(['\r', '\n']).split_once(':') else { break };
        headers.push((unescape(name), unescape(value)));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").map(|(_, value)| value.parse().unwrap());
    let mut body = Vec::new();
    if let Some(length) = length {
        body.resize(length, 0);
        input.read_exact(&mut body).await.unwrap();
        assert_eq!(input.read_u8().await.unwrap(), 0);
    } else {
        input.read_until(0, &mut body).await.unwrap();
        assert_eq!(body.pop(), Some(0));
    }
    Frame { command: command.trim().to_owned(), headers, body: String::from_utf8(body).unwrap() }
}

fn unescape(text: &str) -> String {
    text.replace("\\c", ":").replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\")
}

/// Another consumer of the queue, which the broker prefers: it takes commands and never says so.
pub struct Taker {
    socket: BufReader<TcpStream>,
}

impl Taker {
    pub async fn subscribe(broker: SocketAddr, queue: &str) -> Self {
        let mut socket = BufReader::new(within("a connection", TcpStream::connect(broker)).await.unwrap());
        write(&mut socket, "CONNECT\naccept-version:1.2\nhost:broker\n\n\0").await;
        within("a frame", frame(&mut socket)).await;
        let how = "ack:client-individual\nactivemq.priority:127\nreceipt:subscribed";
        write(&mut socket, &format!("SUBSCRIBE\nid:0\ndestination:/queue/{queue}\n{how}\n\n\0")).await;
        let answer = within("a frame", frame(&mut socket)).await;
        assert_eq!(answer.command, "RECEIPT", "{answer:?}");
        Self { socket }
    }

    /// Takes one command, and dies with it.
    pub async fn dies_with_one(mut self) -> Frame {
        within("a command", frame(&mut self.socket)).await
    }
}

/// A broker does not let these in.
pub async fn refused(broker: SocketAddr, user: &str, password: &str) {
    let mut socket = BufReader::new(within("a connection", TcpStream::connect(broker)).await.unwrap());
    let login = format!("CONNECT\naccept-version:1.2\nhost:broker\nlogin:{user}\npasscode:{password}\n\n\0");
    write(&mut socket, &login).await;
    let answer = within("a frame", frame(&mut socket)).await;
    assert_eq!(answer.command, "ERROR", "{answer:?}");
}

/// A connection over TLS, whose certificate is trusted.
pub async fn over_tls(broker: SocketAddr, certificate: &str) -> BufReader<TlsStream<TcpStream>> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let socket = within("a connection", TcpStream::connect(broker)).await.unwrap();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from("localhost").unwrap();
    BufReader::new(within("a handshake", connector.connect(name, socket)).await.unwrap())
}

/// What the broker says to a client that connects without a login.
pub async fn first_line(socket: &mut BufReader<TlsStream<TcpStream>>) -> String {
    write(socket, "CONNECT\naccept-version:1.2\nhost:broker\n\n\0").await;
    within("a frame", frame(socket)).await.command
}
