//! STOMP 1.2 frames, taken apart and put together. Sans-IO.
//!
//! Our own few lines: async-stomp 0.7, the one crate that is kept up, brings a second TLS provider and its own root
//! certificates, and gives the connection up at a message that is too long, where its sender is to be told.

use std::fmt::Write as _;

use bytes::{Buf as _, Bytes, BytesMut};

/// Most bytes of a frame's command and headers.
const MOST_HEADERS: usize = 16 * 1024;
/// Most headers of a frame.
const MOST_LINES: usize = 128;

/// A frame from the broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// `CONNECTED`, `MESSAGE`, `RECEIPT` or `ERROR`; other commands are passed on as they are.
    pub command: String,
    /// The headers in order; of repeated ones the first counts.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// A frame's body.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// As it is.
    Whole(Bytes),
    /// It was longer than allowed, and left out.
    TooLong,
}

impl std::fmt::Debug for Body {
    /// Bodies hold passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::TooLong => f.write_str("too long"),
        }
    }
}

impl Frame {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

/// Why what a broker sends can't be understood. The connection is of no use any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Command and headers are longer than any broker's.
    #[error("headers that are too long")]
    Headers,
    /// A header without a colon, with an escape that is none, or that is no UTF-8.
    #[error("a header that can't be read")]
    Header,
    /// The content-length is no number.
    #[error("a content-length that is no number")]
    Length,
    /// The body goes on after its content-length.
    #[error("a body that does not end where it should")]
    End,
}

/// Takes bytes in pieces of any size and yields frames.
#[derive(Debug)]
pub struct Decoder {
    buffer: BytesMut,
    most_body: usize,
    /// The frame whose body is coming.
    open: Option<Open>,
    /// How far the buffer was searched for an end.
    searched: usize,
}

#[derive(Debug)]
struct Open {
    frame: Frame,
    /// How many bytes of the body are to come, if that was said.
    length: Option<usize>,
    skipping: bool,
}

impl Decoder {
    /// A decoder that leaves out bodies of more than so many bytes.
    pub fn new(most_body: usize) -> Self {
        Self { buffer: BytesMut::new(), most_body, open: None, searched: 0 }
    }

    /// Takes what was read.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The next frame, if it is complete.
    ///
    /// # Errors
    /// [`Malformed`] when what came is no STOMP.
    pub fn frame(&mut self) -> Result<Option<Frame>, Malformed> {
        loop {
            match self.open.take() {
                None => {
                    // Between frames, ends of line are heart-beats.
                    let blank = self.buffer.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                    if self.searched == 0 {
                        self.buffer.advance(blank);
                    }
                    let Some(end) = self.headers_end()? else { return Ok(None) };
                    let head = self.buffer.split_to(end);
                    self.searched = 0;
                    self.open = Some(open(&head, self.most_body)?);
                }
                Some(mut open) => {
                    if !self.body(&mut open)? {
                        self.open = Some(open);
                        return Ok(None);
                    }
                    return Ok(Some(open.frame));
                }
            }
        }
    }

    /// Where the headers end: after the first empty line.
    fn headers_end(&mut self) -> Result<Option<usize>, Malformed> {
        let from = self.searched.saturating_sub(3);
        let rest = self.buffer.get(from..).unwrap_or_default();
        let found = memchr::memchr_iter(b'\n', rest).find_map(|at| match rest.get(at + 1..) {
            Some([b'\n', ..]) => Some(from + at + 2),
            Some([b'\r', b'\n', ..]) => Some(from + at + 3),
            _ => None,
        });
        if found.unwrap_or(self.buffer.len()) > MOST_HEADERS {
            return Err(Malformed::Headers);
        }
        self.searched = self.buffer.len();
        Ok(found)
    }

    /// Whether the body is complete now.
    fn body(&mut self, open: &mut Open) -> Result<bool, Malformed> {
        match open.length {
            Some(length) if open.skipping => {
                let now = length.min(self.buffer.len());
                self.buffer.advance(now);
                open.length = Some(length - now);
                if length > now {
                    return Ok(false);
                }
            }
            Some(length) => {
                if self.buffer.len() <= length {
                    return Ok(false);
                }
                open.frame.body = Body::Whole(self.buffer.split_to(length).freeze());
            }
            None => {
                let from = self.searched.min(self.buffer.len());
                let end = memchr::memchr(0, self.buffer.get(from..).unwrap_or_default()).map(|at| from + at);
                let so_far = end.unwrap_or(self.buffer.len());
                open.skipping |= so_far > self.most_body;
                let Some(end) = end else {
                    if open.skipping {
                        self.buffer.clear();
                    }
                    self.searched = self.buffer.len();
                    return Ok(false);
                };
                let body = self.buffer.split_to(end).freeze();
                open.frame.body = if open.skipping { Body::TooLong } else { Body::Whole(body) };
            }
        }
        self.searched = 0;
        match self.buffer.first() {
            Some(0) => {
                self.buffer.advance(1);
                Ok(true)
            }
            Some(_) => Err(Malformed::End),
            // Only after a body that was skipped by its length.
            None => {
                open.length = Some(0);
                Ok(false)
            }
        }
    }
}

fn open(head: &[u8], most_body: usize) -> Result<Open, Malformed> {
    let head = std::str::from_utf8(head).map_err(|_| Malformed::Header)?;
    let mut lines = head.lines();
    let command = lines.next().unwrap_or_default().to_owned();
    let escaped = !matches!(command.as_str(), "CONNECT" | "CONNECTED");
    let mut headers = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        if headers.len() >= MOST_LINES {
            return Err(Malformed::Headers);
        }
        let (name, value) = line.split_once(':').ok_or(Malformed::Header)?;
        headers.push(if escaped { (unescape(name)?, unescape(value)?) } else { (name.to_owned(), value.to_owned()) });
    }
    let mut frame = Frame { command, headers, body: Body::TooLong };
    let length = frame.header("content-length").map(|text| text.trim().parse::<usize>().map_err(|_| Malformed::Length));
    let length = length.transpose()?;
    let skipping = length.is_some_and(|length| length > most_body);
    if !skipping {
        frame.body = Body::Whole(Bytes::new());
    }
    Ok(Open { frame, length, skipping })
}

fn unescape(text: &str) -> Result<String, Malformed> {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        out.push(match character {
            '\\' => match characters.next() {
                Some('r') => '\r',
                Some('n') => '\n',
                Some('c') => ':',
                Some('\\') => '\\',
                _ => return Err(Malformed::Header),
            },
            other => other,
        });
    }
    Ok(out)
}

/// A frame to the broker. A body that is text gets no `content-length`; bytes that would end it are left out.
pub fn encode(command: &str, headers: &[(&str, &str)], body: &[u8], out: &mut BytesMut) {
    let escaped = command != "CONNECT";
    let mut head = String::with_capacity(64);
    head.push_str(command);
    for (name, value) in headers {
        head.push('\n');
        for (part, after) in [(name, ":"), (value, "")] {
            for character in part.chars() {
                match character {
                    '\n' if escaped => head.push_str("\\n"),
                    '\r' if escaped => head.push_str("\\r"),
                    ':' if escaped => head.push_str("\\c"),
                    '\\' if escaped => head.push_str("\\\\"),
                    '\n' | '\r' | '\0' => {}
                    other => head.push(other),
                }
            }
            head.push_str(after);
        }
    }
    let _ = write!(head, "\n\n");
    out.extend_from_slice(head.as_bytes());
    for part in body.split(|byte| *byte == 0) {
        out.extend_from_slice(part);
    }
    out.extend_from_slice(b"\0");
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
