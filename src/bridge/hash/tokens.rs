//! One line of tokens: what separates, and what becomes of a separator in a value.
//!
//! The encoding has no escapes, so one rule keeps every value within its place: a character that separates anything, and
//! every control character, never stands in a value ([`Reserved`] says what stands there instead).

use super::style::{Reserved, TextStyle};

/// What else separates where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing but `#`, `,` and `|`, which are reserved everywhere.
    Open,
    /// In a token with a label: clients may split at every colon.
    Labelled,
    /// The name of a variable: the first `=` ends it.
    Name,
}

impl Place {
    fn reserves(self, c: char) -> bool {
        match c {
            '#' | ',' | '|' => true,
            ':' => self == Self::Labelled,
            '=' => self == Self::Name,
            c => c.is_control(),
        }
    }
}

/// A line that grows.
pub(super) struct Line<'a> {
    text: String,
    pub(super) style: &'a TextStyle,
}

impl<'a> Line<'a> {
    /// The tokens `[0]`, whom it is for, and `[1]`, the event's name.
    pub(super) fn new(first: &str, event: &str, style: &'a TextStyle) -> Self {
        let mut line = Self { text: String::with_capacity(256), style };
        line.value(Place::Open, first);
        line.text.push('#');
        line.text.push_str(event);
        line
    }

    /// One more token that is a value.
    pub(super) fn token(mut self, value: &str) -> Self {
        self.text.push('#');
        self.value(Place::Open, value);
        self
    }

    /// One more token that is a time, a number or a word of ours.
    pub(super) fn word(mut self, word: &str) -> Self {
        self.text.push('#');
        self.text.push_str(word);
        self
    }

    /// One more token with a label.
    pub(super) fn labelled(mut self, label: &str, value: &str) -> Self {
        self.label(label);
        self.value(Place::Labelled, value);
        self
    }

    /// One more token with a label, whose parts are written one by one, separated.
    pub(super) fn labelled_list<T>(
        mut self,
        label: &str,
        separator: char,
        items: impl IntoIterator<Item = T>,
        write: impl FnMut(&mut Self, T),
    ) -> Self {
        self.label(label);
        self.separated(separator, items, write);
        self
    }

    /// One more token, whose parts are written one by one, separated.
    pub(super) fn list<T>(
        mut self,
        separator: char,
        items: impl IntoIterator<Item = T>,
        write: impl FnMut(&mut Self, T),
    ) -> Self {
        self.text.push('#');
        self.separated(separator, items, write);
        self
    }

    /// One more token of fields, each with a label unless the label is empty.
    pub(super) fn fields<const N: usize>(mut self, labels: &[String; N], fields: [Field<'_>; N]) -> Self {
        self.text.push('#');
        self.separated(',', labels.iter().zip(fields), |line, (label, field)| {
            let place = if label.is_empty() { Place::Open } else { Place::Labelled };
            if place == Place::Labelled {
                line.text.push_str(label);
                line.text.push(':');
            }
            match field {
                Field::Value(value) => line.value(place, value),
                Field::Time(time) => line.text.push_str(&time),
            }
        });
        self
    }

    /// Adds a value to the token.
    pub(super) fn value(&mut self, place: Place, value: &str) {
        for c in value.chars() {
            match self.style.reserved {
                Reserved::Blank if place.reserves(c) => self.text.push(' '),
                Reserved::Percent if place.reserves(c) || c == '%' => self.percent(c),
                _ => self.text.push(c),
            }
        }
    }

    /// Adds what is ours to the token, as it is.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The bytes with their newline.
    pub(super) fn end(mut self) -> Vec<u8> {
        self.text.push('\n');
        self.text.into_bytes()
    }

    fn label(&mut self, label: &str) {
        self.text.push('#');
        self.text.push_str(label);
        self.text.push(':');
    }

    fn separated<T>(
        &mut self,
        separator: char,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.text.push(separator);
            }
            write(self, item);
        }
    }

    fn percent(&mut self, c: char) {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            self.text.push('%');
            let digits = [byte >> 4, byte & 0xF].map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default());
            self.text.extend(digits.map(|digit| digit.to_ascii_uppercase()));
        }
    }
}

/// A field of a list's entry.
pub(super) enum Field<'a> {
    /// A value.
    Value(&'a str),
    /// A time: its colons stay, for the known desktop looks for the first one where it expects a time.
    Time(String),
}
