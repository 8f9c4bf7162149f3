//! Tables of sign-ins that are not plain ones: mobile agents, devices that don't work.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use super::DialogId;
use super::tests::Bench;
use crate::sim::options::Flavour;
use crate::sim::seed::WrapUp;

impl Bench {
    fn mobile(&mut self, id: &str, extension: &str, mobile: &str) -> Vec<String> {
        let body = format!("<state>LOGIN</state><extension>{extension}</extension><mobileAgent>{mobile}</mobileAgent>");
        self.user(id, &body)
    }

    fn nailed(&mut self) -> (DialogId, Vec<String>) {
        let told = self.mobile("1001", "2001", NAILED);
        (*self.world.calls.keys().next().unwrap(), told)
    }
}

const NAILED: &str = "<mode>NAILED_CONNECTION</mode><dialNumber>5557777</dialNumber>";
const FAILED: &str = "1001 Generic Error 261 CF_INVALID_ANSWERING_DEVICE_SPECIFIED";
const RINGING: &str = "1001 POST ALERTING far:ALERTING agent:ALERTING";

#[test]
fn a_mobile_agent_is_shown_with_the_own_phone() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    let by_call = "<mode>CALL_BY_CALL</mode><dialNumber>5557777</dialNumber>";
    assert_eq!(bench.mobile("1001", "2001", by_call), ["1001 NOT_READY"]);
    let mobile = "<mobileAgent><dialNumber>5557777</dialNumber><mode>CALL_BY_CALL</mode></mobileAgent>";
    assert!(bench.world.user_xml(0).contains(mobile));
    assert_eq!(bench.sign_in("1001", "2001"), ["1001 NOT_READY"], "a forced sign-in");
    assert!(bench.world.user_xml(0).contains(mobile), "keeps it");
    bench.state("1001", "LOGOUT");
    assert!(!bench.world.user_xml(0).contains("mobileAgent"));
    bench.sign_in("1001", "2001");
    assert!(!bench.world.user_xml(0).contains("mobileAgent"));
}

#[test]
fn a_mobile_sign_in_is_checked() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    let both = |mode: &str, number: &str| format!("<mode>{mode}</mode><dialNumber>{number}</dialNumber>");
    for (mobile, refusal) in [
        (both("NAILED_UP", "5557777"), "400 Invalid Input mode"),
        (both("CALL_BY_CALL", ""), "400 Parameter Missing dialNumber"),
        (both("", "5557777"), "400 Parameter Missing mode"),
        (both("CALL_BY_CALL", "555 77"), "400 Invalid Input dialNumber"),
    ] {
        assert_eq!(bench.mobile("1001", "2001", &mobile), [refusal], "{mobile}");
    }
    let refused = ["1011 Mode Not Allowed 70 CF_GENERIC_UNSPECIFIED_REJECTION"];
    assert_eq!(bench.mobile("1011", "2011", NAILED), refused);
    assert_eq!(bench.mobile("1011", "2011", &both("CALL_BY_CALL", "5557777")), ["1011 NOT_READY"]);
    let mut uccx = Bench::new(Flavour::Uccx, WrapUp::Optional);
    assert_eq!(uccx.mobile("1001", "2001", NAILED), ["400 Invalid Input mobileAgent"]);
}

