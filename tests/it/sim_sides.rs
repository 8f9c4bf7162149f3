//! Two nodes in front of one world: each by itself, one down, one half-open.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use generic_connector::model::event::Payload;
use generic_connector::session::Item;
use generic_connector::sim::{Addresses, ClockMode, Flavour, Reach, Second, Side};

use crate::sim_client::{Site, Way, Xmpp, answer, tag, within};
use crate::support::{self, World, on_a_call};

async fn pair() -> Site {
    Site::new(Flavour::Ucce, |options| {
        options.clock = ClockMode::Stepped;
        options.second = Some(Second { domain: "fin-b.gc.test".to_owned(), host: IpAddr::V4(Ipv4Addr::LOCALHOST) });
    })
    .await
}

/// A request to a node's REST API, as agent 1001.
async fn get(site: &Site, at: &Addresses, path: &str) -> Result<(u16, String), reqwest::Error> {
    let url = format!("http://{}/finesse/api{path}", at.http.unwrap());
    let request = site.http.get(url).basic_auth("1001", Some("demo")).timeout(Duration::from_millis(500));
    let response = request.send().await?;
    Ok((response.status().as_u16(), response.text().await?))
}

fn sessions(site: &Site) -> usize {
    site.server.control().picture().users.iter().map(|user| user.sessions.len()).sum()
}

#[tokio::test]
async fn both_nodes_show_the_same_world_under_their_own_names() {
    let site = pair().await;
    let (a, b) = (site.server.addresses().clone(), site.server.second().unwrap().clone());
    for (at, domain) in [(&a, "fin-a.gc.test"), (&b, "fin-b.gc.test")] {
        let info = get(&site, at, "/SystemInfo").await.unwrap().1;
        assert_eq!((tag(&info, "status"), tag(&info, "xmppDomain")), ("IN_SERVICE".into(), domain.into()));
        assert!(info.contains("<primaryNode><host>fin-a.gc.test</host>"), "{info}");
        assert!(info.contains("<secondaryNode><host>fin-b.gc.test</host>"), "{info}");
        assert!(info.contains(&format!("<httpsPort>{}</httpsPort>", b.https.unwrap().port())), "{info}");
    }
    // The same resource at both: they know nothing of each other's sessions.
    let mut first = Xmpp::sign_in(&site, Way::Tcp, "1001", "desk").await;
    let mut second = Xmpp::sign_in_at(&site, Side::B, Way::Ws, "1001", "desk").await;
    site.sign_in("1001", "2001").await;
    let (from_a, from_b) = (first.notification().await.message, second.notification().await.message);
    assert!(from_a.contains("from=\"pubsub.fin-a.gc.test\" to=\"1001@fin-a.gc.test\""), "{from_a}");
    assert!(from_b.contains("from=\"pubsub.fin-b.gc.test\" to=\"1001@fin-b.gc.test\""), "{from_b}");
    assert_eq!(tag(&get(&site, &b, "/User/1001").await.unwrap().1, "state"), "NOT_READY");
    site.stop().await;
}

#[tokio::test]
async fn a_node_that_is_down_cuts_its_links_and_the_other_goes_on() {
    let site = pair().await;
    let (a, b) = (site.server.addresses().clone(), site.server.second().unwrap().clone());
    let control = site.server.control();
    let mut all = Vec::new();
    for way in [Way::Tcp, Way::StartTls, Way::Tls, Way::Ws, Way::Wss, Way::HttpWs] {
        all.push(Xmpp::sign_in(&site, way, "1001", &format!("{way:?}")).await);
    }
    site.sign_in("1001", "2001").await;
    control.set_reach(Side::A, Reach::Down);
    for mut link in all {
        link.closed().await;
    }
    within("all sessions end", || sessions(&site) == 0).await;
    assert!(get(&site, &a, "/SystemInfo").await.is_err(), "no answer of any kind");
    control.step(Duration::from_secs(59));
    // The other node has to be reached within the minute.
    let mut moved = Xmpp::sign_in_at(&site, Side::B, Way::Tls, "1001", "desk").await;
    control.step(Duration::from_secs(60));
    assert_eq!(tag(&get(&site, &b, "/User/1001").await.unwrap().1, "state"), "NOT_READY");
    control.set_reach(Side::B, Reach::Down);
    moved.closed().await;
    within("the session ends", || sessions(&site) == 0).await;
    control.step(Duration::from_secs(60));
    control.set_reach(Side::A, Reach::Up);
    assert_eq!(tag(&get(&site, &a, "/User/1001").await.unwrap().1, "state"), "LOGOUT");
    Xmpp::sign_in(&site, Way::Tcp, "1001", "again").await;
    site.stop().await;
}

