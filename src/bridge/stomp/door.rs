//! The legacy door behind a broker: commands from the queue to the sessions, lines to the topics of the destinations.
//!
//! The link hands on each command once, after the broker has let go of it. Here it is decided which are not carried out all
//! the same: those that have waited for too long, and those that may have been carried out already.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use bytes::Bytes;
use futures_util::FutureExt as _;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use super::link::LAST_WORDS;
use super::{Command, Happening, Happenings, Outbox};
use crate::bridge::message::{Malformed, Message};
use crate::bridge::peer::{Context, Naming, Peer, Record};
use crate::bridge::say::Target;
use crate::bridge::store::Store;
use crate::command::catalogue;
use crate::model::{Error, Reason, Timestamp};
use crate::shutdown::Tasks;

/// The state file of the agents and their destinations, and the version of its form.
pub const STATE: (&str, u32) = ("bindings", 1);
/// How long after a change of the bindings they are handed to the state file.
const KEEP_AFTER: Duration = Duration::from_millis(500);

/// What the door is told, beside what the link is.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which names destinations may have, and how lines are written there.
    pub naming: Naming,
    /// How old a command may be when it comes; zero: as old as it likes.
    pub max_command_age: Duration,
}

/// Serves the clients behind a broker until `tasks` are cancelled; `keepers` write the state file.
pub fn serve(
    options: Options,
    context: Arc<Context>,
    link: (Outbox, Happenings),
    (known, store): (Vec<Record>, Store),
    keepers: &Tasks,
    tasks: &Tasks,
) {
    let kept = Arc::new(ArcSwap::from_pointee(known.clone()));
    let peer = Peer::broker(context, options.naming, known);
    let (outbox, happenings) = link;
    let read = kept.clone();
    store.keep(keepers, move || read.load_full().as_ref().clone());
    let door = Door { peer, outbox, max_command_age: options.max_command_age, kept, store };
    let stop = tasks.token().clone();
    tasks.spawn(0, async move { door.run(happenings, &stop).await });
}

struct Door {
    peer: Peer,
    outbox: Outbox,
    max_command_age: Duration,
    kept: Arc<ArcSwap<Vec<Record>>>,
    store: Store,
}

impl Door {
    async fn run(mut self, mut happenings: Happenings, stop: &CancellationToken) {
        let mut keep_at = None::<Instant>;
        let mut tidy_at = Instant::now() + self.peer.tidy();
        loop {
            tokio::select! {
                () = stop.cancelled() => return self.stop(&mut happenings).await,
                // What is not taken stays at the broker, and the link holds up no more than a few.
                happening = happenings.next(), if self.peer.has_room() => match happening {
                    Some(happening) => {
                        self.happened(happening);
                        self.say_what_is_ready();
                    }
                    None => return,
                },
                (to, lines) = self.peer.next() => self.say(&to, &lines),
                () = sleep_until(keep_at.unwrap_or(tidy_at)), if keep_at.is_some() => {
                    keep_at = None;
                    self.keep();
                }
                () = sleep_until(tidy_at) => tidy_at = Instant::now() + self.peer.tidy(),
            }
            if keep_at.is_none() && self.peer.has_changed() {
                keep_at = Some(Instant::now() + KEEP_AFTER);
            }
        }
    }

    fn say(&self, to: &Target, lines: &Bytes) {
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let line = lines.slice_ref(line.strip_suffix(b"\n").unwrap_or(line));
            self.outbox.send(&to.name, line);
        }
    }

    /// Tells what becomes of the commands in hand, as far as that is known in a moment, and that the service is away.
    async fn stop(mut self, happenings: &mut Happenings) {
        let until = Instant::now() + LAST_WORDS;
        let stopping = Error::new(Reason::ShuttingDown, "the service stops, the command was not carried out");
        let last = async {
            // What the broker has let go of is answered here, or by nobody.
            let mut more = true;
            while more || !self.peer.is_idle() {
                tokio::select! {
                    happening = happenings.next(), if more => match happening {
                        Some(Happening::Command(command) | Happening::Lost(command)) => self.refuse(&command, &stopping),
                        Some(Happening::Last) | None => more = false,
                        Some(_) => {}
                    },
                    (to, lines) = self.peer.next() => self.say(&to, &lines),
                }
            }
        };
        let _ = timeout_at(until, last).await;
        self.peer.part_from_all();
        self.say_what_is_ready();
        // Last, so that a Connect that succeeded meanwhile is kept too.
        self.keep();
    }

    /// A flood of commands that are refused piles up no lines.
    fn say_what_is_ready(&mut self) {
        while self.peer.is_ready()
            && let Some((to, lines)) = self.peer.next().now_or_never()
        {
            self.say(&to, &lines);
        }
    }

    fn keep(&mut self) {
        if let Some(records) = self.peer.take_changed() {
            self.kept.store(Arc::new(records));
            self.store.changed();
        }
    }

    fn happened(&mut self, happening: Happening) {
        match happening {
            Happening::Up => self.peer.announce(),
            Happening::Last => {}
            Happening::Command(command) => self.command(&command),
            Happening::Lost(command) => {
                let error = Error::new(Reason::GeneralError, "the broker was lost with the command, send it again");
                self.refuse(&command, &error);
            }
            Happening::Consumers { destination, count: 0 } => self.peer.gone(&destination),
            Happening::Consumers { destination, .. } => self.peer.back(&destination),
            Happening::Dropped(destinations) => {
                for (destination, count) in destinations {
                    tracing::warn!(%destination, count, "events were dropped, the destination is told what is now");
                    self.peer.resynchronise(&destination);
                }
            }
        }
    }

    fn command(&mut self, command: &Command) {
        let message = match message(command) {
            Ok(message) => message,
            Err(why) => return self.peer.reject(&why),
        };
        match objection(command, &message, self.max_command_age, Timestamp::now()) {
            Some(error) => self.peer.refuse_message(&message, &error),
            None => self.peer.take(&message),
        }
    }

    fn refuse(&mut self, command: &Command, error: &Error) {
        match message(command) {
            Ok(message) => self.peer.refuse_message(&message, error),
            Err(why) => self.peer.reject(&why),
        }
    }
}

/// A body that can't be read is refused with the command's verb and id, so that its sender is told.
fn message(command: &Command) -> Result<Message, Malformed> {
    let body = command.body.as_ref().ok().map(secrecy::ExposeSecret::expose_secret);
    Message::from_parts(&command.kind, body)
}

/// Why a command is not carried out although it is one.
fn objection(command: &Command, message: &Message, max_age: Duration, now: Timestamp) -> Option<Error> {
    if let Err(why) = &command.body {
        return Some(Error::new(Reason::InvalidInput, why.to_string()));
    }
    let verb = catalogue::verb(&message.verb)?;
    let age = command.sent_at.and_then(|sent| Duration::try_from(now.duration_since(sent)).ok()).unwrap_or_default();
    if !max_age.is_zero() && age > max_age && !matches!(verb.name, "Hello" | "Beat" | "Connect") {
        let text = format!("the command waited for {} s and was not carried out", age.as_secs());
        return Some(Error::new(Reason::CommandExpired, text));
    }
    // Asking twice does no harm; what changes something may have done so, before another process was lost.
    (command.doubtful && verb.rpc.changing)
        .then(|| Error::new(Reason::OutcomeUnknown, "the broker delivered it before, and it may have been carried out"))
}

#[cfg(test)]
#[path = "door_tests.rs"]
mod tests;
