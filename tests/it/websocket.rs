//! The legacy door as a WebSocket, with a client that speaks it for itself.

use std::net::SocketAddr;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Response;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::grpc_world::{Door, options};
use crate::support::within;

/// One connection.
struct Client(WebSocketStream<TcpStream>);

impl Client {
    async fn try_open(door: SocketAddr, origin: Option<&str>) -> Result<(Self, Response), Error> {
        let mut request = format!("ws://{door}/ws").into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        let socket = within("a connection", TcpStream::connect(door)).await.unwrap();
        let (socket, response) = within("an upgrade", tokio_tungstenite::client_async(request, socket)).await?;
        Ok((Self(socket), response))
    }

    async fn open(door: SocketAddr) -> Self {
        Self::try_open(door, None).await.unwrap().0
    }

    async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// The next frame that is no ping.
    async fn frame(&mut self) -> Option<Result<Message, Error>> {
        loop {
            match within("a frame", self.0.next()).await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => return other,
            }
        }
    }

    /// The next line; its members keep their order.
    async fn next(&mut self) -> Value {
        match self.frame().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
            other => panic!("no line: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_frame_in_any_form_is_a_command_and_its_answer_a_frame() {
    let door = Door::open(options()).await;
    let mut desk = Client::open(door.address).await;
    for hello in [
        "Hello#desk",
        "hello # desk\n",
        r#"{"type":"Hello#desk"}"#,
        r#"{"data":{"type":"Hello#desk","body":"null","sessionUrl":"x"}}"#,
    ] {
        desk.send(hello).await;
        assert_eq!(desk.next().await.to_string(), r#"{"type":"System","status":"IN_SERVICE"}"#, "{hello}");
        desk.0.send(Message::binary(hello.as_bytes().to_vec())).await.unwrap();
        assert_eq!(desk.next().await["type"], "System", "{hello} as bytes");
    }
    drop(desk);
    door.close().await;
}