#[test]
fn a_nailed_connection_is_set_up_by_a_call_that_the_agent_answers() {
    for by_phone in [false, true] {
        let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
        let (dialog, told) = bench.nailed();
        assert_eq!(told, [RINGING]);
        assert!(bench.world.user_xml(0).contains("<extension></extension>"), "not signed in yet");
        assert!(!bench.world.user_xml(0).contains("mobileAgent"));
        assert_eq!(
            bench.mobile("1001", "2001", NAILED),
            ["1001 Device Busy 283 CF_SPECIFIED_EXTENSION_ALREADY_IN_USE"]
        );
        assert_eq!(bench.sign_in("1001", "2002"), ["1001 Device Busy 283 CF_SPECIFIED_EXTENSION_ALREADY_IN_USE"]);
        assert_eq!(bench.state("1001", "READY"), ["1001 Invalid State 22 CF_INVALID_OBJECT_STATE"]);
        let answered = if by_phone {
            bench.world.far_end_answers(dialog, bench.now).unwrap();
            bench.wait(Duration::ZERO)
        } else {
            bench.act("1001", "ANSWER")
        };
        assert_eq!(
            answered,
            [
                "1001 PUT ACTIVE far:ACTIVE agent:ACTIVE",
                "1001 DELETE DROPPED far:DROPPED agent:DROPPED",
                "1001 NOT_READY",
            ],
        );
        assert!(bench.world.calls.is_empty());
        assert!(bench.world.user_xml(0).contains("<mode>NAILED_CONNECTION</mode>"));
        assert_eq!(bench.state("1001", "READY"), ["1001 READY"]);
    }
}

#[test]
fn the_sign_in_and_not_the_answer_is_the_cause_of_being_signed_in() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    let (dialog, _) = bench.nailed();
    bench.world.far_end_answers(dialog, bench.now).unwrap();
    let last = bench.world.take_notifications().pop().unwrap();
    assert!(last.update.contains("<requestId>r</requestId>"), "{}", last.update);
}

#[test]
fn an_unanswered_set_up_call_fails_the_sign_in_and_frees_the_device() {
    for hangs_up in [false, true] {
        let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
        let (dialog, _) = bench.nailed();
        let mut ended = bench.wait(Duration::from_secs(if hangs_up { 19 } else { 20 }));
        if hangs_up {
            bench.world.far_end_hangs_up(dialog, bench.now).unwrap();
            ended = bench.wait(Duration::ZERO);
        }
        assert_eq!(
            ended,
            [
                "1001 PUT ALERTING far:DROPPED agent:ALERTING",
                "1001 PUT DROPPED far:DROPPED agent:DROPPED",
                "1001 DELETE DROPPED far:DROPPED agent:DROPPED",
                FAILED,
            ],
        );
        assert!(bench.world.calls.is_empty() && bench.world.timers.is_empty());
        assert_eq!(bench.sign_in("1002", "2001"), ["1002 NOT_READY"], "the device is free");
        let bad = NAILED.replace("5557777", "5550000");
        assert_eq!(bench.mobile("1001", "2002", &bad), [FAILED], "nobody can be called there");
        assert_eq!(bench.sign_in("1003", "2002"), ["1003 NOT_READY"]);
    }
}

#[test]
fn devices_and_numbers_that_the_seed_breaks_are_refused_as_it_says() {
    let mut bench = Bench::new(Flavour::Ucce, WrapUp::Optional);
    assert_eq!(bench.sign_in("1001", "2999"), ["1001 Invalid Device 70 CF_GENERIC_UNSPECIFIED_REJECTION"]);
    bench.sign_in("1001", "2001");
    let out_of_service = ["1001 Call Operation Failure 34 CF_RESOURCE_OUT_OF_SERVICE"];
    assert_eq!(bench.make_call("1001", "2001", "5552222"), out_of_service);
    bench.make_call("1001", "2001", "5557777");
    bench.wait(Duration::from_millis(500));
    for action in ["CONSULT_CALL", "TRANSFER_SST"] {
        let told = bench.to("1001", 1, action, "<toAddress>5552222</toAddress>");
        assert_eq!(told, ["1001 Call Operation Failure CF_RESOURCE_OUT_OF_SERVICE"], "{action}");
    }
    for (flavour, told) in [
        (Flavour::Ucce, "400 Bad Request extension"),
        (Flavour::Uccx, "1001 Invalid Device 260 CF_INVALID_LOGON_DEVICE_SPECIFIED"),
    ] {
        let mut bench = Bench::new(flavour, WrapUp::Optional);
        assert_eq!(bench.sign_in("1001", "+14085551234"), [told]);
        assert_eq!(bench.sign_in("1001", "+140855512345678"), ["400 Bad Request extension"]);
    }
}
