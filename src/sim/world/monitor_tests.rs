//! Tables of silent monitoring and barge-in: what each desktop is told, in order.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use super::join_tests::told;
use super::tests::Bench;
use crate::sim::options::{DropParticipantFor, Flavour};
use crate::sim::seed::WrapUp;
use crate::sim::xml::Element;

const FIRST: super::DialogId = 16_777_217;

impl Bench {
    /// The supervisor 1101, or whoever, asks for a call of the agent at an extension.
    fn supervise(&mut self, id: &str, action: &str, to: &str, more: &str) -> Vec<String> {
        let user = self.world.find_user(id, false).unwrap();
        let own = self.world.users[user].extension.clone().unwrap_or_default();
        let body = format!(
            "<Dialog><requestedAction>{action}</requestedAction><fromAddress>{own}</fromAddress>\
             <toAddress>{to}</toAddress>{more}</Dialog>"
        );
        match self.world.check_dialogs_post(user, &Element::parse(&body).unwrap()) {
            Ok(command) => self.world.submit(command, "s".to_owned(), self.now),
            Err(error) => return vec![format!("{} {} {}", error.status, error.kind, error.data)],
        }
        self.world.take_notifications().iter().map(told).collect()
    }

    fn monitor(&mut self) -> Vec<String> {
        self.supervise("1101", "SILENT_MONITOR", "2001", "")
    }

    /// By the nth dialog of the world.
    fn barge(&mut self, n: u64) -> Vec<String> {
        let uri = format!("<associatedDialogUri>/finesse/api/Dialog/{}</associatedDialogUri>", FIRST + n - 1);
        self.supervise("1101", "BARGE_CALL", "2001", &uri)
    }

    fn actions(&self, n: u64, address: &str) -> Vec<&'static str> {
        let call = self.world.calls.get(&(FIRST + n - 1)).unwrap();
        self.world.actions(call, call.parties.iter().find(|party| party.address == address).unwrap())
    }

    /// 1001 with a customer of the queue, and the supervisor signed in.
    fn supervised(flavour: Flavour, wrap_up: WrapUp) -> Self {
        let mut bench = Bench::served(flavour, wrap_up);
        bench.sign_in("1101", "2101");
        bench
    }
}

const MONITORING: &str = "#2 ACTIVE SUPERVISOR_MONITOR 2101:ACTIVE 2001:ACTIVE";

/// What follows when a monitor ends because the agent is off the call.
fn ended(first: &str, second: &str, ucce: bool) -> Vec<String> {
    let mut lines = vec![
        format!("1101 PUT #2 ACTIVE SUPERVISOR_MONITOR {first}"),
        format!("1001 PUT #2 ACTIVE SUPERVISOR_MONITOR {first}"),
    ];
    for event in ["PUT", "DELETE"] {
        lines.push(format!("1101 {event} #2 DROPPED SUPERVISOR_MONITOR {second}"));
        if event == "DELETE" && ucce {
            lines.push("1101 NOT_READY".to_owned());
        }
        lines.push(format!("1001 {event} #2 DROPPED SUPERVISOR_MONITOR {second}"));
    }
    lines
}

#[test]
fn a_supervisor_listens_and_the_agent_is_told_without_being_able_to_do_anything() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let ucce = flavour == Flavour::Ucce;
        let mut bench = Bench::supervised(flavour, WrapUp::Optional);
        let mut expected = vec![
            "1101 POST #2 INITIATING SUPERVISOR_MONITOR 2101:INITIATING".to_owned(),
            "1101 TALKING".to_owned(),
            "1101 PUT #2 INITIATED SUPERVISOR_MONITOR 2101:INITIATED".to_owned(),
            format!("1101 PUT {MONITORING}"),
            format!("1001 POST {MONITORING}"),
        ];
        expected.retain(|line| ucce || line != "1101 TALKING");
        assert_eq!(bench.monitor(), expected);
        assert_eq!(bench.actions(2, "2101"), ["BARGE_CALL", "DROP"]);
        assert!(bench.actions(2, "2001").is_empty());
        assert_eq!(
            bench.to("1001", 2, "DROP", ""),
            ["1001 Generic Error INVALID_ACTION DROP on extension 2001"],
            "it is not the agent's to end",
        );
        assert!(bench.world.dialogs_xml(0).contains("SUPERVISOR_MONITOR"), "the agent can read it");
        assert!(!bench.to("1001", 1, "HOLD", "").is_empty(), "the own call stays the agent's");
        bench.to("1001", 1, "RETRIEVE", "");
        assert_eq!(
            bench.to("1101", 2, "DROP", ""),
            ended("2101:DROPPED 2001:ACTIVE", "2101:DROPPED 2001:DROPPED", ucce)
        );
        assert_eq!(bench.to("1001", 2, "DROP", ""), ["404 Not Found "]);
        assert!(bench.monitor().len() >= 4, "again");
    }
}

