//! A simulator and the service in front of it, each in a process, with agents who are signed in.

use std::io::Write as _;

use anyhow::{Context as _, Result, ensure};
use generic_connector::pb;
use serde_json::json;
use tempfile::NamedTempFile;

use crate::process::{LOAD, Process, SERVICE, SUBJECT, free_port};
use crate::wire::grpc::Grpc;
use crate::wire::http::{control, request};
use crate::wire::tls::Tls;

const CONNECT: &str = "/gc.v1.AgentService/Connect";
const LOGIN: &str = "/gc.v1.AgentService/Login";
/// The commands of the rows.
pub const READY: &str = "/gc.v1.AgentService/MakeReady";
/// See above.
pub const NOT_READY: &str = "/gc.v1.AgentService/MakeNotReady";
/// See above.
pub const DTMF: &str = "/gc.v1.CallService/SendDtmf";
/// The event stream.
pub const SUBSCRIBE: &str = "/gc.v1.EventService/Subscribe";

/// The API key of the service that watches all agents, and its SHA-256.
pub const API_KEY: &str = "test";
const API_KEY_SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// The simulator.
pub struct Sim {
    pub process: Process,
    pub http: String,
    pub xmpp: String,
    pub control: String,
}

impl Sim {
    /// Starts one with so many agents, on the load's core.
    pub fn start(agents: usize) -> Result<Self> {
        Self::start_on(LOAD, agents)
    }

    /// The same on any core.
    pub fn start_on(core: usize, agents: usize) -> Result<Self> {
        let [http, xmpp, control] = [address()?, address()?, address()?];
        let mut arguments = vec!["sim".to_owned(), "--log=error".to_owned(), format!("--sim-agents={agents}")];
        arguments.extend([
            format!("--sim-http={http}"),
            format!("--sim-xmpp={xmpp}"),
            format!("--sim-control={control}"),
        ]);
        // What would put calls and agents out of the state that the rows want.
        for setting in ["https=", "xmpp_tls=", "ws=", "wss=", "presence=1h", "idle=1h"] {
            arguments.extend(["--set".to_owned(), format!("sim.{setting}")]);
        }
        Ok(Self { process: Process::start(core, SERVICE, &arguments)?, http, xmpp, control })
    }
}

/// The service in front of a simulator.
pub struct Stage {
    // Dropped, and so stopped, before the simulator.
    pub service: Process,
    pub sim: Sim,
    pub grpc: String,
    pub lines: String,
    /// Whether its typed door is behind TLS.
    tls: Option<Tls>,
}

impl Stage {
    /// Starts both; `settings` are the service's.
    pub fn start(agents: usize, settings: &[&str]) -> Result<Self> {
        let sim = Sim::start(agents)?;
        let (service, grpc) = Self::service(&sim, settings)?;
        let lines = service.address("bridge_tcp")?;
        Ok(Self { service, sim, grpc, lines, tls: None })
    }

    /// The same with a typed door behind TLS.
    pub fn start_tls(agents: usize, settings: &[&str]) -> Result<Self> {
        let tls = Tls::new()?;
        let shown = tls.settings();
        let settings: Vec<_> = settings.iter().copied().chain(shown.iter().map(String::as_str)).collect();
        Ok(Self { tls: Some(tls), ..Self::start(agents, &settings)? })
    }

    /// A connection to the typed door.
    pub async fn connect(&self) -> Result<Grpc> {
        match &self.tls {
            Some(tls) => tls.connect(&self.grpc).await,
            None => Grpc::connect(&self.grpc).await,
        }
    }

    /// The service alone, and where its typed door is.
    pub fn service(sim: &Sim, settings: &[&str]) -> Result<(Process, String)> {
        // Read at the start, and not needed any more when the service has said that it is ready.
        let mut config = NamedTempFile::with_suffix(".toml")?;
        writeln!(
            config,
            "[[auth.members]]\nname = \"bench\"\napi_key_sha256 = \"{API_KEY_SHA256}\"\nrole = \"service\"\nobserve = [\"*\"]"
        )?;
        let (grpc, lines) = (address()?, address()?);
        let mut arguments = vec!["serve".to_owned(), "--log=error".to_owned()];
        arguments.push(format!("--config={}", config.path().display()));
        arguments.extend([format!("--listen={grpc}"), format!("--bridge-tcp={lines}")]);
        let finesse =
            [format!("finesse.rest=http://{}", sim.http), format!("finesse.notify=xmpp-plain://{}", sim.xmpp)];
        let fixed = ["finesse.allow_plain=true", "session.max_sessions=20000", "session.grace=1h"];
        for setting in finesse.iter().map(String::as_str).chain(fixed).chain(settings.iter().copied()) {
            arguments.extend(["--set".to_owned(), setting.to_owned()]);
        }
        Ok((Process::start(SUBJECT, SERVICE, &arguments)?, grpc))
    }

