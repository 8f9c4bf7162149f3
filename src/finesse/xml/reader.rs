//! A pull reader over one XML document in memory, bounded in depth and attributes, for hostile input.
//!
//! It walks elements: [`Reader::root`], then [`Reader::child`] until it is none, and for each element exactly one of a
//! loop over its children, [`Reader::text`] or [`Reader::skip`]. Names are compared without prefix and without regard to
//! case. Text is found by scanning for the next `<` and decoded once; tags that are a name alone, nearly all of Finesse's,
//! are read here, too. All else is quick-xml's: attributes, comments, declarations. Its events, one per tag and entity,
//! cost more than all the rest for a notification whose payload is escaped XML.

use std::borrow::Cow;

use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use super::escape::unescape;
use super::find;

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
#[derive(Clone, Copy)]
pub struct Element<'a> {
    /// Its name without a prefix.
    local: &'a str,
    /// What stands in it behind the name.
    attributes: &'a str,
}

impl<'a> Element<'a> {
    /// Whether the element's local name is `name`, whatever its case.
    pub fn is(&self, name: &str) -> bool {
        self.local.eq_ignore_ascii_case(name)
    }

    /// The local name.
    pub fn name(&self) -> &'a str {
        self.local
    }

    /// The value of the first attribute with that local name; none when it is missing or its entities are wrong.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        Attributes::new(self.attributes, 0)
            .with_checks(false)
            .take(MAX_ATTRIBUTES)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().as_ref().eq_ignore_ascii_case(name))
            .map(|attribute| match attribute.value {
                Cow::Borrowed(value) => unescape(value),
                Cow::Owned(value) => Cow::Owned(unescape(&value).into_owned()),
            })
    }
}

/// Reads one document.
pub struct Reader<'a> {
    /// Only asked where a tag is not a name alone.
    inner: quick_xml::Reader<&'a [u8]>,
    document: &'a str,
    /// How much of it has been read.
    at: usize,
    /// The names of the elements around, as they were written.
    open: Vec<&'a str>,
    /// The last element was `<empty/>`: it has no content and no end tag to come.
    empty: bool,
}

impl<'a> Reader<'a> {
    /// Starts to read `document`.
    pub fn new(document: &'a str) -> Self {
        // A byte order mark in front of the declaration is common in answers of Java servers behind a proxy.
        let document = document.strip_prefix('\u{feff}').unwrap_or(document);
        let mut inner = quick_xml::Reader::from_str(document);
        inner.config_mut().check_end_names = false;
        Self { inner, document, at: 0, open: Vec::with_capacity(8), empty: false }
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
        if self.was_empty() {
            return Ok(None);
        }
        self.next_start()
    }

