//! A small XML writer: elements are closures, text is always escaped, so that the result is well formed.

use super::escape::escape_into;

/// Writes one XML document into a string.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// An empty document.
    pub fn new() -> Self {
        Self { out: String::with_capacity(256) }
    }

    /// An element with whatever `content` writes. `name` is a constant of the program, never input.
    #[must_use]
    pub fn element(mut self, name: &'static str, content: impl FnOnce(Self) -> Self) -> Self {
        self.tag("<", name);
        let mut this = content(self);
        this.tag("</", name);
        this
    }

    /// An element that holds text.
    #[must_use]
    pub fn text(mut self, name: &'static str, text: &str) -> Self {
        self.tag("<", name);
        escape_into(&mut self.out, text);
        self.tag("</", name);
        self
    }

    /// Text that stands in an attribute's quotes or an element.
    pub fn escape(text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        escape_into(&mut out, text);
        out
    }

    /// The document.
    pub fn finish(self) -> String {
        self.out
    }

    fn tag(&mut self, opening: &str, name: &str) {
        self.out.push_str(opening);
        self.out.push_str(name);
        self.out.push('>');
    }
}
