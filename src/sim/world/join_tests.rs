//! Tables of consult, transfer and conference: what each viewer is told, in order.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use super::tests::Bench;
use super::{DialogId, Notification, UserId};
use crate::sim::options::Flavour;
use crate::sim::seed::WrapUp;
use crate::sim::xml::Element;

const FIRST: DialogId = 16_777_217;

impl Bench {
    /// Sends the action to the nth dialog of the world, and tells everything published.
    pub(super) fn to(&mut self, id: &str, n: u64, action: &str, more: &str) -> Vec<String> {
        let user = self.world.find_user(id, false).unwrap();
        let own = self.world.users[user].extension.clone().unwrap();
        self.put(user, n, &own, action, more)
    }

    pub(super) fn drop_party(&mut self, id: &str, n: u64, party: &str) -> Vec<String> {
        let user = self.world.find_user(id, false).unwrap();
        self.put(user, n, party, "PARTICIPANT_DROP", "")
    }

    fn put(&mut self, user: UserId, n: u64, target: &str, action: &str, more: &str) -> Vec<String> {
        let body = format!(
            "<Dialog><requestedAction>{action}</requestedAction>\
             <targetMediaAddress>{target}</targetMediaAddress>{more}</Dialog>"
        );
        match self.world.check_dialog_put(user, FIRST + n - 1, &Element::parse(&body).unwrap()) {
            Ok(command) => self.world.submit(command, String::new(), self.now),
            Err(error) => return vec![format!("{} {} {}", error.status, error.kind, error.data)],
        }
        self.told()
    }

    pub(super) fn consult(&mut self, id: &str, n: u64, to: &str) -> Vec<String> {
        self.to(id, n, "CONSULT_CALL", &format!("<toAddress>{to}</toAddress>"))
    }

    fn told(&mut self) -> Vec<String> {
        self.world.take_notifications().iter().map(told).collect()
    }

    pub(super) fn hang_up(&mut self, n: u64) -> Vec<String> {
        self.world.far_end_hangs_up(FIRST + n - 1, self.now).unwrap();
        self.told()
    }

    /// A customer's call of the queue, answered by 1001; 1002 signed in.
    pub(super) fn served(flavour: Flavour, wrap_up: WrapUp) -> Self {
        let mut bench = Bench::new(flavour, wrap_up);
        bench.ready("1001", "2001");
        bench.sign_in("1002", "2002");
        bench.place("8010");
        bench.to("1001", 1, "ANSWER", "");
        bench
    }

    /// That, and 1001 consults 1002, who answered.
    pub(super) fn consulting(flavour: Flavour, wrap_up: WrapUp) -> Self {
        let mut bench = Bench::served(flavour, wrap_up);
        bench.consult("1001", 1, "2002");
        bench.to("1002", 2, "ANSWER", "");
        bench
    }
}

/// `1001 PUT #1 ACTIVE TRANSFER 2001:HELD+ 2002:ACTIVE about#1 joined#2`; `+` marks a leg that may be joined.
pub(super) fn told(notification: &Notification) -> String {
    let id = notification.node.split('/').nth(4).unwrap_or_default();
    let update = Element::parse(&notification.update).unwrap();
    let data = update.child("data").unwrap();
    let number = |id: &str| id.rsplit('/').next().unwrap().parse::<u64>().unwrap() - FIRST + 1;
    if let Some(user) = data.child("user") {
        return format!("{id} {}", user.text_of("state").unwrap());
    }
    if let Some(error) = data.child("apiErrors").and_then(|errors| errors.child("apiError")) {
        return format!("{id} {} {}", error.text_of("errorType").unwrap(), error.text_of("errorMessage").unwrap());
    }
    let dialog = data.child("dialog").or_else(|| data.child("dialogs").and_then(|all| all.child("Dialog"))).unwrap();
    let text = |name| dialog.text_of(name);
    let call_type = dialog.child("mediaProperties").and_then(|media| media.text_of("callType")).unwrap();
    let mut line = format!("{id} {} ", update.text_of("event").unwrap());
    line += &format!("#{} {} {call_type}", number(text("id").unwrap()), text("state").unwrap());
    for party in &dialog.child("participants").unwrap().children {
        let joins = |actions: &Element| actions.children.iter().any(|action| action.text == "TRANSFER");
        let mark = if party.child("actions").is_some_and(joins) { "+" } else { "" };
        line += &format!(" {}:{}{mark}", party.text_of("mediaAddress").unwrap(), party.text_of("state").unwrap());
    }
    line += &text("associatedDialogUri").map(|uri| format!(" about#{}", number(uri))).unwrap_or_default();
    line + &text("secondaryId").map(|id| format!(" joined#{}", number(id))).unwrap_or_default()
}

