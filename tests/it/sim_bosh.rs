//! The simulator's BOSH: a day over HTTP alone, what a browser asks, and what ends a session.

use std::pin::Pin;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use generic_connector::sim::Flavour;

use crate::sim_client::{Site, Xmpp, answer, tag, within};

async fn ucce() -> Site {
    Site::new(Flavour::Ucce, |_| {}).await
}

/// A hand-written BOSH client that has one request open at a time.
struct Bosh {
    http: reqwest::Client,
    url: String,
    sid: String,
    rid: u64,
}

impl Bosh {
    /// Opens a session. Returns the first answer with it.
    async fn open(site: &Site, secure: bool) -> (Self, String) {
        let at = site.server.addresses();
        let url = match secure {
            false => format!("http://{}/http-bind/", at.ws.unwrap()),
            true => format!("https://localhost:{}/http-bind", at.wss.unwrap().port()),
        };
        let mut client = Self { http: site.http.clone(), url, sid: String::new(), rid: 4_711 };
        let attributes = "to='wrong.test' wait='20' hold='1' ver='1.6' xmpp:version='1.0' xmlns:xmpp='urn:xmpp:xbosh'";
        let opened = client.ask(attributes, "").await;
        client.sid = attribute(&opened, "sid");
        (client, opened)
    }

    async fn sign_in(site: &Site, secure: bool, user: &str, resource: &str) -> Self {
        let (mut client, _) = Self::open(site, secure).await;
        let secret = STANDARD.encode(format!("\0{user}\0demo"));
        let auth = format!("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>");
        assert!(client.ask("", &auth).await.contains("<success"));
        let restarted = client.ask("xmpp:restart='true' xmlns:xmpp='urn:xmpp:xbosh'", "").await;
        assert!(restarted.contains("<stream:features") && !restarted.contains("<mechanism>"), "{restarted}");
        let bind = format!(
            "<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
             <resource>{resource}</resource></bind></iq>"
        );
        assert!(client.ask("", &bind).await.contains(&format!("<jid>{user}@fin-a.gc.test/{resource}</jid>")));
        let here = "<presence xmlns='jabber:client'/><iq xmlns='jabber:client' type='get' id='p'>\
                    <ping xmlns='urn:xmpp:ping'/></iq>";
        assert!(client.ask("", here).await.contains("id=\"p\""));
        client
    }

    fn request(&mut self, attributes: &str, content: &str) -> reqwest::RequestBuilder {
        self.rid += 1;
        let sid = if self.sid.is_empty() { String::new() } else { format!("sid='{}'", self.sid) };
        let ns = "http://jabber.org/protocol/httpbind";
        let body = format!("<body rid='{}' {sid} xmlns='{ns}' {attributes}>{content}</body>", self.rid);
        self.http.post(&self.url).header("Content-Type", "text/xml; charset=utf-8").body(body)
    }

    async fn ask(&mut self, attributes: &str, content: &str) -> String {
        let (status, text) = answer(self.request(attributes, content)).await;
        assert_eq!(status, 200, "{text}");
        text
    }

    /// A request that is at the server, which keeps it: the one before it is answered for no other reason.
    async fn kept(&mut self) -> Pin<Box<dyn Future<Output = Result<String, reqwest::Error>>>> {
        let (before, kept) = (self.request("", ""), self.request("", ""));
        let mut kept = Box::pin(async { kept.send().await?.text().await });
        tokio::select! {
            (status, _) = answer(before) => assert_eq!(status, 200),
            kept = &mut kept => panic!("not kept: {kept:?}"),
        }
        kept
    }

    /// Asks for what there is until it contains `needle`; empty answers are passed over.
    async fn until(&mut self, needle: &str) -> String {
        loop {
            let text = self.ask("", "").await;
            assert!(!text.contains("terminate"), "{text}");
            if text.contains(needle) {
                return text;
            }
        }
    }
}

