//! Bytes of an XMPP server cut into stanzas: bounded, and the same however they arrive.
#![no_main]

use generic_connector::finesse::notify::framer::{Frame, FrameError, Framer};
use libfuzzer_sys::fuzz_target;

const MAX: usize = 256;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let whole = frames([bytes].into_iter());
    assert_eq!(frames(bytes.chunks(usize::from(size).max(1))), whole);
    for frame in whole.0 {
        assert!(!matches!(frame, Frame::Stanza(stanza) if stanza.len() > MAX));
    }
});

fn frames<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> (Vec<Frame>, Option<FrameError>) {
    let mut framer = Framer::new(MAX);
    let mut out = Vec::new();
    for chunk in chunks {
        if let Err(error) = framer.push(chunk, |frame| out.push(frame)) {
            return (out, Some(error));
        }
    }
    (out, None)
}
