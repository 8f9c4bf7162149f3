//! The lines of each event, byte for byte: `tests/fixtures/text/<event>.txt`, which
//! `GC_WRITE=1 cargo test --lib bridge::hash` writes anew.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::style::{AgentInfoTail, ErrorToken, Reserved, SupervisorErrors, TextStyle};
use super::*;
use crate::bridge::json::list_tests::{book, member, queue};
use crate::bridge::json::tests::{at, dialled, party, reason, team, utc, view};
use crate::model::agent::{AgentState, WrapUpMode};
use crate::model::dialog::{CallVariable, DialogState, ParticipantState};
use crate::model::event::CallKind;
use crate::model::phone_book::{Contact, PhoneBook, PhoneBookType};
use crate::model::reason::ReasonCategory;
use crate::model::system::SystemStatus;
use crate::model::team::Team;
use crate::model::{Error, Reason};

pub(super) fn agent() -> Agent {
    Agent {
        first_name: "Ann".to_owned(),
        last_name: "Lee".to_owned(),
        extension: "2001".parse().ok(),
        team: Some(Team { id: "1".parse().unwrap(), name: "Sales".to_owned() }),
        wrap_up_on_incoming: Some(WrapUpMode::NotAllowed),
        state: AgentState::NotReady,
        reason: Some(reason("8", "32", "Lunch")),
        state_change_time: at("2026-11-22 12:46:21"),
        ..Agent::unknown("1001".parse().unwrap())
    }
}

fn supervisor() -> Agent {
    let teams = [("1", "Sales"), ("2", "Claims, Berlin")];
    let teams = teams.map(|(id, name)| Team { id: id.parse().unwrap(), name: name.to_owned() });
    Agent { supervisor: true, teams: teams.to_vec(), wrap_up_on_incoming: None, ..agent() }
}

/// A call from outside that the agent of extension 2001 has.
fn active() -> DialogView {
    let parties = vec![
        party("5551234", ParticipantState::Active, "2026-11-22 12:46:21", false),
        party("2001", ParticipantState::Active, "2026-11-22 12:46:25", true),
    ];
    let mut call = view("16871263", "2001", "5551234", "2001", DialogState::Active, parties);
    call.dialog.call_type = "ACD_IN".into();
    let variables = [("callVariable1", "gold"), ("callVariable3", "a=b #2, c|d"), ("user.url", "https://x/?id=7")];
    let variables = variables.map(|(name, value)| CallVariable { name: name.into(), value: value.into() });
    call.dialog.variables = variables.to_vec();
    call
}

fn consult() -> DialogView {
    let parties = vec![party("2001", ParticipantState::Initiated, "2026-11-22 12:47:02", true)];
    let mut consult = view("16871264", "2001", "2001", "2002", DialogState::Initiated, parties);
    consult.kind = CallKind::Consult;
    consult
}

fn styled(choose: impl FnOnce(&mut TextStyle)) -> Style {
    let mut style = utc();
    choose(&mut style.text);
    style
}

