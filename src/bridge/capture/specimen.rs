//! A line of everything that we say, written by our own encoders: what a capture is compared with.

use std::sync::Arc;

use crate::bridge::say::{Encoding, Say};
use crate::bridge::style::Style;
use crate::model::agent::Agent;
use crate::model::dialog::{CallVariable, Dialog, DialogState, Participant, ParticipantState};
use crate::model::event::{CallKind, DialogView};
use crate::model::id::Extension;
use crate::model::phone_book::{Contact, PhoneBook, PhoneBookType};
use crate::model::queue::Queue;
use crate::model::reason::{ReasonCategory, ReasonCode};
use crate::model::system::SystemStatus;
use crate::model::team::{Team, TeamMember};
use crate::model::{Error, Reason, Timestamp};

/// The lines, without their newlines; none only if an id that stands here is none, which a test rules out.
pub fn lines(encoding: Encoding, style: &Style) -> Option<Vec<String>> {
    let team = Team { id: "1".parse().ok()?, name: "Sales".to_owned() };
    let (agent, member) = (agent(&team)?, Arc::new(member()?));
    let (call, consult) = (call(CallKind::Call)?, call(CallKind::Consult)?);
    let monitor = self::call(CallKind::Monitor)?;
    let moved = DialogView { previous: Some("2".parse().ok()?), barged_in: true, ..call.clone() };
    let reason = ReasonCode {
        category: ReasonCategory::NotReady,
        id: Some("1".parse().ok()?),
        code: "1".to_owned(),
        label: "Lunch".to_owned(),
        system: false,
        for_all: true,
    };
    let book = PhoneBook {
        id: "1".parse().ok()?,
        name: "Main".to_owned(),
        kind: PhoneBookType::Global,
        contacts: vec![Contact { id: "1".to_owned(), first_name: "Cy".to_owned(), ..Contact::default() }],
    };
    let queue = Queue {
        id: "10".parse().ok()?,
        name: "Sales".to_owned(),
        calls_in_queue: Some(1),
        longest_call_since: Some(Timestamp::UNIX_EPOCH),
        agents_ready: Some(1),
        agents_not_ready: Some(1),
        agents_talking_inbound: Some(1),
        agents_talking_outbound: Some(1),
        agents_talking_internal: Some(1),
        agents_wrap_up_not_ready: Some(1),
        agents_wrap_up_ready: Some(1),
    };
    let error = Error::new(Reason::InvalidInput, "no");
    let of_call = error.clone().with_dialog(call.dialog.id.clone());
    let signed_in = [Arc::new(agent.clone())];
    let says = [
        Say::System(SystemStatus::InService),
        Say::Info(&agent),
        Say::State(&agent),
        Say::Member { member: &member, id: "1002" },
        Say::NewInboundCall(&call),
        Say::Call(&call),
        Say::Call(&moved),
        Say::Call(&monitor),
        Say::Call(&consult),
        Say::Left(&call),
        Say::Left(&consult),
        Say::Dropped(&call.dialog.id, CallKind::Call),
        Say::Dropped(&call.dialog.id, CallKind::Consult),
        Say::DialogState(&call.dialog.id, Some(&call)),
        Say::Controls(&call),
        Say::Participants(&call),
        Say::Reasons(ReasonCategory::NotReady, std::slice::from_ref(&reason)),
        Say::Agents(&signed_in),
        Say::Queues(std::slice::from_ref(&queue)),
        Say::Team(&team, std::slice::from_ref(&member)),
        Say::PhoneBooks { books: std::slice::from_ref(&book), of_team: false },
        Say::PhoneBooks { books: std::slice::from_ref(&book), of_team: true },
        Say::Contacts(&book),
        Say::Error { command: "MakeReady", error: &error },
        Say::Error { command: "HoldCall", error: &of_call },
        Say::ConnectStatus(&error),
        Say::Reconnect { destination: "desk", agent_ids: &["1001"] },
    ];
    let line = |say: &Say<'_>| String::from_utf8(say.write(encoding, "1001", style)).ok();
    says.iter().map(|say| line(say).map(|line| line.trim_end_matches('\n').to_owned())).collect()
}

fn agent(team: &Team) -> Option<Agent> {
    Some(Agent {
        first_name: "Ann".to_owned(),
        last_name: "Lee".to_owned(),
        extension: Some("2001".parse().ok()?),
        team: Some(team.clone()),
        teams: vec![team.clone()],
        supervisor: true,
        state_change_time: Some(Timestamp::UNIX_EPOCH),
        ..Agent::unknown("1001".parse().ok()?)
    })
}

fn member() -> Option<TeamMember> {
    Some(TeamMember {
        id: "1002".parse().ok()?,
        first_name: "Ben".to_owned(),
        last_name: "Ash".to_owned(),
        extension: Some("2002".parse().ok()?),
        state: crate::model::agent::AgentState::Ready,
        pending_state: None,
        reason: None,
        state_change_time: Some(Timestamp::UNIX_EPOCH),
    })
}

fn call(kind: CallKind) -> Option<DialogView> {
    let extension: Extension = "2001".parse().ok()?;
    let party = |address: &str, device: &str| Participant {
        media_address: address.into(),
        address_type: device.into(),
        state: ParticipantState::Active,
        start_time: Some(Timestamp::UNIX_EPOCH),
        ..Participant::default()
    };
    let dialog = Dialog {
        id: "1".parse().ok()?,
        state: DialogState::Active,
        from_address: "5551234".into(),
        to_address: "2001".into(),
        call_type: "ACD_IN".into(),
        media_type: "Voice".into(),
        dnis: "".into(),
        dialed_number: "2001".into(),
        queue_number: "".into(),
        queue_name: "".into(),
        associated: None,
        secondary_id: None,
        wrap_up_reason: None,
        variables: vec![CallVariable { name: "callVariable1".into(), value: "gold".into() }],
        participants: vec![party("5551234", ""), party("2001", "AGENT_DEVICE")],
    };
    Some(DialogView {
        direction: dialog.direction(&extension),
        dialog,
        extension: Some(extension),
        kind,
        consult_of: None,
        previous: None,
        survivor: None,
        barged_in: false,
        interaction_id: "1".into(),
        version: 1,
    })
}
