//! How events come about, at the simulator or at what the service is compared with.

use anyhow::Result;
use generic_connector::pb;
use generic_connector::pb::event::Payload;
use prost::Message as _;
use serde_json::{Value, json};

use crate::process::Process;
use crate::roles::PUBLISH;
use crate::stage::{API_KEY, Agent, SUBSCRIBE, Stage};
use crate::wire::grpc::{Frame, Grpc, Messages};
use crate::wire::http::control;
use crate::wire::nats::Publisher;
use crate::wire::stomp::Stomp;

/// How events are caused.
pub enum Door {
    /// At the simulator, the service's.
    Service {
        control: String,
        users: Value,
    },
    /// One of our baselines, and the event.
    Baseline(Grpc, Vec<u8>),
    Nats(Publisher, Vec<u8>),
    /// The broker, and the frame.
    Broker(Stomp, String),
}

impl Door {
    /// An event of each of these agents, whose numbers follow each other, in turn.
    pub fn service(stage: &Stage, agents: &[Agent]) -> Self {
        let users = json!({ "from": agents.first().map(|agent| &agent.id), "count": agents.len() });
        Self::Service { control: stage.sim.control.clone(), users }
    }

    /// Copies of an event.
    pub async fn baseline(process: &Process, event: &[u8]) -> Result<Self> {
        Ok(Self::Baseline(Grpc::connect(&process.address("grpc")?).await?, event.to_vec()))
    }

    /// Publishes events, as near to at once as it gets; the service's agents take turns.
    pub async fn publish(&mut self, count: usize) -> Result<()> {
        match self {
            Self::Service { control: address, users } => {
                let load = json!({ "users": users, "per_second": 1_000_000, "count": count });
                control(address, "/load", &load).await.map(drop)
            }
            Self::Baseline(grpc, event) => {
                let message = [format!("{count} ").as_bytes(), event].concat();
                let stream = grpc.call_bytes(PUBLISH, &message);
                grpc.reply(stream).await.map(drop)
            }
            Self::Nats(publisher, event) => publisher.publish(count, event).await,
            Self::Broker(stomp, frame) => stomp.send(&frame.repeat(count)).await,
        }
    }
}

/// The request of an observer of one agent.
pub fn watch(agent: &Agent) -> Vec<u8> {
    let selector = pb::AgentSelector { agent_id: agent.id.clone(), cursor: None };
    pb::SubscribeRequest { agents: vec![selector], ..Default::default() }.encode_to_vec()
}

/// The bytes of an event of the agent's call.
pub async fn one_event(stage: &Stage, agent: &Agent) -> Result<Vec<u8>> {
    let mut grpc = Grpc::connect(&stage.grpc).await?;
    grpc.authorize_key(API_KEY);
    grpc.call_bytes(SUBSCRIBE, &watch(agent));
    let (mut messages, mut asked) = (Messages::default(), false);
    let mut door = Door::service(stage, std::slice::from_ref(agent));
    loop {
        let Frame::Data { bytes, .. } = grpc.next().await? else { continue };
        let mut event = None;
        messages.push(bytes, |message| {
            if let Ok(pb::SubscribeResponse { message: Some(pb::subscribe_response::Message::Event(shared)) }) =
                pb::SubscribeResponse::decode(message)
            {
                event = shared.into_event().ok();
            }
        });
        // What the call did to the agent comes as events of its own, which are small.
        if let Some(event) = event.filter(|event| matches!(event.payload, Some(Payload::DialogChanged(_)))) {
            return Ok(event.encode_to_vec());
        }
        if !std::mem::replace(&mut asked, true) {
            door.publish(1).await?;
        }
    }
}
