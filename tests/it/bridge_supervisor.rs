//! What supervisors do over the legacy door, and what they and the others are told.

use generic_connector::sim::Flavour;
use serde_json::{Value, json};

use crate::bridge_client::{Client, open, options};
use crate::support::World;

async fn member_state(supervisor: &mut Client, id: &str) -> Value {
    supervisor.find(|line| line["type"] == "State" && line["agentId"] == id).await["state"].clone()
}

#[tokio::test]
async fn a_supervisor_acts_on_members_by_their_ids() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let world = World::start(flavour).await;
        let door = open(&world, options());
        let mut supervisor = Client::sign_in(door, "1101").await;
        let mut ann = Client::sign_in(door, "1001").await;
        supervisor.send("MakeReady#1001").await;
        assert_eq!(member_state(&mut supervisor, "1001").await, "READY");
        ann.state("READY").await;
        supervisor.send("getteamuserstate#1101#1001").await;
        assert_eq!(member_state(&mut supervisor, "1001").await, "READY");
        supervisor.send("MakeNotReady#1001").await;
        assert_eq!(member_state(&mut supervisor, "1001").await, "NOT_READY");
        let forced = ann.state("NOT_READY").await;
        assert_eq!(forced["reasonCode"], if flavour == Flavour::Ucce { "999" } else { "33" });
        supervisor.send("logoutwithreason#1001#1").await;
        assert_eq!(member_state(&mut supervisor, "1001").await, "LOGOUT");
        ann.state("LOGOUT").await;

        supervisor.send("MakeReady#1011").await;
        let foreign = supervisor.until("Error").await;
        assert_eq!((&foreign["code"], &foreign["agentId"]), (&json!("AUTHORIZATION_FAILURE"), &json!("1011")));
        supervisor.send("getteamuserstate#1002#1001").await;
        assert_eq!(supervisor.until("Error").await["code"], "AUTHORIZATION_FAILURE", "one's state under another's id");
        ann.send("MakeReady#1002").await;
        assert_eq!(ann.until("Error").await["code"], "AUTHORIZATION_FAILURE", "an ordinary agent can't");
        ann.send("bargein#1001#1002,77").await;
        let refused = ann.until("Error").await;
        assert_eq!((&refused["reason"], &refused["dialogId"]), (&json!("NOT_SUPERVISOR"), &json!("77")));
        ann.send("getteamusers#1001#1").await;
        let refused = ann.until("Error").await;
        // The code is the old product's for it.
        assert_eq!((&refused["code"], &refused["reason"]), (&json!("AUTHORIZATION_FAILURE"), &json!("NOT_SUPERVISOR")));
        world.stop().await;
    }
}

#[tokio::test]
async fn commands_for_members_wait_for_the_supervisors_connect() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut ann = Client::sign_in(door, "1001").await;
    let mut supervisor = Client::connect(door).await;
    let all = "Connect#1101#desk,demo\nLogin#1101#demo,2101\nMakeReady#1001\nMakeReady#1011";
    supervisor.send(all).await;
    let (mut done, mut refused) = (false, false);
    while !(done && refused) {
        let line = supervisor.next().await;
        done |= line["type"] == "State" && line["agentId"] == "1001" && line["state"] == "READY";
        refused |= line["type"] == "Error" && line["agentId"] == "1011";
        assert!(line["type"] != "Error" || line["agentId"] == "1011", "{line}");
    }
    ann.state("READY").await;

    let mut wrong = Client::connect(door).await;
    wrong.send("Connect#1102#desk,wrong\nMakeNotReady#1001").await;
    assert_eq!(wrong.until("ConnectStatus").await["agentId"], "1102");
    let refused = wrong.until("Error").await;
    assert_eq!((&refused["code"], &refused["agentId"]), (&json!("AUTHORIZATION_FAILURE"), &json!("1001")));
    world.stop().await;
}

#[tokio::test]
async fn a_member_on_the_supervisors_connection_is_told_once() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut both = Client::sign_in(door, "1101").await;
    both.send("Connect#1001#desk,demo\nLogin#1001#demo,2001\ngetteamusers#1101#1").await;
    let (mut listed, mut signed_in) = (false, false);
    while !(listed && signed_in) {
        let line = both.next().await;
        listed |= line["type"] == "TeamUsersList";
        signed_in |= line["type"] == "AgentInfo";
    }
    both.send("getteamusers#1101#1\nMakeReady#1001").await;
    both.state("READY").await;
    // Another member's change, seen after it, shows that nothing more is to come of it.
    let mut ben = Client::sign_in(door, "1002").await;
    ben.send("MakeReady#1002").await;
    let told = both.find(|line| line["type"] == "State" && line["state"] == "READY").await;
    assert_eq!(told["agentId"], "1002");
    world.stop().await;
}

