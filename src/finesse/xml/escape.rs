//! Entities: decoding text once in one pass, and escaping it.

use std::borrow::Cow;

use memchr::memchr3;

use super::find;

/// What is looked at together.
const BLOCK: usize = 16;

/// Decodes the five named entities and numeric references in one pass. What is no reference stays as it is, and a
/// reference to a character that XML does not allow becomes U+FFFD.
pub fn unescape(raw: &str) -> Cow<'_, str> {
    let bytes = raw.as_bytes();
    let Some(first) = find(b'&', bytes) else { return Cow::Borrowed(raw) };
    // A notification's text has a reference every dozen bytes, so that a search and a copy for each would cost more than
    // all else. Whole blocks are copied, with what is behind the reference, which is written over then. None decodes to
    // more than it had.
    let mut out = vec![0; bytes.len() + BLOCK];
    let (mut read, mut written) = (0, 0);
    if let (Some(from), Some(to)) = (bytes.get(..first), out.get_mut(..first)) {
        to.copy_from_slice(from);
        (read, written) = (first, first);
    }
    while let (Some(from), Some(to)) = (bytes.get(read..), out.get_mut(written..)) {
        let plain = match (from.first_chunk::<BLOCK>(), to.first_chunk_mut::<BLOCK>()) {
            (Some(from), Some(to)) => {
                *to = *from;
                before_reference(from)
            }
            _ if from.is_empty() => break,
            _ => {
                let plain = find(b'&', from).unwrap_or(from.len());
                to.iter_mut().zip(from).take(plain).for_each(|(to, from)| *to = *from);
                plain
            }
        };
        (read, written) = (read + plain, written + plain);
        let Some(reference @ [b'&', ..]) = bytes.get(read..) else { continue };
        let (decoded, used) = decode(reference);
        let decoded = decoded.unwrap_or('&');
        if let Some(to) = out.get_mut(written..written + decoded.len_utf8()) {
            decoded.encode_utf8(to);
        }
        (read, written) = (read + used, written + decoded.len_utf8());
    }
    out.truncate(written);
    String::from_utf8(out).map_or(Cow::Borrowed(raw), Cow::Owned)
}

/// How many bytes of a block stand before its first `&`.
fn before_reference(block: &[u8; BLOCK]) -> usize {
    const ONES: u128 = u128::from_ne_bytes([1; BLOCK]);
    let differs = u128::from_le_bytes(*block) ^ (ONES * b'&' as u128);
    // The lowest byte that is zero is the lowest whose highest bit is set here.
    let zeros = differs.wrapping_sub(ONES) & !differs & (ONES << 7);
    (zeros.trailing_zeros() / 8) as usize
}

/// Decodes the reference that `text` starts with: the character, and how many bytes to go on by.
fn decode(text: &[u8]) -> (Option<char>, usize) {
    match text {
        [b'&', b'l', b't', b';', ..] => return (Some('<'), 4),
        [b'&', b'g', b't', b';', ..] => return (Some('>'), 4),
        [b'&', b'a', b'm', b'p', b';', ..] => return (Some('&'), 5),
        [b'&', b'q', b'u', b'o', b't', b';', ..] => return (Some('"'), 6),
        [b'&', b'a', b'p', b'o', b's', b';', ..] => return (Some('\''), 6),
        _ => {}
    }
    let Some(body) = text.strip_prefix(b"&#") else { return (None, 1) };
    // The longest reference to a character has seven digits; zeros in front of it are nobody's habit.
    let Some(end) = body.iter().take(10).position(|b| *b == b';') else { return (None, 1) };
    let digits = body.get(..end).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or("");
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
            ("0123456789abcdé&lt;0123456789abcdef&gt;", "0123456789abcdé<0123456789abcdef>"),
            ("0123456789abcdefé&#128512;&amp;é", "0123456789abcdefé😀&é"),
        ] {
            assert_eq!(unescape(raw), plain, "{raw}");
        }
    }

    /// The same, a character at a time.
    fn slowly(raw: &str) -> String {
        let (mut out, mut rest) = (String::new(), raw);
        while let Some(c) = rest.chars().next() {
            let (decoded, used) = if c == '&' { decode(rest.as_bytes()) } else { (Some(c), c.len_utf8()) };
            out.push(decoded.unwrap_or('&'));
            rest = &rest[used..];
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn blocks_decode_as_characters_do(text in "(&|&lt;|&#x1F600;|&#0;|&amp|[a-zé\\u{20ac}\\u{1f600}]{0,20}){0,12}") {
            proptest::prop_assert_eq!(unescape(&text), slowly(&text));
        }

        #[test]
        fn what_was_escaped_comes_back(text in "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\u{fffe}\\u{ffff}]*") {
            let mut out = String::new();
            escape_into(&mut out, &text);
            proptest::prop_assert_eq!(unescape(&out), text);
        }
    }
}
