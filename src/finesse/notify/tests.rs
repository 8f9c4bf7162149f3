//! The protocol without a socket: framing under any chunking, negotiation, pings, hostile servers.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::effect::{Config, End, Framing, Output};
use super::framer::{Frame, FrameError, Framer};
use super::stream::Stream;
use super::watch::Watches;
use super::{Data, DownReason};

const HEADER: &str = "<?xml version='1.0'?><stream:stream from='d' id=\"1>2\" xmlns='jabber:client'>";

fn frames(chunks: &[&[u8]], max: usize) -> Result<Vec<Frame>, FrameError> {
    let mut framer = Framer::new(max);
    let mut frames = Vec::new();
    for chunk in chunks {
        framer.push(chunk, |frame| frames.push(frame))?;
        assert!(framer.buffered() <= max);
    }
    Ok(frames)
}

fn whole(text: &str) -> Result<Vec<Frame>, FrameError> {
    frames(&[text.as_bytes()], 4096)
}

const STREAM: &str = "<?xml version='1.0'?><stream:stream a='x>y' b=\"it's\"> \n<a/><b c='/'>t&lt;<d e=\">\"/></b>\
    <m><![CDATA[ </m> ]] ]]></m><message to='x'>é<body>hello</body></message></stream:stream>";

#[test]
fn a_stream_is_cut_into_stanzas() {
    let stanza = |text: &str| Frame::Stanza(text.as_bytes().to_vec());
    assert_eq!(
        whole(STREAM).unwrap(),
        [
            Frame::Open(b"<stream:stream a='x>y' b=\"it's\">".to_vec()),
            stanza("<a/>"),
            stanza("<b c='/'>t&lt;<d e=\">\"/></b>"),
            stanza("<m><![CDATA[ </m> ]] ]]></m>"),
            stanza("<message to='x'>é<body>hello</body></message>"),
            Frame::Close,
        ]
    );
}

#[test]
fn limits_and_what_xmpp_forbids_end_the_stream() {
    let after = |text: &str| whole(&format!("{HEADER}{text}")).unwrap_err();
    assert_eq!(whole("<!DOCTYPE a [<!ENTITY b 'c'>]>").unwrap_err(), FrameError::Forbidden);
    assert_eq!(after("<!-- c -->"), FrameError::Forbidden);
    assert_eq!(after("<a><!-- c --></a>"), FrameError::Forbidden);
    assert_eq!(after("<a><?pi x?></a>"), FrameError::Forbidden);
    assert_eq!(after("<?xml version='1.0'?>"), FrameError::Forbidden);
    assert_eq!(after("text"), FrameError::Malformed);
    assert_eq!(after("<a <b>"), FrameError::Malformed);
    assert_eq!(after("< a>"), FrameError::Malformed);
    assert_eq!(after(&"<a>".repeat(10_000)), FrameError::TooDeep);
    assert_eq!(after(&format!("<a {}>", "b='' ".repeat(65))), FrameError::TagTooLarge);
    assert_eq!(
        frames(&[HEADER.as_bytes(), format!("<a b='{}", "x".repeat(20_000)).as_bytes()], 99_999),
        Err(FrameError::TagTooLarge)
    );
    assert_eq!(whole("HTTP/1.1 400 Bad Request\r\n").unwrap_err(), FrameError::Malformed);
}

#[test]
fn an_oversized_stanza_is_passed_over_without_being_kept() {
    let big = format!("{HEADER}<a>{}</a><b/>", "x".repeat(1000));
    let chunks: Vec<&[u8]> = big.as_bytes().chunks(7).collect();
    assert_eq!(frames(&chunks, 100).unwrap()[1..], [Frame::Oversized, Frame::Stanza(b"<b/>".to_vec())]);
    let endless = format!("{HEADER}<a>{}", "x".repeat(10_000));
    assert_eq!(frames(&[endless.as_bytes()], 100), Err(FrameError::Endless));
}

proptest! {
    #[test]
    fn any_chunking_gives_the_same_frames(cuts in proptest::collection::vec(0..STREAM.len(), 0..20)) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        let bytes = STREAM.as_bytes();
        let mut chunks = Vec::new();
        let mut from = 0;
        for cut in cuts {
            chunks.push(&bytes[from..cut]);
            from = cut;
        }
        chunks.push(&bytes[from..]);
        prop_assert_eq!(frames(&chunks, 4096).unwrap(), whole(STREAM).unwrap());
    }

    #[test]
    fn no_bytes_make_a_framer_or_a_stream_panic(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), proptest::sample::select(b"<>/!?'\"=[]-CDAT a".to_vec())], 0..400),
        websocket in any::<bool>(),
    ) {
        let _ = frames(&[HEADER.as_bytes(), &bytes], 64);
        let mut stream = if websocket { up(Framing::WebSocket) } else { up(Framing::Stream) };
        stream.receive(&bytes, Instant::now());
        while stream.poll().is_some() {}
    }
}

