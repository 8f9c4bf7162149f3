//! Bytes of a legacy client cut into lines: bounded, and the same however they arrive.
#![no_main]

use generic_connector::bridge::line::Framer;
use libfuzzer_sys::fuzz_target;

const MAX: usize = 64;

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let whole = lines([bytes].into_iter());
    assert_eq!(lines(bytes.chunks(usize::from(size).max(1))), whole);
    for line in whole.iter().filter_map(|line| line.as_ref().ok()) {
        assert!(line.len() <= MAX && !line.contains(['\n', '\0']));
    }
});

fn lines<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Vec<Result<String, String>> {
    let mut framer = Framer::new(MAX);
    let mut out = Vec::new();
    for mut chunk in chunks {
        while let Some(line) = framer.next(&mut chunk) {
            out.push(line.map(|line| line.to_string()).map_err(|fault| fault.to_string()));
        }
    }
    out
}
