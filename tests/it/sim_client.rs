//! A plain HTTP client and a minimal hand-written XMPP client, to talk to the simulator as a third party would.

use std::sync::{Arc, Once};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt, StreamExt};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{Flavour, Options, Server, Side, start};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const PATIENCE: Duration = Duration::from_secs(10);

/// A running simulator with an HTTP client.
pub struct Site {
    pub server: Server,
    pub tasks: Tasks,
    pub http: reqwest::Client,
}

pub fn provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Another test of this binary may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

impl Site {
    pub async fn new(flavour: Flavour, change: impl FnOnce(&mut Options)) -> Self {
        provider();
        let mut options = Options { flavour, ..Options::ephemeral() };
        change(&mut options);
        let tasks = Tasks::new();
        let server = start(options, &tasks).await.unwrap();
        let certificate = reqwest::Certificate::from_pem(server.ca_pem().as_bytes()).unwrap();
        let http = reqwest::Client::builder().tls_certs_only([certificate]).no_proxy().build().unwrap();
        Self { server, tasks, http }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}/finesse/api{path}", self.server.addresses().http.unwrap())
    }

    pub async fn get(&self, user: &str, path: &str) -> (u16, String) {
        answer(self.http.get(self.url(path)).basic_auth(user, Some("demo"))).await
    }

    pub async fn put(&self, user: &str, path: &str, body: &str) -> (u16, String) {
        answer(self.change(self.http.put(self.url(path)), user, body)).await
    }

    pub async fn post(&self, user: &str, path: &str, body: &str) -> (u16, String) {
        answer(self.change(self.http.post(self.url(path)), user, body)).await
    }

    pub fn change(&self, request: reqwest::RequestBuilder, user: &str, body: &str) -> reqwest::RequestBuilder {
        let request = request.basic_auth(user, Some("demo")).header("Content-Type", "application/xml");
        request.header("requestId", format!("r-{user}")).body(body.to_owned())
    }

    pub async fn state(&self, user: &str, state: &str) -> (u16, String) {
        self.put(user, &format!("/User/{user}"), &format!("<User><state>{state}</state></User>")).await
    }

    pub async fn sign_in(&self, user: &str, extension: &str) {
        let body = format!("<User><state>LOGIN</state><extension>{extension}</extension></User>");
        assert_eq!(self.put(user, &format!("/User/{user}"), &body).await, (202, String::new()));
    }

    pub async fn act(&self, user: &str, extension: &str, dialog: u64, action: &str) -> (u16, String) {
        let body = format!(
            "<Dialog><targetMediaAddress>{extension}</targetMediaAddress>\
             <requestedAction>{action}</requestedAction></Dialog>"
        );
        self.put(user, &format!("/Dialog/{dialog}"), &body).await
    }

    /// Ends the simulator and proves that nothing of it runs on.
    pub async fn stop(self) {
        assert_eq!(self.tasks.drain(PATIENCE).await, 0);
    }
}

pub async fn answer(request: reqwest::RequestBuilder) -> (u16, String) {
    let response = request.timeout(PATIENCE).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// Waits until something is so.
pub async fn within(what: &str, so: impl Fn() -> bool) {
    let reached = tokio::time::timeout(PATIENCE, async {
        while !so() {
            tokio::task::yield_now().await;
        }
    });
    reached.await.unwrap_or_else(|_| panic!("{what} within {PATIENCE:?}"));
}

trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

enum Transport {
    Tcp(Box<dyn Wire>),
    WebSocket(Box<WebSocketStream<Box<dyn Wire>>>),
}

/// How to reach the notification service.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    Tcp,
    StartTls,
    Tls,
    Ws,
    Wss,
    HttpWs,
    HttpsWs,
}

/// An XMPP connection; what comes is collected as text.
pub struct Xmpp {
    transport: Transport,
    text: String,
}

impl Xmpp {
    /// Connects without negotiating.
    pub async fn connect(site: &Site, way: Way) -> Self {
        Self::connect_at(site, Side::A, way).await
    }

