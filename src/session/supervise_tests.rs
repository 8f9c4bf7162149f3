//! Supervisors in the actor without its loop: members who act for themselves, teams that are lost, chains of commands.

use std::time::Duration;

use tokio::sync::oneshot;

use super::Scope;
use super::actor::now;
use super::actor_tests::{Rig, system};
use super::execute::Lookup;
use super::handle::Order;
use super::jobs::Phase;
use super::state::Source;
use super::supervise::TeamsFor;
use super::waiter::Waiter;
use crate::command::call::{ConsultCall, SendDtmf};
use crate::command::supervisor::{GetTeamUsers, SetMemberState};
use crate::command::{Command, Options, Wait};
use crate::finesse::TeamUpdate;
use crate::finesse::notify::{Data, LinkEvent, Node, Notification, Source as From, Update, UpdateEvent};
use crate::model::agent::{AgentState, AgentUpdate};
use crate::model::dialog::ParticipantState;
use crate::model::event::{CallKind, Origin};
use crate::model::reply::{Answer, Reply};
use crate::model::system::SystemStatus;
use crate::model::team::{Team, TeamMember};
use crate::model::{Error, Reason, Timestamp};

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
    rig.actor.execute(Order { command, options: Default::default(), deadline: None }, reply);
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

/// Team 1 is watched, and 1001 is known to be READY.
fn watching(teams: &[&str]) -> Rig {
    let mut rig = supervisor(teams);
    let team_id = "1".parse().unwrap();
    let (_, outcome) =
        ask(&mut rig, Command::GetTeamUsers(GetTeamUsers { team_id, subscribe: true, include_logged_out: None }));
    drop(outcome);
    read(&mut rig, "1", vec![member("1001", AgentState::Ready, 1)], TeamsFor::Watchers);
    rig
}

/// A member's change, as the team's node tells it.
fn notified(rig: &mut Rig, id: &str, state: AgentState, second: i64) {
    rig.actor.link_event(LinkEvent::Notification(Box::new(Notification {
        node: "/finesse/api/Team/1/Users".to_owned(),
        item_id: second.to_string(),
        delayed: false,
        update: Update {
            event: UpdateEvent::Put,
            source: From::User(id.parse().unwrap()),
            request_id: None,
            data: Data::User(Box::new(changed(id, state, second))),
        },
    })));
}

