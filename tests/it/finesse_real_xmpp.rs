//! The notification link against a real XMPP server: Prosody on loopback, with its own publish-subscribe service.
//!
//! A component of the test plays Finesse: it creates the agent's node, subscribes the agent's bare JID and publishes
//! Finesse-shaped items; a small HTTP server answers SystemInfo.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use generic_connector::finesse::notify::{Data, Link, LinkEvent, Node, Source};
use generic_connector::finesse::{Client, Credentials, Notify, Options, Side, Tls, Transport};
use generic_connector::model::Reason;
use generic_connector::model::agent::AgentState;
use generic_connector::shutdown::Tasks;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

const DOMAIN: &str = "fin-a.gc.test";
const PUBLISHER: &str = "finesse.fin-a.gc.test";
const NODE: &str = "/finesse/api/User/1001";
const TEAM_NODE: &str = "/finesse/api/Team/5001/Users";
const PATIENCE: Duration = Duration::from_secs(20);

/// Prosody, with its files and its certificate; it ends with this value.
struct Prosody {
    _process: Child,
    /// Kept open, for the server goes on logging; what one test makes it say fits into the pipe.
    _log: Lines<BufReader<ChildStdout>>,
    _folder: TempDir,
    certificate: String,
    ports: Ports,
}

#[derive(Clone, Copy)]
struct Ports {
    c2s: u16,
    tls: u16,
    http: u16,
    https: u16,
    component: u16,
}

/// None when Prosody is not installed, which a continuous build may not accept.
async fn prosody() -> Option<Prosody> {
    let found = Command::new("prosodyctl").arg("about").stdout(Stdio::null()).stderr(Stdio::null()).status().await;
    if found.is_err() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "prosody is missing: apt-get install prosody");
        eprintln!("skipped: prosody is not installed (Debian: apt-get install prosody)");
        return None;
    }
    // A port that was free a moment ago may be taken: try again with others.
    for _ in 0..3 {
        if let Some(server) = start().await {
            return Some(server);
        }
    }
    panic!("prosody does not start");
}

async fn start() -> Option<Prosody> {
    let folder = tempfile::tempdir().unwrap();
    let key = rcgen::generate_simple_self_signed([DOMAIN.to_owned(), "localhost".to_owned(), "127.0.0.1".to_owned()]);
    let key = key.unwrap();
    std::fs::write(folder.path().join("cert.pem"), key.cert.pem()).unwrap();
    std::fs::write(folder.path().join("key.pem"), key.signing_key.serialize_pem()).unwrap();
    let accounts = folder.path().join("data/fin%2da%2egc%2etest/accounts");
    std::fs::create_dir_all(&accounts).unwrap();
    std::fs::write(accounts.join("1001.dat"), "return { [\"password\"] = \"demo & <pässword>\"; };").unwrap();
    let ports = free_ports();
    let config = folder.path().join("prosody.cfg.lua");
    std::fs::write(&config, configuration(folder.path(), ports)).unwrap();
    let mut process = Command::new("prosody")
        .arg("-F")
        .arg("--config")
        .arg(&config)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut missing = vec!["'c2s'", "'c2s_direct_tls'", "'http'", "'https'", "'component'"];
    let ready = timeout(PATIENCE, async {
        while let Ok(Some(line)) = lines.next_line().await {
            if line.contains("Activated service") {
                missing.retain(|service| !(line.contains(service) && line.contains("127.0.0.1")));
            }
            if missing.is_empty() {
                return true;
            }
        }
        false
    });
    let ready = ready.await.unwrap_or(false);
    ready.then(|| Prosody { _process: process, _log: lines, _folder: folder, certificate: key.cert.pem(), ports })
}

