//! The catalogue's properties.
