//! Figures: a value per round, what stands in the middle, and how far they lie apart.

use std::fmt;
use std::time::Instant;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Microseconds,
    Milliseconds,
    PerSecond,
    KiB,
    MiB,
    Count,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Microseconds => "µs",
            Self::Milliseconds => "ms",
            Self::PerSecond => "/s",
            Self::KiB => "KiB",
            Self::MiB => "MiB",
            Self::Count => "",
        })
    }
}

/// The values of all rounds.
#[derive(Clone, Debug, Default)]
pub struct Figure(Vec<f64>);

impl Figure {
    /// A figure that was taken once.
    pub fn once(value: f64) -> Self {
        Self(vec![value])
    }

    /// Adds a round's value.
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    /// The value in the middle.
    pub fn median(&self) -> f64 {
        let mut values = self.0.clone();
        quantile(&mut values, 0.5)
    }

    /// The least.
    pub fn min(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The greatest.
    pub fn max(&self) -> f64 {
        self.0.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// How many times the greatest is the least; above 2 nothing is concluded from it.
    pub fn spread(&self) -> f64 {
        if self.min() > 0.0 { self.max() / self.min() } else { f64::INFINITY }
    }

    /// The ratio to another figure of the same rounds: the middle of the rounds' ratios, for two of one round were
    /// taken side by side.
    pub fn ratio(&self, baseline: &Self) -> f64 {
        if self.0.len() != baseline.0.len() {
            return self.median() / baseline.median();
        }
        let mut ratios: Vec<f64> = self.0.iter().zip(&baseline.0).map(|(own, other)| own / other).collect();
        quantile(&mut ratios, 0.5)
    }

    /// Two figures of the same rounds, added.
    pub fn plus(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a + b).collect())
    }
}

/// The value below which that part of the values lies.
pub fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1) as f64;
    values.get((last * part).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Latencies of one round, microseconds: the middle and the 99th of a hundred.
fn p50_p99(mut values: Vec<f64>) -> (f64, f64) {
    (quantile(&mut values, 0.5), quantile(&mut values, 0.99))
}

/// The line that lies nearest to the points: where it begins, and its slope.
pub fn line_through(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let rise: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let slope = rise / points.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>();
    (y - slope * x, slope)
}

/// A latency, by its middle and its 99th of a hundred, with the processor time of what is measured.
#[derive(Default)]
pub struct Latency {
    pub p50: Figure,
    pub p99: Figure,
    pub cpu: Figure,
}

impl Latency {
    /// Adds a round: each one's microseconds, and the processor time of all.
    pub fn push(&mut self, values: Vec<f64>, cpu: f64) {
        let count = values.len() as f64;
        let (p50, p99) = p50_p99(values);
        self.p50.push(p50);
        self.p99.push(p99);
        self.cpu.push(cpu / count);
    }
}

/// Microseconds since then.
pub fn micros(begun: Instant) -> f64 {
    begun.elapsed().as_nanos() as f64 / 1_000.0
}
