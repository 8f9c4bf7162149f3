//! The nouns of the field: agents, dialogs, reasons, teams, events and errors. No IO, no serde, no prost.
