//! What supervisors see and do, over unary calls and over Attach, on both platforms; and that nobody else may.

use std::collections::BTreeSet;

use generic_connector::command::catalogue::{Access, RPCS};
use generic_connector::pb::attach_command::Request;
use generic_connector::pb::attach_result::Reply;
use generic_connector::pb::event::Payload;
use generic_connector::pb::{self, AgentState, DialogKind};
use generic_connector::sim::Flavour;

use super::grpc_desk::{Desk, WAYS};
use super::grpc_world::{Door, options};
use super::support::World;

const BOTH: [Flavour; 2] = [Flavour::Ucce, Flavour::Uccx];

fn of_team(team: &str) -> Request {
    Request::GetTeamUsers(pb::GetTeamUsersRequest { team_id: team.into(), ..Default::default() })
}

fn state_of(member: &str) -> Request {
    Request::GetTeamUserState(pb::GetTeamUserStateRequest { member_id: member.into() })
}

fn set(member: &str, state: AgentState) -> Request {
    let state = state.into();
    Request::SetMemberState(pb::SetMemberStateRequest { member_id: member.into(), state, options: None })
}

fn log_out(member: &str) -> Request {
    Request::LogOutMember(pb::LogOutMemberRequest { member_id: member.into(), options: None })
}

fn monitor(extension: &str) -> Request {
    Request::SilentMonitor(pb::SilentMonitorRequest { extension: extension.into(), options: None })
}

fn end_monitor(dialog_id: &str) -> Request {
    Request::EndSilentMonitor(pb::EndSilentMonitorRequest { dialog_id: dialog_id.into(), options: None })
}

fn barge(member: &str, dialog_id: &str) -> Request {
    Request::BargeIn(pb::BargeInRequest { member: member.into(), dialog_id: dialog_id.into(), options: None })
}

fn drop_party(media_address: &str, dialog_id: &str) -> Request {
    let (media_address, dialog_id) = (media_address.into(), dialog_id.into());
    Request::DropParticipant(pb::DropParticipantRequest { media_address, dialog_id, options: None })
}

