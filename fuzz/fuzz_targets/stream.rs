//! What an XMPP server may send once a session is up and watches nodes: never a panic, and never many words for few.
#![no_main]

use std::sync::Arc;
use std::time::{Duration, Instant};

use generic_connector::finesse::notify::effect::{Config, Framing, Output};
use generic_connector::finesse::notify::stream::Stream;
use generic_connector::finesse::notify::watch::{Watches, Wish};
use libfuzzer_sys::fuzz_target;

const NEGOTIATION: [&str; 7] = [
    "<open/>",
    "<features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></features>",
    "<success/>",
    "<features><bind/></features>",
    "<iq type='result' id='gc-bind'><bind><jid>1@d/r</jid></bind></iq>",
    "<iq type='result' id='gc-session'/>",
    "<iq type='result' id='gc-p0'/>",
];

fuzz_target!(|stanzas: Vec<&[u8]>| {
    let now = Instant::now();
    let mut stream = Stream::new(config(), Watches::default(), now);
    for stanza in NEGOTIATION {
        stream.receive(stanza.as_bytes(), now);
    }
    let mut wish = Wish::default();
    wish.replace((0..20).filter_map(|id| format!("/finesse/api/Queue/{id}").parse().ok()).collect());
    stream.watch(wish, now);
    outputs(&mut stream);
    for (index, stanza) in stanzas.into_iter().enumerate() {
        let now = now + Duration::from_millis(index as u64 * 700);
        stream.receive(stanza, now);
        let (sent, told) = outputs(&mut stream);
        // A request of the server is answered, and an answer makes room for one request.
        assert!(sent <= 2 && told <= stanza.len() + 1);
        stream.tick(now);
        outputs(&mut stream);
    }
    let watches = stream.into_watches();
    outputs(&mut Stream::new(config(), watches, now));
});

/// How many stanzas it sends, and how much else it wants.
fn outputs(stream: &mut Stream) -> (usize, usize) {
    let (mut sent, mut told) = (0, 0);
    while let Some(output) = stream.poll() {
        match output {
            Output::Send(_) => sent += 1,
            _ => told += 1,
        }
    }
    (sent, told)
}

fn config() -> Config {
    Config {
        framing: Framing::WebSocket,
        starttls: false,
        domain: "d".to_owned(),
        pubsub: None,
        user: "1".to_owned(),
        password: Arc::new("p".to_owned().into()),
        resource: "r".to_owned(),
        step_timeout: Duration::from_secs(2),
        ping_interval: Duration::from_secs(10),
        ping_timeout: Duration::from_secs(3),
        max_stanza: 4096,
    }
}
