//! Parsing alone: one notification's bytes to the typed update, in this process, without a socket.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use allocation_counter::measure as allocations;
use anyhow::{Result, ensure};
use generic_connector::finesse::notify::effect::{Config, Framing, Output};
use generic_connector::finesse::notify::stream::Stream;
use generic_connector::finesse::notify::watch::Watches;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

use super::Bench;
use crate::measure::{Figure, Unit};
use crate::report::Goal;
use crate::roles::others::{PUGIXML, Pugixml};
use crate::stage::{Agent, Sim, place_calls};
use crate::wire::http::{Http, control};
use crate::wire::xmpp::Xmpp;

/// What an XMPP server says until a session is there.
const NEGOTIATION: [&str; 9] = [
    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>",
    "<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>",
    "<success/>",
    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>",
    "<stream:features><bind/></stream:features>",
    "<iq type='result' id='gc-bind'><bind><jid>100001@fin-a.gc.test/r</jid></bind></iq>",
    "<iq type='result' id='gc-session'/>",
    "<iq type='result' id='gc-p0'/>",
    " ",
];

/// The row.
pub fn run(bench: &mut Bench) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stanza = runtime.block_on(notification())?;
    let times = bench.size(5_000, 20_000);
    let now = Instant::now();
    let mut stream = Stream::new(config(), Watches::default(), now);
    for words in NEGOTIATION {
        stream.receive(words.as_bytes(), now);
        while stream.poll().is_some() {}
    }
    let mut updates = 0;
    let mut ours = || {
        stream.receive(&stanza, now);
        while let Some(output) = stream.poll() {
            updates += usize::from(matches!(black_box(output), Output::Notification(_)));
        }
    };
    let counted = allocations(&mut ours);
    let pugixml = Pugixml::compile()?;
    let (mut floor, mut plain, mut own) = (Figure::default(), Figure::default(), Figure::default());
    let mut tree = Figure::default();
    for _ in 0..bench.size(7, 15) {
        floor.push(timed(times, || {
            black_box(memchr::memchr2_iter(b'<', b'&', &stanza).count());
        }));
        plain.push(timed(times, || {
            black_box(two_levels(&stanza));
        }));
        if let Some(pugixml) = &pugixml {
            tree.push(pugixml.timed(&stanza, times)?);
        }
        own.push(timed(times, &mut ours));
    }
    ensure!(updates > times, "the stanza was not read as a notification");
    ensure!(two_levels(&stanza) > 50, "quick-xml did not find the inner document");
    let report = &mut bench.report;
    report.section(
        "Parsing a notification",
        &format!(
            "The {} bytes of a changed call with ten variables, as the simulator sent them. The floor looks for `<` and `&` once; plain quick-xml walks \
             both documents and builds nothing but the inner text; pugixml (C++, a process of its own) makes a tree of each; ours frames, parses and \
             builds the typed update.",
            stanza.len()
        ),
    );
    report.line("memchr floor", Unit::Microseconds, &floor);
    report.line("plain quick-xml, both levels", Unit::Microseconds, &plain);
    let mut baselines = vec![("quick-xml", &plain)];
    match &pugixml {
        Some(_) => {
            report.line("pugixml, both levels", Unit::Microseconds, &tree);
            baselines.push(("pugixml", &tree));
        }
        None => report.missing("pugixml, both levels", PUGIXML),
    }
    for (name, baseline) in &baselines {
        report.against("bytes to typed update", Unit::Microseconds, &own, name, baseline);
    }
    report.line("allocations", Unit::Count, &Figure::once(counted.count_total as f64));
    report.line("allocated", Unit::KiB, &Figure::once(counted.bytes_total as f64 / 1_024.0));
    let goal = |what: &str, figure, must, stretch, unit| Goal {
        id: "P5",
        what: what.to_owned(),
        figure,
        must,
        stretch,
        unit,
        more: false,
    };
    report.goal(goal("notification to typed event", own.median(), Some(8.0), 6.0, "µs"), &baselines);
    report.goal(goal("allocations of it", counted.count_total as f64, None, 6.0, ""), &[]);
    Ok(())
}

/// Microseconds for one of many times.
fn timed(times: usize, mut work: impl FnMut()) -> f64 {
    let begun = Instant::now();
    (0..times).for_each(|_| work());
    begun.elapsed().as_nanos() as f64 / 1_000.0 / times as f64
}

/// A real one, from the simulator.
async fn notification() -> Result<Vec<u8>> {
    let sim = Sim::start(2)?;
    let mut agents = [Agent::number(0)];
    let mut session = Xmpp::connect(&sim.xmpp, &agents[0].id, "parse").await?;
    let (status, _) = Http::connect(&sim.http).await?.send(&agents[0].sign_in_request()).await?;
    ensure!(status == 202, "sign-in: {status}");
    place_calls(&sim, &mut agents).await?;
    let load = json!({ "users": [agents[0].id], "per_second": 1, "count": 1 });
    control(&sim.control, "/load", &load).await?;
    // The last of what comes without a pause.
    let mut last = session.next().await?;
    while let Ok(next) = tokio::time::timeout(Duration::from_millis(200), session.next()).await {
        last = next?;
    }
    Ok(last.to_vec())
}

/// Both documents by quick-xml's own events, of which it makes one for each entity: how many there are within.
fn two_levels(stanza: &[u8]) -> usize {
    let mut reader = Reader::from_reader(stanza);
    let mut inner = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(text)) => inner.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(character)) => inner.push(character),
                _ => inner.push_str(match &*reference.xml10_content() {
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "&",
                }),
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let mut reader = Reader::from_str(&inner);
    let mut events = 0;
    while !matches!(reader.read_event(), Ok(Event::Eof) | Err(_)) {
        events += 1;
    }
    events
}

fn config() -> Config {
    Config {
        framing: Framing::Stream,
        starttls: false,
        domain: "fin-a.gc.test".to_owned(),
        pubsub: None,
        user: "100001".to_owned(),
        password: Arc::new("p".to_owned().into()),
        resource: "r".to_owned(),
        step_timeout: Duration::from_secs(60),
        ping_interval: Duration::from_secs(60),
        ping_timeout: Duration::from_secs(60),
        max_stanza: 64 * 1_024,
    }
}
