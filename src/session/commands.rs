//! How the actor takes a command in, sends it and finds out what became of it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::time::timeout_at;

use super::actor::{Actor, Done, now};
use super::conclude::unknown_outcome;
use super::execute::{self, Change, Lookup, Plan};
use super::handle::{Order, Reply};
use super::idempotency::Known;
use super::jobs::{Job, Phase, ReadBack, Request};
use super::outcome::Object;
use super::reasons::look_up;
use super::waiter::{Waiter, too_late, too_many};
use crate::command::catalogue::Access;
use crate::command::{Command, Options};
use crate::model::id::RequestId;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::reply::{Answer, Reply as Content};
use crate::model::system::{Platform, SystemStatus};
use crate::model::{Error, Reason};

/// How long a reason list is used again before it is read anew.
const LIST_AGE: Duration = Duration::from_secs(60);
/// How many commands of one agent may wait for a fresh picture.
const MAX_DEFERRED: usize = 64;

/// A question that waits for a fresh picture.
pub(super) struct Deferred {
    pub(super) command: Command,
    pub(super) waiter: Waiter,
}

/// For whom a list of reasons was read.
pub(super) enum ListFor {
    Asker(Waiter),
    Job(u64, Lookup),
}

/// The lists of reasons read last.
#[derive(Debug, Default)]
pub(super) struct ListCache(Vec<(ReasonCategory, Instant, Vec<ReasonCode>)>);

impl Actor {
    pub(super) fn execute(&mut self, order: Order, reply: Reply<Answer>) {
        let Order { command, options, deadline } = order;
        let waiter = Waiter::new(reply, deadline.map(tokio::time::Instant::into_std), options.wait);
        if let Err((waiter, error)) = self.try_execute(command, &options, waiter) {
            waiter.answer(Err(error));
        }
    }

    fn try_execute(&mut self, command: Command, options: &Options, waiter: Waiter) -> Result<(), (Waiter, Error)> {
        if let Err(error) = self.permit(&command) {
            return Err((waiter, error));
        }
        let sign_in = match &command {
            Command::Login(login) => Some(&login.password),
            Command::MobileAgentLogin(login) => Some(&login.password),
            _ => None,
        };
        if let Some(password) = sign_in {
            let proof = self.proof.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let wrong = password.as_ref().is_some_and(|password| !proof.fits(password));
            drop(proof);
            if wrong {
                let error = Error::new(Reason::AuthorizationFailure, "the password is not the one of Connect");
                return Err((waiter, error));
            }
        }
        // A retry gets the first one's outcome, whatever has become of the agent and of Finesse since.
        let waiter = if execute::is_question(&command) {
            waiter
        } else {
            match self.first_of_its_id(&command, options, waiter)? {
                None => return Ok(()),
                Some((waiter, Known::InFlight(first))) if !matches!(command, Command::ForceLogout(_)) => {
                    return self.join(first, waiter);
                }
                Some((waiter, _)) => waiter,
            }
        };
        if matches!(command, Command::Login(_) | Command::MobileAgentLogin(_)) {
            self.stay();
        }
        let extension = self.state.agent().extension.clone().or_else(|| {
            self.jobs.iter().find_map(|job| match (&job.request, job.phase) {
                (_, Phase::Late) => None,
                (Request::SignIn(extension, _), _) => Some(extension.clone()),
                _ => None,
            })
        });
        match execute::plan(&command, &self.state, extension.as_ref(), &self.options) {
            Err(error) => Err((waiter, error)),
            Ok(Plan::Known) if self.stale.is_none() => {
                waiter.answer(execute::known(&command, &self.state).map(|reply| self.answer(reply)));
                Ok(())
            }
            Ok(Plan::Agents) => {
                let agents = self.directory.agents(self.options.agents_scope, self.state.agent());
                waiter.answer(Ok(self.answer(Content::Agents(agents))));
                Ok(())
            }
            Ok(_) if self.system.borrow().status == SystemStatus::OutOfService => Err((waiter, self.out_of_service())),
            Ok(Plan::Known) if self.deferred.len() >= MAX_DEFERRED => Err((waiter, too_many())),
            Ok(Plan::Known) => {
                let waiter = waiter.or_by(now() + self.options.outcome_timeout);
                self.deferred.push(Deferred { command, waiter });
                self.read_at.get_or_insert_with(now);
                Ok(())
            }
            Ok(Plan::Reasons(_) | Plan::Ask(_) | Plan::Team(_) | Plan::Member(_))
                if self.in_flight.len() >= self.options.max_commands =>
            {
                Err((waiter, too_many()))
            }
            Ok(Plan::Ask(ask)) => {
                self.ask(ask, waiter);
                Ok(())
            }
            Ok(Plan::Team(ask)) => self.ask_team(ask, waiter),
            Ok(Plan::Member(id)) => {
                self.ask_member(id, waiter);
                Ok(())
            }
            Ok(Plan::Reasons(category)) => {
                self.read_list(category, ListFor::Asker(waiter));
                Ok(())
            }
            Ok(Plan::ForceLogout) => self.ask_force_logout(&command, options, waiter),
            Ok(Plan::Change(change)) => self.submit(&command, *change, options, waiter),
        }
    }

