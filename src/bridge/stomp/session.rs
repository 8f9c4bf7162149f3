//! What is under way on one connection: subscriptions, lines that are brought, acknowledgements that are asked for.

use std::collections::VecDeque;

use super::frame::Frame;
use super::options::Options;
use super::outbox::Outbox;
use super::socket::{Fault, Socket};

/// Lines that the broker has not confirmed, and bytes that wait to be written, before it gets more.
const WINDOW: u64 = 512;
const BACKLOG: usize = 256 * 1024;
/// How many lines one receipt covers at most; each has its own after the broker refused something.
const COVERED: u64 = 32;
/// The topics on which ActiveMQ tells who consumes from topics.
pub(super) const ADVISORIES: &str = "/topic/ActiveMQ.Advisory.Consumer.Topic.";

/// What is under way on one connection.
pub(super) struct Session {
    pub socket: Socket,
    /// Messages that are not acknowledged yet, and the names of their acknowledgements.
    pub waiting: VecDeque<(String, String)>,
    /// Messages whose acknowledgement is not confirmed, with their receipts.
    pub taking: VecDeque<(u64, String)>,
    /// The receipt of the lines that are sent next, and the last one that came.
    lines: u64,
    lines_confirmed: u64,
    /// How many lines one receipt covers at most.
    cover: u64,
    pub said_goodbye: bool,
}

impl Session {
    /// `careful`: each line gets a receipt of its own, so that it is known which of them the broker refuses.
    pub fn new(socket: Socket, careful: bool) -> Self {
        let (waiting, taking, cover) = (VecDeque::new(), VecDeque::new(), if careful { 1 } else { COVERED });
        Self { socket, waiting, taking, lines: 1, lines_confirmed: 0, cover, said_goodbye: false }
    }

    /// The next frame that has come already. That a line is refused does not end the connection: others may be taken.
    ///
    /// # Errors
    /// [`Fault`] when the connection is of no use any more.
    pub fn frame(&mut self, outbox: &Outbox) -> Result<Option<Frame>, Fault> {
        loop {
            match self.socket.frame() {
                Err(Fault::Refused { text, receipt: Some(receipt) }) if receipt.starts_with("lines-") => {
                    let number = receipt.trim_start_matches("lines-").parse().unwrap_or(0);
                    let destination = outbox.refused(number);
                    tracing::warn!(?destination, text, "the broker does not take what is said to a destination");
                    self.confirmed(number, outbox);
                }
                frame => return frame,
            }
        }
    }

    pub fn subscribe(&mut self, options: &Options) {
        let (queue, priority) = (format!("/queue/{}", options.queue), options.priority.to_string());
        let prefetch = options.prefetch.to_string();
        let headers = [
            ("id", "commands"),
            ("destination", queue.as_str()),
            ("ack", "client-individual"),
            ("activemq.priority", priority.as_str()),
            ("activemq.prefetchSize", prefetch.as_str()),
        ];
        if options.watch_consumers {
            let topic = format!("{ADVISORIES}>");
            let ours = format!("/topic/ActiveMQ.Advisory.Consumer.Queue.{}", options.queue);
            self.socket.put("SUBSCRIBE", &[("id", "consumers"), ("destination", &topic), ("ack", "auto")], b"");
            // A broker that tells of consumers tells of the one that is us, too.
            self.socket.put("SUBSCRIBE", &[("id", "consumers-ours"), ("destination", &ours), ("ack", "auto")], b"");
        }
        self.socket.put("SUBSCRIBE", &headers, b"");
    }

    pub fn has_window(&self) -> bool {
        self.lines - self.lines_confirmed <= WINDOW / COVERED && self.socket.backlog() < BACKLOG
    }

    /// Sends lines as far as the broker may get them; the last of a few asks for a receipt.
    pub fn bring(&mut self, outbox: &Outbox) {
        let mut covered = 0;
        let mut next = self.has_window().then(|| outbox.next(self.lines)).flatten();
        while let Some(line) = next.take() {
            let receipt = format!("lines-{}", self.lines);
            covered += 1;
            let full = covered == self.cover;
            if full {
                covered = 0;
                self.lines += 1;
            }
            if self.has_window() {
                next = outbox.next(self.lines);
            }
            let destination = format!("/topic/{}", line.destination);
            let mut headers = vec![("destination", destination.as_str())];
            if full || next.is_none() {
                headers.push(("receipt", &receipt));
            }
            self.socket.put("SEND", &headers, &line.body);
            if next.is_none() && !full {
                self.lines += 1;
            }
        }
    }

    pub fn confirmed(&mut self, number: u64, outbox: &Outbox) {
        self.lines_confirmed = self.lines_confirmed.max(number);
        outbox.confirmed(number);
    }

    /// Whether nothing that was brought is unconfirmed.
    pub fn has_brought_all(&self) -> bool {
        self.lines_confirmed + 1 == self.lines
    }

    /// The messages whose acknowledgement a receipt confirms.
    pub fn taken(&mut self, number: u64) -> Vec<String> {
        let covered = self.taking.iter().take_while(|(receipt, _)| *receipt <= number).count();
        self.taking.drain(..covered).map(|(_, id)| id).collect()
    }
}