#[test]
fn a_monitor_ends_with_the_agents_part_in_the_call() {
    for flavour in [Flavour::Ucce, Flavour::Uccx] {
        let over = ended("2101:ACTIVE 2001:DROPPED", "2101:DROPPED 2001:DROPPED", flavour == Flavour::Ucce);
        let includes = |lines: Vec<String>| {
            let of_monitor = |line: &&String| line.contains("SUPERVISOR_MONITOR") || line.starts_with("1101");
            assert_eq!(lines.iter().filter(of_monitor).cloned().collect::<Vec<_>>(), over);
        };
        for wrap_up in [WrapUp::Optional, WrapUp::Required] {
            let mut bench = Bench::supervised(flavour, wrap_up);
            bench.monitor();
            includes(bench.to("1001", 1, "DROP", ""));
            let mut bench = Bench::supervised(flavour, wrap_up);
            bench.monitor();
            includes(bench.hang_up(1));
            let mut bench = Bench::supervised(flavour, wrap_up);
            bench.monitor();
            includes(bench.to("1001", 1, "TRANSFER_SST", "<toAddress>2002</toAddress>"));
            let mut bench = Bench::supervised(flavour, wrap_up);
            bench.monitor();
            bench.consult("1001", 1, "2002");
            bench.to("1002", 3, "ANSWER", "");
            includes(bench.to("1001", 1, "TRANSFER", ""));
            assert_eq!(bench.world.calls.len(), 1);
        }
    }
}

#[test]
fn a_monitor_outlives_what_becomes_of_the_call_while_the_agent_is_on_it() {
    let mut bench = Bench::supervised(Flavour::Ucce, WrapUp::Optional);
    bench.to("1001", 1, "HOLD", "");
    bench.make_call("1001", "2001", "2002");
    bench.to("1002", 2, "ANSWER", "");
    bench.monitor();
    let joined = bench.to("1001", 1, "CONFERENCE", "");
    assert!(joined.iter().all(|line| !line.contains("MONITOR")), "the second call became the first: {joined:?}");
    assert!(bench.to("1002", 1, "DROP", "").iter().all(|line| !line.contains("MONITOR")));
    let left = bench.to("1001", 1, "DROP", "");
    assert!(
        left.contains(&"1101 DELETE #3 DROPPED SUPERVISOR_MONITOR 2101:DROPPED 2001:DROPPED".to_owned()),
        "{left:?}"
    );
    assert!(bench.world.calls.is_empty());
}

#[test]
fn who_and_what_can_be_monitored() {
    let bad = |error: &str| vec![format!("1101 {error}")];
    let state = "Invalid State CF_INVALID_OBJECT_STATE";
    let failed = "Silent monitor failed";
    let ucce = format!("13145 <SuperviseCallCommand>: {failed}");
    let uccx = format!("88049 <SuperviseCallCommand>: {failed}");
    for (flavour, idle, ready) in [(Flavour::Ucce, &ucce, state), (Flavour::Uccx, &uccx, uccx.as_str())] {
        let mut bench = Bench::new(flavour, WrapUp::Required);
        assert_eq!(bench.monitor(), ["400 Parameter Missing fromAddress"], "signed out");
        bench.sign_in("1101", "2101");
        assert_eq!(bench.monitor(), ["400 Invalid Destination 2001"], "the agent is signed out");
        assert_eq!(bench.supervise("1101", "SILENT_MONITOR", "2101", ""), ["400 Invalid Destination 2101"]);
        assert_eq!(bench.supervise("1101", "SILENT_MONITOR", "", ""), ["400 Parameter Missing toAddress"]);
        bench.sign_in("1001", "2001");
        assert_eq!(bench.monitor(), bad(idle), "NOT_READY without a call");
        bench.state("1001", "READY");
        assert_eq!(bench.monitor(), bad(ready), "READY");
        bench.place("8010");
        assert_eq!(bench.monitor(), bad(ready), "RESERVED");
        bench.to("1001", 1, "ANSWER", "");
        bench.state("1101", "READY");
        assert_eq!(bench.monitor(), ["400 Invalid State state"], "the supervisor is READY");
        bench.state("1101", "NOT_READY");
        bench.to("1001", 1, "HOLD", "");
        assert_eq!(bench.monitor(), bad(idle), "HOLD");
        bench.to("1001", 1, "DROP", "");
        assert_eq!(bench.monitor(), bad(ready), "wrap-up");
        bench.wait(Duration::from_secs(30));
        bench.state("1001", "NOT_READY");
        bench.make_call("1001", "2001", "5557777");
        bench.wait(Duration::from_millis(500));
        bench.sign_in("1002", "2002");
        bench.sign_in("1102", "2102");
        assert_eq!(bench.supervise("1002", "SILENT_MONITOR", "2001", ""), ["401 Invalid Supervisor 1002"]);
        assert_eq!(bench.supervise("1102", "SILENT_MONITOR", "2001", ""), ["401 Invalid Supervisor 1001"]);
        assert!(bench.monitor().len() >= 4, "a call that the User of UCCX does not show");
        assert_eq!(bench.monitor(), ["400 Invalid State state"], "monitoring already");
        assert_eq!(
            bench.make_call("1101", "2101", "2002"),
            ["1101 Generic Error 2101 INVALID_ACTION MAKE_CALL on extension 2101"],
        );
    }
}

