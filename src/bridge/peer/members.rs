//! Commands for an agent whose password this client has not proved, sent on behalf of a supervisor whose it has.
//!
//! The old product's desktops name the member after the `#` and no supervisor at all. The command runs in the session of
//! the supervisor on this connection whose team holds the member, with the supervisor's credentials.

use std::sync::Arc;

use super::{Done, Peer, Waiting};
use crate::bridge::lines::{self, Ask, Writer};
use crate::bridge::said::Tick;
use crate::command::supervisor::{LogOutMember, SetMemberState};
use crate::command::{Command, Options};
use crate::model::agent::AgentState;
use crate::model::event::{Event, Payload};
use crate::model::id::AgentId;
use crate::model::reply::Answer;
use crate::model::{Error, Reason};
use crate::session::Handle;

/// Commands for members that look for their supervisor at once: each may ask Finesse about a team of every supervisor.
const MAX_ACTING: usize = 32;

impl Peer {
    /// Tries a command for an id that is not bound here as a supervisor's; false when it is none, or no agent is bound
    /// that could be the supervisor.
    pub(super) fn act_on_member(&mut self, id: &Arc<str>, waiting: &Waiting) -> bool {
        let Some(command) = for_member(id, &waiting.command) else {
            return false;
        };
        let bound = self.entries.iter().filter_map(|(id, entry)| {
            let binding = entry.binding.as_ref().filter(|binding| binding.supervisor && binding.ended.is_none())?;
            Some((id.clone(), binding.generation, binding.handle.clone()))
        });
        let mut bound: Vec<(Arc<str>, u64, Handle)> = bound.collect();
        if bound.is_empty() {
            return false;
        }
        if self.acting >= MAX_ACTING {
            self.refuse_waiting(waiting, id, &super::too_many("too many commands for members are under way"));
            return true;
        }
        self.acting += 1;
        bound.sort_by(|a, b| a.0.cmp(&b.0));
        let (member, verb, asked, stranger) = (id.clone(), waiting.verb.name, waiting.asked, self.stranger(id));
        self.running.push(Box::pin(async move {
            for (id, generation, handle) in bound {
                let result = handle.execute(command.clone(), Options::default(), None).await;
                // No supervisor, or not of this member, or no longer there: nothing was asked of Finesse.
                let passed = [Reason::NotSupervisor, Reason::NotConnected, Reason::SessionExpired];
                if !matches!(&result, Err(error) if passed.contains(&error.reason)) {
                    return Done::Acted { supervisor: Some((id, generation)), member, verb, asked, result };
                }
            }
            Done::Acted { supervisor: None, member, verb, asked, result: Err(stranger) }
        }));
        true
    }

    pub(super) fn acted(
        &mut self,
        supervisor: Option<(Arc<str>, u64)>,
        member: &Arc<str>,
        verb: &'static str,
        asked: Tick,
        result: &Result<Answer, Error>,
    ) {
        self.acting = self.acting.saturating_sub(1);
        let asker = supervisor.as_ref().map_or(member, |(id, _)| id);
        let to = self.places.of(asker).cloned();
        match result {
            Err(error) => self.refuse(to.as_ref(), verb, member, error),
            Ok(answer) => {
                let Some((id, generation)) = supervisor else { return };
                let (binding, mut voice) = self.voice(&id, generation);
                if let Some(binding) = binding {
                    return binding.reply(Ask::Member, answer, Some(member), asked, &mut voice);
                }
                // The supervisor's session has ended since; what was done is told all the same.
                let Some(to) = to else { return };
                let (encoding, style) = (to.encoding, voice.style);
                let writer = Writer { encoding, style, agent_id: &id, member_id: Some(member) };
                let lines = lines::reply(Ask::Member, &answer.reply, writer);
                voice.out.extend(lines.into_iter().map(|line| (to.clone(), line.bytes)));
            }
        }
    }

    /// Takes the commands for members that waited for the Connects that came before them, once all of these have ended.
    pub(super) fn supervisors_are_known(&mut self) {
        let first = self.connects.first().copied().unwrap_or(u64::MAX);
        while self.for_members.front().is_some_and(|(_, _, last)| *last < first)
            && let Some((id, waiting, _)) = self.for_members.pop_front()
        {
            if self.entries.contains_key(&id) {
                self.submit(&id, waiting);
            } else if !self.act_on_member(&id, &waiting) {
                self.refuse_waiting(&waiting, &id, &self.stranger(&id));
            }
        }
    }

    /// Whether an event tells a supervisor what this client is told of the member's own session anyway.
    pub(super) fn tells_twice(&self, of: &Arc<str>, event: &Event) -> bool {
        let Payload::TeamMemberChanged(member) = &event.payload else { return false };
        let binding = |id: &Arc<str>| self.entries.get(id).and_then(|entry| entry.binding.as_ref());
        let own = self.ids.get(&member.id).and_then(binding).filter(|own| own.ended.is_none());
        own.zip(binding(of)).is_some_and(|(own, supervisor)| own.to == supervisor.to)
    }
}

/// What a supervisor does to a member when an agent's command names it. Finesse refuses a supervisor's reasons and sets
/// its own, so that they are left out.
pub(super) fn for_member(member: &str, command: &Command) -> Option<Command> {
    let member_id: AgentId = member.parse().ok()?;
    let set = |state| Command::SetMemberState(SetMemberState { member_id: member_id.clone(), state });
    match command {
        Command::MakeReady(_) => Some(set(AgentState::Ready)),
        Command::MakeNotReady(_) | Command::MakeNotReadyWithReason(_) => Some(set(AgentState::NotReady)),
        Command::Logout(_) | Command::LogoutWithReason(_) => Some(Command::LogOutMember(LogOutMember { member_id })),
        _ => None,
    }
}
