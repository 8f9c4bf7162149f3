//! What one BOSH session answers to which request, on a clock of its own.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use tokio::time::Instant;

use super::body::Body;
use super::session::Session;
use crate::sim::engine::Engine;
use crate::sim::xmpp::framing::Framing;
use crate::sim::xmpp::stream::Stream;
use crate::sim::{ClockMode, Options, Side};

const PING: &str = "<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>";

/// A session whose requests are answered through their own names.
struct Client {
    session: Session<&'static str>,
    now: Instant,
}

impl Client {
    fn open(attributes: &str) -> (Self, String) {
        let options = Options { clock: ClockMode::Stepped, ..Options::default() };
        let stream = Stream::new(Engine::new(options), Side::A, Framing::Bosh);
        let first = Body::parse(&format!("<body rid='10' {attributes}/>")).unwrap();
        let (now, times) = (Instant::now(), (Duration::from_secs(30), Duration::from_secs(10)));
        let (session, mut answers) = Session::open(stream, &first, "first", now, times.0, times.1);
        assert_eq!(answers.len(), 1);
        (Self { session, now }, answers.remove(0).1)
    }

    /// One that is signed in, with the next request at 13.
    fn signed_in(attributes: &str) -> Self {
        let mut client = Self::open(attributes).0;
        let auth = "<auth mechanism='PLAIN'>ADEwMDEAZGVtbw==</auth>";
        assert!(client.ask(11, "", auth, "auth")[0].1.contains("<success"));
        client.now += Duration::from_secs(6);
        let bind = "<iq type='set' id='b'><bind><resource>r</resource></bind></iq>";
        assert!(client.ask(12, "", bind, "bind")[0].1.contains("<jid>1001@"));
        client.now += Duration::from_secs(6);
        client
    }

    fn ask(&mut self, rid: u64, attributes: &str, content: &str, ticket: &'static str) -> Vec<(&'static str, String)> {
        let text = format!("<body rid='{rid}' sid='s' {attributes}>{content}</body>");
        self.session.take(Body::parse(&text).unwrap(), ticket, self.now)
    }

    fn pass(&mut self, seconds: u64) -> Vec<(&'static str, String)> {
        self.now += Duration::from_secs(seconds);
        self.session.tick(self.now)
    }
}

