//! An attack: what is sent, and how it may end.

use super::frames::End;
use super::storm::Assault;

pub const CLOSED: &[End] = &[End::Closed];
/// Nothing more is taken of who reads nothing, or it is closed.
pub const HELD: &[End] = &[End::Held, End::Closed, End::GoAway(11)];
/// All of it is answered or passed over: one connection has no more than its turn.
pub const TAKEN: &[End] = &[End::Taken];
/// The connection is ended, with a word that may be lost where more comes behind.
pub const CALM_DOWN: &[End] = &[End::GoAway(11), End::GoAway(1), End::Closed];

/// An attack, and the ends that it may have.
pub struct Attack {
    pub name: &'static str,
    pub assault: Assault,
    pub ends: &'static [End],
}

impl Attack {
    pub fn new(name: &'static str, bytes: Vec<u8>, ends: &'static [End]) -> Self {
        Self { name, assault: Assault { bytes, reads: true }, ends }
    }

    /// By somebody who reads nothing.
    pub fn deaf(name: &'static str, bytes: Vec<u8>, ends: &'static [End]) -> Self {
        Self { name, assault: Assault { bytes, reads: false }, ends }
    }
}
