//! The relay: a notification session per agent, whose messages go to the agent's subscriber as they came, and to those who
//! watch the agent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{poll_fn, unfold};
use tokio::sync::mpsc;
use tonic::Status;

use super::Answers;
use super::fan::QUEUE;
use crate::wire::xmpp::Xmpp;

/// The relay.
#[derive(Clone, Debug)]
pub struct Relay {
    xmpp: Option<String>,
    /// Who watches an agent, by the agent's id.
    watchers: Arc<Mutex<HashMap<Bytes, Vec<mpsc::Sender<Bytes>>>>>,
}

impl Relay {
    pub fn new(xmpp: Option<String>) -> Self {
        Self { xmpp, watchers: Arc::default() }
    }

    /// An agent's notifications. The first answer, an empty one, says that the session is there.
    pub fn subscribe(&self, agent: Bytes) -> impl Future<Output = Result<Answers<Bytes>, Status>> + Send + use<> {
        let relay = self.clone();
        async move {
            let address = relay.xmpp.clone().ok_or_else(|| Status::internal("no simulator"))?;
            let session = Xmpp::connect(&address, &String::from_utf8_lossy(&agent), "relay").await;
            let session = session.map_err(|error| Status::unavailable(format!("{error:#}")))?;
            let first = futures_util::stream::iter([Ok(Bytes::new())]);
            let relayed = unfold((session, relay, agent), |(mut session, relay, agent)| async move {
                let message = session.next().await.map_err(|error| Status::unavailable(format!("{error:#}")));
                if let Ok(message) = &message {
                    relay.pass_on(&agent, message);
                }
                Some((message, (session, relay, agent)))
            });
            Ok(first.chain(relayed).boxed())
        }
    }

    /// The notifications of agents who have a subscriber: their ids, with a space between two.
    pub fn watch(&self, agents: &Bytes) -> Answers<Bytes> {
        let (sender, mut receiver) = mpsc::channel(QUEUE);
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        for agent in agents.split(|byte| *byte == b' ') {
            watchers.entry(agents.slice_ref(agent)).or_default().push(sender.clone());
        }
        poll_fn(move |cx| receiver.poll_recv(cx).map(|message| message.map(Ok))).boxed()
    }

    fn pass_on(&self, agent: &Bytes, message: &Bytes) {
        let watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        for watcher in watchers.get(agent).into_iter().flatten() {
            // One that is so far behind is lost to the measurement, and that is told by its count.
            let _ = watcher.try_send(message.clone());
        }
    }
}
