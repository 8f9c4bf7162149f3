//! Supervisors in the actor without its loop: members who act for themselves, teams that are lost, chains of commands.

use std::time::Duration;

use tokio::sync::oneshot;

use super::actor::now;
use super::actor_tests::Rig;
use super::execute::Lookup;
use super::state::Source;
use super::supervise::TeamsFor;
use crate::command::Command;
use crate::command::supervisor::SetMemberState;
use crate::finesse::TeamUpdate;
use crate::model::agent::{AgentState, AgentUpdate};
use crate::model::event::Origin;
use crate::model::reply::{Answer, Reply};
use crate::model::team::{Team, TeamMember};
use crate::model::{Error, Timestamp};

type Outcome = oneshot::Receiver<Result<Answer, Error>>;

fn team(id: &str) -> Team {
    Team { id: id.parse().unwrap(), name: String::new() }
}

/// A supervisor of these teams.
fn supervisor(teams: &[&str]) -> Rig {
    let mut rig = Rig::new();
    supervises(&mut rig, teams);
    rig
}

fn supervises(rig: &mut Rig, teams: &[&str]) {
    let update = AgentUpdate {
        supervisor: Some(!teams.is_empty()),
        teams: Some(teams.iter().map(|id| team(id)).collect()),
        extension: Some(Some("2101".parse().unwrap())),
        ..AgentUpdate::default()
    };
    let outcome = rig.actor.state.user(update, Source::Notification);
    rig.actor.take(outcome, Origin::Live, None);
}

fn member(id: &str, state: AgentState, second: i64) -> TeamMember {
    TeamMember {
        id: id.parse().unwrap(),
        first_name: String::new(),
        last_name: String::new(),
        extension: format!("2{}", &id[1..]).parse().ok(),
        state,
        pending_state: None,
        reason: None,
        state_change_time: Some(Timestamp::from_second(second).unwrap()),
    }
}

fn changed(id: &str, state: AgentState, second: i64) -> AgentUpdate {
    AgentUpdate {
        id: Some(id.parse().unwrap()),
        state: Some(state),
        state_change_time: Some(Timestamp::from_second(second).unwrap()),
        ..AgentUpdate::default()
    }
}

/// The read of a team that was wanted comes back.
fn read(rig: &mut Rig, of: &str, members: Vec<TeamMember>, wanted_by: TeamsFor) {
    let update = TeamUpdate { team: Some(team(of)), members };
    let since = rig.actor.roster.now();
    rig.actor.teams_read(vec![(of.parse().unwrap(), Ok(update))], since, wanted_by);
    rig.actor.settle();
}

/// A command, and the number of the job that it became.
fn ask(rig: &mut Rig, command: Command) -> (u64, Outcome) {
    let (reply, outcome) = oneshot::channel();
    let job = rig.actor.next_job;
    rig.actor.execute(command, Default::default(), None, reply);
    (job, outcome)
}

fn set_state(id: &str, state: AgentState) -> Command {
    Command::SetMemberState(SetMemberState { member_id: id.parse().unwrap(), state })
}

#[tokio::test(start_paused = true)]
async fn a_member_who_leaves_the_state_at_once_was_in_it() {
    use AgentState::{NotReady, Ready};
    let mut rig = supervisor(&["1"]);
    let (job, mut outcome) = ask(&mut rig, set_state("1001", NotReady));
    let found = TeamsFor::Job(job, Lookup::Member("1001".parse().unwrap()));
    read(&mut rig, "1", vec![member("1001", NotReady, 1)], found);
    rig.actor.sent(job, Ok(()));
    rig.actor.settle();
    // Before a read could confirm it, the member goes on.
    rig.actor.member_changed(changed("1001", Ready, 2));
    let answer = outcome.try_recv().expect("an outcome").unwrap();
    let Reply::Member(member) = answer.reply else { panic!("not about the member: {answer:?}") };
    assert_eq!((member.id.as_str(), member.state), ("1001", Ready));
    assert!(rig.actor.next_wake() > now() + Duration::from_secs(1));
}
