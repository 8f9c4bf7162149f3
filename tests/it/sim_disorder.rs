//! Notifications that come late, twice and in another order.

use std::collections::BTreeSet;
use std::time::Duration;

use generic_connector::sim::{ClockMode, Disorder, Fault, FaultKind, Flavour};

use crate::sim_client::{Site, Way, Xmpp, answer};

/// A world whose clock stands still, so that what is late comes when the test says.
async fn stepped() -> Site {
    Site::new(Flavour::Ucce, |options| options.clock = ClockMode::Stepped).await
}

#[tokio::test]
async fn a_notification_comes_behind_the_next_or_late() {
    let site = stepped().await;
    let control = site.server.control();
    let mut xmpp = Xmpp::sign_in(&site, Way::Tcp, "1001", "late").await;
    let mut other = Xmpp::sign_in(&site, Way::Tcp, "1002", "other").await;
    let reorder = || Fault::new(FaultKind::ReorderNotification { within_ms: 40 }).of_user("1001");
    control.inject(reorder()).unwrap();
    site.sign_in("1001", "2001").await;
    site.sign_in("1002", "2002").await;
    assert_eq!(other.briefs(1).await, ["NOT_READY"], "another's comes as it should, and releases nothing");
    assert!(!xmpp.ping().await.contains("<message"));
    site.state("1001", "READY").await;
    assert_eq!(xmpp.briefs(2).await, ["READY", "NOT_READY"], "swapped");
    control.inject(reorder()).unwrap();
    site.state("1001", "NOT_READY").await;
    control.step(Duration::from_millis(39));
    assert!(!xmpp.ping().await.contains("<message"));
    control.step(Duration::from_millis(1));
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"], "there was none to come behind");
    control.inject(Fault::new(FaultKind::DelayNotification { ms: 100 })).unwrap();
    site.state("1001", "READY").await;
    site.state("1001", "NOT_READY").await;
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"]);
    control.step(Duration::from_millis(100));
    assert_eq!(xmpp.briefs(1).await, ["READY"]);
    site.stop().await;
}

/// Item ids in the order of their arrival, when three agents change state a hundred times.
async fn day(seed: u64) -> Vec<u64> {
    const AGENTS: [&str; 3] = ["1001", "1002", "1003"];
    let site = stepped().await;
    let control = site.server.control();
    let mut all = Vec::new();
    for agent in AGENTS {
        all.push(Xmpp::sign_in(&site, Way::Tcp, agent, "day").await);
    }
    control.set_disorder(Some(Disorder { seed, within_ms: 50 }));
    for agent in AGENTS {
        site.sign_in(agent, &format!("2{}", &agent[1..])).await;
    }
    for round in 0..100 {
        for agent in AGENTS {
            assert_eq!(site.state(agent, if round % 2 == 0 { "READY" } else { "NOT_READY" }).await.0, 202);
        }
        control.step(Duration::from_millis(10));
    }
    control.set_disorder(None);
    control.step(Duration::from_millis(50));
    let (mut texts, sent) = (vec![String::new(); AGENTS.len()], control.picture().delivered);
    while texts.iter().map(|text| text.matches("</item>").count()).sum::<usize>() < usize::try_from(sent).unwrap() {
        for (text, xmpp) in texts.iter_mut().zip(&mut all) {
            text.push_str(&xmpp.ping().await);
        }
    }
    // A counter behind the publisher's UUID.
    let ids = |text: &String| {
        let ids = text.split("<item id=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        ids.map(|id| id[36..].parse::<u64>().unwrap()).collect::<Vec<_>>()
    };
    let items = texts.iter().map(ids).collect::<Vec<_>>();
    for ids in &items {
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 101, "each has come");
        assert!(ids.len() > 105, "some twice: {}", ids.len());
        assert!(!ids.is_sorted(), "not in their order");
    }
    site.stop().await;
    items.concat()
}

#[tokio::test]
async fn in_disorder_nothing_is_lost_and_the_same_seed_makes_the_same_day() {
    assert_eq!(day(7).await, day(7).await);
    assert_ne!(day(7).await, day(8).await);
}

#[tokio::test]
async fn the_control_api_has_disorder_and_late_notifications() {
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let base = format!("http://{}", site.server.addresses().control.unwrap());
    let ask = async |method: &str, path: &str, body: &str| {
        let request = site.http.request(method.parse().unwrap(), format!("{base}{path}"));
        answer(request.header("Content-Type", "application/json").body(body.to_owned())).await
    };
    let late = r#"{"kind":"delay_notification","ms":30,"user":"1001"}"#;
    assert_eq!(ask("POST", "/faults", late).await.0, 200);
    assert_eq!(ask("POST", "/faults", r#"{"kind":"reorder_notification"}"#).await.0, 200);
    assert_eq!(ask("POST", "/disorder", r#"{"seed":7}"#).await, (200, "{}".to_owned()));
    assert_eq!(ask("POST", "/disorder", r#"{"sead":7}"#).await.0, 422);
    let world = ask("GET", "/world", "").await.1;
    assert!(world.contains(r#""kind":"reorder_notification","within_ms":1000"#), "{world}");
    assert!(world.contains(r#""disorder":{"seed":7,"within_ms":50}"#), "{world}");
    let mut xmpp = Xmpp::sign_in(&site, Way::Ws, "1001", "late").await;
    site.sign_in("1001", "2001").await;
    assert_eq!(xmpp.briefs(1).await, ["NOT_READY"], "after its 30 ms, without another request");
    assert_eq!(ask("DELETE", "/disorder", "").await.0, 200);
    assert!(ask("GET", "/world", "").await.1.contains(r#""disorder":null"#));
    site.stop().await;
}
