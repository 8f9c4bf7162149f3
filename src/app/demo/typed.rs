//! The story's typed desktop: gRPC calls and the event stream.

use std::net::SocketAddr;

use tonic::metadata::MetadataValue;
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status, Streaming};

use super::pairs::Pairs;
use super::{Error, LIMIT, within};
use crate::pb;
use crate::pb::event::Payload;
use crate::pb::subscribe_response::Message;

/// Adds the agent's token to each call.
#[derive(Clone)]
pub(super) struct Token(MetadataValue<tonic::metadata::Ascii>);

impl Interceptor for Token {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.0.clone());
        Ok(request)
    }
}

type Authorized = InterceptedService<Channel, Token>;

/// One agent's gRPC clients and event stream.
pub(super) struct Typed {
    pub(super) agent: pb::agent_service_client::AgentServiceClient<Authorized>,
    pub(super) call: pb::call_service_client::CallServiceClient<Authorized>,
    pub(super) dialog: pb::dialog_service_client::DialogServiceClient<Authorized>,
    pub(super) reason: pb::reason_service_client::ReasonServiceClient<Authorized>,
    pub(super) supervisor: pb::supervisor_service_client::SupervisorServiceClient<Authorized>,
    events: Streaming<pb::SubscribeResponse>,
}

impl Typed {
    /// Connects an agent and subscribes to its events.
    pub(super) async fn open(grpc: SocketAddr, agent: &str, password: &str) -> Result<Self, Error> {
        let endpoint = Endpoint::from_shared(format!("http://{grpc}"))?.connect_timeout(LIMIT).timeout(LIMIT);
        let channel = endpoint.connect().await?;
        let connect =
            pb::ConnectRequest { agent_id: agent.into(), password: password.into(), client_name: "demo".into() };
        println!("  grpc >  AgentService.Connect {agent}");
        let mut plain = pb::agent_service_client::AgentServiceClient::new(channel.clone());
        let connected = plain.connect(connect).await?.into_inner();
        let bearer = MetadataValue::try_from(format!("Bearer {}", connected.token));
        let token = Token(bearer.map_err(|_| Status::internal("the token is no header value"))?);
        // The stream's own call has no deadline: it lives as long as the story.
        let endless = Endpoint::from_shared(format!("http://{grpc}"))?.connect_timeout(LIMIT).connect().await?;
        let mut events = pb::event_service_client::EventServiceClient::with_interceptor(endless, token.clone());
        println!("  grpc >  EventService.Subscribe");
        let events = events.subscribe(pb::SubscribeRequest::default()).await?.into_inner();
        let mut typed = Self {
            agent: pb::agent_service_client::AgentServiceClient::with_interceptor(channel.clone(), token.clone()),
            call: pb::call_service_client::CallServiceClient::with_interceptor(channel.clone(), token.clone()),
            dialog: pb::dialog_service_client::DialogServiceClient::with_interceptor(channel.clone(), token.clone()),
            reason: pb::reason_service_client::ReasonServiceClient::with_interceptor(channel.clone(), token.clone()),
            supervisor: pb::supervisor_service_client::SupervisorServiceClient::with_interceptor(channel, token),
            events,
        };
        within("the snapshot", async {
            match typed.events.message().await?.and_then(|response| response.message) {
                Some(Message::Snapshot(snapshot)) => {
                    let state = snapshot.status.map(|status| status.state()).unwrap_or_default();
                    let (sequence, dialogs) = (snapshot.sequence, snapshot.dialogs.len());
                    println!("  grpc <  Snapshot at #{sequence}: {}, {dialogs} calls", name(state.as_str_name()));
                    Ok(())
                }
                _ => Err(Error::Missing("a snapshot as the first message".to_owned())),
            }
        })
        .await?;
        Ok(typed)
    }

    /// Notes what comes until an event is picked.
    pub(super) async fn until<T>(
        &mut self,
        pairs: &mut Pairs,
        what: &str,
        pick: impl Fn(&Payload) -> Option<T>,
    ) -> Result<T, Error> {
        within(what, async {
            loop {
                let Some(response) = self.events.message().await? else {
                    return Err(Error::Missing("the next event".to_owned()));
                };
                let Some(Message::Event(event)) = response.message else { continue };
                let event = event.into_event().map_err(|error| Status::internal(error.to_string()))?;
                let Some(payload) = event.payload else { continue };
                pairs.event(event.sequence, &payload);
                if let Some(found) = pick(&payload) {
                    return Ok(found);
                }
            }
        })
        .await
    }
}

/// An enum value as people say it: `AGENT_STATE_READY` is READY.
pub(super) fn name(value: &str) -> &str {
    ["AGENT_STATE_", "DIALOG_STATE_", "PARTICIPANT_STATE_"]
        .iter()
        .find_map(|prefix| value.strip_prefix(prefix))
        .unwrap_or(value)
}

