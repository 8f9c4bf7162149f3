//! Entities: decoding text once in one pass, and escaping it.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr3};

/// Decodes the five named entities and numeric references in one pass. What is no reference stays as it is, and a
/// reference to a character that XML does not allow becomes U+FFFD.
pub fn unescape(raw: &str) -> Cow<'_, str> {
    let mut references = memchr_iter(b'&', raw.as_bytes()).peekable();
    if references.peek().is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut done = 0;
    for at in references {
        out.push_str(raw.get(done..at).unwrap_or_default());
        let (decoded, used) = decode(raw.get(at..).unwrap_or_default());
        out.push(decoded.unwrap_or('&'));
        done = at + used;
    }
    out.push_str(raw.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Decodes the reference that `text` starts with: the character, and how many bytes to go on by.
fn decode(text: &str) -> (Option<char>, usize) {
    match text.as_bytes() {
        [b'&', b'l', b't', b';', ..] => return (Some('<'), 4),
        [b'&', b'g', b't', b';', ..] => return (Some('>'), 4),
        [b'&', b'a', b'm', b'p', b';', ..] => return (Some('&'), 5),
        [b'&', b'q', b'u', b'o', b't', b';', ..] => return (Some('"'), 6),
        [b'&', b'a', b'p', b'o', b's', b';', ..] => return (Some('\''), 6),
        _ => {}
    }
    let Some(body) = text.strip_prefix("&#") else { return (None, 1) };
    // The longest reference to a character has seven digits; zeros in front of it are nobody's habit.
    let Some(end) = body.bytes().take(10).position(|b| b == b';') else { return (None, 1) };
    let digits = body.get(..end).unwrap_or("");
    let number = match digits.strip_prefix('x').or_else(|| digits.strip_prefix('X')) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16),
        None if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse(),
        _ => return (None, 1),
    };
    let Ok(number) = number else { return (None, 1) };
    let c = char::from_u32(number).filter(|c| allowed(*c)).unwrap_or(char::REPLACEMENT_CHARACTER);
    (Some(c), "&#".len() + end + ";".len())
}

/// Whether XML 1.0 allows the character at all.
pub(super) fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Appends `text` escaped for an element's content or a quoted attribute. A character that XML does not allow becomes
/// U+FFFD, so that the result is well formed whatever the text.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let plain =
        |b: &[u8]| memchr3(b'<', b'>', b'&', b).is_none() && !b.iter().any(|b| *b < b' ' || *b == b'"' || *b == b'\'');
    if plain(text.as_bytes()) && !text.contains(['\u{fffe}', '\u{ffff}']) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // As references: a parser would turn them into blanks or line feeds.
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if allowed(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once() {
        for (raw, plain) in [
            ("plain", "plain"),
            ("&lt;a b=&quot;&apos;&gt;", "<a b=\"'>"),
            ("&amp;amp;", "&amp;"),
            ("&#65;&#x42;&#X43;", "ABC"),
            ("a & b &unknown; &", "a & b &unknown; &"),
            ("&#0;&#xD800;&#x110000;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&#;&#x;&#-1;&#99999999999;", "&#;&#x;&#-1;&#99999999999;"),
            ("grün&lt;é", "grün<é"),
        ] {
            assert_eq!(unescape(raw), plain, "{raw}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_was_escaped_comes_back(text in "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\u{fffe}\\u{ffff}]*") {
            let mut out = String::new();
            escape_into(&mut out, &text);
            proptest::prop_assert_eq!(unescape(&out), text);
        }
    }
}
