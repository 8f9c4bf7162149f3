//! Cursors from any text that a client sends to resume with: refused, or the same cursor when written again.
#![no_main]

use generic_connector::model::id::Cursor;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
});
