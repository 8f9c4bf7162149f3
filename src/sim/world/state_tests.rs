//! Tables of wrap-up in its modes, and of every error that can follow a 202.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::Duration;

use super::tests::Bench;
use crate::sim::options::Flavour;
use crate::sim::options::Flavour::{Ucce, Uccx};
use crate::sim::seed::WrapUp;

impl Bench {
    /// A call to a number outside, answered.
    fn outside(&mut self) {
        self.make_call("1001", "2001", "5557777");
        self.wait(Duration::from_millis(500));
    }

    fn dtmf(&mut self) -> Vec<String> {
        let tone = "<actionParams><ActionParam><name>dtmfString</name><value>x</value></ActionParam></actionParams>";
        self.to("1001", 1, "SEND_DTMF", tone)
    }
}

#[test]
fn wrap_up_follows_as_the_agents_mode_says() {
    let work = |flavour| if flavour == Ucce { "WORK_READY" } else { "WORK" };
    for flavour in [Ucce, Uccx] {
        for (mode, asked, state) in [
            (WrapUp::Required, false, work(flavour)),
            (WrapUp::Required, true, "WORK"),
            (WrapUp::RequiredWithWrapUpData, false, work(flavour)),
            (WrapUp::Optional, false, "READY"),
            (WrapUp::Optional, true, "WORK"),
            (WrapUp::NotAllowed, false, "READY"),
            (WrapUp::NotAllowed, true, "READY"),
        ] {
            let mut bench = Bench::served(flavour, mode);
            if asked {
                let refused = mode == WrapUp::NotAllowed;
                let told =
                    if refused { "1001 Invalid State 22 CF_INVALID_OBJECT_STATE" } else { "1001 TALKING (WORK)" };
                assert_eq!(bench.state("1001", "WORK"), [told], "{flavour} {mode:?}");
            }
            let dropped = bench.act("1001", "DROP");
            assert!(dropped.contains(&format!("1001 {state}")), "{flavour} {mode:?} {asked}: {dropped:?}");
            let user = bench.world.user_xml(0);
            assert!(user.contains(&format!("<wrapUpOnIncoming>{}</wrapUpOnIncoming>", mode.name())));
        }
    }
}

#[test]
fn a_demanded_wrap_up_reason_is_owed_until_it_is_given_or_the_time_is_over() {
    for (state, gives) in [("READY", true), ("NOT_READY", false)] {
        let mut bench = Bench::served(Ucce, WrapUp::RequiredWithWrapUpData);
        bench.world.users[0].wrap_up_seconds = Some(7);
        assert!(bench.world.user_xml(0).contains("<wrapUpTimer>7</wrapUpTimer>"));
        bench.act("1001", "DROP");
        assert_eq!(bench.state("1001", state), ["1001 Invalid State 280 CF_WRAPUP_DATA_REQUIRED"]);
        if gives {
            let reason = "<mediaProperties><wrapUpReason>Complaint</wrapUpReason></mediaProperties>";
            bench.to("1001", 1, "UPDATE_CALL_DATA", reason);
            assert_eq!(bench.state("1001", state).last().unwrap(), "1001 READY");
        } else {
            assert!(bench.wait(Duration::from_secs(6)).is_empty());
            assert_eq!(bench.wait(Duration::from_secs(1)).last().unwrap(), "1001 READY");
        }
    }
}

#[test]
fn a_call_to_the_outside_is_wrapped_up_on_ucce_where_the_agent_has_that() {
    for (flavour, mode, last) in [
        (Ucce, WrapUp::Required, "1001 PUT ACTIVE agent:WRAP_UP far:DROPPED"),
        (Ucce, WrapUp::Optional, "1001 NOT_READY"),
        (Uccx, WrapUp::Required, "1001 DELETE DROPPED agent:DROPPED far:DROPPED"),
    ] {
        let mut bench = Bench::new(flavour, WrapUp::Required);
        bench.world.users[0].wrap_up_outgoing = mode;
        bench.sign_in("1001", "2001");
        bench.outside();
        assert_eq!(bench.act("1001", "DROP").last().unwrap(), last, "{flavour} {mode:?}");
        let shown = format!("<wrapUpOnOutgoing>{}</wrapUpOnOutgoing>", mode.name());
        assert_eq!(bench.world.user_xml(0).contains(&shown), flavour == Ucce);
    }
    let mut bench = Bench::new(Ucce, WrapUp::Required);
    bench.sign_in("1001", "2001");
    bench.outside();
    assert_eq!(bench.state("1001", "WORK"), ["1001 Invalid State 22 CF_INVALID_OBJECT_STATE"], "not by default");
    bench.world.users[0].wrap_up_outgoing = WrapUp::Optional;
    assert_eq!(bench.state("1001", "WORK"), ["1001 TALKING (WORK)"]);
    assert!(bench.act("1001", "DROP").contains(&"1001 WORK".to_owned()));
}