    async fn connect_at(site: &Site, side: Side, way: Way) -> Self {
        let at = match side {
            Side::A => site.server.addresses(),
            Side::B => site.server.second().unwrap(),
        };
        let address = match way {
            Way::Tcp | Way::StartTls => at.xmpp,
            Way::Tls => at.xmpp_tls,
            Way::Ws => at.ws,
            Way::Wss => at.wss,
            Way::HttpWs => at.http,
            Way::HttpsWs => at.https,
        };
        let socket = TcpStream::connect(address.unwrap()).await.unwrap();
        socket.set_nodelay(true).unwrap();
        let wire: Box<dyn Wire> = match way {
            Way::Tls | Way::Wss | Way::HttpsWs => secure(site, Box::new(socket)).await,
            _ => Box::new(socket),
        };
        let transport = match way {
            Way::Tcp | Way::StartTls | Way::Tls => Transport::Tcp(wire),
            // Both spellings of the path are in use.
            Way::Ws | Way::HttpsWs => Transport::WebSocket(Box::new(websocket(wire, "/ws").await)),
            Way::Wss | Way::HttpWs => Transport::WebSocket(Box::new(websocket(wire, "/ws/").await)),
        };
        let mut client = Self { transport, text: String::new() };
        if matches!(way, Way::StartTls) {
            client.open().await;
            client.expect("<starttls xmlns=\"urn:ietf:params:xml:ns:xmpp-tls\"/>").await;
            client.expect("</stream:features>").await;
            client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").await;
            client.expect("<proceed xmlns=\"urn:ietf:params:xml:ns:xmpp-tls\"/>").await;
            let Transport::Tcp(clear) = client.transport else { unreachable!() };
            client.transport = Transport::Tcp(secure(site, clear).await);
        }
        client
    }

    /// Connects, signs in, binds and sends presence.
    pub async fn sign_in(site: &Site, way: Way, user: &str, resource: &str) -> Self {
        Self::sign_in_at(site, Side::A, way, user, resource).await
    }

    pub async fn sign_in_at(site: &Site, side: Side, way: Way, user: &str, resource: &str) -> Self {
        let mut client = Self::connect_at(site, side, way).await;
        let domain = if side == Side::A { "fin-a.gc.test" } else { "fin-b.gc.test" };
        client.open().await;
        client.expect("</stream:features>").await;
        client.auth(user, "demo").await;
        client.expect("<success xmlns=\"urn:ietf:params:xml:ns:xmpp-sasl\"/>").await;
        client.open().await;
        client.expect("</stream:features>").await;
        client.bind(resource).await;
        client.expect(&format!("<jid>{user}@{domain}/{resource}</jid></bind></iq>")).await;
        client.send("<presence><priority>0</priority></presence>").await;
        client.ping().await;
        client
    }

    pub async fn open(&mut self) {
        match &self.transport {
            Transport::Tcp(_) => {
                // Real clients name a wrong host, and are answered all the same.
                self.send(
                    "<?xml version='1.0'?><stream:stream to='wrong.test' xmlns='jabber:client' \
                     xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>",
                )
                .await;
            }
            Transport::WebSocket(_) => {
                self.send("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='wrong.test' version='1.0'/>").await;
            }
        }
    }

