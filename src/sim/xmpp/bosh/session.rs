//! One BOSH session: the order of its requests and which of them is answered with what, without IO.
//!
//! Requests are worked on in the order of their ids, one ahead of its turn waits for it. One request is kept until there
//! is something to say or its time is up; a second one releases it. The last answers are kept for a client that repeats
//! a request. What comes for the user while no request is there waits in the session's bounded outbox.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

use super::body::{self, Body};
use crate::sim::hub::{Bound, Out};
use crate::sim::xmpp::stream::{Reply, Stream};

/// Requests that a client may have open at once.
pub const REQUESTS: u64 = 2;
/// Shortest time between two empty requests of a client that does not let us keep any.
const POLLING: Duration = Duration::from_secs(5);
/// Longest time without a request that a client may ask for.
const MAX_PAUSE: Duration = Duration::from_secs(300);
/// Longest time that a request is kept.
const MAX_WAIT: u64 = 300;
/// Size of an answer from which on it takes no further stanza.
const MAX_ANSWER: usize = 256 * 1024;

/// Requests that are answered now, oldest first.
pub type Answers<T> = Vec<(T, String)>;

/// A request that is kept.
#[derive(Debug)]
struct Kept<T> {
    rid: u64,
    ticket: T,
    until: Instant,
}

/// The session. `T` is what a request is answered through.
#[derive(Debug)]
pub struct Session<T> {
    stream: Stream,
    wait: Duration,
    hold: usize,
    inactivity: Duration,
    /// The request that is worked on next.
    next: u64,
    /// Requests before their turn, and since when the first of them waits.
    early: BTreeMap<u64, (Body, T)>,
    gap: Instant,
    kept: VecDeque<Kept<T>>,
    /// The last answers.
    sent: VecDeque<(u64, String)>,
    /// Said, not yet sent.
    text: String,
    bound: Option<Bound>,
    /// Since when there was no request, and how long that may last.
    quiet: Instant,
    patience: Duration,
    /// When an empty request came last.
    polled: Option<Instant>,
    login_by: Instant,
    over: bool,
}

impl<T> Session<T> {
    /// Opens a session on its first request. `inactivity` is how long it may be without one, `login` how long it may
    /// take to sign in.
    pub fn open(
        mut stream: Stream,
        first: &Body,
        ticket: T,
        now: Instant,
        inactivity: Duration,
        login: Duration,
    ) -> (Self, Answers<T>) {
        let wait = Duration::from_secs(first.wait.unwrap_or(60).min(MAX_WAIT));
        let hold = if wait.is_zero() { 0 } else { first.hold.unwrap_or(1).min(1) };
        let mut features = String::new();
        for reply in stream.open() {
            if let Reply::Send(text) = reply {
                features.push_str(&text);
            }
        }
        let (rid, sid) = (first.rid.to_string(), stream.id().to_owned());
        let (domain, numbers) =
            (stream.domain().to_owned(), [REQUESTS, inactivity.as_secs().max(1), POLLING.as_secs()]);
        let [requests, inactive, polling] = numbers.map(|number| number.to_string());
        let (waits, holds, pause) = (wait.as_secs().to_string(), hold.to_string(), MAX_PAUSE.as_secs().to_string());
        let mut attributes = vec![
            ("from", domain.as_str()),
            ("authid", &sid),
            ("sid", &sid),
            ("requests", &requests),
            ("inactivity", &inactive),
            ("polling", &polling),
            ("wait", &waits),
            ("xmlns:xmpp", "urn:xmpp:xbosh"),
            ("xmpp:version", "1.0"),
            ("xmpp:restartlogic", "true"),
        ];
        if first.recent {
            attributes.extend([("hold", holds.as_str()), ("ack", &rid), ("maxpause", &pause), ("ver", "1.6")]);
        }
        let answer = body::write(&attributes, &features);
        let session = Self {
            stream,
            wait,
            hold: usize::try_from(hold).unwrap_or_default(),
            inactivity,
            next: first.rid + 1,
            early: BTreeMap::new(),
            gap: now,
            kept: VecDeque::new(),
            sent: VecDeque::from([(first.rid, answer.clone())]),
            text: String::new(),
            bound: None,
            quiet: now,
            patience: inactivity,
            polled: None,
            login_by: now + login,
            over: false,
        };
        (session, vec![(ticket, answer)])
    }

    /// The session's id.
    pub fn id(&self) -> &str {
        self.stream.id()
    }

    /// Whether it has ended; nothing is to be asked of it then.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// The user's session, once there is one.
    pub fn bound(&mut self) -> Option<&mut Bound> {
        self.bound.as_mut()
    }

    /// Whether what comes for the user can be sent now.
    pub fn wants(&self) -> bool {
        !self.kept.is_empty()
    }

    /// When [`Session::tick`] is due.
    pub fn due(&self) -> Instant {
        let idle = match self.kept.front() {
            Some(kept) => kept.until,
            None if self.early.is_empty() => self.quiet + self.patience,
            None => self.gap + self.inactivity,
        };
        if self.bound.is_none() { idle.min(self.login_by) } else { idle }
    }

