//! Section `websocket`: the legacy door on the HTTP port.

use std::time::Duration;

use super::bridge::encoding;
use crate::bridge::websocket::Options;
use crate::config::Reader;

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
    r.set("websocket.origins", &mut o.origins);
    if let Some(strange) = o.origins.iter().find(|origin| !is_origin(origin)) {
        let what = format!("{strange:?} is no origin, expected for example \"https://desk.example:8443\"");
        r.fault("websocket.origins", what);
    }
    let longest = Duration::from_secs(3600);
    r.set_within("websocket.ping_interval", &mut o.ping_interval, Duration::from_millis(100)..=longest);
    encoding(r, "websocket.encoding", &mut o.encoding);
    WebsocketSettings { open, options: o }
}

/// Whether a browser can send it: scheme, host and perhaps a port, and no path.
fn is_origin(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, authority)| {
        let name = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        };
        name(scheme) && !authority.is_empty() && !authority.contains(['/', '*', '@', '?', '#', ' '])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for good in ["https://desk.example", "http://127.0.0.1:8080", "https://[::1]:8443", "chrome-extension://abcdef"]
        {
            assert!(is_origin(good), "{good}");
        }
        for bad in
            ["", "*", "desk.example", "https://", "https://*", "https://*.example", "https://desk.example/", "null"]
        {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}
