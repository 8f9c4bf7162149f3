//! What seldom happens to a session, waited for in one place.

use std::sync::Arc;

use futures_util::{Stream, stream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::fanout::Attachment;
use super::system::System;

/// What happened.
pub(super) enum Signal {
    /// The service stops.
    Stop,
    /// What is known of Finesse changed.
    System,
    /// A stream of the agent went away.
    Detached,
}

/// Waits for it as long as the session lasts: to begin to wait anew after each event would cost more than most events.
pub(super) fn signals(
    token: CancellationToken,
    attachment: Arc<Attachment>,
    system: watch::Receiver<System>,
) -> impl Stream<Item = Signal> {
    stream::unfold((token, attachment, system), |(token, attachment, mut system)| async move {
        let signal = tokio::select! {
            () = token.cancelled() => Signal::Stop,
            Ok(()) = system.changed() => Signal::System,
            () = attachment.detached.notified() => Signal::Detached,
        };
        Some((signal, (token, attachment, system)))
    })
}
