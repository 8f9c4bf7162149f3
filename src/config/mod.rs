//! How the service is told what to do: one TOML file, `GC_…` environment variables over it, flags over both.
//!
//! A key is `section.key`; the file `default.toml` beside this module has them all with their meaning, unit and default,
//! is compiled in and is the documentation. [`source`] reads the layers, [`Reader`] hands each key to the field of a
//! component's options and collects what is wrong, so that everything is reported at once: where it was said, which key,
//! what is allowed. The components' options live with the components; `app` brings both together.

mod fault;
mod pages;
mod reader;
mod source;
mod tls;
mod value;

pub use fault::{Fault, Faults};
pub use pages::{is_listed, is_origin, page_may_ask};
pub use reader::Reader;
pub use source::{Entry, Origin, Sources};
pub use tls::{Tls, TlsError, tls_client, tls_roots, tls_server};
pub use value::{Hash, Value, parse_duration};

/// Every key with its meaning, unit and default.
pub const DEFAULTS: &str = include_str!("default.toml");
