//! The real binary: what it prints, how it stops, what its exit codes say.

use std::net::SocketAddr;
use std::process::{Output, Stdio};
use std::time::Duration;

use generic_connector::pb;
use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::pb::subscribe_response::Message;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{Instant, timeout, timeout_at};
use tonic::Code;
use tonic::transport::Endpoint;

use super::bridge_client::Client;
use super::grpc_world::{As, call, reason};
use super::support::within;

pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generic-connector"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    // Nothing of whoever runs the tests is to be read as configuration.
    command.env_clear();
    command
}

async fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = within("its end", command(arguments).output()).await.unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// A running `serve`, in front of its own simulator, on free ports.
pub struct Service {
    pub process: Child,
    _told: Told,
    pub grpc: SocketAddr,
    pub bridge: SocketAddr,
}

/// What a process prints; it must be kept as long as that runs.
pub type Told = Lines<BufReader<ChildStdout>>;

/// Starts a process that tells its ports when it is ready.
pub async fn start(arguments: &[&str]) -> (Child, Told, Value) {
    let mut process = command(arguments).stderr(Stdio::null()).spawn().unwrap();
    let mut told = BufReader::new(process.stdout.take().unwrap()).lines();
    let ready = within("the ready line", told.next_line()).await.unwrap().unwrap();
    let ready: Value = serde_json::from_str(&ready).unwrap();
    assert_eq!(ready["ready"], true);
    (process, told, ready)
}

impl Service {
    pub async fn start(more: &[&str]) -> Self {
        let arguments = ["serve", "--sim", "--sim-free-ports", "--listen=127.0.0.1:0", "--bridge-tcp=127.0.0.1:0"];
        let (process, _told, ready) = start(&[&arguments[..], more].concat()).await;
        for port in ["sim_https", "sim_http", "sim_xmpp", "sim_xmpp_tls", "sim_ws", "sim_wss", "sim_control"] {
            assert!(ready[port].is_string(), "{port} is not in {ready}");
        }
        let address = |name: &str| ready[name].as_str().unwrap().parse().unwrap();
        Self { process, _told, grpc: address("grpc"), bridge: address("bridge_tcp") }
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(&mut self) {
        self.terminate().await;
        assert_eq!(within("its end", self.process.wait()).await.unwrap().code(), Some(0));
    }

    async fn terminate(&self) {
        let kill = format!("kill -TERM {}", self.process.id().unwrap());
        assert!(Command::new("sh").args(["-c", &kill]).status().await.unwrap().success());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_streams_with_a_reason_and_the_process_with_0() {
    let mut service = Service::start(&[]).await;
    let channel =
        within("grpc", Endpoint::try_from(format!("http://{}", service.grpc)).unwrap().connect()).await.unwrap();
    let mut agents = AgentServiceClient::new(channel.clone());
    let request = pb::ConnectRequest { agent_id: "1001".into(), password: "demo".into(), ..Default::default() };
    // The embedded simulator may not have been asked yet whether it is in service.
    let token = within("connect", agents.connect(request)).await.unwrap().into_inner().token;
    let mut events = EventServiceClient::new(channel.clone());
    let request = call(As::Bearer(&token), pb::SubscribeRequest::default());
    let mut stream = within("subscribe", events.subscribe(request)).await.unwrap().into_inner();
    let mut desktop = Client::sign_in(service.bridge, "1002").await;
    // One that reads nothing and says nothing more.
    let mut stalled = TcpStream::connect(service.grpc).await.unwrap();
    stalled.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();

    let stop = Instant::now() + Duration::from_secs(5);
    service.terminate().await;
    let told = async {
        let mut announced = false;
        loop {
            match stream.message().await {
                Ok(Some(message)) => announced |= matches!(message.message, Some(Message::Draining(_))),
                Ok(None) => panic!("the stream ended without a reason"),
                Err(end) => break (announced, end),
            }
        }
    };
    let (announced, end) = within("the stream's end", told).await;
    assert!(announced);
    assert_eq!((end.code(), reason(&end).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    let status = timeout_at(stop, service.process.wait()).await.expect("stopped within 5 s").unwrap();
    assert_eq!(status.code(), Some(0));
    while desktop.line().await.is_some() {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_the_demo_passes_on_both_platforms() {
    for flavour in ["ucce", "uccx"] {
        let free = ["demo", "--once", "--sim-free-ports", "--listen=127.0.0.1:0", "--bridge-tcp=127.0.0.1:0"];
        let day = command(&[&free[..], &["--sim-flavour", flavour]].concat()).output();
        let Output { status, stdout, stderr } = timeout(Duration::from_secs(60), day).await.unwrap().unwrap();
        assert_eq!(status.code(), Some(0), "{flavour}: {}", String::from_utf8_lossy(&stderr));
        let told = String::from_utf8(stdout).unwrap();
        for said in ["NewInboundCall", "ConsultCall", "TeamUsersList", r#""callType":"SM""#, "SUPERVISOR_BARGE_IN"] {
            assert!(told.contains(said), "{flavour}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_is_answered() {
    let (code, stdout, _) = run(&["version"]).await;
    assert_eq!((code, stdout), (Some(0), format!("generic-connector {}\n", env!("CARGO_PKG_VERSION"))));
    let (code, stdout, _) = run(&["--help"]).await;
    assert!(code == Some(0) && stdout.contains("Examples:"), "{stdout}");
    let (code, stdout, _) = run(&["check", "--sim"]).await;
    assert_eq!((code, stdout.as_str()), (Some(0), "the configuration is valid\n"));
    for wrong in [&["srve"][..], &["serve", "--nothing"], &["serve", "--set", "nothing"], &[]] {
        let (code, stdout, stderr) = run(wrong).await;
        assert_eq!((code, stdout.as_str()), (Some(64), ""), "{wrong:?}");
        assert!(!stderr.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_faults_of_a_configuration_are_said_before_a_port_is_bound() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gc.toml");
    let text = "[grpc]\nlisten = \"0.0.0.0:1\"\nheartbeat = \"1h\"\nlisen = 1\ncors_origins = [\"https://desk.example\", \"desk\"]\n[session]\ngrace = \"soon\"\n\
        [bridge]\ntls_certificate = \"no/such.pem\"\ntls_key = \"no/such.key\"\n";
    std::fs::write(&file, text).unwrap();
    for verb in ["check", "serve", "demo"] {
        let (code, stdout, stderr) = run(&[verb, "--config", file.to_str().unwrap(), "--set", "sim.agents=x"]).await;
        assert_eq!((code, stdout.as_str()), (Some(78), ""), "{stderr}");
        let named = [
            "grpc.listen",
            "grpc.heartbeat",
            "grpc.cors_origins: \"desk\" is no origin",
            "grpc.lisen",
            "session.grace",
            "sim.agents",
            "bridge.tls_certificate",
        ];
        for key in named {
            assert!(stderr.contains(key), "{verb}: {key} is not in:\n{stderr}");
        }
        assert!(stderr.contains("gc.toml"), "{stderr}");
        assert_eq!(stderr.contains("finesse.rest"), verb != "demo", "{stderr}");
    }
    let missing = folder.path().join("none.toml");
    let (code, _, stderr) = run(&["check", "--config", missing.to_str().unwrap()]).await;
    assert!(code == Some(78) && stderr.contains("none.toml"), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_said_and_ends_the_process_with_1() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, stdout, stderr) =
        run(&["serve", "--sim", "--sim-free-ports", "--bridge-tcp=127.0.0.1:0", "--listen", &address]).await;
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains(&address), "{stderr}");
}
