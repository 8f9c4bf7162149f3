//! A real message broker for tests: ActiveMQ Classic of Debian's package on loopback, with a data folder of its own.
//!
//! `tests/jms/Broker.java` is the broker, without what makes the packaged start slow. [`desk`] says what a desktop does, [`jms`] has the desktops and the old
//! connector, which are Java too; [`stomp`] a desktop that speaks STOMP.

pub mod desk;
pub mod jms;
pub mod site;
pub mod stomp;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};

use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::support::within;
use desk::Desk as _;
use jms::Program;

/// How many brokers run at once, for each is a process of 100 MB and the tests have few cores.
static ROOM: Semaphore = Semaphore::const_new(3);

/// Ports that the system gives to nobody who asks for any, so that a broker that is down keeps its own.
const FIRST_PORT: u16 = 18_000;
const PORTS: u16 = 12_000;

/// What a broker asks of its clients.
#[derive(Clone, Default)]
pub struct Options {
    /// User and password; none lets everybody in.
    pub login: Option<(String, String)>,
    /// Certificate and key as PEM, for a connector that speaks STOMP over TLS.
    pub certificate: Option<(String, String)>,
}

/// A broker, which ends with this value.
pub struct Broker {
    options: Options,
    ports: [u16; 3],
    process: Option<Program>,
    folder: TempDir,
    _room: SemaphorePermit<'static>,
}

impl Broker {
    /// A broker that lets everybody in. None when ActiveMQ or a JDK is not installed, which a continuous build may not accept.
    pub async fn start() -> Option<Self> {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Option<Self> {
        let programs = jms::programs().await?;
        Some(Self::run(options, programs, ROOM.acquire().await.unwrap()).await)
    }

    /// Two brokers; room for both is taken at once, for tests that wait for one another's second would wait for ever.
    pub async fn pair() -> Option<[Self; 2]> {
        let programs = jms::programs().await?;
        let mut first = ROOM.acquire_many(2).await.unwrap();
        let second = first.split(1).unwrap();
        let options = Options::default;
        Some([Self::run(options(), programs, first).await, Self::run(options(), programs, second).await])
    }

    async fn run(options: Options, programs: &jms::Programs, room: SemaphorePermit<'static>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if let Some((certificate, key)) = &options.certificate {
            std::fs::write(folder.path().join("certificate.pem"), certificate).unwrap();
            std::fs::write(folder.path().join("key.pem"), key).unwrap();
        }
        let ports = [free_port(), free_port(), free_port()];
        let mut broker = Self { options, ports, process: None, folder, _room: room };
        broker.launch(programs);
        broker.open("openwire").await;
        broker.open("stomp").await;
        broker
    }

    fn launch(&mut self, programs: &jms::Programs) {
        assert!(self.process.is_none(), "the broker runs already");
        let folder = self.folder.path();
        let [openwire, stomp, tls] = self.ports;
        let mut arguments =
            vec![format!("data={}", folder.display()), format!("openwire={openwire}"), format!("stomp={stomp}")];
        if let Some((user, password)) = &self.options.login {
            arguments.extend([format!("user={user}"), format!("password={password}")]);
        }
        if self.options.certificate.is_some() {
            arguments.push(format!("tls={tls}"));
            arguments.push(format!("certificate={}", folder.join("certificate.pem").display()));
            arguments.push(format!("key={}", folder.join("key.pem").display()));
        }
        self.process = Some(programs.start("Broker", &arguments));
    }

    /// Opens a connector: "openwire" or "stomp".
    async fn open(&mut self, connector: &str) {
        let process = self.process.as_mut().unwrap();
        process.say(connector).await;
        process.until(connector).await;
    }

    /// Where JMS clients connect.
    pub fn openwire(&self) -> SocketAddr {
        loopback(self.ports[0])
    }

    /// A JMS client's URL, which comes back to this broker by itself.
    pub fn url(&self) -> String {
        jms::failover(&[self])
    }

    /// Where STOMP clients connect.
    pub fn stomp(&self) -> SocketAddr {
        loopback(self.ports[1])
    }

    /// Where STOMP clients connect with TLS.
    pub fn stomp_tls(&self) -> SocketAddr {
        loopback(self.ports[2])
    }

