//! XMPP over HTTP: BOSH, XEP-0124 and XEP-0206, with Openfire's answers.
//!
//! * [`body`]: reads and writes the `<body>` wrapper
//! * [`session`]: order, window, retransmission and time of one session's requests, without IO
//! * [`http`]: the requests, and the task that runs a session

pub mod body;
pub mod http;
pub mod session;

#[cfg(test)]
mod session_tests;
