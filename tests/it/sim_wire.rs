//! The simulator's wire: negotiation, subscriptions, errors, faults, presence, the control API, hostile input.

use std::time::Duration;

use generic_connector::sim::{ClockMode, CtiError, Fault, FaultKind, Flavour, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::sim_client::{Site, Way, Xmpp, answer, tag};

async fn ucce() -> Site {
    Site::new(Flavour::Ucce, |_| {}).await
}

#[tokio::test]
async fn negotiation_is_openfires() {
    let site = ucce().await;
    let mut xmpp = Xmpp::connect(&site, Way::Tcp).await;
    xmpp.open().await;
    let header = xmpp.expect("<stream:features>").await;
    assert!(header.contains("from=\"fin-a.gc.test\""), "{header}");
    let id = header[header.find("id=\"").unwrap() + 4..].split('"').next().unwrap().to_owned();
    assert!(xmpp.expect("</stream:features>").await.contains("<mechanism>PLAIN</mechanism></mechanisms>"));
    xmpp.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'>x</auth>").await;
    xmpp.expect("<invalid-mechanism/></failure>").await;
    xmpp.auth("1001", "wrong").await;
    xmpp.expect("<failure xmlns=\"urn:ietf:params:xml:ns:xmpp-sasl\"><not-authorized/></failure>").await;
    xmpp.auth("1001", "demo").await;
    xmpp.expect("<success xmlns=\"urn:ietf:params:xml:ns:xmpp-sasl\"/>").await;
    xmpp.open().await;
    assert!(xmpp.expect("</stream:features>").await.contains(&format!("id=\"{id}\"")), "the same id again");
    xmpp.bind("gc-1").await;
    let bound = xmpp.expect("</iq>").await;
    assert!(bound.contains(&format!("to=\"fin-a.gc.test/{id}\"")), "{bound}");
    let table = [
        ("<session xmlns='urn:ietf:params:xml:ns:xmpp-session'/>", "set", "", "type=\"result\""),
        ("<query xmlns='jabber:iq:roster'/>", "get", "", "<query xmlns=\"jabber:iq:roster\"/>"),
        ("<query xmlns='http://jabber.org/protocol/disco#items'/>", "get", "fin-a.gc.test", "jid=\"pubsub.fin-a"),
        ("<query xmlns='http://jabber.org/protocol/disco#info'/>", "get", "pubsub.fin-a.gc.test", "type=\"service\""),
        ("<query xmlns='http://jabber.org/protocol/disco#items'/>", "get", "", "jid=\"conference.fin-a"),
        ("<query xmlns='http://jabber.org/protocol/disco#info'/>", "get", "conference.fin-a.gc.test", "\"conference\""),
        ("<query xmlns='jabber:iq:last'/>", "get", "", "code=\"503\" type=\"cancel\"><service-unavailable"),
        ("<ping xmlns='urn:xmpp:ping'/>", "get", "other.test", "<service-unavailable"),
    ];
    for (child, kind, to, expected) in table {
        let to = if to.is_empty() { String::new() } else { format!(" to='{to}'") };
        xmpp.send(&format!("<iq type='{kind}' id='q'{to}>{child}</iq>")).await;
        let answer = xmpp.expect("</iq>").await;
        assert!(answer.contains("id=\"q\"") && answer.contains(expected), "{child}: {answer}");
    }
    // No presence, no delivery; nor with a negative priority; presence is not echoed.
    site.sign_in("1001", "2001").await;
    xmpp.send("<presence><priority>-1</priority></presence>").await;
    assert!(!xmpp.ping().await.contains("<message"));
    site.state("1001", "READY").await;
    xmpp.send("<presence/>").await;
    let quiet = xmpp.ping().await;
    assert!(!quiet.contains("<message") && !quiet.contains("<presence"), "what came while absent is dropped");
    site.state("1001", "NOT_READY").await;
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"]);
    xmpp.send("</stream:stream>").await;
    assert!(xmpp.closed().await.ends_with("</stream:stream>"));
    site.stop().await;
}

#[tokio::test]
async fn subscriptions_are_kept_by_full_jid_and_id() {
    let site = ucce().await;
    let mut xmpp = Xmpp::sign_in(&site, Way::Ws, "1101", "s").await;
    let mut ask = async |body: &str| {
        xmpp.send(&format!(
            "<iq type='set' id='x' to='pubsub.fin-a.gc.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
             {body}</pubsub></iq>"
        ))
        .await;
        xmpp.expect("</iq>").await
    };
    let jid = "jid='1101@fin-a.gc.test/s'";
    let answer = ask(&format!("<subscribe node='/finesse/api/Team/1/Users' {jid}/>")).await;
    let id = answer[answer.find("subid=\"").unwrap() + 7..].split('"').next().unwrap().to_owned();
    assert_eq!(id.len(), 40);
    assert!(answer.contains("subscription=\"subscribed\"><subscribe-options/></subscription>"), "{answer}");
    assert!(ask("<subscriptions/>").await.contains(&id));
    let table = [
        (format!("<subscribe node='/finesse/api/Team/9/Users' {jid}/>"), "<item-not-found"),
        ("<subscribe node='/finesse/api/Queue/10' jid='1001@fin-a.gc.test/s'/>".to_owned(), "<invalid-jid"),
        (format!("<unsubscribe node='/finesse/api/Queue/10' {jid}/>"), "<not-subscribed"),
        ("<publish node='/finesse/api/User/1001'/>".to_owned(), "<forbidden"),
        (format!("<unsubscribe node='/finesse/api/Team/1/Users' {jid} subid='{id}'/>"), "type=\"result\""),
        (format!("<unsubscribe node='/finesse/api/Team/1/Users' {jid} subid='{id}'/>"), "<unexpected-request"),
    ];
    for (body, expected) in table {
        let answer = ask(&body).await;
        assert!(answer.contains(expected), "{body}: {answer}");
    }
    site.stop().await;
}

#[tokio::test]
async fn errors_of_answers_are_the_documented_ones() {
    let site = ucce().await;
    site.sign_in("1001", "2001").await;
    let wrong = site.http.get(site.url("/User/1002")).basic_auth("1002", Some("wrong"));
    let (status, body) = answer(wrong).await;
    assert_eq!(
        (status, tag(&body, "ErrorMessage"), tag(&body, "ErrorData")),
        (401, "UNAUTHORIZED".into(), "1002".into())
    );
    assert_eq!(answer(site.http.get(site.url("/User/1002"))).await.0, 401, "no credentials");
    let call = |extra: &str| format!("<Dialog><requestedAction>MAKE_CALL</requestedAction>{extra}</Dialog>");
    let table = [
        ("GET", "1001", "/User/1002", String::new(), 401, "Invalid Authorization User Specified"),
        ("GET", "1001", "/User/4711", String::new(), 401, "Invalid Authorization User Specified"),
        ("GET", "4711", "/User/4711", String::new(), 404, "User Not Found"),
        ("GET", "administrator", "/User/4711", String::new(), 404, "User Not Found"),
        ("GET", "1001", "/Dialog/1", String::new(), 404, "Not Found"),
        ("GET", "1001", "/User/1001/ReasonCodes", String::new(), 400, "Parameter Missing"),
        ("PUT", "1001", "/User/1001", "<User><state>".into(), 400, "Bad Request"),
        ("PUT", "1001", "/User/1001", "<User/>".into(), 400, "Parameter Missing"),
        ("PUT", "1001", "/Dialog/1", "<Dialog/>".into(), 404, "Not Found"),
        ("POST", "1001", "/User/1001/Dialogs", call(""), 400, "Parameter Missing"),
        ("POST", "administrator", "/User/1001/Dialogs", call(""), 401, "Invalid Authorization User Specified"),
    ];
    for (method, user, path, body, status, kind) in table {
        let request = site.http.request(method.parse().unwrap(), site.url(path));
        let (got, text) = answer(site.change(request, user, &body)).await;
        assert_eq!((got, tag(&text, "ErrorType").as_str()), (status, kind), "{method} {path} as {user}");
    }
    assert_eq!(site.get("administrator", "/User/1001").await.0, 200);
    let reasons = site.get("1011", "/User/1011/ReasonCodes?category=NOT_READY").await.1;
    assert!(reasons.starts_with("<ReasonCodes category=\"NOT_READY\"><ReasonCode>"), "{reasons}");
    assert_eq!(reasons.matches("<ReasonCode>").count(), 3);
    assert_eq!(
        site.get("1001", "/User/1001/ReasonCodes?category=NOT_READY").await.1.matches("<ReasonCode>").count(),
        2
    );
    assert_eq!(site.get("1001", "/User/1001/WrapUpReasons").await.1.matches("<WrapUpReason>").count(), 2);
    site.stop().await;
}

#[tokio::test]
async fn out_of_service_answers_503_everywhere_but_at_system_info() {
    let site = ucce().await;
    let mut xmpp = Xmpp::sign_in(&site, Way::Ws, "1001", "s").await;
    site.sign_in("1001", "2001").await;
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"]);
    let control = site.server.control();
    control.set_service(Service::Out);
    assert_eq!(xmpp.briefs(1).await, ["OUT_OF_SERVICE"]);
    let (status, body) = site.get("1001", "/User/1001").await;
    assert_eq!((status, tag(&body, "ErrorMessage").as_str()), (503, "SERVER_OUT_OF_SERVICE"));
    assert_eq!(site.state("1001", "READY").await.0, 503);
    let https = site.server.addresses().https.unwrap().port();
    let info = site.http.get(format!("https://localhost:{https}/finesse/api/SystemInfo"));
    let (status, body) = answer(info).await;
    assert_eq!((status, tag(&body, "status").as_str()), (200, "OUT_OF_SERVICE"));
    assert_eq!(tag(&body, "xmppPubSubDomain"), "pubsub.fin-a.gc.test");
    control.set_service(Service::In);
    assert_eq!(xmpp.briefs(2).await, ["IN_SERVICE", "NOT_READY"], "the last state is published again");
    site.stop().await;
}

#[tokio::test]
async fn faults_happen_as_often_as_injected() {
    let site = ucce().await;
    let mut xmpp = Xmpp::sign_in(&site, Way::Ws, "1001", "f").await;
    site.sign_in("1001", "2001").await;
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"]);
    let control = site.server.control();
    let inject = |kind| control.inject(Fault::new(kind).of_user("1001").of_action("READY")).unwrap();
    inject(FaultKind::Status { status: 503 });
    assert_eq!(site.state("1001", "READY").await.0, 503);
    inject(FaultKind::Html { status: 500 });
    let (status, page) = site.state("1001", "READY").await;
    assert!(status == 500 && page.starts_with("<!doctype html>"));
    inject(FaultKind::Silent);
    let body = "<User><state>READY</state></User>";
    let silent = site.change(site.http.put(site.url("/User/1001")), "1001", body);
    assert!(silent.timeout(Duration::from_millis(200)).send().await.unwrap_err().is_timeout());
    assert_eq!(site.server.control().picture().users[0].state, "NOT_READY", "none of these was executed");
    inject(FaultKind::LoseAnswer);
    let lost = site.change(site.http.put(site.url("/User/1001")), "1001", body).send().await;
    assert!(lost.is_err(), "{lost:?}");
    assert_eq!(xmpp.briefs(1).await, ["READY"], "executed all the same");
    assert_eq!(control.requests("1001", "READY"), 4);
    for (delay_ms, without_request_id) in [(0, false), (20, true)] {
        let error = CtiError::new("Call Operation Failure", "34", "CF_RESOURCE_OUT_OF_SERVICE");
        let fault = Fault::new(FaultKind::AsyncError { error, delay_ms, without_request_id });
        control.inject(fault.of_action("NOT_READY")).unwrap();
        assert_eq!(site.state("1001", "NOT_READY").await, (202, String::new()));
        let refused = xmpp.notification().await;
        assert_eq!(refused.brief(), "PUT Call Operation Failure 34");
        assert_eq!(tag(&refused.update, "requestId"), if without_request_id { "" } else { "r-1001" });
    }
    control.inject(Fault::new(FaultKind::DropNotification)).unwrap();
    control.inject(Fault::new(FaultKind::DuplicateNotification)).unwrap();
    control.inject(Fault::new(FaultKind::HoldNotification)).unwrap();
    for state in ["NOT_READY", "READY", "NOT_READY", "READY"] {
        site.state("1001", state).await;
    }
    let (once, twice) = (xmpp.notification().await, xmpp.notification().await);
    assert_eq!((once.brief(), &once.message), ("READY".to_owned(), &twice.message));
    assert_eq!(xmpp.briefs(1).await, ["READY"]);
    control.release_notifications();
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"], "late");
    site.stop().await;
}

#[tokio::test]
async fn a_lost_session_signs_out_after_a_minute() {
    let site = Site::new(Flavour::Ucce, |options| options.clock = ClockMode::Stepped).await;
    let control = site.server.control();
    let mut xmpp = Xmpp::sign_in(&site, Way::Tcp, "1001", "one").await;
    site.sign_in("1001", "2001").await;
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"]);
    control.step(Duration::from_secs(600));
    control.kill_sessions(Some("1001")).unwrap();
    xmpp.closed().await;
    sessions(&site, "1001", 0).await;
    control.step(Duration::from_secs(59));
    assert_eq!(control.picture().users[0].state, "NOT_READY");
    control.step(Duration::from_secs(1));
    assert!(control.picture().users.is_empty(), "signed out, without a session");
    site.stop().await;
}

/// Waits until the user has that many sessions.
async fn sessions(site: &Site, user: &str, count: usize) {
    let reached = tokio::time::timeout(Duration::from_secs(10), async {
        loop {
            let picture = site.server.control().picture();
            let of = picture.users.iter().find(|of| of.id == user).map_or(0, |of| of.sessions.len());
            if of == count {
                return;
            }
            tokio::task::yield_now().await;
        }
    });
    reached.await.expect("the sessions change");
}

#[tokio::test]
async fn several_sessions_of_one_user() {
    let site = ucce().await;
    let mut old = Xmpp::sign_in(&site, Way::Tcp, "1001", "same").await;
    let mut new = Xmpp::sign_in(&site, Way::Ws, "1001", "same").await;
    assert!(old.closed().await.contains("<conflict xmlns=\"urn:ietf:params:xml:ns:xmpp-streams\"/>"));
    let mut other = Xmpp::sign_in(&site, Way::Tls, "1001", "other").await;
    site.sign_in("1001", "2001").await;
    assert_eq!((new.briefs(1).await, other.briefs(1).await), (vec!["NOT_READY".into()], vec!["NOT_READY".into()]));
    site.server.control().stall_sessions(Some("1001"), true).unwrap();
    site.state("1001", "READY").await;
    site.server.control().stall_sessions(Some("1001"), false).unwrap();
    site.state("1001", "NOT_READY").await;
    assert_eq!(new.briefs(1).await, ["NOT_READY"], "READY was swallowed by the half-open link");
    site.stop().await;
    let site = Site::new(Flavour::Ucce, |options| {
        options.notifications.all_sessions = false;
        options.notifications.headline = true;
    });
    let site = site.await;
    let mut first = Xmpp::sign_in(&site, Way::Tcp, "1001", "a").await;
    let mut newest = Xmpp::sign_in(&site, Way::Tcp, "1001", "b").await;
    site.sign_in("1001", "2001").await;
    assert!(newest.notification().await.message.contains(" type=\"headline\""));
    assert!(!first.ping().await.contains("<message"));
    site.stop().await;
}

#[tokio::test]
async fn the_control_api_plays_the_customer() {
    let site = ucce().await;
    let base = format!("http://{}", site.server.addresses().control.unwrap());
    let post = async |path: &str, body: &str| {
        let request = site.http.post(format!("{base}{path}")).header("Content-Type", "application/json");
        answer(request.body(body.to_owned())).await
    };
    let nobody = post("/calls", r#"{"from":"5551","to":"2001"}"#).await;
    assert_eq!(nobody, (409, r#"{"error":"no queue and no signed-in agent at that number"}"#.to_owned()));
    site.sign_in("1001", "2001").await;
    let (status, body) = post("/calls", r#"{"from":"5551","to":"2001","variables":{"user.x":"1"}}"#).await;
    assert_eq!((status, body.as_str()), (200, r#"{"dialog":16777217}"#));
    assert_eq!(post("/calls/16777217/answer", "").await.0, 409);
    let (_, world) = answer(site.http.get(format!("{base}/world"))).await;
    assert!(world.contains(r#""participants":[["5551","INITIATED"],["2001","ALERTING"]]"#), "{world}");
    assert!(world.contains(r#""LOGIN":1"#), "{world}");
    assert_eq!(post("/calls/16777217/hangup", "").await, (200, "{}".to_owned()));
    assert_eq!(post("/calls/16777217/hangup", "").await.0, 409);
    assert_eq!(post("/faults", r#"{"kind":"status","status":503,"user":"1001","times":2}"#).await.0, 200);
    assert_eq!(post("/faults", r#"{"kind":"magic"}"#).await.0, 422);
    assert_eq!(site.get("1001", "/User/1001").await.0, 503);
    assert_eq!(post("/service", r#"{"status":"PARTIAL_SERVICE"}"#).await.0, 200);
    assert_eq!(post("/reset", "").await.0, 200);
    assert_eq!(tag(&site.get("1001", "/User/1001").await.1, "state"), "LOGOUT");
    let large = format!(r#"{{"from":"{}","to":"2001"}}"#, "5".repeat(100_000));
    assert_eq!(post("/calls", &large).await.0, 413);
    site.stop().await;
}

#[tokio::test]
async fn connections_over_the_limit_are_refused_and_websockets_count() {
    let site = Site::new(Flavour::Ucce, |options| options.max_connections = 2).await;
    let mut one = Xmpp::sign_in(&site, Way::Ws, "1001", "a").await;
    let _two = Xmpp::sign_in(&site, Way::Tcp, "1002", "b").await;
    let mut three = TcpStream::connect(site.server.addresses().xmpp.unwrap()).await.unwrap();
    assert_eq!(three.read(&mut [0; 16]).await.unwrap_or(0), 0, "closed at once");
    one.send("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>").await;
    one.closed().await;
    sessions(&site, "1001", 0).await;
    Xmpp::sign_in(&site, Way::HttpWs, "1001", "c").await;
    site.stop().await;
}

#[tokio::test]
async fn hostile_input_ends_its_own_connection_only() {
    let site = Site::new(Flavour::Ucce, |options| {
        options.timers.handshake = Duration::from_secs(2);
        options.timers.keep_alive = Duration::from_secs(2);
    });
    let site = site.await;
    let at = site.server.addresses().clone();
    let deep = format!("<stream:stream xmlns:stream='s'>{}", "<a>".repeat(5_000));
    let large = format!("<stream:stream xmlns:stream='s'><auth a='{}", "x".repeat(200_000));
    let bomb = "<!DOCTYPE a [<!ENTITY b 'c'>]><stream:stream>".to_owned();
    let nothing = "<".to_owned();
    for input in [deep, large, bomb, nothing, "\0\u{1}garbage".to_owned(), "GET / HTTP/9.9\r\n\r\n".to_owned()] {
        for address in [at.xmpp, at.xmpp_tls, at.http, at.https, at.ws, at.wss, at.control] {
            let mut socket = TcpStream::connect(address.unwrap()).await.unwrap();
            // The server may close before everything is written.
            let _ = socket.write_all(input.as_bytes()).await;
            let _ = socket.shutdown().await;
            let mut rest = Vec::new();
            let ended = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut rest)).await;
            assert!(ended.is_ok(), "{input:.20} on {address:?} is not closed");
        }
    }
    for address in [at.xmpp, at.xmpp_tls, at.http, at.https, at.ws, at.wss, at.control] {
        let mut idle = TcpStream::connect(address.unwrap()).await.unwrap();
        let ended = tokio::time::timeout(Duration::from_secs(5), idle.read_to_end(&mut Vec::new())).await;
        assert!(ended.is_ok(), "an idle connection to {address:?} is not closed");
    }
    let mut eager = Xmpp::connect(&site, Way::Ws).await;
    eager.send("<iq type='set' id='1'><bind/></iq>").await;
    assert!(eager.closed().await.contains("<not-authorized xmlns=\"urn:ietf:params:xml:ns:xmpp-streams\"/>"));
    let body = "<User>".repeat(50_000);
    assert_eq!(site.put("1001", "/User/1001", &body).await.0, 413);
    assert_eq!(site.put("1001", "/User/1001", &"<User>".repeat(5_000)).await.0, 400);
    let mut good = Xmpp::sign_in(&site, Way::StartTls, "1001", "good").await;
    site.sign_in("1001", "2001").await;
    assert_eq!(good.briefs(1).await, ["NOT_READY"]);
    site.stop().await;
}