#[test]
fn a_consult_holds_the_call_and_calls_another_agent() {
    for (flavour, queue, own, offered, about) in [
        (Flavour::Ucce, "PREROUTE_ACD_IN", "AGENT_INSIDE", "AGENT_INSIDE", " about#1"),
        (Flavour::Uccx, "ACD_IN", "CONSULT", "CONSULT_OFFERED", ""),
    ] {
        let mut bench = Bench::served(flavour, WrapUp::Optional);
        assert_eq!(
            bench.consult("1001", 1, "2002"),
            [
                format!("1001 PUT #1 ACTIVE {queue} 5551230000:ACTIVE 2001:HELD"),
                format!("1001 POST #2 INITIATING {own} 2001:INITIATING{about}"),
                format!("1001 PUT #2 INITIATED {own} 2001:INITIATED{about}"),
                format!("1001 PUT #2 ALERTING {own} 2001:INITIATED 2002:ALERTING{about}"),
                format!("1002 POST #2 ALERTING {offered} 2001:INITIATED 2002:ALERTING{about}"),
            ],
        );
        let mut answered = vec![
            format!("1001 PUT #2 ACTIVE {own} 2001:ACTIVE 2002:ACTIVE{about}"),
            format!("1002 PUT #2 ACTIVE {offered} 2001:ACTIVE 2002:ACTIVE{about}"),
            "1002 TALKING".to_owned(),
            format!("1001 PUT #1 ACTIVE {queue} 5551230000:ACTIVE 2001:HELD+"),
        ];
        answered.retain(|line| flavour == Flavour::Ucce || line != "1002 TALKING");
        assert_eq!(bench.to("1002", 2, "ANSWER", ""), answered);
        let dropped = bench.to("1001", 2, "DROP", "");
        assert!(dropped.contains(&format!("1002 DELETE #2 DROPPED {offered} 2001:DROPPED 2002:DROPPED{about}")));
        assert_eq!(dropped.contains(&"1001 HOLD".to_owned()), flavour == Flavour::Ucce);
        let last = format!("1001 PUT #1 ACTIVE {queue} 5551230000:ACTIVE 2001:HELD");
        assert!(dropped.contains(&last), "TRANSFER is gone: {dropped:?}");
        assert!(bench.to("1001", 1, "RETRIEVE", "")[0].ends_with("5551230000:ACTIVE 2001:ACTIVE"));
    }
}

#[test]
fn a_consult_out_of_place_is_refused_and_changes_nothing() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    bench.ready("1001", "2001");
    bench.place("8010");
    let refused = |action: &str| vec![format!("1001 Generic Error INVALID_ACTION {action} on extension 2001")];
    assert_eq!(bench.consult("1001", 1, "2002"), refused("CONSULT_CALL"), "ringing");
    bench.to("1001", 1, "ANSWER", "");
    assert_eq!(bench.to("1001", 1, "TRANSFER", ""), refused("TRANSFER"), "not held");
    bench.to("1001", 1, "HOLD", "");
    assert_eq!(bench.consult("1001", 1, "2002"), refused("CONSULT_CALL"), "on hold");
    assert_eq!(bench.to("1001", 1, "CONFERENCE", ""), refused("CONFERENCE"), "no consult");
    bench.to("1001", 1, "RETRIEVE", "");
    assert_eq!(bench.consult("1001", 1, "2001"), ["400 Invalid Destination 2001"]);
    assert_eq!(bench.to("1001", 1, "CONSULT_CALL", ""), ["400 Parameter Missing toAddress"]);
    assert!(bench.consult("1001", 1, "5551111").last().unwrap().contains("#2 FAILED"), "busy");
    assert_eq!(bench.to("1001", 1, "TRANSFER", ""), refused("TRANSFER"), "the consult failed");
    bench.to("1001", 2, "DROP", "");
    assert_eq!(bench.world.calls.len(), 1);
}

