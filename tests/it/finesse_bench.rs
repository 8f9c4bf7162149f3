//! What the tests of the adapter share: a simulator, a client of it, and what its link tells.

use std::time::Duration;

use generic_connector::finesse::notify::{Link, LinkEvent, Notification};
use generic_connector::finesse::{Client, Credentials, Notify, Options, Side, Tls, Transport};
use generic_connector::model::id::RequestId;
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, Flavour, Server};
use tokio::time::timeout;

pub const PATIENCE: Duration = Duration::from_secs(20);

/// A simulator and a client of it.
pub struct Bench {
    pub tasks: Tasks,
    pub server: Server,
    pub client: Client,
}

/// A simulator on free ports, and a client that uses it through `transport`.
pub async fn bench(transport: Transport, secure: bool) -> Bench {
    start(sim::Options::ephemeral(), transport, secure).await
}

/// A simulator of that flavour, and a client that uses it as most do.
pub async fn platform(flavour: Flavour) -> Bench {
    start(sim::Options { flavour, ..sim::Options::ephemeral() }, Transport::WebSocket, false).await
}

async fn start(simulated: sim::Options, transport: Transport, secure: bool) -> Bench {
    let tasks = Tasks::new();
    let server = sim::start(simulated, &tasks).await.unwrap();
    let options = options(&server, transport, secure);
    let client = Client::new(options).unwrap();
    Bench { tasks, server, client }
}

pub fn options(server: &Server, transport: Transport, secure: bool) -> Options {
    let at = server.addresses();
    let notify_at = match transport {
        Transport::WebSocket if secure => at.https,
        Transport::WebSocket => at.ws,
        Transport::StartTls | Transport::Plain => at.xmpp,
        Transport::Tls => at.xmpp_tls,
    };
    let rest = if secure {
        format!("https://127.0.0.1:{}/", at.https.unwrap().port())
    } else {
        format!("http://127.0.0.1:{}", at.http.unwrap().port())
    };
    let host = "127.0.0.1".to_owned();
    let notify = Notify { transport, host, port: notify_at.unwrap().port(), path: "/ws/".to_owned(), secure };
    Options {
        tls: Tls { extra_ca_pem: Some(server.ca_pem().as_bytes().to_vec()), ..Tls::default() },
        connect_timeout: Duration::from_secs(1),
        answer_timeout: Duration::from_secs(2),
        reconnect_min: Duration::from_millis(20),
        reconnect_max: Duration::from_millis(100),
        allow_plain: true,
        ..Options::new(Side { rest, notify })
    }
}

pub fn credentials(agent: &str, password: &str) -> Credentials {
    Credentials::new(agent.parse().unwrap(), password.to_owned().into())
}

pub fn tag() -> RequestId {
    RequestId::random()
}

pub async fn next(link: &mut Link) -> LinkEvent {
    timeout(PATIENCE, link.next()).await.expect("an event within the patience").expect("the link goes on")
}

/// The next notification that `wanted` takes; others are passed over.
pub async fn notification<T>(link: &mut Link, wanted: impl Fn(&Notification) -> Option<T>) -> T {
    loop {
        if let LinkEvent::Notification(n) = next(link).await
            && let Some(found) = wanted(&n)
        {
            return found;
        }
    }
}

pub async fn up(link: &mut Link) -> String {
    loop {
        if let LinkEvent::Up { jid } = next(link).await {
            return jid;
        }
    }
}
