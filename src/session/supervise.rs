//! Teams and queues: what supervisors ask about them, how they are watched, and how a member is found for a command.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use tokio::time::timeout_at;

use super::actor::{Actor, Done, now};
use super::execute::{Ask, Change, Lookup, log_out};
use super::jobs::{Job, Phase, Request};
use super::outcome::{Expectation, leg_is_over};
use super::roster::MAX_TEAMS;
use super::waiter::{Waiter, too_late};
use super::watch::RETRY;
use crate::command::supervisor::{BargeIn, GetTeamUsers};
use crate::finesse::notify::Node;
use crate::finesse::{Client, Credentials, TeamUpdate};
use crate::model::agent::AgentState;
use crate::model::event::{CallKind, DialogView, Origin};
use crate::model::id::{AgentId, Extension, TeamId};
use crate::model::phone_book::PhoneBook;
use crate::model::queue::Queue;
use crate::model::reply::Reply as Content;
use crate::model::team::{Team, TeamMember};
use crate::model::{Error, Reason};

/// How many teams are read at once.
const AT_ONCE: usize = 4;
/// When a member is looked at again for an effect that was not there yet.
const AGAIN: Duration = Duration::from_millis(500);

/// What a read for an asker brought.
pub(super) enum Asked {
    Queues(Vec<Queue>),
    PhoneBooks(Vec<PhoneBook>),
    Contacts(PhoneBook),
}

/// Teams as they were read, in the order in which they were asked for.
pub(super) type Teams = Vec<(TeamId, Result<TeamUpdate, Error>)>;

/// For whom teams were read.
pub(super) enum TeamsFor {
    /// GetTeamUsers.
    Team {
        waiter: Waiter,
        /// Whether members who are signed out are listed.
        all: bool,
        /// Whether the team is watched because of it, so that it is not if this fails.
        began: bool,
    },
    /// GetTeamUserState.
    Member(Waiter, AgentId),
    /// A command that must know its member first.
    Job(u64, Lookup),
    /// The effects of these commands.
    ReadBack(Vec<u64>),
    /// Those who watch them.
    Watchers,
}

impl Actor {
    pub(super) fn ask(&mut self, ask: Ask, waiter: Waiter) {
        let (finesse, who) = (self.finesse.clone(), self.credentials.clone());
        let (by, since) = (waiter.by, self.roster.now());
        let read = async move {
            let read = read(&finesse, &who, ask);
            let result = match by {
                Some(by) => timeout_at(by.into(), read).await.unwrap_or_else(|_| Err(too_late())),
                None => read.await,
            };
            Done::Asked { waiter: Some(waiter), since, result }
        };
        self.in_flight.push(read.boxed());
    }

    /// `waiter` is none for a read that watchers want.
    pub(super) fn asked(&mut self, waiter: Option<Waiter>, since: u64, result: Result<Asked, Error>) {
        if let Err(error) = &result {
            self.doubt_password(error);
        }
        let reply = result.map(|asked| match asked {
            Asked::PhoneBooks(books) => Content::PhoneBooks(books),
            Asked::Contacts(book) => Content::Contacts(book),
            Asked::Queues(mut queues) => {
                let watch = waiter.is_some() && self.state.has_queue_figures();
                let (news, overtaken) = self.roster.queues(&queues, watch, since);
                self.publish(news, Origin::Reconciled, None);
                if let Some(queue) = overtaken {
                    self.doubt_roster(Some(Node::Queue(queue)), Duration::ZERO);
                }
                // The answer continues the events, so it is no older than they are.
                for queue in &mut queues {
                    self.roster.known_queue(&queue.id).into_iter().for_each(|known| queue.clone_from(known));
                }
                self.watch_nodes();
                Content::Queues(queues)
            }
        });
        match waiter {
            Some(waiter) => waiter.answer(reply.map(|reply| self.answer(reply))),
            None if reply.is_err() => self.doubt_roster(None, RETRY),
            None => {}
        }
    }

