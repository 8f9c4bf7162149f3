//! The parts of the scenarios' harness that play a typed client.

#[path = "../../tests/it/scenarios/attach.rs"]
pub mod attach;
#[path = "../../tests/it/scenarios/door.rs"]
pub mod door;
#[path = "../../tests/it/scenarios/dynamic.rs"]
pub mod dynamic;
#[path = "../../tests/it/scenarios/mirror.rs"]
pub mod mirror;
#[path = "../../tests/it/scenarios/play.rs"]
pub mod play;
#[path = "../../tests/it/scenarios/script.rs"]
pub mod script;
#[path = "../../tests/it/scenarios/stage.rs"]
pub mod stage;
#[path = "../../tests/it/scenarios/typed.rs"]
pub mod typed;
