//! Brokers that die and come back in the middle of a call: no command runs twice, every event that is still owed arrives,
//! and the clients of the typed door notice nothing.

use generic_connector::pb;
use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::pb::call_service_client::CallServiceClient;
use serde_json::{Value, json};
use tonic::Request;
use tonic::transport::Channel;

use crate::broker::desk::Desk;
use crate::broker::site::Site;
use crate::broker::{Broker, jms, stomp};
use crate::grpc_world::{As, call};
use crate::support::within;

/// A client of the typed door for one agent, who is signed in there or elsewhere.
struct Typed {
    channel: Channel,
    token: String,
}

impl Typed {
    async fn connect(site: &Site, agent: &str) -> Self {
        let channel = site.channel();
        let request =
            pb::ConnectRequest { agent_id: agent.into(), password: "demo".into(), client_name: "typed".into() };
        let mut agents = AgentServiceClient::new(channel.clone());
        let token = within("connect", agents.connect(request)).await.unwrap().into_inner().token;
        Self { channel, token }
    }

    fn asking<T>(&self, message: T) -> Request<T> {
        call(As::Bearer(&self.token), message)
    }

    async fn hold(&self, dialog_id: &str) {
        let request = self.asking(pb::HoldCallRequest { dialog_id: dialog_id.to_owned(), ..Default::default() });
        within("hold", CallServiceClient::new(self.channel.clone()).hold_call(request)).await.unwrap();
    }

    async fn retrieve(&self, dialog_id: &str) {
        let request = self.asking(pb::RetrieveCallRequest { dialog_id: dialog_id.to_owned(), ..Default::default() });
        within("retrieve", CallServiceClient::new(self.channel.clone()).retrieve_call(request)).await.unwrap();
    }
}

/// Agent 1001 in a customer's call, at a desktop whose destination is `desk`; the call's id.
async fn in_a_call(site: &Site, desk: &mut impl Desk) -> String {
    desk.sign_in("1001", "desk").await;
    site.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let id = desk.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    desk.send("AnswerCall#1001", &id).await;
    desk.call("ACTIVE").await;
    id
}