    /// GetTeamUsers.
    pub(super) fn ask_team(&mut self, ask: GetTeamUsers, waiter: Waiter) -> Result<(), (Waiter, Error)> {
        if !self.supervises(&ask.team_id) {
            let error = Error::new(Reason::NotSupervisor, format!("the agent does not supervise team {}", ask.team_id));
            return Err((waiter, error));
        }
        let began = ask.subscribe && !self.roster.watched().any(|team| *team == ask.team_id);
        if !self.roster.watch(&ask.team_id, ask.subscribe) {
            return Err((waiter, Error::new(Reason::TooManyRequests, "as many teams are watched as may be")));
        }
        self.watch_nodes();
        let all = ask.include_logged_out.unwrap_or(self.options.include_logged_out_agents);
        self.read_teams(vec![ask.team_id], TeamsFor::Team { waiter, all, began });
        Ok(())
    }

    /// GetTeamUserState.
    pub(super) fn ask_member(&mut self, id: AgentId, waiter: Waiter) {
        let teams = self.teams_of(&id);
        self.read_teams(teams, TeamsFor::Member(waiter, id));
    }

    /// Reads what a command must know of its member before it is sent.
    pub(super) fn look_up_member(&mut self, job: u64, lookup: Lookup) {
        let teams = match &lookup {
            Lookup::Member(id) => self.teams_of(id),
            Lookup::Barge(barge) => match self.monitored(barge) {
                Some(extension) => return self.barge(job, extension),
                None => self.supervised(),
            },
            Lookup::Code(..) | Lookup::WrapUp(_) | Lookup::First(..) => Vec::new(),
        };
        self.read_teams(teams, TeamsFor::Job(job, lookup));
    }

    /// The team of a member, where it is known; else all supervised teams.
    fn teams_of(&self, id: &AgentId) -> Vec<TeamId> {
        let team = self.roster.team_of(id).cloned();
        team.map_or_else(|| self.supervised(), |team| vec![team])
    }

    pub(super) fn supervises(&self, team: &TeamId) -> bool {
        let agent = self.state.agent();
        agent.supervisor && agent.teams.iter().any(|own| own.id == *team)
    }

    /// The agent's role or teams may have changed: nothing is kept or told of a team that it no longer supervises.
    pub(super) fn keep_supervised(&mut self) {
        let agent = self.state.agent().clone();
        let supervises = |team: &TeamId| agent.supervisor && agent.teams.iter().any(|own| own.id == *team);
        if self.roster.keep(supervises) {
            self.watch_nodes();
        }
    }

    fn supervised(&self) -> Vec<TeamId> {
        self.state.agent().teams.iter().take(MAX_TEAMS).map(|team| team.id.clone()).collect()
    }

