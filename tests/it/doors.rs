//! Legacy and typed clients on one agent: the same events in the same order, replies apart, and nobody else's business.

use std::time::Duration;

use generic_connector::command::catalogue::{Access, IdKind, VERBS};
use generic_connector::pb;
use generic_connector::pb::agent_service_client::AgentServiceClient;
use generic_connector::sim::Flavour;
use serde_json::Value;

use crate::scenarios::dynamic::{Requests, unary};
use crate::scenarios::mirror::{Observer, Seen, agree, word};
use crate::scenarios::stage::{Doors, LineClient};
use crate::support::{World, within};

/// Types of lines that answer a question; who did not ask never sees them.
const ANSWERS: &[&str] = &[
    "AgentInfo",
    "ReasonCodes",
    "DialogState",
    "DialogStateControls",
    "DialogParticipants",
    "Error",
    "ConnectStatus",
    "System",
];

/// A legacy client with everything that it was told.
struct Desktop {
    line: LineClient,
    told: Vec<Value>,
}

impl Desktop {
    /// Connects an agent; an answer proves that the connection is bound.
    async fn of(doors: &Doors, agent: &str) -> Self {
        let mut desktop = Self { line: doors.line_client().await, told: Vec::new() };
        desktop.say(&format!("Connect#{agent}#desktop,demo")).await;
        desktop.say(&format!("getdialogstate#{agent}#1")).await;
        desktop.until("DialogState", "NOT_FOUND").await;
        desktop.told.clear();
        desktop
    }

    async fn say(&mut self, command: &str) {
        self.line.send(command).await;
    }

    /// Reads up to a line of a type and a state.
    async fn until(&mut self, kind: &str, state: &str) -> Value {
        loop {
            let line = self.line.line().await;
            self.told.push(line.clone());
            if word(&line, "type") == kind && (state.is_empty() || word(&line, "state") == state) {
                return line;
            }
        }
    }

    /// Reads what was said up to now.
    async fn rest(&mut self) {
        let rest = self.line.said().await;
        self.told.extend(rest);
    }

    fn answers(&self) -> Vec<&Value> {
        self.told.iter().filter(|line| ANSWERS.contains(&word(line, "type"))).collect()
    }
}

async fn token(doors: &Doors, agent: &str) -> String {
    let request =
        pb::ConnectRequest { agent_id: agent.to_owned(), password: "demo".to_owned(), client_name: "test".to_owned() };
    let mut client = AgentServiceClient::new(doors.channel.clone());
    within("connect", client.connect(request)).await.unwrap().into_inner().token
}

async fn settle(world: &World, agent: &str, streams: &mut [&mut Observer]) {
    let handle = world.manager.session(&agent.parse().unwrap()).unwrap();
    let last = handle.snapshot().await.unwrap().cursor.sequence.0;
    for stream in streams {
        while stream.last(agent) < last {
            stream.next().await;
        }
    }
}

fn texts(events: &[&Seen]) -> Vec<String> {
    events.iter().map(|seen| format!("{:?} {}", seen.sequence, seen.text)).collect()
}

