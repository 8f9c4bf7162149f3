//! The embedded Finesse simulator: a server that speaks the same wire as Cisco Finesse.
//!
//! ```text
//!   REST over HTTP(S)      XMPP over TCP, WebSocket, BOSH     control API
//!        rest                       xmpp ── hub                  control
//!          └──────────────┬───────────┘└──────────────┬───────────┘
//!                      engine          one lock, the clock, the faults
//!                         │
//!                       world          agents, queues, calls: without a socket or a clock
//! ```
//!
//! [`start`] runs it in a group of tasks; [`Control`] plays the customer and injects [`Fault`]s. The decisions where no
//! source says how Finesse behaves are listed in `docs/simulator.md`. It shares no code with the adapter that talks to
//! it, or they would share mistakes: [`xml`] reads, [`render`] writes.

pub mod control;
pub mod engine;
pub mod envelope;
pub mod fault;
pub mod hub;
pub mod late;
pub mod options;
pub mod render;
pub mod rest;
pub mod seed;
pub mod server;
pub mod side;
pub mod world;
pub mod xml;
pub mod xmpp;

pub use control::Control;
pub use fault::{Disorder, Fault, FaultKind};
pub use options::{
    Addresses, ClockMode, DropParticipantFor, Flavour, Namespace, Notifications, Options, Second, Timers,
};
pub use seed::Seed;
pub use server::{Server, start};
pub use side::{Reach, Side};
pub use world::Service;
pub use world::error::CtiError;

/// Why the simulator can't start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The seed is not usable.
    #[error("seed: {0}")]
    Seed(String),
    /// There is no such platform.
    #[error("unknown flavour {0:?}, allowed are ucce and uccx")]
    Flavour(String),
    /// A port can't be used.
    #[error("listen on {address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The certificate or the TLS configuration can't be made.
    #[error("tls: {0}")]
    Tls(String),
}
