//! What is remembered of a broker's destinations, and for how long.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::*;

const OUT: SystemStatus = SystemStatus::OutOfService;

fn naming(other: &[&str], max_known: usize) -> Naming {
    let other = other.iter().map(|pattern| (*pattern).to_owned()).collect();
    Naming { allowed: |name| !name.contains('>'), encoding: Encoding::Json, other, max_known }
}

fn record(agent: &str, destination: &str, extension: Option<&str>) -> Record {
    let extension = extension.map(str::to_owned);
    Record { agent: agent.to_owned(), destination: destination.to_owned(), encoding: Encoding::Json, extension }
}

fn sorted(records: Option<Vec<Record>>) -> Vec<Record> {
    let mut records = records.unwrap();
    records.sort_by(|one, other| one.agent.cmp(&other.agent));
    records
}

#[test]
fn a_pattern_is_a_name_or_the_beginning_of_one() {
    let mut naming = naming(&["old", "text.*"], 10);
    for (name, other) in
        [("old", true), ("older", false), ("text.", true), ("text.1", true), ("text", false), ("*", false)]
    {
        let (one, two) = if other { (Encoding::Text, Encoding::Json) } else { (Encoding::Json, Encoding::Text) };
        naming.encoding = Encoding::Json;
        assert_eq!(naming.encoding_of(name), one, "{name}");
        naming.encoding = Encoding::Text;
        assert_eq!(naming.encoding_of(name), two, "{name}");
    }
    naming.other = vec!["*".to_owned()];
    assert_eq!(naming.encoding_of("any"), Encoding::Json);
}

#[tokio::test]
async fn what_was_known_is_known_after_a_restart_as_far_as_it_is_allowed() {
    let known = vec![
        record("1001", "desk", Some("2001")),
        record("1002", "desk", None),
        record("1003", "bad>", None),
        record("1004", "text.1", None),
        record("1005", "one.too.many", None),
    ];
    let mut places = Places::broker(naming(&["text.*"], 2), known);
    assert!(!places.has_changed());
    assert_eq!(places.agents("desk"), ["1001".into(), "1002".into()] as [Arc<str>; 2]);
    assert_eq!(places.of("1001").unwrap().name, "desk");
    assert_eq!(places.of("1004").unwrap().encoding, Encoding::Text, "as is configured now");
    assert!(places.of("1003").is_none() && places.of("1005").is_none());
    assert!(places.all().all(|place| place.reconnect && place.told == OUT));
    // The rest is kept when something changes.
    places.signed_out("1002");
    let text = Record { encoding: Encoding::Text, ..record("1004", "text.1", None) };
    assert_eq!(sorted(places.take_changed()), [record("1001", "desk", Some("2001")), text]);
}

#[tokio::test]
async fn a_place_or_an_agent_too_many_is_not_remembered() {
    let mut places = Places::broker(naming(&[], 1), Vec::new());
    let desk = places.named("desk", OUT).unwrap();
    assert_eq!(places.named("other", OUT).unwrap().name, "other", "it is answered");
    assert!(places.get_mut("other").is_none() && places.get_mut("desk").is_some());
    assert!(places.named("bad>", OUT).is_none());
    places.connected(&"1001".into(), &desk, None);
    assert!(places.has_room_for("1001") && !places.has_room_for("1002"));
}

#[tokio::test]
async fn a_change_is_told_once() {
    let mut places = Places::broker(naming(&[], 10), Vec::new());
    let (desk, other) = (places.named("desk", OUT).unwrap(), places.named("other", OUT).unwrap());
    assert_eq!(places.take_changed(), None, "a place without agents is not kept");
    let agent: Arc<str> = "1001".into();
    places.connected(&agent, &desk, None);
    places.signed_in(&agent, Some("2001"));
    assert_eq!(places.take_changed().unwrap(), [record("1001", "desk", Some("2001"))]);
    places.signed_in(&agent, Some("2001"));
    assert_eq!(places.take_changed(), None);
    // The extension goes along to another destination.
    places.connected(&agent, &other, None);
    assert_eq!(places.take_changed().unwrap(), [record("1001", "other", Some("2001"))]);
    places.signed_out(&agent);
    assert_eq!(places.take_changed().unwrap(), []);
    places.signed_out(&agent);
    assert_eq!(places.take_changed(), None);
    assert_eq!(places.of(&agent).unwrap().name, "other", "a late command is answered there");
    assert!(places.agents("other").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_place_is_forgotten_when_nobody_there_is_signed_in_and_nothing_was_heard() {
    let mut places = Places::broker(naming(&[], 10), vec![record("1001", "busy", None)]);
    let left = places.named("left", OUT).unwrap();
    places.named("empty", OUT);
    places.connected(&"1002".into(), &left, None);
    places.signed_out("1002");
    let before = Instant::now() + Duration::from_secs(1);
    tokio::time::advance(Duration::from_secs(2)).await;
    places.named("fresh", OUT);
    places.forget(before);
    let mut names: Vec<String> = places.all().map(|place| place.target.name.clone()).collect();
    names.sort();
    assert_eq!(names, ["busy", "fresh"]);
    assert!(places.of("1001").is_some() && places.of("1002").is_none());
}

#[tokio::test]
async fn a_connection_is_one_place_and_keeps_nothing() {
    let own = Arc::new(Target { name: "127.0.0.1".to_owned(), encoding: Encoding::Text });
    let mut places = Places::connection(own.clone(), OUT);
    assert_eq!(places.named("anything>", OUT), Some(own.clone()));
    places.connected(&"1001".into(), &own, None);
    assert!(!places.is_broker() && places.take_changed().is_none() && places.has_room_for("1002"));
    assert_eq!(places.of("1009"), Some(&own));
}
