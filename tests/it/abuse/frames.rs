//! HTTP/2 by hand: frames and headers as an attacker writes them, and what comes back.

use std::fmt;

pub const DATA: u8 = 0;
pub const HEADERS: u8 = 1;
pub const PRIORITY: u8 = 2;
pub const RESET: u8 = 3;
pub const SETTINGS: u8 = 4;
pub const PING: u8 = 6;
pub const GOAWAY: u8 = 7;
pub const WINDOW_UPDATE: u8 = 8;
pub const CONTINUATION: u8 = 9;

pub const END_STREAM: u8 = 1;
pub const END_HEADERS: u8 = 4;

pub const INITIAL_WINDOW_SIZE: u16 = 4;

pub const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut frame = u32::try_from(payload.len()).unwrap().to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// How a connection begins, with one setting or none.
pub fn opening(setting: Option<(u16, u32)>) -> Vec<u8> {
    let setting = setting.map(|(id, value)| [&id.to_be_bytes()[..], &value.to_be_bytes()].concat()).unwrap_or_default();
    [PREFACE, &frame(SETTINGS, 0, 0, &setting)].concat()
}

/// A header that is written out and remembered by nobody.
pub fn header(name: &str, value: &[u8]) -> Vec<u8> {
    [&[0][..], &length(name.len()), name.as_bytes(), &length(value.len()), value].concat()
}

/// A length in HPACK, which has seven bits in its first byte.
pub fn length(length: usize) -> Vec<u8> {
    let Some(mut rest) = length.checked_sub(127) else { return vec![u8::try_from(length).unwrap()] };
    let mut bytes = vec![127];
    while rest >= 128 {
        bytes.push(u8::try_from(rest % 128).unwrap() | 128);
        rest /= 128;
    }
    bytes.push(u8::try_from(rest).unwrap());
    bytes
}

/// The headers of a gRPC call.
pub fn call(path: &str) -> Vec<u8> {
    let mut headers = vec![0x83, 0x86, 0x41, 1, b'a'];
    for (name, value) in [(":path", path), ("content-type", "application/grpc"), ("te", "trailers")] {
        headers.extend(header(name, value.as_bytes()));
    }
    headers
}

/// The headers of a GET.
pub fn get(path: &str) -> Vec<u8> {
    [&[0x82, 0x86, 0x41, 1, b'a'][..], &header(":path", path.as_bytes())].concat()
}

/// A message as gRPC frames it.
pub fn message(compressed: bool, declared: u32, bytes: &[u8]) -> Vec<u8> {
    [&[u8::from(compressed)][..], &declared.to_be_bytes(), bytes].concat()
}

/// What a server said that speaks HTTP/2.
#[derive(Default)]
pub struct Said {
    bytes: Vec<u8>,
    pub goaway: Option<u32>,
    /// Whether its settings have come.
    pub began: bool,
}

impl Said {
    /// Takes what came, in any pieces. What another protocol says is passed over.
    pub fn hear(&mut self, bytes: &[u8]) {
        if !self.began && self.bytes.is_empty() && bytes.get(3) != Some(&SETTINGS) {
            return;
        }
        self.bytes.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(head) = self.bytes.get(at..at + 9) {
            let length = usize::try_from(u32::from_be_bytes([0, head[0], head[1], head[2]])).unwrap();
            let kind = head[3];
            let Some(payload) = self.bytes.get(at + 9..at + 9 + length) else { break };
            match kind {
                GOAWAY => self.goaway = Some(u32::from_be_bytes([payload[4], payload[5], payload[6], payload[7]])),
                SETTINGS => self.began = true,
                _ => {}
            }
            at += 9 + length;
        }
        self.bytes.drain(..at);
    }
}

/// How an attack ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The connection was ended by a GOAWAY with this code.
    GoAway(u32),
    /// The connection was closed.
    Closed,
    /// Nothing more is taken of it until it takes something.
    Held,
    /// All of it was taken and answered, or passed over.
    Taken,
    /// The connection was not made.
    Refused,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GoAway(11) => f.pad("GOAWAY, calm down"),
            Self::GoAway(code) => f.pad(&format!("GOAWAY {code}")),
            Self::Closed => f.pad("closed"),
            Self::Held => f.pad("held back"),
            Self::Taken => f.pad("taken"),
            Self::Refused => f.pad("refused"),
        }
    }
}
