//! The bidirectional stream: commands up, results between the events, and the client's window.

use std::time::Duration;

use generic_connector::grpc::Options;
use generic_connector::pb::attach_command::Request;
use generic_connector::pb::attach_request::Message as Up;
use generic_connector::pb::attach_result::Reply;
use generic_connector::pb::subscribe_response::Message;
use generic_connector::pb::{self, AgentState};
use generic_connector::sim::{Fault, FaultKind};
use tonic::Status;
use tonic_types::StatusExt;

use super::grpc_world::{As, Door, Down, attaching, call, options, request_id};
use super::support::within;

fn login(extension: &str) -> Request {
    Request::Login(pb::LoginRequest { extension: extension.into(), ..Default::default() })
}

fn ready() -> Request {
    Request::MakeReady(pb::MakeReadyRequest::default())
}

fn not_ready() -> Request {
    Request::MakeNotReady(pb::MakeNotReadyRequest::default())
}

fn error(reply: Reply) -> pb::CommandError {
    match reply {
        Reply::Error(error) => error,
        other => panic!("no error: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_go_up_and_their_results_follow_the_events_that_they_reflect() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let mut watched = door.subscribe(As::Bearer(&connected.token), pb::SubscribeRequest::default()).await.unwrap();
    watched.snapshot().await;
    let mut desk = door.attach(&connected.token).await;
    let snapshot = desk.snapshot().await;
    assert_eq!((snapshot.agent_id.as_str(), snapshot.epoch), ("1001", connected.epoch));

    desk.send(Up::Heartbeat(pb::Heartbeat::default())).await;
    let Reply::Hello(hello) = desk.run(Request::Hello(pb::HelloRequest::default())).await else { panic!() };
    assert_eq!(hello.status(), pb::SystemStatus::InService);
    let (mut last, mut seen) = (snapshot.sequence, Vec::new());
    for (command, state) in [(login("2001"), AgentState::NotReady), (ready(), AgentState::Ready)] {
        let asked = desk.command(command).await;
        let (status, as_of) = loop {
            match desk.next().await {
                Down::Event(event) => {
                    last += 1;
                    assert_eq!(event.sequence, last);
                    seen.push(event);
                }
                Down::Result(pb::AttachResult { request_id, reply }) => {
                    assert_eq!(request_id, asked);
                    break match reply.unwrap() {
                        Reply::Login(login) => (login.status.unwrap(), login.as_of_sequence),
                        Reply::MakeReady(ready) => (ready.status.unwrap(), ready.as_of_sequence),
                        other => panic!("{other:?}"),
                    };
                }
                Down::Other(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(status.state(), state);
        assert!(as_of > snapshot.sequence && as_of <= last, "the result of event {as_of} came after event {last}");
    }
    // What a command caused names it, and whoever watches is told the same.
    assert!(seen.iter().any(|event| !event.request_id.is_empty()));
    for event in seen {
        assert_eq!(watched.event().await, event);
    }
    drop((desk, watched));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_resumes_after_a_cursor_and_takes_the_token_from_the_metadata_too() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let (me, start) = (As::Bearer(&connected.token), connected.snapshot.clone().unwrap());
    let login = door.sign_in(&connected.token, "2001").await;
    let from = |cursor: &str| attaching(pb::Attach { cursor: Some(cursor.into()), ..Default::default() });
    let mut desk = door.attach_with(me, from(&start.cursor)).await.unwrap();
    let Down::Other(Message::Resumed(resumed)) = desk.next().await else { panic!("not resumed") };
    assert_eq!((resumed.agent_id.as_str(), resumed.live_from), ("1001", login.as_of_sequence));
    // A result that reflects what is repeated comes after that.
    let asked = desk.command(Request::GetState(pb::GetStateRequest {})).await;
    for sequence in start.sequence + 1..=login.as_of_sequence {
        let Down::Event(event) = desk.next().await else { panic!("no event {sequence}") };
        assert_eq!(event.sequence, sequence);
    }
    assert_eq!(desk.result().await.request_id, asked);

    for foreign in ["nonsense".to_owned(), format!("{:032x}", 5)] {
        let mut desk = door.attach_with(me, from(&foreign)).await.unwrap();
        assert!(matches!(desk.next().await, Down::Other(Message::Reset(_))));
        desk.snapshot().await;
    }
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_holds_events_and_the_results_that_reflect_them() {
    let door = Door::open(Options { heartbeat: Duration::from_millis(50), ..options() }).await;
    let connected = door.connect("1001").await;
    door.sign_in(&connected.token, "2001").await;
    let narrow = pb::Attach { token: connected.token.clone(), window: 1, ..Default::default() };
    let mut desk = door.attach_with(As::Nobody, attaching(narrow)).await.unwrap();
    desk.snapshot().await;
    let first = desk.command(ready()).await;
    let Down::Event(sent) = desk.next().await else { panic!("no event") };
    assert_eq!(desk.result().await.request_id, first);
    let second = desk.command(not_ready()).await;
    // It is done, as another client sees, and may not be told yet.
    let me = As::Bearer(&connected.token);
    let state = async || within("state", door.agents().get_state(call(me, pb::GetStateRequest {}))).await.unwrap();
    while state().await.into_inner().status.unwrap().state() != AgentState::NotReady {}
    for _ in 0..3 {
        let Ok(Some(pb::attach_response::Message::Event(held))) = desk.try_next().await else { panic!("told") };
        assert!(matches!(held.message, Some(Message::Heartbeat(_))), "{held:?}");
    }
    desk.acknowledge(&sent.cursor).await;
    let Down::Event(next) = desk.next().await else { panic!("no event") };
    assert_eq!(next.sequence, sent.sequence + 1);
    assert_eq!(desk.result().await.request_id, second);
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrow_window_loses_nothing() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    door.sign_in(&connected.token, "2001").await;
    let narrow = pb::Attach { token: connected.token.clone(), window: 3, ..Default::default() };
    let mut desk = door.attach_with(As::Nobody, attaching(narrow)).await.unwrap();
    let mut last = desk.snapshot().await.sequence;
    let (mut asked, mut answered) = (0, 0);
    while answered < 60 {
        while asked < answered + 8 {
            desk.command(if asked % 2 == 0 { ready() } else { not_ready() }).await;
            asked += 1;
        }
        match desk.next().await {
            Down::Event(event) => {
                last += 1;
                assert_eq!(event.sequence, last);
                // Every third is enough, and each too.
                if last % 3 == 0 || answered > 30 {
                    desk.acknowledge(&event.cursor).await;
                }
            }
            Down::Result(result) => {
                assert!(matches!(result.reply, Some(Reply::MakeReady(_) | Reply::MakeNotReady(_))), "{result:?}");
                answered += 1;
            }
            Down::Other(other) => panic!("{other:?}"),
        }
    }
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_quick_commands_is_answered_in_order() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    let up = desk.up.clone();
    let flood = async {
        for number in 0..2000u128 {
            let request = Some(Request::Beat(pb::BeatRequest::default()));
            let command = pb::AttachCommand { request_id: uuid::Uuid::from_u128(number).to_string(), request };
            up.send(pb::AttachRequest { message: Some(Up::Command(command)) }).await.unwrap();
        }
    };
    let answers = async {
        for number in 0..2000u128 {
            let result = desk.result().await;
            assert_eq!(result.request_id, uuid::Uuid::from_u128(number).to_string());
            assert!(matches!(result.reply, Some(Reply::Beat(_))), "{result:?}");
        }
    };
    tokio::join!(flood, answers);
    drop((desk, up));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_commands_than_may_be_in_flight_are_refused() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    door.sign_in(&connected.token, "2001").await;
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    let slow = Fault::new(FaultKind::Delay { ms: 500 }).of_user("1001").of_action("GET_REASON_CODES").times(40);
    door.world.sim.control().inject(slow).unwrap();
    let mut asked = Vec::new();
    for _ in 0..32 {
        let reasons = pb::GetLogoutReasonCodesRequest::default();
        asked.push(desk.command(Request::GetLogoutReasonCodes(reasons)).await);
    }
    let surplus = desk.command(ready()).await;
    let refused = desk.result().await;
    assert_eq!(refused.request_id, surplus);
    let told = error(refused.reply.unwrap());
    assert_eq!(told.reason(), pb::ErrorReason::TooManyRequests);
    assert!(told.retry_after.is_some());
    while !asked.is_empty() {
        let result = desk.result().await;
        assert!(matches!(result.reply, Some(Reply::GetLogoutReasonCodes(_))), "{result:?}");
        asked.retain(|id| *id != result.request_id);
    }
    assert!(matches!(desk.run(ready()).await, Reply::MakeReady(_)));
    // Commands of one agent take effect in the order in which they were sent, and their results come in that order.
    let order = [desk.command(not_ready()).await, desk.command(ready()).await, desk.command(not_ready()).await];
    for id in order {
        let result = desk.result().await;
        assert_eq!(result.request_id, id);
        assert!(!matches!(result.reply, Some(Reply::Error(_))), "{result:?}");
    }
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_can_t_be_understood_is_refused_and_the_next_one_goes_on() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    let nothing = pb::AttachCommand { request_id: request_id(), request: None };
    let unnamed = pb::AttachCommand { request_id: "1".repeat(99), request: Some(ready()) };
    for command in [nothing, unnamed] {
        let sent = command.request_id.clone();
        desk.send(Up::Command(command)).await;
        let result = desk.result().await;
        assert_eq!(result.request_id, sent[..sent.len().min(64)]);
        assert_eq!(error(result.reply.unwrap()).reason(), pb::ErrorReason::InvalidInput);
    }
    assert!(matches!(desk.run(Request::Beat(pb::BeatRequest::default())).await, Reply::Beat(_)));
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_say_what_the_statuses_of_the_calls_say() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    let equal = |error: pb::CommandError, status: Status| {
        let details = status.get_error_details();
        let info = details.error_info().unwrap();
        assert_eq!(error.reason().as_str_name(), format!("ERROR_REASON_{}", info.reason));
        assert_eq!(error.message, status.message());
        assert_eq!(error.metadata, info.metadata);
        let delay = details.retry_info().and_then(|info| info.retry_delay);
        assert_eq!(error.retry_after.map(|delay| Duration::try_from(delay).unwrap()), delay);
    };
    // Signed out: what Finesse says of it is in the metadata.
    let unary = door.agents().make_ready(call(me, pb::MakeReadyRequest::default())).await.unwrap_err();
    let told = error(desk.run(ready()).await);
    assert!(told.metadata.contains_key("error_message"), "{told:?}");
    equal(told, unary);
    let hold = pb::HoldCallRequest { dialog_id: "999".into(), options: None };
    let unary = door.calls().hold_call(call(me, hold.clone())).await.unwrap_err();
    equal(error(desk.run(Request::HoldCall(hold)).await), unary);
    let bad = pb::HoldCallRequest { dialog_id: "a/b".into(), options: None };
    let unary = door.calls().hold_call(call(me, bad.clone())).await.unwrap_err();
    equal(error(desk.run(Request::HoldCall(bad)).await), unary);
    door.sign_in(&connected.token, "2001").await;
    let down = || Fault::new(FaultKind::Status { status: 503 }).of_user("1001").of_action("READY").times(2);
    door.world.sim.control().inject(down()).unwrap();
    let unary = door.agents().make_ready(call(me, pb::MakeReadyRequest::default())).await.unwrap_err();
    let told = error(desk.run(ready()).await);
    assert!(told.retry_after.is_some());
    equal(told, unary);
    drop(desk);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_on_another_stream_gets_the_first_outcome() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    door.sign_in(&connected.token, "2001").await;
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    // Its effect shows only when it is read back.
    door.world.sim.control().inject(Fault::new(FaultKind::DropNotification).of_user("1001").times(9)).unwrap();
    let asked = desk.command(ready()).await;
    // The command is in Finesse's hands, and its client is gone.
    assert!(matches!(desk.run(Request::Hello(pb::HelloRequest::default())).await, Reply::Hello(_)));
    drop(desk);
    let options = pb::CommandOptions { request_id: asked.clone(), ..Default::default() };
    let again = pb::MakeReadyRequest { options: Some(options) };
    let done = within("ready", door.agents().make_ready(call(As::Bearer(&connected.token), again))).await.unwrap();
    assert_eq!(done.into_inner().status.unwrap().state(), AgentState::Ready);
    assert_eq!(door.world.sim.control().requests("1001", "READY"), 1);
    door.close().await;
}
