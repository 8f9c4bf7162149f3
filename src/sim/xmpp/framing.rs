//! How a stream begins and ends on each transport, and what it offers.

use crate::sim::render::escape;

/// Namespace of the sign-in.
pub const SASL: &str = "urn:ietf:params:xml:ns:xmpp-sasl";
/// What is offered to who has signed in.
const SIGNED_IN: &str = "<ver xmlns=\"urn:xmpp:features:rosterver\"/>\
    <bind xmlns=\"urn:ietf:params:xml:ns:xmpp-bind\"/>\
    <session xmlns=\"urn:ietf:params:xml:ns:xmpp-session\"><optional/></session>";

/// How the stream is framed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Framing {
    /// One XML document per direction; whether STARTTLS can be had.
    Tcp {
        /// Whether it is offered.
        starttls: bool,
    },
    /// RFC 7395.
    WebSocket,
    /// XEP-0206: the wrapper opens and ends the stream.
    Bosh,
}

impl Framing {
    /// The opening of the stream, from that domain and with that id.
    pub fn header(self, domain: &str, id: &str) -> String {
        let domain = escape(domain);
        match self {
            Framing::Tcp { .. } => format!(
                "<?xml version='1.0' encoding='UTF-8'?><stream:stream xmlns:stream=\"http://etherx.jabber.org/streams\" \
                 xmlns=\"jabber:client\" from=\"{domain}\" id=\"{id}\" xml:lang=\"en\" version=\"1.0\">"
            ),
            Framing::WebSocket => format!(
                "<open xmlns=\"urn:ietf:params:xml:ns:xmpp-framing\" from=\"{domain}\" id=\"{id}\" \
                 xml:lang=\"en\" version=\"1.0\"/>"
            ),
            Framing::Bosh => String::new(),
        }
    }

    /// What is offered, before and after the sign-in.
    pub fn features(self, anonymous: bool) -> String {
        let starttls = match self {
            Framing::Tcp { starttls: true } if anonymous => "<starttls xmlns=\"urn:ietf:params:xml:ns:xmpp-tls\"/>",
            _ => "",
        };
        let mechanisms = match anonymous {
            true => format!("<mechanisms xmlns=\"{SASL}\"><mechanism>PLAIN</mechanism></mechanisms>"),
            false => String::new(),
        };
        // Over BOSH Openfire shows everything at once.
        let later = if anonymous && self != Framing::Bosh { "" } else { SIGNED_IN };
        // A WebSocket frame is a document of its own and declares the prefix itself; so does a stanza in a BOSH body.
        let declaration = match self {
            Framing::WebSocket | Framing::Bosh => " xmlns:stream=\"http://etherx.jabber.org/streams\"",
            Framing::Tcp { .. } => "",
        };
        format!("<stream:features{declaration}>{starttls}{mechanisms}{later}</stream:features>")
    }

    /// The end of the stream.
    pub fn end(self) -> &'static str {
        match self {
            Framing::Tcp { .. } => "</stream:stream>",
            Framing::WebSocket => "<close xmlns=\"urn:ietf:params:xml:ns:xmpp-framing\"/>",
            Framing::Bosh => "",
        }
    }
}
