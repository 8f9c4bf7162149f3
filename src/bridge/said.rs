//! What a connection has said last about an agent and their calls, so that it does not repeat itself. Sans-IO, bounded.

use std::collections::VecDeque;

use bytes::Bytes;

use super::lines::{About, Line};
use crate::model::event::CallKind;
use crate::model::id::{AgentId, DialogId};

/// Of how many open calls of an agent the last line is kept; more of them may be said twice.
const MAX_CALLS: usize = 64;
/// Of how many members of teams the last line is kept.
const MAX_MEMBERS: usize = 64;
/// How many calls that the agent has left are remembered.
const MAX_LEFT: usize = 64;

/// A moment of one connection: it rises with every line said and every command heard.
pub type Tick = u64;

#[derive(Debug)]
struct Last {
    line: Bytes,
    at: Tick,
}

#[derive(Debug)]
struct Call {
    id: DialogId,
    kind: CallKind,
    last: Last,
}

/// The last lines about one agent.
#[derive(Debug, Default)]
pub struct Said {
    state: Option<Last>,
    info: Option<Last>,
    calls: VecDeque<Call>,
    members: VecDeque<(AgentId, Last)>,
    left: VecDeque<DialogId>,
}

impl Said {
    /// Whether the line of an event or a snapshot is to be said: not when it repeats the last one about the same thing,
    /// nor when it says a second time that a call was left.
    pub fn news(&mut self, about: &About, line: &Bytes, now: Tick) -> bool {
        let repeats = match about {
            About::Call { id, left: true, .. } => self.left.contains(id),
            _ => self.last(about).is_some_and(|last| last.line == *line),
        };
        if !repeats {
            self.record(about, line, now);
        }
        !repeats
    }

    /// Whether the line of a reply is to be said: not when something was said about the same thing since the command
    /// came in at `asked`, nor when it says a second time that a call was left. A reply comes after the event that it
    /// reflects, so what was said since is as new or newer; a call that the agent dials may ring by then.
    pub fn reply(&mut self, line: &Line, asked: Tick, now: Tick) -> bool {
        let repeats = match &line.about {
            // Said to be over, by an event: its state before that is no news.
            About::Call { id, .. } if self.left.contains(id) => true,
            about => self.last(about).is_some_and(|last| last.at > asked),
        };
        if !repeats {
            self.record(&line.about, &line.bytes, now);
        }
        !repeats
    }

    /// The calls of which the client believes that they are open.
    pub fn open_calls(&self) -> Vec<(DialogId, CallKind)> {
        self.calls.iter().map(|call| (call.id.clone(), call.kind)).collect()
    }

    fn last(&self, about: &About) -> Option<&Last> {
        match about {
            About::State => self.state.as_ref(),
            About::Info => self.info.as_ref(),
            About::Call { id, .. } => self.calls.iter().find(|call| call.id == *id).map(|call| &call.last),
            About::Member(id) => self.members.iter().find(|(member, _)| member == id).map(|(_, last)| last),
            About::Answer => None,
        }
    }

    fn record(&mut self, about: &About, line: &Bytes, at: Tick) {
        let last = Last { line: line.clone(), at };
        match about {
            About::State => self.state = Some(last),
            About::Info => self.info = Some(last),
            About::Call { id, left: true, .. } => {
                self.calls.retain(|call| call.id != *id);
                if self.left.len() >= MAX_LEFT {
                    self.left.pop_front();
                }
                self.left.push_back(id.clone());
            }
            About::Call { id, kind, left: false } => {
                // A call may come back, for example by a transfer in the other direction.
                self.left.retain(|left| left != id);
                self.calls.retain(|call| call.id != *id);
                if self.calls.len() >= MAX_CALLS {
                    self.calls.pop_front();
                }
                self.calls.push_back(Call { id: id.clone(), kind: *kind, last });
            }
            About::Member(id) => {
                self.members.retain(|(member, _)| member != id);
                if self.members.len() >= MAX_MEMBERS {
                    self.members.pop_front();
                }
                self.members.push_back((id.clone(), last));
            }
            About::Answer => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn call(id: u64, left: bool) -> About {
        About::Call { id: id.to_string().parse().unwrap(), kind: CallKind::Call, left }
    }

    #[test]
    fn an_event_is_not_said_twice_and_a_call_is_left_once() {
        let mut said = Said::default();
        let (a, b) = (Bytes::from_static(b"a"), Bytes::from_static(b"b"));
        assert!(said.news(&About::State, &a, 1) && !said.news(&About::State, &a, 2) && said.news(&About::State, &b, 3));
        assert!(said.news(&call(1, false), &a, 4) && !said.news(&call(1, false), &a, 5));
        assert!(said.news(&call(2, false), &a, 6));
        assert!(said.news(&call(1, true), &b, 7) && !said.news(&call(1, true), &a, 8));
        assert_eq!(said.open_calls().len(), 1);
        assert!(said.news(&call(1, false), &a, 9), "a call may come back");
        assert!(said.news(&call(1, true), &b, 10));
    }

    #[test]
    fn a_reply_is_said_unless_an_event_said_it_since_the_question() {
        let mut said = Said::default();
        let state = Line { about: About::State, bytes: Bytes::from_static(b"ready") };
        assert!(said.news(&About::State, &state.bytes, 5));
        assert!(!said.reply(&state, 4, 6), "said at 5, asked at 4");
        assert!(said.news(&About::State, &Bytes::from_static(b"talking"), 6));
        assert!(!said.reply(&state, 4, 7), "something newer was said since");
        assert!(said.reply(&state, 6, 8), "asked afterwards");
        let answer = Line { about: About::Answer, bytes: Bytes::from_static(b"x") };
        assert!(said.reply(&answer, 0, 9) && said.reply(&answer, 0, 10));
        assert!(said.news(&call(1, true), &state.bytes, 11));
        assert!(!said.reply(&Line { about: call(1, true), bytes: Bytes::new() }, 12, 13));
        let before = Line { about: call(1, false), bytes: Bytes::from_static(b"active") };
        assert!(!said.reply(&before, 10, 14), "it has ended since");
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut said = Said::default();
        for id in 0..1000 {
            said.news(&call(id, false), &Bytes::from_static(b"a"), id);
            said.news(&call(id + 5000, true), &Bytes::from_static(b"a"), id);
        }
        assert_eq!((said.calls.len(), said.left.len()), (MAX_CALLS, MAX_LEFT));
    }
}