pub(super) fn config(framing: Framing, starttls: bool) -> Config {
    Config {
        framing,
        starttls,
        domain: "d.test".to_owned(),
        pubsub: Some("pubsub.d.test".to_owned()),
        user: "1001".to_owned(),
        password: Arc::new("p<w".into()),
        resource: "gc-1".to_owned(),
        step_timeout: Duration::from_secs(5),
        ping_interval: Duration::from_secs(10),
        ping_timeout: Duration::from_secs(3),
        max_stanza: 100_000,
    }
}

/// All that the stream wants done, what it sends as text.
pub(super) fn outputs(stream: &mut Stream) -> Vec<String> {
    std::iter::from_fn(|| stream.poll())
        .map(|output| match output {
            Output::Send(text) => text,
            Output::StartTls => "[starttls]".to_owned(),
            Output::Up(jid) => format!("[up {jid}]"),
            Output::Notification(n) => format!("[{} {}]", n.node, n.item_id),
            Output::Watching(node) => format!("[watching {node}]"),
            Output::NotWatching(node, why) => format!("[not watching {node}: {why}]"),
            Output::Skipped(why) => format!("[skipped {why}]"),
            Output::End(end) => format!("[end {end:?}]"),
        })
        .collect()
}

const PLAIN: &str = "<stream:features><mechanisms><mechanism>SCRAM-SHA-1</mechanism><mechanism>PLAIN</mechanism></mechanisms>\
    <compression><method>zlib</method></compression></stream:features>";
const BIND: &str = "<stream:features><bind/><session><optional/></session></stream:features>";
const BOUND: &str = "<iq type='result' id='gc-bind' to='d.test/abc'><bind><jid>1001@d.test/gc-1</jid></bind></iq>";

/// A stream that is up, its outputs taken.
fn up(framing: Framing) -> Stream {
    let mut stream = connect(config(framing, false), Watches::default(), "1001@d.test/gc-1", Instant::now());
    assert_eq!(outputs(&mut stream), ["[up 1001@d.test/gc-1]"]);
    stream
}

/// A stream that has just come up as `jid`.
pub(super) fn connect(config: Config, watches: Watches, jid: &str, now: Instant) -> Stream {
    let header = if config.framing == Framing::Stream { HEADER } else { "<open/>" };
    let mut stream = Stream::new(config, watches, now);
    let bound = BOUND.replace("1001@d.test/gc-1", jid);
    for text in [header, PLAIN, "<success/>", header, BIND, bound.as_str(), "<iq type='result' id='gc-session'/>"] {
        stream.receive(text.as_bytes(), now);
    }
    outputs(&mut stream);
    stream.receive(b"<iq type='result' id='gc-p0'/>", now);
    stream
}

#[test]
fn negotiation_with_starttls() {
    let now = Instant::now();
    let mut stream = Stream::new(config(Framing::Stream, true), Watches::default(), now);
    assert!(outputs(&mut stream)[0].starts_with("<?xml version='1.0'?><stream:stream to='d.test'"));
    let offer = "<stream:features><starttls/><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>";
    stream.receive(format!("{HEADER}{offer}").as_bytes(), now);
    assert_eq!(outputs(&mut stream), ["<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"]);
    // What an attacker puts behind `proceed` in the clear is thrown away.
    stream.receive(format!("<proceed/>{HEADER}{PLAIN}").as_bytes(), now);
    assert_eq!(outputs(&mut stream), ["[starttls]"]);
    stream.tls_started(now);
    stream.receive(format!("{HEADER}{PLAIN}").as_bytes(), now);
    let sent = outputs(&mut stream);
    assert_eq!(sent[1], "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwMDEAcDx3</auth>");
    stream.receive(b"<success/>", now);
    stream.receive(format!("{HEADER}{BIND}").as_bytes(), now);
    assert!(outputs(&mut stream)[1].contains("<resource>gc-1</resource>"));
    stream.receive(BOUND.as_bytes(), now);
    stream.receive(b"<iq type='error' id='gc-session'><error/></iq>", now);
    let sent = outputs(&mut stream);
    assert_eq!(sent[1], "<presence><priority>0</priority></presence>");
    assert!(sent[2].contains("<ping"), "its answer tells that presence has taken effect");
    stream.receive(b"<iq type='result' id='gc-p0'/>", now);
    assert_eq!(outputs(&mut stream), ["[up 1001@d.test/gc-1]"]);
}

