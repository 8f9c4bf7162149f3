//! Integration tests over real sockets: the simulator is a server, the adapter is the real one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod async_errors;
mod binary;
mod binary_attacks;
mod bridge_client;
mod bridge_day;
mod bridge_rules;
mod bridge_wire;
mod doors;
mod finesse_real_xmpp;
mod finesse_sim;
mod grpc_access;
mod grpc_agent;
mod grpc_errors;
mod grpc_limits;
mod grpc_retry;
mod grpc_serving;
mod grpc_world;
mod random_days;
mod scenarios;
mod session_calls;
mod session_connect;
mod session_doubt;
mod session_faults;
mod session_leaving;
mod session_resume;
mod session_supervise;
mod session_teams;
mod session_transfer;
mod sim_bosh;
mod sim_client;
mod sim_consult;
mod sim_day;
mod sim_disorder;
mod sim_monitor;
mod sim_sides;
mod sim_teams;
mod sim_teams_acts;
mod sim_teams_books;
mod sim_teams_queues;
mod sim_wire;
mod support;
