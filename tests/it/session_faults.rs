//! What goes wrong between the service and Finesse, and what an agent must never notice of it.

use std::time::Duration;

use generic_connector::command::agent::{ForceLogout, Logout, MakeReady};
use generic_connector::command::call::ReleaseCall;
use generic_connector::command::{Command, Options};
use generic_connector::model::Reason;
use generic_connector::model::agent::AgentState;
use generic_connector::model::event::{Origin, Payload, StaleReason};
use generic_connector::model::id::{DialogId, Epoch, RequestId};
use generic_connector::model::reply::Reply;
use generic_connector::session::{self, Item, LossPolicy};
use generic_connector::sim::{CtiError, Fault, FaultKind, Flavour, Service};

use crate::support::{World, hold, on_a_call, session_options, set, state_in, within};

fn release(id: &DialogId) -> Command {
    Command::ReleaseCall(ReleaseCall { dialog_id: id.clone() })
}

#[tokio::test]
async fn a_link_killed_in_a_call_ends_in_the_right_state_marked_as_reconciled() {
    let world = World::start(Flavour::Ucce).await;
    let (mut desk, id) = on_a_call(&world, "1001").await;
    let before = desk.events.cursor();
    // The change is made while nothing is notified, so that only a re-read can find it.
    world.sim.control().inject(Fault::new(FaultKind::DropNotification).of_user("1001").times(50)).unwrap();
    world.sim.control().hang_up(id.to_string().parse().unwrap()).unwrap();
    world.sim.control().kill_sessions(Some("1001")).unwrap();
    world.sim.control().clear_faults();
    let (mut stale, mut current, mut ended) = (false, false, 0);
    while !current {
        match within("the stream to be current again", desk.events.next()).await {
            Item::Stale(StaleReason::LinkLost | StaleReason::Resyncing) => stale = true,
            Item::Stale(other) => panic!("{other:?}"),
            Item::Current => current = true,
            // What the answered call had published before.
            Item::Event(published) if !stale => assert_eq!(published.event.origin, Origin::Live),
            Item::Event(published) => {
                assert_eq!(published.event.origin, Origin::Reconciled, "{:?}", published.event);
                ended += usize::from(matches!(published.event.payload, Payload::DialogEnded { .. }));
            }
            Item::Ended(ended) => panic!("{ended:?}"),
        }
    }
    assert_eq!((stale, ended), (true, 1));
    assert!(desk.events.cursor().sequence > before.sequence);
    assert!(desk.connected.handle.snapshot().await.unwrap().dialogs.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn a_lost_notification_is_made_up_for_by_a_read_and_holds_nothing_urgent() {
    let world = World::start(Flavour::Ucce).await;
    let (desk, id) = on_a_call(&world, "1002").await;
    world.sim.control().inject(Fault::new(FaultKind::DropNotification).of_user("1002").times(1_000)).unwrap();
    let handle = desk.connected.handle.clone();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(4);
    let held = handle.execute(hold(&id), Options::default(), Some(deadline));
    let released = desk.run(release(&id));
    tokio::pin!(held);
    let released = tokio::select! {
        biased;
        held = &mut held => panic!("the hold ended first: {held:?}"),
        released = released => released,
    };
    // Nothing was notified of either: the end of the call was found by a read.
    assert!(matches!(released.unwrap().reply, Reply::DialogEnded(_)));
    let mut events = desk.events;
    let elsewhere = within("polling", async {
        loop {
            if let Item::Stale(reason) = events.next().await {
                break reason;
            }
        }
    });
    assert_eq!(elsewhere.await, StaleReason::NotificationsElsewhere);
    world.stop().await;
}

#[tokio::test]
async fn a_slow_command_and_a_cancelled_one_keep_nobody_waiting() {
    let world = World::start(Flavour::Ucce).await;
    let (desk, id) = on_a_call(&world, "1003").await;
    world.sim.control().inject(Fault::new(FaultKind::Silent).of_user("1003").of_action("READY")).unwrap();
    let handle = desk.connected.handle.clone();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(3);
    let slow = handle.execute(Command::MakeReady(MakeReady {}), Options::default(), Some(deadline));
    tokio::pin!(slow);
    tokio::select! {
        biased;
        slow = &mut slow => panic!("the slow command ended first: {slow:?}"),
        released = desk.run(release(&id)) => assert!(released.is_ok(), "{released:?}"),
    }
    assert_eq!(within("the slow command", slow).await.unwrap_err().reason, Reason::OutcomeUnknown);

    // A call that its client gave up: the next command of the agent goes on.
    world.sim.control().inject(Fault::new(FaultKind::Silent).of_user("1003").of_action("READY")).unwrap();
    let given_up = handle.execute(Command::MakeReady(MakeReady {}), Options::default(), None);
    let _ = tokio::time::timeout(Duration::from_millis(50), given_up).await;
    let out = desk.run(Command::Logout(Logout {})).await.unwrap();
    assert_eq!(state_in(&out), AgentState::Logout);
    world.stop().await;
}

#[tokio::test]
async fn finesse_out_of_service_fails_fast_and_comes_back() {
    let world = World::start(Flavour::Uccx).await;
    let (mut desk, id) = on_a_call(&world, "1004").await;
    world.sim.control().set_service(Service::Out);
    let mut status = world.manager.system();
    within("out of service", status.wait_for(|s| s.as_str() == "OUT_OF_SERVICE")).await.unwrap();
    let error = desk.run(hold(&id)).await.unwrap_err();
    assert_eq!(error.reason, Reason::FinesseOutOfService);
    assert!(error.retry_after.is_some());
    world.sim.control().set_service(Service::In);
    within("in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
    let (mut told, mut current) = (Vec::new(), false);
    while !current {
        match within("current", desk.events.next()).await {
            Item::Current => current = true,
            Item::Stale(reason) => told.push(reason),
            Item::Event(_) => {}
            Item::Ended(ended) => panic!("{ended:?}"),
        }
    }
    assert_eq!(told.first(), Some(&StaleReason::OutOfService));
    desk.run(hold(&id)).await.unwrap();
    world.stop().await;
}

#[tokio::test]
async fn whatever_finesse_answers_the_queue_goes_on() {
    let world = World::start(Flavour::Ucce).await;
    let (desk, id) = on_a_call(&world, "1005").await;
    let control = world.sim.control();
    let fault = |kind| Fault::new(kind).of_user("1005").of_action("UPDATE_CALL_DATA");
    let cti = |without_request_id, delay_ms| FaultKind::AsyncError {
        error: CtiError::new("Generic Error", "0", "CF_GENERIC_UNSPECIFIED"),
        delay_ms,
        without_request_id,
    };
    let cases = [
        (FaultKind::Html { status: 500 }, Reason::OutcomeUnknown),
        (FaultKind::Status { status: 503 }, Reason::FinesseOutOfService),
        (cti(false, 0), Reason::GeneralError),
        (cti(true, 0), Reason::GeneralError),
        (cti(false, 50), Reason::GeneralError),
        (cti(true, 50), Reason::GeneralError),
    ];
    for (number, (kind, reason)) in cases.into_iter().enumerate() {
        control.inject(fault(kind.clone())).unwrap();
        let error = desk.run(set(&id, &format!("bad {number}"))).await.unwrap_err();
        assert_eq!(error.reason, reason, "{kind:?}: {error:?}");
        let mut status = world.manager.system();
        within("in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
        desk.run(set(&id, &format!("good {number}"))).await.unwrap();
    }
    // Executed and the answer lost: the effect is found, and nothing is sent twice.
    let before = control.requests("1005", "UPDATE_CALL_DATA");
    control.inject(fault(FaultKind::LoseAnswer)).unwrap();
    desk.run(set(&id, "lost")).await.unwrap();
    assert_eq!(control.requests("1005", "UPDATE_CALL_DATA"), before + 1);
    // Not executed and no answer: unknown after a read, and never repeated by itself.
    control.inject(fault(FaultKind::Silent)).unwrap();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(3);
    let handle = desk.connected.handle.clone();
    let unknown = within("an answer", handle.execute(set(&id, "silent"), Options::default(), Some(deadline))).await;
    assert_eq!(unknown.unwrap_err().reason, Reason::OutcomeUnknown);
    assert!(tokio::time::Instant::now() < deadline, "the answer must come before the deadline");
    assert_eq!(control.requests("1005", "UPDATE_CALL_DATA"), before + 2);
    desk.run(release(&id)).await.unwrap();
    world.stop().await;
}

#[tokio::test]
async fn a_request_id_reaches_finesse_once() {
    let world = World::start(Flavour::Ucce).await;
    let (desk, id) = on_a_call(&world, "1006").await;
    let control = world.sim.control();
    let options = Options { request_id: Some(RequestId::random()), ..Options::default() };
    control.inject(Fault::new(FaultKind::Delay { ms: 200 }).of_user("1006").of_action("HOLD")).unwrap();
    let (first, second) =
        tokio::join!(desk.run_with(hold(&id), options.clone()), desk.run_with(hold(&id), options.clone()));
    assert_eq!(first.unwrap(), second.unwrap());
    let third = desk.run_with(hold(&id), options.clone()).await.unwrap();
    assert!(matches!(third.reply, Reply::Dialog(_)));
    assert_eq!(control.requests("1006", "HOLD"), 1);
    let reused = desk.run_with(release(&id), options).await.unwrap_err();
    assert_eq!(reused.reason, Reason::RequestIdReused);
    let other_epoch = Options { epoch: Some(Epoch(1)), ..Options::default() };
    assert_eq!(desk.run_with(release(&id), other_epoch).await.unwrap_err().reason, Reason::OutcomeUnknown);
    let old = Options { expected_version: Some(1), ..Options::default() };
    assert_eq!(desk.run_with(release(&id), old).await.unwrap_err().reason, Reason::VersionMismatch);
    assert_eq!(control.requests("1006", "DROP"), 0);
    world.stop().await;
}

#[tokio::test]
async fn a_forced_logout_never_drops_a_call_and_follows_its_end() {
    let world = World::start(Flavour::Ucce).await;
    let (mut desk, id) = on_a_call(&world, "1007").await;
    let pending = desk.run(Command::ForceLogout(ForceLogout {})).await.unwrap();
    let Reply::Agent { agent, .. } = &pending.reply else { panic!("{pending:?}") };
    assert_eq!((agent.state, agent.pending_state), (AgentState::Talking, Some(AgentState::Logout)));
    assert_ne!(state_in(&pending), AgentState::Logout);
    world.sim.control().hang_up(id.to_string().parse().unwrap()).unwrap();
    desk.state(AgentState::Logout).await;
    let ended = within("the end", async {
        loop {
            if let Item::Ended(ended) = desk.events.next().await {
                break ended;
            }
        }
    });
    assert!(matches!(ended.await, session::Ended::SessionEnded(error) if error.reason == Reason::SessionExpired));
    world.stop().await;
}

#[tokio::test]
async fn an_agent_whose_clients_are_gone_is_released_after_the_grace() {
    let options =
        session::Options { grace: Duration::from_millis(200), loss_policy: LossPolicy::Release, ..session_options() };
    let world = World::with(Flavour::Ucce, options).await;
    let desk = world.agent("1008").await;
    // Somebody who only watches does not keep the agent.
    let _observer = desk.connected.handle.observe(None).await.unwrap();
    let mut sessions = world.manager.changes();
    sessions.mark_unchanged();
    drop(desk.events);
    within("the release", sessions.changed()).await.unwrap();
    assert!(world.manager.session(&"1008".parse().unwrap()).is_none());
    world.stop().await;
}
