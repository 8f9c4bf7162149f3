//! When the picture is in doubt, or an outcome is: who is told what, and when.

use std::time::Duration;

use generic_connector::command::agent::{ForceLogout, GetState, Login, MakeReady};
use generic_connector::command::reason::GetNotReadyReasonCodes;
use generic_connector::command::{Command, Options, Wait};
use generic_connector::finesse;
use generic_connector::model::agent::AgentState;
use generic_connector::model::event::{Payload, StaleReason};
use generic_connector::model::id::{Epoch, RequestId};
use generic_connector::model::reply::Reply;
use generic_connector::model::{Error, Reason};
use generic_connector::session::{self, Item, Manager};
use generic_connector::sim::{CtiError, Fault, FaultKind, Flavour, Service};

use crate::support::{Desk, World, finesse_options, hold, on_a_call, session_options, set, state_in, within};

fn refusal(error_type: &'static str, data: &'static str, message: &'static str, delay_ms: u64) -> FaultKind {
    FaultKind::AsyncError { error: CtiError::new(error_type, data, message), delay_ms, without_request_id: false }
}

/// A world whose notification links take long to come back by themselves.
async fn slow_links(options: session::Options) -> World {
    let mut world = World::start(Flavour::Ucce).await;
    let mut adapter = finesse_options(&world.sim);
    (adapter.reconnect_min, adapter.reconnect_max) = (Duration::from_secs(60), Duration::from_secs(60));
    world.manager = Manager::new(options, finesse::Client::new(adapter).unwrap(), &world.tasks);
    let mut status = world.manager.system();
    within("finesse in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
    world
}

async fn stale(desk: &mut Desk, wanted: StaleReason) {
    within("stale", async { while !matches!(desk.events.next().await, Item::Stale(reason) if reason == wanted) {} })
        .await;
}

#[tokio::test]
async fn notifications_that_come_after_the_read_bring_no_call_back() {
    let world = World::start(Flavour::Ucce).await;
    let (mut desk, id) = on_a_call(&world, "1001").await;
    let control = world.sim.control();
    control.inject(Fault::new(FaultKind::HoldNotification).of_user("1001").times(50)).unwrap();
    desk.run(hold(&id)).await.unwrap();
    control.hang_up(id.to_string().parse().unwrap()).unwrap();
    control.kill_sessions(Some("1001")).unwrap();
    control.clear_faults();
    desk.ended().await;
    control.release_notifications();
    // What follows is numbered after whatever the late ones brought.
    desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
    let mut said = Vec::new();
    desk.until(|event| {
        said.push(format!("{:?}", event.payload));
        matches!(&event.payload, Payload::AgentStateChanged { agent, .. } if agent.state == AgentState::Ready)
            .then_some(())
    })
    .await;
    assert!(!said.iter().any(|payload| payload.starts_with("Dialog")), "{said:?}");
    assert!(desk.connected.handle.snapshot().await.unwrap().dialogs.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn an_error_with_the_request_id_of_another_client_fails_nobody_elses_command() {
    let world = World::start(Flavour::Ucce).await;
    let (mut desk, id) = on_a_call(&world, "1002").await;
    let control = world.sim.control();
    let client = finesse::Client::new(finesse_options(&world.sim)).unwrap();
    let elsewhere = Manager::new(session_options(), client, &world.tasks);
    let connect = generic_connector::command::agent::Connect {
        agent_id: "1002".parse().unwrap(),
        password: "demo".to_owned().into(),
        client_name: None,
    };
    let other = within("connect", elsewhere.connect(connect)).await.unwrap();
    let own = refusal("Device Busy", "33", "CF_RESOURCE_BUSY", 700);
    control.inject(Fault::new(own).of_user("1002").of_action("HOLD")).unwrap();
    let foreign = refusal("Generic Error", "0", "CF_GENERIC_UNSPECIFIED", 0);
    control.inject(Fault::new(foreign).of_user("1002").of_action("UPDATE_CALL_DATA")).unwrap();
    let accepted = Options { wait: Wait::Accepted, ..Options::default() };
    desk.run_with(hold(&id), accepted).await.unwrap();
    let refused = within("refusal", other.handle.execute(set(&id, "x"), Options::default(), None)).await.unwrap_err();
    assert_eq!(refused.finesse.unwrap().error_data, "0");
    let error: Error = desk
        .until(|event| match &event.payload {
            Payload::CommandFailed { error, .. } => Some(error.clone()),
            _ => None,
        })
        .await;
    assert_eq!(error.finesse.unwrap().error_data, "33", "the error of the own command");
    world.stop().await;
}

#[tokio::test]
async fn who_asked_for_acceptance_alone_is_told_that_the_outcome_stayed_unknown() {
    let options = session::Options { outcome_timeout: Duration::from_millis(500), ..session_options() };
    let world = World::with(Flavour::Ucce, options).await;
    let (mut desk, id) = on_a_call(&world, "1003").await;
    let lost = refusal("Generic Error", "0", "CF_GENERIC_UNSPECIFIED", 60_000);
    world.sim.control().inject(Fault::new(lost).of_user("1003").of_action("HOLD")).unwrap();
    let request_id = Some(RequestId::random());
    let accepted = Options { wait: Wait::Accepted, request_id, ..Options::default() };
    assert_eq!(desk.run_with(hold(&id), accepted.clone()).await.unwrap().reply, Reply::Accepted);
    // A retry of it is accepted as well, at once.
    let soon = tokio::time::timeout(Duration::from_millis(300), desk.run_with(hold(&id), accepted.clone())).await;
    assert_eq!(soon.unwrap().unwrap().reply, Reply::Accepted);
    let (told, reason) = desk
        .until(|event| match &event.payload {
            Payload::CommandFailed { error, .. } => Some((event.request_id, error.reason)),
            _ => None,
        })
        .await;
    assert_eq!((told, reason), (request_id, Reason::OutcomeUnknown));
    assert_eq!(desk.run_with(hold(&id), accepted).await.unwrap_err().reason, Reason::OutcomeUnknown);
    assert_eq!(world.sim.control().requests("1003", "HOLD"), 1);
    world.stop().await;
}

#[tokio::test]
async fn a_bounded_number_waits_for_one_command() {
    let options = session::Options { max_commands: 8, outcome_timeout: Duration::from_secs(1), ..session_options() };
    let world = World::with(Flavour::Ucce, options).await;
    let (desk, id) = on_a_call(&world, "1004").await;
    let lost = refusal("Generic Error", "0", "CF_GENERIC_UNSPECIFIED", 60_000);
    world.sim.control().inject(Fault::new(lost).of_user("1004").of_action("HOLD")).unwrap();
    let options = Options { request_id: Some(RequestId::random()), ..Options::default() };
    let all = (0..20).map(|_| desk.run_with(hold(&id), options.clone()));
    let outcomes = futures_util::future::join_all(all).await;
    let of = |reason| outcomes.iter().filter(|o| matches!(o, Err(error) if error.reason == reason)).count();
    assert_eq!((of(Reason::OutcomeUnknown), of(Reason::TooManyRequests)), (8, 12));
    world.stop().await;
}

#[tokio::test]
async fn questions_are_answered_before_the_callers_deadline() {
    let world = slow_links(session_options()).await;
    let mut desk = world.agent("1005").await;
    let control = world.sim.control();
    control.kill_sessions(Some("1005")).unwrap();
    stale(&mut desk, StaleReason::LinkLost).await;
    for action in ["GET_USER", "GET_REASON_CODES"] {
        control.inject(Fault::new(FaultKind::Silent).of_user("1005").of_action(action).times(100)).unwrap();
    }
    let questions = [
        Command::GetState(GetState {}),
        Command::GetNotReadyReasonCodes(GetNotReadyReasonCodes {}),
        Command::ForceLogout(ForceLogout {}),
    ];
    for question in questions {
        let deadline = tokio::time::Instant::now() + Duration::from_millis(400);
        let asked = desk.connected.handle.execute(question.clone(), Options::default(), Some(deadline));
        let outcome = tokio::time::timeout_at(deadline, asked).await;
        assert!(outcome.unwrap_or_else(|_| panic!("{question:?} is not answered in time")).is_err());
    }
    world.stop().await;
}

#[tokio::test]
async fn a_forced_logout_needs_no_notifications() {
    let world = slow_links(session_options()).await;
    let mut desk = world.agent("1006").await;
    desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
    world.sim.control().kill_sessions(Some("1006")).unwrap();
    stale(&mut desk, StaleReason::LinkLost).await;
    let out = desk.run(Command::ForceLogout(ForceLogout {})).await.unwrap();
    assert_eq!(state_in(&out), AgentState::Logout);
    world.stop().await;
}

#[tokio::test]
async fn a_forced_logout_of_an_earlier_session_is_not_done_and_a_retry_gets_the_first_outcome() {
    let world = World::start(Flavour::Ucce).await;
    let (desk, _) = on_a_call(&world, "1007").await;
    let force = || Command::ForceLogout(ForceLogout {});
    let other_epoch = Options { epoch: Some(Epoch(1)), ..Options::default() };
    assert_eq!(desk.run_with(force(), other_epoch).await.unwrap_err().reason, Reason::OutcomeUnknown);
    let first = Options { request_id: Some(RequestId::random()), ..Options::default() };
    let pending = desk.run_with(force(), first.clone()).await.unwrap();
    // A new Connect calls it off, and the late retry does not bring it back.
    world.connect("1007").await;
    assert_eq!(desk.run_with(force(), first.clone()).await.unwrap(), pending);
    let reused = desk.run_with(Command::MakeReady(MakeReady {}), first).await.unwrap_err();
    assert_eq!(reused.reason, Reason::RequestIdReused);
    world.stop().await;
}

#[tokio::test]
async fn a_forced_logout_that_was_called_off_sends_nothing_more() {
    let world = World::start(Flavour::Ucce).await;
    let desk = world.agent("1008").await;
    desk.run(Command::MakeReady(MakeReady {})).await.unwrap();
    let control = world.sim.control();
    // Its first step looks a reason up, which takes a while.
    control.inject(Fault::new(FaultKind::Delay { ms: 500 }).of_user("1008").of_action("GET_REASON_CODES")).unwrap();
    let before = control.requests("1008", "NOT_READY");
    let login = Login { password: None, extension: "2008".parse().unwrap() };
    let (forced, login) = tokio::join!(desk.run(Command::ForceLogout(ForceLogout {})), desk.run(Command::Login(login)));
    assert_eq!(forced.unwrap_err().reason, Reason::InvalidState);
    login.unwrap();
    // The list that was asked for is read again behind the slow one.
    tokio::time::timeout(Duration::from_millis(900), std::future::pending::<()>()).await.unwrap_err();
    assert_eq!(control.requests("1008", "NOT_READY"), before);
    assert_eq!(desk.connected.handle.snapshot().await.unwrap().agent.state, AgentState::Ready);
    world.stop().await;
}

#[tokio::test]
async fn links_come_back_with_finesse_and_not_when_their_own_pause_ends() {
    let world = slow_links(session_options()).await;
    let mut desk = world.agent("1009").await;
    let control = world.sim.control();
    control.kill_sessions(None).unwrap();
    stale(&mut desk, StaleReason::LinkLost).await;
    control.set_service(Service::Out);
    stale(&mut desk, StaleReason::OutOfService).await;
    let mut status = world.manager.system();
    control.set_service(Service::In);
    within("in service", status.wait_for(|s| s.as_str() == "IN_SERVICE")).await.unwrap();
    within("current", async { while !matches!(desk.events.next().await, Item::Current) {} }).await;
    world.stop().await;
}
