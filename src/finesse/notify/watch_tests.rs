//! Watched nodes: what the server is asked, what the session is told, on one connection and over several.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::Node;
use super::effect::Framing;
use super::stream::Stream;
use super::tests::{config, connect, outputs};
use super::watch::{Watches, Wish};

fn team(id: u32) -> Node {
    Node::Team(id.to_string().parse().unwrap())
}

/// What a session asks of its link, over all its streams.
struct Link {
    wish: Wish,
    stream: Stream,
    now: Instant,
}

impl Link {
    fn up() -> Self {
        let now = Instant::now();
        let stream = connect(config(Framing::Stream, false), Watches::default(), "1001@d.test/gc-0", now);
        let mut this = Self { wish: Wish::default(), stream, now };
        assert_eq!(this.said().last().unwrap(), "[up 1001@d.test/gc-0]");
        this
    }

    fn watch(&mut self, teams: impl IntoIterator<Item = u32>) -> Vec<String> {
        self.wish.replace(teams.into_iter().map(team).collect());
        self.stream.watch(self.wish.clone(), self.now);
        self.said()
    }

    fn tell(&mut self, stanza: &str) -> Vec<String> {
        self.stream.receive(stanza.as_bytes(), self.now);
        self.said()
    }

    fn grant(&mut self, id: u32) -> Vec<String> {
        self.tell(&format!(
            "<iq type='result' id='gc-w{id}' from='pubsub.d.test'><pubsub><subscription subid='S{id}' \
             subscription='subscribed'><subscribe-options/></subscription></pubsub></iq>"
        ))
    }

    fn refuse(&mut self, id: u32) -> Vec<String> {
        self.tell(&format!(
            "<iq type='error' id='gc-w{id}' from='pubsub.d.test'><pubsub><subscribe/></pubsub>\
             <error code='404' type='cancel'><item-not-found/></error></iq>"
        ))
    }

    fn wait(&mut self, seconds: u64) -> Vec<String> {
        self.now += Duration::from_secs(seconds);
        self.stream.tick(self.now);
        self.said()
    }

    fn reconnect(self, connection: u32) -> Self {
        let Self { wish, stream, now } = self;
        let jid = format!("1001@d.test/gc-{connection}");
        Self { wish, stream: connect(config(Framing::Stream, false), stream.into_watches(), &jid, now), now }
    }

    /// Requests in short: `+5 as gc-0` subscribes, `-5 as gc-0 S1` gives up.
    fn said(&mut self) -> Vec<String> {
        outputs(&mut self.stream).iter().map(|text| short(text)).collect()
    }
}

fn short(text: &str) -> String {
    if !text.contains("<pubsub") {
        return text.to_owned();
    }
    let value = |name: &str| {
        let rest = text.split_once(&format!(" {name}='")).map(|(_, rest)| rest)?;
        rest.split('\'').next().map(str::to_owned)
    };
    let sign = if text.contains("<subscribe ") { '+' } else { '-' };
    let node: Node = value("node").unwrap().parse().unwrap();
    let Node::Team(id) = node else { panic!("no team") };
    let resource = value("jid").unwrap().rsplit('/').next().unwrap().to_owned();
    let subid = value("subid").map(|id| format!(" {id}")).unwrap_or_default();
    format!("{sign}{id} as {resource}{subid}")
}

#[test]
fn requests_are_what_the_server_wants() {
    let now = Instant::now();
    for (framing, xmlns) in [(Framing::Stream, ""), (Framing::WebSocket, " xmlns='jabber:client'")] {
        let mut stream = connect(config(framing, false), Watches::default(), "1001@d.test/gc-'0", now);
        outputs(&mut stream);
        let mut wish = Wish::default();
        wish.replace(vec![Node::Queue("10".parse().unwrap())]);
        stream.watch(wish.clone(), now);
        assert_eq!(
            outputs(&mut stream),
            [format!(
                "<iq{xmlns} type='set' id='gc-w0' to='pubsub.d.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
                 <subscribe node='/finesse/api/Queue/10' jid='1001@d.test/gc-&apos;0'/></pubsub></iq>"
            )]
        );
        let answer = "<iq type='result' id='gc-w0' from='pubsub.d.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
            <subscription node='/finesse/api/Queue/10' jid='x' subid='a&amp;b' subscription='subscribed'/></pubsub></iq>";
        stream.receive(answer.as_bytes(), now);
        assert_eq!(outputs(&mut stream), ["[watching /finesse/api/Queue/10]"]);
        wish.replace(Vec::new());
        stream.watch(wish, now);
        assert_eq!(
            outputs(&mut stream),
            [format!(
                "<iq{xmlns} type='set' id='gc-w1' to='pubsub.d.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
                 <unsubscribe node='/finesse/api/Queue/10' jid='1001@d.test/gc-&apos;0' subid='a&amp;b'/></pubsub></iq>"
            )]
        );
    }
}

