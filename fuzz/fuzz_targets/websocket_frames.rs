//! Frames of a WebSocket that finish no command: the same however they arrive, and as one counts who has all of them.
#![no_main]

use generic_connector::bridge::frames::Frames;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let mut frames = Frames::default();
    let found: u32 = bytes.chunks(usize::from(size).max(1)).map(|bytes| frames.follow(bytes)).sum();
    assert_eq!(found, all(bytes));
});

/// How many frames there are, of those whose head is whole, that neither end a message nor bring any of it.
fn all(mut bytes: &[u8]) -> u32 {
    let mut found = 0;
    while let [first, second, rest @ ..] = bytes {
        let mask = if second & 0x80 != 0 { 4 } else { 0 };
        let short = second & 0x7f;
        let (length, rest) = match (short, rest) {
            (126, [a, b, rest @ ..]) => (u64::from(u16::from_be_bytes([*a, *b])), rest),
            (127, [a, b, c, d, e, f, g, h, rest @ ..]) => (u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), rest),
            (126 | 127, _) => break,
            (short, rest) => (u64::from(short), rest),
        };
        let Some(rest) = rest.get(mask..) else { break };
        let is_command = first & 0x80 != 0 && first & 0x0f < 8 && length > 0;
        found += u32::from(!is_command);
        match usize::try_from(length).ok().and_then(|length| rest.get(length..)) {
            Some(behind) => bytes = behind,
            None => break,
        }
    }
    found
}
