//! Load from the control API: many calls at once, and notifications at a pace.

use std::time::{SystemTime, UNIX_EPOCH};

use generic_connector::sim::{Flavour, Seed};

use crate::sim_client::{Site, Way, Xmpp, answer, tag};

async fn ask(site: &Site, path: &str, body: &str) -> (u16, String) {
    let url = format!("http://{}{path}", site.server.addresses().control.unwrap());
    answer(site.http.post(url).header("Content-Type", "application/json").body(body.to_owned())).await
}

/// Signs in a few of a thousand agents.
async fn agents(count: u32) -> (Site, Vec<Xmpp>) {
    let site = Site::new(Flavour::Ucce, |options| options.seed = Seed::with_agents(1_000).unwrap()).await;
    let mut all = Vec::new();
    for n in 1..=count {
        let (user, extension) = ((100_000 + n).to_string(), (200_000 + n).to_string());
        let mut xmpp = Xmpp::sign_in(&site, Way::Tcp, &user, "load").await;
        site.sign_in(&user, &extension).await;
        assert_eq!(xmpp.briefs(1).await, ["NOT_READY"]);
        all.push(xmpp);
    }
    (site, all)
}

fn nanos() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos()
}

#[tokio::test]
async fn changes_of_call_data_are_published_in_turn_with_their_time() {
    let (site, mut all) = agents(3).await;
    let calls = r#"{"from":"100001","count":3,"answer":true,"variables":{"callVariable1":"gold"}}"#;
    let placed = ask(&site, "/load/calls", calls).await;
    assert_eq!(placed, (200, r#"{"dialogs":[16777217,16777218,16777219]}"#.to_owned()));
    for xmpp in &mut all {
        assert_eq!(xmpp.briefs(3).await, ["POST ALERTING", "PUT ACTIVE", "TALKING"]);
    }
    let before = nanos();
    let load = r#"{"users":{"from":"100001","count":3},"per_second":10000,"count":100}"#;
    let (status, text) = ask(&site, "/load", load).await;
    let done = serde_json::from_str::<serde_json::Value>(&text).unwrap();
    assert_eq!((status, &done["published"]), (200, &100.into()), "{text}");
    assert!(done["seconds"].as_f64().unwrap() >= 0.009, "at its pace: {text}");
    for (xmpp, count) in all.iter_mut().zip([34, 33, 33]) {
        let mut last = before;
        for _ in 0..count {
            let update = xmpp.notification().await.update;
            let variable = update.split("<name>callVariable10</name><value>").nth(1).unwrap();
            let sent = variable.split('<').next().unwrap().parse::<u128>().unwrap();
            assert!((last..=nanos()).contains(&sent), "{sent} after {last}");
            assert_eq!((tag(&update, "requestId"), tag(&update, "event")), (String::new(), "PUT".to_owned()));
            assert!(update.contains("<name>callVariable1</name><value>gold</value>"), "{update}");
            last = sent;
        }
        assert!(!xmpp.ping().await.contains("<message"), "no more than their share");
    }
    site.stop().await;
}

#[tokio::test]
async fn agents_may_answer_for_themselves() {
    let (site, mut all) = agents(1).await;
    assert_eq!(ask(&site, "/load/calls", r#"{"from":"100001","count":1}"#).await.0, 200);
    assert_eq!(all[0].briefs(1).await, ["POST ALERTING"]);
    let load = r#"{"users":["100001"],"per_second":1000,"count":1}"#;
    let refused = ask(&site, "/load", load).await;
    assert_eq!(refused, (409, r#"{"error":"100001: not on a call"}"#.to_owned()));
    assert_eq!(site.act("100001", "200001", 16_777_217, "ANSWER").await.0, 202);
    assert_eq!(all[0].briefs(2).await, ["PUT ACTIVE", "TALKING"]);
    assert_eq!(ask(&site, "/load", load).await.0, 200);
    assert_eq!(all[0].briefs(1).await, ["PUT ACTIVE"]);
    site.stop().await;
}

#[tokio::test]
async fn what_is_out_of_bounds_is_refused() {
    let (site, _all) = agents(1).await;
    for (path, body) in [
        ("/load", r#"{"users":["100001"],"per_second":0,"count":1}"#),
        ("/load", r#"{"users":["100001"],"per_second":1000001,"count":1}"#),
        ("/load", r#"{"users":["100001"],"per_second":1,"count":601}"#),
        ("/load", r#"{"users":[],"per_second":1,"count":1}"#),
        ("/load", r#"{"users":["nobody"],"per_second":1,"count":1}"#),
        ("/load", r#"{"users":{"from":"100001","count":4294967295},"per_second":1,"count":1}"#),
        ("/load", r#"{"users":{"from":"18446744073709551615","count":2},"per_second":1,"count":1}"#),
        ("/load/calls", r#"{"from":"100001","count":0}"#),
        ("/load/calls", r#"{"from":"100001","count":1001}"#),
        ("/load/calls", r#"{"from":"100002","count":1}"#),
        ("/load/calls", r#"{"from":"100001","count":1,"variables":{"callVariable11":"x"}}"#),
    ] {
        let (status, text) = ask(&site, path, body).await;
        assert_eq!(status, 409, "{body}: {text}");
    }
    assert_eq!(ask(&site, "/load", r#"{"users":["100001"],"per_second":1,"count":1,"more":1}"#).await.0, 422);
    assert!(site.server.control().picture().dialogs.is_empty());
    site.stop().await;
}