#[test]
fn a_refusal_is_told_and_tried_again_when_asked() {
    let mut link = Link::up();
    assert_eq!(link.watch([5, 6]), ["+5 as gc-0", "+6 as gc-0"]);
    assert_eq!(link.refuse(0), ["[not watching /finesse/api/Team/5/Users: item-not-found]"]);
    assert_eq!(link.grant(1), ["[watching /finesse/api/Team/6/Users]"]);
    assert_eq!(link.grant(1), [""; 0], "an answer counts once");
    assert_eq!(link.watch([5, 6]), ["+5 as gc-0"]);
    let pending = "<iq type='result' id='gc-w2' from='pubsub.d.test'><pubsub><subscription subscription='pending'/></pubsub></iq>";
    assert_eq!(link.tell(pending), ["[not watching /finesse/api/Team/5/Users: pending]"]);
    assert_eq!(link.watch([6]), [""; 0], "what is not subscribed to is not given up");
}

#[test]
fn only_the_service_answers() {
    let mut link = Link::up();
    link.watch([5]);
    for from in ["", " from='1002@d.test/x'", " from='pubsub.evil'"] {
        assert_eq!(link.tell(&format!("<iq type='result' id='gc-w0'{from}/>")), [""; 0]);
    }
    assert_eq!(link.tell("<iq type='result' id='gc-w0' from='pubsub.d.test'/>").len(), 1, "few words will do");
}

#[test]
fn what_is_not_answered_in_time_waits_for_the_next_connection() {
    let mut link = Link::up();
    link.watch([5]);
    assert_eq!(link.stream.deadline(), link.now + Duration::from_secs(5));
    assert_eq!(link.wait(5), ["[not watching /finesse/api/Team/5/Users: no answer in time]"]);
    assert_eq!(link.grant(0), [""; 0], "too late");
    assert!(link.wait(5).last().unwrap().contains("<ping"), "the rest goes on");
    let mut link = link.reconnect(1);
    assert_eq!(link.said()[1..], ["+5 as gc-1".to_owned(), "-5 as gc-0".to_owned()]);
    assert_eq!(link.grant(1), ["[watching /finesse/api/Team/5/Users]"]);
}

#[test]
fn a_few_requests_at_a_time() {
    let mut link = Link::up();
    assert_eq!(link.watch(10..30).len(), 8);
    for id in 0..12 {
        let said = link.grant(id);
        assert_eq!(said, [format!("[watching /finesse/api/Team/{}/Users]", id + 10), format!("+{} as gc-0", id + 18)]);
    }
    // What is given up goes before what comes.
    assert_eq!(link.watch(20..40), [""; 0], "the window is full");
    assert_eq!(link.grant(12)[1], "-10 as gc-0 S0");
}

#[test]
fn every_connection_subscribes_anew_and_tidies_up() {
    let mut link = Link::up();
    link.watch([5, 6, 7]);
    link.grant(0);
    link.refuse(1);
    let mut link = link.reconnect(1);
    let said = link.said();
    assert_eq!(said[0], "[up 1001@d.test/gc-1]");
    assert_eq!(said[1..4], ["+5 as gc-1", "+6 as gc-1", "+7 as gc-1"]);
    assert_eq!(said[4..], ["-5 as gc-0 S0", "-7 as gc-0"], "what was refused left nothing");
    assert_eq!(link.grant(3), ["[watching /finesse/api/Team/5/Users]"]);
    assert_eq!(link.refuse(6), [""; 0], "nobody cares");
    link.stream.close();
    let said = link.said();
    assert_eq!(said[..3], ["-5 as gc-1 S3", "-6 as gc-1", "-7 as gc-1"]);
    assert_eq!(said[3..], ["<presence type='unavailable'/>", "</stream:stream>"]);
}

#[test]
fn every_node_that_comes_in_is_answered() {
    let mut link = Link::up();
    link.watch([5]);
    link.grant(0);
    assert_eq!(link.watch([5]), [""; 0], "it stayed");
    // Given up and wanted again before the link looked.
    link.wish.replace(Vec::new());
    assert_eq!(link.watch([5]), ["[watching /finesse/api/Team/5/Users]"]);
    // While it is being given up.
    assert_eq!(link.watch([]), ["-5 as gc-0 S0"]);
    assert_eq!(link.watch([5]), [""; 0]);
    assert_eq!(link.tell("<iq type='result' id='gc-w1' from='pubsub.d.test'/>"), ["+5 as gc-0"]);
    // While it is being asked for.
    assert_eq!(link.watch([]), [""; 0]);
    assert_eq!(link.grant(2), ["-5 as gc-0 S2"]);
    // More than a link takes.
    let said = link.watch(0..514);
    assert_eq!(said.iter().filter(|text| text.contains("more than 512 nodes")).count(), 2);
}

