//! The service as a client of its broker: who lets it in, what comes twice, and who is no longer there.

use std::time::Duration;

use generic_connector::config::tls_client;
use generic_connector::session::{LossPolicy, Options as Sessions};
use generic_connector::sim::{Fault, FaultKind};
use serde_json::json;

use crate::binary::Service;
use crate::broker::desk::Desk as _;
use crate::broker::site::{Site, link};
use crate::broker::{Broker, Options, jms, stomp};
use crate::support::session_options;

#[tokio::test]
async fn the_service_logs_in_and_speaks_tls() {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let key = rcgen::generate_simple_self_signed(names).unwrap();
    let certificate = Some((key.cert.pem(), key.signing_key.serialize_pem()));
    let login = Some(("gc".to_owned(), "secret".to_owned()));
    let Some(broker) = Broker::with(Options { login, certificate }).await else { return };
    let mut options = link(&[&broker]);
    options.brokers = vec![format!("stomp+ssl://{}", broker.stomp_tls()).parse().unwrap()];
    options.tls = Some(tls_client(Some(key.cert.pem().as_bytes())).unwrap().into());
    (options.user, options.password) = (Some("gc".to_owned()), Some("secret".into()));
    let site = Site::with(options).await;
    let mut desk = jms::Desktop::login(&broker.url(), "desk", "Connector1", "gc", "secret").await;
    desk.sign_in("1001", "desk").await;
    site.stop().await;
}

#[tokio::test]
async fn the_binary_serves_the_broker_that_its_configuration_names() {
    let login = Some(("gc".to_owned(), "secret".to_owned()));
    let Some(broker) = Broker::with(Options { login, certificate: None }).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let (config, password) = (folder.path().join("gc.toml"), folder.path().join("password"));
    std::fs::write(&password, "secret\n").unwrap();
    let stomp = format!("brokers = \"stomp://{}\"\nuser = \"gc\"\npassword_file = {password:?}", broker.stomp());
    let state = folder.path().join("state");
    let more = format!("queue = \"Q\"\nother_encoding = [\"old.*\"]\n[state]\ndirectory = {state:?}");
    std::fs::write(&config, format!("[stomp]\n{stomp}\n{more}\n")).unwrap();
    let arguments = ["--config", config.to_str().unwrap()];
    let mut service = Service::start(&arguments).await;
    let mut desk = jms::Desktop::login(&broker.url(), "desk", "Q", "gc", "secret").await;
    desk.sign_in("1001", "desk").await;
    let mut old = jms::Desktop::login(&broker.url(), "old.1", "Q", "gc", "secret").await;
    old.send("Hello#old.1", "").await;
    assert_eq!(old.text().await, "System#IN_SERVICE");
    service.stop().await;
    assert_eq!(old.text().await, "System#OUT_OF_SERVICE");
    desk.find(|event| event["type"] == "System" && event["status"] == "OUT_OF_SERVICE").await;
    let _again = Service::start(&arguments).await;
    desk.find(|event| event["type"] == "System" && event["status"] == "IN_SERVICE").await;
    let reconnect = json!({"type": "Reconnect", "destination": "desk", "agentIds": ["1001"]});
    assert_eq!(desk.until("Reconnect").await, reconnect);
    desk.sign_in("1001", "desk").await;
}

#[tokio::test]
async fn what_another_process_may_have_carried_out_is_not_carried_out_again() {
    let Some(broker) = Broker::start().await else { return };
    let mut options = link(&[&broker]);
    options.priority = 100;
    let site = Site::with(options).await;
    let mut desk = jms::Desktop::start(&broker.url(), "desk", "Connector1").await;
    desk.sign_in("1001", "desk").await;
    for (how, command) in [("text", "MakeReady#1001"), ("text+persistent", "MakeReady#1001")] {
        let taker = stomp::Taker::subscribe(broker.stomp(), "Connector1").await;
        desk.send_as(how, command, None).await;
        assert_eq!(taker.dies_with_one().await.header("type"), Some(command));
        let refused = desk.until("Error").await;
        assert_eq!((&refused["command"], &refused["code"]), (&json!("MakeReady"), &json!("OUTCOME_UNKNOWN")));
    }
    assert_eq!(site.requests("1001", "READY"), 0);
    // Asking twice does no harm.
    let taker = stomp::Taker::subscribe(broker.stomp(), "Connector1").await;
    desk.send("GetState#1001", "").await;
    taker.dies_with_one().await;
    desk.state("1001", "NOT_READY").await;
    site.stop().await;
}

