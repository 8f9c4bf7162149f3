//! Composition root: builds the components, starts them in order, waits, stops them in reverse.