#[test]
fn a_transfer_leaves_the_customer_with_the_consulted_agent() {
    for (flavour, about, own, offered, users) in [
        (Flavour::Ucce, " about#1", "AGENT_INSIDE", "AGENT_INSIDE", ["1001 READY"].as_slice()),
        (Flavour::Uccx, "", "CONSULT", "CONSULT_OFFERED", &["1001 READY", "1002 TALKING"]),
    ] {
        let mut bench = Bench::consulting(flavour, WrapUp::Optional);
        let queue = if flavour == Flavour::Ucce { "PREROUTE_ACD_IN" } else { "ACD_IN" };
        let mut expected = vec![
            format!("1001 DELETE #1 DROPPED {queue} 5551230000:ACTIVE 2001:DROPPED"),
            format!("1001 DELETE #2 DROPPED {own} 2001:DROPPED 2002:DROPPED{about}"),
            format!("1002 DELETE #2 DROPPED {offered} 2001:DROPPED 2002:DROPPED{about}"),
            "1002 POST #1 ACTIVE TRANSFER 5551230000:ACTIVE 2002:ACTIVE joined#2".to_owned(),
        ];
        expected.extend(users.iter().map(|user| (*user).to_owned()));
        assert_eq!(bench.to("1001", 1, "TRANSFER", ""), expected);
        assert_eq!(bench.to("1001", 1, "DROP", ""), ["404 Not Found "], "it is over for the first agent");
        assert!(
            bench
                .hang_up(1)
                .contains(&"1002 DELETE #1 DROPPED TRANSFER 5551230000:DROPPED 2002:DROPPED joined#2".to_owned())
        );
        assert!(bench.world.calls.is_empty());
    }
}

#[test]
fn a_transfer_with_wrap_up_keeps_the_dialog_for_the_one_who_transfers() {
    let mut bench = Bench::consulting(Flavour::Ucce, WrapUp::Required);
    let parties = "5551230000:ACTIVE 2001:WRAP_UP 2002:ACTIVE joined#2";
    let transferred = bench.to("1001", 1, "TRANSFER", "");
    assert_eq!(
        transferred[2..],
        [
            format!("1002 POST #1 ACTIVE TRANSFER {parties}"),
            format!("1001 PUT #1 ACTIVE TRANSFER {parties}"),
            "1001 WORK_READY".to_owned(),
        ],
    );
    assert_eq!(bench.to("1002", 1, "HOLD", "").len(), 3, "the one who wraps up still sees the call");
    bench.now += 30_000;
    bench.world.advance(bench.now);
    let over = bench.told();
    assert_eq!(over[0], "1001 DELETE #1 DROPPED TRANSFER 5551230000:ACTIVE 2001:DROPPED 2002:HELD joined#2");
    assert_eq!(over[1], "1002 PUT #1 ACTIVE TRANSFER 5551230000:ACTIVE 2001:DROPPED 2002:HELD joined#2");
    assert_eq!(over[2], "1001 READY");
    assert!(bench.to("1002", 1, "RETRIEVE", "")[0].ends_with("ACTIVE TRANSFER 5551230000:ACTIVE 2002:ACTIVE joined#2"));
}

#[test]
fn the_held_call_survives_a_transfer_and_an_agent_who_called_sees_the_new_party() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    for n in 1..=3 {
        bench.sign_in(&format!("100{n}"), &format!("200{n}"));
    }
    bench.make_call("1003", "2003", "2001");
    bench.to("1001", 1, "ANSWER", "");
    bench.consult("1001", 1, "2002");
    bench.to("1002", 2, "ANSWER", "");
    let retrieved = bench.to("1001", 1, "RETRIEVE", "");
    assert_eq!(retrieved.last().unwrap(), "1001 PUT #2 ACTIVE AGENT_INSIDE 2001:HELD+ 2002:ACTIVE about#1");
    let refused = ["1001 Generic Error INVALID_ACTION TRANSFER on extension 2001"];
    assert_eq!(bench.to("1001", 1, "TRANSFER", ""), refused, "the original has been retrieved");
    assert_eq!(
        bench.to("1001", 2, "TRANSFER", ""),
        [
            "1001 DELETE #2 DROPPED AGENT_INSIDE 2001:DROPPED 2002:ACTIVE about#1",
            "1001 DELETE #1 DROPPED AGENT_INSIDE 2003:DROPPED 2001:DROPPED",
            "1003 DELETE #1 DROPPED AGENT_INSIDE 2003:DROPPED 2001:DROPPED",
            "1003 POST #2 ACTIVE TRANSFER 2002:ACTIVE 2003:ACTIVE joined#1",
            "1002 PUT #2 ACTIVE TRANSFER 2002:ACTIVE 2003:ACTIVE joined#1",
            "1001 NOT_READY",
        ],
    );
}