#[test]
fn a_barge_fetches_the_supervisor_into_a_conference_that_the_agent_controls() {
    for (flavour, queue, about) in [(Flavour::Ucce, "PREROUTE_ACD_IN", " about#1"), (Flavour::Uccx, "ACD_IN", "")] {
        let mut bench = Bench::supervised(flavour, WrapUp::Optional);
        bench.monitor();
        let consult = |own, party| format!("#3 {own} BARGE_IN_CONSULT 2001:{party}{about}");
        let all = "5551230000:ACTIVE 2001:ACTIVE 2101:ACTIVE joined#3";
        let mut expected = vec![
            "1101 DELETE #2 DROPPED SUPERVISOR_MONITOR 2101:DROPPED 2001:DROPPED".to_owned(),
            "1001 DELETE #2 DROPPED SUPERVISOR_MONITOR 2101:DROPPED 2001:DROPPED".to_owned(),
            format!("1001 PUT #1 ACTIVE {queue} 5551230000:ACTIVE 2001:HELD"),
            format!("1001 POST {}", consult("INITIATING", "INITIATING")),
            format!("1001 PUT {}", consult("INITIATED", "INITIATED")),
            format!("1001 PUT {}", consult("ALERTING", "INITIATED 2101:ALERTING")),
            format!("1101 POST {}", consult("ALERTING", "INITIATED 2101:ALERTING")),
            format!("1001 PUT {}", consult("ACTIVE", "ACTIVE 2101:ACTIVE")),
            format!("1101 PUT {}", consult("ACTIVE", "ACTIVE 2101:ACTIVE")),
            format!("1001 PUT #1 ACTIVE {queue} 5551230000:ACTIVE 2001:HELD+"),
            format!("1001 PUT #1 ACTIVE CONFERENCE {all}"),
            format!("1001 DELETE {}", consult("DROPPED", "DROPPED 2101:DROPPED")),
            format!("1101 DELETE {}", consult("DROPPED", "DROPPED 2101:DROPPED")),
            format!("1101 POST #1 ACTIVE CONFERENCE {all}"),
        ];
        expected.extend((flavour == Flavour::Uccx).then(|| "1101 TALKING".to_owned()));
        assert_eq!(bench.barge(2), expected);
        bench.consult("1101", 1, "5557777");
        bench.wait(Duration::from_millis(500));
        assert!(
            bench.to("1101", 1, "CONFERENCE", "")[0].contains("Invalid") ^ (flavour == Flavour::Ucce),
            "no controller"
        );
        bench.to("1101", 4, "DROP", "");
        bench.to("1101", 1, "RETRIEVE", "");
        let left = bench.to("1101", 1, "DROP", "");
        assert_eq!(left.last().unwrap(), "1101 NOT_READY");
        assert!(bench.to("1001", 1, "HOLD", "")[0].ends_with("CONFERENCE 5551230000:ACTIVE 2001:HELD joined#3"));
    }
}

#[test]
fn a_supervisor_who_barged_in_may_drop_the_agent_and_stay() {
    let mut bench = Bench::supervised(Flavour::Ucce, WrapUp::Optional);
    bench.monitor();
    bench.barge(2);
    assert!(bench.actions(1, "2101").contains(&"PARTICIPANT_DROP"));
    assert!(!bench.actions(1, "2001").contains(&"PARTICIPANT_DROP"));
    assert_eq!(bench.drop_party("1101", 1, "5551230000"), ["400 Invalid Destination 5551230000"]);
    let dropped = bench.drop_party("1101", 1, "2001");
    assert!(dropped[2].starts_with("1001 DELETE #1 DROPPED CONFERENCE"), "{dropped:?}");
    assert!(!bench.actions(1, "2101").contains(&"PARTICIPANT_DROP"), "nobody to drop is left");
    assert_eq!(bench.hang_up(1).last().unwrap(), "1101 NOT_READY");
    assert!(bench.world.calls.is_empty());
}

