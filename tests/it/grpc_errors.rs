//! Each way to fail, on both platforms, as a typed client sees it: code, reason, details; and the next call goes on.

use std::time::Duration;

use generic_connector::pb;
use generic_connector::pb::dialog_service_client::DialogServiceClient;
use generic_connector::pb::reason_service_client::ReasonServiceClient;
use generic_connector::sim::{Fault, FaultKind, Flavour};
use tonic::{Code, Response, Status};
use tonic_types::StatusExt;

use super::grpc_world::{As, Door, call, options, reason};
use super::support::{World, within};

const BOTH: [Flavour; 2] = [Flavour::Ucce, Flavour::Uccx];

/// Code and reason of an error that is told as every error is.
fn told<T: std::fmt::Debug>(answer: Result<Response<T>, Status>) -> (Code, String, Status) {
    let status = answer.unwrap_err();
    let details = status.get_error_details();
    let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo: {status:?}"));
    assert_eq!(info.domain, "gc.v1");
    assert!(!status.message().is_empty());
    (status.code(), info.reason.clone(), status)
}

fn metadata(status: &Status, key: &str) -> String {
    status.get_error_details().error_info().unwrap().metadata.get(key).cloned().unwrap_or_default()
}

fn delay(status: &Status) -> Option<Duration> {
    status.get_error_details().retry_info().and_then(|info| info.retry_delay)
}

fn connect(agent: &str, password: &str) -> pb::ConnectRequest {
    pb::ConnectRequest { agent_id: agent.into(), password: password.into(), ..Default::default() }
}

async fn ready(door: &Door, token: &str) -> Result<Response<pb::MakeReadyResponse>, Status> {
    within("ready", door.agents().make_ready(call(As::Bearer(token), pb::MakeReadyRequest::default()))).await
}

