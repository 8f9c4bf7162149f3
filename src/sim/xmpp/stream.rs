//! One connection's negotiation and stanzas, without IO: elements in, replies out. Answers are those that Openfire gives.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom as _, SystemRandom};

use super::framing::{Framing, SASL};
use crate::sim::engine::Engine;
use crate::sim::hub::Bound;
use crate::sim::render::escape;
use crate::sim::side::Side;
use crate::sim::world::UserId;
use crate::sim::world::agent::Principal;
use crate::sim::xml::Element;

const STANZAS: &str = "urn:ietf:params:xml:ns:xmpp-stanzas";
/// Wrong passwords on one connection.
const MAX_ATTEMPTS: u32 = 3;
/// Longest resource or node name.
const MAX_NAME: usize = 256;

/// What the transport is to do.
#[derive(Debug)]
pub enum Reply {
    /// Send that.
    Send(String),
    /// Expect a new stream header.
    Restart,
    /// Do the TLS handshake, then expect a new stream header.
    StartTls,
    /// The session is there: serve its outbox as well.
    Bound(Bound),
    /// End the stream and the connection.
    Close,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    Anonymous { attempts: u32 },
    Authenticated { user: UserId },
    Bound { user: UserId, session: u64 },
    Closed,
}

/// One connection's state.
#[derive(Debug)]
pub struct Stream {
    engine: Arc<Engine>,
    side: Side,
    framing: Framing,
    id: String,
    resource: String,
    stage: Stage,
}

impl Stream {
    /// A connection that has said nothing yet.
    pub fn new(engine: Arc<Engine>, side: Side, framing: Framing) -> Self {
        let id = unguessable();
        Self { engine, side, framing, id, resource: String::new(), stage: Stage::Anonymous { attempts: 0 } }
    }

    /// The stream's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The domain that it is of.
    pub fn domain(&self) -> &str {
        self.engine.options.domain(self.side)
    }

    /// After the TLS handshake STARTTLS is no longer offered.
    pub fn secured(&mut self) {
        self.framing = Framing::Tcp { starttls: false };
    }

    /// The peer opened its stream. Whatever `to` it names, the answer comes from the domain.
    pub fn open(&mut self) -> Vec<Reply> {
        let header = self.framing.header(self.domain(), &self.id);
        let anonymous = matches!(self.stage, Stage::Anonymous { .. });
        vec![Reply::Send(header), Reply::Send(self.framing.features(anonymous))]
    }

