//! The lines of calls.

use super::{Member, Party, line, participants};
use crate::bridge::calls::{self, call_state, from_address, has_left, start_time};
use crate::bridge::style::Style;
use crate::model::event::{CallKind, DialogView};
use crate::model::id::DialogId;

/// `NewInboundCall`: a call rings at the agent.
pub(super) fn new_inbound_call(view: &DialogView, agent_id: &str, style: &Style) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct NewInboundCall<'a> {
        r#type: &'a str,
        dialog_id: &'a str,
        from_address: &'a str,
        call_variables: Vec<Member<'a>>,
        agent_id: &'a str,
    }
    let from_address = from_address(view, style);
    line(&NewInboundCall {
        r#type: "NewInboundCall",
        dialog_id: view.dialog.id.as_str(),
        from_address,
        call_variables: call_variables(view, from_address, style),
        agent_id,
    })
}

/// `InboundCall`, or `ConsultCall` to the agent whose consult it is: a call as it is now. A call that the agent has
/// left has the short form.
pub(super) fn call(view: &DialogView, agent_id: &str, style: &Style) -> Vec<u8> {
    match (has_left(view), view.kind) {
        (true, _) => left(view, agent_id),
        (false, CallKind::Consult) => consult_call(view, agent_id, style),
        (false, CallKind::Call | CallKind::Monitor) => inbound_call(view, agent_id, style),
    }
}

/// The short form for a call that the agent has left.
pub(super) fn left(view: &DialogView, agent_id: &str) -> Vec<u8> {
    dropped(&view.dialog.id, view.kind, view.survivor.as_ref(), agent_id)
}

/// The short form of `InboundCall` or `ConsultCall`: the agent has left the call. `survivor` is where it went.
pub(super) fn dropped(id: &DialogId, kind: CallKind, survivor: Option<&DialogId>, agent_id: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Dropped<'a> {
        r#type: &'a str,
        dialog_id: &'a str,
        prev_dialog_id: Option<&'a str>,
        state: &'a str,
        agent_id: &'a str,
    }
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct ConsultDropped<'a> {
        r#type: &'a str,
        state: &'a str,
        ass_dialog_id: &'a str,
        agent_id: &'a str,
    }
    let id = id.as_str();
    if kind == CallKind::Consult {
        return line(&ConsultDropped { r#type: "ConsultCall", state: "DROPPED", ass_dialog_id: id, agent_id });
    }
    let prev_dialog_id = survivor.map(DialogId::as_str);
    line(&Dropped { r#type: "InboundCall", dialog_id: id, prev_dialog_id, state: "DROPPED", agent_id })
}

fn inbound_call(view: &DialogView, agent_id: &str, style: &Style) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct InboundCall<'a> {
        r#type: &'a str,
        dialog_id: &'a str,
        state: &'a str,
        start_time: String,
        prev_dialog_id: Option<&'a str>,
        from_address: &'a str,
        call_variables: Vec<Member<'a>>,
        participants: Vec<Party<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        call_type: Option<&'a str>,
        agent_id: &'a str,
    }
    let from_address = from_address(view, style);
    line(&InboundCall {
        r#type: "InboundCall",
        dialog_id: view.dialog.id.as_str(),
        state: call_state(view),
        start_time: start_time(view, style),
        prev_dialog_id: view.previous.as_ref().map(DialogId::as_str),
        from_address,
        call_variables: call_variables(view, from_address, style),
        participants: participants(view),
        call_type: (view.kind == CallKind::Monitor).then_some("SM"),
        agent_id,
    })
}

fn consult_call(view: &DialogView, agent_id: &str, style: &Style) -> Vec<u8> {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct ConsultCall<'a> {
        r#type: &'a str,
        state: &'a str,
        ass_dialog_id: &'a str,
        from_address: &'a str,
        to_address: &'a str,
        start_time: String,
        call_variables: Vec<Member<'a>>,
        participants: Vec<Party<'a>>,
        agent_id: &'a str,
    }
    let from_address = view.dialog.from_address.as_str();
    line(&ConsultCall {
        r#type: "ConsultCall",
        state: call_state(view),
        ass_dialog_id: view.dialog.id.as_str(),
        from_address,
        to_address: &view.dialog.to_address,
        start_time: start_time(view, style),
        call_variables: call_variables(view, from_address, style),
        participants: participants(view),
        agent_id,
    })
}

fn call_variables<'a>(view: &'a DialogView, ani: &'a str, style: &Style) -> Vec<Member<'a>> {
    calls::call_variables(view, ani, style).into_iter().map(|(name, value)| Member(name, value)).collect()
}