/// Who was answered, and how: `-` with nothing, `+` with something, `!` with the end.
fn brief(answers: &[(&'static str, String)]) -> Vec<String> {
    let mark = |text: &str| match () {
        () if text.contains("type=\"terminate\"") => '!',
        () if text.ends_with("/>") && text.matches('<').count() == 1 => '-',
        () => '+',
    };
    answers.iter().map(|(ticket, text)| format!("{ticket}{}", mark(text))).collect()
}

#[test]
fn the_first_answer_tells_the_terms() {
    let (_, recent) = Client::open("wait='60' hold='3' ver='1.6'");
    for part in ["requests=\"2\"", "inactivity=\"30\"", "polling=\"5\"", "wait=\"60\"", "hold=\"1\"", "ack=\"10\""] {
        assert!(recent.contains(part), "{part} in {recent}");
    }
    assert!(recent.contains("from=\"fin-a.gc.test\"") && recent.contains("<mechanism>PLAIN</mechanism>"), "{recent}");
    let (_, old) = Client::open("");
    assert!(!old.contains("maxpause") && !old.contains("hold="), "{old}");
}

#[test]
fn requests_are_worked_on_in_order_and_one_is_kept() {
    let mut client = Client::signed_in("wait='60' hold='1'");
    assert!(brief(&client.ask(13, "", "", "a")).is_empty(), "kept");
    assert_eq!(brief(&client.ask(14, "", "", "b")), ["a-"], "the newer one is kept instead");
    assert_eq!(brief(&client.ask(15, "", PING, "c")), ["b+"], "the older one carries the answer");
    assert!(brief(&client.ask(17, "", PING, "e")).is_empty(), "ahead of its turn");
    let both = client.ask(16, "", "<presence/>", "d");
    assert_eq!(brief(&both), ["c-", "d+"]);
    assert!(both[1].1.contains("ack=\"17\""), "{}", both[1].1);
    assert_eq!(brief(&client.pass(60)), ["e-"], "its time is up");
}

#[test]
fn a_repeated_request_gets_the_same_answer_and_is_not_worked_on_again() {
    let mut client = Client::signed_in("wait='60' hold='1'");
    let answer = client.ask(13, "", PING, "a").remove(0).1;
    assert_eq!(client.ask(13, "", PING, "a2"), [("a2", answer)]);
    assert!(client.ask(14, "", "", "b").is_empty());
    assert_eq!(brief(&client.ask(14, "", "", "b2")), ["b-"], "the first try is let go");
    assert_eq!(brief(&client.ask(15, "", "", "c")), ["b2-"]);
    assert_eq!(brief(&client.ask(12, "", "", "old")), ["c-", "old!"], "too old to be known");
    assert!(client.session.is_over());
}

#[test]
fn a_request_out_of_the_window_ends_the_session() {
    let mut client = Client::signed_in("wait='60' hold='1'");
    assert!(client.ask(13, "", "", "a").is_empty());
    let end = client.ask(16, "", "", "far");
    assert_eq!(brief(&end), ["a-", "far!"]);
    assert!(end[1].1.contains("condition=\"item-not-found\""), "{}", end[1].1);
}

#[test]
fn silence_ends_the_session_and_a_pause_lengthens_it() {
    let mut client = Client::signed_in("wait='20' hold='1'");
    assert!(client.ask(13, "", "", "a").is_empty());
    assert_eq!(brief(&client.pass(20)), ["a-"]);
    assert!(client.pass(29).is_empty() && !client.session.is_over());
    assert_eq!(brief(&client.ask(14, "pause='120'", "", "b")), ["b-"], "a pause is answered at once");
    client.pass(119);
    assert!(!client.session.is_over());
    client.pass(1);
    assert!(client.session.is_over());
    let mut gap = Client::signed_in("");
    assert!(gap.ask(14, "", "", "early").is_empty());
    assert_eq!(brief(&gap.pass(30)), ["early!"], "the one before it never came");
}

#[test]
fn a_client_that_polls_has_to_take_its_time() {
    let mut client = Client::signed_in("wait='0' hold='1'");
    assert_eq!(brief(&client.ask(13, "", "", "a")), ["a-"]);
    client.now += Duration::from_secs(5);
    assert_eq!(brief(&client.ask(14, "", "", "b")), ["b-"]);
    assert_eq!(brief(&client.ask(15, "", PING, "c")), ["c+"], "with something to say at any time");
    client.now += Duration::from_secs(5);
    assert_eq!(brief(&client.ask(16, "", "", "d")), ["d-"]);
    client.now += Duration::from_secs(4);
    let hasty = client.ask(17, "", "", "e");
    assert!(hasty[0].1.contains("condition=\"policy-violation\""), "{}", hasty[0].1);
}

#[test]
fn the_end_is_said_to_the_last_request() {
    let mut client = Client::signed_in("wait='60' hold='1'");
    assert!(client.ask(13, "", "", "a").is_empty());
    let ended = client.ask(14, "type='terminate'", "<presence type='unavailable'/>", "b");
    assert_eq!(brief(&ended), ["a-", "b!"]);
    assert!(!ended[1].1.contains("condition"), "{}", ended[1].1);
    let mut slow = Client::open("").0;
    assert!(slow.ask(11, "", "", "a").is_empty());
    assert!(slow.pass(10)[0].1.contains("policy-violation"), "a login takes 10 s at most");
    let mut eager = Client::open("").0;
    let refused = eager.ask(11, "", PING, "a");
    assert!(refused[0].1.contains("condition=\"remote-stream-error\"") && refused[0].1.contains("<not-authorized"));
}

proptest::proptest! {
    #[test]
    fn every_request_is_answered_at_most_once_and_all_at_the_end(
        asked in proptest::collection::vec((10_u64..24, 0_u8..6, 0_u64..8), 0..40),
    ) {
        let mut client = Client::signed_in("wait='20' hold='1'");
        let (mut open, mut ended) = (0_usize, false);
        for (rid, kind, seconds) in asked {
            let (attributes, content) = match kind {
                0 => ("", PING),
                1 => ("type='terminate'", ""),
                2 => ("pause='9'", ""),
                _ => ("", ""),
            };
            let mut answers = client.pass(seconds);
            if !client.session.is_over() {
                open += 1;
                answers.extend(client.ask(rid, attributes, content, "x"));
            }
            open = open.checked_sub(answers.len()).unwrap();
            ended |= answers.iter().any(|(_, text)| text.contains("terminate"));
            proptest::prop_assert!(open <= 2, "{} open", open);
            if client.session.is_over() {
                proptest::prop_assert_eq!(open, 0);
            }
        }
        proptest::prop_assert!(!ended || client.session.is_over());
    }
}
