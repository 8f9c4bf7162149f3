//! One agent on one connection: the subscription's progress, replies that wait for their events, and what was said.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::oneshot;

use super::lines::{self, About, Ask, Line, Writer};
use super::said::{Said, Tick};
use super::say::{Say, Target};
use super::style::Style;
use crate::model::Error;
use crate::model::event::{CallKind, DialogView, Payload, Snapshot};
use crate::model::id::{Cursor, Sequence};
use crate::model::reply::Answer;
use crate::session::{Handle, Published, Subscription};

/// A reply that may only be said after an event that has not come yet.
#[derive(Debug)]
struct Held {
    as_of: Sequence,
    asked: Tick,
    lines: Vec<Line>,
}

/// Where a binding's lines go.
#[derive(Debug)]
pub struct Voice<'a> {
    /// How lines are written.
    pub style: &'a Style,
    /// The connection's time.
    pub tick: &'a mut Tick,
    /// The lines to be sent, and where to.
    pub out: &'a mut VecDeque<(Arc<Target>, Bytes)>,
}

impl Voice<'_> {
    fn tick(&mut self) -> Tick {
        *self.tick += 1;
        *self.tick
    }
}

/// An agent whose password this connection has proved.
#[derive(Debug)]
pub struct Binding {
    /// The session.
    pub handle: Handle,
    /// Which binding of the connection it is; items for an earlier one are ignored.
    pub generation: u64,
    /// Commands that have no answer yet.
    pub outstanding: usize,
    /// Whether this connection signs the agent out by force: the session's end is then no news.
    pub leaving: bool,
    /// Why the session is over, until the last command has its answer.
    pub ended: Option<Error>,
    /// Whether the agent is a supervisor, as last known.
    pub supervisor: bool,
    /// Whether the client counts as present, so that the session waits for it.
    pub present: bool,
    /// Whether the agent has signed out since.
    pub signed_out: bool,
    /// Which of its subscriptions is the latest that was asked for.
    pub asked_for: u64,
    /// Where its lines go.
    pub to: Arc<Target>,
    /// The id as the client spelled it.
    agent_id: String,
    delivered: Sequence,
    held: Vec<Held>,
    said: Said,
    /// Ends when the last list that was asked for is answered.
    last_list: Option<oneshot::Receiver<()>>,
}

/// The place of a list's answer behind those that were asked for before it. It is given up when it is dropped.
#[derive(Debug)]
pub struct Turn {
    before: Option<oneshot::Receiver<()>>,
    _answered: oneshot::Sender<()>,
}

impl Turn {
    /// Waits until the answer before it is there.
    pub async fn come(&mut self) {
        if let Some(before) = self.before.take() {
            // Nothing is ever sent: the other end is dropped.
            let _ = before.await;
        }
    }
}

impl Binding {
    /// A binding whose subscription goes on after `delivered`.
    pub fn new(
        agent_id: String,
        to: Arc<Target>,
        handle: Handle,
        generation: u64,
        subscription: &Subscription,
    ) -> Self {
        // What a client does not know yet it asks for, by GetState or Login: the snapshot is not told.
        Self {
            to,
            handle,
            generation,
            outstanding: 0,
            leaving: false,
            ended: None,
            supervisor: subscription.snapshot().is_some_and(|snapshot| snapshot.agent.supervisor),
            present: true,
            signed_out: false,
            asked_for: 0,
            agent_id,
            delivered: subscription.cursor().sequence,
            held: Vec::new(),
            said: Said::default(),
            last_list: None,
        }
    }

    /// Lets the lines go to another place, to which nothing has been said yet.
    pub fn redirect(&mut self, to: Arc<Target>) {
        self.to = to;
        self.said = Said::default();
    }

    /// After which event the subscription goes on.
    pub fn cursor(&self) -> Cursor {
        Cursor { epoch: self.handle.epoch(), sequence: self.delivered }
    }

    /// Takes a place for the answer of a list: each is read from Finesse, and their answers have one type.
    pub fn turn(&mut self) -> Turn {
        let (answered, after) = oneshot::channel();
        Turn { before: self.last_list.replace(after), _answered: answered }
    }