fn attribute(text: &str, name: &str) -> String {
    let start = text.find(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {text}")) + name.len() + 3;
    text[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_day_over_http_alone() {
    let site = ucce().await;
    for (secure, user, extension) in [(false, "1001", "2001"), (true, "1002", "2002")] {
        let (_, opened) = Bosh::open(&site, secure).await;
        assert_eq!((attribute(&opened, "from"), attribute(&opened, "wait")), ("fin-a.gc.test".into(), "20".into()));
        let mut bosh = Bosh::sign_in(&site, secure, user, "desktop").await;
        let waiting = bosh.kept().await;
        site.sign_in(user, extension).await;
        let signed_in = waiting.await.unwrap();
        assert!(signed_in.contains("&lt;state&gt;NOT_READY&lt;/state&gt;"), "{signed_in}");
        let dialog = site.server.control().place_call("5551", extension, &[]).unwrap();
        bosh.until("&lt;state&gt;ALERTING&lt;/state&gt;").await;
        for (action, state) in [("ANSWER", "ACTIVE"), ("HOLD", "HELD"), ("DROP", "DROPPED")] {
            assert_eq!(site.act(user, extension, dialog, action).await.0, 202);
            bosh.until(&format!("&lt;state&gt;{state}&lt;/state&gt;")).await;
        }
        let ended = bosh.ask("type='terminate'", "<presence xmlns='jabber:client' type='unavailable'/>").await;
        assert_eq!((attribute(&ended, "type"), ended.contains("condition")), ("terminate".into(), false));
        assert_eq!(answer(bosh.request("", "")).await, (404, "Invalid SID value.".to_owned()));
    }
    site.stop().await;
}

#[tokio::test]
async fn a_repeated_request_loses_and_doubles_nothing() {
    let site = ucce().await;
    let mut bosh = Bosh::sign_in(&site, false, "1001", "desktop").await;
    site.sign_in("1001", "2001").await;
    let lost = bosh.until("NOT_READY").await;
    bosh.rid -= 1;
    assert_eq!(bosh.ask("", "").await, lost, "the same answer again, for a client that did not get it");
    let delivered = site.server.control().picture().delivered;
    assert_eq!(delivered, 1);
    bosh.rid += 5;
    let refused = bosh.ask("", "").await;
    assert_eq!(attribute(&refused, "condition"), "item-not-found");
    within("the session ends", || site.server.control().picture().users[0].sessions.is_empty()).await;
    site.stop().await;
}

#[tokio::test]
async fn a_browser_of_another_origin_may_ask_and_nonsense_may_not() {
    let site = ucce().await;
    let url = format!("http://{}/http-bind", site.server.addresses().ws.unwrap());
    let preflight = site.http.request("OPTIONS".parse().unwrap(), &url).header("Origin", "http://desk.test");
    let response = preflight.send().await.unwrap();
    let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!((response.status().as_u16(), header("Access-Control-Allow-Origin")), (200, "*".to_owned()));
    assert!(header("Access-Control-Allow-Methods").contains("POST"));
    assert!(header("Access-Control-Allow-Headers").contains("Content-Type"));
    assert_eq!(answer(site.http.get(&url)).await.0, 405);
    let table = [
        ("", 400),
        ("hello", 400),
        ("<body>", 400),
        ("<iq/>", 400),
        ("<body rid='1'", 400),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><body rid='1'>&b;</body>", 400),
        ("<body rid='1' sid='nobody'/>", 404),
    ];
    for (body, status) in table {
        assert_eq!(answer(site.http.post(&url).body(body)).await.0, status, "{body}");
    }
    assert_eq!(answer(site.http.post(&url).body("<body>".repeat(20_000))).await.0, 413);
    site.stop().await;
}

#[tokio::test]
async fn conflict_cut_and_half_open_link() {
    let site = ucce().await;
    let mut old = Bosh::sign_in(&site, false, "1001", "same").await;
    let mut new = Bosh::sign_in(&site, false, "1001", "same").await;
    let conflict = old.ask("", "").await;
    assert!(conflict.contains("condition=\"remote-stream-error\"") && conflict.contains("<conflict"), "{conflict}");
    let control = site.server.control();
    control.stall_sessions(Some("1001"), true).unwrap();
    let dead = new.request("", "<iq xmlns='jabber:client' type='get' id='q'><ping xmlns='urn:xmpp:ping'/></iq>");
    assert!(dead.timeout(Duration::from_millis(200)).send().await.unwrap_err().is_timeout());
    control.stall_sessions(Some("1001"), false).unwrap();
    new.rid -= 1;
    assert!(new.ask("", "").await.contains("id=\"q\""), "repeated by its number, and answered");
    let waiting = new.kept().await;
    control.kill_sessions(Some("1001")).unwrap();
    assert!(waiting.await.is_err(), "the connection is closed");
    assert_eq!(answer(new.request("", "")).await.0, 404);
    site.stop().await;
}

#[tokio::test]
async fn sessions_are_limited_and_forgotten() {
    let site = Site::new(Flavour::Ucce, |options| {
        options.max_connections = 20;
        options.timers.idle = Duration::from_secs(1);
        options.timers.handshake = Duration::from_secs(1);
    });
    let site = site.await;
    let bosh = Bosh::sign_in(&site, false, "1001", "gone").await;
    site.sign_in("1001", "2001").await;
    let url = bosh.url.clone();
    let mut open = 1;
    loop {
        match answer(site.http.post(&url).body("<body rid='1' wait='1' hold='1'/>")).await.0 {
            200 => open += 1,
            status => break assert_eq!((status, open), (503, 20)),
        }
    }
    // A client that is not heard of any more is missed after its time.
    within("the session ends", || site.server.control().picture().users[0].sessions.is_empty()).await;
    let room = async { while answer(site.http.post(&url).body("<body rid='1'/>")).await.0 != 200 {} };
    tokio::time::timeout(Duration::from_secs(10), room).await.expect("the others are forgotten too");
    drop(Xmpp::sign_in(&site, crate::sim_client::Way::Ws, "1001", "ws").await);
    assert_eq!(tag(&site.get("1001", "/User/1001").await.1, "state"), "NOT_READY");
    site.stop().await;
}