#[test]
fn nodes_are_their_paths() {
    for (path, node) in [
        ("/finesse/api/Team/5001/Users", Some(team(5001))),
        ("/finesse/api/Queue/10", Some(Node::Queue("10".parse().unwrap()))),
        ("/finesse/api/Team/5001", None),
        ("/finesse/api/Team//Users", None),
        ("/finesse/api/Queue/1/2", None),
        ("/finesse/api/User/1001", None),
        ("", None),
    ] {
        assert_eq!(path.parse().ok(), node, "{path}");
        assert!(node.is_none_or(|node| node.to_string() == path));
    }
}

/// A server that grants what is odd, once it answers.
#[derive(Default)]
struct Service {
    asked: Vec<(u32, String)>,
    next: u32,
    held: BTreeSet<String>,
}

impl Service {
    fn hear(&mut self, said: &[String], told: &mut BTreeMap<String, String>) {
        for text in said {
            if text.starts_with(['+', '-']) {
                self.asked.push((self.next, text.clone()));
                self.next += 1;
            } else if let Some((what, node)) = text.trim_matches(['[', ']']).split_once("watching ") {
                let node = node.split(':').next().unwrap();
                told.insert(node.to_owned(), format!("{what}watching"));
            }
        }
    }

    fn answer(&mut self, link: &mut Link, index: usize) -> Vec<String> {
        let (id, text) = self.asked.remove(index % self.asked.len());
        let key = text[1..].split(" S").next().unwrap().to_owned();
        let odd = key.split(' ').next().unwrap().parse::<u32>().unwrap() % 2 == 1;
        match text.starts_with('+') {
            true if odd => {
                self.held.insert(key);
                link.grant(id)
            }
            true => link.refuse(id),
            false => {
                self.held.remove(&key);
                link.tell(&format!("<iq type='result' id='gc-w{id}' from='pubsub.d.test'/>"))
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Watch(BTreeSet<u32>),
    Answer(usize),
    Reconnect,
}

proptest! {
    /// However wishes, answers and lost connections mix: in the end the server has what is wanted, nothing else, and
    /// every wanted node was answered on the last connection.
    #[test]
    fn the_server_comes_to_hold_what_is_wanted(steps in proptest::collection::vec(prop_oneof![
        proptest::collection::btree_set(0..12u32, 0..10).prop_map(Step::Watch),
        any::<usize>().prop_map(Step::Answer),
        any::<usize>().prop_map(Step::Answer),
        any::<usize>().prop_map(Step::Answer),
        Just(Step::Reconnect),
    ], 0..60)) {
        let (mut link, mut service, mut told) = (Link::up(), Service::default(), BTreeMap::new());
        let (mut wanted, mut connection) = (BTreeSet::<String>::new(), 0);
        for step in steps {
            let said = match step {
                Step::Watch(teams) => {
                    let nodes = teams.iter().map(|id| team(*id).to_string()).collect::<BTreeSet<_>>();
                    told.retain(|node: &String, _| nodes.contains(node) && wanted.contains(node));
                    wanted = nodes;
                    link.watch(teams)
                }
                Step::Answer(_) if service.asked.is_empty() => continue,
                Step::Answer(index) => service.answer(&mut link, index),
                Step::Reconnect => {
                    connection += 1;
                    // What was on its way is heard, its answers are lost.
                    while !service.asked.is_empty() {
                        let (_, text) = service.asked.remove(0);
                        let key = text[1..].split(" S").next().unwrap().to_owned();
                        let granted = key.split(' ').next().unwrap().parse::<u32>().unwrap() % 2 == 1;
                        let _ = match text.starts_with('+') {
                            true => granted && service.held.insert(key),
                            false => service.held.remove(&key),
                        };
                    }
                    told.clear();
                    link = link.reconnect(connection);
                    link.said()
                }
            };
            service.hear(&said, &mut told);
            prop_assert!(service.asked.len() <= 8);
        }
        while !service.asked.is_empty() {
            let said = service.answer(&mut link, 0);
            service.hear(&said, &mut told);
        }
        let odd = |node: &String| short_id(node) % 2 == 1;
        let held = wanted.iter().filter(|node| odd(node)).map(|node| format!("{} as gc-{connection}", short_id(node)));
        prop_assert_eq!(&service.held, &held.collect::<BTreeSet<_>>());
        for node in &wanted {
            let expected = if odd(node) { "watching" } else { "not watching" };
            prop_assert_eq!(told.get(node).map(String::as_str), Some(expected), "{}", node);
        }
    }
}

fn short_id(node: &str) -> u32 {
    node.split('/').nth(4).unwrap().parse().unwrap()
}
