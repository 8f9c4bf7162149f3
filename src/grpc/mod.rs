//! The typed door: gRPC, with health and reflection, on one port with plain HTTP.
//!
//! [`server`] accepts connections and bounds what each may cost. [`auth`] lets a call in by the access that the
//! catalogue gives its RPC. [`door`] turns a request into a command of the session and the answer into a reply; each
//! service has a file of its own. [`feed`] is the event stream. [`convert`] decides what the fields say, [`status`] what
//! errors say.

mod admission;
mod agent;
pub mod auth;
mod bridge;
mod call;
mod convert;
mod dialog;
mod door;
mod drain;
mod events;
mod feed;
mod options;
mod phonebook;
mod reason;
mod routes;
pub mod server;
mod status;
mod subject;
mod supervisor;
mod system;

pub use options::Options;
pub use server::{Server, Stop};
