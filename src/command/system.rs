//! Commands about the service as a whole.

use super::field::{self, empty};
use crate::model::Error;
use crate::pb;

/// Asks whether Finesse can be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hello {
    /// The client's name for itself; the destination of a legacy client.
    pub client_name: Option<String>,
}

impl TryFrom<pb::HelloRequest> for Hello {
    type Error = Error;

    fn try_from(request: pb::HelloRequest) -> Result<Self, Error> {
        Ok(Self { client_name: field::client_name(request.client_name)? })
    }
}

/// Asks the same, and says that the client is alive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Beat {
    /// The client's name for itself; the destination of a legacy client.
    pub client_name: Option<String>,
}

impl TryFrom<pb::BeatRequest> for Beat {
    type Error = Error;

    fn try_from(request: pb::BeatRequest) -> Result<Self, Error> {
        Ok(Self { client_name: field::client_name(request.client_name)? })
    }
}

empty! {
    /// Asks what this deployment can do.
    GetCapabilities: GetCapabilitiesRequest;
}
