//! The nodes that are watched only on demand, for a supervisor: teams and queues.

use std::fmt;
use std::str::FromStr;

use crate::model::id::{Invalid, QueueId, TeamId};

/// A node of the notification service to which Finesse subscribes nobody by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// The members of a team: their states and names.
    Team(TeamId),
    /// The figures of a queue (UCCE).
    Queue(QueueId),
}

/// The path of the node.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Team(id) => write!(f, "/finesse/api/Team/{id}/Users"),
            Self::Queue(id) => write!(f, "/finesse/api/Queue/{id}"),
        }
    }
}

impl FromStr for Node {
    type Err = Invalid;

    /// Reads the path of a node.
    fn from_str(path: &str) -> Result<Self, Invalid> {
        let rest = path.strip_prefix("/finesse/api/").unwrap_or_default();
        if let Some(id) = rest.strip_prefix("Team/").and_then(|rest| rest.strip_suffix("/Users")) {
            id.parse().map(Self::Team)
        } else if let Some(id) = rest.strip_prefix("Queue/") {
            id.parse().map(Self::Queue)
        } else {
            Err(Invalid { what: "node", why: "is no team's and no queue's" })
        }
    }
}
