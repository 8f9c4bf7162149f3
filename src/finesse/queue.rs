//! The Queue object: a queue and its live figures.

use super::xml::{Reader, XmlError, last_segment, time};
use crate::model::id::QueueId;
use crate::model::queue::Queue;

/// Reads the Queue element whose start tag has just been read; none when it has no usable id. A figure of `-1` is none.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Option<Queue>, XmlError> {
    let (mut id, mut uri_id) = (None, None);
    let mut queue = Figures::default();
    let mut name = String::new();
    while let Some(element) = reader.child()? {
        if element.is("id") {
            id = reader.text()?.trim().parse::<QueueId>().ok();
        } else if element.is("uri") {
            uri_id = last_segment(&reader.text()?).parse::<QueueId>().ok();
        } else if element.is("name") {
            name = reader.text()?.into_owned();
        } else if element.is("statistics") {
            queue.read(reader)?;
        } else {
            reader.skip()?;
        }
    }
    Ok(id.or(uri_id).map(|id| Queue {
        id,
        name,
        calls_in_queue: queue.calls_in_queue,
        longest_call_since: queue.longest_call_since,
        agents_ready: queue.ready,
        agents_not_ready: queue.not_ready,
        agents_talking_inbound: queue.talking_inbound,
        agents_talking_outbound: queue.talking_outbound,
        agents_talking_internal: queue.talking_internal,
        agents_wrap_up_not_ready: queue.wrap_up_not_ready,
        agents_wrap_up_ready: queue.wrap_up_ready,
    }))
}

/// Reads the children of a Queues element whose start tag has just been read.
pub(super) fn read_list(reader: &mut Reader<'_>) -> Result<Vec<Queue>, XmlError> {
    let mut queues = Vec::new();
    while let Some(element) = reader.child()? {
        if element.is("Queue") {
            queues.extend(read(reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(queues)
}

/// Reads a whole answer of `GET User/{id}/Queues`.
pub fn parse_list(body: &str) -> Result<Vec<Queue>, XmlError> {
    let mut reader = Reader::new(body);
    reader.root_named("Queues")?;
    read_list(&mut reader)
}

#[derive(Default)]
struct Figures {
    calls_in_queue: Option<u32>,
    longest_call_since: Option<crate::model::Timestamp>,
    ready: Option<u32>,
    not_ready: Option<u32>,
    talking_inbound: Option<u32>,
    talking_outbound: Option<u32>,
    talking_internal: Option<u32>,
    wrap_up_not_ready: Option<u32>,
    wrap_up_ready: Option<u32>,
}

impl Figures {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        while let Some(element) = reader.child()? {
            let figure = if element.is("startTimeOfLongestCallInQueue") {
                self.longest_call_since = time(&reader.text()?);
                continue;
            } else if element.is("callsInQueue") {
                &mut self.calls_in_queue
            } else if element.is("agentsReady") {
                &mut self.ready
            } else if element.is("agentsNotReady") {
                &mut self.not_ready
            } else if element.is("agentsTalkingInbound") {
                &mut self.talking_inbound
            } else if element.is("agentsTalkingOutbound") {
                &mut self.talking_outbound
            } else if element.is("agentsTalkingInternal") {
                &mut self.talking_internal
            } else if element.is("agentsWrapUpNotReady") {
                &mut self.wrap_up_not_ready
            } else if element.is("agentsWrapUpReady") {
                &mut self.wrap_up_ready
            } else {
                reader.skip()?;
                continue;
            };
            *figure = reader.text()?.trim().parse().ok();
        }
        Ok(())
    }
}
