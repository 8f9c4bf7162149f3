//! How the bidirectional stream begins and ends.

use std::time::Duration;

use generic_connector::grpc::Options;
use generic_connector::pb;
use generic_connector::pb::attach_command::Request;
use generic_connector::pb::attach_request::Message as Up;
use generic_connector::pb::attach_result::Reply;
use generic_connector::pb::event::Payload;
use generic_connector::pb::event_service_client::EventServiceClient;
use generic_connector::pb::subscribe_response::Message;
use generic_connector::session::{self, LossPolicy};
use generic_connector::sim::{Fault, FaultKind, Flavour};
use tonic::{Code, Status};
use tonic_types::StatusExt;

use super::grpc_world::{As, Door, Down, WALLBOARD, attaching, call, options, reason};
use super::support::{World, session_options, within};

fn login(extension: &str) -> Request {
    Request::Login(pb::LoginRequest { extension: extension.into(), ..Default::default() })
}

fn refused(status: &Status) -> (Code, String) {
    (status.code(), reason(status))
}

fn invalid() -> (Code, String) {
    (Code::InvalidArgument, "INVALID_INPUT".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_attach_at_first_is_refused() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    let heartbeat = pb::AttachRequest { message: Some(Up::Heartbeat(pb::Heartbeat::default())) };
    for first in [heartbeat, pb::AttachRequest::default()] {
        assert_eq!(refused(&door.attach_with(me, first).await.err().unwrap()), invalid());
    }
    let wide = pb::Attach { window: 4097, ..Default::default() };
    assert_eq!(refused(&door.attach_with(me, attaching(wide)).await.err().unwrap()), invalid());
    let nobody = door.attach_with(As::Nobody, attaching(pb::Attach::default())).await.err().unwrap();
    assert_eq!(refused(&nobody), (Code::Unauthenticated, "AUTHORIZATION_FAILURE".to_owned()));
    let guess = pb::Attach { token: "guess".into(), ..Default::default() };
    let guess = door.attach_with(me, attaching(guess)).await.err().unwrap();
    assert_eq!(refused(&guess), (Code::Unauthenticated, "SESSION_EXPIRED".to_owned()));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_says_nothing_is_not_waited_for() {
    let door = Door::open(Options { request_timeout: Duration::from_millis(200), ..options() }).await;
    let connected = door.connect("1001").await;
    let mut client = EventServiceClient::new(door.channel.clone());
    let silence = call(As::Bearer(&connected.token), tokio_stream::pending());
    let end = within("the end", client.attach(silence)).await.err().unwrap();
    assert_eq!(refused(&end), (Code::DeadlineExceeded, "COMMAND_EXPIRED".to_owned()));
    drop(client);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_may_not_say_later_ends_the_stream() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let acknowledge = |cursor: &str| Up::Acknowledgement(pb::Acknowledgement { cursor: cursor.into() });
    for wrong in [acknowledge("nonsense"), acknowledge(&format!("{:032x}", 5)), Up::Attach(pb::Attach::default())] {
        let mut desk = door.attach(&connected.token).await;
        desk.snapshot().await;
        desk.send(wrong.clone()).await;
        assert_eq!(refused(&desk.end().await.unwrap()), invalid(), "{wrong:?}");
    }
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    desk.up.send(pb::AttachRequest::default()).await.unwrap();
    assert_eq!(refused(&desk.end().await.unwrap()), invalid());

    let small = Door::open_to(door.world, Options { max_request_bytes: 1024, ..options() }).await;
    let mut desk = small.attach(&connected.token).await;
    desk.snapshot().await;
    desk.command(Request::Hello(pb::HelloRequest { client_name: "x".repeat(2048) })).await;
    assert_eq!(refused(&desk.end().await.unwrap()), invalid());
    drop((desk, door.channel));
    assert_eq!(door.stop.stop().await, 0);
    small.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_ends_its_side_gets_the_results_in_flight_and_then_the_end() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    door.sign_in(&connected.token, "2001").await;
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    let slow = Fault::new(FaultKind::Delay { ms: 300 }).of_user("1001").of_action("GET_REASON_CODES");
    door.world.sim.control().inject(slow).unwrap();
    let reasons = pb::GetLogoutReasonCodesRequest::default();
    let asked = desk.command(Request::GetLogoutReasonCodes(reasons)).await;
    desk.half_close();
    let result = desk.result().await;
    assert_eq!(result.request_id, asked);
    assert!(matches!(result.reply, Some(Reply::GetLogoutReasonCodes(_))), "{result:?}");
    assert!(desk.end().await.is_none());
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn disconnect_is_answered_and_ends_the_stream() {
    let door = Door::open(options()).await;
    let (first, second) = (door.connect("1001").await, door.connect("1001").await);
    let mut ending = door.attach(&first.token).await;
    let mut other = door.attach(&second.token).await;
    ending.snapshot().await;
    other.snapshot().await;
    assert!(matches!(ending.run(Request::Disconnect(pb::DisconnectRequest {})).await, Reply::Disconnect(_)));
    let expired = (Code::Unauthenticated, "SESSION_EXPIRED".to_owned());
    assert_eq!(refused(&ending.end().await.unwrap()), expired);
    // The other token goes on, until its session ends; the command that ended it is answered.
    assert!(matches!(other.run(login("2001")).await, Reply::Login(_)));
    let forced = other.run(Request::ForceLogout(pb::ForceLogoutRequest::default())).await;
    assert!(matches!(forced, Reply::ForceLogout(_)), "{forced:?}");
    assert_eq!(refused(&other.end().await.unwrap()), expired);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_announced_and_ends_the_stream() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    let Door { world, channel, stop, .. } = door;
    drop(channel);
    let closing = async {
        assert!(matches!(desk.next().await, Down::Other(Message::Draining(_))));
        // Commands are taken until the end.
        assert!(matches!(desk.run(Request::Hello(pb::HelloRequest::default())).await, Reply::Hello(_)));
        desk.end().await.unwrap()
    };
    let (left, end) = tokio::join!(stop.stop(), closing);
    assert_eq!((refused(&end), left), ((Code::Unavailable, "SHUTTING_DOWN".to_owned()), 0));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_acknowledges_nothing_is_cut_and_may_resume() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    door.sign_in(&connected.token, "2001").await;
    let narrow = pb::Attach { token: connected.token.clone(), window: 1, ..Default::default() };
    let mut desk = door.attach_with(As::Nobody, attaching(narrow)).await.unwrap();
    desk.snapshot().await;
    let mut agents = door.agents();
    // Two events or more a round; the queue has room for 256.
    for _ in 0..140 {
        within("ready", agents.make_ready(call(me, pb::MakeReadyRequest::default()))).await.unwrap();
        within("not ready", agents.make_not_ready(call(me, pb::MakeNotReadyRequest::default()))).await.unwrap();
    }
    let Down::Event(only) = desk.next().await else { panic!("no event") };
    assert!(matches!(only.payload, Some(Payload::AgentStateChanged(_))), "{only:?}");
    let end = desk.end().await.unwrap();
    assert_eq!(refused(&end), (Code::ResourceExhausted, "SLOW_CONSUMER".to_owned()));
    let metadata = end.get_error_details().error_info().unwrap().metadata.clone();
    assert_eq!((metadata["agent_id"].as_str(), &metadata["cursor"]), ("1001", &only.cursor));
    drop((desk, agents));
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_gone_leaves_its_agent_alone() {
    let grace = Duration::from_millis(200);
    let patience = session::Options { grace, loss_policy: LossPolicy::Logout, ..session_options() };
    let door = Door::open_to(World::with(Flavour::Ucce, patience).await, options()).await;
    let connected = door.connect("1001").await;
    let mut desk = door.attach(&connected.token).await;
    desk.snapshot().await;
    assert!(matches!(desk.run(login("2001")).await, Reply::Login(_)));
    let everyone = pb::SubscribeRequest { all: true, ..Default::default() };
    let mut wallboard = door.subscribe(As::Key(WALLBOARD), everyone).await.unwrap();
    wallboard.snapshot().await;
    drop(desk);
    let gone = loop {
        if let Message::AgentDetached(gone) = wallboard.next().await {
            break gone.agent_id;
        }
    };
    assert_eq!(gone, "1001");
    drop(wallboard);
    door.close().await;
}
