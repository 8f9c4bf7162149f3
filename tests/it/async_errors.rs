//! Each error that Finesse reports after a 202 is the outcome of the command that caused it.
//!
//! [`ROWS`] has a row for each place where the simulator makes one: the [`scene`] that provokes it, the words, and the
//! reason that `docs/errors.md` gives them. Every scene is played once as it is, and twice with the same words but without
//! the request's id: before the 202 and after it.

mod scene;

use std::collections::BTreeSet;
use std::path::Path;

use generic_connector::model::Error;
use generic_connector::model::Reason::{
    self, ActionNotAllowed, DeviceBusy, InvalidDestination, InvalidDevice, InvalidInput, InvalidState, ModeNotAllowed,
    ReasonCodeRequired,
};
use generic_connector::model::reply::Answer;
use generic_connector::sim::{CtiError, Fault, FaultKind, Flavour};

use scene::Scene::{self, *};

/// One error.
struct Row {
    scene: Scene,
    on: &'static [Flavour],
    /// The request that it is an answer to, as the simulator's log names it.
    action: &'static str,
    /// `errorType`.
    kind: &'static str,
    /// `errorData`.
    data: &'static str,
    /// What the caller gets.
    reason: Reason,
}

const fn row(
    scene: Scene,
    on: &'static [Flavour],
    action: &'static str,
    (kind, data): (&'static str, &'static str),
    reason: Reason,
) -> Row {
    Row { scene, on, action, kind, data, reason }
}

const fn state(data: &'static str) -> (&'static str, &'static str) {
    ("Invalid State", data)
}

const fn generic(data: &'static str) -> (&'static str, &'static str) {
    ("Generic Error", data)
}

const BOTH: &[Flavour] = &[Flavour::Ucce, Flavour::Uccx];
const UCCE: &[Flavour] = &[Flavour::Ucce];
const UCCX: &[Flavour] = &[Flavour::Uccx];

