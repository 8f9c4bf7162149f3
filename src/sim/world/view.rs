//! Objects and updates as Finesse writes them: alphabetical children, absent values as empty elements.

use super::agent::{AgentState, Shown, User};
use super::call::{Call, Party, PartyState};
use super::error::CtiError;
use super::{DialogId, Notification, Recipient, UserId, World};
use crate::sim::render::{Writer, time};
use crate::sim::seed::{Category, Reason};
use crate::sim::side::Side;

/// How a dialog changed for its viewer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Change {
    /// The user sees it from now on.
    Post,
    /// It changed.
    Put,
    /// The user sees it no longer.
    Delete,
}

impl World {
    /// `GET /User/<id>`.
    pub fn user_xml(&self, id: UserId) -> String {
        let mut writer = Writer::new();
        if let Some(user) = self.users.get(id) {
            writer.element("User", |w| self.write_user(w, user));
        }
        writer.finish()
    }

    /// `GET /User/<id>/Dialogs`.
    pub fn dialogs_xml(&self, id: UserId) -> String {
        let calls = self.users.get(id).map(|user| [user.calls.as_slice(), &user.monitored_by].concat());
        let Some(calls) = calls.filter(|calls| !calls.is_empty()) else { return "<Dialogs/>".to_owned() };
        let mut writer = Writer::new();
        writer.element("Dialogs", |w| {
            for (dialog, call) in calls.iter().filter_map(|dialog| Some((dialog, self.calls.get(dialog)?))) {
                w.element("Dialog", |w| self.write_dialog(w, *dialog, call, Some(id)));
            }
        });
        writer.finish()
    }

    /// `GET /Dialog/<id>` as the viewer sees it; `None` when there is none.
    pub fn dialog_xml(&self, dialog: DialogId, viewer: Option<UserId>) -> Option<String> {
        let call = self.calls.get(&dialog)?;
        let mut writer = Writer::new();
        writer.element("Dialog", |w| self.write_dialog(w, dialog, call, viewer));
        Some(writer.finish())
    }

    /// The reasons of a category that the user has: global ones and the team's.
    pub(super) fn reasons_of(&self, id: UserId, category: Category) -> impl Iterator<Item = &Reason> {
        let team = self.users.get(id).and_then(|user| self.teams.get(user.team)).map(|team| team.id.as_str());
        let reasons = self.seed.reason.iter().filter(move |reason| reason.category == category);
        reasons.filter(move |reason| reason.team.is_none() || reason.team.as_deref() == team)
    }

    /// `GET /User/<id>/ReasonCodes?category=`.
    pub fn reasons_xml(&self, id: UserId, category: Category) -> String {
        let mut writer = Writer::new();
        writer.raw("<ReasonCodes category=\"").raw(category.name()).raw("\">");
        for reason in self.reasons_of(id, category) {
            writer.element("ReasonCode", |w| write_reason(w, &Shown::of(reason)));
        }
        writer.raw("</ReasonCodes>");
        writer.finish()
    }

    /// `GET /User/<id>/ReasonCode/<id>`.
    pub fn reason_xml(&self, id: UserId, reason: &str) -> Option<String> {
        let categories = [Category::NotReady, Category::Logout];
        let found = categories.iter().find_map(|category| self.reasons_of(id, *category).find(|r| r.id == reason))?;
        let mut writer = Writer::new();
        writer.element("ReasonCode", |w| write_reason(w, &Shown::of(found)));
        Some(writer.finish())
    }

    /// `GET /User/<id>/WrapUpReasons`.
    pub fn wrap_up_reasons_xml(&self, id: UserId) -> String {
        let Some(user) = self.users.get(id) else { return String::new() };
        let team = self.teams.get(user.team).map(|team| team.id.as_str());
        let mut writer = Writer::new();
        writer.element("WrapUpReasons", |w| {
            let has = |team_of: &Option<String>| team_of.is_none() || team_of.as_deref() == team;
            for reason in self.seed.wrap_up_reason.iter().filter(|reason| has(&reason.team)) {
                let uri = format!("/finesse/api/User/{}/WrapUpReason/{}", user.login_id, reason.id);
                w.element("WrapUpReason", |w| {
                    let for_all = reason.team.is_none().to_string();
                    w.text("forAll", &for_all).text("label", &reason.label).text("uri", &uri);
                });
            }
        });
        writer.finish()
    }

    /// `GET /SystemInfo` as that node tells it.
    pub fn system_xml(&self, side: Side, now: u64) -> String {
        let mut writer = Writer::new();
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
        writer.element("SystemInfo", |w| self.write_system(w, side, now));
        writer.finish()
    }

    fn write_system(&self, w: &mut Writer, side: Side, now: u64) {
        w.text("currentTimestamp", &time(now)).text("deploymentType", self.platform.name);
        for (at, (name, host)) in ["primaryNode", "secondaryNode"].into_iter().zip(&self.domains).enumerate() {
            w.element(name, |w| {
                w.text("host", host).raw(self.ports.get(at).map_or("", String::as_str));
            });
        }
        w.text("status", self.service.name()).text("systemAuthMode", "NON_SSO").text("timezoneOffset", "0");
        let domain = self.domains.get(side as usize).map_or("", String::as_str);
        w.text("uri", "/finesse/api/SystemInfo").text("xmppDomain", domain);
        w.text("xmppPubSubDomain", &format!("pubsub.{domain}"));
    }

