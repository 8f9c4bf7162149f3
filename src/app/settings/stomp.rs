//! Section `stomp`: the legacy door behind the site's ActiveMQ.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::bridge::encoding;
use crate::bridge::peer::{Limits, Naming};
use crate::bridge::say::Encoding;
use crate::bridge::stomp::destination::is_plain;
use crate::bridge::stomp::{Broker, Options, door};
use crate::config::{Origin, Reader, tls_client};

const HOUR: Duration = Duration::from_secs(3600);
const MIB: usize = 1024 * 1024;

/// What is said of the door.
#[derive(Debug)]
pub struct StompSettings {
    /// Whether there is a broker.
    pub open: bool,
    /// The link to it.
    pub link: Options,
    /// The door.
    pub door: door::Options,
    /// How much its clients may have going on.
    pub limits: Limits,
}

/// Reads the section. What the legacy door's section says of limits for one agent holds here too.
pub fn read(r: &mut Reader, connection: Limits) -> StompSettings {
    let mut brokers = Vec::new();
    let list = |text: &str| {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| part.parse().ok()).collect::<Option<Vec<Broker>>>()
    };
    let allowed = "addresses like stomp://host:61613 or stomp+ssl://host:61612, with commas between";
    r.set_with("stomp.brokers", &mut brokers, list, allowed);
    let mut link = Options::new(brokers);
    log_in(r, &mut link);
    let name = |text: &str| is_plain(text).then(|| text.to_owned());
    r.set_with("stomp.queue", &mut link.queue, name, "the plain name of a queue");
    r.set_within("stomp.priority", &mut link.priority, 0..=127);
    r.set_within("stomp.prefetch", &mut link.prefetch, 1..=1000);
    r.set_within("stomp.heartbeat", &mut link.heartbeat, Duration::ZERO..=HOUR);
    r.set_within("stomp.connect_timeout", &mut link.connect_timeout, Duration::from_millis(100)..=HOUR);
    r.set_within("stomp.reconnect_min", &mut link.reconnect.0, Duration::from_millis(10)..=HOUR);
    r.set_within("stomp.reconnect_max", &mut link.reconnect.1, Duration::from_millis(10)..=HOUR);
    r.set_within("stomp.return_after", &mut link.return_after, Duration::ZERO..=HOUR);
    r.set_within("stomp.max_body_bytes", &mut link.max_body, 1024..=16 * MIB);
    r.set_within("stomp.max_held_events", &mut link.held.lines, 1..=10_000_000);
    r.set_within("stomp.max_held_bytes", &mut link.held.bytes, 4096..=4096 * MIB);
    r.set_within("stomp.max_held_age", &mut link.held.age, Duration::from_millis(100)..=HOUR);
    r.set_within("stomp.resume_delay", &mut link.resume_delay, Duration::ZERO..=HOUR);
    r.set_within("stomp.redelivery_wait", &mut link.redelivery_wait, Duration::ZERO..=HOUR);
    r.set("stomp.watch_consumers", &mut link.watch_consumers);

    let mut naming = Naming { allowed: is_plain, encoding: Encoding::default(), other: Vec::new(), max_known: 20_000 };
    encoding(r, "stomp.encoding", &mut naming.encoding);
    r.set("stomp.other_encoding", &mut naming.other);
    r.set_within("stomp.max_known", &mut naming.max_known, 1..=1_000_000);
    let mut max_command_age = Duration::from_secs(30);
    r.set_within("stomp.max_command_age", &mut max_command_age, Duration::ZERO..=24 * HOUR);
    let mut limits = Limits { max_agents: naming.max_known, max_outstanding: 4096, ..connection };
    r.set_within("stomp.max_outstanding", &mut limits.max_outstanding, 1..=100_000);
    r.set("stomp.announce_reconnect", &mut limits.announce_reconnect);
    StompSettings { open: !link.brokers.is_empty(), link, door: door::Options { naming, max_command_age }, limits }
}

/// Who the service is to the broker, and whom it trusts.
fn log_in(r: &mut Reader, link: &mut Options) {
    r.set("stomp.user", &mut link.user);
    let (mut password, mut file, mut ca) = (None::<String>, None::<PathBuf>, None::<PathBuf>);
    r.set("stomp.password", &mut password);
    r.set("stomp.password_file", &mut file);
    r.set("stomp.ca", &mut ca);
    if password.is_some() && !matches!(r.origin("stomp.password"), Some(Origin::Environment(_))) {
        r.fault("stomp.password", "may come from the environment alone, or from stomp.password_file");
    }
    if let Some(file) = file {
        match std::fs::read_to_string(&file) {
            Ok(text) => password = Some(text.trim_end_matches(['\r', '\n']).to_owned()),
            Err(error) => r.fault("stomp.password_file", format!("{} can't be read: {error}", file.display())),
        }
    }
    link.password = password.map(SecretString::from);
    let pem = ca.and_then(|file| match std::fs::read(&file) {
        Ok(pem) => Some(pem),
        Err(error) => {
            r.fault("stomp.ca", format!("{} can't be read: {error}", file.display()));
            None
        }
    });
    if link.brokers.iter().any(|broker| broker.tls) {
        match tls_client(pem.as_deref()) {
            Ok(config) => link.tls = Some(Arc::new(config)),
            Err(error) => r.fault("stomp.ca", error),
        }
    }
}
