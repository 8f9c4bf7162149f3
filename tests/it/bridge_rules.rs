//! Whom the legacy door obeys, what it says to whom, and what it answers when something fails.

use generic_connector::app::{App, Purpose, Settings};
use generic_connector::config::Sources;
use generic_connector::finesse;
use generic_connector::model::event::Payload;
use generic_connector::session::{self, Item, Manager};
use generic_connector::shutdown::Tasks;
use generic_connector::sim::{self, CtiError, Fault, FaultKind, Flavour, Service};
use serde_json::{Value, json};

use crate::bridge_client::{Client, members, open, options};
use crate::support::{LIMIT, World, finesse_options, session_options, within};

fn error(line: &Value) -> (&str, &str, &str) {
    assert_eq!(members(line), ["type", "command", "code", "reason", "message", "dialogId", "agentId"], "{line}");
    assert_eq!(line["type"], "Error");
    (line["command"].as_str().unwrap(), line["code"].as_str().unwrap(), line["agentId"].as_str().unwrap())
}

#[tokio::test]
async fn only_an_agent_whose_password_was_proved_here_is_obeyed() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut owner = Client::sign_in(door, "1001").await;
    owner.quiet().await;
    let mut stranger = Client::sign_in(door, "1002").await;
    // 1001 has a session and 1003 has none: a stranger can't tell the two apart.
    for verb in ["MakeReady", "Logout", "GetState", "force_logout", "getallagents", "MakeCall"] {
        for agent in ["1001", "1003", "nobody"] {
            let body = if verb == "MakeCall" { "#5551234" } else { "" };
            stranger.send(&format!("{verb}#{agent}{body}")).await;
            let line = stranger.until("Error").await;
            assert_eq!(error(&line), (verb, "AUTHORIZATION_FAILURE", agent));
            assert_eq!(line["message"], "this connection has not proved the agent's password");
        }
    }
    world.sim.control().place_call("5551234", "2001", &[]).unwrap();
    owner.until("NewInboundCall").await;
    assert_eq!(stranger.quiet().await, Vec::<Value>::new(), "nothing of 1001 reaches another connection");
    world.stop().await;
}

#[tokio::test]
async fn a_failed_connect_is_told_once_and_tried_once() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::connect(open(&world, options())).await;
    desk.send("Connect#1001#desk,wrong\nLogin#1001#wrong,2001\nGetState#1001").await;
    assert_eq!(
        desk.line().await.unwrap(),
        concat!(
            r#"{"type":"ConnectStatus","status":"SUBSCRIPTION_FAILED","#,
            r#""reason":"AUTHORIZATION_FAILURE","agentId":"1001"}"#
        )
    );
    assert_eq!(error(&desk.next().await), ("Login", "AUTHORIZATION_FAILURE", "1001"));
    assert_eq!(error(&desk.next().await), ("GetState", "AUTHORIZATION_FAILURE", "1001"));
    assert_eq!(world.sim.control().requests("1001", "LOGIN"), 0);
    desk.send("Connect#nobody#desk,x\nConnect#1001#desk").await;
    let mut reasons = [desk.next().await["reason"].clone(), desk.next().await["reason"].clone()];
    reasons.sort_by_key(Value::to_string);
    assert!(reasons.contains(&json!("MISSING_PASSWORD")), "{reasons:?}");
    // The right password is not held against the wrong one.
    desk.send("Connect#1001#desk,demo\nLogin#1001#demo,2001").await;
    assert_eq!(desk.until("State").await["state"], "NOT_READY");
    desk.send("Login#1002#demo\nLogin#1002#,2002\nLogin#1002#demo,20 02").await;
    for code in ["MISSING_EXTENSION", "MISSING_PASSWORD", "WRONG_EXTENSION"] {
        assert_eq!(error(&desk.until("Error").await), ("Login", code, "1002"));
    }
    world.stop().await;
}