#[test]
fn what_stops_a_negotiation_is_typed() {
    let end = |starttls, text: &str| {
        let now = Instant::now();
        let mut stream = Stream::new(config(Framing::Stream, starttls), Watches::default(), now);
        stream.receive(HEADER.as_bytes(), now);
        stream.receive(text.as_bytes(), now);
        std::iter::from_fn(|| stream.poll()).find_map(|o| if let Output::End(end) = o { Some(end) } else { None })
    };
    assert_eq!(end(true, PLAIN), Some(End::Down(DownReason::NoTls)));
    let scram = "<features><mechanisms><mechanism>SCRAM-SHA-1</mechanism></mechanisms></features>";
    assert_eq!(end(false, scram), Some(End::Down(DownReason::NoPlainMechanism)));
    let refused = format!("{PLAIN}<failure><not-authorized/><text>no</text></failure>");
    assert_eq!(end(false, &refused), Some(End::Refused("not-authorized".to_owned())));
    let later = format!("{PLAIN}<failure><temporary-auth-failure/></failure>");
    assert_eq!(end(false, &later), Some(End::Down(DownReason::Stream("temporary-auth-failure".to_owned()))));
    assert_eq!(end(false, "</stream:stream>"), Some(End::Down(DownReason::Closed)));
    assert_eq!(end(false, "<stream:error><conflict/></stream:error>"), Some(End::Conflict));
    assert!(matches!(end(false, "garbage"), Some(End::Down(DownReason::Protocol(_)))));
    let mut slow = Stream::new(config(Framing::Stream, false), Watches::default(), Instant::now());
    let late = slow.deadline();
    slow.tick(late);
    assert_eq!(outputs(&mut slow).last().unwrap(), "[end Down(NegotiationTimeout)]");
}

#[test]
fn pings_find_a_silent_server() {
    let mut stream = up(Framing::WebSocket);
    let due = stream.deadline();
    stream.tick(due);
    let ping = outputs(&mut stream);
    assert_eq!(
        ping,
        ["<iq xmlns='jabber:client' type='get' id='gc-p1' to='d.test'><ping xmlns='urn:xmpp:ping'/></iq>"]
    );
    stream.receive(b"<iq type='result' id='gc-p1'/>", due);
    assert_eq!(stream.deadline(), due + Duration::from_secs(10));
    let due = stream.deadline();
    stream.tick(due);
    stream.tick(due + Duration::from_secs(3));
    assert_eq!(outputs(&mut stream).last().unwrap(), "[end Down(PingTimeout)]");
}

#[test]
fn every_request_of_the_server_is_answered() {
    let mut stream = up(Framing::Stream);
    let now = Instant::now();
    stream.receive(b"<iq type='get' id='a&amp;b' from='d.test'><ping xmlns='urn:xmpp:ping'/></iq>", now);
    stream.receive(b"<iq type='get' id='2' from='x'><query xmlns='disco'/></iq><iq type='result' id='3'/>", now);
    stream.receive(b"<presence from='x'/><message><body>hi</body></message>", now);
    let sent = outputs(&mut stream);
    assert_eq!(sent[0], "<iq type='result' id='a&amp;b' to='d.test'></iq>");
    assert!(sent[1].starts_with("<iq type='error' id='2' to='x'><error type='cancel'><service-unavailable"));
    assert_eq!(sent.len(), 2);
    stream.close();
    assert_eq!(outputs(&mut stream), ["<presence type='unavailable'/>", "</stream:stream>"]);
}

fn event(from: &str, content: &str) -> String {
    format!("<message from='{from}' to='1001@d.test'><event xmlns='x'>{content}</event><delay/></message>")
}

#[test]
fn only_the_service_publishes_and_each_item_is_read() {
    let now = Instant::now();
    let item = |id: &str, text: &str| format!("<item id='{id}'><n:notification>{text}</n:notification></item>");
    let good = "&lt;update&gt;&lt;event&gt;put&lt;/event&gt;&lt;data/&gt;&lt;/update&gt;";
    let items = |content: &str| format!("<p:items node='/n'>{content}</p:items>");
    let mut stream = up(Framing::WebSocket);
    let mut tell = |from: &str, content: &str| {
        stream.receive(event(from, content).as_bytes(), now);
        outputs(&mut stream)
    };
    let two = items(&format!("{}{}", item("1", good), item("2", "<![CDATA[<Update/>]]>")));
    assert_eq!(tell("pubsub.d.test", &two), ["[/n 1]", "[/n 2]"]);
    assert_eq!(tell("PUBSUB.D.TEST", &items(&item("1", good))), ["[/n 1]"]);
    for stranger in ["1002@d.test/x", "pubsub.d.test.evil", "pubsub.evil", "1002@pubsub.d.test", ""] {
        assert!(tell(stranger, &items(&item("1", good))).is_empty());
    }
    let mixed = items(&format!("<retract id='0'/>{}{}{}", item("1", ""), item("2", "not xml"), item("3", good)));
    assert_eq!(tell("pubsub.d.test", &mixed), ["[skipped notification not readable]", "[/n 3]"]);
    for other in ["<subscription node='/n'/>", "<delete node='/n'/>", "<configuration/>", "<items node='/n'/>"] {
        assert!(tell("pubsub.d.test", other).is_empty());
    }
    assert_eq!(tell("pubsub.d.test", "<items><item>"), ["[skipped stanza not readable]"]);
}

#[test]
fn an_item_says_whether_it_is_old() {
    let mut stream = up(Framing::WebSocket);
    let content = "<items node='/n'><item id='1'><notification>&lt;Update/&gt;</notification></item></items>";
    stream.receive(event("pubsub.d.test", content).as_bytes(), Instant::now());
    let Some(Output::Notification(notification)) = stream.poll() else { panic!("no notification") };
    assert!(notification.delayed);
    assert_eq!(notification.update.data, Data::Other);
}