    pub async fn auth(&mut self, user: &str, password: &str) {
        let secret = STANDARD.encode(format!("\0{user}\0{password}"));
        self.send(&format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>")).await;
    }

    pub async fn bind(&mut self, resource: &str) {
        self.send(&format!(
            "<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource>\
             </bind></iq>"
        ))
        .await;
    }

    /// Asks and waits for the answer: what was sent before has been handled then.
    pub async fn ping(&mut self) -> String {
        self.send("<iq type='get' id='p7'><ping xmlns='urn:xmpp:ping'/></iq>").await;
        self.expect("id=\"p7\"").await + &self.expect("</iq>").await
    }

    pub async fn send(&mut self, text: &str) {
        match &mut self.transport {
            Transport::Tcp(wire) => wire.write_all(text.as_bytes()).await.unwrap(),
            Transport::WebSocket(socket) => socket.send(Message::text(text.to_owned())).await.unwrap(),
        }
    }

    /// Reads until `needle` and takes everything up to its end.
    pub async fn expect(&mut self, needle: &str) -> String {
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                if let Some(at) = self.text.find(needle) {
                    let rest = self.text.split_off(at + needle.len());
                    return Some(std::mem::replace(&mut self.text, rest));
                }
                self.read().await?;
            }
        });
        match found.await {
            Ok(Some(text)) => text,
            _ => panic!("{needle} did not come, but: {}", self.text),
        }
    }

    /// Reads until the server closes.
    pub async fn closed(&mut self) -> String {
        let ended = tokio::time::timeout(PATIENCE, async { while self.read().await.is_some() {} });
        ended.await.expect("the server closes");
        std::mem::take(&mut self.text)
    }

    async fn read(&mut self) -> Option<()> {
        match &mut self.transport {
            Transport::Tcp(wire) => {
                let mut buffer = [0; 8_192];
                let read = wire.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
                self.text.push_str(&String::from_utf8_lossy(&buffer[..read]));
            }
            Transport::WebSocket(socket) => match socket.next().await?.ok()? {
                Message::Text(text) => self.text.push_str(&text),
                Message::Close(_) => return None,
                _ => {}
            },
        }
        Some(())
    }

    /// The next notification.
    pub async fn notification(&mut self) -> Notification {
        let message = self.expect("</message>").await;
        let message = message[message.find("<message").unwrap()..].to_owned();
        let start = message.find("<notification ").unwrap();
        let inner = &message[start..message.find("</notification>").unwrap()];
        let update = inner[inner.find('>').unwrap() + 1..].replace("&lt;", "<").replace("&gt;", ">");
        let update = update.replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&");
        Notification { message, update }
    }

    /// The next notifications, in short.
    pub async fn briefs(&mut self, count: usize) -> Vec<String> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(self.notification().await.brief());
        }
        all
    }
}

/// One pubsub message.
pub struct Notification {
    pub message: String,
    pub update: String,
}

impl Notification {
    /// `READY`, `POST ALERTING`, `put Invalid State 22`.
    pub fn brief(&self) -> String {
        let event = tag(&self.update, "event");
        match () {
            () if self.update.contains("<user>") => tag(&self.update, "state"),
            () if self.update.contains("<systemInfo>") => tag(&self.update, "status"),
            () if self.update.contains("<apiError>") => {
                format!("{event} {} {}", tag(&self.update, "errorType"), tag(&self.update, "errorData"))
            }
            () => {
                let rest = &self.update[self.update.find("</participants>").unwrap()..];
                format!("{event} {}", tag(rest, "state"))
            }
        }
    }
}

/// The text of the first element of that name.
pub fn tag(xml: &str, name: &str) -> String {
    let start = xml.find(&format!("<{name}>")).unwrap_or_else(|| panic!("{name} in {xml}")) + name.len() + 2;
    xml[start..start + xml[start..].find("</").unwrap()].to_owned()
}

async fn websocket(wire: Box<dyn Wire>, path: &str) -> WebSocketStream<Box<dyn Wire>> {
    let mut request = format!("ws://localhost{path}").into_client_request().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", "xmpp".parse().unwrap());
    let (socket, response) = tokio_tungstenite::client_async(request, wire).await.unwrap();
    assert_eq!(response.headers().get("Sec-WebSocket-Protocol").unwrap(), "xmpp");
    socket
}

async fn secure(site: &Site, wire: Box<dyn Wire>) -> Box<dyn Wire> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(site.server.ca_pem().as_bytes()).unwrap()).unwrap();
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    Box::new(connector.connect(ServerName::try_from("fin-a.gc.test").unwrap(), wire).await.unwrap())
}