/// Compares lines with the file of the event, or writes it.
fn golden(event: &str, lines: &[Vec<u8>]) {
    let path = format!("{}/tests/fixtures/text/{event}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = String::from_utf8(lines.concat()).unwrap();
    if std::env::var_os("GC_WRITE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{event}");
}

fn lines<const N: usize>(says: [Say<'_>; N], style: &Style) -> Vec<Vec<u8>> {
    says.iter().map(|say| write(say, "1001", style)).collect()
}

#[test]
fn system_is_its_status() {
    golden("System", &lines([Say::System(SystemStatus::InService), Say::System(SystemStatus::OutOfService)], &utc()));
}

#[test]
fn agent_info_ends_as_the_build_that_is_imitated() {
    let (agent, supervisor) = (agent(), supervisor());
    let says = [Say::Info(&agent), Say::Info(&supervisor)];
    golden("AgentInfo", &lines(says, &utc()));
    golden("AgentInfo_name", &lines(says, &styled(|text| text.agent_info = AgentInfoTail::Name)));
}

#[test]
fn a_state_names_whom_it_is_for_and_whom_it_is_about() {
    let mut ready = agent();
    (ready.state, ready.reason, ready.pending_state) = (AgentState::Talking, None, Some(AgentState::NotReady));
    let unknown = Agent::unknown("1001".parse().unwrap());
    let member = member();
    let says = [
        Say::State(&ready),
        Say::State(&agent()),
        Say::State(&unknown),
        Say::Member { member: &member, id: "jehanzeb6" },
    ];
    golden("State", &lines(says, &utc()));
}

#[test]
fn a_ringing_call_has_the_caller_and_the_variables() {
    let call = active();
    golden("NewInboundCall", &lines([Say::NewInboundCall(&call)], &utc()));
    let percent = styled(|text| text.reserved = Reserved::Percent);
    golden("NewInboundCall_percent", &lines([Say::NewInboundCall(&call)], &percent));
}

#[test]
fn a_call_is_told_as_it_is_until_the_agent_has_left_it() {
    let active = active();
    let mut held = DialogView { previous: Some("16871262".parse().unwrap()), ..active.clone() };
    held.dialog.participants[1].state = ParticipantState::Held;
    let mut barged = DialogView { barged_in: true, ..active.clone() };
    barged.dialog.participants.push(party("2002", ParticipantState::Active, "2026-11-22 12:48:00", true));
    let monitor = DialogView { kind: CallKind::Monitor, ..active.clone() };
    let mut failed = dialled();
    failed.dialog.state = DialogState::Failed;
    let unexplained = failed.clone();
    failed.dialog.participants[0].state_cause = "BAD_DESTINATION".into();
    let says = [
        Say::Call(&active),
        Say::Call(&held),
        Say::Call(&barged),
        Say::Call(&monitor),
        Say::Call(&failed),
        Say::Call(&unexplained),
        Say::Left(&active),
        Say::Dropped(&active.dialog.id, CallKind::Call),
    ];
    golden("InboundCall", &lines(says, &utc()));
}

#[test]
fn a_call_in_wrap_up_has_the_short_form() {
    let mut over = active();
    over.dialog.participants[1].state = ParticipantState::WrapUp;
    assert_eq!(write(&Say::Call(&over), "1001", &utc()), b"1001#InboundCall#DROPPED#dialogId:16871263\n");
}

#[test]
fn only_who_monitors_is_told_that_a_call_is_a_monitoring() {
    let mut call = active();
    call.dialog.call_type = "SM".into();
    let line = String::from_utf8(write(&Say::Call(&call), "1001", &utc())).unwrap();
    assert!(line.contains("#callType:#"), "{line}");
}

#[test]
fn a_consult_has_five_tokens_whatever_its_state() {
    let consult = consult();
    let mut failed = consult.clone();
    failed.dialog.state = DialogState::Failed;
    failed.dialog.participants[0].state_cause = "BUSY".into();
    let mut dialling = consult.clone();
    (dialling.dialog.to_address, dialling.dialog.dialed_number) = ("".into(), "2003".into());
    let says = [
        Say::Call(&consult),
        Say::Call(&dialling),
        Say::Call(&failed),
        Say::Left(&consult),
        Say::Dropped(&consult.dialog.id, CallKind::Consult),
    ];
    golden("ConsultCall", &lines(says, &utc()));
}

#[test]
fn what_is_asked_about_a_call_has_its_id() {
    let mut call = active();
    call.dialog.participants[1].actions = vec!["HOLD".into(), "DROP".into()];
    let id = call.dialog.id.clone();
    golden("DialogState", &lines([Say::DialogState(&id, Some(&call)), Say::DialogState(&id, None)], &utc()));
    golden("DialogStateControls", &lines([Say::Controls(&call)], &utc()));
    golden("DialogParticipants", &lines([Say::Participants(&call)], &utc()));
}

#[test]
fn reasons_are_two_parallel_lists() {
    let mut reasons = [reason("8", "32", "Lunch, long"), reason("9", "33", "Break: short"), reason("", "5", "System")];
    reasons[2].system = true;
    let says = [Say::Reasons(ReasonCategory::NotReady, &reasons), Say::Reasons(ReasonCategory::WrapUp, &[])];
    golden("ReasonCodes", &lines(says, &utc()));
}

#[test]
fn lists_have_a_token_for_each_entry() {
    let (team, member, queue, book) = (team(), Arc::new(member()), queue(), book());
    let mut waiting = queue.clone();
    waiting.longest_call_since = at("2026-11-22 12:46:21");
    let queues = [queue, waiting];
    let away = TeamMember { extension: None, state: AgentState::Logout, state_change_time: None, ..(*member).clone() };
    let members = [member, Arc::new(away)];
    let agents = [Arc::new(agent()), Arc::new(Agent { extension: None, ..agent() })];
    let contact = Contact {
        id: "6".to_owned(),
        first_name: "Bo".to_owned(),
        last_name: "Ek".to_owned(),
        phone_number: "+46 8:1".to_owned(),
        description: "Night desk".to_owned(),
    };
    let contacts = [book.contacts[0].clone(), contact].to_vec();
    let of_team = PhoneBook { name: "Sales: all".to_owned(), kind: PhoneBookType::Team, contacts, ..book.clone() };
    let books = [book.clone(), of_team.clone()];
    let empty = PhoneBook { contacts: Vec::new(), ..book };
    let all = Say::PhoneBooks { books: &books, of_team: false };
    let none = |of_team| Say::PhoneBooks { books: &[], of_team };
    for (event, says) in [
        ("Agents", [Say::Agents(&agents), Say::Agents(&[])]),
        ("TeamUsersList", [Say::Team(&team, &members), Say::Team(&team, &[])]),
        ("QueueList", [Say::Queues(&queues), Say::Queues(&[])]),
        ("Phonebooks", [all, none(false)]),
        ("TeamPhoneBooks", [Say::PhoneBooks { books: &books[1..], of_team: true }, none(true)]),
        ("PhonebookContacts", [Say::Contacts(&of_team), Say::Contacts(&empty)]),
    ] {
        golden(event, &lines(says, &utc()));
    }
}

#[test]
fn what_is_refused_has_the_code_and_a_sentence() {
    let mut error = Error::new(Reason::NotSupervisor, "no supervisor of the team, says Finesse");
    error.dialog_id = "16871263".parse().ok();
    let says = ["bargein", "getteamusers"].map(|command| Say::Error { command, error: &error });
    golden("Error", &lines(says, &utc()));
    golden("Control", &lines(says, &styled(|text| text.supervisor_errors = SupervisorErrors::Control)));
    use ErrorToken as T;
    let longest = styled(|text| text.error = vec![T::Code, T::Message, T::Reason, T::Command, T::DialogId, T::Empty]);
    golden("Error_all", &lines(says, &longest));
    golden("ConnectStatus", &lines([Say::ConnectStatus(&error)], &utc()));
}

#[test]
fn every_verb_of_control_is_a_supervisors() {
    let of_control: Vec<_> =
        catalogue::VERBS.iter().map(|verb| verb.name).filter(|name| acts_on_a_member(name)).collect();
    assert_eq!(of_control, ["bargein", "dropparticipant", "endsilentmonitor", "silentmonitor"]);
}

#[test]
fn agents_who_must_connect_again_are_told_at_their_destination() {
    golden("Reconnect", &lines([Say::Reconnect { destination: "10.0.0.7", agent_ids: &["1001", "1002"] }], &utc()));
}

#[test]
fn labels_and_names_are_the_sites() {
    let style = styled(|text| {
        text.labels.dialog_id = "Dialog ID".to_owned();
        text.events.state = "AgentState".to_owned();
        text.events.dialog_state = "DialogStatus".to_owned();
        text.fields.user = Default::default();
    });
    let (call, agent, team, member) = (active(), agent(), team(), Arc::new(member()));
    let id = &call.dialog.id;
    let members = [member];
    let says = [Say::DialogState(id, Some(&call)), Say::State(&agent), Say::Team(&team, &members)];
    let text = String::from_utf8(lines(says, &style).concat()).unwrap();
    let expected = concat!(
        "1001#DialogStatus#ACTIVE#Dialog ID:16871263\n",
        "1001#AgentState#NOT_READY#8###2026-11-22 12:46:21#Ann Lee#1001#2001\n",
        "1001#TeamUsersList#a,b,1006,u6,READY,,,2019-09-17 12:46:21\n",
    );
    assert_eq!(text, expected);
}

#[test]
fn the_document_shows_the_lines_of_every_event() {
    let folder = format!("{}/tests/fixtures/text", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap();
    let golden: Vec<String> = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let document = include_str!("../../../docs/text-encoding.md");
    let shown: Vec<&str> = document.split("```text\n").skip(1).flat_map(|block| block.split("```").next()).collect();
    let shown: Vec<&str> = shown.iter().flat_map(|block| block.lines()).collect();
    for line in &shown {
        assert!(golden.iter().any(|file| file.lines().any(|one| one == *line)), "{line} is not sent");
    }
    for file in &golden {
        assert!(file.lines().any(|line| shown.contains(&line)), "not shown: {file}");
    }
}
