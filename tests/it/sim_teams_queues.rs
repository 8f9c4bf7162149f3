//! The simulator's queues: who has which, what their statistics say, when their nodes tell of it.

use std::time::Duration;

use generic_connector::sim::{ClockMode, Flavour};

use crate::sim_client::{Site, Way, Xmpp, tag};
use crate::sim_teams::subscription;

async fn statistics(site: &Site) -> String {
    let (status, queue) = site.get("1012", "/Queue/10").await;
    assert_eq!(status, 200, "whoever asks");
    [
        "callsInQueue",
        "agentsLoggedOn",
        "agentsReady",
        "agentsNotReady",
        "agentsBusyOther",
        "agentsTalkingInbound",
        "agentsTalkingOutbound",
        "agentsTalkingInternal",
        "agentsWrapUpNotReady",
        "agentsWrapUpReady",
    ]
    .map(|name| tag(&queue, name))
    .join(" ")
}

#[tokio::test]
async fn statistics_follow_the_world() {
    let site = Site::new(Flavour::Ucce, |options| options.clock = ClockMode::Stepped).await;
    let control = site.server.control();
    assert_eq!(statistics(&site).await, "0 0 0 0 0 0 0 0 0 0");
    assert_eq!(tag(&site.get("1001", "/Queue/10").await.1, "startTimeOfLongestCallInQueue"), "");
    let first = control.place_call("5551230000", "8010", &[]).unwrap();
    control.step(Duration::from_secs(5));
    control.place_call("5551230001", "10", &[]).unwrap();
    assert_eq!(statistics(&site).await, "2 0 0 0 0 0 0 0 0 0");
    let longest = tag(&site.get("1001", "/Queue/10").await.1, "startTimeOfLongestCallInQueue");
    assert!(longest.len() == 20 && longest.ends_with('Z'), "{longest}");
    for agent in 1..=4 {
        site.sign_in(&format!("100{agent}"), &format!("200{agent}")).await;
    }
    assert_eq!(statistics(&site).await, "2 4 0 4 0 0 0 0 0 0");
    // The waiting call goes to whoever becomes ready.
    site.state("1001", "READY").await;
    assert_eq!(statistics(&site).await, "1 4 0 3 1 0 0 0 0 0");
    assert_ne!(tag(&site.get("1001", "/Queue/10").await.1, "startTimeOfLongestCallInQueue"), longest);
    site.act("1001", "2001", first, "ANSWER").await;
    assert_eq!(statistics(&site).await, "1 4 0 3 0 1 0 0 0 0");
    let call = |from: &str, to: &str| {
        format!(
            "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>{from}</fromAddress>\
             <toAddress>{to}</toAddress></Dialog>"
        )
    };
    site.post("1002", "/User/1002/Dialogs", &call("2002", "5557777")).await;
    site.post("1003", "/User/1003/Dialogs", &call("2003", "2004")).await;
    assert_eq!(statistics(&site).await, "1 4 0 1 0 1 1 1 0 0");
    site.state("1001", "WORK_READY").await;
    control.hang_up(first).unwrap();
    assert_eq!(statistics(&site).await, "1 4 0 1 0 0 1 1 0 1");
    site.stop().await;
}

#[tokio::test]
async fn everybody_has_the_queues_of_the_own_and_supervised_teams() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let site = Site::new(flavour, |options| {
            options.seed.agents[3].supervises = vec!["1".to_owned(), "2".to_owned()];
        })
        .await;
        let (status, queues) = site.get("1012", "/User/1001/Queues").await;
        assert!(queues.starts_with("<Queues><Queue><name>Sales</name><statistics>"), "{status} {queues}");
        assert_eq!(site.get("1102", "/User/1102/Queues").await.1.matches("<Queue>").count(), 2);
        assert_eq!(site.get("1001", "/Queue/99").await.0, 404);
        assert_eq!(site.get("1001", "/User/4711/Queues").await.0, 404);
        if flavour == Flavour::Uccx {
            assert_eq!(statistics(&site).await, "-1 -1 -1 -1 -1 -1 -1 -1 -1 -1");
            assert_eq!(tag(&queues, "startTimeOfLongestCallInQueue"), "");
        }
        site.stop().await;
    }
}

#[tokio::test]
async fn a_queue_tells_every_ten_seconds_whether_it_changed() {
    let site = Site::new(Flavour::Ucce, |options| options.clock = ClockMode::Stepped).await;
    let control = site.server.control();
    let step = |seconds| control.step(Duration::from_secs(seconds));
    let mut xmpp = Xmpp::sign_in(&site, Way::Ws, "1101", "s").await;
    subscription(&mut xmpp, "subscribe", "Queue/10", "1101").await;
    step(30);
    assert!(!xmpp.ping().await.contains("<message"), "nothing changed");
    control.place_call("5551230000", "8010", &[]).unwrap();
    control.place_call("5551230000", "8020", &[]).unwrap();
    step(9);
    assert!(!xmpp.ping().await.contains("<message"), "not yet");
    step(1);
    let update = xmpp.notification().await;
    assert_eq!(tag(&update.update, "callsInQueue"), "1");
    assert_eq!(
        (tag(&update.update, "event"), tag(&update.update, "source")),
        ("PUT".into(), "/finesse/api/Queue/10".into())
    );
    assert!(update.message.contains("to=\"1101@fin-a.gc.test/s\""));
    step(10);
    assert!(!xmpp.ping().await.contains("<message"), "once");
    subscription(&mut xmpp, "unsubscribe", "Queue/10", "1101").await;
    control.place_call("5551230002", "8010", &[]).unwrap();
    step(10);
    assert!(!xmpp.ping().await.contains("<message"), "unsubscribed");
    subscription(&mut xmpp, "subscribe", "Queue/10", "1101").await;
    control.place_call("5551230003", "8010", &[]).unwrap();
    step(10);
    assert_eq!(tag(&xmpp.notification().await.update, "callsInQueue"), "3", "again, from the present state");
    site.stop().await;
    let site = Site::new(Flavour::Uccx, |options| options.clock = ClockMode::Stepped).await;
    let mut xmpp = Xmpp::sign_in(&site, Way::Ws, "1101", "s").await;
    subscription(&mut xmpp, "subscribe", "Queue/10", "1101").await;
    site.server.control().place_call("5551230000", "8010", &[]).unwrap();
    site.server.control().step(Duration::from_secs(60));
    assert!(!xmpp.ping().await.contains("<message"), "UCCX has no statistics");
    site.stop().await;
}
