//! What the client says on its stream, as text.

use base64::Engine as _;
use secrecy::{ExposeSecret, SecretString};

use super::effect::Framing;
use super::stanza::Iq;
use crate::finesse::xml::Writer;

/// Asks for TLS.
pub(super) const STARTTLS: &str = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

/// The words in a framing.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) Framing);

impl Words {
    /// Over WebSocket each stanza names its namespace.
    pub(super) fn xmlns(self) -> &'static str {
        match self.0 {
            Framing::Stream => "",
            Framing::WebSocket => " xmlns='jabber:client'",
        }
    }

    /// Opens the stream.
    pub(super) fn header(self, domain: &str) -> String {
        let to = Writer::escape(domain);
        match self.0 {
            Framing::Stream => format!(
                "<?xml version='1.0'?><stream:stream to='{to}' xmlns='jabber:client' \
                 xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
            ),
            Framing::WebSocket => {
                format!("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='{to}' version='1.0'/>")
            }
        }
    }

    /// Ends the stream.
    pub(super) fn close(self) -> String {
        let close = match self.0 {
            Framing::Stream => "</stream:stream>",
            Framing::WebSocket => "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>",
        };
        close.to_owned()
    }

    /// SASL PLAIN: the one mechanism that Finesse takes.
    pub(super) fn auth(user: &str, password: &SecretString) -> String {
        let secret = format!("\0{user}\0{}", password.expose_secret());
        let initial = base64::engine::general_purpose::STANDARD.encode(secret);
        format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{initial}</auth>")
    }

    /// Binds the resource.
    pub(super) fn bind(self, resource: &str) -> String {
        format!(
            "<iq{} type='set' id='gc-bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
             <resource>{}</resource></bind></iq>",
            self.xmlns(),
            Writer::escape(resource)
        )
    }

    /// Starts the session, which old servers want.
    pub(super) fn session(self) -> String {
        format!(
            "<iq{} type='set' id='gc-session'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>",
            self.xmlns()
        )
    }

    /// Turns notifications on.
    pub(super) fn presence(self) -> String {
        format!("<presence{}><priority>0</priority></presence>", self.xmlns())
    }

    /// Turns them off.
    pub(super) fn unavailable(self) -> String {
        format!("<presence{} type='unavailable'/>", self.xmlns())
    }

    /// Asks whether the server is there.
    pub(super) fn ping(self, number: u64, domain: &str) -> String {
        let domain = Writer::escape(domain);
        format!("<iq{} type='get' id='gc-p{number}' to='{domain}'><ping xmlns='urn:xmpp:ping'/></iq>", self.xmlns())
    }

    /// Answers a request of the server: a ping, or one that this client does not know.
    pub(super) fn answer(self, iq: &Iq) -> String {
        let to = iq.from.as_deref().map(|from| format!(" to='{}'", Writer::escape(from))).unwrap_or_default();
        let (kind, content) = if iq.ping {
            ("result", "")
        } else {
            ("error", "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>")
        };
        let id = Writer::escape(&iq.id);
        format!("<iq{} type='{kind}' id='{id}'{to}>{content}</iq>", self.xmlns())
    }
}