#[tokio::test]
async fn a_broker_dies_in_the_middle_of_a_call_and_comes_back() {
    let Some(mut broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut desk = jms::Desktop::start(&broker.url(), "desk", "Connector1").await;
    let id = in_a_call(&site, &mut desk).await;
    let typed = Typed::connect(&site, "1001").await;
    // A persistent command that was carried out is in the broker's journal, and may not come again.
    desk.send_as("text+persistent", "update_call_variable#1001", Some(&format!("{id},callVariable4,once"))).await;
    desk.find(|event| event["callVariables"][3] == json!({"callVariable4": "once"})).await;

    broker.kill().await;
    desk.interrupted().await;
    // Nothing is wrong with the call, nor for who speaks gRPC.
    typed.hold(&id).await;
    typed.retrieve(&id).await;
    broker.restart_for_jms().await;
    desk.resumed().await;
    // These wait in the queue, for the service is not back yet. ActiveMQ keeps the order among persistent messages, and among
    // the others.
    desk.send_as("text+persistent", "HoldCall#1001", Some(&id)).await;
    desk.send_as("bytes+persistent", "update_call_variable#1001", Some(&format!("{id},callVariable5,later"))).await;
    broker.admit_stomp().await;
    // First what happened meanwhile, in order.
    let mut states = Vec::new();
    while states.len() < 3 {
        let event = desk.until("InboundCall").await;
        if states.last() != Some(&event["state"]) {
            states.push(event["state"].clone());
        }
    }
    assert_eq!(states, ["HELD", "ACTIVE", "HELD"], "twice by gRPC, once by the desktop");
    desk.find(|event| event["callVariables"][4] == json!({"callVariable5": "later"})).await;
    site.sim.control().hang_up(id.parse().unwrap()).unwrap();
    desk.call("DROPPED").await;
    let requests = |action| site.requests("1001", action);
    assert_eq!((requests("ANSWER"), requests("HOLD"), requests("RETRIEVE")), (1, 2, 1));
    assert_eq!(requests("UPDATE_CALL_DATA"), 2);
    site.stop().await;
}

#[tokio::test]
async fn no_command_of_a_burst_runs_twice_when_the_broker_dies_in_it() {
    // Fewer than an agent may have unfinished, so that none is refused before the broker dies.
    const COMMANDS: u64 = 60;
    let Some(mut broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut desk = jms::Desktop::start(&broker.url(), "desk", "Connector1").await;
    let id = in_a_call(&site, &mut desk).await;
    // Persistent, so that the broker owes each of them.
    for number in 0..COMMANDS {
        let body = format!("{id},callVariable1,{number}");
        desk.send_as("text+persistent", "update_call_variable#1001", Some(&body)).await;
    }
    desk.find(|event| event["callVariables"][0] == json!({"callVariable1": "10"})).await;
    broker.kill().await;
    desk.interrupted().await;
    let done_before = site.requests("1001", "UPDATE_CALL_DATA");
    broker.restart_for_jms().await;
    desk.resumed().await;
    broker.admit_stomp().await;
    // Each was carried out, or its sender was told that it was not, or may not have been.
    let mut refused = 0;
    within("the outcome of each command", async {
        while site.requests("1001", "UPDATE_CALL_DATA") + refused < COMMANDS {
            refused += u64::from(desk.event().await["type"] == "Error");
        }
    })
    .await;
    desk.send("GetState#1001", "").await;
    desk.find(|event| event["type"] == "DialogState").await;
    let done = site.requests("1001", "UPDATE_CALL_DATA");
    assert_eq!(done + refused, COMMANDS, "{done_before} before the broker died, {done} in all, {refused} refused");
    site.stop().await;
}

#[tokio::test]
async fn a_second_broker_takes_over_until_the_first_is_back() {
    let Some([mut first, second]) = Broker::pair().await else { return };
    let site = Site::start(&[&first, &second]).await;
    let mut desk = jms::Desktop::start(&jms::failover(&[&first, &second]), "desk", "Connector1").await;
    let id = in_a_call(&site, &mut desk).await;
    let typed = Typed::connect(&site, "1001").await;

    first.kill().await;
    desk.resumed().await;
    desk.send("HoldCall#1001", &id).await;
    desk.call("HELD").await;
    typed.retrieve(&id).await;
    desk.call("ACTIVE").await;

    first.restart_for_jms().await;
    desk.resumed().await;
    first.admit_stomp().await;
    desk.send("HoldCall#1001", &id).await;
    desk.call("HELD").await;
    assert_eq!((site.requests("1001", "HOLD"), site.requests("1001", "RETRIEVE")), (2, 1));
    site.stop().await;
}

#[tokio::test]
async fn a_broker_that_hangs_is_left_when_its_heart_stops() {
    let Some([first, second]) = Broker::pair().await else { return };
    let site = Site::start(&[&first, &second]).await;
    let mut desk = stomp::Desktop::connect(first.stomp(), "desk").await;
    desk.sign_in("1001", "desk").await;
    let mut waiting = stomp::Desktop::connect(second.stomp(), "desk").await;
    // Nobody takes from the second's queue until then.
    waiting.send("MakeReady#1001", "").await;
    first.freeze().await;
    waiting.state("1001", "READY").await;
    site.stop().await;
}

#[tokio::test]
async fn a_restarted_service_tells_each_destination_who_must_connect_again() {
    let Some(broker) = Broker::start().await else { return };
    let mut site = Site::start(&[&broker]).await;
    let mut desk = stomp::Desktop::connect(broker.stomp(), "desk").await;
    desk.sign_in("1002", "desk").await;
    desk.sign_in("1001", "desk").await;
    site.stop_service().await;
    site.start_service().await;
    let mut told: Vec<Value> = Vec::new();
    while told.last().is_none_or(|event| event["type"] != "Reconnect") {
        told.push(desk.find(|event| event["type"] == "System" || event["type"] == "Reconnect").await);
    }
    let reconnect = json!({"type": "Reconnect", "destination": "desk", "agentIds": ["1001", "1002"]});
    let system = |status: &str| json!({"type": "System", "status": status});
    assert_eq!(told[told.len() - 3..], [system("OUT_OF_SERVICE"), system("IN_SERVICE"), reconnect]);
    desk.send("MakeReady#1001", "").await;
    assert_eq!(desk.until("Error").await["code"], "NOT_CONNECTED");
    assert_eq!(site.requests("1001", "READY"), 0);
    desk.sign_in("1001", "desk").await;
    desk.send("MakeReady#1001", "").await;
    desk.state("1001", "READY").await;
    site.stop().await;
}

#[tokio::test]
async fn commands_that_waited_too_long_are_refused() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut desk = jms::Desktop::start(&broker.url(), "desk", "Connector1").await;
    // What only asks, beats or connects does no harm late.
    desk.send_as("text+age=3600000", "Hello#desk", None).await;
    desk.until("System").await;
    desk.send_as("text+age=3600000", "Connect#1001", Some("desk,demo")).await;
    desk.send("Login#1001", "demo,2001").await;
    desk.state("1001", "NOT_READY").await;
    desk.send_as("text+persistent+age=60000", "MakeCall#1001", Some("5559876")).await;
    let refused = desk.until("Error").await;
    assert_eq!((&refused["command"], &refused["code"]), (&json!("MakeCall"), &json!("COMMAND_EXPIRED")));
    assert_eq!(refused["agentId"], "1001");
    desk.send_as("text+age=5000", "MakeReady#1001", None).await;
    desk.state("1001", "READY").await;
    assert_eq!(site.requests("1001", "MAKE_CALL"), 0, "nobody dials late");
    site.stop().await;
}

#[tokio::test]
async fn a_destination_is_one_plain_name() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    // It sees every event, wherever it goes.
    let mut all = stomp::Desktop::connect(broker.stomp(), ">").await;
    for name in
        [">", "*", "desk.*", "topic://a", "desk?consumer.priority=1", "/queue/a", "ActiveMQ.Advisory.x", "a b", ""]
    {
        all.send(&format!("Hello#{name}"), "").await;
        all.send("Connect#1001", &format!("{name},demo")).await;
    }
    all.send("Hello#a,b", "").await;
    all.send("Hello#192.168.1.148", "").await;
    let frame = loop {
        let frame = all.frame().await;
        let to = frame.header("destination").unwrap_or_default();
        if !to.starts_with("/topic/ActiveMQ.Advisory.") {
            break frame;
        }
    };
    assert_eq!(frame.header("destination"), Some("/topic/192.168.1.148"), "{frame:?}");
    assert_eq!(frame.body, r#"{"type":"System","status":"IN_SERVICE"}"#);
    assert_eq!(site.requests("1001", "GET_USER"), 0, "a refused Connect asks Finesse nothing");
    site.stop().await;
}
