//! What more than one does with a call: Ann consults Ben and hands a customer over, and a supervisor looks in.

use super::desks::Desks;
use super::legacy::Legacy;
use super::story::DROPPED;
use super::typed::{active, consult as consulted, ended, member, name, offered, own_leg};
use super::{Error, Stage, scene, told};
use crate::pb;
use crate::sim::Flavour;

/// A consult, and the transfer that it was for.
pub(super) async fn hand_over(stage: &Stage, ann: &mut Desks, ben: &mut Legacy) -> Result<(), Error> {
    scene("Ann's break is over, and another customer calls.");
    told("AgentService.MakeReady");
    ann.typed.agent.make_ready(pb::MakeReadyRequest::default()).await?;
    ann.state(pb::AgentState::Ready).await?;
    let call = customer(stage, ann, "5559876").await?;

    scene("She asks Ben, from the legacy desktop, while the customer waits. To her it is a consult, to Ben a call.");
    ann.send(&format!("ConsultCall#1001#2002,{call}")).await?;
    let consult = ann.event("the consult", consulted).await?;
    ben.show_until(&["NewInboundCall", &consult]).await?;
    ben.send(&format!("AnswerCall#1002#{consult}"), &format!("AnswerCall#1002#{consult}")).await?;
    ben.show_until(&["InboundCall", "\"state\":\"ACTIVE\""]).await?;
    ann.event("the consult's conversation", active(pb::DialogKind::Consult, 2)).await?;
    ann.line(&["\"ConsultCall\",\"state\":\"ACTIVE\""]).await?;
    ann.show();

    scene("She hands the customer over with the typed desktop. Her part of both calls ends; Ben has the customer's.");
    told(&format!("CallService.TransferCall {call}"));
    let transfer = pb::TransferCallRequest { dialog_id: call.clone(), ..Default::default() };
    ann.typed.call.transfer_call(transfer).await?;
    ann.event("the end of the first call", ended).await?;
    ann.event("the end of the second call", ended).await?;
    ann.line(&["\"ConsultCall\",\"state\":\"DROPPED\""]).await?;
    ann.state(pb::AgentState::Ready).await?;
    ben.show_until(&["InboundCall", &format!("\"prevDialogId\":\"{consult}\"")]).await?;
    ben.send(&format!("ReleaseCall#1002#{call}"), &format!("ReleaseCall#1002#{call}")).await?;
    ben.show_until(&["InboundCall", DROPPED]).await
}

/// A supervisor watches the team, listens to a call, joins it, and takes it over where the platform can.
pub(super) async fn look_in(stage: &Stage, ann: &mut Desks) -> Result<(), Error> {
    scene("Sue (1101) supervises the team. She too has a typed and a legacy desktop, and watches her team with both.");
    let mut sue = Desks::open(stage, "1101", "sue ", "sue's ").await?;
    told("AgentService.Login extension 2101");
    sue.typed.agent.login(pb::LoginRequest { extension: "2101".into(), ..Default::default() }).await?;
    sue.state(pb::AgentState::NotReady).await?;
    told("SupervisorService.GetTeamUsers 1");
    let ask = pb::GetTeamUsersRequest { team_id: "1".into(), ..Default::default() };
    let members = sue.typed.supervisor.get_team_users(ask).await?.into_inner().members;
    let members = members.iter().map(|member| {
        let state = member.status.as_ref().map(pb::AgentStatus::state).unwrap_or_default();
        format!("{} {}", member.id, name(state.as_str_name()))
    });
    println!("  grpc <  {}", members.collect::<Vec<_>>().join(", "));
    sue.send("getteamusers#1101#1").await?;
    sue.line(&["TeamUsersList"]).await?;
    sue.show();

    scene("Ann takes the next customer, and Sue's desktops show it.");
    let call = customer(stage, ann, "5557654").await?;
    sue.event("Ann's conversation", member("1001", pb::AgentState::Talking)).await?;
    sue.line(&["\"State\",\"agentId\":\"1001\",\"state\":\"TALKING\""]).await?;
    sue.show();

    scene("Sue listens in with the legacy desktop. Nobody else is told of it.");
    sue.send("silentmonitor#1101#2001").await?;
    sue.event("the monitoring", active(pb::DialogKind::Monitor, 2)).await?;
    sue.line(&["\"state\":\"ACTIVE\",\"startTime\"", "\"callType\":\"SM\""]).await?;
    sue.state_of_call(pb::AgentState::Talking).await?;

    scene("She joins the call with the typed one: the monitoring ends, and now Ann sees her.");
    told(&format!("SupervisorService.BargeIn 1001 {call}"));
    let barge = pb::BargeInRequest { member: "1001".into(), dialog_id: call.clone(), options: None };
    sue.typed.supervisor.barge_in(barge).await?;
    sue.event("the conference", active(pb::DialogKind::Call, 3)).await?;
    sue.line(&["SUPERVISOR_BARGE_IN"]).await?;
    sue.state(pb::AgentState::Talking).await?;
    ann.event("the conference", active(pb::DialogKind::Call, 3)).await?;
    ann.line(&["\"state\":\"ACTIVE\",\"startTime\"", "\"mediaAddress\":\"2101\""]).await?;
    ann.show();

    let drop = format!("dropparticipant#1101#2001,{call}");
    if stage.flavour == Flavour::Ucce {
        scene("She takes the customer over: Ann is out of the call.");
        sue.send(&drop).await?;
        ann.state(pb::AgentState::Ready).await?;
    } else {
        scene("She would take the customer over, which this platform can't. So she leaves the call to Ann.");
        sue.send(&drop).await?;
        sue.line(&["\"Error\"", "UNSUPPORTED_ON_PLATFORM"]).await?;
        sue.show();
    }
    sue.send(&format!("ReleaseCall#1101#{call}")).await?;
    sue.state(pb::AgentState::NotReady).await?;
    if stage.flavour == Flavour::Uccx {
        ann.send(&format!("ReleaseCall#1001#{call}")).await?;
        ann.state(pb::AgentState::Ready).await?;
    }

    scene("She sends Ann to the meeting, by Ann's id and on her own authority. Then she signs out.");
    sue.send("MakeNotReady#1001").await?;
    sue.event("Ann's state", member("1001", pb::AgentState::NotReady)).await?;
    sue.line(&["\"State\",\"agentId\":\"1001\",\"state\":\"NOT_READY\""]).await?;
    sue.show();
    ann.state(pb::AgentState::NotReady).await?;
    sue.send("Logout#1101").await?;
    sue.state(pb::AgentState::Logout).await
}

/// A customer calls the queue, and Ann answers with the legacy desktop.
async fn customer(stage: &Stage, ann: &mut Desks, number: &str) -> Result<String, Error> {
    stage.control.place_call(number, "10", &[])?;
    let call = ann.event("the call", offered).await?;
    ann.line(&["NewInboundCall", &call]).await?;
    ann.show();
    ann.send(&format!("AnswerCall#1001#{call}")).await?;
    ann.event("the conversation", own_leg(pb::ParticipantState::Active)).await?;
    ann.line(&["InboundCall", "\"state\":\"ACTIVE\",\"startTime\""]).await?;
    ann.state(pb::AgentState::Talking).await?;
    Ok(call)
}
