//! Many agents at once, each with a connection of its own.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use generic_connector::pb;
use pb::subscribe_response::Message;
use prost::Message as _;

use crate::stage::{API_KEY, Agent, SUBSCRIBE, Stage};
use crate::wire::count::{Framing, Tally};
use crate::wire::grpc::{Frame, Grpc, Messages};

/// Does something with each, so many at a time, and says how long each took, milliseconds.
pub async fn each<T, R, F>(
    items: impl IntoIterator<Item = T>,
    at_once: usize,
    job: impl Fn(T) -> F,
) -> Result<(Vec<R>, Vec<f64>)>
where
    F: Future<Output = Result<R>>,
{
    let timed = |item| {
        let begun = Instant::now();
        let job = job(item);
        async move { Ok::<_, anyhow::Error>((job.await?, begun.elapsed().as_secs_f64() * 1_000.0)) }
    };
    let done: Vec<_> = stream::iter(items.into_iter().map(timed)).buffer_unordered(at_once).try_collect().await?;
    Ok(done.into_iter().unzip())
}

/// An agent's desktop.
pub struct Desk {
    pub grpc: Grpc,
    pub agent: Agent,
}

impl Desk {
    /// Connects and signs in an agent.
    pub async fn sign_in(stage: &Stage, number: usize) -> Result<Self> {
        let mut grpc = stage.connect().await?;
        let agent = Agent::sign_in(&mut grpc, number).await?;
        Ok(Self { grpc, agent })
    }

    /// Connects again.
    pub async fn again(address: &str, agent: Agent) -> Result<Self> {
        let mut grpc = Grpc::connect(address).await?;
        grpc.authorize(&agent.token);
        Ok(Self { grpc, agent })
    }

    /// Opens an event stream that goes on after a cursor, and waits until it has begun; the snapshot's cursor is the
    /// agent's then.
    pub async fn subscribe(&mut self, cursor: Option<String>) -> Result<()> {
        let resumes = cursor.is_some();
        let selector = pb::AgentSelector { agent_id: self.agent.id.clone(), cursor };
        let wanted = self.grpc.call(SUBSCRIBE, &pb::SubscribeRequest { agents: vec![selector], ..Default::default() });
        let (mut messages, mut begun) = (Messages::default(), None);
        while begun.is_none() {
            match self.grpc.next().await? {
                Frame::Data { stream, bytes, .. } if stream == wanted => messages.push(bytes, |message| {
                    begun = begun.take().or(pb::SubscribeResponse::decode(message).ok().and_then(|said| said.message));
                }),
                Frame::Headers { stream, end: true } if stream == wanted => bail!("{} was refused", self.agent.id),
                _ => {}
            }
        }
        match begun {
            Some(Message::Snapshot(snapshot)) => self.agent.cursor = snapshot.cursor,
            other => ensure!(resumes && matches!(other, Some(Message::Resumed(_))), "the stream begins with {other:?}"),
        }
        Ok(())
    }

    /// Reads on for the rest of its life.
    pub async fn leave(self, tally: &Rc<Tally>) -> Result<Agent> {
        let (socket, input) = self.grpc.leave().await?;
        tally.watch(socket, Framing::Grpc, &input);
        Ok(self.agent)
    }
}

/// Agents who are signed in and have a stream, each.
pub async fn desks(stage: &Stage, count: usize) -> Result<Vec<Desk>> {
    let desk = |number| async move {
        let mut desk = Desk::sign_in(stage, number).await?;
        desk.subscribe(None).await.with_context(|| desk.agent.id.clone())?;
        Ok(desk)
    };
    Ok(each(0..count, 64, desk).await?.0)
}

/// Subscribers of a gRPC stream, each on its own connection; a baseline has them all when this returns.
pub async fn subscribed(address: &str, path: &str, request: &[u8], count: usize) -> Result<Rc<Tally>> {
    let tally = Rc::new(Tally::default());
    for _ in 0..count {
        let mut grpc = Grpc::connect(address).await?;
        grpc.authorize_key(API_KEY);
        grpc.call_bytes(path, request);
        let first = grpc.next().await?;
        ensure!(matches!(first, Frame::Headers { end: false, .. }), "{path} was refused: {first:?}");
        let (socket, input) = grpc.leave().await?;
        tally.watch(socket, Framing::Grpc, &input);
    }
    Ok(tally)
}

/// One command of each agent, 64 at a time on one connection.
pub async fn saturate(grpc: &mut Grpc, agents: &[Agent], path: &str) -> Result<Duration> {
    let requests: Vec<Vec<u8>> = agents.iter().map(|agent| agent.dtmf_request().encode_to_vec()).collect();
    let begun = Instant::now();
    let mut waiting = agents.iter().zip(&requests);
    let mut send = |grpc: &mut Grpc| {
        if let Some((agent, request)) = waiting.next() {
            grpc.authorize(&agent.token);
            grpc.call_bytes(path, request);
        }
    };
    for _ in 0..64 {
        send(grpc);
    }
    let (mut ended, mut replied) = (0, 0);
    while ended < agents.len() {
        match grpc.next().await? {
            Frame::Data { .. } => replied += 1,
            Frame::Headers { end: true, .. } => {
                ended += 1;
                send(grpc);
            }
            _ => {}
        }
    }
    ensure!(replied == agents.len(), "{} of {} commands were refused", agents.len() - replied, agents.len());
    Ok(begun.elapsed())
}

/// Until what was opened, or closed, has settled.
pub async fn settle() {
    tokio::time::sleep(Duration::from_millis(500)).await;
}