    /// The end of the stream, in its framing.
    pub fn end(&self) -> &'static str {
        self.framing.end()
    }

    /// A stream error followed by the end.
    pub fn fail(&self, condition: &str) -> Vec<Reply> {
        vec![
            Reply::Send(format!(
                "<stream:error xmlns:stream=\"http://etherx.jabber.org/streams\">\
                 <{condition} xmlns=\"urn:ietf:params:xml:ns:xmpp-streams\"/></stream:error>"
            )),
            Reply::Close,
        ]
    }

    /// The question whether the peer is still there; `None` before a session is bound.
    pub fn ping(&self) -> Option<String> {
        let Stage::Bound { user, .. } = self.stage else { return None };
        let (domain, to) = (self.domain(), self.jid(user));
        Some(format!(
            "<iq xmlns=\"jabber:client\" type=\"get\" id=\"ping-{}\" from=\"{domain}\" to=\"{to}\">\
             <ping xmlns=\"urn:xmpp:ping\"/></iq>",
            fastrand::u32(..)
        ))
    }

    /// A stanza came.
    pub fn stanza(&mut self, stanza: &Element) -> Vec<Reply> {
        match (self.stage, stanza.name.as_str()) {
            (Stage::Anonymous { .. }, "starttls") if self.framing == (Framing::Tcp { starttls: true }) => {
                vec![Reply::Send("<proceed xmlns=\"urn:ietf:params:xml:ns:xmpp-tls\"/>".to_owned()), Reply::StartTls]
            }
            (Stage::Anonymous { attempts }, "auth") => self.authenticate(stanza, attempts),
            (Stage::Anonymous { .. } | Stage::Closed, _) => self.fail("not-authorized"),
            (Stage::Authenticated { user }, "iq") => match stanza.child("bind") {
                Some(bind) => self.bind(user, stanza, bind),
                None => vec![self.refuse(stanza, user, "modify", "not-allowed")],
            },
            (Stage::Authenticated { .. }, _) => self.fail("not-authorized"),
            (Stage::Bound { user, session }, "presence") => self.presence(user, session, stanza),
            (Stage::Bound { user, session }, "iq") => self.iq(user, session, stanza),
            (Stage::Bound { .. }, _) => Vec::new(),
        }
    }

    fn authenticate(&mut self, stanza: &Element, attempts: u32) -> Vec<Reply> {
        let failure = |condition: &str| Reply::Send(format!("<failure xmlns=\"{SASL}\"><{condition}/></failure>"));
        if stanza.attribute("mechanism") != Some("PLAIN") {
            return vec![failure("invalid-mechanism")];
        }
        let decoded = STANDARD.decode(stanza.text.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let mut parts = decoded.as_deref().unwrap_or_default().splitn(3, '\0').skip(1);
        let (name, password) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let local = name.split('@').next().unwrap_or_default();
        match self.engine.with(|inner, now| inner.world.authenticate(local, password, now)) {
            Ok(Principal::User(user)) => {
                self.stage = Stage::Authenticated { user };
                vec![Reply::Send(format!("<success xmlns=\"{SASL}\"/>")), Reply::Restart]
            }
            _ if attempts + 1 >= MAX_ATTEMPTS => vec![failure("not-authorized"), Reply::Close],
            _ => {
                self.stage = Stage::Anonymous { attempts: attempts + 1 };
                vec![failure("not-authorized")]
            }
        }
    }

    fn bind(&mut self, user: UserId, stanza: &Element, bind: &Element) -> Vec<Reply> {
        let resource = bind.text_of("resource").unwrap_or(&self.id).to_owned();
        if resource.len() > MAX_NAME {
            return vec![self.refuse(stanza, user, "modify", "bad-request")];
        }
        let bound = self.engine.with(|inner, now| {
            let bound = inner.hub.bind(user, &resource, self.side);
            // A session with the same resource has gone, with its presence.
            let present = inner.hub.present(user);
            inner.world.set_sessions(user, present, now);
            bound
        });
        self.resource = resource;
        self.stage = Stage::Bound { user, session: bound.id };
        let (id, domain) = (escape(stanza.attribute("id").unwrap_or_default()), self.domain());
        let (jid, stream) = (self.jid(user), &self.id);
        vec![
            Reply::Send(format!(
                "<iq xmlns=\"jabber:client\" type=\"result\" id=\"{id}\" to=\"{domain}/{stream}\">\
                 <bind xmlns=\"urn:ietf:params:xml:ns:xmpp-bind\"><jid>{jid}</jid></bind></iq>"
            )),
            Reply::Bound(bound),
        ]
    }

    fn presence(&mut self, user: UserId, session: u64, stanza: &Element) -> Vec<Reply> {
        let (domain, jid) = (self.domain(), self.jid(user));
        let finesse = format!("finesse@{domain}");
        if stanza.attribute("type") == Some("subscribe") && stanza.attribute("to") == Some(&finesse) {
            // Clients watch whether Finesse's own user is there; while it answers, it is.
            return vec![Reply::Send(format!(
                "<presence xmlns=\"jabber:client\" type=\"subscribed\" from=\"{finesse}\" to=\"{jid}\"/>\
                 <presence xmlns=\"jabber:client\" from=\"{finesse}/User\" to=\"{jid}\"/>"
            ))];
        }
        let priority = match stanza.attribute("type") {
            None => Some(stanza.text_of("priority").and_then(|text| text.parse().ok()).unwrap_or(0)),
            Some("unavailable") => None,
            Some(_) => return Vec::new(),
        };
        if stanza.attribute("to").is_none() {
            self.engine.with(|inner, now| {
                inner.hub.set_presence(user, session, priority);
                let present = inner.hub.present(user);
                inner.world.set_sessions(user, present, now);
            });
        }
        Vec::new()
    }

    fn iq(&mut self, user: UserId, session: u64, stanza: &Element) -> Vec<Reply> {
        if !matches!(stanza.attribute("type"), Some("get" | "set")) {
            return Vec::new();
        }
        let domain = self.domain().to_owned();
        let own = format!("{}@{domain}", self.engine.with(|inner, _| inner.world.login_id(user).to_owned()));
        let to = stanza.attribute("to").unwrap_or(&domain);
        let Some(child) = stanza.children.first() else {
            return vec![self.refuse(stanza, user, "modify", "bad-request")];
        };
        let namespace = child.attribute("xmlns").unwrap_or_default();
        let (pubsub, conference) = (to == format!("pubsub.{domain}"), to == format!("conference.{domain}"));
        let body = match (child.name.as_str(), namespace) {
            _ if !pubsub && !conference && to != domain && to != own => None,
            ("pubsub", _) if pubsub => match self.pubsub(user, session, child) {
                Ok(body) => Some(body),
                Err((kind, condition, detail)) => {
                    return vec![self.error(stanza, user, kind, condition, detail)];
                }
            },
            ("ping", "urn:xmpp:ping") | ("session", _) => Some(String::new()),
            ("query", "jabber:iq:roster") if to == domain || to == own => {
                Some("<query xmlns=\"jabber:iq:roster\"/>".to_owned())
            }
            ("query", "http://jabber.org/protocol/disco#info") => Some(info(pubsub, conference)),
            // Clients ask every component that is listed, and some wait for all of them.
            ("query", "http://jabber.org/protocol/disco#items") => Some(match pubsub || conference {
                true => "<query xmlns=\"http://jabber.org/protocol/disco#items\"/>".to_owned(),
                false => format!(
                    "<query xmlns=\"http://jabber.org/protocol/disco#items\"><item jid=\"pubsub.{domain}\" \
                     name=\"Publish-Subscribe service\"/><item jid=\"conference.{domain}\" \
                     name=\"Public Chatrooms\"/></query>"
                ),
            }),
            _ => None,
        };
        vec![match body {
            Some(body) => {
                let (id, from) = (escape(stanza.attribute("id").unwrap_or_default()), escape(to));
                // The answer to session has no `from` on Openfire.
                let from = if child.name == "session" { String::new() } else { format!(" from=\"{from}\"") };
                let jid = self.jid(user);
                Reply::Send(format!(
                    "<iq xmlns=\"jabber:client\" type=\"result\" id=\"{id}\"{from} to=\"{jid}\">{body}</iq>"
                ))
            }
            None => self.refuse(stanza, user, "cancel", "service-unavailable"),
        }]
    }

    fn pubsub(
        &self,
        user: UserId,
        session: u64,
        pubsub: &Element,
    ) -> Result<String, (&'static str, &'static str, &'static str)> {
        let request = pubsub.children.first().ok_or(("modify", "bad-request", ""))?;
        let node = request.attribute("node").unwrap_or_default();
        let jid = request.attribute("jid").unwrap_or_default();
        let own = self.jid(user);
        let bare = own.split('/').next().unwrap_or_default();
        let (shown, whom) = (escape(node), escape(jid));
        let wrap = |body: String| format!("<pubsub xmlns=\"http://jabber.org/protocol/pubsub\">{body}</pubsub>");
        match request.name.as_str() {
            "subscribe" | "unsubscribe" if jid != own && jid != bare => Err(("modify", "bad-request", "invalid-jid")),
            "subscribe" => {
                if !self.engine.with(|inner, _| inner.world.has_node(node)) {
                    return Err(("cancel", "item-not-found", ""));
                }
                let subscribed = self.engine.with(|inner, now| inner.subscribe(user, session, node, now));
                let id = subscribed.ok_or(("wait", "resource-constraint", ""))?;
                Ok(wrap(format!(
                    "<subscription node=\"{shown}\" jid=\"{whom}\" subid=\"{id}\" subscription=\"subscribed\">\
                     <subscribe-options/></subscription>"
                )))
            }
            "unsubscribe" => {
                let id = request.attribute("subid");
                match self.engine.with(|inner, _| inner.hub.unsubscribe(user, session, node, id)) {
                    true => Ok(String::new()),
                    false => Err(("cancel", "unexpected-request", "not-subscribed")),
                }
            }
            "subscriptions" => {
                let all = self.engine.with(|inner, _| inner.hub.subscriptions(user, session));
                let rows = all.iter().map(|(node, id)| {
                    let node = escape(node);
                    format!("<subscription node=\"{node}\" jid=\"{own}\" subscription=\"subscribed\" subid=\"{id}\"/>")
                });
                Ok(wrap(format!("<subscriptions>{}</subscriptions>", rows.collect::<String>())))
            }
            "publish" | "create" | "delete" => Err(("auth", "forbidden", "")),
            _ => Err(("cancel", "feature-not-implemented", "")),
        }
    }

    fn refuse(&self, stanza: &Element, user: UserId, kind: &str, condition: &str) -> Reply {
        self.error(stanza, user, kind, condition, "")
    }

    fn error(&self, stanza: &Element, user: UserId, kind: &str, condition: &str, detail: &str) -> Reply {
        let code = match condition {
            "item-not-found" => 404,
            "forbidden" => 403,
            "service-unavailable" => 503,
            "feature-not-implemented" => 501,
            _ => 400,
        };
        let id = escape(stanza.attribute("id").unwrap_or_default());
        let from = escape(stanza.attribute("to").unwrap_or(self.domain()));
        let jid = self.jid(user);
        let mut echo = String::new();
        stanza.children.iter().for_each(|child| write_back(&mut echo, child));
        let detail = match detail {
            "" => String::new(),
            detail => format!("<{detail} xmlns=\"http://jabber.org/protocol/pubsub#errors\"/>"),
        };
        Reply::Send(format!(
            "<iq xmlns=\"jabber:client\" type=\"error\" id=\"{id}\" from=\"{from}\" to=\"{jid}\">{echo}\
             <error code=\"{code}\" type=\"{kind}\"><{condition} xmlns=\"{STANZAS}\"/>{detail}</error></iq>"
        ))
    }

    fn jid(&self, user: UserId) -> String {
        let local = self.engine.with(|inner, _| inner.world.login_id(user).to_owned());
        format!("{}@{}/{}", escape(&local), self.domain(), escape(&self.resource))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if let Stage::Bound { user, session } = std::mem::replace(&mut self.stage, Stage::Closed) {
            self.engine.with(|inner, now| {
                inner.hub.unbind(user, session);
                let present = inner.hub.present(user);
                inner.world.set_sessions(user, present, now);
            });
        }
    }
}

