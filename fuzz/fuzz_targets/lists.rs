//! What a supervisor and a dialler read, from any text: understood or refused, and whatever is understood can be used.
#![no_main]

use generic_connector::finesse::{phone_book, queue, team};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &str| {
    for book in phone_book::parse_list(body).unwrap_or_default() {
        assert!(!book.id.as_str().is_empty());
        assert!(book.contacts.iter().all(|contact| !contact.phone_number.is_empty()));
    }
    for queue in queue::parse_list(body).unwrap_or_default() {
        assert!(!queue.id.as_str().is_empty());
    }
    for member in team::parse(body).unwrap_or_default().members {
        assert!(!member.id.as_str().is_empty());
    }
});