#[tokio::test]
async fn a_silent_node_takes_everything_and_answers_when_it_is_back() {
    let site = pair().await;
    let (a, b) = (site.server.addresses().clone(), site.server.second().unwrap().clone());
    let base = format!("http://{}", a.control.unwrap());
    let node = async |side: &str, reach: &str| {
        let request = site.http.post(format!("{base}/nodes/{side}")).header("Content-Type", "application/json");
        answer(request.body(format!(r#"{{"reach":"{reach}"}}"#))).await.0
    };
    let mut xmpp = Xmpp::sign_in(&site, Way::Ws, "1001", "desk").await;
    assert_eq!((node("a", "silent").await, node("c", "up").await, node("a", "away").await), (200, 400, 422));
    let world = answer(site.http.get(format!("{base}/world"))).await.1;
    assert!(world.contains(r#""nodes":{"a":"silent","b":"up"}"#), "{world}");
    assert!(get(&site, &a, "/SystemInfo").await.unwrap_err().is_timeout(), "connected, and nothing comes");
    assert_eq!(get(&site, &b, "/SystemInfo").await.unwrap().0, 200);
    xmpp.send("<iq type='get' to='fin-a.gc.test' id='p'><ping xmlns='urn:xmpp:ping'/></iq>").await;
    assert_eq!(sessions(&site), 1);
    assert_eq!(node("a", "up").await, 200);
    xmpp.expect("id=\"p\"").await;
    assert_eq!(get(&site, &a, "/SystemInfo").await.unwrap().0, 200);
    node("a", "down").await;
    assert_eq!(answer(site.http.post(format!("{base}/reset"))).await.0, 200);
    assert_eq!(get(&site, &a, "/SystemInfo").await.unwrap().0, 200, "a reset brings both back");
    site.stop().await;
}

/// The customer hangs up while the service can't reach the node; what it finds afterwards is told once, as reconciled.
async fn unreachable_in_a_call(reach: Reach) {
    let world = World::start(Flavour::Ucce).await;
    let (mut desk, dialog) = on_a_call(&world, "1001").await;
    let control = world.sim.control();
    control.set_reach(Side::A, reach);
    control.hang_up(dialog.to_string().parse().unwrap()).unwrap();
    loop {
        if let Item::Stale(_) = support::within("the loss is told", desk.events.next()).await {
            break;
        }
    }
    control.set_reach(Side::A, Reach::Up);
    let mut ended = 0;
    loop {
        match support::within("the stream to be current again", desk.events.next()).await {
            Item::Current => break,
            Item::Stale(_) => {}
            Item::Event(published) => {
                ended += usize::from(matches!(published.event.payload, Payload::DialogEnded { .. }));
            }
            Item::Ended(ended) => panic!("{ended:?}"),
        }
    }
    assert_eq!(ended, 1, "{reach:?}");
    assert!(desk.connected.handle.snapshot().await.unwrap().dialogs.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn a_session_lives_through_a_node_that_is_down_or_half_open() {
    unreachable_in_a_call(Reach::Down).await;
    unreachable_in_a_call(Reach::Silent).await;
}
