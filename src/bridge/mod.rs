//! The legacy door: `Verb#id` text commands in, JSON events out.
