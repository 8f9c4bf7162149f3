//! The conformance suite of the SDKs: runs service and simulator, lets each SDK's runner play every case, and compares what
//! the SDK said with what the service's own stream says. `README.md` beside this file says how to run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/it/bridge_client.rs"]
#[allow(dead_code)]
mod bridge_client;
mod broker;
#[allow(dead_code)]
mod scenarios;
// Its own tests run with `tests/it`, for this target has no harness.
#[allow(unused_imports, dead_code)]
mod suite;
#[path = "../../tests/it/support.rs"]
#[allow(dead_code)]
mod support;

use std::process::ExitCode;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    suite::main().await
}
