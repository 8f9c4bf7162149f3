//! The typed door: one file per gRPC service.