    /// Roles and platforms are the catalogue's, and Finesse is not asked for what they forbid.
    fn permit(&self, command: &Command) -> Result<(), Error> {
        let rpc = command.rpc();
        if rpc.access == Access::Supervisor && !self.state.agent().supervisor {
            return Err(Error::new(Reason::NotSupervisor, "the command is for supervisors"));
        }
        if rpc.ucce_only && self.system.borrow().platform == Some(Platform::Uccx) {
            return Err(Error::new(Reason::UnsupportedOnPlatform, "UCCX can't do it"));
        }
        Ok(())
    }

    fn submit(
        &mut self,
        command: &Command,
        change: Change,
        options: &Options,
        waiter: Waiter,
    ) -> Result<(), (Waiter, Error)> {
        let open = self.jobs.iter().filter(|job| job.phase != Phase::Late).count();
        if open >= self.options.max_commands {
            return Err((waiter, too_many()));
        }
        if let Some(expected) = options.expected_version {
            let version = change.expectation.object_version(&self.state, &self.roster);
            if version != expected && !matches!(change.expectation.object(), Object::Dialogs | Object::Member(_)) {
                let message = format!("the version is {version}, the command expects {expected}");
                return Err((waiter, Error::new(Reason::VersionMismatch, message)));
            }
        }
        if waiter.by.is_some_and(|by| by <= now()) {
            return Err((waiter, Error::new(Reason::DeadlineTooShort, "the deadline leaves no time to ask finesse")));
        }
        let id = self.add_job(command.name(), change, options.request_id, vec![waiter], false);
        if let Some(request_id) = options.request_id {
            self.records.begin(request_id, fingerprint(command), id, now());
        }
        Ok(())
    }

    /// Checks the epoch and looks the `request_id` up. None: it was answered, with the first outcome.
    pub(super) fn first_of_its_id(
        &mut self,
        command: &Command,
        options: &Options,
        waiter: Waiter,
    ) -> Result<Option<(Waiter, Known)>, (Waiter, Error)> {
        if options.epoch.is_some_and(|epoch| epoch != self.epoch) {
            let message = "the command was made for an earlier session, which may have done it";
            return Err((waiter, Error::new(Reason::OutcomeUnknown, message)));
        }
        let Some(id) = options.request_id else { return Ok(Some((waiter, Known::Nothing))) };
        match self.records.look_up(id, fingerprint(command), now()) {
            Err(error) => Err((waiter, error)),
            Ok(Known::Finished(outcome)) => {
                waiter.answer(outcome);
                Ok(None)
            }
            Ok(known) => Ok(Some((waiter, known))),
        }
    }

    /// A duplicate waits for what the first one does.
    fn join(&mut self, first: u64, waiter: Waiter) -> Result<(), (Waiter, Error)> {
        let accepted = self.answer(Content::Accepted);
        let Some(job) = self.jobs.iter_mut().find(|job| job.id == first) else {
            return Err((waiter, unknown_outcome(None)));
        };
        if waiter.accepted_is_enough && job.phase == Phase::Awaiting {
            (job.told, job.accepted) = (true, true);
            waiter.answer(Ok(accepted));
            return Ok(());
        }
        job.waiters.retain(Waiter::still_waits);
        if job.waiters.len() >= self.options.max_commands {
            return Err((waiter, too_many()));
        }
        job.waiters.push(waiter);
        Ok(())
    }

