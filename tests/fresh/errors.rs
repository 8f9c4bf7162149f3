//! `docs/errors.md`: our reasons from `error.proto`, and what Finesse says from the table that the adapter looks it up in.

use std::fmt::Write;

use generic_connector::bridge::errors::documented;
use generic_connector::command::catalogue::{REASONS, ReasonRow, Retry};
use generic_connector::finesse::errors::{Row, Source, TABLE};
use generic_connector::model::Reason;

use super::super::wrapped;

/// The whole document.
pub fn document() -> String {
    let mut out = String::from(INTRODUCTION);
    for (row, reason) in REASONS.iter().zip(Reason::ALL) {
        section(&mut out, row, *reason);
    }
    out += ANSWERS;
    rows(&mut out, "error type | comes with", |source| match source {
        Source::ErrorType { name, with } => Some(format!("{name} | {}", statuses(with))),
        _ => None,
    });
    out += "\nThe parameter that the answer names in `ErrorData` says more:\n\n";
    rows(&mut out, "error type | parameter", |source| match source {
        Source::Parameter { error_type, parameter } => Some(format!("{error_type} | `{parameter}`")),
        _ => None,
    });
    out += "\nSo do words in the message, in answers and in notifications:\n\n";
    rows(&mut out, "message", |source| match source {
        Source::Words(words) => Some(format!("`{words}`")),
        _ => None,
    });
    out += STATUSES;
    rows(&mut out, "status", |source| match source {
        Source::Status(status) => Some(status.to_string()),
        _ => None,
    });
    out += NOTIFICATIONS;
    rows(&mut out, "number | name", |source| match source {
        Source::Cti { number, name } => Some(format!("{number} | `{name}`")),
        _ => None,
    });
    out += PERIPHERAL;
    rows(&mut out, "number", |source| match source {
        Source::Peripheral(number) => Some(number.to_string()),
        _ => None,
    });
    out
}

fn section(out: &mut String, row: &ReasonRow, reason: Reason) {
    assert_eq!(row.name, reason.as_str());
    let ReasonRow { name, meaning, code, retry, example, advice, .. } = row;
    let legacy = documented(reason);
    let of_finesse = legacy.is_none() && TABLE.iter().copied().flatten().any(|row| row.reason == reason);
    let finesses = if of_finesse { ", or the `CF_…` name that Finesse gave" } else { "" };
    writeln!(out, "\n### {name}\n\n{}\n", wrapped(meaning)).unwrap();
    writeln!(out, "* For example: {example}\n* What to do: {advice}\n* A retry helps: {}", in_words(*retry)).unwrap();
    writeln!(out, "* gRPC code: {code}; legacy code: `{}`{finesses}", legacy.unwrap_or(name)).unwrap();
}

/// The rows of the table whose source is shown, as a table of that head.
fn rows(out: &mut String, head: &str, shown: impl Fn(Source) -> Option<String>) {
    let line = "|---".repeat(head.split('|').count());
    writeln!(out, "| {head} | reason | a retry helps | meaning |\n{line}|---|---|---|").unwrap();
    for row in TABLE.iter().copied().flatten() {
        let Row { source, reason, sure, meaning } = row;
        let Some(cells) = shown(*source) else { continue };
        let link = format!("[{reason}](#{})", reason.as_str().to_lowercase());
        let link = if *sure { link } else { format!("_{link}_") };
        writeln!(out, "| {cells} | {link} | {} | {meaning} |", in_words(Retry::of(*reason))).unwrap();
    }
}

fn statuses(with: &[u16]) -> String {
    let one = |status: &u16| if *status == 202 { "a notification".to_owned() } else { status.to_string() };
    with.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn in_words(retry: Retry) -> &'static str {
    match retry {
        Retry::No => "no",
        Retry::AfterChange => "after a change",
        Retry::AfterDelay => "after a delay",
        Retry::AfterConnect => "after Connect",
        Retry::SameRequestId => "with the same request id",
    }
}

const INTRODUCTION: &str = "\
<!-- Generated from proto/gc/v1/error.proto and src/finesse/errors by `GC_WRITE=1 cargo test --test fresh`; do not edit. -->

# Errors

Whatever was not done has one reason, whichever door asked and whoever refused it: this service, Finesse at once, or
Finesse later. Over gRPC it is the `reason` of the `google.rpc.ErrorInfo` in the status details (domain `gc.v1`), and of
CommandFailed; the metadata carries Finesse's own words. At the legacy door it is `reason` of the `Error` line, beside
`code` ([legacy.md](legacy.md)).

Whether a retry helps is in the metadata as `retry`:

| `retry` | a retry of the same request helps |
|---|---|
| `NO` | no: the request, the rights or the configuration must change |
| `AFTER_CHANGE` | after a change: when what refused it has changed; of the agent's and the calls' states the events tell |
| `AFTER_DELAY` | after a delay: `google.rpc.RetryInfo` in the details says which |
| `AFTER_CONNECT` | after Connect |
| `SAME_REQUEST_ID` | with the same request id and epoch only, for it may have been done |

This service itself never sends a command again whose outcome is not known.

## Reasons
";

const ANSWERS: &str = "
## What Finesse answers

Finesse may say several things about one failure. They are looked up in this order, most specific first:

1. words in the message that name the failure;
2. the peripheral's number: `peripheralErrorCode`, or in place of the error type;
3. the CTI server's failure: its name as message; else, in a notification, its number or the peripheral's as `errorData`;
4. the parameter that an answer names in `ErrorData`, with the error type;
5. the error type;
6. the HTTP status.

The first that is sure decides. A reason _in italics_ is not sure, for it covers many things: it decides only if nothing
in a later place is sure. What is in none of these tables is GENERAL_ERROR. The case of names does not matter.

A notification here is one that follows a request which Finesse accepted with 202.

";

const STATUSES: &str = "
The status decides when the body says nothing that is known. Where it is no Finesse answer at all (a proxy's page, Tomcat's
own), a 5xx other than 501 and 503, a redirect, and an HTML page with 404 are
[FINESSE_UNREACHABLE](#finesse_unreachable); of a command that has perhaps arrived, the outcome is then read back.

";

const NOTIFICATIONS: &str = "
## What the CTI server says

It comes as a notification, after Finesse accepted the request: the number as `errorData`, the name as `errorMessage`.

";

const PERIPHERAL: &str = "
The peripheral, which is what stands behind the CTI server, has numbers of its own:

";
