//! The composition root: builds the components from their options, starts them in order, stops them in reverse.

pub mod demo;
pub mod settings;

pub use settings::Settings;
