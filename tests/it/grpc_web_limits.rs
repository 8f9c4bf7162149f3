//! What a page may cost, over HTTP/1.1, which has fewer means against it than HTTP/2.

use std::time::Duration;

use generic_connector::grpc::Options;
use generic_connector::pb;
use generic_connector::pb::subscribe_response::Message;
use generic_connector::session::{self, LossPolicy};
use generic_connector::sim::Flavour;
use tokio::io::AsyncWriteExt;
use tonic::{Code, Status};

use super::grpc_web::{HELLO, connect, for_pages, hello, next, subscribe};
use super::grpc_world::{As, Door, WALLBOARD, call, reason};
use super::support::{World, session_options, within};
use super::web_client::{BINARY, ORIGIN, Web, framed};

/// A door for which the kernel keeps little, with an agent's page that does not read and events that wait for it.
async fn stalled(limits: Options) -> (Door, Web) {
    let few = session::Options { subscriber_queue: 8, ..session_options() };
    let world = World::with(Flavour::Ucce, few).await;
    let door = Door::open_to(world, Options { socket_send_buffer_bytes: 4096, ..limits }).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    door.sign_in(&connected.token, "2001").await;
    let mut page = Web::narrow(door.address).await;
    subscribe(&mut page, &connected.token).await;
    door.world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let dialog_id = loop {
        let Message::Event(event) = next(&mut page).await.unwrap() else { continue };
        if let Some(pb::event::Payload::DialogOffered(offered)) = event.into_event().unwrap().payload {
            break offered.dialog.unwrap().id;
        }
    };
    let answer = pb::AnswerCallRequest { dialog_id: dialog_id.clone(), ..Default::default() };
    within("an answer", door.calls().answer_call(call(me, answer))).await.unwrap();
    page.received = 0;
    let mut dialogs = pb::dialog_service_client::DialogServiceClient::new(door.channel.clone());
    for round in 0..80 {
        let value = format!("{round:01900}");
        let name = "user.ticket".to_owned();
        let set = pb::UpdateCallVariableRequest { dialog_id: dialog_id.clone(), name, value, ..Default::default() };
        within("a variable", dialogs.update_call_variable(call(me, set))).await.unwrap();
    }
    (door, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_reads_slowly_is_cut_and_told_where_it_was() {
    let (door, mut page) = stalled(for_pages()).await;
    let mut last = String::new();
    let end = loop {
        match next(&mut page).await {
            Ok(Message::Event(event)) => last = event.into_event().unwrap().cursor,
            Ok(_) => {}
            Err(end) => break end,
        }
    };
    assert_eq!((end.code(), reason(&end).as_str()), (Code::ResourceExhausted, "SLOW_CONSUMER"));
    let details = tonic_types::StatusExt::get_error_details(&end);
    assert_eq!(details.error_info().unwrap().metadata["cursor"], last);
    // More than 160000 bytes were there to be sent; what was kept for the page is a fraction of them.
    assert!(page.received < 100_000, "{} bytes were kept", page.received);
    drop(page);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_reads_nothing_is_closed() {
    let patience = (Duration::from_millis(200), Duration::from_millis(200));
    let limits = Options { keepalive_interval: patience.0, keepalive_timeout: patience.1, ..for_pages() };
    let (door, page) = stalled(limits).await;
    let Door { world, channel, stop, .. } = door;
    drop(channel);
    // Nothing but the page's connection could be left, and it takes nothing.
    assert_eq!(stop.stop().await, 0);
    drop(page);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unfinished_idle_and_too_large_requests_of_pages_end() {
    let limits = Options {
        request_timeout: Duration::from_millis(300),
        header_read_timeout: Duration::from_millis(300),
        max_request_bytes: 2048,
        ..for_pages()
    };
    let door = Door::open(limits).await;
    let head = |length| [("Origin", ORIGIN), ("Content-Type", BINARY), ("Content-Length", length)];
    // A body that never ends.
    let mut web = Web::open(door.address).await;
    web.ask(&format!("POST /gc.v1.{HELLO}"), &head("1000")).await;
    web.socket.write_all(&framed(&hello())).await.unwrap();
    let answer = web.head().await;
    let late = Status::from_header_map(&answer.headers).unwrap();
    assert_eq!((late.code(), reason(&late).as_str()), (Code::DeadlineExceeded, "COMMAND_EXPIRED"));
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    web.closed().await;
    // A connection that is kept and not used.
    let mut web = Web::open(door.address).await;
    let _: pb::HelloResponse = web.call(HELLO, None, &hello()).await.unwrap();
    web.closed().await;
    // A message that is too long, and one that a caller without credentials may not even send.
    for (size, code) in [(3000, Code::OutOfRange), (5000, Code::InvalidArgument)] {
        let mut web = Web::open(door.address).await;
        let long = pb::ConnectRequest { password: "x".repeat(size), ..connect() };
        let refused = web.call::<pb::ConnectResponse>("AgentService/Connect", None, &long).await.unwrap_err();
        assert_eq!(refused.code(), code, "{refused:?}");
    }
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_closed_is_missed_at_once() {
    let grace = Duration::from_millis(100);
    let patience = session::Options { grace, loss_policy: LossPolicy::Logout, ..session_options() };
    let door = Door::open_to(World::with(Flavour::Ucce, patience).await, for_pages()).await;
    let connected = door.connect("1001").await;
    let mut page = Web::open(door.address).await;
    subscribe(&mut page, &connected.token).await;
    door.sign_in(&connected.token, "2001").await;
    let everyone = pb::SubscribeRequest { all: true, ..Default::default() };
    let mut wallboard = door.subscribe(As::Key(WALLBOARD), everyone).await.unwrap();
    wallboard.snapshot().await;
    drop(page);
    while !matches!(wallboard.next().await, Message::AgentDetached(_)) {}
    drop(wallboard);
    door.close().await;
}
