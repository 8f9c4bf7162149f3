//! Options of commands over the typed door: retries, epochs, versions, and what follows an acceptance.

use generic_connector::model::id::RequestId;
use generic_connector::model::system::SystemStatus;
use generic_connector::pb;
use generic_connector::pb::event::Payload;
use generic_connector::sim::{CtiError, Fault, FaultKind, Service};
use tonic::{Code, Response, Status};
use tonic_types::StatusExt;

use super::grpc_world::{As, Door, call, options, reason};
use super::support::within;

fn with(request_id: &str) -> pb::CommandOptions {
    pb::CommandOptions { request_id: request_id.to_owned(), ..Default::default() }
}

async fn ready(
    door: &Door,
    token: &str,
    options: pb::CommandOptions,
) -> Result<Response<pb::MakeReadyResponse>, Status> {
    let request = pb::MakeReadyRequest { options: Some(options) };
    within("ready", door.agents().make_ready(call(As::Bearer(token), request))).await
}

async fn not_ready(door: &Door, token: &str, options: pb::CommandOptions) -> Result<u64, Status> {
    let request = pb::MakeNotReadyRequest { options: Some(options) };
    let answer = within("not ready", door.agents().make_not_ready(call(As::Bearer(token), request))).await?;
    Ok(answer.into_inner().status.unwrap().version)
}

fn told(status: &Status) -> (Code, String) {
    (status.code(), reason(status))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_gets_the_first_outcome_even_when_finesse_has_gone_meanwhile() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    door.sign_in(&connected.token, "2001").await;
    let id = RequestId::random().to_string();
    let first = ready(&door, &connected.token, with(&id)).await.unwrap().into_inner();
    assert_eq!(ready(&door, &connected.token, with(&id)).await.unwrap().into_inner(), first);
    let reused = not_ready(&door, &connected.token, with(&id)).await.unwrap_err();
    assert_eq!(told(&reused), (Code::InvalidArgument, "REQUEST_ID_REUSED".to_owned()));
    let malformed = ready(&door, &connected.token, with("once")).await.unwrap_err();
    assert_eq!(told(&malformed), (Code::InvalidArgument, "INVALID_INPUT".to_owned()));

    door.world.sim.control().set_service(Service::Out);
    let mut status = door.world.manager.system();
    within("out of service", status.wait_for(|status| *status == SystemStatus::OutOfService)).await.unwrap();
    // "Not asked to do anything" would be a lie about the first one.
    assert_eq!(ready(&door, &connected.token, with(&id)).await.unwrap().into_inner(), first);
    let out = ready(&door, &connected.token, with(&RequestId::random().to_string())).await.unwrap_err();
    assert_eq!(told(&out), (Code::Unavailable, "FINESSE_OUT_OF_SERVICE".to_owned()));
    assert!(out.get_error_details().retry_info().is_some());
    drop(status);
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_for_another_session_or_version_is_not_done() {
    let door = Door::open(options()).await;
    let connected = door.connect("1001").await;
    let token = connected.token.as_str();
    let version = door.sign_in(token, "2001").await.status.unwrap().version;
    let of = |epoch| pb::CommandOptions { epoch: Some(epoch), ..Default::default() };
    let foreign = ready(&door, token, of(connected.epoch ^ 1)).await.unwrap_err();
    assert_eq!(told(&foreign), (Code::Aborted, "OUTCOME_UNKNOWN".to_owned()));
    let request = pb::ForceLogoutRequest { options: Some(of(connected.epoch ^ 1)) };
    let foreign = door.agents().force_logout(call(As::Bearer(token), request)).await.unwrap_err();
    assert_eq!(told(&foreign), (Code::Aborted, "OUTCOME_UNKNOWN".to_owned()));
    let expects = |version| pb::CommandOptions { expected_version: Some(version), ..Default::default() };
    let stale = ready(&door, token, expects(version + 7)).await.unwrap_err();
    assert_eq!(told(&stale), (Code::Aborted, "VERSION_MISMATCH".to_owned()));
    ready(&door, token, pb::CommandOptions { epoch: Some(connected.epoch), ..expects(version) }).await.unwrap();
    door.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_command_is_followed_by_its_outcome_at_every_subscriber() {
    let door = Door::open(options()).await;
    let (first, second) = (door.connect("1001").await, door.connect("1001").await);
    door.sign_in(&first.token, "2001").await;
    let accepted = || pb::CommandOptions { wait: pb::Wait::Accepted.into(), ..with(&RequestId::random().to_string()) };
    for refused in [false, true] {
        let mut feeds = Vec::new();
        for token in [&first.token, &second.token] {
            let mut feed = door.subscribe(As::Bearer(token), pb::SubscribeRequest::default()).await.unwrap();
            feed.snapshot().await;
            feeds.push(feed);
        }
        let request = accepted();
        let reply = if refused {
            let error = CtiError::new("Invalid State", "", "CF_INVALID_AGENT_STATE");
            let kind = FaultKind::AsyncError { error, delay_ms: 200, without_request_id: false };
            door.world.sim.control().inject(Fault::new(kind).of_user("1001")).unwrap();
            let request = pb::MakeNotReadyRequest { options: Some(request.clone()) };
            let asked = door.agents().make_not_ready(call(As::Bearer(&first.token), request)).await;
            asked.unwrap().into_inner().status
        } else {
            ready(&door, &first.token, request.clone()).await.unwrap().into_inner().status
        };
        if let Some(status) = reply {
            // The effect came before the acceptance.
            assert_eq!((status.state(), refused), (pb::AgentState::Ready, false));
            continue;
        }
        let mut outcomes = Vec::new();
        for feed in &mut feeds {
            outcomes.push(loop {
                let event = feed.event().await;
                match event.payload {
                    Some(Payload::CommandCompleted(done)) => break (event.sequence, event.request_id, done.command),
                    Some(Payload::CommandFailed(failed)) => break (event.sequence, event.request_id, failed.command),
                    _ => {}
                }
            });
        }
        assert_eq!(outcomes[0], outcomes[1]);
        let command = if refused { "MakeNotReady" } else { "MakeReady" };
        assert_eq!((outcomes[0].1.as_str(), outcomes[0].2.as_str()), (request.request_id.as_str(), command));
    }
    door.close().await;
}
