//! What a whole deployment is and whether it can be used.

use std::fmt;

use super::Timestamp;

/// Which contact centre stands behind Finesse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Unified Contact Center Enterprise.
    Ucce,
    /// Unified Contact Center Express.
    Uccx,
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ucce => "UCCE",
            Self::Uccx => "UCCX",
        })
    }
}

/// Whether Finesse can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SystemStatus {
    /// A side is in service.
    InService,
    /// No side is; partial service counts here too.
    #[default]
    OutOfService,
}

impl SystemStatus {
    /// The name in Finesse and in the old product's events.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InService => "IN_SERVICE",
            Self::OutOfService => "OUT_OF_SERVICE",
        }
    }
}

/// What `GET SystemInfo` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemInfo {
    /// Usable or not.
    pub status: SystemStatus,
    /// The platform; none where Finesse does not say.
    pub platform: Option<Platform>,
    /// Domain of the notification service of this side.
    pub xmpp_domain: Option<String>,
    /// Its publish-subscribe service.
    pub xmpp_pubsub_domain: Option<String>,
    /// The earliest release whose SystemInfo has the elements that came, for Finesse does not name its own (`12.6`,
    /// `11.5`); none for older ones.
    pub release: Option<&'static str>,
    /// Why it is not in service; may be empty.
    pub status_reason: String,
    /// Finesse's clock when it answered.
    pub current_time: Option<Timestamp>,
}