    /// Queues a change. `forced`: the session wants it, not a client.
    pub(super) fn add_job(
        &mut self,
        name: &'static str,
        change: Change,
        request_id: Option<RequestId>,
        waiters: Vec<Waiter>,
        forced: bool,
    ) -> u64 {
        let id = self.next_job;
        self.next_job += 1;
        let deadline = waiters.iter().filter_map(|waiter| waiter.by).min();
        let check_at = deadline.map(|by| by - (by.saturating_duration_since(now()) / 4).min(Duration::from_secs(1)));
        // One at a time is usual, and what room there is stays.
        self.jobs.reserve_exact(1);
        self.jobs.push(Job {
            id,
            name,
            request: change.request,
            expectation: change.expectation,
            urgent: change.urgent,
            with_dialogs: change.with_dialogs,
            forced,
            then: Vec::new(),
            told: false,
            accepted: false,
            timeout: change.timeout,
            tag: request_id.unwrap_or_else(RequestId::random),
            request_id,
            phase: if change.lookup.is_some() { Phase::Preparing } else { Phase::Queued },
            baseline: 0,
            before: None,
            held: false,
            confirm_at: None,
            check_at,
            expires: None,
            read_back: ReadBack::None,
            last_read: false,
            cause: None,
            waiters,
        });
        if let Some(lookup) = change.lookup {
            let category = match &lookup {
                Lookup::Code(category, _) | Lookup::First(category, _) => *category,
                Lookup::WrapUp(_) => ReasonCategory::WrapUp,
                Lookup::Member(_) | Lookup::Barge(_) => {
                    self.look_up_member(id, lookup);
                    return id;
                }
            };
            self.read_list(category, ListFor::Job(id, lookup));
        }
        id
    }

    fn read_list(&mut self, category: ReasonCategory, wanted_by: ListFor) {
        let fresh =
            self.lists.0.iter().find(|(of, at, _)| *of == category && now().saturating_duration_since(*at) < LIST_AGE);
        if let (Some((_, _, list)), ListFor::Job(..)) = (fresh, &wanted_by) {
            let list = list.clone();
            return self.listed(category, Ok(list), wanted_by);
        }
        let by = match &wanted_by {
            ListFor::Asker(waiter) => waiter.by,
            ListFor::Job(..) => None,
        };
        let (finesse, who) = (self.finesse.clone(), self.credentials.clone());
        let read = async move {
            let read = finesse.reasons(&who, category);
            let result = match by {
                Some(by) => timeout_at(by.into(), read).await.unwrap_or_else(|_| Err(too_late())),
                None => read.await,
            };
            Done::Listed { category, result, wanted_by }
        };
        self.in_flight.push(read.boxed());
    }

    pub(super) fn listed(
        &mut self,
        category: ReasonCategory,
        result: Result<Vec<ReasonCode>, Error>,
        wanted_by: ListFor,
    ) {
        if let Err(error) = &result {
            self.doubt_password(error);
        }
        if let Ok(list) = &result {
            self.lists.0.retain(|(of, ..)| *of != category);
            self.lists.0.push((category, now(), list.clone()));
        }
        match wanted_by {
            ListFor::Asker(waiter) => {
                waiter.answer(result.map(|reasons| self.answer(Content::Reasons { category, reasons })));
            }
            ListFor::Job(id, lookup) => match result.and_then(|list| look_up(&lookup, &list)) {
                Err(error) => self.fail(id, error, false),
                Ok(found) => {
                    let Some(job) = self.jobs.iter_mut().find(|job| job.id == id) else { return };
                    job.phase = Phase::Queued;
                    found.enter(job);
                }
            },
        }
    }

    pub(super) fn answer(&self, reply: Content) -> Answer {
        Answer { as_of: self.journal.cursor().sequence, reply }
    }

    pub(super) fn out_of_service(&self) -> Error {
        Error::new(Reason::FinesseOutOfService, "finesse is out of service")
            .with_retry_after(self.options.status_interval_down)
    }
}

/// What distinguishes a command from another one under the same `request_id`. Secrets don't take part.
pub(super) fn fingerprint(command: &Command) -> u64 {
    let mut hasher = DefaultHasher::new();
    command.hash(&mut hasher);
    hasher.finish()
}
