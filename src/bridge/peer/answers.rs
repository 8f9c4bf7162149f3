//! How commands are carried out, and their answers become lines.

use std::sync::Arc;

use super::{Done, Peer, Waiting};
use crate::bridge::binding::{Binding, Voice};
use crate::bridge::lines::{Ask, with_reason_key};
use crate::command::Options;
use crate::model::reply::{Answer, Reply};

impl Peer {
    pub(super) fn execute(&mut self, id: &Arc<str>, waiting: Waiting) {
        let Waiting { verb, command, asked, .. } = waiting;
        let Some(binding) = self.entries.get_mut(id).and_then(|entry| entry.binding.as_mut()) else { return };
        binding.outstanding += 1;
        let (ask, command) = (Ask::of(&command), with_reason_key(command, &self.context.style));
        binding.leaving |= ask == Ask::Leave;
        let mut turn = ask.is_list().then(|| binding.turn());
        let (handle, generation) = (binding.handle.clone(), binding.generation);
        if ask == Ask::SignIn {
            // Who signs in again has not left, whatever was taken for leaving.
            self.set_present(id, true);
        }
        let id = id.clone();
        self.running.push(Box::pin(async move {
            // The session has a deadline of its own for every command.
            let result = handle.execute(command, Options::default(), None).await;
            if let Some(turn) = &mut turn {
                turn.come().await;
            }
            Done::Answered { id, generation, verb: verb.name, ask, asked, result }
        }));
    }

    pub(super) fn done(&mut self, done: Done) {
        match done {
            Done::Connected { id, order, to, sign_in, result } => {
                self.connects.remove(&order);
                self.connected(&id, to, sign_in, result);
            }
            Done::Answered { id, generation, verb, ask, asked, result } => {
                let to = self.places.of(&id).cloned();
                let settles = !matches!(ask, Ask::Look | Ask::Leave);
                if let Ok(Answer { reply: Reply::Agent { agent, .. }, .. }) = &result
                    && settles
                {
                    self.note_agent(&id, generation, agent);
                }
                let (binding, mut voice) = self.voice(&id, generation);
                if let Some(binding) = binding {
                    binding.outstanding -= 1;
                    match &result {
                        Ok(answer) => binding.reply(ask, answer, None, asked, &mut voice),
                        // Refused or called off: if the session ends now, that is news again.
                        Err(_) if ask == Ask::Leave => binding.leaving = false,
                        Err(_) => {}
                    }
                }
                if let Err(error) = &result {
                    self.refuse(to.as_ref(), verb, &id, error);
                }
                self.part(&id);
            }
            Done::Acted { supervisor, member, verb, asked, result } => {
                self.acted(supervisor, &member, verb, asked, &result);
            }
            Done::Resubscribed { id, generation, asked_for, result } => {
                self.resubscribed(&id, generation, asked_for, result);
            }
        }
    }

    /// The binding of an id, if it is still that one, and where its lines go.
    pub(super) fn voice(&mut self, id: &str, generation: u64) -> (Option<&mut Binding>, Voice<'_>) {
        let binding = self.entries.get_mut(id).and_then(|entry| entry.binding.as_mut());
        let voice = Voice { style: &self.context.style, tick: &mut self.tick, out: &mut self.ready };
        (binding.filter(|binding| binding.generation == generation), voice)
    }
}
