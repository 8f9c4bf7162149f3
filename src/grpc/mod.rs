//! The typed door: gRPC and gRPC-Web, with health and reflection, on one port with plain HTTP.
//!
//! [`server`] accepts connections and bounds what each may cost. [`calls`] takes plain calls straight to their services,
//! [`routes`] everything else to its place. [`web`] admits pages and makes gRPC of what they send; [`unread`] and [`stall`]
//! give HTTP/1.1 what HTTP/2 has, [`meter`] cuts floods of frames. [`auth`] lets a call in by the access that the catalogue
//! gives its RPC, [`stranger`] bounds what a caller without credentials may send. [`door`] turns a request into a command of
//! the session; [`reply`] turns the answer into a reply, and [`services`] has every RPC. [`feed`] is the event stream,
//! [`attach`] the one with commands on it. [`convert`] decides what the fields say, [`status`] what errors say.

mod admission;
mod attach;
pub mod auth;
mod calls;
mod convert;
mod door;
mod drain;
mod events;
mod feed;
pub mod meter;
mod options;
mod reply;
mod roster;
mod routes;
pub mod server;
mod services;
mod stall;
mod status;
mod stranger;
mod streams;
mod subject;
mod unread;
mod web;
mod window;

pub use options::{Beside, Options};
pub use server::{Server, Stop};
pub use status::{is_too_long, status};
pub use web::EVERY_ORIGIN;