    /// The text of the element, decoded; elements within it are skipped.
    pub fn text(&mut self) -> Result<Cow<'a, str>, XmlError> {
        if self.was_empty() {
            return Ok(Cow::Borrowed(""));
        }
        let mut text = unescape(self.until_tag()?);
        loop {
            if self.end_tag() {
                return Ok(text);
            }
            let rest = self.rest();
            if let Some(cdata) = rest.strip_prefix("<![CDATA[") {
                let (run, rest) = cdata.split_once("]]>").ok_or(XmlError::Malformed)?;
                append(&mut text, Cow::Borrowed(run));
                self.go_to(rest);
            } else if let Some(comment) = rest.strip_prefix("<!--") {
                self.go_to(comment.split_once("-->").ok_or(XmlError::Malformed)?.1);
            } else {
                match self.next_start()? {
                    Some(_) => self.skip()?,
                    None => return Ok(text),
                }
            }
            append(&mut text, unescape(self.until_tag()?));
        }
    }

    /// Passes over the element and all that is in it.
    pub fn skip(&mut self) -> Result<(), XmlError> {
        if self.was_empty() {
            return Ok(());
        }
        let target = self.open.len().saturating_sub(1);
        loop {
            if self.next_start()?.is_some() {
                self.was_empty();
            } else if self.open.len() <= target {
                return Ok(());
            }
        }
    }

    /// Leaves an `<empty/>` element, if it was one.
    fn was_empty(&mut self) -> bool {
        let empty = std::mem::take(&mut self.empty);
        if empty {
            self.open.pop();
        }
        empty
    }

    /// What has not been read.
    fn rest(&self) -> &'a str {
        self.document.get(self.at..).unwrap_or_default()
    }

    /// Goes on with what is left after something.
    fn go_to(&mut self, rest: &str) {
        self.at = self.document.len().saturating_sub(rest.len());
    }

    /// Passes over what stands before the next tag, and returns it.
    fn until_tag(&mut self) -> Result<&'a str, XmlError> {
        let rest = self.rest();
        let length = find(b'<', rest.as_bytes()).ok_or(XmlError::Malformed)?;
        self.at += length;
        Ok(rest.get(..length).unwrap_or_default())
    }

    /// Passes over the end tag of the element that is being read, where it comes next and is written as plainly as its start.
    fn end_tag(&mut self) -> bool {
        let Some(name) = self.open.last() else { return false };
        let rest = self.rest().as_bytes();
        let ends = rest.starts_with(b"</")
            && rest.get(2..2 + name.len()) == Some(name.as_bytes())
            && rest.get(2 + name.len()) == Some(&b'>');
        if ends {
            self.at += name.len() + "</>".len();
            self.open.pop();
        }
        ends
    }

    /// The next start tag, or none at an end tag.
    fn next_start(&mut self) -> Result<Option<Element<'a>>, XmlError> {
        loop {
            self.until_tag()?;
            if self.end_tag() {
                return Ok(None);
            }
            let tag = self.rest();
            if let Some(end) = tag.strip_prefix("</") {
                let (name, rest) = end.split_once('>').ok_or(XmlError::Malformed)?;
                if self.open.pop() != Some(name.trim_ascii_end()) {
                    return Err(XmlError::Malformed);
                }
                self.go_to(rest);
                return Ok(None);
            }
            let (name, attributes, empty) = if let Some((name, empty, length)) = plain(tag) {
                self.at += length;
                (name, "", empty)
            } else {
                *self.inner.get_mut() = tag.as_bytes();
                let event = self.inner.read_event().map_err(|_| XmlError::Malformed)?;
                self.at = self.document.len().saturating_sub(self.inner.get_mut().len());
                let (start, empty) = match event {
                    Event::Start(start) => (start, false),
                    Event::Empty(start) => (start, true),
                    Event::Eof => return Err(XmlError::Malformed),
                    Event::DocType(_) => return Err(XmlError::Doctype),
                    _ => continue,
                };
                if start.attributes_raw().len() > MAX_ATTRIBUTE_BYTES {
                    return Err(XmlError::TooManyAttributes);
                }
                // As it stands in the document, which lasts.
                let (length, whole) = (start.name().as_ref().len(), start.len());
                let within = tag.get(1..=whole).ok_or(XmlError::Malformed)?;
                let (name, attributes) = within.split_at_checked(length).ok_or(XmlError::Malformed)?;
                (name, attributes, empty)
            };
            self.open.push(name);
            if self.open.len() > MAX_DEPTH {
                return Err(XmlError::TooDeep);
            }
            self.empty = empty;
            let local = find(b':', name.as_bytes()).and_then(|colon| name.get(colon + 1..)).unwrap_or(name);
            return Ok(Some(Element { local, attributes }));
        }
    }
}

/// A tag without attributes: its name, whether it is empty, and how long it is.
fn plain(tag: &str) -> Option<(&str, bool, usize)> {
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    let length = tag.bytes().skip(1).position(|byte| !in_name(&byte)).filter(|length| *length > 0)?;
    let (name, rest) = (tag.get(1..=length)?, tag.as_bytes().get(1 + length..)?);
    match rest {
        [b'>', ..] => Some((name, false, length + "<>".len())),
        [b'/', b'>', ..] => Some((name, true, length + "</>".len())),
        _ => None,
    }
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

    /// The same by quick-xml alone: whether the root element comes and ends.
    fn walk_by_quick_xml(document: &str) -> bool {
        let (mut reader, mut depth) = (quick_xml::Reader::from_str(document), 0);
        loop {
            match reader.read_event() {
                Ok(Event::Start(_)) => depth += 1,
                Ok(Event::End(_)) if depth == 1 => return true,
                Ok(Event::End(_)) => depth -= 1,
                Ok(Event::Empty(_)) if depth == 0 => return true,
                Ok(Event::Eof | Event::DocType(_)) | Err(_) => return false,
                Ok(_) => {}
            }
        }
    }

    const PIECES: &[&str] = &[
        "<a>",
        "</a>",
        "<b>",
        "</b>",
        "<b/>",
        "<a >",
        "</a >",
        "<a x='>'>",
        "<b x=\"1\"/>",
        "<p:a>",
        "</p:a>",
        "<1>",
        "</1>",
        "<é>",
        "</é>",
        "</>",
        "<>",
        "< a>",
        "<!-- <a> -->",
        "<![CDATA[</a>]]>",
        "<?p </a>?>",
        "text",
        "&amp;",
        " ",
        "<",
        ">",
    ];

    proptest::proptest! {
        #[test]
        fn whatever_it_reads_itself_quick_xml_reads_alike(picks in proptest::collection::vec(0..PIECES.len(), 0..12)) {
            let document: String = std::iter::once("<a>").chain(picks.iter().map(|pick| PIECES[*pick])).collect();
            proptest::prop_assert_eq!(walk(&document).is_ok(), walk_by_quick_xml(&document), "{}", document);
        }
    }
}
