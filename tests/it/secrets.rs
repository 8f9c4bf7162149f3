//! Passwords and tokens occur in no log, error, debug output, event or line.
//!
//! A binary of its own, for it reads all that the whole process logs, at the finest level, libraries included.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code, reason = "shared with the other integration tests")]
mod bridge_client;
#[allow(dead_code, reason = "shared with the other integration tests")]
mod broker;
#[allow(dead_code, reason = "shared with the other integration tests")]
#[path = "scenarios/desk.rs"]
mod desk;
#[allow(dead_code, reason = "shared with the other integration tests")]
#[path = "scenarios/door.rs"]
mod door;
#[allow(dead_code, reason = "shared with the other integration tests")]
#[path = "scenarios/dynamic.rs"]
mod dynamic;
#[allow(dead_code, reason = "shared with the other integration tests")]
#[path = "scenarios/mirror.rs"]
mod mirror;
#[path = "secrets/record.rs"]
mod record;
#[allow(dead_code, reason = "shared with the other integration tests")]
#[path = "scenarios/stage.rs"]
mod stage;
#[allow(dead_code, reason = "shared with the other integration tests")]
mod support;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use generic_connector::command::catalogue::{self, VERBS};
use generic_connector::finesse::{self, Transport};
use generic_connector::model::id::RequestId;
use generic_connector::pb;
use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::pb::attach_command::Request as Command;
use generic_connector::pb::attach_request::Message as Up;
use generic_connector::pb::attach_response::Message as Down;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::session::Manager;
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, Fault, FaultKind, Flavour, Seed};
use generic_connector::telemetry;
use prost::Message as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use broker::Broker;
use desk::Desk;
use door::Door;
use record::{Record, assert_clean, forms};
use stage::{Doors, LineClient, OBSERVER_KEY, Queue, next_message};
use support::{finesse_options, session_options, within};

/// With everything that text formats have to escape; the letters in the middle are found however they do it.
const RIGHT: &str = r#"a,"\<&>'#Xk7Qv93ZrB%=:{}ü"#;
const WRONG: &str = r#"b,"\<&>'#Wp5Ty82NsD%=:{}ü"#;
const OTHERS: &str = "Ym4Hc61LtGj";
const CORES: [&str; 3] = ["Xk7Qv93ZrB", "Wp5Ty82NsD", OTHERS];

struct Site {
    sim: sim::Server,
    manager: Manager,
    tasks: Tasks,
    doors: Doors,
}