#[tokio::test]
async fn two_desks_and_a_typed_client_see_one_agent_and_only_the_asker_hears_replies() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut asker = Client::sign_in(door, "1001").await;
    let mut other = Client::connect(door).await;
    other.send("Connect#1001#other,demo\nGetState#1001").await;
    other.until("State").await;
    let handle = world.manager.session(&"1001".parse().unwrap()).unwrap();
    let mut typed = handle.subscribe(None).await.unwrap();

    asker.send("MakeReady#1001\nGetState#1001\nreasoncodelogout#1001").await;
    asker.until("ReasonCodes").await;
    world.sim.control().place_call("5551234", "8010", &[]).unwrap();
    let id = asker.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    asker.send(&format!("AnswerCall#1001#{id}\ngetdialogstate#1001#{id}\nReleaseCall#1001#{id}")).await;
    let told = |line: &Value| (line["type"].as_str().unwrap().to_owned(), line["state"].clone());
    let mut seen = Vec::new();
    while seen.last() != Some(&("InboundCall".to_owned(), json!("DROPPED"))) {
        seen.push(told(&other.next().await));
    }
    assert!(
        seen.iter().all(|(kind, _)| ["State", "NewInboundCall", "InboundCall"].contains(&kind.as_str())),
        "{seen:?}"
    );

    // The typed client's events, each told as the old product tells it, without what repeats itself.
    let mut lines = Vec::new();
    while lines.last() != seen.last() {
        let Item::Event(published) = within("an event", typed.next()).await else { continue };
        lines.push(match &published.event.payload {
            Payload::AgentStateChanged { agent, .. } => ("State".to_owned(), json!(agent.state.as_str())),
            Payload::DialogOffered(_) => ("NewInboundCall".to_owned(), Value::Null),
            Payload::DialogChanged { view, .. } if view.own().is_none_or(|own| !own.state.is_over()) => {
                ("InboundCall".to_owned(), json!(view.dialog.state.as_str()))
            }
            Payload::DialogChanged { .. } | Payload::DialogEnded { .. } => ("InboundCall".to_owned(), json!("DROPPED")),
            other => panic!("{other:?}"),
        });
    }
    lines.dedup();
    seen.dedup();
    assert_eq!(seen, lines);
    world.stop().await;
}

#[tokio::test]
async fn one_connection_serves_several_agents_each_in_order() {
    let world = World::start(Flavour::Ucce).await;
    let mut server = Client::connect(open(&world, options())).await;
    let agents = ["1001", "1002", "1003", "1011"];
    for agent in agents {
        let extension = format!("2{}", &agent[1..]);
        server.send(&format!("Connect#{agent}#srv,demo\nLogin#{agent}#demo,{extension}\nMakeReady#{agent}")).await;
    }
    let mut ready = Vec::new();
    let mut seen: Vec<(String, String)> = Vec::new();
    while ready.len() < agents.len() {
        let line = server.next().await;
        assert_ne!(line["type"], "Error", "{line}");
        let agent = line["agentId"].as_str().unwrap().to_owned();
        if line["state"] == "READY" {
            ready.push(agent.clone());
        }
        seen.push((agent, line["type"].as_str().unwrap().to_owned()));
    }
    for agent in agents {
        let of_agent: Vec<_> = seen.iter().filter(|(id, _)| id == agent).map(|(_, kind)| kind.as_str()).collect();
        assert_eq!(of_agent.first(), Some(&"State"), "{agent}: {of_agent:?}");
        assert!(of_agent.contains(&"AgentInfo"), "{agent}: {of_agent:?}");
    }
    world.stop().await;
}

#[tokio::test]
async fn what_fails_is_told_with_the_documented_code_and_the_next_command_is_heard() {
    let world = World::start(Flavour::Ucce).await;
    let control = world.sim.control();
    let mut desk = Client::sign_in(open(&world, options()), "1001").await;
    let mut fails = async |command: &str, verb: &str, code: &str| -> Value {
        desk.send(command).await;
        let line = desk.until("Error").await;
        assert_eq!(error(&line), (verb, code, "1001"), "{command}: {line}");
        line
    };
    let unknown = fails("AnswerCall#1001#99999", "AnswerCall", "NOT_FOUND").await;
    assert_eq!(unknown["reason"], "NOT_FOUND");
    fails("MakeNotReadyWithReason#1001#777", "MakeNotReadyWithReason", "UNKNOWN_REASON_CODE").await;
    fails("MakeNotReadyWithReason#1001", "MakeNotReadyWithReason", "REASON_CODE_REQUIRED").await;
    fails("silentmonitor#1001#2002", "silentmonitor", "AUTHORIZATION_FAILURE").await;
    fails("ConferenceCall#1001#2002,5", "Conferencecall", "NOT_FOUND").await;
    fails("MakeCall#1001#1 2", "MakeCall", "INVALID_INPUT").await;
    fails("Dance#1001#x", "Dance", "INVALID_INPUT").await;
    fails("MakeReady#1001#a,b", "MakeReady", "INVALID_INPUT").await;
    fails("Login#1001#other,2001", "Login", "AUTHORIZATION_FAILURE").await;
    let refused = FaultKind::AsyncError {
        error: CtiError::new("Invalid Destination", "x", "CF_INVALID_DESTINATION"),
        delay_ms: 0,
        without_request_id: false,
    };
    control.inject(Fault::new(refused).of_user("1001").of_action("MAKE_CALL")).unwrap();
    let refused = fails("MakeCall#1001#5551234", "MakeCall", "CF_INVALID_DESTINATION").await;
    assert_eq!(refused["reason"], "INVALID_DESTINATION");
    control.inject(Fault::new(FaultKind::Status { status: 503 }).of_user("1001").of_action("READY")).unwrap();
    desk.send("MakeReady#1001").await;
    assert_eq!(desk.until("Error").await["reason"], "FINESSE_OUT_OF_SERVICE");
    desk.send("MakeReady#1001").await;
    desk.state("READY").await;
    desk.send("MakeReady#1001").await;
    desk.state("READY").await;
    world.stop().await;
}

