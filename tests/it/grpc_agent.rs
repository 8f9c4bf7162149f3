//! An agent over the typed door: outcomes as replies, events as a stream, errors with their details.

use std::time::Duration;

use generic_connector::pb::event::Payload;
use generic_connector::pb::subscribe_response::Message;
use generic_connector::{grpc, pb};
use tonic::{Code, Status};
use tonic_types::StatusExt;

use super::grpc_world::{ADMIN, As, Door, OF_1001, WALLBOARD, call, options, reason};
use super::support::within;

fn state(status: Option<&pb::AgentStatus>) -> pb::AgentState {
    status.unwrap().state()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_taken_and_every_event_has_the_next_number() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    assert!(connected.capabilities.unwrap().rpcs.contains(&"gc.v1.CallService/HoldCall".to_owned()));
    let mut feed = door.subscribe(me, pb::SubscribeRequest::default()).await.unwrap();
    let snapshot = feed.snapshot().await;
    assert_eq!((snapshot.agent_id.as_str(), snapshot.epoch), ("1001", connected.epoch));

    let login = door.sign_in(&connected.token, "2001").await;
    assert_eq!(state(login.status.as_ref()), pb::AgentState::NotReady);
    assert_eq!(login.info.unwrap().id, "1001");
    let ready = door.agents().make_ready(call(me, pb::MakeReadyRequest::default())).await.unwrap().into_inner();
    assert_eq!(state(ready.status.as_ref()), pb::AgentState::Ready);

    door.world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let mut last = snapshot.sequence;
    let offered = loop {
        let event = feed.event().await;
        last += 1;
        assert_eq!((event.sequence, event.agent_id.as_str()), (last, "1001"));
        if let Some(Payload::DialogOffered(offered)) = event.payload {
            break offered.dialog.unwrap();
        }
    };
    let request = pb::AnswerCallRequest { dialog_id: offered.id.clone(), options: None };
    let answered = within("answer", door.calls().answer_call(call(me, request))).await.unwrap().into_inner();
    let dialog = answered.dialog.unwrap();
    assert_eq!(dialog.own_participant.unwrap().state(), pb::ParticipantState::Active);
    while last < answered.as_of_sequence {
        last += 1;
        assert_eq!(feed.event().await.sequence, last);
    }

    let hold = pb::HoldCallRequest { dialog_id: "999".into(), options: None };
    let refused = door.calls().hold_call(call(me, hold)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "NOT_FOUND"));
    let release = pb::ReleaseCallRequest { dialog_id: offered.id, options: None };
    within("release", door.calls().release_call(call(me, release))).await.unwrap();
    drop(feed);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_resumes_without_a_hole_and_a_foreign_one_resets() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    let cursor = connected.snapshot.clone().unwrap().cursor;
    let login = door.sign_in(&connected.token, "2001").await;
    let from = |cursor: String| pb::SubscribeRequest {
        agents: vec![pb::AgentSelector { agent_id: String::new(), cursor: Some(cursor) }],
        ..Default::default()
    };
    let mut feed = door.subscribe(me, from(cursor)).await.unwrap();
    let Message::Resumed(resumed) = feed.next().await else { panic!("not resumed") };
    let mut last = login.as_of_sequence;
    assert_eq!((resumed.agent_id.as_str(), resumed.live_from), ("1001", last));
    for sequence in connected.snapshot.unwrap().sequence + 1..=last {
        assert_eq!(feed.event().await.sequence, sequence);
    }
    door.agents().make_ready(call(me, pb::MakeReadyRequest::default())).await.unwrap();
    last += 1;
    assert_eq!(feed.event().await.sequence, last);

    for foreign in ["nonsense".to_owned(), format!("{:032x}", 5)] {
        let mut feed = door.subscribe(me, from(foreign)).await.unwrap();
        assert!(matches!(feed.next().await, Message::Reset(_)));
        feed.snapshot().await;
    }
    drop(feed);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_say_their_reason_and_finesses_words() {
    let door = Door::open(options()).await;
    let wrong = pb::ConnectRequest { agent_id: "1001".into(), password: "wrong".into(), ..Default::default() };
    let refused = door.agents().connect(wrong).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Unauthenticated, "AUTHORIZATION_FAILURE"));
    let unnamed = door.agents().connect(pb::ConnectRequest::default()).await.unwrap_err();
    assert_eq!((unnamed.code(), reason(&unnamed).as_str()), (Code::InvalidArgument, "INVALID_INPUT"));

    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    let early = door.agents().make_ready(call(me, pb::MakeReadyRequest::default())).await.unwrap_err();
    assert_eq!((early.code(), reason(&early).as_str()), (Code::FailedPrecondition, "INVALID_STATE"));
    let details = early.get_error_details();
    let info = details.error_info().unwrap();
    assert_eq!(info.domain, "gc.v1");
    assert!(info.metadata.contains_key("error_message"), "{info:?}");

    door.agents().disconnect(call(me, pb::DisconnectRequest {})).await.unwrap();
    let gone = door.agents().get_state(call(me, pb::GetStateRequest {})).await.unwrap_err();
    assert_eq!((gone.code(), reason(&gone).as_str()), (Code::Unauthenticated, "SESSION_EXPIRED"));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_time_learns_that_finesse_was_not_asked() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    // Too short for the session, and long enough that the client does not give up by itself, mostly.
    let mut late = Status::cancelled("");
    for _ in 0..50 {
        let login = pb::LoginRequest { extension: "2001".into(), ..Default::default() };
        let mut request = call(As::Bearer(&connected.token), login);
        request.metadata_mut().insert("grpc-timeout", "40m".parse().unwrap());
        late = door.agents().login(request).await.unwrap_err();
        if late.code() != Code::Cancelled {
            break;
        }
    }
    assert_eq!((late.code(), reason(&late).as_str()), (Code::DeadlineExceeded, "DEADLINE_TOO_SHORT"));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_sees_agents_come_and_go() {
    let door = Door::open(options()).await;
    let all = || pb::SubscribeRequest { all: true, ..Default::default() };
    let mut feed = door.subscribe(As::Key(WALLBOARD), all()).await.unwrap();
    let mut narrow = door.subscribe(As::Key(OF_1001), all()).await.unwrap();
    let second = door.connect("1002").await;
    assert_eq!(feed.attached().await, "1002");
    assert_eq!(feed.snapshot().await.agent_id, "1002");
    let first = door.connect("1001").await;
    assert_eq!(feed.attached().await, "1001");
    assert_eq!(narrow.attached().await, "1001");
    assert_eq!(narrow.snapshot().await.agent_id, "1001");
    assert_eq!(feed.snapshot().await.agent_id, "1001");
    door.sign_in(&first.token, "2001").await;
    assert_eq!(feed.event().await.agent_id, "1001");

    let foreign = pb::SubscribeRequest {
        agents: vec![pb::AgentSelector { agent_id: "1002".into(), cursor: None }],
        ..Default::default()
    };
    let denied = door.subscribe(As::Key(OF_1001), foreign.clone()).await.err().unwrap();
    assert_eq!((denied.code(), reason(&denied).as_str()), (Code::PermissionDenied, "PERMISSION_DENIED"));
    let denied = door.subscribe(As::Bearer(&first.token), foreign).await.err().unwrap();
    assert_eq!(reason(&denied), "PERMISSION_DENIED");
    let denied = door.subscribe(As::Bearer(&second.token), all()).await.err().unwrap();
    assert_eq!(reason(&denied), "PERMISSION_DENIED");
    assert!(door.subscribe(As::Key(ADMIN), all()).await.is_ok());
    drop((feed, narrow));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_stream_has_a_heartbeat_and_a_stop_is_announced() {
    let door = Door::open(grpc::Options { heartbeat: Duration::from_millis(50), ..options() }).await;
    let connected = door.connect("1001").await;
    let mut feed = door.subscribe(As::Bearer(&connected.token), pb::SubscribeRequest::default()).await.unwrap();
    feed.snapshot().await;
    for _ in 0..2 {
        assert!(matches!(feed.next().await, Message::Heartbeat(pb::Heartbeat { server_time: Some(_) })));
    }
    let Door { world, channel, stop, .. } = door;
    drop(channel);
    let closing = async {
        loop {
            match feed.next().await {
                Message::Heartbeat(_) => {}
                Message::Draining(draining) => break assert!(draining.deadline.is_some()),
                other => panic!("not draining: {other:?}"),
            }
        }
        feed.end().await
    };
    let (left, end) = tokio::join!(stop.stop(), closing);
    assert_eq!((end.code(), reason(&end).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    assert_eq!(left, 0);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_token_and_other_tokens_streams_go_on() {
    let door = Door::open(options()).await;
    let (first, second) = (door.connect("1001").await, door.connect("1001").await);
    let mut ending = door.subscribe(As::Bearer(&first.token), pb::SubscribeRequest::default()).await.unwrap();
    let mut staying = door.subscribe(As::Bearer(&second.token), pb::SubscribeRequest::default()).await.unwrap();
    ending.snapshot().await;
    staying.snapshot().await;
    door.agents().disconnect(call(As::Bearer(&first.token), pb::DisconnectRequest {})).await.unwrap();
    let end = ending.end().await;
    assert_eq!((end.code(), reason(&end).as_str()), (Code::Unauthenticated, "SESSION_EXPIRED"));

    door.sign_in(&second.token, "2001").await;
    let me = As::Bearer(&second.token);
    let signed_in = staying.event().await;
    assert!(matches!(signed_in.payload, Some(Payload::AgentStateChanged(_))), "{signed_in:?}");
    // The end of the session is the end of the stream, after everything that happened before.
    within("force", door.agents().force_logout(call(me, pb::ForceLogoutRequest::default()))).await.unwrap();
    let mut last = pb::AgentState::Unspecified;
    let end = loop {
        match staying.try_next().await {
            Ok(Message::Event(event)) => {
                if let Some(Payload::AgentStateChanged(changed)) = event.into_event().unwrap().payload {
                    last = state(changed.status.as_ref());
                }
            }
            Ok(_) => {}
            Err(end) => break end,
        }
    };
    assert_eq!(last, pb::AgentState::Logout);
    assert_eq!((end.code(), reason(&end).as_str()), (Code::Unauthenticated, "SESSION_EXPIRED"));
    door.close().await;
}