#[tokio::test(start_paused = true)]
async fn a_team_that_is_no_longer_supervised_is_no_longer_told_of() {
    for teams in [&["2"][..], &[]] {
        let mut rig = watching(&["1", "2"]);
        assert_eq!(rig.actor.roster.watched().count(), 1);
        supervises(&mut rig, teams);
        assert_eq!(rig.actor.roster.watched().count(), 0);
        let before = rig.actor.journal.cursor();
        notified(&mut rig, "1001", AgentState::NotReady, 2);
        // A read that was under way may bring it back no more.
        read(&mut rig, "1", vec![member("1001", AgentState::Ready, 1)], TeamsFor::Watchers);
        assert_eq!(rig.actor.journal.cursor(), before);
        assert!(rig.actor.roster.member(&"1001".parse().unwrap()).is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_member_who_changed_teams_is_found_in_the_new_one() {
    let mut rig = watching(&["1", "2"]);
    let (job, _outcome) = ask(&mut rig, set_state("1001", AgentState::NotReady));
    let wanted = || TeamsFor::Job(job, Lookup::Member("1001".parse().unwrap()));
    let phase = |rig: &Rig| rig.actor.jobs.iter().find(|other| other.id == job).map(|job| job.phase);
    read(&mut rig, "1", vec![member("1002", AgentState::Ready, 1)], wanted());
    assert_eq!(phase(&rig), Some(Phase::Preparing), "all teams are read");
    let update = |of: &str, id| TeamUpdate { team: Some(team(of)), members: vec![member(id, AgentState::Ready, 1)] };
    let teams = [("1", "1002"), ("2", "1001")].map(|(of, id)| (of.parse().unwrap(), Ok(update(of, id))));
    rig.actor.teams_read(teams.into(), rig.actor.roster.now(), wanted());
    assert_eq!(phase(&rig), Some(Phase::Queued));
}

#[tokio::test(start_paused = true)]
async fn what_members_did_during_an_outage_or_a_re_read_is_not_missed() {
    let mut rig = watching(&["1"]);
    rig.out_of_service();
    rig.system.send_replace(system(SystemStatus::InService));
    rig.actor.system_changed();
    assert!(rig.actor.roster_read_due().is_some(), "what was told in between may be lost");
    rig.actor.settle();
    let before = rig.actor.journal.cursor().sequence.0;
    notified(&mut rig, "1001", AgentState::NotReady, 2);
    assert_eq!(rig.actor.journal.cursor().sequence.0, before + 1, "what is re-read are the own calls");
    let mut rig = watching(&["1"]);
    rig.actor.link_event(LinkEvent::Skipped { why: "test" });
    assert!(rig.actor.roster_read_due().is_some());
    let mut rig = watching(&["1"]);
    notified(&mut rig, "1009", AgentState::Ready, 2);
    assert!(rig.actor.roster_read_due().is_some(), "a new member of the team");
}

#[tokio::test(start_paused = true)]
async fn the_answer_with_a_team_is_no_older_than_the_events_before_it() {
    use AgentState::{NotReady, Ready};
    let mut rig = watching(&["1"]);
    let (reply, mut outcome) = oneshot::channel();
    let waiter = Waiter::new(reply, None, Wait::default());
    let since = rig.actor.roster.now();
    notified(&mut rig, "1001", NotReady, 2);
    let update = TeamUpdate { team: Some(team("1")), members: vec![member("1001", Ready, 1)] };
    rig.actor.teams_read(
        vec![("1".parse().unwrap(), Ok(update))],
        since,
        TeamsFor::Team { waiter, all: false, began: false },
    );
    let answer = outcome.try_recv().expect("an answer").unwrap();
    let Reply::Team { members, .. } = answer.reply else { panic!("{answer:?}") };
    assert_eq!(members.iter().map(|member| member.state).collect::<Vec<_>>(), [NotReady]);
}

#[tokio::test(start_paused = true)]
async fn a_team_that_could_not_be_read_is_not_watched_and_an_empty_one_is() {
    let mut rig = supervisor(&["1"]);
    let subscribe = || GetTeamUsers { team_id: "1".parse().unwrap(), subscribe: true, include_logged_out: None };
    let (_, _outcome) = ask(&mut rig, Command::GetTeamUsers(subscribe()));
    let (reply, mut outcome) = oneshot::channel();
    let failed = Err(Error::new(Reason::NotFound, "test"));
    let wanted_by = TeamsFor::Team { waiter: Waiter::new(reply, None, Wait::default()), all: false, began: true };
    rig.actor.teams_read(vec![("1".parse().unwrap(), failed)], 0, wanted_by);
    assert_eq!(outcome.try_recv().expect("an answer").unwrap_err().reason, Reason::NotFound);
    assert_eq!(rig.actor.roster.watched().count(), 0);
    let (_, _outcome) = ask(&mut rig, Command::GetTeamUsers(subscribe()));
    read(&mut rig, "1", Vec::new(), TeamsFor::Watchers);
    let before = rig.actor.journal.cursor().sequence.0;
    read(&mut rig, "1", vec![member("1001", AgentState::Ready, 1)], TeamsFor::Watchers);
    assert_eq!(rig.actor.journal.cursor().sequence.0, before + 1, "the first member");
}

#[tokio::test(start_paused = true)]
async fn a_team_whose_changes_are_not_told_is_read_now_and_then() {
    let mut rig = watching(&["1"]);
    let node = || Node::Team("1".parse().unwrap());
    rig.actor.link_event(LinkEvent::NotWatching { node: node(), why: "forbidden".to_owned() });
    for _ in 0..3 {
        let due = rig.actor.roster_read_due().expect("a read to come");
        assert!(due > now() + Duration::from_secs(1));
        tokio::time::advance(due - now()).await;
        let before = rig.actor.in_flight.len();
        rig.actor.settle();
        assert_eq!(rig.actor.in_flight.len(), before + 1);
    }
    rig.actor.link_event(LinkEvent::Watching { node: node() });
    tokio::time::advance(Duration::from_secs(20)).await;
    rig.actor.settle();
    assert_eq!(rig.actor.roster_read_due(), None);
    rig.actor.link_event(LinkEvent::NotWatching { node: Node::Team("2".parse().unwrap()), why: String::new() });
    assert_eq!(rig.actor.roster_read_due(), None, "nobody watches it any more");
}

#[tokio::test(start_paused = true)]
async fn tones_can_be_sent_on_condition_of_a_version() {
    let mut rig = Rig::new();
    supervises(&mut rig, &[]);
    let call = super::state_tests::dialog("7", ParticipantState::Active, 1);
    rig.actor.state.dialog_update(call, Source::Read, now());
    let send = || Command::SendDtmf(SendDtmf { dialog_id: "7".parse().unwrap(), digits: "1".to_owned() });
    for (version, refused) in [(1, false), (2, true)] {
        let (reply, mut outcome) = oneshot::channel();
        let options = Options { expected_version: Some(version), ..Options::default() };
        rig.actor.execute(Order { command: send(), options, deadline: None }, reply);
        assert_eq!(outcome.try_recv().is_ok(), refused, "{version}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_was_signed_in_before_the_session_is_listed() {
    let mut rig = Rig::new();
    rig.actor.link_event(LinkEvent::Up { jid: String::new() });
    rig.actor.settle();
    rig.read();
    assert_eq!(rig.actor.directory.agents(Scope::All, rig.actor.state.agent()).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_member_whose_team_can_not_be_read_is_not_answered_from_memory() {
    let mut rig = watching(&["1"]);
    let (reply, mut outcome) = oneshot::channel();
    let waiter = Waiter::new(reply, None, Wait::default());
    let failed = Err(Error::new(Reason::FinesseUnreachable, "gone"));
    let wanted = TeamsFor::Member(waiter, "1001".parse().unwrap());
    rig.actor.teams_read(vec![("1".parse().unwrap(), failed)], rig.actor.roster.now(), wanted);
    assert_eq!(outcome.try_recv().unwrap().unwrap_err().reason, Reason::FinesseUnreachable);
}

#[tokio::test(start_paused = true)]
async fn a_call_dialled_after_a_consult_of_unknown_outcome_is_an_ordinary_one() {
    let mut rig = supervisor(&[]);
    let extension =
        AgentUpdate { extension: Some(Some("2001".parse().unwrap())), ..changed("1101", AgentState::Talking, 2) };
    rig.actor.state.user(extension, Source::Read);
    let consult = ConsultCall { to: "2002".parse().unwrap(), dialog_id: "1".parse().unwrap() };
    let (job, mut outcome) = ask(&mut rig, Command::ConsultCall(consult));
    rig.actor.settle();
    rig.actor.sent(job, Ok(()));
    // Its effect is not seen in time, nor by the last read.
    for _ in 0..2 {
        tokio::time::advance(Duration::from_secs(60)).await;
        rig.actor.settle();
    }
    assert_eq!(outcome.try_recv().unwrap().unwrap_err().reason, Reason::OutcomeUnknown);
    let mut dialled = super::state_tests::dialog("7", ParticipantState::Active, 9);
    dialled.from_address = "2001".into();
    rig.actor.state.dialog_update(dialled, Source::Notification, now());
    assert_eq!(rig.actor.state.dialogs()[0].kind, CallKind::Call);
}