fn member_state(member: Option<pb::TeamMember>) -> AgentState {
    member.unwrap().status.unwrap().state()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_supervisor_is_refused_whatever_the_command_and_the_way() {
    let commands = [
        ("GetTeamUsers", of_team("1")),
        ("GetTeamUserState", state_of("1002")),
        ("SilentMonitor", monitor("2002")),
        ("EndSilentMonitor", end_monitor("4711")),
        ("BargeIn", barge("1002", "4711")),
        ("DropParticipant", drop_party("2002", "4711")),
        ("SetMemberState", set("1002", AgentState::Ready)),
        ("LogOutMember", log_out("1002")),
    ];
    let named: BTreeSet<&str> = commands.iter().map(|(name, _)| *name).collect();
    let known = RPCS.iter().filter(|rpc| rpc.access == Access::Supervisor).map(|rpc| rpc.name);
    assert_eq!(named, known.collect(), "each RPC for supervisors is tried");
    for flavour in BOTH {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        for way in WAYS {
            let mut ann = Desk::connect(&door, "1001", way).await;
            for (name, command) in &commands {
                assert_eq!(ann.run(command.clone()).await.unwrap_err(), "NOT_SUPERVISOR", "{name} {flavour:?} {way:?}");
            }
            // A supervisor of another team is none of this one.
            let mut sup = Desk::sign_in(&door, "1102", way).await;
            for command in [of_team("1"), state_of("1001"), set("1001", AgentState::Ready), log_out("1001")] {
                let shown = format!("{command:?} {flavour:?} {way:?}");
                assert_eq!(sup.run(command).await.unwrap_err(), "NOT_SUPERVISOR", "{shown}");
            }
            sup.run(Request::ForceLogout(pb::ForceLogoutRequest::default())).await.unwrap();
        }
        door.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_sees_the_team_and_acts_on_its_members() {
    for (flavour, way) in BOTH.into_iter().flat_map(|flavour| WAYS.map(|way| (flavour, way))) {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let mut sup = Desk::sign_in(&door, "1101", way).await;
        let ann = Desk::sign_in(&door, "1001", way).await;
        let Reply::GetTeamUsers(team) = sup.run(of_team("1")).await.unwrap() else { panic!() };
        assert_eq!(team.team.unwrap().id, "1");
        assert!(team.members.iter().any(|member| member.id == "1001"));
        let changed = |wanted: AgentState| {
            move |payload| match payload {
                Payload::TeamMemberChanged(pb::TeamMemberChanged { member: Some(member) }) => {
                    (member.id == "1001" && member_state(Some(member)) == wanted).then_some(())
                }
                _ => None,
            }
        };
        let Reply::SetMemberState(set) = sup.run(set("1001", AgentState::Ready)).await.unwrap() else { panic!() };
        assert_eq!(member_state(set.member), AgentState::Ready, "{flavour:?} {way:?}");
        sup.until(changed(AgentState::Ready)).await;
        let Reply::GetTeamUserState(ready) = sup.run(state_of("1001")).await.unwrap() else { panic!() };
        assert_eq!(member_state(ready.member), AgentState::Ready);
        let Reply::LogOutMember(out) = sup.run(log_out("1001")).await.unwrap() else { panic!() };
        assert_eq!(member_state(out.member), AgentState::Logout);
        sup.until(changed(AgentState::Logout)).await;
        drop((sup, ann));
        door.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_listens_joins_and_takes_over() {
    for (flavour, way) in BOTH.into_iter().flat_map(|flavour| WAYS.map(|way| (flavour, way))) {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let mut ann = Desk::sign_in(&door, "1001", way).await;
        let mut sup = Desk::sign_in(&door, "1101", way).await;
        ann.run(Request::MakeReady(pb::MakeReadyRequest::default())).await.unwrap();
        door.world.sim.control().place_call("5551234", "10", &[]).unwrap();
        let call = ann.answer().await;
        let Reply::SilentMonitor(listening) = sup.run(monitor("2001")).await.unwrap() else { panic!() };
        let listening = listening.dialog.unwrap();
        assert_eq!(listening.kind(), DialogKind::Monitor, "{flavour:?} {way:?}");
        let Reply::EndSilentMonitor(_) = sup.run(end_monitor(&listening.id)).await.unwrap() else { panic!() };
        let Reply::BargeIn(joined) = sup.run(barge("1001", &call.id)).await.unwrap() else { panic!() };
        let joined = joined.dialog.unwrap();
        assert_eq!((&joined.id, joined.participants.len()), (&call.id, 3), "{flavour:?} {way:?}");
        let dropped = sup.run(drop_party("2001", &call.id)).await;
        match flavour {
            Flavour::Ucce => {
                assert!(matches!(dropped, Ok(Reply::DropParticipant(_))), "{dropped:?}");
                ann.ended(&call.id).await;
                let customer = sup.run(drop_party("5551234", &call.id)).await.unwrap_err();
                assert_eq!(customer, "INVALID_DESTINATION", "{way:?}");
            }
            Flavour::Uccx => assert_eq!(dropped.unwrap_err(), "UNSUPPORTED_ON_PLATFORM"),
        }
        drop((ann, sup));
        door.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queues_phone_books_and_who_is_signed_in_are_listed() {
    for (flavour, way) in BOTH.into_iter().flat_map(|flavour| WAYS.map(|way| (flavour, way))) {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let mut ann = Desk::sign_in(&door, "1001", way).await;
        let Reply::GetQueueList(queues) = ann.run(Request::GetQueueList(Default::default())).await.unwrap() else {
            panic!()
        };
        assert!(!queues.queues.is_empty());
        let figures = queues.queues.iter().all(|queue| queue.calls_in_queue.is_some());
        assert_eq!(figures, flavour == Flavour::Ucce, "{way:?}");

        let reply = ann.run(Request::GetPhonebooks(Default::default())).await.unwrap();
        let Reply::GetPhonebooks(books) = reply else { panic!("{reply:?}") };
        let book = books.phonebooks.first().expect("a phone book").clone();
        assert!(!book.name.is_empty());
        let contacts = pb::GetPhonebookContactsRequest { phonebook_id: book.id.clone() };
        let reply = ann.run(Request::GetPhonebookContacts(contacts)).await.unwrap();
        let Reply::GetPhonebookContacts(contacts) = reply else { panic!("{reply:?}") };
        assert_eq!(contacts.phonebook_id, book.id);
        assert!(contacts.contacts.iter().all(|contact| !contact.phone_number.is_empty()));
        let team = pb::GetTeamPhonebooksRequest { team_id: "1".into() };
        let reply = ann.run(Request::GetTeamPhonebooks(team)).await.unwrap();
        assert!(matches!(reply, Reply::GetTeamPhonebooks(_)), "{reply:?}");

        let ben = Desk::sign_in(&door, "1002", way).await;
        let Reply::GetAllAgents(all) = ann.run(Request::GetAllAgents(Default::default())).await.unwrap() else {
            panic!()
        };
        let extensions: Vec<&str> = all.agents.iter().map(|agent| agent.extension.as_str()).collect();
        assert_eq!(extensions, ["2001", "2002"], "{flavour:?} {way:?}");
        drop((ann, ben));
        door.close().await;
    }
}
