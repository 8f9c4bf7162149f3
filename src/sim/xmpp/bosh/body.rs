//! The `<body>` element that wraps what goes over BOSH.

use crate::sim::render::escape;
use crate::sim::xml::Element;

/// Largest request id: what a browser counts exactly.
const MAX_RID: u64 = (1 << 53) - 1;

/// What a client's `<body>` says.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Number of the request.
    pub rid: u64,
    /// The session; none asks for a new one.
    pub sid: Option<String>,
    /// Longest time a request may be kept, in seconds.
    pub wait: Option<u64>,
    /// Most requests to be kept.
    pub hold: Option<u64>,
    /// Whether the client speaks version 1.6 or later, and is told of the limits.
    pub recent: bool,
    /// The session's end.
    pub terminate: bool,
    /// A new stream, as after SASL.
    pub restart: bool,
    /// The client is going to be silent for that many seconds.
    pub pause: Option<u64>,
    /// What is inside.
    pub stanzas: Vec<Element>,
}

impl Body {
    /// Reads one. `None` for what is no `<body>` with a request id.
    pub fn parse(text: &str) -> Option<Self> {
        let element = Element::parse(text).ok().filter(|element| element.name == "body")?;
        let number = |name: &str| element.attribute(name).and_then(|value| value.parse::<u64>().ok());
        let is = |name: &str, value: &str| element.attribute(name) == Some(value);
        let version = element.attribute("ver").unwrap_or_default().split_once('.');
        let version = version.and_then(|(major, minor)| Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?)));
        // The prefix is the client's choice.
        let mut attributes = element.attributes.iter();
        let restart = attributes.any(|(name, value)| name.ends_with(":restart") && value == "true");
        Some(Self {
            rid: number("rid").filter(|rid| *rid < MAX_RID)?,
            sid: element.attribute("sid").map(str::to_owned),
            wait: number("wait"),
            hold: number("hold"),
            recent: version.is_some_and(|version| version >= (1, 6)),
            terminate: is("type", "terminate"),
            restart,
            pause: number("pause"),
            stanzas: element.children,
        })
    }

    /// Whether it only asks for what there is.
    pub fn is_empty(&self) -> bool {
        self.stanzas.is_empty() && !self.terminate && !self.restart && self.pause.is_none()
    }
}

/// Writes one with these attributes around `content`.
pub fn write(attributes: &[(&str, &str)], content: &str) -> String {
    let mut out = "<body xmlns=\"http://jabber.org/protocol/httpbind\"".to_owned();
    for (name, value) in attributes {
        out.push_str(&format!(" {name}=\"{}\"", escape(value)));
    }
    match content {
        "" => out.push_str("/>"),
        content => out.push_str(&format!(">{content}</body>")),
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_body_is_read_as_clients_write_it() {
        let first = "<body rid='7' to='fin-a' wait='60' hold='1' ver='1.6' xmpp:version='1.0' \
                     xmlns:xmpp='urn:xmpp:xbosh' xmlns='http://jabber.org/protocol/httpbind'/>";
        let first = Body::parse(first).unwrap();
        assert_eq!((first.rid, first.wait, first.hold, first.recent), (7, Some(60), Some(1), true));
        assert!(first.sid.is_none() && first.is_empty());
        let restart = Body::parse("<body rid='8' sid='s' x:restart='true' xmlns:x='urn:xmpp:xbosh'/>").unwrap();
        assert!(restart.restart && !restart.is_empty());
        assert!(Body::parse("<body rid='9' sid='s'><presence/><iq/></body>").unwrap().stanzas.len() == 2);
        for bad in
            ["", "<body/>", "<body rid='-1'/>", "<body rid='9007199254740991'/>", "<iq rid='1'/>", "<body rid='1'>"]
        {
            assert!(Body::parse(bad).is_none(), "{bad}");
        }
        assert!(!Body::parse("<body rid='1' ver='1.5'/>").unwrap().recent);
        assert_eq!(
            write(&[("ack", "<1>")], ""),
            "<body xmlns=\"http://jabber.org/protocol/httpbind\" ack=\"&lt;1&gt;\"/>"
        );
    }
}