    pub(super) fn system_update(&self, side: Side, now: u64) -> String {
        let mut writer = Writer::new();
        writer.element("systemInfo", |w| self.write_system(w, side, now));
        update(&writer.finish(), "PUT", "", "/finesse/api/SystemInfo")
    }

    pub(super) fn write_user(&self, w: &mut Writer, user: &User) {
        let id = &user.login_id;
        w.text("dialogs", &format!("/finesse/api/User/{id}/Dialogs"));
        w.text("extension", user.shown_extension());
        w.text("firstName", &user.first_name).text("lastName", &user.last_name);
        w.text("loginId", id).text("loginName", &user.login_name).text("mediaType", "1");
        if let Some(mobile) = user.mobile.as_ref().filter(|_| user.state != AgentState::Logout) {
            w.element("mobileAgent", |w| {
                w.text("dialNumber", &mobile.dial_number).text("mode", mobile.mode.name());
            });
        }
        w.text("pendingState", user.pending.as_ref().map_or("", |(state, _)| state.name()));
        if let Some(reason) = &user.reason {
            w.element("ReasonCode", |w| write_reason(w, reason));
        }
        if matches!(user.state, AgentState::NotReady | AgentState::Logout) {
            w.text("reasonCodeId", user.reason.as_ref().and_then(|reason| reason.id.as_deref()).unwrap_or("-1"));
        }
        w.element("roles", |w| {
            w.text("role", "Agent");
            if !user.supervises.is_empty() {
                w.text("role", "Supervisor");
            }
        });
        w.element("settings", |w| {
            w.text("wrapUpOnIncoming", user.wrap_up.name());
            if self.platform.wrap_up_outgoing {
                w.text("wrapUpOnOutgoing", user.wrap_up_outgoing.name());
            }
        });
        w.text("state", user.state.name()).text("stateChangeTime", &time(user.since));
        if let Some(team) = self.teams.get(user.team) {
            w.text("teamId", &team.id).text("teamName", &team.name);
        }
        if !user.supervises.is_empty() {
            w.element("teams", |w| {
                for team in user.supervises.iter().filter_map(|team| self.teams.get(*team)) {
                    w.element("Team", |w| {
                        let uri = format!("/finesse/api/Team/{}", team.id);
                        w.text("id", &team.id).text("name", &team.name).text("uri", &uri);
                    });
                }
            });
        }
        w.text("uri", &format!("/finesse/api/User/{id}"));
        w.text("wrapUpTimer", &self.wrap_up_time(user).as_secs().to_string());
    }

    fn write_dialog(&self, w: &mut Writer, dialog: DialogId, call: &Call, viewer: Option<UserId>) {
        let uri = |dialog: DialogId| format!("/finesse/api/Dialog/{dialog}");
        w.text("associatedDialogUri", &call.associated.map(uri).unwrap_or_default());
        w.text("fromAddress", &call.from).text("id", &dialog.to_string());
        w.element("mediaProperties", |w| {
            w.text("mediaId", "1").text("DNIS", &call.dialed).text("callType", call.type_for(viewer));
            w.text("dialedNumber", &call.dialed).text("outboundClassification", "");
            if let Some((queue, ..)) = call.queue.and_then(|queue| self.queues.get(queue)) {
                w.text("queueNumber", &queue.id).text("queueName", &queue.name);
            }
            if let Some(reason) = &call.wrap_up_reason {
                w.text("wrapUpReason", reason);
            }
            w.element("callvariables", |w| {
                for (name, value) in call.variables.iter() {
                    w.element("CallVariable", |w| {
                        w.text("name", &name).text("value", value);
                    });
                }
            });
        });
        w.text("mediaType", "Voice");
        w.element("participants", |w| {
            call.parties.iter().for_each(|party| write_party(w, party, &self.actions(call, party)));
        });
        if let Some(secondary) = call.secondary {
            w.text("secondaryId", &secondary.to_string());
        }
        w.text("state", call.state.name()).text("toAddress", &call.to).text("uri", &uri(dialog));
    }

    /// Publishes the user's present state.
    pub(super) fn tell_user(&mut self, id: UserId) {
        let Some(user) = self.users.get(id) else { return };
        let mut writer = Writer::new();
        writer.element("user", |w| self.write_user(w, user));
        let node = format!("/finesse/api/User/{}", user.login_id);
        let update = update(&writer.finish(), "PUT", self.request_id(id, false), &node);
        self.publish(id, node, update);
        self.tell_team(id);
    }

    /// Publishes a dialog's change to all who see it.
    pub(super) fn tell_call(&mut self, dialog: DialogId, change: Change) {
        self.tell_but(dialog, None, change);
    }