async fn a_shared_day(flavour: Flavour) {
    let world = World::start(flavour).await;
    let doors = Doors::open(&world.manager, &world.tasks).await;
    let mut service = Observer::new(doors.observe().await);
    let mut first = Desktop::of(&doors, "1001").await;
    let mut second = Desktop::of(&doors, "1001").await;
    let mut own = Observer::new(doors.subscribe(&token(&doors, "1001").await).await);
    settle(&world, "1001", &mut [&mut service, &mut own]).await;

    first.say("Login#1001#demo,2001").await;
    first.until("AgentInfo", "").await;
    second.say("MakeReady#1001").await;
    second.until("State", "READY").await;
    world.sim.control().place_call("5551234", "10", &[("callVariable1", "gold")]).unwrap();
    let offered = second.until("NewInboundCall", "").await;
    let call = word(&offered, "dialogId").to_owned();
    // Pipelined: the answers of one client come between the events of both.
    for command in ["AnswerCall", "getdialogstate", "getDialogParticipants", "HoldCall", "getdialogstatecontrols"] {
        first.say(&format!("{command}#1001#{call}")).await;
    }
    second.until("InboundCall", "HELD").await;
    first.until("InboundCall", "HELD").await;
    second.say(&format!("update_call_variable#1001#{call},callVariable2,a,b")).await;
    second.say(&format!("RetrieveCall#1001#{call}")).await;
    first.until("InboundCall", "ACTIVE").await;
    first.say("reasoncodenotready#1001").await;
    first.say("HoldCall#1001#999999").await;
    first.until("Error", "").await;
    first.say(&format!("ReleaseCall#1001#{call}")).await;
    first.until("InboundCall", "DROPPED").await;
    second.until("InboundCall", "DROPPED").await;
    first.until("State", "READY").await;
    second.until("State", "READY").await;
    first.say("force_logout#1001").await;
    first.until("State", "LOGOUT").await;
    second.until("State", "LOGOUT").await;

    service.until(|log| log.last().is_some_and(|seen| seen.text == "detached")).await;
    let logged_out = |log: &[Seen]| log.iter().any(|seen| seen.text.starts_with("AgentStateChanged LOGOUT"));
    own.until(logged_out).await;
    let events = service.events("1001");
    assert_eq!(texts(&events), texts(&own.events("1001")), "{flavour}: two typed subscribers");
    assert!(events.len() > 8, "{events:?}");

    first.rest().await;
    // The other client hears that the session is over; nothing else of what it hears is an answer.
    second.until("Error", "").await;
    second.rest().await;
    for (who, desktop) in [("first", &first), ("second", &second)] {
        agree(&format!("{flavour} {who}"), &events, &desktop.told, false);
    }
    let answered: Vec<&str> = second.answers().into_iter().map(|line| word(line, "command")).collect();
    assert_eq!(answered, [""], "{flavour}: answers to others reached the second client: {:?}", second.answers());
    for kind in ["AgentInfo", "DialogState", "DialogParticipants", "DialogStateControls", "ReasonCodes", "Error"] {
        assert_eq!(first.answers().iter().filter(|line| word(line, "type") == kind).count(), 1, "{flavour} {kind}");
    }
    drop((first, second, service, own, doors));
    world.stop().await;
}

#[tokio::test]
async fn legacy_and_typed_clients_of_one_agent_see_the_same_day_on_ucce() {
    a_shared_day(Flavour::Ucce).await;
}

#[tokio::test]
async fn legacy_and_typed_clients_of_one_agent_see_the_same_day_on_uccx() {
    a_shared_day(Flavour::Uccx).await;
}

#[tokio::test]
async fn connect_and_login_are_taken_in_one_breath() {
    let world = World::start(Flavour::Ucce).await;
    let doors = Doors::open(&world.manager, &world.tasks).await;
    let mut desktop = Desktop { line: doors.line_client().await, told: Vec::new() };
    desktop.say("Hello#d#\nConnect#1001#d,demo\nLogin#1001#demo,2001\nMakeReady#1001\nreasoncodelogout#1001").await;
    // The list is read while the states change: either may be told first.
    desktop.until("ReasonCodes", "").await;
    if !desktop.told.iter().any(|line| word(line, "state") == "READY") {
        desktop.until("State", "READY").await;
    }
    let states: Vec<&str> =
        desktop.told.iter().filter(|line| word(line, "type") == "State").map(|line| word(line, "state")).collect();
    assert_eq!(states, ["NOT_READY", "READY"], "{:?}", desktop.told);
    drop((desktop, doors));
    world.stop().await;
}

