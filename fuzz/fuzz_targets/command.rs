//! Legacy commands of any text: refused with a reason, or the same command when written again.
#![no_main]

use generic_connector::command::catalogue::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    let mut parts = line.splitn(3, '#');
    let (verb, id, body) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    if let Ok(parsed) = parse(verb, id, body) {
        assert_eq!(parse(&parsed.verb.name.to_lowercase(), &parsed.id, body), Ok(parsed));
    }
});
