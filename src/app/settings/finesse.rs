//! Section `finesse`: where Finesse is.

use std::path::PathBuf;
use std::time::Duration;

use crate::config::{Hash, Reader};
use crate::finesse::{Notify, Options, Side, Transport};

/// Longest duration that makes sense anywhere in the section.
const HOUR: Duration = Duration::from_secs(3600);
const MIB: usize = 1024 * 1024;
const REST: &str = "an http or https address without a path, for example \"https://fin-a.example:8445\"";
const NOTIFY: &str = "wss://host:port/path, ws://…, xmpps://host:port, xmpp://host:port or xmpp-plain://host:port";

/// Reads the section. Without an address there are no sides.
pub fn read(r: &mut Reader) -> Options {
    let mut o = Options::new(Side { rest: String::new(), notify: beside("", true, 0) });
    o.sides = [side(r, "finesse.rest", "finesse.notify"), side(r, "finesse.rest_b", "finesse.notify_b")]
        .into_iter()
        .flatten()
        .collect();
    let moment = Duration::from_millis(10);
    r.set_within("finesse.connect_timeout", &mut o.connect_timeout, moment..=HOUR);
    r.set_within("finesse.answer_timeout", &mut o.answer_timeout, moment..=HOUR);
    r.set_within("finesse.ping_interval", &mut o.ping_interval, moment..=Duration::from_secs(20));
    r.set_within("finesse.ping_timeout", &mut o.ping_timeout, moment..=HOUR);
    r.set_within("finesse.reconnect_min", &mut o.reconnect_min, moment..=HOUR);
    r.set_within("finesse.reconnect_max", &mut o.reconnect_max, moment..=HOUR);
    r.set("finesse.resource", &mut o.resource);
    r.set_within("finesse.max_stanza_bytes", &mut o.max_stanza, 4096..=64 * MIB);
    r.set_within("finesse.max_answer_bytes", &mut o.max_answer, 4096..=256 * MIB);
    r.set("finesse.allow_plain", &mut o.allow_plain);
    tls(r, &mut o);
    o
}

fn tls(r: &mut Reader, o: &mut Options) {
    let mut ca = None::<PathBuf>;
    r.set("finesse.ca", &mut ca);
    if let Some(file) = ca {
        match std::fs::read(&file) {
            Ok(pem) => o.tls.extra_ca_pem = Some(pem),
            Err(error) => r.fault("finesse.ca", format!("{} can't be read: {error}", file.display())),
        }
    }
    let mut pins = Vec::<Hash>::new();
    r.set("finesse.pinned_sha256", &mut pins);
    o.tls.pinned_sha256 = pins.into_iter().map(|hash| hash.0).collect();
    r.set("finesse.accept_invalid_certificates", &mut o.tls.danger_accept_invalid);
}

fn side(r: &mut Reader, rest_key: &str, notify_key: &str) -> Option<Side> {
    let mut rest = None::<http::Uri>;
    r.set_with(rest_key, &mut rest, |text| optional(text, base), REST);
    let mut given = None::<Notify>;
    r.set_with(notify_key, &mut given, |text| optional(text, notify), NOTIFY);
    let Some(rest) = rest else {
        if given.is_some() {
            r.fault(notify_key, format!("needs {rest_key}"));
        }
        return None;
    };
    let secure = rest.scheme_str() == Some("https");
    let port = rest.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let notify = given.unwrap_or_else(|| beside(rest.host().unwrap_or_default(), secure, port));
    Some(Side { rest: rest.to_string().trim_end_matches('/').to_owned(), notify })
}

/// The notification service where releases from 12.6 have it: a WebSocket on the REST port.
pub fn beside(host: &str, secure: bool, port: u16) -> Notify {
    Notify { transport: Transport::WebSocket, host: host.to_owned(), port, path: "/ws/".to_owned(), secure }
}

/// The empty text is none.
fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}

fn base(text: &str) -> Option<http::Uri> {
    let uri: http::Uri = text.parse().ok()?;
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    (known && uri.host().is_some() && uri.path() == "/" && uri.query().is_none()).then_some(uri)
}

fn notify(text: &str) -> Option<Notify> {
    let (scheme, _) = text.split_once("://")?;
    let (transport, secure, port) = match scheme {
        "wss" => (Transport::WebSocket, true, 443),
        "ws" => (Transport::WebSocket, false, 80),
        "xmpps" => (Transport::Tls, true, 5223),
        "xmpp" => (Transport::StartTls, true, 5222),
        "xmpp-plain" => (Transport::Plain, false, 5222),
        _ => return None,
    };
    let uri: http::Uri = text.parse().ok()?;
    let host = uri.host()?.to_owned();
    Some(Notify { transport, host, port: uri.port_u16().unwrap_or(port), path: uri.path().to_owned(), secure })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Sources;

    fn read_with(pairs: &[(&str, &str)]) -> Result<Options, String> {
        let mut sources = Sources::new();
        for (key, value) in pairs {
            sources = sources.flag("--set", key, *value);
        }
        let mut reader = Reader::new(sources);
        let options = read(&mut reader);
        reader.finish().map(|()| options).map_err(|faults| faults.to_string())
    }

    #[test]
    fn notifications_are_beside_the_rest_api_unless_said_otherwise() {
        let options = read_with(&[("finesse.rest", "https://fin-a.example:8445")]).unwrap();
        let side = &options.sides[0];
        assert_eq!(side.rest, "https://fin-a.example:8445");
        assert_eq!((side.notify.host.as_str(), side.notify.port), ("fin-a.example", 8445));
        assert_eq!((side.notify.path.as_str(), side.notify.secure), ("/ws/", true));
        let two = [
            ("finesse.rest", "https://a"),
            ("finesse.notify", "xmpp://a:5222"),
            ("finesse.rest_b", "https://b"),
            ("finesse.notify_b", "xmpps://b"),
        ];
        let options = read_with(&two).unwrap();
        assert_eq!(options.sides[0].notify.transport, Transport::StartTls);
        assert_eq!((options.sides[1].notify.transport, options.sides[1].notify.port), (Transport::Tls, 5223));
    }

    #[test]
    fn addresses_that_are_none_are_refused() {
        for bad in ["fin-a", "ftp://fin-a", "https://fin-a/finesse", "https://"] {
            assert!(read_with(&[("finesse.rest", bad)]).unwrap_err().contains("expected an http or https"), "{bad}");
        }
        assert!(read_with(&[("finesse.notify", "http://a")]).unwrap_err().contains("expected wss://"));
        assert!(read_with(&[("finesse.notify", "wss://a")]).unwrap_err().contains("needs finesse.rest"));
        assert!(read_with(&[]).unwrap().sides.is_empty());
    }
}
