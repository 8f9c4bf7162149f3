//! The migration report: the counters of [`super::usage`] with the RPC that replaces each verb, in pages.

use prost_types::Timestamp as Time;

use super::usage::{Count, Counts, Door, Row};
use crate::command::catalogue;
use crate::model::{Error, Reason, Timestamp};
use crate::pb;

/// Most rows of a page.
pub const PAGE: usize = 1000;
/// Stands in tokens between a row's client, door and verb; names have no control characters.
const BETWEEN: char = '\u{1f}';

/// Answers a request for a page.
///
/// # Errors
/// INVALID_INPUT for a negative page size, a time that is none and a token that no reply had.
pub fn page(counts: &Counts, request: &pb::GetMigrationReportRequest) -> Result<pb::GetMigrationReportResponse, Error> {
    let size = match usize::try_from(request.page_size) {
        Err(_) => return Err(invalid("page_size is negative")),
        Ok(0) => PAGE,
        Ok(size) => size.min(PAGE),
    };
    let since = request.since.as_ref().map(from_time).transpose()?;
    let after = if request.page_token.is_empty() { None } else { Some(from_token(&request.page_token)?) };
    let wanted = |row: &Row| {
        (request.client.is_empty() || row.client == request.client)
            && since.is_none_or(|since| row.count.last >= since)
            && after.is_none_or(|after| row.key() > after)
    };
    let mut rows: Vec<Row> = counts.rows().into_iter().filter(wanted).collect();
    let next_page_token = match rows.get(size - 1) {
        Some(last) if rows.len() > size => to_token(last),
        _ => String::new(),
    };
    rows.truncate(size);
    Ok(pb::GetMigrationReportResponse {
        counted_since: Some(to_time(counts.since())),
        uses: rows.into_iter().map(legacy_use).collect(),
        next_page_token,
    })
}

fn invalid(what: &'static str) -> Error {
    Error::new(Reason::InvalidInput, what)
}

fn legacy_use(row: Row) -> pb::LegacyUse {
    let Row { client, door, verb, count: Count { count, first, last } } = row;
    let rpc = catalogue::verb(verb).map(|verb| verb.rpc);
    let sentence = |doc: &'static str| doc.split_once(". ").map_or(doc, |(first, _)| first).trim_end_matches('.');
    pb::LegacyUse {
        door: to_door(door).into(),
        client,
        verb: verb.to_owned(),
        count,
        first_at: Some(to_time(first)),
        last_at: Some(to_time(last)),
        replaced_by: rpc.map(|rpc| rpc.path.trim_start_matches('/').to_owned()).unwrap_or_default(),
        note: rpc.map(|rpc| format!("{}.", sentence(rpc.doc))).unwrap_or_default(),
    }
}

fn to_door(door: Door) -> pb::LegacyDoor {
    match door {
        Door::Tcp => pb::LegacyDoor::Tcp,
        Door::WebSocket => pb::LegacyDoor::Websocket,
        Door::Exchange => pb::LegacyDoor::Exchange,
        Door::Stomp => pb::LegacyDoor::Stomp,
    }
}

/// A time as the API has it.
pub fn to_time(time: Timestamp) -> Time {
    let nanos = time.as_nanosecond();
    Time { seconds: nanos.div_euclid(NANOS) as i64, nanos: nanos.rem_euclid(NANOS) as i32 }
}

const NANOS: i128 = 1_000_000_000;

fn from_time(time: &Time) -> Result<Timestamp, Error> {
    Timestamp::new(time.seconds, time.nanos).map_err(|_| invalid("since is no time"))
}

/// A row's key: rows go on after it, whether or not it is still there.
fn to_token(row: &Row) -> String {
    let (client, door, verb) = row.key();
    [client, door.as_str(), verb].join(&BETWEEN.to_string())
}

