//! Teams: their members as others see them, and the nodes that somebody watches.

use super::agent::User;
use super::view::{update, write_reason};
use super::{Notification, Recipient, Service, UserId, World};
use crate::sim::render::{Writer, time};

impl World {
    /// Somebody subscribed to the node: it is worth publishing on. A node that does not exist is ignored.
    pub fn watch(&mut self, node: &str, now: u64) {
        if !self.has_node(node) || self.watched.contains_key(node) {
            return;
        }
        // What a queue's node changes from is what can be read now.
        let present = match self.queue_of(node) {
            Some(queue) => {
                self.watch_queues(now);
                self.queue_xml(queue)
            }
            None => String::new(),
        };
        self.watched.insert(node.to_owned(), present);
    }

    /// Nobody is subscribed to the node any more.
    pub fn unwatch(&mut self, node: &str) {
        self.watched.remove(node);
    }

    /// Publishes a member's present state to those who watch the team.
    pub(super) fn tell_team(&mut self, id: UserId) {
        let Some((user, team)) = self.users.get(id).and_then(|user| Some((user, self.teams.get(user.team)?))) else {
            return;
        };
        let node = format!("/finesse/api/Team/{}/Users", team.id);
        if !self.watched.contains_key(&node) {
            return;
        }
        let mut writer = Writer::new();
        writer.element("user", |w| write_member(w, user));
        let source = format!("/finesse/api/User/{}", user.login_id);
        let update = update(&writer.finish(), "PUT", self.request_id(id, false), &source);
        self.publish_to_subscribers(node, update);
    }

    /// An administrator moves a user to another team. False when there is no such user or team.
    pub fn move_to_team(&mut self, login_id: &str, team: &str) -> bool {
        let team = self.teams.iter().position(|known| known.id == team);
        let (Some(id), Some(team)) = (self.find_user(login_id, true), team) else { return false };
        let Some(user) = self.users.get_mut(id) else { return false };
        if let Some((since, table)) = user.routable_since.take().zip(self.routable.get_mut(user.team)) {
            table.remove(&(since, id));
        }
        user.team = team;
        self.refresh_routable(id);
        self.tell_user(id);
        true
    }

    pub(super) fn publish_to_subscribers(&mut self, node: String, update: String) {
        if self.service == Service::In {
            self.notifications.push(Notification { to: Recipient::Subscribers, node, update });
        }
    }
}

/// The summary of a User that supervisors get: without its team, roles and login name.
pub(super) fn write_member(w: &mut Writer, user: &User) {
    let uri = format!("/finesse/api/User/{}", user.login_id);
    w.text("dialogs", &format!("{uri}/Dialogs"));
    w.text("extension", user.shown_extension());
    w.text("firstName", &user.first_name).text("lastName", &user.last_name).text("loginId", &user.login_id);
    w.text("pendingState", user.pending.as_ref().map_or("", |(state, _)| state.name()));
    if let Some(reason) = &user.reason {
        w.element("reasonCode", |w| write_reason(w, reason));
    }
    w.text("state", user.state.name()).text("stateChangeTime", &time(user.since)).text("uri", &uri);
}