#[tokio::test]
async fn an_outage_is_told_once_to_each_destination() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::sign_in(open(&world, options()), "1001").await;
    desk.quiet().await;
    world.sim.control().set_service(Service::Out);
    assert_eq!(desk.until("System").await["status"], "OUT_OF_SERVICE");
    desk.send("MakeReady#1001").await;
    assert_eq!(error(&desk.until("Error").await), ("MakeReady", "FINESSE_OUT_OF_SERVICE", "1001"));
    desk.send("Beat#desk").await;
    assert_eq!(desk.next().await, json!({"type": "System", "status": "OUT_OF_SERVICE"}));
    world.sim.control().set_service(Service::In);
    assert_eq!(desk.next().await, json!({"type": "System", "status": "IN_SERVICE"}), "before anything else");
    desk.send("MakeReady#1001").await;
    desk.state("READY").await;
    world.stop().await;
}

async fn a_call_missed_while_the_link_was_down(options_of_sessions: session::Options) {
    let world = World::with(Flavour::Ucce, options_of_sessions).await;
    let control = world.sim.control();
    let mut desk = Client::sign_in(open(&world, options()), "1001").await;
    control.place_call("5551234", "2001", &[]).unwrap();
    let id = desk.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    desk.send(&format!("AnswerCall#1001#{id}")).await;
    desk.call("ACTIVE").await;
    desk.quiet().await;
    control.inject(Fault::new(FaultKind::DropNotification).of_user("1001").times(50)).unwrap();
    control.hang_up(id.parse().unwrap()).unwrap();
    control.kill_sessions(Some("1001")).unwrap();
    control.clear_faults();
    // The order of the two is not promised.
    let mut told = [desk.next().await, desk.next().await];
    told.sort_by_key(|line| line["type"].to_string());
    let dropped =
        json!({"type": "InboundCall", "dialogId": id, "prevDialogId": null, "state": "DROPPED", "agentId": "1001"});
    assert_eq!(told[0], dropped);
    assert_eq!((&told[1]["type"], &told[1]["state"]), (&json!("State"), &json!("NOT_READY")));
    desk.send("MakeReady#1001").await;
    let later = desk.find(|line| line["state"] == "READY" || line["state"] == "DROPPED").await;
    assert_eq!(later["state"], "READY");
    world.stop().await;
}

#[tokio::test]
async fn what_was_missed_while_the_link_was_down_is_told_and_a_call_is_left_once() {
    a_call_missed_while_the_link_was_down(session_options()).await;
}

#[tokio::test]
async fn a_subscription_that_is_cut_goes_on_where_it_was() {
    // No two events fit: whatever happens at once cuts the subscription.
    a_call_missed_while_the_link_was_down(session::Options { subscriber_queue: 0, ..session_options() }).await;
}

#[tokio::test]
async fn a_subscription_that_can_not_be_resumed_begins_anew_without_a_hole() {
    let journal = session::journal::Limits { events: 0, ..session_options().journal };
    let short = session::Options { subscriber_queue: 0, journal, ..session_options() };
    a_call_missed_while_the_link_was_down(short).await;
}