#[test]
fn a_conference_joins_everybody_and_outlives_each_of_them() {
    let mut bench = Bench::consulting(Flavour::Ucce, WrapUp::Optional);
    let all = "5551230000:ACTIVE 2001:ACTIVE 2002:ACTIVE joined#2";
    assert_eq!(
        bench.to("1001", 1, "CONFERENCE", ""),
        [
            format!("1001 PUT #1 ACTIVE CONFERENCE {all}"),
            "1001 DELETE #2 DROPPED AGENT_INSIDE 2001:DROPPED 2002:DROPPED about#1".to_owned(),
            "1002 DELETE #2 DROPPED AGENT_INSIDE 2001:DROPPED 2002:DROPPED about#1".to_owned(),
            format!("1002 POST #1 ACTIVE CONFERENCE {all}"),
        ],
    );
    assert_eq!(
        bench.to("1001", 1, "DROP", ""),
        [
            "1001 PUT #1 ACTIVE CONFERENCE 5551230000:ACTIVE 2001:DROPPED 2002:ACTIVE joined#2",
            "1002 PUT #1 ACTIVE CONFERENCE 5551230000:ACTIVE 2001:DROPPED 2002:ACTIVE joined#2",
            "1001 DELETE #1 DROPPED CONFERENCE 5551230000:ACTIVE 2001:DROPPED 2002:ACTIVE joined#2",
            "1001 READY",
        ],
    );
    let last = bench.hang_up(1);
    assert_eq!(last[0], "1002 PUT #1 ACTIVE CONFERENCE 5551230000:DROPPED 2002:ACTIVE joined#2");
    assert_eq!(last.last().unwrap(), "1002 NOT_READY");
    assert!(bench.world.calls.is_empty());
}

#[test]
fn the_customer_may_leave_a_conference_of_three() {
    let mut bench = Bench::consulting(Flavour::Uccx, WrapUp::Optional);
    bench.to("1001", 1, "CONFERENCE", "");
    let left = bench.hang_up(1);
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|line| line.ends_with("5551230000:DROPPED 2001:ACTIVE 2002:ACTIVE joined#2")));
    assert!(bench.to("1002", 1, "HOLD", "")[0].ends_with("CONFERENCE 2001:ACTIVE 2002:HELD joined#2"));
}

#[test]
fn only_the_controller_adds_parties_to_a_conference() {
    for (flavour, error) in [
        (Flavour::Ucce, "1002 Generic Error <ConferenceCallCommand>: Conference failed"),
        (Flavour::Uccx, "1002 Invalid State CF_INVALID_OBJECT_STATE"),
    ] {
        let mut bench = Bench::consulting(flavour, WrapUp::Optional);
        bench.sign_in("1003", "2003");
        bench.to("1001", 1, "CONFERENCE", "");
        bench.consult("1002", 1, "5557777");
        bench.wait(Duration::from_millis(500));
        assert_eq!(bench.to("1002", 1, "CONFERENCE", ""), [error]);
        bench.to("1002", 3, "DROP", "");
        bench.consult("1001", 1, "2003");
        bench.to("1003", 4, "ANSWER", "");
        let joined = bench.to("1001", 1, "CONFERENCE", "");
        let four = "5551230000:ACTIVE 2001:ACTIVE 2002:HELD 2003:ACTIVE joined#4";
        assert_eq!(joined[0], format!("1001 PUT #1 ACTIVE CONFERENCE {four}"));
        assert_eq!(joined.iter().filter(|line| line.ends_with(four)).count(), 3, "{joined:?}");
    }
}

#[test]
fn a_second_consult_leaves_nothing_to_join_until_it_is_answered() {
    let mut bench = Bench::consulting(Flavour::Ucce, WrapUp::Optional);
    let consulted = bench.consult("1001", 2, "5557777");
    assert_eq!(consulted[2], "1001 PUT #1 ACTIVE PREROUTE_ACD_IN 5551230000:ACTIVE 2001:HELD", "no TRANSFER any more");
    let refused = ["1001 Generic Error INVALID_ACTION CONFERENCE on extension 2001"];
    assert_eq!(bench.to("1001", 1, "CONFERENCE", ""), refused);
    bench.wait(Duration::from_millis(500));
    assert!(
        bench.to("1001", 1, "CONFERENCE", "")[0].contains("CONFERENCE 5551230000:ACTIVE 2001:ACTIVE 5557777:ACTIVE")
    );
}