async fn not_ready(door: &Door, token: &str) {
    let request = call(As::Bearer(token), pb::MakeNotReadyRequest::default());
    within("not ready", door.agents().make_not_ready(request)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_agent_does_wrong_is_told_and_the_next_command_goes_on() {
    for flavour in BOTH {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let (code, why, status) = told(door.agents().connect(connect("1003", "wrong")).await);
        assert_eq!((code, why.as_str()), (Code::Unauthenticated, "AUTHORIZATION_FAILURE"));
        assert_eq!(metadata(&status, "http_status"), "401");
        assert_eq!((metadata(&status, "retry").as_str(), delay(&status)), ("NO", None));
        let (code, why, _) = told(door.agents().connect(connect("4711", "demo")).await);
        assert_eq!((code, why.as_str()), (Code::NotFound, "USER_NOT_FOUND"));

        let (first, second) = (door.connect("1001").await, door.connect("1002").await);
        let me = As::Bearer(&first.token);
        door.sign_in(&first.token, "2001").await;
        let taken = pb::LoginRequest { extension: "2001".into(), ..Default::default() };
        let (code, why, status) = told(door.agents().login(call(As::Bearer(&second.token), taken)).await);
        assert_eq!((code, why.as_str()), (Code::FailedPrecondition, "DEVICE_BUSY"));
        assert!(!metadata(&status, "error_type").is_empty(), "{status:?}");
        door.sign_in(&second.token, "2002").await;

        let hold = pb::HoldCallRequest { dialog_id: "999".into(), options: None };
        let (code, why, status) = told(door.calls().hold_call(call(me, hold)).await);
        assert_eq!((code, why.as_str()), (Code::NotFound, "NOT_FOUND"));
        assert_eq!(metadata(&status, "dialog_id"), "999");
        let controls = pb::GetDialogStateControlsRequest { dialog_id: "999".into() };
        let mut dialogs = DialogServiceClient::new(door.channel.clone());
        let (code, why, _) = told(dialogs.get_dialog_state_controls(call(me, controls)).await);
        assert_eq!((code, why.as_str()), (Code::NotFound, "NOT_FOUND"));

        let unknown = pb::MakeNotReadyWithReasonRequest { reason_id: "4711".into(), ..Default::default() };
        let (code, why, _) = told(door.agents().make_not_ready_with_reason(call(me, unknown)).await);
        assert_eq!((code, why.as_str()), (Code::InvalidArgument, "UNKNOWN_REASON_CODE"));

        door.world.sim.control().place_call("5551234", "2001", &[]).unwrap();
        let mut feed = door.subscribe(me, pb::SubscribeRequest::default()).await.unwrap();
        let mut snapshot = feed.snapshot().await;
        while snapshot.dialogs.is_empty() {
            snapshot = door.subscribe(me, pb::SubscribeRequest::default()).await.unwrap().snapshot().await;
        }
        let ringing = pb::HoldCallRequest { dialog_id: snapshot.dialogs[0].id.clone(), options: None };
        let (code, why, _) = told(door.calls().hold_call(call(me, ringing)).await);
        assert_eq!(code, Code::FailedPrecondition);
        assert!(["ACTION_NOT_ALLOWED", "INVALID_STATE"].contains(&why.as_str()), "{why}");
        let answer = pb::AnswerCallRequest { dialog_id: snapshot.dialogs[0].id.clone(), options: None };
        within("answer", door.calls().answer_call(call(me, answer))).await.unwrap();
        drop((feed, dialogs));
        door.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_finesse_does_wrong_is_told_and_the_next_command_goes_on() {
    for flavour in BOTH {
        let door = Door::open_to(World::start(flavour).await, options()).await;
        let connected = door.connect("1001").await;
        let token = connected.token.as_str();
        door.sign_in(token, "2001").await;
        let inject = |kind| {
            door.world.sim.control().inject(Fault::new(kind).of_user("1001").of_action("READY")).unwrap();
        };
        for (kind, code, why, http) in [
            (FaultKind::Status { status: 503 }, Code::Unavailable, "FINESSE_OUT_OF_SERVICE", "503"),
            // Whoever wrote the page may have passed the command on; the read-back did not find it.
            (FaultKind::Html { status: 502 }, Code::Aborted, "OUTCOME_UNKNOWN", ""),
            (FaultKind::Html { status: 500 }, Code::Aborted, "OUTCOME_UNKNOWN", ""),
            (FaultKind::Silent, Code::Aborted, "OUTCOME_UNKNOWN", ""),
        ] {
            let shown = format!("{kind:?}");
            inject(kind);
            let told = told(ready(&door, token).await);
            assert_eq!((told.0, told.1.as_str()), (code, why), "{shown}");
            assert_eq!(metadata(&told.2, "http_status"), http, "{shown}");
            assert_eq!(delay(&told.2).is_some(), code == Code::Unavailable, "{shown}");
            not_ready(&door, token).await;
        }
        let page = Fault::new(FaultKind::Html { status: 200 }).of_user("1003");
        door.world.sim.control().inject(page).unwrap();
        let (code, why, status) = told(door.agents().connect(connect("1003", "demo")).await);
        assert_eq!((code, why.as_str()), (Code::Unavailable, "FINESSE_UNREACHABLE"));
        assert!(delay(&status).is_some());
        ready(&door, token).await.unwrap();
        door.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callers_deadline_is_kept_whatever_finesse_does() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    door.sign_in(&connected.token, "2001").await;
    let silent = |user: &str| {
        door.world.sim.control().inject(Fault::new(FaultKind::Silent).of_user(user).times(20)).unwrap();
    };
    silent("1001");
    silent("1002");
    fn hurried<T>(who: As<'_>, message: T) -> tonic::Request<T> {
        let mut request = call(who, message);
        request.metadata_mut().insert("grpc-timeout", "700m".parse().unwrap());
        request
    }
    let mut reasons = ReasonServiceClient::new(door.channel.clone());
    let list = reasons.get_logout_reason_codes(hurried(me, pb::GetLogoutReasonCodesRequest::default())).await;
    let (code, why, _) = told(list);
    assert_eq!((code, why.as_str()), (Code::DeadlineExceeded, "DEADLINE_TOO_SHORT"));
    let opened = door.agents().connect(hurried(As::Nobody, connect("1002", "demo"))).await;
    let (code, why, _) = told(opened);
    assert_eq!((code, why.as_str()), (Code::DeadlineExceeded, "DEADLINE_TOO_SHORT"));
    let (code, why, _) = told(door.agents().make_ready(hurried(me, pb::MakeReadyRequest::default())).await);
    assert_eq!((code, why.as_str()), (Code::Aborted, "OUTCOME_UNKNOWN"));
    let (code, why, _) = told(door.agents().force_logout(hurried(me, pb::ForceLogoutRequest::default())).await);
    assert_eq!((code, why.as_str()), (Code::Aborted, "OUTCOME_UNKNOWN"));
    // A Connect that its caller gave up leaves nothing behind once the question to Finesse has ended.
    let shown = format!("{:?}", door.world.manager);
    assert!(shown.contains("connecting: 0"), "{shown}");
    drop(reasons);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connect_that_is_given_up_counts_as_a_wrong_password() {
    let door = Door::open(options()).await;
    door.world.sim.control().inject(Fault::new(FaultKind::Delay { ms: 600 }).of_user("1004").times(20)).unwrap();
    let mut limited = false;
    for guess in 0..20 {
        let (mut agents, password) = (door.agents(), format!("wrong {guess}"));
        let given_up = agents.connect(connect("1004", &password));
        if let Ok(Err(status)) = tokio::time::timeout(Duration::from_millis(200), given_up).await {
            assert_eq!(reason(&status), "TOO_MANY_REQUESTS");
            assert!(delay(&status).is_some());
            limited = true;
            break;
        }
    }
    assert!(limited, "finesse was asked about every one of them");
    assert!(door.world.sim.control().requests("1004", "GET_USER") <= 3);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_waits_too_long_is_not_sent_afterwards() {
    let limit = Duration::from_millis(1500);
    let door = Door::open(generic_connector::grpc::Options { request_timeout: limit, ..options() }).await;
    let connected = door.connect("1001").await;
    let me = As::Bearer(&connected.token);
    door.sign_in(&connected.token, "2001").await;
    door.world.sim.control().inject(Fault::new(FaultKind::DropNotification).of_user("1001").times(50)).unwrap();
    door.world.sim.control().inject(Fault::new(FaultKind::Silent).of_user("1001").times(50)).unwrap();
    let (mut first, mut second) = (door.agents(), door.agents());
    let (first, second) = tokio::join!(
        first.make_ready(call(me, pb::MakeReadyRequest::default())),
        second.make_not_ready(call(me, pb::MakeNotReadyRequest::default())),
    );
    let mut reasons = [told(first).1, told(second).1];
    reasons.sort();
    assert_eq!(reasons, ["DEADLINE_TOO_SHORT", "OUTCOME_UNKNOWN"]);
    door.close().await;
}
