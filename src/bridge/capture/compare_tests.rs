//! What we say is found equal, and each alteration of it is found.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::bridge::capture::mask;
use crate::bridge::hash::style::AgentInfoTail;

fn style() -> Style {
    Style { time_zone: jiff::tz::TimeZone::UTC, ..Style::default() }
}

fn compared(lines: &[String], style: &Style) -> Report {
    let mut comparison = Comparison::new(style);
    for line in lines {
        comparison.event(line);
    }
    comparison.finish()
}

fn ours() -> Vec<String> {
    let mut lines = specimen::lines(Encoding::Json, &style()).unwrap();
    lines.extend(specimen::lines(Encoding::Text, &style()).unwrap());
    lines
}

#[test]
fn what_we_say_is_equal_masked_or_not() {
    for lines in [ours(), ours().iter().map(|line| mask(line)).collect()] {
        let report = compared(&lines, &style());
        assert!(report.is_equal(), "{report:#?}");
        assert!(report.never_seen.is_empty() && report.suggestions.is_empty(), "{report:#?}");
    }
}

#[test]
fn each_alteration_of_a_json_event_is_found() {
    let state = r#"{"type":"State","agentId":"1","state":"READY","reasonCode":"","stateChangeTimeString":"","pendingState":"","stateChangeTime":"2026-11-22 12:46:21"}"#;
    for (from, to, told) in [
        (r#","pendingState":"""#, "", "pendingState is not there"),
        (r#""reasonCode":"""#, r#""reasonCode":"","extra":"""#, "extra is not ours"),
        (r#""reasonCode":"""#, r#""reasonCode":9"#, "reasonCode is a number, ours a text"),
        (r#""agentId":"1","state":"READY""#, r#""state":"READY","agentId":"1""#, " has its members as type, state"),
        ("2026-11-22 12:46:21", "22.11.2026 12:46", "stateChangeTime is written 99.99.9999 99:99"),
        ("READY", "SOMEWHERE", "state has a word that is not known"),
    ] {
        let altered = mask(&state.replace(from, to));
        let report = compared(std::slice::from_ref(&altered), &style());
        let row = &report.events["json State"];
        assert!(row.differences.keys().any(|difference| format!(" {difference}").contains(told)), "{told}: {row:?}");
        assert_eq!((row.seen, row.equal, row.example.as_deref()), (1, 0, Some(altered.as_str())));
        assert!(!report.is_equal());
    }
}

#[test]
fn another_spelling_of_the_text_encoding_is_found_with_the_key_that_settles_it() {
    let mut theirs = style();
    theirs.text.labels.dialog_id = "DialogID".to_owned();
    theirs.text.labels.participants = "parties".to_owned();
    theirs.text.agent_info = AgentInfoTail::Name;
    theirs.text.events.dialog_state = "DialogStatus".to_owned();
    theirs.text.fields.phone_book = ["pbName", "pbType", "pbId"].map(str::to_owned);
    let lines = specimen::lines(Encoding::Text, &theirs).unwrap();
    let report = compared(&lines, &style());
    let suggested: Vec<(&str, &str)> = report.suggestions.iter().map(|(key, value)| (&**key, &**value)).collect();
    let wanted = [
        ("text.agent_info", "\"name\""),
        ("text.event_dialog_state", "\"DialogStatus\""),
        ("text.label_dialog_id", "\"DialogID\""),
        ("text.label_participants", "\"parties\""),
        ("text.phonebook_labels", "[\"pbName\", \"pbType\", \"pbId\"]"),
    ];
    assert_eq!(suggested, wanted);
    assert!(report.unknown.contains_key("text DialogStatus"));
    assert!(compared(&lines, &theirs).is_equal(), "with what is suggested, they are equal");
}

#[test]
fn what_we_never_say_and_what_is_missing_is_named() {
    let report = compared(&[r#"{"type":"Weather","sky":"blue"}"#.to_owned(), "1#Nonsense#x".to_owned()], &style());
    assert_eq!(report.unknown.keys().collect::<Vec<_>>(), ["json Weather", "text Nonsense"]);
    assert!(report.never_seen.contains(&"json AgentInfo".to_owned()));
    assert!(report.never_seen.contains(&"text QueueList".to_owned()));
}

#[test]
fn a_report_is_bounded_whatever_a_capture_holds() {
    let style = style();
    let mut comparison = Comparison::new(&style);
    for number in 0..10_000 {
        comparison.event(&format!("{{\"type\":\"T{number}\"}}"));
        comparison.event(&format!("{{\"type\":\"System\",\"m{number}\":\"{}\"}}", "x".repeat(600)));
    }
    let report = comparison.finish();
    assert_eq!(
        (report.unknown.len(), report.events["json System"].differences.len()),
        (MOST_UNKNOWN, MOST_DIFFERENCES)
    );
    assert_eq!(report.events["json System"].example.as_ref().unwrap().chars().count(), LONGEST_EXAMPLE);
}

proptest::proptest! {
    #[test]
    fn no_capture_panics(line in "\\PC{0,200}|\\{\"type\":\"(State|InboundCall|Agents)\".{0,60}\\}|1#(State|InboundCall|QueueList|TeamUsersList)#.{0,80}") {
        compared(&[line], &style());
    }
}
