//! How a client gets, keeps and loses the sessions of its agents.

use std::sync::Arc;

use futures_util::{StreamExt as _, stream};

use super::{Done, MAX_FORMER, Peer, Waiting};
use crate::bridge::binding::Binding;
use crate::bridge::say::Target;
use crate::command::Command;
use crate::command::agent::Connect;
use crate::model::Error;
use crate::model::event::Payload;
use crate::model::id::Extension;
use crate::session::{Ended, Handle, Item, Manager, Subscription};

/// Proves the password and subscribes.
pub(super) async fn open(manager: &Manager, connect: Connect) -> Result<(Handle, Subscription), Error> {
    let connected = manager.connect(connect).await?;
    let subscription = connected.handle.subscribe(None).await;
    // The connection itself is the proof from now on: nothing of this door carries a token.
    manager.disconnect(&connected.reference);
    Ok((connected.handle, subscription?))
}

impl Peer {
    pub(super) fn connected(
        &mut self,
        id: &Arc<str>,
        to: Option<Arc<Target>>,
        sign_in: Option<Waiting>,
        result: Result<(Handle, Subscription), Error>,
    ) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        entry.connecting = false;
        let error = match (result, &to) {
            (Ok((handle, subscription)), Some(to)) => {
                self.bind(id, to, handle, subscription);
                None
            }
            // A Connect without a destination was refused before it was tried.
            (Ok(_), None) => None,
            (Err(error), _) => {
                self.refuse(to.as_ref(), sign_in.as_ref().map_or("Connect", |waiting| waiting.verb.name), id, &error);
                Some(error)
            }
        };
        if let Some(sign_in) = sign_in.filter(|_| error.is_none()) {
            self.execute(id, sign_in);
        }
        while let Some(entry) = self.entries.get_mut(id).filter(|entry| !entry.connecting) {
            let bound = entry.binding.is_some();
            let Some(mut waiting) = entry.waiting.pop_front() else { break };
            let connects = matches!(waiting.command, Command::Connect(_));
            if !connects {
                // To the destination that the Connect named, or to the one that it failed to replace.
                waiting.to = self.places.of(id).or(to.as_ref()).cloned();
            }
            match &error {
                // A wrong password is not tried a second time by the sign-in that came with it.
                Some(error) if !bound && !connects => self.refuse_waiting(&waiting, id, error),
                _ => self.submit(id, waiting),
            }
        }
        self.part(id);
        self.supervisors_are_known();
    }

    fn bind(&mut self, id: &Arc<str>, to: &Arc<Target>, handle: Handle, subscription: Subscription) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        let extension = subscription.snapshot().and_then(|snapshot| snapshot.agent.extension.clone());
        self.places.connected(id, to, extension.as_ref().map(Extension::as_str));
        let same = |binding: &&mut Binding| binding.handle.epoch() == handle.epoch() && binding.ended.is_none();
        if let Some(binding) = entry.binding.as_mut().filter(same) {
            // The subscription that there is goes on, without a gap.
            if binding.to != *to {
                binding.redirect(to.clone());
            }
            return self.set_present(id, true);
        }
        self.generation += 1;
        let binding = Binding::new(id.to_string(), to.clone(), handle, self.generation, &subscription);
        self.ids.insert(binding.handle.agent_id().clone(), id.clone());
        entry.binding = Some(binding);
        self.former.retain(|former| former != id);
        self.follow(id, self.generation, subscription);
    }

    /// Lets the items of a subscription come in.
    fn follow(&mut self, id: &Arc<str>, generation: u64, subscription: Subscription) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        entry.stream.cancel();
        entry.stream = tokio_util::sync::CancellationToken::new();
        let items = stream::unfold(Some(subscription), |subscription| async {
            let mut subscription = subscription?;
            let item = subscription.next().await;
            let ended = matches!(item, Item::Ended(_));
            Some((item, Some(subscription).filter(|_| !ended)))
        });
        let id = id.clone();
        let until = entry.stream.clone().cancelled_owned();
        self.streams.push(items.map(move |item| (id.clone(), generation, item)).take_until(until).boxed());
    }

    pub(super) fn item(&mut self, id: &Arc<str>, generation: u64, item: Item) {
        let twice = matches!(&item, Item::Event(published) if self.tells_twice(id, &published.event));
        let (Some(binding), mut voice) = self.voice(id, generation) else { return };
        match item {
            Item::Event(published) if twice => binding.pass(&published, &mut voice),
            Item::Event(published) => {
                binding.event(&published, &mut voice);
                if let Payload::AgentStateChanged { agent, .. } = &published.event.payload {
                    self.note_agent(id, generation, agent);
                }
            }
            // What changed while the picture was stale comes as events.
            Item::Stale(_) | Item::Current => {}
            Item::Ended(Ended::SlowConsumer { .. }) => self.subscribe_again(id, false),
            Item::Ended(Ended::SessionEnded(error)) => {
                binding.ended = Some(Error::clone(&error));
                self.part(id);
            }
        }
    }

    /// Subscribes anew: after what was delivered, or `whole`, with all that is now.
    pub(super) fn subscribe_again(&mut self, id: &Arc<str>, whole: bool) {
        let Some(binding) = self.entries.get_mut(id).and_then(|entry| entry.binding.as_mut()) else { return };
        binding.asked_for += 1;
        let (handle, present, asked_for) = (binding.handle.clone(), binding.present, binding.asked_for);
        let after = if whole { None } else { Some(binding.cursor()) };
        let (id, generation) = (id.clone(), binding.generation);
        self.running.push(Box::pin(async move {
            // The session does not wait for a client that is not there, and yet tells it what happens.
            let result = if present { handle.subscribe(after).await } else { handle.observe(after).await };
            Done::Resubscribed { id, generation, asked_for, result }
        }));
    }

    pub(super) fn resubscribed(
        &mut self,
        id: &Arc<str>,
        generation: u64,
        asked_for: u64,
        result: Result<Subscription, Error>,
    ) {
        let (Some(binding), mut voice) = self.voice(id, generation) else { return };
        if binding.asked_for != asked_for {
            return;
        }
        match result {
            Ok(subscription) => {
                if let Some(snapshot) = subscription.snapshot() {
                    binding.reset(snapshot, &mut voice);
                }
                self.follow(id, generation, subscription);
            }
            Err(error) => {
                binding.ended = Some(Error::clone(&error));
                self.part(id);
            }
        }
    }

    /// Gives an id up when its session is over and every command has its answer, or when nothing is known of it.
    pub(super) fn part(&mut self, id: &Arc<str>) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        let over = |binding: &Binding| binding.ended.is_some() && binding.outstanding == 0;
        if entry.binding.as_ref().is_some_and(over)
            && let Some(mut binding) = entry.binding.take()
        {
            entry.stream.cancel();
            let mut voice = super::Voice { style: &self.context.style, tick: &mut self.tick, out: &mut self.ready };
            binding.release_all(&mut voice);
            self.ids.remove(binding.handle.agent_id());
            if binding.leaving {
                self.places.signed_out(id);
            }
            // Who has signed out through a broker is not there any more to be told.
            if let Some(error) = binding.ended.filter(|_| !binding.leaving && !binding.signed_out) {
                self.refuse(Some(&binding.to), "", id, &error);
            }
            if self.former.len() >= MAX_FORMER {
                self.former.pop_front();
            }
            self.former.push_back(id.clone());
        }
        if self.entries.get(id).is_some_and(|entry| entry.binding.is_none() && !entry.connecting) {
            self.entries.remove(id);
        }
    }
}
