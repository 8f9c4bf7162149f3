//! Queues and their statistics.

use super::Timestamp;
use super::id::QueueId;

/// A queue with its live figures. A figure is none where the platform gives none (UCCX: always).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Finesse's id.
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// Calls that wait.
    pub calls_in_queue: Option<u32>,
    /// Since when the longest waiting call waits.
    pub longest_call_since: Option<Timestamp>,
    /// Agents in READY.
    pub agents_ready: Option<u32>,
    /// Agents in NOT_READY.
    pub agents_not_ready: Option<u32>,
    /// Agents talking on incoming calls.
    pub agents_talking_inbound: Option<u32>,
    /// Agents talking on outgoing calls.
    pub agents_talking_outbound: Option<u32>,
    /// Agents talking to other agents.
    pub agents_talking_internal: Option<u32>,
    /// Agents wrapping up, not ready afterwards.
    pub agents_wrap_up_not_ready: Option<u32>,
    /// Agents wrapping up, ready afterwards.
    pub agents_wrap_up_ready: Option<u32>,
}
