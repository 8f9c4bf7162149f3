//! The scripted day of an agent: not built yet.

use super::{App, Settings, StartError};

/// Why the demo ended early.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The service can't start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// This build has no script.
    #[error("the demo is not built yet; `generic-connector serve --sim` serves in front of the simulator")]
    NotBuilt,
}

/// Runs the service with the embedded simulator through an agent's day. Returns the running service, unless `once`.
///
/// # Errors
/// Always, for now.
pub async fn run(_settings: Settings, _once: bool) -> Result<Option<App>, DemoError> {
    Err(DemoError::NotBuilt)
}
