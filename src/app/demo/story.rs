//! The day itself: two agents, a customer, one typed and two legacy desktops.

use super::legacy::Legacy;
use super::typed::{Typed, own_leg, state};
use super::{Error, Stage};
use crate::pb;
use crate::pb::event::Payload;

/// Tells the day from the first sign-in to the last sign-out.
///
/// # Errors
/// What did not go as the story has it.
pub(super) async fn tell(stage: &Stage) -> Result<(), Error> {
    scene("Ann (1001) has two desktops on one session: a typed one over gRPC and a legacy one over TCP.");
    let mut typed = Typed::open(stage.grpc, "1001", "demo").await?;
    let mut desk = Legacy::open("legacy 1001", stage.bridge).await?;
    desk.send("Hello#desk-1", "Hello#desk-1").await?;
    desk.until(&["\"System\"", "IN_SERVICE"]).await?;
    desk.send("Connect#1001#desk-1,demo", "Connect#1001#desk-1,****").await?;
    let login = pb::LoginRequest { extension: "2001".into(), ..Default::default() };
    println!("  grpc          > AgentService.Login extension 2001");
    typed.agent.login(login).await?;
    typed.until("the sign-in", state(pb::AgentState::NotReady)).await?;
    desk.send("GetState#1001", "GetState#1001").await?;
    desk.until(&["\"State\"", "NOT_READY"]).await?;

    scene("The typed desktop makes her ready; the legacy desktop is told in its own words.");
    println!("  grpc          > AgentService.MakeReady");
    typed.agent.make_ready(pb::MakeReadyRequest::default()).await?;
    typed.until("ready", state(pb::AgentState::Ready)).await?;
    desk.until(&["\"State\"", "\"READY\""]).await?;

    scene("A customer calls the queue 10. It rings at Ann's phone, on both desktops.");
    stage.control.place_call("5551234", "10", &[("callVariable1", "gold customer")])?;
    let offered = |payload: &Payload| match payload {
        Payload::DialogOffered(offered) => offered.dialog.as_ref().map(|dialog| dialog.id.clone()),
        _ => None,
    };
    let dialog_id = typed.until("the call", offered).await?;
    desk.until(&["NewInboundCall", &dialog_id]).await?;

    scene("She answers with the legacy desktop, holds with the typed one, retrieves with the legacy one.");
    let answer = format!("AnswerCall#1001#{dialog_id}");
    desk.send(&answer, &answer).await?;
    typed.until("the answer", own_leg(pb::ParticipantState::Active)).await?;
    desk.until(&["InboundCall", "\"state\":\"ACTIVE\""]).await?;
    println!("  grpc          > CallService.HoldCall {dialog_id}");
    typed.call.hold_call(pb::HoldCallRequest { dialog_id: dialog_id.clone(), options: None }).await?;
    typed.until("the hold", own_leg(pb::ParticipantState::Held)).await?;
    desk.until(&["InboundCall", "\"state\":\"HELD\""]).await?;
    let retrieve = format!("RetrieveCall#1001#{dialog_id}");
    desk.send(&retrieve, &retrieve).await?;
    typed.until("the retrieve", own_leg(pb::ParticipantState::Active)).await?;
    desk.until(&["InboundCall", "\"state\":\"ACTIVE\""]).await?;

    scene("She notes why the customer called, and the call ends.");
    let reasons = typed.reason.get_wrap_up_reason_codes(pb::GetWrapUpReasonCodesRequest::default()).await?;
    let label = reasons.into_inner().reasons.into_iter().next().map(|reason| reason.label).unwrap_or_default();
    println!("  grpc          > DialogService.WrapUp {label:?}");
    let wrap_up = pb::WrapUpRequest { dialog_id: dialog_id.clone(), reason: label, options: None };
    typed.dialog.wrap_up(wrap_up).await?;
    let release = format!("ReleaseCall#1001#{dialog_id}");
    desk.send(&release, &release).await?;
    let ended = |payload: &Payload| matches!(payload, Payload::DialogEnded(_)).then_some(());
    desk.until(&["InboundCall", "\"state\":\"DROPPED\""]).await?;
    typed.until("the end of the call", ended).await?;

    scene("Ben (1002) has a legacy desktop alone. He signs in and calls Ann, who is not ready for routed calls.");
    println!("  grpc          > AgentService.MakeNotReadyWithReason");
    let reasons = typed.reason.get_not_ready_reason_codes(pb::GetNotReadyReasonCodesRequest::default()).await?;
    let reason_id = reasons.into_inner().reasons.into_iter().next().map(|reason| reason.id).unwrap_or_default();
    let not_ready = pb::MakeNotReadyWithReasonRequest { reason_id, ..Default::default() };
    typed.agent.make_not_ready_with_reason(not_ready).await?;
    desk.until(&["\"State\"", "NOT_READY"]).await?;
    let mut ben = Legacy::open("legacy 1002", stage.bridge).await?;
    ben.send("Connect#1002#desk-2,demo", "Connect#1002#desk-2,****").await?;
    ben.send("Login#1002#demo,2002", "Login#1002#****,2002").await?;
    ben.until(&["AgentInfo"]).await?;
    ben.send("MakeCall#1002#2001", "MakeCall#1002#2001").await?;
    let dialog_id = typed.until("Ben's call", offered).await?;
    println!("  grpc          > CallService.AnswerCall {dialog_id}");
    typed.call.answer_call(pb::AnswerCallRequest { dialog_id: dialog_id.clone(), options: None }).await?;
    ben.until(&["InboundCall", "\"state\":\"ACTIVE\""]).await?;
    println!("  grpc          > CallService.ReleaseCall {dialog_id}");
    typed.call.release_call(pb::ReleaseCallRequest { dialog_id, options: None }).await?;
    ben.until(&["InboundCall", "\"state\":\"DROPPED\""]).await?;
    typed.until("the end of Ben's call", ended).await?;

    scene("The day ends.");
    ben.send("Logout#1002", "Logout#1002").await?;
    ben.until(&["\"State\"", "LOGOUT"]).await?;
    println!("  grpc          > AgentService.Logout");
    typed.agent.logout(pb::LogoutRequest::default()).await?;
    typed.until("the sign-out", state(pb::AgentState::Logout)).await?;
    desk.until(&["\"State\"", "LOGOUT"]).await?;
    Ok(())
}

fn scene(text: &str) {
    println!("\n{text}");
}
