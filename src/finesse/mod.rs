//! The adapter to Cisco Finesse: REST and XML out, XMPP notifications in.
//!
//! [`Client`] sends the requests: each is one HTTP call as the agent, whose answer says only that Finesse accepted it; the
//! effect comes as a notification through [`notify::Link`]. One file reads one object of Finesse (`user`, `dialog`,
//! `reason`, `team`, `queue`, `phone_book`, `system`, `errors`), whichever of the two ways it came. Everything Finesse says is taken as hostile input:
//! bounded, and wrong only as a typed error.

mod answer;
mod client;
mod credentials;
pub mod dialog;
pub mod errors;
mod http;
pub mod notify;
#[cfg(test)]
mod object_tests;
mod options;
pub mod phone_book;
pub mod queue;
pub mod reason;
mod request;
#[cfg(test)]
mod request_tests;
pub mod system;
pub mod team;
#[cfg(test)]
mod tests;
mod tls;
pub mod user;
pub mod xml;

pub use client::{Action, Client, Mobile, SendError};
pub use credentials::Credentials;
pub use errors::{parse_api_errors, reason_of};
pub use options::{BuildError, Notify, Options, Side, Tls, Transport};
pub use team::TeamUpdate;