/// An event in a few words.
pub(super) fn describe(payload: &Payload) -> String {
    match payload {
        Payload::AgentStateChanged(change) => {
            let status = change.status.as_ref();
            let to = status.map(|status| status.state()).unwrap_or_default();
            let reason = status.and_then(|status| status.reason.as_ref());
            let reason = reason.map(|reason| format!(" ({})", reason.label)).unwrap_or_default();
            format!("AgentStateChanged {} -> {}{reason}", name(change.from().as_str_name()), name(to.as_str_name()))
        }
        Payload::DialogOffered(offered) => format!("DialogOffered {}", dialog(offered.dialog.as_ref())),
        Payload::DialogChanged(changed) => format!("DialogChanged {}", dialog(changed.dialog.as_ref())),
        Payload::DialogEnded(ended) => format!("DialogEnded {}", dialog(ended.dialog.as_ref())),
        Payload::AgentInfo(info) => format!("AgentInfo {} {}", info.first_name, info.last_name),
        Payload::TeamMemberChanged(changed) => {
            let member = changed.member.as_ref();
            let state =
                member.and_then(|member| member.status.as_ref()).map(|status| status.state()).unwrap_or_default();
            let id = member.map(|member| member.id.as_str()).unwrap_or_default();
            format!("TeamMemberChanged {id} is {}", name(state.as_str_name()))
        }
        other => format!("{other:?}"),
    }
}

fn dialog(dialog: Option<&pb::Dialog>) -> String {
    let Some(dialog) = dialog else { return String::new() };
    let own = dialog.own_participant.as_ref().map(|own| own.state()).unwrap_or_default();
    let actions = dialog.allowed_actions.join(" ");
    let kind = match dialog.kind() {
        pb::DialogKind::Consult => "consult ",
        pb::DialogKind::Monitor => "monitoring ",
        _ => "",
    };
    let parties = match dialog.participants.len() {
        ..=2 => String::new(),
        many => format!(", {many} parties"),
    };
    let wrap_up = dialog.wrap_up_reason.as_deref().filter(|reason| !reason.is_empty());
    let wrap_up = wrap_up.map(|reason| format!(", wrap-up {reason}")).unwrap_or_default();
    let survivor = dialog.survivor_dialog_id.as_deref().map(|id| format!(", goes on as {id}")).unwrap_or_default();
    let (id, from, leg) = (&dialog.id, &dialog.from_address, name(own.as_str_name()));
    format!("{kind}{id} from {from}: own leg {leg}{parties}, may [{actions}]{wrap_up}{survivor}")
}

/// The call that an event offers or changes.
fn shown(payload: &Payload) -> Option<&pb::Dialog> {
    match payload {
        Payload::DialogChanged(changed) => changed.dialog.as_ref(),
        Payload::DialogOffered(offered) => offered.dialog.as_ref(),
        _ => None,
    }
}

/// Picks the id of a call that begins.
pub(super) fn offered(payload: &Payload) -> Option<String> {
    match payload {
        Payload::DialogOffered(offered) => offered.dialog.as_ref().map(|dialog| dialog.id.clone()),
        _ => None,
    }
}

/// Picks the id of a consult.
pub(super) fn consult(payload: &Payload) -> Option<String> {
    shown(payload).filter(|dialog| dialog.kind() == pb::DialogKind::Consult).map(|dialog| dialog.id.clone())
}

/// Picks the end of a call.
pub(super) fn ended(payload: &Payload) -> Option<()> {
    matches!(payload, Payload::DialogEnded(_)).then_some(())
}

/// Picks a call of a kind that is ACTIVE, with so many parties.
pub(super) fn active(kind: pb::DialogKind, parties: usize) -> impl Fn(&Payload) -> Option<()> {
    move |payload| {
        let dialog = shown(payload).filter(|dialog| dialog.kind() == kind && dialog.participants.len() == parties)?;
        (dialog.own_participant.as_ref()?.state() == pb::ParticipantState::Active).then_some(())
    }
}

/// Picks a member's change to a state.
pub(super) fn member(id: &str, wanted: pb::AgentState) -> impl Fn(&Payload) -> Option<()> {
    move |payload| match payload {
        Payload::TeamMemberChanged(changed) => {
            let member = changed.member.as_ref().filter(|member| member.id == id)?;
            member.status.as_ref().filter(|status| status.state() == wanted).map(|_| ())
        }
        _ => None,
    }
}

/// Picks a change of the own leg of a call to a state.
pub(super) fn own_leg(wanted: pb::ParticipantState) -> impl Fn(&Payload) -> Option<()> {
    move |payload| {
        let own = shown(payload)?.own_participant.as_ref();
        own.filter(|own| own.state() == wanted).map(|_| ())
    }
}

/// Picks a change of the agent to a state.
pub(super) fn state(wanted: pb::AgentState) -> impl Fn(&Payload) -> Option<()> {
    move |payload| match payload {
        Payload::AgentStateChanged(change) => {
            change.status.as_ref().filter(|status| status.state() == wanted).map(|_| ())
        }
        _ => None,
    }
}
