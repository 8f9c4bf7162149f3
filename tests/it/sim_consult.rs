//! Consult, transfer and conference over real sockets: what each agent's desktop is sent, in order.

use generic_connector::sim::Flavour;

use crate::sim_client::{Site, Way, Xmpp, tag};

/// Waits for the user's next dialog notification, and tells event, dialog, state, `callType` and `secondaryId`.
async fn told(xmpp: &mut Xmpp) -> String {
    let update = loop {
        let update = xmpp.notification().await.update;
        if tag(&update, "source").contains("/Dialog") {
            break update;
        }
    };
    let dialog = update.rsplit_once("</participants>").map(|(_, rest)| rest).unwrap_or_default();
    let own = |name| tag(dialog, name);
    let id = own("uri").rsplit('/').next().unwrap_or_default().to_owned();
    let mut texts = vec![tag(&update, "event"), id, own("state"), tag(&update, "callType")];
    if dialog.contains("<secondaryId>") {
        texts.push(own("secondaryId"));
    }
    texts.join(" ")
}

async fn expect(xmpp: &mut Xmpp, lines: &[String]) {
    for line in lines {
        assert_eq!(told(xmpp).await, *line);
    }
}

#[tokio::test]
async fn a_consult_becomes_a_conference_or_a_transfer_on_both_platforms() {
    for (flavour, queue, own, offered) in [
        (Flavour::Ucce, "PREROUTE_ACD_IN", "AGENT_INSIDE", "AGENT_INSIDE"),
        (Flavour::Uccx, "ACD_IN", "CONSULT", "CONSULT_OFFERED"),
    ] {
        for (action, call_type) in [("CONFERENCE", "CONFERENCE"), ("TRANSFER", "TRANSFER")] {
            let site = Site::new(flavour, |_| {}).await;
            let mut first = Xmpp::sign_in(&site, Way::HttpWs, "1001", "day").await;
            let mut second = Xmpp::sign_in(&site, Way::Tcp, "1002", "day").await;
            site.sign_in("1001", "2001").await;
            site.sign_in("1002", "2002").await;
            site.state("1001", "READY").await;
            let call = site.server.control().place_call("5551230000", "8010", &[]).unwrap();
            site.act("1001", "2001", call, "ANSWER").await;
            let body = "<Dialog><requestedAction>CONSULT_CALL</requestedAction><toAddress>2002</toAddress>\
                <targetMediaAddress>2001</targetMediaAddress></Dialog>";
            assert_eq!(site.put("1001", &format!("/Dialog/{call}"), body).await, (202, String::new()));
            let consult = call + 1;
            let began = [
                format!("POST {call} ALERTING {queue}"),
                format!("PUT {call} ACTIVE {queue}"),
                format!("PUT {call} ACTIVE {queue}"),
                format!("POST {consult} INITIATING {own}"),
                format!("PUT {consult} INITIATED {own}"),
                format!("PUT {consult} ALERTING {own}"),
            ];
            expect(&mut first, &began).await;
            expect(&mut second, &[format!("POST {consult} ALERTING {offered}")]).await;
            assert_eq!(tag(&site.get("1002", &format!("/Dialog/{consult}")).await.1, "callType"), offered);
            assert_eq!(tag(&site.get("1001", &format!("/Dialog/{consult}")).await.1, "callType"), own);
            site.act("1002", "2002", consult, "ANSWER").await;
            expect(&mut first, &[format!("PUT {consult} ACTIVE {own}"), format!("PUT {call} ACTIVE {queue}")]).await;
            expect(&mut second, &[format!("PUT {consult} ACTIVE {offered}")]).await;
            assert_eq!(site.act("1001", "2001", call, action).await, (202, String::new()));
            let original = match action {
                "CONFERENCE" => format!("PUT {call} ACTIVE {call_type} {consult}"),
                _ => format!("DELETE {call} DROPPED {queue}"),
            };
            expect(&mut first, &[original, format!("DELETE {consult} DROPPED {own}")]).await;
            let joined = format!("POST {call} ACTIVE {call_type} {consult}");
            expect(&mut second, &[format!("DELETE {consult} DROPPED {offered}"), joined]).await;
            let stays = site.get("1001", &format!("/Dialog/{call}")).await.0 == 200;
            assert_eq!(stays, action == "CONFERENCE");
            assert_eq!(site.get("1002", &format!("/Dialog/{consult}")).await.0, 404);
            site.stop().await;
        }
    }
}

#[tokio::test]
async fn a_supervisor_joins_drops_the_agent_and_the_call_goes_on_directly() {
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let mut supervisor = Xmpp::sign_in(&site, Way::HttpWs, "1101", "day").await;
    for (user, extension) in [("1001", "2001"), ("1002", "2002"), ("1101", "2101")] {
        site.sign_in(user, extension).await;
    }
    site.state("1001", "READY").await;
    let call = site.server.control().place_call("5551230000", "8010", &[]).unwrap();
    let path = format!("/Dialog/{call}");
    let body = |action: &str, target: &str, more: &str| {
        format!(
            "<Dialog><requestedAction>{action}</requestedAction>\
             <targetMediaAddress>{target}</targetMediaAddress>{more}</Dialog>"
        )
    };
    site.act("1001", "2001", call, "ANSWER").await;
    site.put("1001", &path, &body("CONSULT_CALL", "2001", "<toAddress>2101</toAddress>")).await;
    site.act("1101", "2101", call + 1, "ANSWER").await;
    site.act("1001", "2001", call, "CONFERENCE").await;
    let customer = site.put("1101", &path, &body("PARTICIPANT_DROP", "5551230000", "")).await;
    assert_eq!((customer.0, tag(&customer.1, "ErrorType").as_str()), (400, "Invalid Destination"));
    assert_eq!(site.put("1001", &path, &body("PARTICIPANT_DROP", "2101", "")).await.0, 401);
    assert_eq!(site.put("1101", &path, &body("PARTICIPANT_DROP", "2001", "")).await.0, 202);
    assert_eq!(site.get("1001", &path).await.0, 404, "the agent is off the call");
    let tones = "<actionParams><ActionParam><name>dtmfString</name><value>12#</value></ActionParam></actionParams>";
    assert_eq!(site.put("1101", &path, &body("SEND_DTMF", "2101", tones)).await, (202, String::new()));
    let direct = body("TRANSFER_SST", "2101", "<toAddress>2002</toAddress>");
    assert_eq!(site.put("1101", &path, &direct).await, (202, String::new()));
    let consult = call + 1;
    let second = call + 2;
    let lines = [
        format!("POST {consult} ALERTING AGENT_INSIDE"),
        format!("PUT {consult} ACTIVE AGENT_INSIDE"),
        format!("DELETE {consult} DROPPED AGENT_INSIDE"),
        format!("POST {call} ACTIVE CONFERENCE {consult}"),
        format!("PUT {call} ACTIVE CONFERENCE {consult}"),
        format!("PUT {call} ACTIVE CONFERENCE {consult}"),
        format!("POST {second} INITIATING TRANSFER"),
        format!("DELETE {second} DROPPED TRANSFER"),
        format!("DELETE {call} DROPPED CONFERENCE {consult}"),
    ];
    expect(&mut supervisor, &lines).await;
    site.act("1002", "2002", call, "ANSWER").await;
    assert_eq!(tag(&site.get("1002", &path).await.1, "callType"), "TRANSFER");
    site.stop().await;
}