    pub(super) fn read_teams(&mut self, teams: Vec<TeamId>, wanted_by: TeamsFor) {
        let (finesse, who, since) = (self.finesse.clone(), self.credentials.clone(), self.roster.now());
        // Many teams are read in turn, and a command that waits for them holds those behind it.
        let limit = now() + self.options.outcome_timeout;
        let by = match &wanted_by {
            TeamsFor::Team { waiter, .. } | TeamsFor::Member(waiter, _) => waiter.by.unwrap_or(limit),
            TeamsFor::Job(..) | TeamsFor::ReadBack(_) | TeamsFor::Watchers => limit,
        };
        let read = stream::iter(teams.clone())
            .map(move |team| {
                let (finesse, who) = (finesse.clone(), who.clone());
                // Signed-out members too: one of them may be about to sign in.
                async move { (team.clone(), finesse.team(&who, &team, true).await) }
            })
            .buffered(AT_ONCE)
            .collect::<Teams>();
        let done: BoxFuture<'static, Done> = async move {
            let late = |_| teams.into_iter().map(|team| (team, Err(too_late()))).collect();
            let teams = timeout_at(by.into(), read).await.unwrap_or_else(late);
            Done::Teams { teams, since, wanted_by }
        }
        .boxed();
        self.in_flight.push(done);
    }

    pub(super) fn teams_read(&mut self, teams: Teams, since: u64, wanted_by: TeamsFor) {
        let mut failed = None;
        let mut news = Vec::new();
        for (id, result) in &teams {
            match result {
                // It was taken from the supervisor meanwhile.
                Ok(_) if !self.supervises(id) => {}
                Ok(update) => {
                    let named = update.team.clone().filter(|team| team.id == *id);
                    let team = named.unwrap_or_else(|| Team { id: id.clone(), name: String::new() });
                    let (changed, overtaken) = self.roster.team(&team, update.members.clone(), since);
                    news.extend(changed);
                    if overtaken {
                        self.doubt_roster(Some(Node::Team(id.clone())), Duration::ZERO);
                    }
                }
                Err(error) => {
                    self.doubt_password(error);
                    failed.get_or_insert_with(|| error.clone());
                }
            }
        }
        self.publish(news, Origin::Reconciled, None);
        match wanted_by {
            TeamsFor::Team { waiter, all, began } => {
                if began && failed.is_some() {
                    for (team, _) in &teams {
                        self.roster.watch(team, false);
                    }
                    self.watch_nodes();
                }
                let reply = failed.map_or_else(|| self.team_reply(teams, all), Err);
                waiter.answer(reply.map(|reply| self.answer(reply)));
            }
            TeamsFor::Member(_, ref id) | TeamsFor::Job(_, Lookup::Member(ref id))
                if self.roster.member(id).is_none() && teams.len() < self.supervised().len() =>
            {
                // The team that the member was in was read, and has lost the member.
                return self.read_teams(self.supervised(), wanted_by);
            }
            TeamsFor::Member(waiter, id) => {
                // Of one team that could not be read only an earlier state is known.
                let reply = match failed {
                    Some(error) if teams.len() == 1 => Err(error),
                    failed => self.find_member(&id, failed).map(|member| self.answer(Content::Member(member))),
                };
                waiter.answer(reply);
            }
            TeamsFor::Job(job, lookup) => self.member_found(job, &lookup, failed),
            TeamsFor::ReadBack(jobs) => {
                for job in &mut self.jobs {
                    if jobs.contains(&job.id) && !job.last_read {
                        job.check_at = Some(now() + AGAIN);
                    }
                }
                self.check_read_back(&jobs);
            }
            TeamsFor::Watchers if failed.is_some() => self.doubt_roster(None, RETRY),
            TeamsFor::Watchers => {}
        }
        self.check_effects();
    }

    fn team_reply(&self, teams: Teams, all: bool) -> Result<Content, Error> {
        let missing = || Error::new(Reason::NotFound, "finesse has no such team");
        let (id, update) = teams.into_iter().next().ok_or_else(missing)?;
        let update = update?;
        let own = self.state.agent().teams.iter().find(|team| team.id == id).cloned();
        let team = update.team.or(own).ok_or_else(missing)?;
        // The answer continues the events, so it is no older than they are.
        let known = |member: TeamMember| {
            let known = self.roster.members(&id).find(|known| known.id == member.id);
            known.cloned().unwrap_or_else(|| member.into())
        };
        let members = update.members.into_iter().map(known);
        let members = members.filter(|member| all || member.state != AgentState::Logout).collect();
        let watched = self.roster.watched().any(|watched| *watched == id);
        Ok(Content::Team { team, members, watched })
    }

    /// A member of the teams that were just read.
    fn find_member(&self, id: &AgentId, failed: Option<Error>) -> Result<Arc<TeamMember>, Error> {
        let foreign = || Error::new(Reason::NotSupervisor, format!("{id} is in no team that the agent supervises"));
        self.roster.member(id).cloned().ok_or_else(|| failed.unwrap_or_else(foreign))
    }

    fn member_found(&mut self, job: u64, lookup: &Lookup, failed: Option<Error>) {
        let found = match lookup {
            Lookup::Member(id) => self.find_member(id, failed).map(|_| None),
            Lookup::Barge(barge) => self.barged_at(barge, failed).map(Some),
            Lookup::Code(..) | Lookup::WrapUp(_) | Lookup::First(..) => return,
        };
        match found {
            Err(error) => self.fail(job, error, false),
            Ok(Some(extension)) => self.barge(job, extension),
            Ok(None) => {
                if let Some(job) = self.jobs.iter_mut().find(|other| other.id == job) {
                    job.phase = Phase::Queued;
                }
            }
        }
    }

    /// The extension of the member whose call is to be joined: documents name a login id, shipped clients an extension.
    fn barged_at(&self, barge: &BargeIn, failed: Option<Error>) -> Result<Extension, Error> {
        let by_extension = barge.member.as_str().parse::<Extension>().ok().and_then(|at| self.roster.at(&at).cloned());
        let member = match by_extension {
            Some(member) if self.roster.member(&barge.member).is_none() => member,
            _ => self.find_member(&barge.member, failed)?,
        };
        let signed_out = || Error::new(Reason::InvalidDestination, format!("{} is not signed in", member.id));
        member.extension.clone().ok_or_else(signed_out)
    }

    /// The extension that the supervisor listens to by the dialog that a barge-in names.
    fn monitored(&self, barge: &BargeIn) -> Option<Extension> {
        let view = self.state.dialog(&barge.dialog_id).filter(|view| view.kind == CallKind::Monitor)?;
        view.dialog.to_address.parse().ok()
    }

    /// Aims a barge-in, or starts the monitoring that it needs first.
    fn barge(&mut self, job: u64, extension: Extension) {
        // One that was ended is shown until Finesse removes it, and is nothing to join by.
        let of = |view: &&Arc<DialogView>| {
            view.kind == CallKind::Monitor && view.dialog.to_address == extension.as_str() && !leg_is_over(view)
        };
        let running = self.state.dialogs().iter().find(of).map(|view| view.dialog.id.clone());
        let Some(waiting) = self.jobs.iter_mut().find(|other| other.id == job) else { return };
        if let Request::Barge { to, monitor, .. } = &mut waiting.request {
            to.clone_from(&extension);
            monitor.clone_from(&running);
        }
        if let Expectation::BargedIn { extension: awaited, .. } = &mut waiting.expectation {
            awaited.clone_from(&extension);
        }
        let Request::Barge { own, .. } = &waiting.request else { return };
        let own = own.clone();
        // One that was asked for before, or by another barge-in, is waited for: Finesse refuses a second.
        let before = |other: &&mut Job<Waiter>| other.phase != Phase::Late && (other.urgent || other.id < job);
        let mut asked = self.jobs.iter_mut().filter(before);
        if let Some(asked) = asked.find(|other| matches!(&other.request, Request::Monitor(_, of) if *of == extension)) {
            asked.then.push(job);
            return;
        }
        if running.is_some() {
            if let Some(waiting) = self.jobs.iter_mut().find(|other| other.id == job) {
                waiting.phase = Phase::Queued;
            }
            return;
        }
        let change = Change {
            request: Request::Monitor(own, extension.clone()),
            expectation: Expectation::Monitoring { extension, known: Vec::new() },
            urgent: true,
            ..log_out(&self.options)
        };
        let monitoring = self.add_job("SilentMonitor", change, None, Vec::new(), false);
        if let Some(monitoring) = self.jobs.iter_mut().find(|other| other.id == monitoring) {
            monitoring.then.push(job);
        }
    }

    /// The monitoring that a barge-in waited for has an outcome.
    pub(super) fn go_on(&mut self, next: u64, outcome: Result<&Content, &Error>) {
        match outcome {
            Err(error) => self.fail(next, error.clone(), false),
            Ok(reply) => {
                let Some(job) = self.jobs.iter_mut().find(|job| job.id == next) else { return };
                if let (Request::Barge { monitor, .. }, Content::Dialog(view)) = (&mut job.request, reply) {
                    *monitor = Some(view.dialog.id.clone());
                }
                job.phase = Phase::Queued;
            }
        }
    }
}

/// Reads what an asker wants.
pub(super) async fn read(finesse: &Client, who: &Credentials, ask: Ask) -> Result<Asked, Error> {
    match ask {
        Ask::Queues => finesse.queues(who).await.map(Asked::Queues),
        Ask::PhoneBooks => finesse.phone_books(who).await.map(Asked::PhoneBooks),
        Ask::TeamPhoneBooks(team) => finesse.team_phone_books(who, &team).await.map(Asked::PhoneBooks),
        Ask::Contacts(id) => {
            let books = finesse.phone_books(who).await?;
            let missing = || Error::new(Reason::NotFound, "the agent has no such phone book");
            books.into_iter().find(|book| book.id == id).map(Asked::Contacts).ok_or_else(missing)
        }
    }
}
