//! Tables of direct transfer, tones and dropping a participant.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::join_tests::told;
use super::tests::Bench;
use crate::sim::options::{DropParticipantFor, Flavour};
use crate::sim::seed::WrapUp;

fn dtmf(digits: &str) -> String {
    format!("<actionParams><ActionParam><name>dtmfString</name><value>{digits}</value></ActionParam></actionParams>")
}

#[test]
fn a_direct_transfer_rings_at_the_other_agent_and_is_over_for_the_first() {
    for (flavour, queue) in [(Flavour::Ucce, "PREROUTE_ACD_IN"), (Flavour::Uccx, "ACD_IN")] {
        let mut bench = Bench::served(flavour, WrapUp::Optional);
        let sst = |bench: &mut Bench, to| bench.to("1001", 1, "TRANSFER_SST", &format!("<toAddress>{to}</toAddress>"));
        assert_eq!(sst(&mut bench, "2001"), ["400 Invalid Destination 2001"]);
        assert_eq!(sst(&mut bench, "5550000"), ["1001 Generic Error CF_INVALID_CALLED_DEVICE"]);
        assert_eq!(sst(&mut bench, "5551111"), ["1001 Generic Error CF_RESOURCE_BUSY"]);
        assert_eq!(
            sst(&mut bench, "2002"),
            [
                &format!("1001 PUT #1 ACTIVE {queue} 5551230000:ACTIVE 2001:HELD"),
                "1001 POST #2 INITIATING TRANSFER 2001:INITIATING",
                "1001 DELETE #2 DROPPED TRANSFER 2001:DROPPED",
                &format!("1001 DELETE #1 DROPPED {queue} 5551230000:ACTIVE 2001:DROPPED"),
                "1002 POST #1 ACTIVE TRANSFER 5551230000:ACTIVE 2001:DROPPED 2002:ALERTING",
                "1001 READY",
            ],
        );
        let answered = bench.to("1002", 1, "ANSWER", "");
        assert_eq!(answered, ["1002 PUT #1 ACTIVE TRANSFER 5551230000:ACTIVE 2002:ACTIVE", "1002 TALKING"]);
        bench.hang_up(1);
        assert!(bench.world.calls.is_empty());
    }
}

#[test]
fn a_direct_transfer_with_wrap_up_to_a_queue_or_outside() {
    let mut bench = Bench::served(Flavour::Ucce, WrapUp::Required);
    bench.state("1002", "READY");
    let transferred = bench.to("1001", 1, "TRANSFER_SST", "<toAddress>8010</toAddress>");
    assert_eq!(
        transferred[3..],
        [
            "1001 PUT #1 INITIATED TRANSFER 5551230000:ACTIVE 2001:WRAP_UP",
            "1001 WORK_READY",
            "1002 RESERVED",
            "1001 PUT #1 ALERTING TRANSFER 5551230000:ACTIVE 2001:WRAP_UP 2002:ALERTING",
            "1002 POST #1 ALERTING TRANSFER 5551230000:ACTIVE 2001:WRAP_UP 2002:ALERTING",
        ],
    );
    bench.to("1002", 1, "ANSWER", "");
    bench.now += 30_000;
    bench.world.advance(bench.now);
    let over = bench.world.take_notifications().iter().map(told).collect::<Vec<_>>();
    assert_eq!(over[0], "1001 DELETE #1 DROPPED TRANSFER 5551230000:ACTIVE 2001:DROPPED 2002:ACTIVE");
    bench.to("1002", 1, "TRANSFER_SST", "<toAddress>5557777</toAddress>");
    bench.now += 30_000;
    bench.world.advance(bench.now);
    assert!(bench.world.calls.is_empty(), "nobody here sees it any more");
}

#[test]
fn tones_are_taken_by_platform_and_not_on_hold() {
    let range = ["1001 Generic Error CF_VALUE_OUT_OF_RANGE"];
    for (flavour, letters) in [(Flavour::Ucce, [].as_slice()), (Flavour::Uccx, &range)] {
        let mut bench = Bench::served(flavour, WrapUp::Optional);
        assert!(bench.to("1001", 1, "SEND_DTMF", &dtmf("0129*#")).is_empty());
        assert_eq!(bench.to("1001", 1, "SEND_DTMF", &dtmf("AD")), letters);
        assert_eq!(bench.to("1001", 1, "SEND_DTMF", &dtmf("1x")), range);
        assert_eq!(bench.to("1001", 1, "SEND_DTMF", ""), ["400 Parameter Missing dtmfString"]);
        bench.to("1001", 1, "HOLD", "");
        assert_eq!(bench.to("1001", 1, "SEND_DTMF", &dtmf("1")), ["401 Invalid State dtmfString"]);
    }
}

#[test]
fn a_participant_is_dropped_by_whom_the_setting_allows() {
    use DropParticipantFor::{All, ConferenceControllerAndSupervisor, SupervisorOnly};
    for (setting, controller, other) in
        [(SupervisorOnly, false, false), (ConferenceControllerAndSupervisor, true, false), (All, true, true)]
    {
        for (id, target, allowed) in [("1001", "2002", controller), ("1002", "2001", other)] {
            let mut bench = Bench::consulting(Flavour::Ucce, WrapUp::Optional);
            bench.world.drop_participant_for = setting;
            bench.to("1001", 1, "CONFERENCE", "");
            let dropped = bench.drop_party(id, 1, target);
            match allowed {
                true => assert!(dropped.iter().any(|line| line.contains(" DELETE #1 DROPPED")), "{dropped:?}"),
                false => assert_eq!(dropped, [format!("401 Invalid Supervisor {id}")], "{setting:?}"),
            }
        }
    }
}

#[test]
fn a_supervisor_drops_the_agent_and_stays_with_the_customer() {
    let mut bench = Bench::served(Flavour::Ucce, WrapUp::Optional);
    bench.sign_in("1101", "2101");
    bench.consult("1001", 1, "2101");
    bench.to("1101", 2, "ANSWER", "");
    bench.to("1001", 1, "CONFERENCE", "");
    assert_eq!(bench.drop_party("1101", 1, "5551230000"), ["400 Invalid Destination 5551230000"], "the customer");
    assert_eq!(bench.drop_party("1101", 1, "2009"), ["400 Invalid Destination 2009"]);
    let parties = "5551230000:ACTIVE 2001:DROPPED 2101:ACTIVE joined#2";
    assert_eq!(
        bench.drop_party("1101", 1, "2001"),
        [
            format!("1001 PUT #1 ACTIVE CONFERENCE {parties}"),
            format!("1101 PUT #1 ACTIVE CONFERENCE {parties}"),
            format!("1001 DELETE #1 DROPPED CONFERENCE {parties}"),
            "1001 READY".to_owned(),
        ],
    );
    let mut uccx = Bench::consulting(Flavour::Uccx, WrapUp::Optional);
    uccx.to("1001", 1, "CONFERENCE", "");
    assert_eq!(uccx.drop_party("1001", 1, "2002"), ["501 Not Implemented PARTICIPANT_DROP"]);
}
