//! Cuts a stream of bytes into lines. Sans-IO, and bounded: it never holds more than one line of the longest length.

use secrecy::zeroize::Zeroizing;

/// Why bytes are no line. The rest of the stream is not affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is longer than it may be; said once, then everything up to the next newline is skipped.
    #[error("line is too long")]
    TooLong,
    /// It holds a NUL byte.
    #[error("line holds a NUL byte")]
    Nul,
    /// It is not UTF-8.
    #[error("line is not UTF-8")]
    NotUtf8,
}

/// Cuts lines at LF or CRLF. A last line without an end is never one.
#[derive(Debug)]
pub struct Framer {
    line: Zeroizing<Vec<u8>>,
    max: usize,
    skipping: bool,
}

impl Framer {
    /// A framer for lines of at most `max` bytes, their end not counted.
    pub fn new(max: usize) -> Self {
        Self { line: Zeroizing::default(), max, skipping: false }
    }

    /// Takes bytes off the front of `input` up to the end of a line. None: `input` is used up and no line has ended.
    /// The line may hold a password: it is wiped when it is dropped.
    pub fn next(&mut self, input: &mut &[u8]) -> Option<Result<Zeroizing<String>, Fault>> {
        loop {
            let end = input.iter().position(|&byte| byte == b'\n');
            let (piece, rest) = match end {
                Some(end) => (input.get(..end)?, input.get(end + 1..)?),
                None => (*input, &[][..]),
            };
            *input = rest;
            if self.skipping {
                self.skipping = end.is_none();
            } else {
                // One more byte than a line may have, for the CR of a CRLF that has not shown its LF yet.
                let room = (self.max + 1).saturating_sub(self.line.len());
                if piece.len() > room || (end.is_some() && !self.fits(piece)) {
                    self.line = Zeroizing::default();
                    self.skipping = end.is_none();
                    return Some(Err(Fault::TooLong));
                }
                self.line.extend_from_slice(piece);
                if end.is_some() {
                    return Some(take(std::mem::take(&mut self.line)));
                }
            }
            end?;
        }
    }

    /// Whether the line with this last piece has at most `max` bytes, an ending CR not counted.
    fn fits(&self, piece: &[u8]) -> bool {
        let last = piece.last().or(self.line.last());
        self.line.len() + piece.len() - usize::from(last == Some(&b'\r')) <= self.max
    }
}

fn take(mut line: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, Fault> {
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    if line.contains(&0) {
        return Err(Fault::Nul);
    }
    match String::from_utf8(std::mem::take(&mut *line)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            drop(Zeroizing::new(error.into_bytes()));
            Err(Fault::NotUtf8)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn frames(framer: &mut Framer, mut input: &[u8]) -> Vec<Result<String, Fault>> {
        std::iter::from_fn(|| framer.next(&mut input)).map(|line| line.map(|text| text.to_string())).collect()
    }

    #[test]
    fn lines_end_with_lf_or_crlf_wherever_the_chunks_are_cut() {
        let text = b"Hello#a\r\n\nBeat#b\nleft over";
        for cut in 0..text.len() {
            let mut framer = Framer::new(64);
            let mut lines = frames(&mut framer, &text[..cut]);
            lines.extend(frames(&mut framer, &text[cut..]));
            assert_eq!(lines, [Ok("Hello#a".into()), Ok(String::new()), Ok("Beat#b".into())], "{cut}");
        }
    }

    #[test]
    fn a_long_line_is_refused_once_and_the_next_is_heard() {
        let mut framer = Framer::new(4);
        assert_eq!(frames(&mut framer, b"1234\n1234\r\n"), [Ok("1234".into()), Ok("1234".into())]);
        assert_eq!(frames(&mut framer, b"12345\nab\n"), [Err(Fault::TooLong), Ok("ab".into())]);
        assert_eq!(frames(&mut framer, b"12345"), []);
        assert_eq!(frames(&mut framer, b"6"), [Err(Fault::TooLong)]);
        assert_eq!(frames(&mut framer, b"789"), []);
        assert_eq!(frames(&mut framer, b"0\nok\n"), [Ok("ok".into())]);
    }

    #[test]
    fn nul_and_bad_utf8_spoil_their_own_line_alone() {
        let mut framer = Framer::new(64);
        let lines = frames(&mut framer, b"a\0b\n\xff\xfe\nHello#x\n");
        assert_eq!(lines, [Err(Fault::Nul), Err(Fault::NotUtf8), Ok("Hello#x".into())]);
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_chunks_give_the_same_lines_within_the_bound(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(0), any::<u8>()], 0..400),
            cuts in proptest::collection::vec(1usize..40, 1..40),
            max in 1usize..64,
        ) {
            let whole = frames(&mut Framer::new(max), &bytes);
            let mut framer = Framer::new(max);
            let (mut rest, mut pieces) = (&bytes[..], Vec::new());
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, tail) = rest.split_at(rest.len().min(*cut));
                pieces.extend(frames(&mut framer, piece));
                prop_assert!(framer.line.len() <= max + 1);
                rest = tail;
            }
            // A long line may be refused before its end has come.
            if bytes.last() == Some(&b'\n') {
                prop_assert_eq!(&whole, &pieces);
            }
            prop_assert!(whole.iter().flatten().all(|line| line.len() <= max));
        }
    }
}