#[test]
fn what_cannot_be_barged_into() {
    let mut bench = Bench::supervised(Flavour::Ucce, WrapUp::Optional);
    let uri = |uri: &str| format!("<associatedDialogUri>{uri}</associatedDialogUri>");
    let missing = bench.supervise("1101", "BARGE_CALL", "2001", "");
    assert_eq!(missing, ["400 Parameter Missing associatedDialogUri"]);
    let malformed = bench.supervise("1101", "BARGE_CALL", "2001", &uri("16777217"));
    assert_eq!(malformed, ["400 Invalid Input associatedDialogUri"]);
    assert_eq!(bench.barge(1), ["400 Invalid State associatedDialogUri"], "the agent's call is no monitor");
    assert_eq!(bench.barge(9), ["400 Invalid State associatedDialogUri"], "no dialog");
    bench.monitor();
    let monitor = uri(&format!("/finesse/api/Dialog/{}", FIRST + 1));
    assert_eq!(bench.supervise("1101", "BARGE_CALL", "2002", &monitor), ["400 Invalid Destination 2002"]);
    assert_eq!(bench.supervise("1001", "BARGE_CALL", "2101", &monitor), ["401 Invalid Supervisor 1001"]);
    bench.to("1001", 1, "HOLD", "");
    assert_eq!(bench.barge(2), ["400 Invalid Destination 2001"], "on hold");
    bench.to("1001", 1, "RETRIEVE", "");
    bench.world.seed.max_parties = 2;
    assert_eq!(bench.barge(2), ["400 20700 2001"], "full");
    bench.world.seed.max_parties = 16;
    bench.world.timers_of.cti = Duration::from_millis(50);
    assert!(bench.barge(2).is_empty(), "heard");
    bench.world.timers_of.cti = Duration::ZERO;
    bench.to("1001", 1, "HOLD", "");
    assert_eq!(
        bench.wait(Duration::from_millis(50)),
        ["1101 Invalid Destination 2001 Invalid destination specified for dialog"]
    );
    bench.to("1001", 1, "RETRIEVE", "");
    bench.to("1001", 1, "HOLD", "");
    bench.make_call("1001", "2001", "2002");
    bench.to("1002", 3, "ANSWER", "");
    bench.to("1001", 1, "RETRIEVE", "");
    assert_eq!(bench.barge(2), ["400 20999 2001"], "the agent has another call");
    bench.to("1001", 3, "RETRIEVE", "");
    bench.to("1001", 1, "CONFERENCE", "");
    bench.world.calls.get_mut(&FIRST).unwrap().controller = None;
    assert_eq!(bench.barge(2), ["400 20999 2001"], "the agent does not control the conference");
}

#[test]
fn actions_are_those_of_the_platform_and_of_the_setting() {
    let mut bench = Bench::consulting(Flavour::Uccx, WrapUp::Optional);
    bench.to("1001", 1, "CONFERENCE", "");
    assert!(bench.actions(1, "2001").contains(&"START_RECORDING"));
    assert!(bench.to("1001", 1, "START_RECORDING", "").is_empty());
    bench.to("1001", 1, "HOLD", "");
    let refused = ["1001 Generic Error INVALID_ACTION START_RECORDING on extension 2001"];
    assert_eq!(bench.to("1001", 1, "START_RECORDING", ""), refused);
    bench.world.drop_participant_for = DropParticipantFor::All;
    assert!(!bench.actions(1, "2001").contains(&"PARTICIPANT_DROP"), "not on UCCX");
    for (setting, controller, other) in [
        (DropParticipantFor::SupervisorOnly, false, false),
        (DropParticipantFor::ConferenceControllerAndSupervisor, true, false),
        (DropParticipantFor::All, true, true),
    ] {
        let mut bench = Bench::consulting(Flavour::Ucce, WrapUp::Optional);
        bench.world.drop_participant_for = setting;
        bench.to("1001", 1, "CONFERENCE", "");
        for (address, expected) in [("2001", controller), ("2002", other)] {
            assert_eq!(bench.actions(1, address).contains(&"PARTICIPANT_DROP"), expected, "{setting:?} {address}");
        }
        assert_eq!(bench.to("1001", 1, "START_RECORDING", ""), refused);
        assert_eq!(bench.to("1001", 1, "ACCEPT", ""), ["501 Not Implemented ACCEPT"]);
    }
}
