//! An agent's day against the simulator, on both platforms and over every transport.

use generic_connector::sim::{Flavour, Namespace};

use crate::sim_client::{Site, Way, Xmpp, tag};

#[tokio::test]
async fn an_agents_day_on_ucce() {
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let mut xmpp = Xmpp::sign_in(&site, Way::HttpWs, "1001", "day").await;
    site.sign_in("1001", "2001").await;
    let first = xmpp.notification().await;
    assert_eq!(tag(&first.update, "requestId"), "r-1001");
    assert_eq!(tag(&first.update, "source"), "/finesse/api/User/1001");
    assert_eq!((first.brief().as_str(), tag(&first.update, "extension").as_str()), ("NOT_READY", "2001"));
    assert!(first.message.contains("from=\"pubsub.fin-a.gc.test\" to=\"1001@fin-a.gc.test\" id=\""));
    assert!(first.message.contains("<items node=\"/finesse/api/User/1001\"><item id=\""));
    assert!(first.message.contains("<notification xmlns=\"urn:xmpp:push:0\">&lt;Update&gt;"));
    assert!(!first.message.contains("type="));
    assert_eq!(site.state("1001", "READY").await, (202, String::new()));
    assert_eq!(xmpp.briefs(1).await, ["READY"]);
    let control = site.server.control();
    let dialog = control.place_call("5551230000", "8010", &[("callVariable1", "gold & <new>")]).unwrap();
    assert_eq!(xmpp.briefs(1).await, ["RESERVED"]);
    let offered = xmpp.notification().await;
    assert_eq!(offered.brief(), "POST ALERTING");
    assert_eq!(tag(&offered.update, "source"), "/finesse/api/User/1001/Dialogs");
    assert_eq!(tag(&offered.update, "requestId"), "");
    assert_eq!(tag(&offered.update, "callType"), "PREROUTE_ACD_IN");
    assert_eq!(tag(&offered.update, "queueName"), "Sales");
    assert!(offered.update.contains("<name>callVariable1</name><value>gold &amp; &lt;new&gt;</value>"));
    assert_eq!(offered.update.matches("<CallVariable>").count(), 10);
    assert!(offered.update.contains("<actions><action>ANSWER</action></actions>"));
    assert_eq!(site.act("1001", "2001", dialog, "ANSWER").await, (202, String::new()));
    let answered = xmpp.notification().await;
    assert_eq!(answered.brief(), "PUT ACTIVE");
    assert_eq!(tag(&answered.update, "source"), format!("/finesse/api/Dialog/{dialog}"));
    assert_eq!(tag(&answered.update, "requestId"), "r-1001");
    assert_eq!(xmpp.briefs(1).await, ["TALKING"]);
    site.act("1001", "2001", dialog, "HOLD").await;
    assert_eq!(xmpp.briefs(2).await, ["PUT ACTIVE", "HOLD"]);
    site.act("1001", "2001", dialog, "RETRIEVE").await;
    assert_eq!(xmpp.briefs(2).await, ["PUT ACTIVE", "TALKING"]);
    site.state("1001", "WORK_READY").await;
    assert_eq!(tag(&xmpp.notification().await.update, "pendingState"), "WORK_READY");
    site.act("1001", "2001", dialog, "DROP").await;
    assert_eq!(xmpp.briefs(3).await, ["PUT ACTIVE", "WORK_READY", "PUT ACTIVE"]);
    let data = "<Dialog><requestedAction>UPDATE_CALL_DATA</requestedAction><mediaProperties>\
        <wrapUpReason>Complaint</wrapUpReason><callvariables><CallVariable><name>callVariable3</name>\
        <value>abc</value></CallVariable></callvariables></mediaProperties></Dialog>";
    let path = format!("/Dialog/{dialog}");
    assert_eq!(site.put("1001", &path, data).await.0, 202);
    assert_eq!(tag(&xmpp.notification().await.update, "wrapUpReason"), "Complaint");
    assert!(site.get("1001", &path).await.1.contains("<name>callVariable3</name><value>abc</value>"));
    site.state("1001", "NOT_READY").await;
    assert_eq!(xmpp.briefs(2).await, ["DELETE DROPPED", "NOT_READY"]);
    assert_eq!(site.get("1001", "/User/1001/Dialogs").await, (200, "<Dialogs/>".to_owned()));
    let leave = "<User><state>LOGOUT</state><reasonCodeId>7</reasonCodeId></User>";
    assert_eq!(site.put("1001", "/User/1001", leave).await.0, 202);
    let gone = xmpp.notification().await;
    assert_eq!((gone.brief().as_str(), tag(&gone.update, "extension").as_str()), ("LOGOUT", ""));
    assert_eq!(tag(&gone.update, "label"), "End of shift");
    assert_eq!(control.requests("1001", "HOLD"), 1);
    site.stop().await;
}

#[tokio::test]
async fn an_agents_day_on_uccx() {
    let site = Site::new(Flavour::Uccx, |options| options.notifications.namespace = Namespace::Pubsub).await;
    let mut xmpp = Xmpp::sign_in(&site, Way::Tls, "1011", "day").await;
    site.sign_in("1011", "2011").await;
    site.state("1011", "READY").await;
    let dialog = site.server.control().place_call("5551230000", "20", &[]).unwrap();
    assert_eq!(xmpp.briefs(3).await, ["NOT_READY", "READY", "RESERVED"]);
    let offered = xmpp.notification().await;
    assert!(offered.message.contains("<notification xmlns=\"http://jabber.org/protocol/pubsub\" type=\"html\">"));
    assert_eq!((offered.brief().as_str(), tag(&offered.update, "callType").as_str()), ("POST ALERTING", "ACD_IN"));
    site.act("1011", "2011", dialog, "ANSWER").await;
    site.act("1011", "2011", dialog, "HOLD").await;
    site.act("1011", "2011", dialog, "RETRIEVE").await;
    assert_eq!(xmpp.briefs(4).await, ["PUT ACTIVE", "TALKING", "PUT ACTIVE", "PUT ACTIVE"]);
    site.state("1011", "READY").await;
    let refused = xmpp.notification().await;
    assert_eq!(refused.brief(), "PUT Invalid State 265");
    assert_eq!(tag(&refused.update, "source"), "/finesse/api/User/1011");
    site.server.control().hang_up(dialog).unwrap();
    assert_eq!(xmpp.briefs(3).await, ["PUT ACTIVE", "PUT ACTIVE", "WORK"], "this team must wrap up");
    site.state("1011", "READY").await;
    assert_eq!(xmpp.briefs(2).await, ["DELETE DROPPED", "READY"]);
    let call = "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>2011</fromAddress>\
        <toAddress>5557</toAddress><mediaProperties/></Dialog>";
    assert_eq!(tag(&site.post("1011", "/User/1011/Dialogs", call).await.1, "ErrorType"), "Invalid Input");
    assert_eq!(site.state("1011", "LOGOUT").await.0, 202);
    assert_eq!(xmpp.briefs(1).await, ["LOGOUT"]);
    site.stop().await;
}

#[tokio::test]
async fn every_transport_delivers_the_same() {
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let ways = [Way::Tcp, Way::StartTls, Way::Tls, Way::Ws, Way::Wss, Way::HttpWs, Way::HttpsWs];
    for (way, number) in ways.into_iter().zip(1001..) {
        let user = number.to_string();
        let mut xmpp = Xmpp::sign_in(&site, way, &user, "r").await;
        site.sign_in(&user, &(number + 1000).to_string()).await;
        assert_eq!(xmpp.briefs(1).await, ["NOT_READY"], "{way:?}");
    }
    site.stop().await;
}
