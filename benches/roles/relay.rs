//! The relay: a notification session per agent, whose messages go to the agent's subscriber as they came.

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::unfold;
use tonic::Status;

use super::Answers;
use crate::wire::xmpp::Xmpp;

/// The relay.
#[derive(Clone, Debug)]
pub struct Relay {
    xmpp: Option<String>,
}

impl Relay {
    pub fn new(xmpp: Option<String>) -> Self {
        Self { xmpp }
    }

    /// An agent's notifications. The first answer, an empty one, says that the session is there.
    pub fn subscribe(&self, agent: Bytes) -> impl Future<Output = Result<Answers<Bytes>, Status>> + Send + use<> {
        let xmpp = self.xmpp.clone();
        async move {
            let agent = String::from_utf8_lossy(&agent);
            let address = xmpp.ok_or_else(|| Status::internal("no simulator"))?;
            let session = Xmpp::connect(&address, &agent, "relay").await;
            let session = session.map_err(|error| Status::unavailable(format!("{error:#}")))?;
            let first = futures_util::stream::iter([Ok(Bytes::new())]);
            let relayed = unfold(session, |mut session| async move {
                let message = session.next().await.map_err(|error| Status::unavailable(format!("{error:#}")));
                Some((message, session))
            });
            Ok(first.chain(relayed).boxed())
        }
    }
}
