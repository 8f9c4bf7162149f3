//! Rust text as the checks need it: without comments and literals, and with or without its unit tests.
//!
//! A scanner of this size is enough because it only has to tell code from prose; what it returns keeps every line
//! break, so that a complaint can name the line.

/// One file of the repository.
#[derive(Clone, Debug)]
pub struct File {
    /// Path from the repository's root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl File {
    /// A file made up for a test.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// Whether the path ends in `.rs`.
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The code: comments, strings and characters are blanks.
    pub fn code(&self) -> String {
        code(&self.text)
    }

    /// The code that ships: unit tests are blanks too.
    pub fn shipped(&self) -> String {
        if is_test_path(&self.path) { String::new() } else { split_tests(&self.code()).0 }
    }

    /// The code of tests, wherever it stands.
    pub fn tests(&self) -> String {
        if is_test_path(&self.path) { self.code() } else { split_tests(&self.code()).1 }
    }

    /// A complaint about a line, counted from 1.
    pub fn complaint(&self, line: usize, what: impl std::fmt::Display) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

fn is_test_path(path: &str) -> bool {
    path.starts_with("tests/") || path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// Blanks comments, strings and characters.
pub fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skip(&chars, at);
        if end > at {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment or literal that begins at `at` ends; `at` itself if none does.
fn skip(chars: &[char], at: usize) -> usize {
    let starts =
        |offset: usize, text: &str| text.chars().enumerate().all(|(i, c)| chars.get(at + offset + i) == Some(&c));
    let in_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    if starts(0, "//") {
        return (at..chars.len()).find(|i| chars[*i] == '\n').unwrap_or(chars.len());
    }
    if starts(0, "/*") {
        return block_comment(chars, at);
    }
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|p| !in_word && starts(0, p)).map_or(0, str::len);
    let raw = prefix > 0 && chars[at + prefix - 1] == 'r';
    let hashes = if raw { (at + prefix..chars.len()).take_while(|i| chars[*i] == '#').count() } else { 0 };
    if starts(prefix + hashes, "\"") {
        let open = at + prefix + hashes + 1;
        return if raw { raw_string(chars, open, hashes) } else { quoted(chars, open, '"') };
    }
    // A lifetime has no closing quote after its first character; a character literal has, or begins with a backslash.
    let quote = at + usize::from(starts(0, "b") && !in_word);
    let closes = chars.get(quote + 1) == Some(&'\\') || chars.get(quote + 2) == Some(&'\'');
    if chars.get(quote) == Some(&'\'') && closes {
        return quoted(chars, quote + 1, '\'');
    }
    at
}

fn block_comment(chars: &[char], at: usize) -> usize {
    let (mut i, mut depth) = (at, 0usize);
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn quoted(chars: &[char], open: usize, quote: char) -> usize {
    let mut i = open;
    while i < chars.len() {
        match chars[i] {
            '\\' => i += 2,
            c if c == quote => return i + 1,
            _ => i += 1,
        }
    }
    chars.len()
}

fn raw_string(chars: &[char], open: usize, hashes: usize) -> usize {
    (open..chars.len())
        .find(|i| chars[*i] == '"' && (1..=hashes).all(|h| chars.get(i + h) == Some(&'#')))
        .map_or(chars.len(), |i| i + 1 + hashes)
}

/// Splits code into what ships and what stands in `#[cfg(test)]` items with a body; each keeps all lines.
fn split_tests(code: &str) -> (String, String) {
    let blank = |text: &str| text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>();
    let (mut shipped, mut tests) = (String::new(), String::new());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        let end = at + item_length(&rest[at..]);
        shipped += &rest[..at];
        shipped += &blank(&rest[at..end]);
        tests += &blank(&rest[..at]);
        tests += &rest[at..end];
        rest = &rest[end..];
    }
    shipped += rest;
    tests += &blank(rest);
    (shipped, tests)
}

/// The length of the item that begins `code`: up to its first `;` outside braces, or to the end of its braces.
fn item_length(code: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// A word or a sign of the code, and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// An identifier, `::`, or one other character.
    pub text: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// Cuts code (see [`code`]) into identifiers, `::` and single signs.
pub fn tokens(code: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let length = match word {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                n => n,
            };
            out.push(Token { text: rest[..length].into(), line: number + 1 });
            rest = rest[length..].trim_start();
        }
    }
    out
}

/// The lines on which `path` (such as `tokio::spawn` or `unbounded_channel`) is written as whole words.
pub fn lines_naming(code: &str, path: &str) -> Vec<usize> {
    let wanted: Vec<String> = tokens(path).into_iter().map(|t| t.text).collect();
    let found = tokens(code);
    found.windows(wanted.len()).filter(|w| w.iter().map(|t| &t.text).eq(&wanted)).map(|w| w[0].line).collect()
}

#[test]
fn prose_and_literals_are_no_code() {
    let text = "a /* x /* y */ z */ b // c\nlet d = \"e\\\"f\"; r#\"g\"h\"# 'i' '\\'' b'j' &'k str br\"l\" number\"m";
    let words: Vec<String> = tokens(&code(text)).into_iter().map(|t| t.text).collect();
    assert_eq!(words, ["a", "b", "let", "d", "=", ";", "&", "'", "k", "str", "number"]);
    assert_eq!(code(text).lines().count(), 2);
}

#[test]
fn unit_tests_are_told_from_what_ships() {
    let file = File::new("src/a.rs", "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { c() } }\nfn d() {}\n");
    assert_eq!(lines_naming(&file.shipped(), "d"), [4]);
    assert_eq!(lines_naming(&file.tests(), "c"), [3]);
    assert!(lines_naming(&file.shipped(), "c").is_empty() && lines_naming(&file.tests(), "a").is_empty());
    assert!(File::new("src/a/tests.rs", "fn a() {}").shipped().is_empty());
}

#[test]
fn paths_are_matched_as_whole_words() {
    assert_eq!(lines_naming("x\ntokio :: spawn(y)", "tokio::spawn"), [2]);
    assert!(lines_naming("mytokio::spawn_all()", "tokio::spawn").is_empty());
}
