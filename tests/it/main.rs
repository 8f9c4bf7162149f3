//! Everything that is tested over real sockets, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod sim_client;
mod sim_day;
mod sim_wire;
