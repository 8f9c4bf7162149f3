//! Where the broker is, and how it is used.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::outbox::Bounds;

/// A broker's STOMP connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broker {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether it speaks TLS.
    pub tls: bool,
}

impl fmt::Display for Broker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "stomp+ssl" } else { "stomp" };
        let Self { host, port, .. } = self;
        if host.contains(':') { write!(f, "{scheme}://[{host}]:{port}") } else { write!(f, "{scheme}://{host}:{port}") }
    }
}

impl FromStr for Broker {
    type Err = ();

    /// `stomp://host:port` or `stomp+ssl://host:port`; without a port, ActiveMQ's usual one.
    fn from_str(text: &str) -> Result<Self, ()> {
        let uri: http::Uri = text.parse().map_err(|_| ())?;
        let (tls, usual) = match uri.scheme_str() {
            Some("stomp" | "tcp") => (false, 61613),
            Some("stomp+ssl" | "ssl") => (true, 61612),
            _ => return Err(()),
        };
        let host = uri.host().filter(|host| !host.is_empty()).ok_or(())?.trim_matches(['[', ']']).to_owned();
        let bare = matches!(uri.path(), "" | "/") && uri.query().is_none();
        let plain = !text.contains('@');
        (bare && plain).then(|| Self { host, port: uri.port_u16().unwrap_or(usual), tls }).ok_or(())
    }
}

/// The link to the broker.
#[derive(Clone, Debug)]
pub struct Options {
    /// The brokers in the order in which they are tried; the first is gone back to.
    pub brokers: Vec<Broker>,
    /// TLS, for those that speak it.
    pub tls: Option<Arc<rustls::ClientConfig>>,
    /// The user; none logs in as nobody.
    pub user: Option<String>,
    /// The user's password.
    pub password: Option<SecretString>,
    /// The queue of the commands.
    pub queue: String,
    /// The consumer's priority at the queue, 0 to 127.
    pub priority: u32,
    /// How many messages the broker may send before it is told that one is acknowledged.
    pub prefetch: u32,
    /// How often both sides show that they are alive; zero: never.
    pub heartbeat: Duration,
    /// How long a connection may take, login included.
    pub connect_timeout: Duration,
    /// The pause after brokers were not reached, at first and at most.
    pub reconnect: (Duration, Duration),
    /// How often the first broker is tried while another serves; zero: never.
    pub return_after: Duration,
    /// Longest body of a command, bytes.
    pub max_body: usize,
    /// How many lines wait for the broker.
    pub held: Bounds,
    /// How long lines rest after a link came back.
    pub resume_delay: Duration,
    /// How long a command of which it is not known whether the broker still has it is waited for.
    pub redelivery_wait: Duration,
    /// Whether the broker is asked which destinations have a consumer.
    pub watch_consumers: bool,
}

impl Options {
    /// The defaults, with brokers.
    pub fn new(brokers: Vec<Broker>) -> Self {
        Self {
            brokers,
            tls: None,
            user: None,
            password: None,
            queue: "Connector1".to_owned(),
            priority: 127,
            prefetch: 250,
            heartbeat: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(5),
            reconnect: (Duration::from_millis(200), Duration::from_secs(5)),
            return_after: Duration::from_secs(30),
            max_body: 64 * 1024,
            held: Bounds { lines: 10_000, bytes: 16 * 1024 * 1024, age: Duration::from_secs(60) },
            resume_delay: Duration::from_secs(2),
            redelivery_wait: Duration::from_secs(5),
            watch_consumers: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_host_port_and_whether_tls() {
        for (text, written) in [
            ("stomp://mq1", "stomp://mq1:61613"),
            ("tcp://mq1:61615", "stomp://mq1:61615"),
            ("ssl://10.0.0.1", "stomp+ssl://10.0.0.1:61612"),
            ("stomp+ssl://[::1]:1", "stomp+ssl://[::1]:1"),
        ] {
            assert_eq!(text.parse::<Broker>().map(|broker| broker.to_string()), Ok(written.to_owned()));
        }
        for bad in
            ["", "mq1", "mq1:61613", "http://mq1", "stomp://", "stomp://u:p@mq1", "stomp://mq1/x", "stomp://mq1?a=b"]
        {
            assert_eq!(bad.parse::<Broker>(), Err(()), "{bad}");
        }
    }
}