#[test]
fn every_documented_error_after_a_202_can_be_provoked() {
    type Provoke = fn(&mut Bench) -> Vec<String>;
    let table: &[(&[Flavour], bool, Provoke, &str)] = &[
        (&[Ucce], false, |b| b.state("1002", "NOT_READY"), "Invalid State 257 CF_INVALID_PASSWORD_SPECIFIED"),
        (&[Uccx], false, |b| b.state("1002", "NOT_READY"), "Invalid State 1010 CF_INVALID_PARAMETER"),
        (&[Ucce], false, |b| b.state("1002", "READY"), "Invalid State 22 CF_INVALID_OBJECT_STATE"),
        (&[Uccx], false, |b| b.state("1002", "READY"), "Invalid State 1010 CF_INVALID_PARAMETER"),
        (&[Ucce, Uccx], false, |b| b.state("1001", "WORK"), "Invalid State 22 CF_INVALID_OBJECT_STATE"),
        (&[Ucce], false, |b| b.state("1001", "LOGOUT"), "Invalid State 22 CF_INVALID_OBJECT_STATE"),
        (&[Uccx], true, |b| b.state("1001", "READY"), "Invalid State 265 CF_INVALID_AGENT_WORKMODE"),
        (&[Uccx], true, |b| b.state("1001", "WORK_READY"), "Invalid State 265 CF_INVALID_AGENT_WORKMODE"),
        (&[Uccx], false, |b| b.make_call("1001", "2001", "5557777"), "Invalid State 265 CF_INVALID_AGENT_WORKMODE"),
        (
            &[Uccx],
            false,
            |b| {
                b.state("1001", "NOT_READY");
                b.outside();
                b.state("1001", "READY")
            },
            "Invalid State 33 CF_RESOURCE_BUSY",
        ),
        (&[Ucce, Uccx], false, |b| b.sign_in("1002", "9999"), "Invalid Device 260 CF_INVALID_LOGON_DEVICE_SPECIFIED"),
        (&[Ucce, Uccx], false, |b| b.sign_in("1002", "2999"), "Invalid Device 70 CF_GENERIC_UNSPECIFIED_REJECTION"),
        (&[Ucce, Uccx], false, |b| b.sign_in("1002", "2001"), "Device Busy 283 CF_SPECIFIED_EXTENSION_ALREADY_IN_USE"),
        (&[Ucce, Uccx], false, |b| b.sign_in("1001", "2002"), "Invalid State 259 CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON"),
        (&[Ucce, Uccx], true, |b| b.to("1001", 1, "RETRIEVE", ""), "INVALID_ACTION RETRIEVE on extension 2001"),
        (&[Ucce, Uccx], true, |b| b.to("1001", 1, "TRANSFER", ""), "INVALID_ACTION TRANSFER on extension 2001"),
        (&[Ucce], true, |b| b.to("1001", 1, "START_RECORDING", ""), "INVALID_ACTION START_RECORDING"),
        (&[Ucce, Uccx], true, Bench::dtmf, "Generic Error CF_VALUE_OUT_OF_RANGE"),
        (&[Ucce, Uccx], true, |b| b.consult("1001", 1, "5552222"), "Call Operation Failure CF_RESOURCE_OUT_OF_SERVICE"),
        (
            &[Ucce, Uccx],
            true,
            |b| {
                b.world.seed.max_parties = 2;
                b.consult("1001", 1, "5557777");
                b.wait(Duration::from_millis(500));
                b.to("1001", 1, "CONFERENCE", "")
            },
            "Call Operation Failure CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED",
        ),
    ];
    for (flavours, on_call, provoke, error) in table {
        for flavour in *flavours {
            let mut bench = if *on_call {
                Bench::served(*flavour, WrapUp::Optional)
            } else {
                let mut bench = Bench::new(*flavour, WrapUp::Optional);
                bench.ready("1001", "2001");
                bench
            };
            let told = provoke(&mut bench);
            assert!(told.last().is_some_and(|line| line.contains(error)), "{flavour} {error}: {told:?}");
            assert!(bench.wait(Duration::ZERO).is_empty(), "nothing follows {error}");
        }
    }
}
