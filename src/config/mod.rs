//! Configuration: one `Options` struct per component, file under environment under flag.
