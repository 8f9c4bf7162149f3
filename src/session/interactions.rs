//! Which calls belong to one contact: shared by all sessions, so that the two ends of a consult agree. Sans-IO, bounded.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, PoisonError, RwLock};

use crate::model::id::DialogId;

/// How many calls are remembered; beyond that the oldest are forgotten.
const MAX_CALLS: usize = 65_536;

#[derive(Debug)]
struct Call {
    interaction: Arc<str>,
    /// The consult made for it, or the call that it is a consult for.
    partner: Option<DialogId>,
}

#[derive(Debug, Default)]
struct Calls {
    known: HashMap<DialogId, Call>,
    order: VecDeque<DialogId>,
}

/// The interaction of each call. A call gets the interaction of the first linked one that is known, else one of its
/// own, named like the call; it keeps it, but for a consult that turns out to be one.
#[derive(Debug, Default)]
pub struct Interactions(RwLock<Calls>);

impl Interactions {
    /// The interaction of a call that was first seen now; `links` are the calls that it says it belongs to.
    pub fn of(&self, id: &DialogId, links: &[Option<&DialogId>]) -> Arc<str> {
        let mut calls = self.0.write().unwrap_or_else(PoisonError::into_inner);
        calls.get(id, links)
    }

    /// Records that `consult` was made for `main`, and tells the interaction of both. A consult that was seen before,
    /// by the one consulted, joins that of the main call.
    pub fn pair(&self, consult: &DialogId, main: &DialogId) -> Arc<str> {
        let mut calls = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let interaction = calls.get(main, &[]);
        calls.get(consult, &[Some(main)]);
        for (id, partner) in [(consult, main), (main, consult)] {
            if let Some(call) = calls.known.get_mut(id) {
                call.interaction = interaction.clone();
                call.partner = Some(partner.clone());
            }
        }
        interaction
    }

    /// The interaction of a known call as it is now: whoever is consulted may have seen the call before it was known
    /// what it was made for.
    pub fn now(&self, id: &DialogId) -> Option<Arc<str>> {
        let calls = self.0.read().unwrap_or_else(PoisonError::into_inner);
        calls.known.get(id).map(|call| call.interaction.clone())
    }

    /// The other call of a consult, whichever of the two is asked for.
    pub fn partner(&self, id: &DialogId) -> Option<DialogId> {
        let calls = self.0.read().unwrap_or_else(PoisonError::into_inner);
        calls.known.get(id).and_then(|call| call.partner.clone())
    }
}

impl Calls {
    fn get(&mut self, id: &DialogId, links: &[Option<&DialogId>]) -> Arc<str> {
        if let Some(call) = self.known.get(id) {
            return call.interaction.clone();
        }
        let linked = links.iter().flatten().find_map(|link| self.known.get(*link));
        let interaction = linked.map_or_else(|| id.as_str().into(), |call| call.interaction.clone());
        if self.order.len() >= MAX_CALLS
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.order.push_back(id.clone());
        self.known.insert(id.clone(), Call { interaction: interaction.clone(), partner: None });
        interaction
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> DialogId {
        text.parse().unwrap()
    }

    #[test]
    fn linked_calls_share_an_interaction_whoever_sees_them_first() {
        let links = Interactions::default();
        assert_eq!(&*links.of(&id("1"), &[]), "1");
        assert_eq!(&*links.of(&id("2"), &[None, Some(&id("1"))]), "1");
        assert_eq!(&*links.of(&id("3"), &[Some(&id("9"))]), "3", "the link is not known");
        assert_eq!(&*links.pair(&id("3"), &id("1")), "1", "the consulted agent saw it before");
        assert_eq!(&*links.of(&id("3"), &[]), "1");
        assert_eq!((links.partner(&id("3")), links.partner(&id("1"))), (Some(id("1")), Some(id("3"))));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let links = Interactions::default();
        (0..MAX_CALLS + 10).for_each(|n| drop(links.of(&id(&n.to_string()), &[])));
        let calls = links.0.read().unwrap();
        assert_eq!((calls.known.len(), calls.order.len()), (MAX_CALLS, MAX_CALLS));
    }
}
