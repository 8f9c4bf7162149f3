//! Section `websocket`: the legacy door on the HTTP port.

use std::time::Duration;

use super::bridge::encoding;
use super::origins;
use crate::bridge::websocket::Options;
use crate::config::{Reader, is_origin};

/// What is said of the door.
#[derive(Debug)]
pub struct WebsocketSettings {
    /// Whether there is one.
    pub open: bool,
    /// How it is.
    pub options: Options,
}

/// Reads the section.
pub fn read(r: &mut Reader) -> WebsocketSettings {
    let (mut open, mut o) = (true, Options::default());
    r.set("websocket.enabled", &mut open);
    origins(r, "websocket.origins", &mut o.origins, is_origin);
    let longest = Duration::from_secs(3600);
    r.set_within("websocket.ping_interval", &mut o.ping_interval, Duration::from_millis(100)..=longest);
    encoding(r, "websocket.encoding", &mut o.encoding);
    WebsocketSettings { open, options: o }
}
