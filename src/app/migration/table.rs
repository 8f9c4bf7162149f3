//! The migration report for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Report, door, time};
use crate::pb::LegacyUse;

/// Client by client, a line for each verb, and the totals.
pub(super) fn of(report: &Report) -> String {
    let since = time(report.counted_since.as_ref());
    if report.uses.is_empty() {
        return format!("no legacy command, counted since {since}\n");
    }
    let mut out = format!("legacy commands, counted since {since}\n");
    let width = |text: fn(&LegacyUse) -> usize, head: &str| report.uses.iter().map(text).max().max(Some(head.len()));
    let verb = width(|legacy| legacy.verb.len(), "verb").unwrap_or_default();
    let count = width(|legacy| legacy.count.to_string().len(), "count").unwrap_or_default();
    let (mut clients, mut verbs, mut total) = (0_usize, BTreeSet::new(), 0_u64);
    for uses in report.uses.chunk_by(|a, b| a.client == b.client) {
        let Some(first) = uses.first() else { continue };
        let _ = writeln!(out, "\n{}", printable(&first.client));
        let _ = writeln!(out, "  {:verb$}  {:9}  {:>count$}  {:20}  replaced by", "verb", "door", "count", "last");
        for legacy in uses {
            let last = time(legacy.last_at.as_ref());
            let by = if legacy.replaced_by.is_empty() { "nothing, it is no verb" } else { &legacy.replaced_by };
            let (name, door) = (printable(&legacy.verb), door(legacy));
            let _ = writeln!(out, "  {name:verb$}  {door:9}  {:>count$}  {last:20}  {by}", legacy.count);
            verbs.insert(&legacy.verb);
            total = total.saturating_add(legacy.count);
        }
        clients += 1;
    }
    let _ = writeln!(out, "\ntotal: {clients} clients, {} verbs, {total} commands", verbs.len());
    out
}

/// A name as a terminal may have it: clients choose their names themselves.
fn printable(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { '?' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use prost_types::Timestamp as Time;

    use super::*;
    use crate::pb::LegacyDoor;

    #[test]
    fn clients_stand_one_below_the_other_with_their_verbs() {
        let legacy = |client: &str, door: LegacyDoor, verb: &str, count, replaced_by: &str| LegacyUse {
            client: client.into(),
            door: door.into(),
            verb: verb.into(),
            count,
            last_at: Some(Time { seconds: 1_795_392_000, nanos: 5 }),
            replaced_by: replaced_by.into(),
            ..LegacyUse::default()
        };
        let mut report = Report { counted_since: Some(Time { seconds: 1_795_305_600, nanos: 0 }), uses: Vec::new() };
        assert_eq!(of(&report), "no legacy command, counted since 2026-11-22T00:00:00Z\n");
        report.uses = vec![
            legacy("10.0.0.7", LegacyDoor::Tcp, "(unknown)", 1, ""),
            legacy("siebel-1", LegacyDoor::Stomp, "Login", 12, "gc.v1.AgentService/Login"),
            legacy("siebel-1", LegacyDoor::Websocket, "Login", 123_456, "gc.v1.AgentService/Login"),
            legacy("x\u{1b}[2J", LegacyDoor::Stomp, "Hello", 1, "gc.v1.SystemService/Hello"),
        ];
        let table = "legacy commands, counted since 2026-11-22T00:00:00Z\n\
            \n\
            10.0.0.7\n\
            \x20 verb       door        count  last                  replaced by\n\
            \x20 (unknown)  tcp             1  2026-11-23T00:00:00Z  nothing, it is no verb\n\
            \n\
            siebel-1\n\
            \x20 verb       door        count  last                  replaced by\n\
            \x20 Login      stomp          12  2026-11-23T00:00:00Z  gc.v1.AgentService/Login\n\
            \x20 Login      websocket  123456  2026-11-23T00:00:00Z  gc.v1.AgentService/Login\n\
            \n\
            x?[2J\n\
            \x20 verb       door        count  last                  replaced by\n\
            \x20 Hello      stomp           1  2026-11-23T00:00:00Z  gc.v1.SystemService/Hello\n\
            \n\
            total: 3 clients, 3 verbs, 123470 commands\n";
        assert_eq!(of(&report), table);
    }
}
