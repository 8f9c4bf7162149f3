//! A WebSocket client for tests, which speaks the protocol for itself.

use std::net::SocketAddr;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::support::within;

/// One connection.
pub struct Client(pub WebSocketStream<TcpStream>);

impl Client {
    pub async fn on(socket: TcpStream, origin: Option<&str>) -> Result<Self, Error> {
        let door = socket.peer_addr().unwrap();
        let mut request = format!("ws://{door}/ws").into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        Ok(Self(within("an upgrade", tokio_tungstenite::client_async(request, socket)).await?.0))
    }

    pub async fn open(door: SocketAddr) -> Self {
        Self::on(TcpStream::connect(door).await.unwrap(), None).await.unwrap()
    }

    pub async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next frame that is no ping.
    pub async fn frame(&mut self) -> Option<Result<Message, Error>> {
        loop {
            match within("a frame", self.0.next()).await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => return other,
            }
        }
    }

    /// The next line; its members keep their order.
    pub async fn next(&mut self) -> Value {
        match self.frame().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            other => panic!("no line: {other:?}"),
        }
    }

    /// The next line of a type; others are passed over.
    pub async fn until(&mut self, kind: &str) -> Value {
        loop {
            let line = self.next().await;
            if line["type"] == kind {
                return line;
            }
        }
    }

    /// Says that it leaves, and hears the word back.
    pub async fn leave(&mut self) {
        let word = CloseFrame { code: 1000.into(), reason: "".into() };
        self.0.close(Some(word)).await.unwrap();
        assert_eq!(self.close_code().await, 1000);
    }

    /// The code with which the door closes; lines before it are passed over.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.frame().await {
                Some(Ok(Message::Text(_))) => {}
                Some(Ok(Message::Close(Some(CloseFrame { code, .. })))) => return code.into(),
                other => panic!("no close: {other:?}"),
            }
        }
    }
}
