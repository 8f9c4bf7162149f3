//! The table that the test prints, and what is asserted of a row.

use std::time::Duration;

use super::frames::End;
use super::probe::Latency;
use super::storm::Outcome;

/// What an attack may cost beside what the service has.
pub const MOST_MEMORY_KIB: u64 = 16 * 1024;
/// What all of them may cost one after the other: the allocator keeps some of what each had.
pub const MOST_IN_ALL_KIB: u64 = 24 * 1024;
/// Within what time an attacker is closed or held back.
pub const SOON: Duration = Duration::from_secs(1);
/// How much longer a good client may wait. What answers and events take at least is counted as this: below it the machine's own
/// business is measured, a debug build beside other tests on two cores, and for events the simulator, which they come from.
const SLOWER: u32 = 3;
const ANSWER: Duration = Duration::from_millis(3);
const EVENT: Duration = Duration::from_millis(10);

/// One attack, and the good client before, during and after it.
pub struct Row {
    pub name: &'static str,
    pub outcomes: Vec<Outcome>,
    /// KiB.
    pub growth: u64,
    pub before: Latency,
    pub during: Latency,
    pub after: Latency,
}

fn ms(latency: Duration) -> f64 {
    latency.as_secs_f64() * 1000.0
}

pub fn head() {
    println!(
        "{:44} {:17} {:>8} {:>5} | {:>9} | {:^44} | {:^19}",
        "attack, one connection after the other",
        "ends",
        "within",
        "times",
        "memory",
        "a good client's answer, p50 p99: before, during, after",
        "its events"
    );
}

impl Row {
    fn end(&self) -> End {
        let said = self.outcomes.iter().find(|outcome| matches!(outcome.end, End::GoAway(_)));
        said.or(self.outcomes.first()).map_or(End::Closed, |outcome| outcome.end)
    }

    fn slowest(&self) -> Duration {
        self.outcomes.iter().map(|outcome| outcome.took).max().unwrap_or_default()
    }

    pub fn print(&self) {
        let [before, during, after] = [&self.before, &self.during, &self.after].map(Latency::answers);
        println!(
            "{:44} {:17} {:5.0} ms {:5} | +{:4} KiB | {:5.1} {:5.1} {:6.1} {:6.1} {:5.1} {:5.1} ms, x{:4.1} | {:5.1} {:5.1} {:5.1} ms",
            self.name,
            self.end(),
            ms(self.slowest()),
            self.outcomes.len(),
            self.growth,
            ms(before.0),
            ms(before.1),
            ms(during.0),
            ms(during.1),
            ms(after.0),
            ms(after.1),
            self.ratio(),
            ms(self.before.event()),
            ms(self.during.event()),
            ms(self.after.event()),
        );
    }

    /// The median during the attack as a multiple of the one around it.
    fn ratio(&self) -> f64 {
        let [before, during, after] = [&self.before, &self.during, &self.after].map(|latency| latency.answers().0);
        during.as_secs_f64() / before.max(after).as_secs_f64()
    }

    /// Whether the good client noticed little, in answers and in events.
    pub fn is_calm(&self) -> bool {
        let within = |of: fn(&Latency) -> Duration, least: Duration| {
            let quiet = of(&self.before).max(of(&self.after)).max(least);
            of(&self.during) <= quiet.saturating_mul(SLOWER)
        };
        within(|latency| latency.answers().0, ANSWER) && within(Latency::event, EVENT)
    }

    /// What must be true whatever else the machine does. Slow peers have what the service is told to give them.
    pub fn check(&self, ends: &[End], soon: Duration) {
        for outcome in &self.outcomes {
            assert!(ends.contains(&outcome.end), "{}: {outcome:?}", self.name);
            let taken = outcome.end == End::Taken;
            assert!(taken || outcome.took <= soon, "{}: {outcome:?}", self.name);
        }
        assert!(self.growth <= MOST_MEMORY_KIB, "{}: {} KiB", self.name, self.growth);
    }
}