#[tokio::test]
async fn a_session_that_ends_is_told_once_to_those_who_did_not_end_it() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut leaver = Client::sign_in(door, "1001").await;
    let mut other = Client::connect(door).await;
    other.send("Connect#1001#other,demo\nGetState#1001").await;
    other.until("State").await;
    leaver.send("force_logout#1001").await;
    leaver.state("LOGOUT").await;
    other.state("LOGOUT").await;
    assert_eq!(error(&other.next().await), ("", "SESSION_EXPIRED", "1001"));
    for desk in [&mut leaver, &mut other] {
        assert_eq!(desk.quiet().await, Vec::<Value>::new());
        desk.send("GetState#1001").await;
        assert_eq!(error(&desk.next().await), ("GetState", "NOT_CONNECTED", "1001"));
    }
    other.send("Login#1001#demo,2001").await;
    other.state("NOT_READY").await;
    world.stop().await;
}

#[tokio::test]
async fn each_destination_reads_the_id_as_it_spelled_it() {
    let mut simulated = sim::Options::ephemeral();
    let block = simulated.seed.agents.iter_mut().find(|block| block.first_login_id == 1101).unwrap();
    block.login_name = Some("ann".to_owned());
    let tasks = Tasks::new();
    let sim = sim::start(simulated, &tasks).await.unwrap();
    let manager = Manager::new(session_options(), finesse::Client::new(finesse_options(&sim)).unwrap(), &tasks);
    let mut status = manager.system();
    within("finesse in service", status.wait_for(|status| status.as_str() == "IN_SERVICE")).await.unwrap();
    let world = World { sim, manager, tasks };
    let door = open(&world, options());
    let mut by_id = Client::sign_in(door, "1101").await;
    let mut by_name = Client::connect(door).await;
    by_name.send("Connect#ann#desk,demo\nGetState#ann").await;
    assert_eq!(by_name.until("State").await["agentId"], "ann");
    by_id.quiet().await;
    by_name.send("MakeReady#ann").await;
    let mut lines = [by_id.state("READY").await, by_name.state("READY").await];
    assert_eq!((&lines[0]["agentId"], &lines[1]["agentId"]), (&json!("1101"), &json!("ann")));
    lines.iter_mut().for_each(|line| line["agentId"] = Value::Null);
    assert_eq!(lines[0], lines[1]);
    world.stop().await;
}

#[tokio::test]
async fn the_doors_open_when_finesse_has_told_its_status() {
    let tasks = Tasks::new();
    let sim = sim::start(sim::Options::ephemeral(), &tasks).await.unwrap();
    let slow = Fault::new(FaultKind::Delay { ms: 300 }).of_action("GET_SYSTEM_INFO").times(5);
    sim.control().inject(slow).unwrap();
    let addresses = sim.addresses();
    let keys = [
        ("finesse.rest", format!("http://{}", addresses.http.unwrap())),
        ("finesse.notify", format!("ws://{}/ws/", addresses.ws.unwrap())),
        ("grpc.listen", "127.0.0.1:0".to_owned()),
        ("bridge.listen", "127.0.0.1:0".to_owned()),
    ];
    let sources = keys.into_iter().fold(Sources::new(), |sources, (key, value)| sources.flag("test", key, value));
    let app = App::start(Settings::read(sources, Purpose::Serve).unwrap()).await.unwrap();
    let mut desk = Client::connect(app.bridge_address().unwrap()).await;
    desk.send("Hello#desk").await;
    assert_eq!(desk.next().await, json!({"type": "System", "status": "IN_SERVICE"}));
    app.stop().await;
    tasks.drain(LIMIT).await;
}

#[tokio::test]
async fn lists_are_answered_in_the_order_in_which_they_were_asked_for() {
    let world = World::start(Flavour::Ucce).await;
    let control = world.sim.control();
    let mut desk = Client::sign_in(open(&world, options()), "1001").await;
    control.inject(Fault::new(FaultKind::Delay { ms: 300 }).of_user("1001").of_action("GET_WRAP_UP_REASONS")).unwrap();
    desk.send("wrapupreasoncode#1001\nreasoncodelogout#1001\nreasoncodenotready#1001\nGetState#1001").await;
    for category in ["WrapUp", "LOGOUT", "NOT_READY"] {
        assert_eq!(desk.until("ReasonCodes").await["category"], category);
    }
    world.stop().await;
}
