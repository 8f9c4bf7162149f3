//! An event inside a stream's message, as bytes that every subscriber shares.
//!
//! `build.rs` puts [`SharedEvent`] where the stream's messages hold an `Event`. On the wire the two are the same: a
//! server gives the bytes that were made once per event, a client reads the plain [`Event`](super::Event).

use bytes::{Buf, BufMut, Bytes};
use prost::encoding::{DecodeContext, WireType};
use prost::{DecodeError, Message};

use super::Event;

/// An event to be sent, or one that was received.
#[derive(Clone, Debug, PartialEq)]
pub enum SharedEvent {
    /// The encoding of an [`Event`], shared.
    Encoded(Bytes),
    /// The message itself.
    Plain(Box<Event>),
}

impl SharedEvent {
    /// The message.
    ///
    /// # Errors
    /// When the bytes are no encoding of an event.
    pub fn into_event(self) -> Result<Event, DecodeError> {
        match self {
            Self::Encoded(bytes) => Event::decode(bytes),
            Self::Plain(event) => Ok(*event),
        }
    }
}

impl Default for SharedEvent {
    fn default() -> Self {
        Self::Plain(Box::default())
    }
}

impl From<Event> for SharedEvent {
    fn from(event: Event) -> Self {
        Self::Plain(Box::new(event))
    }
}

impl Message for SharedEvent {
    fn encode_raw(&self, buf: &mut impl BufMut) {
        match self {
            Self::Encoded(bytes) => buf.put_slice(bytes),
            Self::Plain(event) => event.encode_raw(buf),
        }
    }

    fn merge_field(
        &mut self,
        tag: u32,
        wire_type: WireType,
        buf: &mut impl Buf,
        context: DecodeContext,
    ) -> Result<(), DecodeError> {
        if let Self::Encoded(bytes) = self {
            *self = Event::decode(std::mem::take(bytes))?.into();
        }
        match self {
            Self::Plain(event) => event.merge_field(tag, wire_type, buf, context),
            Self::Encoded(_) => Ok(()),
        }
    }

    fn encoded_len(&self) -> usize {
        match self {
            Self::Encoded(bytes) => bytes.len(),
            Self::Plain(event) => event.encoded_len(),
        }
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pb::subscribe_response::Message as Kind;
    use crate::pb::{AgentStateChanged, SubscribeResponse, event};

    #[test]
    fn shared_bytes_and_the_plain_message_are_one_on_the_wire() {
        let event = Event {
            agent_id: "1001".into(),
            sequence: 7,
            cursor: "c".into(),
            payload: Some(event::Payload::AgentStateChanged(AgentStateChanged::default())),
            ..Event::default()
        };
        let shared = SharedEvent::Encoded(event.encode_to_vec().into());
        let plain = SharedEvent::from(event.clone());
        let frame = |event| SubscribeResponse { message: Some(Kind::Event(event)) }.encode_to_vec();
        assert_eq!(frame(shared.clone()), frame(plain));
        let read = SubscribeResponse::decode(frame(shared).as_slice()).unwrap();
        let Some(Kind::Event(read)) = read.message else { panic!("no event") };
        assert_eq!(read.into_event().unwrap(), event);
    }

    #[test]
    fn merging_into_shared_bytes_keeps_what_they_say() {
        let event = Event { agent_id: "1001".into(), ..Event::default() };
        let mut shared = SharedEvent::Encoded(event.encode_to_vec().into());
        shared.merge(Event { sequence: 7, ..Event::default() }.encode_to_vec().as_slice()).unwrap();
        assert_eq!(shared.into_event().unwrap(), Event { sequence: 7, ..event });
    }
}
