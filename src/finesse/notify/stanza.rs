//! What one stanza or stream element says, as far as this client cares. Names are compared without namespace, for
//! Finesse's releases and the XMPP servers differ in them.

use std::borrow::Cow;

use super::super::xml::{Element, Reader, XmlError};

/// The longest id of a subscription that is kept; without it one can be given up too.
const MAX_SUBID: usize = 256;

/// A stanza or stream element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stanza {
    /// The header of the server's stream (`open` over WebSocket).
    Open,
    /// The server ends the stream (`close` over WebSocket).
    Close,
    /// What the server offers.
    Features(Features),
    /// TLS may start.
    Proceed,
    /// TLS is refused, or authentication is: the condition.
    Failure(String),
    /// The credentials are right.
    Success,
    /// The stream is in error: the condition.
    StreamError(String),
    /// A request or an answer.
    Iq(Iq),
    /// Published items.
    Items(Items),
    /// Presence, chat, anything else.
    Other,
}

/// `stream:features`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Features {
    pub starttls: bool,
    /// Whether PLAIN is among the mechanisms; none when there is no list of them.
    pub plain: Option<bool>,
    pub bind: bool,
    pub session: bool,
}

/// An `iq`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Iq {
    pub id: String,
    pub from: Option<String>,
    pub kind: String,
    pub ping: bool,
    /// The `jid` of a bind result.
    pub jid: Option<String>,
    /// The state of a `subscription`.
    pub subscription: Option<String>,
    /// The id of a `subscription`.
    pub subid: Option<String>,
    /// The condition of an `error`.
    pub condition: Option<String>,
}

/// The items of a publish-subscribe event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Items {
    pub from: Option<String>,
    pub delayed: bool,
    /// Node, item id, payload.
    pub items: Vec<(String, String, String)>,
}

impl Stanza {
    /// Reads a whole stanza.
    pub(super) fn parse(stanza: &[u8]) -> Result<Self, XmlError> {
        let mut reader = Reader::new(std::str::from_utf8(stanza).map_err(|_| XmlError::NotUtf8)?);
        let root = reader.root()?;
        if root.is("message") {
            return read_message(&mut reader, &root);
        }
        if root.is("iq") {
            return read_iq(&mut reader, &root).map(Self::Iq);
        }
        if root.is("features") {
            return read_features(&mut reader).map(Self::Features);
        }
        let stanza = if root.is("success") {
            Self::Success
        } else if root.is("proceed") {
            Self::Proceed
        } else if root.is("failure") {
            return condition(&mut reader).map(Self::Failure);
        } else if root.is("error") {
            return condition(&mut reader).map(Self::StreamError);
        } else if root.is("open") {
            Self::Open
        } else if root.is("close") {
            Self::Close
        } else {
            Self::Other
        };
        reader.skip()?;
        Ok(stanza)
    }
}

/// The first child that is no text: the condition of a failure.
fn condition(reader: &mut Reader<'_>) -> Result<String, XmlError> {
    let mut name = String::new();
    while let Some(element) = reader.child()? {
        if name.is_empty() && !element.is("text") {
            name = element.name().chars().take(64).collect();
        }
        reader.skip()?;
    }
    Ok(name)
}

fn read_features(reader: &mut Reader<'_>) -> Result<Features, XmlError> {
    let mut features = Features::default();
    while let Some(element) = reader.child()? {
        if element.is("mechanisms") {
            let mut plain = false;
            while reader.child()?.is_some() {
                plain |= reader.text()?.trim().eq_ignore_ascii_case("PLAIN");
            }
            features.plain = Some(plain);
            continue;
        }
        features.starttls |= element.is("starttls");
        features.bind |= element.is("bind");
        features.session |= element.is("session");
        reader.skip()?;
    }
    Ok(features)
}

fn read_iq(reader: &mut Reader<'_>, root: &Element<'_>) -> Result<Iq, XmlError> {
    let mut iq = Iq {
        id: root.attribute("id").unwrap_or_default().into_owned(),
        from: root.attribute("from").map(Cow::into_owned),
        kind: root.attribute("type").unwrap_or_default().into_owned(),
        ..Iq::default()
    };
    while let Some(element) = reader.child()? {
        if element.is("bind") {
            while let Some(element) = reader.child()? {
                if element.is("jid") {
                    iq.jid = Some(reader.text()?.trim().to_owned());
                } else {
                    reader.skip()?;
                }
            }
        } else if element.is("pubsub") {
            while let Some(element) = reader.child()? {
                if element.is("subscription") {
                    iq.subscription = element.attribute("subscription").map(|state| state.chars().take(64).collect());
                    iq.subid = element.attribute("subid").filter(|id| id.len() <= MAX_SUBID).map(Cow::into_owned);
                }
                reader.skip()?;
            }
        } else if element.is("error") {
            iq.condition = Some(condition(reader)?);
        } else {
            iq.ping |= element.is("ping");
            reader.skip()?;
        }
    }
    Ok(iq)
}

fn read_message(reader: &mut Reader<'_>, root: &Element<'_>) -> Result<Stanza, XmlError> {
    let mut items = Items { from: root.attribute("from").map(Cow::into_owned), ..Items::default() };
    if root.attribute("type").as_deref() == Some("error") {
        reader.skip()?;
        return Ok(Stanza::Other);
    }
    while let Some(element) = reader.child()? {
        if element.is("event") {
            while let Some(element) = reader.child()? {
                if element.is("items") {
                    let node = element.attribute("node").unwrap_or_default();
                    read_items(reader, &node, &mut items)?;
                } else {
                    reader.skip()?;
                }
            }
        } else {
            items.delayed |= element.is("delay");
            reader.skip()?;
        }
    }
    Ok(if items.items.is_empty() { Stanza::Other } else { Stanza::Items(items) })
}

fn read_items(reader: &mut Reader<'_>, node: &str, items: &mut Items) -> Result<(), XmlError> {
    while let Some(element) = reader.child()? {
        if !element.is("item") {
            reader.skip()?;
            continue;
        }
        let id = element.attribute("id").unwrap_or_default();
        while let Some(element) = reader.child()? {
            if !element.is("notification") {
                reader.skip()?;
                continue;
            }
            let payload = reader.text()?;
            if !payload.trim().is_empty() {
                items.items.push((node.to_owned(), id.clone().into_owned(), payload.into_owned()));
            }
        }
    }
    Ok(())
}