    /// Whether replies wait for events.
    pub fn holds_replies(&self) -> bool {
        !self.held.is_empty()
    }

    /// Says an event, and the replies that waited for it.
    pub fn event(&mut self, published: &Published, voice: &mut Voice<'_>) {
        let event = &published.event;
        if event.cursor.sequence <= self.delivered {
            // Delivered by the subscription that this one follows.
            return;
        }
        if let Payload::AgentInfo(agent) = &event.payload {
            self.supervisor = agent.supervisor;
        }
        if let Some(about) = lines::about(event) {
            let writer = self.writer(&self.agent_id, voice.style);
            // The common spelling is encoded once for all connections, another one for its own.
            let line = if event.agent_id.as_str() == self.agent_id {
                published.encoded(self.to.encoding.slot(), |event| lines::event(event, writer)).clone()
            } else {
                lines::event(event, writer)
            };
            if self.said.news(&about, &line, voice.tick()) {
                voice.out.push_back((self.to.clone(), line));
            }
        }
        self.pass(published, voice);
    }

    /// Leaves an event unsaid, and says the replies that waited for it.
    pub fn pass(&mut self, published: &Published, voice: &mut Voice<'_>) {
        self.delivered = self.delivered.max(published.event.cursor.sequence);
        self.release(voice);
    }

    /// Takes a reply: says it, or keeps it until the event that it reflects has been said. `member_id` is that
    /// of the member whom the command named, as it was sent.
    pub fn reply(&mut self, ask: Ask, answer: &Answer, member_id: Option<&str>, asked: Tick, voice: &mut Voice<'_>) {
        let lines = lines::reply(ask, &answer.reply, Writer { member_id, ..self.writer(&self.agent_id, voice.style) });
        // A question is answered even if the same was said a moment ago.
        let asked = if ask == Ask::Look { Tick::MAX } else { asked };
        self.held.push(Held { as_of: answer.as_of, asked, lines });
        self.release(voice);
    }

    /// Events were lost: says what is now, and that calls are over which were open for the client and no longer are.
    pub fn reset(&mut self, snapshot: &Snapshot, voice: &mut Voice<'_>) {
        let gone = self.said.open_calls().into_iter().filter(|(id, kind)| {
            // A consult that has become a call is over as a consult.
            let still = |view: &DialogView| *kind != CallKind::Consult || view.kind == CallKind::Consult;
            !snapshot.dialogs.iter().any(|view| view.dialog.id == *id && still(view))
        });
        let writer = self.writer(&self.agent_id, voice.style);
        let gone = gone.map(|(id, kind)| {
            let bytes = writer.write(Say::Dropped(&id, kind)).into();
            Line { about: About::Call { id, kind, left: true }, bytes }
        });
        let lines: Vec<Line> = gone.chain(lines::snapshot(snapshot, writer)).collect();
        for line in lines {
            if self.said.news(&line.about, &line.bytes, voice.tick()) {
                voice.out.push_back((self.to.clone(), line.bytes));
            }
        }
        self.delivered = snapshot.cursor.sequence;
        self.release(voice);
    }

    /// No event will come any more: whatever waits for one is said.
    pub fn release_all(&mut self, voice: &mut Voice<'_>) {
        self.delivered = Sequence(u64::MAX);
        self.release(voice);
    }

    fn writer<'a>(&self, agent_id: &'a str, style: &'a Style) -> Writer<'a> {
        Writer { encoding: self.to.encoding, style, agent_id, member_id: None }
    }

    fn release(&mut self, voice: &mut Voice<'_>) {
        let delivered = self.delivered;
        let (due, held) = std::mem::take(&mut self.held).into_iter().partition(|held| held.as_of <= delivered);
        self.held = held;
        let due: Vec<Held> = due;
        for Held { asked, lines, .. } in due {
            for line in lines {
                if self.said.reply(&line, asked, voice.tick()) {
                    voice.out.push_back((self.to.clone(), line.bytes));
                }
            }
        }
    }
}
