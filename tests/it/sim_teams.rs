//! The simulator's teams: who may read them, and what a supervisor who subscribed is told.

use generic_connector::sim::Flavour;

use crate::sim_client::{Site, Way, Xmpp, tag};

/// Subscribes or unsubscribes; returns the answer.
pub async fn subscription(xmpp: &mut Xmpp, verb: &str, node: &str, jid: &str) -> String {
    xmpp.send(&format!(
        "<iq type='set' id='n1' to='pubsub.fin-a.gc.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
         <{verb} node='/finesse/api/{node}' jid='{jid}@fin-a.gc.test/s'/></pubsub></iq>"
    ))
    .await;
    let answer = xmpp.expect("</iq>").await;
    assert!(answer.contains("type=\"result\""), "{answer}");
    answer
}

#[tokio::test]
async fn a_team_is_its_supervisors_and_the_administrators() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let site = Site::new(flavour, |_| {}).await;
        site.sign_in("1001", "2001").await;
        let (status, team) = site.get("1101", "/Team/1").await;
        assert_eq!((status, team.matches("<User>").count()), (200, 1), "{team}");
        assert!(team.starts_with("<Team><id>1</id><name>Sales</name><uri>/finesse/api/Team/1</uri><users><User>"));
        assert_eq!((tag(&team, "loginId"), tag(&team, "state")), ("1001".into(), "NOT_READY".into()));
        assert!(!team.contains("loginName") && !team.contains("roles") && !team.contains("teamId"), "{team}");
        let (_, all) = site.get("administrator", "/Team/1?nocache=1&includeLoggedOutAgents=true").await;
        assert_eq!(all.matches("<User>").count(), 11, "ten agents and their supervisor");
        for (user, path, status) in [
            ("1102", "/Team/1", 401),
            ("1001", "/Team/1", 401),
            ("1001", "/Team/9", 401),
            ("1101", "/Team/9", 404),
            ("administrator", "/Team/9", 404),
            ("1101", "/Teams", 401),
            ("1101", "/Users", 401),
            ("1101", "/Team/1/Users", 405),
        ] {
            assert_eq!(site.get(user, path).await.0, status, "{path} as {user}");
        }
        assert_eq!(site.get("administrator", "/Teams").await.1.matches("<Team>").count(), 2);
        assert_eq!(site.get("administrator", "/Users").await.1.matches("<User>").count(), 22);
        assert_eq!(site.server.control().requests("1101", "GET_TEAM"), 2);
        site.stop().await;
    }
}

#[tokio::test]
async fn members_changes_go_to_the_sessions_that_subscribed() {
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let mut watching = Xmpp::sign_in(&site, Way::Ws, "1101", "s").await;
    let mut other = Xmpp::sign_in(&site, Way::Tcp, "1101", "other").await;
    site.sign_in("1001", "2001").await;
    let answer = subscription(&mut watching, "subscribe", "Team/1/Users", "1101").await;
    assert!(!answer.contains("<message"), "nothing before the subscription");
    let subid = &answer[answer.find("subid=\"").unwrap() + 7..][..40];
    site.state("1001", "READY").await;
    let update = watching.notification().await;
    assert_eq!(update.brief(), "READY");
    assert_eq!(tag(&update.update, "source"), "/finesse/api/User/1001");
    assert_eq!(tag(&update.update, "loginId"), "1001");
    assert!(!update.update.contains("<teamId>"), "a summary");
    assert!(update.message.contains("to=\"1101@fin-a.gc.test/s\""), "{}", update.message);
    assert!(update.message.contains("<items node=\"/finesse/api/Team/1/Users\">"));
    assert!(update.message.contains(&format!("<header name=\"SubID\">{subid}</header></headers>")));
    // Another team's member, then one of this team with a reason.
    site.sign_in("1011", "2011").await;
    let body = "<User><state>NOT_READY</state><reasonCodeId>1</reasonCodeId></User>";
    site.put("1001", "/User/1001", body).await;
    let update = watching.notification().await;
    assert_eq!((update.brief(), tag(&update.update, "code")), ("NOT_READY".into(), "10".into()));
    assert!(update.update.contains("<reasonCode>"));
    subscription(&mut watching, "subscribe", "Team/1/Users", "1101").await;
    site.state("1001", "READY").await;
    let update = watching.notification().await;
    assert_eq!(update.message.matches("<header name=\"SubID\">").count(), 2, "one message for both subscriptions");
    subscription(&mut watching, "unsubscribe", "Team/1/Users", "1101").await;
    site.state("1001", "NOT_READY").await;
    assert_eq!(watching.briefs(1).await, ["NOT_READY"], "one is left");
    subscription(&mut watching, "unsubscribe", "Team/1/Users", "1101").await;
    site.state("1001", "READY").await;
    assert!(!watching.ping().await.contains("<message"), "unsubscribed");
    assert!(!other.ping().await.contains("<message"), "never subscribed");
    // A session that ends takes its subscriptions with it, also when the same resource comes back.
    subscription(&mut watching, "subscribe", "Team/1/Users", "1101").await;
    let mut again = Xmpp::sign_in(&site, Way::Ws, "1101", "s").await;
    site.state("1001", "NOT_READY").await;
    assert!(!again.ping().await.contains("<message"));
    site.stop().await;
    let site = Site::new(Flavour::Uccx, |options| options.notifications.subscription_ids = false).await;
    let mut watching = Xmpp::sign_in(&site, Way::Ws, "1102", "s").await;
    subscription(&mut watching, "subscribe", "Team/2/Users", "1102").await;
    site.sign_in("1011", "2011").await;
    let update = watching.notification().await;
    assert_eq!(update.brief(), "NOT_READY");
    assert!(!update.message.contains("SubID"));
    site.stop().await;
}
