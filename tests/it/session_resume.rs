//! Resuming: after a cursor, with nothing lost and nothing twice; or a Reset with a new picture.

use generic_connector::command::Command;
use generic_connector::command::agent::{MakeNotReady, MakeReady};
use generic_connector::model::Reason;
use generic_connector::model::event::ResetReason;
use generic_connector::model::id::{Cursor, Epoch, Sequence};
use generic_connector::session::{self, Item, Start, Subscription, journal};
use generic_connector::sim::Flavour;

use crate::support::{World, session_options, within};

async fn numbers(events: &mut Subscription, count: usize) -> Vec<u64> {
    let mut numbers = Vec::new();
    while numbers.len() < count {
        if let Item::Event(published) = within("an event", events.next()).await {
            numbers.push(published.event.cursor.sequence.0);
        }
    }
    numbers
}

async fn toggle(world: &World, agent: &str, times: usize) -> crate::support::Desk {
    let desk = world.agent(agent).await;
    for _ in 0..times {
        desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
        desk.run(Command::MakeNotReady(MakeNotReady {})).await.unwrap();
    }
    desk
}

#[tokio::test]
async fn a_cursor_is_continued_without_hole_or_duplicate() {
    let world = World::start(Flavour::Ucce).await;
    let desk = toggle(&world, "1001", 5).await;
    let last = desk.connected.handle.snapshot().await.unwrap().cursor;
    for from in 0..=last.sequence.0 {
        let after = Cursor { epoch: last.epoch, sequence: Sequence(from) };
        let mut events = desk.connected.handle.subscribe(Some(after)).await.unwrap();
        assert!(matches!(events.start, Start::Resumed { live_from } if live_from.0 == last.sequence.0 + 1));
        let missing = usize::try_from(last.sequence.0 - from).unwrap();
        assert_eq!(numbers(&mut events, missing).await, (from + 1..=last.sequence.0).collect::<Vec<_>>());
    }
    world.stop().await;
}

#[tokio::test]
async fn a_cursor_that_cannot_be_continued_gives_a_reset_with_a_new_picture() {
    let limits = journal::Limits { events: 4, ..journal::Limits::default() };
    let world = World::with(Flavour::Ucce, session::Options { journal: limits, ..session_options() }).await;
    let desk = toggle(&world, "1002", 5).await;
    let handle = &desk.connected.handle;
    let last = handle.snapshot().await.unwrap().cursor;
    let cases = [
        (Cursor { sequence: Sequence(0), ..last }, ResetReason::CursorTooOld),
        (Cursor { sequence: Sequence(last.sequence.0 + 1), ..last }, ResetReason::CursorUnknown),
        (Cursor { epoch: Epoch(!last.epoch.0), ..last }, ResetReason::EpochChanged),
    ];
    for (cursor, expected) in cases {
        let events = handle.subscribe(Some(cursor)).await.unwrap();
        let Start::Reset { reason, snapshot } = &events.start else { panic!("{:?}", events.start) };
        assert_eq!((*reason, snapshot.cursor), (expected, last));
    }
    world.stop().await;
}

#[tokio::test]
async fn a_subscriber_that_does_not_read_is_cut_and_resumes_where_it_stopped() {
    let world = World::with(Flavour::Ucce, session::Options { subscriber_queue: 3, ..session_options() }).await;
    let desk = world.agent("1003").await;
    let handle = desk.connected.handle.clone();
    let mut slow = handle.subscribe(None).await.unwrap();
    let mut quick = handle.subscribe(None).await.unwrap();
    for _ in 0..4 {
        desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
        numbers(&mut quick, 1).await;
        desk.run(Command::MakeNotReady(MakeNotReady {})).await.unwrap();
        numbers(&mut quick, 1).await;
    }
    let mut seen = Vec::new();
    let cursor = loop {
        match within("the cut", slow.next()).await {
            Item::Event(published) => seen.push(published.event.cursor.sequence.0),
            Item::Ended(session::Ended::SlowConsumer { cursor }) => break cursor,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(seen.last(), Some(&cursor.sequence.0));
    let last = handle.snapshot().await.unwrap().cursor.sequence.0;
    let mut resumed = handle.subscribe(Some(cursor)).await.unwrap();
    let missing = usize::try_from(last - cursor.sequence.0).unwrap();
    assert_eq!(numbers(&mut resumed, missing).await, (cursor.sequence.0 + 1..=last).collect::<Vec<_>>());
    world.stop().await;
}

#[tokio::test]
async fn as_many_sessions_as_allowed_and_no_more() {
    let world = World::with(Flavour::Uccx, session::Options { max_sessions: 2, ..session_options() }).await;
    let _first = world.connect("1001").await;
    let _second = world.connect("1002").await;
    let third = world.try_connect("1003", "demo").await.unwrap_err();
    assert_eq!(third.reason, Reason::LicensesExceeded);
    world.connect("1001").await;
    world.stop().await;
}
