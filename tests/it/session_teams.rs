//! Supervisors, teams, queues, phone books and who is signed in, through sessions on both platforms.

use generic_connector::command::Command;
use generic_connector::command::agent::{GetAllAgents, MakeReady};
use generic_connector::command::phonebook::{GetPhonebookContacts, GetPhonebooks, GetTeamPhonebooks};
use generic_connector::command::supervisor::{
    GetQueueList, GetTeamUserState, GetTeamUsers, LogOutMember, SetMemberState, SilentMonitor,
};
use generic_connector::model::Reason;
use generic_connector::model::agent::AgentState;
use generic_connector::model::event::Payload;
use generic_connector::model::id::TeamId;
use generic_connector::model::reply::Reply;
use generic_connector::sim::Flavour;

use crate::support::{Desk, World};

const BOTH: [Flavour; 2] = [Flavour::Ucce, Flavour::Uccx];

fn team_users(team: &str, subscribe: bool, all: Option<bool>) -> Command {
    let team_id: TeamId = team.parse().unwrap();
    Command::GetTeamUsers(GetTeamUsers { team_id, subscribe, include_logged_out: all })
}

async fn listed(desk: &Desk, command: Command) -> Vec<(String, AgentState)> {
    let answer = desk.run(command).await.unwrap();
    let Reply::Team { members, .. } = answer.reply else { panic!("{answer:?}") };
    members.iter().map(|member| (member.id.to_string(), member.state)).collect()
}

async fn member(desk: &Desk, command: Command) -> AgentState {
    let answer = desk.run(command).await.unwrap();
    let Reply::Member(member) = answer.reply else { panic!("{answer:?}") };
    member.state
}

#[tokio::test]
async fn a_supervisor_sees_the_team_and_each_change_of_it() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let mut sup = world.agent("1101").await;
        let ann = world.agent("1001").await;
        let signed_in = listed(&sup, team_users("1", true, None)).await;
        assert_eq!(signed_in, ["1001", "1101"].map(|id| (id.to_owned(), AgentState::NotReady)));
        assert!(listed(&sup, team_users("1", true, Some(true))).await.len() >= 10);
        ann.run(Command::MakeReady(MakeReady {})).await.unwrap();
        let state = |wanted: AgentState| {
            move |event: &generic_connector::model::event::Event| match &event.payload {
                Payload::TeamMemberChanged(member) if member.id.as_str() == "1001" && member.state == wanted => {
                    Some(())
                }
                _ => None,
            }
        };
        sup.until(state(AgentState::Ready)).await;
        let id = "1001".parse().unwrap();
        let ask = || Command::GetTeamUserState(GetTeamUserState { member_id: "1001".parse().unwrap() });
        assert_eq!(member(&sup, ask()).await, AgentState::Ready);
        let set = Command::SetMemberState(SetMemberState { member_id: id, state: AgentState::NotReady });
        assert_eq!(member(&sup, set).await, AgentState::NotReady);
        sup.until(state(AgentState::NotReady)).await;
        let out = Command::LogOutMember(LogOutMember { member_id: "1001".parse().unwrap() });
        assert_eq!(member(&sup, out).await, AgentState::Logout);
        sup.until(state(AgentState::Logout)).await;
        world.stop().await;
    }
}

#[tokio::test]
async fn a_member_command_has_its_outcome_without_a_watched_team() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let sup = world.agent("1101").await;
        let mut ann = world.agent("1001").await;
        let set = |state| Command::SetMemberState(SetMemberState { member_id: "1001".parse().unwrap(), state });
        assert_eq!(member(&sup, set(AgentState::Ready)).await, AgentState::Ready);
        ann.state(AgentState::Ready).await;
        let refused = sup.run(Command::LogOutMember(LogOutMember { member_id: "1011".parse().unwrap() })).await;
        assert_eq!(refused.unwrap_err().reason, Reason::NotSupervisor, "of another team");
        let again = Command::LogOutMember(LogOutMember { member_id: "1003".parse().unwrap() });
        assert_eq!(sup.run(again).await.unwrap_err().reason, Reason::InvalidState, "signed out already");
        world.stop().await;
    }
}

#[tokio::test]
async fn an_ordinary_agent_is_no_supervisor() {
    let world = World::start(Flavour::Ucce).await;
    let ann = world.agent("1001").await;
    for command in [
        team_users("1", true, None),
        Command::GetTeamUserState(GetTeamUserState { member_id: "1002".parse().unwrap() }),
        Command::SilentMonitor(SilentMonitor { extension: "2002".parse().unwrap() }),
        Command::SetMemberState(SetMemberState { member_id: "1002".parse().unwrap(), state: AgentState::Ready }),
    ] {
        assert_eq!(ann.run(command).await.unwrap_err().reason, Reason::NotSupervisor);
    }
    let sup = world.agent("1101").await;
    assert_eq!(sup.run(team_users("2", true, None)).await.unwrap_err().reason, Reason::NotSupervisor);
    world.stop().await;
}

#[tokio::test]
async fn queues_have_figures_and_pushes_on_ucce_alone() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let mut sup = world.agent("1101").await;
        let answer = sup.run(Command::GetQueueList(GetQueueList {})).await.unwrap();
        let Reply::Queues(queues) = answer.reply else { panic!("{answer:?}") };
        assert!(!queues.is_empty());
        assert_eq!(queues[0].calls_in_queue.is_some(), flavour == Flavour::Ucce);
        if flavour == Flavour::Ucce {
            world.sim.control().place_call("5551234", "10", &[]).unwrap();
            sup.until(|event| match &event.payload {
                Payload::QueueChanged(queue) if queue.calls_in_queue == Some(1) => Some(()),
                _ => None,
            })
            .await;
        }
        world.stop().await;
    }
}

#[tokio::test]
async fn phone_books_are_listed_with_their_contacts() {
    for flavour in BOTH {
        let world = World::start(flavour).await;
        let ann = world.agent("1001").await;
        let answer = ann.run(Command::GetPhonebooks(GetPhonebooks {})).await.unwrap();
        let Reply::PhoneBooks(books) = answer.reply else { panic!("{answer:?}") };
        let id = books[0].id.clone();
        let answer = ann.run(Command::GetPhonebookContacts(GetPhonebookContacts { phonebook_id: id })).await.unwrap();
        let Reply::Contacts(book) = answer.reply else { panic!("{answer:?}") };
        assert!(!book.contacts[0].phone_number.is_empty());
        let unknown = GetPhonebookContacts { phonebook_id: "4711".parse().unwrap() };
        assert_eq!(ann.run(Command::GetPhonebookContacts(unknown)).await.unwrap_err().reason, Reason::NotFound);
        let of_team = GetTeamPhonebooks { team_id: "1".parse().unwrap() };
        let answer = ann.run(Command::GetTeamPhonebooks(of_team)).await.unwrap();
        assert!(matches!(answer.reply, Reply::PhoneBooks(_)));
        world.stop().await;
    }
}

#[tokio::test]
async fn all_agents_are_those_who_are_signed_in_through_this_service() {
    let world = World::start(Flavour::Ucce).await;
    let ben = world.agent("1002").await;
    let _ann = world.agent("1001").await;
    let _watching = world.connect("1003").await;
    let answer = ben.run(Command::GetAllAgents(GetAllAgents {})).await.unwrap();
    let Reply::Agents(agents) = answer.reply else { panic!("{answer:?}") };
    let ids: Vec<_> = agents.iter().map(|agent| agent.id.to_string()).collect();
    assert_eq!(ids, ["1001", "1002"]);
    world.stop().await;
}
