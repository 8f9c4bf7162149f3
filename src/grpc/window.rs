//! How far a client of the bidirectional stream lets the events run ahead of what it has processed.

use crate::model::id::{AgentId, Cursor};
use crate::model::{Error, Reason};

/// The window of a client that does not say one, and the widest, in events.
const USUAL: u32 = 256;
const WIDEST: u32 = 4096;

/// The place in one agent's events up to which the client has processed them, and that up to which it was sent them.
#[derive(Debug)]
pub struct Window {
    agent: AgentId,
    size: u64,
    acknowledged: u64,
    sent: Cursor,
}

impl Window {
    /// How many events an [`Attach`](crate::pb::Attach) asks for.
    ///
    /// # Errors
    /// INVALID_INPUT when it is more than there may be.
    pub fn size(asked: u32) -> Result<u32, Error> {
        match asked {
            0 => Ok(USUAL),
            1..=WIDEST => Ok(asked),
            _ => Err(Error::new(Reason::InvalidInput, format!("the window is wider than {WIDEST} events"))),
        }
    }

    /// A window of `size` events after the place where the agent's stream begins.
    pub fn new(agent: AgentId, size: u32, start: Cursor) -> Self {
        Self { agent, size: size.into(), acknowledged: start.sequence.0, sent: start }
    }

    /// Whether another event may be sent.
    pub fn is_open(&self) -> bool {
        self.sent.sequence.0.saturating_sub(self.acknowledged) < self.size
    }

    /// An event is sent.
    pub fn send(&mut self, cursor: Cursor) {
        self.sent = cursor;
    }

    /// Whose events they are.
    pub fn agent(&self) -> &AgentId {
        &self.agent
    }

    /// The last event that was sent, or where the stream began.
    pub fn sent(&self) -> Cursor {
        self.sent
    }

    /// The client has processed the events up to a cursor. One that it had acknowledged before changes nothing.
    ///
    /// # Errors
    /// INVALID_INPUT when this stream has not given out the cursor.
    pub fn acknowledge(&mut self, cursor: &str) -> Result<(), Error> {
        let known = |cursor: &Cursor| cursor.epoch == self.sent.epoch && cursor.sequence <= self.sent.sequence;
        let cursor = cursor.parse().ok().filter(known);
        let cursor: Cursor = cursor.ok_or_else(|| {
            Error::new(Reason::InvalidInput, "the acknowledged cursor was not given out on this stream")
        })?;
        self.acknowledged = self.acknowledged.max(cursor.sequence.0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{Epoch, Sequence};

    fn at(epoch: u64, sequence: u64) -> Cursor {
        Cursor { epoch: Epoch(epoch), sequence: Sequence(sequence) }
    }

    #[test]
    fn it_closes_when_it_is_full_and_opens_by_what_is_acknowledged() {
        let mut window = Window::new("1001".parse().unwrap(), 2, at(7, 10));
        window.send(at(7, 11));
        assert!(window.is_open());
        window.send(at(7, 12));
        assert!(!window.is_open());
        window.acknowledge(&at(7, 10).to_string()).unwrap();
        assert!(!window.is_open(), "where it began says nothing new");
        window.acknowledge(&at(7, 11).to_string()).unwrap();
        assert!(window.is_open());
        window.send(at(7, 13));
        window.acknowledge(&at(7, 13).to_string()).unwrap();
        window.acknowledge(&at(7, 11).to_string()).unwrap();
        window.send(at(7, 14));
        assert!(window.is_open(), "an older acknowledgement closed it again");
        assert_eq!(window.sent(), at(7, 14));
    }

    #[test]
    fn what_was_not_given_out_is_refused() {
        let mut window = Window::new("1001".parse().unwrap(), 2, at(7, 10));
        for cursor in ["", "nonsense", &at(7, 11).to_string(), &at(8, 10).to_string()] {
            assert_eq!(window.acknowledge(cursor).unwrap_err().reason, Reason::InvalidInput, "{cursor}");
        }
    }

    #[test]
    fn a_client_may_leave_its_size_to_the_service_and_may_not_have_any() {
        assert_eq!((Window::size(0).unwrap(), Window::size(1).unwrap()), (256, 1));
        assert_eq!(Window::size(4097).unwrap_err().reason, Reason::InvalidInput);
    }
}
