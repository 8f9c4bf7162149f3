//! What a deployment is and can do.

use crate::command::catalogue::RPCS;
use crate::model::system::{Platform, SystemStatus};
use crate::pb;

/// Whether Finesse can be used.
pub fn system_status(status: SystemStatus) -> pb::SystemStatus {
    match status {
        SystemStatus::InService => pb::SystemStatus::InService,
        SystemStatus::OutOfService => pb::SystemStatus::OutOfService,
    }
}

/// What works here. A platform that is not known yet excludes nothing.
pub fn capabilities(platform: Option<Platform>, release: Option<&str>) -> pb::Capabilities {
    let on_uccx = platform == Some(Platform::Uccx);
    let works = RPCS.iter().filter(|rpc| !(rpc.ucce_only && on_uccx));
    let platform = match platform {
        None => pb::Platform::Unspecified,
        Some(Platform::Ucce) => pb::Platform::Ucce,
        Some(Platform::Uccx) => pb::Platform::Uccx,
    };
    pb::Capabilities {
        platform: platform.into(),
        finesse_version: release.unwrap_or_default().to_owned(),
        service_version: env!("CARGO_PKG_VERSION").to_owned(),
        rpcs: works.map(|rpc| rpc.path.trim_start_matches('/').to_owned()).collect(),
    }
}