    /// Publishes a dialog's change to all who see it but the one who is told otherwise.
    pub(super) fn tell_call_but(&mut self, dialog: DialogId, but: Option<UserId>) {
        self.tell_but(dialog, but, Change::Put);
    }

    fn tell_but(&mut self, dialog: DialogId, but: Option<UserId>, change: Change) {
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        call.forget_told_off();
        for viewer in call.viewers().into_iter().filter(|viewer| Some(*viewer) != but) {
            self.tell_one(dialog, viewer, change);
        }
        let Some(call) = self.calls.get_mut(&dialog) else { return };
        for party in call.parties.iter_mut().filter(|party| party.state == PartyState::Dropped) {
            party.told_off = true;
        }
    }

    /// Publishes a dialog's change to one user.
    pub(super) fn tell_one(&mut self, dialog: DialogId, id: UserId, change: Change) {
        let (Some(user), Some(call)) = (self.users.get(id), self.calls.get(&dialog)) else { return };
        let node = format!("/finesse/api/User/{}/Dialogs", user.login_id);
        let mut writer = Writer::new();
        let request_id = self.request_id(id, true);
        let update = if change == Change::Put {
            writer.element("dialog", |w| self.write_dialog(w, dialog, call, Some(id)));
            update(&writer.finish(), "PUT", request_id, &format!("/finesse/api/Dialog/{dialog}"))
        } else {
            writer.element("dialogs", |w| {
                w.element("Dialog", |w| self.write_dialog(w, dialog, call, Some(id)));
            });
            let event = if change == Change::Post { "POST" } else { "DELETE" };
            update(&writer.finish(), event, request_id, &node)
        };
        self.publish(id, node, update);
    }

    /// Publishes what the CTI server refused. `dialog` as in a request: the User, its Dialogs, or one Dialog.
    pub(super) fn tell_error(
        &mut self,
        id: UserId,
        dialog: Option<Option<DialogId>>,
        error: &CtiError,
        request_id: &str,
    ) {
        let Some(user) = self.users.get(id) else { return };
        let own = format!("/finesse/api/User/{}", user.login_id);
        let dialogs = format!("{own}/Dialogs");
        let (node, source, event) = match dialog {
            None => (own.clone(), own, "PUT"),
            Some(None) => (dialogs.clone(), dialogs, "put"),
            Some(Some(dialog)) => (dialogs, format!("/finesse/api/Dialog/{dialog}"), "put"),
        };
        let mut writer = Writer::new();
        writer.element("Update", |w| {
            w.element("data", |w| {
                w.element("apiErrors", |w| {
                    w.element("apiError", |w| write_cti_error(w, error));
                });
            });
            w.text("requestId", request_id).text("source", &source).text("event", event);
        });
        let update = writer.finish();
        self.publish(id, node, update);
    }

    fn publish(&mut self, id: UserId, node: String, update: String) {
        if self.service == super::Service::In {
            self.notifications.push(Notification { to: Recipient::User(id), node, update });
        }
    }

    pub(super) fn request_id(&self, id: UserId, on_dialogs: bool) -> &str {
        let cause = self.cause.as_ref().filter(|cause| cause.user == id && cause.on_dialogs == on_dialogs);
        cause.map_or("", |cause| &cause.request_id)
    }
}

pub(super) fn update(data: &str, event: &str, request_id: &str, source: &str) -> String {
    let mut writer = Writer::new();
    writer.element("Update", |w| {
        w.raw("<data>").raw(data).raw("</data>");
        w.text("event", event).text("requestId", request_id).text("source", source);
    });
    writer.finish()
}

fn write_party(w: &mut Writer, party: &Party, actions: &[&str]) {
    w.element("Participant", |w| {
        if actions.is_empty() {
            w.raw("<actions/>");
        } else {
            w.element("actions", |w| {
                for action in actions {
                    w.text("action", action);
                }
            });
        }
        let kind = if party.user.is_some() { "AGENT_DEVICE" } else { "" };
        w.text("mediaAddress", &party.address).text("mediaAddressType", kind).text("startTime", &time(party.start));
        w.text("state", party.state.name()).text("stateCause", party.cause);
        w.text("stateChangeTime", &time(party.changed));
    });
}

pub(super) fn write_reason(w: &mut Writer, reason: &Shown) {
    w.text("category", reason.category.name()).text("code", &reason.code);
    w.text("forAll", &reason.for_all.to_string());
    if let Some(id) = &reason.id {
        w.text("id", id);
    }
    w.text("label", &reason.label).text("systemCode", &reason.id.is_none().to_string());
    if let Some(id) = &reason.id {
        w.text("uri", &format!("/finesse/api/ReasonCode/{id}"));
    }
}

fn write_cti_error(w: &mut Writer, error: &CtiError) {
    if let Some(peripheral) = &error.peripheral {
        w.text("peripheralErrorCode", &peripheral.code);
    }
    w.text("errorType", &error.error_type).text("errorMessage", &error.message);
    if let Some(peripheral) = &error.peripheral {
        w.text("peripheralErrorText", &peripheral.text).text("peripheralErrorMsg", &peripheral.message);
    }
    w.text("errorData", &error.data);
}
