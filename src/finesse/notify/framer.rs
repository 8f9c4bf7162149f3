//! Cuts an XMPP byte stream into its header, its stanzas and its end, before anything parses them.
//!
//! It looks at tags only as far as nesting and limits need: size, depth and attributes are bounded here, and what XMPP
//! forbids (document types, comments, processing instructions) ends the stream. A stanza above the size limit is passed
//! over without being kept.

use memchr::{memchr, memchr3};

const MAX_DEPTH: usize = 64;
const MAX_TAG: usize = 16 * 1024;
const MAX_ATTRIBUTES: usize = 64;
/// An oversized stanza is passed over up to this many times the limit; beyond it the stream ends.
const MAX_PASSED_OVER: usize = 16;

/// A piece of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The stream header's start tag.
    Open(Vec<u8>),
    /// One whole stanza.
    Stanza(Vec<u8>),
    /// A stanza that was too large; it has been passed over.
    Oversized,
    /// The end of the stream.
    Close,
}

/// Why a stream can't be read further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// It is not XML as XMPP uses it.
    #[error("the stream is not well formed")]
    Malformed,
    /// A document type, comment or processing instruction.
    #[error("the stream holds xml that xmpp forbids")]
    Forbidden,
    /// Nested too deep.
    #[error("the stream is nested too deep")]
    TooDeep,
    /// A tag is too long, or has too many attributes.
    #[error("a tag of the stream is too large")]
    TagTooLarge,
    /// An oversized stanza does not end.
    #[error("a stanza does not end")]
    Endless,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between tags.
    Text,
    /// In a tag, so far `<` and its first characters decide what it is.
    Tag,
    /// Within a quoted attribute value.
    Quoted(u8),
    /// In `<![CDATA[`, with how many of `]]` have been seen.
    Cdata(u8),
    /// In `<?xml … ?>` at the start.
    Declaration,
}

/// Takes bytes in any portions and gives frames.
#[derive(Debug)]
pub struct Framer {
    max_stanza: usize,
    state: State,
    /// The bytes of the stanza or header so far; not kept while one is passed over.
    buffer: Vec<u8>,
    /// The tag being read, for its own limits and its kind.
    tag_len: usize,
    tag_start: [u8; 9],
    tag_end: u8,
    attributes: usize,
    depth: usize,
    /// How many bytes of an oversized stanza have been passed over.
    passed_over: Option<usize>,
    begun: bool,
}

impl Framer {
    /// A framer for a new stream.
    pub fn new(max_stanza: usize) -> Self {
        Self {
            max_stanza,
            state: State::Text,
            buffer: Vec::new(),
            tag_len: 0,
            tag_start: [0; 9],
            tag_end: 0,
            attributes: 0,
            depth: 0,
            passed_over: None,
            begun: false,
        }
    }

    /// How many bytes are held back for a stanza that is not whole yet.
    pub fn buffered(&self) -> usize {
        self.buffer.len()
    }

