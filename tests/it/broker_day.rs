//! An agent's day and a supervisor's hour at a real broker, for a desktop that speaks JMS and one that speaks STOMP.

use generic_connector::sim;
use serde_json::json;

use crate::broker::desk::Desk;
use crate::broker::site::Site;
use crate::broker::{Broker, jms, stomp};

/// What an agent does from sign-in to sign-out; the colleague takes over a call.
async fn an_agents_day(sim: &sim::Server, desk: &mut impl Desk, colleague: &mut impl Desk) {
    desk.send("Hello#desk.1", "").await;
    assert_eq!(desk.text().await, r#"{"type":"System","status":"IN_SERVICE"}"#);
    desk.send("Connect#1001", "desk.1,demo").await;
    desk.send("Login#1001", "demo,2001").await;
    desk.state("1001", "NOT_READY").await;
    assert_eq!(desk.until("AgentInfo").await["team"], json!({"id": "1", "name": "Sales"}));
    desk.send("Beat#desk.1", "").await;
    assert_eq!(desk.until("System").await["status"], "IN_SERVICE");
    desk.send("makeready# 1001", "").await;
    desk.state("1001", "READY").await;

    sim.control().place_call("5551234", "8010", &[("callVariable3", "gold")]).unwrap();
    let ringing = desk.until("NewInboundCall").await;
    assert_eq!((&ringing["fromAddress"], &ringing["agentId"]), (&json!("5551234"), &json!("1001")));
    assert_eq!(ringing["callVariables"][2], json!({"callVariable3": "gold"}));
    let call = ringing["dialogId"].as_str().unwrap().to_owned();
    desk.send("AnswerCall#1001", &call).await;
    desk.call("ACTIVE").await;
    desk.send("HoldCall#1001", &call).await;
    desk.call("HELD").await;
    desk.send("getdialogstate#1001", &call).await;
    assert_eq!(desk.until("DialogState").await["state"], "HELD");
    desk.send("RetrieveCall#1001", &call).await;
    desk.call("ACTIVE").await;
    desk.send("update_call_variable#1001", &format!("{call},callVariable4,größer, #1")).await;
    desk.find(|event| event["callVariables"][3] == json!({"callVariable4": "größer, #1"})).await;
    desk.send("wrapupreasoncode#1001", "").await;
    let reasons = desk.until("ReasonCodes").await;
    assert_eq!(reasons["category"], "WrapUp");
    let (_, label) = reasons["reasonCodes"][0].as_object().unwrap().iter().next().unwrap();
    desk.send("wrapup#1001", &format!("{},{call}", label.as_str().unwrap())).await;

    colleague.sign_in("1002", "desk.2").await;
    desk.send("ConsultCall#1001", &format!("2002,{call}")).await;
    let consulted = colleague.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    colleague.send("AnswerCall#1002", &consulted).await;
    colleague.call("ACTIVE").await;
    let consult = desk.find(|event| event["type"] == "ConsultCall" && event["state"] == "ACTIVE").await;
    assert_eq!(consult["assDialogId"], consulted.as_str());
    desk.send("TransferCall#1001", &format!("2002,{call}")).await;
    let over = desk.call("DROPPED").await;
    assert_eq!((&over["dialogId"], &over["prevDialogId"]), (&json!(call), &json!(call)));
    let over = desk.find(|event| event["type"] == "ConsultCall" && event["state"] == "DROPPED").await;
    assert_eq!(over["assDialogId"], consulted.as_str());
    let mine = colleague.find(|event| event["dialogId"] == call.as_str() && event["state"] == "ACTIVE").await;
    assert_eq!(mine["prevDialogId"], consulted.as_str());
    colleague.send("ReleaseCall#1002", &call).await;
    colleague.find(|event| event["dialogId"] == call.as_str() && event["state"] == "DROPPED").await;

    desk.send("reasoncodenotready#1001", "").await;
    let reasons = desk.until("ReasonCodes").await;
    assert_eq!(reasons["category"], "NOT_READY");
    let (reason, _) = reasons["reasonCodes"][0].as_object().unwrap().iter().next().unwrap();
    desk.send("MakeNotReadyWithReason#1001", reason).await;
    desk.find(|event| event["state"] == "NOT_READY" && event["reasonCode"] == reason.as_str()).await;
    desk.send("MakeCall#1001", "5559876").await;
    let dialled = desk.find(|event| event["type"] == "InboundCall" && event["fromAddress"] == "5559876").await;
    desk.send("ReleaseCall#1001", dialled["dialogId"].as_str().unwrap()).await;
    desk.call("DROPPED").await;
    desk.send("HoldCall#1001", &call).await;
    assert_eq!(desk.until("Error").await["command"], "HoldCall");
    desk.send("reasoncodelogout#1001", "").await;
    let reasons = desk.until("ReasonCodes").await;
    assert_eq!(reasons["category"], "LOGOUT");
    let (reason, _) = reasons["reasonCodes"][0].as_object().unwrap().iter().next().unwrap();
    desk.send("logoutwithreason#1001", reason).await;
    desk.state("1001", "LOGOUT").await;
}

/// What a supervisor does, while the agent 1003 works.
async fn a_supervisors_hour(sim: &sim::Server, supervisor: &mut impl Desk, agent: &mut impl Desk) {
    supervisor.sign_in("1101", "desk.1").await;
    agent.sign_in("1003", "desk.2").await;
    supervisor.send("getteamusers#1101", "1,true").await;
    let team = supervisor.until("TeamUsersList").await;
    assert_eq!(team["team"], json!({"id": "1", "name": "Sales"}));
    assert!(team["users"].as_array().unwrap().iter().any(|user| user["loginId"] == "1003"), "{team}");
    supervisor.send("getteamuserstate#1101", "1003").await;
    supervisor.state("1003", "NOT_READY").await;
    agent.send("MakeReady#1003", "").await;
    supervisor.state("1003", "READY").await;

    sim.control().place_call("5551234", "8010", &[]).unwrap();
    let call = agent.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    agent.send("AnswerCall#1003", &call).await;
    agent.call("ACTIVE").await;
    supervisor.send("silentmonitor#1101", "2003").await;
    let monitoring = supervisor.call("ACTIVE").await;
    assert_eq!(monitoring["callType"], "SM");
    let monitoring = monitoring["dialogId"].as_str().unwrap();
    supervisor.send("bargein#1101", &format!("2003,{monitoring}")).await;
    assert_eq!(supervisor.call("DROPPED").await["dialogId"], monitoring);
    let joined = supervisor.call("ACTIVE").await;
    assert_eq!(joined["dialogId"], call.as_str());
    let parties = joined["participants"].as_array().unwrap();
    assert!(parties.iter().any(|party| party["tag"] == "SUPERVISOR_BARGE_IN"), "{joined}");
    supervisor.send("dropparticipant#1101", &format!("2003,{call}")).await;
    assert_eq!(agent.call("DROPPED").await["dialogId"], call.as_str());
    supervisor.send("ReleaseCall#1101", &call).await;
    supervisor.call("DROPPED").await;

    supervisor.send("getqueuelist#1101", "").await;
    supervisor.until("QueueList").await;
    supervisor.send("GetPhonebooks#1101", "").await;
    let books = supervisor.until("Phonebooks").await;
    let book = books["phonebooks"][0]["id"].as_str().unwrap();
    supervisor.send("GetPhonebookContacts#1101", book).await;
    assert_eq!(supervisor.until("PhonebookContacts").await["phonebookId"], book);
    supervisor.send("GetTeamPhonebooks#1101", "1").await;
    supervisor.until("TeamPhoneBooks").await;
    // A broker does not tell whose command it is: to one who is connected it is the agent's own, who may not leave from ready.
    supervisor.send("MakeNotReady#1003", "").await;
    supervisor.state("1003", "NOT_READY").await;
    supervisor.send("Logout#1003", "").await;
    supervisor.state("1003", "LOGOUT").await;
    agent.state("1003", "LOGOUT").await;
    supervisor.send("Logout#1101", "").await;
    supervisor.state("1101", "LOGOUT").await;
}

#[tokio::test]
async fn a_jms_desktop_goes_through_a_day_and_a_supervisors_hour() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut desk = jms::Desktop::start(&broker.url(), "desk.1", "Connector1").await;
    let mut other = stomp::Desktop::connect(broker.stomp(), "desk.2").await;
    an_agents_day(&site.sim, &mut desk, &mut other).await;
    a_supervisors_hour(&site.sim, &mut desk, &mut other).await;
    site.stop().await;
}