    /// The broker's machine loses power: SIGKILL.
    pub async fn kill(&mut self) {
        self.process.take().unwrap().kill().await;
    }

    /// The broker hangs: its connections stay open, and nothing comes from it any more.
    pub async fn freeze(&self) {
        self.process.as_ref().unwrap().freeze().await;
    }

    /// The broker stops in good order.
    pub async fn stop(&mut self) {
        self.process.take().unwrap().end().await;
    }

    /// Starts again with the same ports and data.
    pub async fn restart(&mut self) {
        self.restart_for_jms().await;
        self.admit_stomp().await;
    }

    /// Starts again, but takes no STOMP client before [`Self::admit_stomp`]: JMS desktops are back before the service is,
    /// so that they miss nothing of what it says then.
    pub async fn restart_for_jms(&mut self) {
        let programs = jms::programs().await.unwrap();
        self.launch(programs);
        self.open("openwire").await;
    }

    pub async fn admit_stomp(&mut self) {
        self.open("stomp").await;
    }
}

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

/// A port below those that the system gives away, and free; each process of tests begins elsewhere.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % u32::from(PORTS)).unwrap();
    loop {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(step < PORTS, "no free port");
        let port = FIRST_PORT + (start + step) % PORTS;
        if std::net::TcpListener::bind(loopback(port)).is_ok() {
            return port;
        }
    }
}

#[tokio::test]
async fn a_broker_takes_what_both_kinds_of_client_send() {
    let Some(broker) = Broker::start().await else { return };
    let mut jms = jms::Desktop::start(&broker.url(), "desk.1", "Connector1").await;
    let mut stomp = stomp::Desktop::connect(broker.stomp(), "desk.2").await;
    let mut connector = jms::OldConnector::start(&broker.url(), "Connector1", 100).await;
    jms.send("Hello#desk.1", "").await;
    assert_eq!(connector.command().await, ("Hello#desk.1".to_owned(), String::new()));
    let event = jms.message().await;
    assert_eq!(event.body, r#"{"type":"System","status":"IN_SERVICE","from":"old"}"#);
    assert_eq!(
        (event.class.as_str(), event.mode.as_str(), event.redelivered),
        ("TextMessage", "NON_PERSISTENT", false)
    );
    stomp.send("Hello#desk.2", "").await;
    assert_eq!(stomp.event().await["from"], "old");
    jms.send_as("bytes+persistent+age=60000", "Login#1001", Some("demö,2001")).await;
    stomp.send("Login#1002", "demo,2002").await;
    within("both commands", async {
        let mut verbs = Vec::new();
        while !verbs.contains(&"Login#1001".to_owned()) || !verbs.contains(&"Login#1002".to_owned()) {
            verbs.push(connector.command().await.0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_broker_that_was_killed_comes_back_with_its_queue() {
    let Some(mut broker) = Broker::start().await else { return };
    let mut desktop = jms::Desktop::start(&broker.url(), "desk", "Connector1").await;
    desktop.send_as("text+persistent", "Login#1001", Some("demo,2001")).await;
    broker.kill().await;
    desktop.interrupted().await;
    broker.restart_for_jms().await;
    desktop.resumed().await;
    broker.admit_stomp().await;
    let mut connector = jms::OldConnector::start(&broker.url(), "Connector1", 100).await;
    assert_eq!(connector.command().await, ("Login#1001".to_owned(), "demo,2001".to_owned()));
    broker.stop().await;
}

#[tokio::test]
async fn a_broker_asks_for_a_login_and_speaks_tls() {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let key = rcgen::generate_simple_self_signed(names).unwrap();
    let certificate = Some((key.cert.pem(), key.signing_key.serialize_pem()));
    let login = Some(("gc".to_owned(), "secret".to_owned()));
    let Some(broker) = Broker::with(Options { login, certificate }).await else { return };
    stomp::refused(broker.stomp(), "gc", "wrong").await;
    let mut plain = stomp::Desktop::login(broker.stomp(), "desk", "gc", "secret").await;
    plain.send("Hello#desk", "").await;
    let mut secure = stomp::over_tls(broker.stomp_tls(), &key.cert.pem()).await;
    assert_eq!(stomp::first_line(&mut secure).await, "ERROR", "no login, but an answer");
}
