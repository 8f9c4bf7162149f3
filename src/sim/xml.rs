//! Reads small XML documents: REST bodies and XMPP stanzas, both from untrusted peers.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// Deepest nesting that is accepted.
const MAX_DEPTH: usize = 32;
/// Most elements in one document.
const MAX_ELEMENTS: usize = 4_096;

/// An element with its attributes, text and children; names are local names.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Element {
    /// Local name.
    pub name: String,
    /// Attributes as written, `xmlns` among them.
    pub attributes: Vec<(String, String)>,
    /// The text directly inside, decoded.
    pub text: String,
    /// Child elements in order.
    pub children: Vec<Element>,
}

/// The document is no XML that Finesse would take.
#[derive(Debug, thiserror::Error)]
#[error("malformed xml: {0}")]
pub struct Malformed(String);

impl Element {
    /// Parses one document.
    ///
    /// # Errors
    /// [`Malformed`] for what is not well-formed, has a DTD or an unknown entity, or is too deep or too large.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut reader = Reader::from_str(text);
        let mut stack: Vec<Element> = Vec::new();
        let mut count = 0;
        loop {
            let event = reader.read_event().map_err(|e| Malformed(e.to_string()))?;
            match event {
                Event::Start(start) => {
                    count += 1;
                    if stack.len() >= MAX_DEPTH || count > MAX_ELEMENTS {
                        return Err(Malformed("too deep or too large".to_owned()));
                    }
                    stack.push(open(&start)?);
                }
                Event::Empty(start) => {
                    count += 1;
                    let element = open(&start)?;
                    match stack.last_mut() {
                        Some(_) if count > MAX_ELEMENTS => return Err(Malformed("too large".to_owned())),
                        Some(parent) => parent.children.push(element),
                        None => return Ok(element),
                    }
                }
                Event::End(_) => {
                    let Some(element) = stack.pop() else { return Err(Malformed("unexpected end".to_owned())) };
                    match stack.last_mut() {
                        Some(parent) => parent.children.push(element),
                        None => return Ok(element),
                    }
                }
                Event::Text(text) => append(&mut stack, &text.xml_content(XmlVersion::Implicit1_0))?,
                Event::CData(text) => append(&mut stack, &text.xml_content(XmlVersion::Implicit1_0))?,
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().map_err(|e| Malformed(e.to_string()))?;
                    match character {
                        Some(character) => append(&mut stack, character.encode_utf8(&mut [0; 4]))?,
                        None => match quick_xml::escape::resolve_predefined_entity(&reference) {
                            Some(text) => append(&mut stack, text)?,
                            None => return Err(Malformed("unknown entity".to_owned())),
                        },
                    }
                }
                Event::DocType(_) => return Err(Malformed("a document type is not allowed".to_owned())),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => return Err(Malformed("unexpected end".to_owned())),
            }
        }
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The trimmed text of the first child of that name; `None` when the child is missing or empty.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn open(start: &BytesStart<'_>) -> Result<Element, Malformed> {
    let mut element = Element { name: start.local_name().into_inner().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| Malformed(e.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| Malformed(e.to_string()))?;
        element.attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn append(stack: &mut [Element], text: &str) -> Result<(), Malformed> {
    match stack.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(Malformed("text outside the root".to_owned())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn text_entities_and_prefixes_are_resolved() {
        let element = Element::parse("<a:User x='1&amp;2'><state> READY&#33;<![CDATA[<]]></state></a:User>").unwrap();
        assert_eq!((element.name.as_str(), element.attribute("x")), ("User", Some("1&2")));
        assert_eq!(element.text_of("state"), Some("READY!<"));
    }

    #[test]
    fn hostile_documents_are_refused() {
        let deep = "<a>".repeat(10_000);
        let bomb = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
        for text in ["", "<a>", "<a></b>", "x<a/>", "<a>&b;</a>", bomb, &deep, "<a b=c/>", "<a b='1' b='2'/>"] {
            assert!(Element::parse(text).is_err(), "{text:.40}");
        }
    }
}
