//! A legacy client over any of the text doors: commands go out as a scenario writes them, lines come in.

use futures_util::{SinkExt as _, StreamExt as _};
use generic_connector::pb::bridge_service_client::BridgeServiceClient;
use generic_connector::pb::{ExchangeRequest, ExchangeResponse};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tonic::Streaming;

use super::door::Door;
use super::mirror::word;
use super::stage::{Doors, LineClient};
use crate::broker::desk::Desk as _;
use crate::broker::stomp::Desktop;
use crate::support::within;

/// The id of a Connect that lacks its password and is refused at once, at the destination that it names.
const BARRIER: &str = "barrier";

/// One line that came.
#[derive(Clone, Debug)]
pub struct Line {
    /// As it was sent.
    pub text: String,
    pub says: Value,
}

/// One client.
pub enum Desk {
    Tcp(LineClient),
    WebSocket(WebSocketStream<TcpStream>),
    Exchange(mpsc::Sender<ExchangeRequest>, Streaming<ExchangeResponse>),
    Stomp(Desktop, String),
}

impl Desk {
    /// A client called `name` at a door.
    pub async fn open(doors: &Doors, door: Door, name: &str) -> Self {
        match door {
            Door::Tcp => Self::Tcp(doors.line_client().await),
            Door::WebSocket => {
                let socket = within("a connection", TcpStream::connect(doors.http)).await.unwrap();
                let url = format!("ws://{}/ws", doors.http);
                Self::WebSocket(within("an upgrade", tokio_tungstenite::client_async(url, socket)).await.unwrap().0)
            }
            Door::Exchange => {
                let (up, requests) = mpsc::channel(64);
                let mut client = BridgeServiceClient::new(doors.channel.clone());
                let exchange = client.exchange(ReceiverStream::new(requests));
                Self::Exchange(up, within("an exchange", exchange).await.unwrap().into_inner())
            }
            Door::Stomp => {
                let queue = doors.queue.as_ref().unwrap();
                let destination = format!("{}.desk{name}", queue.name);
                Self::Stomp(Desktop::on(queue.broker.stomp(), &queue.name, &destination).await, destination)
            }
            Door::Unary | Door::Attach | Door::Sdk => panic!("{door} is no text door"),
        }
    }

    /// Sends a command. Where its type and its body travel apart, a command in any form is taken to these two; at a broker
    /// the destination of the command is replaced by the client's own.
    pub async fn send(&mut self, command: &str) {
        match self {
            Self::Tcp(lines) => lines.send(command).await,
            Self::WebSocket(frames) => frames.send(Message::text(command)).await.unwrap(),
            Self::Exchange(up, _) => {
                let (r#type, body) = parts(command);
                up.send(ExchangeRequest { r#type, body }).await.unwrap();
            }
            Self::Stomp(desktop, destination) => {
                let (kind, body) = addressed(parts(command), destination);
                desktop.send(&kind, &body).await;
            }
        }
    }

    /// The next line.
    pub async fn line(&mut self) -> Line {
        let text = match self {
            Self::Tcp(lines) => lines.raw().await,
            Self::WebSocket(frames) => loop {
                match within("a frame", frames.next()).await {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Text(text))) => break text.to_string(),
                    other => panic!("no line: {other:?}"),
                }
            },
            Self::Exchange(_, down) => {
                let response = within("a line", down.message()).await.unwrap();
                response.expect("the stream has ended").body
            }
            Self::Stomp(desktop, _) => desktop.text().await,
        };
        let says = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
        Line { text, says }
    }

    /// Everything that is said until the answer to something that is answered at once.
    pub async fn said(&mut self) -> Vec<Line> {
        self.send(&format!("Connect#{BARRIER}#desk,")).await;
        let mut said = Vec::new();
        loop {
            let line = self.line().await;
            if line.says["agentId"] == BARRIER {
                return said;
            }
            said.push(line);
        }
    }
}

/// Type and body of a command in any form.
pub fn parts(command: &str) -> (String, String) {
    if let Ok(json) = serde_json::from_str::<Value>(command) {
        let inner = json.get("data").unwrap_or(&json);
        return (word(inner, "type").to_owned(), word(inner, "body").to_owned());
    }
    let second = command.match_indices('#').nth(1).map_or(command.len(), |(at, _)| at);
    let (kind, body) = command.split_at(second);
    (kind.to_owned(), body.strip_prefix('#').unwrap_or(body).to_owned())
}

/// The command with a client's own destination where it names one.
fn addressed((kind, body): (String, String), destination: &str) -> (String, String) {
    match kind.split('#').next().unwrap_or_default() {
        verb @ ("Hello" | "Beat") => (format!("{verb}#{destination}"), body),
        "Connect" => {
            let rest = body.find(',').map_or("", |comma| &body[comma..]);
            (kind, format!("{destination}{rest}"))
        }
        _ => (kind, body),
    }
}
