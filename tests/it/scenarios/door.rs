//! The doors that scenarios are played over, and the groups of them that a line can be for.

/// A door of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Door {
    Tcp,
    WebSocket,
    Exchange,
    Stomp,
    /// An RPC of its own for each command.
    Unary,
    /// The bidirectional stream.
    Attach,
    /// An SDK, which `clients/conformance` runs; none of the doors that every scenario is played over here.
    Sdk,
}

impl Door {
    pub const ALL: [Self; 6] = [Self::Tcp, Self::WebSocket, Self::Exchange, Self::Stomp, Self::Unary, Self::Attach];

    pub fn is_in(self, group: Group) -> bool {
        match group {
            Group::Typed => matches!(self, Self::Unary | Self::Attach | Self::Sdk),
            Group::Plain => matches!(self, Self::Unary | Self::Attach),
            Group::Sdk => self == Self::Sdk,
            Group::Broker => self == Self::Stomp,
            Group::Connection => self != Self::Stomp,
            Group::Text => !self.is_in(Group::Typed),
        }
    }
}

impl std::fmt::Display for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Tcp => "tcp",
            Self::WebSocket => "websocket",
            Self::Exchange => "exchange",
            Self::Stomp => "stomp",
            Self::Unary => "unary",
            Self::Attach => "attach",
            Self::Sdk => "sdk",
        })
    }
}

/// Doors that have something in common; a door can be in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// All legacy doors.
    Text,
    /// Those where a connection or a token proves who speaks.
    Connection,
    /// The one where a destination is a client, and nobody knows who sent what.
    Broker,
    /// All ways of gRPC.
    Typed,
    /// gRPC without an SDK, which hides some of it.
    Plain,
    /// gRPC by way of an SDK.
    Sdk,
}
