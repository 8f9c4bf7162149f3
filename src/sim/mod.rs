//! The embedded Finesse simulator: a server that speaks the same wire as Cisco Finesse.
