//! The payload of a notification from any text: understood or refused, never a panic.
#![no_main]

use generic_connector::finesse::notify::parse_update;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|payload: &str| {
    let _ = parse_update(payload);
});