#[tokio::test]
async fn a_stomp_desktop_goes_through_a_day_and_a_supervisors_hour() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut desk = stomp::Desktop::connect(broker.stomp(), "desk.1").await;
    let mut other = stomp::Desktop::connect(broker.stomp(), "desk.2").await;
    an_agents_day(&site.sim, &mut desk, &mut other).await;
    a_supervisors_hour(&site.sim, &mut desk, &mut other).await;
    site.stop().await;
}

/// The next event in the text encoding that begins so, as tokens; others are passed over. Every one is made of tokens.
async fn tokens(desk: &mut impl Desk, beginning: &str) -> Vec<String> {
    loop {
        let text = desk.text().await;
        let tokens: Vec<String> = text.split('#').map(str::to_owned).collect();
        assert!(tokens.len() > 1 && !text.contains(['{', '\n']), "{text}");
        if text.starts_with(beginning) {
            return tokens;
        }
    }
}

#[tokio::test]
async fn a_desktop_that_knows_no_json_is_written_to_in_the_text_encoding() {
    let Some(broker) = Broker::start().await else { return };
    let site = Site::start(&[&broker]).await;
    let mut desk = jms::Desktop::start(&broker.url(), "text.1", "Connector1").await;
    let mut other = stomp::Desktop::connect(broker.stomp(), "desk.2").await;
    desk.send("Hello#text.1", "").await;
    assert_eq!(desk.text().await, "System#IN_SERVICE");
    desk.send("Connect#1001", "text.1,demo").await;
    desk.send("Login#1001", "demo,2001").await;
    tokens(&mut desk, "1001#State#NOT_READY#").await;
    assert_eq!(tokens(&mut desk, "1001#AgentInfo#").await[2..5], ["Agent", "1001", "false"]);
    desk.send("MakeReady#1001", "").await;
    tokens(&mut desk, "1001#State#READY#").await;
    site.sim.control().place_call("5551234", "8010", &[("callVariable3", "a#b|c,d")]).unwrap();
    let ringing = tokens(&mut desk, "1001#NewInboundCall#").await;
    assert_eq!((ringing.len(), ringing[2].as_str()), (5, "5551234"), "{ringing:?}");
    assert_eq!(ringing[3].split('|').count(), 11, "no value is read as two: {ringing:?}");
    let call = ringing[4].strip_prefix("dialogId:").unwrap().to_owned();
    desk.send("AnswerCall#1001", &call).await;
    tokens(&mut desk, &format!("1001#InboundCall#ACTIVE#dialogId:{call}#")).await;
    desk.send("HoldCall#1001", &call).await;
    tokens(&mut desk, &format!("1001#InboundCall#HELD#dialogId:{call}")).await;
    desk.send("RetrieveCall#1001", &call).await;
    tokens(&mut desk, "1001#InboundCall#ACTIVE#").await;
    // A colleague whose desktop knows JSON is at the same broker.
    other.sign_in("1002", "desk.2").await;
    desk.send("ConsultCall#1001", &format!("2002,{call}")).await;
    let consult = other.until("NewInboundCall").await["dialogId"].as_str().unwrap().to_owned();
    other.send("AnswerCall#1002", &consult).await;
    tokens(&mut desk, &format!("1001#ConsultCall#ACTIVE#assDialogId:{consult}#")).await;
    desk.send("Conferencecall#1001", &format!("2002,{call}")).await;
    tokens(&mut desk, &format!("1001#ConsultCall#DROPPED#assDialogId:{consult}")).await;
    desk.send("ReleaseCall#1001", &call).await;
    tokens(&mut desk, &format!("1001#InboundCall#DROPPED#dialogId:{call}")).await;
    desk.send("HoldCall#1001", "77").await;
    assert_eq!(tokens(&mut desk, "1001#Error#").await.len(), 4);
    desk.send("MakeNotReady#1001", "").await;
    tokens(&mut desk, "1001#State#NOT_READY#").await;
    desk.send("Logout#1001", "").await;
    tokens(&mut desk, "1001#State#LOGOUT#").await;
    site.stop().await;
}
