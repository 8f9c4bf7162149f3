//! A pull reader over one XML document in memory, bounded in depth and attributes, for hostile input.
//!
//! It walks elements: [`Reader::root`], then [`Reader::child`] until it is none, and for each element exactly one of a
//! loop over its children, [`Reader::text`] or [`Reader::skip`]. Names are compared without prefix and without regard to
//! case. Text is found by scanning for the next `<` and decoded once: quick-xml would give one event per entity, which
//! costs more than all the rest for a notification whose payload is escaped XML.

use std::borrow::Cow;

use memchr::memchr;
use memchr::memmem::find;
use quick_xml::events::{BytesStart, Event};

use super::escape::unescape;

const MAX_DEPTH: usize = 64;
const MAX_ATTRIBUTE_BYTES: usize = 4096;
const MAX_ATTRIBUTES: usize = 32;

/// Why a document can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// It is not well-formed XML, or ends too early.
    #[error("xml is not well formed")]
    Malformed,
    /// It is not UTF-8.
    #[error("xml is not utf-8")]
    NotUtf8,
    /// It declares a document type, which no peer of ours does in good faith.
    #[error("xml has a document type")]
    Doctype,
    /// It nests deeper than 64 elements.
    #[error("xml is nested too deep")]
    TooDeep,
    /// An element has too many or too long attributes.
    #[error("xml has too many attributes")]
    TooManyAttributes,
    /// It is another document than the one asked for.
    #[error("xml has an unexpected root element")]
    OtherRoot,
}

/// A start tag.
pub struct Element<'a> {
    start: BytesStart<'a>,
}

impl<'a> Element<'a> {
    /// Whether the element's local name is `name`, whatever its case.
    pub fn is(&self, name: &str) -> bool {
        self.start.local_name().as_ref().eq_ignore_ascii_case(name)
    }

    /// The local name.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of the first attribute with that local name; none when it is missing or its entities are wrong.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .take(MAX_ATTRIBUTES)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().as_ref().eq_ignore_ascii_case(name))
            .map(|attribute| unescape(&attribute.value).into_owned())
    }
}

/// Reads one document.
pub struct Reader<'a> {
    inner: quick_xml::Reader<&'a [u8]>,
    depth: usize,
    /// The last element was `<empty/>`: it has no content and no end tag to come.
    empty: bool,
}

impl<'a> Reader<'a> {
    /// Starts to read `document`.
    pub fn new(document: &'a str) -> Self {
        // A byte order mark in front of the declaration is common in answers of Java servers behind a proxy.
        let document = document.strip_prefix('\u{feff}').unwrap_or(document);
        Self { inner: quick_xml::Reader::from_str(document), depth: 0, empty: false }
    }

