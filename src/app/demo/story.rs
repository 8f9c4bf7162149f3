//! The day itself: two agents and a customer, from the first sign-in to the last sign-out.

use super::desks::Desks;
use super::legacy::Legacy;
use super::typed::{ended, offered, own_leg, state};
use super::{Error, Stage, scene, together, told};
use crate::pb;

/// What the line that says the end of a call holds; participants have states too.
pub(super) const DROPPED: &str = r#""prevDialogId":null,"state":"DROPPED""#;

/// Tells the day from the first sign-in to the last sign-out.
///
/// # Errors
/// What did not go as the story has it.
pub(super) async fn tell(stage: &Stage) -> Result<(), Error> {
    println!(
        "> is sent and < received, over gRPC or as text. Each numbered event of the typed stream stands above the legacy\n\
         line that says the same. Call variables without a value are left out here."
    );
    let mut ann = sign_in(stage).await?;
    let dialog_id = customer_call(stage, &mut ann).await?;
    wrap_up(&mut ann, &dialog_id).await?;
    let mut ben = internal_call(stage, &mut ann).await?;
    together::hand_over(stage, &mut ann, &mut ben).await?;
    together::look_in(stage, &mut ann).await?;

    scene("The day ends.");
    ben.send("Logout#1002", "Logout#1002").await?;
    ben.show_until(&["\"State\"", "LOGOUT"]).await?;
    told("AgentService.Logout");
    ann.typed.agent.logout(pb::LogoutRequest::default()).await?;
    ann.event("the sign-out", state(pb::AgentState::Logout)).await?;
    ann.line(&["\"State\"", "LOGOUT"]).await?;
    ann.show();
    Ok(())
}

async fn sign_in(stage: &Stage) -> Result<Desks, Error> {
    scene("Ann (1001) has two desktops on one session: a typed one over gRPC, and a legacy one that sends text lines.");
    let mut ann = Desks::open(stage, "1001", "text", "").await?;
    told("AgentService.Login extension 2001");
    ann.typed.agent.login(pb::LoginRequest { extension: "2001".into(), ..Default::default() }).await?;
    ann.event("the sign-in", state(pb::AgentState::NotReady)).await?;
    ann.line(&["\"State\"", "NOT_READY"]).await?;
    ann.show();

    scene("The typed desktop makes her ready; the legacy desktop is told in its own words.");
    told("AgentService.MakeReady");
    ann.typed.agent.make_ready(pb::MakeReadyRequest::default()).await?;
    ann.event("ready", state(pb::AgentState::Ready)).await?;
    ann.line(&["\"State\"", "\"READY\""]).await?;
    ann.show();
    Ok(ann)
}

async fn customer_call(stage: &Stage, ann: &mut Desks) -> Result<String, Error> {
    scene("A customer calls the queue 10. It rings at Ann's phone, on both desktops.");
    stage.control.place_call("5551234", "10", &[("callVariable1", "gold customer")])?;
    let dialog_id = ann.event("the call", offered).await?;
    ann.line(&["NewInboundCall", &dialog_id]).await?;
    ann.show();

    scene("She answers with the legacy desktop, holds with the typed one, retrieves with the legacy one.");
    ann.send(&format!("AnswerCall#1001#{dialog_id}")).await?;
    ann.event("the conversation", state(pb::AgentState::Talking)).await?;
    ann.line(&["\"State\"", "TALKING"]).await?;
    ann.show();
    told(&format!("CallService.HoldCall {dialog_id}"));
    ann.typed.call.hold_call(pb::HoldCallRequest { dialog_id: dialog_id.clone(), options: None }).await?;
    ann.event("the hold", own_leg(pb::ParticipantState::Held)).await?;
    ann.line(&["InboundCall", "\"state\":\"HELD\""]).await?;
    ann.state_of_call(pb::AgentState::Hold).await?;
    ann.send(&format!("RetrieveCall#1001#{dialog_id}")).await?;
    ann.event("the retrieve", own_leg(pb::ParticipantState::Active)).await?;
    ann.line(&["InboundCall", "\"state\":\"ACTIVE\""]).await?;
    ann.state_of_call(pb::AgentState::Talking).await?;
    Ok(dialog_id)
}

async fn wrap_up(ann: &mut Desks, dialog_id: &str) -> Result<(), Error> {
    scene("She notes why the customer called, and the call ends.");
    let reasons = ann.typed.reason.get_wrap_up_reason_codes(pb::GetWrapUpReasonCodesRequest::default()).await?;
    let label = reasons.into_inner().reasons.into_iter().next().map(|reason| reason.label).unwrap_or_default();
    told(&format!("DialogService.WrapUp {label:?}"));
    let wrap_up = pb::WrapUpRequest { dialog_id: dialog_id.to_owned(), reason: label, options: None };
    ann.typed.dialog.wrap_up(wrap_up).await?;
    ann.send(&format!("ReleaseCall#1001#{dialog_id}")).await?;
    ann.event("the next call's turn", state(pb::AgentState::Ready)).await?;
    ann.line(&["\"State\"", "\"READY\""]).await?;
    ann.show();

    scene("She takes a break, with a reason.");
    let reasons = ann.typed.reason.get_not_ready_reason_codes(pb::GetNotReadyReasonCodesRequest::default()).await?;
    let reason = reasons.into_inner().reasons.into_iter().next().unwrap_or_default();
    told(&format!("AgentService.MakeNotReadyWithReason {} ({})", reason.id, reason.label));
    let not_ready = pb::MakeNotReadyWithReasonRequest { reason_id: reason.id, ..Default::default() };
    ann.typed.agent.make_not_ready_with_reason(not_ready).await?;
    ann.event("the break", state(pb::AgentState::NotReady)).await?;
    ann.line(&["\"State\"", "NOT_READY"]).await?;
    ann.show();
    Ok(())
}

async fn internal_call(stage: &Stage, ann: &mut Desks) -> Result<Legacy, Error> {
    scene("Ben (1002) has a legacy desktop alone. He signs in and calls Ann.");
    let mut ben = Legacy::open(stage.bridge, "ben ").await?;
    ben.send("Connect#1002#desk-2,demo", "Connect#1002#desk-2,****").await?;
    ben.send("Login#1002#demo,2002", "Login#1002#****,2002").await?;
    ben.show_until(&["AgentInfo"]).await?;
    ben.send("MakeCall#1002#2001", "MakeCall#1002#2001").await?;
    ben.show_until(&["InboundCall", "\"state\":\"ALERTING\""]).await?;

    scene("It rings on Ann's desktops. She answers with the typed one, and hangs up.");
    let dialog_id = ann.event("Ben's call", offered).await?;
    ann.line(&["NewInboundCall", &dialog_id]).await?;
    ann.show();
    told(&format!("CallService.AnswerCall {dialog_id}"));
    ann.typed.call.answer_call(pb::AnswerCallRequest { dialog_id: dialog_id.clone(), options: None }).await?;
    ann.event("the conversation", own_leg(pb::ParticipantState::Active)).await?;
    ann.line(&["InboundCall", "\"state\":\"ACTIVE\""]).await?;
    ann.state_of_call(pb::AgentState::Talking).await?;
    told(&format!("CallService.ReleaseCall {dialog_id}"));
    ann.typed.call.release_call(pb::ReleaseCallRequest { dialog_id, options: None }).await?;
    ann.event("the end of Ben's call", ended).await?;
    ann.line(&["InboundCall", DROPPED]).await?;
    ann.state_of_call(pb::AgentState::NotReady).await?;
    ben.show_until(&["InboundCall", DROPPED]).await?;
    Ok(ben)
}