    /// A request came.
    pub fn take(&mut self, body: Body, ticket: T, now: Instant) -> Answers<T> {
        let rid = body.rid;
        if let Some((_, answer)) = self.sent.iter().find(|(sent, _)| *sent == rid) {
            return vec![(ticket, answer.clone())];
        }
        let kept = self.kept.iter_mut().find(|kept| kept.rid == rid).map(|kept| &mut kept.ticket);
        if let Some(known) = kept.or_else(|| self.early.get_mut(&rid).map(|(_, ticket)| ticket)) {
            // The client gave up the connection of the first try.
            return vec![(std::mem::replace(known, ticket), self.answer(&[], ""))];
        }
        if rid < self.next || rid >= self.next + REQUESTS {
            return self.end(Some(ticket), Some("item-not-found"));
        }
        if self.early.is_empty() {
            self.gap = now;
        }
        self.early.insert(rid, (body, ticket));
        let mut answers = Vec::new();
        while let Some((body, ticket)) = self.early.remove(&self.next) {
            self.next += 1;
            self.work(body, ticket, now, &mut answers);
        }
        answers
    }

    /// Something came for the user; `None` is the end of its outbox.
    pub fn push(&mut self, out: Option<Out>, now: Instant) -> Answers<T> {
        let mut answers = Vec::new();
        match out {
            Some(Out::Stanza(stanza)) => {
                self.text.push_str(&stanza);
                self.flush(now, &mut answers);
            }
            Some(Out::Close) | None => answers = self.end_stream(),
        }
        answers
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Instant) -> Answers<T> {
        if self.bound.is_none() && now >= self.login_by {
            return self.end(None, Some("policy-violation"));
        }
        if now < self.due() {
            return Vec::new();
        }
        match self.kept.is_empty() {
            true => self.end(None, Some("item-not-found")),
            false => {
                let mut answers = Vec::new();
                self.release(now, &mut answers);
                answers
            }
        }
    }

    fn work(&mut self, body: Body, ticket: T, now: Instant, answers: &mut Answers<T>) {
        let polled = body.is_empty().then_some(now);
        let hasty = self.polled.zip(polled).is_some_and(|(before, now)| now - before < POLLING);
        self.polled = polled;
        self.patience = body.pause.map_or(self.inactivity, |seconds| Duration::from_secs(seconds).min(MAX_PAUSE));
        self.kept.push_back(Kept { rid: body.rid, ticket, until: now + self.wait });
        if self.hold == 0 && hasty {
            return answers.extend(self.end(None, Some("policy-violation")));
        }
        let opened = if body.restart { self.stream.open() } else { Vec::new() };
        let mut goes_on = self.said(opened);
        for stanza in &body.stanzas {
            if goes_on {
                let replies = self.stream.stanza(stanza);
                goes_on = self.said(replies);
            }
        }
        if body.terminate {
            return answers.extend(self.end(None, None));
        }
        if !goes_on {
            return answers.extend(self.end_stream());
        }
        self.flush(now, answers);
        let keep = if body.pause.is_some() { 0 } else { self.hold };
        while self.kept.len() > keep {
            self.release(now, answers);
        }
    }

    /// Keeps what the stream replies. Returns whether it goes on.
    fn said(&mut self, replies: Vec<Reply>) -> bool {
        for reply in replies {
            match reply {
                Reply::Send(text) => self.text.push_str(&text),
                Reply::Bound(bound) => self.bound = Some(bound),
                // The client says when it restarts.
                Reply::Restart => {}
                Reply::StartTls | Reply::Close => return false,
            }
        }
        true
    }

    /// Sends what there is, if a request is there to send it on.
    fn flush(&mut self, now: Instant, answers: &mut Answers<T>) {
        while self.wants() && self.text.len() < MAX_ANSWER {
            match self.bound.as_mut().map(|bound| bound.outbox.try_recv()) {
                Some(Ok(Out::Stanza(stanza))) => self.text.push_str(&stanza),
                Some(Ok(Out::Close)) => return answers.extend(self.end_stream()),
                Some(Err(_)) | None => break,
            }
        }
        if !self.text.is_empty() {
            self.release(now, answers);
        }
    }

    /// Answers the oldest request that is kept with what there is.
    fn release(&mut self, now: Instant, answers: &mut Answers<T>) {
        let Some(kept) = self.kept.pop_front() else { return };
        let text = std::mem::take(&mut self.text);
        let answer = self.answer(&[], &text);
        // Of more answers than requests may be open none can be asked for again.
        while self.sent.len() >= usize::try_from(REQUESTS).unwrap_or_default() {
            self.sent.pop_front();
        }
        self.sent.push_back((kept.rid, answer.clone()));
        self.quiet = now;
        answers.push((kept.ticket, answer));
    }

    /// The stream is over, for a reason that it has said.
    fn end_stream(&mut self) -> Answers<T> {
        let condition = if self.text.contains("<stream:error") { "remote-stream-error" } else { "not-authorized" };
        self.end(None, Some(condition))
    }

    /// Answers every request, the last one with the end of the session.
    fn end(&mut self, ticket: Option<T>, condition: Option<&str>) -> Answers<T> {
        self.over = true;
        let early = std::mem::take(&mut self.early).into_values().map(|(_, ticket)| ticket);
        let all = self.kept.drain(..).map(|kept| kept.ticket).chain(early).chain(ticket).collect::<Vec<_>>();
        let last = all.len().saturating_sub(1);
        let mut attributes = vec![("type", "terminate")];
        attributes.extend(condition.map(|condition| ("condition", condition)));
        let text = std::mem::take(&mut self.text);
        let answers = all.into_iter().enumerate().map(|(at, ticket)| match at == last {
            true => (ticket, self.answer(&attributes, &text)),
            false => (ticket, self.answer(&[], "")),
        });
        answers.collect()
    }

    fn answer(&self, attributes: &[(&str, &str)], content: &str) -> String {
        let ack = (self.next - 1).to_string();
        let mut all = vec![("ack", ack.as_str())];
        all.extend_from_slice(attributes);
        body::write(&all, content)
    }
}
