//! The catalogue's properties: nothing panics, parameters survive their text, secrets do not show.

#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use prost::Message;
use secrecy::ExposeSecret;

use super::catalogue::{Access, IdKind, RPCS, VERBS, parse, rpc, verb};
use super::{Command, Options, Request, Wait, agent, call, dialog};
use crate::model::agent::MobileMode;
use crate::model::reason::ReasonKey;
use crate::model::{Error, Reason};
use crate::pb;

fn command(verb: &str, body: &str) -> Result<Command, Error> {
    parse(verb, "1001", body).map(|parsed| parsed.command)
}

fn reason(verb: &str, body: &str) -> Reason {
    command(verb, body).unwrap_err().reason
}

#[test]
fn verbs_are_found_whatever_their_case_and_ids_kept_as_sent() {
    let parsed = parse(" MAKEREADY ", " Ann@Corp ", "").unwrap();
    assert_eq!((parsed.verb.name, parsed.id.as_str()), ("MakeReady", "Ann@Corp"));
    assert_eq!(parsed.command, Command::MakeReady(agent::MakeReady));
    assert_eq!(parsed.command.name(), "MakeReady");
    assert!(parsed.command.is_changing());
    assert_eq!(verb("CONFERENCECALL").map(|verb| verb.rpc.name), Some("ConferenceCall"));
    assert_eq!(reason("FlyToTheMoon", ""), Reason::InvalidInput);
}

#[test]
fn a_destination_is_the_id_of_hello() {
    let Command::Hello(hello) = parse("Hello", "192.168.1.148", "").unwrap().command else { panic!() };
    assert_eq!(hello.client_name.as_deref(), Some("192.168.1.148"));
    assert_eq!(VERBS.iter().filter(|verb| verb.id == IdKind::Destination).count(), 2);
}

#[test]
fn sign_in_names_what_is_missing_as_the_old_product_does() {
    assert_eq!(reason("Login", ""), Reason::MissingPassword);
    assert_eq!(reason("Login", "secret"), Reason::MissingExtension);
    assert_eq!(reason("Login", "secret,"), Reason::MissingExtension);
    assert_eq!(reason("Login", ",2001"), Reason::MissingPassword);
    assert_eq!(reason("Login", "secret,20 01"), Reason::WrongExtension);
    assert_eq!(reason("Connect", "dest"), Reason::MissingPassword);
    assert_eq!(reason("MobileAgentLogin", "secret,2001,5551234"), Reason::InvalidInput);
    assert_eq!(reason("AnswerCall", ""), Reason::InvalidInput);
    assert_eq!(reason("AnswerCall", "1,2"), Reason::InvalidInput);
    assert_eq!(reason("MakeNotReadyWithReason", " "), Reason::ReasonCodeRequired);
}

#[test]
fn surplus_commas_go_to_the_greedy_parameter() {
    let Command::Login(login) = command("Login", "a, b,c,2001").unwrap() else { panic!() };
    assert_eq!(login.password.unwrap().expose_secret(), "a, b,c");
    assert_eq!(login.extension.as_str(), "2001");
    let Command::Connect(connect) = command("Connect", "dest,p,w").unwrap() else { panic!() };
    assert_eq!((connect.client_name.as_deref(), connect.password.expose_secret()), (Some("dest"), "p,w"));
    let Command::WrapUp(wrap_up) = command("wrapup", "Sold, later,77").unwrap() else { panic!() };
    assert_eq!((wrap_up.reason.as_str(), wrap_up.dialog_id.as_str()), ("Sold, later", "77"));
    let Command::MobileAgentLogin(mobile) = command("MobileAgentLogin", "p,2001,5551234,False").unwrap() else {
        panic!()
    };
    assert_eq!(mobile.mode, MobileMode::NailedConnection);
}

#[test]
fn parameters_that_may_be_left_out() {
    let subscribe = |body: &str| match command("getteamusers", body) {
        Ok(Command::GetTeamUsers(users)) => users.subscribe,
        other => panic!("{other:?}"),
    };
    assert!(subscribe("7"));
    assert!(subscribe("7, TRUE"));
    assert!(!subscribe("7,false"));
    assert_eq!(reason("getteamusers", "7,maybe"), Reason::InvalidInput);
    let Command::TransferCall(transfer) = command("TransferCall", ",77").unwrap() else { panic!() };
    assert_eq!(transfer.extension, None);
}

