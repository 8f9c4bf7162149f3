//! The adapter against the simulator, over real sockets: every request, every transport, every way an answer can be wrong.

use std::time::Duration;

use generic_connector::finesse::notify::{Data, DownReason, Link, LinkEvent, UpdateEvent};
use generic_connector::finesse::{Action, Client, Options, SendError, Tls, Transport};
use generic_connector::model::agent::{AgentState, MobileMode};
use generic_connector::model::dialog::{CallVariable, DialogState, ParticipantState};
use generic_connector::model::reason::ReasonCategory;
use generic_connector::model::system::{Platform, SystemStatus};
use generic_connector::model::{Error, Reason};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, Fault, FaultKind, Service};
use tokio::time::timeout;

use crate::finesse_bench::{Bench, PATIENCE, bench, credentials, next, notification, options, tag, up};

/// Signs in, makes a call and ends it, and sees each effect as a notification.
async fn a_day_over(transport: Transport, secure: bool) {
    let Bench { tasks, server, client } = bench(transport, secure).await;
    let info = client.system_info().await.unwrap();
    assert_eq!((info.status, info.platform), (SystemStatus::InService, Some(Platform::Ucce)));

    let who = credentials("1001", "demo");
    let mut link = Link::open(&client, who.clone());
    assert!(up(&mut link).await.starts_with("1001@fin-a.gc.test/gc-"));

    let extension = "2001".parse().unwrap();
    let login = tag();
    client.sign_in(&who, &extension, None, &login).await.unwrap();
    let agent = notification(&mut link, |n| match &n.update.data {
        Data::User(user) if user.state == Some(AgentState::NotReady) => {
            assert_eq!(n.update.request_id, Some(login.to_string()));
            assert_eq!(n.node, "/finesse/api/User/1001");
            Some(user.clone())
        }
        _ => None,
    })
    .await;
    assert_eq!(agent.id.unwrap().as_str(), "1001");
    assert_eq!(agent.extension, Some(Some(extension.clone())));

    let user = client.user(&who).await.unwrap();
    assert_eq!((user.state, user.supervisor), (Some(AgentState::NotReady), Some(false)));
    assert!(client.dialogs(&who).await.unwrap().is_empty());

    client.make_call(&who, &extension, &"5551234".parse().unwrap(), &tag()).await.unwrap();
    let dialog = notification(&mut link, |n| match &n.update.data {
        Data::Dialogs(dialogs) if n.update.event == UpdateEvent::Post => dialogs.first().cloned(),
        _ => None,
    })
    .await;
    let active = notification(&mut link, |n| match &n.update.data {
        Data::Dialogs(dialogs) => dialogs.iter().find(|d| d.state == DialogState::Active).cloned(),
        _ => None,
    })
    .await;
    assert_eq!((&active.id, active.from_address.as_str()), (&dialog.id, "2001"));
    assert_eq!(active.participants.len(), 2);

    let data = CallVariable { name: "callVariable1".into(), value: "<gold> & \"ü\"".into() };
    client.update_call_data(&who, &dialog.id, None, std::slice::from_ref(&data), &tag()).await.unwrap();
    client.act(&who, &dialog.id, Action::Hold, &extension, &tag()).await.unwrap();
    let held = notification(&mut link, |n| match &n.update.data {
        Data::Dialogs(dialogs) => {
            let held = |d: &&generic_connector::model::dialog::Dialog| {
                d.participant(&extension).is_some_and(|p| p.state == ParticipantState::Held)
            };
            dialogs.iter().find(held).cloned()
        }
        _ => None,
    })
    .await;
    assert_eq!(held.variable("callVariable1"), Some(data.value.as_str()));
    assert_eq!(client.dialog(&who, &dialog.id).await.unwrap().map(|d| d.variables), Some(held.variables));
    client.act(&who, &dialog.id, Action::Retrieve, &extension, &tag()).await.unwrap();
    client.act(&who, &dialog.id, Action::Drop, &extension, &tag()).await.unwrap();
    notification(&mut link, |n| (n.update.event == UpdateEvent::Delete).then_some(())).await;
    assert_eq!(client.dialog(&who, &dialog.id).await.unwrap(), None);

    client.set_state(&who, AgentState::Logout, None, &tag()).await.unwrap();
    notification(&mut link, |n| match &n.update.data {
        Data::User(user) if user.state == Some(AgentState::Logout) => Some(()),
        _ => None,
    })
    .await;

    link.close().await;
    let gone = || server.control().picture().users.iter().all(|user| user.sessions.is_empty());
    timeout(PATIENCE, async {
        while !gone() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the simulator saw the goodbye");
    assert_eq!(tasks.drain(PATIENCE).await, 0);
}

#[tokio::test]
async fn a_day_over_web_socket() {
    a_day_over(Transport::WebSocket, false).await;
}

#[tokio::test]
async fn a_day_over_secure_web_socket() {
    a_day_over(Transport::WebSocket, true).await;
}

#[tokio::test]
async fn a_day_over_starttls() {
    a_day_over(Transport::StartTls, true).await;
}

#[tokio::test]
async fn a_day_over_tls() {
    a_day_over(Transport::Tls, true).await;
}

#[tokio::test]
async fn a_day_over_plain_tcp() {
    a_day_over(Transport::Plain, false).await;
}

#[tokio::test]
async fn reasons_are_those_that_can_be_chosen() {
    let Bench { client, .. } = bench(Transport::WebSocket, false).await;
    let who = credentials("1001", "demo");
    let reasons = client.reasons(&who, ReasonCategory::NotReady).await.unwrap();
    let lunch = reasons.iter().find(|reason| reason.label == "Lunch").unwrap();
    assert_eq!((lunch.id.as_ref().unwrap().as_str(), lunch.code.as_str()), ("1", "10"));
    assert!(reasons.iter().all(|reason| !reason.system));
    assert!(client.reasons(&who, ReasonCategory::Logout).await.unwrap().iter().all(|r| r.id.is_some()));
    let wrap_up = client.reasons(&who, ReasonCategory::WrapUp).await.unwrap();
    assert!(!wrap_up.is_empty() && wrap_up.iter().all(|reason| reason.code.is_empty() && !reason.label.is_empty()));
}

#[tokio::test]
async fn a_wrong_password_is_refused_at_once_and_never_tried_again() {
    for (transport, secure) in [(Transport::WebSocket, false), (Transport::Tls, true)] {
        let Bench { client, .. } = bench(transport, secure).await;
        let who = credentials("1001", "wrong");
        let error = client.user(&who).await.unwrap_err();
        assert_eq!(error.reason, Reason::AuthorizationFailure);
        let mut link = Link::open(&client, who);
        match next(&mut link).await {
            LinkEvent::Refused(error) => assert_eq!(error.reason, Reason::AuthorizationFailure),
            other => panic!("{other:?}"),
        }
        assert!(timeout(PATIENCE, link.next()).await.unwrap().is_none(), "the link has ended");
    }
}

#[tokio::test]
async fn a_lost_connection_is_told_and_comes_back() {
    let Bench { server, client, .. } = bench(Transport::WebSocket, false).await;
    let who = credentials("1001", "demo");
    let mut link = Link::open(&client, who);
    let first = up(&mut link).await;
    server.control().kill_sessions(Some("1001")).unwrap();
    match next(&mut link).await {
        LinkEvent::Down { why: DownReason::Closed | DownReason::Lost(_), retry_in } => {
            assert!(retry_in <= Duration::from_millis(20));
        }
        other => panic!("{other:?}"),
    }
    assert_ne!(up(&mut link).await, first, "each connection has a resource of its own");
}

#[tokio::test]
async fn a_silent_connection_is_found_by_ping() {
    let tasks = Tasks::new();
    let server = sim::start(sim::Options::ephemeral(), &tasks).await.unwrap();
    let client = Client::new(Options {
        ping_interval: Duration::from_millis(100),
        ping_timeout: Duration::from_millis(200),
        ..options(&server, Transport::StartTls, true)
    })
    .unwrap();
    let mut link = Link::open(&client, credentials("1001", "demo"));
    up(&mut link).await;
    server.control().stall_sessions(Some("1001"), true).unwrap();
    match next(&mut link).await {
        LinkEvent::Down { why: DownReason::PingTimeout, .. } => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_outage_is_told_without_trying_to_log_in() {
    let Bench { server, client, .. } = bench(Transport::WebSocket, false).await;
    server.control().set_service(Service::Out);
    let who = credentials("1001", "demo");
    let error = client.user(&who).await.unwrap_err();
    assert_eq!(error.reason, Reason::FinesseOutOfService);
    assert!(error.retry_after.is_some());
    let mut link = Link::open(&client, who);
    match next(&mut link).await {
        LinkEvent::Down { why: DownReason::OutOfService, .. } => {}
        other => panic!("{other:?}"),
    }
    server.control().set_service(Service::In);
    up(&mut link).await;
}

#[tokio::test]
async fn errors_are_typed() {
    let Bench { client, server, .. } = bench(Transport::WebSocket, false).await;
    let who = credentials("1001", "demo");
    let extension = "2001".parse().unwrap();
    let refused = |result: Result<(), SendError>| match result {
        Err(SendError::Refused(error)) => error,
        other => panic!("{other:?}"),
    };

    let error = client.user(&credentials("9999", "demo")).await.unwrap_err();
    assert!(matches!(error.reason, Reason::UserNotFound | Reason::AuthorizationFailure), "{error:?}");
    assert_eq!(client.dialog(&who, &"4711".parse().unwrap()).await, Ok(None));
    assert_eq!(client.user(&credentials("..", "demo")).await.unwrap_err().reason, Reason::InvalidInput);
    let error = refused(client.act(&who, &"4711".parse().unwrap(), Action::Hold, &extension, &tag()).await);
    assert_eq!(error.reason, Reason::NotFound);
    assert_eq!(error.finesse.unwrap().http_status, Some(404));

    let inject = |kind| server.control().inject(Fault::new(kind)).unwrap();
    inject(FaultKind::Status { status: 503 });
    let error = refused(client.set_state(&who, AgentState::Ready, None, &tag()).await);
    assert_eq!(error.reason, Reason::FinesseOutOfService);
    for (status, reason) in [(401, Reason::AuthorizationFailure), (503, Reason::FinesseOutOfService)] {
        inject(FaultKind::Html { status });
        assert_eq!(client.user(&who).await.unwrap_err().reason, reason, "{status} in HTML");
    }
    let lost = |result| match result {
        Err(SendError::Unknown(Error { reason: Reason::FinesseUnreachable, .. })) => {}
        other => panic!("{other:?}"),
    };
    inject(FaultKind::Html { status: 200 });
    lost(client.sign_in(&who, &extension, None, &tag()).await);
    inject(FaultKind::Silent);
    lost(client.sign_in(&who, &extension, None, &tag()).await);
    inject(FaultKind::LoseAnswer);
    lost(client.sign_in(&who, &extension, None, &tag()).await);
    // It was executed all the same, once.
    assert_eq!(client.user(&who).await.unwrap().state, Some(AgentState::NotReady));

    let mobile = generic_connector::finesse::Mobile {
        mode: MobileMode::CallByCall,
        dial_number: "+4930123456".parse().unwrap(),
    };
    let other = credentials("1002", "demo");
    let result = client.sign_in(&other, &"2002".parse().unwrap(), Some(&mobile), &tag()).await;
    assert!(
        matches!(result, Ok(()) | Err(SendError::Refused(_))),
        "well formed whatever the platform does: {result:?}"
    );
}

#[tokio::test]
async fn nobody_at_the_address_means_not_sent() {
    let Bench { server, .. } = bench(Transport::WebSocket, false).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut options = options(&server, Transport::WebSocket, false);
    options.sides[0].rest = format!("http://127.0.0.1:{port}");
    let client = Client::new(options).unwrap();
    let result = client.set_state(&credentials("1001", "demo"), AgentState::Ready, None, &tag()).await;
    assert!(matches!(result, Err(SendError::NotSent(Error { reason: Reason::FinesseUnreachable, .. }))), "{result:?}");
}

#[tokio::test]
async fn certificates_are_checked_and_pins_are_exact() {
    let Bench { server, .. } = bench(Transport::WebSocket, true).await;
    let with = |tls| Client::new(Options { tls, ..options(&server, Transport::WebSocket, true) }).unwrap();
    let stranger = with(Tls::default());
    assert_eq!(stranger.system_info().await.unwrap_err().reason, Reason::FinesseUnreachable);
    let wrong_pin = with(Tls { pinned_sha256: vec![[7; 32]], ..Tls::default() });
    assert!(wrong_pin.system_info().await.is_err());
    use rustls::pki_types::{CertificateDer, pem::PemObject};
    let certificate = CertificateDer::from_pem_slice(server.ca_pem().as_bytes()).unwrap();
    let hash = ring::digest::digest(&ring::digest::SHA256, &certificate);
    let pinned = with(Tls { pinned_sha256: vec![hash.as_ref().try_into().unwrap()], ..Tls::default() });
    assert!(pinned.system_info().await.is_ok());
    let lab = with(Tls { danger_accept_invalid: true, ..Tls::default() });
    assert!(lab.system_info().await.is_ok());
}

#[tokio::test]
async fn a_session_that_takes_no_events_loses_none_and_keeps_its_link() {
    let tasks = Tasks::new();
    let server = sim::start(sim::Options::ephemeral(), &tasks).await.unwrap();
    let client = Client::new(Options {
        ping_interval: Duration::from_millis(50),
        ping_timeout: Duration::from_secs(1),
        ..options(&server, Transport::WebSocket, false)
    })
    .unwrap();
    let who = credentials("1001", "demo");
    let mut link = Link::open(&client, who.clone());
    up(&mut link).await;
    let mut tags = vec![tag()];
    client.sign_in(&who, &"2001".parse().unwrap(), None, &tags[0]).await.unwrap();
    for state in [AgentState::Ready, AgentState::NotReady].into_iter().cycle().take(20) {
        let tag = tag();
        client.set_state(&who, state, None, &tag).await.unwrap();
        tags.push(tag);
    }
    for tag in tags {
        match next(&mut link).await {
            LinkEvent::Notification(n) => assert_eq!(n.update.request_id, Some(tag.to_string())),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_password_is_never_printed() {
    let who = credentials("1001", "s3cret-word");
    assert_eq!(format!("{who:?}"), "Credentials { agent_id: \"1001\", .. }");
}
