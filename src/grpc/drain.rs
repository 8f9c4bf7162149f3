//! How the door closes: streams are told, then ended, then connections are closed.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::model::Timestamp;

/// The two steps of a stop, shared by all streams.
#[derive(Clone, Debug, Default)]
pub struct Drain {
    begun: CancellationToken,
    over: CancellationToken,
    deadline: Arc<OnceLock<Timestamp>>,
}

impl Drain {
    /// Tells every stream that it will end within `notice`.
    pub(super) fn begin(&self, notice: Duration) {
        let now = Timestamp::now();
        // A second stop keeps the first deadline.
        let _ = self.deadline.set(now.checked_add(notice).unwrap_or(now));
        self.begun.cancel();
    }

    /// Ends every stream.
    pub(super) fn finish(&self) {
        self.over.cancel();
    }

    /// Cancelled when streams are to announce the end.
    pub(super) fn begun(&self) -> &CancellationToken {
        &self.begun
    }

    /// Cancelled when streams are to end.
    pub(super) fn over(&self) -> &CancellationToken {
        &self.over
    }

    /// When streams end at the latest; now, before a stop has begun.
    pub(super) fn deadline(&self) -> Timestamp {
        self.deadline.get().copied().unwrap_or_else(Timestamp::now)
    }
}
