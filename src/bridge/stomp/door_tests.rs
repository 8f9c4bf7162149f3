//! Which commands are not carried out.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::bridge::stomp::BodyFault;

const NOW: i64 = 1_700_000_000_000;

fn objects(kind: &str, age_ms: Option<i64>, doubtful: bool) -> Option<Reason> {
    let sent_at = age_ms.map(|age| Timestamp::from_millisecond(NOW - age).unwrap());
    let command = Command { kind: kind.to_owned(), body: Ok("1".into()), sent_at, doubtful };
    let message = message(&command).unwrap();
    let now = Timestamp::from_millisecond(NOW).unwrap();
    objection(&command, &message, Duration::from_secs(30), now).map(|error| error.reason)
}

#[test]
fn what_waited_for_too_long_is_not_carried_out() {
    for (kind, age, refused) in [
        ("MakeCall#1001", Some(30_001), Some(Reason::CommandExpired)),
        ("makecall # 1001", Some(60_000), Some(Reason::CommandExpired)),
        ("GetState#1001", Some(60_000), Some(Reason::CommandExpired)),
        ("MakeCall#1001", Some(30_000), None),
        // A sender whose clock is ahead, or who does not say.
        ("MakeCall#1001", Some(-60_000), None),
        ("MakeCall#1001", None, None),
        ("Hello#d", Some(60_000), None),
        ("Beat#d", Some(60_000), None),
        ("CONNECT#1001", Some(60_000), None),
        ("Login#1001", Some(60_000), Some(Reason::CommandExpired)),
    ] {
        assert_eq!(objects(kind, age, false), refused, "{kind} {age:?}");
    }
}

#[test]
fn what_may_have_been_carried_out_is_not_done_again_and_questions_are() {
    for (kind, refused) in [
        ("MakeCall#1001", true),
        ("Login#1001", true),
        ("Logout#1001", true),
        ("GetState#1001", false),
        ("Hello#d", false),
        ("Connect#1001", false),
        ("getqueuelist#1001", false),
    ] {
        assert_eq!(objects(kind, None, true), refused.then_some(Reason::OutcomeUnknown), "{kind}");
    }
}

#[test]
fn a_body_that_can_not_be_read_is_refused_by_its_verb_and_id() {
    for why in [BodyFault::TooLong, BodyFault::NotText] {
        let command = Command { kind: "Login#1001".to_owned(), body: Err(why), sent_at: None, doubtful: false };
        let message = message(&command).unwrap();
        let error = objection(&command, &message, Duration::ZERO, Timestamp::now()).unwrap();
        assert_eq!(
            (message.id.as_str(), error.reason, error.message.as_ref()),
            ("1001", Reason::InvalidInput, &*why.to_string())
        );
    }
}