fn from_token(token: &str) -> Result<(&str, Door, &str), Error> {
    let key = || {
        let (client, rest) = token.split_once(BETWEEN)?;
        let (door, verb) = rest.split_once(BETWEEN)?;
        let door = Door::ALL.into_iter().find(|known| known.as_str() == door)?;
        Some((client, door, verb))
    };
    key().ok_or_else(|| invalid("page_token is not from an earlier reply"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bridge::usage::UNKNOWN;

    fn counts() -> Counts {
        let mut counts = Counts::new(Timestamp::from_second(1).unwrap());
        let senders = [(Door::Stomp, "b", "HoldCall"), (Door::Tcp, "a", "Login"), (Door::Tcp, "b", UNKNOWN)];
        for ((door, client, verb), second) in senders.into_iter().zip(10..) {
            counts.add(door, client, verb, Timestamp::from_second(second).unwrap());
        }
        counts
    }

    fn verbs(response: &pb::GetMigrationReportResponse) -> Vec<&str> {
        response.uses.iter().map(|legacy| legacy.verb.as_str()).collect()
    }

    #[test]
    fn each_verb_has_the_rpc_that_replaces_it() {
        let all = page(&counts(), &pb::GetMigrationReportRequest::default()).unwrap();
        assert_eq!(verbs(&all), ["Login", UNKNOWN, "HoldCall"]);
        assert_eq!(all.next_page_token, "");
        assert_eq!(all.counted_since, Some(Time { seconds: 1, nanos: 0 }));
        let login = &all.uses[0];
        assert_eq!((login.door(), login.client.as_str(), login.count), (pb::LegacyDoor::Tcp, "a", 1));
        assert_eq!(login.first_at, Some(Time { seconds: 11, nanos: 0 }));
        assert_eq!(login.replaced_by, "gc.v1.AgentService/Login");
        assert!(login.note.starts_with("Signs the agent in to Finesse"), "{}", login.note);
        assert_eq!((all.uses[1].replaced_by.as_str(), all.uses[1].note.as_str()), ("", ""));
        for verb in catalogue::VERBS {
            let mut counts = counts();
            counts.add(Door::Exchange, "0", verb.name, Timestamp::UNIX_EPOCH);
            let first = page(&counts, &pb::GetMigrationReportRequest::default()).unwrap().uses.remove(0);
            assert!(first.replaced_by.starts_with("gc.v1.") && first.note.len() > 10, "{first:?}");
        }
    }

    #[test]
    fn pages_and_filters_leave_nothing_out() {
        let mut token = String::new();
        let mut seen = Vec::new();
        for _ in 0..3 {
            let request =
                pb::GetMigrationReportRequest { page_size: 1, page_token: token.clone(), ..Default::default() };
            let mut reply = page(&counts(), &request).unwrap();
            seen.push(reply.uses.remove(0).verb);
            assert!(reply.uses.is_empty());
            token = reply.next_page_token;
        }
        assert_eq!((seen.join(" ").as_str(), token.as_str()), ("Login (unknown) HoldCall", ""));

        let of = |client: &str, since: Option<i64>| pb::GetMigrationReportRequest {
            client: client.into(),
            since: since.map(|seconds| Time { seconds, nanos: 0 }),
            ..Default::default()
        };
        assert_eq!(verbs(&page(&counts(), &of("b", None)).unwrap()), [UNKNOWN, "HoldCall"]);
        assert_eq!(verbs(&page(&counts(), &of("", Some(11))).unwrap()), ["Login", UNKNOWN]);
        assert!(page(&counts(), &of("c", None)).unwrap().uses.is_empty());
        assert!(page(&counts(), &of("", Some(i64::MAX))).is_err());
        for (page_size, page_token) in [(-1, ""), (0, "x"), (0, "a\u{1f}nowhere\u{1f}Login")] {
            let request = pb::GetMigrationReportRequest { page_size, page_token: page_token.into(), ..of("", None) };
            assert_eq!(page(&counts(), &request).unwrap_err().reason, Reason::InvalidInput);
        }
    }
}
