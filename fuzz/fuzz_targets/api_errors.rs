//! The body of a failed REST call from any bytes: ApiErrors, HTML or garbage, never a panic.
#![no_main]

use generic_connector::finesse::{parse_api_errors, reason_of};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    for fault in parse_api_errors(body).into_iter().flatten() {
        let _ = reason_of(&fault);
    }
});
