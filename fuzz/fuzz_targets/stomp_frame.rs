//! STOMP frames of a broker: bounded, the same however they arrive, and what is written is read back.
#![no_main]

use bytes::BytesMut;
use generic_connector::bridge::stomp::frame::{Body, Decoder, Frame, encode};
use libfuzzer_sys::fuzz_target;

const MAX: usize = 64;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let whole = frames([bytes].into_iter(), MAX);
    assert_eq!(frames(bytes.chunks(usize::from(size).max(1)), MAX), whole);
    for frame in &whole.0 {
        if let Body::Whole(body) = &frame.body {
            assert!(body.len() <= MAX);
        }
    }
    let (header, body) = bytes.split_at(bytes.len().min(usize::from(size)));
    let header = String::from_utf8_lossy(header).replace('\0', "");
    let mut out = BytesMut::new();
    encode("SEND", &[("type", &header)], body, &mut out);
    let (read, malformed) = frames([&out[..]].into_iter(), usize::MAX);
    let [frame] = &read[..] else { panic!("{} frames", read.len()) };
    assert!(!malformed);
    assert_eq!(frame.header("type"), Some(header.as_str()));
    let said: Vec<u8> = body.iter().copied().filter(|byte| *byte != 0).collect();
    assert_eq!(frame.body, Body::Whole(said.into()));
});

/// The frames, and whether what follows is none.
fn frames<'a>(chunks: impl Iterator<Item = &'a [u8]>, most: usize) -> (Vec<Frame>, bool) {
    let mut decoder = Decoder::new(most);
    let mut out = Vec::new();
    for chunk in chunks {
        decoder.push(chunk);
        loop {
            match decoder.frame() {
                Ok(Some(frame)) => out.push(frame),
                Ok(None) => break,
                Err(_) => return (out, true),
            }
        }
    }
    (out, false)
}
