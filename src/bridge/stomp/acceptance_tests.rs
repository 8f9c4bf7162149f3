//! No order of deliveries, receipts and losses carries a command out twice, or lets one vanish.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn command(id: &str) -> Command {
    Command { kind: id.to_owned(), body: Ok("".into()), sent_at: None, doubtful: false }
}

fn kinds(commands: Vec<Command>) -> Vec<String> {
    commands.into_iter().map(|command| command.kind).collect()
}

#[test]
fn a_command_is_handed_on_when_the_broker_has_let_go_of_it() {
    let mut acceptance = Acceptance::default();
    assert_eq!(acceptance.arrive("1", false, command("1")), Verdict::Take);
    let handed_on = acceptance.confirmed("1").unwrap();
    assert_eq!((handed_on.kind.as_str(), handed_on.doubtful), ("1", false));
    assert!(acceptance.confirmed("1").is_none() && acceptance.confirmed("2").is_none());
    // A killed broker forgets the acknowledgement, and that it delivered the message before.
    assert_eq!(acceptance.arrive("1", false, command("1")), Verdict::Drop);
    assert!(acceptance.confirmed("1").is_none());
}

#[test]
fn without_a_receipt_it_is_carried_out_when_it_comes_again_and_lost_when_it_does_not() {
    let mut acceptance = Acceptance::default();
    for id in ["again", "gone"] {
        acceptance.arrive(id, false, command(id));
    }
    let broken = Instant::now();
    acceptance.broken(broken);
    let later = broken + Duration::from_secs(1);
    assert_eq!(acceptance.arrive("again", true, command("again")), Verdict::Take);
    assert_eq!(kinds(acceptance.lost(later)), ["gone"]);
    // Its sender was told that it is lost: it must not be carried out after that.
    assert_eq!(acceptance.arrive("gone", true, command("gone")), Verdict::Drop);
    let again = acceptance.confirmed("again").unwrap();
    assert!(!again.doubtful, "this process knows that it was not carried out");
    assert!(acceptance.lost(later).is_empty());
}

#[test]
fn what_another_may_have_had_is_doubtful() {
    let mut acceptance = Acceptance::default();
    acceptance.arrive("1", true, command("1"));
    assert!(acceptance.confirmed("1").unwrap().doubtful);
}

#[test]
fn a_doubt_stays_when_the_message_comes_once_more() {
    let mut acceptance = Acceptance::default();
    acceptance.arrive("1", true, command("1"));
    acceptance.broken(Instant::now());
    acceptance.arrive("1", true, command("1"));
    assert!(acceptance.confirmed("1").unwrap().doubtful);
}

#[test]
fn memory_is_bounded_and_no_password_stays() {
    let mut acceptance = Acceptance::default();
    for number in 0..3 * REMEMBERED {
        let id = number.to_string();
        acceptance.arrive(&id, false, command(&id));
        acceptance.confirmed(&id).unwrap();
    }
    assert_eq!((acceptance.fates.len(), acceptance.order.len()), (REMEMBERED, REMEMBERED));
    assert!(acceptance.fates.values().all(|fate| matches!(fate, Fate::Done)));
}

proptest! {
    #[test]
    fn at_most_once_and_never_silently(steps in proptest::collection::vec((0u8..4, 0usize..6, any::<bool>()), 0..80)) {
        let ids = ["a", "b", "c", "d", "e", "f"];
        let mut acceptance = Acceptance::default();
        let mut ended: HashMap<String, u32> = HashMap::new();
        let mut arrived: HashMap<&str, bool> = HashMap::new();
        for (what, id, redelivered) in steps {
            let id = ids[id];
            match what {
                0 => {
                    acceptance.arrive(id, redelivered, command(id));
                    arrived.insert(id, true);
                }
                1 => {
                    if let Some(command) = acceptance.confirmed(id) {
                        *ended.entry(command.kind).or_default() += 1;
                    }
                }
                2 => acceptance.broken(Instant::now()),
                _ => {
                    for command in acceptance.lost(Instant::now()) {
                        *ended.entry(command.kind).or_default() += 1;
                    }
                }
            }
        }
        prop_assert!(ended.values().all(|times| *times == 1), "{ended:?}");
        acceptance.broken(Instant::now());
        for command in acceptance.lost(Instant::now()) {
            *ended.entry(command.kind).or_default() += 1;
        }
        for id in arrived.keys() {
            prop_assert_eq!(ended.get(*id), Some(&1), "{}", id);
        }
    }
}
