//! One actor per agent: its truth, its journal, its subscribers and the outcome of each command.