fn free_ports() -> Ports {
    let sockets: Vec<_> = (0..5).map(|_| std::net::TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    let port = |i: usize| sockets[i].local_addr().unwrap().port();
    Ports { c2s: port(0), tls: port(1), http: port(2), https: port(3), component: port(4) }
}

fn configuration(folder: &Path, ports: Ports) -> String {
    let Ports { c2s, tls, http, https, component } = ports;
    let at = |name: &str| folder.join(name).display().to_string();
    let (data, cert, key) = (at("data"), at("cert.pem"), at("key.pem"));
    format!(
        r#"
        run_as_root = true
        data_path = "{data}"
        log = {{ info = "*console" }}
        interfaces = {{ "127.0.0.1" }}
        c2s_ports = {{ {c2s} }}
        c2s_direct_tls_ports = {{ {tls} }}
        http_ports = {{ {http} }}
        http_interfaces = {{ "127.0.0.1" }}
        https_ports = {{ {https} }}
        https_interfaces = {{ "127.0.0.1" }}
        component_ports = {{ {component} }}
        component_interfaces = {{ "127.0.0.1" }}
        modules_enabled = {{ "roster", "saslauth", "tls", "disco", "ping", "websocket" }}
        modules_disabled = {{ "s2s", "posix" }}
        authentication = "internal_plain"
        c2s_require_encryption = true
        ssl = {{ certificate = "{cert}", key = "{key}" }}
        c2s_direct_tls_ssl = {{ certificate = "{cert}", key = "{key}" }}
        https_ssl = {{ certificate = "{cert}", key = "{key}" }}
        http_default_host = "{DOMAIN}"
        http_paths = {{ websocket = "/ws" }}
        VirtualHost "{DOMAIN}"
        Component "pubsub.{DOMAIN}" "pubsub"
            admins = {{ "{PUBLISHER}" }}
        Component "{PUBLISHER}"
            component_secret = "secret"
        "#
    )
}

/// The component that plays Finesse.
struct Publisher {
    socket: TcpStream,
    count: usize,
}

impl Publisher {
    async fn connect(ports: Ports) -> Self {
        let socket = TcpStream::connect(("127.0.0.1", ports.component)).await.unwrap();
        let mut this = Self { socket, count: 0 };
        this.send(&format!(
            "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='{PUBLISHER}'>"
        ))
        .await;
        let header = this.read_until("id=").await;
        let quote = header.split("id=").nth(1).unwrap();
        let id = quote[1..].split(&quote[..1]).next().unwrap();
        let secret = format!("{id}secret");
        let hash = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
        let hex: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        this.send(&format!("<handshake>{hex}</handshake>")).await;
        this.read_until("handshake").await;
        this.request(&format!("<create node='{NODE}'/>")).await;
        this.request(&format!("<subscribe node='{NODE}' jid='1001@{DOMAIN}'/>")).await;
        this.request(&format!("<create node='{TEAM_NODE}'/>")).await;
        this
    }

    async fn publish(&mut self, node: &str, payload: &str) {
        let escaped = payload.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let item = format!("<notification xmlns='urn:xmpp:push:0'>{escaped}</notification>");
        let id = self.count;
        self.request(&format!("<publish node='{node}'><item id='item-{id}'>{item}</item></publish>")).await;
    }

    async fn request(&mut self, content: &str) {
        self.ask("set", "http://jabber.org/protocol/pubsub", content).await;
    }

    /// Who is subscribed to the team's node.
    async fn subscribers(&mut self) -> String {
        let content = format!("<subscriptions node='{TEAM_NODE}'/>");
        self.ask("get", "http://jabber.org/protocol/pubsub#owner", &content).await
    }

    async fn ask(&mut self, kind: &str, namespace: &str, content: &str) -> String {
        self.count += 1;
        let id = format!("request-{}", self.count);
        self.send(&format!(
            "<iq type='{kind}' id='{id}' from='{PUBLISHER}' to='pubsub.{DOMAIN}'>\
             <pubsub xmlns='{namespace}'>{content}</pubsub></iq>"
        ))
        .await;
        let answer = self.read_until(&id).await;
        assert!(answer.contains("result"), "{answer}");
        answer
    }

    async fn send(&mut self, text: &str) {
        self.socket.write_all(text.as_bytes()).await.unwrap();
    }

    async fn read_until(&mut self, mark: &str) -> String {
        let mut text = String::new();
        while !(text.contains(mark) && text.ends_with('>')) {
            let mut chunk = [0; 4096];
            let read = timeout(PATIENCE, self.socket.read(&mut chunk)).await.unwrap().unwrap();
            assert_ne!(read, 0, "closed after {text}");
            text.push_str(std::str::from_utf8(&chunk[..read]).unwrap());
        }
        text
    }
}

/// Serves SystemInfo; returns its address and how often it was asked.
async fn system_info(tasks: &Tasks) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let answer = move || async move {
        count.fetch_add(1, Ordering::SeqCst);
        let body = format!(
            "<SystemInfo><status>IN_SERVICE</status><xmppDomain>{DOMAIN}</xmppDomain>\
             <xmppPubSubDomain>pubsub.{DOMAIN}</xmppPubSubDomain></SystemInfo>"
        );
        ([("content-type", "application/xml")], body)
    };
    let router = axum::Router::new().route("/finesse/api/SystemInfo", axum::routing::get(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tasks.spawn_abortable(0, async move { axum::serve(listener, router).await.unwrap() });
    (address, asked)
}

fn client(server: &Prosody, rest: String, transport: Transport) -> Client {
    let port = match transport {
        Transport::WebSocket => server.ports.https,
        Transport::Tls => server.ports.tls,
        Transport::StartTls | Transport::Plain => server.ports.c2s,
    };
    let notify = Notify { transport, host: "127.0.0.1".to_owned(), port, path: "/ws".to_owned(), secure: true };
    let tls = Tls { extra_ca_pem: Some(server.certificate.clone().into_bytes()), ..Tls::default() };
    Client::new(Options { tls, ..Options::new(Side { rest, notify }) }).unwrap()
}

fn credentials(password: &str) -> Credentials {
    Credentials::new("1001".parse().unwrap(), password.to_owned().into())
}

#[tokio::test]
async fn notifications_and_refusals_of_a_real_server() {
    let Some(server) = prosody().await else { return };
    let tasks = Tasks::new();
    let (rest, asked) = system_info(&tasks).await;
    let mut publisher = Publisher::connect(server.ports).await;
    for transport in [Transport::StartTls, Transport::Tls, Transport::WebSocket] {
        let client = client(&server, rest.clone(), transport);
        is_notified(&client, &mut publisher).await;
        watches_a_team(&client, &mut publisher).await;

        let before = asked.load(Ordering::SeqCst);
        let mut link = Link::open(&client, credentials("wrong"));
        match next(&mut link).await {
            Some(LinkEvent::Refused(error)) => assert_eq!(error.reason, Reason::AuthorizationFailure),
            other => panic!("{transport:?}: {other:?}"),
        }
        assert!(next(&mut link).await.is_none(), "nothing follows a refusal");
        assert_eq!(asked.load(Ordering::SeqCst), before + 1, "one attempt");
    }
    assert_eq!(tasks.drain(PATIENCE).await, 0);
}

async fn next(link: &mut Link) -> Option<LinkEvent> {
    timeout(PATIENCE, link.next()).await.unwrap()
}

async fn is_notified(client: &Client, publisher: &mut Publisher) {
    let mut link = Link::open(client, credentials("demo & <pässword>"));
    match next(&mut link).await {
        Some(LinkEvent::Up { jid }) => assert!(jid.starts_with("1001@fin-a.gc.test/gc-"), "{jid}"),
        other => panic!("{other:?}"),
    }
    let payload = include_str!("../fixtures/finesse/update_user.xml");
    publisher.publish(NODE, payload).await;
    let notification = match next(&mut link).await {
        Some(LinkEvent::Notification(notification)) => notification,
        other => panic!("{other:?}"),
    };
    assert_eq!(notification.node, NODE);
    assert!(notification.item_id.starts_with("item-"));
    let update = notification.update;
    assert_eq!((update.request_id.as_deref(), update.source), (Some("r-17"), Source::User("1001".parse().unwrap())));
    match update.data {
        Data::User(user) => {
            assert_eq!((user.state, user.first_name.as_deref()), (Some(AgentState::NotReady), Some("Ann & Bö")));
            assert_eq!(user.reason.map(|reason| reason.label).as_deref(), Some("Lunch <short>"));
        }
        other => panic!("{other:?}"),
    }
}

async fn watches_a_team(client: &Client, publisher: &mut Publisher) {
    let mut link = Link::open(client, credentials("demo & <pässword>"));
    let (team, unknown) = (Node::Team("5001".parse().unwrap()), Node::Queue("10".parse().unwrap()));
    link.watch(vec![team.clone()]);
    assert!(matches!(next(&mut link).await, Some(LinkEvent::Up { .. })));
    assert!(matches!(next(&mut link).await, Some(LinkEvent::Watching { node }) if node == team));
    link.watch(vec![team.clone(), unknown.clone()]);
    match next(&mut link).await {
        Some(LinkEvent::NotWatching { node, why }) => assert_eq!((node, why.as_str()), (unknown, "item-not-found")),
        other => panic!("{other:?}"),
    }
    let payload = include_str!("../fixtures/finesse/update_user.xml");
    publisher.publish(TEAM_NODE, payload).await;
    match next(&mut link).await {
        Some(LinkEvent::Notification(notification)) => assert_eq!(notification.watched(), Some(team)),
        other => panic!("{other:?}"),
    }
    assert!(publisher.subscribers().await.contains("1001@fin-a.gc.test/gc-"));
    link.close().await;
    let gone = async { while publisher.subscribers().await.contains("1001@") {} };
    timeout(PATIENCE, gone).await.expect("nothing is left on the server");
}
