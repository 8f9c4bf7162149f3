//! Whether Finesse can be used: one prober for the whole service.
//!
//! It reads SystemInfo at a slow pace while Finesse is in service and each second while it is not, and at once when a
//! session meets a sign of trouble, so that a hundred sessions do not each find out for themselves.

use std::sync::Arc;

use tokio::sync::{Notify, watch};
use tokio::time::timeout;

use super::Options;
use crate::finesse;
use crate::model::Reason;
use crate::model::system::{Platform, SystemStatus};

/// What is known of Finesse as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct System {
    pub(super) status: SystemStatus,
    pub(super) platform: Option<Platform>,
    pub(super) release: Option<&'static str>,
}

/// Keeps the status true until the task is cancelled.
pub(super) async fn probe(
    finesse: finesse::Client,
    options: Options,
    doubt: Arc<Notify>,
    system: watch::Sender<System>,
    status: watch::Sender<SystemStatus>,
) {
    loop {
        let System { status: known, platform, release } = *system.borrow();
        let read = match finesse.system_info().await {
            // A connection that was closed under the request, or one lost answer, is no outage; a second one is.
            Err(error) if error.reason == Reason::FinesseUnreachable && known == SystemStatus::InService => {
                finesse.system_info().await
            }
            read => read,
        };
        let now = match read {
            Ok(info) => {
                System { status: info.status, platform: info.platform.or(platform), release: info.release.or(release) }
            }
            Err(error) => {
                tracing::debug!(%error, "finesse does not tell its status");
                System { status: SystemStatus::OutOfService, platform, release }
            }
        };
        system.send_if_modified(|known| {
            let changed = *known != now;
            if known.status != now.status {
                tracing::info!(status = now.status.as_str(), "finesse changed its status");
            }
            *known = now;
            changed
        });
        status.send_if_modified(|known| std::mem::replace(known, now.status) != now.status);
        let pause = match now.status {
            SystemStatus::InService => options.status_interval,
            SystemStatus::OutOfService => options.status_interval_down,
        };
        // A sign of trouble ends the pause, but a storm of them does not make a storm of reads.
        let pause_min = pause.min(std::time::Duration::from_millis(100));
        tokio::time::sleep(pause_min).await;
        let _ = timeout(pause.saturating_sub(pause_min), doubt.notified()).await;
    }
}
