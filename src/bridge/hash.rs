//! The layouts of the lines as tokens separated by `#`.

use super::say::Say;
use super::style::Style;

/// One line, ending in a newline; `agent_id` is whom it is about.
pub fn write(say: &Say<'_>, _agent_id: &str, _style: &Style) -> Vec<u8> {
    let _ = say;
    Vec::new()
}
