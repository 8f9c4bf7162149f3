//! Desktops that know no JSON: lines of tokens over a real socket, literally.

use generic_connector::bridge::hash::style::SupervisorErrors;
use generic_connector::bridge::say::Encoding;
use generic_connector::bridge::tcp::Options;
use generic_connector::sim::Flavour;

use crate::bridge_client::{Client, open, options};
use crate::support::World;

fn text_options() -> Options {
    Options { encoding: Encoding::Text, ..options() }
}

/// A line without what differs from run to run: times are `TIME`.
fn timeless(line: &str) -> String {
    let is_time = |token: &str| {
        let shape: String = token.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        shape == "0000-00-00 00:00:00"
    };
    let field = |field: &str| match field.split_at_checked(field.len().saturating_sub(19)) {
        Some((label, time)) if is_time(time) => format!("{label}TIME"),
        _ => field.to_owned(),
    };
    let token = |token: &str| token.split(',').map(field).collect::<Vec<_>>().join(",");
    line.split('#').map(token).collect::<Vec<_>>().join("#")
}

/// The next line that begins so; others are passed over.
async fn until(desk: &mut Client, begins: &str) -> String {
    loop {
        let line = desk.line().await.expect("the connection has ended");
        if line.starts_with(begins) {
            return timeless(&line);
        }
    }
}

/// The variables of a call whose third one held what separates.
const VARIABLES: &str = concat!(
    "callVariable1=|callVariable2=|callVariable3=gold   1   a=b|callVariable4=|callVariable5=|callVariable6=|",
    "callVariable7=|callVariable8=|callVariable9=|callVariable10=|ani=5551234",
);

#[tokio::test]
async fn an_agents_day_in_tokens() {
    let world = World::start(Flavour::Ucce).await;
    let mut desk = Client::connect(open(&world, text_options())).await;
    desk.send("Hello#desk").await;
    assert_eq!(desk.line().await.unwrap(), "System#IN_SERVICE");
    // As a shipped client does it: both at once, without waiting.
    desk.send("Connect#1001#desk,demo\nLogin#1001#demo,2001").await;
    assert_eq!(until(&mut desk, "1001#State").await, "1001#State#NOT_READY####TIME#Agent 1001#1001#2001");
    let info = until(&mut desk, "1001#AgentInfo").await;
    assert_eq!(info, "1001#AgentInfo#Agent#1001#false#OPTIONAL#numberOfTeams:0##1#Agent 1001");
    desk.send("MakeReady#1001").await;
    assert_eq!(until(&mut desk, "1001#State#READY").await, "1001#State#READY####TIME#Agent 1001#1001#2001");

    world.sim.control().place_call("5551234", "8010", &[("callVariable3", "gold, #1 | a=b")]).unwrap();
    let ringing = until(&mut desk, "1001#NewInboundCall").await;
    let id = ringing.rsplit_once(':').unwrap().1.to_owned();
    assert_eq!(ringing, format!("1001#NewInboundCall#5551234#{VARIABLES}#dialogId:{id}"));
    let call = |state: &str, own: &str| {
        let parties = format!("5551234,ACTIVE,NULL|2001,{own},AGENT_DEVICE");
        let tail = format!("TIME#callType:PREROUTE_ACD_IN#prevDialogId:#participants:{parties}");
        format!("1001#InboundCall#{state}#dialogId:{id}#5551234#{VARIABLES}#{tail}")
    };
    desk.send(&format!("AnswerCall#1001#{id}")).await;
    assert_eq!(until(&mut desk, "1001#InboundCall#ACTIVE").await, call("ACTIVE", "ACTIVE"));
    desk.send(&format!("HoldCall#1001#{id}")).await;
    assert_eq!(until(&mut desk, "1001#InboundCall#HELD").await, call("HELD", "HELD"));
    desk.send(&format!("getdialogstate#1001#{id}")).await;
    assert_eq!(until(&mut desk, "1001#DialogState").await, format!("1001#DialogState#HELD#dialogId:{id}"));
    desk.send(&format!("RetrieveCall#1001#{id}")).await;
    assert_eq!(until(&mut desk, "1001#InboundCall#ACTIVE").await, call("ACTIVE", "ACTIVE"));

    // Nobody is signed in there.
    desk.send(&format!("ConsultCall#1001#2002,{id}")).await;
    let failed = until(&mut desk, "1001#ConsultCall#FAILED").await;
    let consult = failed.split([':', '#']).nth(4).unwrap().to_owned();
    assert_eq!(failed, format!("1001#ConsultCall#FAILED#assDialogId:{consult}#BAD_DESTINATION"));
    desk.send(&format!("ReleaseCall#1001#{consult}")).await;
    let over = until(&mut desk, "1001#ConsultCall#DROPPED").await;
    assert_eq!(over, format!("1001#ConsultCall#DROPPED#assDialogId:{consult}#2002"));
    desk.send(&format!("ReleaseCall#1001#{id}")).await;
    let over = until(&mut desk, "1001#InboundCall#DROPPED").await;
    assert_eq!(over, format!("1001#InboundCall#DROPPED#dialogId:{id}"));

    let mut answers = Vec::new();
    for (command, event) in [
        ("reasoncodenotready#1001", "ReasonCodes"),
        ("ReleaseCall#1001#77", "Error"),
        ("getallagents#1001", "Agents"),
        ("GetPhonebooks#1001", "Phonebooks"),
        ("GetPhonebookContacts#1001#1", "PhonebookContacts"),
        ("MakeNotReady#1001", "State#NOT_READY"),
        ("Logout#1001", "State#LOGOUT"),
    ] {
        desk.send(command).await;
        answers.push(until(&mut desk, &format!("1001#{event}")).await);
    }
    let expected = [
        "1001#ReasonCodes#NOT_READY#1,2#reasonLabels:Lunch,Meeting",
        "1001#Error#NOT_FOUND#finesse refused: Invalid dialogId specified for dialog",
        "1001#Agents#firstName:Agent,lastName:1001,extension:2001",
        "1001#Phonebooks#name:Company,type:GLOBAL,id:1#name:Sales partners,type:TEAM,id:2",
        "1001#PhonebookContacts#Front desk,Rita,Reception,5550100,1#,Ivan,Invoices,5550101,2",
        "1001#State#NOT_READY####TIME#Agent 1001#1001#2001",
        "1001#State#LOGOUT####TIME#Agent 1001#1001#",
    ];
    assert_eq!(answers, expected);
    world.stop().await;
}

