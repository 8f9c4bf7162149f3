//! Which web pages may use a door.
//!
//! A browser names the site that a page is from in `Origin`, and no page can lie about it. Whoever is no browser names none.

use http::Request;
use http::header::{HOST, ORIGIN};

/// Whether a browser can send it: scheme, host and perhaps a port, and no path.
pub fn is_origin(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, authority)| {
        let name = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        };
        name(scheme) && !authority.is_empty() && !authority.contains(['/', '*', '@', '?', '#', ' '])
    })
}

/// Whether a request is from no browser, or from a page of this host or a listed one.
pub fn page_may_ask<B>(request: &Request<B>, listed: &[String]) -> bool {
    let mut origins = request.headers().get_all(ORIGIN).iter();
    let Some(origin) = origins.next() else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let own = || {
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        // HTTP/2 has it in the address.
        let host = request.uri().authority().map(|authority| authority.as_str()).or(host);
        let page = origin.split_once("://").map(|(_, authority)| authority);
        page.zip(host).is_some_and(|(page, host)| page.eq_ignore_ascii_case(host))
    };
    origins.next().is_none() && (own() || is_listed(origin, listed))
}

/// Whether an origin is among the listed ones.
pub fn is_listed(origin: &str, listed: &[String]) -> bool {
    listed.iter().any(|listed| listed.eq_ignore_ascii_case(origin))
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

    #[test]
    fn a_page_asks_from_its_own_host_or_a_listed_origin() {
        let listed = ["https://desk.example".to_owned()];
        for (host, origins, allowed) in [
            (None, &[][..], true),
            (Some("gc.example:50051"), &[], true),
            (Some("gc.example:50051"), &["https://GC.example:50051"], true),
            (Some("127.0.0.1:50051"), &["http://127.0.0.1:50051"], true),
            (Some("gc.example:50051"), &["https://desk.example"], true),
            (Some("gc.example:50051"), &["http://desk.example"], false),
            (Some("gc.example:50051"), &["https://desk.example.evil.test"], false),
            (Some("gc.example:50051"), &["https://gc.example"], false),
            (Some("gc.example:50051"), &["https://gc.example:50051@evil.test"], false),
            (Some("gc.example:50051"), &["null"], false),
            (Some("gc.example:50051"), &["*"], false),
            (Some("gc.example:50051"), &[""], false),
            (None, &["https://gc.example"], false),
            (Some("gc.example"), &["https://gc.example", "https://evil.test"], false),
        ] {
            let in_header = |mut request: Request<()>| {
                request.headers_mut().extend(host.map(|host| (HOST, host.parse().unwrap())));
                request
            };
            let in_address = |mut request: Request<()>| {
                *request.uri_mut() = host.map_or("/".into(), |host| format!("https://{host}/")).parse().unwrap();
                request
            };
            for mut request in [in_header(Request::new(())), in_address(Request::new(()))] {
                for origin in origins {
                    request.headers_mut().append(ORIGIN, origin.parse().unwrap());
                }
                assert_eq!(page_may_ask(&request, &listed), allowed, "{host:?} {origins:?}");
            }
        }
    }
}
