//! What doors hold of a session: a way to send it commands and to subscribe.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::execute::is_question;
use super::fanout::Subscription;
use super::waiter::too_late;
use crate::command::{self, Command};
use crate::finesse::Credentials;
use crate::model::event::Snapshot;
use crate::model::id::{AgentId, Cursor, Epoch};
use crate::model::reply::Answer;
use crate::model::{Error, Reason};

/// How many messages may wait for an actor.
pub(super) const INBOX: usize = 64;

/// How long before its deadline a caller is answered at the latest.
const LATEST: Duration = Duration::from_millis(25);

/// What the actor is asked.
pub(super) enum Message {
    Execute {
        order: Box<Order>,
        reply: Reply<Answer>,
    },
    Subscribe {
        after: Option<Cursor>,
        /// Whether the agent counts as attached while the subscription lives.
        attach: bool,
        reply: Reply<Subscription>,
    },
    Snapshot {
        reply: Reply<Arc<Snapshot>>,
    },
    /// A password that Finesse accepted later than the one in use.
    Renew {
        credentials: Credentials,
    },
    /// A client connected: whatever was about to log the agent out is off. Answered when the first picture is complete.
    Connected {
        reply: Reply<Arc<Snapshot>>,
    },
}

/// A command as it was given. Boxed, for a session has room for many messages at any time.
pub(super) struct Order {
    pub(super) command: Command,
    pub(super) options: command::Options,
    /// When the caller must have the answer.
    pub(super) deadline: Option<Instant>,
}

pub(super) type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// A session, for those who use it. Cheap to clone; it does not keep the session open.
#[derive(Clone)]
pub struct Handle {
    agent_id: AgentId,
    epoch: Epoch,
    inbox: mpsc::Sender<Message>,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handle").field("agent_id", &self.agent_id).field("epoch", &self.epoch).finish()
    }
}

impl Handle {
    pub(super) fn new(agent_id: AgentId, epoch: Epoch, inbox: mpsc::Sender<Message>) -> Self {
        Self { agent_id, epoch, inbox }
    }

    /// Whose session it is: the login id as Finesse returns it.
    pub fn agent_id(&self) -> &AgentId {
        &self.agent_id
    }

    /// The session's incarnation.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Whether the session has ended.
    pub fn is_closed(&self) -> bool {
        self.inbox.is_closed()
    }

    /// Runs a command to its outcome, or to its acceptance where the options say so. `deadline` is when the caller must
    /// have the answer; without one the session's own timeouts hold.
    ///
    /// # Errors
    /// Why the command was not done; OUTCOME_UNKNOWN when that could not be found out.
    pub async fn execute(
        &self,
        command: Command,
        options: command::Options,
        deadline: Option<Instant>,
    ) -> Result<Answer, Error> {
        let dialog = command.dialog_id().cloned();
        let result = self.run(command, options, deadline).await;
        // Whoever refuses it: the client learns which call it was about.
        result.map_err(|error| match dialog {
            Some(id) if error.dialog_id.is_none() => error.with_dialog(id),
            _ => error,
        })
    }

    async fn run(
        &self,
        command: Command,
        options: command::Options,
        deadline: Option<Instant>,
    ) -> Result<Answer, Error> {
        let question = is_question(&command);
        let order = Box::new(Order { command, options, deadline });
        let answer = self.ask(|reply| Message::Execute { order, reply });
        let Some(deadline) = deadline else { return answer.await };
        // Commands that are sent have an outcome before; questions, and a sign-out that waits for a call's end, may not.
        let latest = deadline.checked_sub(LATEST).unwrap_or(deadline);
        tokio::time::timeout_at(latest, answer).await.unwrap_or_else(|_| {
            Err(if question {
                too_late()
            } else {
                Error::new(Reason::OutcomeUnknown, "the command was not done before the deadline")
            })
        })
    }

    /// Subscribes to the agent's events, after a cursor if one is given. While the subscription lives, the agent counts
    /// as attached.
    ///
    /// # Errors
    /// TOO_MANY_REQUESTS when the agent has as many subscribers as it may, NOT_CONNECTED when the session is over.
    pub async fn subscribe(&self, after: Option<Cursor>) -> Result<Subscription, Error> {
        self.ask(|reply| Message::Subscribe { after, attach: true, reply }).await
    }

    /// Subscribes as somebody who only watches: the agent does not count as attached by it.
    ///
    /// # Errors
    /// As [`Handle::subscribe`].
    pub async fn observe(&self, after: Option<Cursor>) -> Result<Subscription, Error> {
        self.ask(|reply| Message::Subscribe { after, attach: false, reply }).await
    }

    /// The present picture.
    ///
    /// # Errors
    /// NOT_CONNECTED when the session is over.
    pub async fn snapshot(&self) -> Result<Arc<Snapshot>, Error> {
        self.ask(|reply| Message::Snapshot { reply }).await
    }

    /// Says that a client connected, and waits for the first picture.
    pub(super) async fn connected(&self) -> Result<Arc<Snapshot>, Error> {
        self.ask(|reply| Message::Connected { reply }).await
    }

    pub(super) async fn tell(&self, message: Message) {
        // A session that has ended needs no telling.
        let _ = self.inbox.send(message).await;
    }

    async fn ask<T>(&self, message: impl FnOnce(Reply<T>) -> Message) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        let over = || Error::new(Reason::NotConnected, "the session is over");
        self.inbox.send(message(reply)).await.map_err(|_| over())?;
        answer.await.map_err(|_| over())?
    }
}