#[tokio::test]
async fn a_supervisors_lists_in_tokens() {
    let world = World::start(Flavour::Ucce).await;
    let mut options = text_options();
    options.style.text.supervisor_errors = SupervisorErrors::Control;
    let door = open(&world, options);
    let mut ann = Client::connect(door).await;
    ann.send("Connect#1001#desk,demo\nLogin#1001#demo,2001").await;
    until(&mut ann, "1001#State").await;
    let mut supervisor = Client::connect(door).await;
    supervisor.send("Connect#1101#desk,demo\nLogin#1101#demo,2101").await;
    let mut heard = vec![until(&mut supervisor, "1101#AgentInfo").await];
    for (command, event) in [
        ("getteamusers#1101#1,true", "TeamUsersList"),
        // The answer to what is done to a member is for the supervisor and about the member.
        ("MakeReady#1001", "State#READY"),
        ("getteamuserstate#1101#1001", "State"),
        ("getqueuelist#1101", "QueueList"),
        ("GetTeamPhonebooks#1101#1", "TeamPhoneBooks"),
        ("bargein#1101#1011,77", "Control"),
        ("getteamusers#1101#99", "Error"),
    ] {
        supervisor.send(command).await;
        heard.push(until(&mut supervisor, &format!("1101#{event}")).await);
    }
    let user = |name: &str, id: &str, extension: &str| {
        let state = "state:NOT_READY,reasonCode:,pendingState:,stateChangeTime:TIME";
        format!("firstName:{name},lastName:{id},extension:{extension},loginId:{id},{state}")
    };
    let users = format!("{}#{}", user("Agent", "1001", "2001"), user("Supervisor", "1101", "2101"));
    let expected = [
        "1101#AgentInfo#Supervisor#1101#true#OPTIONAL#numberOfTeams:1#1,Sales#1#Supervisor 1101",
        &format!("1101#TeamUsersList#{users}"),
        "1101#State#READY####TIME#Agent 1001#1001#2001",
        "1101#State#READY####TIME#Agent 1001#1001#2001",
        "1101#QueueList#Sales,1,1,0,0,0,0,0,0,",
        "1101#TeamPhoneBooks#name:Sales partners,type:TEAM,id:2",
        "1101#Control#AUTHORIZATION_FAILURE#1011 is in no team that the agent supervises",
        "1101#Error#AUTHORIZATION_FAILURE#the agent does not supervise team 99",
    ];
    assert_eq!(heard, expected);
    // An event about the member is for the supervisor too.
    until(&mut ann, "1001#State#READY").await;
    ann.send("MakeNotReady#1001").await;
    let changed = until(&mut supervisor, "1101#State#NOT_READY").await;
    assert_eq!(changed, "1101#State#NOT_READY####TIME#Agent 1001#1001#2001");
    world.stop().await;
}