    /// The root element.
    pub fn root(&mut self) -> Result<Element<'a>, XmlError> {
        self.next_start()?.ok_or(XmlError::Malformed)
    }

    /// The root element, which must be `name`.
    pub fn root_named(&mut self, name: &str) -> Result<(), XmlError> {
        if self.root()?.is(name) { Ok(()) } else { Err(XmlError::OtherRoot) }
    }

    /// The next child of the element that is being read; none at its end.
    pub fn child(&mut self) -> Result<Option<Element<'a>>, XmlError> {
        if std::mem::take(&mut self.empty) {
            self.depth = self.depth.saturating_sub(1);
            return Ok(None);
        }
        self.next_start()
    }

    /// The text of the element, decoded; elements within it are skipped.
    pub fn text(&mut self) -> Result<Cow<'a, str>, XmlError> {
        if std::mem::take(&mut self.empty) {
            self.depth = self.depth.saturating_sub(1);
            return Ok(Cow::Borrowed(""));
        }
        let mut text = Cow::Borrowed("");
        loop {
            let input: &'a [u8] = self.inner.get_mut();
            let end = memchr(b'<', input).ok_or(XmlError::Malformed)?;
            let (run, rest) = input.split_at(end);
            append(&mut text, unescape(utf8(run)?));
            if let Some(cdata) = rest.strip_prefix(b"<![CDATA[") {
                let (run, rest) = split_at(cdata, b"]]>")?;
                append(&mut text, Cow::Borrowed(utf8(run)?));
                self.advance_to(rest);
                continue;
            }
            if let Some(comment) = rest.strip_prefix(b"<!--") {
                self.advance_to(split_at(comment, b"-->")?.1);
                continue;
            }
            self.advance_to(rest);
            match self.next_start()? {
                Some(_) => self.skip()?,
                None => return Ok(text),
            }
        }
    }

    /// Passes over the element and all that is in it.
    pub fn skip(&mut self) -> Result<(), XmlError> {
        if std::mem::take(&mut self.empty) {
            self.depth = self.depth.saturating_sub(1);
            return Ok(());
        }
        let target = self.depth.saturating_sub(1);
        loop {
            match self.next_start()? {
                Some(_) if std::mem::take(&mut self.empty) => self.depth = self.depth.saturating_sub(1),
                Some(_) => {}
                None if self.depth <= target => return Ok(()),
                None => {}
            }
        }
    }

    /// Moves on without quick-xml's help; only called where it stands between two tags.
    fn advance_to(&mut self, rest: &'a [u8]) {
        *self.inner.get_mut() = rest;
    }

    /// The next start tag, or none at an end tag.
    fn next_start(&mut self) -> Result<Option<Element<'a>>, XmlError> {
        loop {
            let (start, empty) = match self.inner.read_event().map_err(|_| XmlError::Malformed)? {
                Event::Start(start) => (start, false),
                Event::Empty(start) => (start, true),
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or(XmlError::Malformed)?;
                    return Ok(None);
                }
                Event::Eof => return Err(XmlError::Malformed),
                Event::DocType(_) => return Err(XmlError::Doctype),
                _ => continue,
            };
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(XmlError::TooDeep);
            }
            if start.attributes_raw().len() > MAX_ATTRIBUTE_BYTES {
                return Err(XmlError::TooManyAttributes);
            }
            self.empty = empty;
            return Ok(Some(Element { start }));
        }
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, XmlError> {
    std::str::from_utf8(bytes).map_err(|_| XmlError::NotUtf8)
}

/// What stands before and behind the first `end`.
fn split_at<'a>(bytes: &'a [u8], end: &[u8]) -> Result<(&'a [u8], &'a [u8]), XmlError> {
    let at = find(bytes, end).ok_or(XmlError::Malformed)?;
    Ok((bytes.get(..at).unwrap_or_default(), bytes.get(at + end.len()..).unwrap_or_default()))
}

fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn elements_text_and_what_lies_between() {
        let mut reader = Reader::new(
            "\u{feff}<?xml version='1.0'?><!-- c --><r:Root a='1&amp;2'> <x/>t<One>a &lt;<![CDATA[<b>&amp;]]>c<in>no</in>d<!-- e -->f</One><Two><deep><x/></deep></Two><End/></r:Root>",
        );
        let root = reader.root().unwrap();
        assert!(root.is("root") && root.attribute("A").as_deref() == Some("1&2"));
        assert!(reader.child().unwrap().unwrap().is("x"));
        reader.skip().unwrap();
        assert!(reader.child().unwrap().unwrap().is("ONE"));
        assert_eq!(reader.text().unwrap(), "a <<b>&amp;cdf");
        assert!(reader.child().unwrap().unwrap().is("two"));
        reader.skip().unwrap();
        assert!(reader.child().unwrap().unwrap().is("end"));
        assert_eq!(reader.text().unwrap(), "");
        assert!(reader.child().unwrap().is_none());
    }

    fn walk(document: &str) -> Result<(), XmlError> {
        let mut reader = Reader::new(document);
        reader.root()?;
        reader.skip()
    }

    #[test]
    fn what_is_hostile_is_refused() {
        assert_eq!(walk("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), Err(XmlError::Doctype));
        assert_eq!(walk(&"<a>".repeat(65)), Err(XmlError::TooDeep));
        assert_eq!(walk(&format!("<a {}/>", "b='c' ".repeat(1000))), Err(XmlError::TooManyAttributes));
        for broken in ["", "text", "<a>", "<a></b>", "</a>", "<a", "<a><![CDATA[x</a>", "<a><b></a></b>"] {
            assert_eq!(walk(broken), Err(XmlError::Malformed), "{broken}");
        }
        assert!(walk(&format!("{}{}", "<a>".repeat(64), "</a>".repeat(64))).is_ok());
    }
}
