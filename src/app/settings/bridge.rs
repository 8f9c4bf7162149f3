//! Section `bridge`: the legacy door.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use jiff::tz::TimeZone;

use super::tls;
use crate::bridge::say::Encoding;
use crate::bridge::style::{DialledFromAddress, Ecc, ReasonNaming};
use crate::bridge::tcp::Options;
use crate::config::{Reader, Tls};

/// Where the door is unless said otherwise.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7070);
/// Longest duration that makes sense anywhere in the section.
const HOUR: Duration = Duration::from_secs(3600);
const MIB: usize = 1024 * 1024;

/// What is said of the door.
#[derive(Debug)]
pub struct BridgeSettings {
    /// Whether there is one.
    pub open: bool,
    /// How it is, but for TLS.
    pub options: Options,
    /// Its certificate files.
    pub tls: Option<Tls>,
    /// How the lines of `BridgeService.Exchange` are written.
    pub exchange_encoding: Encoding,
}

/// Reads how a listener writes its lines.
pub(super) fn encoding(r: &mut Reader, key: &str, encoding: &mut Encoding) {
    let read = |text: &str| match text {
        "json" => Some(Encoding::Json),
        "text" => Some(Encoding::Text),
        _ => None,
    };
    r.set_with(key, encoding, read, "json or text");
}

/// Reads the section.
pub fn read(r: &mut Reader) -> BridgeSettings {
    let mut listen = Some(LISTEN);
    r.set("bridge.listen", &mut listen);
    let mut o = Options::new(listen.unwrap_or(LISTEN));
    let tls = tls(r, "bridge");
    r.set_within("bridge.max_connections", &mut o.max_connections, 1..=1_000_000);
    r.set_within("bridge.max_connections_per_address", &mut o.max_connections_per_address, 0..=1_000_000);
    r.set_within("bridge.max_line_bytes", &mut o.max_line, 1024..=16 * MIB);
    r.set_within("bridge.max_backlog_bytes", &mut o.max_backlog, 4096..=64 * MIB);
    r.set_within("bridge.write_timeout", &mut o.write_timeout, Duration::from_millis(100)..=HOUR);
    r.set_within("bridge.socket_send_buffer_bytes", &mut o.send_buffer, 4096..=64 * 1024 * 1024);
    r.set_within("bridge.first_line_timeout", &mut o.first_line_timeout, Duration::from_millis(100)..=HOUR);
    r.set_within("bridge.max_agents", &mut o.limits.max_agents, 1..=1_000_000);
    r.set_within("bridge.max_waiting", &mut o.limits.max_waiting, 1..=100_000);
    r.set_within("bridge.max_outstanding", &mut o.limits.max_outstanding, 1..=100_000);
    r.set_within("bridge.beat_timeout", &mut o.limits.beat_timeout, Duration::ZERO..=24 * HOUR);
    let policy = |text: &str| match text {
        "gone" => Some(true),
        "log" => Some(false),
        _ => None,
    };
    r.set_with("bridge.beat_policy", &mut o.limits.silent_is_gone, policy, "gone or log");
    let zone = |text: &str| if text.is_empty() { Some(TimeZone::system()) } else { TimeZone::get(text).ok() };
    r.set_with("bridge.time_zone", &mut o.style.time_zone, zone, "an IANA name, for example \"Europe/Berlin\"");
    let key = |text: &str| match text {
        "id" => Some(ReasonNaming::Id),
        "code" => Some(ReasonNaming::Code),
        _ => None,
    };
    r.set_with("bridge.reason_key", &mut o.style.reason_key, key, "id or code");
    r.set("bridge.sso_values", &mut o.style.sso_values);
    encoding(r, "bridge.encoding", &mut o.encoding);
    let mut exchange_encoding = Encoding::default();
    encoding(r, "bridge.exchange_encoding", &mut exchange_encoding);
    let ecc = |text: &str| match text {
        "append" => Some(Ecc::Append),
        "omit" => Some(Ecc::Omit),
        _ => None,
    };
    r.set_with("bridge.ecc", &mut o.style.ecc, ecc, "append or omit");
    let from = |text: &str| match text {
        "other" => Some(DialledFromAddress::Other),
        "finesse" => Some(DialledFromAddress::Finesse),
        _ => None,
    };
    r.set_with("bridge.dialled_from_address", &mut o.style.dialled_from_address, from, "other or finesse");
    BridgeSettings { open: listen.is_some(), options: o, tls, exchange_encoding }
}
