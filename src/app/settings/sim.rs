//! Section `sim`: the embedded simulator.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use crate::config::Reader;
use crate::sim::{ClockMode, Flavour, Options, Second, Seed};

/// Longest duration that makes sense anywhere in the section.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What is said of the simulator.
#[derive(Debug)]
pub struct SimSettings {
    /// Whether `serve` runs it.
    pub embedded: bool,
    /// How it runs.
    pub options: Options,
}

/// Reads the section.
pub fn read(r: &mut Reader) -> SimSettings {
    let mut embedded = false;
    r.set("sim.embedded", &mut embedded);
    let mut o = Options { seed: seed(r), ..Options::default() };
    r.set_with("sim.flavour", &mut o.flavour, |text| text.parse::<Flavour>().ok(), "ucce or uccx");
    let addresses: [(&str, &mut Option<SocketAddr>); 7] = [
        ("sim.http", &mut o.http),
        ("sim.https", &mut o.https),
        ("sim.xmpp", &mut o.xmpp),
        ("sim.xmpp_tls", &mut o.xmpp_tls),
        ("sim.ws", &mut o.ws),
        ("sim.wss", &mut o.wss),
        ("sim.control", &mut o.control),
    ];
    for (key, address) in addresses {
        r.set(key, address);
        if address.is_some_and(|address| !address.ip().is_loopback()) {
            r.fault(key, "is not a loopback address: the simulator's passwords are public");
        }
    }
    r.set("sim.domain", &mut o.domain);
    o.second = second(r);
    let clock = |text: &str| match text {
        "automatic" => Some(ClockMode::Automatic),
        "stepped" => Some(ClockMode::Stepped),
        _ => None,
    };
    r.set_with("sim.clock", &mut o.clock, clock, "automatic or stepped");
    r.set_within("sim.cti_delay", &mut o.timers.cti, Duration::ZERO..=DAY);
    r.set("sim.far_end_answer", &mut o.timers.far_end_answer);
    r.set_within("sim.ring_no_answer", &mut o.timers.ring_no_answer, Duration::ZERO..=DAY);
    r.set_within("sim.wrap_up", &mut o.timers.wrap_up, Duration::ZERO..=DAY);
    r.set_within("sim.presence", &mut o.timers.presence, Duration::ZERO..=DAY);
    r.set_within("sim.idle", &mut o.timers.idle, Duration::ZERO..=DAY);
    r.set_within("sim.handshake", &mut o.timers.handshake, Duration::from_millis(10)..=DAY);
    r.set_within("sim.lock_out", &mut o.timers.lock_out, Duration::ZERO..=DAY);
    r.set("sim.all_sessions", &mut o.notifications.all_sessions);
    r.set("sim.logout_on_disconnect", &mut o.logout_on_disconnect);
    r.set_within("sim.max_connections", &mut o.max_connections, 1..=1_000_000);
    SimSettings { embedded, options: o }
}

fn second(r: &mut Reader) -> Option<Second> {
    let (mut host, mut domain) = (None::<IpAddr>, String::new());
    let read = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    r.set_with("sim.second_host", &mut host, read, "an IP address, or an empty text");
    r.set("sim.second_domain", &mut domain);
    if host.is_some_and(|host| !host.is_loopback()) {
        r.fault("sim.second_host", "is not a loopback address: the simulator's passwords are public");
    }
    host.map(|host| Second { domain, host })
}

fn seed(r: &mut Reader) -> Seed {
    let (mut file, mut agents) = (None::<PathBuf>, 0u32);
    r.set("sim.seed", &mut file);
    r.set_within("sim.agents", &mut agents, 0..=100_000);
    let read = match file {
        Some(_) if agents > 0 => {
            r.fault("sim.agents", "can't be used together with sim.seed");
            Ok(Seed::standard())
        }
        Some(file) => match std::fs::read_to_string(&file) {
            Ok(text) => Seed::parse(&text),
            Err(error) => {
                r.fault("sim.seed", format!("{} can't be read: {error}", file.display()));
                Ok(Seed::standard())
            }
        },
        None if agents > 0 => Seed::with_agents(agents),
        None => Ok(Seed::standard()),
    };
    read.unwrap_or_else(|error| {
        r.fault("sim.seed", error.to_string());
        Seed::default()
    })
}
