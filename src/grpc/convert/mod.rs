//! From the model to the wire, by hand: what a field of `gc.v1` says is decided here and nowhere else.

mod agent;
mod dialog;
mod error;
mod event;
mod system;
mod team;

pub use agent::{info, reason_category, reason_code, signed_in, status};
pub use dialog::{dialog, participant};
pub use error::{command_error, message, metadata, retry_after};
pub use event::{event, reset_reason, snapshot, stale_reason};
pub use system::{capabilities, system_status};
pub use team::{contact, member, phonebook, queue, team};

use crate::model::Timestamp;

/// A moment.
pub fn timestamp(time: Timestamp) -> prost_types::Timestamp {
    let nanos = time.subsec_nanosecond();
    // The wire wants nanoseconds that count forward; the model's have the sign of the seconds.
    if nanos < 0 {
        prost_types::Timestamp { seconds: time.as_second() - 1, nanos: nanos + 1_000_000_000 }
    } else {
        prost_types::Timestamp { seconds: time.as_second(), nanos }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_before_1970_counts_its_nanoseconds_forward() {
        let time = timestamp(Timestamp::new(-1, -250_000_000).unwrap());
        assert_eq!((time.seconds, time.nanos), (-2, 750_000_000));
        let time = timestamp(Timestamp::new(5, 250_000_000).unwrap());
        assert_eq!((time.seconds, time.nanos), (5, 250_000_000));
    }
}