#[tokio::test]
async fn nobody_acts_for_or_sees_another_agent() {
    let world = World::start(Flavour::Ucce).await;
    let doors = Doors::open(&world.manager, &world.tasks).await;
    let mut stream = Observer::new(doors.observe().await);
    let mut owner = Desktop::of(&doors, "1001").await;
    owner.say("Login#1001#demo,2001").await;
    owner.until("AgentInfo", "").await;
    world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    let call = word(&owner.until("NewInboundCall", "").await, "dialogId").to_owned();
    let mut stranger = Desktop::of(&doors, "1002").await;
    let strangers = token(&doors, "1002").await;
    settle(&world, "1001", &mut [&mut stream]).await;
    let before = stream.last("1001");

    // Every verb, for the other agent's id on a connection, and about the other agent's call with an own token.
    let requests = Requests::new();
    for verb in VERBS.iter().filter(|verb| verb.id == IdKind::Agent && verb.name != "Connect") {
        let values = verb.params.iter().map(|param| match param.field {
            "password" => "wrong",
            "subscribe" => "true",
            "mode" => "CALL_BY_CALL",
            "extension" | "to" => "2001",
            "reason_id" => "1",
            "name" => "callVariable1",
            _ => call.as_str(),
        });
        let body = values.collect::<Vec<_>>().join(",");
        stranger.say(&format!("{}#1001#{body}", verb.name)).await;
        let refused = stranger.until("Error", "").await;
        assert_eq!(word(&refused, "agentId"), "1001", "{}", verb.name);
        let reasons = ["AUTHORIZATION_FAILURE", "TOO_MANY_REQUESTS"];
        assert!(reasons.contains(&word(&refused, "reason")), "{}: {refused}", verb.name);

        let without = unary(doors.channel.clone(), verb.rpc.path, requests.of(verb, "1001", &body), None);
        assert_eq!(without.await.unwrap_err().code(), tonic::Code::Unauthenticated, "{}", verb.name);
        if verb.params.iter().any(|param| param.field == "dialog_id") {
            let request = requests.of(verb, "1001", &body);
            let reply = unary(doors.channel.clone(), verb.rpc.path, request, Some(&strangers)).await;
            let code = reply.as_ref().map_or_else(tonic::Status::code, |_| tonic::Code::Ok);
            // An agent who is not signed in has no calls; the state of an unknown call is NOT_FOUND and no error.
            let expected = match verb.name {
                "getdialogstate" => &[tonic::Code::Ok][..],
                _ if verb.rpc.access == Access::Supervisor => &[tonic::Code::PermissionDenied],
                _ => &[tonic::Code::NotFound, tonic::Code::FailedPrecondition],
            };
            assert!(expected.contains(&code), "{}: {reply:?}", verb.name);
            if let Ok(reply) = reply {
                let state = <pb::GetDialogStateResponse as prost::Message>::decode(reply).unwrap();
                assert_eq!((state.state.as_str(), state.dialog), ("NOT_FOUND", None));
            }
        }
    }

    // An agent watches nobody else, and hears nothing of the other's call.
    let selector = pb::AgentSelector { agent_id: "1001".to_owned(), cursor: None };
    for request in [
        pb::SubscribeRequest { agents: vec![selector], ..Default::default() },
        pb::SubscribeRequest { all: true, ..Default::default() },
    ] {
        let mut request = tonic::Request::new(request);
        request.metadata_mut().insert("authorization", format!("Bearer {strangers}").parse().unwrap());
        let mut client = pb::event_service_client::EventServiceClient::new(doors.channel.clone());
        let refused = within("a refusal", client.subscribe(request)).await.unwrap_err();
        assert_eq!(refused.code(), tonic::Code::PermissionDenied);
    }
    owner.say(&format!("AnswerCall#1001#{call}")).await;
    owner.until("InboundCall", "ACTIVE").await;
    stranger.rest().await;
    let heard: Vec<&Value> = stranger.told.iter().filter(|line| word(line, "type") != "Error").collect();
    assert!(heard.is_empty(), "{heard:?}");
    settle(&world, "1001", &mut [&mut stream]).await;
    let since: Vec<String> = stream
        .events("1001")
        .into_iter()
        .filter(|seen| seen.sequence > Some(before))
        .map(|seen| seen.text.clone())
        .collect();
    assert!(since.iter().all(|text| text.contains("ACTIVE") || text.contains("TALKING")), "{since:?}");
    drop((owner, stranger, stream, doors));
    world.stop().await;
}

#[tokio::test]
async fn a_client_that_asks_and_reads_nothing_does_not_hold_up_another() {
    let world = World::start(Flavour::Ucce).await;
    let doors = Doors::open(&world.manager, &world.tasks).await;
    let mut lazy = Desktop::of(&doors, "1001").await;
    let mut busy = Desktop::of(&doors, "1001").await;
    for _ in 0..200 {
        lazy.say("GetState#1001").await;
    }
    busy.say("Login#1001#demo,2001").await;
    let told = tokio::time::timeout(Duration::from_secs(5), busy.until("AgentInfo", "")).await;
    assert!(told.is_ok());
    drop((lazy, busy, doors));
    world.stop().await;
}