#[tokio::test]
async fn members_changes_are_told_until_they_are_no_longer_wanted() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut supervisor = Client::sign_in(door, "1101").await;
    let mut ann = Client::sign_in(door, "1001").await;
    supervisor.send("getteamusers#1101#1,true").await;
    let list = supervisor.until("TeamUsersList").await;
    assert_eq!(list["team"], json!({"id": "1", "name": "Sales"}));
    let ids: Vec<_> = list["users"].as_array().unwrap().iter().map(|user| user["loginId"].clone()).collect();
    assert_eq!(ids, ["1001", "1101"]);
    ann.send("MakeReady#1001").await;
    assert_eq!(member_state(&mut supervisor, "1001").await, "READY");
    // The answer to the supervisor's own command is told once, though the change is pushed too.
    supervisor.send("MakeNotReady#1001").await;
    assert_eq!(member_state(&mut supervisor, "1001").await, "NOT_READY");
    supervisor.send("getteamusers#1101#1,false").await;
    supervisor.until("TeamUsersList").await;
    ann.send("MakeReady#1001").await;
    ann.state("READY").await;
    supervisor.send("getteamuserstate#1101#1001").await;
    assert_eq!(member_state(&mut supervisor, "1001").await, "READY");
    assert!(supervisor.quiet().await.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn monitoring_is_told_to_the_supervisor_alone_and_barge_in_to_both() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut ann = Client::sign_in(door, "1001").await;
    let mut supervisor = Client::sign_in(door, "1101").await;
    ann.send("MakeReady#1001").await;
    ann.state("READY").await;
    world.sim.control().place_call("5551234", "10", &[]).unwrap();
    let call = ann.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    ann.send(&format!("AnswerCall#1001#{call}")).await;
    ann.call("ACTIVE").await;
    ann.quiet().await;

    supervisor.send("silentmonitor#1101#2001").await;
    let monitor = supervisor.call("ACTIVE").await;
    assert_eq!(monitor["callType"], "SM");
    let monitor_id = monitor["dialogId"].as_str().unwrap().to_owned();
    assert!(ann.quiet().await.is_empty(), "nothing of it is told");
    ann.send(&format!("ReleaseCall#1001#{monitor_id}\nReleaseCall#1001#999999")).await;
    let (mut hidden, mut unknown) = (ann.until("Error").await, ann.until("Error").await);
    assert_eq!((hidden["dialogId"].take(), unknown["dialogId"].take()), (json!(monitor_id), json!("999999")));
    assert_eq!(hidden, unknown, "nor found out");

    supervisor.send(&format!("bargein#1101#1001,{monitor_id}")).await;
    let over = supervisor.call("DROPPED").await;
    assert_eq!(over["dialogId"], monitor_id.as_str());
    let joined = supervisor.call("ACTIVE").await;
    assert_eq!(joined["dialogId"], call.as_str());
    let parties = joined["participants"].as_array().unwrap();
    let tags: Vec<_> = parties.iter().filter(|party| party["tag"] == "SUPERVISOR_BARGE_IN").collect();
    assert_eq!(tags.len(), 1);
    assert_eq!((&tags[0]["mediaAddress"], joined.get("callType")), (&json!("2101"), None));
    supervisor.send(&format!("dropparticipant#1101#5551234,{call}")).await;
    assert_eq!(supervisor.until("Error").await["reason"], "INVALID_DESTINATION");
    supervisor.send(&format!("dropparticipant#1101#2001,{call}")).await;
    let left = ann.call("DROPPED").await;
    assert_eq!((&left["dialogId"], &left["prevDialogId"]), (&json!(call), &Value::Null));
    world.stop().await;
}

#[tokio::test]
async fn lists_are_answered_in_their_layouts() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut ann = Client::sign_in(door, "1001").await;
    ann.send("getqueuelist#1001\nGetPhonebooks#1001\nGetTeamPhonebooks#1001#1").await;
    assert_eq!(ann.until("QueueList").await["queues"][0]["id"], "10");
    let books = ann.until("Phonebooks").await;
    let book = books["phonebooks"][0]["id"].as_str().unwrap().to_owned();
    ann.until("TeamPhoneBooks").await;
    ann.send(&format!("GetPhonebookContacts#1001#{book}\ngetallagents#1001")).await;
    let (mut contacts, mut agents) = (false, false);
    while !(contacts && agents) {
        let line = ann.next().await;
        contacts |= line["type"] == "PhonebookContacts" && line["phonebookId"] == book.as_str();
        let listed = json!([{"firstName": "Agent", "lastName": "1001", "extension": "2001"}]);
        agents |= line.is_array() && line[0] == json!({"type": "Agents", "users": listed});
    }
    world.stop().await;
}

#[tokio::test]
async fn a_mobile_agent_signs_in_over_a_line_by_answering_the_set_up_call() {
    let world = World::start(Flavour::Ucce).await;
    let door = open(&world, options());
    let mut ann = Client::connect(door).await;
    ann.send("MobileAgentLogin#1001#demo,2001,5557777,false").await;
    let call = ann.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    ann.send(&format!("AnswerCall#1001#{call}")).await;
    ann.state("NOT_READY").await;
    world.stop().await;
}
