//! Silent monitoring, barge-in and mobile agents over real sockets: what a third-party client asks, reads and is sent.

use generic_connector::sim::Flavour;

use crate::sim_client::{Site, Way, Xmpp, tag};

fn supervise(action: &str, more: &str) -> String {
    format!(
        "<Dialog><requestedAction>{action}</requestedAction><fromAddress>2101</fromAddress>\
         <toAddress>2001</toAddress>{more}</Dialog>"
    )
}

/// Waits for the user's next dialog notification: event, id, state, `callType`, and whose `requestId` it has.
async fn told(xmpp: &mut Xmpp) -> String {
    let update = loop {
        let update = xmpp.notification().await.update;
        if tag(&update, "source").contains("/Dialog") {
            break update;
        }
    };
    let dialog = update.rsplit_once("</participants>").map(|(_, rest)| rest).unwrap_or_default();
    let id = tag(dialog, "uri").rsplit('/').next().unwrap_or_default().to_owned();
    [tag(&update, "event"), id, tag(dialog, "state"), tag(&update, "callType"), tag(&update, "requestId")]
        .join(" ")
        .trim_end()
        .to_owned()
}

#[tokio::test]
async fn a_supervisor_listens_joins_and_takes_the_call_over() {
    for (flavour, queue) in [(Flavour::Ucce, "PREROUTE_ACD_IN"), (Flavour::Uccx, "ACD_IN")] {
        let site = Site::new(flavour, |_| {}).await;
        let mut agent = Xmpp::sign_in(&site, Way::HttpWs, "1001", "a").await;
        let mut supervisor = Xmpp::sign_in(&site, Way::Tcp, "1101", "s").await;
        site.sign_in("1001", "2001").await;
        site.sign_in("1101", "2101").await;
        let posted = site.post("1101", "/User/1101/Dialogs", &supervise("SILENT_MONITOR", "")).await;
        assert_eq!(posted, (202, String::new()), "what is wrong with the agent's state comes later");
        let refused = supervisor.expect("</message>").await + &supervisor.expect("</message>").await;
        assert!(refused.contains(if flavour == Flavour::Ucce { "13145" } else { "88049" }), "{refused}");
        site.state("1001", "READY").await;
        let call = site.server.control().place_call("5551230000", "8010", &[]).unwrap();
        site.act("1001", "2001", call, "ANSWER").await;
        site.post("1101", "/User/1101/Dialogs", &supervise("SILENT_MONITOR", "")).await;
        let (monitor, consult) = (call + 1, call + 2);
        for line in [format!("POST {call} ALERTING {queue}"), format!("PUT {call} ACTIVE {queue} r-1001")] {
            assert_eq!(told(&mut agent).await, line);
        }
        assert_eq!(told(&mut agent).await, format!("POST {monitor} ACTIVE SUPERVISOR_MONITOR"));
        for line in ["POST INITIATING", "PUT INITIATED", "PUT ACTIVE"] {
            let (event, state) = line.split_once(' ').unwrap();
            let line = format!("{event} {monitor} {state} SUPERVISOR_MONITOR r-1101");
            assert_eq!(told(&mut supervisor).await, line);
        }
        let state = if flavour == Flavour::Ucce { "TALKING" } else { "NOT_READY" };
        assert_eq!(tag(&site.get("1101", "/User/1101").await.1, "state"), state);
        assert!(site.get("1001", "/User/1001/Dialogs").await.1.contains("SUPERVISOR_MONITOR"));
        let uri = |id: u64| format!("<associatedDialogUri>/finesse/api/Dialog/{id}</associatedDialogUri>");
        let wrong = site.post("1101", "/User/1101/Dialogs", &supervise("BARGE_CALL", &uri(call))).await;
        assert_eq!((wrong.0, tag(&wrong.1, "ErrorType").as_str()), (400, "Invalid State"));
        let barged = site.post("1101", "/User/1101/Dialogs", &supervise("BARGE_CALL", &uri(monitor))).await;
        assert_eq!(barged, (202, String::new()));
        for line in [
            format!("DELETE {monitor} DROPPED SUPERVISOR_MONITOR r-1101"),
            format!("POST {consult} ALERTING BARGE_IN_CONSULT r-1101"),
            format!("PUT {consult} ACTIVE BARGE_IN_CONSULT r-1101"),
            format!("DELETE {consult} DROPPED BARGE_IN_CONSULT r-1101"),
            format!("POST {call} ACTIVE CONFERENCE r-1101"),
        ] {
            assert_eq!(told(&mut supervisor).await, line);
        }
        assert_eq!(tag(&site.get("1101", "/User/1101").await.1, "state"), "TALKING");
        let body = "<Dialog><requestedAction>PARTICIPANT_DROP</requestedAction>\
            <targetMediaAddress>2001</targetMediaAddress></Dialog>";
        let dropped = site.put("1101", &format!("/Dialog/{call}"), body).await;
        assert_eq!(dropped.0, if flavour == Flavour::Ucce { 202 } else { 501 });
        assert_eq!(site.get("1001", &format!("/Dialog/{call}")).await.0 == 404, flavour == Flavour::Ucce);
        site.stop().await;
    }
}

#[tokio::test]
async fn a_mobile_agent_answers_the_set_up_call_before_being_signed_in() {
    let site = Site::new(Flavour::Ucce, |_| {}).await;
    let mut agent = Xmpp::sign_in(&site, Way::Ws, "1001", "m").await;
    let body = "<User><state>LOGIN</state><extension>2001</extension><mobileAgent><mode>NAILED_CONNECTION</mode>\
        <dialNumber>5557777</dialNumber></mobileAgent></User>";
    assert_eq!(site.put("1001", "/User/1001", body).await, (202, String::new()));
    let call = agent.notification().await;
    assert_eq!(call.brief(), "POST ALERTING");
    assert_eq!(tag(&call.update, "fromAddress"), "5557777");
    assert_eq!(tag(&site.get("1001", "/User/1001").await.1, "state"), "LOGOUT");
    let dialogs = site.get("1001", "/User/1001/Dialogs").await.1;
    let dialog = tag(&dialogs, "id").parse::<u64>().unwrap();
    site.act("1001", "2001", dialog, "ANSWER").await;
    assert_eq!(agent.briefs(3).await, ["PUT ACTIVE", "DELETE DROPPED", "NOT_READY"]);
    let user = site.get("1001", "/User/1001").await.1;
    assert_eq!((tag(&user, "mode"), tag(&user, "dialNumber")), ("NAILED_CONNECTION".into(), "5557777".into()));
    site.stop().await;
}
