//! One type per command of the catalogue, parsed and validated once for every door.
