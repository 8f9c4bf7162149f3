//! Writes XML: the simulator's own, so that it shares no mistake with the adapter.

use jiff::Timestamp;

/// Appends elements to a string. Children come in the order of the calls; callers keep Finesse's alphabetical one.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// A writer with room for a usual object.
    pub fn new() -> Self {
        Self { out: String::with_capacity(2_048) }
    }

    /// Writes `<name>text</name>`, empty text as an empty element with both tags.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.open(name);
        escape_into(&mut self.out, text);
        self.close(name)
    }

    /// Writes `<name>` … `</name>` around what `body` writes.
    pub fn element(&mut self, name: &str, body: impl FnOnce(&mut Self)) -> &mut Self {
        self.open(name);
        body(self);
        self.close(name)
    }

    /// Writes ready-made XML.
    pub fn raw(&mut self, xml: &str) -> &mut Self {
        self.out.push_str(xml);
        self
    }

    /// The XML written so far.
    pub fn finish(self) -> String {
        self.out
    }

    fn open(&mut self, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    fn close(&mut self, name: &str) -> &mut Self {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self
    }
}

/// Escapes text for element content and attribute values.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape_into(&mut out, text);
    out
}

/// Escapes `text` to the end of `out`, leaving out characters that XML 1.0 can't carry.
pub fn escape_into(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (replacement, width) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\'' => ("&apos;", 1),
            b'\t' | b'\n' | b'\r' => continue,
            0..=0x1f => ("", 1),
            0xef if text.get(at..).is_some_and(|rest| rest.starts_with(['\u{fffe}', '\u{ffff}'])) => ("", 3),
            _ => continue,
        };
        out.push_str(text.get(copied..at).unwrap_or_default());
        out.push_str(replacement);
        copied = at + width;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
}

/// Milliseconds since 1970 as `2024-03-05T09:07:11.466Z`.
pub fn time(millis: u64) -> String {
    let timestamp = i64::try_from(millis).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or_default();
    format!("{timestamp:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_times_have_milliseconds() {
        let mut writer = Writer::new();
        writer.element("a", |w| {
            w.text("b", "<&>\u{1}é\u{ffff}x").text("c", "");
        });
        assert_eq!(writer.finish(), "<a><b>&lt;&amp;&gt;éx</b><c></c></a>");
        assert_eq!(time(1_709_629_631_466), "2024-03-05T09:07:11.466Z");
    }
}