    /// Takes bytes and passes each frame that they complete to `frame`. After an error the framer is of no use.
    pub fn push(&mut self, mut bytes: &[u8], mut frame: impl FnMut(Frame)) -> Result<(), FrameError> {
        while let Some(&byte) = bytes.first() {
            let used = match self.state {
                State::Text => self.text(bytes)?,
                State::Tag => self.tag(bytes, &mut frame)?,
                State::Quoted(quote) => {
                    let (used, ended) = until(bytes, quote);
                    if ended {
                        self.state = State::Tag;
                        self.attributes += 1;
                        self.tag_end = quote;
                    }
                    self.tag_len += used;
                    self.keep(bytes.get(..used).unwrap_or_default())?;
                    used
                }
                State::Cdata(seen) => {
                    self.state = match (byte, seen) {
                        (b']', seen) => State::Cdata((seen + 1).min(2)),
                        (b'>', 2) => State::Text,
                        _ => State::Cdata(0),
                    };
                    self.keep(&[byte])?;
                    1
                }
                State::Declaration => {
                    self.tag_len += 1;
                    if byte == b'>' {
                        if self.tag_end != b'?' {
                            return Err(FrameError::Malformed);
                        }
                        self.state = State::Text;
                        self.begun = true;
                    }
                    self.tag_end = byte;
                    1
                }
            };
            if self.tag_len > MAX_TAG || self.attributes > MAX_ATTRIBUTES {
                return Err(FrameError::TagTooLarge);
            }
            bytes = bytes.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    fn text(&mut self, bytes: &[u8]) -> Result<usize, FrameError> {
        let (used, tag) = match memchr(b'<', bytes) {
            Some(at) => (at, true),
            None => (bytes.len(), false),
        };
        let text = bytes.get(..used).unwrap_or_default();
        if self.depth >= 2 {
            self.keep(text)?;
        } else if !text.iter().all(u8::is_ascii_whitespace) {
            // Between stanzas there is only the white space that keeps a connection alive.
            return Err(FrameError::Malformed);
        }
        if tag {
            if self.depth == 1 && self.buffer.is_empty() {
                // A stanza begins, which nearly always is all that has come.
                self.buffer.reserve(bytes.len().min(self.max_stanza));
            }
            self.state = State::Tag;
            self.tag_len = 1;
            self.tag_end = b'<';
            self.attributes = 0;
            self.keep(b"<")?;
        }
        Ok(used + usize::from(tag))
    }

    /// Goes through a tag to its end, to a quote, or to where it turns out to be something else.
    fn tag(&mut self, bytes: &[u8], frame: &mut impl FnMut(Frame)) -> Result<usize, FrameError> {
        let Some(&byte) = bytes.first() else { return Ok(0) };
        // The first characters decide the kind, one by one, for they may come in portions.
        if self.tag_len < self.tag_start.len() {
            if let Some(slot) = self.tag_start.get_mut(self.tag_len) {
                *slot = byte;
            }
            match (self.tag_len, byte) {
                (1, b'!' | b'?') if self.depth == 0 && (byte == b'!' || self.begun) => {
                    return Err(FrameError::Forbidden);
                }
                (1, b'?') if self.depth == 0 => {
                    self.state = State::Declaration;
                    self.tag_len += 1;
                    self.buffer.clear();
                    return Ok(1);
                }
                (1, b'?') => return Err(FrameError::Forbidden),
                (1, b'!') if self.depth < 2 => return Err(FrameError::Forbidden),
                (1, b'>' | b' ' | b'<') => return Err(FrameError::Malformed),
                _ => {}
            }
            if self.tag_start.get(1) == Some(&b'!') && self.tag_len >= 1 {
                const CDATA: &[u8] = b"<![CDATA[";
                if CDATA.get(self.tag_len) != Some(&byte) {
                    return Err(FrameError::Forbidden);
                }
                self.tag_len += 1;
                if self.tag_len == CDATA.len() {
                    self.state = State::Cdata(0);
                }
                self.keep(&[byte])?;
                return Ok(1);
            }
        }
        match byte {
            b'<' => return Err(FrameError::Malformed),
            b'"' | b'\'' => {
                self.state = State::Quoted(byte);
                self.step(byte)?;
            }
            b'>' => {
                self.step(byte)?;
                self.end_of_tag(frame)?;
            }
            _ if self.tag_len < self.tag_start.len() => self.step(byte)?,
            _ => {
                let run = memchr3(b'>', b'"', b'\'', bytes).unwrap_or(bytes.len());
                let run = bytes.get(..run).unwrap_or_default();
                if memchr(b'<', run).is_some() {
                    return Err(FrameError::Malformed);
                }
                self.tag_len += run.len();
                self.tag_end = run.last().copied().unwrap_or(self.tag_end);
                self.keep(run)?;
                return Ok(run.len());
            }
        }
        Ok(1)
    }

    fn step(&mut self, byte: u8) -> Result<(), FrameError> {
        self.tag_len += 1;
        if byte != b'>' {
            self.tag_end = byte;
        }
        self.keep(&[byte])
    }

    fn end_of_tag(&mut self, frame: &mut impl FnMut(Frame)) -> Result<(), FrameError> {
        self.state = State::Text;
        self.begun = true;
        let closing = self.tag_start.get(1) == Some(&b'/');
        let empty = self.tag_end == b'/' && !closing;
        if closing {
            self.depth = self.depth.checked_sub(1).ok_or(FrameError::Malformed)?;
        } else if !empty {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(FrameError::TooDeep);
            }
        }
        match (self.depth, closing, empty) {
            (0, true, _) => {
                self.buffer.clear();
                frame(Frame::Close);
            }
            // A header that closes itself is no stream.
            (0, ..) => return Err(FrameError::Malformed),
            (1, false, false) if self.passed_over.is_some() => return Err(FrameError::TagTooLarge),
            (1, false, false) => frame(Frame::Open(std::mem::take(&mut self.buffer))),
            (1, ..) => {
                let stanza = std::mem::take(&mut self.buffer);
                frame(if self.passed_over.take().is_some() { Frame::Oversized } else { Frame::Stanza(stanza) });
            }
            _ => {}
        }
        Ok(())
    }

    /// Adds to the stanza, or only counts once it is too large.
    fn keep(&mut self, bytes: &[u8]) -> Result<(), FrameError> {
        if self.passed_over.is_none() && self.buffer.len() + bytes.len() > self.max_stanza {
            self.passed_over = Some(std::mem::take(&mut self.buffer).len());
        }
        match &mut self.passed_over {
            Some(count) => {
                *count += bytes.len();
                if *count > self.max_stanza.saturating_mul(MAX_PASSED_OVER) {
                    return Err(FrameError::Endless);
                }
            }
            None => self.buffer.extend_from_slice(bytes),
        }
        Ok(())
    }
}

/// How many bytes there are up to and including `end`, and whether it was there.
fn until(bytes: &[u8], end: u8) -> (usize, bool) {
    match memchr(end, bytes) {
        Some(at) => (at + 1, true),
        None => (bytes.len(), false),
    }
}
