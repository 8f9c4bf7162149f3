//! Integration tests over real sockets, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod finesse_sim;
