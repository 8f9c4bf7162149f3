//! How a client gets, keeps and loses the sessions of its agents.

use std::sync::Arc;

use futures_util::{StreamExt as _, stream};

use super::{Done, MAX_FORMER, Peer, Waiting};
use crate::bridge::binding::Binding;
use crate::command::Command;
use crate::command::agent::Connect;
use crate::model::Error;
use crate::session::{Ended, Handle, Item, Manager, Start, Subscription};

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
        sign_in: Option<Waiting>,
        result: Result<(Handle, Subscription), Error>,
    ) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        entry.connecting = false;
        let error = match result {
            Ok((handle, subscription)) => {
                self.bind(id, handle, subscription);
                None
            }
            Err(error) => {
                self.refuse(sign_in.as_ref().map_or("Connect", |waiting| waiting.verb.name), id, &error);
                Some(error)
            }
        };
        if let Some(sign_in) = sign_in.filter(|_| error.is_none()) {
            self.execute(id, sign_in);
        }
        while let Some(entry) = self.entries.get_mut(id).filter(|entry| !entry.connecting) {
            let bound = entry.binding.is_some();
            let Some(waiting) = entry.waiting.pop_front() else { break };
            match &error {
                // A wrong password is not tried a second time by the sign-in that came with it.
                Some(error) if !bound && !matches!(waiting.command, Command::Connect(_)) => {
                    self.refuse(waiting.verb.name, id, error);
                }
                _ => self.submit(id, waiting),
            }
        }
        self.part(id);
        self.supervisors_are_known();
    }

    fn bind(&mut self, id: &Arc<str>, handle: Handle, subscription: Subscription) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        let same = |binding: &Binding| binding.handle.epoch() == handle.epoch() && binding.ended.is_none();
        if entry.binding.as_ref().is_some_and(same) {
            // The subscription that there is goes on, without a gap.
            return;
        }
        self.generation += 1;
        // What a client does not know yet it asks for, by GetState or Login: the snapshot is not told.
        let delivered = subscription.cursor().sequence;
        entry.binding = Some(Binding::new(id.to_string(), self.to.clone(), handle, self.generation, delivered));
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
        let twice = matches!(&item, Item::Event(published) if self.tells_twice(&published.event));
        let (Some(binding), mut voice) = self.voice(id, generation) else { return };
        match item {
            Item::Event(published) if twice => binding.pass(&published, &mut voice),
            Item::Event(published) => binding.event(&published, &mut voice),
            // What changed while the picture was stale comes as events.
            Item::Stale(_) | Item::Current => {}
            Item::Ended(Ended::SlowConsumer { cursor }) => {
                let (handle, id) = (binding.handle.clone(), id.clone());
                self.running.push(Box::pin(async move {
                    let result = handle.subscribe(Some(cursor)).await;
                    Done::Resubscribed { id, generation, result }
                }));
            }
            Item::Ended(Ended::SessionEnded(error)) => {
                binding.ended = Some(error);
                self.part(id);
            }
        }
    }

    pub(super) fn resubscribed(&mut self, id: &Arc<str>, generation: u64, result: Result<Subscription, Error>) {
        let (Some(binding), mut voice) = self.voice(id, generation) else { return };
        match result {
            Ok(subscription) => {
                if let Start::Snapshot(snapshot) | Start::Reset { snapshot, .. } = &subscription.start {
                    binding.reset(snapshot, &mut voice);
                }
                self.follow(id, generation, subscription);
            }
            Err(error) => {
                binding.ended = Some(error);
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
            if let Some(error) = binding.ended.filter(|_| !binding.leaving) {
                self.refuse("", id, &error);
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
