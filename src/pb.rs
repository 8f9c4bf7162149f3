//! The code that `build.rs` generates from `proto/`.
