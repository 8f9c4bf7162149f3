//! Who a message counts as in the migration report: the destination that the client named, else its address.

use std::net::IpAddr;

use secrecy::ExposeSecret as _;

use super::message::Message;
use super::usage::{Door, UNKNOWN, Usage};
use crate::command::catalogue;

/// A connection of a client, or a broker behind which there are many.
#[derive(Debug)]
pub struct Sender {
    usage: Usage,
    door: Door,
    /// The address of a connection's other end, until a destination is named. None for a broker.
    name: Option<String>,
}

impl Sender {
    /// A connection, from an address. It counts as open until this is dropped.
    pub fn connection(usage: Usage, door: Door, from: Option<IpAddr>) -> Self {
        metrics::gauge!("gc_bridge_connections", "door" => door.as_str()).increment(1.0);
        Self {
            usage,
            door,
            name: Some(from.map_or_else(|| UNKNOWN.to_owned(), |from| from.to_canonical().to_string())),
        }
    }

    /// The site's broker.
    pub fn broker(usage: Usage) -> Self {
        Self { usage, door: Door::Stomp, name: None }
    }

    /// Counts a message. `place` is the destination that the agent of the message has at a broker.
    pub(super) fn sent(&mut self, message: &Message, place: Option<&str>) {
        let verb = catalogue::verb(message.verb.trim()).map_or(UNKNOWN, |verb| verb.name);
        let named = destination(verb, message);
        if let (Some(name), Some(named)) = (&mut self.name, named)
            && name != named
        {
            named.clone_into(name);
        }
        let client = self.name.as_deref().or(named).or(place).unwrap_or(UNKNOWN);
        self.usage.count(self.door, client, verb);
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        if self.name.is_some() {
            metrics::gauge!("gc_bridge_connections", "door" => self.door.as_str()).decrement(1.0);
        }
    }
}

/// The destination that a message names, if it is a name.
fn destination<'a>(verb: &str, message: &'a Message) -> Option<&'a str> {
    let name = match verb {
        "Hello" | "Beat" => message.id.trim(),
        // Without a comma the destination was left out, and what stands there is the password.
        "Connect" => message.body.expose_secret().split_once(',')?.0.trim(),
        _ => return None,
    };
    (!name.is_empty() && !name.chars().any(char::is_control)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_counts_as_the_destination_that_it_names() {
        let usage = Usage::default();
        let mut sender = Sender::connection(usage.clone(), Door::Tcp, Some("::ffff:10.0.0.7".parse().unwrap()));
        for line in [
            "Connect#1001#secret",
            "GetState#1001",
            "connect#1001# siebel-7 ,secret",
            "GETSTATE#1001",
            "Hello#",
            "Hello#a\u{7}",
            "dance#x",
        ] {
            sender.sent(&Message::parse(line).unwrap(), None);
        }
        let mut broker = Sender::broker(usage.clone());
        for (line, place) in [("Login#1001#p,1", Some("siebel-8")), ("Hello#siebel-9", None), ("Login#1002#p,1", None)]
        {
            broker.sent(&Message::parse(line).unwrap(), place);
        }
        let rows = usage.counts().rows();
        let rows: Vec<_> = rows.iter().map(|row| (row.client.as_str(), row.verb, row.count.count)).collect();
        assert_eq!(
            rows,
            [
                (UNKNOWN, "Login", 1),
                ("10.0.0.7", "Connect", 1),
                ("10.0.0.7", "GetState", 1),
                ("siebel-7", UNKNOWN, 1),
                ("siebel-7", "Connect", 1),
                ("siebel-7", "GetState", 1),
                ("siebel-7", "Hello", 2),
                ("siebel-8", "Login", 1),
                ("siebel-9", "Hello", 1),
            ]
        );
    }
}
