//! Which names a destination may have.

/// Longest name, bytes.
const LONGEST: usize = 255;

/// Whether a client may name its destination so: a plain name. What a broker reads as wildcard, composite, option or path
/// is refused, and so are the broker's own topics: lines would reach others, or command the broker.
pub fn is_plain(name: &str) -> bool {
    let reserved = |character: char| {
        matches!(character, '*' | '>' | ',' | '/' | '?') || character.is_whitespace() || character.is_control()
    };
    let brokers_own = name.get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case("ActiveMQ."));
    !name.is_empty() && name.len() <= LONGEST && !name.contains(reserved) && !brokers_own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_are_allowed_and_what_the_broker_reads_is_not() {
        for plain in
            ["192.168.1.148", "desk-7", "Größe", "a:b", "ActiveMQ", "x.ActiveMQ.y", "%41", "$", &"x".repeat(255)]
        {
            assert!(is_plain(plain), "{plain}");
        }
        let long = "x".repeat(256);
        for bad in [
            "",
            "*",
            "a.*",
            ">",
            "a.>",
            "a,b",
            "a/b",
            "a?consumer.prefetchSize=1",
            "a b",
            "a\tb",
            "a\u{a0}b",
            "a\nb",
            "a\0",
            "ActiveMQ.Advisory.Connection",
            "activemq.DLQ",
            "ACTIVEMQ.x",
            long.as_str(),
        ] {
            assert!(!is_plain(bad), "{bad:?}");
        }
    }
}
