//! What a supervisor does to the members of the team in the simulator.

use generic_connector::sim::Flavour;

use crate::sim_client::{Site, Way, Xmpp, tag};
use crate::sim_teams::subscription;

async fn force(site: &Site, by: &str, member: &str, state: &str) -> u16 {
    site.put(by, &format!("/User/{member}"), &format!("<User><state>{state}</state></User>")).await.0
}

async fn shown(site: &Site, user: &str) -> (String, String) {
    let body = site.get(user, &format!("/User/{user}")).await.1;
    let code = if body.contains("<code>") { tag(&body, "code") } else { String::new() };
    (tag(&body, "state"), code)
}

#[tokio::test]
async fn members_are_made_ready_not_ready_and_signed_out() {
    for (flavour, code) in [(Flavour::Ucce, "999"), (Flavour::Uccx, "33")] {
        let site = Site::new(flavour, |_| {}).await;
        let is = |state: &str, code: &str| (state.to_owned(), code.to_owned());
        let mut watching = Xmpp::sign_in(&site, Way::Ws, "1101", "s").await;
        let mut member = Xmpp::sign_in(&site, Way::Ws, "1001", "m").await;
        subscription(&mut watching, "subscribe", "Team/1/Users", "1101").await;
        site.sign_in("1001", "2001").await;
        assert_eq!(force(&site, "1101", "1001", "READY").await, 202);
        assert_eq!(shown(&site, "1001").await, is("READY", ""));
        assert_eq!(force(&site, "1101", "1001", "NOT_READY").await, 202);
        assert_eq!(shown(&site, "1001").await, is("NOT_READY", code));
        assert_eq!(member.briefs(3).await, ["NOT_READY", "READY", "NOT_READY"]);
        assert_eq!(watching.briefs(2).await, ["NOT_READY", "READY"]);
        let update = watching.notification().await.update;
        assert_eq!((tag(&update, "code"), tag(&update, "requestId")), (code.to_owned(), "r-1101".to_owned()));
        // NOT_READY comes from READY and wrap-up only; the error is the supervisor's.
        assert_eq!(force(&site, "1101", "1001", "NOT_READY").await, 202);
        let refused = watching.notification().await;
        assert_eq!(
            (refused.brief(), tag(&refused.update, "requestId")),
            ("PUT Invalid State 22".into(), "r-1101".into())
        );
        assert!(!member.ping().await.contains("<message"));
        force(&site, "1101", "1001", "READY").await;
        assert_eq!(force(&site, "1101", "1001", "LOGOUT").await, 202);
        assert_eq!(shown(&site, "1001").await, is("LOGOUT", code), "also from READY");
        let own = |state: &str| format!("<User><state>{state}</state><reasonCodeId>1</reasonCodeId></User>");
        for (by, who, body, status, kind) in [
            ("1101", "1001", "<User><state>LOGOUT</state></User>".to_owned(), 400, "Invalid State"),
            ("1101", "1001", own("NOT_READY"), 400, "Invalid Input"),
            ("1101", "1001", own("LOGIN"), 400, "Invalid Input"),
            ("1101", "1001", "<User/>".to_owned(), 400, "Parameter Missing"),
            ("1101", "1001", "<User>".to_owned(), 400, "Bad Request"),
            ("1101", "1011", own("READY"), 401, "Invalid Supervisor"),
            ("1001", "1002", own("READY"), 401, "Invalid Authorization User Specified"),
            ("1101", "4711", own("READY"), 401, "Invalid Authorization User Specified"),
        ] {
            let (got, text) = site.put(by, &format!("/User/{who}"), &body).await;
            assert_eq!((got, tag(&text, "ErrorType").as_str()), (status, kind), "{body} by {by} for {who}");
        }
        site.stop().await;
    }
}

#[tokio::test]
async fn a_member_with_a_call_is_signed_out_when_it_ends() {
    for (flavour, code) in [(Flavour::Ucce, "999"), (Flavour::Uccx, "33")] {
        let site = Site::new(flavour, |_| {}).await;
        let control = site.server.control();
        for agent in ["1001", "1011"] {
            site.sign_in(agent, &format!("2{}", &agent[1..])).await;
            site.state(agent, "READY").await;
        }
        let call = control.place_call("5551230000", "8010", &[]).unwrap();
        assert_eq!(force(&site, "1101", "1001", "LOGOUT").await, 202);
        let user = site.get("1001", "/User/1001").await.1;
        assert_eq!((tag(&user, "state"), tag(&user, "pendingState")), ("RESERVED".into(), "LOGOUT".into()));
        site.act("1001", "2001", call, "ANSWER").await;
        assert_eq!(shown(&site, "1001").await.0, "TALKING");
        control.hang_up(call).unwrap();
        assert_eq!(shown(&site, "1001").await, ("LOGOUT".to_owned(), code.to_owned()));
        // 1011 has to wrap up; the supervisor ends that too.
        let call = control.place_call("5551230000", "8020", &[]).unwrap();
        site.act("1011", "2011", call, "ANSWER").await;
        assert_eq!(force(&site, "1102", "1011", "NOT_READY").await, 202);
        assert_eq!(shown(&site, "1011").await.0, "TALKING", "not during a call");
        control.hang_up(call).unwrap();
        assert!(shown(&site, "1011").await.0.starts_with("WORK"));
        force(&site, "1102", "1011", "LOGOUT").await;
        assert_eq!(shown(&site, "1011").await, ("LOGOUT".to_owned(), code.to_owned()));
        assert_eq!(site.get("1011", "/User/1011/Dialogs").await.1, "<Dialogs/>");
        site.stop().await;
    }
}
