//! What the load speaks: written by hand and cheap, for tonic's own client costs more than its server.

pub mod count;
pub mod grpc;
pub mod http;
pub mod nats;
pub mod stomp;
pub mod text;
pub mod tls;
pub mod xmpp;
