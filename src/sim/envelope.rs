//! The XMPP message around a notification.

use super::options::{Namespace, Notifications};
use super::render::escape_into;
use super::world::Notification;

/// What is written on it.
#[derive(Debug)]
pub struct Envelope<'a> {
    /// The node's domain.
    pub domain: &'a str,
    /// The user's login id.
    pub login_id: &'a str,
    /// The session that subscribed: its resource and the ids of its subscriptions to the node; none for the user itself.
    pub subscriber: Option<(&'a str, Vec<&'a str>)>,
    /// The item's id.
    pub item: String,
}

impl Envelope<'_> {
    /// The whole stanza.
    pub fn enclose(&self, notification: &Notification, switches: &Notifications) -> String {
        let (domain, login_id) = (self.domain, self.login_id);
        let kind = if switches.headline { " type=\"headline\"" } else { "" };
        let id = (0..8).map(|_| fastrand::alphanumeric()).collect::<String>();
        let namespace = match switches.namespace {
            Namespace::Push => "xmlns=\"urn:xmpp:push:0\"",
            Namespace::Pubsub => "xmlns=\"http://jabber.org/protocol/pubsub\" type=\"html\"",
        };
        let mut out = String::with_capacity(notification.update.len() * 2 + 512);
        out.push_str("<message xmlns=\"jabber:client\"");
        out.push_str(&format!(" from=\"pubsub.{domain}\" to=\"{login_id}@{domain}"));
        if let Some((resource, _)) = &self.subscriber {
            // An explicit subscription is of the full JID.
            out.push('/');
            escape_into(&mut out, resource);
        }
        out.push_str(&format!("\" id=\"{id}\"{kind}>"));
        out.push_str("<event xmlns=\"http://jabber.org/protocol/pubsub#event\"><items node=\"");
        escape_into(&mut out, &notification.node);
        out.push_str(&format!("\"><item id=\"{}\"><notification {namespace}>", self.item));
        escape_into(&mut out, &notification.update);
        out.push_str("</notification></item></items></event>");
        if let Some((_, subscriptions)) = self.subscriber.as_ref().filter(|_| switches.subscription_ids) {
            out.push_str("<headers xmlns=\"http://jabber.org/protocol/shim\">");
            for id in subscriptions {
                out.push_str(&format!("<header name=\"SubID\">{id}</header>"));
            }
            out.push_str("</headers>");
        }
        out.push_str("</message>");
        out
    }
}