const ROWS: &[Row] = &[
    // Signing in and out, and states.
    row(SignInElsewhere, BOTH, "LOGIN", state("259"), InvalidState),
    row(SignInNowhere, BOTH, "LOGIN", ("Invalid Device", "260"), InvalidDevice),
    row(SignInAtBadDevice, BOTH, "LOGIN", ("Invalid Device", "70"), InvalidDevice),
    row(SignInAtBusyDevice, BOTH, "LOGIN", ("Device Busy", "283"), DeviceBusy),
    row(MobileInWrongMode, UCCE, "LOGIN", ("Mode Not Allowed", "70"), ModeNotAllowed),
    row(MobileAtBadNumber, UCCE, "LOGIN", generic("261"), InvalidDevice),
    row(NotReadySignedOut, UCCE, "NOT_READY", state("257"), InvalidState),
    row(NotReadySignedOut, UCCX, "NOT_READY", state("1010"), InvalidState),
    row(ReadySignedOut, UCCE, "READY", state("22"), InvalidState),
    row(ReadySignedOut, UCCX, "READY", state("1010"), InvalidState),
    row(WorkFromReady, BOTH, "WORK", state("22"), InvalidState),
    row(LogoutFromReady, UCCE, "LOGOUT", state("22"), InvalidState),
    row(LogoutInCall, BOTH, "LOGOUT", state("22"), InvalidState),
    row(NotReadyWhileReserved, BOTH, "NOT_READY", state("22"), InvalidState),
    row(ReadyInPlainCall, UCCX, "READY", state("33"), InvalidState),
    row(ReadyInQueueCall, UCCX, "READY", state("265"), InvalidState),
    row(NotReadyTwice, UCCX, "NOT_READY", state("265"), InvalidState),
    row(WorkInPlainCall, BOTH, "WORK", state("22"), InvalidState),
    row(WrapUpWithoutData, BOTH, "READY", state("280"), ReasonCodeRequired),
    // Calls.
    row(CallFromReady, UCCX, "MAKE_CALL", state("265"), InvalidState),
    row(CallInWrapUp, BOTH, "MAKE_CALL", generic("2011"), ActionNotAllowed),
    row(CallInCall, BOTH, "MAKE_CALL", generic("2001"), ActionNotAllowed),
    row(CallToFault, BOTH, "MAKE_CALL", ("Call Operation Failure", "34"), InvalidDevice),
    row(HoldRinging, BOTH, "HOLD", generic("2001"), ActionNotAllowed),
    row(RetrieveRinging, BOTH, "RETRIEVE", generic("2001"), ActionNotAllowed),
    row(ReleaseRinging, BOTH, "DROP", generic("2001"), ActionNotAllowed),
    row(AnswerHeld, BOTH, "ANSWER", generic("2001"), ActionNotAllowed),
    row(DataRinging, BOTH, "UPDATE_CALL_DATA", generic("2001"), ActionNotAllowed),
    row(TonesRinging, BOTH, "SEND_DTMF", generic("2001"), ActionNotAllowed),
    row(TonesUnknown, UCCX, "SEND_DTMF", generic("3"), InvalidInput),
    row(ConsultHeld, BOTH, "CONSULT_CALL", generic("2001"), ActionNotAllowed),
    row(ConsultFault, BOTH, "CONSULT_CALL", ("Call Operation Failure", "34"), InvalidDevice),
    row(TransferAlone, BOTH, "TRANSFER", generic("2001"), ActionNotAllowed),
    row(TransferToSame, BOTH, "TRANSFER", generic("284"), ActionNotAllowed),
    row(ConferenceAlone, BOTH, "CONFERENCE", generic("2001"), ActionNotAllowed),
    row(ConferenceOfOther, UCCE, "CONFERENCE", generic("20999"), ActionNotAllowed),
    row(ConferenceOfOther, UCCX, "CONFERENCE", state("22"), InvalidState),
    row(ConferenceFull, BOTH, "CONFERENCE", ("Call Operation Failure", "38"), ActionNotAllowed),
    row(SingleStepHeld, BOTH, "TRANSFER_SST", generic("2001"), ActionNotAllowed),
    row(SingleStepOfConference, BOTH, "TRANSFER_SST", generic("2001"), ActionNotAllowed),
    row(SingleStepToBusy, BOTH, "TRANSFER_SST", generic("33"), InvalidState),
    row(SingleStepToBad, BOTH, "TRANSFER_SST", generic("6"), InvalidDestination),
    row(SingleStepToFault, BOTH, "TRANSFER_SST", ("Call Operation Failure", "34"), InvalidDevice),
    // Supervisors.
    row(MonitorHeld, UCCE, "SILENT_MONITOR", ("13145", "13145"), InvalidState),
    row(MonitorHeld, UCCX, "SILENT_MONITOR", ("88049", "88049"), InvalidState),
    row(MonitorIdle, UCCE, "SILENT_MONITOR", ("13145", "13145"), InvalidState),
    row(MonitorIdle, UCCX, "SILENT_MONITOR", ("88049", "88049"), InvalidState),
    row(MonitorReady, UCCE, "SILENT_MONITOR", state("22"), InvalidState),
    row(MonitorReady, UCCX, "SILENT_MONITOR", ("88049", "88049"), InvalidState),
    row(MonitorMonitored, BOTH, "SILENT_MONITOR", generic("33"), InvalidState),
    row(DropRinging, UCCE, "PARTICIPANT_DROP", generic("2101"), ActionNotAllowed),
    row(MemberNotReadyInCall, BOTH, "NOT_READY", state("22"), InvalidState),
    row(MemberReadySignedOut, UCCE, "READY", state("22"), InvalidState),
    row(MemberReadySignedOut, UCCX, "READY", state("1010"), InvalidState),
    row(MemberOutInPlainCall, UCCX, "LOGOUT", state("33"), InvalidState),
];

/// The words of the refusal, as Finesse's.
fn words(error: &Error) -> Option<(&str, &str)> {
    error.finesse.as_ref().map(|fault| (&*fault.error_type, &*fault.error_data))
}

