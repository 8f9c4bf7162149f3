//! What an HTTP answer of Finesse means: success, a refusal in Finesse's words, or something that is no Finesse answer.

use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};

use super::errors::{by_status, parse_api_errors, reason_of};
use super::xml::XmlError;
use crate::model::{Error, Reason};

/// An answer with its body, which is not longer than the options allow.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub html: bool,
    pub retry_after: Option<Duration>,
    pub body: Vec<u8>,
}

/// What became of a request that was answered.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Finesse took it; the body, if it sends one.
    Done(String),
    /// Finesse refused it.
    Refused(Error),
    /// The answer is not one of Finesse's, so whether it was done can't be told.
    NotUnderstood(Error),
}

impl Answer {
    /// An answer without its body.
    pub(super) fn new(status: u16, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        let html = text(CONTENT_TYPE).to_ascii_lowercase().contains("html");
        // A date is possible too; nobody sends one here.
        let retry_after = text(RETRY_AFTER).trim().parse().ok().map(|s: u64| Duration::from_secs(s.min(600)));
        Self { status, html, retry_after, body: Vec::new() }
    }

    /// Whether it says that there is nothing at the address, in words that are not Finesse's.
    pub(super) fn is_of_no_resource(&self) -> bool {
        matches!(self.status, 404 | 405 | 501) && parse_api_errors(&self.body).map_or(true, |faults| faults.is_empty())
    }

    /// Decides.
    pub(super) fn verdict(self) -> Verdict {
        if self.html || looks_like_html(&self.body) {
            return self.foreign();
        }
        match self.status {
            200..=299 => match String::from_utf8(self.body) {
                Ok(body) => Verdict::Done(body),
                Err(_) => Verdict::NotUnderstood(not_understood(XmlError::NotUtf8)),
            },
            _ => self.refusal(),
        }
    }

    fn refusal(self) -> Verdict {
        let faults = parse_api_errors(&self.body).unwrap_or_default();
        let Some(mut fault) = faults.into_iter().next() else { return self.foreign() };
        fault.http_status = Some(self.status);
        let reason = reason_of(&fault);
        let words = if fault.error_message.is_empty() { &fault.error_type } else { &fault.error_message };
        let message = if words.is_empty() { status_text(self.status) } else { format!("finesse refused: {words}") };
        Verdict::Refused(Error { retry_after: self.delay(), ..Error::new(reason, message) }.with_finesse(fault))
    }

    /// An answer of something in between: a proxy, Tomcat itself, a login page. Its status is all that it tells.
    fn foreign(self) -> Verdict {
        let text = status_text(self.status);
        let refused =
            |reason| Verdict::Refused(Error { retry_after: self.delay(), ..Error::new(reason, text.clone()) });
        match self.status {
            // A container without Finesse in it, as while it starts: that is no word about the object that was asked for.
            404 if self.html || looks_like_html(&self.body) => refused(Reason::FinesseUnreachable),
            400..=499 | 501 | 503 => refused(by_status(self.status)),
            // Nothing was done: there is no Finesse at the address that was called.
            300..=399 => refused(Reason::FinesseUnreachable),
            _ => Verdict::NotUnderstood(Error::new(Reason::FinesseUnreachable, text)),
        }
    }

    /// When to try again: what Finesse says, or a few seconds while it is out of service.
    fn delay(&self) -> Option<Duration> {
        const OUT_OF_SERVICE: Duration = Duration::from_secs(5);
        self.retry_after.or(matches!(self.status, 429 | 503).then_some(OUT_OF_SERVICE))
    }
}

/// The error of an answer that says success and can't be read.
pub(super) fn not_understood(error: XmlError) -> Error {
    Error::new(Reason::FinesseUnreachable, format!("finesse's answer can't be read: {error}"))
}

fn status_text(status: u16) -> String {
    format!("finesse answered with http status {status}")
}

fn looks_like_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"].iter().any(|h| start.get(..h.len()).is_some_and(|s| s.eq_ignore_ascii_case(h)))
}