/// A stream's id, which over BOSH is all that a request needs: nobody derives it from those of their own streams.
fn unguessable() -> String {
    let mut bytes = [0; 16];
    // Without it the system works for nobody, TLS first.
    if SystemRandom::new().fill(&mut bytes).is_err() {
        fastrand::fill(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a component, or the server, is.
fn info(pubsub: bool, conference: bool) -> String {
    let (identity, feature) = match (pubsub, conference) {
        (true, _) => ("category=\"pubsub\" type=\"service\"", "http://jabber.org/protocol/pubsub"),
        (_, true) => ("category=\"conference\" type=\"text\"", "http://jabber.org/protocol/muc"),
        _ => ("category=\"server\" type=\"im\" name=\"Openfire Server\"", "urn:xmpp:ping"),
    };
    format!(
        "<query xmlns=\"http://jabber.org/protocol/disco#info\"><identity {identity}/>\
         <feature var=\"http://jabber.org/protocol/disco#info\"/><feature var=\"{feature}\"/></query>"
    )
}

fn write_back(out: &mut String, element: &Element) {
    // The names passed the parser, values are escaped again; prefixes are gone with their declarations.
    out.push_str(&format!("<{}", element.name));
    for (name, value) in element.attributes.iter().filter(|(name, _)| !name.contains(':')) {
        out.push_str(&format!(" {name}=\"{}\"", escape(value)));
    }
    out.push('>');
    out.push_str(&escape(&element.text));
    element.children.iter().for_each(|child| write_back(out, child));
    out.push_str(&format!("</{}>", element.name));
}
