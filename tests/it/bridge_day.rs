//! A legacy agent's day over TCP lines, on both platforms: each answer has the old product's layout.

use generic_connector::bridge::style::ReasonNaming;
use generic_connector::sim::Flavour;
use serde_json::{Value, json};

use crate::bridge_client::{Client, members, open, options};
use crate::support::World;

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/legacy/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Asserts that a line has a sample's members, in order, at every depth; lists are compared by their first elements.
fn assert_layout(line: &Value, sample: &Value) {
    match (line, sample) {
        (Value::Object(ours), Value::Object(theirs)) => {
            assert_eq!(members(line), members(sample), "{line}");
            ours.iter().zip(theirs).for_each(|((_, ours), (_, theirs))| assert_layout(ours, theirs));
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.iter().zip(theirs).take(10).for_each(|(ours, theirs)| assert_layout(ours, theirs));
        }
        (Value::Null | Value::String(_), Value::Null | Value::String(_)) => {}
        _ => assert_eq!(std::mem::discriminant(line), std::mem::discriminant(sample), "{line} is no {sample}"),
    }
}

async fn a_day(flavour: Flavour) {
    let world = World::start(flavour).await;
    let mut desk = Client::connect(open(&world, options())).await;
    desk.send("Hello#desk").await;
    assert_eq!(desk.line().await.unwrap(), r#"{"type":"System","status":"IN_SERVICE"}"#);

    // As a shipped client does it: both at once, without waiting.
    desk.send("Connect#1001#desk,demo\nLogin#1001#demo,2001").await;
    let state = desk.until("State").await;
    assert_layout(&state, &sample("state"));
    assert_eq!((&state["state"], &state["agentId"]), (&json!("NOT_READY"), &json!("1001")));
    let info = desk.until("AgentInfo").await;
    assert_layout(&info, &sample("agent_info"));
    assert_eq!(info["team"], json!({"id": "1", "name": "Sales"}));

    desk.send("MakeReady#1001").await;
    desk.state("READY").await;
    world.sim.control().place_call("5551234", "8010", &[("callVariable3", "gold")]).unwrap();
    let ringing = desk.until("NewInboundCall").await;
    assert_layout(&ringing, &sample("new_inbound_call"));
    assert_eq!(ringing["fromAddress"], "5551234");
    assert_eq!(ringing["callVariables"][2], json!({"callVariable3": "gold"}));
    assert_eq!(ringing["callVariables"][10], json!({"ani": "5551234"}));
    let id = ringing["dialogId"].as_str().unwrap().to_owned();

    desk.send(&format!("AnswerCall# 1001#{id}")).await;
    let active = desk.call("ACTIVE").await;
    assert_layout(&active, &sample("inbound_call"));
    desk.send(&format!(r#"{{"type":"HoldCall#1001","body":"{id}"}}"#)).await;
    assert_layout(&desk.call("HELD").await, &sample("transfer"));
    desk.send(&format!("getdialogstate#1001#{id}")).await;
    let held = desk.until("DialogState").await;
    assert_eq!(held, json!({"type": "DialogState", "dialogId": id, "state": "HELD", "agentId": "1001"}));
    assert_layout(&held, &sample("dialog_state"));
    desk.send(&format!(r#"{{"data":{{"type":"retrievecall#1001","body":"{id}","sessionUrl":"x"}}}}"#)).await;
    desk.call("ACTIVE").await;

    desk.send(&format!("getdialogstatecontrols#1001#{id}")).await;
    let controls = desk.until("DialogStateControls").await;
    assert_eq!(members(&controls), ["type", "dialogId", "controls", "agentId"]);
    assert!(controls["controls"].as_array().unwrap().contains(&json!("HOLD")), "{controls}");
    desk.send(&format!("getDialogParticipants#1001#{id}")).await;
    let parties = desk.until("DialogParticipants").await;
    assert_eq!(parties["participants"].as_array().unwrap().len(), 2, "{parties}");

    desk.send(&format!("update_call_variable#1001#{id},callVariable4,a, b#c")).await;
    desk.find(|line| line["callVariables"][3] == json!({"callVariable4": "a, b#c"})).await;
    desk.send("wrapupreasoncode#1001").await;
    let reasons = desk.until("ReasonCodes").await;
    assert_layout(&json!([reasons["type"], reasons["category"]]), &json!(["ReasonCodes", "WrapUp"]));
    assert_eq!(members(&reasons), members(&sample("reason_codes")));
    let (_, label) = reasons["reasonCodes"][0].as_object().unwrap().iter().next().unwrap();
    desk.send(&format!("wrapup#1001#{},{id}", label.as_str().unwrap())).await;

    desk.send(&format!("ReleaseCall#1001#{id}")).await;
    let dropped = desk.find(|line| line["type"] == "InboundCall" && line["state"] == "DROPPED").await;
    assert_layout(&dropped, &sample("inbound_call_dropped"));
    assert_eq!(members(&dropped), members(&sample("inbound_call_dropped")));

    desk.send("reasoncodenotready#1001").await;
    let reasons = desk.until("ReasonCodes").await;
    assert_eq!(reasons["category"], "NOT_READY");
    let (key, _) = reasons["reasonCodes"][0].as_object().unwrap().iter().next().unwrap();
    desk.send(&format!("MakeNotReadyWithReason#1001#{key}")).await;
    let state = desk.find(|line| line["state"] == "NOT_READY" && line["reasonCode"] == key.as_str()).await;
    desk.send("GetState#1001").await;
    assert_eq!(desk.until("State").await, state, "asked, the same is said again");
    desk.send("reasoncodelogout#1001").await;
    assert_eq!(desk.until("ReasonCodes").await["category"], "LOGOUT");

    desk.send("Logout#1001").await;
    desk.state("LOGOUT").await;
    assert_eq!(desk.quiet().await, Vec::<Value>::new());
    world.stop().await;
}

#[tokio::test]
async fn a_legacy_day_on_ucce() {
    a_day(Flavour::Ucce).await;
}

#[tokio::test]
async fn a_legacy_day_on_uccx() {
    a_day(Flavour::Uccx).await;
}

#[tokio::test]
async fn a_call_that_the_agent_dials_shows_the_number_dialled() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::sign_in(open(&world, options()), "1002").await;
    desk.send("MakeCall#1002#5559876").await;
    let call = desk.find(|line| line["type"] == "InboundCall" && line["fromAddress"] == "5559876").await;
    assert_layout(&call, &sample("inbound_call"));
    assert_eq!(call["callVariables"][10], json!({"ani": "5559876"}));
    let id = call["dialogId"].as_str().unwrap().to_owned();
    desk.send(&format!("ReleaseCall#1002#{id}")).await;
    desk.call("DROPPED").await;
    assert!(desk.quiet().await.iter().all(|line| line["state"] != "DROPPED"), "a call is left once");
    world.stop().await;
}

#[tokio::test]
async fn a_desk_that_comes_back_is_told_of_its_open_call() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut desk = Client::sign_in(door, "1001").await;
    desk.send("MakeReady#1001").await;
    desk.state("READY").await;
    world.sim.control().place_call("5551234", "8010", &[]).unwrap();
    let id = desk.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    desk.send(&format!("AnswerCall#1001#{id}")).await;
    desk.call("ACTIVE").await;
    drop(desk);

    let mut back = Client::connect(door).await;
    // A sign-in proves the password too, and is answered although the agent is signed in already.
    back.send("Login#1001#demo,2001").await;
    assert_eq!(back.next().await["type"], "State");
    assert_eq!(back.next().await["type"], "AgentInfo");
    let expected = json!({"type": "DialogState", "dialogId": id, "state": "ACTIVE", "agentId": "1001"});
    assert_eq!(back.next().await, expected);
    assert_eq!(back.next().await["type"], "InboundCall");
    back.send("GetState#1001").await;
    assert_eq!(back.next().await["state"], "TALKING");
    assert_eq!(back.next().await, expected);
    world.stop().await;
}

#[tokio::test]
async fn reasons_go_by_their_codes_where_the_configuration_says_so() {
    let world = World::start(Flavour::Ucce).await;
    let mut by_code = options();
    by_code.style.reason_key = ReasonNaming::Code;
    let mut desk = Client::sign_in(open(&world, by_code), "1001").await;
    desk.send("reasoncodenotready#1001").await;
    assert_eq!(desk.until("ReasonCodes").await["reasonCodes"][0], json!({"10": "Lunch"}));
    desk.send("MakeNotReadyWithReason#1001#10").await;
    desk.find(|line| line["type"] == "State" && line["reasonCode"] == "10").await;
    desk.send("MakeNotReadyWithReason#1001#1").await;
    assert_eq!(desk.until("Error").await["code"], "UNKNOWN_REASON_CODE", "an id is no code");
    desk.send("wrapupreasoncode#1001").await;
    let wrap_up = desk.until("ReasonCodes").await;
    let (key, _) = wrap_up["reasonCodes"][0].as_object().unwrap().iter().next().unwrap();
    assert!(!key.is_empty(), "wrap-up reasons have no code and keep their id");
    world.stop().await;
}

#[test]
fn the_demo_tells_the_whole_day_on_both_platforms() {
    for flavour in ["ucce", "uccx"] {
        let mut demo = std::process::Command::new(env!("CARGO_BIN_EXE_generic-connector"));
        demo.args(["demo", "--once", "--sim-flavour", flavour, "--sim-free-ports"]);
        demo.args(["--listen", "127.0.0.1:0", "--bridge-tcp", "127.0.0.1:0"]);
        let told = demo.output().unwrap();
        let (story, log) = (String::from_utf8(told.stdout).unwrap(), String::from_utf8(told.stderr).unwrap());
        assert!(told.status.success(), "{log}\n{story}");
        assert_eq!(log, "", "nothing of the log stands in the story");
        let events = story.lines().filter_map(|line| line.strip_prefix("  event   #"));
        let numbers: Vec<usize> = events.map(|event| event.split(' ').next().unwrap().parse().unwrap()).collect();
        assert!(numbers.len() > 15, "{story}");
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "each event is shown, in order");
        assert!(!story.contains("demo,"), "passwords are not shown");
    }
}