async fn play(row: &Row, flavour: Flavour, faults: &mut Vec<String>) {
    let mut check = |how: &str, got: Result<(), String>| {
        faults.extend(got.err().map(|why| format!("{:?} {flavour} {how}: {why}", row.scene)));
    };
    let world = scene::world(flavour).await;
    let (desk, command) = row.scene.arrange(&world).await;
    let natural = desk.run(command.clone()).await;
    let expected = |got: &Result<Answer, Error>| match got {
        Ok(_) => Err("was done".to_owned()),
        Err(error) if words(error) != Some((row.kind, row.data)) => Err(format!("was refused by {error:?}")),
        Err(error) if error.reason != row.reason => Err(format!("{} instead of {}", error.reason, row.reason)),
        Err(_) => Ok(()),
    };
    check("by itself", expected(&natural));
    let mut error = CtiError::new(row.kind, row.data, "");
    if let Some(said) = natural.err().and_then(|error| error.finesse) {
        error.message = said.error_message.into();
    }
    for delay_ms in [0, 20] {
        let kind = FaultKind::AsyncError { error: error.clone(), delay_ms, without_request_id: true };
        world.sim.control().inject(Fault::new(kind).of_action(row.action)).unwrap();
        let bare = desk.run(command.clone()).await;
        check(&format!("without id, after {delay_ms} ms"), expected(&bare));
        if !world.sim.control().picture().faults.is_empty() {
            check("without id", Err(format!("no {} was sent", row.action)));
            world.sim.control().clear_faults();
        }
    }
    drop(desk);
    world.stop().await;
}

#[tokio::test]
async fn what_is_refused_after_the_202_is_the_outcome_of_the_command_that_caused_it() {
    // Worlds wait more than they work.
    let (mut a, b, c, d) = tokio::join!(lane(0), lane(1), lane(2), lane(3));
    a.extend([b, c, d].into_iter().flatten());
    assert!(a.is_empty(), "{a:#?}");
}

/// Every fourth row, and what went wrong.
async fn lane(first: usize) -> Vec<String> {
    let mut faults = Vec::new();
    for row in ROWS.iter().skip(first).step_by(4) {
        for flavour in row.on {
            play(row, *flavour, &mut faults).await;
        }
    }
    faults
}

/// What was in order at the 202 and is not any more when it is done: only a fault can arrange that.
const CHANGED: &[Row] = &[
    row(Barge, UCCE, "BARGE_CALL", ("20700", "20700"), ActionNotAllowed),
    row(Barge, UCCE, "BARGE_CALL", ("20999", "20999"), ActionNotAllowed),
    row(Barge, UCCE, "BARGE_CALL", ("Invalid Destination", "2001"), InvalidDestination),
    row(Barge, UCCE, "BARGE_CALL", state("associatedDialogUri"), InvalidState),
    row(TransferAlone, BOTH, "TRANSFER", generic("24"), InvalidState),
    row(ConferenceAlone, BOTH, "CONFERENCE", generic("24"), InvalidState),
];

#[tokio::test]
async fn what_changed_after_the_202_is_the_outcome_of_the_command_that_met_it() {
    for row in CHANGED {
        for (flavour, without_request_id) in row.on.iter().flat_map(|on| [(*on, false), (*on, true)]) {
            let world = scene::world(flavour).await;
            let (desk, command) = row.scene.arrange(&world).await;
            let error = CtiError::new(row.kind, row.data, "");
            let kind = FaultKind::AsyncError { error, delay_ms: 20, without_request_id };
            world.sim.control().inject(Fault::new(kind).of_action(row.action)).unwrap();
            let refused = desk.run(command).await.unwrap_err();
            assert_eq!((refused.reason, words(&refused)), (row.reason, Some((row.kind, row.data))), "{refused:?}");
            drop(desk);
            world.stop().await;
        }
    }
}

/// The codes that the simulator's source names are those of the table.
#[test]
fn every_error_of_the_simulator_has_a_row() {
    let mut named = BTreeSet::new();
    let world = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sim/world");
    for entry in std::fs::read_dir(world).unwrap() {
        let path = entry.unwrap().path();
        if path.to_str().unwrap().ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        for (place, _) in text.match_indices("CtiError::").chain(text.match_indices("Self::new(\"")) {
            let call: String = text[place..].chars().take_while(|c| *c != ')').collect();
            let numbers = call.split('"').filter(|word| word.parse::<u32>().is_ok());
            named.extend(numbers.map(str::to_owned));
        }
    }
    let rows: BTreeSet<String> = ROWS.iter().chain(CHANGED).map(|row| row.data.to_owned()).collect();
    let missing: Vec<_> = named.difference(&rows).collect();
    assert!(named.len() > 10 && missing.is_empty(), "no row for {missing:?} of {named:?}");
}
