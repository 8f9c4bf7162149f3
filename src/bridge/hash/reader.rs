//! A desktop's reader of text lines, for tests: it shares nothing with the writer and follows the documented positions as
//! the known .NET client does, which splits at every separator and takes what is behind the colon.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

/// The tokens of a line.
pub(super) fn tokens(line: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(line).unwrap();
    let text = text.strip_suffix('\n').expect("a line ends in a newline");
    assert!(!text.chars().any(char::is_control), "{text:?} holds a control character");
    text.split('#').map(str::to_owned).collect()
}

/// What is behind the colon of a token that holds no time.
pub(super) fn labelled(token: &str) -> String {
    let parts: Vec<&str> = token.split(':').collect();
    assert_eq!(parts.len(), 2, "{token}");
    parts[1].to_owned()
}

/// What is behind the first colon of a field that holds a time.
pub(super) fn timed(field: &str) -> String {
    field.split_once(':').unwrap().1.to_owned()
}

/// The parts of a list; an empty list has none.
pub(super) fn parts(token: &str, separator: char) -> Vec<String> {
    if token.is_empty() { Vec::new() } else { token.split(separator).map(str::to_owned).collect() }
}

/// The names and values of call variables.
pub(super) fn variables(token: &str) -> Vec<(String, String)> {
    let split = |one: &String| {
        let (name, value) = one.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    };
    parts(token, '|').iter().map(split).collect()
}

/// The participants: address, state, type, and perhaps a tag.
pub(super) fn participants(token: &str) -> Vec<Vec<String>> {
    parts(&labelled(token), '|').iter().map(|one| parts(one, ',')).collect()
}

/// The labelled fields of a list's entry, all but the last, which is a time if `timed`.
pub(super) fn fields(token: &str, ends_in_time: bool) -> Vec<String> {
    let fields = parts(token, ',');
    let last = fields.len() - 1;
    let read = |(at, field): (usize, &String)| if ends_in_time && at == last { timed(field) } else { labelled(field) };
    fields.iter().enumerate().map(read).collect()
}

/// A value as it was before its reserved characters were written as `%` and two digits a byte.
pub(super) fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
        rest = &tail[2..];
    }
    String::from_utf8(bytes).unwrap()
}