/// A good value for each parameter of the catalogue.
fn sample(field: &str) -> &'static str {
    match field {
        "name" => "callVariable1",
        "mode" => "true",
        "subscribe" => "false",
        _ => "2001",
    }
}

#[test]
fn every_verb_takes_its_parameters_and_names_the_one_that_is_missing() {
    for verb in VERBS {
        let values: Vec<&str> = verb.params.iter().map(|param| sample(param.field)).collect();
        let parsed = parse(&verb.name.to_lowercase(), "1001", &values.join(" , ")).unwrap();
        assert_eq!((parsed.verb, parsed.command.name()), (verb, verb.rpc.name));
        let names_a_call = verb.params.iter().any(|param| param.field == "dialog_id");
        assert_eq!(parsed.command.dialog_id().is_some(), names_a_call, "{}", verb.name);
        let required = verb.params.iter().filter(|param| !param.optional);
        for (given, param) in required.enumerate() {
            let error = parse(verb.name, "1001", &values[..given].join(",")).unwrap_err();
            assert!(error.message.contains(param.field), "{}: {error}", verb.name);
        }
        let surplus = parse(verb.name, "1001", &"2001,".repeat(values.len() + 1));
        assert!(surplus.is_err() || verb.params.iter().any(|param| param.greedy), "{}", verb.name);
    }
}

#[test]
fn call_data_keeps_finesses_rules() {
    let set = |name: &str, value: &str| command("update_call_variable", &format!("1,{name},{value}"));
    for good in ["callVariable1", "callVariable10", "user.ticket", "user.list[12]"] {
        assert!(set(good, "a,b").is_ok(), "{good}");
    }
    for bad in ["callVariable0", "callVariable11", "callVariable01", "BAStatus", "user.", "user.a[", "user.a[x]", "x"] {
        assert_eq!(set(bad, "1").unwrap_err().reason, Reason::InvalidInput, "{bad}");
    }
    assert!(set("callVariable1", &"x".repeat(40)).is_ok());
    assert!(set("callVariable1", &"x".repeat(41)).is_err());
    assert!(set("callVariable1", "a\nb").is_err());
    let Command::UpdateCallVariable(update) = set("callVariable2", "").unwrap() else { panic!() };
    assert_eq!(update.value, "");
}

#[test]
fn a_reason_is_named_one_way() {
    let request = |id: &str, code: &str| pb::LogoutWithReasonRequest {
        reason_id: id.into(),
        reason_code: code.into(),
        options: None,
    };
    let named = |id, code| agent::LogoutWithReason::try_from(request(id, code)).map(|command| command.reason);
    assert_eq!(named("", "12"), Ok(ReasonKey::Code("12".into())));
    assert!(matches!(named("16", ""), Ok(ReasonKey::Id(_))));
    assert_eq!(named("", "").unwrap_err().reason, Reason::ReasonCodeRequired);
    assert_eq!(named("16", "12").unwrap_err().reason, Reason::InvalidInput);
}

#[test]
fn options_are_read_beside_the_fields() {
    let options = pb::CommandOptions {
        request_id: "67e55044-10b1-426f-9247-bb680e5fe0c8".into(),
        epoch: Some(7),
        expected_version: None,
        wait: pb::Wait::Accepted.into(),
    };
    let request = pb::HoldCallRequest { dialog_id: "77".into(), options: Some(options.clone()) };
    let request = Request::try_from(request).unwrap();
    assert_eq!(request.options.wait, Wait::Accepted);
    assert_eq!(request.options.epoch.map(|epoch| epoch.0), Some(7));
    assert_eq!(request.command, Command::HoldCall(call::HoldCall { dialog_id: "77".parse().unwrap() }));
    assert_eq!(request.command.dialog_id().map(ToString::to_string), Some("77".to_owned()));
    let bare = Request::try_from(pb::HoldCallRequest { dialog_id: "77".into(), options: None }).unwrap();
    assert_eq!(bare.options, Options::default());
    for bad in [
        pb::CommandOptions { request_id: "not a uuid".into(), ..options.clone() },
        pb::CommandOptions { wait: 99, ..options },
    ] {
        assert_eq!(Options::try_from(bad).unwrap_err().reason, Reason::InvalidInput);
    }
}

#[test]
fn access_is_known_by_path() {
    assert_eq!(rpc("/gc.v1.AgentService/Connect").map(|rpc| rpc.access), Some(Access::Public));
    assert_eq!(rpc("/gc.v1.SupervisorService/BargeIn").map(|rpc| rpc.access), Some(Access::Supervisor));
    assert_eq!(rpc("/grpc.health.v1.Health/Check"), None);
    assert!(RPCS.is_sorted_by_key(|rpc| rpc.path));
}