impl Site {
    async fn start(transport: Transport, queue: Option<Queue>, shown: &Record) -> Self {
        let tasks = Tasks::new();
        let mut options = sim::Options::ephemeral();
        options.flavour = Flavour::Ucce;
        options.seed = Seed::standard();
        options.seed.agents[0].password = RIGHT.to_owned();
        let sim = sim::start(options, &tasks).await.unwrap();
        let mut options = finesse_options(&sim);
        let at = sim.addresses();
        if transport != Transport::WebSocket {
            let socket = if transport == Transport::Tls { at.xmpp_tls } else { at.xmpp }.unwrap();
            options.sides[0].notify.transport = transport;
            options.sides[0].notify.port = socket.port();
            options.sides[0].rest = format!("https://127.0.0.1:{}", at.https.unwrap().port());
            options.tls.extra_ca_pem = Some(sim.ca_pem().as_bytes().to_vec());
        }
        shown.add(format!("{options:?}"));
        let client = finesse::Client::new(options).unwrap();
        let session_options = session_options();
        shown.add(format!("{session_options:?}"));
        let manager = Manager::new(session_options, client, &tasks);
        let mut status = manager.system();
        within("finesse in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
        let doors = Doors::serve(queue, stage::options(), &manager, &tasks).await;
        Self { sim, manager, tasks, doors }
    }
}

/// What a client tells of what it gets.
async fn until(client: &mut LineClient, shown: &Record, words: &[&str]) -> String {
    loop {
        let line = client.raw().await;
        shown.add(&line);
        if words.iter().all(|word| line.contains(word)) {
            return line;
        }
    }
}

async fn connect(site: &Site, agent: &str, password: &str, shown: &Record) -> Option<String> {
    let request = pb::ConnectRequest {
        agent_id: agent.to_owned(),
        password: password.to_owned(),
        client_name: "test".to_owned(),
    };
    shown.add(format!("{request:?}"));
    let mut client = AgentServiceClient::new(site.doors.channel.clone());
    match within("connect", client.connect(request)).await {
        Ok(reply) => {
            let mut reply = reply.into_inner();
            shown.add(format!("{reply:?}"));
            let token = std::mem::take(&mut reply.token);
            shown.add(reply.encode_to_vec());
            Some(token)
        }
        Err(status) => {
            shown.add(format!("{status:?} {status}"));
            shown.add(status.details());
            None
        }
    }
}

/// The bidirectional stream, with the token in its first message and passwords in its commands.
async fn attached(site: &Site, token: &str, forged: &str, shown: &Record) {
    let up = |message| pb::AttachRequest { message: Some(message) };
    for token in [forged, RIGHT, token] {
        let attach = up(Up::Attach(pb::Attach { token: token.to_owned(), ..Default::default() }));
        let commands = [RIGHT, WRONG].into_iter().flat_map(|password| {
            let (password, extension) = (Some(password.to_owned()), "2001".to_owned());
            let mobile = pb::MobileAgentLoginRequest {
                password: password.clone(),
                extension: extension.clone(),
                dial_number: "5551234".to_owned(),
                mode: pb::MobileMode::CallByCall.into(),
                ..Default::default()
            };
            // A password in every text that there is.
            let misplaced = pb::MobileAgentLoginRequest {
                extension: WRONG.to_owned(),
                dial_number: WRONG.to_owned(),
                ..mobile.clone()
            };
            let login = pb::LoginRequest { password, extension, ..Default::default() };
            shown.add(format!("{mobile:?} {login:?}"));
            [Command::MobileAgentLogin(mobile), Command::MobileAgentLogin(misplaced), Command::Login(login)]
        });
        let commands = commands.map(|request| {
            let request_id = RequestId::random().to_string();
            up(Up::Command(pb::AttachCommand { request_id, request: Some(request) }))
        });
        shown.add(format!("{attach:?}"));
        let nonsense = up(Up::Acknowledgement(pb::Acknowledgement { cursor: token.to_owned() }));
        let messages: Vec<_> = std::iter::once(attach).chain(commands).chain([nonsense]).collect();
        let mut client = EventServiceClient::new(site.doors.channel.clone());
        match within("the stream", client.attach(tokio_stream::iter(messages))).await {
            Ok(stream) => {
                let (mut stream, mut results) = (stream.into_inner(), 0);
                loop {
                    match within("a message", stream.message()).await {
                        Ok(Some(response)) => {
                            results += usize::from(matches!(response.message, Some(Down::Result(_))));
                            shown.add(format!("{response:?}"));
                            shown.add(response.encode_to_vec());
                        }
                        Ok(None) => break,
                        Err(status) => {
                            shown.add(format!("{status:?} {status}"));
                            shown.add(status.details());
                            break;
                        }
                    }
                }
                assert!(results >= 1, "no command was answered");
            }
            Err(status) => {
                shown.add(format!("{status:?} {status}"));
                shown.add(status.details());
            }
        }
    }
}

/// Wrong and right passwords, in and out of place, over another text door.
async fn at_a_desk(site: &Site, door: Door, shown: &Record) {
    let mut desk = Desk::open(&site.doors, door, "d").await;
    let mut signed_in = false;
    for bad in [
        format!("Connect#1002#d,{WRONG}"),
        format!("Connect#1002#{WRONG}"),
        format!("Connect#1001#d,{WRONG},SSO"),
        format!("Connect#{WRONG}#d,{WRONG}"),
        format!("Connect#1001#d,{RIGHT}"),
        format!("Conect#1001#d,{WRONG}"),
        format!("Login#1001#{WRONG}"),
        format!("Login#1001#{WRONG},{WRONG}"),
        format!("MakeReady#1001#{WRONG}"),
        format!("update_call_variable#1001#1,callVariable1,{OTHERS}"),
        format!("Login#1001#{OTHERS}{}", "x".repeat(60_000)),
        format!("Login#1001#{RIGHT},2001"),
    ] {
        desk.send(&bad).await;
        for line in desk.said().await {
            signed_in |= line.says["type"] == "AgentInfo";
            shown.add(line.text);
        }
    }
    while !signed_in {
        let line = desk.line().await;
        signed_in |= line.says["type"] == "AgentInfo";
        shown.add(&line.text);
    }
}

/// A day with right and wrong passwords at both doors. Returns the tokens.
async fn a_day(transport: Transport, queue: Option<Queue>, shown: &Record) -> Vec<String> {
    let site = Site::start(transport, queue, shown).await;
    let mut observed = site.doors.observe().await;
    let mut tokens = Vec::new();

    // Wrong first, then right, then wrong for a session that is open.
    assert!(connect(&site, "1001", WRONG, shown).await.is_none());
    assert!(connect(&site, "not an id", WRONG, shown).await.is_none());
    assert!(connect(&site, "4711", WRONG, shown).await.is_none());
    let token = connect(&site, "1001", RIGHT, shown).await.unwrap();
    assert!(connect(&site, "1001", WRONG, shown).await.is_none());
    let mut stream = site.doors.subscribe(&token).await;
    let requests = dynamic::Requests::new();
    for (verb, body) in [("Login", format!("{WRONG},2001")), ("Login", format!("{RIGHT},2001"))] {
        let verb = catalogue::verb(verb).unwrap();
        let request = requests.of(verb, "1001", &body);
        shown.add(format!("{:?}", pb::LoginRequest::decode(request.as_slice()).unwrap()));
        let reply = dynamic::unary(site.doors.channel.clone(), verb.rpc.path, request, Some(&token)).await;
        shown.add(format!("{reply:?}"));
    }
    let forged = format!("{}{}", &token[..token.len() - 4], "AAAA");
    for token in [forged.as_str(), RIGHT.trim_end_matches('ü'), OBSERVER_KEY] {
        let path = catalogue::verb("GetState").unwrap().rpc.path;
        let reply = dynamic::unary(site.doors.channel.clone(), path, Vec::new(), Some(token)).await;
        shown.add(format!("{reply:?}"));
    }
    attached(&site, &token, &forged, shown).await;
    tokens.push(token);

    // Lines that hold a password, well formed or not.
    let mut line = site.doors.line_client().await;
    for (bad, answer) in [
        (format!("Connect#1002#d,{WRONG}"), "ConnectStatus"),
        (format!("Conect#1002#d,{WRONG}"), "Error"),
        (format!("Login#1002#{WRONG}"), "Error"),
        (format!("Login#1003#{WRONG},2003"), "Error"),
        (format!("Login#1002#{WRONG},{WRONG}"), "Error"),
        (format!("MobileAgentLogin#1002#{WRONG},2002,5551234,CALL_BY_CALL"), "Error"),
        (format!("MobileAgentLogin#1002#{WRONG},{WRONG},{WRONG},{WRONG}"), "Error"),
        (format!("Hello#d#{WRONG}"), "Error"),
        (format!("MakeReady#1001#{WRONG}"), "Error"),
        (format!("{{\"type\":\"Connect#1002\",\"body\":\"d,{OTHERS}\""), "Error"),
        (format!("{{\"type\":\"Connect#1002\",\"body\":[\"d\",\"{OTHERS}\"]}}"), "Error"),
        (format!("{{\"data\":{{\"type\":7,\"body\":\"d,{OTHERS}\"}}}}"), "Error"),
        (format!("Connect 1002 d,{OTHERS}"), "Error"),
        (format!("Connect#1002#d,{OTHERS}{}", "x".repeat(70_000)), "Error"),
        (format!("Connect#1002#d,{OTHERS}\0"), "Error"),
    ] {
        line.send(&bad).await;
        until(&mut line, shown, &[answer]).await;
        if let Some((verb, rest)) = bad.split_once('#') {
            let (id, body) = rest.split_once('#').unwrap_or((rest, ""));
            shown.add(format!("{:?}", catalogue::parse(verb, id, body)));
        }
    }
    let doors = [Some(Door::WebSocket), Some(Door::Exchange), site.doors.queue.as_ref().map(|_| Door::Stomp)];
    for door in doors.into_iter().flatten() {
        at_a_desk(&site, door, shown).await;
    }
    line.send(&format!("Connect#1001#d,{RIGHT}")).await;
    line.send(&format!("Login#1001#{RIGHT},2001")).await;
    until(&mut line, shown, &["AgentInfo"]).await;
    line.send("MakeReady#1001").await;
    until(&mut line, shown, &["State", "\"READY\""]).await;
    site.sim.control().place_call("5551234", "10", &[]).unwrap();
    let offered: serde_json::Value = serde_json::from_str(&until(&mut line, shown, &["NewInboundCall"]).await).unwrap();
    let call = offered["dialogId"].as_str().unwrap();
    line.send(&format!("AnswerCall#1001#{call}")).await;
    until(&mut line, shown, &["InboundCall", "ACTIVE"]).await;

    // Links that break and servers that fail sign in again and tell of errors.
    site.sim.control().kill_sessions(None).unwrap();
    for kind in [FaultKind::Html { status: 500 }, FaultKind::Status { status: 401 }, FaultKind::LoseAnswer] {
        site.sim.control().inject(Fault::new(kind).of_user("1001").of_action("UPDATE_CALL_DATA")).unwrap();
        line.send(&format!("update_call_variable#1001#{call},callVariable1,x")).await;
        until(&mut line, shown, &[]).await;
    }
    line.send("reasoncodelogout#1001").await;
    until(&mut line, shown, &["ReasonCodes"]).await;
    for handle in site.manager.sessions() {
        shown.add(format!("{handle:?} {:?}", handle.snapshot().await));
    }
    shown.add(format!("{:?} {:?}", site.manager, site.tasks));
    line.send(&format!("ReleaseCall#1001#{call}")).await;
    until(&mut line, shown, &["InboundCall", "DROPPED"]).await;
    line.send("force_logout#1001").await;
    until(&mut line, shown, &["State", "LOGOUT"]).await;
    loop {
        let Some(message) = next_message(&mut stream).await else { break };
        shown.add(format!("{message:?}"));
        shown.add(pb::SubscribeResponse { message: Some(message) }.encode_to_vec());
    }
    loop {
        let message = next_message(&mut observed).await.unwrap();
        shown.add(format!("{message:?}"));
        if matches!(message, pb::subscribe_response::Message::AgentDetached(_)) {
            break;
        }
    }
    drop((line, stream, observed, site.doors));
    assert_eq!(site.tasks.drain(Duration::from_secs(5)).await, 0);
    tokens
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passwords_and_tokens_show_nowhere() {
    let (log, shown) = (Record::default(), Record::default());
    let finest = telemetry::Options { filter: "trace,tungstenite::protocol=trace".to_owned(), ..Default::default() };
    // Takes the records of the `log` crate, too.
    telemetry::subscriber(&finest, log.clone()).try_init().unwrap();

    let mut secrets: Vec<Vec<u8>> = CORES.iter().flat_map(|core| forms(core)).collect();
    for (user, password) in [("1001", RIGHT), ("1001", WRONG), ("1002", WRONG)] {
        secrets.push(STANDARD.encode(format!("{user}:{password}")).into());
        secrets.push(STANDARD.encode(format!("\0{user}\0{password}")).into());
    }
    let broker = Broker::start().await.map(Arc::new);
    for transport in [Transport::WebSocket, Transport::StartTls, Transport::Tls] {
        let queue = broker.clone().filter(|_| transport == Transport::WebSocket);
        let queue = queue.map(|broker| Queue { broker, name: "secrets".to_owned() });
        for token in a_day(transport, queue, &shown).await {
            secrets.extend(forms(&token));
        }
    }
    // Commands print themselves, with and without a password.
    for verb in VERBS {
        let body = verb.params.iter().map(|p| if p.field == "password" { RIGHT } else { "1" });
        let parsed = catalogue::parse(verb.name, "1001", &body.collect::<Vec<_>>().join(","));
        shown.add(format!("{parsed:?}"));
    }

    let log = log.0.lock().unwrap();
    assert!(memchr::memmem::find(&log, b"TRACE").is_some(), "the log is not at its finest level");
    for library in [&b"hyper"[..], b"h2", b"rustls", b"generic_connector"] {
        let name = String::from_utf8_lossy(library).into_owned();
        assert!(memchr::memmem::find(&log, library).is_some(), "nothing of {name} was logged");
    }
    assert_clean("what clients got or can print", &shown.0.lock().unwrap(), &secrets);
    assert_clean("the log", &log, &secrets);
}

#[test]
fn the_forms_of_a_secret_are_found() {
    let found = |text: &[u8]| forms(CORES[0]).iter().any(|form| memchr::memmem::find(text, form).is_some());
    for before in ["", "x", "xy", "xyz", "1001:"] {
        let text = format!("{before}{}yes", CORES[0]);
        assert!(found(text.as_bytes()));
        assert!(found(STANDARD.encode(&text).as_bytes()), "{before}");
        assert!(found(format!("{:?}", text.as_bytes()).as_bytes()));
    }
    assert!(!found(b"something else"));
}
