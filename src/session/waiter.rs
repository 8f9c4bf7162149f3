//! Who waits for a command, until when, and what is said to those who can't be served.

use std::time::{Duration, Instant};

use super::handle::Reply;
use crate::command::Wait;
use crate::model::reply::Answer;
use crate::model::{Error, Reason};

/// What is kept free of a caller's deadline, so that the answer still arrives.
const ANSWER_MARGIN: Duration = Duration::from_millis(50);

/// Who waits for a command.
#[derive(Debug)]
pub(super) struct Waiter {
    reply: Option<Reply<Answer>>,
    /// When it must have an answer.
    pub(super) by: Option<Instant>,
    pub(super) accepted_is_enough: bool,
}

impl Waiter {
    pub(super) fn new(reply: Reply<Answer>, deadline: Option<Instant>, wait: Wait) -> Self {
        let by = deadline.map(|deadline| deadline.checked_sub(ANSWER_MARGIN).unwrap_or(deadline));
        Self { reply: Some(reply), by, accepted_is_enough: wait == Wait::Accepted }
    }

    /// The same, with a deadline where it has none.
    pub(super) fn or_by(mut self, limit: Instant) -> Self {
        self.by.get_or_insert(limit);
        self
    }

    /// Whether the caller is still there.
    pub(super) fn still_waits(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| !reply.is_closed())
    }

    /// A caller that has gone away does not matter here.
    pub(super) fn answer(mut self, outcome: Result<Answer, Error>) {
        if let Some(reply) = self.reply.take() {
            let _ = reply.send(outcome);
        }
    }
}

/// A question whose answer Finesse does not give in time.
pub(super) fn too_late() -> Error {
    Error::new(Reason::DeadlineTooShort, "finesse did not answer before the deadline")
}

pub(super) fn too_many() -> Error {
    Error::new(Reason::TooManyRequests, "the agent has as many unfinished commands as it may have")
}