#[test]
fn error_reasons_of_the_model_and_of_the_proto_are_the_same() {
    let proto: Vec<&str> = super::catalogue::REASONS.iter().map(|reason| reason.name).collect();
    let model: Vec<&str> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    assert_eq!(proto, model);
}

const SECRET: &str = "hunter2-S3cret";

#[test]
fn no_debug_shows_a_secret() {
    let options = Some(pb::CommandOptions::default());
    let connect = pb::ConnectRequest { agent_id: "1001".into(), password: SECRET.into(), client_name: String::new() };
    let login = pb::LoginRequest { password: Some(SECRET.into()), extension: "2001".into(), options: options.clone() };
    let mobile = pb::MobileAgentLoginRequest {
        password: Some(SECRET.into()),
        extension: "2001".into(),
        dial_number: "5551234".into(),
        mode: pb::MobileMode::CallByCall.into(),
        options,
    };
    let nested = pb::AttachRequest {
        message: Some(pb::attach_request::Message::Command(pb::AttachCommand {
            request_id: String::new(),
            request: Some(pb::attach_command::Request::Login(login.clone())),
        })),
    };
    let shown = [
        format!("{connect:?}{login:?}{mobile:?}{nested:?}"),
        format!("{:?}", pb::ConnectResponse { token: SECRET.into(), ..Default::default() }),
        format!("{:?}", pb::Attach { token: SECRET.into(), ..Default::default() }),
        format!("{:?}", pb::ExchangeRequest { r#type: "Login#1001".into(), body: SECRET.into() }),
        format!("{:?}", Request::try_from(connect)),
        format!("{:?}{:?}", Request::try_from(login), Request::try_from(mobile)),
    ];
    let redacted = include_str!(concat!(env!("OUT_DIR"), "/redact.rs")).matches("impl std::fmt::Debug").count();
    assert_eq!(redacted, 6, "a message with a secret is not tested here");
    for text in shown {
        assert!(!text.contains(SECRET), "{text}");
        assert!(text.contains("redacted") || text.contains("REDACTED"), "{text}");
    }
}

fn some_verb() -> impl Strategy<Value = &'static str> {
    (0..VERBS.len()).prop_map(|index| VERBS[index].name)
}

proptest! {
    #[test]
    fn no_text_panics(verb in "\\PC{0,40}", id in "\\PC{0,200}", body in ".{0,400}") {
        let _ = parse(&verb, &id, &body);
    }

    #[test]
    fn no_body_of_a_known_verb_panics_or_shows_in_its_error(
        verb in some_verb(),
        id in ".{0,20}",
        body in "[a-z0-9,# |é\\x00]{0,60}",
    ) {
        if let Err(error) = parse(verb, &id, &format!("{SECRET},{body},{SECRET}")) {
            let shown = format!("{error} {error:?}");
            prop_assert!(!shown.contains(SECRET));
        }
    }

    #[test]
    fn parameters_survive_their_text(
        password in "[ -~]{1,40}",
        extension in "[0-9]{1,15}",
        dialog in "[0-9]{1,12}",
        value in "[ -~]{0,40}",
    ) {
        prop_assume!(!password.trim().is_empty());
        let Ok(Command::Login(login)) = command("login", &format!("{password},{extension}")) else { panic!() };
        let taken = login.password.unwrap();
        prop_assert_eq!(taken.expose_secret(), password.as_str());
        prop_assert_eq!(login.extension.as_str(), extension.as_str());
        let update = command("update_call_variable", &format!("{dialog},callVariable3,{value}")).unwrap();
        let dialog_id = dialog.parse().unwrap();
        let expected = dialog::UpdateCallVariable { dialog_id, name: "callVariable3".into(), value };
        prop_assert_eq!(update, Command::UpdateCallVariable(expected));
    }

    #[test]
    fn text_and_message_give_the_same_command(to in "[!-+--~]{1,40}", dialog in "[0-9]{1,12}") {
        let typed = pb::ConsultCallRequest { to: to.clone(), dialog_id: dialog.clone(), options: None };
        let typed = pb::ConsultCallRequest::decode(typed.encode_to_vec().as_slice()).unwrap();
        let typed = Request::try_from(typed).map(|request| request.command);
        prop_assert_eq!(command("ConsultCall", &format!("{to},{dialog}")), typed);
    }
}