    /// Connects agents by their numbers on one connection, and signs them in.
    pub async fn sign_in(&self, numbers: impl Iterator<Item = usize>) -> Result<Vec<Agent>> {
        let mut grpc = self.connect().await?;
        let mut agents = Vec::new();
        for number in numbers {
            agents.push(Agent::sign_in(&mut grpc, number).await?);
        }
        Ok(agents)
    }

    /// Gives each agent a customer's call, talking. Their ids are the agents' `dialog` then.
    pub async fn call(&self, agents: &mut [Agent]) -> Result<()> {
        place_calls(&self.sim, agents).await
    }
}

/// The same without a service.
pub async fn place_calls(sim: &Sim, agents: &mut [Agent]) -> Result<()> {
    // All ten, as long as they may be, make a notification as large as those of a busy site.
    let variables: serde_json::Map<_, _> =
        (1..=10).map(|number| (format!("callVariable{number}"), json!(format!("{number:036}")))).collect();
    for agents in agents.chunks_mut(1_000) {
        let Some(first) = agents.first() else { continue };
        let calls = json!({ "from": first.id, "count": agents.len(), "variables": variables, "answer": true });
        let placed = control(&sim.control, "/load/calls", &calls).await?;
        let dialogs = placed["dialogs"].as_array().context("no dialogs")?;
        ensure!(dialogs.len() == agents.len(), "{} calls for {} agents", dialogs.len(), agents.len());
        agents.iter_mut().zip(dialogs).for_each(|(agent, dialog)| agent.dialog = dialog.to_string());
    }
    Ok(())
}

/// An agent who is signed in.
#[derive(Clone, Debug)]
pub struct Agent {
    pub id: String,
    pub extension: String,
    pub token: String,
    /// The call, once there is one.
    pub dialog: String,
    /// Where a subscription goes on.
    pub cursor: String,
}

impl Agent {
    /// Without the service: who that number is.
    pub fn number(number: usize) -> Self {
        let (id, extension) = ((100_001 + number).to_string(), (200_001 + number).to_string());
        Self { id, extension, token: String::new(), dialog: String::new(), cursor: String::new() }
    }

    /// Connects and signs in through the service; the connection shows the agent's token from then on.
    pub async fn sign_in(grpc: &mut Grpc, number: usize) -> Result<Self> {
        let mut agent = Self::number(number);
        let password = "demo".to_owned();
        let connect = pb::ConnectRequest { agent_id: agent.id.clone(), password, ..Default::default() };
        let connected: pb::ConnectResponse = grpc.unary(CONNECT, &connect).await.with_context(|| agent.id.clone())?;
        agent.token = connected.token;
        grpc.authorize(&agent.token);
        let login = pb::LoginRequest { extension: agent.extension.clone(), ..Default::default() };
        let _: pb::LoginResponse = grpc.unary(LOGIN, &login).await.with_context(|| agent.id.clone())?;
        agent.cursor = connected.snapshot.map(|snapshot| snapshot.cursor).unwrap_or_default();
        Ok(agent)
    }

    /// The REST request of an action on the agent's call, as the service would send it.
    pub fn act(&self, action: &str, parameters: &str) -> Vec<u8> {
        let body = format!(
            "<Dialog><requestedAction>{action}</requestedAction><targetMediaAddress>{}</targetMediaAddress>{parameters}</Dialog>",
            self.extension
        );
        request("PUT", &format!("/finesse/api/Dialog/{}", self.dialog), &self.id, &body)
    }

    /// The REST request of a tone.
    pub fn dtmf(&self) -> Vec<u8> {
        let tone = "<actionParams><ActionParam><name>dtmfString</name><value>1</value></ActionParam></actionParams>";
        self.act("SEND_DTMF", tone)
    }

    /// The REST request that signs the agent in.
    pub fn sign_in_request(&self) -> Vec<u8> {
        let body = format!("<User><state>LOGIN</state><extension>{}</extension></User>", self.extension);
        request("PUT", &format!("/finesse/api/User/{}", self.id), &self.id, &body)
    }

    /// The REST request of a state.
    pub fn state(&self, state: &str) -> Vec<u8> {
        let body = format!("<User><state>{state}</state></User>");
        request("PUT", &format!("/finesse/api/User/{}", self.id), &self.id, &body)
    }

    /// The same command to the service.
    pub fn dtmf_request(&self) -> pb::SendDtmfRequest {
        let request_id = uuid::Uuid::new_v4().to_string();
        let options = pb::CommandOptions { request_id, wait: pb::Wait::Accepted.into(), ..Default::default() };
        pb::SendDtmfRequest { dialog_id: self.dialog.clone(), digits: "1".to_owned(), options: Some(options) }
    }
}

fn address() -> Result<String> {
    Ok(format!("127.0.0.1:{}", free_port()?))
}
