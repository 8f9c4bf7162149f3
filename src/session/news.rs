//! Notifications: repeated ones are left out, the others held back or applied, and refusals find their command.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::actor::{Actor, now};
use super::jobs;
use super::outcome::Object;
use super::state::{Outcome, Source};
use super::watch::RETRY;
use crate::finesse;
use crate::finesse::notify::{Data, Notification, Source as From, UpdateEvent};
use crate::model::Error;
use crate::model::error::FinesseFault;
use crate::model::event::{Origin, Payload};
use crate::model::id::RequestId;

/// How many notifications are remembered to recognise repeated ones.
const MAX_SEEN: usize = 256;

impl Actor {
    pub(super) fn notified(&mut self, notification: Notification) {
        if self.repeated(&notification) {
            return;
        }
        if self.elsewhere && self.link_up {
            self.elsewhere = false;
            self.poll_at = None;
            self.begin_resync();
        }
        // Teams and queues are no part of what is read again.
        if self.resync && self.link_up && notification.watched().is_none() {
            if self.held.len() >= self.options.max_held_notifications {
                tracing::warn!(agent = %self.agent_id, "too many notifications during a re-read, reading once more");
                self.held.clear();
                self.read_anew();
            }
            self.held.push_back(notification);
        } else {
            self.apply(notification);
        }
    }

    fn repeated(&mut self, notification: &Notification) -> bool {
        if notification.item_id.is_empty() {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        (&notification.node, &notification.item_id).hash(&mut hasher);
        let key = hasher.finish();
        if self.seen.contains(&key) {
            return true;
        }
        if self.seen.len() >= MAX_SEEN {
            self.seen.pop_front();
        }
        self.seen.push_back(key);
        false
    }

    pub(super) fn apply(&mut self, notification: Notification) {
        let watched = notification.watched();
        let update = notification.update;
        let tag = update.request_id.as_deref().and_then(|text| text.parse::<RequestId>().ok());
        let cause = tag.and_then(|tag| self.jobs.iter().find(|job| job.tag == tag)).and_then(|job| job.request_id);
        match update.data {
            Data::User(user) => {
                let own = user.id.as_ref().is_none_or(|id| *id == self.agent_id);
                if !own || watched.is_some() {
                    // A summary: also that of a supervisor who is in a team of their own.
                    let stranger = user.id.as_ref().is_some_and(|id| self.roster.member(id).is_none());
                    if let Some(team) = watched.filter(|_| stranger) {
                        self.doubt_roster(Some(team), RETRY);
                    }
                    return self.member_changed(*user);
                }
                self.user_news += 1;
                let shown = self.job_of(tag, |effect| effect.shown_by_agent(&user));
                let outcome = self.state.user(*user, Source::Notification);
                self.take(outcome, Origin::Live, cause);
                self.passed_by(shown);
            }
            Data::Dialogs(dialogs) => {
                self.dialog_news += 1;
                for dialog in dialogs {
                    let own = self.state.agent().extension.as_ref();
                    let shown = self.job_of(tag, |effect| effect.shown_by_dialog(&dialog, own));
                    let outcome = match update.event {
                        UpdateEvent::Delete => {
                            let id = dialog.id.clone();
                            self.state.dialog_end(&id, Some(dialog), now())
                        }
                        UpdateEvent::Post | UpdateEvent::Put => {
                            self.state.dialog_update(dialog, Source::Notification, now())
                        }
                    };
                    self.take(outcome, Origin::Live, cause);
                    self.passed_by(shown);
                }
            }
            Data::Errors(faults) => {
                let tagged = update.request_id.is_some_and(|text| !text.trim().is_empty());
                for fault in faults {
                    self.refused_later(&update.source, tag, tagged, fault);
                }
            }
            Data::System(_) => self.trouble.notify_one(),
            Data::Team(team) => self.team_changed(*team),
            Data::Queue(queues) => self.queues_changed(&queues),
            Data::Other => {}
        }
    }

    /// An asynchronous error: it belongs to the command whose tag it carries; without a tag, to the one that awaits its
    /// source. One with a tag that is nobody's here was caused by another client of the agent.
    fn refused_later(&mut self, source: &From, tag: Option<RequestId>, tagged: bool, fault: FinesseFault) {
        let object = match source {
            From::User(id) if *id != self.agent_id => Some(Object::Member(id.clone())),
            From::User(_) => Some(Object::User),
            From::UserDialogs(_) => Some(Object::Dialogs),
            From::Dialog(id) => Some(Object::Dialog(id.clone())),
            _ => None,
        };
        let index = match tag {
            Some(tag) => self.jobs.iter().position(|job| job.tag == tag && !job.phase.is_waiting()),
            None if tagged => None,
            None => object.as_ref().and_then(|object| jobs::awaiting(&self.jobs, object)),
        };
        let Some(job) = index.and_then(|index| self.jobs.get(index)) else {
            tracing::info!(agent = %self.agent_id, error = %fault.error_message, "an asynchronous error belongs to no command");
            return;
        };
        let mut error = Error::new(finesse::reason_of(&fault), format!("finesse refused: {}", fault.error_message))
            .with_finesse(fault);
        if let Object::Dialog(id) = job.expectation.object() {
            error = error.with_dialog(id);
        }
        self.fail(job.id, error, true);
    }

    pub(super) fn take(&mut self, outcome: Outcome, origin: Origin, cause: Option<RequestId>) {
        let doubt = outcome.doubt;
        if outcome
            .payloads
            .iter()
            .any(|payload| matches!(payload, Payload::AgentInfo(_) | Payload::AgentStateChanged { .. }))
        {
            self.directory.put(self.state.agent());
            self.keep_supervised();
        }
        self.publish(outcome.payloads, origin, cause);
        self.doubt(doubt);
        self.check_effects();
        if origin == Origin::Live {
            self.check_replaced();
        }
    }
}
