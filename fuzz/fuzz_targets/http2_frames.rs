//! Frames of HTTP/2 found in a client's bytes: the same however they arrive, and as one counts who has all of them.
#![no_main]

use generic_connector::grpc::meter::{Frames, Head};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let (mut frames, mut found) = (Frames::default(), Vec::new());
    for bytes in bytes.chunks(usize::from(size).max(1)) {
        frames.follow(bytes, |head| found.push(head));
    }
    let (wanted, is_between) = all(bytes);
    assert_eq!(found, wanted);
    assert_eq!(frames.is_between(), is_between);
});

/// The frames that begin in these bytes, and whether the last of them is whole.
fn all(mut bytes: &[u8]) -> (Vec<Head>, bool) {
    let mut heads = Vec::new();
    while let Some(([a, b, c, kind, ..], rest)) = bytes.split_first_chunk::<9>() {
        let length = u32::from_be_bytes([0, *a, *b, *c]);
        heads.push(Head { kind: *kind, length });
        match rest.get(length as usize..) {
            Some(behind) => bytes = behind,
            None => return (heads, false),
        }
    }
    (heads, bytes.is_empty())
}
