//! What a value may be, and how it is written.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A value that can be written in a file, in an environment variable and behind a flag.
pub trait Value: Sized {
    /// What is allowed, as the end of `expected …`.
    const ALLOWED: &'static str;

    /// Reads it from an environment variable or a flag.
    fn from_text(text: &str) -> Option<Self>;

    /// Reads it from a file; from a string, unless it has a TOML type of its own.
    fn from_toml(value: &toml::Value) -> Option<Self> {
        value.as_str().and_then(Self::from_text)
    }

    /// Writes it as a message would.
    fn show(&self) -> String {
        String::new()
    }
}

macro_rules! integer {
    ($($type:ty),*) => { $(
        impl Value for $type {
            const ALLOWED: &'static str = "a whole number";

            fn from_text(text: &str) -> Option<Self> {
                text.trim().parse().ok()
            }

            fn from_toml(value: &toml::Value) -> Option<Self> {
                value.as_integer().and_then(|number| number.try_into().ok())
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }
    )* };
}
integer!(u16, u32, u64, usize);

impl Value for bool {
    const ALLOWED: &'static str = "true or false";

    fn from_text(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }

    fn from_toml(value: &toml::Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Value for String {
    const ALLOWED: &'static str = "a text";

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Value for PathBuf {
    const ALLOWED: &'static str = "a path";

    fn from_text(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.into())
    }
}

impl Value for SocketAddr {
    const ALLOWED: &'static str = "an address with a port, for example \"127.0.0.1:50051\"";

    fn from_text(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }
}

impl Value for Duration {
    const ALLOWED: &'static str = "a duration, for example \"500ms\", \"10s\", \"5m\" or \"12h\"";

    fn from_text(text: &str) -> Option<Self> {
        parse_duration(text)
    }

    fn show(&self) -> String {
        let millis = self.as_millis();
        if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") }
    }
}

/// An optional value: the empty text is none.
impl<T: Value> Value for Option<T> {
    const ALLOWED: &'static str = T::ALLOWED;

    fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::from_text(text).map(Some) }
    }

    fn from_toml(value: &toml::Value) -> Option<Self> {
        if value.as_str() == Some("") { Some(None) } else { T::from_toml(value).map(Some) }
    }
}

/// A list: in a file an array, elsewhere separated by commas.
impl<T: Value> Value for Vec<T> {
    const ALLOWED: &'static str = T::ALLOWED;

    fn from_text(text: &str) -> Option<Self> {
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(T::from_text).collect()
    }

    fn from_toml(value: &toml::Value) -> Option<Self> {
        value.as_array()?.iter().map(T::from_toml).collect()
    }
}

/// A SHA-256 hash, 64 hexadecimal digits; colons between them are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Value for Hash {
    const ALLOWED: &'static str = "a SHA-256 hash of 64 hexadecimal digits";

    fn from_text(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b':').collect();
        if digits.len() != 64 {
            return None;
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |at: usize| pair.get(at).and_then(|digit| char::from(*digit).to_digit(16));
            *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
        }
        Some(Self(hash))
    }
}

/// Reads `500ms`, `10s`, `5m`, `12h`: a whole number and its unit.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (digits, unit) = text.split_at_checked(text.find(|c: char| !c.is_ascii_digit())?)?;
    let count: u64 = digits.parse().ok()?;
    let millis = match unit.trim() {
        "ms" => 1,
        "s" => 1000,
        "m" => 60 * 1000,
        "h" => 3600 * 1000,
        _ => return None,
    };
    Some(Duration::from_millis(count.checked_mul(millis)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_their_unit() {
        assert_eq!(parse_duration("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(parse_duration("10 s"), Some(Duration::from_secs(10)));
        assert_eq!(parse_duration("12h"), Some(Duration::from_secs(43200)));
        for bad in ["", "s", "10", "-1s", "1.5s", "1d", "18446744073709551615h"] {
            assert_eq!(parse_duration(bad), None, "{bad}");
        }
        assert_eq!(Duration::from_millis(1500).show(), "1500ms");
        assert_eq!(Duration::from_secs(90).show(), "90s");
    }

    #[test]
    fn a_hash_has_64_digits() {
        let text = "00:ff".to_owned() + &"0a".repeat(30);
        let hash = Hash::from_text(&text).unwrap();
        assert_eq!(hash.0[..3], [0, 0xff, 0x0a]);
        assert!(Hash::from_text("00").is_none());
        assert!(Hash::from_text(&"zz".repeat(32)).is_none());
    }

    #[test]
    fn nothing_and_lists_are_written_simply() {
        assert_eq!(Option::<u16>::from_text(""), Some(None));
        assert_eq!(Option::<u16>::from_text("7"), Some(Some(7)));
        assert_eq!(Vec::<u16>::from_text("1, 2,"), Some(vec![1, 2]));
        assert_eq!(Vec::<u16>::from_text("1,x"), None);
    }
}