#[tokio::test]
async fn commands_of_one_agent_are_carried_out_in_their_order() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut desk = stomp::Desktop::connect(broker.stomp(), "desk").await;
    desk.sign_in("1001", "desk").await;
    let call = site.sim.control().place_call("5551234", "2001", &[]).unwrap();
    desk.send("AnswerCall#1001", &call.to_string()).await;
    for number in 0..50 {
        desk.send("update_call_variable#1001", &format!("{call},callVariable1,{number}")).await;
    }
    let mut last = -1;
    while last < 49 {
        let event = desk.call("ACTIVE").await;
        let shown = event["callVariables"][0]["callVariable1"].as_str().unwrap().parse().unwrap_or(-1);
        assert!(shown >= last, "{shown} after {last}");
        last = shown;
    }
    assert_eq!(site.requests("1001", "UPDATE_CALL_DATA"), 50);
    site.stop().await;
}

#[tokio::test]
async fn an_agent_whose_desktop_has_vanished_is_signed_out_after_the_grace() {
    let Some(broker) = Broker::start().await else { return };
    let mut options = link(&[&broker]);
    options.watch_consumers = true;
    let grace = Duration::from_millis(300);
    let sessions = Sessions { grace, loss_policy: LossPolicy::Logout, ..session_options() };
    let site = Site::with_sessions(options, sessions).await;
    let mut supervisor = stomp::Desktop::connect(broker.stomp(), "desk.2").await;
    supervisor.sign_in("1101", "desk.2").await;
    supervisor.send("getteamusers#1101", "1").await;
    supervisor.until("TeamUsersList").await;
    let mut desk = jms::Desktop::start(&broker.url(), "desk.1", "Connector1").await;
    desk.sign_in("1001", "desk.1").await;
    desk.kill().await;
    supervisor.state("1001", "LOGOUT").await;
    site.stop().await;
}

#[tokio::test]
async fn events_that_find_no_broker_are_held_up_to_a_bound_and_then_made_good() {
    let Some(mut broker) = Broker::start().await else { return };
    let mut options = link(&[&broker]);
    // The broker says who is there again, so that nothing that is held is said too early.
    options.watch_consumers = true;
    options.held.lines = 4;
    let site = Site::with(options).await;
    let mut desk = jms::Desktop::start(&broker.url(), "desk", "Connector1").await;
    desk.sign_in("1001", "desk").await;
    let mut other = stomp::Desktop::connect(broker.stomp(), "other").await;
    other.sign_in("1002", "other").await;
    broker.kill().await;
    // More than are held: calls come and go.
    for _ in 0..4 {
        let call = site.sim.control().place_call("5551234", "2001", &[]).unwrap();
        site.sim.control().hang_up(call).unwrap();
    }
    let last = site.sim.control().place_call("5559999", "2001", &[]).unwrap().to_string();
    broker.restart().await;
    let told = desk.find(|event| event["dialogId"] == last.as_str()).await;
    assert_eq!(told["fromAddress"], "5559999");
    desk.send("AnswerCall#1001", &last).await;
    desk.call("ACTIVE").await;
    site.stop().await;
}

#[tokio::test]
async fn a_burst_of_connects_at_a_broker_leaves_room_for_the_agents_commands() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut good = stomp::Desktop::connect(broker.stomp(), "good").await;
    good.sign_in("1003", "good").await;
    // The first of them asks Finesse, and all others wait for it.
    let slow = Fault::new(FaultKind::Delay { ms: 500 }).of_user("1003").of_action("GET_USER");
    site.sim.control().inject(slow).unwrap();
    let mut hostile = stomp::Desktop::connect(broker.stomp(), "hostile").await;
    for _ in 0..200 {
        hostile.send("Connect#1003", "hostile,wrong").await;
    }
    // A broker keeps the order of one client's commands only, and does not tell whose they are.
    hostile.send("MakeReady#1003", "").await;
    let told = good.event().await;
    assert_eq!((&told["type"], &told["state"]), (&"State".into(), &"READY".into()), "{told}");
    for _ in 0..200 {
        assert_eq!(hostile.event().await["type"], "ConnectStatus");
    }
    site.stop().await;
}
