//! Lines of tokens, byte for byte.
