//! Lines keep their order and their bounds, whatever the broker does.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn outbox(lines: usize, bytes: usize) -> Outbox {
    Outbox::new(Bounds { lines, bytes, age: Duration::from_secs(60) })
}

fn put(outbox: &Outbox, lines: &[(&str, &str)]) {
    for (destination, body) in lines {
        outbox.send(destination, Bytes::copy_from_slice(body.as_bytes()));
    }
}

fn next(outbox: &Outbox, receipt: u64) -> Option<String> {
    let line = outbox.next(receipt)?;
    Some(format!("{} {}", line.destination, std::str::from_utf8(&line.body).unwrap()))
}

fn all(outbox: &Outbox) -> Vec<String> {
    std::iter::from_fn(|| next(outbox, 1)).collect()
}

#[tokio::test(start_paused = true)]
async fn what_was_not_confirmed_goes_again_before_what_came_later() {
    let outbox = outbox(100, 1000);
    put(&outbox, &[("a", "1"), ("b", "2"), ("a", "3"), ("a", "4")]);
    for receipt in [1, 1, 2] {
        next(&outbox, receipt).unwrap();
    }
    outbox.confirmed(1);
    outbox.broken();
    put(&outbox, &[("a", "5")]);
    assert_eq!(all(&outbox), ["a 3", "a 4", "a 5"]);
    assert!(outbox.take_dropped().is_empty());
}

#[tokio::test(start_paused = true)]
async fn too_many_and_too_old_are_dropped_the_oldest_first_and_counted() {
    let outbox = outbox(3, 1000);
    put(&outbox, &[("a", "1"), ("b", "2"), ("a", "3"), ("a", "4"), ("a", "5")]);
    let mut dropped = outbox.take_dropped();
    dropped.sort();
    assert_eq!(dropped, [("a".into(), 1), ("b".into(), 1)]);
    tokio::time::advance(Duration::from_secs(61)).await;
    put(&outbox, &[("a", "6")]);
    assert_eq!(all(&outbox), ["a 6"]);
    assert_eq!(outbox.take_dropped(), [("a".into(), 3)]);
}

#[tokio::test(start_paused = true)]
async fn bytes_are_bounded_too() {
    let outbox = outbox(100, 10);
    put(&outbox, &[("a", "12345"), ("a", "67890"), ("a", "x")]);
    assert_eq!(all(&outbox), ["a 67890", "a x"]);
}

#[tokio::test(start_paused = true)]
async fn lines_rest_until_the_time_is_over_or_their_destination_is_awake() {
    let outbox = outbox(100, 1000);
    put(&outbox, &[("a", "1"), ("b", "2"), ("a", "3")]);
    outbox.rest(Instant::now() + Duration::from_secs(2), false);
    assert_eq!(next(&outbox, 1), None);
    outbox.awake(&"a".into());
    assert_eq!(all(&outbox), ["a 1", "a 3"]);
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(all(&outbox), ["b 2"]);
    assert_eq!(outbox.rests_until(), None);
}

#[tokio::test(start_paused = true)]
async fn who_never_comes_back_is_not_waited_for() {
    let outbox = outbox(100, 1000);
    put(&outbox, &[("gone", "1"), ("back", "2")]);
    tokio::time::advance(Duration::from_millis(1)).await;
    outbox.rest(Instant::now() + Duration::from_secs(2), true);
    outbox.awake(&"back".into());
    tokio::time::advance(Duration::from_secs(2)).await;
    // This came after the link: its destination may never have had a consumer that was seen.
    put(&outbox, &[("new", "3")]);
    assert_eq!(all(&outbox), ["back 2", "new 3"]);
    assert_eq!(outbox.take_dropped(), [("gone".into(), 1)]);
}

#[derive(Clone, Debug)]
enum Step {
    Put(usize),
    Next,
    Confirm,
    Break,
    Rest(bool),
    Awake(usize),
    Pass(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0usize..3).prop_map(Step::Put),
        4 => Just(Step::Next),
        2 => Just(Step::Confirm),
        1 => Just(Step::Break),
        1 => any::<bool>().prop_map(Step::Rest),
        1 => (0usize..3).prop_map(Step::Awake),
        1 => (0u64..30).prop_map(Step::Pass),
    ];
    proptest::collection::vec(step, 0..120)
}

proptest! {
    #[test]
    fn order_and_number_hold_whatever_happens(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let outbox = outbox(8, 1000);
            let (mut put, mut receipt) = (0u64, 0u64);
            let mut confirmed: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            let mut sent: Vec<(u64, String, u64)> = Vec::new();
            for step in steps {
                match step {
                    Step::Put(to) => {
                        put += 1;
                        outbox.send(["a", "b", "c"][to], put.to_string().into());
                    }
                    Step::Next => {
                        receipt += 1;
                        if let Some(line) = outbox.next(receipt) {
                            let number = std::str::from_utf8(&line.body).unwrap().parse().unwrap();
                            sent.push((receipt, line.destination.to_string(), number));
                        }
                    }
                    Step::Confirm => {
                        outbox.confirmed(receipt);
                        for (_, to, number) in sent.drain(..) {
                            confirmed.entry(to).or_default().push(number);
                        }
                    }
                    Step::Break => {
                        outbox.broken();
                        sent.clear();
                    }
                    Step::Rest(drop) => outbox.rest(Instant::now() + Duration::from_secs(2), drop),
                    Step::Awake(to) => outbox.awake(&["a", "b", "c"][to].into()),
                    Step::Pass(seconds) => tokio::time::advance(Duration::from_secs(seconds)).await,
                }
            }
            let queue = outbox.lock();
            let held = queue.lines.len() + queue.sent.len();
            let bytes: usize =
                queue.lines.iter().chain(queue.sent.iter().map(|(_, line)| line)).map(|line| line.body.len()).sum();
            assert_eq!(queue.bytes, bytes);
            assert!(held <= 8);
            let dropped: u64 = queue.dropped.values().sum();
            let done: u64 = confirmed.values().map(|lines| lines.len() as u64).sum();
            // What was sent, and dropped before its receipt came, counts on both sides.
            assert!(done + dropped + held as u64 >= put, "{done} {dropped} {held} {put}");
            for lines in confirmed.values() {
                assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{lines:?}");
            }
        });
    }
}
