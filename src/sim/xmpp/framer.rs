//! Cuts the bytes of an XMPP stream into its header, its stanzas and its end.

use super::MAX_STANZA;

/// Deepest nesting of a stanza.
const MAX_DEPTH: usize = 32;

/// A piece of the stream.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Piece {
    /// The opening tag of the stream, made a whole element.
    Header(String),
    /// One stanza.
    Stanza(String),
    /// `</stream:stream>`.
    End,
}

/// The stream can't be read any further.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Broken {
    /// A stanza is too large or too deep.
    #[error("stanza too large")]
    TooLarge,
    /// Not XML as XMPP allows it.
    #[error("not well-formed")]
    NotWellFormed,
}

/// Finds the pieces, under any chunking.
#[derive(Debug, Default)]
pub struct Framer {
    buffer: Vec<u8>,
    /// How far the buffer has been looked through.
    at: usize,
    /// Open elements, the stream's among them.
    depth: usize,
    /// Where the tag that is being read begins.
    tag: Option<usize>,
    quote: Option<u8>,
}

impl Framer {
    /// Takes bytes from the peer.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Begins a new stream on the same connection, as after SASL: the next tag is a header.
    pub fn restart(&mut self) {
        *self = Self { buffer: self.buffer.split_off(self.at), ..Self::default() };
    }

    /// Whether bytes are left that were not yet looked at.
    pub fn has_rest(&self) -> bool {
        self.at < self.buffer.len()
    }

    /// The next whole piece.
    ///
    /// # Errors
    /// [`Broken`]; the stream is over then.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, Broken> {
        while let Some(&byte) = self.buffer.get(self.at) {
            self.at += 1;
            match (self.tag, self.quote) {
                (None, _) if byte == b'<' && self.depth <= 1 => {
                    // Between stanzas there is only white space: keep-alive, not to be kept.
                    self.buffer.drain(..self.at - 1);
                    self.at = 1;
                    self.tag = Some(0);
                }
                (None, _) if byte == b'<' => self.tag = Some(self.at - 1),
                (None, _) if self.depth <= 1 && !byte.is_ascii_whitespace() => return Err(Broken::NotWellFormed),
                (None, _) => {}
                (Some(_), Some(quote)) if byte == quote => self.quote = None,
                (Some(_), Some(_)) => {}
                (Some(_), None) if byte == b'"' || byte == b'\'' => self.quote = Some(byte),
                (Some(start), None) if byte == b'>' => {
                    self.tag = None;
                    if let Some(piece) = self.end_of_tag(start)? {
                        return Ok(Some(piece));
                    }
                }
                (Some(_), None) => {}
            }
        }
        if self.depth <= 1 && self.tag.is_none() {
            self.buffer.clear();
            self.at = 0;
        }
        if self.buffer.len() > MAX_STANZA { Err(Broken::TooLarge) } else { Ok(None) }
    }

    fn end_of_tag(&mut self, start: usize) -> Result<Option<Piece>, Broken> {
        let tag = self.buffer.get(start..self.at).unwrap_or_default();
        let (closing, empty) = (tag.starts_with(b"</"), tag.ends_with(b"/>"));
        if tag.starts_with(b"<?xml") && self.depth == 0 {
            return Ok(None);
        }
        if tag.starts_with(b"<!") || tag.starts_with(b"<?") {
            // XMPP forbids comments, processing instructions and DTDs; nobody needs CDATA in what clients send.
            return Err(Broken::NotWellFormed);
        }
        match (self.depth, closing, empty) {
            (0, false, false) => {
                self.depth = 1;
                let mut header = self.take()?;
                header.truncate(header.len().saturating_sub(1));
                header.push_str("/>");
                Ok(Some(Piece::Header(header.trim_start().to_owned())))
            }
            (0, ..) => Err(Broken::NotWellFormed),
            (1, true, _) => {
                self.depth = 0;
                self.take()?;
                Ok(Some(Piece::End))
            }
            (1, false, true) => Ok(Some(Piece::Stanza(self.take()?))),
            (2, true, _) => {
                self.depth = 1;
                Ok(Some(Piece::Stanza(self.take()?)))
            }
            (_, true, _) => {
                self.depth -= 1;
                Ok(None)
            }
            (_, false, true) => Ok(None),
            (MAX_DEPTH.., ..) => Err(Broken::TooLarge),
            (_, false, false) => {
                self.depth += 1;
                Ok(None)
            }
        }
    }

    fn take(&mut self) -> Result<String, Broken> {
        let rest = self.buffer.split_off(self.at);
        let piece = std::mem::replace(&mut self.buffer, rest);
        self.at = 0;
        if piece.len() > MAX_STANZA {
            return Err(Broken::TooLarge);
        }
        String::from_utf8(piece).map_err(|_| Broken::NotWellFormed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn pieces(chunks: &[&str]) -> Result<Vec<Piece>, Broken> {
        let (mut framer, mut all) = (Framer::default(), Vec::new());
        for chunk in chunks {
            framer.push(chunk.as_bytes());
            while let Some(piece) = framer.next_piece()? {
                all.push(piece);
            }
        }
        Ok(all)
    }

    #[test]
    fn pieces_are_the_same_under_any_chunking() {
        let text = "<?xml version='1.0'?> <s:stream to='a>b'><iq><a b='/>'/>x</iq> \n <r/></s:stream>";
        let whole = pieces(&[text]).unwrap();
        assert_eq!(whole.len(), 4);
        assert_eq!(whole[0], Piece::Header("<s:stream to='a>b'/>".to_owned()));
        assert_eq!(whole[1], Piece::Stanza("<iq><a b='/>'/>x</iq>".to_owned()));
        for at in 1..text.len() {
            assert_eq!(pieces(&[&text[..at], &text[at..]]).unwrap(), whole);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(text in "[<>/!?'\"a-c= \\PC]{0,200}", at in 0_usize..200) {
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let _ = pieces(&["<s>", &text[..at], &text[at..]]);
            let _ = crate::sim::xml::Element::parse(&text);
            let _ = crate::sim::xmpp::bosh::body::Body::parse(&text);
        }
    }

    #[test]
    fn hostile_streams_are_broken_off() {
        let deep = format!("<s>{}", "<a>".repeat(10_000));
        let large = format!("<s><a b='{}", "x".repeat(MAX_STANZA + 1));
        for text in [&deep, &large, "hello", "<s><!DOCTYPE a>", "</s>", "<s>text"] {
            assert!(pieces(&[text]).is_err(), "{text:.30}");
        }
    }
}