/// What both encodings say of an agent: the event, the state, the call.
type Told = (String, String, String);

fn told_in_json(line: &str) -> Told {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    (word("type"), word("state"), word("dialogId"))
}

fn told_in_text(line: &str) -> Told {
    let tokens: Vec<_> = line.split('#').collect();
    let id = |token: usize| tokens[token].split(':').nth(1).unwrap().to_owned();
    let (state, id) = match tokens[1] {
        "NewInboundCall" => (String::new(), id(4)),
        "InboundCall" => (tokens[2].to_owned(), id(3)),
        _ => (tokens[2].to_owned(), String::new()),
    };
    (tokens[1].to_owned(), state, id)
}

/// Two desktops of one agent, and all that they are told of states and calls.
struct Pair {
    json: Client,
    text: Client,
    by_json: Vec<Told>,
    by_text: Vec<Told>,
}

impl Pair {
    /// Reads both up to an event, and gives the call's id.
    async fn until(&mut self, event: &str, state: &str) -> String {
        let is_it = |told: &Told| told.0 == event && told.1 == state;
        while !self.by_json.last().is_some_and(is_it) {
            self.by_json.push(told_in_json(&self.json.line().await.unwrap()));
        }
        while !self.by_text.last().is_some_and(is_it) {
            self.by_text.push(told_in_text(&self.text.line().await.unwrap()));
        }
        self.by_text.last().unwrap().2.clone()
    }
}

#[tokio::test]
async fn two_encodings_of_one_agent_tell_the_same_in_the_same_order() {
    let world = World::start(Flavour::Ucce).await;
    let json = Client::sign_in(open(&world, options()), "1001").await;
    let mut text = Client::connect(open(&world, text_options())).await;
    text.send("Connect#1001#desk,demo\ngetdialogstate#1001#1").await;
    assert_eq!(until(&mut text, "1001#DialogState").await, "1001#DialogState#NOT_FOUND#dialogId:1");
    let mut pair = Pair { json, text, by_json: Vec::new(), by_text: Vec::new() };
    pair.json.send("MakeReady#1001").await;
    pair.until("State", "READY").await;
    world.sim.control().place_call("5551234", "8010", &[]).unwrap();
    let id = pair.until("NewInboundCall", "").await;
    pair.text.send(&format!("AnswerCall#1001#{id}")).await;
    pair.until("InboundCall", "ACTIVE").await;
    pair.json.send(&format!("HoldCall#1001#{id}")).await;
    pair.until("InboundCall", "HELD").await;
    pair.text.send(&format!("RetrieveCall#1001#{id}")).await;
    pair.until("InboundCall", "ACTIVE").await;
    pair.json.send(&format!("ReleaseCall#1001#{id}")).await;
    pair.until("InboundCall", "DROPPED").await;
    pair.text.send("MakeNotReady#1001").await;
    pair.until("State", "NOT_READY").await;
    pair.json.send("Logout#1001").await;
    pair.until("State", "LOGOUT").await;
    assert_eq!(pair.by_json, pair.by_text);
    world.stop().await;
}
